"""Direct speech: quotations and the surrounding words that attribute them.

The attribution of a quotation follows it ("...", said Waltz), precedes it (he stressed, "...") or interrupts it
("...", he said, "..."), or the previous block introduces it ("Cruz continued:"). Quotations without an attribution of
their own continue the speech before them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.extraction.speech.cues import is_doubtful, is_unsaid
from claims.extraction.speech.described import described
from claims.extraction.speech.phrase_frames import according_to
from claims.extraction.speech.verb_frames import CALLING, Frame
from claims.extraction.text.blocks import speaker_label
from claims.extraction.text.document import Document, ParsedBlock, char_span
from claims.extraction.text.quotations import Quotation, Stretches
from claims.extraction.text.syntax import (
    agent,
    as_somebody_will,
    child,
    is_negated,
    is_verb,
    lemma,
    shared_helpers,
    subject,
)
from claims.lexicon.moods import MAYBE
from claims.records import BlockKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# How far from its quotation a frame may stand, in tokens: the longest in PolNeAR's train articles that was
# still right had 38 ("..., said X, the long title of somebody who ...").
_REACH = 40
_STOPS = frozenset({".", "!", "?", ";"})
_SPEECH_WORDS = 3
_ADDRESSING = frozenset({"ask", "tell", "press", "inform", "remind", "warn", "quiz", "question"})
_DASHES = ("—", "–", "―", "-", "--")
# A signature has no more words: a name, a title, a place.
_SIGNATURE = 14


class Line:
    """The tokens and quotations of a block."""

    def __init__(self, block: ParsedBlock, quotes: Sequence[Quotation]) -> None:
        self.block = block
        self.quotes = quotes
        self.tokens = [token for s in block.sentences for token in s.tokens if not token.is_space]
        self._quoted = Stretches(quote.span for quote in quotes)
        self.starts = [char_span(token)[0] for token in self.tokens]

    def frame(self, quote: Quotation, speaks: Callable[[str], bool]) -> Frame | None:
        """The frame of a quotation, after it or before it; None if there is none."""
        before, after = self.before(quote), self.after(quote)
        introduced = self._introduced(before, speaks)
        if introduced is not None:
            return introduced
        signed = _signature_frame(after) if _begins_clause(before) else None
        if signed is not None:
            return signed
        ends_open = self._last_sign(quote) in tuple(",?!—–-…") or self._cut_off(quote)
        if ends_open and _begins_clause(before):
            framed = _nearest_saying(after, speaks, first_clause=True)
            if framed is not None:
                return framed
        elif _begins_clause(before) and self._runs_on(quote):
            framed = _nearest_saying(_behind_comma(after), speaks)
            if framed is not None:
                return framed
        if before and (before[0].text in (",", ":", "—", "–", "-") or _takes(before[0], quote, speaks)):
            return _nearest_saying(before, speaks)
        return None

    @staticmethod
    def _introduced(before: list[Token], speaks: Callable[[str], bool]) -> Frame | None:
        """As in "he threatened her and said, “...,” the office said": the verb before the marks is the speaker's."""
        if not before or before[0].text not in (",", ":") or (len(before) > 1 and before[1].is_quote):
            return None
        verb = next((token for token in before if is_verb(token)), None)
        if verb is None or not speaks(lemma(verb)) or verb.dep_ in ("relcl", "acl", "amod"):
            return None
        who = subject(verb)
        places = {(id(token.doc), token.i) for token in before}
        is_speaker = who is not None and (id(who.doc), who.i) in places and child(verb, "nsubjpass", "auxpass") is None
        return _nearest_saying(before, speaks) if is_speaker else None

    def alone(self, quote: Quotation) -> bool:
        """Whether a quotation consists of whole sentences that contain nothing else but quotations."""
        if self.after(quote) or quote.inner[1] - quote.inner[0] < 2:
            return False
        before = self.before(quote)
        words = sum(token.is_alpha for token in self._inside(quote.span))
        joined = bool(before) and all(token.text in (",", "and", "but") for token in before)
        spoken = words > _SPEECH_WORDS or joined or not quote.closed or self._is_sentence(quote)
        return (not before or joined) and spoken

    def _is_sentence(self, quote: Quotation) -> bool:
        """As in "“Nobody called.”": few words, but a verb with its subject, and the stop inside the marks."""
        inside = self._inside(quote.inner)
        verbs = (token for token in inside if token.tag_ in ("VBD", "VBZ", "VBP"))
        return bool(inside) and inside[-1].text in _STOPS and any(child(verb, "nsubj", "nsubjpass") for verb in verbs)

    def after(self, quote: Quotation) -> list[Token]:
        """The tokens after a quotation, to the sentence's end or the next quotation."""
        begin = bisect_left(self.starts, quote.span[1])
        result: list[Token] = []
        for place in range(begin, min(begin + _REACH, len(self.tokens))):
            token = self.tokens[place]
            if token.text in _STOPS or self._quoted.hold(self.starts[place]):
                break
            result.append(token)
        return result

    def before(self, quote: Quotation) -> list[Token]:
        """The tokens before a quotation, nearest first, back to the sentence before or the last quotation."""
        end = bisect_left(self.starts, quote.span[0])
        result: list[Token] = []
        for place in range(end - 1, max(end - 1 - _REACH, -1), -1):
            token = self.tokens[place]
            if self._quoted.hold(self.starts[place]) or (token.text in _STOPS and token.text != ";"):
                break
            result.append(token)
        return result

    def _inside(self, span: Span) -> list[Token]:
        return self.tokens[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]

    def _last_sign(self, quote: Quotation) -> str:
        for place in range(bisect_left(self.starts, quote.inner[1]) - 1, -1, -1):
            word = self.tokens[place].text.rstrip("'’” ")
            if word:
                return word[-1]
        return ""

    def _runs_on(self, quote: Quotation) -> bool:
        """Whether a quotation of several sentences ends in the middle of one: what it lacks, its speaker has."""
        inside = self._inside(quote.inner)
        return any(token.text in _STOPS for token in inside[:-1]) and inside[-1].text not in _STOPS

    def _cut_off(self, quote: Quotation) -> bool:
        place = bisect_left(self.starts, quote.span[1])
        return place < len(self.tokens) and self.tokens[place].text in (",", "—", "–", "-")


def lines(document: Document, quotes: Sequence[Quotation]) -> Iterator[Line]:
    """The blocks of a document that contain quotations, each with them."""
    starts = [quote.span[0] for quote in quotes]
    for block in document.blocks:
        block_quotes = quotes[bisect_left(starts, block.span[0]) : bisect_left(starts, block.span[1])]
        if block_quotes:
            yield Line(block, block_quotes)


def direct_speech(document: Document, quotes: Sequence[Quotation], speaks: Callable[[str], bool]) -> Iterator[Frame]:
    """Every framed quotation. ``speaks`` tells whether a verb's lemma introduces direct speech."""
    framed: set[Span] = set()
    for line in lines(document, quotes):
        current: Frame | None = None
        for quote in line.quotes:
            frame = line.frame(quote, speaks)
            if frame is None:
                continue
            framed.add(quote.span)
            if current is not None and current.anchor.i == frame.anchor.i and current.anchor.doc is frame.anchor.doc:
                current = replace(current, content=(*current.content, quote.span))
                continue
            if current is not None:
                yield current
            current = replace(frame, content=(quote.span,))
        if current is not None:
            yield current
    announced = list(_announced(document, quotes, speaks))
    framed.update(span for frame in announced for span in frame.content)
    yield from announced
    yield from described(document, quotes, framed)


def _announced(document: Document, quotes: Sequence[Quotation], speaks: Callable[[str], bool]) -> Iterator[Frame]:
    """Blocks that end like "Cruz continued:"; what they announce is the next block."""
    starts = {quote.span[0]: quote for quote in quotes}
    for block in document.blocks[:-1]:
        if not block.sentences or document.text[block.span[1] - 1] != ":":
            continue
        tokens = [token for token in block.sentences[-1].tokens if not token.is_space]
        following = document.blocks[block.index + 1]
        quote = starts.get(following.span[0])
        frame = according_to(tokens) or _nearest_saying(list(reversed(tokens[:-1])), speaks)
        if frame is None:
            continue
        if quote is not None:
            yield replace(frame, kind="direct", content=(quote.span,))
        elif frame.kind == "announced" or following.kind is BlockKind.QUOTE:
            yield replace(frame, kind="announced", key="according", content=(following.span,))


def transcript(document: Document) -> Iterator[Frame]:
    """Lines like "WALLACE: ...": a name in capitals before a colon speaks to the end of its block."""
    for block in document.blocks:
        match = speaker_label(document.text, block.span)
        if match is None or not block.sentences:
            continue
        tokens = [token for token in block.sentences[0].tokens if char_span(token)[1] <= match.end(1)]
        # The parser has a colon for the dash of minutes, too.
        colon = next((t for t in block.sentences[0].tokens if t.text == ":" and char_span(t)[1] <= match.end()), None)
        if tokens and colon is not None and match.end() < block.span[1]:
            name = next((token for token in reversed(tokens) if token.is_alpha), tokens[-1])
            yield Frame(
                kind="transcript",
                key="NAME",
                anchor=colon,
                cue=(colon,),
                source=name,
                content=((match.end(), block.span[1]),),
            )


def _behind_comma(after: list[Token]) -> list[Token]:
    """As in "... the little deal" announced in October, said Scissors": what follows the first comma."""
    place = next((i for i, token in enumerate(after) if token.text == ","), len(after))
    return after[place:]


def _signature_frame(after: list[Token]) -> Frame | None:
    """Like "...", a dash and a name: the speaker follows without a verb."""
    if not 2 <= len(after) <= _SIGNATURE or after[0].text not in _DASHES or any(is_verb(token) for token in after):
        return None
    name = next((token for token in after if token.pos_ == "PROPN"), None)
    if name is None:
        return None
    known = {(id(token.doc), token.i) for token in after}
    return Frame(
        kind="direct",
        key="dash",
        anchor=after[0],
        cue=(after[0],),
        source=_top_of_name(name, known),
        content=(),
    )


def _takes(token: Token, quote: Quotation, speaks: Callable[[str], bool]) -> bool:
    return is_verb(token) and speaks(lemma(token)) and quote.inner[1] - quote.inner[0] > 12


def _begins_clause(before: list[Token]) -> bool:
    """Whether a quotation begins its clause; one in mid-clause is a part of indirect speech."""
    return not before or before[0].is_punct or (len(before) == 1 and before[0].pos_ in ("CCONJ", "INTJ"))


def _nearest_saying(tokens: list[Token], speaks: Callable[[str], bool], *, first_clause: bool = False) -> Frame | None:
    """The frame made by the nearest verb of saying among tokens in order of nearness."""
    for place, token in enumerate(tokens):
        if not is_verb(token) or token.dep_ in ("amod", "compound") or not speaks(lemma(token)):
            continue
        doubted = shared_helpers(token) & MAYBE or is_unsaid(token, subject(token)) or is_doubtful(token)
        if as_somebody_will(token) or doubted:
            # "As the old captain would say": nobody has said it.
            return None
        if first_clause and token.dep_ in ("relcl", "acl") and place > 4 and child(token, "nsubj") is None:
            continue
        if _is_addressed(token):
            continue
        if lemma(token) in CALLING and child(token, "auxpass") is not None:
            # "It is called “farmer’s lung”": by nobody.
            return None
        return Frame(
            kind="direct",
            key=lemma(token),
            anchor=token,
            cue=(token,),
            source=_speaker_beside(token, tokens, place),
            content=(),
            negated=is_negated(token),
        )
    return None


def _is_addressed(verb: Token) -> bool:
    """As in "Asked about the money, Aker gave a short answer:": who was asked speaks, and nobody is asked."""
    bare = verb.tag_ == "VBN" and not any(kid.dep_ in ("aux", "auxpass", "nsubj") for kid in verb.children)
    return bare and verb.dep_ in ("advcl", "acl") and lemma(verb) in _ADDRESSING


def _speaker_beside(verb: Token, tokens: Sequence[Token], place: int) -> Token | None:
    """The speaker: the verb's subject if it is in the frame, otherwise the name or noun next to the verb."""
    places = {(id(token.doc), token.i) for token in tokens}
    done_by = agent(verb) if child(verb, "auxpass", "nsubjpass") is not None else None
    own_subject = done_by or subject(verb)  # "was told by the minister"
    if own_subject is not None and (id(own_subject.doc), own_subject.i) in places:
        return own_subject
    for step in (1, -1):
        near = place + step
        while 0 <= near < len(tokens) and abs(near - place) < 4:
            token = tokens[near]
            if token.pos_ in ("PROPN", "PRON", "NOUN"):
                return _top_of_name(token, places)
            if token.pos_ not in ("DET", "ADJ", "ADV", "AUX", "NUM"):
                break
            near += step
    return own_subject


def _top_of_name(token: Token, known: set[tuple[int, int]]) -> Token:
    while token.dep_ in ("compound", "amod", "nmod", "poss") and (id(token.doc), token.head.i) in known:
        if any(word.text in _DASHES and word.whitespace_ for word in token.doc[token.i : token.head.i]):
            break  # "said Ann Lee - her team left in May": a hyphen for a dash
        token = token.head
    return token
