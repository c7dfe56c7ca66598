# ruff: noqa: E501  lines of markup and of text are kept whole
"""Reference marks as the programs and houses write them that the benchmark does not have."""

from __future__ import annotations

import pytest

from claims.records import Page
from sources.page.page import read_page

A, B, C, D = (f"https://{name}.example/report" for name in ("one", "two", "three", "four"))
FIRST, SECOND = "The port of Merrow paid 4.2 million pounds for a crane", "Its rival Tarnmouth bought 12 trucks"
FILL = "<p>The exchange closed at its usual hour, and the day's turnover was a little below the average.</p>"
LIST = f"\n\nSources:\n1. {A}\n2. {B}\n3. {C}\n"
WORKS = f"\n\nReferences\nHolm, B. & Ray, A. (2021a). Trucks. {B}\nRay, A. (2020). Cranes. {A}\nRay, A. (2021a). Piers. {C}\n"


def cited(page: Page) -> list[tuple[str, str | None]]:
    """The marks with their addresses in order; those without one have None."""
    uncited = [(span, "", None) for span in page.uncited]
    marks = [(link.span, link.mark, link.href) for link in page.links if link.mark]
    return [(mark, href) for _, mark, href in sorted([*marks, *uncited], key=lambda mark: mark[0])]


TEXTS: list[tuple[str, list[tuple[str, str | None]]]] = [
    (f"{FIRST} (1). {SECOND} (2, 3).{LIST}", [("(1)", A), ("(2, 3)", B), ("(2, 3)", C)]),
    (f"{FIRST} (1).\n\nSources:\n(1) Port: {A}\n(2) {B}\n", [("(1)", A)]),
    (f"{FIRST}【1†source】. {SECOND}【2†L1-L9】【7†source】.\n\nSources:\n【1】 {A}\n【2】 {B}\n", [("【1†source】", A), ("【2†L1-L9】", B), ("", None)]),
    (f"{FIRST}.¹˒² {SECOND}.¹⁻³{LIST}", [("¹˒²", A), ("¹˒²", B), ("¹⁻³", A), ("¹⁻³", B), ("¹⁻³", C)]),
    (f"{FIRST}.²³ {SECOND}.{LIST}", [("²³", B), ("²³", C)]),
    (f"{FIRST} [Source 1]. {SECOND} [Source 2, Source 3].\n\nSource 1: {A}\n", [("[Source 1]", A), ("", None)]),
    (f"{FIRST} [Source 1]. {SECOND} [Source 2].\n\nSources:\nSource 1: {A}\nSource 2: {B}\n", [("[Source 1]", A), ("[Source 2]", B)]),
    (f"{FIRST}.\\[1\\] {SECOND}.\\[2\\]\n\n**References**\n\n**[1]** <{A}>\n\n**[2]** {B}\n", [("\\[1\\]", A), ("\\[2\\]", B)]),
    (f"{FIRST}.1 {SECOND}.2,3{LIST}", [("1", A), ("2,3", B), ("2,3", C)]),
    (f"{FIRST}^1^. {SECOND}<sup>1,2</sup>.\n\n---\n1. {A}\n2. {B}\n", [("^1^", A), ("<sup>1,2</sup>", A), ("<sup>1,2</sup>", B)]),
    # A link that says only that it is the source.
    (f"{FIRST}. [Source]({A}) {SECOND}. [[link]]({B})", [("(Source)", A), ("(link)", B)]),
    (f"{FIRST}. Source: [Port]({A}). {SECOND}. [Officials]({B}) said so.", [("(Port)", A)]),
    # Links that are marks: a bracket of nothing else behind the words, a number.
    (f"{FIRST}. ([Port]({A})) {SECOND} ([Echo][1], [Town]({C})).\n\n[1]: {B} 'Trucks'\n", [("(Port)", A), ("(Echo, Town)", B), ("(Echo, Town)", C)]),
    (f"[1]: {A}\n[2]: {B}\n\n{FIRST}[^1^][1]. {SECOND}[^2^][2].\n", [("[1]", A), ("[2]", B)]),
    # Notes in the text, and such as go on.
    (f"{FIRST}.^[Port, <{A}>.] {SECOND}.^[My own count.]", [("[^]", A), ("", None)]),
    (f"{FIRST}.[^a] {SECOND}.[^b]\n\n[^a]: Port.\n\n    See {A}.\n\n[^b]: Ibid.\n", [("[^a]", A), ("[^b]", A)]),
    # A place in the source behind the number.
    (f"{FIRST} [1, p. 17]. {SECOND} [2: 4; 3, pp. 5–9, 12].{LIST}", [("[1, p. 17]", A), ("[2: 4; 3, pp. 5–9, 12]", B), ("[2: 4; 3, pp. 5–9, 12]", C)]),
    # An entry with several pages; the other addresses of a page are none.
    (f"{FIRST}.[^a] {SECOND}.[^b]\n\n[^a]: [Port]({A}), and <{B}>.\n[^b]: Ray, [Piers]({C}_(b)), https://doi.org/10.1000/7.\n", [("[^a]", A), ("[^a]", B), ("[^b]", f"{C}_(b)")]),
    # An entry that refers to another, if that gives one page only.
    (f"{FIRST}.[1] {SECOND}.[2]\n\nNotes\n[1] {A}\n[2] See note 1, p. 4.\n", [("[1]", A), ("[2]", A)]),
    (f"{FIRST}.[1] {SECOND}.[2]\n\nNotes\n[1] {A}, {B}\n[2] Ibid.\n", [("[1]", A), ("[1]", B), ("", None)]),
    (f"{FIRST}.[1] {SECOND}.[2]\n\nNotes\n[1] Ray v. Port, {A}\n[2] Ray v. Port, supra note 1, at 4.\n", [("[1]", A), ("[2]", A)]),
    # Brackets side by side, empty links, anchors, and "cite:", as language models write them.
    (f"{FIRST}[[1]]({A})[[2]]({B}). {SECOND} [[3](<{C}>)].\n", [("[1]", A), ("[2]", B), ("[3]", C)]),
    (f"{FIRST}.[]({A}) {SECOND}.[]({B})[]({C})\n", [("[]", A), ("[]", B), ("[]", C)]),
    (f"{FIRST}.[cite: 1] {SECOND}.[cite: 2, 3]{LIST}", [("[cite: 1]", A), ("[cite: 2, 3]", B), ("[cite: 2, 3]", C)]),
    (f"{FIRST}<sup>[1](#r1)</sup>. {SECOND} [2](#r2).\n\n## Sources\n\n<a id='r1'></a>1. {A}\n<a id='r2'></a>2. {B}\n", [("<sup>[1](#r1)</sup>", A), ("[2](#r2)", B)]),
    (f"{FIRST}[^1^]. {SECOND}[^2^][^3^].{LIST}", [("[^1^]", A), ("[^2^]", B), ("[^3^]", C)]),
    # By author and year; authors that are bodies, and works without a year.
    (f"{FIRST} (Port of Merrow, n.d.). In May the Town of Tarnmouth (2019) wrote.\n\nReferences\nPort of Merrow. (n.d.). {A}\nTown of Tarnmouth. (2019). {B}\n", [("(Port of Merrow, n.d.)", A), ("Town of Tarnmouth (2019)", B)]),
    (f"{FIRST} (Ray, 2020, p. 4). {SECOND} (see Holm & Ray 2021a; Ray, 2021a).{WORKS}", [("(Ray, 2020, p. 4)", A), ("(see Holm & Ray 2021a; Ray, 2021a)", B), ("(see Holm & Ray 2021a; Ray, 2021a)", C)]),
    (f"{FIRST} (Ray 2020: 4). {SECOND} (ibid.: 20).{WORKS}", [("(Ray 2020: 4)", A), ("(ibid.: 20)", A)]),
    (f"{FIRST} (ibid.). {SECOND} (Ray 2020).{WORKS}", [("", None), ("(Ray 2020)", A)]),
    (f"{FIRST} [i]. {SECOND} [ii].\n\nNotes:\n\n[i] {A}\n[ii] {B}\n", [("[i]", A), ("[ii]", B)]),
    (f"Ray (2020) says that it rained. It snowed (in May 2020). Sund (2020) fled (Sund, 2020).{WORKS}", [("Ray (2020)", A)]),
    # Marks without an entry end what the next one supports, and are no words.
    (f"{FIRST}.[1] {SECOND}.[2]", [("", None), ("", None)]),
    (f"{FIRST}.[^x] {SECOND}.[^1]\n\n[^1]: {A}\n", [("", None), ("[^1]", A)]),
    # Entries and marks in round brackets, also within a clause; not those of a list in a sentence beside marks.
    (f"{FIRST} (1) and 9 ships. {SECOND} (2) in May.\n\nSources:\n(1) {A}\n(2) {B}\n", [("(1)", A), ("(2)", B)]),
    (f"It has (1) a tax and (2) a levy. {FIRST} (1). {SECOND} (2).\n\nSources:\n(1) {A}\n(2) {B}\n", [("(1)", A), ("(2)", B)]),
    # Letters, and numbers with nothing behind them, in lines with an address; an address without "https://".
    (f"{FIRST} [a]. {SECOND} [b][a].\n\n## Links\n\n[a] {A}\n[b] {B}\n", [("[a]", A), ("[b]", B), ("[a]", A)]),
    (f"{FIRST}.¹ {SECOND}.²\n\nNotes\n1 Port, {A}\n2 Town, {B}\n", [("¹", A), ("²", B)]),
    (f"{FIRST} [1]. {SECOND} [2].\n\nSources\n[1] Port, one.example/report (read in May).\n[2] p. 4 and/or 5.\n", [("[1]", A), ("", None)]),
    # In square brackets by author and year; what nobody can look up; curly brackets; a note named as such; a year.
    (f"{FIRST} [Ray 2020]. {SECOND} [pers. comm.]. It rained [Holm & Ray 2021a, p. 7].{WORKS}", [("[Ray 2020]", A), ("", None), ("[Holm & Ray 2021a, p. 7]", B)]),
    (f"{FIRST} {{1}}. In bar {{12}} of it {{1, 2}} began. {SECOND} {{2}}{{1}}.\n\nSOURCES\n{{1}} Port: {A}\n{{2}} {B}\n", [("{1}", A), ("{2}", B), ("{1}", A)]),
    (f"{FIRST} (personal communication devices). Write to [@ray on X]. {SECOND} [1].{LIST}", [("[1]", A)]),
    (f"{FIRST} (see note 1). {SECOND} (footnotes 2 and 3).{LIST}", [("(see note 1)", A), ("(footnotes 2 and 3)", B), ("(footnotes 2 and 3)", C)]),
    (f"{FIRST} in 1633¹⁻². It makes 10² tonnes. {SECOND}.³{LIST}", [("¹⁻²", A), ("¹⁻²", B), ("³", C)]),
    (f"{FIRST} [@ray, p. 3]. {SECOND} [@holm; -@ray]. It rained [@sund].\n\n[@ray]: {A}\n[@holm]: {B}\n", [("[@ray, p. 3]", A), ("[@holm; -@ray]", B), ("[@holm; -@ray]", A), ("", None)]),
    (f"{FIRST}[fn:1]. {SECOND}[fn:2].\n\nFootnotes\n\n[fn:1] Port, {A}\n[fn:2] {B}\n", [("[fn:1]", A), ("[fn:2]", B)]),
    (f"{FIRST} (ref. 1). Room no. 2 is free (no. 2). {SECOND} (refs. 2, 3).{LIST}", [("(ref. 1)", A), ("(refs. 2, 3)", B), ("(refs. 2, 3)", C)]),
    (f"{FIRST} [#1]. Flat #2 is free. {SECOND} [#2, #3].{LIST.replace('. ', ') ')}", [("[#1]", A), ("[#2, #3]", B), ("[#2, #3]", C)]),
    # No marks: results of matches, an index, and a list of something else.
    (f"{FIRST} [1]. Row a[2] holds it. {SECOND} [2].{LIST}", [("[1]", A), ("[2]", B)]),
    (f"Merrow won [2: 1]. {FIRST} [1]. {SECOND} [2].{LIST}", [("[1]", A), ("[2]", B)]),
    (f"{FIRST} [2: 1]. The club [1] left.\n\nTeam\n1. Merrow {A}\n2. Harle {B}\n", []),
    (f"The bill has (1) a tax and (2) a levy. He was born (1950). It makes 10² tonnes on 5 km².{LIST}", []),
    (f"The town lies at 4.2 The mayor, No.1 in it, left (2).{LIST}", []),
    (f"The law of [2] May.\n\nSources:\n- {A}\n- {B}\n", []),
    (f"{FIRST}, as chapter [2](#chapter-2) and step [1](#step1) say.{LIST}", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_the_marks_of_a_text(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert cited(read_page(text.encode(), content_type="text/markdown")) == expected


def note(name: str, words: str) -> str:
    return f"<li id='{name}'><p>{words} <a href='#r{name}'>↩︎</a></p><p>More.</p></li>"


NOTES = f"<ol>{note('a', A)}{note('b', B + '.')}{note('c', C)}{note('d', 'Ibid., p. 4')}</ol>"
PAGES: list[tuple[str, list[tuple[str, str | None]]]] = [
    (f"{FIRST}.<sup><a href='#a'>[1]</a></sup> {SECOND}.<sup><a href='#b'>2</a></sup>|{NOTES}", [("[1]", A), ("2", B)]),
    (f"{FIRST}.<sup><a href='#a'>[1:1]</a></sup> {SECOND}.<sup><a href='#a'>[1:2]</a></sup>|{NOTES}", [("[1:1]", A), ("[1:2]", A)]),
    (f"{FIRST}<sup><a href='#a'>1</a>–<a href='#c'>3</a></sup>. {SECOND}<sup><a href='#a'>1-2</a></sup>.|{NOTES}", [("1", A), ("1", B), ("3", C), ("1-2", A), ("1-2", B)]),
    (f"{FIRST}.<sup><a href='#c'>iii</a></sup> {SECOND}.<sup><a href='#d'>iv</a></sup>|{NOTES}", [("iii", C), ("iv", C)]),
    # A page behind the mark; several entries in one element, a table of entries, a list of terms.
    (f"{FIRST}.<sup><a href='#a'>[1]</a></sup><sup><span>: 41 </span></sup><sup><a href='#b'>[2]</a></sup> {SECOND}.|{NOTES}", [("[1]", A), ("[2]", B)]),
    (f"{FIRST} (1). {SECOND} (2).|<h4>Footnotes</h4><p>(1) <a href='{A}'>Port</a><br>(2) <a href='{B}'>Trucks</a></p>", [("(1)", A), ("(2)", B)]),
    (f"{FIRST}.<a href='#a'>1</a> {SECOND}.<a href='#b'>2</a>|<div><a name='a'>1.</a> {A}<br><a name='b'>2.</a> Own count.</div>", [("1", A), ("", None)]),
    (f"{FIRST}.<a href='#a'>1</a> {SECOND}.<a href='#b'>2</a>|<table><tr><td><a id='a'>1</a></td><td>{A}</td></tr><tr><td><a id='b'>2</a></td><td>{B}</td></tr></table>", [("1", A), ("2", B)]),
    (f"{FIRST}.<a href='#a'>(1)</a> {SECOND}.<a href='#b'>(2)</a>|<dl><dt id='a'>(1)</dt><dd>{A}</dd><dt id='b'>(2)</dt><dd>{B}</dd></dl>", [("(1)", A), ("(2)", B)]),
    (f"{FIRST}.<a href='#a'>1</a> {SECOND}.<a href='#b'>2</a>|<div><a id='a'>1</a><div>See {A}.</div></div><div><a id='b'>2</a><div>Ibid.</div></div>", [("1", A), ("2", A)]),
    # Notes in the text: a tooltip, a side note.
    (f"{FIRST}.<sup><a role='button' aria-describedby='a'>1</a></sup><span id='a' role='tooltip'>See <a href='{A}'>here</a>.</span> {SECOND}.|", [("1", A)]),
    (f"{FIRST}.<label class='sidenote-number'></label><span class='sidenote'>See <a href='{A}'>here</a>.</span> {SECOND}.<span class='sidenote'>Own count.</span>|", [("note", A), ("", None)]),
    # A link behind a sentence that says that it is the source, and not one that begins the next.
    (f"{FIRST}. (<a href='{A}'>Port</a>) {SECOND}. <a href='{B}'>[link]</a> It rained.|", [("Port", A), ("[link]", B)]),
    (f"{FIRST}. Source: <a href='{A}'>Port</a>. {SECOND}. <a href='{B}'>Officials</a> said so. It snowed. (<a href='{B}'>Ray</a> helped.)|", [("Port", A)]),
    (f"{FIRST}<sup><a href='{A}'>1</a></sup>. {SECOND}. (Sources: <a href='{B}'>Town</a>, <a href='{C}'>Echo</a>)|", [("1", A), ("Town", B), ("Echo", C)]),
    # So it may in front of the full stop, or within; a bracket in somebody's words is no mark.
    (f"{FIRST} (<a href='{A}'>source</a>). {SECOND} [<a href='{B}'>Port Echo</a>].|", [("source", A), ("Port Echo", B)]),
    (f"{FIRST}. {SECOND}. It rained [<a href='{A}'>link</a>], and she said [<a href='{B}'>Ray</a>] fled (<a href='{C}'>by sea</a>).|", [("link", A)]),
    # A list without a heading; "Id."; an archived copy without the address in it.
    (f"{FIRST}. [1] {SECOND}. [2]|<p>[1] <a href='{A}'>Port</a></p><p>[2] Trucks, {B}</p>", [("[1]", A), ("[2]", B)]),
    (f"{FIRST}.<a href='#a'>1</a> {SECOND}.<a href='#b'>2</a>|<ol><li id='a'>{A} [<a href='https://perma.cc/A1-B2'>copy</a>]</li><li id='b'>Id. at 4.</li></ol>", [("1", A), ("2", A)]),
    # A citation label, a list to be opened, and a search for a work, which is none.
    (f"{FIRST} <a href='#a'>[Ray21]</a>. {SECOND}.|<div id='a'><a href='#b'>[Ray21]</a> <p>{A}</p></div>", [("[Ray21]", A)]),
    (f"{FIRST}<sup>1</sup>. {SECOND}<sup>2</sup>.|<details><summary>References</summary><ol><li>{A}</li><li>{B}</li></ol></details>", [("[1]", A), ("[2]", B)]),
    (f"{FIRST} (<a href='#a'>1</a>). {SECOND}.|<ol><li id='a'>{A} <a href='https://scholar.google.com/scholar_lookup?title=x'>Scholar</a></li></ol>", [("1", A)]),
    # By author and year, with and without links.
    (f"{FIRST} (<a href='#a'>Ray, 2020</a>; <a href='#b'>Holm et al., 2019</a>). {SECOND}.|<p id='a'>Ray A (2020) <a href='{A}'>doi</a></p><p id='b'>Holm B et al. (2019) {B}</p>", [("Ray, 2020", A), ("Holm et al., 2019", B)]),
    (f"{FIRST} (Ray, 2020). {SECOND} (Holm <i>et al.</i> 2019).|<h2>References</h2><p>Holm B, Ray A, Sund C (2019). {B}</p><p>Ray, A. (2020). {A}</p>", [("(Ray, 2020)", A), ("(Holm et al. 2019)", B)]),
    # Notes below a list of works, by author and year; those in an element named for them; signs.
    (f"{FIRST}.<a href='#a'>1</a> {SECOND}.<a href='#b'>2</a>|<p id='a'>1. Ray 2020, p. 4.</p><p id='b'>2. Ibid.</p><h2>Bibliography</h2><p>Ray, A. (2020). {A}</p>", [("1", A), ("2", A)]),
    (f"{FIRST}.<sup>1</sup> {SECOND}.<sup>2</sup>|<div class='footnotes'><p>1. Port Act, <a href='{A}'>s 4</a>.</p><p>2. <i>Id.</i> at 9.</p></div>", [("[1]", A), ("[2]", A)]),
    (f"{FIRST}.* {SECOND}.†|<p>* <a href='{A}'>Port</a></p><p>† <a href='{B}'>Trucks</a></p>", [("*", A), ("†", B)]),
    (f"{FIRST}. {SECOND}. He said: “They left [<a href='{A}'>Merrow</a>].” It rained.|", []),
    # Empty elements that name their entries; links within the words of a note; what nobody can look up.
    (f"{FIRST}.<cite data-ref='a'></cite> {SECOND}.<cite data-ref='b c'></cite> It rained.<cite data-ref='x'></cite>|<dl><dt id='a'>a</dt><dd>{A}</dd><dt id='b'>b</dt><dd>{B}</dd><dt id='c'>c</dt><dd>{C}</dd></dl>", [("a", A), ("b", B), ("b", C), ("", None)]),
    (f"{FIRST} (see <a href='#a'>note A</a>). {SECOND} (notes <a href='#b'>B</a> and <a href='#c'>C</a>).|<aside><p id='a'>A. {A}</p><p id='b'>B. {B}</p><p id='c'>C. {C}</p></aside>", [("note A", A), ("B", B), ("C", C)]),
    (f"{FIRST} (A. Ray, personal communication). {SECOND} [1].|<h3>Sources</h3><ol><li>{A}</li></ol>", [("", None), ("[1]", A)]),
    (f"{FIRST}. {SECOND}. It burned in 1874<sup>1</sup>. Row a[2] is 4 m<sup>2</sup>. It rained [2].|<h3>Sources</h3><ol><li>{A}</li><li>{B}</li></ol>", [("[1]", A), ("[2]", B)]),
    (f"{FIRST} [#1]. {SECOND} [#2, #3].|<h3>Sources</h3><p>#1 {A}</p><p>#2 {B}</p><p>#3 {C}</p>", [("[#1]", A), ("[#2, #3]", B), ("[#2, #3]", C)]),
    # Not linked: numbers in all brackets, raised ones, and those of a list that is not there.
    (f"{FIRST} [1, S. 2]. {SECOND} [2, §4].|<h3>Sources</h3><ol><li>{A}</li><li>{B}</li></ol>", [("[1, S. 2]", A), ("[2, §4]", B)]),
    (f"{FIRST} [<a href='#a'>1</a>, p. 17]. {SECOND} (<a href='#b'>2</a>: 4).|{NOTES}", [("1", A), ("2", B)]),
    (f"{FIRST} [1, 2]. {SECOND}<sup>1</sup>.|<h3>Sources</h3><ol><li>{A}</li><li>{B}</li></ol>", [("[1, 2]", A), ("[1, 2]", B), ("[1]", A)]),
    (f"{FIRST} (1). {SECOND} (2). The hall seats 400 (2019).|<p>Sources:</p><p>(1) {A}</p><p>(2) {B}</p>", [("(1)", A), ("(2)", B)]),
    (f"{FIRST}.<sup>1</sup> {SECOND}.<sup>2</sup> It is 4 m<sup>2</sup>.|", [("", None), ("", None)]),
    (f"{FIRST}.<sup>[<a href='/w'>citation needed</a>]</sup> {SECOND}.<sup><a href='#b'>2</a></sup>|{NOTES}", [("", None), ("2", B)]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), PAGES)
def test_the_marks_of_a_page(body: str, expected: list[tuple[str, str | None]]) -> None:
    words, _, notes = body.partition("|")
    markup = f"<html lang='en'><head><title>News</title></head><body><main><h1>News</h1><p>{words}</p>{FILL}{notes}</main></body></html>"
    page = read_page(markup.encode(), content_type="text/html")
    assert cited(page) == expected
    assert f"{FIRST}. {SECOND}." in page.text
    assert "zq" not in page.text
