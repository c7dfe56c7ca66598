"""Where two texts differ, word by word."""

import pytest

from claims.highlights import layered
from claims.word_marks import differing, word_places


@pytest.mark.parametrize(
    ("ours", "theirs", "in_ours", "in_theirs"),
    [
        ("The mill employs 40 people.", "The mill employs 14 people.", ["40"], ["14"]),
        ("The mill employs 40 people.", "The mill employs 40 people.", [], []),
        ("the MILL employs 40 people", "The mill employs 40 people.", [], []),
        ("She won the race on Monday.", "She lost the race on Monday morning.", ["won"], ["lost", "morning"]),
        ("Prices rose by 3.5% in May.", "Prices rose by 5.3% in May.", ["3.5%"], ["5.3%"]),
        ("The bridge opened.", "A new ferry runs from the harbour to the island twice a day.", [], []),
        ("", "Something.", [], []),
        ("Der Fluss ist 80 km lang.", "Der Fluss ist 90 km lang.", ["80"], ["90"]),
        ("He met two old friends there.", "He met three very old friends there.", ["two"], ["three very"]),
    ],
)
def test_the_words_that_differ_are_marked_on_both_sides(
    ours: str, theirs: str, in_ours: list[str], in_theirs: list[str]
) -> None:
    left, right = differing(ours, [(0, len(ours))], theirs)
    assert [ours[start:end] for start, end in left] == in_ours
    assert [theirs[start:end] for start, end in right] == in_theirs


def test_only_the_words_within_the_spans_are_compared() -> None:
    text = "Officials said on Friday that 12 ships, all of them old, left the port."
    spans = [(30, 38), (57, 70)]
    left, right = differing(text, spans, "13 ships left the port.")
    assert [text[start:end] for start, end in left] == ["12"]
    assert right == [(0, 2)]


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("12", [(0, 2), (13, 15)]),
        ("ships", [(3, 8)]),
        ("SHIPS", [(3, 8)]),
        ("1", []),
        ("", []),
        ("12 boats", [(13, 21)]),
    ],
)
def test_words_are_found_whole(words: str, spans: list[tuple[int, int]]) -> None:
    text = "12 ships and 12 boats in 2012"
    assert word_places(text, [(0, len(text))], words) == spans


def test_a_text_is_cut_at_the_edges_of_its_marks_and_stays_whole() -> None:
    text = "abcdefghij"
    pieces = list(layered(text, (1, 9), {"one": [(2, 6)], "two": [(4, 8), (0, 1)]}))
    assert pieces == [("b", ()), ("cd", ("one",)), ("ef", ("one", "two")), ("gh", ("two",)), ("i", ())]
