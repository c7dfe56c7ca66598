"""What a passage must share with a claim before another value in it counts, and what only some of it says."""

from __future__ import annotations

import pytest

from claims.verification.clauses.structure import structure
from claims.verification.rules.framing import framed, scattered, superseded
from claims.verification.rules.polarity import denied, hedged, opposite, redirected, swapped
from claims.verification.rules.quantities import compare
from claims.verification.rules.rivals import rival
from claims.verification.words import content, coverage

AGREES, CLASHES, NOT_COMPARED = True, False, None


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        # Another name in the slot clashes; beside another number it may be another event.
        ("Ana Berg closed 5 mills in Orrin.", "Ana Berg closed 5 mills in Tessel.",
         [("5", AGREES, ""), ("Ana Berg", AGREES, ""), ("Orrin", CLASHES, "")]),
        ("Ana Berg closed 5 mills in Orrin.", "Ana Berg closed 7 mills in Tessel.",
         [("5", NOT_COMPARED, "not compared"), ("Ana Berg", AGREES, ""), ("Orrin", NOT_COMPARED, "another matter")]),
        ("Ana Berg closed 5 mills on Monday.", "Ana Berg closed 7 mills on Tuesday.",
         [("5", NOT_COMPARED, "another matter"), ("Monday", NOT_COMPARED, "another matter"), ("Ana Berg", AGREES, "")]),
        ("Ana Berg closed the mills on Monday.", "Ana Berg closed the mills on Tuesday.",
         [("Monday", CLASHES, ""), ("Ana Berg", AGREES, "")]),
        ("Ana Berg closed the mills.", "Ana Falk closed the mills.", [("Ana Berg", CLASHES, "")]),
        # Who holds an office elsewhere is somebody else, unless a number shows that it is one event.
        ("The mayor of Orrin closed the mills.", "The mayor of Tessel closed the mills.",
         [("Orrin", NOT_COMPARED, "not compared")]),
        ("The mayor of Orrin closed 5 mills.", "The mayor of Tessel closed 5 mills.",
         [("5", AGREES, ""), ("Orrin", CLASHES, "")]),
        # What a source takes back, and what it now says.
        ("The fire killed 12 people.", "The fire, first said to have killed 12 people, killed 9.",
         [("12", CLASHES, "takes back")]),
        ("The fire killed 9 people.", "The fire, first said to have killed 12 people, killed 9.", [("9", AGREES, "")]),
        # Each year has its own figure.
        ("Exports were 50 tonnes in 2020.", "Exports were 50 tonnes in 2019 and 45 tonnes in 2020.",
         [("50 tonnes", CLASHES, ""), ("2020", AGREES, "")]),
        ("Exports were 45 tonnes in 2020.", "Exports were 50 tonnes in 2019 and 45 tonnes in 2020.",
         [("45 tonnes", AGREES, ""), ("2020", AGREES, "")]),
        # The same number of something else says nothing.
        ("The bank has 40 branches.", "The bank has 40 tellers.", [("40", NOT_COMPARED, "")]),
        ("A man aged 40 drowned.", "A 41-year-old man drowned.", [("40", CLASHES, "")]),
        # The month in common is no deed in common.
        ("Holm spoke to Ruiz in Oslo on 3 June.", "On 9 June Holm called Ruiz from Oslo.",
         [("3 June.", NOT_COMPARED, "not compared"), ("Holm", AGREES, ""), ("Ruiz", AGREES, ""), ("Oslo", AGREES, "")]),
        # A cell of a table.
        ("The Greens won 12 percent in Orrin.", "Party | Orrin | Tessel\nGreens | 14 | 12\nReds | 20 | 30",
         [("12 percent", CLASHES, "Greens, Orrin"), ("Greens", AGREES, ""), ("Orrin", AGREES, "")]),
        ("The Greens won 14 percent in Orrin.", "Party | Orrin | Tessel\nGreens | 14 | 12\nReds | 20 | 30",
         [("14 percent", AGREES, ""), ("Greens", AGREES, ""), ("Orrin", AGREES, "")]),
    ],
)  # fmt: skip
def test_what_is_compared(claim: str, source: str, expected: list[tuple[str, bool | None, str]]) -> None:
    found = compare(claim, source)
    assert [(finding.claimed, finding.agrees) for finding in found] == [row[:2] for row in expected]
    assert all(note in finding.note for finding, (_, _, note) in zip(found, expected, strict=True))


def test_a_name_that_stands_elsewhere_on_the_page_may_be_meant() -> None:
    claim, passage = "Ana Berg closed the steel mills of the town.", "Jon Falk closed the steel mills of the town."
    assert [finding.agrees for finding in compare(claim, passage, page=("berg",))] == [CLASHES]
    less = "Jon Falk closed the mills of the town."
    assert [finding.agrees for finding in compare(claim, less)] == [CLASHES]
    assert [finding.agrees for finding in compare(claim, less, page=("berg",))] == [NOT_COMPARED]
    assert [finding.agrees for finding in compare(claim, "She closed the mills.", context="Ana Berg won.")] == [AGREES]


@pytest.mark.parametrize(
    ("claim", "passage", "frame", "denies"),
    [
        ("The plant closed.", "If the plant closed, 300 people would lose their work.", "“If”", False),
        ("The plant closed.", "It is unclear whether the plant closed.", "“whether”", False),
        ("The plant closed.", "The plant closed. This is not true.", "next sentence", True),
        ("The plant closed.", "The plant closed. No, it did not.", "next sentence", True),
        ("The plant closed.", "The plant closed. But that was wrong.", "next sentence", True),
        ("The plant closed.", "The plant closed, which was later debunked.", "was later debunked", True),
        ("The plant closed.", "The claim that the plant closed was proven false.", "claim that", True),
        ("All plants of the firm closed.", "Nearly all plants of the firm closed.", "only of some", False),
        ("Every plant closed.", "Most plants closed.", "only of some", False),
        ("Both plants closed.", "Some of the plants closed.", "only of some", False),
        ("The plants closed.", "Half of the plants closed.", "only of some", False),
        ("All of the plants closed.", "It has 48 plants. Thirty-one of them closed.", "only of some", False),
        ("The plant's reactors stopped.", "One of the plant's four reactors stopped.", "only of some", False),
        ("It is the best plant.", "It is among the best plants.", "among the best", False),
        ("It is the best plant.", "It is the second best plant.", "second best", True),
        ("Its tallest tower fell.", "The 3rd tallest tower fell.", "3rd tallest", True),
        ("It is the most modern plant.", "It is one of the most modern plants.", "one of the most modern", False),
        ("The council opened the bridge.", "The council is about to open the bridge.", "is about to", False),
    ],
)
def test_a_frame(claim: str, passage: str, frame: str, denies: bool) -> None:
    found = framed(claim, passage)
    assert found is not None
    assert frame in found.text
    assert found.denies is denies


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The plant would close if the bank fails.", "The plant would close if the bank fails."),
        ("The plant closed.", "The plant closed. That is a pity."),
        ("Two of the three reactors stopped.", "Two of the three reactors stopped."),
        ("It is the first plant.", "It is the second plant."),
        ("The council will open the bridge.", "The council is about to open the bridge."),
        ("The plant closed.", "The plant closed. Asked if it would reopen, its owner was silent."),
        ("All plants of the firm closed.", "Nearly all shops and all plants of the firm closed."),
        ("No passengers were hurt.", "None of the passengers were hurt."),
    ],
)
def test_no_frame(claim: str, passage: str) -> None:
    assert framed(claim, passage) is None


@pytest.mark.parametrize(
    ("sentence", "words", "expected"),
    [
        ("The fire, first given as 14, killed 9.", "14", True),
        ("The toll rose to 30 from 25.", "25", True),
        ("The toll rose to 30 from 25 people.", "25", True),
        ("The toll rose to 30 from three crashes.", "three", False),
        ("The fire, first given as 14, killed 9.", "9", False),
    ],
)
def test_an_earlier_figure(sentence: str, words: str, expected: bool) -> None:
    assert superseded(sentence, sentence.index(words)) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("The search was called off.", "The ship called at Brest. The search went on in the night.", True),
        ("The search was called off.", "The ship called at Brest. The search was called off in the night.", False),
        ("The search was called off.", "The ship called at Brest.", False),
        ("Rovers beat United at home.", "Rovers played United. They beat them at home.", False),
    ],
)
def test_words_of_two_sentences(claim: str, passage: str, expected: bool) -> None:
    assert scattered(claim, passage) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        # How far a negation reaches, and what ends it.
        ("The minister resigned.", "The minister did not resign.", True),
        ("The minister resigned.", "The minister did not speak; he resigned.", False),
        ("The minister resigned.", "The minister, not the mayor, resigned.", False),
        ("The minister resigned.", "The minister, not the mayor, did not resign.", True),
        ("The fire was caused by a candle.", "The fire was caused by a cable rather than by a candle.", True),
        ("The fire was caused by a cable.", "The fire was caused by a cable rather than by a candle.", False),
        ("The town will build a pool.", "Instead of a pool the town will build a library.", True),
        ("The town will build a library.", "Instead of a pool the town will build a library.", False),
        ("The minister resigned.", "The minister not only resigned but left.", False),
        ("The minister resigned.", "The minister denied that he had ever resigned.", True),
        ("The minister resigned.", "The minister never denied that he resigned.", False),
        ("The minister resigned.", "It is false that the minister resigned.", True),
        ("The minister resigned.", "If the minister had not resigned, the court would sit.", False),
        ("Police found evidence of fraud.", "Police found no evidence of fraud.", True),
        ("Few of the flats burned.", "Few of the flats burned.", False),
        ("The flats were rarely shut.", "The flats were shut.", True),
        ("The last few flats were shut.", "The flats were shut.", False),
        ("She left because of the noise.", "She did not leave because of the noise.", True),
        ("She left because of the noise.", "She did not sleep, and left because of the noise.", False),
        ("The board did not approve it.", "The board rejected it.", False),
        ("The board approved it.", "The board did not reject it.", False),
    ],
)
def test_what_is_denied(claim: str, passage: str, expected: bool) -> None:
    assert denied(claim, passage) is expected
    assert denied(passage, claim) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("The court ruled out a trial.", "The court ruled in a trial.", True),
        ("Ana Berg voted for the plan.", "Ana Berg voted against the plan.", True),
        ("Ana Berg voted for the plan.", "Ana Berg voted against the cut and voted for the plan.", False),
        ("Prices went up in May.", "Prices went down in May.", True),
        ("Prices went up in May.", "Prices went up in May.", False),
        ("It sank off the coast on Monday.", "Off the coast, it sank on Monday.", False),
    ],
)
def test_the_other_particle(claim: str, passage: str, expected: bool) -> None:
    assert redirected(claim, passage) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "converses", "expected"),
    [
        ("Orbis bought the mill.", "Orbis sold the mill.", True, True),
        ("Orbis bought the mill.", "Orbis sold the mill.", False, False),
        ("Orbis opened the mill.", "Orbis closed the mill.", False, True),
        ("Orbis opened the mill.", "Orbis opened the mill and closed the shop.", True, False),
        ("Orbis did not open the mill.", "Orbis closed the mill.", True, False),
    ],
)
def test_an_opposite(claim: str, passage: str, converses: bool, expected: bool) -> None:
    assert opposite(claim, passage, converses=converses) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("Ana Berg sued Jon Falk.", "Jon Falk sued Ana Berg.", True),
        ("Ana Berg sued Jon Falk.", "Jon Falk was sued by Ana Berg.", False),
        ("Ana Berg sued Jon Falk.", "Ana Berg was sued by Jon Falk.", True),
        ("Ana Berg sold it to Jon Falk.", "Jon Falk bought it from Ana Berg.", False),
        ("Ana Berg married Jon Falk.", "Jon Falk married Ana Berg.", False),
        ("Ana Berg sued Jon Falk.", "Jon Falk sued Ana Berg after Ana Berg sued Jon Falk.", False),
    ],
)
def test_who_did_it_to_whom(claim: str, passage: str, expected: bool) -> None:
    assert swapped(claim, passage) is expected


def test_the_month_of_may_is_a_word_and_no_doubt() -> None:
    assert coverage(content("It was sold in May."), content("It was sold.")) < 1
    assert content("May 3") == content("3 May")[::-1]
    assert content("May she win?") == content("She may win.")
    assert not structure("The board approved the plan in May.", "The board approved the plan.").agrees
    assert not hedged("The board approved the plan.", "In May the board approved the plan.")


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("The firm sold the mill.", "The firm may have sold the mill.", True),
        ("The firm sold the mill.", "The firm allegedly sold the mill.", True),
        ("The firm may have sold the mill.", "The firm may have sold the mill.", False),
        ("The firm sold the mill.", "The firm sold the mill and may move.", False),
    ],
)
def test_what_is_only_possible_there(claim: str, passage: str, expected: bool) -> None:
    assert hedged(claim, passage) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("Rain in Orrin reached 40 tonnes.", "Rain in Tessel reached 40 tonnes, and in Orrin it reached 12.", "Tessel"),
        ("Rain in Orrin reached 40 tonnes.", "Rain in Orrin reached 40 tonnes, and in Tessel it reached 12.", ""),
        ("Orrin has 40 mills.", "Tessel has 40 mills and Orrin 12.", "Tessel"),
        ("Orrin has 40 mills.", "Orrin and Tessel have 40 and 12 mills.", ""),
        (
            "Sales were 40 million euros in 2020.",
            "Sales were 40 million euros in 2019, but 12 million in 2020.",
            "2019",
        ),
        ("Jane Moor wrote the book.", "Jane Moor, Alan Pike and Ana Berg wrote the book.", ""),
        ("Jane Moor wrote the book.", "Alan Pike and Jane Moor wrote the book.", ""),
    ],
)
def test_a_rival(claim: str, passage: str, expected: str) -> None:
    assert rival(claim, passage) == expected
