"""Checks articles for the review desk, one after the other, with the same flow as `factdesk check`."""

from __future__ import annotations

import threading
from collections.abc import Awaitable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from flows.api.articles import HandedArticle, file_place
from flows.api.jobs import BusyError, Jobs
from flows.checks import pipeline, steps
from flows.checks.conductor import Conductor, Progress, Watch
from flows.commands.checking.handed_in import SUFFIX
from flows.config.setup import Setup
from flows.serving.telling import tell_of_check
from review.handed.checks import CheckProgress


class HandedFile(HandedArticle):
    """A file that a person uploaded: its bytes, and as ``name`` what it was called."""

    body: bytes = b""


class DeskChecks:
    """The checks of a desk; ``models`` is held while models run, so that nothing else uses them at the same time."""

    def __init__(self, how: Setup, models: threading.Lock) -> None:
        self._how = how
        self._models = models
        self._jobs = Jobs(self._check)

    def start(self, article: str | tuple[str, bytes]) -> str:
        """Start to check an address or a file (its name and its bytes), and give the check's id.

        Raises OSError with the reason if too many wait.
        """
        handed = (
            HandedArticle(address=article) if isinstance(article, str) else HandedFile(name=article[0], body=article[1])
        )
        try:
            return self._jobs.start(handed).id
        except BusyError as error:
            raise OSError(str(error)) from error

    def progress(self, check: str) -> CheckProgress | None:
        """How far a check is; None if there is none of this id."""
        job = self._jobs.get(check)
        if job is None:
            return None
        document = job.document
        return CheckProgress(
            source=str(document["source"]),
            state=job.state.value,
            stage=job.progress.stage.value if job.progress else "",
            detail=job.progress.detail if job.progress else "",
            done=job.progress.done if job.progress else 0,
            total=job.progress.total if job.progress else None,
            article=job.result,
            error=job.error,
        )

    def _check(self, article: HandedArticle, watch: Watch) -> str:
        """Check an article and log every verdict; the article's id."""
        with self._models, _checked_place(article) as place:

            def named(progress: Progress) -> Awaitable[None] | None:
                return watch(replace(progress, detail=progress.detail.replace(place, article.shown)))

            done = steps.event_loop().run(pipeline.check(place, self._how, Conductor(named)))
            steps.event_loop().run(tell_of_check(done, self._how))
        return done.article.id


def _checked_place(article: HandedArticle) -> AbstractContextManager[str]:
    """The address, or a temporary file with the uploaded bytes; one whose type its name does not tell is a web page."""
    if not isinstance(article, HandedFile):
        return nullcontext(article.address)
    known = SUFFIX.fullmatch(Path(article.name).suffix.lower())
    return file_place(article.name if known else f"{article.name}.html", article.body)
