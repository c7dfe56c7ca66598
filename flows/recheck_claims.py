"""The flow that re-checks verdicts that are due, with a subflow run for each article."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed
from prefect.utilities.annotations import quote

from claims.display.text import counted
from flows.check_article import FlowConductor, finish
from flows.checks import pipeline, steps
from flows.config.memory import save_memory
from flows.config.parameters import Age, Labels, MostClaims, Outlet
from flows.config.setup import CheckOptions, setup
from flows.config.units import seconds
from flows.serving.automations import VERSION
from flows.serving.run_marks import alive
from flows.serving.run_states import NO_RESULTS, RunState, value_of


@flow(
    name="recheck-article",
    flow_run_name="recheck {article}",
    version=VERSION,
    persist_result=False,
    result_storage=NO_RESULTS,
)
async def recheck_article(article: str, config: str | None = None, claims: list[str] | None = None) -> State[quote]:
    """Check claims of an article of the ledger again, against its sources as they are now.

    Args:
        article: The article's id.
        config: The path of config.yaml.
        claims: The ids of the claims. Default: all claims of the article.
    """
    how = setup(CheckOptions(config=config))
    async with alive(how.ledger) as server:
        return finish(await pipeline.recheck(article, how, FlowConductor(server), only=claims), how, server)


@flow(
    name="recheck-claims",
    flow_run_name="recheck what is due",
    version=VERSION,
    persist_result=False,
    result_storage=NO_RESULTS,
)
async def recheck_claims(
    outlet: Outlet = "",
    labels: Labels = None,
    older_than: Age = None,
    limit: MostClaims = None,
    config: str | None = None,
) -> State[list[str]]:
    """Check again the claims that are due, those checked longest ago first.

    What is due is what `recheck` in config.yaml says, as far as no other value is given.

    Args:
        outlet: Only claims that this outlet published or that cite it: its id, which `factdesk sources NAME` prints.
            Empty: all outlets.
        labels: Only claims with one of these labels; an empty list stands for all labels. None: as config.yaml says.
        older_than: Only claims last checked longer ago than this, such as 7d. None: as config.yaml says.
        limit: The maximum number of claims. None: as config.yaml says.
        config: The path of config.yaml. None: the one that the commands use.
    """
    save_memory()
    how = setup(CheckOptions(config=config))
    wanted = how.settings.recheck
    due = pipeline.due(
        wanted.older_than if older_than is None else seconds(older_than),
        how.settings.recheck_labels if labels is None else labels,
        how,
        outlet=outlet,
        limit=limit or wanted.limit,
        create=True,
    )
    async with alive(how.ledger), steps.network(how):
        for due_article in due:
            await value_of(
                await recheck_article(due_article.article, config, list(due_article.claims), return_state=True)
            )
    message = f"{counted(len(due), 'article')} checked again"
    return Completed(name=RunState.COMPLETED.value, message=message, data=[due_article.article for due_article in due])
