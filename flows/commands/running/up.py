"""`factdesk up`: runs the Prefect server, the schedules and the review desk together until stopped."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import click

from claims.ledger.ledger import Ledger
from flows.commands.options import on_ledger
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import UsageError
from flows.serving import server
from flows.serving.processes import Processes, Service

_FACTDESK = (sys.executable, "-c", "from flows.cli import main; main()")


@click.command()
@on_ledger
@click.option(
    "--server-port",
    default=server.PORT,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port of the Prefect server, if this command starts it.",
)
@click.option("--verbose", is_flag=True, help="Also print the log.")
def up(config: str | None, db: str | None, server_port: int, verbose: bool) -> None:
    """Run the Prefect server, the schedules and the review desk together until stopped.

    All three listen on this machine only. A server that answers at PREFECT_API_URL is used instead of a new one.
    Their output is written to a log beside the ledger.
    """
    how = setup(CheckOptions(config=config, ledger=db))
    if how.settings.review.address is None:
        raise UsageError("`factdesk up` needs a fixed port: set review.port in config.yaml")
    with Ledger.open(how.ledger):
        pass  # the desk opens a ledger that is there: a new one is made now
    log = service_log(how.ledger.with_name(how.ledger.name + ".log"), verbose=verbose)
    services = Processes(log.info)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _start_missing(how, server_port, services)
        services.keep()
    except KeyboardInterrupt:
        click.echo("stopping")
    finally:
        services.stop()
    click.echo("stopped")


def _start_missing(how: Setup, port: int, services: Processes) -> None:
    """Start what is not running yet, and print where each part is."""
    desk = how.settings.review
    if server.listens(desk.host, desk.port):
        raise UsageError(
            f"port {desk.port} is in use: stop what listens there, such as another `factdesk up` or `factdesk review`, "
            "or set review.port in config.yaml"
        )
    own = server.API not in os.environ
    api = os.environ.setdefault(server.API, server.api_url(port))
    started = not _server_answers(how, api, own=own)
    if started:
        _start_server(how, api, services)
    click.echo(f"Prefect UI   {api.removesuffix('/api')}")
    if started:
        click.echo(f"             password: {os.environ[server.AUTH]}")
    _start_schedules(how, services)
    command = (*_FACTDESK, "review", "--no-open", *_same_options(how))
    services.start(Service(name="desk", command=command, ready=lambda: server.listens(desk.host, desk.port)))
    click.echo(f"review desk  {desk.address}")
    click.echo(f"log          {how.ledger}.log")
    click.echo("Press Ctrl-C to stop.")


def _server_answers(how: Setup, api: str, *, own: bool) -> bool:
    """Whether a server is there already, and lets this command in; ``own`` where the address is this command's choice.

    The environment is complete before Prefect is imported, since Prefect reads it then.
    """
    address = urlsplit(api)
    if address.hostname in server.LOOPBACK and not server.listens(address.hostname, address.port or 80):
        return False
    server.use_kept_password(how.ledger)
    if not asyncio.run(server.server_answers()):
        if own:
            raise UsageError(f"another program listens on port {address.port}: choose a free one with --server-port")
        raise UsageError(f"no Prefect server answers at {api}: start it, or set {server.API} to another address")
    asyncio.run(server.require_access())
    return True


def _start_server(how: Setup, api: str, services: Processes) -> None:
    password = os.environ[server.AUTH] = server.kept_password(how.ledger)
    command = (sys.executable, "-m", "prefect", "server", "start")
    services.start(
        Service(
            name="server",
            command=command,
            ready=lambda: asyncio.run(server.server_answers()),
            environment=server.server_environment(api, password),
        )
    )


def _start_schedules(how: Setup, services: Processes) -> None:
    from flows.serve import all_ready, deployments  # noqa: PLC0415  imports Prefect, after its address is set

    made = list(deployments(how))
    names = [deployment.name for deployment in made]
    command = (*_FACTDESK, "serve", *_same_options(how))
    services.start(Service(name="schedules", command=command, ready=lambda: all_ready(names)))
    scheduled = [deployment.name for deployment in made if deployment.schedules]
    none = "none: add articles or feeds to config.yaml (`factdesk init` shows how)"
    click.echo(f"schedules    {', '.join(scheduled) or none}")


def _same_options(how: Setup) -> list[str]:
    """The options that name the same configuration and ledger."""
    options = {"--config": how.asked.config, "--db": how.asked.ledger}
    return [part for option, value in options.items() if value for part in (option, value)]


def service_log(path: Path, *, verbose: bool) -> logging.Logger:
    """The log of the services: a file of at most 5 MB and the two before it; printed too if ``verbose``."""
    path.touch(mode=0o600)
    log = logging.getLogger("factdesk.up")
    log.setLevel(logging.INFO)
    log.propagate = False
    handler = RotatingFileHandler(path, maxBytes=5_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log.handlers = [handler, *([logging.StreamHandler()] if verbose else [])]
    return log


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
