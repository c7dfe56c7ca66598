"""The flow that checks the new articles of feeds, with a subflow run for each article."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from prefect import flow, get_run_logger, runtime, tags
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from claims.display.text import counted
from claims.privacy import hide, hide_in
from claims.records import Check
from flows.check_article import check_article, taking_turns
from flows.checks import pipeline, steps
from flows.config.memory import save_memory
from flows.config.parameters import MostArticles
from flows.config.setup import CheckOptions, Setup, setup
from flows.runners.in_flight import stop_all, turn_after
from flows.runners.placement import placement
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
    """What a run has done so far; ``resting`` are the new articles that it left out, since they could not be read."""

    checked: list[str] = field(default_factory=list)
    unreadable: int = 0
    resting: int = 0
    feeds_unreadable: int = 0


@dataclass(slots=True)
class _Feed:
    """The new articles of a feed; at most ``limit`` of them are checked, beside those that cannot be read."""

    address: str
    waiting: deque[str]
    limit: int
    checked: int = 0
    begun: int = 0


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
    save_memory()
    how = setup(CheckOptions(config=config))
    limits = {feed.url: feed.limit for feed in how.settings.feeds}
    wanted = list(dict.fromkeys(feeds if feeds else limits))
    tally = Tally()
    async with alive(how.ledger), steps.network(how):
        most = [limit or limits.get(feed, 20) for feed in wanted]
        new = await asyncio.gather(*(_new_articles(*pair, how, tally) for pair in zip(wanted, most, strict=True)))
        fresh = _each_once(new)
        first = _first_wanted(fresh, most, pipeline.left_today(how))
        place = placement(how, len(first))
        async with examining(first, how, place):
            await _check_fresh(list(map(_Feed, wanted, map(deque, fresh), most)), place.at_once, how, tally)
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
        new, resting = await pipeline.new_articles(feed, limit + _MAY_FAIL, how)
    except UnreadableError as error:
        tally.feeds_unreadable += 1
        get_run_logger().warning("%s", hide_in(str(error)))
        return []
    tally.resting += resting
    return new


async def _check_fresh(feeds: Sequence[_Feed], at_once: int, how: Setup, tally: Tally) -> None:
    """Check articles, ``at_once`` at a time, until each feed has as many as it may, or the day's maximum is reached."""
    begun: deque[tuple[_Feed, str, asyncio.Task[Check]]] = deque()
    try:
        while True:
            while len(begun) < at_once and (following := _next_article(feeds, len(begun), how)):
                turn = turn_after(begun[-1][2]) if begun else None
                begun.append((*following, asyncio.create_task(_check_article(*following, turn, how))))
            if not begun:
                return
            feed, address, task = begun[0]
            try:
                await task
            except UnreadableError as error:
                tally.unreadable += 1
                pipeline.note_unreadable(address, error, how)
                get_run_logger().warning("%s", hide_in(str(error)))
            else:
                feed.checked += 1
                tally.checked.append(address)
            begun.popleft()
            feed.begun -= 1
    finally:
        await stop_all(task for _, _, task in begun)


def _next_article(feeds: Sequence[_Feed], begun: int, how: Setup) -> tuple[_Feed, str] | None:
    """The article to begin now, with its feed; None if none may be begun beside the ``begun`` ones, or none is left."""
    feed = next((feed for feed in feeds if feed.waiting and feed.checked + feed.begun < feed.limit), None)
    if feed is None:
        return None
    left = pipeline.left_today(how)
    if left is not None and left <= begun:
        if not begun:
            get_run_logger().info("%s: the maximum of the day (watch.per_day) is reached", _feed_name(feed.address))
        return None
    feed.begun += 1
    return feed, feed.waiting.popleft()


async def _check_article(feed: _Feed, address: str, turn: pipeline.Turn | None, how: Setup) -> Check:
    """One article as a subflow run with the tag of its feed. Raises what the check raises."""
    with tags("factdesk", f"feed:{_feed_name(feed.address)}"[:_TAG_LENGTH]), taking_turns(turn):
        check: Check = await value_of(await check_article(address, how.asked.config, return_state=True))
        return check


def feeds_state(tally: Tally) -> State[list[str]]:
    """The final state of a run: failed under the name NothingRead if something was new and none could be read."""
    parts = [counted(len(tally.checked), "new article")]
    parts += [f"{tally.unreadable} unreadable"] if tally.unreadable else []
    parts += [f"{tally.resting} unreadable before"] if tally.resting else []
    parts += [f"{counted(tally.feeds_unreadable, 'feed')} unreadable"] if tally.feeds_unreadable else []
    message = ", ".join(parts)
    if (tally.unreadable or tally.feeds_unreadable) and not tally.checked:
        return Failed(name=RunState.NOTHING_READ.value, message=message, data=tally.checked)
    return Completed(name=RunState.COMPLETED.value, message=message, data=tally.checked)
