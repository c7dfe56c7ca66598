"""The scheduled deployments: the articles and feeds of config.yaml with their cron expressions."""

from __future__ import annotations

import asyncio
import inspect
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from prefect import serve
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, DeploymentStatus
from prefect.deployments.runner import DeploymentApplyError, RunnerDeployment
from prefect.exceptions import PrefectHTTPStatusError
from prefect.flows import Flow
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from claims.records import content_id
from flows.check_article import check_article
from flows.config.settings import Occasion, ScheduledFeed, Settings
from flows.config.setup import Setup
from flows.digest import make_digest
from flows.errors import UsageError
from flows.recheck_claims import recheck_claims
from flows.serving.automations import HEARTBEAT, VERSION, keep_automations
from flows.serving.mending import mend, mend_regularly
from flows.serving.notifications import keep_notifications
from flows.serving.run_marks import locks_folder
from flows.serving.server import server_answers
from flows.watch_feeds import watch_feeds

CHECK, RECHECK = "check an article", "recheck"

# A run that is still going when the next one is due makes that one superfluous: no pile after an outage.
_ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def deployments(how: Setup) -> Iterator[RunnerDeployment]:
    """A deployment for each article and each time table of feeds of config.yaml, and two that are started by hand.

    Their names do not change.
    """
    settings, config = how.settings, how.asked.config
    at = {"config": str(Path(config).resolve()) if config else None}
    yield _deployment(check_article, CHECK, at, None, "check")
    schedule = Cron(settings.recheck.cron, settings.desk.timezone) if settings.articles or settings.feeds else None
    yield _deployment(recheck_claims, RECHECK, at, schedule, "recheck")
    for article in settings.articles:
        zone = article.timezone or settings.desk.timezone
        schedule = Cron(article.cron, zone)
        name = _readable_name(article.url)
        yield _deployment(check_article, name, {"source": article.url, **at}, schedule, "article")
    if settings.tells_of(Occasion.DIGEST):
        yield _deployment(make_digest, "digest", at, Cron(settings.digest.cron, settings.desk.timezone), "digest")
    for (cron, zone), feeds in _by_schedule(settings).items():
        first = feeds[0].name or feeds[0].url
        name = _readable_name(first if len(feeds) == 1 else f"{len(feeds)} feeds at {cron} {zone}")
        parameters = {"feeds": [feed.url for feed in feeds], **at}
        yield _deployment(watch_feeds, name, parameters, Cron(cron, zone), "feed")


def _by_schedule(settings: Settings) -> dict[tuple[str, str], list[ScheduledFeed]]:
    """The feeds by cron line and time zone: those that are due together are one run, in one process."""
    by_schedule: dict[tuple[str, str], list[ScheduledFeed]] = {}
    for feed in settings.feeds:
        by_schedule.setdefault((feed.cron, feed.timezone or settings.desk.timezone), []).append(feed)
    return by_schedule


def _readable_name(name: str) -> str:
    """A name without the characters that Prefect refuses; the id keeps two alike addresses apart."""
    plain = "".join(sign if sign.isalnum() or sign in "-. " else "-" for sign in name.rsplit("://", maxsplit=1)[-1])
    return f"{plain[:60]} {content_id(name)[:6]}"


def _deployment(
    flow: Flow[..., Any], name: str, parameters: dict[str, Any], schedule: Any, tag: str
) -> RunnerDeployment:
    deployment = flow.to_deployment(
        name=name,
        parameters=parameters,
        schedules=[schedule] if schedule else [],
        tags=["factdesk", tag],
        version=VERSION,
        description=inspect.getdoc(flow.fn),
        # What a person starts by hand is never refused.
        concurrency_limit=_ONE_AT_A_TIME if schedule else None,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert isinstance(deployment, RunnerDeployment)  # noqa: S101  outside an event loop Prefect returns it, not a coroutine
    return deployment


def deploy_to(how: Setup, pool: str) -> list[str]:
    """Make the deployments for the workers of a work pool instead of serving them; their names.

    Raises UsageError if there is no such pool, or no server answers.
    """
    _require_server()
    made = list(deployments(how))
    try:
        for deployment in made:
            deployment.apply(work_pool_name=pool)
    except DeploymentApplyError as error:
        raise UsageError(f"--pool {pool}: {' '.join(str(error).split())}") from error
    except PrefectHTTPStatusError as error:
        answer = error.response.status_code
        raise UsageError(f"the Prefect server answered {answer}: run the command again, or see its log") from error
    asyncio.run(keep_automations())
    asyncio.run(keep_notifications(how))
    return [f"{deployment.flow_name}/{deployment.name}" for deployment in made]


def all_ready(names: Sequence[str]) -> bool:
    """Whether the deployments of these names are on the server and are being served."""

    async def ready() -> bool:
        wanted = DeploymentFilter(name=DeploymentFilterName(any_=list(names)))
        async with get_client() as client:
            known = await client.read_deployments(deployment_filter=wanted)
        return len(known) == len(names) and all(deployment.status is DeploymentStatus.READY for deployment in known)

    return asyncio.run(ready())


def serve_schedules(how: Setup, limit: int) -> None:
    """Serve the deployments until stopped, with at most ``limit`` concurrent runs.

    Dead runs are set to Crashed and superfluous late runs removed, first and then every few minutes.

    Raises:
        UsageError: no server is named or answers, or the schedules of the ledger are served by another process.
    """
    _require_server()
    made = list(deployments(how))
    if how.asked.ledger:  # the runs are processes of their own
        os.environ["FACTDESK_LEDGER"] = str(how.ledger.resolve())
    names, stop = [deployment.name for deployment in made], threading.Event()
    with _only_server(how):
        asyncio.run(keep_automations())
        asyncio.run(keep_notifications(how))
        asyncio.run(mend(names))
        mending = mend_regularly(names, stop)
        try:
            serve(*made, limit=limit, pause_on_shutdown=False, heartbeat_seconds=HEARTBEAT)
        finally:
            stop.set()
            mending.join(timeout=5)


def _require_server() -> None:
    """Raises UsageError if no server is named or the one that is named does not answer."""
    if not os.environ.get("PREFECT_API_URL"):
        raise UsageError(
            "schedules need a Prefect server: run `factdesk up`, or start one (`prefect server start`) and set "
            "PREFECT_API_URL=http://127.0.0.1:4200/api"
        )
    if not asyncio.run(server_answers()):
        raise UsageError(
            f"no Prefect server answers at {os.environ['PREFECT_API_URL']}: run `factdesk up`, or start one"
        )


@contextmanager
def _only_server(how: Setup) -> Iterator[None]:
    """Hold the lock of the process that serves a ledger's schedules. Raises UsageError if another process does."""
    folder = locks_folder(how.ledger)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(folder / "schedules.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise UsageError(f"the schedules of {how.ledger} are served by another process: stop it first") from None
    try:
        yield
    finally:
        lock.release()
