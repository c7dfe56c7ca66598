"""Exceptions raised by this package.

SourcesError
├── UnreadableError   the article cannot be read (missing, empty, not text); carries the reason
├── Unavailable       a source cannot be read; carries the Reason. Public functions return it as a value
└── ArchiveError      a WARC file, or a record in it, cannot be read
    └── WriteError    captures cannot be written; ends the check, since what was read would not be kept
"""

import re

from claims.records import Reason

# Of a page without an article and without any sign why: it may be a placeholder of an outage.
NO_ARTICLE = "there is no article in this page"


def error_words(error: Exception) -> str:
    """What the system says of a failure, without its number and the name of the file, which the message has already."""
    words = (isinstance(error, OSError) and error.strerror) or str(error)
    return re.sub(r"\[Errno -?\d+\] ", "", str(words))


class SourcesError(Exception):
    """The base class of this package's exceptions; the message is one line that says what to do."""


class UnreadableError(SourcesError):
    """The article itself cannot be read."""


class Unavailable(SourcesError):  # noqa: N818  the states of a source are not errors of ours
    """A source cannot be read: ``reason`` is one of the unavailable reasons, the message explains it.

    ``unasked`` are the archives that could not be asked for a copy, each with its error.
    """

    def __init__(self, reason: Reason, detail: str = "", unasked: tuple[str, ...] = ()) -> None:
        super().__init__(detail or reason.value)
        self.reason = reason
        self.detail = detail
        self.unasked = unasked


class ArchiveError(SourcesError):
    """A WARC file, or a record in it, cannot be read."""


class WriteError(ArchiveError):
    """Captures cannot be written."""
