"""The flow that checks the new articles of feeds, with a subflow run for each article."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from prefect import flow, get_run_logger, runtime, tags
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from claims.display.text import counted
from claims.privacy import hide, hide_in
from flows.check_article import check_article
from flows.checks import pipeline, steps
from flows.config.parameters import MostArticles
from flows.config.setup import CheckOptions, Setup, setup
from flows.runners.spread import examining
from flows.serving.automations import VERSION
from flows.serving.run_marks import alive
from flows.serving.run_states import NO_RESULTS, RunState, value_of
from sources.errors import UnreadableError

_TAG_LENGTH = 120
# Articles tried in a feed beyond its limit, so that dead entries at its head do not keep the others back.
_MAY_FAIL = 20


@dataclass(slots=True)
class Tally:
    """What a run has done so far."""

    checked: list[str] = field(default_factory=list)
    unreadable: int = 0
    feeds_unreadable: int = 0


def run_name() -> str:
    """A run's name: the feed's address without its scheme, or the number of feeds."""
    feeds: list[str] = runtime.flow_run.parameters.get("feeds") or []
    return _feed_name(str(feeds[0])) if len(feeds) == 1 else f"{len(feeds) or 'all'} feeds"


def _feed_name(feed: str) -> str:
    return hide(feed).split("://")[-1]


@flow(name="watch-feeds", flow_run_name=run_name, version=VERSION, persist_result=False, result_storage=NO_RESULTS)
async def watch_feeds(
    feeds: list[str] | None = None, limit: MostArticles = None, config: str | None = None
) -> State[list[str]]:
    """Check the articles of feeds that the ledger does not know.

    A feed or an article that cannot be read does not keep the others back. Such an article rests before it is tried
    again, longer after each attempt, and is given up after the last one.

    Args:
        feeds: Addresses of feeds (RSS, Atom, JSON Feed) or news sitemaps. Default: all of config.yaml.
        limit: The maximum number of articles that are checked per feed; unreadable ones do not count. None: as
            config.yaml says.
        config: The path of config.yaml. None: the one that the commands use.
    """
    how = setup(CheckOptions(config=config))
    limits = {feed.url: feed.limit for feed in how.settings.feeds}
    wanted = list(dict.fromkeys(feeds if feeds else limits))
    tally = Tally()
    async with alive(how.ledger), steps.network(how):
        most = [limit or limits.get(feed, 20) for feed in wanted]
        new = await asyncio.gather(*(_new_articles(*pair, how, tally) for pair in zip(wanted, most, strict=True)))
        fresh = _each_once(new)
        async with examining(_first_wanted(fresh, most, pipeline.left_today(how)), how):
            for feed, addresses, count in zip(wanted, fresh, most, strict=True):
                await _check_feed(feed, addresses, count, how, tally)
    return feeds_state(tally)


def _each_once(new: Iterable[list[str]]) -> list[list[str]]:
    """The articles of each feed that no feed before it has."""
    tried: set[str] = set()
    fresh = []
    for addresses in new:
        fresh.append([address for address in addresses if address not in tried])
        tried.update(addresses)
    return fresh


def _first_wanted(fresh: Iterable[list[str]], most: Iterable[int], left: int | None) -> list[str]:
    """The articles that are checked if all of them can be read; ``left`` is how many more the day allows."""
    return [address for addresses, count in zip(fresh, most, strict=True) for address in addresses[:count]][:left]


async def _new_articles(feed: str, limit: int, how: Setup, tally: Tally) -> list[str]:
    """The new articles of one feed; none if it cannot be read, which is logged."""
    try:
        return await pipeline.new_articles(feed, limit + _MAY_FAIL, how)
    except UnreadableError as error:
        tally.feeds_unreadable += 1
        get_run_logger().warning("%s", hide_in(str(error)))
        return []


async def _check_feed(feed: str, addresses: list[str], limit: int, how: Setup, tally: Tally) -> None:
    """Check articles until ``limit`` of them could be read, or the maximum of the day is reached."""
    checked = 0
    for address in addresses:
        if checked == limit:
            return
        if pipeline.left_today(how) == 0:
            get_run_logger().info("%s: the maximum of the day (watch.per_day) is reached", _feed_name(feed))
            return
        try:
            with tags(f"feed:{_feed_name(feed)}"[:_TAG_LENGTH]):
                await value_of(await check_article(address, how.asked.config, return_state=True))
        except UnreadableError as error:
            tally.unreadable += 1
            pipeline.note_unreadable(address, error, how)
            get_run_logger().warning("%s", hide_in(str(error)))
        else:
            checked += 1
            tally.checked.append(address)


def feeds_state(tally: Tally) -> State[list[str]]:
    """The final state of a run: failed under the name NothingRead if something was new and none could be read."""
    parts = [counted(len(tally.checked), "new article")]
    parts += [f"{tally.unreadable} unreadable"] if tally.unreadable else []
    parts += [f"{counted(tally.feeds_unreadable, 'feed')} unreadable"] if tally.feeds_unreadable else []
    message = ", ".join(parts)
    if (tally.unreadable or tally.feeds_unreadable) and not tally.checked:
        return Failed(name=RunState.NOTHING_READ.value, message=message, data=tally.checked)
    return Completed(name=RunState.COMPLETED.value, message=message, data=tally.checked)
