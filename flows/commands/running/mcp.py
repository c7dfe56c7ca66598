"""`factdesk mcp`: answers a writing assistant over the Model Context Protocol."""

from __future__ import annotations

import click

from flows.commands.options import on_ledger, replayed
from flows.config.setup import CheckOptions, setup
from flows.errors import UsageError


@click.command()
@on_ledger
@click.option("--offline", is_flag=True, help="Do not fetch anything; all sources are unavailable.")
@replayed
def mcp(config: str | None, db: str | None, *, offline: bool, replay: str | None) -> None:
    """Answer a writing assistant over the Model Context Protocol, on standard input and output.

    The assistant starts this command itself. It can verify, list claims, check and search, but not decide.
    """
    how = setup(CheckOptions(config=config, ledger=db, offline=offline, replay=replay))
    try:
        from flows.api.tools import mcp_server  # noqa: PLC0415  of an extra that need not be installed
    except ModuleNotFoundError as error:
        if error.name not in ("mcp", "mcp_types"):
            raise
        raise UsageError("`factdesk mcp` needs the package mcp: pip install 'factdesk[mcp]'") from error
    from flows.api.answers import ApiAnswers  # noqa: PLC0415  the pipeline costs a second: --help does not need it

    mcp_server(ApiAnswers(how)).run("stdio")
