"""Whether a first name is a man's or a woman's, and which words are a person's name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims.extraction.text.syntax import unbroken_runs
from claims.lexicon.clauses import word_set
from claims.lexicon.people import FIRST_NAMES

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

# The words of a name that are in small letters.
_IN_NAMES = word_set(
    "de del della den der des di do dos du da das el al bin bint ibn la le van von ter ten te zu y e of the 's ’s"
)


def gender_of(first_name: str) -> str | None:
    """The gender ("m" or "f") of a first name in small letters; None if it is unknown or given to both."""
    return FIRST_NAMES.get(first_name) or _further_names().get(first_name)


@lru_cache(maxsize=1)
def _further_names() -> dict[str, str]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return {name: gender for gender, *names in rows for name in names}


def stands_as_name(token: Token) -> bool:
    """Whether a surname is one here, too: a bare subject that begins its sentence is, however it is tagged."""
    if token.pos_ != "PROPN":
        return token.dep_ in ("nsubj", "nsubjpass") and bool(token.is_sent_start) and not list(token.lefts)
    inner = any(kid.pos_ == "PROPN" and kid.dep_ == "compound" for kid in token.children)
    return token.dep_ not in ("compound", "nmod") and not inner


def single_names(entity: TokenSpan) -> list[TokenSpan]:
    """A recognised name; the names around a word in small letters that is in none ("Darko Ilic rang Petar Maric")."""
    small = (token for token in entity if token.text.islower() and token.text not in _IN_NAMES)
    if entity.label_ != "PERSON" or not any(word.i and word.nbor(-1).whitespace_ for word in small):
        return [entity]
    runs = unbroken_runs(token for token in entity if token.text[0].isupper())
    return [entity.doc[run[0].i : run[-1].i + 1] for run in runs]
