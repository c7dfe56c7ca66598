"""Resolves the words that name a speaker to the name used in the article.

Pronouns are resolved by `referents.py`; names, offices and descriptions with tables of titles and roles. If no figure
is certain, no name is returned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import human, last_word
from claims.extraction.coreference.people import Cast, Figure
from claims.extraction.coreference.pronouns import shouted
from claims.extraction.coreference.referents import Referents
from claims.extraction.text.document import Document, char_span
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import child, hyphenated, phrase, subject
from claims.lexicon.people import ANONYMOUS, BODY_NOUNS, DOCUMENTS, QUANTIFIERS, ROLE_GROUPS, ROLES, UTTERANCES
from claims.lexicon.pointers import LEAVING_OFFICE, THIRD
from claims.lexicon.quantities import MONTHS
from claims.lexicon.states import NATIONS
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVES = frozenset({"who", "which", "that", "whom"})
_FIRST = frozenset({"i", "me", "my", "mine", "we", "us", "our", "ours", "myself"})
# "A rival, speaking on condition of anonymity, said", "a nurse who asked not to be named".
_UNNAMED = re.compile(
    r"\banonym(?:ity|ously)\b|\b(?:not|n't|n’t|declined|refused) (?:want )?to be (?:named|identified)\b", re.IGNORECASE
)
_CHAINED = frozenset({"xcomp", "conj", "aux", "ccomp"})
_SENTENCES_BACK = 8
# What the parser calls a time: no one who says anything.
_DATED = frozenset({"DATE", "TIME", "CARDINAL"})
# Each sentence between halves the chances of somebody in that office.
_DECAY = 0.55
_LONGEST_NAME = 12
# Capitals up to this length are an acronym (NATO, CNBC), longer ones a name in capitals.
_ACRONYM = 5
_WHERE = frozenset({"in", "near", "outside", "around", "across", "on", "who", "that"})
_TOLD_OF = ("relcl", "acl")
_SEEING = frozenset({"obtain", "see", "review", "read", "receive", "view", "get", "examine"})
_BEFORE_NOUN = frozenset({"compound", "amod", "nmod", "poss"})
# How many spans of speech back the "I" of a quotation is looked for.
_VOICES = 50


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved speaker: a name, or None; ``anonymous`` if the article names nobody."""

    name: str | None
    anonymous: bool = False
    figure: Figure | None = None


class Speakers:
    """The speakers of one document; pronouns are answered by ``referents``.

    The answers depend only on the blocks up to that of the phrase.
    """

    def __init__(self, document: Document, quoted: list[Span], byline: str | None, referents: Referents) -> None:
        self.document = document
        self.cast = Cast(document)
        self.byline = byline
        self.referents = referents
        self._quotes = Stretches(quoted)
        self._voices: list[tuple[Span, Speaker]] = []

    def resolve(self, head: Token) -> Speaker:
        """Resolve the phrase under ``head``."""
        block = self.document.block_at(char_span(head)[0])
        if block is not None:
            self.cast.read(block.index)
        return self._resolve(head, 0)

    def heard(self, span: Span, speaker: Speaker) -> None:
        """Record the speaker of the words at ``span``, to resolve "I" in them."""
        self._voices.append((span, speaker))

    def _resolve(self, head: Token, depth: int) -> Speaker:
        if depth > 4:
            return Speaker(None)
        word = head.lower_
        if word in _RELATIVES and _in_relative_clause(head):
            return self._resolve(_relative_verb(head).head, depth + 1)
        if not shouted(head) and (head.pos_ == "PRON" or word in THIRD | _FIRST):
            return self._pronoun(head)
        figure = self.cast.named_at(head)
        if figure is None or not figure.person:
            # "The Inspector-General of Police, Musa Adeleke": the recogniser takes many an office for a body.
            within = self._name_within(head, only_apposed=figure is not None)
            if within is not None and head.tag_ == "NNP" and (whole := _rest_of_name(head, within.name())):
                return Speaker(whole)
            figure = within or figure or self._shouted(head)
        if figure is not None:
            # Which of two Fords "Ford" is, the article leaves to its reader.
            bare = figure.person and head.text == figure.surname and child(head, "compound") is None
            name = head.text if bare and self.cast.shares_surname(figure) else self.cast.shown_name(figure)
            return Speaker(name, figure=figure)
        return self._description(head, depth)

    def _shouted(self, head: Token) -> Figure | None:
        """A name in capitals, as transcripts give it, is the name that the text has elsewhere."""
        return self.cast.by_surname(head.text.title()) if head.is_upper and len(head) > 2 else None

    def _name_within(self, head: Token, *, only_apposed: bool) -> Figure | None:
        """Like "Kremlin spokesman Peskov", "his lawyer, X": the name in apposition, or in front of a bare noun."""
        # "The Harwick hospital trust" is nobody of that name.
        named_before = not only_apposed and (head.pos_ == "PROPN" or human(head))
        for label in ("appos", "compound", "nmod") if named_before else ("appos",):
            for kid in head.children:
                figure = self.cast.named_at(kid) if kid.dep_ == label else None
                if figure is not None and figure.person and not _does_to(kid):
                    return figure
        return None

    def _description(self, head: Token, depth: int) -> Speaker:
        word, lemma = head.lower_, head.lemma_.lower()
        definite = any(kid.dep_ == "det" and kid.lower_ in ("the", "this", "that") for kid in head.children)
        owner = child(head, "poss")
        inner = _maker(head, lemma, owner)
        if inner is not None:
            return self._resolve(inner, depth + 1)
        if lemma in ROLES and (definite or owner is not None) and head.tag_ in ("NN", "NNP"):
            figure = self._by_role(head, lemma)
            if figure is not None:
                return Speaker(self.cast.shown_name(figure), figure=figure)
        behind = _body_behind(head, lemma)
        if behind is not None:
            figure = self.cast.named_at(behind)
            return Speaker(self.cast.shown_name(figure) if figure else self._words(behind), figure=figure)
        dated = owner is not None and owner.ent_type_ == "DATE"  # "Friday's statement" is nobody's of that name
        if (lemma in DOCUMENTS or lemma in UTTERANCES) and owner is not None and not dated and depth < 2:
            whose = self._resolve(owner, depth + 1)
            if (whose.name or whose.anonymous) and lemma not in BODY_NOUNS:
                return whose
        if word in ANONYMOUS or lemma in ANONYMOUS or _UNNAMED.search(_told_of(head)):
            return Speaker(None, anonymous=True)
        return Speaker(self._words(_name_behind(head) or head))

    def _by_role(self, head: Token, lemma: str) -> Figure | None:
        """Like "the Russian leader": the last named person in that office, of that nation."""
        words = {token.lower_ for token in phrase(head)}
        nation = next((NATIONS[word] for word in words if word in NATIONS), None)
        fitting = [group for group in ROLE_GROUPS if lemma in group]
        best: tuple[float, Figure] | None = None
        bodies = {token.text for token in phrase(head) if token.pos_ == "PROPN" and token.i != head.i} - {head.text}
        bodies = {word for word in bodies if word.lower() not in NATIONS}
        for appearance in self.cast.before(char_span(head)[0]):
            figure = appearance.figure
            if not figure.person or (nation and figure.nation and figure.nation != nation):
                continue
            same = lemma in figure.roles or any(figure.roles & group for group in fitting)
            if not same or (nation and figure.nation != nation):
                continue
            if bodies and not bodies & set(self.document.sentences[appearance.sentence].tokens.text.split()):
                # "The chairman of the Conservative Party" is not the head of another body.
                continue
            if LEAVING_OFFICE & {token.lemma_.lower() for token in self.document.sentences[appearance.sentence].tokens}:
                return None  # "Frey was ousted. The president said": not she, it may be
            score = (2.0 if lemma in figure.roles else 1.0) * _DECAY ** self._distance(head, appearance.sentence)
            if best is None or score > best[0]:
                best = (score, figure)
        return best[1] if best else None

    def _pronoun(self, head: Token) -> Speaker:
        word = head.lower_
        if word in _FIRST:
            return self._first_person(head)
        if word not in THIRD:
            return Speaker(None, anonymous=True)
        answer = self.referents.answer(head)
        if answer.name is not None and last_word(answer.name).lower() in ANONYMOUS:
            return Speaker(None, anonymous=True)
        appearance = self.cast.at(answer.offset) if answer.sure and answer.offset is not None else None
        if appearance is None:
            return Speaker(answer.name if answer.sure else None)
        return Speaker(self.cast.shown_name(appearance.figure), figure=appearance.figure)

    def _first_person(self, head: Token) -> Speaker:
        offset = char_span(head)[0]
        for span, speaker in self._voices[: -_VOICES - 1 : -1]:
            if span[0] <= offset < span[1]:
                return speaker
        if self._quotes.hold(offset):
            return Speaker(None)
        return Speaker(self.byline)

    def _distance(self, head: Token, sentence: int) -> int:
        current = self.document.sentence_at(char_span(head)[0])
        return current.index - sentence if current is not None else _SENTENCES_BACK

    def _between(self, first: Token, last: Token) -> str:
        return self.document.text[char_span(first)[0] : char_span(last)[1]]

    def _words(self, head: Token) -> str | None:
        """A description as a name: the noun with what precedes it and its "of" phrase, without the article."""
        days = [kid for kid in head.children if kid.lower_ == "of" and _leads_to_time(kid)]
        tokens = [token for token in phrase(head) if token.i <= head.i or (_of_phrase(token, head) and not days)]
        if len(tokens) > 1 and tokens[0].tag_ == "PRP$" and len(tokens) <= _LONGEST_NAME:
            # "His surrogates" are Trump's.
            owner = self._pronoun(tokens[0]).name
            rest = self._between(tokens[1], tokens[-1])
            return f"{owner}'s {rest}" if owner else rest
        while tokens and tokens[0].pos_ in ("DET", "PUNCT", "CCONJ"):
            tokens = tokens[1:]
        if not tokens or len(tokens) > _LONGEST_NAME:
            return head.text
        words = self._between(tokens[0], hyphenated(tokens[-1]))
        return words.title() if head.pos_ == "PROPN" and words.isupper() and len(words) > _ACRONYM else words


def _does_to(name: Token) -> bool:
    """As in "Judge Fleming, sentencing Ross, said": the parser takes the participle for a part of the name."""
    return any(kid.dep_ == "compound" and kid.text.islower() and kid.text.endswith("ing") for kid in name.children)


def _in_relative_clause(token: Token) -> bool:
    """Whether a word is the subject or object of a relative clause."""
    return _relative_verb(token).dep_ in ("relcl", "acl")


def _relative_verb(token: Token) -> Token:
    verb = token.head
    while verb.dep_ not in ("relcl", "acl") and verb.head.i != verb.i and verb.dep_ in _CHAINED:
        verb = verb.head
    return verb


def _told_of(head: Token) -> str:
    """What a clause tells of its subject beside what it does: "a rival, speaking on condition of anonymity, said"."""
    beside = [kid for kid in head.head.children if kid.dep_ == "advcl" and kid.tag_ == "VBG"]
    return " ".join(token.text for kid in (head, *beside) for token in phrase(kid))


def _rest_of_name(head: Token, known: str) -> str | None:
    """As in "harbour master Finn Rask", where the recogniser knows the first name only: both."""
    before = head.nbor(-1) if head.i else head
    return f"{before.text} {head.text}" if before.text == known and before.dep_ == "compound" else None


def _name_behind(head: Token) -> Token | None:
    """The name right behind a noun for one person, where the recogniser knows none: "her neighbour Odd Nilsen"."""
    if not human(head) or head.tag_ != "NN":
        return None
    named = (kid for kid in head.children if kid.dep_ == "appos" and kid.tag_ == "NNP" and kid.is_title)
    return next((kid for kid in named if kid.left_edge.i == head.i + 1 and kid.left_edge.is_title), None)


def _body_behind(head: Token, lemma: str) -> Token | None:
    """The body of "a spokesman for the Kremlin", "Facebook officials", "a spokeswoman for the Leeds police"."""
    if not (lemma.startswith("spokes") or lemma in ("official", "statement", "representative", "report")):
        return None
    # "Officials in Manila" are none of Manila's.
    # Nor is "the statement, which Reuters has seen" or "a report obtained by Reuters" that of Reuters.
    away = (
        kid for kid in head.children if kid.lower_ in _WHERE or (kid.dep_ in _TOLD_OF and kid.lemma_.lower() in _SEEING)
    )
    placed = {token.i for kid in away for token in phrase(kid)}
    own = (token for token in phrase(head) if token.dep_ != "det" and token.i not in placed)
    bodies = (token for token in own if token.ent_type_ in ("ORG", "GPE"))
    named = next((token for token in bodies if token.i != head.i), None)
    while named is not None and named.dep_ in _BEFORE_NOUN and named.head.i != head.i:
        named = named.head
    return named


def _maker(head: Token, lemma: str, owner: Token | None) -> Token | None:
    """Behind "more of Putin's remarks" are the remarks, behind "making statements" whoever makes them."""
    if head.lower_ in QUANTIFIERS:
        of = child(head, "prep")
        return child(of, "pobj") if of is not None and of.lower_ == "of" else None
    if lemma not in UTTERANCES or owner is not None:
        return None
    by = next((kid for kid in head.children if kid.dep_ == "prep" and kid.lower_ in ("by", "from", "of")), None)
    if by is not None:
        return None if _leads_to_time(by) else child(by, "pobj")  # "the letter of 3 May" is nobody's
    return subject(head.head) if head.dep_ == "dobj" else None


def _leads_to_time(preposition: Token) -> bool:
    """Whether what a preposition leads to is a time: the "of 3 May" of a letter."""
    time = child(preposition, "pobj")
    return time is not None and (time.ent_type_ in _DATED or time.lower_ in MONTHS)


def _of_phrase(token: Token, head: Token) -> bool:
    """Whether a token belongs to the "of" phrase of a noun."""
    while token.head.i not in (token.i, head.i):
        token = token.head
    return token.dep_ == "prep" and token.lower_ == "of" and token.head.i == head.i
