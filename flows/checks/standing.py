"""The state of an article's sources in earlier runs, and the fallback for sources that cannot be read now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from claims.glossary import LASTING, OBSTACLES, PASSING
from claims.ledger.entries import Choice, Fit
from claims.records import Candidate, Capture, Missed, Page, Reading, Reason, Source, Via
from flows.config.setup import Setup
from sources.captures.reread import captured
from sources.captures.revisions import Kind, line_sentences, revision_between
from sources.errors import NO_ARTICLE, Unavailable
from sources.gather import BY_A_PERSON, READ_BEFORE
from sources.outlets import Outlets

_CHOSEN_BY = "chosen by "
_MESSAGE = 1000  # characters of a page that may be a message instead of the source


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What people chose for the sources of an article (``chosen``), and the last state of these (``standing``).

    Both are keyed by source id.
    """

    chosen: Mapping[str, Choice] = field(default_factory=dict)
    standing: Mapping[str, Source] = field(default_factory=dict)

    def at_address(self, source: Source) -> Source:
        """The source with candidate addresses added: the one that a person gave, then the one read before."""
        choice, known = self.chosen.get(source.id), self.standing.get(source.id)
        candidates = []
        if choice is not None and choice.url is not None:
            same = choice.fit is Fit.SAME_ARTICLE
            found_by = BY_A_PERSON if same else f"{_CHOSEN_BY}{choice.by} for the {choice.fit.value}"
            candidates.append(Candidate(url=choice.url, score=1.0, found_by=found_by))
        last = known.capture if known is not None else None
        if known is None or last is None or last.via is Via.MANUAL or self._is_replaced(source.id, last):
            return replace(source, candidates=tuple(candidates))
        if not source.citation.url:
            score = next((candidate.score for candidate in known.candidates if candidate.url == last.url), 0.0)
            candidates.append(Candidate(url=last.url, score=score, found_by=READ_BEFORE))
        return replace(source, candidates=tuple(candidates), capture=last if known.reason is None else None)

    def stands(self, reading: Reading, setup: Setup, outlets: Outlets) -> Reading:
        """The reading, or its replacement if the source could not be read now or only in part.

        The replacement is the page of the last capture or a page that a person attached.
        """
        return self.handed_in(self._remembered(reading, setup, outlets), setup, outlets)

    def _remembered(self, reading: Reading, setup: Setup, outlets: Outlets) -> Reading:
        """The reading, or the page of the source's last capture if the source is only temporarily out of reach.

        A source that was gone at the last request stays gone.
        """
        known = self.standing.get(reading.source.id)
        missed = _why_missed(reading, known, setup)
        if known is None or missed is None:
            return reading
        if known.reason in LASTING and reading.page is None:
            detail = f"{known.detail}; not reached now ({missed.detail})"
            return replace(reading, source=replace(reading.source, reason=known.reason, detail=detail))
        if known.reason is not None or known.capture is None or known.capture.via is Via.MANUAL:
            return reading
        if self._is_replaced(known.id, known.capture):
            return reading
        return _from_earlier_capture(reading, known.capture, missed, setup, outlets)

    def handed_in(self, reading: Reading, setup: Setup, outlets: Outlets) -> Reading:
        """The reading, or the page that a person attached if the source could not be read or only in part.

        The page that was attached last also replaces an earlier one, and the page at an address that a person gave
        before. If an address that a person gave could not be read now, that is ``missed``.
        """
        choice = self.chosen.get(reading.source.id)
        if choice is not None and choice.capture is None:
            choice = choice.stand_in
        if choice is None or choice.capture is None:
            return reading
        read = reading.source.capture if reading.page is not None and reading.page.partial is None else None
        if read is not None and not self._is_replaced(reading.source.id, read):
            return reading
        detail = BY_A_PERSON + ("" if choice.fit is Fit.SAME_ARTICLE else f" for the {choice.fit.value}")
        try:
            page = captured(choice.capture, setup.captures, outlets)
        except Unavailable as error:
            failure = f"{reading.source.detail}; the attached page cannot be read ({error})"
            return replace(reading, source=replace(reading.source, detail=failure.removeprefix("; ")))
        source = replace(reading.source, capture=choice.capture, reason=None, detail=detail)
        return Reading(source=source, page=page, missed=_given_but_missed(reading), unasked=reading.unasked)

    def _is_replaced(self, source: str, capture: Capture) -> bool:
        """Whether a capture is what a person gave for a source before the page that is attached to it now."""
        choice, known = self.chosen.get(source), self.standing.get(source)
        page = choice.capture or (choice.stand_in.capture if choice.stand_in else None) if choice else None
        if choice is None or page is None or page.id == capture.id:
            return False
        given = known.candidates if known is not None and choice.capture is not None else ()
        return capture.via is Via.MANUAL or any(
            candidate.url == capture.url and by_a_person(candidate) for candidate in given
        )


def by_a_person(candidate: Candidate) -> bool:
    """Whether a person gave the address, for this article or for another."""
    return BY_A_PERSON in candidate.found_by or _CHOSEN_BY in candidate.found_by


def _given_but_missed(reading: Reading) -> Missed | None:
    """The failure of a source that was looked for at an address that a person gave."""
    source = reading.source
    given = next((candidate.url for candidate in source.candidates if by_a_person(candidate)), None)
    if given is None or reading.page is not None or source.reason is None or source.reason is Reason.OFFLINE:
        return reading.missed
    detail = source.detail or OBSTACLES[source.reason].meaning
    return Missed(source=source.id, reason=source.reason, detail=detail if given in detail else f"{given}: {detail}")


def _why_missed(reading: Reading, known: Source | None, setup: Setup) -> Missed | None:
    """The failure if the source could not be read for a reason that does not concern its content; None otherwise."""
    source, page = reading.source, reading.page
    if page is not None:
        return _why_not_whole(source, page)
    if source.reason is None:
        return None
    # A source is not gone if the archive of its copy does not answer, or if it is missing in a replayed archive.
    by_archive = known is not None and known.capture is not None and known.capture.via is Via.ARCHIVE
    unknown = (by_archive and reading.unasked) or (source.reason is Reason.UNRESOLVED and setup.fetch.replay)
    if source.reason not in PASSING and not unknown and NO_ARTICLE not in source.detail:
        return None
    failures = "; ".join((source.detail, *(service for service in reading.unasked if service not in source.detail)))
    return Missed(source=source.id, reason=source.reason, detail=failures or OBSTACLES[source.reason].meaning)


def _why_not_whole(source: Source, page: Page) -> Missed | None:
    """The failure if only a part of a page could be read, or so little that it may be the page of an outage."""
    if page.partial:
        part = "the free part" if page.partial is Reason.PAYWALL else "a part"
        detail = f"only {part} of it can be read ({OBSTACLES[page.partial].meaning})"
        return Missed(source=source.id, reason=page.partial, detail=detail)
    if len(page.text) > _MESSAGE:
        return None
    return Missed(source=source.id, reason=Reason.SOFT_404, detail="another page answers at its address")


def _from_earlier_capture(
    reading: Reading, capture: Capture, missed: Missed, setup: Setup, outlets: Outlets
) -> Reading:
    """Replace the reading with the page of an earlier capture; the detail says if that is lost or damaged.

    A page that is now behind a paywall is replaced only if its free part is unchanged, and a short page only if it has
    nothing in common with the earlier one.
    """
    detail = f"not read now ({missed.detail}); read from the capture of {capture.fetched_at}"
    try:
        page = captured(capture, setup.captures, outlets)
    except Unavailable as error:
        failure = f"{reading.source.detail}; its capture of {capture.fetched_at} cannot be read either ({error})"
        return replace(reading, source=replace(reading.source, detail=failure))
    if reading.page is not None:
        replaced = _free_part_unchanged if reading.page.partial else _is_another_page
        if not replaced(page, reading.page):
            return reading
    source = replace(reading.source, capture=capture, reason=None, detail=detail)
    return Reading(source=source, page=page, missed=missed, unasked=reading.unasked)


def _is_another_page(before: Page, now: Page) -> bool:
    """Whether no sentence of a page is left, not even reworded, as on the login page of a network."""
    edits = revision_between(before, now).edits
    kept = any(edit.kind is Kind.REWORDED for edit in edits)
    return not kept and sum(edit.kind is Kind.GONE for edit in edits) >= len(list(line_sentences(before.text)))


def _free_part_unchanged(before: Page, now: Page) -> bool:
    """Whether a page was whole, and what can be read of it now says the same."""
    return before.partial is None and not revision_between(before, now).edits
