"""Attributes the answers of interviews whose questions are separate paragraphs.

Questions are in bold or after a label ("Q:", "Gazette:"), answers have no label or follow "A:" or a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.extraction.coreference.people import Cast
from claims.extraction.text.document import Document, ParsedBlock
from claims.lexicon.people import INTERVIEWING, READERS_ASK
from claims.records import Attribution, BlockKind, Page, Span, SpeechMode

_LABEL = re.compile(
    r"(?:(?:(?P<asks>Q|Question)|(?P<answers>A|Answer))(?: ?\d{1,2})?(?:[:.]| [—–-])"
    r"|(?P<name>[A-Z]\S+(?: [A-Z]\S+){0,3}):)\s+"
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_YOU, _SELF = re.compile(r"(?i)\byour?\b"), re.compile(r"\b(?:I|[Mm][ey]|[Ww]e|[Oo]ur|us)\b")
_READER = re.compile(r"\b(?:I|[Mm]y|[Mm]e)\b")
_QUOTED = frozenset("\"“”«»„‘'")
# Between the first question and the last one, at least every fourth paragraph is a question.
_DENSITY = 4
# If nothing else tells, every second one is.
_ALTERNATING = 2
_FEWEST = 2
_LONGEST_QUESTION = 500
# Blocks before the first question that may announce the questions.
_LEAD = 2


@dataclass(frozen=True, slots=True)
class _Turn:
    """A paragraph of the interview: where its words begin, and what its label says."""

    block: ParsedBlock
    start: int
    asks: bool
    answers: bool
    labelled: bool
    initial: bool
    name: str


def interview(document: Document, page: Page) -> list[Attribution]:
    """Attributions of the answers of an interview to the person interviewed; empty for any other text.

    A text is an interview if at least two paragraphs, close together, are questions, or one is labelled and answered,
    and either labels mark the answers, or the title or the text before them announces it, or "you" are asked, turn by
    turn, and "we" or "I" answer. If the person interviewed is not known, or may be several people, the answers have no
    speaker, and are not the article's own words. "Q. Chen" and "A. Smith" may be names: with such labels, one question
    must ask. The answers to frequent questions, and to those of readers, are the page's own words.
    """
    turns = [_turn(document, block) for block in document.blocks]
    questions = [place for place, turn in enumerate(turns) if turn.asks]
    labelled = any(turn.labelled and turn.asks for turn in turns) and any(turn.answers for turn in turns)
    if len(questions) < (1 if labelled else _FEWEST) or questions[-1] - questions[0] >= _DENSITY * len(questions):
        return []
    if all(turns[place].initial for place in questions):
        return []
    guest = _guest(document, page, turns, questions)
    if guest is None and (
        _is_of_readers(document, page, turns, questions) or not _is_interview(document, page, turns, questions)
    ):
        return []
    answers = [t for t in _answers(turns, questions) if t.start < t.block.span[1] and (guest is not None or not t.name)]
    open_turns = _perhaps_asked(document, answers)
    spans = [(turn.start, turn.block.span[1]) for turn in answers if turn not in open_turns]
    asked = [span for place in questions for span in _statements(document, turns[place])]
    asked += [(turn.start, turn.block.span[1]) for turn in open_turns]
    return [
        Attribution(speaker=speaker, cue=":", mode=SpeechMode.INDIRECT, content_spans=(span,), clausal=True)
        for speaker, content in ((guest, spans), (None, asked))
        for span in content
    ]


def _statements(document: Document, turn: _Turn) -> Iterator[Span]:
    """What somebody states who asks: "You wrote that poems are dead. Are they?"."""
    for sentence in turn.block.sentences if not turn.name else ():
        start = max(sentence.span[0], turn.start)
        if start < sentence.span[1] and not document.words(sentence.span).endswith("?"):
            yield (start, sentence.span[1])


def _perhaps_asked(document: Document, answers: Sequence[_Turn]) -> list[_Turn]:
    """The paragraphs behind an answer that may be the next question, put as a statement: "The board says it paid.".

    So they may be where one of the paragraphs speaks of "you" and of nobody else, and no labels tell who speaks.
    """
    spoken = {turn.block.index: document.words((turn.start, turn.block.span[1])) for turn in answers}
    put = [place for place, words in spoken.items() if _YOU.search(words) and not _SELF.search(words)]
    if not put or any(turn.labelled or turn.name for turn in answers):
        return []
    second = {place for place, words in spoken.items() if place - 1 in spoken and not _SELF.search(words)}
    return [turn for turn in answers if turn.block.index in second.union(put)]


def _turn(document: Document, block: ParsedBlock) -> _Turn:
    words = document.words(block.span)
    label = _LABEL.match(words)
    plain = words[label.end() if label else 0 :].rstrip()
    asks = plain.endswith("?") and not _QUOTED & {plain[0], plain[-2:-1]} and len(plain) < _LONGEST_QUESTION
    answers = label is not None and label["answers"] is not None
    return _Turn(
        block,
        block.span[0] + (label.end() if label is not None else 0),
        (asks and not answers) or (label is not None and label["asks"] is not None),
        answers,
        label is not None and label["name"] is None,
        label is not None and ":" not in label[0] and not plain.endswith("?"),
        (label["name"] or "") if label is not None else "",
    )


def _answers(turns: Sequence[_Turn], questions: Sequence[int]) -> Iterator[_Turn]:
    """The paragraphs behind each question; behind the last one only the first, and what is labelled as an answer."""
    asking = {turns[place].name for place in questions} - {""}
    for place, turn in enumerate(turns[questions[0] :], start=questions[0]):
        if turn.asks or turn.name in asking or turn.block.kind is BlockKind.HEADING:
            continue
        ended = place > questions[-1] + 1 and not turn.answers
        if not ended and not _QUOTED & {turn.block.sentences[0].tokens.text[:1] if turn.block.sentences else ""}:
            yield turn


def _is_interview(document: Document, page: Page, turns: Sequence[_Turn], questions: Sequence[int]) -> bool:
    """Whether labels mark the answers, or the title or the paragraph before the questions announces an interview."""
    lead = turns[questions[0] - 1].block.span if questions[0] else (0, 0)
    announced = f"{page.title or ''} {document.words(lead)}"
    labelled = any(turn.answers for turn in turns)
    return labelled or _is_announced(announced, turns) or _is_conversation(document, turns, questions)


def _is_of_readers(document: Document, page: Page, turns: Sequence[_Turn], questions: Sequence[int]) -> bool:
    """Whether the page itself answers: it calls its questions frequent, or a reader asks them ("How do I apply?")."""
    lead = document.blocks[max(questions[0] - _LEAD, 0) : questions[0]]
    if any(READERS_ASK.search(words) for words in (page.title or "", *(document.words(block.span) for block in lead))):
        return True
    asked = [document.words(turns[place].block.span) for place in questions]
    answers = (document.words((turn.start, turn.block.span[1])) for turn in _answers(turns, questions))
    by_reader = any(_READER.search(words) and not _YOU.search(words) for words in asked)
    return by_reader and not any(_READER.search(words) for words in answers)


def _is_conversation(document: Document, turns: Sequence[_Turn], questions: Sequence[int]) -> bool:
    """Whether questions and answers take turns, a question asks "you", and an answer is in the first person."""
    if questions[-1] - questions[0] >= _ALTERNATING * len(questions):
        return False
    asked = any(_YOU.search(document.words(turns[place].block.span)) for place in questions)
    answers = (document.words((turn.start, turn.block.span[1])) for turn in _answers(turns, questions))
    return asked and any(_SELF.search(words) for words in answers)


def _answer_labels(turns: Sequence[_Turn], questions: Sequence[int]) -> set[str]:
    answered = turns[questions[0] + 1 : questions[-1] + 2]
    asking = {turns[place].name for place in questions}
    return {turn.name.split()[-1].lower() for turn in answered if turn.name and turn.name not in asking}


def _guest(document: Document, page: Page, turns: Sequence[_Turn], questions: Sequence[int]) -> str | None:
    """The person interviewed, found by the labels of the answers, the title, or the text before the interview."""
    before = turns[questions[0]].block.span[0]
    cast = Cast(document)
    cast.read(questions[0])
    people = {
        person.figure.name(): person.figure.surname
        for person in cast.before(before)
        # "Spoke to The Standard": nobody has an article.
        if person.figure.person and not document.text[: person.offset].lower().endswith("the ")
    }
    announced = f"{page.title or ''} {document.text[:before]}"
    labels = _answer_labels(turns, questions)
    # Where names stand before the answers, nobody else answers.
    surnames = labels or _words_behind(announced)
    matching = [name for name, surname in people.items() if surname.lower() in surnames]
    if len(matching) == 1:
        return matching[0]
    return next(iter(people)) if not labels and len(people) == 1 and _is_announced(announced, turns) else None


def _is_announced(words: str, turns: Sequence[_Turn]) -> bool:
    """Whether words announce an interview; "met reporters" does only where labels mark the answers."""
    labelled = any(turn.answers for turn in turns)
    return any(labelled or not match["press"] for match in INTERVIEWING.finditer(words))


def _words_behind(announced: str) -> set[str]:
    """The words behind "an interview with", "spoke to", to the end of the sentence."""
    ends = (_SENTENCE_END.split(announced[match.end() :], maxsplit=1)[0] for match in INTERVIEWING.finditer(announced))
    return {word.strip(",.;:’'”\"").lower() for words in ends for word in words.split()}


def is_nameless(attribution: Attribution) -> bool:
    """Whether an attribution is an answer in an interview with somebody whom the text does not name for certain."""
    return attribution.cue == ":" and attribution.speaker is None and not attribution.source_spans


def without_inner(attributions: Sequence[Attribution], turns: Sequence[Attribution]) -> list[Attribution]:
    """The attributions without those inside an answer: "I told them" is part of the answer."""
    spans = [span for turn in turns for span in turn.content_spans]
    return [
        attribution
        for attribution in attributions
        if attribution.mode is SpeechMode.DIRECT or not _within(attribution, spans)
    ]


def _within(attribution: Attribution, spans: Sequence[Span]) -> bool:
    own = (*attribution.cue_spans, *attribution.source_spans)
    return any(all(start <= begin and end <= stop for begin, end in own) for start, stop in spans) if own else False
