"""Without a Prefect server people are told directly: what is worth telling, where it goes, and what is no news."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from channel import AGREED, Channel, open_channel, publish
from click.testing import CliRunner, Result
from newsweb import warc

from claims.errors import LedgerError
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
        ("http://127.0.0.1:9/hook", 200, "could not tell 127.0.0.1 of"),
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


@pytest.mark.parametrize(
    ("entry", "value", "place", "said"),
    [
        ("webhook: '${HOOK}'", "xoxb-s3cret", "${HOOK}", "not an http or https address"),
        ("webhook: '${HOOK}/s3cret'", "ftp://chat.example", "${HOOK}", "not an http or https address"),
        ("webhook: 'https://chat..example/x/${HOOK}'", "s3cret", "chat..example", "not an http or https address"),
        ("webhook: 'http://127.0.0.1:9/${HOOK}'", "s3cret", "127.0.0.1", "no connection"),
        ("webhook: 'http://desk:${HOOK}@127.0.0.1:9/s3cret?token=s3cret'", "s3cret", "127.0.0.1", "no connection"),
        ("apprise: '${HOOK}'", "nosuch://s3cret", "${HOOK}", "does not know such an address"),
        ("apprise: 'nosuch://${HOOK}'", "s3cret", "nosuch", "does not know such an address"),
    ],
)
@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise imports it
def test_a_fault_names_the_place_and_no_secret(
    channel: Channel,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    entry: str,
    value: str,
    place: str,
    said: str,
) -> None:
    monkeypatch.setenv("HOOK", value)
    configure(f"{{on: [contradicted], {entry}}}")
    done = check(channel, NINE)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "factdesk.notify"]
    assert line.startswith(f"factdesk: could not tell {place} of ")
    assert said in line
    assert "s3cret" not in line + done.output


@pytest.mark.parametrize("option", [["--offline"], ["--replay", "archive.warc.gz"]])
def test_nothing_is_sent_without_the_network(channel: Channel, option: list[str]) -> None:
    configure(f"{{on: {ALL}, webhook: '{channel.address}/hook'}}")
    Path("article.html").write_text(publish(channel, NINE))
    warc(Path("archive.warc.gz"), {f"{channel.address}/plan": channel.pages["/plan"][::-1]})
    run("check", "article.html", *option)
    assert channel.posts == []
    with Ledger.open(Path("factdesk.db"), create=False) as ledger:
        assert bool(ledger.claims(label="contradicted")) is (option[0] == "--replay")


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
    assert "a person's decision" in news.text
    claim = news.claims[0]
    run("decide", claim, "--overrule", "supported", "--note", "another budget")
    assert "0 newly contradicted claims" in news_of_digest(how).subject
    Path("config.yaml").write_text("digest: {period: 0s}\n")
    assert news_of_digest(setup(CheckOptions())).lines == ()


def test_the_claims_of_the_digest_are_in_the_order_of_its_lines(channel: Channel) -> None:
    configure()
    article = publish(channel, NINE)
    for number in ("two", "three", "four", "seven", "eight"):
        Path("article.html").write_text(article.replace("five", number).replace("The cut", f"The {number}"))
        run("check", "article.html")
    news = news_of_digest(setup(CheckOptions()))
    assert len(news.claims) > 3
    assert [line.split("(")[1][:8] for line in news.lines] == [claim[:8] for claim in news.claims]


def test_a_digest_does_not_make_a_ledger() -> None:
    configure()
    with pytest.raises(LedgerError, match="there is no ledger"):
        news_of_digest(setup(CheckOptions()))
    assert not Path("factdesk.db").exists()
