"""`factdesk review`: opens the review desk in the browser."""

from __future__ import annotations

import click

from flows.commands.options import on_ledger
from flows.config.setup import CheckOptions, setup


@click.command()
@on_ledger
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port. Default: review.port of config.yaml; 0: any free port."
)
@click.option("--open/--no-open", "open_", default=True, help="Open the browser automatically.")
def review(config: str | None, db: str | None, port: int | None, open_: bool) -> None:
    """Open the review desk in the browser, starting with the claims that need review."""
    from review.desk import serve as serve_desk  # noqa: PLC0415  Datasette costs a second: --help does not need it

    how = setup(CheckOptions(config=config, ledger=db))
    desk = how.settings.review
    serve_desk(
        how.ledger,
        desk.host,
        desk.port if port is None else port,
        open_browser=open_,
        sign_off=desk.sign_off,
        outlets={outlet.id: outlet.name for outlet in how.outlets},
    )
