"""The lines that a run prints for the process that started it, which it outlives: an end of that is not its own."""

from __future__ import annotations

import logging

# Prefect makes this handler while it is itself imported, so nothing else can be imported here.
from prefect.logging.handlers import PrefectConsoleHandler

VARIABLE = "PREFECT_LOGGING_HANDLERS_CONSOLE_CLASS"  # in the environment of a run, names the class of the handler


class RunLog(PrefectConsoleHandler):
    """Prefect's handler, which prints nothing any more once nobody reads it.

    Rich, with which it prints, would end the process then: a check whose `factdesk serve` was killed crashed with its
    next line, although the server and the ledger were there.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Print a line, if somebody reads it."""
        try:
            super().emit(record)
        except SystemExit:  # what rich raises where the other end of the pipe is closed; it prints no more lines then
            self.console.quiet = True


NAME = f"{RunLog.__module__}.{RunLog.__qualname__}"
