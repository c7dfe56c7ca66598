# ruff: noqa: E501  lines of markup and of text are kept whole
"""Reference marks: 40 pages in eight dialects, each claim with the address that its mark leads to.

    python -m benchmarks.reference_marks

Five texts of three sentences with five addresses each are written as Wikipedia, Substack, a think tank, a word
processor and a numbered list write them in HTML, and as Markdown footnotes, a language model's "[1]" with sources at
the end, and a language model's linked numbers in text. Counted are marks that lead to their address, to another one,
and to none, and claims in which a mark's characters are left.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from claims.extraction.extract import extract
from claims.records import Page
from sources.outlets import load_outlets
from sources.page.page import read_page

# Sentences with two marks where "{}" stands; the third has none.
TEXTS = (
    "The port of Merrow paid 4.2 million pounds for a crane in 2021.{} Its rival Tarnmouth bought 12 trucks{} and sold a pier in May.{}",
    "Oberlin lost 41 of its 300 brewers in 2019.{} The mayor closed 16 schools in June.{} The county built 7 clinics before 2024.{}",
    "The river Marl rose by 2.4 metres on Friday.{} Soldiers rescued 512 people from their roofs{} and 9 bridges were closed.{}",
    "Dorrit Steel paid no tax in 2022.{} The firm employs 6,200 people in Ferro.{} Its shares fell by 11 percent on Monday.{}",
    "The senate passed the harbour bill by 51 votes to 48.{} The governor signed it in March.{} It cost the state 90 million dollars.{}",
)  # fmt: skip
_ARCHIVE = "https://web.archive.org/web/2024/"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How marks and entries are written; ``page`` makes a page of a text with marks and its addresses."""

    name: str
    kind: str
    mark: Callable[[int], str]
    page: Callable[[str, list[str]], str]


def address(text: int, number: int) -> str:
    """The address of the n-th mark of a text."""
    return f"https://source{number}.example/{text}/report-{number}"


def _html(body: str, notes: str) -> str:
    filler = (
        "<p>The exchange closed at its usual hour, and the turnover was a little below the average of the month.</p>"
    )
    return f"<html lang='en'><head><title>News</title></head><body><main><h1>News</h1><p>{body}</p>{filler}{notes}</main></body></html>"


def _wikipedia(body: str, addresses: list[str]) -> str:
    items = "".join(
        f"<li id='cite_note-{n}'><b><a href='#cite_ref-{n}'>^</a></b> <cite><a class='external' href='{a}'>Title {n}</a>. "
        f"<a href='https://www.daily.example/'>Daily</a>. <a href='{_ARCHIVE}{a}'>Archived</a> from the original.</cite></li>"
        for n, a in enumerate(addresses, 1)
    )
    return _html(body, f"<h2>References</h2><div class='reflist'><ol class='references'>{items}</ol></div>")


def _substack(body: str, addresses: list[str]) -> str:
    return _html(
        body,
        "".join(
            f"<div class='footnote'><a id='footnote-{n}' href='#footnote-anchor-{n}'>{n}</a><div class='footnote-content'>"
            f"<p>As the <a href='{a}'>paper of that day</a> has it.</p></div></div>"
            for n, a in enumerate(addresses, 1)
        ),
    )


def _think_tank(body: str, addresses: list[str]) -> str:
    items = "".join(
        f"<li id='fn{n}'>Ray, A. (2024). <i>Title {n}</i>. {a}. <a href='#ref{n}'>↩</a></li>"
        for n, a in enumerate(addresses, 1)
    )
    return _html(body, f"<section><h3>Endnotes</h3><ol>{items}</ol></section>")


def _word(body: str, addresses: list[str]) -> str:
    notes = "".join(
        f"<p><a name='_ftn{n}' href='#_ftnref{n}'>[{n}]</a> Title {n}, <a href='{a}'>online</a>.</p>"
        for n, a in enumerate(addresses, 1)
    )
    return _html(body, f"<hr>{notes}")


def _numbered(body: str, addresses: list[str]) -> str:
    items = "".join(f"<li><a href='{a}'>Title {n}</a></li>" for n, a in enumerate(addresses, 1))
    return _html(body, f"<h3>Sources:</h3><ol>{items}</ol>")


def _markdown(body: str, addresses: list[str]) -> str:
    return (
        f"# News\n\n{body}\n\n"
        + "\n".join(f"[^{n}]: Ray, *Title {n}*, <{a}>." for n, a in enumerate(addresses, 1))
        + "\n"
    )


def _model(body: str, addresses: list[str]) -> str:
    return f"{body}\n\n**Sources**\n\n" + "\n".join(f"[{n}] Title {n} - {a}" for n, a in enumerate(addresses, 1)) + "\n"


DIALECTS = (
    Dialect("Wikipedia", "text/html", lambda n: f"<sup id='cite_ref-{n}' class='reference'><a href='#cite_note-{n}'><span>[</span>{n}<span>]</span></a></sup>", _wikipedia),
    Dialect("Substack", "text/html", lambda n: f"<a class='footnote-anchor' id='footnote-anchor-{n}' href='#footnote-{n}'>{n}</a>", _substack),
    Dialect("think tank", "text/html", lambda n: f"<sup><a id='ref{n}' href='#fn{n}'>{n}</a></sup>", _think_tank),
    Dialect("word processor", "text/html", lambda n: f"<a name='_ftnref{n}' href='#_ftn{n}'><sup>[{n}]</sup></a>", _word),
    Dialect("numbered list", "text/html", lambda n: f" [{n}]", _numbered),
    Dialect("Markdown footnotes", "text/markdown", lambda n: f"[^{n}]", _markdown),
    Dialect("language model, list", "text/plain", lambda n: f" [{n}]", _model),
    Dialect("language model, links", "text/markdown", lambda n: "", lambda body, addresses: body + "\n"),
)  # fmt: skip


def written(dialect: Dialect, text: int) -> tuple[bytes, list[str]]:
    """A page of a text in a dialect, and the addresses of its marks in order."""
    count = TEXTS[text].count("{}")
    addresses = [address(text, n) for n in range(1, count + 1)]
    linked = [f" [{n}]({a})" for n, a in enumerate(addresses, 1)]
    marks = linked if "links" in dialect.name else [dialect.mark(n) for n in range(1, count + 1)]
    return dialect.page(TEXTS[text].format(*marks), addresses).encode(), addresses


def led(data: bytes, kind: str) -> tuple[Page, list[tuple[str, list[str | None]]]]:
    """A page and its claims, each with the addresses that it cites."""
    page = read_page(data, content_type=kind)
    claims = extract(page, load_outlets()).claims
    return page, [(claim.text, [citation.url for citation in claim.citations]) for claim in claims]


def _telling(piece: str) -> str:
    """A number, or the last word, by which the claim of a piece is found."""
    return (re.findall(r"\d[\d.,]*\d|\d+", piece) or [piece.rstrip(".").split()[-1]])[0]


def score(dialect: Dialect, text: int) -> tuple[int, int, int, int]:
    """Marks to their own address, to another one, to none; and claims in which a mark is left."""
    data, addresses = written(dialect, text)
    own = {_telling(piece): own_address for piece, own_address in zip(TEXTS[text].split("{}"), addresses, strict=False)}
    _, claims = led(data, dialect.kind)
    right = wrong = lost = 0
    for key, own_address in own.items():
        matching = [(words, cited) for words, cited in claims if key in words]
        allowed = {other for word, other in own.items() if any(word in words for words, _ in matching)}
        right += bool(matching) and all(own_address in cited and allowed.issuperset(cited) for _, cited in matching)
        wrong += any(not allowed.issuperset(cited) for _, cited in matching)
        lost += not matching or any(own_address not in cited for _, cited in matching)
    left = sum(bool(re.search(r"[\[\]^]|zq", words)) for words, _ in claims)
    return right, wrong, lost, left


def main() -> None:
    """Measure and print."""
    for dialect in DIALECTS:
        right, wrong, lost, left = map(sum, zip(*(score(dialect, text) for text in range(len(TEXTS))), strict=True))
        print(
            f"{dialect.name:24} right {right} of {3 * len(TEXTS)}, wrong {wrong}, none {lost}, marks in claims {left}"
        )


if __name__ == "__main__":
    main()
