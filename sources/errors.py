"""What can break in this folder.

SourcesError
├── UnreadableError   the article itself cannot be read (missing, empty, not text); carries the reason
├── Unavailable       a source cannot be read; carries the Reason. Public functions return it as a value
└── ArchiveError      a WARC file cannot be read or written
"""

from claims.records import Reason


class SourcesError(Exception):
    """The root of this folder's errors; its text is one clear line that says what to do."""


class UnreadableError(SourcesError):
    """The article itself cannot be read."""


class Unavailable(SourcesError):  # noqa: N818  the states of a source are not errors of ours
    """A source cannot be read: ``reason`` is one of the unavailable reasons, the text says it in words."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(detail or reason.value)
        self.reason = reason
        self.detail = detail


class ArchiveError(SourcesError):
    """A WARC file cannot be read or written."""
