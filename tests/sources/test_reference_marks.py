# ruff: noqa: E501  lines of markup and of text are kept whole
"""Reference marks: each leads to the address of its entry, and is no word of a claim."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from effort import calls

from benchmarks.reference_marks import DIALECTS, TEXTS, Dialect, led, score
from claims.records import BlockKind
from sources.page.page import read_page
from sources.references.text_marks import read_marks

A, B, C = (f"https://{name}.example/report" for name in ("one", "two", "three"))
DOI = "https://doi.org/10.1000/7"
COPY = f"https://web.archive.org/web/2024/{A}"
LIST = f"\n\nSources:\n[1] Title, {A}\n[2] Title, {B}\n[3] Title, {C}\n"
NOTES = f"\n\n[^a]: See {A}.\n[^b]: {B}\n"


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda tried: tried.name)
def test_every_mark_leads_to_its_address_and_none_to_another(dialect: Dialect) -> None:
    assert score(dialect, 0) == (3, 0, 0, 0)


def marks(data: str, kind: str = "text/plain") -> list[tuple[str, str]]:
    return [(link.mark, link.href) for link in read_page(data.encode(), content_type=kind).links if link.mark]


TEXT_MARKS = [
    ("It rained on Monday.[1] It snowed in May.[2]" + LIST, [("[1]", A), ("[2]", B)]),
    ("It rained on Monday [1, 3]." + LIST, [("[1, 3]", A), ("[1, 3]", C)]),
    ("It rained on Monday [1–3]." + LIST, [("[1–3]", A), ("[1–3]", B), ("[1–3]", C)]),
    ("It rained on Monday.[1][2] It snowed." + LIST, [("[1]", A), ("[2]", B)]),
    ("It rained on Monday.¹ It snowed.²" + LIST, [("¹", A), ("²", B)]),
    ("It rained on Monday.[^a] It snowed.[^b]" + NOTES, [("[^a]", A), ("[^b]", B)]),
    (f"It rained on Monday [1]({A}).", [("[1]", A)]),
    ("It rained on Monday.[1]\n\n1. First\n\nSources\n\n1. Ray, [Title](" + A + ")\n", [("[1]", A)]),
    (f"It rained on Monday.[1]\n\n[1] Title, {A}, archived at {COPY}\n", [("[1]", A)]),
    (f"It rained on Monday.[1]\n\nSources\n[1] Archived at {COPY}\n", [("[1]", COPY)]),
    (f"It rained on Monday.[1] It snowed.[2]\n\n[1]: {A}\n[2]: {B} 'Title'\n", [("[1]", A), ("[2]", B)]),
    # No marks: no list, an entry without an address, another number, a power, a gloss, a link's words.
    ("It rained on Monday.[1] It snowed.", []),
    ("It rained on Monday.[1]\n\nSources\n[1] Ray, Title, 2020\n", []),
    ("It rained on Monday.[7]" + LIST, []),
    ("The lake has 20 km² and 5 m³." + LIST, []),
    ("He said that “they [sic] rained” in [2019]." + LIST, []),
    (f"It [rained]({C}) on Monday.", []),
]


@pytest.mark.parametrize(("text", "expected"), TEXT_MARKS)
def test_the_marks_of_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert marks(text) == expected


WORDS = "The port of Merrow paid 4.2 million pounds for a crane in 2021, the accounts of the town show"
FILL = "<p>The exchange closed at its usual hour, and the day's turnover was a little below the average.</p>"


def html(body: str) -> str:
    return f"<html lang='en'><head><title>News</title></head><body><main><h1>News</h1>{body}</main></body></html>"


HTML_MARKS = [
    # The address of a short reference stands in the one that it leads on to.
    (f"<p>{WORDS}.<sup><a href='#n1'>1</a></sup></p>{FILL}<ol><li id='n1'>Ray 2020, <a href='#ray'>p. 5</a></li></ol>"
     f"<p id='ray'>Ray, A.: <a href='{A}'>Title</a></p>", [("1", A)]),
    # A mark in the text goes even where its entry has no address.
    (f"<p>{WORDS}.<sup><a href='#n1'>[1]</a></sup></p>{FILL}<ol><li id='n1'>Ray, Title, 1987</li></ol>", []),
    # No marks: a table of contents, a link back up, a power.
    (f"<ol><li><a href='#a'>1</a></li></ol><div id='a'><p>{WORDS}.</p>{FILL}</div>", []),
    (f"<p id='top'>{WORDS}.</p>{FILL}<p><a href='#top'>1</a> <a href='{A}'>Title</a></p>", []),
    (f"<p>The lake has 20 km<sup>2</sup>. {WORDS}.</p>{FILL}<h3>Sources</h3><ol><li>x</li><li><a href='{A}'>T</a></li></ol>", []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), HTML_MARKS)
def test_the_marks_of_a_page(body: str, expected: list[tuple[str, str]]) -> None:
    page = read_page(html(body).encode(), content_type="text/html")
    assert [(link.mark, link.href) for link in page.links if link.mark] == expected
    assert WORDS in page.text
    assert "zq" not in page.text
    assert "2021, the accounts of the town show." in page.text


OWN = "https://think.example/essays/bridges-of-europe"
REPORT, OLD = "https://think.example/reports/2020/bridges", "https://think.example/p/ferries"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (f"Ray, <a href='{REPORT}'>Bridges</a>, 2020", REPORT),
        ("Ray, <a href='/reports/2020/bridges'>Bridges</a>, 2020", REPORT),
        (f"See our post: {OLD}", OLD),
        (f"<a href='/experts/ray'>Ray</a>, <a href='{REPORT}'>Bridges</a>", REPORT),
        (f"<a href='{REPORT}'>Bridges</a>, citing <a href='{A}'>Title</a>", A),
        (f"<a href='{REPORT}'>Bridges</a>, <a href='https://web.archive.org/web/2024/{REPORT}'>Archived</a>", REPORT),
        # What explains the entry is not what it cites.
        (
            "<a href='/wiki/Anna_Ray'>Ray</a>, Bridges, <a href='/w/index.php?title=Special:BookSources/1'>ISBN</a>",
            None,
        ),
        ("<a href='/people/ray'>Ray</a>, Bridges, Oxford 1987", None),
        ("Ray, Bridges, Oxford 1987. <a href='/tag/bridges'>Bridges</a> <a href='/author/ray.html'>Ray</a>", None),
        (f"Ray, Bridges, Oxford 1987. <a href='{OWN}#top'>Back</a>", None),
        ("Ray, Bridges, Oxford 1987. <a href='https://think.example/'>Home</a>", None),
    ],
)
def test_an_entry_may_cite_a_document_of_its_own_site(entry: str, expected: str | None) -> None:
    body = f"<p>{WORDS}.<sup><a href='#n1'>1</a></sup></p>{FILL}<ol><li id='n1'>{entry}</li></ol>"
    page = read_page(html(body).encode(), url=OWN, content_type="text/html")
    assert [link.href for link in page.links if link.mark] == ([expected] if expected else [])


def test_an_archived_twin_is_kept_beside_the_address() -> None:
    note = f"<li id='n1'><a href='{A}'>Title</a>, <a href='{COPY}'>Archived</a></li>"
    page = read_page(
        html(f"<p>{WORDS}.<a href='#n1'>[1]</a></p>{FILL}<ol>{note}</ol>").encode(), content_type="text/html"
    )
    assert [(link.href, link.copies) for link in page.links] == [(A, (COPY,))]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        # Each page counts, and not what is written on a link, an author's page or a newspaper's front page.
        (f"Compare <a href='{A}'>{A[:20]}…</a>, {B}; but see <a href='{C}'>Piers</a>", [(A, ()), (C, ()), (B, ())]),
        (
            f"<a href='{A}'>Cranes</a>, <a href='https://two.example'>Two</a>, <a href='https://x.example/author/ray'>Ray</a>",
            [(A, ())],
        ),
        # Other addresses of a page: an archived copy, a number under which works are kept.
        (f"<a href='{A}'>Cranes</a>, <a href='{COPY}'>Archived</a>; <a href='{B}'>Piers</a>", [(A, (COPY,)), (B, ())]),
        (
            f"Ray, <a href='{A}'>Cranes</a>, <a href='{DOI}'>doi</a>; Holm, <a href='{DOI}8'>doi</a>",
            [(A, (DOI,)), (f"{DOI}8", ())],
        ),
    ],
)
def test_an_entry_with_several_addresses(entry: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    body = f"<p>{WORDS}.<sup><a href='#n1'>1</a></sup></p>{FILL}<ol><li id='n1'>{entry}</li></ol>"
    page = read_page(html(body).encode(), url=OWN, content_type="text/html")
    assert [(link.href, link.copies) for link in page.links] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Between a mark and the one before it, within the paragraph.
        ("The army left in May. The mayor paid 40 dollars.[1] The bridge fell on Friday.[2]", [[A], [A], [B]]),
        ("The army left the city in May.\n\nThe mayor paid 40 dollars.[1]", [[], [A]]),
        ("The mayor paid 40 dollars.[1][2] The bridge fell on Friday.", [[A, B], []]),
        ("The mayor paid 40 dollars[1] and closed 3 schools.[2]", [[A], [B]]),
    ],
)
def test_a_claim_leans_on_its_own_mark(text: str, expected: list[list[str]]) -> None:
    page, claims = led((text + LIST).encode(), "text/plain")
    assert [cited for _, cited in claims] == expected
    assert not any("[" in words for words, _ in claims)
    assert page.text == text + LIST


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        *((bracket, [[], [A]]) for bracket in ("[Ray 17]", "(see note D)", "{7}", "(Ray 17)", "[see the table]")),
        *((bracket, [[A], [A]]) for bracket in ("(1874)", "(the old one)", "(May 2020)", "[sic]", "[the mayor]")),
    ],
)
def test_no_claim_before_a_bracket_that_may_be_a_mark_relies_on_the_next(
    bracket: str, expected: list[list[str]]
) -> None:
    _, claims = led(f"The army left in May {bracket}. The mayor paid 40 dollars.[1]{LIST}".encode(), "text/plain")
    assert [cited for _, cited in claims] == expected


def test_a_claim_with_a_link_of_its_own_does_not_rely_on_a_later_mark() -> None:
    text = f"It lost 212 trees.[^a] The owner [planted 300]({C}) in May. The cider won 3 medals.[^b]{NOTES}"
    _, claims = led(text.encode(), "text/markdown")
    assert [cited for _, cited in claims] == [[A], [C], [B]]


def test_a_long_text_of_marks_is_read() -> None:
    text = "It rained on Monday.[1] " * 20_000 + LIST
    assert len(marks(text)) == 2_000
    assert len(TEXTS) * len(DIALECTS) == 40


def test_pages_of_an_open_bracket_are_read_in_one_way() -> None:
    text = "It rained.[1] It snowed [1" + (", pp 1" + ",1" * 9) * 20 + f" in May.{LIST}"
    assert marks(text) == [("[1]", A)]
    both = "[1, pp. 3, 2, p. 7]"
    assert marks(f"It rained {both}.{LIST}") == [(both, A), (both, B)]


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_twice_the_works_and_marks_are_twice_the_work(kind: str) -> None:
    def reading(count: int) -> Callable[[], object]:
        works = "".join(f"<p>Ray, A. (2020). Title {n}. {A}/{n}</p>\n" for n in range(count))
        texts = f"<p>{WORDS}. {'It rained (Ray, 2020). ' * count}</p>\n{'<p>It snowed (Ray, 2020).</p>' * count}"
        text = f"{texts}\n{FILL}\n<h2>References</h2>\n{works}"
        data = (html(text) if kind == "text/html" else re.sub("<[^>]*>", "", text)).encode()
        return lambda: read_page(data, content_type=kind)

    reading(1)()  # loads what the first page needs
    assert calls(reading(400)) < 2.5 * calls(reading(200))


def test_titles_of_sources_on_lines_below_each_other_are_entries() -> None:
    lines = [
        f"[{n}] The city's budget for the bridge of 20{n:02}, a report - https://city.example/{n}" for n in (1, 2, 3)
    ]
    text = (
        "The bridge cost 40 dollars [1]. The school closed in May [2]. The mayor left in June [3].\n\nSources:\n"
        + "\n".join(lines)
    )
    page, claims = led(text.encode(), "text/plain")
    assert [page.text[slice(*block.span)] for block in page.blocks if block.kind is BlockKind.REFERENCE] == lines
    assert [cited for _, cited in claims] == [[f"https://city.example/{n}"] for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "remark",
    [
        "<sup class='noprint Inline-Template'>[<i><a href='/wiki/Help'>citation needed</a></i>]</sup>",
        "<sup>[when?]</sup>",
        "<sup>[according to whom?]</sup>",
    ],
)
def test_an_editor_s_remark_is_no_part_of_a_claim(remark: str) -> None:
    page = read_page(html(f"<p>{WORDS}.{remark}</p>{FILL}").encode(), url=OWN, content_type="text/html")
    assert f"{WORDS}." in page.text
    assert "[" not in page.text
    assert page.links == ()


@pytest.mark.parametrize(
    ("text", "cited", "entries"),
    [
        (f"It rained in May.¹ It snowed in June.² It\n¹ City budget, {A}.\n² {B}", [A, B], 2),
        # A number that two pages have; a mark at the beginning of a line; a note without an address.
        (f"It rained in May.¹ It snowed.\n¹ City, {A}.\n\nThe hall fell in June.¹ It snowed.\n¹ City, {B}.", [], 2),
        (f"The mayor said in May that it rained.\n¹ The hall fell in June.\n\n² {B}", [], 1),
        ("It rained in May.¹ It snowed.\n¹ Ibid.", [], 0),
        # In plain digits, where the marks were copied so, too.
        (f"It rained in August.1 It snowed in March.2\n\n1 City budget, {A}.\n2 {B}\n", [A, B], 2),
        (f"It rained in May. It snowed in June.\n\n7 Days, {A}.\n", [], 0),
        # The page after it goes on.
        (f"It rained in May.¹ It snowed in\n¹ City budget, {A}\nJune, and the hall fell.", [A], 1),
    ],
)
def test_the_footnotes_of_a_printed_page(text: str, cited: list[str], entries: int) -> None:
    found = read_marks(text, [])
    assert [link.href for link in found.links] == cited
    assert [text[slice(*span)][:1] in "¹²12" and "http" in text[slice(*span)] for span in found.entries] == [
        True
    ] * entries
    assert not any("hall" in text[slice(*span)] for span in found.entries)
