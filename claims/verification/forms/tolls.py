"""The count of dead, injured or missing as news gives it: "the death toll was lowered to 9 from 12"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.extraction.text.predications import predications
from claims.lexicon.evidence import TOLL_NOUNS, TOLL_VERBS
from claims.records import QuantityFinding
from claims.verification.forms.deeds import asserted_clauses
from claims.verification.words import content, stem

_TOLL = re.compile(
    rf"\b(?:(?P<of>death|casualty)?\s?toll|(?:number|count)\sof\s(?:\w+\s)?(?P<noun>{'|'.join(TOLL_NOUNS)}))\b",
    re.I,
)
# Words of a claim that the noun of a toll says as well: "killed 11 people" is "the number of dead ... 11".
_SAID_BY_TOLL = frozenset(map(stem, ("people", "persons", "number", "toll", "total")))


def toll_told(claim: str, sentences: Sequence[str], quantities: Sequence[QuantityFinding]) -> bool:
    """Whether a sentence gives what a claim counts as a toll, with a number that agrees.

    "Killed 9 people" is "the number of dead was lowered to 9". ``quantities`` are the claim's compared numbers.
    """
    counts = [finding for finding in quantities if finding.kind == "count"]
    if not counts or not all(finding.agrees for finding in counts):
        return False
    main = asserted_clauses(predications([claim])[0])
    counted = TOLL_VERBS.get(stem(main[0].predicate.split()[0])) if len(main) == 1 and not main[0].negated else None
    if counted is None:
        return False
    figures = [finding.found or "" for finding in counts]
    rest = claim
    for finding in counts:
        rest = rest.replace(finding.claimed if finding.claimed in rest else finding.found or "", " ", 1)
    return any(
        _gives_toll(rest, counted, sentence) and all(_has_figure(sentence, figure) for figure in figures)
        for sentence in sentences
    )


def _has_figure(sentence: str, figure: str) -> bool:
    """Whether a sentence has a figure that is not part of a longer one: "9" does not stand in "19" or "9.5"."""
    return re.search(rf"(?<![\w.,]){re.escape(figure)}(?![\w]|[.,]\d)", sentence) is not None


def _gives_toll(claim: str, counted: str, sentence: str) -> bool:
    """Whether a sentence gives a toll of what a claim without its numbers counts, and has all its other words."""
    match = _TOLL.search(sentence)
    if match is None or TOLL_NOUNS.get((match["noun"] or match["of"] or "death").lower()) != counted:
        return False
    verbs = {verb for verb, meaning in TOLL_VERBS.items() if meaning == counted}
    return set(content(claim)) - verbs - _SAID_BY_TOLL <= set(content(sentence))
