"""Jobs: one after the other, in order, each with its progress and what came of it."""

from __future__ import annotations

import threading

import pytest

from flows.api.articles import HandedArticle
from flows.api.jobs import MOST_WAITING, BusyError, Job, Jobs, JobState
from flows.checks.conductor import Progress, Stage, Watch
from sources.errors import UnreadableError

FIRST, SECOND = HandedArticle(text="one", name="one.txt"), HandedArticle(address="https://a.example/two")


class Steps:
    """A check that stops before its end until it is let on, and fails as its article says."""

    def __init__(self) -> None:
        self.begun, self.goes_on = threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self, article: HandedArticle, watch: Watch) -> str:
        watch(Progress(stage=Stage.READ, detail=article.shown, done=1, total=4))
        self.begun.release()
        assert self.goes_on.acquire(timeout=30)
        if article.text == "unreadable":
            raise UnreadableError("article: is empty; https://user:pass@a.example/")
        if article.text == "broken":
            raise ZeroDivisionError("a fault")
        return f"{article.shown}\n"


def state(jobs: Jobs, job: Job) -> Job:
    known = jobs.get(job.id)
    assert known is not None
    return known


def test_jobs_run_one_after_the_other() -> None:
    steps = Steps()
    jobs = Jobs(steps)
    first, second = jobs.start(FIRST), jobs.start(SECOND)
    assert steps.begun.acquire(timeout=30)
    assert (state(jobs, first).state, state(jobs, second).state) == (JobState.RUNNING, JobState.WAITING)
    assert state(jobs, first).document == {
        "id": first.id, "source": "one.txt", "state": "running", "stage": "read", "detail": "one.txt",
        "done": 1, "total": 4, "error": None,
    }  # fmt: skip
    assert not hasattr(first, "article"), "the text of an article is not kept"
    steps.goes_on.release()
    assert steps.begun.acquire(timeout=30)
    assert (state(jobs, first).state, state(jobs, first).result) == (JobState.DONE, "one.txt\n")
    assert state(jobs, second).state is JobState.RUNNING
    steps.goes_on.release()


@pytest.mark.parametrize(
    ("text", "error"),
    [("unreadable", "article: is empty; https://a.example/"), ("broken", "unexpected ZeroDivisionError: a fault")],
)
def test_a_failed_job_says_why_and_the_next_one_runs(text: str, error: str, caplog: pytest.LogCaptureFixture) -> None:
    steps = Steps()
    jobs = Jobs(steps)
    failing, _ = jobs.start(HandedArticle(text=text)), jobs.start(FIRST)
    steps.goes_on.release()
    assert steps.begun.acquire(timeout=30)
    assert steps.begun.acquire(timeout=30)
    assert (state(jobs, failing).state, state(jobs, failing).error) == (JobState.FAILED, error)
    logged = [record for record in caplog.records if record.name == "factdesk.api"]
    assert [bool(record.exc_info) for record in logged] == ([True] if text == "broken" else [])
    steps.goes_on.release()


def test_a_job_is_shown_without_secrets() -> None:
    steps = Steps()
    jobs = Jobs(steps)
    job = jobs.start(HandedArticle(address="https://ann:s3cret@a.example/two?token=s3cret"))
    assert steps.begun.acquire(timeout=30)
    shown = state(jobs, job).document
    assert (shown["source"], shown["detail"]) == ("https://a.example/two?token=-",) * 2
    steps.goes_on.release()


def test_too_many_jobs_are_refused_and_none_is_kept_of_them() -> None:
    steps = Steps()
    jobs = Jobs(steps)
    running = jobs.start(FIRST)
    assert steps.begun.acquire(timeout=30)
    for _ in range(MOST_WAITING):
        jobs.start(SECOND)
    with pytest.raises(BusyError, match="100 checks are waiting"):
        jobs.start(SECOND)
    assert jobs.get("unknown") is None
    assert state(jobs, running).state is JobState.RUNNING
    for _ in range(MOST_WAITING + 1):
        steps.goes_on.release()
