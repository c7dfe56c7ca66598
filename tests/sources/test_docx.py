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


@pytest.mark.parametrize(("style", "kind"), [("Title", BlockKind.HEADING), ("", BlockKind.PARAGRAPH)])
def test_a_title_is_a_heading(style: str, kind: BlockKind) -> None:
    page = read_page(docx(paragraph(run("The wall was too low"), style=style), paragraph(run("It cost 40 euros."))))
    assert [block.kind for block in page.blocks] == [kind, BlockKind.PARAGRAPH]


PAGE = '<w:r><w:br w:type="page"/></w:r>'
LINE = "<w:r><w:br/></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph(run("The county paid"), PAGE, run("3 million.")), "The county paid 3 million."),
        (paragraph(run("The county paid "), PAGE, run("3 million.")), "The county paid 3 million."),
        (paragraph(run("The county paid"), '<w:r><w:br w:type="column"/></w:r>', run("3.")), "The county paid 3."),
        (paragraph(run("It rained."), LINE, run("It snowed.")), "It rained.\nIt snowed."),
        (paragraph(run("It rained"), "<w:r><w:lastRenderedPageBreak/><w:t>.</w:t></w:r>"), "It rained."),
        (paragraph(PAGE, run("It rained.")), "It rained."),
        (paragraph(run("un"), run("til May it rained.")), "until May it rained."),
        (f"<w:tbl><w:tr><w:tc>{paragraph(run('Cost'))}{paragraph(run('2020'), LINE, run('gross'))}</w:tc><w:tc>"
         f"{paragraph(run('12'))}</w:tc></w:tr></w:tbl>", "Cost 2020 gross | 12"),
        (f"<w:tbl><w:tr><w:tc>{paragraph(run('Cost'))}{paragraph(run('in euros'))}</w:tc>"
         f"<w:tc>{paragraph(run('12 million'))}</w:tc></w:tr></w:tbl>", "Cost in euros | 12 million"),
    ],
)  # fmt: skip
def test_breaks_part_words(body: str, text: str) -> None:
    assert read_page(docx(body)).text == text


def test_a_link_behind_a_break_keeps_its_words() -> None:
    page = read_page(docx(paragraph(run("It opened"), LINE, link("l1", "on Monday"), run(".")), links=LINKS))
    assert [(link.href, page.text[slice(*link.span)]) for link in page.links] == [(LINKS["l1"], "on Monday")]


BODY = paragraph(run("It rained."))
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
ELSEWHERE = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/text.bin" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument"/></Relationships>'
)
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
        (docx(BODY, more={"word/styles.xml": ENTITY.encode("utf-16")}), Reason.UNSUPPORTED_TYPE, "entities"),
        (docx(BODY, more={"word/styles.xml": ENTITY.encode("utf-16-le")}), Reason.UNSUPPORTED_TYPE, "entities"),
        (docx(BODY, more={"word/styles.xml": '<?xml version="1.0" encoding="cp037"?><a/>'}), Reason.UNSUPPORTED_TYPE,
         "entities"),
        (docx(*[paragraph(run("x"))] * 10_500), Reason.TOO_LARGE, "with text"),
        (docx(f"<w:p>{FIELD * 60}</w:p>"), Reason.TOO_LARGE, "fields"),
        (docx(f"<w:p w:a='{'x' * 30_000}'/>"), Reason.TOO_LARGE, "a tag"),
        (docx(BODY, more={"_rels/.rels": ELSEWHERE, "word/text.bin": BOMB}), Reason.TOO_LARGE, "unpacked"),
        (docx(BODY, more={f"word/{n}.txt": "" for n in range(3_100)}), Reason.TOO_LARGE, "parts"),
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
