"""Options shared by several commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem

from claims.records import Label

Command = Callable[..., Any]
LABEL = click.Choice([label.value for label in Label])


def configured(command: Command) -> Command:
    """The option --config."""
    return click.option("--config", type=click.Path(), help="Configuration file. Default: config.yaml.")(command)


def on_ledger(command: Command) -> Command:
    """The options --db and --config."""
    option = click.option("--db", type=click.Path(), help="Ledger file. Default: ledger of config.yaml.")
    return configured(option(command))


def json_option(command: Command) -> Command:
    """The option --json."""
    return click.option("--json", "json_", is_flag=True, help="Print only JSON Lines on stdout.")(command)


def replayed(command: Command) -> Command:
    """The option --replay."""
    option = click.option(
        "--replay", type=click.Path(), help="Read pages from this WARC archive instead of the network."
    )
    return option(command)


def limited(command: Command) -> Command:
    """The option --limit of commands that list claims."""
    option = click.option(
        "--limit", default=50, show_default=True, type=click.IntRange(1), help="Maximum number of claims."
    )
    return option(command)


def complete_files(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete an argument with file names in the shell."""
    return [CompletionItem(incomplete, type="file")]


def article_argument(command: Command) -> Command:
    """The argument SOURCE..., addresses and files of articles, and the option --from with a list of more."""
    option = click.option(
        "--from",
        "list_",
        type=click.Path(),
        help="Also read SOURCEs from a list: a text file with one per line, or a .csv.",
    )
    named = click.argument("sources", nargs=-1, metavar="SOURCE...", shell_complete=complete_files)
    return named(option(command))
