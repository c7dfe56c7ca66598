"""The outlets and documents that a sentence names as its source.

"Reuters reported", "analysts at RUSI reckon"; "a report said", "in a statement", "according to the survey".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.extraction.text.document import Document, Sentence
from claims.extraction.text.syntax import lemma, overlap, phrase, spans
from claims.lexicon.citing import (
    AFTER,
    ANALYST,
    ANOTHERS,
    AS,
    ASSESSED,
    CLAUSE_END,
    COUNTED,
    DOCUMENTS,
    EXAMINED,
    FORMER,
    FOUND_OUT,
    GAVE,
    GIVEN,
    HAD_IT_FIRST,
    HAS_IT,
    HAS_SEEN,
    IN_WRITING,
    INVERTED,
    LEANING,
    MEDIA,
    OF_ITSELF,
    OFFICER,
    ON_AIR,
    OWN_DATA,
    OWN_FRIEND,
    OWN_REPORTER,
    PUT_AT,
    REPORTER,
    SOMEBODYS,
    SPOKEN,
    TO,
    TO_ITS_REPORTER,
    VIA,
    WHICH,
    WHICH_PAPERS,
    WITNESSED,
    WRITTEN,
    WROTE_IN,
)
from claims.lexicon.people import FIRST_NAMES
from claims.lexicon.verbs import STANCE_FORMS
from claims.lexicon.wires import (
    ABBREVIATED,
    ABBREVIATES,
    BRACKETED,
    COMMON_NAME,
    CREDIT_END,
    CREDIT_LEAD,
    DENIED_REPORT,
    DESCRIBED,
    ITS_THING,
    KIND_BEHIND,
    NAMED_ON,
    NAMED_REPORTER,
    NOT_SPOKEN,
    ORDERED,
    OWN_TEST,
    REPORTED_THEN,
    STUDY_IN,
    TO_DO,
    WHICH_ONE,
    WORD_REPORTED,
)
from claims.records import Attribution, Citation, CitationKind, Link, Mention, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRINTED = frozenset({"newspaper", "magazine", "wire"})  # "the raid on Haaretz" is of nothing that was said there
REACH = 90  # characters before or behind a name in which a cue is looked for
_LONGEST_DOCUMENT = 12
_BRACKET = re.compile(r"\s*[(\[][^()\[\]\n]{1,80}[)\]]")
_PUT_IN = re.compile(r"(?i)(?<!\w)in (?:an?|its|their)\b")
# "This post", "our analysis": the article itself.
_OWN = frozenset({"this", "these", "our", "my"})


def citation_kind(mention: Mention, text: str, sentence: Span, *, speaking: bool) -> CitationKind | None:
    """How a sentence relies on an outlet that it mentions; None if it does not. ``speaking`` ones say something."""
    start, end = mention.span
    before, after = text[max(sentence[0], start - REACH) : start], text[end : min(sentence[1], end + REACH)]
    media = mention.outlet.kind in MEDIA
    others = media and (OWN_FRIEND.search(before) or FORMER.search(before) or _belongs(after, ITS_THING))
    told_nothing = media and _has_nothing(before, after)
    another = _is_abbreviation(before, text[start:end], after) or _is_other_word(mention, before, after)
    if others or told_nothing or another:
        return None
    spoken = CitationKind.BROADCAST if mention.outlet.kind == "broadcaster" else CitationKind.OUTLET
    own_work = media and (_is_handed_over(before, after) or EXAMINED.search(before))
    on_air = mention.outlet.kind not in _PRINTED and ON_AIR.search(before)
    if media and (on_air or SPOKEN.search(before)) and not own_work:
        return None if SOMEBODYS.match(after) else spoken
    behind = media and INVERTED.search(before) and CLAUSE_END.match(after)
    written = WRITTEN.search(before) or REPORTED_THEN.search(before)
    printed = mention.outlet.kind == "journal" and STUDY_IN.search(before)
    if own_work or behind or written or printed or (media and AS.search(before) and HAS_IT.match(after)):
        return CitationKind.OUTLET
    if media and (OF_ITSELF.match(after) or _belongs(after, OFFICER) or ANOTHERS.search(before)):
        return None
    if (mention.certain and _acts(after, media=media)) or (not media and _is_institutes_work(before, after)):
        return CitationKind.OUTLET
    return spoken if media and speaking else None


def _is_abbreviation(before: str, name: str, after: str) -> bool:
    """Whether letters in a bracket abbreviate what stands before it."""
    bracketed = BRACKETED.search(before) and not WHICH_ONE.search(before)
    return name.isupper() and bool(bracketed and ABBREVIATES.match(after))


def _belongs(after: str, owned: re.Pattern[str]) -> bool:
    """Whether what follows an outlet's name is of it, and not the outlet: "the Guardian newspaper's owner"."""
    return bool(owned.match(after) or owned.match(KIND_BEHIND.sub("", after)))


def _has_nothing(before: str, after: str) -> bool:
    """Whether an outlet was told nothing, or only what to do, or is said to be wrong: "told CNN to leave"."""
    ordered = ORDERED.search(before) and TO_DO.match(after)
    return bool(ordered or NOT_SPOKEN.search(before) or DENIED_REPORT.search(before))


def _is_other_word(mention: Mention, before: str, after: str) -> bool:
    """Whether an outlet's name is somebody's surname, or a common word: "Mark Guardian told police"."""
    first = before.split(" ")[-2:-1]
    surname = bool(first) and first[0].casefold() in FIRST_NAMES and before.endswith(" ")
    return mention.outlet.ambiguous and (surname or (not before.strip() and bool(WORD_REPORTED.match(after))))


def is_speaking(mention: Mention, attributions: Iterable[Attribution]) -> bool:
    """Whether something was said by or in an outlet, other than what a body says of itself ("denied", "agreed")."""
    return any(
        attribution.outlet == mention.outlet.id
        and not (
            STANCE_FORMS & set(attribution.cue.lower().split()) and overlap(attribution.source_spans, mention.span)
        )
        for attribution in attributions
    )


def goes_on(mention: Mention, text: str) -> bool:
    """Whether a common word continues as somebody else's name: "the Guardian Council", "the Post Office"."""
    start, end = mention.span
    return bool(COMMON_NAME.search(text[start:end]) and NAMED_ON.match(text[end : end + REACH]))


def credit_behind(text: str, end: int, mentions: Sequence[Mention]) -> Mention | None:
    """The outlet that is credited directly behind a sentence: "(The New York Times)", "(Reporting by Reuters)"."""
    nearest = mentions[0] if mentions else None
    if nearest is None or nearest.outlet.kind not in MEDIA:
        return None
    lead = CREDIT_LEAD.fullmatch(text, end, nearest.span[0])
    close = CREDIT_END.match(text, nearest.span[1]) if lead else None
    bracketed = lead is not None and ("(" in lead[0] or "[" in lead[0])
    return nearest if close and bracketed == (")" in close[0] or "]" in close[0]) else None


def _is_handed_over(before: str, after: str) -> bool:
    """Whether an outlet's people saw something, or something was given or told to them."""
    if VIA.search(before) or (REPORTER.search(before) and WITNESSED.match(after)):
        return True
    if WHICH_PAPERS.search(before) and HAS_SEEN.match(after):
        return True
    return bool((GAVE.search(before) and GIVEN.match(after)) or (TO.search(before) and TO_ITS_REPORTER.match(after)))


def _is_institutes_work(before: str, after: str) -> bool:
    """Whether an institute's people found something out, or it said so in a report."""
    return bool((ANALYST.search(before) and FOUND_OUT.match(after)) or IN_WRITING.search(before))


def _acts(after: str, *, media: bool) -> bool:
    """Whether the words behind an outlet's name make it the source: it reported, counted, has seen, or assesses."""
    ways = (
        (AFTER, COUNTED, HAD_IT_FIRST, NAMED_REPORTER, OWN_REPORTER, OWN_TEST, PUT_AT)
        if media
        else (ASSESSED, PUT_AT, WROTE_IN)
    )
    after = WHICH.sub("", DESCRIBED.sub("", ABBREVIATED.sub("", after)))
    return any(way.match(after) for way in (*ways, OWN_DATA))


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document named in a sentence; ``spans`` are the words that a link to it may cover."""

    citation: Citation
    spans: tuple[Span, ...]

    def is_linked_by(self, link: Link) -> bool:
        """Whether a link leads to this document."""
        return overlap(self.spans, link.span)


def named_document(citation: Citation, attributions: Sequence[Attribution], text: str) -> NamedDocument:
    """A document with the words around its name: the speaker, the cue, and a bracket directly after it."""
    own = citation.span or (0, 0)
    heads = [attribution for attribution in attributions if overlap(attribution.source_spans, own)]
    bracket = _BRACKET.match(text, own[1])
    behind = [bracket.span()] if bracket else []
    return NamedDocument(
        citation,
        (
            own,
            *(span for attribution in heads for span in (*attribution.source_spans, *attribution.cue_spans)),
            *behind,
        ),
    )


def put_in(citation: Citation, text: str) -> bool:
    """Whether a document is only where somebody put it: "said in a report", "in its latest statement"."""
    start = citation.span[0] if citation.span else 0
    return bool(_PUT_IN.search(f"{text[max(0, start - 4) : start]}{citation.text}"))


def documents_in(
    document: Document, sentence: Sentence, sources: Sequence[Span] = (), *, everywhere: bool = False
) -> Iterator[Citation]:
    """The documents that a sentence names as its source: by an attribution, or after "in", "according to"."""
    for token in sentence.tokens:
        if token.pos_ != "NOUN" or (lemma(token) not in DOCUMENTS and token.lower_ not in DOCUMENTS):
            continue
        if token.dep_ == "compound" or _no_document(token):
            continue
        words = [other for other in phrase(token) if other.i <= token.i or other.i - token.i < _LONGEST_DOCUMENT]
        where = spans(words[: _LONGEST_DOCUMENT + token.i - words[0].i])[:1]
        if not where:
            continue
        if words[0].lower_ in _OWN:
            continue
        before = document.text[max(sentence.span[0], where[0][0] - REACH) : where[0][0]]
        leans = bool(LEANING.search(before)) and token.dep_ == "pobj" and bool(sources)
        heads = any(start <= where[0][0] < end or where[0][0] <= start < where[0][1] for start, end in sources)
        subject = token.dep_ in ("nsubj", "nsubjpass") and (heads or everywhere)
        if subject or leans or (everywhere and bool(LEANING.search(before))):
            yield Citation(kind=CitationKind.DOCUMENT, text=document.words(where[0]), span=where[0])


def _no_document(noun: Token) -> bool:
    """Whether a word is no text here: the "order" of "in order to", the "release" of somebody ("their release")."""
    before = noun.nbor(-1).lower_ if noun.i else ""
    if lemma(noun) == "order" and before == "in":
        return True
    freed = lemma(noun) == "release" and not any(kid.dep_ in ("compound", "amod") for kid in noun.children)
    return freed and any(kid.dep_ == "poss" or kid.lower_ == "of" for kid in noun.children)
