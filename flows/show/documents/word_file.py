"""Puts comments into Word files (.docx) at given words, and makes such a file of an article that has none.

The comments follow Office Open XML (ECMA-376 part 1, 17.13.4): a range around the words, and the text in a part of its
own. The words and their formatting stay as they are; only runs are divided at the ends of a range.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from claims.display.paragraphs import highlighted_paragraphs
from claims.display.text import clean, printable
from claims.records import BlockKind, Page, Span
from flows.show.documents.alignment import aligned

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _RUN, _TEXT, _FORMAT = f"{_W}p", f"{_W}r", f"{_W}t", f"{_W}rPr"
# What stands for one character between the words of a run.
_SIGNS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
# What is not read as the document's running text: deleted and moved words, text boxes, and their fallbacks.
_ASIDE = {f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}drawing", f"{_W}pict"}
_STYLES = {
    BlockKind.HEADING: "Heading 2",
    BlockKind.QUOTE: "Quote",
    BlockKind.POST: "Quote",
    BlockKind.ITEM: "List Bullet",
}
_PRESERVED = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordComment:
    """A comment: its lines, and the span of its words in the article."""

    span: Span
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentedFile:
    """A Word file with its comments, and how many of them stand at the start because their words were not found."""

    data: bytes
    unplaced: int


@dataclass(slots=True)
class _DocumentRun:
    """A run of the document and the stretch of the document's text that it holds."""

    element: Any
    start: int
    end: int


def commented(
    article: Page, comments: Sequence[WordComment], *, at: str, original: bytes | None = None
) -> CommentedFile:
    """A Word file with the comments at their words in the article, written ``at`` a time in ISO 8601.

    It is a copy of ``original`` (a .docx with the article's text) or, without one, a new document with the article. A
    comment whose words are not in the original stands at its first words.
    """
    import docx  # noqa: PLC0415  loaded with the first file

    document = docx.Document(io.BytesIO(original)) if original is not None else _document_of(article)
    places = aligned(article.text, _document_text(document))
    stretches = [places.stretch(comment.span) for comment in comments]
    _divide(document, {edge for stretch in stretches if stretch for edge in stretch})
    runs = [run for run in _document_runs(document) if run.start < run.end]
    unplaced = 0
    for comment, stretch in zip(comments, stretches, strict=True):
        over = [run for run in runs if stretch and run.start < stretch[1] and run.end > stretch[0]]
        unplaced += not over
        if over or runs:
            _add(document, over or runs[:1], comment.lines, at)
    written = io.BytesIO()
    document.save(written)
    return CommentedFile(data=written.getvalue(), unplaced=unplaced)


def _document_of(article: Page) -> Document:
    """A new document with the article's title and paragraphs."""
    import docx  # noqa: PLC0415  see above

    document = docx.Document()
    title = clean(article.title or "")
    document.core_properties.title, document.core_properties.author = title[:255], clean(article.byline or "")[:255]
    document.core_properties.comments = ""
    paragraphs = highlighted_paragraphs(article, ())
    if title and not (paragraphs and clean(paragraphs[0].text) == title):
        document.add_heading(title, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(printable(paragraph.text).strip(), style=_STYLES.get(paragraph.kind))
    return document


def _document_text(document: Document) -> str:
    """The text in which the places of runs are counted: one line for each paragraph."""
    return "\n".join("".join(_text_of_run(run) for run in line) for line in _lines_of_runs(document))


def _document_runs(document: Document) -> Iterator[_DocumentRun]:
    place = 0
    for line in _lines_of_runs(document):
        for element in line:
            length = len(_text_of_run(element))
            yield _DocumentRun(element, place, place + length)
            place += length
        place += 1


def _lines_of_runs(document: Document) -> Iterator[list[Any]]:
    """The runs of every paragraph of the body, tables included."""
    for paragraph in document.element.body.iter(_PARAGRAPH):
        if not _is_aside(paragraph):
            yield [run for run in paragraph.iter(_RUN) if not _is_aside(run)]


def _is_aside(element: Any) -> bool:
    return any(parent.tag in _ASIDE for parent in element.iterancestors())


def _text_of_run(run: Any) -> str:
    return "".join(_text_of_child(child) for child in run)


def _text_of_child(child: Any) -> str:
    return (child.text or "") if child.tag == _TEXT else _SIGNS.get(child.tag, "")


def _divide(document: Document, edges: Iterable[int]) -> None:
    """Divide the runs so that every edge lies between two of them."""
    for run in list(_document_runs(document)):
        for edge in sorted((edge for edge in edges if run.start < edge < run.end), reverse=True):
            _divide_run(run.element, edge - run.start)


def _divide_run(run: Any, length: int) -> None:
    """Divide a run after ``length`` characters; both parts have its formatting."""
    rest = deepcopy(run)
    for part, is_rest in ((run, False), (rest, True)):
        place = 0
        for child in list(part):
            text = _text_of_child(child)
            kept = text[max(length - place, 0) :] if is_rest else text[: max(length - place, 0)]
            if child.tag == _TEXT and kept:
                child.text = kept
                child.set(_PRESERVED, "preserve")
            elif child.tag != _FORMAT and not kept and (text or (place >= length) != is_rest):
                part.remove(child)
            place += len(text)
    run.addnext(rest)


def _add(document: Document, runs: Sequence[_DocumentRun], lines: Sequence[str], at: str) -> None:
    from docx.text.run import Run  # noqa: PLC0415  see above

    ends = [Run(run.element, document) for run in (runs[0], runs[-1])]
    comment = document.add_comment(ends, "\n".join(map(printable, lines)), author="Factdesk", initials="FD")
    comment._comment_elm.date = datetime.fromisoformat(at)  # the library has no other way to set it
