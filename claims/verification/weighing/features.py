"""The features of a claim and a page's passages from which a probability is computed.

Every feature is a number that can be computed by hand from the passages and the judge's answers; the weights are in
``weights.json``. An entailment model and word overlap are combined because together they were measured to be better
than each alone (model/CARD.md).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from math import log, log1p

from claims.records import Probabilities, QuantityFinding
from claims.verification.evidence.passages import Ranked, Window
from claims.verification.forms.names import names
from claims.verification.rules.polarity import denied, opposite
from claims.verification.rules.quantities import compare
from claims.verification.words import content, coverage, weight

# Log odds are clipped at this value, beyond which all answers are equally certain.
_SURE = 6.0


def features(
    claim: str,
    ranked: Ranked,
    windows: Sequence[Window],
    answers: Sequence[Probabilities],
    compared: Sequence[tuple[QuantityFinding, ...]] | None = None,
) -> dict[str, float]:
    """The features by name; a page without any passage near the claim gives the values of a page that lacks it.

    ``windows`` are the passages of the page ``ranked`` that were read, ``answers`` a judge's to each of them and, the
    last, to the nearest read as one; ``compared`` are the windows' numbers, dates and names compared, where known.
    """
    claim_words, passages = content(claim), [window.content for window in windows]
    *each, together = answers
    place = max(range(len(windows)), key=lambda number: coverage(claim_words, passages[number]), default=None)
    nearest = windows[place].passage.text if place is not None else ""
    findings: tuple[QuantityFinding, ...] = ()
    if place is not None and nearest:
        findings = compared[place] if compared is not None else _nearest_compared(claim, windows[place], ranked)
    return {
        **_judged(each, together),
        **_unsaid(together),
        **_covered(claim_words, passages, ranked.sequence),
        **_lacking(claim, claim_words, ranked.sequence),
        **_ruled(claim, claim_words, nearest, findings),
        "length": log1p(len(claim_words)),
        "page_length": log1p(len(ranked.windows)),
    }


def _nearest_compared(claim: str, window: Window, ranked: Ranked) -> tuple[QuantityFinding, ...]:
    context = f"{window.before} {window.context}"
    return compare(claim, window.passage.text, context=context, page=ranked.vocabulary)


def odds(probability: float) -> float:
    """The log odds of a probability, clipped at both ends."""
    inside = min(max(probability, 1e-6), 1 - 1e-6)
    return min(max(log(inside / (1 - inside)), -_SURE), _SURE)


def _judged(answers: Sequence[Probabilities], together: Probabilities) -> dict[str, float]:
    supporting = sorted((odds(answer.supported) for answer in answers), reverse=True) or [-_SURE]
    denied = max((odds(answer.refuted) for answer in answers), default=-_SURE)
    return {
        "supported_best": supporting[0],
        "supported_second": supporting[1] if len(supporting) > 1 else supporting[0] - 1,
        "supported_mean": sum(supporting[:3]) / len(supporting[:3]),
        "supported_together": odds(together.supported) if answers else -_SURE,
        "refuted_best": denied,
        "refuted_together": odds(together.refuted) if answers else -_SURE,
    }


def _unsaid(together: Probabilities) -> dict[str, float]:
    """How little the passages say of the claim's words: the least said one, and the mean; 0 without marks."""
    marks = [mark.unsaid for mark in together.words]
    return {"unsaid_most": max(marks, default=0.0), "unsaid_mean": sum(marks) / max(1, len(marks))}


def _covered(
    claim_words: Sequence[str], passages: Sequence[Sequence[str]], readable: Sequence[str]
) -> dict[str, float]:
    """Shares of the claim's words, word pairs and longest run that the passages and the page have."""
    best = max((coverage(claim_words, passage) for passage in passages), default=0.0)
    union = {word for passage in passages for word in passage}
    pairs = _neighbouring_words(claim_words)
    runs = [_longest_shared_run(claim_words, passage) for passage in passages[:3]]
    return {
        "covered_best": best,
        "covered_union": coverage(claim_words, union),
        "covered_page": coverage(claim_words, readable),
        "pairs_best": max((_share(pairs, _neighbouring_words(passage)) for passage in passages), default=0.0),
        "pairs_page": _share(pairs, _neighbouring_words(readable)),
        "run": max(runs, default=0) / max(1, len(claim_words)),
    }


def _lacking(claim: str, claim_words: Sequence[str], readable: Sequence[str]) -> dict[str, float]:
    """Shares of the claim's numbers, names and most specific words that are nowhere on the page."""
    page = set(readable)
    absent = sorted((weight(word) for word in set(claim_words) - page), reverse=True)
    figures = {word for word in claim_words if word[0].isdigit()}
    claim_names = names(claim)
    return {
        "numbers": float(bool(figures)),
        "numbers_absent": _share(figures, figures - page),
        "names_absent": sum(name.parts[-1] not in page for name in claim_names) / max(1, len(claim_names)),
        "heaviest_absent": absent[0] if absent else 0.0,
        "weight_absent": sum(absent[:4]),
        "nothing_absent": float(not absent),
    }


def _ruled(
    claim: str, claim_words: Sequence[str], nearest: str, findings: Sequence[QuantityFinding]
) -> dict[str, float]:
    """The rules' findings for the nearest passage."""
    near = set(content(nearest))
    best = coverage(claim_words, near)
    return {
        "clashes": float(sum(finding.agrees is False for finding in findings)),
        "agreeing": float(sum(finding.agrees is True for finding in findings)),
        "uncompared": float(sum(finding.agrees is None for finding in findings)),
        "negation_differs": float(denied(claim, nearest)) * best,
        "opposites": float(opposite(claim, nearest)) * best,
    }


def _neighbouring_words(tokens: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(tokens))


def _share(part: Collection[object], whole: Collection[object]) -> float:
    return len(set(part) & set(whole)) / max(1, len(part))


def _longest_shared_run(claim_words: Sequence[str], passage: Sequence[str]) -> int:
    """The longest run of the claim's content words that the passage has too."""
    return SequenceMatcher(None, claim_words, passage, autojunk=False).find_longest_match().size
