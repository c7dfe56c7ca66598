"""What the commands share: their common options, and the settings and ledger that these name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flows.config.settings import Settings

Command = Callable[..., Any]


def configured(command: Command) -> Command:
    """The option --config."""
    return click.option("--config", type=click.Path(), help="Use this config.yaml.")(command)


def on_ledger(command: Command) -> Command:
    """The options --db and --config."""
    option = click.option("--db", type=click.Path(), help="Use this ledger instead of the configured one.")
    return configured(option(command))


def as_json(command: Command) -> Command:
    """The option --json."""
    return click.option("--json", "json_", is_flag=True, help="Print JSON Lines, and nothing else, on stdout.")(command)


def settings_from(config: str | None) -> Settings:
    """The settings of this command. Raises ConfigError."""
    from flows.config.load import load_settings  # noqa: PLC0415  a quarter of a second that --help does not need

    return load_settings(Path(config) if config else None)


def ledger_at(db: str | None, config: str | None) -> Path:
    """The ledger that a command works on: --db, or the configured one."""
    return Path(db) if db else settings_from(config).ledger
