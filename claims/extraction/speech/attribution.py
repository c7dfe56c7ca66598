"""Finds every source, cue and content span of an article, following the scheme of PARC 3.0 and PolNeAR.

`candidates.py` lists all possible attributions, `cues.py` gives how often the word attributes in its construction, the
rules below weigh the context, and of two candidates with the same content the more likely one is kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from claims.extraction.coreference.referents import Referents
from claims.extraction.coreference.speakers import Speakers
from claims.extraction.speech import cues
from claims.extraction.speech.candidates import AttributionCandidate, candidates, moved, quotes_of
from claims.extraction.speech.continued_speech import continued
from claims.extraction.speech.layout import posted
from claims.extraction.speech.verb_frames import Frame
from claims.extraction.text.blocks import in_dateline
from claims.extraction.text.document import Document, char_span
from claims.extraction.text.quotations import Quotation
from claims.extraction.text.syntax import (
    lemma,
    overlap,
    phrase,
    spans,
    tells_nobody,
    unbroken_runs,
)
from claims.lexicon.citing import LEADING
from claims.lexicon.people import MUTE
from claims.records import Attribution, Mention, OutletDirectory, Page, Span, SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Token

# Below this a candidate is left out: F1 on 200 of PolNeAR's train articles is within .002 of its best from .28 to .34.
_ACCEPTED = 0.3
# How much oftener or rarer than its table says a candidate is an attribution, counted on 400 of PolNeAR's train
# articles: by the content's length in steps of 20 characters, by a pronoun as the source, by the cue's place in
# its sentence, after "would" or "may".
_CLAUSE_LENGTHS = (0.7, 0.8, 1.0, 1.1)
_PHRASE_LENGTHS = (0.7, 1.15, 1.4, 1.5)
_CLAUSES = frozenset({"clause", "fronted", "paren", "as", "according", "nouncl", "lightcl", "label", "adjcl"})
_SOURCES = {"i": 0.8, "it": 0.5, "you": 0.9, "there": 0.6, "this": 0.6, "that": 0.6, "they": 0.75}
_PLACES = {"ROOT": 1.1, "ccomp": 0.6, "acl": 0.7, "pcomp": 0.75, "xcomp": 0.75}
_MODAL = 0.8
# A verb of saying between two commas, with nothing but its speaker ("growth, Hall argued, would have been slower").
_SET_OFF = 0.6
# Kinds whose table already says all: nothing around them is weighed.
_CERTAIN = frozenset({"direct", "announced", "transcript"})
_PLAIN = 0.7
_CLAUSAL = frozenset({"clause", "according"})
_REPORTING = frozenset({"clause", "fronted", "according"})
_AROUND = _REPORTING | {"paren"}
# Rivals for the same words begin in neighbouring cells of this many characters.
_NEAR = 2_000
# What is reported stands before these.
_INSERTED = frozenset({"direct", "fronted", "paren"})
_DENIALS = frozenset({"deny", "refute", "disavow", "retract", "disclaim"})


def attributions(
    document: Document, page: Page, outlets: OutletDirectory, referents: Referents | None = None
) -> list[Attribution]:
    """Every attribution of a parsed page in reading order, with spans as offsets into the page's text.

    ``referents`` is the page's pronoun resolver, if there is one already. Speakers are resolved within the article.
    Nested attributions ("Reuters reported that Peskov said") are separate records; the content of the inner one is
    inside that of the outer one. Never raises on any text.
    """
    quotes = quotes_of(document)
    quoted = [quote.span for quote in quotes]
    mentions = tuple(outlets.mentions(document.text, page.outlet))
    outlet_spans = [mention.span for mention in mentions]
    resolver = referents or Referents(document, quoted, outlets=outlet_spans, byline=page.byline)
    speakers = Speakers(document, quoted, page.byline, resolver)
    # The speakers in their order, not the contents: what is told of one must not depend on a later one.
    ordered = sorted(chosen(document, quotes), key=lambda candidate: _speaks_in(candidate, document))
    result = [_attribution(candidate, document, speakers, quoted, mentions) for candidate in ordered]
    result += posted(document, page, outlets)
    return sorted(result, key=lambda item: (item.content_spans[0], item.cue_spans))


def _speaks_in(candidate: AttributionCandidate, document: Document) -> int:
    block = document.block_at(char_span(candidate.frame.source or candidate.frame.anchor)[0])
    return block.index if block is not None else 0


def cue_likelihood(candidate: AttributionCandidate) -> float:
    """The likelihood (0 to 1) that an annotator would mark a candidate as an attribution."""
    frame = candidate.frame
    if frame.source is None:
        return _unowned(candidate)
    unsaid = cues.is_invented(frame.anchor) or cues.is_unsaid(frame.anchor, frame.source)
    unsaid = unsaid or (any(kid.is_quote for kid in frame.anchor.children) and cues.is_doubtful(frame.anchor))
    if _is_mute(frame.source) or unsaid or (frame.kind in _INSERTED and tells_nobody(frame.anchor)):
        return 0.0
    likelihood = cues.cue_share(frame.kind, frame.key)
    if frame.kind == "paren" and _between_commas(frame):
        likelihood = max(likelihood, min(cues.cue_share("clause", frame.key), _SET_OFF))
    if likelihood == 0 or frame.kind in _CERTAIN:
        return likelihood
    if candidate.quoted:
        # What a quoted speaker says of others' words is the quotation's content: .2 % of these are marked.
        return 0.0
    length = sum(end - start for start, end in candidate.content)
    likelihood *= (_CLAUSE_LENGTHS if frame.kind in _CLAUSES else _PHRASE_LENGTHS)[min(length // 20, 3)]
    likelihood *= _SOURCES.get(frame.source.lower_, 1.0)
    # "It was sound, engineers said; it leaked, villagers said": before a semicolon a verb ends its own sentence.
    ends = frame.anchor.doc[frame.anchor.i + 1 : frame.anchor.i + 2].text == ";"
    likelihood *= _PLACES.get("ROOT" if ends else frame.anchor.dep_, 1.0)
    if any(kid.tag_ == "MD" for kid in frame.anchor.children):
        likelihood *= _MODAL
    return min(likelihood, 0.99)


def _is_mute(source: Token) -> bool:
    """Whether a source can say nothing: "the techniques revealed skill", "what is called", the "’s" of "let’s"."""
    noun = source.head.head if source.tag_ == "WDT" and source.head.dep_ == "relcl" else source
    if noun.pos_ == "PROPN" and not any(kid.dep_ == "det" for kid in noun.children):
        return False  # "Curtis Train said"
    return not noun.text[0].isalnum() or noun.lower_ == "what" or bool({lemma(noun), noun.lower_} & MUTE)


def _between_commas(frame: Frame) -> bool:
    """Whether a speaker and a verb, and no more, stand between two commas: ", Mr Hall argued,"."""
    verb, source = frame.anchor, frame.source
    if source is None or verb.i + 1 >= len(verb.doc):
        return False
    left, right = min(source.left_edge.i, verb.i) - 1, max(source.right_edge.i, verb.i) + 1
    commas = left >= 0 and right < len(verb.doc) and verb.doc[left].text == verb.doc[right].text == ","
    return commas and abs(source.i - verb.i) == 1


def _unowned(candidate: AttributionCandidate) -> float:
    """The likelihood of a candidate without a speaker, which is only accepted with the most common wordings."""
    frame = candidate.frame
    if candidate.quoted:
        return 0.0
    if frame.kind == "impersonal":
        share = cues.cue_share("clause", frame.key)
        return share if share >= _PLAIN else 0.0
    return cues.cue_share("unowned", frame.key) if frame.kind in ("lightcl", "nouncl") else 0.0


def chosen(document: Document, quotes: Sequence[Quotation], accepted: float = _ACCEPTED) -> list[AttributionCandidate]:
    """The accepted candidates in reading order: one for each cue, and one for the same content."""
    weighed = [(cue_likelihood(c), c) for c in candidates(document, quotes, cues.speaks) if c.content]
    accepted_candidates: list[AttributionCandidate] = []
    anchors: set[Span] = set()
    near: dict[int, list[AttributionCandidate]] = {}
    likely = (pair for pair in _without_pieces(weighed) if pair[0] >= accepted)
    for _, candidate in sorted(likely, key=lambda pair: -pair[0]):
        anchor = char_span(candidate.frame.anchor)
        place = candidate.content[0][0] // _NEAR
        rivals = [other for cell in (place - 1, place, place + 1) for other in near.get(cell, ())]
        if anchor in anchors or any(
            _same_content(candidate.content, other.content) and not _nested_cues(candidate, other) for other in rivals
        ):
            continue
        accepted_candidates.append(candidate)
        anchors.add(anchor)
        near.setdefault(place, []).append(candidate)
    sources = [candidate.frame.source for candidate in accepted_candidates]
    grown = continued(document, quotes, [candidate.content for candidate in accepted_candidates], sources)
    accepted_candidates = [
        moved(candidate, content) for candidate, content in zip(accepted_candidates, grown, strict=True)
    ]
    return sorted(accepted_candidates, key=lambda c: (c.content[0], char_span(c.frame.anchor)))


def _without_pieces(
    weighed: Sequence[tuple[float, AttributionCandidate]],
) -> Iterator[tuple[float, AttributionCandidate]]:
    """The candidates without those that have one piece of a quotation that its frame interrupts."""
    whole = {
        char_span(candidate.frame.anchor): candidate.content
        for _, candidate in weighed
        if candidate.frame.kind == "direct" and len(candidate.content) > 1
    }
    for likelihood, candidate in weighed:
        pieces = whole.get(char_span(candidate.frame.anchor), ())
        is_piece = all(any(a <= start and end <= b for a, b in pieces) for start, end in candidate.content)
        if candidate.frame.kind == "direct" or not is_piece:
            yield likelihood, candidate


def _nested_cues(left: AttributionCandidate, right: AttributionCandidate) -> bool:
    """Whether one cue is in the content of the other, as in "Reuters reported that Peskov said"; both are kept."""
    if "impersonal" in (left.frame.kind, right.frame.kind):
        # "He had been told that it was sold, the officer said."
        inner, outer = (left, right) if left.frame.kind == "impersonal" else (right, left)
        return outer.frame.kind in _AROUND and _inside(char_span(inner.frame.anchor)[0], outer.content)
    if "transcript" in (left.frame.kind, right.frame.kind):
        turn, inner = (left, right) if left.frame.kind == "transcript" else (right, left)
        return _inside(char_span(inner.frame.anchor)[0], turn.content)
    if "direct" in (left.frame.kind, right.frame.kind):
        direct, wider = (left, right) if left.frame.kind == "direct" else (right, left)
        return wider.frame.kind in _REPORTING and _inside(char_span(direct.frame.anchor)[0], wider.content)
    if left.frame.kind not in _CLAUSAL or right.frame.kind not in _CLAUSAL:
        return False
    first, second = char_span(left.frame.anchor)[0], char_span(right.frame.anchor)[0]
    inside = _inside(second, left.content) or _inside(first, right.content)
    return inside and all(cues.cue_share(c.frame.kind, c.frame.key) >= _PLAIN for c in (left, right))


def _same_content(left: Sequence[Span], right: Sequence[Span]) -> bool:
    """Whether two contents are mostly the same words."""
    if left[-1][1] <= right[0][0] or right[-1][1] <= left[0][0]:
        return False
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in left for b in right)
    both = sum(end - start for start, end in left) + sum(end - start for start, end in right)
    return shared >= 0.5 * (both - shared)


def _attribution(
    candidate: AttributionCandidate,
    document: Document,
    speakers: Speakers,
    quoted: Sequence[Span],
    mentions: Sequence[Mention],
) -> Attribution:
    frame = candidate.frame
    cue = tuple((char_span(run[0])[0], char_span(run[-1])[1]) for run in unbroken_runs(_in_order(frame.cue)))
    source = source_spans(candidate)
    speaker = speakers.resolve(frame.source) if frame.source is not None else None
    for span in candidate.content:
        if speaker is not None:
            speakers.heard(span, speaker)
    return Attribution(
        speaker=speaker.name if speaker is not None else None,
        cue=" ".join(document.words(span) for span in cue),
        mode=_speech_mode(candidate.content, quoted),
        source_spans=source,
        cue_spans=cue,
        content_spans=candidate.content,
        negated=frame.negated or frame.key in _DENIALS,
        anonymous=speaker is None or speaker.anonymous,
        outlet=outlet_of_cue(candidate, source, document, mentions),
        clausal=frame.kind in _CLAUSES or frame.kind in _CERTAIN,
    )


def source_spans(candidate: AttributionCandidate) -> tuple[Span, ...]:
    """The words that name the speaker: the phrase under its head, without the clause that it speaks in."""
    frame = candidate.frame
    if frame.source is None:
        return ()
    words = [
        token
        for token in phrase(frame.source, without=[frame.anchor] if frame.anchor.i != frame.source.i else ())
        if token.i not in {cue.i for cue in frame.cue} and not _inside(char_span(token)[0], candidate.content)
    ]
    return spans(words) or (char_span(frame.source),)


def _inside(offset: int, content: Sequence[Span]) -> bool:
    return any(start <= offset < end for start, end in content)


def _in_order(tokens: Sequence[Token]) -> list[Token]:
    return sorted(tokens, key=lambda token: token.i)


def _speech_mode(content: Sequence[Span], quoted: Sequence[Span]) -> SpeechMode:
    total = sum(end - start for start, end in content)
    first = max(bisect_left(quoted, content[0]) - 1, 0)
    near = list(takewhile(lambda span: span[0] < content[-1][1], islice(quoted, first, None)))
    inside = sum(max(0, min(end, stop) - max(start, begin)) for start, end in content for begin, stop in near)
    if inside >= 0.95 * total:
        return SpeechMode.DIRECT
    return SpeechMode.MIXED if inside else SpeechMode.INDIRECT


# What may stand between these words and the name.
_ARTICLES = frozenset({"the", "a", "an", "state-run", "state", "russian", "britain's", "us", "its", "of"})


def outlet_of_cue(
    candidate: AttributionCandidate, source: Sequence[Span], document: Document, mentions: Sequence[Mention]
) -> str | None:
    """The id of the outlet in the clause around the cue, outside of what was said; None if there is none."""
    sentence = document.sentence_at(char_span(candidate.frame.anchor)[0])
    if sentence is None:
        return None
    start, end = sentence.span
    first = bisect_left(mentions, start, key=lambda mention: mention.span[0])
    for mention in takewhile(lambda mention: mention.span[0] < end, islice(mentions, first, None)):
        if overlap(candidate.content, mention.span) or in_dateline(document.text, start, mention.span):
            continue
        if overlap(source, mention.span):
            if mention.certain:
                return mention.outlet.id
        elif _is_led_in(document.text[start : mention.span[0]]):
            return mention.outlet.id
    return None


def _is_led_in(before: str) -> bool:
    words = before.lower().replace(",", " ").split()
    while words and words[-1] in _ARTICLES:
        words.pop()
    return bool(words) and words[-1] in LEADING
