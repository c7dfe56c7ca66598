"""What the desk needs to check an article that a person names or uploads: how to start it, and its progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckProgress:
    """How far a check is; ``article`` is the id of the article once it is logged, ``error`` why it could not be.

    ``state`` is ``waiting``, ``running``, ``done`` or ``failed``; ``source`` is the address or the name of the file.
    """

    source: str
    state: str
    stage: str = ""
    detail: str = ""
    done: int = 0
    total: int | None = None
    article: str = ""
    error: str = ""

    @property
    def ended(self) -> bool:
        """Whether the check is over."""
        return self.state in ("done", "failed")

    @property
    def words(self) -> str:
        """The progress in words."""
        if self.ended or not self.stage:
            return _STATES[self.state]
        detail = f": {self.detail}" if self.detail else ""
        return f"{_STAGES.get(self.stage, self.stage)}{detail}"

    @property
    def document(self) -> Mapping[str, Any]:
        """The progress for the script of the page."""
        return {"words": self.words, "done": self.done, "total": self.total, "ended": self.ended}


_STATES = {
    "waiting": "Waiting for the checks before it",
    "running": "Starting",
    "done": "Done",
    "failed": "It could not be checked",
}
_STAGES = {
    "read": "Reading the article",
    "claims": "Finding the claims",
    "sources": "Reading the sources",
    "judge": "Judging the claims",
    "ledger": "Writing to the ledger",
}


class ArticleChecks(Protocol):
    """Checks articles one after the other, each in the background."""

    def start(self, article: str | tuple[str, bytes]) -> str:
        """Start to check an address or a file (its name and its bytes), and give the check's id.

        Raises OSError with the reason if it cannot be started.
        """
        ...

    def progress(self, check: str) -> CheckProgress | None:
        """How far a check is; None if there is none of this id."""
        ...
