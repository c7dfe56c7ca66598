"""Who is speaking: from the words that name a source to the name it goes by in the article.

A small resolver without a model: gender, number, animacy, recency, subjecthood and tables of titles, in the
manner of Hobbs (1978) and Lappin & Leass (1994). Where nobody fits it says so and does not guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.extraction.coreference.people import Cast, Figure
from claims.extraction.coreference.pronouns import first_of
from claims.extraction.text.document import Document, char_span
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import antecedent, child, hyphenated, in_relative_clause, of_phrase, phrase, subject
from claims.lexicon.people import ANONYMOUS, DOCUMENTS, NATIONS, QUANTIFIERS, ROLE_GROUPS, ROLES, UTTERANCES
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVES = frozenset({"who", "which", "that", "whom"})
_HE, _SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
_THEY, _IT = frozenset({"they", "them", "their", "themselves"}), frozenset({"it", "its", "itself"})
_FIRST = frozenset({"i", "me", "my", "mine", "we", "us", "our", "ours", "myself"})
_SENTENCES_BACK = 8
_SUBJECTS = ("nsubj", "nsubjpass")
# Weights of an antecedent, after Lappin & Leass: each sentence between halves its chances; a subject and the
# last one to speak are worth as much as one sentence less between. Set by reading PolNeAR's train articles.
_DECAY, _SUBJECT, _SPEAKER, _QUOTED, _OWN_CLAUSE = 0.55, 1.6, 2.2, 0.2, 0.1
_LONGEST_NAME = 12
# Capitals up to this length are an acronym (NATO, CNBC), longer ones a name in capitals.
_ACRONYM = 5
# How many spans of speech back the "I" of a quotation is looked for.
_VOICES = 50


@dataclass(frozen=True, slots=True)
class Speaker:
    """The answer: a name, or None; ``anonymous`` where the article names nobody."""

    name: str | None
    anonymous: bool = False
    figure: Figure | None = None


class Speakers:
    """The resolver for one document. Ask it in reading order: it remembers who spoke last.

    Who somebody is, and how he is called, depends on the blocks up to the asked one and on nothing behind it.
    """

    def __init__(self, document: Document, quoted: list[Span], byline: str | None) -> None:
        self.document = document
        self.cast = Cast(document)
        self.byline = byline
        self._quotes = Stretches(quoted)
        self._spoken: list[Figure] = []
        self._voices: list[tuple[Span, Speaker]] = []

    def resolve(self, head: Token) -> Speaker:
        """Who the phrase under ``head`` is."""
        block = self.document.block_at(char_span(head)[0])
        if block is not None:
            self.cast.read(block.index)
        speaker = self._resolve(head, 0)
        if speaker.figure is not None:
            self._spoken.append(speaker.figure)
        return speaker

    def heard(self, span: Span, speaker: Speaker) -> None:
        """Remember whose words stand at ``span``, for the "I" in them."""
        self._voices.append((span, speaker))

    def _resolve(self, head: Token, depth: int) -> Speaker:
        if depth > 4:
            return Speaker(None)
        word = head.lower_
        if word in _RELATIVES and in_relative_clause(head):
            return self._resolve(antecedent(head), depth + 1)
        if head.pos_ == "PRON" or word in _HE | _SHE | _FIRST:
            return self._pronoun(head)
        figure = self.cast.named_at(head) or self._name_within(head) or self._shouted(head)
        if figure is not None:
            return Speaker(self.cast.shown_name(figure), figure=figure)
        return self._description(head, depth)

    def _shouted(self, head: Token) -> Figure | None:
        """A name in capitals, as transcripts give it, is the name that the text has elsewhere."""
        return self.cast.by_surname(head.text.title()) if head.is_upper and len(head) > 2 else None

    def _name_within(self, head: Token) -> Figure | None:
        """Like "Kremlin spokesman Peskov", "his lawyer, X": the name in apposition, or in front of a bare noun."""
        for label in ("appos", "compound", "nmod"):
            for kid in head.children:
                if kid.dep_ == label and kid.ent_type_ == "PERSON":
                    return self.cast.named_at(kid)
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
        behind = self._organisation_behind(head, lemma)
        if behind is not None:
            return Speaker(self.cast.shown_name(behind), figure=behind)
        if (lemma in DOCUMENTS or lemma in UTTERANCES) and owner is not None and depth < 2:
            whose = self._resolve(owner, depth + 1)
            if (whose.name or whose.anonymous) and lemma not in ("campaign", "party", "government", "administration"):
                return whose
        if word in ANONYMOUS or lemma in ANONYMOUS:
            return Speaker(None, anonymous=True)
        return Speaker(self._words(head))

    def _by_role(self, head: Token, lemma: str) -> Figure | None:
        """Like "the Russian leader": the last named person in that office, of that nation."""
        words = {token.lower_ for token in phrase(head)}
        nation = next((NATIONS[word] for word in words if word in NATIONS), None)
        fitting = [group for group in ROLE_GROUPS if lemma in group]
        best: tuple[float, Figure] | None = None
        for appearance in self.cast.before(char_span(head)[0]):
            figure = appearance.figure
            if not figure.person or (nation and figure.nation and figure.nation != nation):
                continue
            same = lemma in figure.roles or any(figure.roles & group for group in fitting)
            if not same or (nation and figure.nation != nation):
                continue
            score = (2.0 if lemma in figure.roles else 1.0) * _DECAY ** self._distance(head, appearance.sentence)
            if best is None or score > best[0]:
                best = (score, figure)
        return best[1] if best else None

    def _organisation_behind(self, head: Token, lemma: str) -> Figure | None:
        """Like "a spokesman for the Kremlin", "Facebook officials": the organisation speaks."""
        if not (lemma.startswith("spokes") or lemma in ("official", "statement", "representative", "report")):
            return None
        for token in phrase(head):
            if token.ent_type_ in ("ORG", "GPE") and token.i != head.i:
                return self.cast.named_at(token)
        return None

    def _pronoun(self, head: Token) -> Speaker:
        word = head.lower_
        if word in _FIRST:
            return self._first_person(head)
        if word in _HE or word in _SHE:
            figure = self._antecedent_person(head, "m" if word in _HE else "f")
            return Speaker(self.cast.shown_name(figure), figure=figure) if figure else Speaker(None)
        if word in _THEY:
            return self._plural(head)
        if word in _IT:
            figure = self._thing(head)
            return Speaker(self.cast.shown_name(figure), figure=figure) if figure else Speaker(None)
        return Speaker(None, anonymous=True)

    def _first_person(self, head: Token) -> Speaker:
        offset = char_span(head)[0]
        for span, speaker in self._voices[: -_VOICES - 1 : -1]:
            if span[0] <= offset < span[1]:
                return speaker
        if self._quotes.hold(offset):
            return Speaker(None)
        return Speaker(self.byline)

    def _antecedent_person(self, head: Token, gender: str) -> Figure | None:
        first = first_of(head, gender)
        offset = char_span(first)[0]
        barred = self._clause_mates(head) | self._clause_mates(first)
        scores: dict[int, tuple[float, Figure]] = {}
        inside = self._quotes.hold(offset)
        for appearance in self.cast.before(offset):
            figure = appearance.figure
            distance = self._distance(head, appearance.sentence)
            if distance > _SENTENCES_BACK:
                break
            if not figure.person or (figure.gender and figure.gender != gender):
                continue
            score = _DECAY**distance * (_SUBJECT if appearance.subject else 1.0)
            score *= 1.0 if figure.gender else 0.7
            score *= _QUOTED if self._quotes.hold(appearance.offset) and not inside else 1.0
            score *= _OWN_CLAUSE if appearance.offset in barred else 1.0
            total = scores.get(id(figure), (0.0, figure))[0]
            scores[id(figure)] = (max(total, score) + 0.15 * min(total, score), figure)
        if self._spoken:
            figure = self._spoken[-1]
            if id(figure) in scores and figure.person:
                scores[id(figure)] = (scores[id(figure)][0] * _SPEAKER, figure)
        best = max(scores.values(), key=lambda pair: pair[0])[1] if scores else None
        # Somebody nearer, whose name the recogniser passed over, may be meant.
        return None if best is not None and best.gender is None and self._passed_over(first) else best

    def _passed_over(self, head: Token) -> bool:
        """Whether a subject before a pronoun, in its own sentence, is a name that is nobody's in the cast."""
        before = head.doc[head.sent.start : head.i]
        return any(t.pos_ == "PROPN" and t.dep_ in _SUBJECTS and self.cast.named_at(t) is None for t in before)

    def _clause_mates(self, head: Token) -> set[int]:
        """Where the other parts of the pronoun's own clause stand: "he told Trump" is not Trump."""
        return {
            char_span(token)[0]
            for kid in head.head.children
            if kid.i != head.i and kid.dep_ in ("dobj", "dative", "prep")
            for token in phrase(kid)
        }

    def _plural(self, head: Token) -> Speaker:
        """The last plural subject; a name is rarely behind a "they"."""
        offset = char_span(head)[0]
        here = self.document.sentence_at(offset)
        if here is None:
            return Speaker(None)
        for index in range(here.index, max(here.index - 3, -1), -1):
            for token in self.document.sentences[index].tokens:
                if char_span(token)[0] >= offset:
                    break
                if token.dep_ in ("nsubj", "nsubjpass") and token.tag_ in ("NNS", "NNPS"):
                    if token.lower_ in ANONYMOUS:
                        return Speaker(None, anonymous=True)
                    return Speaker(self._words(token), figure=self.cast.named_at(token))
        return Speaker(None)

    def _thing(self, head: Token) -> Figure | None:
        best: tuple[float, Figure] | None = None
        for appearance in self.cast.before(char_span(head)[0]):
            distance = self._distance(head, appearance.sentence)
            if distance > 2:
                break
            if appearance.figure.person or not appearance.subject:
                continue
            score = _DECAY**distance
            if best is None or score > best[0]:
                best = (score, appearance.figure)
        return best[1] if best else None

    def _distance(self, head: Token, sentence: int) -> int:
        here = self.document.sentence_at(char_span(head)[0])
        return here.index - sentence if here is not None else _SENTENCES_BACK

    def _between(self, first: Token, last: Token) -> str:
        return self.document.text[char_span(first)[0] : char_span(last)[1]]

    def _words(self, head: Token) -> str | None:
        """A description as a name: the noun with what stands before it and its "of" phrase, without the article."""
        tokens = [token for token in phrase(head) if token.i <= head.i or of_phrase(token, head)]
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


def _maker(head: Token, lemma: str, owner: Token | None) -> Token | None:
    """Behind "more of Putin's remarks" are the remarks, behind "making statements" whoever makes them."""
    if head.lower_ in QUANTIFIERS:
        of = child(head, "prep")
        return child(of, "pobj") if of is not None and of.lower_ == "of" else None
    if lemma not in UTTERANCES or owner is not None:
        return None
    by = next((kid for kid in head.children if kid.dep_ == "prep" and kid.lower_ in ("by", "from", "of")), None)
    if by is not None:
        return child(by, "pobj")
    return subject(head.head) if head.dep_ == "dobj" else None
