"""Checks that a client starts and asks for later, one after the other, each with its progress."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import uuid4

from claims.errors import ClaimsError
from claims.privacy import hidden, hide_in
from flows.api.articles import HandedArticle
from flows.checks.conductor import Progress, Watch
from flows.errors import FlowsError
from sources.errors import SourcesError

_LOG = logging.getLogger("factdesk.api")
MOST_WAITING = 100  # jobs that have not begun
MOST_KEPT = 1000  # jobs of which the result is kept; the oldest are dropped


class BusyError(FlowsError):
    """Too many checks wait."""


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A check with its progress; ``result`` is its answer, ``error`` why there is none.

    ``source`` is what messages call the article; its text is not kept.
    """

    id: str
    source: str
    state: JobState = JobState.WAITING
    progress: Progress | None = None
    result: str = ""
    error: str = ""

    @property
    def document(self) -> dict[str, object]:
        """The job for JSON, without its result."""
        progress = self.progress
        document: dict[str, object] = hidden({
            "id": self.id,
            "source": self.source,
            "state": self.state.value,
            "stage": progress.stage.value if progress else None,
            "detail": progress.detail if progress else None,
            "done": progress.done if progress else 0,
            "total": progress.total if progress else None,
            "error": self.error or None,
        })  # fmt: skip
        return document


class Jobs:
    """The jobs of a server; ``run`` makes the answer, and one thread runs them one after the other.

    The thread ends with the process: a check that is cut off is not logged, because a check is logged in one
    transaction at its end.
    """

    def __init__(self, run: Callable[[HandedArticle, Watch], str]) -> None:
        self._run = run
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._waiting: queue.Queue[tuple[str, HandedArticle]] = queue.Queue(MOST_WAITING)
        threading.Thread(target=self._work, daemon=True).start()

    def start(self, article: HandedArticle) -> Job:
        """A new job, which begins when those before it have ended. Raises BusyError if too many wait."""
        job = Job(id=uuid4().hex[:16], source=article.shown)
        with self._lock:
            self._jobs[job.id] = job
            try:
                self._waiting.put_nowait((job.id, article))
            except queue.Full as error:
                del self._jobs[job.id]
                raise BusyError(f"{MOST_WAITING} checks are waiting: try again later") from error
            self._drop_oldest()
        return job

    def get(self, name: str) -> Job | None:
        """The job with this id as it is now; None if there is none."""
        with self._lock:
            return self._jobs.get(name)

    def _drop_oldest(self) -> None:
        ended = [job.id for job in self._jobs.values() if job.state in (JobState.DONE, JobState.FAILED)]
        for name in ended[: max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[name]

    def _work(self) -> None:
        while True:
            self._run_job(*self._waiting.get())

    def _run_job(self, name: str, article: HandedArticle) -> None:
        self._change(name, state=JobState.RUNNING)
        try:
            result = self._run(article, lambda progress: self._change(name, progress=progress))
        except (ClaimsError, SourcesError, FlowsError) as error:
            self._change(name, state=JobState.FAILED, error=hide_in(str(error)))
        except Exception as error:  # noqa: BLE001  the thread must outlive a failed check, which the client is told of
            _LOG.exception("job %s failed", name)
            message = hide_in(f"unexpected {type(error).__name__}: {error}")
            self._change(name, state=JobState.FAILED, error=message)
        else:
            self._change(name, state=JobState.DONE, result=result)

    def _change(self, name: str, **fields: object) -> None:
        with self._lock:
            self._jobs[name] = replace(self._jobs[name], **fields)  # type: ignore[arg-type]  # fields of Job
