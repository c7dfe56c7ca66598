"""`factdesk api`: answers programs on this machine over HTTP."""

from __future__ import annotations

import os

import click

from claims.privacy import kept_secret
from flows.commands.options import on_ledger, replayed
from flows.config.setup import CheckOptions, setup


@click.command()
@on_ledger
@click.option(
    "--port", default=8002, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 means any free port."
)
@click.option("--offline", is_flag=True, help="Do not fetch anything; all sources are unavailable.")
@replayed
def api(config: str | None, db: str | None, port: int, *, offline: bool, replay: str | None) -> None:
    """Answer programs on this machine over HTTP until stopped: check, claims, verify, search, show and decide.

    Every request needs the token, which is $FACTDESK_API_TOKEN or else kept in a file beside the ledger.
    """
    import uvicorn  # noqa: PLC0415  the server costs half a second: --help does not need it

    from flows.api.answers import ApiAnswers  # noqa: PLC0415  same
    from flows.api.guard import TOKEN_VARIABLE, token_file  # noqa: PLC0415  same
    from flows.api.http import http_api  # noqa: PLC0415  same
    from review.desk import listening  # noqa: PLC0415  same

    how = setup(CheckOptions(config=config, ledger=db, offline=offline, replay=replay))
    given = os.environ.get(TOKEN_VARIABLE, "").strip()
    token = given or kept_secret(token_file(how.ledger))
    place = f"${TOKEN_VARIABLE}" if given else token_file(how.ledger)
    with listening("the API", "127.0.0.1", port) as bound:
        address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        click.echo(f"API      {address}\ntoken    {place}\nOpenAPI  {address}/openapi.json\nPress Ctrl-C to stop.")
        uvicorn.Server(uvicorn.Config(http_api(ApiAnswers(how), token), log_level="warning")).run(sockets=[bound])
