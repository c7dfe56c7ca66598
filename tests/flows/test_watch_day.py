"""`watch.per_day` limits the new articles of a day over all feeds; unreadable ones do not count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from channel import Channel, open_channel, publish
from click.testing import CliRunner

from claims.ledger.ledger import Ledger
from flows.cli import factdesk

ITEM = "<item><title>{name}</title><link>{address}/{name}</link></item>"
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>Press</title>{items}</channel></rss>'


@pytest.fixture
def channel() -> Iterator[Channel]:
    with open_channel() as opened:
        yield opened


def publish_feed(channel: Channel, feed: str, *names: str) -> None:
    items = "".join(ITEM.format(name=name, address=channel.address) for name in names)
    channel.pages[f"/{feed}"] = (200, FEED.format(items=items))
    article = publish(channel)
    for name in names:
        if not name.startswith("gone"):
            channel.pages[f"/{name}"] = (200, article.replace("five", f"five, says {name},"))


def watch() -> int:
    """How many articles the ledger has after a look at the feeds."""
    done = CliRunner().invoke(factdesk, ["watch", "--once"], obj={"debug": False})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    with Ledger.open(Path("factdesk.db"), create=False) as ledger:
        return ledger.counts()["articles"]


@pytest.mark.parametrize(("per_day", "counts"), [("", [4, 4]), ("3", [3, 3]), ("1", [1, 1]), ("9", [4, 4])])
def test_no_more_articles_than_the_maximum_are_checked_in_a_day(
    channel: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, per_day: str, counts: list[int]
) -> None:
    monkeypatch.chdir(tmp_path)
    publish_feed(channel, "one.xml", "a", "b")
    publish_feed(channel, "two.xml", "c", "d")
    feeds = ", ".join(f"{{url: '{channel.address}/{name}.xml'}}" for name in ("one", "two"))
    Path("config.yaml").write_text(
        "judge: lexical\nfetch: {allow_private: true, per_host_delay: 0s, robots: false}\n"
        f"watch: {{per_day: {per_day}}}\nfeeds: [{feeds}]\n"
    )
    assert [watch(), watch()] == counts


def test_articles_that_cannot_be_read_do_not_count(
    channel: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    publish_feed(channel, "one.xml", "gone-1", "gone-2", "a", "b")
    Path("config.yaml").write_text(
        "judge: lexical\nfetch: {allow_private: true, per_host_delay: 0s, robots: false}\n"
        f"watch: {{per_day: 2}}\nfeeds: [{{url: '{channel.address}/one.xml'}}]\n"
    )
    assert [watch(), watch()] == [0, 2]
    again = CliRunner().invoke(factdesk, ["watch", "--once"], obj={"debug": False})
    assert again.stdout.endswith(": 0 new articles\n")
    assert "left out 2 articles that could not be read" in again.stderr
