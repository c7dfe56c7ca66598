# ruff: noqa: E501  lines of markup and of text are kept whole
"""Lists of references as browsers number them, as terms and tables, and those of several sections of a page."""

from __future__ import annotations

import pytest

from benchmarks.reference_marks import led
from claims.records import Page
from sources.page.page import read_page

A, B, C, D = (f"https://{name}.example/paper" for name in ("elm", "oak", "ash", "fir"))
BAKERY = "The bakery of Tolle sold 4,100 loaves in March"
FERRY = "The ferry to Harn carried 312 lorries on Friday"
MILL = "The old mill of Tolle burned down in 1987 for the second time"
FILL = "<p>The council meets again at its usual hour next week, and nobody expects that it will take up the matter.</p>"


def cited(page: Page) -> list[tuple[str, str | None]]:
    """The marks with their addresses in order; those without one have None."""
    uncited = [(span, "", None) for span in page.uncited]
    marks = [(link.span, link.mark, link.href) for link in page.links if link.mark]
    return [(mark, href) for _, mark, href in sorted([*marks, *uncited], key=lambda mark: mark[0])]


def read(body: str) -> Page:
    document = f"<html lang='en'><head><title>Tolle</title></head><body><main><h1>Tolle</h1>{body}</main></body></html>"
    return read_page(document.encode(), content_type="text/html")


def raised(*numbers: object) -> str:
    """Three paragraphs, each with its raised mark."""
    words = zip((BAKERY, FERRY, MILL), numbers, strict=False)
    return "".join(f"<p>{text}.<sup>{number}</sup></p>" for text, number in words) + FILL


NUMBERED = [
    (f'{raised(7, 8)}<h3>Notes</h3><ol start="7"><li>{A}</li><li>{B}</li></ol>', [("[7]", A), ("[8]", B)]),
    (
        f'{raised(1, 5, 6)}<h3>Notes</h3><ol><li>{A}</li><li value="5">{B}</li><li>{C}</li></ol>',
        [("[1]", A), ("[5]", B), ("[6]", C)],
    ),
    (f"{raised(1, 2)}<h3>Notes</h3><ol reversed><li>{B}</li><li>{A}</li></ol>", [("[1]", A), ("[2]", B)]),
    (
        f'{raised(12, 13)}<section class="footnotes"><ol start="12"><li>{A}</li><li>{B}</li></ol></section>',
        [("[12]", A), ("[13]", B)],
    ),
    # A number that two items have leads nowhere; items with letters have no numbers; a start that is none.
    (f'{raised(1, 2)}<h3>Notes</h3><ol><li>{A}</li><li value="1">{B}</li><li>{C}</li></ol>', [("", None), ("[2]", C)]),
    (f'{raised(1, 2)}<h3>Notes</h3><ol type="a"><li>{A}</li><li>{B}</li></ol>', [("", None), ("", None)]),
    (f'{raised(1, 2)}<h3>Notes</h3><ol start="x"><li>{A}</li><li>{B}</li></ol>', [("[1]", A), ("[2]", B)]),
]
TERMS = [
    (
        f"{raised(1, 2)}<h4>Endnotes</h4><dl><dt>[1]</dt><dd><a href='{A}'>Mill</a></dd><dt>[2]</dt><dd>{B}</dd></dl>",
        [("[1]", A), ("[2]", B)],
    ),
    (
        f"{raised('[1]', '[2]')}<h4>References</h4><div><dl><dt>1</dt><dd>Own count.</dd><dt>2</dt><dd>{B}</dd><dd>{C}</dd></dl></div>",
        [("", None), ("[2]", B), ("[2]", C)],
    ),
    (
        f"{raised(1, 2)}<h4>Sources</h4><table><tr><th>No.</th><th>Paper</th></tr><tr><td>1</td><td>{A}</td></tr><tr><td>2.</td><td>{B}</td></tr></table>",
        [("[1]", A), ("[2]", B)],
    ),
    (f"{raised(1, 2)}<p><b>Sources</b><br>1. <a href='{A}'>Mill</a><br>2. {B}<br></p>", [("[1]", A), ("[2]", B)]),
    (f"{raised(1, 2)}<p>Sources:<br>1. {A}<br>2. {B}</p>", [("[1]", A), ("[2]", B)]),
    # Terms that are explained, and a table of something else, are no lists of references.
    (
        f"{raised(1, 2)}<h4>Notes</h4><dl><dt>1 gross</dt><dd>{A}</dd><dt>2</dt><dd>{B}</dd></dl>",
        [("", None), ("", None)],
    ),
    (
        f"{raised(1, 2)}<h4>Sources</h4><table><tr><td>1</td><td>{A}</td></tr><tr><td>Oven</td><td>{B}</td></tr><tr><td>Mill</td><td>{C}</td></tr></table>",
        [("", None), ("", None)],
    ),
]
TITLED = [
    (f"<p>{BAKERY}.<sup title='{A}'>1</sup> {FERRY}. (<a href='{B}'>source</a>)</p>{FILL}", [("1", A), ("source", B)]),
    (f"<p>{BAKERY}.<span class='tip' data-title='Ray, {A}.'><sup>1</sup></span> {FERRY}.<sup title='Own count'>2</sup></p>{FILL}", [("1", A), ("", None)]),
    (f"<p>{BAKERY} <span title='See {A}'>[1]</span>. {FERRY}.</p>{FILL}", [("[1]", A)]),
    # A number of the sentence, an area, and titles without an address are no marks.
    (f"<p>{BAKERY} in <span title='{A}'>12</span> shops. The field has 4 km<sup title='{B}'>2</sup>.</p>{FILL}", []),
    (f"<p>{BAKERY}.<sup title='first'>1</sup> {FERRY}.</p>{FILL}", []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [*NUMBERED, *TERMS, *TITLED])
def test_the_numbers_of_a_list(body: str, expected: list[tuple[str, str | None]]) -> None:
    assert cited(read(body)) == expected


def items(*addresses: str) -> str:
    return "<ol>" + "".join(f"<li>{address}</li>" for address in addresses) + "</ol>"


STORIES = [
    # Each story has its own notes; the second has none; two lists for the same marks.
    (f"{raised(1)}<h3>Notes</h3>{items(A)}<h2>Harn</h2>{raised(1, 2)}<h3>Notes</h3>{items(B, C)}", [("[1]", A), ("[1]", B), ("[2]", C)]),
    (f"{raised(1, 2)}<h3>Notes</h3>{items(A)}<h2>Harn</h2>{raised(1)}<h3>Notes</h3>{items(B, C)}", [("[1]", A), ("", None), ("[1]", B)]),
    (f"{raised(1, 2)}<h3>Notes</h3>{items(A, B)}<h2>Harn</h2>{raised(1)}", [("[1]", A), ("[2]", B), ("", None)]),
    (f"{raised(1, 2)}<h3>References</h3>{items(A, B)}<h3>Links</h3>{items(C)}", [("", None), ("[2]", B)]),
    (f"{raised(1, 2)}<h3>Notes</h3>{items('Own count.', 'See below.')}<h3>References</h3>{items(A, B)}", [("[1]", A), ("[2]", B)]),
]  # fmt: skip
TEXTS = [
    (f"{BAKERY}. [1]\n\nNotes\n[1] {A}\n\nThe ferry\n\n{FERRY}. [1]\n\n{MILL}. [2]\n\nNotes\n[1] {B}\n[2] {C}\n", [A, B, C]),
    (f"{BAKERY}. [1]\n\n[1] {A}\n[2] {D}\nThe ferry\n\n{FERRY}. [1]\n\n[1] {B}\n[2] {C}\n", [A, B]),
    (f"{BAKERY}. [3]\n\nNotes\n1. {A}\n\nThe ferry\n\n{FERRY}. [1]\n\nNotes\n1. {B}\n2. {C}\n3. {D}\n", [None, B]),
    (f"{BAKERY}. [1] {FERRY}. [2]\n\nReferences\n[1] {A}\n[2] {B}\n\nLinks\n[1] {C}\n", [None, B]),
    # Steps below a heading "Notes" are no list of sources; a footnote counts in the whole text.
    (f"Notes\n1. Bring water.\n2. Wear boots.\n\n{BAKERY}. [1]\n\nSources\n1. {A}\n", [A]),
    (f"{BAKERY}.[^x]\n\n[^x]: {A}\n\n{FERRY}.[^x] {MILL}.[^y]\n\n[^y]: {B}\n", [A, A, B]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), STORIES)
def test_a_mark_leads_to_the_list_of_its_own_story(body: str, expected: list[tuple[str, str | None]]) -> None:
    assert cited(read(body)) == expected


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_mark_of_a_text_leads_to_the_list_of_its_own_story(text: str, expected: list[str | None]) -> None:
    assert [href for _, href in cited(read_page(text.encode(), content_type="text/plain"))] == expected


def test_the_same_number_of_two_stories_is_two_notes() -> None:
    page = read_page(TEXTS[0][0].encode(), content_type="text/plain")
    assert len({link.entry for link in page.links if link.mark}) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BAKERY}.^[{A}] {FERRY}.^[See {B}.]\n", [("[^]", A), ("[^]", B)]),
        (f"{BAKERY}.^[Ray, {A}_(old), and {B}].\n", [("[^]", f"{A}_(old)"), ("[^]", B)]),
        (f"{BAKERY}.^[No address.] {FERRY}.\n", [("", None)]),
        # The end of a title, and a part of a provision, which leads nowhere.
        (f"The choir sang “Harn Bells [2]” twice. {BAKERY} [1].\n\nNotes\n[1] {A}\n[2] {B}\n", [("[1]", A)]),
        (f"Section 9 [2] of the act names it. {BAKERY} [1].\n\nNotes\n[1] {A}\n[2] {B}\n", [("", None), ("[1]", A)]),
        (f"The act forbids it in Section 9 [2]. {BAKERY} [1].\n\nNotes\n[1] {A}\n[2] {B}\n", [("[2]", B), ("[1]", A)]),
    ],
)
def test_what_a_bracket_gives(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert cited(read_page(text.encode(), content_type="text/markdown")) == expected


def test_a_sentence_whose_raised_number_cannot_be_read_takes_no_later_source() -> None:
    text = f"{BAKERY} every week.4 {FERRY} [1].\n\nNotes\n[1] {A}\n"
    _, claims = led(text.encode(), "text/plain")
    assert [addresses for _, addresses in claims] == [[], [A]]


FORMS = [
    # "See" in the bracket; letters without a heading, if they count up, and with a full stop below one.
    (f"{BAKERY} [see 1]. {FERRY} [cf. 2].\n\nNotes\n1. {A}\n2. {B}\n", [A, B]),
    (f"{BAKERY} [see 9]. {FERRY} [1].\n\nNotes\n1. {A}\n2. {B}\n", [A]),
    (f"{BAKERY} [a]. {FERRY} [b].\n\n[a] {A}\n[b] {B}\n", [A, B]),
    (f"{BAKERY} [b]. Ann Ray said that it was “[a] loss”.\n\n[a] {A}\n[b] {B}\n[c] {C}\n", []),
    (f"{BAKERY} [a]. {FERRY} [b].\n\nNotes\n\na. {A}\nb. {B}\n", [A, B]),
    # A list in one line, which must count up and give an address each time; two stories with one each.
    (f"{BAKERY}.[1] {FERRY}.[2]\n\nSources: [1] {A} [2] {B}\n", [A, B]),
    (f"{BAKERY} (1). {FERRY} (2).\n\nReferences: 1. Ray, {A}; 2. Holm, {B}\n", [A, B]),
    (f"{BAKERY}.[1]\n\nSources: [1] {A} [2] {B}\n\n{FERRY}.[1]\n\nSources: [1] {C} [2] {D}\n", [A, C]),
    (f"{BAKERY}.[1] {FERRY}.[2]\n\nPrices: [1] {A} [2] {B}\n", [None] * 4),
    (f"{BAKERY}.[1] {FERRY}.[2]\n\nSources: [1] Ray [2] {B}\n", [None] * 4),
    # Plain digits behind a month and a year, and a number of the text.
    (
        f"The mill burned down in May.1 It was built in 1812.2 It has 4 floors.3\n\nNotes\n1. {A}\n2. {B}\n3. {C}\n",
        [A, B, C],
    ),
    (f"The mill is on map 4.2 The mayor left.\n\nNotes\n1. {A}\n2. {B}\n", []),
    (
        f"{BAKERY} (see Ray 2001, pp. 3-5; but cf. Holm n.d.).\n\nReferences\nRay, C. (2001). Bread. {A}\nHolm, A. (n.d.). Ovens. {B}\n",
        [A, B],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_rarer_forms_of_marks_and_lists(text: str, expected: list[str | None]) -> None:
    assert [href for _, href in cited(read_page(text.encode(), content_type="text/plain"))] == expected


def test_a_list_in_one_line_is_no_claim() -> None:
    _, claims = led(FORMS[5][0].encode(), "text/plain")
    assert [addresses for _, addresses in claims] == [[A], [B]]


def test_a_second_mark_of_a_note_may_have_a_letter() -> None:
    marks = f"<p>{BAKERY}.<a href='#n2'>[2b]</a> {FERRY} in <a href='#n2'>3D</a>.</p>"
    page = read(f"{marks}{FILL}<ol><li id='n1'>{A}</li><li id='n2'>{B}</li></ol>")
    assert cited(page) == [("[2b]", B)]
    assert "in 3D." in page.text
