"""Passages are ranked by words and by meaning together; what is near in meaning is read, never believed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claims.records import Citation, CitationKind, Claim, ClaimKind, Label, Page, Policy, Reading, Source, Stamp
from claims.verification.evidence.passages import LONG_PAGE, LONG_TEXT, TOP, Ranked
from claims.verification.evidence.ranking import LEAST, WEIGHT, combined_scores, of_runs
from claims.verification.evidence.sentence_encoder import encoder
from claims.verification.judges.load import load_judge
from claims.verification.verify import verify
from claims.verification.words import content


def paraphrases() -> list[tuple[str, str, list[str]]]:
    """The rows of the table: claim, the sentence that says it, the sentences that do not."""
    text = Path(__file__).with_name("paraphrases.txt").read_text(encoding="utf-8")
    blocks = [[line for line in block.splitlines() if not line.startswith("#")] for block in re.split(r"\n\s*\n", text)]
    rows = [[line for line in block if line] for block in blocks]
    return [(row[0], row[1].removeprefix("+ "), [line.removeprefix("- ") for line in row[2:]]) for row in rows if row]


ROWS = paraphrases()
# One page of them all, so that every claim has its sentence among two other ones that share its words and 75 more.
LINES = [
    line
    for place in range(len(ROWS))
    for line in (*ROWS[place][2][:1], ROWS[(place + 13) % len(ROWS)][1], *ROWS[(place + 7) % len(ROWS)][2][1:])
]
PAGE = Page(text="\n".join(LINES))
BY_WORDS, TOGETHER = Ranked(PAGE), Ranked(PAGE, encoder=encoder())


def test_the_table_is_what_it_says() -> None:
    assert len(ROWS) >= 25
    for claim, says, others in ROWS:
        assert not set(content(claim)) & set(content(says)), f"{claim} shares a word with {says}"
        assert len(others) == 2
        assert all(set(content(claim)) & set(content(other)) for other in others)


@pytest.mark.parametrize(("claim", "says"), [row[:2] for row in ROWS], ids=[row[0][:30] for row in ROWS])
def test_a_paraphrase_without_a_common_word_is_found(claim: str, says: str) -> None:
    found = TOGETHER.top(claim)
    assert any(says in window.passage.text for window in found)
    assert len(found) <= TOP


def test_words_alone_do_not_find_them() -> None:
    found = [says for claim, says, _ in ROWS if any(says in window.passage.text for window in BY_WORDS.top(claim))]
    # Where it stands in one passage with a sentence that shares words, it may come along.
    assert len(found) <= 3


@pytest.mark.parametrize(
    ("words", "near", "best"),
    [
        ([3.0, 1.0, 0.0], None, 0),
        ([3.0, 1.0, 0.0], [0.1, 0.1, 0.1], 0),
        ([3.0, 1.0, 0.0], [0.1, 0.8, 0.9], 1),
        ([3.0, 2.9, 0.0], [0.2, 0.6, 0.5], 1),
        ([0.0, 0.0, 0.0], [0.1, 0.5, 0.2], 1),
        ([2.0, 1.0, 0.0], [-0.5, 0.1, 0.2], 0),
    ],
)
def test_two_rankings_become_one(words: list[float], near: list[float] | None, best: int) -> None:
    scores = combined_scores(words, near)
    assert max(range(len(scores)), key=lambda place: scores[place]) == best


def test_what_has_no_word_and_is_not_near_is_out() -> None:
    assert combined_scores([0.0, 0.0], [LEAST - 0.01, LEAST]) == [0.0, pytest.approx(WEIGHT * LEAST)]
    assert combined_scores([0.0, 1.0], [-1.0, -1.0]) == [0.0, 1.0]
    assert combined_scores([], None) == combined_scores([], []) == []


def test_a_run_is_as_near_as_its_nearest_sentence() -> None:
    assert of_runs([0.1, 0.7, 0.3], [(0, 1), (0, 2), (2, 3), (0, 3)]) == [0.1, 0.7, 0.3, 0.7]


def test_of_passages_that_rank_alike_the_shortest_is_read() -> None:
    page = Page(
        text="The bakery opens at six. Owls hunt at night. The firm laid off about 300 employees. Tea was served."
    )
    found = Ranked(page, encoder=encoder()).top("The company fired hundreds of workers.")
    assert found[0].passage.text == "The firm laid off about 300 employees."


@pytest.mark.parametrize("claim", ["zebra quagga okapi", "", "!!!", "the of and"])
def test_nothing_in_common_nothing_found(claim: str) -> None:
    page = Page(text="About 600 guests watched the oath in the Rotunda.\nSnow fell all day.\nThe metro opened at four.")
    assert Ranked(page, encoder=encoder()).top(claim) == []


def test_an_empty_page_has_nothing() -> None:
    empty = Ranked(Page(text=""), encoder=encoder())
    assert empty.top("The ship went down.") == []
    assert empty.alike("The ship went down.") is None


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"Line {number} is about nothing." for number in range(LONG_PAGE + 1)),
        "Line 7 is about nothing and " * (LONG_TEXT // 20),  # one paragraph without a full stop
    ],
)
def test_a_book_is_ranked_by_words_alone(text: str) -> None:
    book = Ranked(Page(text=text), encoder=encoder())
    assert book.alike("Line 7 is about nothing.") is None
    assert book.top("Line 7 is about nothing.")


def check(statement: str, text: str) -> tuple[Label, bool, str, str]:
    """The label, the flag, the first evidence and the rationale of a claim that cites one page."""
    citation = Citation(kind=CitationKind.LINK, outlet="Gazette", url="https://gazette.example/")
    reading = Reading(source=Source(citation=citation), page=Page(text=text, url=citation.url, outlet="Gazette"))
    claim = Claim(
        article="a", text=statement, spans=(), statement=statement, kind=ClaimKind.STATEMENT, checkable=True,
        citations=(citation,),
    )  # fmt: skip
    judge = load_judge("embedded")
    [verdict] = verify(
        [claim], Page(text=statement), [reading], judge, Stamp(run="r", policy=Policy(), now="2025-01-01T00:00:00Z")
    )
    shown = verdict.evidence[0].passage.text if verdict.evidence else ""
    return verdict.label, verdict.needs_review, shown, verdict.rationale


BESIDE = "The bakery opens at six.\nOwls hunt at night.\nThe choir sang two encores.\nRain is expected.\n"


@pytest.mark.parametrize(
    ("claim", "near"),
    [
        ("The company fired hundreds of workers.", "The firm laid off about 300 employees."),
        ("Kids should drink less soda.", "Children ought to cut down on sugary soft beverages."),
        # The opposite is as near in meaning: that is why nothing is concluded from nearness alone.
        ("The company fired hundreds of workers.", "The firm took on about 300 employees."),
    ],
)
def test_what_is_only_near_in_meaning_is_shown_to_a_person(claim: str, near: str) -> None:
    label, flagged, shown, rationale = check(claim, BESIDE + near)
    assert label is Label.NOT_IN_SOURCE or (label is Label.SUPPORTED and "took on" not in near)
    assert flagged
    assert shown == near
    assert "other words" in rationale


def test_a_page_on_another_matter_is_silent_without_a_flag() -> None:
    claim = (
        "The airline fired hundreds of mechanics at its two northern maintenance plants near Larnholm and Vesterby in "
        "October after a nine-week strike over unpaid overtime, cancelled pensions and winter uniforms."
    )
    label, flagged, _, rationale = check(claim, BESIDE)
    assert label is Label.NOT_IN_SOURCE
    assert not flagged
    assert "other words" not in rationale


def test_a_silent_page_that_names_what_the_claim_is_about_is_looked_at() -> None:
    claim = (
        "The airline fired hundreds of mechanics at its two northern maintenance plants near Larnholm and Vesterby in "
        "October after a nine-week strike over unpaid overtime, cancelled pensions and winter uniforms."
    )
    label, flagged, _, rationale = check(claim, BESIDE + "The mayor of Larnholm opened a school.")
    assert (label, flagged) == (Label.NOT_IN_SOURCE, True)
    assert "It speaks of Larnholm" in rationale


def test_a_short_claim_on_another_matter_is_flagged_and_not_for_other_words() -> None:
    label, flagged, _, rationale = check("The company fired hundreds of workers.", BESIDE)
    assert (label, flagged) == (Label.NOT_IN_SOURCE, True)
    assert "other words" not in rationale
