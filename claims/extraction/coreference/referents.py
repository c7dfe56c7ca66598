"""Resolves pronouns for speakers and statements, with the certainty of each answer.

The document is read once, sentence by sentence; an answer depends on nothing after the pronoun's paragraph.
The candidates of each pronoun are ranked by `ranking.py`; a pronoun with a probable referent becomes a mention itself,
after the centering theory of Grosz, Joshi and Weinstein (1995).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import (
    NAMED,
    SUBJECTS,
    Antecedent,
    Mentioned,
    apposed,
    capitalised,
    cited,
    human,
    is_remembered,
    joined_names,
    kinds,
    labels_turn,
    last_word,
    later_subject,
    may_be_a_person,
    mention_at,
    small_start,
    subject_beside,
    top,
)
from claims.extraction.coreference.certainty import Answer, answered, fits, only_one
from claims.extraction.coreference.descriptions import Names, introduces, labels_product, named_last
from claims.extraction.coreference.people import Appearance, Cast, Figure
from claims.extraction.coreference.pronouns import empty, third_person
from claims.extraction.coreference.ranking import Option, ranked, ranker
from claims.extraction.coreference.unknown_names import UnknownNames
from claims.extraction.text.blocks import place_line_end, speaker_label
from claims.extraction.text.document import Document, Sentence, char_span
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import child, lemma, phrase
from claims.lexicon.people import FEMALE_WORDS, MALE_WORDS, ROLES, TITLES
from claims.lexicon.pointers import GROUPS, HE, HOLIDAYS, NARROWING, PLACES, SHE, STATES, THEY
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# Sentences that are looked back over: for people, and for everything else.
_BACK, _BACK_THINGS = 8, 3
# For "the company", if several names are in the text.
_BACK_DESCRIBED = 2
# From this probability on a pronoun counts as one more mention of its likeliest candidate.
_MENTION = 0.5
# From this probability on it tells the gender of its candidate.
_GENDER = 0.9
_LONGEST = 7
# "The baker Ostmark": the recogniser takes many a firm for what it makes.
_UNSURE = ("", "PRODUCT")
# What the tagger may take a capitalised name for.
_TAKEN_FOR = frozenset({"NOUN", "ADV", "ADJ", "VERB", "X", "INTJ"})


class Referents:
    """Resolves the pronouns and definite nouns of a document.

    ``outlets`` are the spans of names of news outlets, which are not candidates.
    ``byline`` is who wrote the page, ``turns`` who answers where in an interview, without a name where that is open.
    """

    def __init__(
        self,
        document: Document,
        quoted: Sequence[Span] = (),
        *,
        outlets: Sequence[Span] = (),
        byline: str | None = None,
        turns: Sequence[tuple[Span, str]] = (),
        weights: Mapping[str, float] | None = None,
    ) -> None:
        self._document, self._quotes, self._outlets = document, Stretches(quoted), Stretches(outlets)
        self._weights = ranker()["weights"] if weights is None else weights
        self._author = last_word(byline) if byline and byline.strip() else ""
        self._turns = {span[0]: last_word(name) for span, name in turns if name}
        self._nameless = Stretches(sorted(span for span, name in turns if not name))
        self._voices: list[str] = []
        self._spoken = Stretches(())
        self._cast, self._names = Cast(document), Names()
        self._longest: dict[Figure, str] = {}
        self._keys: dict[Figure, str] = {}
        self._genders: dict[str, str] = {}
        self._called: dict[int, str] = {}
        self._label, self._recent = (0, ""), deque[Antecedent]()
        self._options: dict[int, list[Option]] = {}
        self._described: dict[int, str | None] = {}
        self._unknown = UnknownNames()
        self._passed_over = -1  # the last sentence with a name that the tagger does not take for one
        for sentence in document.sentences:
            self._read(sentence)

    def hear(self, voices: Iterable[tuple[Span, str]]) -> None:
        """Record who speaks where, because a third-person pronoun in somebody's words does not refer to the speaker."""
        ordered = sorted(voices)
        self._spoken, self._voices = Stretches(span for span, _ in ordered), [name for _, name in ordered]

    def options(self, offset: int) -> Sequence[Option]:
        """The candidates of the pronoun at an offset, most probable first."""
        return self._options.get(offset, ())

    def answer(self, token: Token) -> Answer:
        """The referent of a pronoun, and whether it is certain; none of "He, a Mr Pratt of the county,"."""
        options = self._options.get(offset := char_span(token)[0], [])
        if self._quotes.hold(offset):
            place, block = self._spoken.at(offset), self._document.block_at(offset)
            voice = self._voices[place] if place is not None else None
            return only_one(token, options, voice, block.index if block is not None else 0)
        answer = answered(token, options)
        if not answer.sure or self._nameless.hold(offset) or self._unknown.rival(options[0].mentions, offset):
            return replace(answer, sure=False)
        # "He had wished him luck": who one is, is as open as who the other is.
        other = subject_beside(token)
        return replace(answer, sure=other is None or not third_person(other) or self.answer(other).sure)

    def described(self, token: Token) -> str | None:
        """The only name that "the city" or "the company" can refer to in the text so far; None if there are several."""
        return self._described.get(char_span(token)[0])

    def name(self, token: Token) -> str | None:
        """The name of the figure that a token mentions or certainly refers to."""
        if (appearance := self._cast.at(char_span(token)[0])) is not None:
            return self._called.get(appearance.offset)
        answer = self.answer(token)
        return answer.name if answer.sure else self.described(token)

    def _read(self, sentence: Sentence) -> None:
        self._cast.read(sentence.block)
        self._enter(sentence)
        self._unknown.read(sentence, self._cast, self._quotes)
        for token in sentence.tokens:
            offset = char_span(token)[0]
            if third_person(token):
                self._settle(token, offset, sentence)
            elif token.pos_ == "NOUN" and (token.lower_ in PLACES or token.lower_ in GROUPS):
                self._described[offset] = self._about(token, sentence)
            appearance = self._cast.at(offset)
            if offset < self._label[0] or labels_turn(token):
                continue
            if token.dep_ in SUBJECTS and token.pos_ in ("NOUN", "PROPN") and len(joined_names(token)) > 1:
                self._both(token, sentence)
            if appearance is not None and appearance.offset == offset:
                self._meet(appearance, token, sentence)
            elif (
                token.dep_ in NAMED and token.pos_ == "PROPN" and token.ent_type_ in _UNSURE and token.text[0].isupper()
            ):
                self._unlabelled(token, sentence)
            elif token.pos_ in _TAKEN_FOR and not token.ent_type_ and capitalised(token):
                # The tagger takes a name that it does not know for a noun ("X-Ray") or an adverb ("and Geely opened").
                self._names.unknown(token.text)
                self._passed_over = sentence.index
            elif token.pos_ == "NOUN" and not token.ent_type_ and is_remembered(token):
                self._mention(token, sentence)

    def _about(self, token: Token, sentence: Sentence) -> str | None:
        """The only name that a description may mean, or that which the text is about and has just named."""
        first = max(sentence.index - _BACK_DESCRIBED, 0)
        before = [word for near in self._document.sentences[first : sentence.index + 1] for word in near.tokens]
        if introduces(token, before):
            return None
        name = self._names.single(token.lower_)
        if name is not None or token.lower_ in STATES or self._passed_over >= first:
            return name
        name = self._names.leading(token.lower_)
        near = [mention for mention in self._recent if mention.sentence >= first]
        return name if name is not None and named_last(name, token, near) else None

    def _enter(self, sentence: Sentence) -> None:
        """Forget what is too far back, and note who holds the turn in a transcript."""
        while self._recent and sentence.index - self._recent[0].sentence > _BACK:
            self._recent.popleft()
        block = self._document.blocks[sentence.block]
        if block.sentences[0].index == sentence.index:
            match = speaker_label(self._document.text, block.span)
            end = match.end() if match else place_line_end(self._document.text, block.span)
            self._label = (end if end > block.span[0] else 0, last_word(match.group(1)) if match else "")
            answers = [start for start in self._turns if block.span[0] <= start < block.span[1]]
            self._label = (answers[0], self._turns[answers[0]]) if answers else self._label

    def _settle(self, token: Token, offset: int, sentence: Sentence) -> None:
        if empty(token) or apposed(token):
            return
        options = ranked(token, sentence.index, self._groups(token, sentence), self._weights)
        self._options[offset] = options
        if not options or self._quotes.hold(offset) or options[0].probability < _MENTION:
            return
        last = options[0].last
        if token.lower_ in HE | SHE and options[0].probability >= _GENDER and not last.inner:
            self._genders.setdefault(last.key, "m" if token.lower_ in HE else "f")
        doubtful = not answered(token, options).sure
        self._recent.append(replace(self._antecedent(last, token, sentence), settled=True, doubtful=doubtful))

    def _groups(self, token: Token, sentence: Sentence) -> list[tuple[Antecedent, ...]]:
        """The mentions so far of each candidate, with the subject that follows a fronted phrase."""
        person = token.lower_ in HE | SHE
        fitting_kinds, back = (*kinds(token), "name"), _BACK if person else _BACK_THINGS
        if token.lower_ in THEY:
            fitting_kinds = kinds(token)
        # Whom a speaker names in his own words is seldom whom the report then goes on about.
        quoted = self._quotes.hold(char_span(token)[0])
        groups: dict[str, list[Antecedent]] = {}
        for candidate in (*self._recent, *self._following(token, sentence)):
            near = sentence.index - candidate.sentence <= back
            fitting = candidate.kind in fitting_kinds or (person and may_be_a_person(candidate))
            if fitting and near and (quoted or not candidate.quoted) and not self._holds_turn(candidate):
                groups.setdefault(candidate.key, []).append(candidate)
        return [tuple(group) for group in groups.values() if fits(token, group, self._genders)]

    def _following(self, token: Token, sentence: Sentence) -> list[Antecedent]:
        later = later_subject(token)
        appearance = self._cast.at(char_span(later)[0]) if later is not None else None
        if later is None or appearance is None or not appearance.figure.person:
            return []
        return [self._antecedent(self._person(appearance), later, sentence)]

    def _holds_turn(self, who: Antecedent) -> bool:
        """Whether a candidate is who speaks in this paragraph of a transcript, or who wrote the page."""
        return last_word(who.name).upper() == self._label[1].upper() != "" or last_word(who.name) == self._author != ""

    def _meet(self, appearance: Appearance, first: Token, sentence: Sentence) -> None:
        figure = appearance.figure
        token = top(first, appearance.end)
        name = self._so_far(figure, self._document.words((appearance.offset, appearance.end)))
        self._called[appearance.offset] = name
        unmeant = self._outlets.hold(appearance.offset) or name.lower() in GROUPS | PLACES | ROLES | HOLIDAYS
        if unmeant or (cited(token) and not figure.person):
            return
        if figure.person:
            self._add(self._person(appearance), token, sentence)
        elif labels_product(token):  # not known for a firm, but "the company" may not be another one either
            self._names.unknown(name)
            self._passed_over = sentence.index
        else:
            kind = self._names.met(figure.name(), first.ent_type_, name, acts=token.dep_ == "nsubj")
            if kind and not (name.isupper() and " " in name):
                self._add(Mentioned(name, kind, name), token, sentence)

    def _person(self, appearance: Appearance) -> Mentioned:
        figure = appearance.figure
        name = self._longest.get(figure) or self._so_far(
            figure, self._document.words((appearance.offset, appearance.end))
        )
        # One word and nothing known of it: the recogniser calls many a town a person.
        known = figure.gender is not None or any(" " in name for name in figure.names)
        if not known:
            self._names.unknown(name)
        key = self._keys.setdefault(figure, f"person {len(self._keys)}")
        return Mentioned(name, "person" if known else "name", key, figure.gender, proven=figure.proven)

    def _both(self, token: Token, sentence: Sentence) -> None:
        """Several parties as one: they are whom "they" means, never one of them."""
        parties = joined_names(token)
        words = self._document.text[char_span(token.left_edge)[0] : char_span(parties[-1])[1]]
        # "Whose staff and budget": who they are is open itself.
        pointing = any(word.tag_ in ("PRP$", "WP$") for word in token.subtree if word.i <= parties[-1].i)
        if len(words.split()) <= _LONGEST and not pointing:
            name = small_start(words, token.left_edge)
            self._add(Mentioned(name, "persons", name, named=token.pos_ == "PROPN"), token, sentence)

    def _so_far(self, figure: Figure, words: str) -> str:
        """The longest name that the text has given until here: what comes later must change no claim before it."""
        words = " ".join(words.split())
        known = self._longest.get(figure, "")
        if len(words) > len(known):
            self._longest[figure] = words
            return words
        return known

    def _mention(self, token: Token, sentence: Sentence) -> None:
        words = [other for other in phrase(token) if other.i <= token.i]
        plural = token.tag_ == "NNS"
        # "George Tan, the bank's chairman": who he is, and nobody else.
        same = apposed(token) or (token.dep_ == "appos" and token.head.pos_ == "PROPN" and not plural)
        if any(other.lower_ in NARROWING for other in words) or same or cited(token):
            return
        determined = words[0].lower_ in ("the", "a", "an", "this", "that", "these", "those")
        if len(words) > _LONGEST or not (determined or (plural and words[0].pos_ in ("NOUN", "ADJ"))):
            return
        kind = "person" if human(token) else "thing"
        first = words[1] if determined and len(words) > 1 else words[0]
        named = self._document.text[char_span(first)[0] : char_span(token)[1]]
        name = f"{'the ' if determined else ''}{small_start(named, first)}"
        gender = "f" if lemma(token) in FEMALE_WORDS else "m" if lemma(token) in MALE_WORDS else None
        self._add(Mentioned(name, kind + ("s" if plural else ""), name, gender, named=False), token, sentence)

    def _unlabelled(self, token: Token, sentence: Sentence) -> None:
        """A name that the recogniser passed over: the whole of it or nothing, and no title without its name."""
        if token.ent_type_:
            if child(token, "poss") is None:
                self._names.unknown(token.text)
            return
        parts = [*(kid for kid in token.lefts if kid.dep_ in ("compound", "nmod", "amod")), token]
        titled = {part.lower_.rstrip(".") for part in parts} & (TITLES | ROLES | GROUPS | PLACES | HOLIDAYS)
        if titled or any(part.pos_ != "PROPN" or part.ent_type_ for part in parts):
            if not titled & {token.lower_}:
                # "Company Blue-Fin": which of the words are the name is open, but one there is.
                self._names.unknown(token.text)
            return
        name = " ".join(part.text for part in parts)
        self._names.unknown(name)
        self._add(Mentioned(name, "name", name), token, sentence)

    def _add(self, named: Mentioned, token: Token, sentence: Sentence) -> None:
        self._recent.append(self._antecedent(named, token, sentence))

    def _antecedent(self, named: Mentioned | Antecedent, token: Token, sentence: Sentence) -> Antecedent:
        gender, quoted = self._genders.get(named.key), self._quotes.hold(char_span(token)[0])
        return mention_at(token, named, sentence, gender=gender, quoted=quoted)
