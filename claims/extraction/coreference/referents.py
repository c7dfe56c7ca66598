"""Whom a pronoun or words like "the city" mean: a small resolver that abstains when two answers are about equal.

Candidates are weighed by recency, subjecthood and place in the sentence (after Lappin and Leass 1994), and each
pronoun that is settled becomes a candidate itself (after the centering theory of Grosz, Joshi and Weinstein 1995).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import (
    SUBJECTS,
    Antecedent,
    apposed,
    clause,
    doubtful,
    held,
    human,
    is_definite,
    is_subject,
    kinds,
    last_word,
    may_be_called,
    same,
    score,
    small,
    top,
)
from claims.extraction.coreference.people import Appearance, Cast, Figure
from claims.extraction.coreference.pronouns import empty
from claims.extraction.text.document import Document, Sentence, char_span
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import lemma, phrase
from claims.lexicon.people import FEMALE_WORDS, MALE_WORDS, NATIONS, ROLES, TITLES
from claims.lexicon.pointers import GROUPS, HE, NARROWING, PLACES, SHE, STATES, THEY, THIRD
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_INNER = ("poss", "compound", "amod", "nmod")
# Sentences that are looked back over, and the lead that the best candidate needs over the next: set while the
# statements of about a dozen PolNeAR dev articles and web pages were read; not yet counted on annotated data.
_BACK = 3
_LEAD = 0.5
# "The company" is said of any name that looks like one: only one that is also the subject, or alone, will do.
_CLEAR_LEAD = 1.0
_LONGEST = 7


class Referents:
    """What the pronouns and definite nouns of a document go back to, settled once in reading order.

    ``known`` are pronouns that are settled already (speakers), by their spans; ``voices`` are quotations with
    their speakers, whom a third-person pronoun inside cannot mean.
    """

    def __init__(
        self,
        document: Document,
        quoted: Sequence[Span] = (),
        known: Mapping[Span, str] | None = None,
        voices: Iterable[tuple[Span, str]] = (),
    ) -> None:
        self._document, self._quotes, self._known = document, Stretches(quoted), dict(known or {})
        ordered = sorted(voices)
        self._spoken, self._voices = Stretches(span for span, _ in ordered), [name for _, name in ordered]
        self._cast = Cast(document)
        self._genders: dict[str, str] = {}
        self._sorts: dict[Figure, str] = {}
        self._longest: dict[Figure, str] = {}
        self._called: dict[int, str] = {}
        self._recent: deque[Antecedent] = deque()
        self._answers: dict[int, str | None] = {}
        for sentence in document.sentences:
            self._read(sentence)

    def answer(self, token: Token) -> str | None:
        """The name that a token goes back to; None where that is not certain enough."""
        return self._answers.get(char_span(token)[0])

    def name(self, token: Token) -> str | None:
        """The name of the figure that a token mentions, or goes back to."""
        appearance = self._cast.at(char_span(token)[0])
        return self._called.get(appearance.offset) if appearance is not None else self.answer(token)

    def _read(self, sentence: Sentence) -> None:
        self._cast.read(sentence.block)
        while self._recent and sentence.index - self._recent[0].sentence > _BACK:
            self._recent.popleft()
        for token in sentence.tokens:
            offset = char_span(token)[0]
            if token.lower_ in THIRD:
                self._settle(token, offset, sentence)
            elif token.pos_ == "NOUN" and token.lower_ in PLACES | GROUPS and is_definite(token):
                kind = "place" if token.lower_ in PLACES else "group"
                found = self._best(token, offset, sentence, (kind,))
                self._answers[offset] = found.name if found else None
                if found is not None:
                    self._add(found.name, found.kind, None, token, sentence, inner=False, named=True)
                    continue
            appearance = self._cast.at(offset)
            if appearance is not None and appearance.offset == offset:
                self._meet(appearance, sentence)
            elif token.dep_ in SUBJECTS and token.pos_ == "PROPN" and not token.ent_type_:
                self._unlabelled(token, sentence)
            elif token.pos_ == "NOUN" and not token.ent_type_ and held(token):
                self._mention(token, offset, sentence)

    def _settle(self, token: Token, offset: int, sentence: Sentence) -> None:
        # Who speaks is known by better means than these, but for things and bodies.
        person = token.lower_ in HE | SHE and not self._quotes.hold(offset)
        name = self._known.get(char_span(token)) if person else None
        found = None if name or empty(token) else self._best(token, offset, sentence, kinds(token))
        if found is not None:
            name = found.name
        self._answers[offset] = name
        if name is None:
            return
        if token.lower_ in HE | SHE:
            self._genders.setdefault(last_word(name), "m" if token.lower_ in HE else "f")
        kind = found.kind if found is not None else kinds(token)[0]
        named = found.named if found is not None else name[:1].isupper()
        gender = self._genders.get(last_word(name))
        self._add(name, kind, gender, token, sentence, inner=token.dep_ == "poss", named=named)

    def _best(self, token: Token, offset: int, sentence: Sentence, wanted: tuple[str, ...]) -> Antecedent | None:
        quoted = self._quotes.hold(offset)
        voice = self._voice(offset)
        if quoted:
            return self._only(token, sentence, voice)
        if voice is not None and token.lower_ in THEY:
            # Whom somebody means by "they" is told in his own sentence or not at all.
            return None
        scores: dict[str, float] = {}
        latest: dict[str, Antecedent] = {}
        for one in self._considered(token, sentence, wanted):
            if not self._fits(token, one):
                continue
            found = score(token, sentence, one) - (1.0 if one.quoted else 0.0)
            if found >= scores.get(one.key, -1.0):
                scores[one.key], latest[one.key] = found, one
        ranked = sorted(scores, key=lambda name: -scores[name])
        lead = _CLEAR_LEAD if token.lower_ in GROUPS else _LEAD
        if not ranked or (len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < lead):
            return None
        best = latest[ranked[0]]
        return None if doubtful(token, best, scores[best.key], latest.values()) else best

    def _only(self, token: Token, sentence: Sentence, voice: str | None) -> Antecedent | None:
        """Whom somebody else's words mean: the one named person of that gender who is near, or nobody."""
        if token.lower_ not in HE | SHE:
            return None
        wanted = "m" if token.lower_ in HE else "f"
        near = [one for one in self._considered(token, sentence, kinds(token)) if self._fits(token, one)]
        others = {one.key: one for one in near if not (voice and same(one.name, voice))}
        if len(others) != 1:
            return None
        (one,) = others.values()
        gender = one.gender or self._genders.get(last_word(one.name))
        return one if one.named and one.kind == "person" and gender == wanted else None

    def _considered(self, token: Token, sentence: Sentence, wanted: tuple[str, ...]) -> list[Antecedent]:
        taken = wanted if token.lower_ in THEY else (*wanted, "name")
        fitting = [one for one in self._recent if one.kind in taken]
        if token.lower_ not in PLACES or any(sentence.index - one.sentence <= 1 for one in fitting):
            return fitting
        # No place is near: the recogniser calls many a town an organisation.
        return [*fitting, *(one for one in self._recent if one.kind == "group" and " " not in one.name)]

    def _fits(self, token: Token, one: Antecedent) -> bool:
        wanted = "m" if token.lower_ in HE else "f" if token.lower_ in SHE else None
        known = one.gender or self._genders.get(last_word(one.name))
        if wanted is not None and known is not None and wanted != known:
            return False
        if token.lower_ in PLACES and one.kind == "place" and (token.lower_ in STATES) != (one.name.lower() in NATIONS):
            return False
        if token.lower_ in GROUPS and not may_be_called(token.lower_, one.name):
            return False
        near = one.token.doc is token.doc and one.token.sent.start == token.sent.start
        # "X praised him": he is not X; "X praised his team" he may be.
        object_ = token.dep_ in ("dobj", "pobj", "dative")
        return not (near and object_ and one.subject and clause(one.token).i == clause(token).i)

    def _meet(self, appearance: Appearance, sentence: Sentence) -> None:
        figure = appearance.figure
        at = next((t for t in sentence.tokens if char_span(t)[0] == appearance.offset), None)
        if at is None:
            return
        label = {"GPE": "place", "LOC": "place", "ORG": "group", "PERSON": "group"}.get(at.ent_type_)
        # What was a body before stays one where the recogniser wavers.
        kind = "person" if figure.person else self._sorts.get(figure, label)
        if label is not None and not figure.person:
            self._sorts.setdefault(figure, label)
        name = self._so_far(figure, self._document.words((appearance.offset, appearance.end)))
        self._called[appearance.offset] = name
        if kind is None or (name.isupper() and " " in name) or name.lower() in GROUPS | PLACES | ROLES:
            return
        if kind == "person" and figure.gender is None and not any(" " in known for known in figure.names):
            # One word and nothing known of it: the recogniser calls many a town a person.
            kind = "name"
        token = top(at, appearance.end)
        self._add(name, kind, figure.gender, token, sentence, inner=token.dep_ in _INNER, named=True)

    def _so_far(self, figure: Figure, words: str) -> str:
        """The longest name that the text has given until here: what comes later must change no claim before it."""
        words = " ".join(words.split())
        known = self._longest.get(figure, "")
        if len(words) > len(known):
            self._longest[figure] = words
            return words
        return known

    def _mention(self, token: Token, offset: int, sentence: Sentence) -> None:
        words = [other for other in phrase(token) if other.i <= token.i]
        plural = token.tag_ == "NNS"
        if any(other.lower_ in NARROWING for other in words) or apposed(token):
            return
        determined = words[0].lower_ in ("the", "a", "an", "this", "that", "these", "those")
        if len(words) > _LONGEST or not (determined or (plural and words[0].pos_ in ("NOUN", "ADJ"))):
            return
        kind = "person" if human(token) else "thing"
        start = char_span(words[1] if determined and len(words) > 1 else words[0])[0]
        end = char_span(token)[1]
        known = self._known.get((char_span(words[0])[0], end))
        if known is not None and known[:1].isupper():
            kind = "person" if human(token) else "group" if token.lower_ in GROUPS else kind + ("s" if plural else "")
            gender = self._genders.get(last_word(known)) if kind == "person" else None
            self._add(known, kind, gender, token, sentence, inner=False, named=True)
            return
        name = f"{'the ' if determined else ''}{small(self._document.text[start:end], words[0])}"
        gender = "f" if lemma(token) in FEMALE_WORDS else "m" if lemma(token) in MALE_WORDS else None
        self._add(name, kind + ("s" if plural else ""), gender, token, sentence, inner=token.dep_ == "poss")

    def _unlabelled(self, token: Token, sentence: Sentence) -> None:
        """A name that the recogniser passed over: the whole of it or nothing, and no title without its name."""
        parts = [*(kid for kid in token.lefts if kid.dep_ in ("compound", "nmod", "amod")), token]
        titled = {part.lower_.rstrip(".") for part in parts} & (TITLES | ROLES | GROUPS | PLACES)
        if titled or any(part.pos_ != "PROPN" or part.ent_type_ for part in parts):
            return
        self._add(" ".join(part.text for part in parts), "name", None, token, sentence, inner=False, named=True)

    def _add(
        self,
        name: str,
        kind: str,
        gender: str | None,
        token: Token,
        sentence: Sentence,
        *,
        inner: bool,
        named: bool = False,
    ) -> None:
        self._recent.append(
            Antecedent(
                name=name,
                kind=kind,
                gender=gender,
                sentence=sentence.index,
                subject=is_subject(token),
                inner=inner,
                quoted=self._quotes.hold(char_span(token)[0]),
                named=named,
                token=token,
            )
        )

    def _voice(self, offset: int) -> str | None:
        place = self._spoken.at(offset)
        return self._voices[place] if place is not None else None
