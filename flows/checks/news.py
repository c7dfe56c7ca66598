"""What is worth telling people outside of Factdesk: of one check, and once a day in a digest.

The findings come from the ledger, which knows what is new and whether only the judge changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from claims.addresses import linkable_address
from claims.clock import now
from claims.display.text import clean, counted, short
from claims.display.wording import cause_words, source_name
from claims.glossary import LABELS, OBSTACLES
from claims.ledger.entries import ClaimRow, LedgerNews, VerdictChange
from claims.ledger.ledger import Ledger
from claims.naming import quoted
from claims.privacy import hide
from claims.records import Check, Reason, Source
from flows.config.settings import Occasion
from flows.config.setup import Setup
from flows.show.advice import nothing_read

EVENTS = {
    Occasion.CONTRADICTED: "factdesk.verdict.contradicted",
    Occasion.CHANGED: "factdesk.verdict.changed",
    Occasion.SOURCE_LOST: "factdesk.source.lost",
    Occasion.NOTHING_READ: "factdesk.source.nothing_read",
    Occasion.DIGEST: "factdesk.digest",
}
_MOST_LINES = 10  # in one message
_LINE = 240
_UNDECIDED = "These are findings of Factdesk; they need a person's decision before they are published."


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One message: a subject, lines, the address to look at, and the ids of the claims that it is about.

    ``about`` names what it is about: ``article.ID`` or ``digest``.
    """

    occasion: Occasion
    about: str
    subject: str
    lines: tuple[str, ...] = ()
    link: str | None = None
    claims: tuple[str, ...] = ()

    @property
    def event(self) -> str:
        """The name of its event."""
        return EVENTS[self.occasion]

    @property
    def text(self) -> str:
        """The message without its subject."""
        lines = [f"- {line}" for line in self.lines[:_MOST_LINES]]
        if len(self.lines) > _MOST_LINES:
            lines.append(f"and {len(self.lines) - _MOST_LINES} more")
        undecided = _UNDECIDED if self.occasion in (Occasion.CONTRADICTED, Occasion.CHANGED, Occasion.DIGEST) else ""
        return "\n".join(filter(None, (*lines, undecided, self.link)))

    def payload(self, desk: str) -> dict[str, Any]:
        """The message as JSON; chat services show ``text``."""
        return {
            "text": "\n".join(filter(None, (self.subject, self.text))),
            "subject": self.subject,
            "body": self.text or self.subject,
            "event": self.event,
            "desk": desk,
            "about": self.about,
            "claims": list(self.claims),
            "link": self.link,
        }


def news_of_check(check: Check, how: Setup) -> tuple[News, ...]:
    """What a check that was logged found and ``notify`` of config.yaml tells of; nothing offline or from an archive.

    Raises LedgerError.
    """
    if not how.settings.notify or how.fetch.offline or how.fetch.replay:
        return ()
    with Ledger.open(how.ledger, create=False) as ledger:
        logged = ledger.news(run=check.run.id)
    about = {"about": f"article.{check.article.id}", "link": _desk_link(how, f"article/{check.article.id}")}
    title = quoted(_plain(check.article.title or check.article.url or "an article without a title", 100))
    return tuple(news for news in _messages(logged, check, how, title, about) if how.settings.tells_of(news.occasion))


def _messages(logged: LedgerNews, check: Check, how: Setup, title: str, about: dict[str, Any]) -> Iterator[News]:
    if logged.contradicted:
        yield News(
            occasion=Occasion.CONTRADICTED,
            subject=f"A source contradicts {counted(len(logged.contradicted), 'claim')} of {title}",
            lines=tuple(map(_contradicted_line, logged.contradicted)),
            claims=tuple(row.id for row in logged.contradicted),
            **about,
        )
    if logged.changed:
        yield News(
            occasion=Occasion.CHANGED,
            subject=f"{counted(len(logged.changed), 'verdict')} of {title} changed",
            lines=tuple(map(_changed_line, logged.changed)),
            claims=tuple(change.claim for change in logged.changed),
            **about,
        )
    if logged.lost:
        yield News(
            occasion=Occasion.SOURCE_LOST,
            subject=f"{counted(len(logged.lost), 'source')} of {title} can no longer be read",
            lines=tuple(_lost_line(source, how) for source in logged.lost),
            claims=tuple(claim for source in logged.lost for claim in source.claims),
            **about,
        )
    reasons = {reading.source.reason for reading in check.readings}
    if nothing_read(check) and reasons != {Reason.OFFLINE}:
        lines = tuple(_lost_line(reading.source, how) for reading in check.readings)
        subject = f"None of {counted(len(lines), 'source')} of {title} could be read"
        yield News(occasion=Occasion.NOTHING_READ, subject=subject, lines=lines, **about)


def news_of_digest(how: Setup) -> News:
    """The digest: what was found in the period that ends now, and how many claims wait for a person.

    Raises LedgerError if there is no ledger.
    """
    since = datetime.now(UTC) - timedelta(seconds=how.settings.digest.period)
    with Ledger.open(how.ledger, create=False) as ledger:
        ledger.sign_off(how.settings.review.asked_sign_off, at=now())
        logged, queue = ledger.news(since=since.isoformat(timespec="milliseconds")), ledger.queue_length()
    contradicted = {row.id for row in logged.contradicted}
    changed = [change for change in logged.changed if change.claim not in contradicted]
    counts = (
        counted(len(logged.contradicted), "newly contradicted claim"),
        counted(len(changed), "changed verdict"),
        f"{counted(len(logged.lost), 'source')} lost",
        f"{counted(queue, 'claim')} in the queue",
    )
    return News(
        occasion=Occasion.DIGEST,
        about="digest",
        subject=f"{_plain(how.settings.desk.name, 60)}: {', '.join(counts)}",
        lines=tuple(_digest_lines(logged.contradicted, changed, logged.lost, how)),
        link=_desk_link(how, ""),
        claims=(*(row.id for row in logged.contradicted), *(change.claim for change in changed)),
    )


def _digest_lines(
    contradicted: Sequence[ClaimRow], changed: Sequence[VerdictChange], lost: Sequence[Source], how: Setup
) -> Iterator[str]:
    yield from (f"contradicted: {_contradicted_line(row)}" for row in contradicted)
    yield from (f"changed: {_changed_line(change)}" for change in changed)
    yield from (f"lost: {_lost_line(source, how)}" for source in lost)


def _contradicted_line(row: ClaimRow) -> str:
    return _plain(f"{quoted(short(row.statement, _LINE))} ({row.id[:8]}): {short(row.rationale, _LINE)}", 2 * _LINE)


def _changed_line(change: VerdictChange) -> str:
    before, after = LABELS[change.before].word, LABELS[change.label].word
    statement = quoted(short(change.statement, _LINE))
    cause = cause_words(change.before, change.label, change.cause)
    return _plain(f"{statement} ({change.claim[:8]}): {before} → {after} ({cause})", 2 * _LINE)


def _lost_line(source: Source, how: Setup) -> str:
    name = source_name(source.citation, how.outlets, source.citation.kind.value)
    address = (linkable_address(source.capture.url) if source.capture else None) or source.citation.url
    why = OBSTACLES[source.reason].meaning if source.reason else "could not be read"
    return _plain(": ".join(filter(None, (name, why, hide(address or "")))), _LINE)


def _plain(text: str, length: int) -> str:
    """Text from the web for a chat: in it, nothing becomes a link, a mention of people or a mark-up of the service."""
    return short(clean(text).replace("<", "‹").replace(">", "›").replace("@", "＠"), length)


def _desk_link(how: Setup, path: str) -> str | None:
    desk = how.settings.review.address
    return f"{desk}/{path}" if desk else None
