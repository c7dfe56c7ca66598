"""Contains failures of a source: any error while it is read becomes the reason why it is unavailable.

Expected failures raise ``Unavailable``. Any other error (in our code or in a library, on a page that nobody
anticipated) is caught here, where one source, one hop or one capture is read.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from claims.privacy import hide_in
from claims.records import Reason
from sources.errors import ArchiveError, Unavailable, UnreadableError, WriteError

_LOG = logging.getLogger(__name__)
_LONGEST = 200  # characters of a foreign error's text that are shown
_REASONS: tuple[tuple[type[Exception], Reason], ...] = (
    (ArchiveError, Reason.UNREACHABLE),
    (TimeoutError, Reason.TIMEOUT),
    (MemoryError, Reason.TOO_LARGE),
    (OSError, Reason.UNREACHABLE),
    (Exception, Reason.UNSUPPORTED_TYPE),
)


@contextmanager
def contained(what: str) -> Iterator[None]:
    """Turn any exception of the block into Unavailable; ``what`` names the source in the log.

    The detail contains the exception's name, and a warning is logged, with the traceback if the logger is set to DEBUG.
    Not translated are Unavailable, UnreadableError, WriteError (captures could not be stored), cancellation and
    KeyboardInterrupt.
    """
    try:
        yield
    except (Unavailable, UnreadableError, WriteError):
        raise
    except Exception as error:
        _LOG.warning("%s: %s", hide_in(what), _error_words(error), exc_info=_LOG.isEnabledFor(logging.DEBUG))
        reason = next(reason for kind, reason in _REASONS if isinstance(error, kind))
        raise Unavailable(reason, _error_words(error)) from error


def _error_words(error: Exception) -> str:
    """What went wrong, in one line of plain characters, without secrets."""
    text = " ".join("".join(c if c.isprintable() else " " for c in hide_in(str(error))).split())[:_LONGEST]
    if isinstance(error, ArchiveError):
        return text
    return f"it could not be read ({type(error).__name__}{': ' if text else ''}{text})"
