"""An article is checked from the desk: an address or a file, with its progress, through the same flow."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from claims.ledger.ledger import Ledger
from flows.commands.running.desk_checks import DeskChecks
from flows.config.setup import CheckOptions, setup
from review.desk import desk
from review.handed import uploads
from review.handed.checks import CheckProgress

ARTICLE = """<html><head><title>The harbour</title></head><body><article><h1>The harbour budget</h1>
<p>Ministers agreed on Monday night to cut the harbour budget by five percent, the treasury said in a statement.</p>
<p>Parliament has to vote on the plan before the end of March, and the government has a majority of three seats.</p>
</article></body></html>"""


@pytest.fixture
async def checking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """A desk without articles that can check some."""
    monkeypatch.chdir(tmp_path)
    Ledger.open(Path("desk.db")).close()
    how = setup(CheckOptions(ledger="desk.db", offline=True))
    app = desk(Path("desk.db"), checks=DeskChecks(how, threading.Lock()))
    await app.invoke_startup()
    yield app
    for database in app.databases.values():
        database.close()


async def send(app: Any, url: str, file: tuple[str, bytes] | None, *, token: str = "") -> Any:
    form = await app.client.get("/check")
    kept = form.cookies["ds_csrftoken"]
    data = {"csrftoken": token or kept, "url": url}
    return await app.client.post("/check", data=data, files={"file": file or ("", b"")}, cookies={"ds_csrftoken": kept})


async def ended(app: Any, address: str) -> Any:
    """The page of a check when it has ended, and what it said on the way."""
    said = []
    async with asyncio.timeout(240):
        while not (told := (await app.client.get(f"{address}.json")).json())["ended"]:
            said.append(told["words"])
            page = await app.client.get(address)
            assert page.status_code == 302 or 'role="status"' in page.text or "could not be checked" in page.text
            await asyncio.sleep(0.05)
    return await app.client.get(address), said


async def test_a_file_is_checked_and_leads_to_its_article(checking: Any) -> None:
    assert 'action="/check"' in (await checking.client.get("/")).text
    answer = await send(checking, "", ("../../etc/harbour.HTML", ARTICLE.encode()))
    assert answer.status_code == 302
    page, said = await ended(checking, answer.headers["location"])
    assert said
    assert not [words for words in said if "/tmp" in words]
    with Ledger.open(Path("desk.db"), create=False) as ledger:
        (article,) = ledger.articles()
        assert (article.title, ledger.audit().holds) == ("The harbour budget", True)
        assert article.claims >= 2
    assert (page.status_code, page.headers["location"]) == (302, f"/article/{article.id}")


async def test_a_file_without_a_title_is_known_by_its_name(checking: Any) -> None:
    text = "Ministers agreed on Monday night to cut the harbour budget by five percent, the treasury said."
    answer = await send(checking, "", ("harbour story.txt", text.encode()))
    await ended(checking, answer.headers["location"])
    with Ledger.open(Path("desk.db"), create=False) as ledger:
        (article,) = ledger.articles()
        assert article.title == "harbour story.txt"


async def test_an_article_that_cannot_be_read_says_why(checking: Any) -> None:
    answer = await send(checking, "https://news.example/gone?token=abcdefsecret", None)
    page, _ = await ended(checking, answer.headers["location"])
    assert page.status_code == 200
    assert "could not be checked" in page.text
    assert "abcdefsecret" not in page.text
    assert 'action="/check"' in page.text
    with Ledger.open(Path("desk.db"), create=False) as ledger:
        assert not any(ledger.counts().values())


# the address, the file, the token, the status, and words of the answer
REFUSED: list[tuple[str, tuple[str, bytes] | None, str, int, str]] = [
    ("", None, "", 400, "choose a file"),
    ("javascript:alert(1)", None, "", 400, "starts with http"),
    ("/etc/passwd", None, "", 400, "starts with http"),
    ("file:///etc/passwd", None, "", 400, "starts with http"),
    ("https://news.example/", None, "made-up", 403, "not sent from a page of the desk"),
    ("", ("large.html", b"x" * 3000), "", 413, "larger than"),
]


@pytest.mark.parametrize(("url", "file", "token", "status", "words"), REFUSED)
async def test_what_is_no_article_is_refused(
    checking: Any,
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    file: tuple[str, bytes] | None,
    token: str,
    status: int,
    words: str,
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 2000)
    answer = await send(checking, url, file, token=token)
    assert answer.status_code == status
    assert words in answer.text


async def test_another_site_starts_no_check(checking: Any) -> None:
    form = await checking.client.get("/check")
    token = form.cookies["ds_csrftoken"]
    data = {"csrftoken": token, "url": "https://news.example/"}
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
    ):
        answer = await checking.client.post("/check", data=data, headers=headers, cookies={"ds_csrftoken": token})
        assert answer.status_code == 403
    assert (await checking.client.post("/check", data=data)).status_code == 403  # no cookie


@pytest.mark.parametrize("address", ["/check/0123456789abcdef", "/check/0123456789abcdef.json"])
async def test_an_unknown_check_is_named(checking: Any, address: str) -> None:
    answer = await checking.client.get(address)
    assert answer.status_code == 404
    assert "not known" in answer.text


async def test_a_desk_that_cannot_check_says_what_to_do(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "desk.db").close()
    app = desk(tmp_path / "desk.db")
    await app.invoke_startup()
    assert 'action="/check"' not in (await app.client.get("/")).text
    form = await app.client.get("/check")
    assert "factdesk review" in form.text
    cookies = {"ds_csrftoken": "x"}
    assert (await app.client.post("/check", data={"url": "https://x.example/"}, cookies=cookies)).status_code == 403


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "waiting"}, "Waiting for the checks before it"),
        ({"state": "running"}, "Starting"),
        ({"state": "running", "stage": "sources", "detail": "tass"}, "Reading the sources: tass"),
        ({"state": "running", "stage": "judge"}, "Judging the claims"),
        ({"state": "failed", "stage": "read", "error": "gone"}, "It could not be checked"),
        ({"state": "done", "stage": "ledger", "article": "a"}, "Done"),
    ],
)
def test_progress_is_told_in_words(fields: dict[str, str], words: str) -> None:
    progress = CheckProgress(source="a.html", **fields)  # type: ignore[arg-type]  # some of its fields
    assert progress.words == words
    assert progress.ended is (fields["state"] in ("done", "failed"))
