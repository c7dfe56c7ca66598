"""The flow that checks new articles in one feed, with a subflow run for each article."""

from __future__ import annotations

from prefect import flow, get_run_logger, runtime, tags
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from claims.privacy import hide, hide_in
from flows.check_article import check_article
from flows.checks import pipeline, steps
from flows.config.setup import CheckOptions, setup
from flows.serving.run_marks import alive
from flows.serving.run_states import RunState, value_of
from flows.show.text import counted
from sources.errors import UnreadableError

_TAG_LENGTH = 120
# Articles tried in a run beyond its limit, so that dead entries at the head of a feed do not keep the others back.
_MAY_FAIL = 20


def run_name() -> str:
    """A run's name: the feed's address without its scheme."""
    return hide(str(runtime.flow_run.parameters.get("feed", "feed"))).split("://")[-1]


@flow(name="watch-feed", flow_run_name=run_name, persist_result=False)
async def watch_feed(feed: str, limit: int = 20, config: str | None = None) -> State[list[str]]:
    """Check the articles of a feed that the ledger does not know.

    An article that cannot be read does not keep the others back; it is tried again at the next run.

    Args:
        feed: The address of an RSS or Atom feed.
        limit: The maximum number of articles checked in this run, in the feed's order; unreadable ones do not count.
        config: The path of config.yaml.
    """
    logger = get_run_logger()
    how = setup(CheckOptions(config=config))
    checked: list[str] = []
    async with alive(how.ledger), steps.network(how):
        addresses = await pipeline.new_articles(feed, limit + _MAY_FAIL, how)
        unreadable = 0
        for address in addresses:
            if len(checked) == limit:
                break
            try:
                with tags(f"feed:{run_name()}"[:_TAG_LENGTH]):
                    await value_of(await check_article(address, config, return_state=True))
            except UnreadableError as error:
                unreadable += 1
                logger.warning("%s", hide_in(str(error)))
            else:
                checked.append(address)
    return feed_state(checked, unreadable)


def feed_state(checked: list[str], unreadable: int) -> State[list[str]]:
    """The final state of a feed's run: failed under the name NothingRead if no new article could be read."""
    message = counted(len(checked), "new article") + (f", {unreadable} unreadable" if unreadable else "")
    if unreadable and not checked:
        return Failed(name=RunState.NOTHING_READ.value, message=message, data=checked)
    return Completed(name=RunState.COMPLETED.value, message=message, data=checked)
