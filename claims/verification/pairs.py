"""Pairs of a claim and its evidence, judged one after the other: the door of ``factdesk verify``.

Memory stays constant: rows are read, judged in small batches and handed on in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from claims.errors import ClaimsError
from claims.records import Page, Probabilities
from claims.verification import quantities
from claims.verification.evidence import TOP, Ranked, Window
from claims.verification.judge import Judge, ask
from claims.verification.weigh import Weighed, weigh

# Rows judged together, so that the model gets full batches; memory holds only these.
BATCH = 64
# From here a row is called supported or refuted; how they were chosen stands in docs/verdicts.md.
SUPPORTED, REFUTED = 0.5, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    name: object
    claim: str
    windows: tuple[Window, ...]


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
    while chunk := [_read(number, row) for number, row in islice(numbered, batch)]:
        pairs = [(row.claim, window.passage.text) for row in chunk for window in row.windows]
        answers = iter(ask(judge, pairs))
        for row in chunk:
            yield _answer(row, [next(answers) for _ in row.windows])


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
    page = Page(text="\n".join(" ".join(text.split()) for text in evidence))
    return _Row(name=row.get("id", number), claim=claim, windows=tuple(Ranked(page).top(claim, TOP)))


def _answer(row: _Row, answers: Sequence[Probabilities]) -> dict[str, object]:
    weighed = [
        weigh(
            row.claim,
            window.passage.text,
            answer,
            quantities.compare(row.claim, window.passage.text, context=window.before),
        )
        for window, answer in zip(row.windows, answers, strict=True)
    ]
    if not weighed:
        return {"id": row.name, "label": "nei", "p_supported": 0.0, "p_refuted": 0.0, "passage": ""}
    best = max(range(len(weighed)), key=lambda place: weighed[place].supported)
    worst = max(range(len(weighed)), key=lambda place: weighed[place].refuted)
    label = _label(weighed[best], weighed[worst])
    decisive = worst if label == "refuted" else best
    return {
        "id": row.name,
        "label": label,
        "p_supported": round(weighed[best].supported, 4),
        "p_refuted": round(weighed[worst].refuted, 4),
        "passage": row.windows[decisive].passage.text,
    }


def _label(best: Weighed, worst: Weighed) -> str:
    if best.supported >= SUPPORTED and best.supported >= worst.refuted:
        return "supported"
    return "refuted" if worst.refuted >= REFUTED else "nei"
