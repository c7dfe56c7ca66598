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

from claims.display.text import json_line
from claims.privacy import hide_in
from flows.checks import conductor
from flows.errors import UNREADABLE
from flows.show import json_documents
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


def end_at_once() -> None:
    """Have the process end without waiting for other threads: Prefect's still try to reach a server that is gone."""
    click.get_current_context().find_root().obj["at_once"] = True


class ProgressDisplay:
    """One progress bar on stderr for all articles of a command; hidden if stderr is not a terminal."""

    def __init__(self, articles: int = 1) -> None:
        self._console = Console(stderr=True)
        self._articles, self._begun = articles, 0
        columns = (
            SpinnerColumn(),
            TextColumn("{task.fields[count]}"),
            TextColumn("{task.fields[stage]:<8}"),
            BarColumn(),
            TextColumn("{task.fields[detail]}"),
        )
        self._bar = Progress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)
        self._task = self._bar.add_task("check", count="", stage="start", detail="", total=None)

    def watch(self, progress: conductor.Progress) -> None:
        """Show the stage and the current item."""
        detail, stage = progress.detail[:60], progress.stage.value
        self._bar.update(self._task, completed=progress.done, total=progress.total, stage=stage, detail=detail)

    @contextmanager
    def article(self) -> Iterator[conductor.Watch]:
        """Show the progress of the next article until the block ends; what is printed afterwards stands alone."""
        self._begun += 1
        count = f"{self._begun}/{self._articles}" if self._articles > 1 else ""
        self._bar.update(self._task, completed=0, total=None, count=count, stage="start", detail="")
        if self._console.is_terminal:
            self._bar.start()
        try:
            yield self.watch
        finally:
            if self._console.is_terminal:
                self._bar.stop()
