"""Resolves descriptions such as "the company" or "the city" to the only name of that kind in the text so far."""

from __future__ import annotations

from claims.extraction.coreference.people import BRAND
from claims.lexicon.pointers import CALLED, GROUPS, HOLIDAYS, PLACES, PUBLIC, STATES
from claims.lexicon.states import COUNTRIES, NATIONS

_KINDS = {"GPE": "place", "LOC": "place", "ORG": "group", "PERSON": "group", "FAC": "thing"}


class Names:
    """The names of bodies and places in a text as far as it was read, each with the kinds it was taken for."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._unknown: dict[str, str] = {}

    def met(self, figure: str, label: str, name: str) -> str | None:
        """Note a name with the recogniser's label; the kind that it was first taken for, None if it has none."""
        key = figure.lower()
        kind = "place" if key in COUNTRIES else _KINDS.get(label)
        if kind is not None:
            self._kinds.setdefault(key, kind)
            self._shown[key] = name
        return self._kinds.get(key)

    def unknown(self, name: str) -> None:
        """Note a name that the recogniser passed over: it may be of any kind."""
        self._unknown[name.lower()] = name

    def single(self, noun: str) -> str | None:
        """The one name that a noun can stand for; None if there is none, or where there are several."""
        wanted = "place" if noun in PLACES else "group"
        fitting = [key for key, kind in self._kinds.items() if kind == wanted and _may_name(noun, key)]
        firms = [name for name in self._unknown.values() if BRAND.match(name)] if noun in GROUPS else []
        if not fitting and len(firms) == len(self._unknown) == 1 and noun not in CALLED:
            return firms[0]
        if len(fitting) != 1 or any(not _one_in_other(fitting[0], name) for name in self._others(wanted)):
            return None
        return self._shown[fitting[0]]

    def _others(self, wanted: str) -> set[str]:
        """Names that may be of this kind for all that the recogniser says: it calls many a town a body."""
        bodies = {key for key, kind in self._kinds.items() if kind != wanted and " " not in key}
        return {*self._unknown, *(bodies if wanted == "place" else ())}


def _may_name(noun: str, name: str) -> bool:
    if name in HOLIDAYS:
        return False
    if noun in PLACES:
        return (name in COUNTRIES) == (noun in STATES)
    called = CALLED.get(noun)
    words = set(name.split())
    return bool(words & set(called)) if called else not words & PUBLIC and name not in NATIONS


def _one_in_other(one: str, other: str) -> bool:
    """Whether one name is in the other."""
    return one in other or other in one
