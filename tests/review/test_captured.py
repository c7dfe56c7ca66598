"""The captured page in the desk: its text, the passage in its place, the ways to the live and the archived page."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sample_check import build

from claims.ledger.ledger import Ledger
from claims.records import Capture, Check
from flows.commands.running.review import page_reader
from review.captured import place_in
from review.desk import desk
from review.links import archived, fragment
from sources.captures.store import CaptureStore
from sources.outlets import load_outlets

AT = "2025-01-21T07:59:30+00:00"
PASSAGE = "Russia wants a long-lasting peace & trade, Mr Putin told the council on Monday evening."
MARKUP = f"""<html><head><title>Talks</title><script>alert(1)</script></head><body><article>
<p>The council met in Moscow and sat for four hours behind closed doors.</p>
<p onclick="alert(2)">{PASSAGE.replace("&", "&amp;")}</p><img src=x onerror=alert(3)>
<p>He wrote: &lt;script&gt;alert(4)&lt;/script&gt; &lt;b&gt;on the board&lt;/b&gt;, and nobody laughed.</p>
</article></body></html>"""


def resting_on(check: Check, capture: Capture, passage: str) -> Check:
    """The check with the first claim's source and evidence moved to this capture."""
    first = check.verdicts[0]
    old = first.evidence[0].passage.capture

    def moved(reading: Any) -> Any:
        same = reading.source.capture is not None and reading.source.capture.id == old
        return replace(reading, source=replace(reading.source, capture=capture)) if same else reading

    def evidence(item: Any) -> Any:
        if item.passage.capture != old:
            return item
        return replace(item, passage=replace(item.passage, capture=capture.id, text=passage, url=capture.url))

    verdicts = tuple(replace(verdict, evidence=tuple(map(evidence, verdict.evidence))) for verdict in check.verdicts)
    return replace(check, readings=tuple(map(moved, check.readings)), verdicts=verdicts)


async def shown(tmp_path: Path, passage: str, *, kept: bool = True) -> tuple[str, Capture]:
    """The captured page as the desk shows it, and the capture."""
    store = CaptureStore(tmp_path / "captures", "factdesk test")
    capture = store.attach(MARKUP.encode(), "https://wsj.example/a-b?x=1", "text/html", AT)
    store.flush()
    check = resting_on(build(), capture, passage)
    with Ledger.open(tmp_path / "factdesk.db") as ledger:
        ledger.record(check)
    folder = tmp_path / ("captures" if kept else "elsewhere")
    app = desk(tmp_path / "factdesk.db", read=page_reader(folder, load_outlets()))
    await app.invoke_startup()
    claim = check.extraction.claims[0].id
    card = (await app.client.get(f"/claim/{claim}")).text
    assert f'href="/claim/{claim}/capture/{capture.id}#p1"' in card
    answer = await app.client.get(f"/claim/{claim}/capture/{capture.id}")
    assert answer.status_code == 200
    assert (await app.client.get(f"/claim/{claim}/capture/{'0' * 16}")).status_code == 404
    for database in app.databases.values():
        database.close()
    return answer.text, capture


async def test_the_passage_is_marked_in_the_text_of_the_page(tmp_path: Path) -> None:
    html, capture = await shown(tmp_path, PASSAGE)
    assert f'<mark class="passage" id="p1">{PASSAGE.replace("&", "&amp;")}</mark>' in html
    assert "sat for four hours behind closed doors." in html
    assert capture.sha256 in html
    assert f"captures/{capture.id}" in html
    assert "2025-01-21 07:59 UTC" in html
    assert "https://web.archive.org/web/20250121075930/https://wsj.example/a-b?x=1" in html
    assert "https://wsj.example/a-b?x=1#:~:text=Russia%20wants%20a" in html


async def test_nothing_of_the_captured_markup_reaches_the_browser(tmp_path: Path) -> None:
    html, _ = await shown(tmp_path, PASSAGE)
    for words in ("alert(1)", "alert(2)", "alert(3)", "<script>alert", "<b>on the board", "<img src=x"):
        assert words not in html
    assert "&lt;b&gt;on the board" in html


async def test_a_passage_that_is_not_there_is_said(tmp_path: Path) -> None:
    html, _ = await shown(tmp_path, "The council never met.")
    assert "This passage is not found in the text as it is read now: “The council never met.”" in html
    assert 'class="passage"' not in html


async def test_a_capture_that_is_gone_is_said(tmp_path: Path) -> None:
    html, _ = await shown(tmp_path, PASSAGE, kept=False)
    assert "The page cannot be shown:" in html


@pytest.mark.parametrize(
    ("url", "passage", "expected"),
    [
        ("https://a.example/x#top", "One - two, three", "https://a.example/x#:~:text=One%20%2D%20two%2C%20three"),
        (
            "https://a.example/",
            "a b c d e f g h i j k l",
            "https://a.example/#:~:text=a%20b%20c%20d%20e,h%20i%20j%20k%20l",
        ),
        ("https://a.example/", " ", "https://a.example/"),
        (None, "words", None),
    ],
)
def test_an_address_leads_to_the_passage(url: str | None, passage: str, expected: str | None) -> None:
    assert fragment(url, passage) == expected


@pytest.mark.parametrize(
    ("url", "at", "expected"),
    [
        ("https://a.example/", AT, "https://web.archive.org/web/20250121075930/https://a.example/"),
        ("https://a.example/", "", None),
        (None, AT, None),
    ],
)
def test_the_archived_copy_is_the_one_nearest_to_the_capture(url: str | None, at: str, expected: str | None) -> None:
    assert archived(url, at) == expected


@pytest.mark.parametrize(
    ("text", "passage", "span", "expected"),
    [
        ("one two one two", "one two", (8, 15), (8, 15)),
        ("one two one two", "one two", (3, 9), (0, 7)),
        ("one\n two", "one two", (0, 7), (0, 8)),
        ("one (two)", "(two)", (0, 1), (4, 9)),
        ("one two", "three", (0, 5), None),
        ("one two", "", (3, 9), None),
    ],
)
def test_a_passage_is_found_where_it_stood_or_by_its_words(
    text: str, passage: str, span: tuple[int, int], expected: tuple[int, int] | None
) -> None:
    assert place_in(text, passage, span) == expected
