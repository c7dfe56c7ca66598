"""The page in a real Chromium: mouse, keyboard, phone, paper, no script, hostile text."""

from __future__ import annotations

import io
import re
import shutil
import warnings

import pytest

from claims.ledger.ledger import Ledger
from flows.show.webpage import render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed, so the page was not tried in one"),
]


@pytest.fixture(scope="module")
def browser():
    """One headless Chromium for this file."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, tmp_path):
    """Opens a check's page in a fresh tab and fails where it complains or asks for anything."""
    contexts, complaints = [], []

    def open_page(check, *, width: int = 1280, height: int = 900, **how):
        path = tmp_path / "report.html"
        path.write_text(render(check), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, **how)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda asked: complaints.append(asked.url) if asked.url != path.as_uri() else None)
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def shown(page) -> list[str]:
    """The numbers of the notes that can be seen."""
    return page.eval_on_selector_all(
        ".finding",
        "notes => notes.filter(n => n.offsetParent !== null || n.getClientRects().length).map(n => n.dataset.claim)",
    )


def test_a_click_on_a_claim_shows_its_evidence_beside_it(visit, check):
    page = visit(check)
    assert shown(page) == []
    page.click(".hit[data-claims='3']")
    assert shown(page) == ["3"]
    note, article = page.locator("#c3").bounding_box(), page.locator("#text").bounding_box()
    assert note["x"] >= article["x"] + article["width"]
    assert page.locator(".hit.on").count() == 1
    page.click(".hit[data-claims='5']")
    assert shown(page) == ["5"]


def test_the_keyboard_alone_is_enough(visit, check):
    page = visit(check)
    page.focus("#f-all")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "r1"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert shown(page) == ["1"]
    page.keyboard.press("ArrowRight")
    assert shown(page) == ["2"]
    assert page.evaluate("document.activeElement.id") == "r2"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert shown(page) == ["10"]  # round the corner
    page.keyboard.press("Escape")
    assert shown(page) == []
    assert page.evaluate("document.activeElement.id") == "r10"


@pytest.mark.parametrize("script", [True, False])
def test_the_filter_leaves_one_label(visit, check, script):
    page = visit(check, java_script_enabled=script)
    page.click("label[for=f-contradicted]")
    assert page.locator(".num:visible").count() == 1
    assert page.locator(".num:visible").get_attribute("id") == "r3"
    page.click("label[for=f-review]")
    waiting = Ledger.waits(check.verdicts, check.extraction.claims)
    wanted = [str(no) for no, claim in enumerate(check.extraction.claims, start=1) if claim.id in waiting]
    assert page.locator(".num:visible").count() == len(wanted) > 1
    if script:
        page.focus("#r2")
        page.keyboard.press("ArrowRight")
        assert shown(page) == [next(no for no in wanted if int(no) > 2)]  # the arrows step over what is filtered away
        page.click("label[for=f-supported]")
        assert shown(page) == []


def test_on_a_phone_the_evidence_is_a_sheet_at_the_bottom(visit, check):
    page = visit(check, width=390, height=844, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.tap(".hit[data-claims='8']")
    page.wait_for_timeout(100)
    sheet = page.locator("#evidence").bounding_box()
    assert sheet["x"] == 0
    assert sheet["width"] == 390
    assert round(sheet["y"] + sheet["height"]) == 844
    hit = page.locator(".hit.on").first.bounding_box()
    assert 0 <= hit["y"] < sheet["y"]  # the claim stays in sight above the sheet
    page.tap(".steps .close")
    assert shown(page) == []


def test_without_script_the_evidence_is_a_list_that_the_claims_link_to(visit, check):
    page = visit(check, java_script_enabled=False)
    assert shown_without_script(page) == 10
    page.click("#r4")
    assert page.url.endswith("#c4")
    box = page.locator("#c4").bounding_box()
    assert 0 <= box["y"] < 900


def shown_without_script(page) -> int:
    return page.locator(".finding:visible").count()


def test_the_address_of_a_claim_opens_it(visit, check):
    page = visit(check)
    page.goto(page.url + "#c6")
    assert shown(page) == ["6"]
    page.reload()
    assert shown(page) == ["6"]


def test_on_paper_the_evidence_follows_the_article_as_numbered_notes(visit, check):
    pypdf = pytest.importorskip("pypdf")
    page = visit(check)
    page.click(".hit[data-claims='3']")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pypdf's remarks about a browser's fonts are not ours
        pages = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
        words = " ".join(" ".join(one.extract_text() for one in pages).split())
    places = [words.index("About 420 guests saw")] + [
        words.index(rationale)
        for rationale in ("Reuters says it.", "Reuters gives another number", "A forecast: nothing can say it yet.")
    ]
    assert places == sorted(places)
    assert "Close" not in words
    assert "https://www.reuters.com/" in words
    page.emulate_media(media="print", color_scheme="dark")
    assert lightness(page, ".num.on", "color") < 0.5
    assert lightness(page, ".hit.on", "backgroundColor") > 0.5


def lightness(page, part: str, look: str) -> float:
    colour = page.evaluate(f"getComputedStyle(document.querySelector('{part}')).{look}")
    return sum(map(int, re.findall(r"\d+", colour)[:3])) / (3 * 255)


def test_light_and_dark_both_keep_the_text_readable(visit, check):
    for scheme in ("light", "dark"):
        page = visit(check, color_scheme=scheme)
        page.click(".hit[data-claims='2']")
        worst = page.evaluate(CONTRAST)
        assert worst["ratio"] >= 4.5, f"{scheme}: {worst}"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><svg onload=alert(1)>"]
)
def test_hostile_text_runs_nothing(visit, hostile, text):
    page = visit(hostile(text))
    page.click(".hit")
    page.wait_for_timeout(100)
    assert page.locator("img, svg").count() == 0
    assert text in page.locator("#text").inner_text()


# The least contrast (WCAG 2.2) of any visible text against the nearest background that is painted.
CONTRAST = """() => {
  const rgb = (value) => (value.match(/[\\d.]+/g) || []).map(Number);
  const channel = (v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const light = (c) => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0.99) return c;
    }
    return [255, 255, 255];
  };
  let worst = { ratio: 99, text: "" };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, e = node.parentElement;
    if (!node.data.trim() || ["SCRIPT", "STYLE"].includes(e.tagName)) continue;
    if (!e.getClientRects().length || e.closest(".hidden")) continue;
    const a = light(rgb(getComputedStyle(e).color)), b = light(behind(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst.ratio) worst = { ratio, text: node.data.trim().slice(0, 60) };
  }
  return worst;
}"""
