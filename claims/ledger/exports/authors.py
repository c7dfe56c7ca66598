"""The author of a claim as a schema.org type: a person, an organization, or neither if that is not known. Pure."""

from __future__ import annotations

import re

from claims.lexicon.people import (
    ANONYMOUS,
    BODIES,
    BRANDS,
    FIRST_NAMES,
    LEADERS,
    PERSONAL_TITLES,
    PLACES_TOO,
    ROLES,
)
from claims.lexicon.states import NATIONS
from claims.records import OutletDirectory

PERSON, ORGANISATION = "Person", "Organization"

_BEFORE_HEAD = re.compile(r"\s+(?:of|for|at|in|to|on)\s+", re.I)
_NAME = re.compile(r"[^\W\d_][\w.’'-]*")


def author_type(name: str, outlets: OutletDirectory | None, text: str = "") -> str | None:
    """``Person`` or ``Organization`` if it is known which a name is, else None.

    Outlets are known from the directory, organizations by a noun in their name, people by an office, a title or a first
    name, and a surname by the full name in the article's ``text``.
    """
    outlet = outlets and (outlets.by_handle(name) if name.startswith("@") else outlets.by_name(name))
    if outlet and not outlet.ambiguous:  # "Time" and "Fox" are also ordinary words, and people are called so
        return ORGANISATION
    words = [word.casefold() for word in _NAME.findall(name)]
    head = [word.casefold() for word in _NAME.findall(_BEFORE_HEAD.split(name)[0])]
    if not head or "&" in name:
        return None
    body = head[-1] in BODIES or (len(words) == 1 and words[0] in BRANDS)
    human = _human(head, words) or (len(words) == 1 and _given_in_full(words[0], text))
    if body != human:
        return ORGANISATION if body else PERSON
    return None


def _human(head: list[str], words: list[str]) -> bool:
    """Whether a name is that of a person: by an office, a title before it, a first name, or as a known leader."""
    if head[-1] in ROLES - ANONYMOUS:
        return True
    if words[0] in PERSONAL_TITLES and len(words) > 1:
        return True
    if len(words) == 1:
        return words[0].capitalize() in LEADERS and words[0] not in NATIONS
    return words[0] in FIRST_NAMES and words[0] not in PLACES_TOO and len(words) <= 4


def _given_in_full(surname: str, text: str) -> bool:
    """Whether the article names somebody of this surname with a first name or a title."""
    before = re.findall(rf"\b([^\W\d_]+)\.?\s+{re.escape(surname)}\b", text, re.I)
    known = (FIRST_NAMES.keys() - PLACES_TOO) | PERSONAL_TITLES
    return any(word[:1].isupper() and word.casefold() in known for word in before)
