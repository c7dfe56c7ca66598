"""A text cut at the edges of its claims: no character is lost, and the innermost claim comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.highlights import TextRun, claim_pieces, text_runs


def cut(text: str, *claims: list[tuple[int, int]]) -> list[TextRun]:
    return list(text_runs(text, (0, len(text)), claim_pieces(text, claims)))


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([], [("abcdefgh", (), ())]),
        (
            [[(1, 4)], [(3, 6)], []],
            [("a", (), ()), ("bc", (1,), ()), ("d", (2, 1), (1,)), ("ef", (2,), (2,)), ("gh", (), ())],
        ),
        ([[(0, 8)], [(2, 4)]], [("ab", (1,), ()), ("cd", (2, 1), (2,)), ("efgh", (1,), (1,))]),
        ([[(2, 4)], [(0, 8)]], [("ab", (2,), ()), ("cd", (1, 2), (1,)), ("efgh", (2,), (2,))]),
        ([[(0, 2), (4, 6)]], [("ab", (1,), ()), ("cd", (), ()), ("ef", (1,), (1,)), ("gh", (), ())]),
        ([[(-3, 2), (6, 40)]], [("ab", (1,), ()), ("cdef", (), ()), ("gh", (1,), (1,))]),
        ([[(5, 3)], [(8, 9)]], [("abcdefgh", (), ())]),
    ],
)
def test_the_runs_of_a_text(claims: list[list[tuple[int, int]]], expected: list[tuple[object, ...]]) -> None:
    assert [(run.text, run.claims, run.ends) for run in cut("abcdefgh", *claims)] == expected


def test_a_stretch_is_cut_alone() -> None:
    marks = claim_pieces("abcdefgh", [[(1, 6)]])
    assert [(run.text, run.claims, run.ends) for run in text_runs("abcdefgh", (3, 8), marks)] == [
        ("def", (1,), (1,)),
        ("gh", (), ()),
    ]


SPANS = st.lists(st.tuples(st.integers(-2, 30), st.integers(-2, 30)), max_size=4)


@given(st.text(max_size=25), st.lists(SPANS, max_size=3))
def test_the_runs_are_the_text_again(text: str, claims: list[list[tuple[int, int]]]) -> None:
    assert "".join(run.text for run in cut(text, *claims)) == text
