"""Finds that a number which the claim gives as one party's is another's in the source, which has another one for it.

"Police counted 120,000 marchers" has all words of "the organisers spoke of 120,000 people; the police counted 35,000".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.extraction.text.predications import Phrase, Predication, predications
from claims.lexicon.framing import PRONOUNS
from claims.verification.evidence.sentences import sentence_texts
from claims.verification.forms.phrases import one_phrase
from claims.verification.rules.dates import without_dates
from claims.verification.rules.numbers import numbers
from claims.verification.rules.quantity import Quantity


@dataclass(frozen=True, slots=True)
class _Given:
    """A number with the party that gives or has it."""

    owner: Phrase
    number: Quantity


def number_of_another(claim: str, passage: str) -> str:
    """That the source has a claim's number of another party, in words for an editor; empty where it has not.

    A sentence must have a number of one kind for each of the two parties.
    """
    if not _figures(claim):
        return ""
    [claimed] = predications([claim])
    ours = list(_given(claimed))
    # Parsing is dear, and this is asked of every passage.
    texts = [text for text in sentence_texts(passage) if len(_figures(text)) > 1] if ours else []
    for clauses in predications(texts):
        theirs = list(_given(clauses))
        for our in ours:
            of_owner = [their for their in theirs if one_phrase(our.owner, their.owner)]
            of_others = [their for their in theirs if their not in of_owner and _is_number(our.number, their.number)]
            same_kind = [their for their in of_owner if _comparable(our.number, their.number)]
            if of_others and same_kind and not any(_is_number(our.number, their.number) for their in of_owner):
                return f"the source gives {of_others[0].number.text} for {of_others[0].owner.text}"
    return ""


def _figures(text: str) -> list[Quantity]:
    return numbers(without_dates(text))


def _given(clauses: Sequence[Predication]) -> Iterator[_Given]:
    for clause in clauses:
        owner = clause.speaker or clause.agent
        if owner is None or owner.head in PRONOUNS or owner.head[:1].isdigit() or clause.negated:
            continue
        for number in _figures(clause.clause):
            yield _Given(owner, number)


def _comparable(first: Quantity, second: Quantity) -> bool:
    return first.kind == second.kind and first.kind not in ("ordinal", "pair", "age", "duration")


def _is_number(first: Quantity, second: Quantity) -> bool:
    return _comparable(first, second) and first.low == second.low
