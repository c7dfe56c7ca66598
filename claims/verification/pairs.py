"""Judges pairs of a claim and its evidence in order, for ``factdesk verify``.

Memory use is constant: rows are read, judged in small batches and returned in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from itertools import islice

from claims.errors import ClaimsError
from claims.records import Page, Probabilities, QuantityFinding
from claims.verification.asking import answers_to
from claims.verification.evidence.passages import TOP, Ranked, Window
from claims.verification.evidence.sentence_encoder import Encoder, encoder_of
from claims.verification.judges.judge import ABSTAINED, Judge
from claims.verification.judges.panel import Opinion, Panel, consult, join_opinions, opinion, sure
from claims.verification.quotes.grading import grade, quoted_words
from claims.verification.rules.quantities import settled
from claims.verification.weighing.calibration import WEIGHTS, calibration
from claims.verification.weighing.features import features
from claims.verification.weighing.page_view import REFUTES, REFUTES_ALONE
from claims.verification.weighing.quotation_findings import with_quotes
from claims.verification.weighing.source_forms import compare_windows, judge_pairs
from claims.verification.weighing.weigh import ABOUT, Compared, Question, Weighed, compare_passage, weigh
from claims.verification.words import cut

# Rows judged together, so that the model gets full batches; memory holds only these.
BATCH = 64
# For a judge that was never calibrated: from here a row is called supported.
SUPPORTED = 0.5
NEI = "nei"
# From the least to the most cautious label, as for verdicts: used if the members of a panel differ.
_CAREFUL = ("supported", "refuted", NEI)
# Distance below the threshold of "supported" for a row whose evidence has the words but may not say it.
_BELOW = 0.01


@dataclass(frozen=True, kw_only=True)
class _Row:
    name: object
    statement: str
    ranked: Ranked
    windows: tuple[Window, ...]
    reworded: bool = False  # a row has its evidence given: every passage is asked about

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What the judge is asked: the claim with each passage, then with the nearest read as one."""
        return judge_pairs(self.statement, self.windows, self.compared)

    @cached_property
    def compared(self) -> list[tuple[QuantityFinding, ...]]:
        """Each passage's numbers, dates and names compared with the claim's."""
        return settled(compare_windows(self.statement, self.windows, self.ranked.vocabulary))


@dataclass(frozen=True, slots=True, kw_only=True)
class _RowAnswer:
    label: str
    p_supported: float
    p_refuted: float
    passage: str

    @property
    def probabilities(self) -> Probabilities:
        """That the evidence supports and refutes the claim."""
        return Probabilities(supported=self.p_supported, refuted=self.p_refuted)

    @property
    def confidence(self) -> float:
        """The probability of the label."""
        neither = 1 - self.p_supported - self.p_refuted
        return {"supported": self.p_supported, "refuted": self.p_refuted}.get(self.label, neither)

    def shown(self, name: object) -> dict[str, object]:
        """The answer to the row of this name, as it is handed on."""
        return {"id": name, **asdict(self)}


# The answer where there is nothing to read, or nobody has a view.
_NOTHING = _RowAnswer(label=NEI, p_supported=0.0, p_refuted=0.0, passage="")


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
    answers = _row_answers(judge, chunk)
    return [_answer_row(row, replies, judge).shown(row.name) for row, replies in zip(chunk, answers, strict=True)]


def _row_answers(judge: Judge, chunk: Sequence[_Row]) -> list[list[Probabilities]]:
    return answers_to(judge, chunk, calibration(judge.name))


def _rows_by_panel(chunk: Sequence[_Row], panel: Panel) -> list[dict[str, object]]:
    """Every member's answers to the rows, joined by the panel's rule."""
    opinions = consult(panel, chunk, _row_answers, _row_opinion)
    return [_joined_row(row, views, panel) for row, views in zip(chunk, opinions, strict=True)]


def _row_opinion(member: Judge, row: _Row, answers: Sequence[Probabilities]) -> Opinion[_RowAnswer]:
    """What one member of a panel makes of a row."""
    answer = _answer_row(row, answers, member)
    abstained = ABSTAINED in answers and answer.label == NEI
    sure_of_it = sure(answer.probabilities)
    return opinion(member, answer, answer.label, answer.confidence, sure=sure_of_it, abstained=abstained)


def _joined_row(row: _Row, opinions: Sequence[Opinion[_RowAnswer]], panel: Panel) -> dict[str, object]:
    """One row's answer by the panel's rule: the label that the rule gives, else ``nei``; members that failed count."""
    joined = join_opinions(panel, opinions, _CAREFUL)
    lead = joined.lead.answer if joined.lead.counts else None
    answer = replace(lead or _NOTHING, label=joined.lead.label if joined.agreed else NEI)
    return {**answer.shown(row.name), "judges": [_member_view(view) for view in opinions]}


def _member_view(member: Opinion[_RowAnswer]) -> dict[str, object]:
    """What is shown of a panel member's view."""
    shown: dict[str, object] = {"judge": member.judge}
    if member.answer is not None:
        shown |= {"label": member.label, "p_supported": member.answer.p_supported, "p_refuted": member.answer.p_refuted}
    return shown | ({"failed": member.silent} if member.silent else {})


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
    if missing := next((field for field in ("claim", "evidence") if field not in row), None):
        raise ClaimsError(f'line {number}: "{missing}" is missing; a row is {{"id", "claim", "evidence": [text, ...]}}')
    claim, evidence = row.get("claim"), row.get("evidence")
    if not isinstance(claim, str) or not claim.strip():
        raise ClaimsError(f'line {number}: "claim" must be a text')
    if isinstance(evidence, str):
        evidence = [evidence]
    if not isinstance(evidence, Sequence) or not all(isinstance(text, str) for text in evidence):
        raise ClaimsError(f'line {number}: "evidence" must be a list of texts')
    ranked = Ranked(Page(text="\n".join(" ".join(text.split()) for text in evidence)), encoder=encoder)
    statement = cut(claim)
    windows = tuple(ranked.top(statement, TOP))
    return _Row(name=row.get("id", number), statement=statement, ranked=ranked, windows=windows)


def _answer_row(row: _Row, replies: Sequence[Probabilities], judge: Judge) -> _RowAnswer:
    """The answer to a row from a judge's answers to its pairs."""
    if not row.windows:
        return _NOTHING
    answers = replies[:-1]
    fitted = calibration(judge.name)
    compared = row.compared
    question = Question(statement=row.statement)
    passages = [
        compare_passage(question, window.passage.text, findings)
        for window, findings in zip(row.windows, compared, strict=True)
    ]
    weighed = [weigh(passage, answer) for passage, answer in zip(passages, answers, strict=True)]
    best = max(range(len(weighed)), key=lambda place: weighed[place].supported)
    worst = max(range(len(weighed)), key=lambda place: weighed[place].refuted)
    answer = Probabilities(supported=weighed[best].supported, refuted=weighed[worst].refuted)
    bounds = (SUPPORTED, REFUTES)
    if fitted is not None:
        size = len(row.ranked.windows)
        values = features(row.statement, row.ranked, row.windows, replies, compared)
        whole = fitted.probabilities(values, size, second=replies[-1].second)
        answer, ruled = _overruled(whole, passages[best], passages[worst])
        bounds = (fitted.of(size)["supported"].threshold, REFUTES if ruled else REFUTES_ALONE)
    answer = _quoted(row, answer)
    if weighed[best].grave:
        # Rows cannot be flagged for review, so a row that would be flagged in a check is not called supported.
        answer = replace(answer, supported=min(answer.supported, bounds[0] - _BELOW))
    label = _pair_label(answer, bounds)
    decisive = worst if label == "refuted" else best
    return _RowAnswer(
        label=label,
        p_supported=round(answer.supported, 4),
        p_refuted=round(answer.refuted, 4),
        passage=row.windows[decisive].passage.text,
    )


def _overruled(page: Probabilities, best: Compared, worst: Compared) -> tuple[Probabilities, bool]:
    """The fitted probabilities of the evidence, and whether the rules on its deciding passages refute it."""
    says, denies = (weigh(passage, page, calibrated=True) for passage in (best, worst))
    clashing = denies.refuted > page.refuted and denies.covered >= max(ABOUT, says.covered)
    refuted = denies.refuted if clashing else says.refuted
    supported = min(says.supported, 1 - refuted) if clashing else says.supported
    ruled = bool(denies.findings if clashing else says.findings)
    return Probabilities(supported=supported, refuted=min(refuted, 1 - supported)), ruled


def _quoted(row: _Row, answer: Probabilities) -> Probabilities:
    """The answer after the claim's quotations were compared with the evidence: an altered one is not supported."""
    text, turned = row.ranked.page.text, Weighed(supported=answer.supported, refuted=answer.refuted, covered=1.0)
    turned = with_quotes(turned, [grade(quote, text) for quote in quoted_words(row.statement)])
    return Probabilities(supported=turned.supported, refuted=turned.refuted)


def _pair_label(answer: Probabilities, bounds: tuple[float, float]) -> str:
    """Supported from its threshold on, unless it is refuted more clearly still."""
    over = answer.supported - bounds[0], answer.refuted - bounds[1]
    if over[0] >= 0 and over[0] >= over[1] and answer.supported >= answer.refuted:
        return "supported"
    return "refuted" if over[1] >= 0 else NEI
