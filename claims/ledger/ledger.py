"""The ledger: an auditable record of checks, findings and decisions.

The ledger is one SQLite file. A check is logged in one transaction; verdicts and reviews are only added, so that every
change and its author can be traced; tampering is detected (`audit`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Unpack

from claims.ledger import attention
from claims.ledger.reading import cards, changes, choices, full_text, lists, news, recall, show, source_states
from claims.ledger.store import APPLICATION_ID, Store
from claims.ledger.writing.addresses import AddressBook

if TYPE_CHECKING:
    from claims.ledger.entries import (
        ArticleRow,
        Attachment,
        Audit,
        Choice,
        ClaimRow,
        Due,
        Entry,
        HouseOptions,
        Labels,
        LedgerNews,
        Recorded,
        RunRow,
        SourceState,
        VerdictChange,
    )
    from claims.ledger.exports.bundle import Load, Pack
    from claims.ledger.queue_cards import QueueCard, QueuePlace
    from claims.records import Capture, Check, Claim, Extraction, Lead, LogHead, Page, Review, Source, Verdict


class Ledger:
    """An open ledger, a context manager; every method raises LedgerError with a one-line message if it fails."""

    # SQLite's application_id of a ledger, which distinguishes it from other databases.
    MARK: ClassVar[int] = APPLICATION_ID

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Ledger:
        """Open the ledger, or create it if ``create``; an older one is upgraded in place, a newer one is refused."""
        return cls(Store.open(path, create=create))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    @property
    def path(self) -> Path:
        """The path of the ledger."""
        return self._store.path

    # -- writing ---------------------------------------------------------------------------------------------

    def record(self, check: Check, *, whole: bool = True) -> Recorded:
        """Log a check in one transaction: completely, or not at all on an error.

        ``whole`` is False if only some claims of the article were checked again; otherwise claims of the article that
        this check no longer finds are marked as superseded. Logging a run twice changes nothing.
        """
        from claims.ledger.writing.record import record  # noqa: PLC0415  only writers need it

        return record(self._store, check, whole=whole)

    def review(self, review: Review, *, after: int | None = None) -> None:
        """Add a person's decision. ``review.claim`` may be a prefix of the id.

        ``review.verdict`` is the verdict that was shown, ``after`` the number of the last decision that was (0 for
        none); MovedOnError if the claim has another one by now.
        """
        from claims.ledger.writing.decide import add_decision  # noqa: PLC0415  only writers need it

        add_decision(self._store, review, after=after)

    def attach(self, attachment: Attachment, capture: Capture | None = None) -> None:
        """Add a page or an address that a person attached for a source of a claim."""
        from claims.ledger.writing.decide import add_attachment  # noqa: PLC0415  only writers need it

        add_attachment(self._store, attachment, capture)

    def sign_off(self, people: int | None, *, at: str) -> None:
        """Set how many people must make the same decision (at first: one); None leaves it as it is."""
        from claims.ledger.writing.decide import sign_off  # noqa: PLC0415  only writers need it

        sign_off(self._store, people, at=at)

    def one_state(self) -> AbstractContextManager[None]:
        """Read several things from one state of the ledger, even while others write."""
        return self._store.reading()

    # -- lists -----------------------------------------------------------------------------------------------

    def claims(
        self, *, label: Labels | None = None, outlet: str | None = None, speaker: str | None = None, limit: int = 50
    ) -> list[ClaimRow]:
        """Claims, most recently checked first; ``label`` is the current one, ``outlet`` cited or publishing."""
        return lists.claims(self._store, label=label, outlet=outlet, speaker=speaker, limit=limit)

    def queue(self, limit: int = 50, label: Labels | None = None) -> list[ClaimRow]:
        """Claims that need review, most urgent first, with the reason in ``why``."""
        return lists.queue(self._store, limit, label)

    def cards(self, limit: int, after: QueuePlace | None = None) -> list[QueueCard]:
        """The first claims after a place in the queue (or from its start), with everything that a decision needs."""
        return cards.cards(self._store, limit, after)

    def following(self, claim: str, after: QueuePlace | None = None) -> ClaimRow | None:
        """The next claim in the queue after this claim's place, or after ``after`` if it has left the queue."""
        return cards.following(self._store, claim, after)

    def place_of(self, claim: str) -> QueuePlace | None:
        """The place of a claim in the queue; None if it is not in it."""
        return cards.place_of(self._store, claim)

    def queue_length(self) -> int:
        """How many claims wait for a person."""
        return lists.queue_length(self._store)

    def waiting(self, article_id: str) -> dict[str, str]:
        """The claims of an article that need review, by id with the reason."""
        return lists.waiting(self._store, article_id)

    @staticmethod
    def waits(verdicts: Iterable[Verdict], claims: Iterable[Claim]) -> dict[str, str]:
        """Like ``waiting``, for new verdicts on these claims that need not be in a ledger."""
        return attention.waits(verdicts, claims)

    def search(self, words: str, limit: int = 50) -> list[ClaimRow]:
        """Claims whose text or evidence contains all of ``words``, best match first."""
        return full_text.search(self._store, words, limit)

    def resembling(self, text: str, article: Page, labels: Labels, limit: int = 50) -> list[ClaimRow]:
        """Claims of other articles, under ``labels``, that share words with ``text``; if they say the same is open."""
        return full_text.resembling(self._store, text, article, labels, limit)

    def articles(self, limit: int | None = None) -> list[ArticleRow]:
        """Articles, most recently checked first."""
        return lists.articles(self._store) if limit is None else lists.last_articles(self._store, limit)

    def runs(self, limit: int = 50) -> list[RunRow]:
        """Runs, the latest first."""
        return lists.runs(self._store, limit)

    def counts(self) -> dict[str, int]:
        """The number of rows of each table, and of claims that need review (``queue``)."""
        return lists.counts(self._store)

    def labels(self) -> dict[str, int]:
        """The number of claims with each label (``void`` if struck out)."""
        return lists.labels(self._store)

    def show(self, claim_or_prefix: str) -> Entry:
        """Everything about one claim, given by at least six digits of its id."""
        return show.claim_entry(self._store, claim_or_prefix)

    def article(self, article_id: str) -> Page:
        """An article as it was read."""
        return recall.article(self._store, article_id)

    def article_rows(self, article_id: str) -> list[ClaimRow]:
        """The claims of an article as rows for a list, in reading order."""
        return lists.article_rows(self._store, article_id)

    def versions(self, article_id: str) -> list[ArticleRow]:
        """All versions of an article that were read at its address, including itself, latest first."""
        return lists.versions(self._store, article_id)

    def article_claims(self, article_id: str) -> list[Claim]:
        """The claims of an article as records, in reading order."""
        return recall.article_claims(self._store, article_id)

    def article_verdicts(self, article_id: str) -> dict[str, Verdict]:
        """The latest verdict on each claim of an article, by the id of the claim."""
        return cards.verdicts_of(self._store, article_id)

    def extraction(self, article_id: str) -> Extraction:
        """The logged extraction of an article, for checking the same claims again."""
        return recall.extraction(self._store, article_id)

    def leads(self, article_id: str) -> tuple[Lead, ...]:
        """Where the claims of an article may be settled, according to the last check of each claim."""
        return recall.last_leads(self._store, article_id)

    def article_sources(self, article_id: str) -> tuple[Source, ...]:
        """The latest states of the sources of an article."""
        return recall.article_sources(self._store, article_id)

    def standing(self, article: Page) -> dict[str, Source]:
        """The last lasting state of each source of an article's versions, by source id; a lost one's last capture."""
        return recall.standing(self._store, article)

    def source_states(self, article_id: str) -> tuple[SourceState, ...]:
        """The states of the sources of an article over time, by source, oldest first."""
        return source_states.source_states(self._store, article_id)

    def changes(self, run: str) -> tuple[VerdictChange, ...]:
        """The verdicts of a run that differ from the one before, and whether source, article or judge changed."""
        return changes.changes(self._store, run=run)

    def news(self, *, run: str | None = None, since: str = "") -> LedgerNews:
        """What is worth telling people of one run, or of all since a time (ISO 8601, UTC); a new judge is no news."""
        return news.news(self._store, run=run, since=since)

    def captures_of(self, url: str) -> tuple[Capture, ...]:
        """The captures of an address for any article, oldest first, without repeated content."""
        return source_states.captures_of(self._store, url)

    def relied_on(self, capture: str) -> tuple[tuple[str, str], ...]:
        """The passages of a capture that ever supported or contradicted a claim: (claim id, passage)."""
        return source_states.relied_on(self._store, capture)

    def due(
        self, *, before: str | None = None, labels: Collection[str] = (), outlet: str = "", limit: int | None = None
    ) -> list[Due]:
        """Claims last checked before ``before`` (ISO 8601, UTC), with one of ``labels`` (or any), by article.

        At most ``limit`` claims, those that were checked longest ago; ``outlet`` published or is cited by them.
        """
        return recall.due_claims(self._store, before=before, labels=labels, outlet=outlet, limit=limit)

    @property
    def addresses(self) -> AddressBook:
        """The addresses of the articles that were checked, and of those that could not be read."""
        return AddressBook(self._store)

    def captures(self) -> Iterator[Capture]:
        """Every capture, in the order in which they were first logged."""
        return lists.captures(self._store)

    def attachments(self) -> tuple[Attachment, ...]:
        """Every page and address that people attached."""
        return lists.attachments(self._store)

    def choices(self, article: Page, claims: Sequence[Claim]) -> dict[str, Choice]:
        """What people chose for sources, by source id, as it applies to an article, which may be new to the ledger."""
        return choices.choices(self._store, article, claims)

    # -- keeping ---------------------------------------------------------------------------------------------

    def audit(
        self,
        load: Callable[[Capture], bytes] | None = None,
        *,
        head: str | None = None,
        noted: Iterable[LogHead] = (),
        key_of: Callable[[str], str] | None = None,
    ) -> Audit:
        """Recompute the chain and all digests, compare the schema, rehash captures (``load``) and keys (``key_of``).

        ``head`` is a hash that somebody recorded, ``noted`` are heads recorded elsewhere: each must be in the log.
        """
        from claims.ledger.audit import audit  # noqa: PLC0415  rarely needed

        return audit(self._store, load, head=head, noted=noted, key_of=key_of)

    def rebuild(self) -> None:
        """Fill the derived tables again."""
        from claims.ledger.derived.tables import rebuild, rebuild_addresses  # noqa: PLC0415  rarely needed

        with self._store.transaction() as db:
            rebuild(db)
            rebuild_addresses(db)

    def head(self, run: str) -> LogHead | None:
        """The last log row of a run, to be recorded elsewhere; None if it wrote none."""
        return lists.head(self._store, run)

    def export(
        self,
        kind: str,
        *,
        page: str = "",
        unreviewed: bool = False,
        refused: Callable[[str, str], None] | None = None,
        **house: Unpack[HouseOptions],
    ) -> Iterator[str]:
        """The lines of an export in one of the formats of exports/formats.py.

        Contains only decided claims; ``refused`` is called for every claim that is left out, with the reason. With
        ``unreviewed`` it also contains the rest, in the formats that allow it. For ClaimReview, ``page`` is the address
        of a published fact-check with ``{id}`` for the claim's id, and ``house`` says who publishes. All lines are of
        one state of the ledger, that of the first one, so that none has a verdict that came after the decision.
        """
        from claims.ledger.exports.claimreview import House  # noqa: PLC0415  rarely needed
        from claims.ledger.exports.formats import ExportOptions, form_of  # noqa: PLC0415  same

        form = form_of(kind, unreviewed=unreviewed)
        options = ExportOptions(unreviewed=unreviewed, page=page, house=House(**house))
        lines = form.lines(self._store, refused or (lambda _claim, _reason: None), options)
        return self._store.of_one_state(lines)

    def bundle(self, claims: Sequence[str], path: Path, load: Load, *, at: str, pack: Pack | None = None) -> int:
        """Write claims (ids or prefixes) with all their evidence to a new file; return its number of files."""
        from claims.ledger.exports.bundle import bundle  # noqa: PLC0415  rarely needed

        return bundle(self._store, claims, path, load, at=at, pack=pack)

    def backup(self, path: Path) -> None:
        """Copy the current state of the ledger to a new file, even while others write."""
        from claims.ledger.backup import backup  # noqa: PLC0415  rarely needed

        backup(self._store, path)
