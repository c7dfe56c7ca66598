"""Whom a pronoun or a word like "the city" means: a small resolver that says so when it does not know.

Candidates are the names before it, weighed by recency and by whether they are subjects (after the salience
weights of Lappin and Leass 1994, cut down to what a news text needs). Where two are about equal it abstains.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims.extraction.sentences import Document, Sentence, char_span

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

HE = frozenset({"he", "him", "his"})
SHE = frozenset({"she", "her", "hers"})
THEY = frozenset({"they", "them", "their", "theirs"})
IT = frozenset({"it", "its"})
THIRD = HE | SHE | THEY | IT
# Nouns that go back to a name of this type.
PLACES = frozenset(["city", "town", "village", "capital", "region", "country", "nation", "state", "province", "county", "island", "republic"])
GROUPS = frozenset(
    ["company", "firm", "agency", "organisation", "organization", "party", "group", "ministry", "department", "bank", "court", "committee", "union", "club", "team", "university", "airline", "carrier", "broadcaster", "network", "newspaper", "watchdog", "regulator", "charity"]
)
_TITLES = {
    "mr": "he",
    "mr.": "he",
    "mrs": "she",
    "mrs.": "she",
    "ms": "she",
    "ms.": "she",
    "sir": "he",
    "lord": "he",
    "king": "he",
    "queen": "she",
    "lady": "she",
}
_SUBJECTS = ("nsubj", "nsubjpass")
# Sentences that a pronoun looks back over, and the lead that the best candidate needs over the next one:
# chosen by reading 150 resolutions in PolNeAR's train articles.
_BACK = 3
_LEAD = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name in the text: ``kind`` is person, place or group."""

    name: str
    kind: str
    offset: int
    end: int
    sentence: int
    subject: bool
    owner: bool
    token: Token
    gender: str | None


@lru_cache(maxsize=1)
def _genders() -> dict[str, str]:
    lines = Path(__file__).with_name("genders.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return {name: pronoun for pronoun, names in pairs for name in names.split()}


class Referents:
    """The names of a document, in order, asked for what a word goes back to."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._full: dict[str, str] = {}
        self._people, self._places = _votes(document)
        self._genders: dict[str, str] = {}
        self._named = [name for sentence in document.sentences for name in self._names(sentence)]
        self._offsets = [name.offset for name in self._named]

    def pronoun(self, token: Token, sentence: Sentence, *, barred: frozenset[str] = frozenset()) -> str | None:
        """The name that a third-person pronoun stands for, None where that is not certain enough."""
        kinds = _kinds(token)
        found = self._best(token, sentence, kinds, barred)
        if found is not None and found.kind == "person" and token.lower_ in HE | SHE:
            self._genders.setdefault(found.name, "he" if token.lower_ in HE else "she")
        return found.name if found is not None else None

    def noun(self, token: Token, sentence: Sentence) -> str | None:
        """The name that "the city" or "the company" goes back to, None where that is not certain enough."""
        kind = "place" if token.lower_ in PLACES else "group"
        found = self._best(token, sentence, (kind,), frozenset())
        return found.name if found is not None else None

    def _best(self, token: Token, sentence: Sentence, kinds: tuple[str, ...], barred: frozenset[str]) -> Named | None:
        offset = char_span(token)[0]
        scores: dict[str, float] = {}
        latest: dict[str, Named] = {}
        first = bisect_left(self._offsets, offset)
        for place in range(first - 1, -1, -1):
            named = self._named[place]
            if sentence.index - named.sentence > _BACK:
                break
            if named.kind not in kinds or _known_as(named.name, barred) or not self._fits(token, named):
                continue
            score = self._score(token, sentence, named)
            if score > scores.get(named.name, -1.0):
                scores[named.name], latest[named.name] = score, named
        ranked = sorted(scores, key=lambda name: -scores[name])
        if not ranked or (len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < _LEAD):
            return None
        return latest[ranked[0]]

    def _fits(self, token: Token, named: Named) -> bool:
        wanted = "he" if token.lower_ in HE else "she" if token.lower_ in SHE else None
        known = named.gender or self._genders.get(named.name)
        if wanted is not None and known is not None and wanted != known:
            return False
        same = named.token.doc is token.doc and named.token.sent.start == token.sent.start
        # "X praised him": him is not X; "X praised his team" may be.
        return not (
            same
            and token.dep_ in ("dobj", "pobj", "dative")
            and named.subject
            and _clause(named.token).i == _clause(token).i
        )

    @staticmethod
    def _score(token: Token, sentence: Sentence, named: Named) -> float:
        distance = sentence.index - named.sentence
        score = 3.0 - distance + (1.0 if named.subject else 0.0) - (0.5 if named.owner else 0.0)
        if distance == 0 and named.subject and token.dep_ in (*_SUBJECTS, "poss"):
            score += 0.5
        return score

    def _names(self, sentence: Sentence) -> list[Named]:
        found = []
        for entity in sentence.tokens.ents:
            kind = self._kind(entity)
            if kind is None:
                continue
            span = char_span(entity)
            name = self._canonical(entity, kind)
            root = entity.root
            found.append(
                Named(
                    name=name,
                    kind=kind,
                    offset=span[0],
                    end=span[1],
                    sentence=sentence.index,
                    subject=root.dep_ in _SUBJECTS,
                    owner=root.dep_ in ("poss", "compound", "amod", "nmod"),
                    token=root,
                    gender=self._gender(entity) if kind == "person" else None,
                )
            )
        return found

    def _kind(self, entity: TokenSpan) -> str | None:
        last = entity[-1] if entity[-1].text not in ("'s", "’s") or len(entity) == 1 else entity[-2]
        if entity.label_ in ("PERSON", "ORG", "GPE") and last.text in self._people:
            return "person"
        if entity.label_ == "PERSON":
            return "place" if last.text in self._places else "person"
        return {"GPE": "place", "LOC": "place", "ORG": "group", "NORP": None, "FAC": None}.get(entity.label_)

    def _canonical(self, entity: TokenSpan, kind: str) -> str:
        words = [token.text for token in entity if token.text not in ("'s", "’s")]
        name = " ".join(words) if words else str(entity.text)
        if kind == "person":
            if len(words) > 1:
                self._full.setdefault(words[-1], name)
            elif words:
                return self._full.get(words[-1], name)
        elif kind == "group":
            return name.removeprefix("the ").removeprefix("The ")
        return name

    def _gender(self, entity: TokenSpan) -> str | None:
        before = entity[0].nbor(-1).lower_ if entity[0].i > 0 else ""
        name = self._canonical(entity, "person")
        return _TITLES.get(before) or _genders().get(name.split()[0].lower() if " " in name else "")


def _known_as(name: str, others: frozenset[str]) -> bool:
    return any(name.split()[-1:] == other.split()[-1:] for other in others)


def _kinds(token: Token) -> tuple[str, ...]:
    if token.lower_ in HE | SHE:
        return ("person",)
    return ("group",) if token.lower_ in THEY else ("group", "place")


def _clause(token: Token) -> Token:
    while token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def _votes(document: Document) -> tuple[frozenset[str], frozenset[str]]:
    """The last words of names that are people's, and those that are places, by what the parser says most often.

    One name is labelled now so, now so; a first name before it settles that it is a person's.
    """
    people: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for sentence in document.sentences:
        for entity in sentence.tokens.ents:
            words = [token.text for token in entity if token.text not in ("'s", "’s")]
            if not words:
                continue
            if entity.label_ == "PERSON":
                people[words[-1]] += 3 if len(words) > 1 else 1
            elif entity.label_ in ("GPE", "LOC"):
                places[words[-1]] += 1
            elif entity.label_ == "ORG":
                people[words[-1]] -= 1
    named = frozenset(name for name, count in people.items() if count > 0 and count > places[name])
    return named, frozenset(name for name in places if name not in named)
