"""Similar spellings of names: transliterations, spelling mistakes, and short forms of first names.

"Degtyarev" and "Degtyaryov", "Muhammad" and "Mohamed", "Bob" and "Robert". Such names are not compared, because they
may belong to one person or to two.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from claims.lexicon.people import NICKNAMES

# Letters and groups of letters that transliterations from Cyrillic, Arabic and other scripts exchange, in this order.
_EXCHANGED = (
    (r"sch|sh|tch|ch|cz|tsch", "s"), (r"zh|dzh|dj|j", "z"), (r"kh|gh|q|ck|c", "k"), (r"ph", "f"), (r"th", "t"),
    (r"w|ff", "v"), (r"x", "ks"), (r"\Bh", ""), (r"ou|oo", "u"), (r"[iy]?[oe](?=[vw]\b)", "e"), (r"y[oe]|io|ie", "e"),
    (r"[iyj]+", "i"), (r"[ae]i\b", "i"), (r"ai|ei", "i"),
)  # fmt: skip
_RULES = tuple((re.compile(pattern), put) for pattern, put in _EXCHANGED)
_TWICE = re.compile(r"(.)\1")
# From this length on one letter may differ, from the second on two.
_LONG, _LONGER = 4, 8
# A common beginning of so many letters, with at most this many after it, is that of one name in two forms.
_ROOT, _ENDING = 5, 4
# So many consonants are needed for two names to be alike by them alone, as in Arabic names.
_CONSONANTS = 3


@lru_cache(maxsize=4096)
def sounded(name: str) -> str:
    """One form for the different transliterations of a name; ``name`` is in lower case."""
    for pattern, replacement in _RULES:
        name = pattern.sub(replacement, name)
    return _TWICE.sub(r"\1", name)


def spelt_alike(first: str, second: str) -> bool:
    """Whether two names (in lower case, without accents) may be spellings of the same name."""
    if sounded(first) == sounded(second):
        return True
    shorter = min(len(first), len(second))
    if shorter < _LONG:
        return False
    if min(OSA.distance(first, second), OSA.distance(sounded(first), sounded(second))) <= (
        2 if shorter >= _LONGER else 1
    ):
        return True
    if _one_root(sounded(first), sounded(second)):
        return True
    bones = _bones(first)
    return len(bones) >= _CONSONANTS and bones == _bones(second) and first[0] == second[0]


def _one_root(first: str, second: str) -> bool:
    """Whether two names share a long beginning and differ only in a short ending: "Bogorod", "Bogorodsky"."""
    shared = next(
        (place for place, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]),
        min(len(first), len(second)),
    )
    return shared >= _ROOT and max(len(first), len(second)) - shared <= _ENDING


def _bones(name: str) -> str:
    """The consonants alone."""
    return re.sub(r"[aeiouy]", "", sounded(name))


def nickname(first: str, second: str) -> bool:
    """Whether one first name is a short form of the other, or both of a third: "bob", "robert"."""
    return bool(NICKNAMES.get(first, frozenset((first,))) & NICKNAMES.get(second, frozenset((second,))))
