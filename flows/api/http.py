"""The HTTP API: its addresses, what each takes, and its errors."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from claims.clock import now
from claims.errors import ClaimsError, MovedOnError, NotLoggedError
from claims.privacy import hide_in
from claims.records import Correction, Decision, Label, Review
from flows.api.answers import ApiAnswers
from flows.api.articles import HandedArticle, well_formed
from flows.api.guard import TokenGuard, refused
from flows.api.jobs import BusyError, Job, Jobs, JobState
from flows.errors import FlowsError
from sources.errors import SourcesError, UnreadableError

JSON, JSON_LINES = "application/json", "application/jsonl"
_STATUS = ((MovedOnError, 409), (NotLoggedError, 404), (UnreadableError, 422), (BusyError, 503))
# A row a line: the body is not one JSON document, so FastAPI cannot describe it by itself.
_ROW = {
    "type": "object",
    "required": ["claim", "evidence"],
    "properties": {
        "id": {"description": "Returned with the answer. Default: the number of the row."},
        "claim": {"type": "string"},
        "evidence": {"type": "array", "items": {"type": "string"}},
    },
}
_ROWS = {"requestBody": {"required": True, "content": {JSON_LINES: {"schema": _ROW}}}}
_ABOUT = "The answers are the lines of JSON that the commands of the same name print with --json (docs/commands.md)."


class HandedDecision(BaseModel):
    """A person's decision on a claim, as `factdesk decide` records it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    decision: Decision
    reviewer: Annotated[str, Field(min_length=1, description="The name of the person who decided.")]
    label: Annotated[Label | None, Field(description="The label that replaces the verdict's, to overrule it.")] = None
    note: Annotated[str, Field(description="The reason; required for overrule and void.")] = ""
    correction: Correction | None = None
    verdict: Annotated[str, Field(description="The id of the verdict that the person was shown.")]
    after: Annotated[int | None, Field(ge=0, description="The number of the last decision that was shown.")] = None


class Routes:
    """The functions behind the addresses."""

    def __init__(self, answers: ApiAnswers) -> None:
        self._answers = answers
        self._jobs = Jobs(answers.check)

    def claims(self, article: HandedArticle) -> Response:
        """List the claims of an article without fetching its sources or logging anything."""
        return Response(self._answers.claims(article), media_type=JSON)

    async def verify(self, request: Request) -> Response:
        """Judge claims against given evidence."""
        answers = await run_in_threadpool(self._answers.verify, await request.body())
        return Response(answers, media_type=JSON_LINES)

    def check(self, article: HandedArticle) -> Response:
        """Start to check an article against the sources that it cites; ask for the job that is returned."""
        job = self._jobs.start(well_formed(article))
        return JSONResponse(job.document, 202, {"Location": f"/jobs/{job.id}"})

    def job(self, job: Annotated[str, Path()]) -> Response:
        """How far a check is."""
        known = self._jobs.get(job)
        return JSONResponse(known.document) if known else _unknown_job(job)

    def result(self, job: Annotated[str, Path()]) -> Response:
        """The result of a check that is done."""
        known = self._jobs.get(job)
        return _job_result(known) if known else _unknown_job(job)

    def search(
        self, words: Annotated[str, Query(min_length=1)], limit: Annotated[int, Query(ge=1, le=1000)] = 50
    ) -> Response:
        """Search the text of claims and their evidence in the ledger."""
        return Response(self._answers.search(words, limit), media_type=JSON_LINES)

    def show(self, claim: Annotated[str, Path()]) -> Response:
        """A claim with its sources, verdicts, evidence and decisions."""
        return Response(self._answers.show(claim), media_type=JSON)

    def decide(self, claim: Annotated[str, Path()], made: HandedDecision) -> Response:
        """Record a person's decision on a claim; the verdict itself stays in the ledger."""
        review = Review(claim=claim, at=now(), **made.model_dump(exclude={"after"}))
        return Response(self._answers.decide(review, made.after), media_type=JSON)


def http_api(answers: ApiAnswers, token: str) -> TokenGuard:
    """The API as an application that a server can run."""
    documented = Depends(HTTPBearer(auto_error=False, description="The token that `factdesk api` names."))
    app = FastAPI(
        title="Factdesk",
        version=version("factdesk"),
        description=_ABOUT,
        dependencies=[documented],
        docs_url=None,
        redoc_url=None,
    )
    routes = Routes(answers)
    for method, path, route in (
        ("POST", "/check", routes.check),
        ("GET", "/jobs/{job}", routes.job),
        ("GET", "/jobs/{job}/result", routes.result),
        ("POST", "/claims", routes.claims),
        ("POST", "/verify", routes.verify),
        ("GET", "/search", routes.search),
        ("GET", "/claims/{claim}", routes.show),
        ("POST", "/claims/{claim}/decide", routes.decide),
    ):
        extra = _ROWS if path == "/verify" else None
        app.add_api_route(path, route, methods=[method], response_model=None, openapi_extra=extra)
    for expected in (ClaimsError, SourcesError, FlowsError):
        app.add_exception_handler(expected, _told)
    app.add_exception_handler(RequestValidationError, _invalid)
    return TokenGuard(app, token)


def _job_result(job: Job) -> Response:
    if job.state is JobState.DONE:
        return Response(job.result, media_type=JSON)
    if job.state is JobState.FAILED:
        return refused(422, job.error)
    return refused(409, f"job {job.id} is not done: ask /jobs/{job.id} how far it is")


def _unknown_job(name: str) -> Response:
    return refused(404, f"there is no job {name}; jobs are kept until the server stops")


def _told(_: Request, error: Exception) -> Response:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 400)
    return refused(status, hide_in(str(error)))


def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  what it is registered for
    return refused(422, "; ".join(map(_field_fault, error.errors())))


def _field_fault(problem: Mapping[str, Any]) -> str:
    """One invalid field in words; of a body that is not an object, what it must be."""
    field = ".".join(part for part in problem["loc"][1:] if isinstance(part, str))
    kind = problem["type"]
    if not field:
        return "the body must be a JSON object, sent with Content-Type: application/json"
    if kind == "missing":
        return f"{field} is missing"
    if kind == "extra_forbidden":
        return f"{field} is not a known field; /openapi.json lists the fields"
    return f"{field}: {problem['msg']}"
