"""The queue page: cards with everything that a decision needs, decided one by one or confirmed together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils.asgi import Request, Response

from claims.errors import LedgerError
from claims.ledger.entries import ClaimRow, Entry
from claims.ledger.ledger import Ledger
from claims.ledger.queue_cards import QueuePlace
from claims.records import Decision, Label, Review
from review import decisions
from review.cards import card_views
from review.decisions import Refused, taken_back

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette

# How many cards a page of the queue has.
CARDS = 10
_PICK = "pick-"


async def queue_page(datasette: Datasette, request: Request, path: Path) -> Response:
    """The claims that need review as cards; POST confirms the marked ones."""
    refused: Mapping[str, Refused] = {}
    marked: Mapping[str, str] = {}
    if request.method == "POST":
        form = await decisions.decision_form(datasette, request)
        marked = {name.removeprefix(_PICK): value for name, value in form.items() if name.startswith(_PICK)}
        refused = await _confirm(path, form, marked)
        if marked and not refused:
            address = queue_address(form.get("from", ""), decided=list(marked))
            return decisions.sent_back(address, form.get("reviewer", ""))
    start = QueuePlace.read(request.args.get("after") or "")
    decided = [claim_id for claim_id in (request.args.get("decided") or "").split(",") if claim_id][:CARDS]
    decided = [claim_id for claim_id in marked if claim_id not in refused] or decided
    undone = (request.args.get("undone") or "") if request.method == "GET" else ""
    cards = await decisions.read_ledger(path, lambda ledger: _cards(ledger, start, decided, undone, list(refused)))
    remembered_name = decisions.reviewer_of(datasette, request)
    context = {
        **cards,
        "start": str(start) if start else "",
        "reviewer": remembered_name,
        "ask_name": not remembered_name or ("as" in request.args and not decisions.own_name(datasette, request)),
        "labels": list(Label),
        "refused": refused,
        "nothing_marked": request.method == "POST" and not marked,
    }
    html = await datasette.render_template("queue.html", context, request=request)
    return Response.html(html, status=max((refusal.status for refusal in refused.values()), default=200))


def queue_address(start: str, decided: list[str], selected: str = "", undone: str = "") -> str:
    """The address of the queue from ``start`` on, with the claims just decided or undone and the selected card."""
    words = [f"after={quote(start)}"] if start else []
    words += [f"decided={quote(','.join(decided))}"] if decided else []
    words += [f"undone={quote(undone)}"] if undone else []
    return f"/queue{'?' if words else ''}{'&'.join(words)}{f'#c-{quote(selected)}' if selected else ''}"


def after_one(claim: str, form: Mapping[str, str]) -> str:
    """The address after a decision on a card: the same page of the queue with the next card selected.

    After the last card of a page the next page begins.
    """
    undone = form.get("decision") == Decision.UNDO
    following = claim if undone else form.get("next", "")
    start = form.get("from", "") if following else form.get("place", "")
    start = start if QueuePlace.read(start) else ""
    return queue_address(start, [], claim, undone=claim) if undone else queue_address(start, [claim], following)


async def _confirm(path: Path, form: Mapping[str, str], marked: Mapping[str, str]) -> dict[str, Refused]:
    """Confirm the marked claims with the verdicts that their cards showed, and return the refusals."""
    refused = {}
    for claim, verdict_shown in marked.items():
        verdict, _, after = verdict_shown.partition(":")
        confirmation = {"decision": Decision.CONFIRM.value, "verdict": verdict, "after": after}
        problem = await decisions.add(path, claim, {**confirmation, "reviewer": form.get("reviewer", "")})
        if problem:
            refused[claim] = problem
    return refused


def _cards(
    ledger: Ledger, start: QueuePlace | None, decided: list[str], undone: str, refused: list[str]
) -> dict[str, Any]:
    cards = ledger.cards(CARDS + 1, start)
    page = cards[:CARDS]
    shown = {card.row.id for card in page}
    # Somebody else may have decided on them: then they are on no card of this page.
    left = {claim: _known(ledger, claim) for claim in refused if claim not in shown}
    return {
        "cards": card_views(page),
        "rows": [card.row for card in page],
        "more": str(page[-1].place) if len(cards) > CARDS else "",
        "waiting": ledger.queue_length(),
        "decided": [entry.row for claim in decided if (entry := _known(ledger, claim)) and entry.row.decision],
        "undone": _last_undone(_known(ledger, undone)) if undone else None,
        "left": {claim: entry.row if entry else None for claim, entry in left.items()},
    }


def _known(ledger: Ledger, claim: str) -> Entry | None:
    """A claim that was decided on just now, or was to be; None if somebody typed an id that does not exist."""
    try:
        return ledger.show(claim)
    except LedgerError:
        return None


def _last_undone(entry: Entry | None) -> tuple[ClaimRow, Review, str] | None:
    """A claim, the decision on it that was taken back last, and by whom; None if its last entry is another."""
    withdrawn = taken_back(entry.reviews).get(len(entry.reviews) - 1) if entry else None
    return (entry.row, withdrawn, entry.reviews[-1].reviewer) if entry and withdrawn else None
