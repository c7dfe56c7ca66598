"""The scheduled deployments: the articles and feeds of config.yaml with their cron expressions."""

from __future__ import annotations

import asyncio
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
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from claims.records import content_id
from flows.check_article import check_article
from flows.config.settings import Occasion
from flows.config.setup import Setup
from flows.digest import make_digest
from flows.errors import UsageError
from flows.recheck_claims import recheck_claims
from flows.serving.automations import HEARTBEAT, keep_automations
from flows.serving.mending import mend, mend_regularly
from flows.serving.notifications import keep_notifications
from flows.serving.run_marks import locks_folder
from flows.serving.server import server_answers
from flows.watch_feeds import watch_feed

# A run that is still going when the next one is due makes that one superfluous: no pile after an outage.
_ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def deployments(how: Setup) -> Iterator[RunnerDeployment]:
    """A deployment for each article and feed of config.yaml, with names that do not change."""
    settings, config = how.settings, how.asked.config
    at = {"config": str(Path(config).resolve()) if config else None}
    for article in settings.articles:
        zone = article.timezone or settings.desk.timezone
        yield _deployment(
            check_article, article.url, {"source": article.url, **at}, Cron(article.cron, zone), "article"
        )
    if settings.articles or settings.feeds:
        schedule = Cron(settings.recheck.cron, settings.desk.timezone)
        yield _deployment(recheck_claims, "what is due", at, schedule, "recheck")
    if settings.tells_of(Occasion.DIGEST):
        schedule = Cron(settings.digest.cron, settings.desk.timezone)
        yield _deployment(make_digest, "the digest", at, schedule, "digest")
    for feed in settings.feeds:
        zone = feed.timezone or settings.desk.timezone
        parameters = {"feed": feed.url, "limit": feed.limit, **at}
        yield _deployment(watch_feed, feed.name or feed.url, parameters, Cron(feed.cron, zone), "feed")


def _deployment(
    flow: Flow[..., Any], name: str, parameters: dict[str, Any], schedule: Any, tag: str
) -> RunnerDeployment:
    # Prefect refuses some characters of an address in a name; the id keeps two alike addresses apart.
    readable = "".join(sign if sign.isalnum() or sign in "-. " else "-" for sign in name.rsplit("://", maxsplit=1)[-1])[
        :60
    ]
    deployment = flow.to_deployment(
        name=f"{readable} {content_id(name)[:6]}",
        parameters=parameters,
        schedules=[schedule],
        tags=["factdesk", tag],
        concurrency_limit=_ONE_AT_A_TIME,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert isinstance(deployment, RunnerDeployment)  # noqa: S101  outside an event loop Prefect returns it, not a coroutine
    return deployment


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
        UsageError: no server is named or answers, nothing is scheduled, or the schedules of the ledger are served
            by another process.
    """
    if not os.environ.get("PREFECT_API_URL"):
        raise UsageError(
            "schedules need a Prefect server: run `factdesk up`, or start one (`prefect server start`) and set "
            "PREFECT_API_URL=http://127.0.0.1:4200/api"
        )
    made = list(deployments(how))
    if not made:
        raise UsageError("nothing is scheduled: add articles or feeds to config.yaml (`factdesk init` shows how)")
    if not asyncio.run(server_answers()):
        raise UsageError(
            f"no Prefect server answers at {os.environ['PREFECT_API_URL']}: run `factdesk up`, or start one"
        )
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
