"""A person checks an article in the browser: with keys alone, and without scripts."""

import re
from pathlib import Path

import pytest
from in_browser import reviewed_at, watched
from playwright.sync_api import Browser, expect
from test_check_box import ARTICLE

from claims.ledger.ledger import Ledger

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_is_chosen_checked_and_read(browser: Browser, tmp_path: Path, scripts: bool) -> None:
    Ledger.open(tmp_path / "desk.db").close()
    (tmp_path / "harbour.html").write_text(ARTICLE)
    with reviewed_at(tmp_path) as desk:
        if scripts:
            page, wrong = watched(browser, desk, width=1280, scheme="light")
        else:
            page, wrong = browser.new_context(java_script_enabled=False).new_page(), []
        page.goto(desk)
        page.get_by_label("or a file").set_input_files(tmp_path / "harbour.html")
        page.get_by_label("or a file").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("progressbar")).to_be_visible(timeout=60_000)
        expect(page).to_have_url(re.compile("/article/"), timeout=240_000)
        expect(page.get_by_role("heading", level=1)).to_have_text("The harbour budget")
        expect(page.locator("a.hit").first).to_be_visible()
        page.goto(desk)
        page.get_by_label("Address of the article").fill("http://127.0.0.1:9/gone")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("could not be checked", timeout=60_000)
        assert wrong == []
    with Ledger.open(tmp_path / "desk.db", create=False) as ledger:
        assert (ledger.counts()["articles"], ledger.audit().holds) == (1, True)
