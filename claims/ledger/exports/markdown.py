"""Writes decided claims as Markdown (CommonMark), article by article, to be pasted into a page or a message. Pure.

All text from outside is escaped, so that it stays text, and only http and https addresses become links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.addresses import linkable_address, site
from claims.ledger.entries import Entry
from claims.ledger.exports.claimreview import House, decided_at, explanation, rating_word, shown_signs, upheld_evidence
from claims.naming import outlet_name
from claims.privacy import hide_in
from claims.records import Page, Passage

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&#$]")
_AT_START = re.compile(r"^(?:(\d+)(?=[.)])|(?=[-+=]))")
# What ends an address in Markdown or in HTML; written in per cent it means the same.
_ENDS_ADDRESS = re.compile(r"[\s<>()\[\]\"'`\\|]")


def article_lines(article: Page, house: House) -> Iterator[str]:
    """The heading of an article: its title, address, outlet and date, and who checked it."""
    yield f"# {plain_text(hide_in(article.title or site(article.url) or 'Untitled article'))}"
    yield ""
    address = linkable_address(article.final_url or article.url)
    outlet = outlet_name(article.outlet, house.directory) or site(address)
    about = (
        _markdown_link(outlet or "the article", address) if address else plain_text(outlet),
        plain_text((article.published or "")[:10]),
        f"checked by {plain_text(house.publisher)}",
    )
    yield ", ".join(filter(None, about))
    yield ""


def claim_lines(entry: Entry, house: House) -> Iterator[str]:
    """A decided claim: the verdict, the article's words, the explanation, the sources and the day of the decision."""
    yield f"## {plain_text(rating_word(entry, house))}"
    yield ""
    yield f"> {plain_text(entry.claim.text)}"
    yield ""
    if entry.claim.changes:
        yield f"The claim: {plain_text(entry.claim.certain)}"
        yield ""
    if explanation(entry):
        yield plain_text(hide_in(explanation(entry)))
        yield ""
    sources = dict.fromkeys(_linked_source(evidence.passage, house) for evidence in upheld_evidence(entry))
    if sources:
        yield f"Source: {', '.join(sources)}"
        yield ""
    yield f"Decided on {plain_text(decided_at(entry)[:10])}."
    yield ""


def plain_text(text: str) -> str:
    """Text on one line, escaped so that Markdown shows it as it is, without invisible characters."""
    line = shown_signs(text)
    return _AT_START.sub(r"\1\\", _SPECIAL.sub(r"\\\g<0>", line))


def _linked_source(passage: Passage, house: House) -> str:
    """The name of a passage's source, as a link if it has an address."""
    name = outlet_name(passage.outlet, house.directory) or site(passage.url) or passage.outlet or "the source"
    return _markdown_link(name, linkable_address(passage.url))


def _markdown_link(name: str, address: str | None) -> str:
    if address is None:
        return plain_text(name)
    target = _ENDS_ADDRESS.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), address)
    return f"[{plain_text(name)}]({hide_in(target)})"
