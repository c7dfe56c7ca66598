"""Turns captured bytes into a Page: HTML, plain text and Markdown (text kept unchanged), captions, PDF, .docx.

This is the only module that uses trafilatura (which finds the article in a page) and BeautifulSoup (which reads its
metadata).
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import logging
import re
from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import Any

from claims.records import Block, BlockKind, OutletDirectory, Page, Post, Reason
from sources import urls
from sources.errors import NO_ARTICLE, Unavailable
from sources.formats import captions, office
from sources.markup import charset, document_blocks, prune, stop_words, tree
from sources.markup.glance import glance
from sources.page import body, markdown, media_types, metadata, pdf, plain, post_page, posts, states
from sources.references import html_marks

_TOO_LITTLE = 0.3  # of the text that the page itself gives as data: then its layout was not understood
_MARKUP_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*(?:<!doctype\s+html|<html))", re.I | re.S
)


def read_page(
    data: bytes,
    *,
    url: str | None = None,
    final_url: str | None = None,
    content_type: str | None = None,
    outlets: OutletDirectory | None = None,
    capture: str | None = None,
) -> Page:
    """Read the page in ``data``.

    ``content_type`` is the value of the HTTP header or a media type; without one the bytes are inspected.
    The text of an HTML page is the article's own paragraphs, separated by blank lines, without navigation, comments,
    teasers or reference lists. That of a text file is the decoded file. All spans are offsets into that text.
    ``partial`` is set if only a part could be read: the lead above a paywall, or the beginning of a large page.

    Raises:
        Unavailable: there is nothing that could be read; with the reason and a one-line message.
    """
    kind = media_type(data, content_type, final_url or url)
    common: dict[str, Any] = {
        "url": url,
        "final_url": final_url,
        "sha256": hashlib.sha256(data).hexdigest(),
        "capture": capture,
    }
    if not data.strip():
        raise Unavailable(Reason.SOFT_404, "the page is empty")
    return body.shortened(_page_of(kind, data, content_type, common, outlets))


def _page_of(
    kind: str, data: bytes, content_type: str | None, common: dict[str, Any], outlets: OutletDirectory | None
) -> Page:
    if kind == "html":
        return _from_html(charset.decode(data, content_type), common, outlets)
    if kind in _OF_BYTES:
        return _OF_BYTES[kind](data, common, outlets)
    if post_page.is_oembed(data) and (embed := post_page.from_oembed(data, tree.parse_markup)):
        return _of_post(embed, common, outlets)
    if kind in _OF_TEXT:
        return _OF_TEXT[kind](charset.decode(data, content_type, markup=False), common, outlets)
    raise Unavailable(Reason.UNSUPPORTED_TYPE, f"this is {kind}, not a page of text")


def media_type(data: bytes, content_type: str | None = None, url: str | None = None) -> str:
    """What the bytes are: "html", "plain", "markdown", "captions", "pdf", "docx", or words for what cannot be read."""
    start = data[:4096]
    if start.lstrip()[:5] == b"%PDF-":
        return "pdf"
    declared = media_types.declared(content_type)
    if declared == media_types.DOCX or media_types.is_docx(data):
        return "docx"
    markup = _MARKUP_START.match(start.removeprefix(b"\xef\xbb\xbf")) is not None
    if not markup and media_types.is_binary(start):
        return "a binary file"
    if not declared:
        suffix = re.search(r"\.\w+$", url.partition("?")[0]) if url else None
        declared = media_types.OF_SUFFIX.get(suffix[0].lower(), "") if suffix else ""
    unlabelled = not declared and re.search(rb"</(?:p|div|a|body|html)\s*>", start, re.IGNORECASE) is not None
    if declared in media_types.MARKUP or unlabelled or markup:
        return "html"
    return _text_type(declared, start.removeprefix(b"\xef\xbb\xbf").decode("latin-1"))


def _text_type(declared: str, start: str) -> str:
    if declared in media_types.CAPTIONS or captions.is_captions(start):
        return "captions"
    if declared == media_types.MARKDOWN:
        return "markdown"
    readable = declared.startswith("text/") or declared in {"", "application/octet-stream"}
    return "plain" if readable else declared


def _from_markdown(text: str, common: dict[str, Any], outlets: OutletDirectory | None) -> Page:
    if not text.strip():
        raise Unavailable(Reason.SOFT_404, "the text is empty")
    document = markdown.read_markdown(text)
    page = _of_parts(text, document.parts, common, outlets)
    return dataclasses.replace(page, markup=document.markup, partial=Reason.TOO_LARGE if document.cut else None)


def _from_plain(text: str, common: dict[str, Any], outlets: OutletDirectory | None) -> Page:
    if not text.strip():
        raise Unavailable(Reason.SOFT_404, "the text is empty")
    return _of_parts(text, plain.read_plain(text), common, outlets)


def _of_parts(text: str, parts: plain.Plain, common: dict[str, Any], outlets: OutletDirectory | None) -> Page:
    address = common["url"] or parts.fields.get("url") or parts.fields.get("link")
    return Page(
        text=text,
        title=parts.title,
        byline=parts.fields.get("author") or parts.fields.get("byline"),
        published=metadata.iso(parts.fields.get("date") or parts.fields.get("published")),
        language=metadata.language(parts.fields.get("language") or parts.fields.get("lang")),
        outlet=_page_outlet(outlets, [common["final_url"], address], None),
        links=parts.links,
        uncited=parts.uncited,
        posts=parts.posts,
        blocks=parts.blocks,
        **{**common, "url": address},
    )


def _from_captions(text: str, common: dict[str, Any], outlets: OutletDirectory | None) -> Page:
    transcript = captions.read_captions(text)
    if not transcript.text:
        raise Unavailable(Reason.SOFT_404, "there are no words in these captions")
    return Page(
        text=transcript.text,
        title=transcript.title,
        outlet=_page_outlet(outlets, [common["final_url"], common["url"]], None),
        blocks=transcript.blocks,
        times=transcript.times,
        partial=Reason.TOO_LARGE if transcript.cut else None,
        **common,
    )


def _from_docx(data: bytes, common: dict[str, Any], outlets: OutletDirectory | None) -> Page:
    document = office.read_docx(data)
    root = tree.parse_markup(charset.legal(document.markup))
    if root is None:
        raise Unavailable(Reason.SOFT_404, "there is no text in this .docx")
    marks = html_marks.take_out_marks(root, None)
    content = body.read_body(root, document_blocks.own_blocks(root), (), marks, base=None, title=None)
    if not content.text.strip():
        raise Unavailable(Reason.SOFT_404, "there is no text in this .docx")
    heading = next((block for block in content.blocks if block.kind is BlockKind.HEADING), None)
    return Page(
        text=content.text,
        title=document.title or (content.text[slice(*heading.span)] if heading else None),
        byline=document.author,
        outlet=_page_outlet(outlets, [common["final_url"], common["url"]], None),
        links=content.links,
        uncited=content.uncited,
        blocks=content.blocks,
        **common,
    )


def _from_pdf(data: bytes, common: dict[str, Any], outlets: OutletDirectory | None) -> Page:
    parsed = pdf.read_pdf(data)
    return Page(
        text=parsed.text,
        title=parsed.title,
        byline=parsed.author,
        published=parsed.published,
        outlet=_page_outlet(outlets, [common["final_url"], common["url"]], None),
        links=parsed.links,
        uncited=parsed.uncited,
        blocks=parsed.blocks,
        partial=Reason.TOO_LARGE if parsed.cut else None,
        **common,
    )


def _from_html(markup: str, common: dict[str, Any], outlets: OutletDirectory | None) -> Page:
    markup, cut = tree.lightened(markup)
    address = common["final_url"] or common["url"]
    about = _about(markup, address)
    root = tree.parse_markup(markup)
    if root is None:
        raise Unavailable(Reason.SOFT_404, "there is no text in this page")
    if embed := post_page.from_tree(root, address):
        return _of_post(embed, common, outlets)
    home = address or about.canonical
    base = (urls.absolute(home, about.base) if about.base else None) or home
    cut = tree.cut_nested(root) or cut
    embeds = body.take_out_posts(root)
    marks = html_marks.take_out_marks(root, home)
    published = about.published or metadata.shown_date(root)
    shown = tree.shown_words(root)
    prune.prune(root)
    prune.join_chunks(root)
    extracted = _extracted(root, address, markup)
    content = body.read_body(root, extracted, embeds, marks, base=base, title=about.title)
    if about.body and about.free is not False and len(content.text) < _TOO_LITTLE * len(about.body):
        # The page hands its text to every program as data and lays it out by scripts; never around a paywall.
        content = body.from_words(about.body)
    if not content.text and (embed := post_page.from_about(about, address)):
        return _of_post(embed, common, outlets)
    closed = states.closed_by(markup, content.text, shown=shown, free=about.free, description=about.description)
    _assert_readable("" if _only_links(content) else content.text, closed, markup)
    return Page(
        text=content.text,
        title=about.title,
        byline=about.byline,
        published=published,
        language=about.language,
        outlet=_page_outlet(outlets, [address, about.canonical], about.site),
        links=content.links,
        uncited=content.uncited,
        posts=content.posts,
        blocks=content.blocks,
        partial=closed or (Reason.TOO_LARGE if cut else None),
        **{**common, "url": common["url"] or about.canonical},
    )


def _of_post(embed: posts.Embed, common: dict[str, Any], outlets: OutletDirectory | None) -> Page:
    """The page of a post: its words alone, whatever its network puts around them."""
    owner = outlets.by_handle(embed.handle) if outlets else None
    span = (0, len(embed.shown))
    return Page(
        text=embed.shown,
        byline=f"@{embed.handle}",
        published=embed.date,
        outlet=owner.id if owner else None,
        posts=(Post(handle=embed.handle, text=embed.text, span=span, date=embed.date, url=embed.url),),
        blocks=(Block(kind=BlockKind.POST, span=span),),
        **{**common, "url": common["url"] or embed.url},
    )


def _only_links(content: body.Body) -> bool:
    """Whether a page is a list of links: without a whole sentence and with hardly any words outside the links."""
    longest = max((end - start for start, end in (block.span for block in content.blocks)), default=0)
    linked = sum(end - start for start, end in (link.span for link in content.links))
    return longest < states.LEAD and linked > 0.8 * len(content.text)


def _assert_readable(text: str, closed: Reason | None, markup: str) -> None:
    if text.strip() and not (closed and len(text) < states.LEAD):
        return
    if closed:
        raise Unavailable(closed, "the page does not show the article without a subscription")
    state = states.told_by_text(markup)
    raise Unavailable(*(state or (Reason.SOFT_404, NO_ARTICLE)))


def _about(markup: str, address: str | None) -> metadata.About:
    """The page's metadata, with trafilatura's guesses for what is missing."""
    from bs4 import BeautifulSoup  # noqa: PLC0415  heavy: loaded with the first page
    from bs4.filter import SoupStrainer  # noqa: PLC0415  as above

    strainer = SoupStrainer(["html", "title", "meta", "link", "base", "script", "h1"])
    with contextlib.suppress(RecursionError):
        # With line ends around it markup is no name of a file and no XML for bs4, which would warn about both.
        return metadata.read_head(BeautifulSoup(f"\n{markup}\n", "lxml", parse_only=strainer), address)
    return metadata.About()


def _extracted(root: Any, address: str | None, markup: str) -> Any:
    """The article's body as found by trafilatura, or the whole paragraphs of the markup if it finds none."""
    try:
        document = _trafilatura().bare_extraction(root, url=address, include_comments=False, output_format="python")
    except (RecursionError, ValueError, AttributeError, TypeError):
        document = None  # hostile markup; what stands in plain paragraphs is taken instead
    if document is not None and document.body is not None and len(document.body):
        return body.parted(document.body, root)
    etree = tree.lxml()[1]
    fallback = etree.Element("body")
    for paragraph in glance(markup, lambda text: len(text) >= states.LEAD, most=500).paragraphs:
        etree.SubElement(fallback, "p").text = charset.legal(paragraph)
    return fallback


def _page_outlet(outlets: OutletDirectory | None, addresses: Sequence[str | None], site: str | None) -> str | None:
    if outlets is None:
        return None
    for address in addresses:
        outlet = outlets.by_url(address) if address else None
        if outlet is not None:
            return outlet.id
    outlet_of_site = outlets.by_name(site) if site else None
    return outlet_of_site.id if outlet_of_site else None


@cache
def _trafilatura() -> ModuleType:
    import trafilatura  # noqa: PLC0415  takes most of a second: loaded with the first page
    from trafilatura import external  # noqa: PLC0415  as above

    stop_words.lighten(external)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings are our values
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura


_OF_BYTES = {"pdf": _from_pdf, "docx": _from_docx}
_OF_TEXT = {"plain": _from_plain, "markdown": _from_markdown, "captions": _from_captions}
