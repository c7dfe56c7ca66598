"""Word files with comments: at the right words, with nothing else changed, and readable by others."""

from __future__ import annotations

import dataclasses
import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import mammoth
import pytest
from documents import W, docx, link, note, paragraph, run, table
from sample_records import make_check, make_claim, make_verdict, span_of

from claims.records import Label, Page
from flows.show.documents.alignment import aligned
from flows.show.documents.comments import commented_article
from flows.show.documents.word_file import WordComment, commented
from sources.page.page import read_page

AT = "2025-01-21T08:00:00+00:00"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BOLD = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>'
DELETED = "<w:del><w:r><w:delText>forty </w:delText></w:r></w:del>"
INSERTED = f"<w:ins>{run('fifty ')}</w:ins>"
STORY = docx(
    paragraph(run("The bridge"), style="Heading1"),
    paragraph(run("The bridge cost "), DELETED, INSERTED, BOLD % "million", run(" euros. It opened "),
              link("l1", "on Monday"), run(".")),
    paragraph(run("It rained. It rained again"), note(2), run(" all day.")),
    table(("Year", "Cost"), ("2020", "12 million")),
    paragraph('<w:r><w:t>First</w:t><w:br/><w:t>second line,</w:t><w:tab/><w:t>then a tab.</w:t></w:r>'),
    paragraph(run("It rained again.")),
    links={"l1": "https://example.org/monday"}, notes={2: paragraph(run("The city."))},
)  # fmt: skip


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(part)
    return parts


def comments_in(data: bytes) -> list[tuple[str, list[str]]]:
    """Every comment: the words that it stands at, and its lines."""
    parts = parts_of(data)
    words: dict[str, str] = {}
    open_ids: set[str] = set()
    for element in ElementTree.fromstring(parts["word/document.xml"]).iter():
        name, number = element.tag.removeprefix(f"{{{W}}}"), element.get(f"{{{W}}}id", "")
        if name == "commentRangeStart":
            open_ids.add(number)
        elif name == "commentRangeEnd":
            open_ids.discard(number)
        text = (element.text or "") if name == "t" else " " if name in ("tab", "br") else ""
        words |= {number: words.get(number, "") + text for number in open_ids}
    return [
        (
            words.get(comment.get(f"{{{W}}}id", ""), ""),
            ["".join(line.itertext()) for line in comment.iter(f"{{{W}}}p")],
        )
        for comment in ElementTree.fromstring(parts["word/comments.xml"])
    ]


def page_of(data: bytes) -> Page:
    return read_page(data, content_type=WORD)


@pytest.mark.parametrize(
    "words",
    [
        "The bridge cost fifty million euros.",  # bold, inserted, and beside deleted words
        "cost fifty million",
        "It opened on Monday.",  # ends after a link
        "Monday",
        "It rained again",  # before a footnote
        "12 million",
        "2020 | 12 million",  # the bar is only in the text that was read
        "second line",
        "then a tab.",
        "The bridge",
    ],
)
def test_a_comment_stands_at_its_words(words: str) -> None:
    page = page_of(STORY)
    span = span_of(words, page.text)
    out = commented(
        page,
        [
            WordComment(span=span, lines=("Supported", "It says so.")),
        ],
        at=AT,
        original=STORY,
    )
    assert out.unplaced == 0
    assert comments_in(out.data) == [(words.replace(" | ", ""), ["Supported", "It says so."])]
    assert page_of(out.data) == dataclasses.replace(page, sha256=page_of(out.data).sha256)


def test_the_same_words_twice_are_told_apart_by_their_place() -> None:
    page = page_of(STORY)
    last = page.text.rindex("It rained again.")
    out = commented(page, [WordComment(span=(last, last + 9), lines=("x",))], at=AT, original=STORY)
    before, _, after = parts_of(out.data)["word/document.xml"].partition(b"<w:commentRangeStart")
    assert b"then a tab" in before
    assert b" again." in after


def test_comments_may_overlap_and_the_words_keep_their_formatting() -> None:
    page = page_of(STORY)
    chosen = ["The bridge cost fifty million euros.", "fifty million", "million euros. It opened"]
    comments = [WordComment(span=span_of(words, page.text), lines=(words,)) for words in chosen]
    out = commented(page, comments, at=AT, original=STORY)
    assert comments_in(out.data) == [(words, [words]) for words in chosen]
    assert "<strong>million</strong>" in mammoth.convert_to_html(io.BytesIO(out.data)).value
    assert b"forty " in parts_of(out.data)["word/document.xml"]  # a tracked deletion stays one


def test_earlier_comments_stay() -> None:
    page = page_of(STORY)
    first = commented(page, [WordComment(span=span_of("Monday", page.text), lines=("mine",))], at=AT, original=STORY)
    again = commented(page, [WordComment(span=span_of("12 million", page.text), lines=("new",))], at=AT,
                      original=first.data)  # fmt: skip
    assert comments_in(again.data) == [("Monday", ["mine"]), ("12 million", ["new"])]


def test_a_comment_whose_words_are_not_there_is_not_lost() -> None:
    other = docx(paragraph(run("Something else.")))
    page = page_of(STORY)
    out = commented(page, [WordComment(span=span_of("Monday", page.text), lines=("x",))], at=AT, original=other)
    assert out.unplaced == 1
    assert comments_in(out.data) == [("Something else.", ["x"])]


def test_no_comments_leave_the_text_alone() -> None:
    out = commented(page_of(STORY), [], at=AT, original=STORY)
    assert page_of(out.data).text == page_of(STORY).text


@pytest.mark.parametrize(
    ("text", "other", "words", "there"),
    [
        ("a b c", "a b c", "b", "b"),
        ("One two.\n\nThree four.", "One two.\nThree  four.", "Three four", "Three  four"),
        ("One two.\nThree four.", "Three four.\nOne two.", "Three four", None),  # in another order
        ("He said “yes”.", "He said\u00a0“yes”.", "said “yes”", "said\u00a0“yes”"),
        ("alpha omega", "alpha " + "x " * 40 + "omega", "alpha omega", None),
        ("alpha", "beta", "alpha", None),
        ("", "beta", "", None),
    ],
)
def test_words_are_found_in_another_text(text: str, other: str, words: str, there: str | None) -> None:
    stretch = aligned(text, other).stretch(span_of(words, text))
    assert (other[slice(*stretch)] if stretch else None) == there


def a_check(label: Label, *pieces: str):
    page = Page(text="It rained on Monday, they said, in Ulm.\n\nNobody came. \x1b[31mRed\u202e words.", title="Rain")
    claim = make_claim(page, *pieces, statement="It rained in Ulm on Monday.")
    verdict = make_verdict(claim, label, 0.66, "example.org says otherwise: “It snowed.”", checked_at=AT)
    return make_check(page, [claim], [], [verdict], started_at=AT, finished_at=AT)


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        (("It rained on Monday", "in Ulm."), "It rained on Monday, they said, in Ulm."),  # in one paragraph: all of it
        (("in Ulm.", "Nobody came."), "Nobody came."),  # in two: the longest piece
    ],
)
def test_one_comment_a_verdict_in_a_new_file(pieces: tuple[str, ...], words: str) -> None:
    check = a_check(Label.CONTRADICTED, *pieces)
    claim = check.extraction.claims[0]
    out = commented_article(check, waiting={claim.id: "a source says otherwise"})
    assert comments_in(out.data) == [
        (
            words,
            [
                "Contradicted (66 %)",
                "Needs review: a source says otherwise",
                "example.org says otherwise: “It snowed.”",
                f"factdesk show {claim.id[:8]}",
            ],
        )
    ]
    page = page_of(out.data)
    assert page.title == "Rain"
    assert "Red words." in page.text


@pytest.mark.beside
def test_libreoffice_keeps_the_comments_at_their_words(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    page = page_of(STORY)
    chosen = [
        "The bridge cost fifty million euros.",
        "fifty million",
        "It opened on Monday.",
        "12 million",
        "second line",
    ]
    comments = [WordComment(span=span_of(words, page.text), lines=(words, "It says so.")) for words in chosen]
    (tmp_path / "story.docx").write_bytes(commented(page, comments, at=AT, original=STORY).data)
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "docx",
               "--outdir", str(tmp_path / "out"), str(tmp_path / "story.docx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = comments_in((tmp_path / "out" / "story.docx").read_bytes())
    assert sorted(saved) == sorted((words, [words, "It says so."]) for words in chosen)
