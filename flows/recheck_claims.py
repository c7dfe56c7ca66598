"""The flow that re-checks verdicts that are due, with a subflow run for each article."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from claims.records import Check
from flows.artifacts import ProgressBar
from flows.check_article import FlowConductor, finish
from flows.checks import pipeline, steps
from flows.config.setup import CheckOptions, setup
from flows.serving.run_marks import alive
from flows.serving.run_states import RunState, value_of
from flows.show.text import counted


@flow(name="recheck-article", flow_run_name="recheck {article}", persist_result=False)
async def recheck_article(article: str, config: str | None = None, claims: list[str] | None = None) -> State[Check]:
    """Check claims (ids) of an article of the ledger again, or all of them, against its sources as they are now."""
    how = setup(CheckOptions(config=config))
    async with alive(how.ledger):
        bar = await ProgressBar.begin()
        return await finish(await pipeline.recheck(article, how, FlowConductor(bar.watch), only=claims), how)


@flow(name="recheck-claims", flow_run_name="recheck what is due", persist_result=False)
async def recheck_claims(config: str | None = None) -> State[list[str]]:
    """Check again the claims that `recheck` in config.yaml says are due, those checked longest ago first."""
    how = setup(CheckOptions(config=config))
    wanted = how.settings.recheck
    due = pipeline.due(wanted.older_than, how.settings.recheck_labels, how, limit=wanted.limit, create=True)
    async with alive(how.ledger), steps.network(how):
        for due_article in due:
            await value_of(
                await recheck_article(due_article.article, config, list(due_article.claims), return_state=True)
            )
    message = f"{counted(len(due), 'article')} checked again"
    return Completed(name=RunState.COMPLETED.value, message=message, data=[due_article.article for due_article in due])
