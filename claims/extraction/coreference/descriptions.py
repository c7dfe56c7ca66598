"""Resolves descriptions such as "the company" or "the city" to the only name of that kind in the text so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import Antecedent, barred, human
from claims.extraction.coreference.people import BRAND
from claims.extraction.text.syntax import lemma
from claims.lexicon.people import BODY_NOUNS
from claims.lexicon.pointers import BODIES_THAT_SPEAK, CALLED, GROUPS, HOLIDAYS, INTRODUCED, PLACES, PUBLIC, STATES
from claims.lexicon.states import CITY_STATES, COUNTRIES, NATIONS, REGIONS

_KINDS = {"GPE": "place", "LOC": "place", "ORG": "group", "PERSON": "group", "FAC": "thing"}

if TYPE_CHECKING:
    from spacy.tokens import Token

_ROUTING = frozenset({"to", "from", "on"})
# A text is about what it has named so often.
_LEADING = 2


class Names:
    """The names of organisations and places in the text read so far, with their kinds."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._unknown: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def met(self, figure: str, label: str, name: str, *, acts: bool = False) -> str | None:
        """Record a name with the recogniser's label, and return the kind first assigned to it, or None.

        A single word that ``acts`` and is taken for a place may be a firm's: "Kolt has sold its unit".
        """
        key = figure.lower()
        kind = "place" if key in COUNTRIES else _KINDS.get(label)
        if acts and kind == "place" and " " not in name and key not in COUNTRIES | REGIONS | CITY_STATES:
            self.unknown(name)
        if kind is not None:
            self._kinds.setdefault(key, kind)
            self._shown[key] = name
            self._counts[key] += 1
        return self._kinds.get(key)

    def unknown(self, name: str) -> None:
        """Record a name that the recogniser did not label and that may be of any kind."""
        self._unknown[name.lower()] = name

    def single(self, noun: str) -> str | None:
        """The only name that a noun can refer to; None if there is none, or several."""
        kind_wanted = "place" if noun in PLACES else "group"
        fitting = [key for key, kind in self._kinds.items() if kind == kind_wanted and _may_describe(noun, key)]
        firms = [name for name in self._unknown.values() if BRAND.match(name)] if noun in GROUPS else []
        if not fitting and len(firms) == len(self._unknown) == 1 and noun not in CALLED:
            return firms[0]
        if len(fitting) != 1 or any(not _one_in_other(fitting[0], name) for name in self._others(kind_wanted)):
            return None
        return self._shown[fitting[0]]

    def leading(self, noun: str) -> str | None:
        """The name that the text is about: of those that a noun can refer to, the one named most often, and twice."""
        kind_wanted = "place" if noun in PLACES else "group"
        counted = sorted(
            (self._counts[key], key)
            for key, kind in self._kinds.items()
            if kind == kind_wanted and (kind == "group" or _may_describe(noun, key))
        )
        if not counted or counted[-1][0] < max(_LEADING, *(1 + count for count, _ in counted[:-1]), 0):
            return None
        most = counted[-1][1]
        # An acronym may be a programme's, a law's or a disease's as well.
        is_open = most in REGIONS or self._shown[most].isupper() or not _may_describe(noun, most)
        return None if is_open else self._shown[most]

    def _others(self, kind_wanted: str) -> set[str]:
        """Names that may be of this kind for all that the recogniser says: it calls many a town a body."""
        bodies = {key for key, kind in self._kinds.items() if kind != kind_wanted and " " not in key}
        return {*self._unknown, *(bodies if kind_wanted == "place" else ())}


def _may_describe(noun: str, name: str) -> bool:
    if name in HOLIDAYS or _ROUTING & set(name.split()):
        return False  # "flew from Cork to Nice on Good Friday": the recogniser makes one name of two
    if name in CITY_STATES and noun in PLACES:
        # "The city" and "the territory" may both be Hong Kong.
        return True
    if noun in PLACES:
        return (name in COUNTRIES) == (noun in STATES)
    kind_names = CALLED.get(noun)
    words = set(name.split())
    return bool(words & set(kind_names)) if kind_names else not words & PUBLIC and name not in NATIONS


def named_last(name: str, token: Token, near: Sequence[Antecedent]) -> bool:
    """Whether a name is among the last mentions, and no other name since then is one that a noun may refer to."""
    named = max((mention.sentence for mention in near if mention.name == name and not mention.settled), default=None)
    if named is None:
        return False
    since = [
        mention
        for mention in near
        if mention.named and mention.sentence >= named and mention.kind in ("group", "name", "place")
    ]
    # "Apple sued the company", "Apple and the company": another mention.
    apart = any(barred(token, mention.token) for mention in since)
    return not apart and all(
        _one_in_other(name, mention.name) or not _may_be(token.lower_, mention.name) for mention in since
    )


def introduces(token: Token, before: Sequence[Token]) -> bool:
    """As in "Apple bought a firm. The company ...": whether the words before speak of another one without its name."""
    return any(
        word.pos_ == "NOUN"
        and word.dep_ not in ("attr", "appos", "compound")
        and not word.ent_type_
        and lemma(word) in INTRODUCED | GROUPS | PLACES
        and not any(kid.dep_ == "poss" or (kid.dep_ == "det" and kid.lower_ == "the") for kid in word.children)
        for word in before
        if word.doc is not token.doc or word.i < token.i
    )


def _may_be(noun: str, name: str) -> bool:
    """Whether a noun may refer to a name, whatever the recogniser says: it takes many a firm for a town."""
    name = name.lower()
    return (noun in PLACES and name in CITY_STATES) or name not in REGIONS | COUNTRIES


def _one_in_other(first: str, second: str) -> bool:
    """Whether one name is in the other."""
    first, second = first.lower(), second.lower()
    return first in second or second in first


def labels_product(token: Token) -> bool:
    """As in "the Zeta phone": a name before a thing's noun may be the thing's, and is then no company's."""
    the = any(kid.lower_ in ("the", "a", "an") for kid in token.head.lefts)
    plain = (
        token.head.pos_ == "NOUN"
        and not human(token.head)
        and lemma(token.head) not in BODY_NOUNS | GROUPS | BODIES_THAT_SPEAK
    )
    return token.dep_ in ("compound", "nmod") and the and plain and token.ent_type_ in ("ORG", "PRODUCT")
