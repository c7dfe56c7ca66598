"""Tells by "he" and "she" that another person speaks than the one whom a claim names."""

from __future__ import annotations

from claims.lexicon.people import FIRST_NAMES
from claims.verification.forms.names import Name, names
from claims.verification.speaking.offices import HE_SAID, acting, in_quotes
from claims.verification.words import plain, words

_GENDERS = {"he": "m", "she": "f"}


def other_by_pronoun(claimed: Name, passage: str, before: str) -> str:
    """Who says it in a passage by "he" or "she", if the claim's speaker has a first name of the other gender.

    The full name of the person before, or the pronoun alone; empty where it may be the claim's speaker.
    """
    flat = plain(passage)
    saying = next((match for match in HE_SAID.finditer(flat) if not in_quotes(flat, match.start())), None)
    pronoun = saying.group().split()[0].lower() if saying is not None else ""
    ours, theirs = _gender_by_name(claimed), _GENDERS.get(pronoun)
    if saying is None or ours is None or theirs is None or ours == theirs:
        return ""
    leading = f"{before} {flat[: saying.start()]}"
    people = [name for phrase in acting(leading) for name in names(f"by {phrase.text}") if len(name.parts) > 1]
    return next((name.text for name in people[::-1] if _gender_by_name(name) in (None, theirs)), pronoun)


def _gender_by_name(name: Name) -> str | None:
    return next(filter(None, (FIRST_NAMES.get(word.norm) for word in words(name.text))), None)
