"""Every page of the desk is free of faults that axe-core finds, in a real browser, light and dark, wide and narrow."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from in_browser import watched
from playwright.sync_api import Browser

from claims.ledger.ledger import Ledger
from claims.records import Check

pytestmark = pytest.mark.browser

RUN = "axe.run({resultTypes: ['violations']}).then(run => run.violations)"


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core; the test is skipped where the package that brings it is not installed."""
    package = importlib.util.find_spec("axe_playwright_python")
    if package is None or package.origin is None:
        pytest.skip("axe-playwright-python is not installed: no page was tested for its accessibility")
    return (Path(package.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def pages(ledger_path: Path, check: Check) -> list[str]:
    """The address of every kind of page."""
    with Ledger.open(ledger_path, create=False) as ledger:
        entries = [ledger.show(claim.id) for claim in check.extraction.claims[:3]]
    own = [f"/claim/{entry.row.id}" for entry in entries]
    own += [f"{own[0]}/capture/{entries[0].captures[0].id}", f"/article/{entries[0].article.id}#c3"]
    lists = [f"/ledger/{name}" for name in ("current", "queue", "changes", "unread", "current?_search=peace")]
    own += ["/check", "/figures"]
    theirs = ["/ledger", "/ledger/claims", "/ledger/log", f"/ledger/claims/{entries[0].row.id}", "/ledger/speakers"]
    return ["/", "/queue", *own, *lists, *theirs, "/ledger?sql=select+1", "/claim/000000", "/nothing"]


def faults(found: list[dict[str, object]]) -> list[str]:
    return [f"{one['id']}: {one['nodes'][0]['html'][:150]}" for one in found]  # type: ignore[index]  # as axe gives it


FEW = slice(0, None, 6)  # in the gate; `make long` looks at all


@pytest.mark.parametrize(
    ("window", "chosen"),
    [
        ((390, "dark"), FEW),
        pytest.param((1280, "light"), slice(None), marks=pytest.mark.long),
        pytest.param((390, "dark"), slice(None), marks=pytest.mark.long),
    ],
)
def test_axe_finds_nothing_on_any_page(
    browser: Browser, desk: str, axe: str, ledger_path: Path, check: Check, window: tuple[int, str], chosen: slice
) -> None:
    page, _ = watched(browser, desk, width=window[0], scheme=window[1])
    wrong = {}
    for address in pages(ledger_path, check)[chosen]:
        page.goto(f"{desk}{address}")
        for details in page.query_selector_all("details"):
            details.evaluate("element => { element.open = true; }")
        page.evaluate(axe)
        if violations := faults(page.evaluate(RUN)):
            wrong[address] = violations
    assert wrong == {}


def test_axe_finds_what_is_wrong(browser: Browser, axe: str) -> None:
    page = browser.new_page()
    page.set_content("<html><body><img src='x'><input></body></html>")
    page.evaluate(axe)
    found = {fault.partition(":")[0] for fault in faults(page.evaluate(RUN))}
    assert {"html-has-lang", "image-alt", "label"} <= found
