"""docs/verdicts.md states the numbers of the code and of ``weights.json``; its examples: examples/test_sample.py."""

from __future__ import annotations

import json
import re
from importlib import import_module
from math import exp
from pathlib import Path

import pytest

from benchmarks.calibration import BOUNDED
from benchmarks.cascade import ASKED_AGAIN
from benchmarks.label_curves import PRECISION, SETS
from claims.copies import COPY
from claims.records import Label, Policy, Probabilities, QuantityFinding, QuoteFinding, QuoteGrade
from claims.verification.weighing.calibration import WEIGHTS
from claims.verification.weighing.quotation_findings import with_quotes
from claims.verification.weighing.weigh import Question, Weighed, compare_passage, weigh
from claims.verification.words import weight

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "verdicts.md").read_text(encoding="utf-8")
CURVES = json.loads(WEIGHTS.read_text(encoding="utf-8"))["judges"]["embedded"]
WORDS = {2: "two", 3: "three", 4: "four", 5: "five"}
# A constant below claims.verification, and the words of the page that state it.
STATED = [
    ("evidence.passages.MAX_SENTENCES", "one to {} sentences"),
    ("evidence.passages.MAX_WORDS", "at most {} words"),
    ("evidence.passages.TOP", "The {} best passages are compared"),
    ("evidence.passages.LONG_PAGE", "more than {} sentences"),
    ("evidence.passages.LONG_TEXT", "or {} characters"),
    ("evidence.ranking.LEAST", "needs a cosine of {};"),
    ("evidence.ranking.LEAST", "has a word of the claim or a cosine of {};"),
    ("evidence.ranking.ALIKE", "has a sentence with a cosine of {} and none"),
    ("evidence.sentences.READ", "from a coverage of {}, the claim and up to"),
    ("evidence.sentences._MOST", "up to {} sentences are parsed"),
    ("weighing.question._TOP_BESIDE", "({} of a page that a claim with other citations does not cite)"),
    ("weighing.question._PARTS", "for the {} passages with the highest coverage"),
    ("weighing.claim_parts._LEAST", "it must have {} words"),
    ("asking.AGAIN", "It reads the {} best passages"),
    ("judges.prompts._SPEAKS", "that cover {} of the claim"),
    ("quotes.alignment.FAR", "more than {} words apart"),
    ("quotes.originals.NEAR", "within {} characters"),
    ("rules.quantities.TOPIC", "covers {} of the rest of the claim."),
    ("rules.quantities.NAME_TOPIC", "covers {} of the rest of the claim ("),
    ("rules.quantities.SURE_TOPIC", "({} if the claim's name is elsewhere on the page)"),
    ("rules.framing._MOST", "no sentence covers {},"),
    ("rules.framing._CARRIES", "cover less than {} of its clause"),
    ("weighing.weigh.ABOUT", "without a passage that covers {} of the claim or has a quotation of it, is silent"),
    ("weighing.weigh.ABOUT", 'From a coverage of {}, "supported" is at most'),
    ("weighing.weigh.ABOUT", "| refutes | coverage {};"),
    ("weighing.weigh.ABOUT", "no passage covers {} of a claim that the page supports"),
    ("weighing.weigh.ABOUT", "for the other pages that cover {},"),
    ("weighing.weigh.NEAR", "if the coverage is {} and a common word is denied"),
    ("weighing.weigh.NEAR", "if the coverage is below {}."),
    ("weighing.weigh.NEAR", "leaves out, with a coverage of {} or"),
    ("weighing.weigh.SAID", '"supported" is at least {} if the claim is in the passage verbatim'),
    ("weighing.weigh._RETOLD", "a toll gives the claim's number: at least {}."),
    ("weighing.weigh._DOUBTED", "possible, planned or alleged is at most {}."),
    ("weighing.weigh._GRAVE", 'another value that was not compared, "supported" is at most {}.'),
    ("weighing.weigh._GRAVE", "that the claim leaves out: at most {}."),
    ("weighing.weigh._GRAVE", "step 6 did not limit it to {};"),
    ("weighing.weigh._UNLIKELY", "a judge alone refutes it with at most {}."),
    ("weighing.calibration.PAGE", "for pages of less than {} passages"),
    ("weighing.calibration.PAGE", "a page of {} passages or more contradicts"),
    ("weighing.calibration.LIKELY", "reaches the threshold of the fit and {} ("),
    ("weighing.calibration.LIKELY", 'or its "refuted" {} or more'),
    ("weighing.assess._DOUBTFUL", "the claim is flagged, with {} at most."),
    ("weighing.assess._SILENT", "Silence counts as {};"),
    ("weighing.page_view.SUPPORTS", "({} without a fit)"),
    ("weighing.page_view.SUPPORTS", "the part without the missing words reaches {} "),
    ("weighing.page_view.PARTLY", "or a probability of {} |"),
    ("weighing.page_view.REFUTES", '"refuted" {} with a rule\'s finding'),
    ("weighing.page_view.REFUTES", "`refuted` from {} with a rule's finding"),
    ("weighing.page_view.REFUTES_ALONE", "with a rule's finding, {} without;"),
    ("weighing.page_view.REFUTES_ALONE", "with a rule's finding or {} without ("),
    ("verdict.decide._FULL", "denies it by a rule with a coverage of {}."),
    ("verdict.decide._CLOSE", "a silent page covers {} of the claim"),
    ("verdict.decide._CLOSE_COUNTED", "or {} and has its number"),
]
OTHERS = [
    (weight("x" * 4) - 4 / 8, "A stem weighs {} plus an eighth"),
    (weight("x" * 40), "at most {}; a number"),
    (weight("7"), "a number weighs {}."),
    (COPY, "if they share {} of the shorter one's runs"),
    (ASKED_AGAIN, "that hold at most {} of the claims"),
    (PRECISION, "high enough that {} of the verdicts above it are right"),
    (Policy().review_below, "`verdicts.review_below` ({})"),
]


def states(words: str, number: float) -> bool:
    """Whether the page has these words with the number in its place, in figures or spelt."""
    forms = [f"{number:,g}", *([WORDS[int(number)]] if number in WORDS else [])]
    return any(words.format(form) in PAGE for form in forms)


@pytest.mark.parametrize(("name", "words"), STATED)
def test_a_stated_threshold_is_that_of_the_code(name: str, words: str) -> None:
    module, _, constant = name.rpartition(".")
    number = getattr(import_module(f"claims.verification.{module}"), constant)
    assert states(words, number), f"{name} is {number}; docs/verdicts.md says otherwise: {words}"


@pytest.mark.parametrize(("number", "words"), OTHERS)
def test_a_stated_number_is_that_of_the_code(number: float, words: str) -> None:
    assert states(words, round(number, 6)), f"it is {number}; docs/verdicts.md says otherwise: {words}"


def test_a_number_that_is_nowhere_stated_is_missed() -> None:
    assert not states("at most {} words", 91)
    assert states("The {} best passages", 5)


def test_what_a_clash_and_a_reversal_leave_of_a_judge_is_stated() -> None:
    sure_of_it, sure_of_nothing = Probabilities(supported=1.0, refuted=0.0), Probabilities(supported=0.0, refuted=0.0)
    claim, other = "About 900 guests watched the oath.", "About 600 guests watched the oath."
    clash = QuantityFinding(kind="count", claimed="About 900", found="About 600", agrees=False)
    clashing = weigh(compare_passage(Question(statement=claim), other, [clash]), sure_of_it, calibrated=True)
    limits = f'limits "supported" to {clashing.supported:g} and raises "refuted" to {clashing.refuted:g};'
    approval = Question(statement="The council approved the plan on Monday.")
    refused = "The council did not approve the plan on Monday."
    turned = weigh(compare_passage(approval, refused), sure_of_it, calibrated=True)
    reverse = f'"supported" is at most {turned.supported:g} and "refuted" at least {turned.refuted:g}.'
    quotation = QuoteFinding(quote="a b", grade=QuoteGrade.VERBATIM, similarity=1.0)
    quoted = weigh(
        compare_passage(Question(statement=claim), "Nothing of it.", quoted=True), sure_of_nothing, [quotation]
    )
    raised = f'raise "supported" to at least {quoted.supported:g} plus 0.4 times the coverage'
    assert [words for words in (limits, reverse, raised) if words not in PAGE] == []


@pytest.mark.parametrize(("ours", "theirs", "place"), [("equal", "fair", 0), ("more", "no", 1)])
def test_what_another_word_in_a_quotation_refutes_is_stated(ours: str, theirs: str, place: int) -> None:
    stated = re.search(r'make "refuted" at least ([\d.]+), words that reverse the meaning ([\d.]+)\.', PAGE)
    assert stated is not None
    diff = (("=", "We are ready for"), ("-", ours), ("+", theirs), ("=", "talks"))
    quotation = QuoteFinding(quote="", grade=QuoteGrade.PARAPHRASE_IN_QUOTES, similarity=0.9, diff=diff)
    weighed = with_quotes(Weighed(supported=1.0, refuted=0.0, covered=1.0), [quotation])
    assert weighed.refuted == float(stated[place + 1])


def bounds() -> list[tuple[str, str, str, str]]:
    """The rows of the table of bounds: curve, rate, bound and sets."""
    return re.findall(r"^\| `(\w+\.\w+)` \| ([\d.]+) \| ([\d.]+) \| ([\w., ]+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("path", "rate", "bound", "sets"), bounds())
def test_a_stated_bound_is_that_of_the_fit_for_the_default_rate(path: str, rate: str, bound: str, sets: str) -> None:
    group, name = path.split(".")
    policy = Policy()
    default = policy.false_supported_rate if name == "supported" else policy.wrong_unflagged_rate
    assert float(rate) == default
    assert [float(rate), float(bound)] in CURVES[group][name]["unflagged"]
    chosen_on = BOUNDED[group] if name == "supported" else SETS[Label(name)]
    assert set(sets.split(", ")) == {each.rpartition("/")[2] for each in chosen_on}


def test_every_bound_is_stated_and_so_are_the_bands_of_the_larger_model() -> None:
    assert {path for path, *_ in bounds()} == {
        f"{group}.{name}" for group in ("passage", "page", "labels") for name in CURVES[group] if name != "refuted"
    }
    (low, high), (page_low, page_high) = (CURVES["second"][group]["band"] for group in ("passage", "page"))
    assert f"{low} to {high} ({page_low} to {page_high} for a page of" in PAGE
    assert len(CURVES["page"]["supported"]["weights"]) == 27
    assert "Twenty-seven numbers" in PAGE
    assert len(CURVES["labels"]["contradicted"]["weights"]) == 9
    assert "over nine numbers" in PAGE


def sums() -> list[tuple[str, str, str, str]]:
    """The sums by hand: the curve, bias and terms, the total and the probability."""
    pattern = r"^    (\w+\.\w+) = (.*?) = (-?[\d.]+), probability ([\d.]+)$"
    return re.findall(pattern, PAGE, re.MULTILINE | re.DOTALL)


def test_three_labels_are_worked_out_by_hand() -> None:
    assert [path for path, *_ in sums()] == ["passage.supported", "labels.contradicted", "labels.not_in_source"]


@pytest.mark.parametrize(("path", "written", "total", "probability"), sums(), ids=[path for path, *_ in sums()])
def test_a_sum_by_hand_has_the_weights_of_the_fit(path: str, written: str, total: str, probability: str) -> None:
    group, name = path.split(".")
    curve = CURVES[group][name]
    bias, _, rest = written.partition(" ")
    terms = re.findall(r"([+-]) ([\d.]+) \* (-?[\d.]+) (\w+)", rest)
    assert float(bias) == curve["bias"]
    assert " ".join(rest.split()) == " ".join(f"{sign} {by} * {value} {what}" for sign, by, value, what in terms)
    assert [(what, float(sign + by)) for sign, by, _, what in terms] == [
        (what, curve["weights"][what]) for *_, what in terms
    ]
    worked_out = float(bias) + sum(float(sign + by) * float(value) for sign, by, value, _ in terms)
    assert float(total) == pytest.approx(worked_out, abs=0.002)
    assert float(probability) == pytest.approx(1 / (1 + exp(-worked_out)), abs=0.001)
