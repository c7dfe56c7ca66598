"""`factdesk demo`: checks the sample article that comes with Factdesk, without the network."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from flows.commands.checking.check import CheckOutput, check_all
from flows.commands.options import configured
from flows.config.setup import CheckOptions, setup
from flows.errors import UsageError


@click.command()
@configured
@click.option("--db", type=click.Path(), default="factdesk-demo.db", show_default=True, help="Ledger file.")
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    default="factdesk-demo.html",
    show_default=True,
    help="Write a self-contained HTML report to this file.",
)
def demo(config: str | None, db: str, report: Path) -> None:
    """Check the sample article against the sample sources; nothing is fetched."""
    folder = sample_folder()
    options = CheckOptions(config=config, ledger=db, replay=str(folder / "sources.warc.gz"))
    sys.exit(check_all([str(folder / "article.html")], setup(options), CheckOutput(report=report)))


def sample_folder() -> Path:
    """The folder of the sample: in the installed package, or in the source tree. Raises UsageError."""
    package = Path(__file__).parents[2]
    for folder in (package / "sample", package.parent / "examples" / "inauguration"):
        if (folder / "article.html").exists():
            return folder
    raise UsageError("the sample article is not installed: install Factdesk again")
