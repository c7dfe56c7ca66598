"""What is a change of a page and what is none; and what a change means for the passages that verdicts rest on."""

from __future__ import annotations

import pytest

from claims.records import Capture, Page, Reason, Via
from sources.captures.revisions import Kind, comparable, line_sentences, revision_between

PAGE = (
    "The minister said on Monday that 85 percent of the members had voted. He left the hall at noon.\n"
    "“Nobody is happy,” Ines Holm said. The talks go on in Riyadh.\n"
    "Unions called the plan the best that could be had."
)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (PAGE, PAGE, []),
        (PAGE, PAGE.replace("\n", "\n\n").replace(" He", "  He"), []),
        (PAGE, PAGE.replace("“", '"').replace("”", '"'), []),
        (PAGE, "\n".join(reversed(PAGE.splitlines())), []),
        (PAGE, PAGE.replace("percent", "per\u00adcent"), []),
        (PAGE, PAGE + "\n* * *", []),
        (PAGE, PAGE.replace("85", "90"), [("reworded", "85", "90")]),
        (PAGE, PAGE.replace("had voted", "had not voted"), [("reworded", "", "not")]),
        (PAGE, PAGE.replace(" He left the hall at noon.", ""), [("gone", "He left the hall at noon.", "")]),
        (PAGE, PAGE + " Later the plan was dropped.", [("new", "", "Later the plan was dropped.")]),
        (
            PAGE,
            PAGE.replace("The talks go on in Riyadh.", "A spokesman declined to comment."),
            [("gone", "The talks go on in Riyadh.", ""), ("new", "", "A spokesman declined to comment.")],
        ),
        ("Yes. Yes. No.", "Yes. No.", [("gone", "Yes.", "")]),
        ("", PAGE.splitlines()[2], [("new", "", PAGE.splitlines()[2])]),
        ("大臣は話した。雨が降った。", "大臣は話した。雪が降った。", [("reworded", "雨が降った。", "雪が降った。")]),
    ],
)
def test_what_changed(before: str, after: str, expected: list[tuple[str, str, str]]) -> None:
    edits = revision_between(Page(text=before), Page(text=after)).edits
    listed = [
        (
            edit.kind.value,
            " ".join(words for sign, words in edit.diff if sign == "-") or edit.before * (edit.kind is Kind.GONE),
            " ".join(words for sign, words in edit.diff if sign == "+") or edit.after * (edit.kind is Kind.NEW),
        )
        for edit in edits
    ]
    assert listed == expected


@pytest.mark.parametrize(
    ("before", "after", "title", "published"),
    [
        (("Talks", "2026-01-20"), ("Talks", "2026-01-20"), None, None),
        (("Talks", None), ("Talks fail", None), ("Talks", "Talks fail"), None),
        (("“Talks”", None), ('"Talks"', None), None, None),
        (("Talks", "2026-01-20"), (None, "2026-01-21"), None, ("2026-01-20", "2026-01-21")),
        (("Talks", "2026-01-20"), ("Talks", None), None, None),
    ],
)
def test_title_and_date(
    before: tuple[str, str | None],
    after: tuple[str | None, str | None],
    title: tuple[str, str] | None,
    published: tuple[str, str] | None,
) -> None:
    earlier, later = (Page(text=PAGE, title=name, published=day) for name, day in (before, after))
    revision = revision_between(earlier, later)
    assert (revision.title, revision.published, revision.edits) == (title, published, ())
    assert bool(revision) is bool(title or published)


def test_a_paywall_that_came_up_takes_nothing_away() -> None:
    lead = PAGE.splitlines()[0].replace("85", "90")
    revision = revision_between(Page(text=PAGE), Page(text=lead, partial=Reason.PAYWALL))
    assert revision.closed is Reason.PAYWALL
    assert [edit.kind for edit in revision.edits] == [Kind.REWORDED]
    opened = revision_between(Page(text=lead, partial=Reason.PAYWALL), Page(text=PAGE))
    assert opened.closed is None
    assert [edit.kind for edit in opened.edits] == [Kind.REWORDED]


@pytest.mark.parametrize(
    ("before", "after", "touched"),
    [
        (["The minister said on Monday that 85 percent of the members had voted. He left the hall at noon."], [], 1),
        (["85 percent of the members had voted."], [], 1),
        ([], ["The minister said on Monday that 90 percent of the members had voted."], 1),
        (["He left the hall at noon. The talks go on in Riyadh."], [], 0),
        ([], ["The minister said on Monday that 85 percent of the members had voted."], 0),
        ([], [], 0),
    ],
)
def test_which_passages_a_change_touches(before: list[str], after: list[str], touched: int) -> None:
    revision = revision_between(Page(text=PAGE), Page(text=PAGE.replace("85", "90")))
    assert len(revision.touching(before, after)) == touched


def test_another_page_altogether_is_told_without_comparing_every_sentence_with_every_other() -> None:
    earlier = "\n".join(f"Sentence {n} of the page as it was." for n in range(300))
    other = "\n".join(f"Sentence {n} of the page as it is." for n in range(300))
    edits = revision_between(Page(text=earlier), Page(text=other)).edits
    assert {edit.kind for edit in edits} == {Kind.GONE, Kind.NEW}
    assert len(edits) == 600


def test_sentences_keep_their_marks() -> None:
    text = "He said: “Nobody is happy.” She left (at noon.) It costs 3.5 million.\nA list"
    assert list(line_sentences(text)) == [
        "He said: “Nobody is happy.”",
        "She left (at noon.)",
        "It costs 3.5 million.",
        "A list",
    ]


@pytest.mark.parametrize(
    ("first", "second", "may"),
    [
        (Via.LIVE, Via.LIVE, True),
        (Via.LIVE, Via.ARCHIVE, True),
        (Via.REPLAY, Via.LIVE, True),
        (Via.MANUAL, Via.MANUAL, True),
        (Via.MANUAL, Via.LIVE, False),
        (Via.LIVE, Via.MANUAL, False),
    ],
)
def test_what_a_person_saved_is_not_laid_beside_what_a_server_sent(first: Via, second: Via, may: bool) -> None:
    before, after = (
        Capture(url="https://a.example/", final_url="", status=200, fetched_at="", via=via, sha256="")
        for via in (first, second)
    )
    assert comparable(before, after) is may
