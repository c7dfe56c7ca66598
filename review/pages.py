"""The desk's own pages: the start page, a claim, an article; and the decision that a person sends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, unquote

from datasette.utils.asgi import Forbidden, Request, Response

from claims.errors import LedgerError, MovedOnError
from claims.glossary import OBSTACLES, per_cent, sure
from claims.highlights import pieces, text_runs
from claims.ledger.entries import Attachment
from claims.ledger.ledger import Ledger
from claims.naming import cited_name, site
from claims.records import Correction, Decision, Label, Review
from review.cells import LOOKS, CellContext, address, badge

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette

Answer = TypeVar("Answer")

# How much of the queue the start page shows, and how many articles.
FIRST = 12
ARTICLES = 8
COOKIE = "factdesk_reviewer"


async def ask(path: Path, question: Callable[[Ledger], Answer]) -> Answer:
    """What the ledger answers; read in a thread, so that a long query holds nobody else up."""

    def answer() -> Answer:
        with Ledger.open(path, create=False) as ledger:
            return question(ledger)

    return await asyncio.to_thread(answer)


def helpers(database: str, place: CellContext) -> dict[str, Any]:
    """What every template of the desk can use."""
    return {
        "outlet": lambda name: place.outlets.get(name, name),
        "database": database,
        "base": place.base,
        "looks": LOOKS,
        "obstacles": OBSTACLES,
        "badge": badge,
        "per_cent": per_cent,
        "sure": sure,
        "address": address,
        "site": site,
        "named": lambda cited: cited_name(cited, place.outlets.get(cited.outlet or "", "")),
    }


def overview(ledger: Ledger) -> dict[str, Any]:
    """The start page: what waits, how the claims stand, what was checked last."""
    return {
        "queue": ledger.queue(FIRST),
        "counts": ledger.counts(),
        "labels": ledger.labels(),
        "articles": ledger.articles()[:ARTICLES],
    }


async def claim_page(datasette: Datasette, request: Request, path: Path) -> Response:
    """One claim with everything known of it; POST adds a decision and comes back."""
    claim, sent = request.url_vars["claim"], {}
    refused = None
    if request.method == "POST":
        sent = await request.post_vars()
        refused = await _decide(datasette, request, path, claim, sent)
        if refused is None:
            return _sent_back(claim, sent)
    try:
        entry, after = await ask(path, lambda ledger: (ledger.show(claim), ledger.queue(2)))
    except LedgerError as missing:
        return await _missing(datasette, request, str(missing))
    if entry.claim.id != claim and request.method == "GET":
        return Response.redirect(f"/claim/{entry.row.id}")
    reviewer = sent.get("reviewer") or unquote(request.cookies.get(COOKIE, ""))
    context = {"entry": entry, "refused": refused, "sent": sent, "reviewer": reviewer, "labels": list(Label)}
    context["kinds"] = list(Correction)
    context["next"] = next((row for row in after if row.id != entry.row.id), None)
    html = await datasette.render_template("claim.html", context, request=request)
    return Response.html(html, status=refused.status if refused else 200)


async def source_page(datasette: Datasette, request: Request, path: Path) -> Response:
    """An address that a person knows for a source; back to the claim."""
    claim, sent = request.url_vars["claim"], await request.post_vars()
    await _may_decide(datasette, request)
    url = address(sent.get("url", "").strip())
    attachment = Attachment(
        claim=claim, source=sent.get("source", ""), by=sent.get("reviewer", "").strip(), at=_now(), url=url
    )
    if url is None:
        return await _missing(datasette, request, "An address starts with http:// or https://.", status=400)
    try:
        await ask(path, lambda ledger: ledger.attach(attachment))
    except LedgerError as error:
        return await _missing(datasette, request, str(error), status=400)
    return _sent_back(claim, sent, "sources")


async def article_page(datasette: Datasette, request: Request, path: Path) -> Response:
    """One article: its text with the claims marked, and the claims beside it."""
    wanted = request.url_vars["article"]

    def question(ledger: Ledger) -> dict[str, Any]:
        page = ledger.article(wanted)
        rows = {row.id: row for row in ledger.article_rows(wanted)}
        claims = [claim for claim in ledger.article_claims(wanted) if claim.id in rows]
        marks = pieces(page.text, [claim.spans for claim in claims])
        return {
            "wanted": wanted,
            "page": page,
            "rows": rows,
            "runs": tuple(text_runs(page.text, (0, len(page.text)), marks)),
            "marked": [rows[claim.id] for claim in claims],
            "sources": ledger.article_sources(wanted),
            "versions": ledger.versions(wanted),
        }

    try:
        found = await ask(path, question)
    except LedgerError as missing:
        return await _missing(datasette, request, str(missing))
    return Response.html(await datasette.render_template("article.html", found, request=request))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a decision was not taken: in one line, or (409) what has changed since the form was shown."""

    words: str
    status: int = 400
    changes: tuple[str, ...] = ()


async def _decide(
    datasette: Datasette, request: Request, path: Path, claim: str, sent: Mapping[str, str]
) -> Refused | None:
    """Add the decision; why it is refused, or None."""
    await _may_decide(datasette, request)
    try:
        decision = Decision(sent.get("decision", ""))
        review = Review(
            claim=claim,
            reviewer=sent.get("reviewer", ""),
            decision=decision,
            label=Label(sent["label"]) if decision is Decision.OVERRULE and sent.get("label") else None,
            note=sent.get("note", ""),
            at=_now(),
            verdict=sent.get("verdict", ""),
            correction=Correction(sent["correction"]) if sent.get("correction") else None,
        )
    except ValueError:
        return Refused(words="Choose one of: confirm, overrule, strike out, take back.")
    if not sent.get("verdict") or not sent.get("after", "").isdecimal():
        return Refused(words="This form does not say what it was shown for: decide on this page.")
    try:
        await ask(path, lambda ledger: ledger.review(review, after=int(sent["after"])))
    except MovedOnError as moved:
        return Refused(words="This claim has changed since you opened it.", status=409, changes=moved.changes)
    except LedgerError as error:
        text = str(error)
        return Refused(words=f"{text[:1].upper()}{text[1:]}.")
    return None


async def _may_decide(datasette: Datasette, request: Request) -> None:
    """Let those pass who may decide, from a page of the desk."""
    if "ds_csrftoken" not in request.cookies:
        # Datasette checks the form's token only where a cookie comes with it.
        raise Forbidden("This form was not sent from a page of the desk; are cookies switched off?")
    if not await datasette.permission_allowed(request.actor, "factdesk-review", default=True):
        raise Forbidden("You may read this desk, not decide")


async def _missing(datasette: Datasette, request: Request, why: str, status: int = 404) -> Response:
    """A page that says what is not there, or what is wrong."""
    html = await datasette.render_template("missing.html", {"why": why, "status": status}, request=request)
    return Response.html(html, status=status)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _sent_back(claim: str, sent: Mapping[str, str], place: str = "decision") -> Response:
    """Back to the claim, with the reviewer's name kept for the next decision."""
    response = Response.redirect(f"/claim/{quote(claim)}#{place}")
    response.set_cookie(COOKIE, quote(sent.get("reviewer", "").strip()), max_age=31_536_000, httponly=True)
    return response
