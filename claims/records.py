"""The vocabulary: frozen records in the order of the data flow, and the protocols for what others pass in.

    Page -> Claim (Attribution, Citation) -> Source (Candidate, Capture) -> Passage -> Judgment -> Verdict -> Review

Spans are half-open ``(start, end)`` character offsets into the text of the page that they belong to.
Ids are hashes of content, so that a rerun over the same content gives the same ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias, runtime_checkable

Span: TypeAlias = tuple[int, int]


def content_id(*parts: object) -> str:
    """The id of a thing: 16 hex digits of the SHA-256 over its parts, joined by the unit separator."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class ClaimKind(StrEnum):
    """What sort of sentence a claim is."""

    STATEMENT = "statement"
    QUOTATION = "quotation"
    QUANTITY = "quantity"
    EVENT = "event"
    FORECAST = "forecast"
    OPINION = "opinion"
    QUESTION = "question"


class SpeechMode(StrEnum):
    """How somebody's words are given (PARC 3.0's direct, indirect and mixed)."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class CitationKind(StrEnum):
    """What a claim relies on."""

    LINK = "link"
    OUTLET = "outlet"
    BROADCAST = "broadcast"
    POST = "post"
    DOCUMENT = "document"
    NONE = "none"


class Reason(StrEnum):
    """Why a source could not be read."""

    PAYWALL = "paywall"
    ROBOTS = "robots"
    BOT_WALL = "bot_wall"
    GEO_BLOCK = "geo_block"
    DELETED = "deleted"
    SOFT_404 = "soft_404"
    NOT_FOUND = "not_found"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    REFUSED_ADDRESS = "refused_address"
    TOO_LARGE = "too_large"
    UNSUPPORTED_TYPE = "unsupported_type"
    UNRESOLVED = "unresolved"
    OFFLINE = "offline"


class Via(StrEnum):
    """How a capture came about."""

    LIVE = "live"
    ARCHIVE = "archive"
    REPLAY = "replay"
    MANUAL = "manual"


class Label(StrEnum):
    """The verdict on a claim; every claim has exactly one."""

    SUPPORTED = "supported"
    PARTLY_SUPPORTED = "partly_supported"
    CONTRADICTED = "contradicted"
    CONFLICTING = "conflicting"
    MISATTRIBUTED = "misattributed"
    NOT_IN_SOURCE = "not_in_source"
    SOURCE_UNAVAILABLE = "source_unavailable"
    NO_SOURCE = "no_source"
    NOT_CHECKABLE = "not_checkable"


class LeadKind(StrEnum):
    """Where a claim without a source may be settled, in the order in which the places are tried."""

    LEDGER = "ledger"
    FACT_CHECK = "fact_check"
    BESIDE = "beside"
    OWN_SITE = "own_site"
    OWN_POST = "own_post"
    REGISTER = "register"
    SEARCH = "search"


class Stance(StrEnum):
    """What a passage does to a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    NEUTRAL = "neutral"


class Basis(StrEnum):
    """Whether the verdict relies on the source that the article cites, or on another source at hand."""

    CITED = "cited"
    CORROBORATING = "corroborating"


class QuoteGrade(StrEnum):
    """How faithfully the source has a quotation."""

    VERBATIM = "verbatim"
    TRIVIAL_EDIT = "trivial_edit"
    TRUNCATED = "truncated"
    SPLICED = "spliced"
    PARAPHRASE_IN_QUOTES = "paraphrase_in_quotes"
    TRANSLATION_VARIANT = "translation_variant"
    NOT_FOUND = "not_found"


class Decision(StrEnum):
    """What a reviewer does with a verdict."""

    CONFIRM = "confirm"
    OVERRULE = "overrule"
    VOID = "void"
    UNDO = "undo"


class Correction(StrEnum):
    """How much a correction changes the earlier decision."""

    MAJOR = "major"
    MINOR = "minor"
    NOTE = "note"


class DeskState(StrEnum):
    """The state of a claim's review; only decided claims are published."""

    UNDECIDED = "undecided"
    NEEDS_REVIEW = "needs_review"
    DISPUTED = "disputed"
    DECIDED = "decided"
    VOID = "void"


class BlockKind(StrEnum):
    """What a stretch of a page's text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"
    POST = "post"
    REFERENCE = "reference"  # an entry of a list of references


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A hyperlink: the span of its words in the page's text, and its absolute address.

    ``mark`` is there for a reference mark ("[3]") whose entry gives the address; its span is empty where the mark is
    left out of the text. ``entry`` is its entry: a second link of one mark may have the same or another. ``copies`` are
    other addresses of the same page that the entry gives: archived copies, and a number such as a DOI.
    """

    span: Span
    href: str
    mark: str = ""
    entry: str = ""
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An embedded social post as the article shows it: never the post itself.

    ``date`` is ISO 8601 (YYYY-MM-DD) where it could be read, ``span`` covers the post in the page's text.
    """

    handle: str
    text: str
    span: Span
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, quotation, list item or post of a page."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A readable page: an article or a source.

    ``published`` is ISO 8601 (a date, or a time with offset); ``language`` is ISO 639-1 where known;
    ``outlet`` is an outlet id of the directory; ``sha256`` is that of the page's bytes; ``capture`` the id of
    the capture it was read from (None for a file). ``blocks`` are in order and do not overlap. ``partial``
    is the reason why more of the page exists than could be read (the free lead above a paywall).
    ``markup`` are the stretches of a text file that are no words (the stars and addresses of Markdown), in order.
    ``uncited`` are the places of reference marks whose entry gives no address, empty where the mark is left out.
    ``times`` are for the transcript of a recording: from which place in the text on which second is spoken.
    """

    text: str
    url: str | None = None
    final_url: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    links: tuple[Link, ...] = ()
    posts: tuple[Post, ...] = ()
    blocks: tuple[Block, ...] = ()
    markup: tuple[Span, ...] = ()
    uncited: tuple[Span, ...] = ()
    times: tuple[tuple[int, float], ...] = ()
    sha256: str = ""
    capture: str | None = None
    partial: Reason | None = None

    @property
    def id(self) -> str:
        """The page's id: the same text at the same address is the same page, whatever surrounded it."""
        return content_id("page", self.final_url or self.url or "", self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes: ``kind`` is wire, newspaper, broadcaster, magazine, state_media, government, ..."""

    id: str
    name: str
    kind: str
    country: str
    language: str = "en"
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemap: str | None = None
    paywall: bool = False
    ambiguous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An outlet named in a text. ``certain`` is False if the name is also an ordinary word (Time, Fox)."""

    span: Span
    outlet: Outlet
    certain: bool = True


@runtime_checkable
class OutletDirectory(Protocol):
    """The directory of outlets, passed to the extraction and the resolvers."""

    def mentions(self, text: str, page_outlet: str | None = None) -> Sequence[Mention]:
        """Every outlet named in ``text``, in order, longest names first, never overlapping.

        ``page_outlet`` is the id of the outlet whose page the text is.
        """
        ...

    def by_name(self, name: str) -> Outlet | None:
        """The outlet of this name or alias."""
        ...

    def by_url(self, url: str) -> Outlet | None:
        """The outlet whose domain this address is under."""
        ...

    def by_handle(self, handle: str) -> Outlet | None:
        """The outlet that posts under this handle (with or without @)."""
        ...

    def by_id(self, outlet_id: str) -> Outlet | None:
        """The outlet of this id."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who said it: source, cue and content after the PARC scheme.

    ``speaker`` is resolved ("Putin", not "he"); None if nobody is named. ``negated`` where the speaker is
    said not to have said it ("denied that", "never said"). ``outlet`` is an outlet id where the words were
    told to, or reported by, one ("told ABC News"). ``clausal`` where the content is a clause or a quotation
    ("found that it is so"); where it is not, the cue carries the claim ("rejected the offer").
    """

    speaker: str | None
    cue: str
    mode: SpeechMode
    source_spans: tuple[Span, ...] = ()
    cue_spans: tuple[Span, ...] = ()
    content_spans: tuple[Span, ...] = ()
    negated: bool = False
    anonymous: bool = False
    outlet: str | None = None
    clausal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a claim relies on; ``text`` and ``span`` are the words in the article that name it.

    ``mark`` is the reference mark that leads to it, where one does. ``own_site`` is there for a link to another page
    of the article's own site, which is no independent source.
    """

    kind: CitationKind
    text: str = ""
    span: Span | None = None
    outlet: str | None = None
    url: str | None = None
    handle: str | None = None
    date: str | None = None
    mark: str = ""
    own_site: bool = False

    @property
    def source_id(self) -> str:
        """The id of the source it points to: two citations of one source share it."""
        pointer = self.url or (self.handle and f"{self.handle.lower()} {self.date or ''}") or self.outlet or self.text
        return content_id("source", self.kind, pointer)


# How a reason ends that says what is left open in a statement.
UNSETTLED = "could not be settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference of a statement against the article's words.

    ``was`` are the article's words at ``span`` (empty where words were put in), ``now`` those of the statement
    (empty where words were left out). ``sure`` is False for a suggestion, which is in the statement in brackets
    with a question mark. ``reason`` says why.
    """

    span: Span
    was: str
    now: str
    sure: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable (or expressly not checkable) assertion of an article.

    ``text`` is verbatim: the pieces at ``spans`` joined with one space. ``statement`` can be read alone.
    ``asked`` is the statement as it is compared with the sources, without "X said that" and without the dates that
    were added for readers; empty if it equals the statement.
    ``reasons`` say why it is (not) checkable and what could not be resolved. ``checkworthiness`` is 0 to 1.
    ``changes`` are all differences of the statement against the article's words, in the statement's order; the case
    of a first letter, stops and quotation marks do not count.
    """

    article: str
    text: str
    spans: tuple[Span, ...]
    statement: str
    kind: ClaimKind
    checkable: bool
    asked: str = ""
    reasons: tuple[str, ...] = ()
    checkworthiness: float = 0.0
    attribution: Attribution | None = None
    citations: tuple[Citation, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def id(self) -> str:
        """Claim id: a hash of the claim's words and their position in the article."""
        return content_id("claim", self.article, self.spans, self.text)

    @property
    def pieces(self) -> tuple[tuple[str, Change | None], ...]:
        """The statement in pieces, each with the change that put it there; None for the article's own words."""
        parts: list[tuple[str, Change | None]] = []
        place = 0
        for change in self.changes:
            at = self.statement.find(change.now, place) if change.now else -1
            if at < 0:
                continue
            if at > place:
                parts.append((self.statement[place:at], None))
            parts.append((change.now, change))
            place = at + len(change.now)
        rest = self.statement[place:]
        return (*parts, (rest, None)) if rest else tuple(parts)

    @property
    def certain(self) -> str:
        """The statement without suggestions, as used for the judge and for searches."""
        words = ""
        for text, change in self.pieces:
            if change is None or change.sure:
                words += text
            else:
                words = words + change.was if change.was else words.rstrip(" ")
        return words

    @property
    def unsettled(self) -> bool:
        """Whether a suggestion is in the statement, or who or what is meant in it was left open."""
        return any(not change.sure for change in self.changes) or any(why.endswith(UNSETTLED) for why in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclaimed:
    """A sentence of the article that gave no claim, and why: heading, byline, boilerplate, fragment ..."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What the extraction found in a page: attributions, claims, and the sentences that gave no claim, in order."""

    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    notes: tuple[str, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address where a source may be found: ``score`` is 0 to 1, ``found_by`` says how it was found."""

    url: str
    score: float
    found_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A fetched response, stored permanently with its headers as a WARC record.

    ``headers`` are the response's, in order; ``fetched_at`` is ISO 8601 in UTC; ``sha256`` that of the body;
    ``warc`` and ``offset`` locate the record; ``tool`` is the name and version that captured it.
    """

    url: str
    final_url: str
    status: int
    fetched_at: str
    via: Via
    sha256: str
    headers: tuple[tuple[str, str], ...] = ()
    warc: str | None = None
    offset: int | None = None
    tool: str = ""

    @property
    def id(self) -> str:
        """The capture's id: the same bytes at the same address are the same capture."""
        return content_id("capture", self.url, self.final_url, self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A cited source: read (``capture``) or unavailable (``reason``); ``detail`` says it in words.

    ``citation`` is the first one that names it; ``claims`` are the ids of the claims that rely on it.
    ``hop_of`` is the id of the source whose page relies on this one for the claims; None for what the article cites.
    Before it is read, ``capture`` is the previous one, if any.
    """

    citation: Citation
    claims: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    capture: Capture | None = None
    reason: Reason | None = None
    detail: str = ""
    hop_of: str | None = None

    @property
    def id(self) -> str:
        """The source's id within an article: a source of a cited page is a separate source."""
        if self.hop_of is not None:
            return content_id("hop", self.hop_of, self.citation.source_id)
        return self.citation.source_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """Why a source could not be read now, if an earlier capture of it was used instead."""

    source: str
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of reading one source: the source, and its page where it could be read.

    ``missed`` is there where the page is that of an earlier capture, since the source could not be read now.
    ``unasked`` are the search services and archives that gave no answer about it, each with the reason in words.
    """

    source: Source
    page: Page | None = None
    missed: Missed | None = None
    unasked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a captured page: ``text`` is the page's text at ``span``."""

    capture: str
    span: Span
    text: str
    url: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordMark:
    """A content word of a claim at its place, and how probable it is that the evidence does not say it (0 to 1)."""

    span: Span
    unsaid: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Probabilities:
    """A judge's answer for one (claim, passage) pair; what is left to 1 is "not enough information".

    ``words`` are the claim's content words in order, if the judge marks those that the passage does not say.
    ``second`` is True for the answer of the larger reader that was asked after the first one.
    """

    supported: float
    refuted: float
    words: tuple[WordMark, ...] = ()
    second: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteFinding:
    """A quotation compared with a source: its grade, the source's words and a word diff.

    ``diff`` is in reading order: ``("=", words)``, ``("-", words of the article)``, ``("+", words of the source)``.
    ``original`` are the words in another language that the source gives beside ``found``, where it does.
    ``second`` is when in a recording they are spoken, where the source is its transcript with times.
    """

    quote: str
    grade: QuoteGrade
    similarity: float
    found: str = ""
    span: Span | None = None
    capture: str | None = None
    diff: tuple[tuple[str, str], ...] = ()
    original: str = ""
    second: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityFinding:
    """A number, date or name compared: ``agrees`` is None if the source has not compared."""

    kind: str
    claimed: str
    found: str | None
    agrees: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment:
    """One passage judged: the judge's probabilities and what the rules found."""

    passage: Passage
    p_supported: float
    p_refuted: float
    source: str | None = None
    quote: QuoteFinding | None = None
    quantities: tuple[QuantityFinding, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage that a verdict relies on, its stance and its score (0 to 1)."""

    passage: Passage
    stance: Stance
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer for one claim. ``confidence`` is a calibrated probability that the label is right.

    ``unsaid`` are the places in the article of the claim's words that the source does not seem to say, as the judge
    marks them; a supported claim has none.
    """

    claim: str
    run: str
    label: Label
    confidence: float
    needs_review: bool
    rationale: str
    judge: str
    checked_at: str
    basis: Basis | None = None
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()
    quote: QuoteFinding | None = None
    quantities: tuple[QuantityFinding, ...] = ()
    unsaid: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A place where a claim without a source may be settled; nothing was read there, so it is no evidence.

    ``name`` says whose place it is, ``says`` what stands there in the words of the place (the earlier claim, the title
    of a page), ``rating`` what was found there, ``day`` when (ISO 8601). ``known`` is the claim's id in the ledger.
    """

    claim: str
    kind: LeadKind
    name: str
    url: str | None = None
    says: str = ""
    rating: str = ""
    day: str | None = None
    known: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person's decision on a claim.

    ``verdict`` is the id of the verdict that was shown to the person; None means the one that the claim has when
    the decision is written. ``correction`` says how much the decision changes an earlier one.
    """

    claim: str
    reviewer: str
    decision: Decision
    at: str
    label: Label | None = None
    note: str = ""
    verdict: str | None = None
    correction: Correction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One check of one article: when, with which judge (name and version), by which Factdesk."""

    id: str
    article: str
    started_at: str
    judge: str
    version: str
    finished_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHead:
    """The head of a ledger's log after a run, noted outside of the ledger so that a later audit can compare.

    ``ledger`` is the hash of the log's first row, which tells one ledger from another; ``seq`` and ``hash`` are those
    of the run's last row. ``noted`` says where it was noted.
    """

    ledger: str
    run: str
    seq: int
    hash: str
    noted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """All that one run found: what the ledger logs in one transaction and the reports are made from.

    ``article_capture`` is the capture that the article itself was read from (None for a file). ``leads`` are places
    where its claims without a source may be settled, those of the claim most worth checking first; ``unsearched`` are
    the search services that gave no answer about these claims, each with the reason in words.
    """

    article: Page
    extraction: Extraction
    readings: tuple[Reading, ...]
    verdicts: tuple[Verdict, ...]
    run: Run
    article_capture: Capture | None = None
    leads: tuple[Lead, ...] = ()
    unsearched: tuple[str, ...] = ()

    @property
    def verdict_of(self) -> Mapping[str, Verdict]:
        """The verdicts by claim id."""
        return {verdict.claim: verdict for verdict in self.verdicts}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How careful the verdicts are: what is less sure than ``review_below`` is flagged for review.

    ``false_supported_rate`` is the share of the claims that are not supported that may be called so unflagged,
    ``wrong_unflagged_rate`` the like for "contradicted" and "not in source" each.
    """

    review_below: float = 0.8
    false_supported_rate: float = 0.02
    wrong_unflagged_rate: float = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmPolicy:
    """What language models may be sent: whether one may run elsewhere, and the names that are replaced."""

    remote: bool = False
    mask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What all verdicts of a run have in common: the run's id, the policy, and the time (ISO 8601 in UTC)."""

    run: str
    policy: Policy
    now: str
