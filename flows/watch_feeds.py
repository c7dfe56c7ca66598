"""The flow that checks new articles in one feed, with a subflow run for each article."""

from __future__ import annotations

from prefect import flow, get_run_logger, runtime
from prefect.client.schemas.objects import State
from prefect.states import Completed

from claims.privacy import hide, hide_in
from flows.check_article import check_article
from flows.checks import pipeline, steps
from flows.config.setup import CheckOptions, setup
from flows.show.text import counted
from sources.errors import UnreadableError


def run_name() -> str:
    """A run's name: the feed's address without its scheme."""
    return hide(str(runtime.flow_run.parameters.get("feed", "feed"))).split("://")[-1]


@flow(name="watch-feed", flow_run_name=run_name, persist_result=False)
async def watch_feed(feed: str, limit: int = 20, config: str | None = None) -> State[list[str]]:
    """Check at most ``limit`` articles of the feed that the ledger does not know, in the feed's order.

    An article that cannot be read does not keep the others back; it is tried again at the next run.
    """
    logger = get_run_logger()
    how = setup(CheckOptions(config=config))
    checked: list[str] = []
    async with steps.network(how):
        addresses = await pipeline.new_articles(feed, limit, how)
        for address in addresses:
            try:
                await check_article(address, config)
            except UnreadableError as error:
                logger.warning("%s", hide_in(str(error)))
            else:
                checked.append(address)
    unread = len(addresses) - len(checked)
    name = counted(len(checked), "new article")
    return Completed(name=name + (f", {unread} unreadable" if unread else ""), data=checked)
