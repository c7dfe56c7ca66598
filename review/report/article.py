"""The page of an article in the desk: that of `check --report`, with decisions in its margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from claims.addresses import site
from claims.display.text import clean
from claims.display.wording import label_counts, totals_line
from claims.errors import LedgerError
from claims.glossary import UNSAID
from claims.ledger.entries import ClaimRow
from claims.ledger.ledger import Ledger
from claims.records import Label, Outlet
from review import decisions
from review.cells import CellContext
from review.decisions import read_ledger
from review.pages import missing_page
from review.report.views import View, claim_view, heading, label_choices, lead_views, paragraph_views

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette


@dataclass(frozen=True, slots=True)
class DeskOutlets:
    """The names of outlets by id, as the desk was given them."""

    names: Mapping[str, str]

    def by_id(self, outlet_id: str) -> Outlet | None:
        """The outlet with this id."""
        name = self.names.get(outlet_id)
        return Outlet(id=outlet_id, name=name, kind="", country="") if name else None


async def article_page(datasette: Datasette, request: Request, path: Path, place: CellContext) -> Response:
    """The page of one article: its text with the claims highlighted, the evidence and the decisions beside it."""
    wanted = request.url_vars["article"]
    try:
        context = await read_ledger(path, lambda ledger: _article_parts(ledger, wanted, place))
    except LedgerError as missing:
        return await missing_page(datasette, request, decisions.in_desk_words(missing))
    reviewer = decisions.reviewer_of(datasette, request)
    context |= {"wanted": wanted, "reviewer": reviewer, "ask_name": not reviewer, "labels": list(Label)}
    return Response.html(await datasette.render_template("article.html", context, request=request))


def _article_parts(ledger: Ledger, wanted: str, place: CellContext) -> dict[str, Any]:
    """What the page shows of an article."""
    page = ledger.article(wanted)
    rows = {row.id: row for row in ledger.article_rows(wanted)}
    claims = [claim for claim in ledger.article_claims(wanted) if claim.id in rows]
    verdicts, leads, outlets = ledger.article_verdicts(wanted), ledger.leads(wanted), DeskOutlets(place.outlets)
    views: list[View] = []
    for number, claim in enumerate(claims, start=1):
        row = rows[claim.id]
        view = claim_view(
            number,
            claim,
            verdicts.get(claim.id),
            page=page,
            looks=place.looks,
            outlets=outlets,
            standing=row.standing,
        )
        views.append(view | {"row": row, "review": row.why is not None, "leads": lead_views(claim, leads)})
    return {
        **heading(page, outlets),
        "title": clean(page.title or "") or site(page.final_url or page.url) or "Untitled article",
        "totals": _totals(list(rows.values())),
        "notes": [],
        "claims": views,
        "choices": label_choices((row.standing for row in rows.values()), place.looks),
        "unsaid": UNSAID,
        "review_count": sum(row.why is not None for row in rows.values()),
        "paragraphs": paragraph_views(page, claims, views),
        "citing": {citation.source_id: claim.id for claim in reversed(claims) for citation in claim.citations},
        "sources": ledger.article_sources(wanted),
        "versions": ledger.versions(wanted),
    }


def _totals(rows: Sequence[ClaimRow]) -> str:
    """The claims of an article by label in one line."""
    void, waiting = sum(row.standing == "void" for row in rows), sum(row.why is not None for row in rows)
    labels = label_counts(Label(row.standing) for row in rows if row.standing != "void")
    parts = ", ".join(filter(None, (labels, f"{void} struck out" if void else "")))
    return totals_line(len(rows), parts, waiting)
