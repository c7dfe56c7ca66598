"""Consent dialogues, feedback forms and prompts to subscribe that stand beside an article."""

from __future__ import annotations

import pytest

from claims.records import Reason
from sources.page.page import read_page

NEWS = (
    "Ostrava Bank bought the local arm of Brackwater Trust for £1 on Monday, the regulator said.",
    "All deposits are safe, it said, and no branch will be closed before the end of the year.",
)
CONSENT = (
    "We and our 612 partners use cookies and other technology to measure how this site is read.",
    "You can accept all of them, or choose what our vendors may do with your personal data.",
    "Analytics cookies tell us which pages are read, and cannot be switched off here.",
    "You may withdraw your consent at any time at the foot of the page.",
)
FEEDBACK = ("Is this page useful?", "Yes, this page is useful.", "Thank you for your feedback.")
ON_COOKIES = (
    "Parliament passed a law on cookies on Monday; websites must ask before they store information on a device.",
    "The regulator fined 12 companies that shared personal data with third parties without consent.",
    "“We will change our cookies,” said a spokesman of one of them, who asked for patience.",
)


def markup(texts: tuple[str, ...], tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def read(body: str) -> tuple[list[str], Reason | None]:
    data = f"<html lang='en'><head><title>Today</title></head><body>{body}</body></html>".encode()
    page = read_page(data, content_type="text/html")
    return page.text.split("\n\n"), page.partial


ARTICLE = f"<main><h1>Today</h1>{markup(NEWS)}</main>"
BESIDE = [
    f"<div class='x1 overlay'>{markup(CONSENT)}</div>{ARTICLE}",
    f"<div id='sp_message_container' role='dialog'><h2>Privacy settings</h2>{markup(CONSENT)}</div>{ARTICLE}",
    f"{ARTICLE}<section aria-modal='true'><ul>{markup(CONSENT, 'li')}</ul></section>",
    f"{ARTICLE}<div>{markup(CONSENT)}</div>",
    f"<main><h1>Today</h1><div class='cookie-notice'>{markup(CONSENT)}</div>{markup(NEWS)}</main>",
    f"<main><h1>Today</h1>{markup(NEWS)}<div class='page-feedback'>{markup(FEEDBACK)}</div></main>",
    f"{ARTICLE}<aside>{markup(FEEDBACK)}</aside>",
    f"<div class='modal' role='dialog'>{ARTICLE}</div>",
]
POLL = "<input type='radio'>Yes<input type='radio'>No<p>Vote now and see what other readers think.</p>"
FORMS = [
    f"<main><h1>Today</h1>{markup(NEWS)}<div><h4>Should it be sold?</h4>{POLL}</div></main>",
    f"<main><h1>Today</h1><form><p>Was this page useful to you?</p><textarea></textarea></form>{markup(NEWS)}</main>",
]
ABOUT_THEM = [
    f"<main><h1>Today</h1>{markup(ON_COOKIES)}</main>",
    f"<div class='head'><h1>Today</h1></div><div class='body'>{markup(ON_COOKIES)}</div>",
    f"<main><h1>Today</h1><div><input type='checkbox'>{markup(ON_COOKIES)}</div></main>",
    f"<main><h1>Today</h1><form><input type='text'>{markup(ON_COOKIES)}</form></main>",
    f"<article class='modal-open'><h1>Today</h1><div class='privacy-desk'>{markup(ON_COOKIES)}</div></article>",
]


@pytest.mark.parametrize("body", [*BESIDE, *FORMS])
def test_what_asks_for_consent_or_feedback_is_not_the_article(body: str) -> None:
    assert read(body)[0] == list(NEWS)


@pytest.mark.parametrize("body", ABOUT_THEM)
def test_an_article_on_consent_is_read(body: str) -> None:
    assert read(body)[0] == list(ON_COOKIES)


@pytest.mark.parametrize("fact", ["The pier cost 40 million euros.", "The pier cost <b>40</b> million."])
def test_what_is_told_beside_a_form_is_read(fact: str) -> None:
    box = f"<section><h2>Key facts</h2><p>{fact}</p><form><input type='text'></form></section>"
    assert "The pier cost 40 million" in " ".join(read(f"<main><h1>Today</h1>{markup(NEWS)}{box}</main>")[0])


PROMPT = "Subscribe to continue reading"
CUT = "The owner had promised in May to keep all of them for three years, and the state had"
PROMPTS = [
    # In the site's head, its navigation or its foot a prompt closes nothing.
    (f"<header><a href='/s'>{PROMPT}</a></header>{ARTICLE}", None),
    (f"<nav><a href='/s'>{PROMPT}</a></nav>{ARTICLE}<footer><p>{PROMPT}</p></footer>", None),
    (f"<div class='top'><a href='/s'>{PROMPT}</a></div>{ARTICLE}", None),
    # Behind the words it does.
    (f"{ARTICLE}<div class='offer'><p>{PROMPT}</p></div>", Reason.PAYWALL),
    (f"<main><h1>Today</h1>{markup((*NEWS, CUT))}<aside>{PROMPT}</aside></main>", Reason.PAYWALL),
]


@pytest.mark.parametrize(("body", "partial"), PROMPTS)
def test_only_a_prompt_behind_the_text_closes_it(body: str, partial: Reason | None) -> None:
    assert read(body)[1] is partial
