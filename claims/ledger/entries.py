"""The records that the ledger returns: frozen dataclasses, not SQLite rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypedDict

from claims.records import (
    Capture,
    Citation,
    Claim,
    Correction,
    Decision,
    DeskState,
    Evidence,
    Label,
    Lead,
    Missed,
    OutletDirectory,
    Review,
    Run,
    Source,
    Verdict,
)

Labels = str | Collection[str]  # one label, or several


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The result of logging a check: the new or changed verdicts, and those that were found again."""

    run: str
    article: str
    claims: int
    added: tuple[str, ...]
    confirmed: tuple[str, ...]
    new_article: bool = False

    @classmethod
    def of_row(cls, run: str, row: Mapping[str, Any], *, new_article: bool = False) -> Recorded:
        """From a row of ``runs``."""
        added, confirmed = (tuple(json.loads(row[name])) for name in ("added", "confirmed"))
        values = {"article": row["article"], "claims": row["claims"], "added": added, "confirmed": confirmed}
        return cls(run=run, new_article=new_article, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim in a list.

    ``label`` is the judge's; ``standing`` is the current label: a person's if one was decided, or ``void`` if a person
    struck the claim out. ``since`` is when this verdict was first reached, ``checked_at`` when it was last
    found again. ``stale`` says that the verdict changed after the person decided; ``sign_offs`` is how many people
    decided so on this verdict, ``against`` how many decided otherwise. ``state`` is the state of the review;
    ``needs_review`` says whether it needs review, and ``why`` for which reason (attention.py). ``verdict`` is the id
    of the verdict, ``decisions`` the number of the last decision; a decision names both as shown. ``decided_at`` is
    when the decision was made that counts.
    """

    id: str
    statement: str
    text: str
    kind: str
    speaker: str | None
    outlets: tuple[str, ...]
    label: Label
    standing: str
    confidence: float
    needs_review: bool
    reason: str | None
    rationale: str
    article: str
    title: str | None
    url: str | None
    published_by: str | None
    since: str
    checked_at: str
    decision: Decision | None = None
    reviewer: str | None = None
    note: str | None = None
    decided_at: str | None = None
    stale: bool = False
    sign_offs: int = 0
    against: int = 0
    wanted: int = 1
    state: DeskState = DeskState.UNDECIDED
    why: str | None = None
    verdict: str = ""
    decisions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article in a list: when it was last checked, and how many claims it makes."""

    id: str
    title: str | None
    url: str | None
    outlet: str | None
    published: str | None
    sha256: str
    claims: int
    runs: int
    checked_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A run in a list: how many verdicts it added (new or changed) and found again."""

    run: Run
    title: str | None
    url: str | None
    claims: int
    added: int
    confirmed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRow:
    """One verdict of a claim's history: the first has number 1.

    ``statement_before`` and ``speaker_before`` are what the previous verdict was on, if that was in other words.
    """

    id: str
    number: int
    verdict: Verdict
    statement_before: str | None = None
    speaker_before: str | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The passages that it relies on."""
        return self.verdict.evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictChange:
    """A verdict that differs from the previous one: the changed fields (``changed``), and the ``cause``.

    ``cause`` is ``source``, ``article``, ``judge`` (or its version), ``source and judge`` or ``article and source``.
    """

    verdict: str
    claim: str
    statement: str
    before: Label
    label: Label
    confidence_before: float
    confidence: float
    reason_before: str | None
    reason: str | None
    changed: str
    cause: str
    checked_at: str

    @property
    def is_news(self) -> bool:
        """Whether the source or the article changed, and not only the judge."""
        return self.cause != "judge"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerNews:
    """What is worth telling people: contradicted claims, verdicts with a new label, and sources that were lost."""

    contradicted: tuple[ClaimRow, ...] = ()
    changed: tuple[VerdictChange, ...] = ()
    lost: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """The state of a source of an article since the run that found it, which began at ``at``."""

    source: Source
    run: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What a person attached to a source: a file (``capture``) or an address (``url``)."""

    claim: str
    source: str
    by: str
    at: str
    capture: str | None = None
    url: str | None = None
    note: str = ""


class Fit(StrEnum):
    """Why a person's choice for a source also applies to this article."""

    SAME_ARTICLE = "same article"
    SAME_ADDRESS = "same address"
    SAME_WORDS = "same words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person chose for a source: its address, or an attached page; ``stand_in`` if the address fails."""

    by: str
    at: str
    fit: Fit
    url: str | None = None
    capture: Capture | None = None
    stand_in: Choice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Everything about one claim, with ``verdicts`` and ``reviews`` oldest first.

    ``earlier`` is the claim with the same words in the previous version of the article; ``superseded`` says that the
    article as it was last read does not make this claim. ``missed`` are the sources that could not be read in the last
    check, so that an earlier capture was used; ``leads`` are the places that it named for a claim without a source.
    """

    row: ClaimRow
    claim: Claim
    article: ArticleRow
    verdicts: tuple[VerdictRow, ...]
    reviews: tuple[Review, ...]
    sources: tuple[Source, ...]
    captures: tuple[Capture, ...]
    runs: tuple[Run, ...]
    attachments: tuple[Attachment, ...] = ()
    changes: tuple[VerdictChange, ...] = ()
    missed: tuple[Missed, ...] = ()
    earlier: ClaimRow | None = None
    superseded: bool = False
    leads: tuple[Lead, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The current verdict."""
        return self.verdicts[-1].verdict

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The sources that the claim cites."""
        return self.claim.citations


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The decision in force from ``at`` on: a label or ``void``, on the verdict of ``checked_at``."""

    statement: str
    standing: str
    at: str
    verdict: str
    checked_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A decision that replaced an earlier one; ``new`` is None if the earlier one was only withdrawn."""

    claim: str
    statement: str
    article: str | None
    old: Held
    new: Held | None
    kind: Correction
    note: str
    at: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Claims of one article that are due for a re-check."""

    article: str
    url: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault in the ledger: ``row`` names it, ``detail`` describes it."""

    row: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """An audit. ``head``, the last hash, protects earlier rows if recorded elsewhere; ``remarks`` may be honest."""

    rows: int
    captures: int
    head: str
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether no faults were found."""
        return not self.faults


class HouseOptions(TypedDict, total=False):
    """Who publishes an export: the fields of ``House`` in exports/claimreview.py."""

    publisher: str
    site: str | None
    scale: Mapping[str, str]
    outlets: Mapping[str, str]
    directory: OutletDirectory | None
