"""Artifacts of a run for the Prefect UI: its progress, the verdicts and the report.

Artifacts have constant keys, so that Prefect keeps their history from run to run.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from uuid import UUID

from prefect.artifacts import (
    acreate_markdown_artifact,
    acreate_progress_artifact,
    acreate_table_artifact,
    aupdate_progress_artifact,
)

from claims.display.text import short
from claims.display.wording import claim_source, speaker, totals
from claims.glossary import LABELS, shown_confidence
from claims.ledger.ledger import Ledger
from claims.privacy import hide_in
from claims.records import Check, Claim, OutletDirectory, Verdict
from flows.checks.conductor import Progress
from flows.serving.watching import Reports
from flows.show.advice import unread

_SHORT = 160
_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()#|!~"} | {"&": "&amp;", "<": "&lt;"})


def _artifact_row(claim: Claim, verdict: Verdict, outlets: OutletDirectory, *, review: bool) -> dict[str, str]:
    look = LABELS[verdict.label]
    share = shown_confidence(verdict.label, verdict.confidence)
    return {
        "verdict": f"{look.symbol} {look.word}",
        "confidence": ", ".join(filter(None, (share, "review" if review else ""))),
        "claim": short(claim.statement, _SHORT),
        "speaker": speaker(claim),
        "source": claim_source(claim, verdict, outlets),
        "why": short(verdict.rationale, _SHORT),
    }


def artifact_rows(
    check: Check, outlets: OutletDirectory, waiting: Collection[str] | None = None
) -> list[dict[str, str]]:
    """A row for each claim: those that need review first, in the order of ``waiting``, then the others as they stand.

    ``waiting`` are the ids of the claims that need review.
    """
    waiting = Ledger.waits(check.verdicts, check.extraction.claims) if waiting is None else waiting
    verdicts, place_of = check.verdict_of, {claim_id: place for place, claim_id in enumerate(waiting)}
    claims = sorted(check.extraction.claims, key=lambda claim: place_of.get(claim.id, len(place_of)))
    return [_artifact_row(claim, verdicts[claim.id], outlets, review=claim.id in waiting) for claim in claims]


def markdown_escaped(text: str) -> str:
    """Escape text from the web for Markdown, so that nothing in it becomes a link, an image or a tag."""
    return hide_in(text).translate(_ESCAPES)


def report(
    check: Check,
    outlets: OutletDirectory,
    waiting: Collection[str] | None = None,
    desk: str | None = None,
    rows: Sequence[Mapping[str, str]] = (),
) -> str:
    """The run as Markdown: totals, the verdicts with their rationale, the sources that could not be read.

    ``desk`` is the address of the review desk, for a link to the article's page there; ``rows`` are those of
    ``artifact_rows``, if they were made before.
    """
    article = check.article
    lines = [f"# {markdown_escaped(article.title or 'Untitled')}", "", totals(check, waiting), ""]
    for number, row in enumerate(rows or artifact_rows(check, outlets, waiting), 1):
        who = ", ".join(dict.fromkeys(filter(None, (row["speaker"], *row["source"].split(", ")))))
        confidence = f" ({row['confidence']})" if row["confidence"] else ""
        lines.append(f"{number}. **{row['verdict']}**{confidence}: {markdown_escaped(row['claim'])}")
        lines.append(f"   {markdown_escaped(who) + ': ' if who else ''}{markdown_escaped(row['why'])}")
    missing = unread(check, outlets)
    if missing:
        lines += ["", "## Sources that could not be read", ""]
        lines += [
            f"- **{markdown_escaped(source.name)}**: {markdown_escaped(source.why)}; {markdown_escaped(source.todo)}"
            for source in missing
        ]
    if desk:
        lines += ["", f"[Open the article on the review desk]({desk}/article/{article.id})"]
    address = article.final_url or article.url
    lines += ["", f"Judge {check.run.judge}, run {check.run.id}, article SHA-256 {article.sha256}."]
    return "\n".join([*lines, *([f"Address: {markdown_escaped(address)}"] if address else [])])


async def leave_artifacts(
    check: Check, outlets: OutletDirectory, waiting: Collection[str] | None = None, desk: str | None = None
) -> None:
    """Create the artifacts of a finished check, under keys that stay the same for its article.

    ``waiting`` are the claims that need review; ``desk`` is the address of the review desk.
    """
    table = artifact_rows(check, outlets, waiting)
    words = report(check, outlets, waiting, desk, table)
    title = markdown_escaped(check.article.title or "Untitled")
    description = f"{title}: {totals(check, waiting)}"
    await acreate_table_artifact(table=table, key=f"verdicts-{check.article.id}", description=description)
    await acreate_markdown_artifact(markdown=words, key=f"report-{check.article.id}", description=title)


class ProgressBar:
    """The progress artifact of a run, updated beside the check."""

    def __init__(self, server: Reports) -> None:
        self._server = server
        self._artifact: UUID | None = None

    def watch(self, progress: Progress) -> None:
        """Move the bar."""
        self._server.put_soon("progress", partial(self._show, 100.0 * progress.done / progress.total))

    async def _show(self, percent: float) -> None:
        if self._artifact is None:
            text = "Stages and sources done"
            self._artifact = await acreate_progress_artifact(progress=percent, key="progress", description=text)
        else:
            await aupdate_progress_artifact(artifact_id=self._artifact, progress=percent)
