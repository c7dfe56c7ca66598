"""Judges pairs of a claim and its evidence in order, for ``factdesk verify``.

Memory use is constant: rows are read, judged in small batches and returned in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from itertools import islice
from typing import Any

from claims.errors import ClaimsError, JudgeError
from claims.records import Page, Probabilities, QuantityFinding
from claims.verification.evidence.passages import TOP, Ranked, Window, read_as_one
from claims.verification.evidence.sentence_encoder import Encoder, encoder_of
from claims.verification.judges.judge import ABSTAINED, Judge, ask, attempt
from claims.verification.judges.panel import Panel, Rule, sure
from claims.verification.quotes.grading import grade, quoted_words
from claims.verification.rules.quantities import compare, settled
from claims.verification.weighing.calibration import WEIGHTS, Calibration, calibration
from claims.verification.weighing.features import features, read_windows
from claims.verification.weighing.quotation_findings import with_quotes
from claims.verification.weighing.weigh import ABOUT, Weighed, weigh
from claims.verification.words import cut

# Rows judged together, so that the model gets full batches; memory holds only these.
BATCH = 64
# For a judge that was never calibrated: from here a row is called supported or refuted.
SUPPORTED, REFUTED = 0.5, 0.5
NEI = "nei"
# What is shown of a panel member's view.
_SEEN = ("judge", "label", "p_supported", "p_refuted", "failed")
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
        return [(self.claim, text) for text in (*passages, read_as_one(self.windows))]


def verify_pairs(
    rows: Iterable[Mapping[str, object]], judge: Judge, *, batch: int = BATCH, start: int = 1
) -> Iterator[dict[str, object]]:
    """One answer for each row ``{"id", "claim", "evidence": [text, ...]}``, in order.

    An answer is ``{"id", "label": supported|refuted|nei, "p_supported", "p_refuted", "passage"}``; that of a panel
    also has ``"judges"``: each member's answer, or the reason why it gave none.
    ``batch`` rows are judged together: the same rows in the same batches give the same answers, byte for byte.
    ``start`` is the number of the first row.

    Raises:
        ClaimsError: a row is not of this form; the message gives its number, counted from 1.
        JudgeError: the judge did not answer as its protocol promises, or no judge of a panel answered.
        ModelError: the judge's encoder cannot be loaded.
    """
    numbered, encoder = enumerate(rows, start=start), encoder_of(judge)
    broken: Exception | None = None
    while broken is None:
        chunk, broken = _chunk(numbered, batch, encoder)
        if chunk:
            yield from _rows_by_panel(chunk, judge) if isinstance(judge, Panel) else _by_one(chunk, judge)
        elif broken is None:
            break
    if broken is not None:
        raise broken


def made_by(judge: Judge) -> dict[str, str]:
    """What the answers depend on besides the rows, by name: the judge, its thresholds, and these rules."""
    weights = sha256(WEIGHTS.read_bytes()).hexdigest()[:12]
    return {"judge": f"{judge.name} {judge.version}", "weights": weights, "factdesk": version("factdesk")}


def _by_one(chunk: Sequence[_Row], judge: Judge) -> list[dict[str, object]]:
    return _answer_rows(chunk, ask(judge, _judge_pairs(chunk)), judge)


def _judge_pairs(chunk: Sequence[_Row]) -> list[tuple[str, str]]:
    return [pair for row in chunk for pair in row.pairs()]


def _answer_rows(chunk: Sequence[_Row], answers: Sequence[Probabilities], judge: Judge) -> list[dict[str, object]]:
    fitted, given = calibration(judge.name), iter(answers)
    found = []
    for row in chunk:
        said = [next(given) for _ in row.windows]
        found.append(_answer_row(row, said, next(given), fitted))
    return found


def _rows_by_panel(chunk: Sequence[_Row], panel: Panel) -> list[dict[str, object]]:
    """Every member's answers to the rows, joined by the panel's rule."""
    views: list[list[dict[str, object]]] = [[] for _ in chunk]
    for member in panel.members:
        places = [
            place for place, said in enumerate(views) if panel.rule is not Rule.FIRST or not any(map(_sure, said))
        ]
        rows = [chunk[place] for place in places]
        answers, who = attempt(member, _judge_pairs(rows)), f"{member.name} {member.version}"
        if isinstance(answers, str):
            for place in places:
                views[place].append({"judge": who, "failed": answers})
            continue
        given = iter(answers)
        silent = [ABSTAINED in [next(given) for _ in row.pairs()] for row in rows]
        for place, view, nothing in zip(places, _answer_rows(rows, answers, member), silent, strict=True):
            failed = {"failed": "it abstained"} if nothing and view["label"] == NEI else {}
            views[place].append({"judge": who, **view, **failed})
    for said in views:
        if all("label" not in view for view in said):
            reasons = "; ".join(f"{view['judge']}: {view['failed']}" for view in said)
            raise JudgeError(f"no judge of {panel.name} answered: {reasons}")
    return [_settled(row, said, panel) for row, said in zip(chunk, views, strict=True)]


def _sure(view: Mapping[str, Any]) -> bool:
    if "failed" in view:
        return False
    return sure(Probabilities(supported=view["p_supported"], refuted=view["p_refuted"]))


def _settled(row: _Row, said: Sequence[Mapping[str, Any]], panel: Panel) -> dict[str, object]:
    """One row's answer by the panel's rule: the label that the rule gives, else ``nei``; members that failed count."""
    views = [view for view in said if "failed" not in view]
    if panel.rule is Rule.FIRST:
        lead = next((view for view in views if _sure(view)), views[0] if views else None)
        label = lead["label"] if lead else NEI
    else:
        needed = len(panel.members) if panel.rule is Rule.AGREE else len(panel.members) // 2 + 1
        labels = [view["label"] for view in views]
        label = next((one for one in labels if labels.count(one) >= needed), NEI)
        mine = [view for view in views if view["label"] == label] or views
        lead = min(mine, key=lambda view: view["p_supported"], default=None)
    seen = [{key: view[key] for key in _SEEN if key in view} for view in said]
    shares = {key: lead[key] if lead else 0.0 for key in ("p_supported", "p_refuted")}
    return {"id": row.name, "label": label, **shares, "passage": lead["passage"] if lead else "", "judges": seen}


def _chunk(
    numbered: Iterator[tuple[int, Mapping[str, object]]], most: int, encoder: Encoder | None
) -> tuple[list[_Row], Exception | None]:
    """The next rows, and what broke them off: the rows before a bad one are answered first."""
    chunk: list[_Row] = []
    try:
        for number, row in islice(numbered, most):
            chunk.append(_checked_row(number, row, encoder))
    except Exception as broken:  # noqa: BLE001  raised again, whatever it is, once these rows are answered
        return chunk, broken
    return chunk, None


def _checked_row(number: int, row: Mapping[str, object], encoder: Encoder | None) -> _Row:
    if not isinstance(row, Mapping):
        raise ClaimsError(f'line {number}: a row must be an object {{"id", "claim", "evidence": [text, ...]}}')
    claim, evidence = row.get("claim"), row.get("evidence")
    if not isinstance(claim, str) or not claim.strip():
        raise ClaimsError(f'line {number}: "claim" must be a text')
    if isinstance(evidence, str):
        evidence = [evidence]
    if not isinstance(evidence, Sequence) or not all(isinstance(text, str) for text in evidence):
        raise ClaimsError(f'line {number}: "evidence" must be a list of texts')
    ranked = Ranked(Page(text="\n".join(" ".join(text.split()) for text in evidence)), encoder=encoder)
    return _Row(name=row.get("id", number), claim=cut(claim), ranked=ranked, windows=tuple(ranked.top(cut(claim), TOP)))


def _answer_row(
    row: _Row, answers: Sequence[Probabilities], as_one: Probabilities, fitted: Calibration | None
) -> dict[str, object]:
    if not row.windows:
        return {"id": row.name, "label": NEI, "p_supported": 0.0, "p_refuted": 0.0, "passage": ""}
    compared = settled(
        [
            compare(
                row.claim,
                window.passage.text,
                context=f"{window.before} {window.context}",
                page=row.ranked.vocabulary,
            )
            for window in row.windows
        ]
    )
    weighed = [
        weigh(row.claim, window.passage.text, answer, findings)
        for window, answer, findings in zip(row.windows, answers, compared, strict=True)
    ]
    best = max(range(len(weighed)), key=lambda place: weighed[place].supported)
    worst = max(range(len(weighed)), key=lambda place: weighed[place].refuted)
    answer = Probabilities(supported=weighed[best].supported, refuted=weighed[worst].refuted)
    bounds = (SUPPORTED, REFUTED)
    if fitted is not None:
        page_features = read_windows(row.claim, row.windows, answers, as_one, row.ranked, compared)
        whole = fitted.probabilities(features(row.claim, page_features), page_features.windows)
        answer = _overruled(row, whole, (best, compared[best]), (worst, compared[worst]))
        curves = fitted.of(page_features.windows)
        bounds = (curves["supported"].threshold, curves["refuted"].threshold)
    answer = _quoted(row, answer)
    if weighed[best].grave:
        # Nobody is asked to look at a row: what would be flagged in a check is not called supported here.
        answer = replace(answer, supported=min(answer.supported, bounds[0] - _BELOW))
    label = _pair_label(answer, bounds)
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
        weigh(row.claim, row.windows[place].passage.text, page, findings, calibrated=True)
        for place, findings in (best, worst)
    )
    clashing = denies.refuted > page.refuted and denies.covered >= max(ABOUT, says.covered)
    refuted = denies.refuted if clashing else says.refuted
    supported = min(says.supported, 1 - refuted) if clashing else says.supported
    return Probabilities(supported=supported, refuted=min(refuted, 1 - supported))


def _quoted(row: _Row, answer: Probabilities) -> Probabilities:
    """The answer after the claim's quotations were compared with the evidence: an altered one is not supported."""
    text, turned = row.ranked.page.text, Weighed(supported=answer.supported, refuted=answer.refuted, covered=1.0)
    turned = with_quotes(turned, [grade(quote, text) for quote in quoted_words(row.claim)])
    return Probabilities(supported=turned.supported, refuted=turned.refuted)


def _pair_label(answer: Probabilities, bounds: tuple[float, float]) -> str:
    """Supported from its threshold on, unless it is refuted more clearly still."""
    over = answer.supported - bounds[0], answer.refuted - bounds[1]
    if over[0] >= 0 and over[0] >= over[1] and answer.supported >= answer.refuted:
        return "supported"
    return "refuted" if over[1] >= 0 else NEI
