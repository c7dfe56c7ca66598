"""Sources that changed between two readings, according to the ledger and the captures.

The changes are not stored, because they can be computed from the two captures at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from claims.addresses import linkable_address
from claims.ledger.entries import SourceState
from claims.ledger.ledger import Ledger
from claims.records import Capture, Page, Reason, Source
from sources import urls
from sources.captures.revisions import Edit, Revision, comparable, revision_between
from sources.errors import Unavailable

Kept = Callable[[Capture], Page]  # the page of a capture; raises Unavailable if there is none to read


@dataclass(frozen=True, slots=True, kw_only=True)
class Relied:
    """An edit of text that verdicts rely on, with the ids of their claims."""

    edit: Edit
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A source that changed: its capture at ``since`` (``before``), and its state ``at`` the later time (``after``).

    ``lost`` is the reason why it can no longer be read, and ``note`` why two captures could not be compared.
    """

    source: Source
    since: str
    at: str
    before: Capture
    after: Capture | None = None
    revision: Revision | None = None
    relied: tuple[Relied, ...] = ()
    lost: Reason | None = None
    note: str = ""

    @property
    def url(self) -> str:
        """The address of the page."""
        return self.before.url


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One look at a source: when, what was captured, and in which run of this article (None: for another one)."""

    source: Source
    at: str
    run: str | None

    @property
    def capture(self) -> Capture | None:
        return self.source.capture if self.source.reason is None else None


def changes_of_sources(
    book: Ledger, article: str, read_stored: Kept, *, run: str | None = None, sources: Iterable[str] | None = None
) -> list[Changed]:
    """The changes of an article's sources, oldest first; only those of one run, or of some sources (ids), if given.

    Earlier captures of the page for other articles count as well. ``read_stored`` reads a stored capture.
    Raises LedgerError.
    """
    source_ids = None if sources is None else set(sources)
    changes: list[Changed] = []
    for key, states in groupby(book.source_states(article), key=lambda state: state.source.id):
        if source_ids is None or key in source_ids:
            changes += _of_source(book, list(states), run, read_stored)
    return sorted(changes, key=lambda change: change.at)


def _of_source(book: Ledger, states: Sequence[SourceState], run: str | None, read_stored: Kept) -> Iterator[Changed]:
    last: _Look | None = None
    for look in _looks(book, states):
        before = last.capture if last else None
        if before is not None and last is not None and (run is None or look.run == run):
            yield from _change_to_next(book, before, last.at, look, read_stored)
        last = look if look.capture or last is None else last


def _looks(book: Ledger, states: Sequence[SourceState]) -> Iterator[_Look]:
    """Every look at a source, oldest first: for other articles until this one was checked, then for this one."""
    first = states[0].source
    address = first.capture.url if first.capture else first.citation.url
    since = first.capture.fetched_at if first.capture else states[0].at
    seen = set()
    for capture in book.captures_of(address) if address else ():
        if capture.fetched_at < since:
            seen.add(capture.id)
            other = Source(citation=first.citation, capture=capture)
            yield _Look(source=other, at=capture.fetched_at, run=None)
    for state in states:
        now = state.source.capture
        fresh = now is not None and now.id not in seen
        seen.add(now.id if now else "")
        yield _Look(source=state.source, at=now.fetched_at if now and fresh else state.at, run=state.run)


def _change_to_next(book: Ledger, before: Capture, since: str, look: _Look, read_stored: Kept) -> Iterator[Changed]:
    """The change from a capture to the next look at its source, if there is any."""
    after = look.capture
    change = Changed(source=look.source, since=since, at=look.at, before=before, after=after)
    if after is None:
        if look.source.reason is not None and look.source.reason is not Reason.OFFLINE:
            yield replace(change, lost=look.source.reason)
        return
    if linkable_address(after.url) is None:
        return  # two pages that were attached may be two different ones
    if after.id == before.id or not comparable(before, after) or urls.key(before.url) != urls.key(after.url):
        return
    try:
        revision = revision_between(read_stored(before), read_stored(after))
    except Unavailable as error:
        yield replace(change, note=f"the two captures cannot be compared: {error}")
        return
    if revision:
        yield replace(change, revision=revision, relied=_relied(book, before, after, revision))


def _relied(book: Ledger, before: Capture, after: Capture, revision: Revision) -> tuple[Relied, ...]:
    """The edits inside passages that decided on claims, each with these claims."""
    touched: dict[Edit, dict[str, None]] = {}
    for claim, passage in book.relied_on(before.id):
        for edit in revision.touching(before=[passage]):
            touched.setdefault(edit, {})[claim] = None
    for claim, passage in book.relied_on(after.id):
        for edit in revision.touching(after=[passage]):
            touched.setdefault(edit, {})[claim] = None
    return tuple(Relied(edit=edit, claims=tuple(claims)) for edit, claims in touched.items())
