"""Compares two phrases of clauses: whether they name one thing, by their nouns and the names in them."""

from __future__ import annotations

from collections.abc import Sequence

from claims.extraction.text.predications import Phrase, Predication
from claims.lexicon.framing import PRONOUNS
from claims.lexicon.people import OFFICES
from claims.verification.forms.names import Name, alike, names, namesakes
from claims.verification.words import content, stem, words


def one_phrase(first: Phrase | None, second: Phrase | None) -> bool:
    """Whether two phrases name one thing: the same noun, or the same name; one of them may stand in apposition."""
    if first is None or second is None:
        return False
    if not _same_names(_whole_text(first), _whole_text(second)):
        return False
    return any(_one_noun(our, their) for our in first.forms for their in second.forms)


def _whole_text(some: Phrase) -> str:
    return ", ".join(form.text for form in some.forms)


def _one_noun(first: Phrase, second: Phrase) -> bool:
    if stem(first.head) == stem(second.head):
        alone = content(first.text) == content(second.text)
        return _same_names(first.text, second.text) and (alone or not first.head[:1].isdigit())
    ours, theirs = names(f"by {first.text}"), names(f"by {second.text}")
    return any(alike(our, their) for our in ours for their in theirs)


def _same_names(first: str, second: str) -> bool:
    """Whether two phrases with one noun have no names that are another's: "the mayor of A", "the mayor of B"."""
    ours, theirs = phrase_names(first, second), phrase_names(second, first)
    return (
        not ours
        or not theirs
        or any(alike(our, their) is not False and not namesakes(our, their) for our in ours for their in theirs)
    )


def fills(our: Phrase, their: Phrase | None, clauses: Sequence[Predication]) -> bool:
    """Whether a phrase of the source names what a phrase of the claim names; "it" refers to one named beside it."""
    if their is None:
        return False
    if their.head in PRONOUNS:
        return any(one_phrase(our, named) for other in clauses for named in (other.agent, other.patient))
    if our.part != their.part or not _same_names(_whole_text(our), _whole_text(their)):
        return False
    return any(_one_noun(a, b) and _named_alike(a.text, b.text) for a in our.forms for b in their.forms)


def _named_alike(first: str, second: str) -> bool:
    """Whether the names of one phrase are those of the other, where both have some: "Mara Lind" is not "Olga Lind"."""
    ours, theirs = phrase_names(first, second), phrase_names(second, first)
    return not theirs or all(any(alike(our, their) for their in theirs) for our in ours)


def phrase_names(phrase: str, beside: str) -> list[Name]:
    """The names of a phrase; a word that the other phrase has in small letters is none ("Customs", "customs").

    Neither is that of an office, which has a capital as the first of its sentence: "Deputy mayor Rui Lima".
    """
    small = {word.text for word in words(beside) if word.text.islower()} | OFFICES
    return [name for name in names(f"by {phrase}") if name.text.lower() not in small]
