"""Output of the commands that read articles: JSON Lines, unreadable articles, and progress."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from claims.privacy import hide_in
from flows.checks import conductor
from flows.errors import UNREADABLE
from flows.show import json_documents
from flows.show.text import json_line
from sources.errors import UnreadableError


def print_json(document: dict[str, Any]) -> None:
    """Print one document as a line and flush it."""
    sys.stdout.write(json_line(document) + "\n")
    sys.stdout.flush()


def unreadable(source: str, error: UnreadableError, *, json_: bool) -> int:
    """Report that an article could not be read, and return the exit code."""
    if json_:
        print_json(json_documents.failure_document(source, str(error)))
    if click.get_current_context().find_root().obj["debug"]:
        traceback.print_exception(error)
    click.echo(hide_in(f"factdesk: {error}"), err=True)
    return UNREADABLE


@contextmanager
def progress() -> Iterator[conductor.Watch]:
    """A progress bar on stderr with the stage and the current item; hidden if stderr is not a terminal."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[stage]:<8}"),
        BarColumn(),
        TextColumn("{task.fields[detail]}"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("check", stage="start", detail="", total=None)

        def watch(progress: conductor.Progress) -> None:
            bar.update(
                task,
                completed=progress.done,
                total=progress.total,
                stage=progress.stage.value,
                detail=progress.detail[:60],
            )

        yield watch
