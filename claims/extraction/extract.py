"""Turns a page into claims in reading order, each with its speaker and citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from claims.extraction.bare_words import BareWords, excerpt
from claims.extraction.checkable import sort
from claims.extraction.checkworthy import score
from claims.extraction.citations import Leanings
from claims.extraction.coreference.referents import Referents
from claims.extraction.non_claims import Furniture
from claims.extraction.reference_marks import between_marks, mark_spans
from claims.extraction.speech.attribution import attributions
from claims.extraction.speech.candidates import quotes_of
from claims.extraction.speech.cues import is_doubtful
from claims.extraction.speech.interviews import interview, is_nameless, without_inner
from claims.extraction.speech.layout import handed_on, is_turn
from claims.extraction.speech.verbatim import extent, outermost, verbatim_spans
from claims.extraction.splitting.derived_attribution import derived
from claims.extraction.splitting.parts import Form, Part
from claims.extraction.splitting.split import embedded_clause, split
from claims.extraction.standalone.differences import Restated, differences
from claims.extraction.standalone.restate import Restater
from claims.extraction.standalone.saying import inside, is_finite, says_a_little, says_more
from claims.extraction.standalone.wording import unquoted, within
from claims.extraction.text.blocks import with_headline
from claims.extraction.text.dates import published_day
from claims.extraction.text.document import Document, Sentence, char_span, parse_text
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import overlap, places_inside
from claims.lexicon.clauses import NAMING
from claims.records import (
    Attribution,
    Citation,
    Claim,
    Extraction,
    OutletDirectory,
    Page,
    Span,
    SpeechMode,
    Unclaimed,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

# A claim counts as somebody's words when this share of its own words lies in the attribution's content and cue.
_COVERED = 0.7
# A part is a quotation when hardly a word of it stands outside the quotation marks.
_QUOTED = 0.8
# The cue of a post with a signature.
_SIGNED = ("", "—", "–", "―", "-")
# What a verb of saying says in its own clause.
_HELD = ("ccomp", "dobj", "xcomp")


def extract(page: Page, outlets: OutletDirectory) -> Extraction:
    """Extract the claims of a page in reading order, its attributions, and the sentences without a claim.

    ``notes`` say if the text is not English, or too long to be read completely. Raises only ModelError, if no language
    model is installed.
    """
    bare = BareWords(page)
    return bare.restored(_extracted_claims(bare.page, outlets))


def _extracted_claims(page: Page, outlets: OutletDirectory) -> Extraction:
    blocks = with_headline(page.text, page.blocks, page.title)
    document = parse_text(page.text, blocks, mark_spans(page), page.partial)
    if not document.english:
        foreign = Unclaimed(span=(0, len(page.text)), reason="not English")
        return Extraction(attributions=(), claims=(), notes=document.notes, unclaimed=(foreign,))
    verbatim = verbatim_spans(document, page)
    outlet_spans = [mention.span for mention in outlets.mentions(document.text, page.outlet)]
    answers = interview(document, page)
    turns = [(answer.content_spans[0], answer.speaker or "") for answer in answers]
    referents = Referents(document, verbatim, outlets=outlet_spans, byline=page.byline, turns=turns)
    answered = [answer.content_spans[0] for answer in answers]
    others = (
        attribution
        for attribution in attributions(document, page, outlets, referents)
        if attribution.cue != ":" or not overlap(answered, attribution.content_spans[0])
    )
    spoken = handed_on([*others, *answers], document)
    spoken = without_inner(
        spoken, [*answers, *(attribution for attribution in spoken if is_turn(attribution, document))]
    )
    restater = Restater(document, spoken, verbatim, published_day(page.published), referents)
    reader = _Reader(document, page, outlets, spoken, restater, [answer.content_spans[0][0] for answer in answers])
    claims = tuple(claim for sentence in document.sentences for claim in reader.read(sentence))
    every = tuple(sorted([*spoken, *reader.derived], key=lambda attribution: extent(attribution).start))
    return Extraction(attributions=every, claims=claims, notes=document.notes, unclaimed=tuple(reader.unclaimed))


def leanings(page: Page, span: Span, outlets: OutletDirectory, read: dict[Span, Extraction]) -> tuple[Citation, ...]:
    """The sources cited for the words at ``span`` of a page, in reading order, with spans in the page's text.

    Only the paragraphs around the words are read, so that the time does not depend on the length of the page; ``read``
    keeps what they say, for other words in them. Empty if the page cites nothing there, or only itself or its own site.
    Raises ModelError if no language model is installed.
    """
    part, start = excerpt(page, span)
    around = (start, start + len(part.text))
    if around not in read:
        read[around] = extract(part, outlets)
    citations: dict[str, Citation] = {}
    for claim in read[around].claims:
        if any(start + begin < span[1] and span[0] < start + end for begin, end in claim.spans):
            for citation in claim.citations:
                if not citation.own_site:
                    citations.setdefault(citation.source_id, citation)
    return tuple(
        replace(item, span=(item.span[0] + start, item.span[1] + start)) if item.span else item
        for item in citations.values()
    )


class _Reader:
    """Reads one document sentence by sentence and keeps what one step passes on to the next."""

    def __init__(
        self,
        document: Document,
        page: Page,
        outlets: OutletDirectory,
        spoken: Sequence[Attribution],
        restater: Restater,
        turns: Sequence[int] = (),
    ) -> None:
        self._document, self._page = document, page
        self._marks = sorted(span for span in mark_spans(page) if span[0] < span[1])
        self._quotes = Stretches(quote.span for quote in quotes_of(document))
        self._leanings = Leanings(document, page, outlets)
        self._furniture = Furniture(document, page, self._quotes)
        self._restater = restater
        self._said = sorted(map(extent, spoken), key=lambda item: item.start)
        direct = [attribution for attribution in spoken if attribution.mode is SpeechMode.DIRECT]
        self._framing = {
            place
            for attribution in direct
            for span in (*attribution.cue_spans, *attribution.source_spans)
            for place in range(*span)
        }
        self._cued = {span[0] for attribution in direct for span in attribution.cue_spans}
        self._open = 0
        self._begins = {block.index: start for start in turns if (block := document.block_at(start)) is not None}
        self._seen: set[str] = set()
        self._here: list[Attribution] = []
        self.derived: list[Attribution] = []
        self.unclaimed: list[Unclaimed] = []

    def read(self, sentence: Sentence) -> Iterator[Claim]:
        """The claims of the next sentence."""
        attributions_here = self._here = self._said_in(sentence)
        skipped = self._furniture.skips(sentence)
        parts = [] if skipped else [self._voiced(part, attributions_here) for part in self._parts(sentence)]
        derived_here = [voice for _, voice in parts if voice is not None and voice not in attributions_here]
        self.derived += derived_here
        self._leanings.enter(sentence, [*attributions_here, *derived_here])
        claims = [claim for part, voice in parts if (claim := self._claim(part, voice)) is not None]
        if not claims:
            self.unclaimed.append(Unclaimed(span=sentence.span, reason=skipped or self._why_none(parts)))
        yield from claims

    def _why_none(self, parts: Sequence[tuple[Part, Attribution | None]]) -> str:
        """Why the parts of a sentence gave no claim."""
        words = [token for part, _ in parts for token in part.tokens if not token.is_punct]
        if not words:
            return "transition"
        if self._frames(words):
            return "says only who spoke"
        return "repetition" if any(self._furniture.asserts(part) for part, _ in parts) else "fragment"

    def _parts(self, sentence: Sentence) -> Iterator[Part]:
        begin, opens = self._begins.get(sentence.block, 0), self._restater.left_open
        for part in split(sentence, self._quotes.near(sentence.span), after=begin, opens=opens):
            clause = embedded_clause(part) if self._furniture.connects(part) else part
            if clause is not None:
                yield clause

    def _voiced(self, part: Part, voices: Sequence[Attribution]) -> tuple[Part, Attribution | None]:
        """A part with its attribution."""
        if part.form is Form.APPOSITION:
            return part, None
        voice = self._attribution(part, voices)
        if voice is not None or is_doubtful(part.head):
            return part, voice
        return part, derived(part, self._quotes.near(part.sentence.span), self._restater.named)

    def _claim(self, part: Part, voice: Attribution | None) -> Claim | None:
        spans = between_marks(part.spans, self._marks, self._document.text)
        words = [token for token in part.tokens if not token.is_punct]
        quoted = sum(map(self._is_quoted, words)) >= _QUOTED * len(words)
        in_marks = any(map(self._is_quotation, words))
        voiced = voice is not None and (quoted or _tokens_inside(words, voice.cue_spans) > 0)
        described = part.form in (Form.RELATIVE, Form.APPOSITION)
        if not voiced and (not self._furniture.asserts(part) or (self._frames(words) and not described)):
            return None
        if part.form is Form.MAIN and self._only_frames(part):
            return None
        restated = self._restated(part, voice)
        if not restated.statement or not spans:
            return None
        text = " ".join(self._document.words(span) for span in spans)
        citations = self._leanings.of(spans, voiced=voice is not None, passing=part.form is Form.APPOSITION)
        linked = any(citation.url is not None or citation.outlet is not None for citation in citations)
        kind = sort(part.head, part.tokens, voice, quoted=quoted, marked=in_marks, sourced=linked)
        claim = Claim(
            article=self._page.id,
            text=text,
            spans=spans,
            statement=restated.statement,
            asked=restated.asked if restated.asked != restated.statement else "",
            kind=kind.kind,
            checkable=kind.checkable,
            reasons=(*kind.reasons, *dict.fromkeys([*restated.reasons, *self._furniture.doubts(part, voice)])),
            checkworthiness=round(score(part.tokens), 4),
            attribution=voice,
            citations=citations,
            changes=differences(text, spans, restated.statement, restated.notes),
        )
        if claim.id in self._seen:
            return None
        self._seen.add(claim.id)
        return claim

    def _frames(self, words: Sequence[Token]) -> bool:
        """Whether words only say who spoke: of "“Open the door!” an officer shouted" the claim is the quotation."""
        return all(char_span(word)[0] in self._framing for word in words)

    def _only_frames(self, part: Part) -> bool:
        """Whether a part is the rest of a frame: "officers announced on their radios" behind their quotation."""
        words = [token for token in part.tokens if not token.is_punct]
        if char_span(part.head)[0] not in self._cued or any(map(self._is_quoted, words)):
            return False
        return not any(token.dep_ in _HELD and token.head.i == part.head.i for token in words)

    def _restated(self, part: Part, voice: Attribution | None) -> Restated:
        if voice is not None and not voice.negated and self._verbatim_part(part, voice):
            content = [token for token in part.tokens if not token.is_punct and inside(token, voice.content_spans)]
            every = all if _tokens_inside(part.tokens, voice.cue_spans) else any  # "it “regrets any step”, it said"
            quoted = bool(content) and every(map(self._is_quoted, content)) and not self._quotes_more(part, voice)
            if quoted and (words := " ".join(unquoted(self._document, within(part.sentence, voice.content_spans)))):
                return self._restater.quotation(part, voice, words)
        restated = self._restater.restate(part, voice)
        cued = voice is not None and any(within(part.sentence, [span]) for span in voice.cue_spans)
        # "Back home she laughed: “...”": what the sentence says of its own is not said by her.
        if voice is None or cued or (is_finite(part.head) and not inside(part.head, voice.content_spans)):
            return restated
        known = voice.speaker or is_nameless(voice) or is_turn(voice, self._document)
        return self._restater.led(part, voice, restated) if known else restated

    def _quotes_more(self, part: Part, voice: Attribution) -> bool:
        """As in "“We built it,” said Hoel, and then, “and she sold it.”": the second quotation is another's, or his."""
        return any(self._is_quoted(t) and is_finite(t) and not inside(t, voice.content_spans) for t in part.tokens)

    def _verbatim_part(self, part: Part, voice: Attribution) -> bool:
        """Whether a part is phrased as "Speaker said: words": all of it is quoted, the clause after "that" is not.

        "Engineers called it “a folded sail”" is no such part; "he described: “We ran”" is one.
        """
        # "As she used to say, “...”", "he would answer, “...”": the cue alone would say that it was said once.
        bare_cue = any(token.tag_ == "VB" and inside(token, voice.cue_spans) for token in part.tokens)
        if bare_cue or says_more(part, voice, self._here, self._document, self._quotes):
            return False
        names = voice.cue.strip().lower() in NAMING
        if (names or not voice.clausal) and not any(
            self._is_quoted(token) and is_finite(token) for token in part.tokens
        ):
            return False
        if voice.mode is SpeechMode.DIRECT:
            return not self._document.words(voice.content_spans[0]).lower().startswith("that ")
        going_on = voice.mode is SpeechMode.MIXED and all(self._is_quoted(token) for token in part.tokens)
        return going_on and not any(within(part.sentence, [span]) for span in voice.cue_spans)

    def _attribution(self, part: Part, voices: Sequence[Attribution]) -> Attribution | None:
        """The attribution of a part: the widest one that covers most of its words, including cue and source."""
        own = [char_span(token)[0] for token in part.tokens if not token.is_punct]
        best: tuple[bool, float, Attribution] | None = None
        for voice in voices:
            if not places_inside(own, voice.content_spans) or says_a_little(part, voice, self._quotes):
                continue
            covered = places_inside(own, (*voice.content_spans, *voice.cue_spans, *voice.source_spans)) / len(own)
            leads = inside(part.head, voice.cue_spans)
            cued = places_inside(own, voice.cue_spans) > 0
            holds = part.form is Form.MAIN or cued or self._is_quoted(part.head) or self._labelled(voice)
            tied = part.form is Form.MAIN or inside(part.head, (*voice.content_spans, *voice.cue_spans))
            enough = covered >= _COVERED or voice.mode is SpeechMode.DIRECT
            if (leads or (holds and tied and enough)) and (best is None or (leads, covered) > best[:2]):
                best = (leads, covered, voice)
        cued_here = [voice for voice in voices if places_inside(own, voice.cue_spans)]
        return outermost(best[2], cued_here) if best is not None else None

    def _labelled(self, voice: Attribution) -> bool:
        """Whether a whole paragraph is somebody's words: an answer, a post, or a turn behind its name."""
        return voice.cue in _SIGNED or not voice.cue_spans or is_turn(voice, self._document)

    def _is_quoted(self, token: Token) -> bool:
        return self._quotes.hold(char_span(token)[0])

    def _is_quotation(self, token: Token) -> bool:
        """Whether a word is quoted; one before its noun ("the “green” label is a sham") quotes nobody."""
        before_noun = token.dep_ in ("amod", "compound", "nmod") and not self._is_quoted(token.head)
        return self._is_quoted(token) and not before_noun

    def _said_in(self, sentence: Sentence) -> list[Attribution]:
        start, end = sentence.span
        while self._open < len(self._said) and self._said[self._open].end <= start:
            self._open += 1
        begun = takewhile(lambda item: item.start < end, self._said[self._open :])
        voices = [item.attribution for item in begun if item.end > start]
        return [voice for voice in voices if within(sentence, voice.content_spans)]


def _tokens_inside(tokens: Sequence[Token], spans: Sequence[Span]) -> int:
    return places_inside(sorted(char_span(token)[0] for token in tokens), spans)
