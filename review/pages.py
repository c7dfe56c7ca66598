"""The desk's own pages (start page, claim, check) and the handling of submitted decisions."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils.asgi import Forbidden, Request, Response

from claims.addresses import linkable_address, site
from claims.errors import LedgerError
from claims.glossary import (
    AGREEMENT,
    DEEDS,
    HAND_IN,
    OBSTACLES,
    UNSAID,
    as_sentence,
    part_of_page,
    per_cent,
    shown_confidence,
)
from claims.ledger.entries import Attachment, ClaimRow, Entry
from claims.ledger.ledger import Ledger
from claims.ledger.queue_cards import QueuePlace
from claims.naming import cited_name, lead_words
from claims.records import Label, Page, Source
from review import decisions
from review.access.accounts import EDIT
from review.cards import compared_passage, in_paragraph, quotation_diff, stance_look, stance_words
from review.cells import CellContext, badge
from review.decisions import ask_ledger, read_ledger
from review.handed.checks import ArticleChecks
from review.handed.uploads import MOST_BYTES, HandIn, SentForm, TooLargeError, sent_form
from review.links import archived, fragment
from review.lists.bounds import next_page
from review.queue_page import after_one

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette

# How much of the queue the start page shows, and how many articles.
FIRST = 12
ARTICLES = 8
_NEITHER = "Give an address that starts with http:// or https://, or choose a file."
_NO_FILES = "This desk cannot judge files; start it with factdesk review."
_NO_CHECKS = "This desk cannot check articles; start it with factdesk review."
_TOO_LARGE = f"The form is larger than {MOST_BYTES / 1_000_000:.0f} MB; save the page as text and hand that in."


def helpers(database: str, place: CellContext) -> dict[str, Any]:
    """The values and functions available to every template of the desk."""
    return {
        "outlet": lambda name: place.outlets.get(name, name),
        "database": database,
        "base": place.base,
        "looks": place.looks,
        "deeds": DEEDS,
        "taken_back": decisions.taken_back,
        "agreement": AGREEMENT,
        "unsaid": UNSAID,
        "obstacles": OBSTACLES,
        "badge": partial(badge, looks=place.looks),
        "when": place.when,
        "day": place.day,
        "zone": place.zone,
        "per_cent": per_cent,
        "lead_words": lead_words,
        "sure": shown_confidence,
        "quotation_diff": quotation_diff,
        "stance_look": stance_look,
        "stance_words": stance_words,
        "fragment": fragment,
        "archived": archived,
        "address": linkable_address,
        "site": site,
        "behind": next_page,
        "may_be_handed_in": may_be_handed_in,
        "traced": traced,
        "named": lambda cited: cited_name(cited, place.outlets.get(cited.outlet or "", "")),
    }


def may_be_handed_in(source: Source) -> bool:
    """Whether a person can hand in the page of a source: it was not read, or only in part."""
    return source.capture is None or any(part_of_page(reason) in source.detail for reason in HAND_IN)


def traced(words: str) -> str:
    """How a source was found, in plain words: "cited on" the page from which a hop led to it (`sources/hop.py`)."""
    return re.sub(r"^hop from ", "cited on ", words)


def overview(ledger: Ledger) -> dict[str, Any]:
    """The data of the start page: the queue, the number of claims by label, and the latest checks."""
    return {
        "queue": ledger.queue(FIRST),
        "waiting": ledger.queue_length(),
        "labels": ledger.labels(),
        "articles": ledger.articles(ARTICLES),
    }


async def claim_page(datasette: Datasette, request: Request, path: Path) -> Response:
    """The page of one claim; POST adds a decision and redirects to the page that sent the form."""
    claim, form = request.url_vars["claim"], {}
    refused = None
    if request.method == "POST":
        form = await decisions.decision_form(datasette, request)
        edits = await datasette.permission_allowed(request.actor, EDIT, default=True)
        refused = await decisions.add(path, claim, form, edits=edits)
        if refused is None:
            return decisions.sent_back(_onward(claim, form), form.get("reviewer", ""))
    place = QueuePlace.read(form.get("place") or request.args.get("place") or "")

    def question(ledger: Ledger) -> tuple[Entry, Page, ClaimRow | None, QueuePlace | None]:
        entry = ledger.show(claim)
        page = ledger.article(entry.article.id)
        return entry, page, ledger.following(entry.row.id, place), ledger.place_of(entry.row.id) or place

    try:
        entry, page, after, place_now = await read_ledger(path, question)
    except LedgerError as missing:
        return await missing_page(datasette, request, decisions.in_desk_words(missing))
    if entry.claim.id != claim and request.method == "GET":
        return Response.redirect(f"/claim/{entry.row.id}")
    remembered_name = decisions.reviewer_of(datasette, request)
    context = {
        "entry": entry,
        "paragraph": in_paragraph(page, entry.claim, {"unsaid": entry.verdict.unsaid}),
        "compared": lambda verdict, passage: compared_passage(page, entry.claim, verdict, passage)[0],
        "refused": refused,
        "sent": form,
        "reviewer": form.get("reviewer") or remembered_name,
        "ask_name": not decisions.own_name(datasette, request),
        "labels": list(Label),
        "next": after,
        "place": str(place_now or ""),
    }
    html = await datasette.render_template("claim.html", context, request=request)
    return Response.html(html, status=refused.status if refused else 200)


def _onward(claim: str, form: Mapping[str, str]) -> str:
    """The address after a decision: the next card if it was made on a card, else the article or the claim."""
    if form.get("back") == "queue":
        return after_one(claim, form)
    if form.get("back") == "article":
        return f"/article/{quote(form.get('from', ''), safe='')}#c{quote(form.get('next', ''), safe='')}"
    place = form.get("place", "")
    return f"/claim/{quote(claim)}{f'?place={quote(place)}' if place else ''}#decision"


async def source_page(datasette: Datasette, request: Request, path: Path, judge: HandIn | None) -> Response:
    """A page or an address that a person knows for a source, judged at once; back to the claim."""
    claim = request.url_vars["claim"]
    try:
        form = await sent_from_here(datasette, request)
    except TooLargeError:
        return await missing_page(datasette, request, _TOO_LARGE, status=413)
    problem = await _hand_in(path, claim, form, judge)
    if problem:
        return await missing_page(datasette, request, problem, status=400)
    return decisions.sent_back(f"/claim/{quote(claim)}#sources", form.fields.get("reviewer", ""))


async def sent_from_here(datasette: Datasette, request: Request) -> SentForm:
    """The form, which may have a file, under the name of the account that sent it.

    Raises TooLargeError, and Forbidden if no page of the desk sent it or the account may not.
    """
    await decisions.may_decide(datasette, request)
    form = await sent_form(request)
    if not secrets.compare_digest(form.fields.get("csrftoken", "").encode(), request.scope["csrftoken"]().encode()):
        raise Forbidden("This form was not sent from a page of the desk")
    return replace(form, fields={**form.fields, **decisions.own_name(datasette, request)})


async def check_page(datasette: Datasette, request: Request, checks: ArticleChecks | None) -> Response:
    """The form to check an article (POST starts it), and the progress of a check; at its end the article."""
    problem, status, sent = None, 200, ""
    if request.method == "POST":
        await decisions.may_edit(datasette, request)
        try:
            form = await sent_from_here(datasette, request)
        except TooLargeError:
            return await missing_page(datasette, request, _TOO_LARGE, status=413)
        sent = form.fields.get("url", "").strip()
        article = form.file or linkable_address(sent)
        problem, status = (_NEITHER if article is None else _NO_CHECKS), 400
        if checks is not None and article is not None:
            try:
                return Response.redirect(f"/check/{quote(await asyncio.to_thread(checks.start, article))}")
            except OSError as busy:
                problem, status = as_sentence(str(busy)), 503
    name = request.url_vars["check"]
    progress = checks.progress(name) if checks is not None and name else None
    if name and progress is None:
        gone = "This check is not known; checks are forgotten when the desk stops. What it logged is in the ledger."
        return await missing_page(datasette, request, gone)
    if progress and request.url_vars["json"]:
        return Response.json(progress.document)
    if progress and progress.article:
        return Response.redirect(f"/article/{quote(progress.article)}")
    context = {"check": name, "progress": progress, "problem": problem, "sent": sent}
    return Response.html(await datasette.render_template("check.html", context, request=request), status=status)


async def _hand_in(path: Path, claim: str, form: SentForm, judge: HandIn | None) -> str | None:
    """Store what a form submits for a source of a claim, and have it judged if possible; the problem, or None."""
    source, by = form.fields.get("source", ""), form.fields.get("reviewer", "").strip()
    address = linkable_address(form.fields.get("url", "").strip())
    attached = form.file or address
    if attached is None:
        return _NEITHER
    if not by:
        return "Give the name of the person who hands it in."
    if judge is not None:
        problem = await asyncio.to_thread(judge, claim, source, by, attached)
        return as_sentence(problem) if problem else None
    if not isinstance(attached, str):
        return _NO_FILES
    attachment = Attachment(claim=claim, source=source, by=by, at=decisions.moment(), url=attached)
    try:
        await ask_ledger(path, lambda ledger: ledger.attach(attachment))
    except LedgerError as error:
        return decisions.in_desk_words(error)
    return None


async def missing_page(datasette: Datasette, request: Request, why: str, status: int = 404) -> Response:
    """A page that says what is missing or wrong."""
    html = await datasette.render_template("missing.html", {"why": why, "status": status}, request=request)
    return Response.html(html, status=status)
