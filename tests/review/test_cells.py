"""Cells, addresses and marks: what is shown, and what is never let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records import Label, Reason
from review.cells import CellContext, address, badge, cell, host, per_cent
from review.highlight import stretches
from review.labels import ADVICE, LOOKS


def test_every_label_has_a_look_and_every_reason_advice() -> None:
    assert set(LOOKS) == {*Label, "void"}
    assert set(ADVICE) == set(Reason)
    assert len({(look.sign, look.word) for look in LOOKS.values()}) == len(LOOKS)


@pytest.mark.parametrize(
    ("label", "html"),
    [
        ("supported", "✓</i> supported"),
        ("not_in_source", "∅</i> not in source"),
        ("void", "struck out"),
        ("<b>odd</b>", "&lt;b&gt;odd&lt;/b&gt;"),
        (None, ""),
        ("", ""),
    ],
)
def test_badges(label: str | None, html: str) -> None:
    assert html in badge(label)


@pytest.mark.parametrize(("share", "words"), [(0.937, "94 %"), (1.0, "100 %"), (0, "0 %"), (None, "")])
def test_shares(share: float | None, words: str) -> None:
    assert per_cent(share) == words


@pytest.mark.parametrize(
    ("url", "safe", "name"),
    [
        ("https://www.wsj.com/a?b=1", True, "wsj.com"),
        ("http://ft.com", True, "ft.com"),
        ("javascript:alert(1)", False, ""),
        ("JavaScript://x/%0aalert(1)", False, ""),
        ("data:text/html,x", False, ""),
        ("file:///etc/passwd", False, ""),
        ("//wsj.com/a", False, ""),
        ("http://[broken", False, ""),
        ("https:", False, ""),
        ("", False, ""),
        (None, False, ""),
    ],
)
def test_only_web_addresses_become_links(url: str | None, safe: bool, name: str) -> None:
    assert address(url) == (url if safe else None)
    assert host(url) == name


PLACE = CellContext(base="/ledger", outlets={"wsj": "The <Wall> Street Journal"})
ROW = {"claim": "ab12cd34ef56ab12", "title": "A <b>title</b>", "statement": "S"}


@pytest.mark.parametrize(
    ("column", "value", "html"),
    [
        ("claim", "ab12cd34ef56ab12", '<a href="/claim/ab12cd34ef56ab12"><code>ab12cd34</code></a>'),
        ("statement", "5 < 6", '<a class="statement" href="/claim/ab12cd34ef56ab12">5 &lt; 6</a>'),
        ("article", "ff", '<a href="/article/ff">A &lt;b&gt;title&lt;/b&gt;</a>'),
        ("capture", "cc11", '<a href="/ledger/captures/cc11"><code>cc11</code></a>'),
        ("confidence", 0.5, "50 %"),
        ("checked_at", "2025-01-20T08:30:00+00:00", "2025-01-20 08:30"),
        ("outlets", '["a&b"]', "arraycontains=a%26b"),
        ("outlets", "[]", "<span></span>"),
        ("outlets", '["wsj"]', 'arraycontains=wsj">The &lt;Wall&gt; Street Journal'),
        ("needs_review", 1, "look"),
        ("needs_review", 0, "<span></span>"),
        ("label", "contradicted", "✗"),
    ],
)
def test_cells(column: str, value: object, html: str) -> None:
    assert html in str(cell(value, column, "current", ROW, PLACE))


@pytest.mark.parametrize(
    ("column", "value", "table"),
    [
        ("outlets", "not json", "current"),
        ("rationale", "words", "current"),
        ("claim", None, "current"),
        ("id", "ab", "verdicts"),
        ("at", "yesterday", "log"),
        ("confidence", "high", "current"),
    ],
)
def test_other_cells_are_datasettes(column: str, value: object, table: str) -> None:
    assert cell(value, column, table, ROW, PLACE) is None


def test_the_marks_of_a_text() -> None:
    pieces = stretches("abcdefgh", {"x": [(1, 4)], "y": [(3, 6)], "z": []})
    assert [(piece.text, piece.claims) for piece in pieces] == [
        ("a", ()),
        ("bc", ("x",)),
        ("d", ("x", "y")),
        ("ef", ("y",)),
        ("gh", ()),
    ]


SPANS = st.lists(st.tuples(st.integers(-2, 30), st.integers(-2, 30)), max_size=4)


@given(st.text(max_size=25), st.dictionaries(st.sampled_from("xyz"), SPANS))
def test_the_stretches_are_the_text_again(text: str, spans: dict[str, list[tuple[int, int]]]) -> None:
    assert "".join(piece.text for piece in stretches(text, spans)) == text
