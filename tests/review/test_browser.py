"""The desk in a real browser: on a screen and on a phone, in light and dark; a decision from start to end."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from in_browser import served, watched
from playwright.sync_api import Browser, expect
from sample_check import LINES, again, build, relabel

from claims.ledger.ledger import Ledger
from claims.records import Check, Label

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_page_fits_and_loads_nothing_from_elsewhere(
    browser: Browser, desk: str, check: Check, tmp_path: Path, width: int, scheme: str
) -> None:
    page, wrong = watched(browser, desk, width=width, scheme=scheme)
    claim, article = check.extraction.claims[0].id, check.article.id
    paths = [
        "/",
        "/ledger/queue",
        "/ledger/current",
        "/ledger/changes",
        "/ledger/unread",
        "/ledger",
        "/ledger/speakers",
        "/figures",
        "/check",
        "/ledger/log",
    ]
    for number, path in enumerate([*paths, f"/claim/{claim}", f"/article/{article}"]):
        page.goto(desk + path)
        page.screenshot(path=tmp_path / f"{width}-{number}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    assert wrong == []
    page.goto(f"{desk}/ledger?sql=select+1")
    for part in ("body", ".CodeMirror", ".CodeMirror-gutters"):
        colour = page.evaluate(f"getComputedStyle(document.querySelector('{part}')).backgroundColor")
        assert (sum(map(int, re.findall(r"\d+", colour)[:3])) < 200) is (scheme == "dark"), part


def test_a_printed_page_has_what_was_found_and_no_forms(browser: Browser, desk: str, check: Check) -> None:
    page, _ = watched(browser, desk, width=800, scheme="light")
    page.emulate_media(media="print")
    claim = check.extraction.claims[2].id  # somebody has decided on it
    hidden = {"/queue": ".decide, div.bar, .pick", f"/claim/{claim}": "form, .next", "/ledger/current": "form"}
    for path, parts in hidden.items():
        page.goto(desk + path)
        for part in page.locator(parts).all():
            expect(part).to_be_hidden()
        expect(page.locator("header")).to_be_hidden()
    page.goto(f"{desk}/claim/{claim}")
    expect(page.locator("ol.history").first).to_be_visible()
    page.goto(f"{desk}/figures")
    expect(page.locator("td.bar svg").first).to_be_visible()


def test_a_person_finds_a_claim_and_decides(browser: Browser, desk: str, ledger_path: Path, check: Check) -> None:
    page, wrong = watched(browser, desk, width=1280, scheme="light")
    page.goto(desk)
    page.get_by_role("link", name="Peskov praised the oath").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Peskov praised the oath")
    page.get_by_text("Overrule o or strike out").click()
    form = page.locator("form.full")
    form.get_by_label("1 supported", exact=True).check()
    page.locator("form.quick").get_by_label("Your name").fill("Zoë")
    form.get_by_label("Why").fill(" ")
    form.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("alert")).to_contain_text("needs a note")
    form.get_by_label("Why").fill("He did say it.")
    form.get_by_role("button", name="Decide").click()
    expect(page.locator(".verdict .decided")).to_have_text("overruled by Zoë")
    with Ledger.open(ledger_path, create=False) as ledger:
        row = ledger.show(check.extraction.claims[4].id).row
        assert (row.standing, row.reviewer, row.note) == ("supported", "Zoë", "He did say it.")
    page.get_by_role("link", name="Next in the queue").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Peskov")
    page.get_by_role("link", name="Queue", exact=True).click()
    expect(page.get_by_text("Peskov praised the oath")).to_have_count(0)
    page.get_by_role("link", name="Search and narrow down").click()
    page.get_by_role("searchbox", name="Search here").fill("moscow")
    page.keyboard.press("Enter")
    expect(page.locator("li.claim")).to_have_count(1)
    page.get_by_role("link", name="Moscow has rejected").click()
    expect(page.locator("form.quick").get_by_label("Your name")).to_have_value("Zoë")
    assert [problem for problem in wrong if "400" not in problem] == []  # the browser logs our refused form


def test_an_article_is_filtered_and_decided_on_without_scripts(browser: Browser, desk: str, check: Check) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{desk}/article/{check.article.id}")
    every = page.locator(".finding").count()
    page.locator("label[for=f-misattributed]").click()
    expect(page.locator(".finding:visible")).to_have_count(1)
    expect(page.locator("a.num:visible")).to_have_count(1)
    expect(page.locator(".finding:visible figure").first).to_be_visible()
    page.locator("label[for=f-all]").click()
    expect(page.locator(".finding:visible")).to_have_count(every)
    page.locator("a.num").first.click()
    assert page.url.endswith("#c1")
    margin = page.locator("#c2 .margin")
    margin.get_by_label("Your name").first.fill("Zoë")
    margin.get_by_role("button", name="Confirm").click()
    assert page.url.endswith(f"/article/{check.article.id}#c2")
    expect(page.locator("#c2 .margin")).to_contain_text("confirmed by Zoë")
    page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_address_of_a_claim_in_its_article_shows_its_label(
    browser: Browser, desk: str, check: Check, width: int
) -> None:
    page, _ = watched(browser, desk, width=width, scheme="light")
    page.goto(f"{desk}/article/{check.article.id}#c2")
    expect(page.locator("html")).to_have_attribute("data-keys", "on")
    buttons, label = page.locator(".steps").bounding_box(), page.locator("#c2 .ruling").bounding_box()
    assert buttons is not None
    assert label is not None
    assert buttons["y"] + buttons["height"] <= label["y"]


def test_the_keys_decide_on_the_open_claim_of_an_article(
    browser: Browser, desk: str, ledger_path: Path, check: Check
) -> None:
    page, wrong = watched(browser, desk, width=1280, scheme="light")
    page.goto(f"{desk}/article/{check.article.id}")
    expect(page.locator("html")).to_have_attribute("data-keys", "on")
    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    expect(page.locator(".finding.open")).to_have_attribute("data-claim", "2")
    page.keyboard.press("c")
    page.keyboard.type("Zoë")  # the form asks for the name, and Enter sends what was asked for
    page.keyboard.press("Enter")
    expect(page.locator("#c2 .margin")).to_contain_text("confirmed by Zoë")
    expect(page.locator(".finding.open")).to_have_attribute("data-claim", "2")
    expect(page.locator("html")).to_have_attribute("data-keys", "on")
    page.keyboard.press("j")
    page.keyboard.press("c")  # Ana overruled this one: no key confirms the judge's verdict
    page.keyboard.press("a")
    expect(page.locator("#c3 .margin")).to_contain_text("overruled by Zoë")
    expect(page.locator("html")).to_have_attribute("data-keys", "on")
    page.keyboard.press("u")
    expect(page.locator("#c3 .margin")).not_to_contain_text("by Zoë")
    with Ledger.open(ledger_path) as ledger:
        rows = {row.id: row for row in ledger.article_rows(check.article.id)}
    assert rows[check.extraction.claims[1].id].reviewer == "Zoë"
    assert wrong == []


def test_two_people_at_one_claim_do_not_decide_past_each_other(
    browser: Browser, desk: str, ledger_path: Path, check: Check, tmp_path: Path
) -> None:
    claim = check.extraction.claims[4].id
    (first, _), (second, _) = (watched(browser, desk, width=1280, scheme="light") for _ in range(2))
    for page, name in ((first, "Ana"), (second, "Ben")):
        page.goto(f"{desk}/claim/{claim}")
        page.locator("form.quick").get_by_label("Your name").fill(name)
    first.get_by_role("button", name="Confirm").click()
    expect(first.locator(".verdict .decided")).to_have_text("confirmed by Ana")
    with second.expect_response(lambda answer: answer.request.method == "POST") as answer:
        second.get_by_role("button", name=re.compile("^Confirm")).click()
    assert answer.value.status == 409
    expect(second.get_by_role("alert")).to_contain_text("Ana confirmed it: misattributed")
    second.screenshot(path=tmp_path / "409.png", full_page=True)
    with Ledger.open(ledger_path) as ledger:
        assert len(ledger.show(claim).reviews) == 1
        changed = again(check, run="run-9", at="2025-01-24T08:00:00+00:00")
        ledger.record(relabel(changed, 4, label=Label.CONTRADICTED, confidence=0.9))
    second.get_by_role("button", name=re.compile("^Confirm")).click()
    expect(second.get_by_role("alert")).to_contain_text("The verdict is contradicted")
    second.screenshot(path=tmp_path / "409-verdict.png", full_page=True)
    second.get_by_role("button", name=re.compile("^Confirm")).click()
    expect(second.locator(".verdict .decided")).to_have_text("confirmed by Ben")
    second.screenshot(path=tmp_path / "decided.png", full_page=True)
    with Ledger.open(ledger_path, create=False) as ledger:
        assert [review.reviewer for review in ledger.show(claim).reviews] == ["Ana", "Ben"]


def test_nothing_is_wider_than_a_phone(browser: Browser, tmp_path: Path) -> None:
    long = "x" * 80_000
    words = [(f"{line[0][:-1]} {long}.", line[1] and f"{line[1]} {long}", *line[2:]) for line in LINES]
    check = build(words, address=f"https://news.example/{long[:2000]}")
    with Ledger.open(tmp_path / "factdesk.db") as ledger:
        ledger.record(check)
        claim = ledger.queue()[0].id
        capture = ledger.show(claim).captures[0].id
    pages = ["/", "/queue", f"/claim/{claim}", f"/claim/{claim}/capture/{capture}", f"/article/{check.article.id}"]
    pages += ["/ledger", "/ledger/speakers", "/ledger/outlets", "/ledger/quotations", f"/ledger/claims/{claim}"]
    names = ("queue", "current", "changes", "unread", "articles", "claims", "citations", "captures", "runs", "sources")
    pages += [f"/ledger/{name}" for name in (*names, "verdicts", "evidence", "reviews", "attachments", "log")]
    with served(tmp_path / "factdesk.db") as address:
        page, wrong = watched(browser, address, width=390, scheme="light")
        wide = []
        for path in pages:
            page.goto(address + path)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 390:
                wide.append(f"{path}: {width}")
    assert wide == []
    assert wrong == []


class Elsewhere(BaseHTTPRequestHandler):
    """A page of another site, with two addresses of the desk as images."""

    desk = ""

    def do_GET(self) -> None:
        images = "".join(f'<img src="{self.desk}{path}">' for path in ("/queue", "/ledger.json?sql=select+1"))
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(images.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


def test_a_page_elsewhere_learns_nothing_from_an_image_with_a_query(browser: Browser, desk: str) -> None:
    page, _ = watched(browser, desk, width=800, scheme="light")
    lost: dict[str, str | None] = {}
    page.on("requestfailed", lambda asked: lost.update({asked.url.removeprefix(desk): asked.failure}))
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Page", (Elsewhere,), {"desk": desk})) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/", wait_until="networkidle")
        server.shutdown()
    assert lost == dict.fromkeys(("/queue", "/ledger.json?sql=select+1"), "net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin")
