"""The scheduled deployments: the articles and feeds of config.yaml with their cron expressions."""

from __future__ import annotations

import asyncio
import inspect
import os
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from prefect import serve
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName, DeploymentFilterTags
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, DeploymentStatus
from prefect.deployments.runner import DeploymentApplyError, RunnerDeployment
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError
from prefect.flows import Flow
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from claims.records import content_id
from flows import run_log
from flows.check_article import check_article
from flows.config.settings import Desk, Occasion, ScheduledFeed, Settings
from flows.config.setup import Setup
from flows.digest import make_digest
from flows.errors import UsageError
from flows.recheck_claims import recheck_claims
from flows.serving.automations import HEARTBEAT, VERSION, keep_automations
from flows.serving.listing import all_deployments
from flows.serving.mending import mend, mend_regularly
from flows.serving.notifications import keep_notifications
from flows.serving.run_marks import locks_folder
from flows.serving.server import require_access, server_answers
from flows.watch_feeds import watch_feeds

# Serving takes the oldest runs first, so it waits until those that were missed in an outage are gone.
_PATIENCE = timedelta(minutes=10)
CHECK, RECHECK = "check an article", "recheck"
ARTICLE = "article"  # the tag of the deployment of an article

# A run that is still going when the next one is due makes that one superfluous: no pile after an outage.
_ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def deployments(how: Setup) -> Iterator[RunnerDeployment]:
    """A deployment for each article and each time table of feeds of config.yaml, and two that are started by hand.

    Their names stay the same if feeds or articles are added, and differ from those of a desk with another name.
    """
    settings, config, desk = how.settings, how.asked.config, how.settings.desk
    at = {"config": str(Path(config).resolve()) if config else None}
    tags = ("factdesk", desk_tag(desk.name))
    yield _deployment(check_article, _of_desk(CHECK, desk.name), at, None, (*tags, "check"))
    schedule = Cron(settings.recheck.cron, desk.timezone) if settings.articles or settings.feeds else None
    yield _deployment(recheck_claims, _of_desk(RECHECK, desk.name), at, schedule, (*tags, "recheck"))
    for article in settings.articles:
        schedule = Cron(article.cron, article.timezone or desk.timezone)
        name = _with_id(article.url, desk.name)
        yield _deployment(check_article, name, {"source": article.url, **at}, schedule, (*tags, ARTICLE))
    if settings.tells_of(Occasion.DIGEST):
        schedule = Cron(settings.digest.cron, desk.timezone)
        yield _deployment(make_digest, _of_desk("digest", desk.name), at, schedule, (*tags, "digest"))
    for (cron, zone), feeds in _by_schedule(settings).items():
        parameters = {"feeds": [feed.url for feed in feeds], **at}
        name = _with_id(f"feeds at {cron} {zone}", desk.name, f"feeds {cron_words(cron)} {zone}")
        yield _deployment(watch_feeds, name, parameters, Cron(cron, zone), (*tags, "feed"))


def _by_schedule(settings: Settings) -> dict[tuple[str, str], list[ScheduledFeed]]:
    """The feeds by cron line and time zone: those that are due together are one run, in one process."""
    by_schedule: dict[tuple[str, str], list[ScheduledFeed]] = {}
    for feed in settings.feeds:
        by_schedule.setdefault((feed.cron, feed.timezone or settings.desk.timezone), []).append(feed)
    return by_schedule


def desk_tag(desk: str) -> str:
    """The tag of the deployments of a desk."""
    return f"desk:{desk}"


def _of_desk(name: str, desk: str) -> str:
    """A fixed name, with the desk's own name if it has one."""
    return name if desk == Desk().name else f"{name} ({_readable(desk)})"


def _with_id(name: str, desk: str, words: str = "") -> str:
    """A readable name (``words``, or else the name itself) with an id of the name, which no other name and desk has."""
    return f"{_readable(words or name)} {content_id(name if desk == Desk().name else f'{desk} {name}')[:6]}"


def cron_words(line: str) -> str:
    """A cron line in words, such as ``every 30 minutes``; as it is where it is not one of the usual kinds."""
    minute, hour, *days = line.split()
    if days != ["*", "*", "*"]:
        return f"at {line}"
    if hour == "*" and (minute == "*" or minute.removeprefix("*/").isdecimal()):
        if minute.isdecimal():
            return f"hourly at minute {int(minute)}"
        return "every minute" if minute == "*" else f"every {int(minute.removeprefix('*/'))} minutes"
    return f"daily at {int(hour)}.{int(minute):02}" if minute.isdecimal() and hour.isdecimal() else f"at {line}"


def _readable(name: str) -> str:
    """A name without the characters that Prefect refuses."""
    plain = (sign if sign.isalnum() or sign in "-. *" else "-" for sign in name.rsplit("://", maxsplit=1)[-1])
    return "".join(plain)[:60]


def _description(flow: Flow[..., Any]) -> str:
    """What a flow does, as Markdown: its docstring without the parameters, which the form has beside their fields."""
    words = (inspect.getdoc(flow.fn) or "").partition("\n\nArgs:")[0]
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in words.split("\n\n"))


def _deployment(
    flow: Flow[..., Any], name: str, parameters: dict[str, Any], schedule: Any, tags: Sequence[str]
) -> RunnerDeployment:
    deployment = flow.to_deployment(
        name=name,
        parameters=parameters,
        schedules=[schedule] if schedule else [],
        tags=list(tags),
        version=VERSION,
        description=_description(flow),
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
        asyncio.run(_require_pool(pool))
        for deployment in made:
            deployment.apply(work_pool_name=pool)
    except DeploymentApplyError as error:
        raise UsageError(f"--pool {pool}: {' '.join(str(error).split())}") from error
    except PrefectHTTPStatusError as error:
        answer = error.response.status_code
        raise UsageError(f"the Prefect server answered {answer}: run the command again, or see its log") from error
    asyncio.run(_delete_stale(how.settings.desk.name, {deployment.name for deployment in made}))
    asyncio.run(keep_automations())
    asyncio.run(keep_notifications(how))
    return [f"{deployment.flow_name}/{deployment.name}" for deployment in made]


async def _require_pool(pool: str) -> None:
    """Raises UsageError if there is no such work pool: the server fails if a deployment is moved to a missing one."""
    try:
        async with get_client() as client:
            await client.read_work_pool(pool)
    except ObjectNotFound as error:
        raise UsageError(
            f"--pool {pool}: there is no such work pool: prefect work-pool create {pool} --type process"
        ) from error


async def _delete_stale(desk: str, kept: Collection[str]) -> None:
    """Delete the deployments of articles and feeds that config.yaml of this desk no longer has."""
    wanted = DeploymentFilter(tags=DeploymentFilterTags(all_=["factdesk", desk_tag(desk)]))
    async with get_client() as client:
        for deployment in await all_deployments(client, wanted):
            if deployment.name not in kept:
                await client.delete_deployment(deployment.id)


def all_ready(names: Sequence[str]) -> bool:
    """Whether the deployments of these names are on the server and are being served."""

    async def ready() -> bool:
        wanted = DeploymentFilter(name=DeploymentFilterName(any_=list(names)))
        async with get_client() as client:
            known = await all_deployments(client, wanted)
        return len(known) == len(names) and all(deployment.status is DeploymentStatus.READY for deployment in known)

    return asyncio.run(ready())


def serve_schedules(how: Setup, limit: int, *, articles: bool = True) -> None:
    """Serve the deployments until stopped, with at most ``limit`` concurrent runs; those of ``articles`` if asked for.

    Dead runs are set to Crashed and started again, and superfluous late runs removed, first and then every minute.

    Raises:
        UsageError: no server is named or answers, or the schedules of the ledger are served by another process.
    """
    _require_server()
    every = list(deployments(how))
    made = [deployment for deployment in every if articles or ARTICLE not in deployment.tags]
    if how.asked.ledger:  # the runs are processes of their own
        os.environ["FACTDESK_LEDGER"] = str(how.ledger.resolve())
    os.environ.setdefault(run_log.VARIABLE, run_log.NAME)
    names, stop, locks = [deployment.name for deployment in made], threading.Event(), locks_folder(how.ledger)
    with _only_server(how):
        asyncio.run(_delete_stale(how.settings.desk.name, {deployment.name for deployment in every}))
        asyncio.run(keep_automations())
        asyncio.run(keep_notifications(how))
        asyncio.run(mend(names, locks, _PATIENCE))
        mending = mend_regularly(names, locks, stop)
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
    asyncio.run(require_access())


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
