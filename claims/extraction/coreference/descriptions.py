"""Resolves descriptions such as "the company" or "the city" to the only name of that kind in the text so far."""

from __future__ import annotations

from claims.extraction.coreference.people import BRAND
from claims.lexicon.pointers import CALLED, GROUPS, HOLIDAYS, PLACES, PUBLIC, STATES
from claims.lexicon.states import CITY_STATES, COUNTRIES, NATIONS

_KINDS = {"GPE": "place", "LOC": "place", "ORG": "group", "PERSON": "group", "FAC": "thing"}


class Names:
    """The names of organisations and places in the text read so far, with their kinds."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._unknown: dict[str, str] = {}

    def met(self, figure: str, label: str, name: str) -> str | None:
        """Record a name with the recogniser's label, and return the kind first assigned to it, or None."""
        key = figure.lower()
        kind = "place" if key in COUNTRIES else _KINDS.get(label)
        if kind is not None:
            self._kinds.setdefault(key, kind)
            self._shown[key] = name
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

    def _others(self, kind_wanted: str) -> set[str]:
        """Names that may be of this kind for all that the recogniser says: it calls many a town a body."""
        bodies = {key for key, kind in self._kinds.items() if kind != kind_wanted and " " not in key}
        return {*self._unknown, *(bodies if kind_wanted == "place" else ())}


def _may_describe(noun: str, name: str) -> bool:
    if name in HOLIDAYS:
        return False
    if name in CITY_STATES and noun in PLACES:
        # "The city" and "the territory" may both be Hong Kong.
        return True
    if noun in PLACES:
        return (name in COUNTRIES) == (noun in STATES)
    kind_names = CALLED.get(noun)
    words = set(name.split())
    return bool(words & set(kind_names)) if kind_names else not words & PUBLIC and name not in NATIONS


def _one_in_other(first: str, second: str) -> bool:
    """Whether one name is in the other."""
    return first in second or second in first
