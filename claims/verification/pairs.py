"""Pairs of a claim and its evidence, judged one after the other: the door of ``factdesk verify``.

Memory stays constant: rows are read, judged in small batches and handed on in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from claims.errors import ClaimsError
from claims.records import Page, Probabilities, QuantityFinding
from claims.verification.calibrated import Calibration, calibration
from claims.verification.evidence import TOP, Ranked, Window, together
from claims.verification.features import features, read
from claims.verification.judge import Judge, ask
from claims.verification.quantities import compare
from claims.verification.weigh import ABOUT, weigh
from claims.verification.words import cut

# Rows judged together, so that the model gets full batches; memory holds only these.
BATCH = 64
# For a judge that was never calibrated: from here a row is called supported or refuted.
SUPPORTED, REFUTED = 0.5, 0.5
# So far below the threshold of "supported" is a row whose words are there and may not say it.
_BELOW = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    name: object
    claim: str
    ranked: Ranked
    windows: tuple[Window, ...]

    def pairs(self) -> list[tuple[str, str]]:
        """What the judge is asked: the claim with each passage, then with the nearest read as one."""
        passages = [window.passage.text for window in self.windows]
        return [(self.claim, text) for text in (*passages, together(self.windows))]


def verify_pairs(
    rows: Iterable[Mapping[str, object]], judge: Judge, *, batch: int = BATCH
) -> Iterator[dict[str, object]]:
    """For each row ``{"id", "claim", "evidence": [text, ...]}``, in order, one answer.

    An answer is ``{"id", "label": supported|refuted|nei, "p_supported", "p_refuted", "passage"}``.

    Raises:
        ClaimsError: a row is not of this form; the message gives its number, counted from 1.
        JudgeError: the judge did not answer as its protocol promises.
    """
    numbered = enumerate(rows, start=1)
    fitted = calibration(judge.name)
    broken: Exception | None = None
    while broken is None:
        chunk, broken = _chunk(numbered, batch)
        answers = iter(ask(judge, [pair for row in chunk for pair in row.pairs()]))
        for row in chunk:
            yield _answer(row, [next(answers) for _ in row.windows], next(answers), fitted)
        if not chunk:
            break
    if broken is not None:
        raise broken


def _chunk(numbered: Iterator[tuple[int, Mapping[str, object]]], most: int) -> tuple[list[_Row], Exception | None]:
    """The next rows, and what broke them off: the rows before a bad one are answered first."""
    chunk: list[_Row] = []
    try:
        for number, row in islice(numbered, most):
            chunk.append(_read(number, row))
    except Exception as broken:  # noqa: BLE001  raised again, whatever it is, once these rows are answered
        return chunk, broken
    return chunk, None


def _read(number: int, row: Mapping[str, object]) -> _Row:
    if not isinstance(row, Mapping):
        raise ClaimsError(f'line {number}: a row must be an object {{"id", "claim", "evidence": [text, ...]}}')
    claim, evidence = row.get("claim"), row.get("evidence")
    if not isinstance(claim, str) or not claim.strip():
        raise ClaimsError(f'line {number}: "claim" must be a text')
    if isinstance(evidence, str):
        evidence = [evidence]
    if not isinstance(evidence, Sequence) or not all(isinstance(text, str) for text in evidence):
        raise ClaimsError(f'line {number}: "evidence" must be a list of texts')
    ranked = Ranked(Page(text="\n".join(" ".join(text.split()) for text in evidence)))
    return _Row(name=row.get("id", number), claim=cut(claim), ranked=ranked, windows=tuple(ranked.top(cut(claim), TOP)))


def _answer(
    row: _Row, answers: Sequence[Probabilities], as_one: Probabilities, fitted: Calibration | None
) -> dict[str, object]:
    if not row.windows:
        return {"id": row.name, "label": "nei", "p_supported": 0.0, "p_refuted": 0.0, "passage": ""}
    page = set(row.ranked.sequence)
    compared = [
        compare(row.claim, window.passage.text, context=f"{window.before} {window.context}", page=page)
        for window in row.windows
    ]
    weighed = [
        weigh(row.claim, window.passage.text, answer, found)
        for window, answer, found in zip(row.windows, answers, compared, strict=True)
    ]
    best = max(range(len(weighed)), key=lambda place: weighed[place].supported)
    worst = max(range(len(weighed)), key=lambda place: weighed[place].refuted)
    answer = Probabilities(supported=weighed[best].supported, refuted=weighed[worst].refuted)
    bounds = (SUPPORTED, REFUTED)
    if fitted is not None:
        seen = read(row.claim, row.windows, answers, as_one, row.ranked, dict(enumerate(compared)))
        whole = fitted.probabilities(features(row.claim, seen), seen.windows)
        answer = _overruled(row, whole, (best, compared[best]), (worst, compared[worst]))
        curves = fitted.of(seen.windows)
        bounds = (curves["supported"].threshold, curves["refuted"].threshold)
    if weighed[best].grave:
        # Nobody is asked to look at a row: what would be flagged in a check is not called supported here.
        answer = replace(answer, supported=min(answer.supported, bounds[0] - _BELOW))
    label = _label(answer, bounds)
    decisive = worst if label == "refuted" else best
    return {
        "id": row.name,
        "label": label,
        "p_supported": round(answer.supported, 4),
        "p_refuted": round(answer.refuted, 4),
        "passage": row.windows[decisive].passage.text,
    }


def _overruled(
    row: _Row,
    page: Probabilities,
    best: tuple[int, tuple[QuantityFinding, ...]],
    worst: tuple[int, tuple[QuantityFinding, ...]],
) -> Probabilities:
    """The fitted probabilities of the evidence, overruled where the rules speak on its deciding passages."""
    says, denies = (
        weigh(row.claim, row.windows[place].passage.text, page, found, calibrated=True)
        for place, found in (best, worst)
    )
    clashing = denies.refuted > page.refuted and denies.covered >= max(ABOUT, says.covered)
    refuted = denies.refuted if clashing else says.refuted
    supported = min(says.supported, 1 - refuted) if clashing else says.supported
    return Probabilities(supported=supported, refuted=min(refuted, 1 - supported))


def _label(answer: Probabilities, bounds: tuple[float, float]) -> str:
    """Supported from its threshold on, unless it is refuted more clearly still."""
    over = answer.supported - bounds[0], answer.refuted - bounds[1]
    if over[0] >= 0 and over[0] >= over[1]:
        return "supported"
    return "refuted" if over[1] >= 0 else "nei"
