"""Finds names that may be a person's although nothing shows it: the recogniser takes many a foreign name for a body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import SUBJECTS, Antecedent, cited, human
from claims.extraction.coreference.first_names import gender_of
from claims.extraction.coreference.people import Cast
from claims.extraction.coreference.pronouns import shouted
from claims.extraction.text.document import Sentence, char_span
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import unbroken_runs
from claims.lexicon.people import ROLES, TITLES
from claims.lexicon.pointers import GROUPS, HOLIDAYS, INTRODUCED, PLACES, PUBLIC
from claims.lexicon.states import COUNTRIES, NATIONS, REGIONS

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_LONGEST = 3
# A line of which so many of the longer words have a capital is a headline, in which every word may have one.
_SHORT, _CAPITALS = 3, 0.8
_ARGUMENTS = frozenset({*SUBJECTS, "dobj", "dative", "conj", "ROOT"})
# Behind these a name is as like as not a person's: "met with Hakan Demir", "was beaten by Eero Salmi".
_PERSONAL = frozenset({"with", "by", "from", "against", "for", "between", "to", "than", "about", "alongside"})
_NO_NAMES = PUBLIC | GROUPS | INTRODUCED | PLACES | HOLIDAYS | ROLES | TITLES | {*COUNTRIES, *REGIONS, *NATIONS}


class UnknownNames:
    """The places of such names in the sentences read so far, without those of people and those in quotations."""

    def __init__(self) -> None:
        self._places: list[tuple[int, int]] = []

    def read(self, sentence: Sentence, cast: Cast, quotes: Stretches) -> None:
        """Note the names of the next sentence."""
        for head in _unknown_names(sentence.tokens):
            figure, place = cast.named_at(head), char_span(head)[0]
            if not quotes.hold(place) and (figure is None or not figure.person):
                self._places.append((place, sentence.index))

    def rival(self, mentions: Sequence[Antecedent], offset: int) -> bool:
        """Whether such a name stands in the sentence that last names somebody, or between it and an offset."""
        named = max((mention.sentence for mention in mentions if not mention.settled), default=0)
        own = {mention.offset for mention in mentions}
        return any(named <= index and place < offset and place not in own for place, index in self._places)


def _unknown_names(tokens: TokenSpan) -> Iterator[Token]:
    """The head of each name of two or three words in a sentence that may be a person's, whatever its label is."""
    if _is_headline(tokens):
        return
    for run in unbroken_runs(token for token in tokens if token.pos_ == "PROPN"):
        head = run[-1]
        if not 1 < len(run) <= _LONGEST or cited(head) or _is_of_a_thing(head):
            continue
        # "Fined Carla Dent 800 crowns": the parser takes the person for a part of the sum.
        first_named = gender_of(run[0].lower_) is not None and head.dep_ in ("nmod", "compound")
        if all(map(_is_word_of_name, (*run, *_entity_words(head)))) and (first_named or _is_argument(head)):
            yield head


def _entity_words(token: Token) -> list[Token]:
    """The capitalised words of the recognised name that a token belongs to."""
    names = (entity for entity in token.sent.ents if entity.start <= token.i < entity.end)
    return [word for entity in names for word in entity if word.text[0].isupper()]


def _is_of_a_thing(name: Token) -> bool:
    """As in "her former label, Big Machine" or "Big Machine, which": a word by it tells that it is a thing."""
    if any(kid.lower_ == "which" for clause in name.children if clause.dep_ == "relcl" for kid in clause.children):
        return True
    kids = (kid for kid in name.lefts if kid.dep_ in ("compound", "nmod") and kid.pos_ == "NOUN")
    return any(not human(kid) for kid in kids)


def _is_word_of_name(token: Token) -> bool:
    plain = token.text.replace("-", "").replace("’", "").replace("'", "").isalpha() and token.text[0].isupper()
    return plain and not shouted(token) and token.lower_ not in _NO_NAMES


def _is_argument(token: Token) -> bool:
    if token.dep_ == "pobj":
        return bool(token.head.lower_ in _PERSONAL)
    if token.dep_ == "appos":
        # "Her former label, Big Machine": what it is, the noun says.
        return human(token.head)
    return token.dep_ in _ARGUMENTS and token.tag_ != "NNPS"


def _is_headline(tokens: TokenSpan) -> bool:
    words = [token for token in tokens if len(token) > _SHORT and token.is_alpha]
    return sum(token.text[0].isupper() for token in words) > _CAPITALS * len(words)
