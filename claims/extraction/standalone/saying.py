"""Finds the words of a claim that only attribute it: "the minister told reporters on Monday that", ", he added".

The sources are compared with the rest. The words are removed only if the rest is a complete clause and the cue is a
plain verb of saying; if the parse is doubtful, the sources are compared with the whole statement.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from claims.extraction.splitting.parts import Part, Word
from claims.extraction.standalone.lead_ins import behind_dash, is_beside
from claims.extraction.text.dates import RELATIVE
from claims.extraction.text.document import Document, char_span
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import FINITE, child, is_verb, lemma, phrase
from claims.lexicon.clauses import DETERMINERS, TITLED, WHEN_SAID
from claims.lexicon.quantities import WEEKDAY_NAMES
from claims.lexicon.verbs import ANNOUNCING, SAYING
from claims.records import Attribution, Span, SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Token

_SOURCES = ("according", "per")
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
# What hangs on a verb of saying and says who, to whom, when and where.
_CIRCUMSTANCES = frozenset({"nsubj", "aux", "dative", "prep", "npadvmod", "punct", "prt", "cc", "intj"})
# What may stand loose beside a clause: the parser hangs it on the verb of saying.
_LOOSE = frozenset({"prep", "npadvmod", "advmod", "cc", "intj", "mark"})
_UNASSERTED = frozenset({"whether", "if", "unless"})
_DASHES = frozenset({"—", "–", "--", "-"})
_COMMAS = _DASHES | {",", "("}
_STOPS = frozenset({",", ":", ";", "."})


def plain_cue(attribution: Attribution, document: Document) -> bool:
    """Whether an attribution's cue says no more than that it was said; a colon, a dash or a post do not either."""
    if attribution.negated:
        return False
    for start, _ in attribution.cue_spans:
        sentence = document.sentence_at(start)
        cue = next((t for t in sentence.tokens if char_span(t)[0] == start), None) if sentence is not None else None
        if cue is not None and (cue.lower_ in _SOURCES or (is_verb(cue) and _is_plain_cue(cue))):
            return True
    return not any(map(str.isalpha, attribution.cue)) or not attribution.cue_spans


def _in_phrase(document: Document, attribution: Attribution) -> bool:
    """Whether what is attributed stands behind an article or what it is the name of: "her “Go home” speech".

    As in "they share their view of the theme “Water is life”". So does a thing that is only called something in
    quotation marks: "reported “an odd reading” in June".
    """
    before = document.text[: attribution.content_spans[0][0]].rstrip(" \"'“‘").rsplit(maxsplit=1)[-1:]
    words = document.words(attribution.content_spans[0]).strip("\"'“”‘’ ").split(maxsplit=1)
    is_object = bool(before and words) and before[0].isalpha() and words[0] in ("a", "an", "the")
    return is_object or (bool(before) and before[0].lower() in DETERMINERS | TITLED)


def _hangs_on(part: Part, attribution: Attribution) -> bool:
    """As in "One clip shows a man shouting, “...”": the clause that says who spoke hangs on another clause."""
    cue = next((token for token in part.tokens if inside(token, attribution.cue_spans)), None)
    leads = any(span[0] < attribution.content_spans[0][0] for span in attribution.cue_spans)
    if not leads or cue is None or cue.i == part.head.i:
        return False
    return cue.dep_ in ("acl", "relcl") or (cue.dep_ == "advcl" and child(cue, "nsubj") is not None)


def _is_retold(part: Part, attribution: Attribution, others: Sequence[Attribution]) -> bool:
    """As in "“Nobody will check,” he assured them, according to the indictment": another source tells all of it."""
    start, end = part.sentence.span
    return any(
        any(first <= cue[0] < last for first, last in other.content_spans)
        for other in others
        if other is not attribution and any(start <= span[0] < end for span in other.cue_spans)
        for cue in attribution.cue_spans
    )


def unframed(part: Part, attribution: Attribution) -> tuple[Word, ...] | None:
    """A part's words without those that only attribute it; None if they cannot be removed.

    The remaining words are the content, a clause of its own; the cue and its dependents are removed.
    """
    cue = next(
        (t for t in part.tokens if inside(t, attribution.cue_spans) and (is_verb(t) or t.lower_ in _SOURCES)), None
    )
    if cue is None or attribution.negated:
        return None
    frame = _Frame(cue, part, attribution)
    if not frame.content or not frame.plain():
        return None
    content_words = frame.kept()
    solid = [word for word in content_words or () if not isinstance(word, str)]
    return content_words if asserts(solid) else None


def asserts(tokens: Sequence[Token]) -> bool:
    """Whether words form a statement: a finite verb with its subject, on which all other words depend."""
    inside = {token.i for token in tokens}
    tops = [
        token
        for token in tokens
        if not token.is_punct and not token.is_quote and (token.head.i == token.i or token.head.i not in inside)
    ]
    clauses = [token for token in tops if is_finite(token) and child(token, *_SUBJECTS) is not None]
    if not clauses or any(top not in clauses and top.dep_ not in _LOOSE for top in tops):
        return False
    return not any(_is_unasserted(clause) for clause in clauses)


class _Frame:
    """A cue in its part: the words of what is said, and those that hang on the cue without being said."""

    def __init__(self, cue: Token, part: Part, attribution: Attribution) -> None:
        self._cue, self._part, self._said = cue, part, attribution.content_spans
        frame = {t.i for t in part.tokens if inside(t, attribution.cue_spans)}
        self.content = {t.i for t in part.tokens if inside(t, attribution.content_spans)} - frame
        frame |= {t.i for t in part.tokens if inside(t, attribution.source_spans)}
        self._hanging = ({t.i for t in phrase(cue)} | frame) - self.content
        self._sourced = cue.lower_ in _SOURCES
        self._behind = bool(self.content) and cue.i > min(self.content)
        self._loose = self._too_high()
        self._dated = self._day_before()

    def plain(self) -> bool:
        """Whether the cue says no more than that it was said, and its companions who, to whom, when and where."""
        known = SAYING | ANNOUNCING if self._behind else SAYING
        return self._sourced or (
            _is_plain_cue(self._cue, known) and _is_told(self._cue, self._part) and self._circumstantial()
        )

    def kept(self) -> tuple[Word, ...] | None:
        """The line without the frame; None if a word belongs neither to what is said nor to who says it."""
        line = self._part.line
        places = [at for at, word in enumerate(line) if not isinstance(word, str) and word.i in self.content]
        if not places:
            return None
        remaining: list[Word] = []
        for at, word in enumerate(line):
            keeps = self._keeps(word, before=at < places[0], after=at > places[-1])
            if keeps is None:
                return None
            if keeps:
                remaining.append(word)
        return self._closed_up(remaining)

    def _keeps(self, word: Word, *, before: bool, after: bool) -> bool | None:
        """Whether a word is asked, or belongs to the frame; None if it can be neither."""
        if isinstance(word, str):
            # A comma, or a word of ours: "told" for "telling" before what is said, or one that its clause needs.
            unclear = (after or (before and self._behind)) and word.strip() not in _COMMAS
            return None if unclear else not before and not after
        asked_places = (self.content | self._loose) - self._dated
        if word.i in self._dated or word.i in asked_places:
            return word.i in asked_places
        if word.is_punct or word.is_quote:
            return bool({word.i - 1, word.i + 1} & asked_places)
        if before or after:
            framing = word.i in self._hanging or word.dep_ in ("aux", "cc", "intj")
            return False if framing and (before or self._behind or self._sourced) else None
        if word.dep_ == "cc":
            return True
        return False if word.i in self._hanging and (self._behind or self._sourced) else None

    def _closed_up(self, words: list[Word]) -> tuple[Word, ...]:
        """What is kept without the "that" it begins with, and without the commas that set the frame off."""
        places = {word.i for word in words if not isinstance(word, str)}
        removed = {word.i for word in self._part.line if not isinstance(word, str)} - places
        closed = [
            word
            for word in words
            if isinstance(word, str) or word.text not in _COMMAS or not (word.i - 1 in removed or word.i + 1 in removed)
        ]
        while closed and not isinstance(closed[0], str) and (closed[0].text in _STOPS or self._that(closed[0])):
            closed.pop(0)
        if [word if isinstance(word, str) else word.text for word in closed[-2:]] in ([",", "”"], [",", '"']):
            del closed[-2]
        return tuple(closed)

    def _that(self, token: Token) -> bool:
        return token.lower_ == "that" and token.dep_ == "mark" and token.i in self.content

    def _too_high(self) -> set[int]:
        """The phrases that follow what is said without a comma: the parser hangs many of them too high."""
        phrases: set[int] = set()
        if self._sourced or self._behind or not self.content:
            return phrases
        end = max(self.content)
        for kid in sorted(self._cue.children, key=lambda kid: kid.i):
            words = [token.i for token in phrase(kid) if token.i in self._hanging]
            if kid.i > end and kid.dep_ in ("prep", "npadvmod", "advmod") and words and min(words) == end + 1:
                phrases.update(words)
                end = max(words)
        return phrases

    def _day_before(self) -> set[int]:
        """As in "said Monday the bridge was shut": the parser takes the day for what is said."""
        first = min(self.content, default=0)
        word = self._cue.doc[first]
        words = phrase(word) if first == self._cue.i + 1 and word.dep_ == "npadvmod" else []
        return {token.i for token in words} if words and _is_day_of_saying(words) else set()

    def _circumstantial(self) -> bool:
        speaker = child(self._cue, "nsubj")
        opens = speaker.left_edge.i if speaker is not None else self._cue.i
        asked_places = self.content | self._loose
        frame_places = {token.i for token in self._part.tokens} - asked_places
        kids = [kid for kid in self._cue.children if frame_places & {token.i for token in phrase(kid)}]
        # Of two clauses that were said, each a claim, the cue holds the first.
        return all(inside(kid, self._said) or self._circumstance(kid, opens) for kid in kids)

    def _circumstance(self, kid: Token, opens: int) -> bool:
        """Whether a phrase at the cue tells who, to whom, when or where; ``opens`` is where the speaker's name does."""
        if kid.dep_ == "advmod":
            return kid.lower_ in WHEN_SAID
        if kid.dep_ == "mark":
            return kid.lower_ == "as" and self._behind
        if kid.dep_ == "dobj":
            return lemma(self._cue) == "tell"
        if kid.dep_ in ("prep", "npadvmod") and kid.i < opens and not self._behind:
            return _is_day_of_saying([token for token in phrase(kid) if token.i not in self.content])
        return kid.dep_ in _CIRCUMSTANCES


def _is_day_of_saying(words: Sequence[Token]) -> bool:
    """As in "On Monday, officials said": the day of the saying. "In 2019, profits fell, it said" is of the claim."""
    text = " ".join(word.text for word in words if not word.is_punct)
    days = {word.lower_ for word in words} & set(WEEKDAY_NAMES)
    return len(words) <= 4 and bool(days or RELATIVE.search(text))


def _is_plain_cue(cue: Token, known: Collection[str] = SAYING) -> bool:
    if lemma(cue) not in known:
        return False
    helpers = [kid for kid in cue.children if kid.dep_ in ("aux", "auxpass", "neg")]
    return all(kid.dep_ == "aux" and kid.lemma_.lower() in ("have", "’ve", "'ve") for kid in helpers)


def _is_told(cue: Token, part: Part) -> bool:
    """Whether a verb of saying stands as told: finite, or "telling" that was made "told" in a sentence of its own."""
    return cue.tag_ in FINITE or bool(list(_helpers(cue))) or (cue.i == part.head.i and cue not in part.line)


def _helpers(verb: Token) -> Sequence[Token]:
    return [kid for kid in verb.children if kid.dep_ in ("aux", "auxpass") and kid.tag_ in FINITE]


def is_finite(verb: Token) -> bool:
    """Whether a word is a verb with a tense, its own or its auxiliary's."""
    return is_verb(verb) and (verb.tag_ in FINITE or bool(_helpers(verb)))


def _is_unasserted(clause: Token) -> bool:
    """As in "said whether it is so", "explained why": a clause that asserts nothing."""
    return any(
        (kid.dep_ == "mark" and kid.lower_ in _UNASSERTED) or (kid.tag_.startswith("W") and kid.i < clause.i)
        for kid in clause.children
    )


def inside(token: Token, spans: Sequence[Span]) -> bool:
    """Whether a token begins in one of these stretches of the page's text."""
    place = char_span(token)[0]
    return any(start <= place < end for start, end in spans)


def says_more(
    part: Part, voice: Attribution, others: Sequence[Attribution], document: Document, quotes: Stretches
) -> bool:
    """Whether "Speaker said: words" would leave out how the words stand in their sentence, or what else it says."""
    elsewhere = _hangs_on(part, voice) or _is_retold(part, voice, others) or _in_phrase(document, voice)
    return elsewhere or _tells_more(part, voice, quotes)


def _tells_more(part: Part, voice: Attribution, quotes: Stretches) -> bool:
    """As in "The bridge cost £9m, “a scandal”, as the paper put it": a clause beside what is quoted and its frame.

    So has "“We lost,” she said - she had just come in - “and I will go”".
    """
    framed = (*voice.content_spans, *voice.cue_spans, *voice.source_spans)
    return any(
        is_finite(token)
        and not inside(token, framed)
        and not quotes.hold(char_span(token)[0])
        and any(
            kid.dep_ in ("nsubj", "nsubjpass") and (is_beside(token, part, voice) or behind_dash(kid))
            # "It could, she says, save 40 lives".
            for verb in (token, *(helper for helper in token.lefts if helper.dep_ == "aux"))
            for kid in verb.lefts
        )
        for token in part.tokens
    )


def _is_subordinate(part: Part, voice: Attribution) -> bool:
    """Whether the verb of the report is in a relative clause, or in one that hangs on another verb by a conjunction."""
    cue = next((token for token in part.tokens if inside(token, voice.cue_spans) and is_verb(token)), None)
    if cue is None or cue.i == part.head.i or inside(part.head, voice.content_spans):
        return False
    who = child(part.head, "nsubj")
    if cue.dep_ == "relcl" or cue.dep_ != "advcl" or cue.head.i != part.head.i or who is None:
        return cue.dep_ == "relcl" and voice.mode is not SpeechMode.DIRECT
    is_named = who.lower_ not in ("this", "that", "it")  # "This comes after police said that they left"
    return is_named and any(kid.dep_ == "mark" and kid.i < cue.i for kid in cue.children)


def says_a_little(part: Part, voice: Attribution, quotes: Stretches) -> bool:
    """As in "The bridge cost £9m, “a scandal”, as the paper put it": of the clause few words are the paper's.

    "Oil fell after officials said that it was found, and rose again" is not what the officials said.
    """
    clausal = any(is_finite(token) and inside(token, voice.content_spans) for token in part.tokens)
    in_passing = voice.mode is SpeechMode.DIRECT and not clausal and _tells_more(part, voice, quotes)
    return in_passing or _is_subordinate(part, voice)
