"""The flow that checks one article."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from prefect import flow, get_run_logger, runtime
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.utilities.annotations import quote

from claims.display.text import counted, short
from claims.glossary import shown_confidence
from claims.privacy import hide, hide_in
from claims.records import Check, Claim, Extraction, Page, Reading
from flows.artifacts import ProgressBar, leave_artifacts
from flows.checks import pipeline
from flows.checks.conductor import Arguments, Result, Stage
from flows.checks.news import news_of_check
from flows.checks.steps import Known
from flows.checks.waiting import waiting_for
from flows.config.memory import save_memory
from flows.config.parameters import Article
from flows.config.setup import CheckOptions, Setup, setup
from flows.serving.automations import VERSION
from flows.serving.notifications import emit_news
from flows.serving.run_marks import alive
from flows.serving.run_states import NO_RESULTS, final_state, label_tags, unread_state
from flows.serving.watching import Reports, note_logged
from flows.tasks import TaskConductor
from sources.errors import UnreadableError

_NAME_LENGTH = 80

# Where two checks are made at once: what the one that begins here waits for before it is logged.
_TURN: ContextVar[pipeline.Turn | None] = ContextVar("turn", default=None)


@contextmanager
def taking_turns(turn: pipeline.Turn | None) -> Iterator[None]:
    """Have the check that begins in this block wait for ``turn`` before it is logged, if it is not None."""
    token = _TURN.set(turn)
    try:
        yield
    finally:
        _TURN.reset(token)


def first_name(source: str) -> str:
    """A run's name before its article is read: the file's name or the address without its scheme."""
    source = hide(source)
    parts = urlsplit(source)
    return short((parts.netloc + parts.path) if parts.netloc else Path(source).name, _NAME_LENGTH)


class FlowConductor(TaskConductor):
    """Runs the steps as tasks, and names the run after the article as soon as it is read."""

    def __init__(self, server: Reports) -> None:
        super().__init__(ProgressBar(server).watch)
        self._server = server

    async def call(
        self,
        stage: Stage,
        detail: str,
        step: Callable[Arguments, Result | Awaitable[Result]],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> Result:
        """The task's result."""
        result = await super().call(stage, detail, step, *arguments, **named)
        logger = get_run_logger()
        article = (
            result.article if isinstance(result, Known | Check) else result[0] if isinstance(result, tuple) else None
        )
        if isinstance(article, Page):
            self._server.put_soon("run", _describe(article))
            logger.info("Read %s: %s", detail, counted(len(article.text), "character"))
        elif isinstance(result, Extraction):
            counts = counted(len(result.claims), "claim"), counted(len(result.attributions), "attribution")
            logger.info("%s, %s", *counts)
        elif isinstance(result, Reading) and (reason := result.source.reason):
            logger.warning("Source %s: unavailable: %s. %s", detail, reason.value, hide_in(result.source.detail))
        return result


def _describe(article: Page, labels: Collection[str] = ()) -> Callable[[], Awaitable[object]]:
    """The call that names the run going on after its article, and tags it with the outlet and ``labels``."""
    name = short(article.title, _NAME_LENGTH) if article.title else None
    outlet = {article.outlet} if article.outlet else set()
    tags = sorted({"factdesk", *runtime.flow_run.tags, *outlet, *labels})
    run = UUID(runtime.flow_run.id)

    async def update() -> None:
        async with get_client() as client:
            await client.update_flow_run(run, name=name, tags=tags)

    return update


def _verdict_line(claim: Claim, done: Check) -> str:
    verdict = done.verdict_of[claim.id]
    share = shown_confidence(verdict.label, verdict.confidence)
    return f"{verdict.label.value}{f' ({share})' if share else ''}: {short(claim.statement, _NAME_LENGTH)}"


@flow(
    name="check-article",
    version=VERSION,
    persist_result=False,
    result_storage=NO_RESULTS,
)
async def check_article(
    source: Article,
    config: str | None = None,
    *,
    ledger: str | None = None,
    offline: bool = False,
    replay: str | None = None,
) -> State[quote]:
    """Check an article and log every verdict; the final state's message holds the totals.

    Args:
        source: The article's address, or the path of a file on the machine that runs the flow.
        config: The path of config.yaml. None: the one that the commands use.
        ledger: The path of the ledger. None: `ledger` of config.yaml.
        offline: Read nothing from the network; sources that were not captured are unavailable.
        replay: The path of a WARC file that is read instead of the network. None: the network is read.
    """
    save_memory()
    how = setup(CheckOptions(config=config, ledger=ledger, offline=offline, replay=replay))
    async with alive(how.ledger, name=first_name(source)) as server:
        try:
            done = await pipeline.check(source, how, FlowConductor(server), _TURN.get())
        except UnreadableError as error:  # expected, so that the log needs no traceback
            return unread_state(error)
        return finish(done, how, server)


def finish(done: Check, how: Setup, server: Reports) -> State[quote]:
    """Create the artifacts of a run, its tags, a log entry with a line for each claim, its events and final state."""
    note_logged(done)
    waiting = waiting_for(done, how)
    server.put(partial(leave_artifacts, done, how.outlets, waiting, how.settings.review.address))
    if done.extraction.claims:
        get_run_logger().info("\n".join(_verdict_line(claim, done) for claim in done.extraction.claims))
    server.put_soon("run", _describe(done.article, label_tags(done)))
    emit_news(news_of_check(done, how), how)
    return final_state(done, waiting)
