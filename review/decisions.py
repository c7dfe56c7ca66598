"""The decision that a person sends: read from the form, refused with the reason, or added to the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, unquote

from datasette.utils.asgi import Forbidden, Request, Response

from claims.errors import LedgerError, MovedOnError
from claims.glossary import as_sentence
from claims.ledger.ledger import Ledger
from claims.records import Correction, Decision, Label, Review

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette

Answer = TypeVar("Answer")

COOKIE = "factdesk_reviewer"
# What a form sends where the person decides as another person did before.
AGREE = "agree"
_CHOICES = "Choose one of: confirm, overrule, strike out, undo."
_NOT_SHOWN = "This form does not name the verdict it was shown for; decide on this page."


async def ask(path: Path, question: Callable[[Ledger], Answer]) -> Answer:
    """What the ledger answers; read in a thread, so that a long query holds nobody else up."""

    def answer() -> Answer:
        with Ledger.open(path, create=False) as ledger:
            return question(ledger)

    return await asyncio.to_thread(answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a decision was not recorded: in one line, or (409) what has changed since the form was shown."""

    words: str
    status: int = 400
    changes: tuple[str, ...] = ()


async def add(path: Path, claim: str, sent: Mapping[str, str]) -> Refused | None:
    """Add the decision that a form sent on a claim; why it is refused, or None."""
    if not sent.get("verdict") or not sent.get("after", "").isdecimal():
        return Refused(words=_NOT_SHOWN)

    def write(ledger: Ledger) -> Refused | None:
        review = _as_before(ledger, claim, sent) if sent.get("decision") == AGREE else _review(claim, sent)
        if review is None:
            return Refused(words=_CHOICES)
        ledger.review(review, after=int(sent["after"]))
        return None

    try:
        return await ask(path, write)
    except MovedOnError as moved:
        return Refused(words="This claim has changed since you opened it.", status=409, changes=moved.changes)
    except LedgerError as error:
        return Refused(words=as_sentence(str(error)))


def _review(claim: str, sent: Mapping[str, str]) -> Review | None:
    """The decision as a record; None where the form has none of the choices."""
    try:
        decision = Decision(sent.get("decision", ""))
        if decision is Decision.OVERRULE and sent.get("label") == Decision.VOID.value:
            decision = Decision.VOID  # struck out, chosen among the labels
        label = Label(sent["label"]) if decision is Decision.OVERRULE and sent.get("label") else None
        correction = Correction(sent["correction"]) if sent.get("correction") else None
    except ValueError:
        return None
    return Review(
        claim=claim,
        reviewer=sent.get("reviewer", ""),
        decision=decision,
        label=label,
        note=sent.get("note", ""),
        at=moment(),
        verdict=sent["verdict"],
        correction=correction,
    )


def _as_before(ledger: Ledger, claim: str, sent: Mapping[str, str]) -> Review | None:
    """The same decision as the last one on the claim; None where there is none on the verdict that holds now.

    That it is the one that was shown is for ``Ledger.review``, which compares its number.
    """
    row = ledger.show(claim).row
    if row.decision is None or row.stale:
        return None
    note = f"agrees with {row.reviewer}" + (f": {row.note}" if row.note else "")
    label = row.standing if row.decision is Decision.OVERRULE else ""
    return _review(claim, {**sent, "note": sent.get("note") or note, "decision": row.decision.value, "label": label})


async def may_decide(datasette: Datasette, request: Request) -> None:
    """Let those pass who may decide, from a page of the desk."""
    if "ds_csrftoken" not in request.cookies:
        # Datasette checks the form's token only where a cookie comes with it.
        raise Forbidden("This form was not sent from a page of the desk; are cookies switched off?")
    if not await datasette.permission_allowed(request.actor, "factdesk-review", default=True):
        raise Forbidden("You may read this desk, not decide")


def reviewer_of(request: Request) -> str:
    """The name under which this browser decided last."""
    return unquote(request.cookies.get(COOKIE, ""))


def sent_back(address: str, reviewer: str) -> Response:
    """To a page of the desk, with the reviewer's name kept for the next decision."""
    response = Response.redirect(address)
    response.set_cookie(COOKIE, quote(reviewer.strip()), max_age=31_536_000, httponly=True)
    return response


def moment() -> str:
    """This moment, as the ledger writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
