"""English verb forms, as far as a participle that becomes a sentence of its own needs them."""

from __future__ import annotations

import re
from functools import lru_cache

from claims.lexicon.clauses import PAST, TELLING

_DOUBLED = re.compile(r"(.)\1")


def past(lemma: str) -> str:
    """The past tense of a verb: "suggest" -> "suggested", "tell" -> "told"."""
    if lemma in PAST:
        return PAST[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if len(lemma) > 2 and lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + "ed"


def present(lemma: str, *, plural: bool) -> str:
    """The present tense of a verb in the third person: "suggest" -> "suggests", of more than one "suggest"."""
    if plural:
        return "are" if lemma == "be" else lemma
    if lemma in ("be", "have"):
        return "is" if lemma == "be" else "has"
    if len(lemma) > 2 and lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def base(participle: str, lemma: str) -> str:
    """The lemma behind an -ing form; a speech verb with a letter doubled too little or too much is mended."""
    said = participle.lower()
    right = _singles().get(_single(said))
    return right[:-3] if right is not None and said not in TELLING else lemma.lower()


@lru_cache(maxsize=1)
def _singles() -> dict[str, str]:
    return {_single(right): right for right in reversed(tuple(TELLING))}


def _single(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)
