"""What a run shows in the Prefect UI: its name, a table of verdicts and a report as artifacts, its progress.

Artifacts have constant keys, so that Prefect keeps their history from run to run.
"""

from __future__ import annotations

from uuid import UUID

from prefect.artifacts import (
    acreate_markdown_artifact,
    acreate_progress_artifact,
    acreate_table_artifact,
    aupdate_progress_artifact,
)

from claims.records import Check, Claim, Reading, Verdict
from flows.advice import ADVICE
from flows.pipeline import source_name
from flows.steps import Progress
from flows.table import totals

_SHORT = 160


def short(text: str, limit: int = _SHORT) -> str:
    """``text`` on one line, cut at a word with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"


def _row(claim: Claim, verdict: Verdict) -> dict[str, str]:
    return {
        "claim": short(claim.statement),
        "speaker": (claim.attribution.speaker if claim.attribution else None) or "",
        "verdict": verdict.label.value + (" (review)" if verdict.needs_review else ""),
        "confidence": f"{verdict.confidence:.0%}",
        "why": short(verdict.rationale),
    }


def _markdown_cell(text: str) -> str:
    """Text from the web as plain text in a Markdown table: nothing in it is a link, an image or a tag."""
    for sign in "\\`*_{}[]()<>#|!":
        text = text.replace(sign, "\\" + sign) if sign != "<" else text.replace(sign, "&lt;")
    return text


def _unread(reading: Reading) -> str:
    source = reading.source
    assert source.reason is not None  # noqa: S101  only unread sources come here
    name = _markdown_cell(source_name(source))
    return f"- **{name}**: {source.reason.value}. {_markdown_cell(source.detail)} {ADVICE[source.reason]}"


def report(check: Check) -> str:
    """The run as Markdown: totals, the verdicts with their rationale, the sources that could not be read."""
    article, lines = (
        check.article,
        [f"# {_markdown_cell(check.article.title or 'Article')}", "", totals(check), ""],
    )
    lines += ["| claim | verdict | confidence | why |", "|---|---|---|---|"]
    for claim in check.extraction.claims:
        row = _row(claim, check.verdict_of[claim.id])
        lines.append(
            "| " + " | ".join(_markdown_cell(row[key]) for key in ("claim", "verdict", "confidence", "why")) + " |"
        )
    unread = [reading for reading in check.readings if reading.source.reason]
    if unread:
        lines += ["", "## Sources that could not be read", "", *map(_unread, unread)]
    address = article.final_url or article.url
    lines += ["", f"Judge {check.run.judge}, run {check.run.id}, article sha256 {article.sha256}."]
    return "\n".join([*lines, *([f"Address: {_markdown_cell(address)}"] if address else [])])


async def show(check: Check) -> None:
    """Leave the artifacts of a finished check with the run."""
    rows = [_row(claim, check.verdict_of[claim.id]) for claim in check.extraction.claims]
    await acreate_table_artifact(table=rows, key="verdicts", description=totals(check))
    await acreate_markdown_artifact(markdown=report(check), key="report", description=check.article.title)


class ProgressBar:
    """The progress artifact of a run, moved only when a whole per cent is gained."""

    def __init__(self, artifact: UUID) -> None:
        self._artifact = artifact
        self._shown = 0

    @classmethod
    async def begin(cls) -> ProgressBar:
        """A bar at 0 %."""
        artifact = await acreate_progress_artifact(progress=0.0, key="progress", description="Stages and sources done")
        return cls(artifact)

    async def watch(self, progress: Progress) -> None:
        """Move the bar."""
        percent = 100 * progress.done // progress.total
        if percent > self._shown:
            self._shown = percent
            await aupdate_progress_artifact(artifact_id=self._artifact, progress=float(percent))
