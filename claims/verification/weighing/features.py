"""The features of a claim and a page's passages from which a probability is computed.

Every feature is a plain number that can be worked out by hand from the passages and the judge's answers;
``weights.json`` says how much each counts. The idea of stacking an entailment model and word overlap is that of
the first verifier's measurements (model/CARD.md): together they are better than each alone.
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
    """A page as it was read for a claim: the passages' content words, and what the judge said of each.

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
    """What was read of the page ``ranked`` for a claim; ``findings`` are the windows', where known."""
    asked = content(claim)
    place = max(range(len(windows)), key=lambda number: coverage(asked, windows[number].content), default=None)
    nearest = windows[place].passage.text if place is not None else ""
    found = findings[place] if findings is not None and place is not None else None
    if found is None:
        before = windows[place].before + " " + windows[place].context if place is not None else ""
        found = compare(claim, nearest, context=before, page=ranked.vocabulary) if nearest else ()
    return Read(
        passages=tuple(window.content for window in windows),
        answers=tuple(answers),
        together=together,
        page=ranked.sequence,
        windows=len(ranked.windows),
        nearest=nearest,
        findings=found,
    )


def features(claim: str, read: Read) -> dict[str, float]:
    """The features by name; a page without any passage near the claim gives the values of a miss."""
    asked = content(claim)
    return {**_judged(read), **_covered(asked, read), **_lacking(claim, asked, read), **_ruled(claim, asked, read)}


def odds(probability: float) -> float:
    """Log odds, cut at both ends."""
    inside = min(max(probability, 1e-6), 1 - 1e-6)
    return min(max(log(inside / (1 - inside)), -_SURE), _SURE)


def _judged(read: Read) -> dict[str, float]:
    said = sorted((odds(answer.supported) for answer in read.answers), reverse=True) or [-_SURE]
    denied = max((odds(answer.refuted) for answer in read.answers), default=-_SURE)
    return {
        "supported_best": said[0],
        "supported_second": said[1] if len(said) > 1 else said[0] - 1,
        "supported_mean": sum(said[:3]) / len(said[:3]),
        "supported_together": odds(read.together.supported) if read.answers else -_SURE,
        "refuted_best": denied,
        "refuted_together": odds(read.together.refuted) if read.answers else -_SURE,
    }


def _covered(asked: Sequence[str], read: Read) -> dict[str, float]:
    """How many of the claim's words, pairs of words, and words in one run the passages and the page have."""
    best = max((coverage(asked, passage) for passage in read.passages), default=0.0)
    union = {word for passage in read.passages for word in passage}
    pairs = _neighbouring_words(asked)
    runs = [_longest_shared_run(asked, passage) for passage in read.passages[:3]]
    return {
        "covered_best": best,
        "covered_union": coverage(asked, union),
        "covered_page": coverage(asked, read.page),
        "pairs_best": max((_share(pairs, _neighbouring_words(passage)) for passage in read.passages), default=0.0),
        "pairs_page": _share(pairs, _neighbouring_words(read.page)),
        "run": max(runs, default=0) / max(1, len(asked)),
    }


def _lacking(claim: str, asked: Sequence[str], read: Read) -> dict[str, float]:
    """What of the claim stands nowhere on the page: its numbers, names, heaviest words."""
    page = set(read.page)
    absent = sorted((weight(word) for word in set(asked) - page), reverse=True)
    figures = {word for word in asked if word[0].isdigit()}
    named = names(claim)
    return {
        "numbers": float(bool(figures)),
        "numbers_absent": _share(figures, figures - page),
        "names_absent": sum(name.parts[-1] not in page for name in named) / max(1, len(named)),
        "heaviest_absent": absent[0] if absent else 0.0,
        "weight_absent": sum(absent[:4]),
        "nothing_absent": float(not absent),
    }


def _ruled(claim: str, asked: Sequence[str], read: Read) -> dict[str, float]:
    """What the rules found in the nearest passage, and how long claim and page are."""
    near = set(content(read.nearest))
    best = coverage(asked, near)
    return {
        "clashes": float(sum(finding.agrees is False for finding in read.findings)),
        "agreeing": float(sum(finding.agrees is True for finding in read.findings)),
        "uncompared": float(sum(finding.agrees is None for finding in read.findings)),
        "negation_differs": float(denied(claim, read.nearest)) * best,
        "opposites": float(opposite(claim, read.nearest)) * best,
        "length": log1p(len(asked)),
        "page_length": log1p(read.windows),
    }


def _neighbouring_words(tokens: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(tokens))


def _share(asked: Collection[object], there: Collection[object]) -> float:
    return len(set(asked) & set(there)) / max(1, len(asked))


def _longest_shared_run(asked: Sequence[str], passage: Sequence[str]) -> int:
    """The longest run of the claim's content words that the passage has too."""
    return SequenceMatcher(None, asked, passage, autojunk=False).find_longest_match().size
