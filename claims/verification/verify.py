"""Gives each claim one verdict from the pages that were read. Deterministic; no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from claims.records import Claim, Label, Page, Passage, Policy, Probabilities, Reading, Stamp, Verdict
from claims.verification.asking import answers_to
from claims.verification.evidence.passages import Ranked, windows
from claims.verification.evidence.sentence_encoder import encoder_of
from claims.verification.judges.judge import ABSTAINED, Judge
from claims.verification.judges.panel import Opinion, Panel, consult, opinion
from claims.verification.verdict.decide import DraftVerdict, draft_verdict
from claims.verification.verdict.hops import follow
from claims.verification.verdict.panel_verdict import settle
from claims.verification.verdict.stamp import stamp_verdict
from claims.verification.weighing.assess import assess, unasked
from claims.verification.weighing.assurance import assured
from claims.verification.weighing.calibration import Calibration, calibration
from claims.verification.weighing.page_view import Outcome, View
from claims.verification.weighing.question import PageQuestion, ask_pages, cited_by, question
from claims.verification.weighing.weigh import ABOUT
from claims.verification.words import content, coverage

# A judge's answers to the pairs of each question.
_Answers: TypeAlias = Sequence[Sequence[Probabilities]]
_Views: TypeAlias = Mapping[tuple[str, str], View]
# A member of a panel that abstained on a page may still have found its answer on another: these labels say it did.
_FOUND = (Label.SUPPORTED, Label.CONTRADICTED, Label.CONFLICTING)
_ABSTAINED = "the judge gave no usable answer"


def verify(
    claims: Sequence[Claim],
    article: Page,
    readings: Sequence[Reading],
    judge: Judge,
    stamp: Stamp,
) -> list[Verdict]:
    """One verdict for each claim, in order.

    ``readings`` are the article's sources, read or not.
    All (claim, passage) pairs of the article go through the judge together; a panel's members are asked one after
    the other, and their verdicts joined by its rule.

    Raises:
        JudgeError: the judge did not answer as its protocol promises, or no judge of a panel answered.
        ModelError: the encoder of the judge cannot be loaded.
    """
    encoder = encoder_of(judge)
    pages = {
        reading.source.id: Ranked(reading.page, reading.source.capture.id if reading.source.capture else None, encoder)
        for reading in readings
        if reading.page is not None and reading.page.text != article.text
    }
    cases = [
        _Case(
            claim=claim,
            readings=readings,
            questions=tuple(ask_pages(claim, article, readings, pages)) if claim.checkable else (),
            stamp=stamp,
        )
        for claim in claims
    ]
    if isinstance(judge, Panel):
        return _by_panel(judge, cases)
    answers = _case_answers(judge, cases)
    return [case.verdict(judge, replies) for case, replies in zip(cases, answers, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One claim with the questions to the pages at hand, and what its verdict is stamped with."""

    claim: Claim
    readings: Sequence[Reading]
    questions: tuple[PageQuestion, ...]
    stamp: Stamp

    @property
    def judged(self) -> bool:
        """Whether a judge is asked about it at all."""
        return any(page_question.pairs for page_question in self.questions)

    def verdict(self, judge: Judge, answers: _Answers) -> Verdict:
        """The verdict with the answers of one judge to each question."""
        return self._stamped(judge, self._views(judge, answers))

    def opinion(self, member: Judge, answers: _Answers) -> Opinion[Verdict]:
        """What one member of a panel makes of the claim."""
        views = self._views(member, answers)
        verdict = self._stamped(member, views)
        abstained = any(view.abstained for view in views.values()) and verdict.label not in _FOUND
        sure = not verdict.needs_review
        return opinion(member, verdict, verdict.label, verdict.confidence, sure=sure, abstained=abstained)

    def _views(self, judge: Judge, answers: _Answers) -> _Views:
        return page_views(self.questions, answers, calibration(judge.name), self.stamp.policy)

    def _stamped(self, judge: Judge, views: _Views) -> Verdict:
        decision = _decide_claim(self.claim, self.readings, views)
        return stamp_verdict(self.claim, decision, self.stamp, f"{judge.name} {judge.version}")


def _case_answers(judge: Judge, cases: Sequence[_Case]) -> list[_Answers]:
    """The answers of one judge to the questions of each case."""
    questions = [page_question for case in cases for page_question in case.questions]
    rest = iter(answers_to(judge, questions, calibration(judge.name)))
    return [list(islice(rest, len(case.questions))) for case in cases]


def _by_panel(panel: Panel, cases: Sequence[_Case]) -> list[Verdict]:
    """Every member's verdicts, joined; of a claim that no judge need be asked about there is only one view."""
    judged = [case for case in cases if case.judged]
    opinions = consult(panel, judged, _case_answers, lambda member, case, answers: case.opinion(member, answers))
    joined = {case.claim.id: settle(panel, views) for case, views in zip(judged, opinions, strict=True)}
    return [joined.get(case.claim.id) or case.verdict(panel, [()] * len(case.questions)) for case in cases]


def nearest(claim: Claim, article: Page, page: Page) -> Passage | None:
    """The shortest passage of ``page`` that has most of a claim's words; None if none speaks of it."""
    claim_words = content(question(claim, article).statement)
    best = max(
        windows(page),
        key=lambda window: (round(coverage(claim_words, window.content), 6), -len(window.passage.text)),
        default=None,
    )
    return best.passage if best is not None and coverage(claim_words, best.content) >= ABOUT else None


def page_views(
    questions: Sequence[PageQuestion], answers: _Answers, fitted: Calibration | None, policy: Policy
) -> _Views:
    """Each page's answer to each claim that was asked of it, by the ids of claim and source.

    ``answers`` are the judge's to the ``pairs`` of each question; ``fitted`` is the judge's calibration, if any.
    """
    views: dict[tuple[str, str], View] = {}
    for page_question, replies in zip(questions, answers, strict=True):
        view = _heard_view(page_question, replies, fitted, policy) if replies else unasked(page_question)
        if fitted is not None:
            size = len(page_question.ranked.windows)
            view = assured(view, page_question.question.statement, size, fitted, policy.wrong_unflagged_rate)
        abstained = ABSTAINED in replies[: len(page_question.windows) + 1]
        views[page_question.claim, page_question.reading.source.id] = _owned(view) if abstained else view
    return views


def _heard_view(
    page_question: PageQuestion, answers: Sequence[Probabilities], fitted: Calibration | None, policy: Policy
) -> View:
    """The answer of a page with the judge's answers for its passages, for these as one, and for parts of the claim."""
    view = assess(page_question, answers, fitted)
    if fitted is None:
        return view
    return replace(view, bound=fitted.bound(len(page_question.ranked.windows), policy.false_supported_rate))


def _owned(view: View) -> View:
    """An answer without the judge: where nothing was found it is a doubt, and no finding."""
    if view.outcome not in (Outcome.SILENT, Outcome.PARTLY):
        return view
    doubts = (*view.doubts, _ABSTAINED)
    return replace(view, abstained=True, doubts=doubts, probability=min(view.probability, 0.5))


def _decide_claim(claim: Claim, readings: Sequence[Reading], views: _Views) -> DraftVerdict:
    cited = cited_by(claim)
    own = [reading for reading in readings if reading.source.id in cited]
    read = [view for reading in own if (view := views.get((claim.id, reading.source.id)))]
    unread = [reading for reading in own if reading.page is None]
    further = [reading for reading in readings if reading.source.hop_of in cited and claim.id in reading.source.claims]
    others = [
        view
        for reading in readings
        if reading.source.id not in cited
        and reading not in further
        and (view := views.get((claim.id, reading.source.id)))
    ]
    # An article that cites itself names no source; a source that nobody went to read is not silent.
    cites = bool(cited) and not (own and not read and not unread)
    by_source = {view.reading.source.id: view for view in read}
    hops = [(reading, views.get((claim.id, reading.source.id))) for reading in further]
    drafted = draft_verdict(claim, read, unread, others, cites=cites, itself=[] if cites else own)
    return follow(drafted, by_source, hops)
