"""Builds small .docx files, as a word processor writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_TYPES = f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>"""


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def link(relation: str, words: str) -> str:
    return f'<w:hyperlink r:id="{relation}">{run(words)}</w:hyperlink>'


def note(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}{''.join(runs)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(
    *body: str,
    links: Mapping[str, str] | None = None,
    notes: Mapping[int, str] | None = None,
    kind: str = "footnote",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A .docx with a body, the addresses of its links and its footnotes, whose links are found by ``links`` too."""
    hyperlinks = "".join(
        f'<Relationship Id="{name}" Type="{R}/hyperlink" Target="{url}" TargetMode="External"/>'
        for name, url in (links or {}).items()
    )  # fmt: skip
    related = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{hyperlinks}%s</Relationships>'
    space = f'xmlns:w="{W}" xmlns:r="{R}"'
    entries = "".join(f'<w:{kind} w:id="{number}">{text}</w:{kind}>' for number, text in (notes or {}).items())
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": f"{_HEAD}<w:document {space}><w:body>{''.join(body)}</w:body></w:document>",
        "word/styles.xml": f'{_HEAD}<w:styles {space}><w:style w:type="paragraph" w:styleId="Heading1">'
        '<w:name w:val="heading 1"/></w:style></w:styles>',
        "word/_rels/document.xml.rels": related % f'<Relationship Id="n" Type="{R}/{kind}s" Target="{kind}s.xml"/>'
        f'<Relationship Id="s" Type="{R}/styles" Target="styles.xml"/>',
        f"word/{kind}s.xml": f"{_HEAD}<w:{kind}s {space}>{entries}</w:{kind}s>",
        f"word/_rels/{kind}s.xml.rels": related % "",
        **(more or {}),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return written.getvalue()
