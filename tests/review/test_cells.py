"""Cells, addresses and marks: what is shown, and what is never let through."""

from zoneinfo import ZoneInfo

import pytest

from claims.records import Label
from review.cells import LOOKS, CellContext, badge, cell, in_words


def test_every_label_has_a_look() -> None:
    assert set(LOOKS) == {*Label, "void"}
    assert len({(look.symbol, look.word) for look in LOOKS.values()}) == len(LOOKS)


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


PLACE = CellContext(base="/ledger", outlets={"wsj": "The <Wall> Street Journal"})
ROW = {"claim": "ab12cd34ef56ab12", "title": "A <b>title</b>", "statement": "S"}


def test_labels_have_the_words_of_the_desk_and_times_its_zone() -> None:
    place = CellContext(base="/ledger", looks=in_words({"contradicted": "False"}), zone=ZoneInfo("Asia/Kolkata"))
    assert "✗</i> False" in str(cell("contradicted", "label", "current", ROW, place))
    assert "✓</i> supported" in str(cell("supported", "standing", "current", ROW, place))
    assert ">2025-01-21 01:00</time>" in str(cell("2025-01-20T19:30:00Z", "at", "log", ROW, place))
    assert [place.when(text) for text in (None, "", "soon", "2025-01-20T19:30:00")] == [
        *("", "", "soon"),
        "2025-01-21 01:00",
    ]
    assert place.when("9999-12-31T23:59:59Z") == "9999-12-31T23:59:59Z"


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
        ("outlet", "wsj", '<span title="wsj">The &lt;Wall&gt; Street Journal</span>'),
        ("reason", "robots", '<span title="robots">blocked by robots.txt</span>'),
    ],
)
def test_cells(column: str, value: object, html: str) -> None:
    assert html in str(cell(value, column, "current", ROW, PLACE))


@pytest.mark.parametrize(
    ("column", "value", "table"),
    [
        ("outlets", "not json", "current"),
        ("rationale", "words", "current"),
        ("outlet", "@somebody", "unread"),
        ("reason", "a question", "verdicts"),
        ("claim", None, "current"),
        ("id", "ab", "verdicts"),
        ("at", "yesterday", "log"),
        ("confidence", "high", "current"),
    ],
)
def test_other_cells_are_datasettes(column: str, value: object, table: str) -> None:
    assert cell(value, column, table, ROW, PLACE) is None
