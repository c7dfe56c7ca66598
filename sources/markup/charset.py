"""Decodes bytes to text with the encoding that a browser would use.

The order is that of the WHATWG Encoding and HTML standards: byte-order mark, HTTP header, `<meta>` in the first
bytes, then detection. A wrong declaration (Latin-1 for a page in UTF-8) is corrected.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that browsers read as a larger set (WHATWG Encoding, 4.2).
_LARGER = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "iso8859-9": "cp1254",
    "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "big5": "big5hkscs", "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",
    "iso8859-8": "cp1255",
}  # fmt: skip
# Python's codecs for other ends: they decode to lone surrogates, fail on some bytes, or hide markup from whoever looks
# for it (browsers know none of them).
_NO_CHARSETS = frozenset({"utf-7", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined"})
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Characters that nobody sees, as they are and as entities: soft hyphens, spaces without width, marks that turn
# the writing direction. Joiners stay, because Persian words and emoji need them.
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
    "|&(?:shy|ZeroWidthSpace|NoBreak|lrm|rlm|#0*(?:173|8203|8206|8207|823[4-8]|8288|829[4-7]|65279)"
    "|#[xX]0*(?:[aA][dD]|200[bBeEfF]|202[a-eA-E]|206[06-9]|[fF][eE][fF][fF]));"
)
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]+)")
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_PRESCAN = 4096  # browsers look at 1,024 bytes; real pages put long comments and preloads before their meta
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAMPLE = 200_000  # bytes given to the statistical detection, which is slow


def decode(data: bytes, content_type: str | None = None, *, markup: bool = True) -> str:
    """The text of ``data`` without byte-order mark. Never fails: invalid bytes are replaced.

    ``content_type`` is the value of the HTTP header; ``markup`` also looks for a declaration in the text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace").removeprefix("\ufeff")
    if _is_utf8(data):
        # Valid UTF-8 with multi-byte sequences is next to never anything else, whatever the header claims.
        return data.decode("utf-8", "replace")
    declared = _declared(data, content_type, markup=markup)
    if declared is not None and declared != "utf-8":
        return data.decode(declared, "replace")
    if declared == "utf-8" or _mostly_utf8(data):
        return data.decode("utf-8", "replace")
    return data.decode(_detected(data), "replace")


def legal(text: str) -> str:
    """The text without characters that XML forbids: controls, unpaired surrogates, U+FFFE/FFFF.

    Controls that separate words (vertical tab, form feed) become a space.
    """
    return _ILLEGAL.sub("", text).replace("\x0b", " ").replace("\x0c", " ")


def visible(markup: str) -> str:
    """Markup without the characters that no reader sees, written as such or as entities."""
    return _INVISIBLE.sub("", markup)


def _declared(data: bytes, content_type: str | None, *, markup: bool) -> str | None:
    labels = [match[1] for match in [_HEADER.search(content_type or "")] if match]
    if markup:
        start = data[:_PRESCAN]
        labels += [m[1].decode("ascii") for m in (_XML.search(start), _META.search(start)) if m]
    for label in labels:
        name = _codec(label)
        if name is not None and not (name == "utf-8" and not _mostly_utf8(data)):
            return name
    return None


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    if name in _NO_CHARSETS:
        return None
    name = _LARGER.get(name, name)
    return name if getattr(codecs.lookup(name), "_is_text_encoding", True) else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x1b$" not in data[:_PRESCAN] and b"\x1b(" not in data[:_PRESCAN]  # ISO-2022 is ASCII with escapes


def _mostly_utf8(data: bytes) -> bool:
    """Whether broken UTF-8 is still UTF-8: more whole sequences than bytes outside of them."""
    sample = data[:_SAMPLE]
    whole = _MULTIBYTE.findall(sample)
    high = sum(byte >= 0x80 for byte in sample)
    return len(whole) > high - sum(map(len, whole)) if high else True


def _detected(data: bytes) -> str:
    """The encoding that the bytes look like; Windows-1252, the web's default, where nothing else is likelier."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  slow to load and seldom needed

    sample = re.sub(rb"<[^>]{0,2000}>", b" ", data[:_SAMPLE])
    likeliest = from_bytes(sample, cp_isolation=list(_LIKELY)).best()
    return _LARGER.get(likeliest.encoding, likeliest.encoding) if likeliest else "cp1252"


_LIKELY = (
    "cp1252", "cp1251", "cp1250", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp932", "euc_jp", "gb18030",
    "big5hkscs", "cp949", "iso8859_2",
)  # fmt: skip
