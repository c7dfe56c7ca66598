"""The commented config.yaml that ``factdesk init`` writes."""

from __future__ import annotations

from pathlib import Path

import click

from flows.errors import UsageError


def config_template() -> str:
    """The commented config.yaml that ships with Factdesk."""
    package = Path(__file__).parents[1]
    shipped = package / "config.yaml"
    return (shipped if shipped.exists() else package.parent / "config.yaml").read_text(encoding="utf-8")


def write_config(file: Path) -> None:
    """Write a commented config.yaml unless the file exists. Raises UsageError."""
    if file.exists():
        raise UsageError(f"{file} already exists; name another file: factdesk init OTHER.yaml")
    try:
        file.write_text(config_template(), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {file}: every key with its default.")
