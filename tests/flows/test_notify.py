"""Without a Prefect server people are told directly: what is worth telling, where it goes, and what is no news."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from channel import AGREED, Channel, open_channel, publish
from click.testing import CliRunner, Result

from claims.ledger.ledger import Ledger
from flows.checks.news import news_of_digest
from flows.cli import factdesk
from flows.config.setup import CheckOptions, setup

ALL = "[contradicted, changed, source_lost, nothing_read]"
CONTRADICTED, CHANGED = "factdesk.verdict.contradicted", "factdesk.verdict.changed"
NINE = AGREED.replace("five", "nine")


@pytest.fixture
def channel() -> Iterator[Channel]:
    with open_channel() as opened:
        yield opened


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(*entries: str) -> None:
    lines = ("fetch: {allow_private: true, per_host_delay: 0s}", f"notify: [{', '.join(entries)}]")
    Path("config.yaml").write_text("\n".join(lines) + "\n")


def run(*words: str, code: int = 0) -> Result:
    done = CliRunner().invoke(factdesk, [*words], obj={"debug": False})
    assert done.exit_code == code, done.output
    return done


def check(channel: Channel, first: str = AGREED, status: int = 200) -> Result:
    Path("article.html").write_text(publish(channel, first, status))
    return run("check", "article.html")


def test_a_new_contradiction_is_told_once(channel: Channel) -> None:
    configure(f"{{on: {ALL}, webhook: '{channel.address}/hook'}}")
    check(channel, NINE)
    ((_, told),) = channel.posts
    assert channel.types == ["application/json"]
    assert told["event"] == CONTRADICTED
    assert told["subject"].startswith("A source contradicts 1 claim of “The cut ‹＠everyone›")
    assert "five percent" in told["text"]
    assert "a person's decision" in told["text"]
    with Ledger.open(Path("factdesk.db"), create=False) as ledger:
        assert [row.id for row in ledger.claims(label="contradicted")] == told["claims"]
    assert told["link"] == f"http://127.0.0.1:8001/article/{told['about'].removeprefix('article.')}"
    check(channel, NINE)
    assert len(channel.posts) == 1


@pytest.mark.parametrize(
    ("first", "status", "events"),
    [
        (NINE, 200, [CONTRADICTED, CHANGED]),
        (AGREED, 410, ["factdesk.source.lost", "factdesk.source.nothing_read", CHANGED]),
        (AGREED, 503, []),  # an outage: the capture of before is used
        (AGREED, 200, []),
    ],
)
def test_what_a_recheck_finds_is_told(channel: Channel, first: str, status: int, events: list[str]) -> None:
    configure(f"{{on: {ALL}, webhook: '{channel.address}/hook'}}")
    check(channel)
    assert channel.posts == []
    publish(channel, first, status)
    run("recheck")
    assert sorted(channel.events()) == sorted(events)


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise imports it
def test_each_address_is_told_only_what_it_asked_for(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "secret")
    configure(
        f"{{on: [changed], webhook: '{channel.address}/${{HOOK}}'}}",
        f"{{on: [contradicted], apprise: 'json://{channel.address.removeprefix('http://')}/mail'}}",
        f"{{on: [digest], webhook: '{channel.address}/morning'}}",
    )
    check(channel)
    publish(channel, NINE)
    run("recheck")
    assert channel.events("/secret") == [CHANGED]
    ((_, mail),) = [post for post in channel.posts if post[0] == "/mail"]
    assert mail["title"].startswith("A source contradicts 1 claim")
    assert channel.events("/morning") == []


def test_a_new_judge_is_no_news(channel: Channel) -> None:
    configure(f"{{on: {ALL}, webhook: '{channel.address}/hook'}}")
    check(channel)
    with Path("config.yaml").open("a") as file:
        file.write("judge: lexical\n")
    run("recheck")
    with closing(sqlite3.connect("factdesk.db")) as book:
        causes = book.execute("SELECT cause FROM verdict_changes").fetchall()
    assert set(causes) == {("judge",)}
    assert channel.posts == []


@pytest.mark.parametrize(
    ("webhook", "answer", "said"),
    [
        ("{address}/hook", 500, "answered with status 500"),
        ("http://127.0.0.1:9/hook", 200, "could not tell http://127.0.0.1:9/hook of"),
        ("{address}/${{UNSET}}", 200, "the environment variable UNSET is not set"),
    ],
)
def test_a_message_that_cannot_be_sent_is_reported_and_the_check_is_kept(
    channel: Channel, webhook: str, answer: int, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    channel.answer = answer
    configure(f"{{on: [contradicted], webhook: '{webhook.format(address=channel.address)}'}}")
    check(channel, NINE)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "factdesk.notify"]
    assert said in line
    with Ledger.open(Path("factdesk.db"), create=False) as ledger:
        assert len(ledger.claims(label="contradicted")) == 1


def test_nothing_is_sent_offline(channel: Channel) -> None:
    configure(f"{{on: {ALL}, webhook: '{channel.address}/hook'}}")
    Path("article.html").write_text(publish(channel))
    run("check", "article.html", "--offline")
    assert channel.posts == []


def test_the_digest_has_what_the_period_brought_and_the_queue(channel: Channel) -> None:
    configure()
    check(channel)
    publish(channel, NINE)
    run("recheck")
    how = setup(CheckOptions())
    news = news_of_digest(how)
    assert news.subject.startswith("Factdesk: 1 newly contradicted claim, 0 changed verdicts, 0 sources lost, ")
    assert news.subject.endswith("1 claim in the queue")
    (line,) = news.lines
    assert "five percent" in line
    claim = news.claims[0]
    run("decide", claim, "--overrule", "supported", "--note", "another budget")
    assert "0 newly contradicted claims" in news_of_digest(how).subject
    Path("config.yaml").write_text("digest: {period: 0s}\n")
    assert news_of_digest(setup(CheckOptions())).lines == ()
