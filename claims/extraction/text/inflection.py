"""The verb behind an -ing form, misspelt ones included."""

from __future__ import annotations

import re
from functools import lru_cache

from claims.lexicon.verbs import SPEAKING, gerund

_DOUBLED = re.compile(r"(.)\1")


def base(participle: str, lemma: str) -> str:
    """The lemma of an -ing form; a misspelt double letter of a speech verb is corrected."""
    word = participle.lower()
    right, verb = _verbs_of_saying().get(_without_doubling(word), (word, ""))
    return lemma.lower() if word == right else verb


@lru_cache(maxsize=1)
def _verbs_of_saying() -> dict[str, tuple[str, str]]:
    """The -ing forms of verbs of saying without doubled letters, each with its right spelling and its verb."""
    return {_without_doubling(gerund(verb)): (gerund(verb), verb) for verb in SPEAKING}


def _without_doubling(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)
