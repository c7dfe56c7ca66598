"""The queue: cards with all that a decision needs, one decision after the other, or several confirmed at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils.asgi import Request, Response

from claims.errors import LedgerError
from claims.ledger.entries import ClaimRow
from claims.ledger.ledger import Ledger
from claims.ledger.queue_cards import QueuePlace
from claims.records import Decision, Label
from review import decisions
from review.cards import card_views
from review.decisions import Refused

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette

# How many cards a page of the queue has.
CARDS = 10
_PICK = "pick-"


async def queue_page(datasette: Datasette, request: Request, path: Path) -> Response:
    """The claims that wait, as cards; POST confirms those that were marked."""
    refused: Mapping[str, Refused] = {}
    if request.method == "POST":
        await decisions.may_decide(datasette, request)
        sent = await request.post_vars()
        marked = {name.removeprefix(_PICK): value for name, value in sent.items() if name.startswith(_PICK)}
        refused = await _confirm(path, sent, marked)
        if marked and not refused:
            address = queue_address(sent.get("from", ""), decided=list(marked))
            return decisions.sent_back(address, sent.get("reviewer", ""))
    start = QueuePlace.read(request.args.get("after") or "")
    decided = [one for one in (request.args.get("decided") or "").split(",") if one][:CARDS]
    found = await decisions.ask(path, lambda ledger: _cards(ledger, start, decided))
    known = decisions.reviewer_of(request)
    context = {
        **found,
        "start": str(start) if start else "",
        "reviewer": known,
        "ask_name": not known or "as" in request.args,
        "labels": list(Label),
        "refused": {row.id: refused[row.id] for row in found["rows"] if row.id in refused},
        "nothing_marked": request.method == "POST" and not refused,
    }
    html = await datasette.render_template("queue.html", context, request=request)
    return Response.html(html, status=max((one.status for one in refused.values()), default=200))


def queue_address(start: str, decided: list[str], selected: str = "") -> str:
    """The address of the queue from a place on, after decisions on some claims, with a card selected."""
    words = [f"after={quote(start)}"] if start else []
    words += [f"decided={quote(','.join(decided))}"] if decided else []
    return f"/queue{'?' if words else ''}{'&'.join(words)}{f'#c-{quote(selected)}' if selected else ''}"


def after_one(claim: str, sent: Mapping[str, str]) -> str:
    """Where a decision on one card leads: the same page of the queue with the next card selected.

    Behind the last card of a page the next page begins.
    """
    undone = sent.get("decision") == Decision.UNDO
    following = claim if undone else sent.get("next", "")
    start = sent.get("from", "") if following else sent.get("place", "")
    return queue_address(start if QueuePlace.read(start) else "", [] if undone else [claim], following)


async def _confirm(path: Path, sent: Mapping[str, str], marked: Mapping[str, str]) -> dict[str, Refused]:
    """Confirm the marked claims, each bound to the verdict that its card showed; those that were refused."""
    refused = {}
    for claim, shown in marked.items():
        verdict, _, after = shown.partition(":")
        one = {"decision": Decision.CONFIRM.value, "verdict": verdict, "after": after}
        problem = await decisions.add(path, claim, {**one, "reviewer": sent.get("reviewer", "")})
        if problem:
            refused[claim] = problem
    return refused


def _cards(ledger: Ledger, start: QueuePlace | None, decided: list[str]) -> dict[str, Any]:
    found = ledger.cards(CARDS + 1, start)
    shown = found[:CARDS]
    return {
        "cards": card_views(shown),
        "rows": [card.row for card in shown],
        "more": str(shown[-1].place) if len(found) > CARDS else "",
        "waiting": ledger.queue_length(),
        "decided": [row for claim in decided if (row := _decided(ledger, claim)) is not None],
    }


def _decided(ledger: Ledger, claim: str) -> ClaimRow | None:
    """The claim that was decided on just now, for the line that offers to take it back."""
    try:
        row = ledger.show(claim).row
    except LedgerError:
        return None  # an address that somebody typed
    return row if row.decision else None
