"""The queue in a real browser: one key for a plain confirmation, every other decision by keys, and all without them."""

import re
from pathlib import Path

import pytest
from in_browser import watched
from playwright.sync_api import Browser, Page, expect

from claims.ledger.ledger import Ledger
from claims.records import Check, Decision, Label, Review

pytestmark = pytest.mark.browser

Said = list[tuple[str, str, str]]


def known(browser: Browser, desk: str, name: str = "Ana") -> tuple[Page, list[str]]:
    """A page of a browser in which somebody has decided before."""
    page, wrong = watched(browser, desk, width=1280, scheme="light")
    page.context.add_cookies([{"name": "factdesk_reviewer", "value": name, "url": desk}])
    return page, wrong


def typed(page: Page, *keys: str) -> int:
    """Press keys, waiting for what each does to the page; how many they were."""
    for key in keys:
        page.wait_for_load_state()
        if key in ("c", "a", "u", "Shift+C"):
            page.wait_for_selector("html[data-keys]", state="attached")
        page.keyboard.press(key)
    page.wait_for_load_state()
    return len(keys)


def decided(ledger_path: Path, by: str = "Ana") -> Said:
    """What somebody decided, in order: the claim, the decision and the label that stood then."""
    with Ledger.open(ledger_path, create=False) as ledger:
        rows = ledger.claims(limit=100)
        pairs = [(review, row) for row in rows for review in ledger.show(row.id).reviews if review.reviewer == by]
    return [(row.id, review.decision.value, review.label or "") for review, row in pairs]


def waiting(ledger_path: Path) -> list[str]:
    with Ledger.open(ledger_path, create=False) as ledger:
        return [row.id for row in ledger.queue()]


def test_a_plain_confirmation_costs_one_key(browser: Browser, desk: str, ledger_path: Path) -> None:
    page, wrong = known(browser, desk, "Zoe")
    before = waiting(ledger_path)
    page.goto(desk)
    keys = typed(page, "q")
    expect(page.locator(".card.selected")).to_have_count(1)
    keys += typed(page, "c")
    expect(page.locator(".done")).to_contain_text("confirmed")
    assert (keys, waiting(ledger_path)) == (2, before[1:])
    for left in range(len(before) - 2, -1, -1):
        assert page.locator(".card.selected").get_attribute("id") == f"c-{waiting(ledger_path)[0]}"
        assert typed(page, "c") == 1
        expect(page.locator("h1")).to_contain_text(f"{left} waiting")
    assert waiting(ledger_path) == []
    expect(page.locator(".empty")).to_contain_text("The queue is empty")
    decisions = decided(ledger_path, "Zoe")
    assert {decision[0] for decision in decisions} == set(before)
    assert {decision[1] for decision in decisions} == {"confirm"}
    assert wrong == []


def test_a_key_pressed_twice_does_not_decide_on_the_next_claim(browser: Browser, desk: str, ledger_path: Path) -> None:
    page, _ = known(browser, desk, "Zoe")
    first, second, *_ = waiting(ledger_path)
    # The page is shown and the time has not passed: no timer of it ever ends.
    page.add_init_script("window.setTimeout = () => 0")
    page.goto(f"{desk}/queue")
    for key in ("c", "a", "u", "Shift+C"):
        page.keyboard.press(key)
    page.keyboard.press("j")
    expect(page.locator(".card.selected")).to_have_id(f"c-{second}")
    assert (waiting(ledger_path)[:2], decided(ledger_path, "Zoe")) == ([first, second], [])


def test_a_key_shows_a_card_that_is_off_the_screen_before_it_decides(
    browser: Browser, desk: str, ledger_path: Path
) -> None:
    page, _ = known(browser, desk, "Zoe")
    first, *_ = waiting(ledger_path)
    page.set_viewport_size({"width": 1280, "height": 400})
    page.goto(f"{desk}/queue")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    typed(page, "c")
    expect(page.locator(f"#c-{first} button[value=confirm]")).to_be_in_viewport()
    assert decided(ledger_path, "Zoe") == []
    typed(page, "c")
    expect(page.locator(".done")).to_contain_text("confirmed")
    assert decided(ledger_path, "Zoe")[0][0] == first


def test_the_first_decision_asks_for_the_name_once(browser: Browser, desk: str, ledger_path: Path) -> None:
    page, _ = watched(browser, desk, width=1280, scheme="light")
    page.goto(f"{desk}/queue")
    expect(page.locator("input[name=reviewer]:visible")).to_have_count(1)
    typed(page, "c")
    assert decided(ledger_path, "Bea") == []
    expect(page.locator(".card.selected input[name=reviewer]:visible")).to_be_focused()
    before = len(waiting(ledger_path))
    page.keyboard.type("Bea")  # the field that is missing has the focus
    typed(page, "Enter")
    expect(page.locator(".done")).to_contain_text("by Bea")
    typed(page, "c")
    expect(page.locator("h1")).to_contain_text(f"{before - 2} waiting")
    assert len(decided(ledger_path, "Bea")) == 2


@pytest.mark.parametrize("scripts", [True, False])
def test_typing_a_name_decides_nothing(browser: Browser, desk: str, ledger_path: Path, scripts: bool) -> None:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    before = waiting(ledger_path)
    for path in ("/queue", f"/claim/{before[0]}"):
        page.goto(desk + path)
        field = page.locator("label:not([hidden])").filter(has_text="Your name").first.locator("input")
        field.fill("Bea")
        field.press("Enter")
        page.wait_for_load_state()
    assert (waiting(ledger_path), decided(ledger_path, "Bea")) == (before, [])
    page.context.close()


def test_the_key_takes_back_nothing_of_a_colleague(browser: Browser, desk: str, ledger_path: Path) -> None:
    first, second, *_ = waiting(ledger_path)
    at = "2025-02-01T09:00:00+00:00"
    with Ledger.open(ledger_path, create=False) as ledger:
        ledger.sign_off(2, at=at)
        ledger.review(Review(claim=second, reviewer="Ben", decision=Decision.CONFIRM, at=at))
    page, _ = known(browser, desk, "zoe")
    for path in (f"/queue#c-{second}", f"/claim/{second}", f"/queue?decided={second}#c-{second}"):
        page.goto(desk + path)
        typed(page, "u")
        page.wait_for_timeout(100)
    assert [said[1] for said in decided(ledger_path, "Ben")] == ["confirm"]
    assert decided(ledger_path, "zoe") == []
    page.goto(f"{desk}/claim/{second}")
    page.get_by_role("button", name="Undo: Ben confirmed it").click()
    assert decided(ledger_path, "zoe") == [(second, "undo", "")]
    page.goto(f"{desk}/queue#c-{first}")
    typed(page, "c")
    expect(page.locator(".done")).to_contain_text("by zoe")
    typed(page, "u")
    expect(page.locator(".done")).to_contain_text("taken back")
    expect(page.locator(".done button")).to_have_count(0)
    assert [said[1] for said in decided(ledger_path, "zoe") if said[0] == first] == ["confirm", "undo"]


def test_only_the_verdict_on_the_badge_is_confirmed_with_others(
    browser: Browser, desk: str, ledger_path: Path, check: Check
) -> None:
    claim, at = check.extraction.claims[4].id, "2025-02-01T09:00:00+00:00"
    overruled = Review(claim=claim, reviewer="Ben", decision=Decision.OVERRULE, label=Label.SUPPORTED, note="x", at=at)
    with Ledger.open(ledger_path, create=False) as ledger:
        ledger.sign_off(2, at=at)
        ledger.review(overruled)
    page, _ = known(browser, desk, "Zoe")
    page.goto(f"{desk}/queue#c-{claim}")
    expect(page.locator(".card.selected .pick")).to_have_count(0)
    typed(page, "c")  # what the card says stands is not what the judge says
    expect(page.locator(".card.selected").get_by_role("button", name="Confirm the judge")).to_be_visible()
    assert decided(ledger_path, "Zoe") == []
    expect(page.locator(".card:not(.selected) .pick").first).to_be_visible()


def test_every_decision_has_its_keys(browser: Browser, desk: str, ledger_path: Path) -> None:
    page, wrong = known(browser, desk, "Zoe")
    first, second, third, *_ = waiting(ledger_path)
    page.goto(f"{desk}/queue")
    selected = page.locator(".card.selected")
    typed(page, "j", "s", "k")
    expect(selected).to_have_id(f"c-{second}")
    typed(page, "o", "7")
    page.keyboard.type("read it on paper")
    typed(page, "Enter")
    expect(page.locator(".done")).to_contain_text("overruled")
    expect(selected).to_have_id(f"c-{third}")  # what was skipped stays where it is
    assert decided(ledger_path, "Zoe") == [(second, "overrule", "source_unavailable")]
    assert waiting(ledger_path)[:2] == [first, third]
    typed(page, "u")
    expect(page.locator(".done")).to_have_count(0)
    expect(selected).to_have_id(f"c-{second}")
    typed(page, "x")
    page.keyboard.type("a caption, c and j")
    typed(page, "Enter")
    expect(page.locator(".done")).to_contain_text("struck out")
    assert [decision[1] for decision in decided(ledger_path, "Zoe")] == ["overrule", "undo", "void"]
    with Ledger.open(ledger_path, create=False) as ledger:
        assert ledger.show(second).row.note == "a caption, c and j"
        assert ledger.audit().holds
    typed(page, "o", "Escape", "Control+c", "Alt+u")
    assert len(decided(ledger_path, "Zoe")) == 3
    typed(page, "Enter")
    expect(page).to_have_url(re.compile(f"/claim/{third}"))
    typed(page, "j")
    expect(page).not_to_have_url(re.compile(f"/claim/{third}"))
    assert wrong == []


def test_several_are_confirmed_at_once_and_the_others_stay(browser: Browser, desk: str, ledger_path: Path) -> None:
    page, _ = known(browser, desk, "Zoe")
    first, second, third, fourth, *_ = waiting(ledger_path)
    page.goto(f"{desk}/queue")
    typed(page, "m", "j", "m")
    with Ledger.open(ledger_path, create=False) as ledger:
        ledger.review(Review(claim=third, reviewer="Ben", decision=Decision.CONFIRM, at="2025-02-01T09:00:00+00:00"))
    typed(page, "m", "Shift+C")  # a third one, and the second has moved on since the page was opened
    expect(page.get_by_role("heading", level=1)).to_contain_text("waiting")
    assert {decision[0] for decision in decided(ledger_path, "Zoe")} == {first, fourth}
    assert page.locator(".done").count() == 2  # what was confirmed is said, and what was not
    expect(page.get_by_role("alert")).to_contain_text("Ben confirmed it")
    assert second in waiting(ledger_path)
    assert [decision[0] for decision in decided(ledger_path, "Ben")] == [third]


def test_a_colleague_is_agreed_with_by_one_key(browser: Browser, desk: str, ledger_path: Path, check: Check) -> None:
    claim = check.extraction.claims[4].id
    at = "2025-02-01T09:00:00+00:00"
    with Ledger.open(ledger_path, create=False) as ledger:
        ledger.sign_off(2, at=at)
        ledger.review(
            Review(claim=claim, reviewer="Ben", decision=Decision.OVERRULE, label=Label.SUPPORTED, note="it is", at=at)
        )
    page, _ = known(browser, desk, "Zoe")
    page.goto(f"{desk}/queue#c-{claim}")
    expect(page.locator(".card.selected .voices")).to_have_text("1 of 2")
    typed(page, "a")
    expect(page.locator(".done")).to_contain_text("2 of 2")
    with Ledger.open(ledger_path, create=False) as ledger:
        row = ledger.show(claim).row
        assert (row.standing, row.state, row.note) == ("supported", "decided", "it is")
        assert claim not in [entry.id for entry in ledger.queue()]


def test_a_second_voice_that_differs_is_a_dispute(browser: Browser, desk: str, ledger_path: Path, check: Check) -> None:
    claim = check.extraction.claims[4].id
    with Ledger.open(ledger_path, create=False) as ledger:
        ledger.review(Review(claim=claim, reviewer="Ben", decision=Decision.CONFIRM, at="2025-02-01T09:00:00+00:00"))
    page, _ = known(browser, desk, "Zoe")
    page.goto(f"{desk}/claim/{claim}")
    typed(page, "x")
    page.keyboard.type("a caption")
    typed(page, "Enter")
    expect(page.locator(".verdict .decided")).to_have_text("struck out by Zoe")
    with Ledger.open(ledger_path, create=False) as ledger:
        row = ledger.show(claim).row
        assert (row.state, row.against) == ("disputed", 1)
    page.goto(f"{desk}/queue#c-{claim}")
    expect(page.locator(".card.selected")).to_contain_text("disputed: reviewers disagree")


def test_everything_works_without_scripts(browser: Browser, desk: str, ledger_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    first, second, third, fourth, *_ = waiting(ledger_path)
    page.goto(desk)
    page.get_by_role("link", name="Queue", exact=True).click()
    card = page.locator(f"#c-{first}")
    card.locator("form.quick").get_by_label("Your name").fill("Ivo")
    card.get_by_role("button", name="Confirm").click()
    assert page.url.endswith(f"#c-{second}")
    page.locator(".done").get_by_role("button", name="Undo").click()
    assert waiting(ledger_path)[0] == first
    card = page.locator(f"#c-{second}")
    card.locator("summary").click()
    card.get_by_label("6 not in source").check()
    card.get_by_label("Why").fill("I read it twice.")
    card.get_by_label("Why").press("Enter")
    for claim in (third, fourth):
        page.locator(f"#c-{claim} .pick input").check()
    page.get_by_role("button", name="Confirm the marked ones").click()
    decisions = decided(ledger_path, "Ivo")
    assert (second, "overrule", "not_in_source") in decisions
    assert {decision[0] for decision in decisions if decision[1] == "confirm"} == {first, third, fourth}
    assert waiting(ledger_path)[0] == first
    context.close()
