"""Assesses one claim against one page, from the passages, the rules and the judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.records import (
    Judgment,
    Page,
    Probabilities,
    QuantityFinding,
)
from claims.verification.evidence.passages import Window
from claims.verification.forms.deeds import deed_there
from claims.verification.forms.names import names
from claims.verification.quotes.grading import is_title
from claims.verification.quotes.telling import unsure_quotation
from claims.verification.speaking import speakers
from claims.verification.speaking.bearers import acts_alone, acts_in_full_name, quoted_of_another, told_by_another
from claims.verification.speaking.speakers import SpeakerMatch
from claims.verification.weighing import claim_parts
from claims.verification.weighing.assurance import label_probability
from claims.verification.weighing.calibration import Calibration
from claims.verification.weighing.features import features
from claims.verification.weighing.page_view import (
    PARTLY,
    REFUTES,
    REFUTES_ALONE,
    SUPPORTS,
    Judged,
    Outcome,
    View,
    set_around,
    view,
)
from claims.verification.weighing.question import PageQuestion
from claims.verification.weighing.quotation_findings import stands_in, with_quotes
from claims.verification.weighing.quotation_findings import worst as worst_of
from claims.verification.weighing.source_forms import said
from claims.verification.weighing.unsaid import marked
from claims.verification.weighing.weigh import ABOUT, FAITHFUL, NEAR, Question, compare_passage, weigh
from claims.verification.wording.last_words import unsettled
from claims.verification.words import content

# Maximum probability that a page is silent, because a paraphrase may share no word with the claim.
_SILENT = 0.9
# Maximum probability if a rule or the missing name of a speaker is a reason for review.
_DOUBTFUL = 0.75
_NOBODY = "the source does not name who says it"
_UNNAMED = "the source gives it as words of “{}”"
_REWORDED = "one of its sentences is similar in meaning and may say it in other words"
_OWN = "it is the page of whom the claim is about, and may say it in other words"
_SPEAKS_OF = "it speaks of {}, and may say it in other words"
_OTHERWISE = "it says so in other words"
_IF_AT_ALL = "it says so in other words, if it does"
# So many characters before and behind a passage that clashes are read for an earlier time, and for a turn.
_AROUND = 600
_NO_ANSWER = Probabilities(supported=0.0, refuted=0.0)
_NOT_SURE = "numbers or dates are written otherwise there"


def assess(page_question: PageQuestion, answers: Sequence[Probabilities], fitted: Calibration | None = None) -> View:
    """Weigh every passage of a page and name the page's outcome.

    ``answers`` are a judge's to the question's pairs: to each passage, to the nearest read as one, and to parts of the
    claim; those to the passages are enough without ``fitted``, the judge's calibration, which makes the page's
    probabilities of all of them.
    """
    question, page, windows = page_question.question, page_question.reading.page, page_question.windows
    seen = View(reading=page_question.reading, outcome=Outcome.SILENT, probability=_SILENT)
    if page is None or not windows:
        return seen if page is None else _seemingly_silent(seen, page_question)
    compared = page_question.compared
    judged = [
        _judged_window(page_question, *parts) for parts in zip(windows, answers[: len(windows)], compared, strict=True)
    ]
    best = _shortest(judged)
    worst = max(judged, key=lambda candidate: (candidate.weighed.refuted, candidate.weighed.covered))
    threshold = SUPPORTS
    if fitted is not None:
        threshold = fitted.supports_from(len(page_question.ranked.windows))
        values = features(question.statement, page_question.ranked, windows, answers[: len(windows) + 1], compared)
        second = answers[len(windows)].second
        whole = fitted.probabilities(values, len(page_question.ranked.windows), second=second)
        best, worst = (_recalibrated(page_question, candidate, whole) for candidate in (best, worst))
    seen = replace(seen, missing=_missing_words(question, page, windows, compared))
    if len(answers) > len(windows):
        seen = replace(seen, unsaid=marked(question.statement, answers[len(windows)], compared))
    if _denies(best, worst, threshold):
        return _contradicting(question, seen, worst, judged)
    quoting = max(
        (candidate for candidate in judged if candidate.judgment.quote),
        key=lambda candidate: candidate.weighed.covered,
        default=None,
    )
    if quoting is not None and best.weighed.supported < threshold:
        best = quoting
    says_all = _says_all(best, threshold)
    if quoting is not None or says_all:
        otherwise = quoting is None and best.weighed.covered < ABOUT
        return _supported(
            question, seen, best, judged, best.weighed.supported, whole=says_all, doubt=_OTHERWISE if otherwise else ""
        )
    nearest = max(judged, key=lambda candidate: candidate.weighed.covered)
    part = max((answer.supported for answer in answers[len(windows) + 1 :]), default=0.0)
    shown = not seen.missing or deed_there(question.statement, nearest.window.passage.text)
    if part >= SUPPORTS and not nearest.weighed.grave and shown:
        return _supported(question, seen, nearest, judged, part, whole=not seen.missing)
    if _says_part(best):
        return _supported(question, seen, best, judged, best.weighed.supported, whole=False)
    sure = min(_SILENT, 1 - max(best.weighed.supported, worst.weighed.refuted))
    silent = view(_seemingly_silent(seen, page_question), Outcome.SILENT, best, judged, sure)
    return _likelier(silent, page_question, seen, best, judged, fitted) if fitted is not None else silent


def _likelier(
    silent: View, page_question: PageQuestion, seen: View, best: Judged, judged: Sequence[Judged], fitted: Calibration
) -> View:
    """The view of a silent page, or, flagged, as one that says it, if that is the more probable of the two.

    A page that has the claim in other words, if it has it, is neither sure to say it nor sure to be silent.
    """
    question = page_question.question
    sure = label_probability(silent, question.statement, len(page_question.ranked.windows), fitted)
    if sure is None or not _says_all(best, max(PARTLY, sure)):
        return silent
    saying = _supported(question, seen, best, judged, best.weighed.supported, whole=True, doubt=_IF_AT_ALL)
    return saying if saying.outcome is Outcome.SUPPORTS else silent


def _seemingly_silent(seen: View, page_question: PageQuestion) -> View:
    """The view of a page that seems to be silent, with why it may say it in other words."""
    if page_question.reworded:
        return replace(seen, reworded=True, doubts=(_REWORDED,))
    if page_question.question.own:
        return replace(seen, doubts=(_OWN,))
    known = page_question.ranked.vocabulary
    there = next((name.text for name in names(page_question.question.statement) if name.parts[-1] in known), "")
    return replace(seen, doubts=(_SPEAKS_OF.format(there),)) if there else seen


def unasked(page_question: PageQuestion) -> View:
    """The view of a page about which no judge was asked."""
    return assess(replace(page_question, windows=page_question.windows[:1]), (_NO_ANSWER,))


def _says_all(best: Judged, threshold: float) -> bool:
    return best.weighed.supported >= threshold and not best.weighed.grave


def _says_part(best: Judged) -> bool:
    """Whether the words are there and something that the claim leaves out or has otherwise was found."""
    weighed = best.weighed
    return weighed.partial and (weighed.covered >= NEAR or weighed.supported >= PARTLY)


def _missing_words(
    question: Question, page: Page, windows: Sequence[Window], compared: Sequence[tuple[QuantityFinding, ...]]
) -> tuple[str, ...]:
    """The words of the statement that no passage has, without those that agree in another form: "Monday", "today"."""
    agreed = {
        word for findings in compared for finding in findings if finding.agrees for word in content(finding.claimed)
    }
    there = _there(page, windows)
    if question.attribution and speakers.is_own(question.attribution, page):
        there |= set(content(question.attribution.speaker or ""))
    lacking = claim_parts.missing(question.statement, there)
    return tuple(word for word in lacking if not set(content(word)) <= agreed)


def _judged_window(
    page_question: PageQuestion, window: Window, answer: Probabilities, quantities: tuple[QuantityFinding, ...]
) -> Judged:
    quotes = [quote for quote in page_question.quotes if stands_in(quote, window)]
    faithful = bool(quotes) and len(quotes) == len(page_question.question.quotes)
    compared = compare_passage(
        page_question.question,
        window.passage.text,
        quantities,
        before=window.before,
        after=window.after,
        quoted=faithful and not all(is_title(quote.quote) for quote in quotes),
    )
    weighed = with_quotes(weigh(compared, answer, quotes if faithful else ()), quotes)
    judgment = Judgment(
        passage=window.passage,
        p_supported=round(weighed.supported, 4),
        p_refuted=round(weighed.refuted, 4),
        quote=worst_of(quotes),
        quantities=quantities,
        findings=weighed.findings,
    )
    return Judged(window=window, judgment=judgment, weighed=weighed, compared=compared)


def _shortest(judged: Sequence[Judged]) -> Judged:
    """The best supporting passage, or the shortest of those that are nearly as good."""
    top = max(judged, key=lambda candidate: (candidate.weighed.supported, candidate.weighed.covered)).weighed
    near = [
        candidate
        for candidate in judged
        if candidate.weighed.supported >= top.supported - 0.1 and candidate.weighed.covered >= top.covered - 0.05
    ]
    return min(near, key=lambda candidate: (len(candidate.window.passage.text), candidate.window.passage.span))


def _recalibrated(page_question: PageQuestion, judged: Judged, answer: Probabilities) -> Judged:
    """The passage weighed again with the probabilities of the whole page, which the rules overrule as well."""
    quotes = [quote for quote in page_question.quotes if stands_in(quote, judged.window)]
    faithful = quotes if len(quotes) == len(page_question.question.quotes) else ()
    weighed = with_quotes(weigh(judged.compared, answer, faithful, calibrated=True), quotes)
    judgment = replace(judged.judgment, p_supported=round(weighed.supported, 4), p_refuted=round(weighed.refuted, 4))
    return replace(judged, judgment=judgment, weighed=weighed)


def _there(page: Page, windows: Sequence[Window]) -> set[str]:
    """Every content word that the passages or the title have."""
    return {token for window in windows for token in window.content} | set(content(page.title or ""))


def _denies(best: Judged, worst: Judged, threshold: float) -> bool:
    """Whether the page contradicts: a rule's clash, or a sure judge, and no passage that says it as fully."""
    need = REFUTES if worst.weighed.findings else REFUTES_ALONE
    if worst.weighed.refuted < need or worst.weighed.covered < ABOUT:
        return False
    if best.weighed.supported < threshold:
        return True
    return best.weighed.covered < worst.weighed.covered


def _contradicting(question: Question, seen: View, worst: Judged, judged: Sequence[Judged]) -> View:
    """The view of a page that contradicts the claim, with why a rule's clash may not be its last word on it.

    What a judge alone finds, and a quotation with other words, is looked at anyway.
    """
    contradicting = view(seen, Outcome.REFUTES, worst, judged, worst.weighed.refuted)
    page, passage, quote = seen.reading.page, worst.window.passage, worst.judgment.quote
    if page is None or not worst.weighed.findings or (quote is not None and quote.grade not in FAITHFUL):
        return contradicting
    around = page.text[max(0, passage.span[0] - _AROUND) : passage.span[0]], page.text[passage.span[1] :][:_AROUND]
    doubt = unsettled(question.statement, passage.text, *around, worst.compared.clashes)
    return replace(contradicting, doubts=(doubt,)) if doubt else contradicting


def _supported(
    question: Question, seen: View, best: Judged, judged: Sequence[Judged], probability: float, *, whole: bool,
    doubt: str = "",
) -> View:  # fmt: skip
    """The page says it, in whole or in part: now whose words are they, and are they quoted faithfully?"""
    page = seen.reading.page
    assert page is not None  # noqa: S101  assess() asks only read pages
    passage = best.window.passage
    who, other = _speaker_match(question, best, page)
    if who is not SpeakerMatch.OTHER and (teller := told_by_another(question.statement, passage.text)):
        who, other = SpeakerMatch.OTHER, teller
    quoting, alone = _quoting(question, page, passage.text)
    if who is not SpeakerMatch.OTHER and alone and " " in quoting and acts_in_full_name(question.statement):
        who, other = SpeakerMatch.OTHER, quoting
    if who is SpeakerMatch.OTHER:
        return replace(view(seen, Outcome.MISATTRIBUTES, best, judged, 0.7), speaker=other)
    doubts = [doubt] if doubt else []
    doubts += [_UNNAMED.format(other) if other else _NOBODY] if who is SpeakerMatch.UNKNOWN else []
    doubts += [_UNNAMED.format(quoting)] if quoting else []
    doubts += [best.weighed.doubt] if best.weighed.doubt else []
    doubts += [] if best.weighed.doubt else set_around(question, best)
    doubts += [_NOT_SURE] if whole and best.weighed.supported < probability else []
    outcome = Outcome.SUPPORTS if whole else Outcome.PARTLY
    if question.whole and not speakers.does(question.attribution, passage.text):
        outcome = Outcome.PARTLY
    quote = best.judgment.quote
    if question.quotes and quote is None:
        outcome = Outcome.PARTLY
        doubts.append("the words in quotation marks do not appear in the source")
    elif quote is not None and quote.grade not in FAITHFUL:
        outcome = Outcome.PARTLY
    elif quote is not None and quote.span is not None and not is_title(quote.quote):
        speaker = (question.attribution.speaker if question.attribution else None) or ""
        own = f"{question.around} {question.asked_on}"
        unsure = unsure_quotation(
            quote, f"{passage.text} {best.window.after}", quote.span[0] - passage.span[0], speaker, own
        )
        doubts += [unsure] if unsure else []
    most = _DOUBTFUL if doubts else 1.0
    doubts += [best.weighed.worded] if best.weighed.worded else []
    return replace(view(seen, outcome, best, judged, min(probability, most)), doubts=tuple(doubts))


def _quoting(question: Question, page: Page, passage: str) -> tuple[str, bool]:
    """Whose words the passage quotes, if the claim quotes them of another, not of a speaker, and whether that is sure.

    Empty for nobody. A title is nobody's words.
    """
    if question.attribution is not None and not speakers.is_own(question.attribution, page):
        return "", False
    for quoted in question.quotes:
        other = "" if is_title(quoted) else quoted_of_another(question.statement, quoted, passage)
        if other:
            return other, acts_alone(other, quoted, passage)
    return "", False


def _speaker_match(question: Question, best: Judged, page: Page) -> tuple[SpeakerMatch, str]:
    """Whose words the deciding passage gives; if it has the claim with its speaker, they are the speaker's."""
    passage, before, claimed = best.window.passage, best.window.before, question.attribution
    if not question.whole:
        return speakers.compare_speaker(claimed, passage.text, before, page, passage.span[0], question.statement)
    named = claimed and claimed.speaker and claimed.speaker.split()[-1] in question.statement
    if named and said(question.statement, passage.text):
        return SpeakerMatch.SAME, ""
    return speakers.compare_deed(claimed, passage.text, before, page, passage.span[0], question.statement)
