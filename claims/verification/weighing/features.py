"""The features of a claim and a page's passages from which a probability is computed.

Every feature is a number that can be computed by hand from the passages and the judge's answers; the weights are in
``weights.json``. An entailment model and word overlap are combined because together they were measured to be better
than each alone (model/CARD.md).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from math import log, log1p

from claims.records import Probabilities, QuantityFinding
from claims.verification.evidence.passages import Ranked, Window
from claims.verification.rules.names import names
from claims.verification.rules.polarity import denied, opposite
from claims.verification.rules.quantities import compare
from claims.verification.words import content, coverage, weight

# Log odds are cut here: beyond it a judge says only "sure".
_SURE = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page as it was read for a claim: the passages' content words and the judge's answer for each.

    ``together`` is the judge's answer for the nearest passages read as one; ``page`` are the content words of all
    readable sentences; ``windows`` is how many passages the page could be cut into; ``nearest`` is the text of the
    passage with most of the claim's words, ``findings`` its numbers, dates and names compared.
    """

    passages: tuple[tuple[str, ...], ...]
    answers: tuple[Probabilities, ...]
    together: Probabilities
    page: Sequence[str]
    windows: int
    nearest: str
    findings: tuple[QuantityFinding, ...]


def read_windows(
    claim: str,
    windows: Sequence[Window],
    answers: Sequence[Probabilities],
    together: Probabilities,
    ranked: Ranked,
    findings: Sequence[tuple[QuantityFinding, ...]] | None = None,
) -> Read:
    """Combine what was read of the page ``ranked`` for a claim; ``findings`` are those of the windows, if known."""
    claim_words = content(claim)
    place = max(range(len(windows)), key=lambda number: coverage(claim_words, windows[number].content), default=None)
    nearest = windows[place].passage.text if place is not None else ""
    compared = findings[place] if findings is not None and place is not None else None
    if compared is None:
        before = windows[place].before + " " + windows[place].context if place is not None else ""
        compared = compare(claim, nearest, context=before, page=ranked.vocabulary) if nearest else ()
    return Read(
        passages=tuple(window.content for window in windows),
        answers=tuple(answers),
        together=together,
        page=ranked.sequence,
        windows=len(ranked.windows),
        nearest=nearest,
        findings=compared,
    )


def features(claim: str, read: Read) -> dict[str, float]:
    """The features by name; a page without a passage near the claim gets the values of a page that lacks the claim."""
    claim_words = content(claim)
    return {
        **_judged(read),
        **_covered(claim_words, read),
        **_lacking(claim, claim_words, read),
        **_ruled(claim, claim_words, read),
    }


def odds(probability: float) -> float:
    """The log odds of a probability, clipped at both ends."""
    inside = min(max(probability, 1e-6), 1 - 1e-6)
    return min(max(log(inside / (1 - inside)), -_SURE), _SURE)


def _judged(read: Read) -> dict[str, float]:
    supporting = sorted((odds(answer.supported) for answer in read.answers), reverse=True) or [-_SURE]
    denied = max((odds(answer.refuted) for answer in read.answers), default=-_SURE)
    return {
        "supported_best": supporting[0],
        "supported_second": supporting[1] if len(supporting) > 1 else supporting[0] - 1,
        "supported_mean": sum(supporting[:3]) / len(supporting[:3]),
        "supported_together": odds(read.together.supported) if read.answers else -_SURE,
        "refuted_best": denied,
        "refuted_together": odds(read.together.refuted) if read.answers else -_SURE,
    }


def _covered(claim_words: Sequence[str], read: Read) -> dict[str, float]:
    """Shares of the claim's words, word pairs and longest run that the passages and the page have."""
    best = max((coverage(claim_words, passage) for passage in read.passages), default=0.0)
    union = {word for passage in read.passages for word in passage}
    pairs = _neighbouring_words(claim_words)
    runs = [_longest_shared_run(claim_words, passage) for passage in read.passages[:3]]
    return {
        "covered_best": best,
        "covered_union": coverage(claim_words, union),
        "covered_page": coverage(claim_words, read.page),
        "pairs_best": max((_share(pairs, _neighbouring_words(passage)) for passage in read.passages), default=0.0),
        "pairs_page": _share(pairs, _neighbouring_words(read.page)),
        "run": max(runs, default=0) / max(1, len(claim_words)),
    }


def _lacking(claim: str, claim_words: Sequence[str], read: Read) -> dict[str, float]:
    """Shares of the claim's numbers, names and most specific words that are nowhere on the page."""
    page = set(read.page)
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


def _ruled(claim: str, claim_words: Sequence[str], read: Read) -> dict[str, float]:
    """The rules' findings for the nearest passage, and the length of claim and page."""
    near = set(content(read.nearest))
    best = coverage(claim_words, near)
    return {
        "clashes": float(sum(finding.agrees is False for finding in read.findings)),
        "agreeing": float(sum(finding.agrees is True for finding in read.findings)),
        "uncompared": float(sum(finding.agrees is None for finding in read.findings)),
        "negation_differs": float(denied(claim, read.nearest)) * best,
        "opposites": float(opposite(claim, read.nearest)) * best,
        "length": log1p(len(claim_words)),
        "page_length": log1p(read.windows),
    }


def _neighbouring_words(tokens: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(tokens))


def _share(part: Collection[object], whole: Collection[object]) -> float:
    return len(set(part) & set(whole)) / max(1, len(part))


def _longest_shared_run(claim_words: Sequence[str], passage: Sequence[str]) -> int:
    """The longest run of the claim's content words that the passage has too."""
    return SequenceMatcher(None, claim_words, passage, autojunk=False).find_longest_match().size
