"""`factdesk serve`: runs the scheduled checks of config.yaml until stopped."""

from __future__ import annotations

import click

from flows.commands.options import on_ledger
from flows.config.setup import CheckOptions, setup
from flows.serving.server import use_kept_password

RUNS_AT_ONCE = 4


@click.command()
@click.option(
    "--limit",
    default=RUNS_AT_ONCE,
    show_default=True,
    type=click.IntRange(1),
    help="Maximum number of concurrent runs.",
)
@on_ledger
def serve(config: str | None, db: str | None, limit: int) -> None:
    """Run the scheduled checks of config.yaml on the Prefect server at PREFECT_API_URL until stopped."""
    how = setup(CheckOptions(config=config, ledger=db))
    use_kept_password(how.ledger)
    from flows.serve import serve_schedules  # noqa: PLC0415  Prefect costs 1.5 s: --help does not need it

    serve_schedules(how, limit)
