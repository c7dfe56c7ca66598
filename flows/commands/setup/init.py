"""`factdesk init`: writes a commented config.yaml."""

from __future__ import annotations

from pathlib import Path

import click

from flows.config.template import write_config


@click.command()
@click.argument("file", default="config.yaml", type=click.Path(path_type=Path))
def init(file: Path) -> None:
    """Write a commented config.yaml with every key and its default."""
    write_config(file)
