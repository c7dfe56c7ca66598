"""`factdesk deploy`: makes the deployments for the workers of a Prefect work pool."""

from __future__ import annotations

import click

from flows.commands.options import configured
from flows.config.setup import CheckOptions, setup
from flows.serving.server import use_kept_password


@click.command()
@click.option("--pool", required=True, metavar="NAME", help="The work pool whose workers run the checks.")
@configured
def deploy(config: str | None, pool: str) -> None:
    """Make the schedules of config.yaml for the workers of a Prefect work pool, instead of `factdesk serve`.

    The workers need Factdesk, config.yaml and the ledger at the same paths.
    """
    how = setup(CheckOptions(config=config))
    use_kept_password(how.ledger)
    from flows.serve import deploy_to  # noqa: PLC0415  Prefect costs 1.5 s: --help does not need it

    for name in deploy_to(how, pool):
        click.echo(name)
    click.echo(f"Start a worker: prefect worker start --pool {pool}", err=True)
