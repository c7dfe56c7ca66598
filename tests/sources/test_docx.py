"""Word processors' files: what is kept of them, and which are refused with one clear line."""

from __future__ import annotations

import io
import zipfile

import pytest
from documents import docx, link, note, paragraph, run, table

from claims.records import BlockKind, Reason
from sources.errors import Unavailable
from sources.page.page import read_page

LINKS = {"l1": "https://example.org/monday", "l2": "https://example.org/budget"}
NOTES = {2: paragraph(run("City budget, "), link("l2", "online"), run("."))}


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_headings_tables_links_and_notes(kind: str) -> None:
    page = read_page(
        docx(
            paragraph(run("The bridge"), style="Heading1"),
            paragraph(run("It cost 40 million euros."), note(2, kind), run(" It opened "), link("l1", "on Monday"),
                      run(".")),
            table(("Year", "Cost"), ("2020", "12 million")),
            paragraph(run("It rained."), '<w:del><w:r><w:delText>Deleted words.</w:delText></w:r></w:del>'),
            links=LINKS, notes=NOTES, kind=kind,
        )
    )  # fmt: skip
    assert [(block.kind, page.text[slice(*block.span)]) for block in page.blocks] == [
        (BlockKind.HEADING, "The bridge"),
        (BlockKind.PARAGRAPH, "It cost 40 million euros. It opened on Monday."),
        (BlockKind.ITEM, "Year | Cost"),
        (BlockKind.ITEM, "2020 | 12 million"),
        (BlockKind.PARAGRAPH, "It rained."),
    ]
    links = sorted((link.href, link.mark, page.text[slice(*link.span)]) for link in page.links)
    assert links == [("https://example.org/budget", "[1]", ""), ("https://example.org/monday", "", "on Monday")]
    assert page.title == "The bridge"


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (
            paragraph("<w:r><w:t>First</w:t><w:br/><w:t>and second line.</w:t></w:r>"),
            ["First and second line."],
        ),
        (paragraph(run("One line."), run(" The same line.")), ["One line. The same line."]),
        (
            f"<w:tbl><w:tr><w:tc>{paragraph(run('Cost'))}{paragraph(run('in euros'))}</w:tc>"
            f"<w:tc>{paragraph(run('12 million'))}</w:tc></w:tr></w:tbl>",
            ["Cost in euros | 12 million"],
        ),
    ],
)
def test_words_on_two_lines_stay_apart(body: str, texts: list[str]) -> None:
    page = read_page(docx(body))
    assert [page.text[slice(*block.span)] for block in page.blocks] == texts


BODY = paragraph(run("It rained."))
BOMB = b"<a>" + b" " * 7_000_000 + b"</a>"


@pytest.mark.parametrize(
    ("data", "reason", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, Reason.UNSUPPORTED_TYPE, "protected by a password"),
        (docx(BODY)[:-300], Reason.UNSUPPORTED_TYPE, "damaged"),
        (docx(BODY, more={"word/media/a.xml": BOMB}), Reason.TOO_LARGE, "unpacked"),
        (docx(BODY, more={"word/b.xml": "<a/>" * 70_000}), Reason.TOO_LARGE, "elements"),
        (docx("<w:p>" * 200 + "</w:p>" * 200), Reason.TOO_LARGE, "deep"),
        (docx(BODY, more={"word/styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), Reason.UNSUPPORTED_TYPE,
         "entities"),
        (docx("<w:p>"), Reason.UNSUPPORTED_TYPE, "damaged"),
        (docx(paragraph()), Reason.SOFT_404, "no text"),
    ],
)  # fmt: skip
def test_files_that_are_refused(data: bytes, reason: Reason, words: str) -> None:
    with pytest.raises(Unavailable, match=words) as refused:
        read_page(data, content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    assert refused.value.reason is reason


def test_another_archive_is_no_docx() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(Unavailable, match="a binary file"):
        read_page(written.getvalue(), content_type="application/octet-stream")
