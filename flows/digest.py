"""The flow that makes the digest: what was found since the last one, and how many claims wait for a person."""

from __future__ import annotations

from prefect import flow
from prefect.artifacts import acreate_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import markdown_escaped
from flows.checks.news import News, news_of_digest
from flows.config.setup import CheckOptions, setup
from flows.serving.automations import VERSION
from flows.serving.notifications import emit_news
from flows.serving.run_marks import alive
from flows.serving.run_states import NO_RESULTS, RunState


@flow(name="digest", flow_run_name="digest", version=VERSION, persist_result=False, result_storage=NO_RESULTS)
async def make_digest(config: str | None = None) -> State[str]:
    """Tell people what was found in the last `digest.period`: contradicted claims, changed verdicts, lost sources.

    Args:
        config: The path of config.yaml.
    """
    how = setup(CheckOptions(config=config))
    async with alive(how.ledger):
        news = news_of_digest(how)
        await acreate_markdown_artifact(markdown=_markdown(news), key="digest", description=news.subject)
        emit_news([news], how)
    return Completed(name=RunState.COMPLETED.value, message=news.subject, data=news.subject)


def _markdown(news: News) -> str:
    lines = [f"# {markdown_escaped(news.subject)}", "", *(f"- {markdown_escaped(line)}" for line in news.lines)]
    return "\n".join([*lines, *(["", f"[Open the review desk]({news.link})"] if news.link else [])])
