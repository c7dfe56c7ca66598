"""Examines articles on the workers of a Prefect work pool, in batches: a run of a worker is a process of its own.

A batch is a run of the deployment "examine articles". What it found is stored as the run's result, by Prefect: in
the captures folder, which then has to be shared, or where Prefect's default result storage is (S3, for example).
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, chdir, nullcontext, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.deployments import arun_deployment
from prefect.deployments.runner import DeploymentApplyError
from prefect.exceptions import ObjectNotFound, PrefectException
from prefect.states import Cancelled, Cancelling
from prefect.types.entrypoint import EntrypointType

from claims.records import content_id
from flows.config.load import find_config
from flows.config.memory import save_memory
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import RunnerError
from flows.runners.assignment import Assignment, ExaminedArticle, examine_assigned, file_marks
from flows.runners.pools import Pool
from flows.serving.automations import VERSION
from flows.serving.watching import FAILED

_LOG = logging.getLogger("factdesk.runners")
POOL = "PREFECT_DEFAULT_WORK_POOL_NAME"
DEFAULT_POOL = "factdesk"
NAME = "examine articles"
RESULTS = "results"  # in the captures folder
# Articles of a batch: a run of a worker begins with 5.5 CPU seconds of imports and models, an article takes about 1.5.
_LARGEST_BATCH, _SMALLEST_BATCH = 25, 10
_REFUSED: tuple[type[Exception], ...] = (PrefectException, *FAILED)
_LOOK_AGAIN = 2.0  # seconds between two looks at a run
_TAKEN_WITHIN = timedelta(seconds=20)  # a worker looks for runs every 10 to 15 s


@flow(name="examine-articles", version=VERSION, persist_result=True, result_serializer="pickle", log_prints=False)
async def examine_articles(
    sources: list[str], files: list[list[str]], options: dict[str, Any], desk: dict[str, str]
) -> list[ExaminedArticle]:
    """Read and judge articles for a desk that logs them; nothing is logged here.

    Args:
        sources: Addresses, or paths of files.
        files: Sizes and times of the files of each article.
        options: The paths of config.yaml and of the archive to replay, and whether the network is used.
        desk: What the desk that asks has: its version, its configuration, its folder, and its mark among the captures.
    """
    save_memory()
    how = setup(CheckOptions(**options))
    if _fingerprint(how) != desk["configuration"]:
        raise RunnerError(
            "this worker has another configuration than the desk: it needs the same config.yaml at the same path, and "
            "the same FACTDESK_ variables"
        )
    mark = Path(desk["mark"])
    how = replace(how, fetch=replace(how.fetch, captures=mark.parent))
    assignment = Assignment(setup=how, ledger=False, mark=mark, version=desk["version"])
    # In a thread, since each examination runs an event loop of its own.
    return await asyncio.to_thread(_examine_batch, sources, files, assignment, desk["folder"])


def _examine_batch(
    sources: list[str], files: list[list[str]], assignment: Assignment, folder: str
) -> list[ExaminedArticle]:
    """Examine articles one after the other; paths are relative to ``folder`` where that is there."""
    with chdir(folder) if assignment.shared and Path(folder).is_dir() else nullcontext():
        return [examine_assigned(source, assignment, marks) for source, marks in zip(sources, files, strict=True)]


class WorkPool:
    """The batches of a command or flow run; all articles are begun at once, and wait in the pool for a worker."""

    at_once = 1_000_000

    def __init__(self, deployment: UUID, assignment: Assignment, options: CheckOptions) -> None:
        self._deployment, self._job, self._options = deployment, assignment, asdict(options)
        self._desk = {
            "version": assignment.version,
            "configuration": _fingerprint(setup(options)),
            "folder": str(Path.cwd()),
            "mark": str(assignment.mark),
        }
        self._run_of: dict[str, FlowRun] = {}
        self._outcomes: dict[str, ExaminedArticle] = {}

    async def begin(self, sources: Sequence[str]) -> None:
        """Begin to examine articles, in batches. Raises RunnerError if the server does not take them."""
        for batch in batches(sources):
            parameters = {
                "sources": batch,
                "files": [file_marks(source, self._job.setup) for source in batch],
                "options": self._options,
                "desk": self._desk,
            }
            results = {"PREFECT_RESULTS_LOCAL_STORAGE_PATH": str(self._job.setup.captures / RESULTS)}
            try:
                run = await arun_deployment(
                    self._deployment, parameters=parameters, timeout=0, job_variables={"env": results}
                )
            except _REFUSED as error:
                raise RunnerError(f"runner: workers: the Prefect server does not take a batch ({error})") from error
            self._run_of.update(dict.fromkeys(batch, run))

    async def outcome(self, source: str) -> ExaminedArticle:
        """The outcome for an article that was begun. Raises RunnerError if the run of its batch failed."""
        if source not in self._outcomes:
            self._outcomes |= await _outcomes(self._run_of[source])
        del self._run_of[source]
        return self._outcomes.pop(source)

    def unfinished(self) -> list[FlowRun]:
        """The batches of which nothing was taken."""
        return list({run.id: run for source, run in self._run_of.items() if source not in self._outcomes}.values())


def batches(sources: Sequence[str]) -> list[list[str]]:
    """The articles in batches of about equal size: for each worker of four a batch, of 10 to 25 articles."""
    size = min(_LARGEST_BATCH, max(_SMALLEST_BATCH, -(-len(sources) // 4)))
    return [list(sources[start : start + size]) for start in range(0, len(sources), size)]


async def _outcomes(run: FlowRun) -> Mapping[str, ExaminedArticle]:
    """What a batch found, when its run has ended; its stored result is removed."""
    try:
        run = await _ended(run)
    except FAILED as error:
        lost = "the Prefect server no longer answers: start it, and run the command again"
        raise RunnerError(f"runner: workers: {lost}") from error
    assert run.state is not None  # noqa: S101  it has ended
    if not run.state.is_completed():
        why = run.state.message or "no reason is given"
        raise RunnerError(f"runner: workers: the run {run.name} of a batch ended as {run.state.name}: {why}")
    examined: list[ExaminedArticle] = await run.state.aresult()
    stored = getattr(run.state.data, "storage_key", None)
    if stored and Path(stored).parent.name == RESULTS:
        await asyncio.to_thread(Path(stored).unlink, missing_ok=True)
    return dict(zip(run.parameters["sources"], examined, strict=True))


async def _ended(run: FlowRun) -> FlowRun:
    """The run of a batch when it has ended."""
    warned = False
    async with get_client() as client:
        while run.state is None or not run.state.is_final():
            if not warned and _is_left(run):
                warned = True
                _LOG.warning("factdesk: no worker has taken a batch yet: prefect worker start --pool %s", pool_name())
            await asyncio.sleep(_LOOK_AGAIN)
            run = await client.read_flow_run(run.id)
    return run


def _is_left(run: FlowRun) -> bool:
    """Whether no worker has taken a run yet, long after it was due."""
    due = run.expected_start_time
    waits = run.state is not None and run.state.is_scheduled()
    return waits and due is not None and datetime.now(UTC) - due > _TAKEN_WITHIN


async def _cancel(runs: Iterable[FlowRun]) -> None:
    """Cancel the batches that nobody waits for any more, if the server still answers."""
    with suppress(*FAILED):
        await _cancel_all(runs)


async def _cancel_all(runs: Iterable[FlowRun]) -> None:
    async with get_client() as client:
        for run in runs:
            state = (await client.read_flow_run(run.id)).state
            if state is not None and not state.is_final():
                waiting = state.is_scheduled() or state.is_pending()
                await client.set_flow_run_state(run.id, Cancelled() if waiting else Cancelling())


@asynccontextmanager
async def work_pool(assignment: Assignment) -> AsyncIterator[Pool]:
    """The workers of the pool that PREFECT_DEFAULT_WORK_POOL_NAME names (default: factdesk).

    Raises RunnerError if no server answers, or it has no such pool.
    """
    pool = await require_pool()
    deployment = await examine_articles.ato_deployment(
        name=NAME,
        tags=["examine"],
        version=VERSION,
        work_pool_name=pool,
        entrypoint_type=EntrypointType.MODULE_PATH,
        description=inspect.getdoc(examine_articles.fn),
    )
    try:
        made = await deployment.aapply()
    except DeploymentApplyError as error:
        raise RunnerError(f"runner: workers: {' '.join(str(error).split())}") from error
    pool_of_batches = WorkPool(made, assignment, _desk_options(assignment.setup))
    try:
        yield pool_of_batches
    finally:
        await _cancel(pool_of_batches.unfinished())


def pool_name() -> str:
    """The name of the pool whose workers examine articles."""
    return os.environ.get(POOL) or DEFAULT_POOL


async def require_pool() -> str:
    """The name of the pool, which is on the server. Raises RunnerError if no server answers, or it has no such pool."""
    missing = RunnerError("runner: workers needs a Prefect server: start one, and set PREFECT_API_URL to its address")
    if not os.environ.get("PREFECT_API_URL"):
        raise missing
    pool = pool_name()
    try:
        async with get_client() as client:
            await client.read_work_pool(pool)
    except FAILED as error:
        raise missing from error
    except ObjectNotFound as error:
        raise RunnerError(
            f"runner: workers: there is no work pool {pool}: prefect work-pool create {pool} --type process"
        ) from error
    return pool


def _desk_options(how: Setup) -> CheckOptions:
    """The options with which a worker reads the same configuration as this desk."""
    config = find_config(Path(how.asked.config) if how.asked.config else None)
    return CheckOptions(
        config=str(config.resolve()) if config else None,
        ledger=str(how.ledger),
        offline=how.fetch.offline,
        replay=str(how.fetch.replay) if how.fetch.replay else None,
    )


def _fingerprint(how: Setup) -> str:
    """A hash of everything that verdicts depend on; places on a machine are left out."""
    settings = {name: value for name, value in how.settings.model_dump().items() if name not in ("ledger", "captures")}
    return content_id(repr(settings), repr(replace(how.fetch, captures=None, replay=None)), repr(how.policy), how.judge)
