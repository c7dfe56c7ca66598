"""Reads a decision from the submitted form and adds it to the ledger or refuses it with the reason."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, unquote

from datasette.utils.asgi import Forbidden, Request, Response

from claims.errors import LedgerError, MovedOnError, NotLoggedError
from claims.glossary import as_sentence
from claims.ledger.ledger import Ledger
from claims.records import Correction, Decision, Label, Review
from review.access.accounts import DECIDE, EDIT, account_of

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette

Answer = TypeVar("Answer")

COOKIE = "factdesk_reviewer"
# The form's value for agreeing with another person's decision.
AGREE = "agree"
_CHANGED = "This claim has changed since you opened it."
_NOTHING_TO_AGREE = "nobody's decision stands on this verdict, so there is none to agree with"
_NO_LONGER_MADE = "the article, as it was read last, no longer makes this claim"
_EDITORS = "Only an editor of this desk may take back a correction, which was published."
_NOT_LOGGED = "The ledger has no claim or article with the id of this address."
_NUMBER = re.compile(r"[0-9]{1,9}")
_NOT_SHOWN = "This form does not name the verdict it was shown for; decide on this page."


async def ask_ledger(path: Path, question: Callable[[Ledger], Answer]) -> Answer:
    """Ask the ledger in a thread, so that a long query does not block other requests."""

    def answer() -> Answer:
        with Ledger.open(path, create=False) as ledger:
            return question(ledger)

    return await asyncio.to_thread(answer)


async def read_ledger(path: Path, question: Callable[[Ledger], Answer]) -> Answer:
    """Ask the ledger several things of one state of it, so that a form names the verdict that is shown beside it."""

    def of_one_state(ledger: Ledger) -> Answer:
        with ledger.one_state():
            return question(ledger)

    return await ask_ledger(path, of_one_state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a decision was not recorded: one line, or (status 409) what has changed since the form was shown."""

    words: str
    status: int = 400
    changes: tuple[str, ...] = ()


_NO_CHOICE = Refused(words="Choose one of: confirm, overrule, strike out, undo.")


async def add(path: Path, claim: str, form: Mapping[str, str], *, edits: bool = True) -> Refused | None:
    """Add the submitted decision on a claim; return the refusal, or None if it was added.

    ``edits`` says whether the reviewer may publish corrections, and so take one back.
    """
    if not form.get("verdict") or not _NUMBER.fullmatch(form.get("after", "")):
        return Refused(words=_NOT_SHOWN)

    def write(ledger: Ledger) -> Refused | None:
        agrees = form.get("decision") == AGREE
        review = _as_before(ledger, claim, form) if agrees else _review(claim, form)
        if review is None:
            return Refused(words=_CHANGED, status=409, changes=(_NOTHING_TO_AGREE,)) if agrees else _NO_CHOICE
        if not form.get("superseded") and ledger.show(review.claim).superseded:
            return Refused(words=_CHANGED, status=409, changes=(_NO_LONGER_MADE,))
        if not edits and _takes_back_correction(ledger, review):
            return Refused(words=_EDITORS, status=403)
        ledger.review(review, after=int(form["after"]))
        return None

    try:
        return await ask_ledger(path, write)
    except MovedOnError as moved:
        return Refused(words=_CHANGED, status=409, changes=moved.changes)
    except LedgerError as error:
        return Refused(words=in_desk_words(error))


def _review(claim: str, form: Mapping[str, str]) -> Review | None:
    """The decision as a record; None if the form contains no valid choice."""
    try:
        decision = Decision(form.get("decision", ""))
        if decision is Decision.OVERRULE and form.get("label") == Decision.VOID.value:
            decision = Decision.VOID  # struck out, chosen among the labels
        label = Label(form["label"]) if decision is Decision.OVERRULE and form.get("label") else None
        correction = Correction(form["correction"]) if form.get("correction") else None
    except ValueError:
        return None
    return Review(
        claim=claim,
        reviewer=form.get("reviewer", ""),
        decision=decision,
        label=label,
        note=form.get("note", ""),
        at=moment(),
        verdict=form["verdict"],
        correction=correction,
    )


def _as_before(ledger: Ledger, claim: str, form: Mapping[str, str]) -> Review | None:
    """The same decision as the last one on the claim, for the same reason; None if there is none on its verdict.

    ``Ledger.review`` checks by its number that it is the one that was shown.
    """
    row = ledger.show(claim).row
    if row.decision is None or row.stale:
        return None
    label = row.standing if row.decision is Decision.OVERRULE else ""
    return _review(
        claim, {**form, "note": form.get("note") or row.note or "", "decision": row.decision.value, "label": label}
    )


def taken_back(reviews: Sequence[Review]) -> dict[int, Review]:
    """The decisions that were taken back, by the place of the entry that takes them back."""
    standing: list[Review] = []
    withdrawn = {}
    for place, review in enumerate(reviews):
        if review.decision is not Decision.UNDO:
            standing.append(review)
        elif standing:
            withdrawn[place] = standing.pop()
    return withdrawn


def in_desk_words(problem: LedgerError) -> str:
    """A problem of the ledger in the words of the desk, whose readers need not know where its file is."""
    return _NOT_LOGGED if isinstance(problem, NotLoggedError) else as_sentence(str(problem))


def _takes_back_correction(ledger: Ledger, review: Review) -> bool:
    reviews = ledger.show(review.claim).reviews
    withdrawn = taken_back((*reviews, review)).get(len(reviews))
    return withdrawn is not None and withdrawn.correction is not None


async def may_decide(datasette: Datasette, request: Request) -> None:
    """Raise Forbidden unless the request comes from a page of the desk and its user may decide."""
    if "ds_csrftoken" not in request.cookies:
        # Datasette checks the form's token only where a cookie comes with it.
        raise Forbidden("This form was not sent from a page of the desk; are cookies switched off?")
    if not await datasette.permission_allowed(request.actor, DECIDE, default=True):
        raise Forbidden("You may read this desk, not decide")


async def may_edit(datasette: Datasette, request: Request) -> None:
    """Raise Forbidden unless the user may check articles and publish corrections."""
    if not await datasette.permission_allowed(request.actor, EDIT, default=True):
        raise Forbidden("Only an editor of this desk may check articles or publish corrections")


async def decision_form(datasette: Datasette, request: Request) -> dict[str, str]:
    """The form of a decision, under the name of the account that sent it. Raises Forbidden if it may not."""
    await may_decide(datasette, request)
    form: dict[str, str] = await request.post_vars()
    if form.get("correction"):
        await may_edit(datasette, request)
    return {**form, **own_name(datasette, request)}


def own_name(datasette: Datasette, request: Request) -> dict[str, str]:
    """The field ``reviewer`` of a form as an account determines it; empty on a desk without accounts."""
    account = account_of(datasette, request.actor)
    return {"reviewer": account.name} if account else {}


def reviewer_of(datasette: Datasette, request: Request) -> str:
    """The name of the account, or else the reviewer's name of the last decision from this browser."""
    return own_name(datasette, request).get("reviewer") or unquote(request.cookies.get(COOKIE, ""))


def sent_back(address: str, reviewer: str) -> Response:
    """Redirect to a page of the desk and remember the reviewer's name for the next decision."""
    response = Response.redirect(address)
    response.set_cookie(COOKIE, quote(reviewer.strip()), max_age=31_536_000, httponly=True)
    return response


def moment() -> str:
    """The current time in the ledger's format."""
    return datetime.now(UTC).isoformat(timespec="seconds")
