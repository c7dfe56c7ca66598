"""The bookmark hands the open page to the desk, in a real browser; nobody else can."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from claims.ledger.ledger import Ledger
from claims.records import Via
from review.handed.open_page import hand_in_key

pytestmark = pytest.mark.browser
WORDS = "European ambassadors met"
BODY = """<title>Ambassadors meet</title><script>document.title = "Meeting of ambassadors"</script>
<article><h1>Ambassadors meet</h1><p>European ambassadors met in Brussels on Sunday evening to agree on a common
answer, three diplomats said. The meeting lasted four hours and ended without a statement – “for now”.</p>
<p>They will meet again within the week, one of the diplomats said, before the foreign ministers gather.</p>
</article>"""
# As strict as a publisher can be: no requests, no forms, no frames.
STRICT = {"content-type": "text/html; charset=utf-8", "cross-origin-opener-policy": "same-origin",
          "content-security-policy": "default-src 'none'; script-src 'unsafe-inline'; form-action 'none'"}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a desk, as `factdesk review` starts it, on a check of the sample, and its folder."""
    folder = tmp_path_factory.mktemp("desk")
    factdesk = [sys.executable, "-c", "from flows.cli import main; main()"]
    subprocess.run([*factdesk, "demo", "--db", "desk.db"], cwd=folder, check=True, capture_output=True)
    command = [*factdesk, "review", "--no-open", "--port", "0", "--db", "desk.db"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
        assert address is not None
        yield address[0], folder
        server.terminate()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context()
    yield made
    made.close()


def unread_claim(folder: Path) -> tuple[str, str]:
    """The claim whose source is behind a paywall, and the address of that source."""
    with Ledger.open(folder / "desk.db", create=False) as ledger:
        row = next(row for row in ledger.claims(limit=99) if WORDS in row.text)
        (source,) = ledger.show(row.id).sources
    return row.id, source.citation.url or source.candidates[0].url


def bookmark(context: BrowserContext, desk: str) -> str:
    """The script of the bookmark, as the desk offers it."""
    page = context.new_page()
    page.goto(f"{desk}/hand-in")
    address = page.locator("a.bookmark").get_attribute("href")
    page.close()
    assert address and address.startswith("javascript:")
    return unquote(address.removeprefix("javascript:"))


def test_a_paywalled_page_is_handed_in_and_judged(context: BrowserContext, desk: tuple[str, Path]) -> None:
    address, folder = desk
    claim, url = unread_claim(folder)
    context.route(lambda asked: not asked.startswith(address), lambda route: route.fulfill(body=BODY, headers=STRICT))
    script, article = bookmark(context, address), context.new_page()
    article.goto(url)
    with context.expect_page() as opened:
        article.evaluate(script)
    handed: Page = opened.value
    handed.wait_for_selector("#came:not([hidden])")
    assert handed.url == f"{address}/hand-in"  # the page is gone from the address and the history
    assert handed.inner_text("#came-title") == "Meeting of ambassadors"
    assert handed.inner_text("#came-address") == url
    assert handed.inner_text("#came-words").startswith("Ambassadors meet")
    chosen = handed.locator("select[name=source] option:checked")
    if "Financial Times" not in chosen.inner_text():
        option = handed.locator("select[name=source] option", has_text="Financial Times").first
        handed.select_option("select[name=source]", option.get_attribute("value"))
    handed.fill("input[name=reviewer]", "Ana")
    handed.click("button[type=submit]", no_wait_after=True)
    handed.wait_for_url(re.compile(rf"/claim/{claim}"), timeout=180_000, wait_until="commit")
    with Ledger.open(folder / "desk.db", create=False) as ledger:
        entry = ledger.show(claim)
        (source,) = entry.sources
    assert source.capture is not None
    assert source.capture.via is Via.MANUAL
    assert [attachment.by for attachment in entry.attachments] == ["Ana"]
    assert len(entry.verdicts) == 2


@pytest.mark.parametrize("with_key", [None, "wrong"])
def test_what_others_send_is_refused(context: BrowserContext, desk: tuple[str, Path], with_key: str | None) -> None:
    address, folder = desk
    script = bookmark(context, address)
    key = hand_in_key(folder / "desk.db")
    assert key in script
    forged = script.replace(key, with_key or "")
    page = context.new_page()
    page.goto(f"{address}/hand-in")
    with context.expect_page() as opened:
        page.evaluate(forged)
    handed = opened.value
    handed.wait_for_selector("#refused:not([hidden])")
    assert "own bookmark" in handed.inner_text("#refused")
    assert not handed.is_visible("#came")


@pytest.mark.parametrize("fragment", ["x", "%00", "H4sIAAAAAAAA", "a" * 100_000])
def test_what_cannot_be_read_is_told(context: BrowserContext, desk: tuple[str, Path], fragment: str) -> None:
    page = context.new_page()
    page.goto(f"{desk[0]}/hand-in#{fragment}")
    page.wait_for_selector("#refused:not([hidden])")
    assert "cannot be read" in page.inner_text("#refused")


def test_the_key_is_its_owners_alone_and_stays(tmp_path: Path) -> None:
    first = hand_in_key(tmp_path / "desk.db")
    assert hand_in_key(tmp_path / "desk.db") == first
    assert hand_in_key(tmp_path / "other.db") != first
    (file, _) = sorted(tmp_path.iterdir())
    assert file.stat().st_mode & 0o777 == 0o600
