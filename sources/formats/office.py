"""Reads .docx files (Office Open XML) as HTML, within limits of size and depth.

mammoth keeps headings, lists, tables, links, footnotes and endnotes; comments, deletions and pictures are left out.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from claims.records import Reason
from sources.errors import Unavailable

# Of the parts that hold text, unpacked: 100 pages have 1 MB and 40,000 elements, 12,000 of which hold text (the others
# say what it looks like). 20,000 that hold text take 3 s.
_MOST_BYTES, _MOST_ELEMENTS, _MOST_PIECES, _MOST_MEMBERS = 6_000_000, 60_000, 20_000, 3_000
_DEEPEST = 120  # levels of elements
_OPEN_FIELDS = 50  # fields within one another; word processors nest two or three
_LONGEST_TAG = 20_000  # characters
_ENCODING = re.compile(
    rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"'](?!utf-8|us-ascii|iso-8859-1|windows-1252)", re.IGNORECASE
)
_PIECE = re.compile(
    rb"<(?:\w{1,20}:)?(?:p|r|hyperlink|\w{1,20}Reference|bookmarkStart|sdt|drawing|pict|abstractNum|num|style)\b"
)
_FIELD = re.compile(rb"fldCharType\s*=\s*[\"'](begin|end)")
# A break of the page within a paragraph parts words, and a break of the line is one; a title is a heading.
_STYLES = """
br[type='page'] => hr
br[type='column'] => hr
p.Title => h1:fresh
p.Subtitle => h2:fresh
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
"""
_OLE = b"\xd0\xcf\x11\xe0"  # a .doc, or a .docx behind a password
_BODY, _ABOUT = "word/document.xml", "docProps/core.xml"
_TAG = re.compile(rb"<(/?)[A-Za-z_][^<>]*?(/?)>")
_BACK = re.compile(r'\s*<a href="#(?:foot|end)note-ref-[\w-]+">↑</a>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Docx:
    """The body of a .docx as HTML, with its title and author where the file names them."""

    markup: str
    title: str | None
    author: str | None


def read_docx(data: bytes) -> Docx:
    """The text of a .docx.

    Raises Unavailable: unsupported_type where it is damaged, protected or no .docx; too_large past the limits above.
    """
    if data.startswith(_OLE):
        raise Unavailable(Reason.UNSUPPORTED_TYPE, "this is a .doc file, or a .docx that is protected by a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _assert_bounded(archive)
            about = _read_part(archive, _ABOUT) if _ABOUT in archive.namelist() else b""
        markup = _converted(data)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, EOFError, OSError) as error:
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"this .docx is damaged ({type(error).__name__})") from error
    return Docx(
        markup=f"<html><body>{_BACK.sub('', markup)}</body></html>",
        title=_property(about, "dc:title"),
        author=_property(about, "dc:creator"),
    )


def _assert_bounded(archive: zipfile.ZipFile) -> None:
    """Raise Unavailable if a file is not a .docx, or is larger than any real one."""
    members = archive.infolist()
    if _BODY not in archive.namelist():
        raise Unavailable(Reason.UNSUPPORTED_TYPE, "this is an archive, and not a .docx: there is no word/document.xml")
    if any(member.flag_bits & 1 for member in members):
        raise Unavailable(Reason.UNSUPPORTED_TYPE, "this .docx is protected by a password")
    if len(members) > _MOST_MEMBERS:
        raise Unavailable(Reason.TOO_LARGE, f"this .docx has more than {_MOST_MEMBERS:,} parts")
    parts = [member for member in members if _may_be_xml(archive, member)]
    if sum(member.file_size for member in parts) > _MOST_BYTES:
        raise Unavailable(Reason.TOO_LARGE, f"the text of this .docx takes more than {_MOST_BYTES:,} bytes unpacked")
    elements = pieces = 0
    for part in parts:
        xml = _read_part(archive, part.filename)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\0" in xml[:200] or _ENCODING.match(xml[:200].lstrip()):
            raise Unavailable(Reason.UNSUPPORTED_TYPE, "this .docx declares entities, which no word processor does")
        elements += _elements(xml)
        pieces += sum(1 for _ in _PIECE.finditer(xml))
        _assert_closed(xml)
    if elements > _MOST_ELEMENTS or pieces > _MOST_PIECES:
        most = f"{_MOST_ELEMENTS:,} elements, or {_MOST_PIECES:,} with text"
        raise Unavailable(Reason.TOO_LARGE, f"this .docx has more than {most}")


def _may_be_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a part may be read as XML, whatever it is called: the parts themselves say where the text is."""
    if member.filename.endswith((".xml", ".rels")):
        return True
    with archive.open(member) as part:
        start = part.read(200)
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<"


def _assert_closed(xml: bytes) -> None:
    """Raise Unavailable if a part has fields that are never closed: each is looked at for every later text."""
    depth = 0
    for field in _FIELD.finditer(xml):
        depth += 1 if field[1] == b"begin" else -1
        if depth > _OPEN_FIELDS:
            raise Unavailable(Reason.TOO_LARGE, f"this .docx nests more than {_OPEN_FIELDS} fields")


def _read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_MOST_BYTES + 1)


def _elements(xml: bytes) -> int:
    """The number of elements in a part; raises Unavailable if they are nested deeper than in any real one."""
    count = depth = 0
    for tag in _TAG.finditer(xml):
        if len(tag[0]) > _LONGEST_TAG:
            raise Unavailable(Reason.TOO_LARGE, f"a tag of this .docx has more than {_LONGEST_TAG:,} characters")
        count += not tag[1]
        depth += 0 if tag[2] else -1 if tag[1] else 1
        if depth > _DEEPEST:
            raise Unavailable(Reason.TOO_LARGE, f"the elements of this .docx are nested more than {_DEEPEST} deep")
    return count


def _converted(data: bytes) -> str:
    import mammoth  # noqa: PLC0415  loaded with the first .docx

    try:
        result: Any = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(lambda _image: {}),
            include_embedded_style_map=False,
            style_map=_STYLES,
        )
    except Exception as error:  # the library meets a stranger's file with whatever exception its parts raise
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"this .docx is damaged ({type(error).__name__})") from error
    return str(result.value).replace("<hr />", " ")


def _property(about: bytes, name: str) -> str | None:
    match = re.search(rf"<{name}>([^<]{{1,500}})</{name}>", about.decode("utf-8", "replace"))
    return " ".join(html.unescape(match[1]).split()) or None if match else None
