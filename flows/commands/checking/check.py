"""`factdesk check`: checks articles against the sources they cite."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import click
from rich.console import Console

from claims.addresses import is_address
from claims.display.text import counted
from claims.privacy import write_bytes, write_text
from claims.records import Check, Label
from claims.verification.judges.load import costs
from flows.checks import pipeline, steps
from flows.checks.elsewhere import costs_elsewhere
from flows.checks.waiting import waiting_for
from flows.commands.article_lists import with_listed
from flows.commands.checking.runs import checks_of, shared_network
from flows.commands.options import LABEL, article_argument, json_option, on_ledger, replayed
from flows.commands.output import print_json, unreadable
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import NOT_HELD, UNREADABLE, UsageError
from flows.show import json_documents
from flows.show.advice import outages, unsearched
from flows.show.brief import SourceOutcome, brief_lines, outcome_of, summary_lines
from flows.show.table import print_check
from sources.article import local_path
from sources.errors import UnreadableError

# The endings of the files that are written; a report may have none.
_SUFFIXES = {"--report": (".html", ".htm", ""), "--comments": (".docx",)}
# The files of a ledger: SQLite's own, and the key of the desk's bookmark.
_COMPANIONS = ("", "-wal", "-shm", "-journal", ".hand-in-key")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutput:
    """The requested output of a check besides its verdicts in the ledger; ``unread`` is told of unreadable articles."""

    json: bool = False
    brief: bool = False
    resume: bool = False
    report: Path | None = None
    comments: Path | None = None
    fail_on: frozenset[Label] = field(default_factory=frozenset)
    unread: Callable[[str, UnreadableError], None] = lambda _source, _error: None


@click.command()
@article_argument
@on_ledger
@json_option
@replayed
@click.option("--offline", is_flag=True, help="Do not fetch anything; all sources are unavailable.")
@click.option("--brief", is_flag=True, help="Print only the claims that need review, the most urgent first.")
@click.option("--resume", is_flag=True, help="Leave out what the ledger has already, after a run that was stopped.")
@click.option("--report", type=click.Path(path_type=Path), help="Write a self-contained HTML report to this file.")
@click.option("--comments", type=click.Path(path_type=Path), help="Write the article as .docx, a comment per verdict.")
@click.option("--fail-on", multiple=True, type=LABEL, help="Exit with code 1 if a claim has this label.")
def check(  # noqa: PLR0913  an argument for each option
    *,
    sources: tuple[str, ...],
    list_: str | None,
    config: str | None,
    db: str | None,
    json_: bool,
    replay: str | None,
    offline: bool,
    brief: bool,
    resume: bool,
    report: Path | None,
    comments: Path | None,
    fail_on: tuple[str, ...],
) -> None:
    """Check articles against the sources they cite, and log every verdict.

    SOURCE is an address, an .html, .txt, .md, .docx, .vtt, .srt or .pdf file, or - for standard input.
    """
    sources = with_listed(sources, list_)
    labels = frozenset(map(Label, fail_on))
    wanted = CheckOutput(json=json_, brief=brief, resume=resume, report=report, comments=comments, fail_on=labels)
    options = CheckOptions(config=config, ledger=db, offline=offline, replay=replay)
    sys.exit(check_all(sources, setup(options), wanted))


def check_all(sources: Sequence[str], how: Setup, output: CheckOutput, shared: asyncio.Runner | None = None) -> int:
    """Check every source, print each result when it is finished, then a summary of many; return the exit code.

    ``shared`` is the loop of a network that is shared with the caller. Default: a network for these articles.
    """
    _assert_writable("--report", output.report, sources, how)
    _assert_writable("--comments", output.comments, sources, how)
    outcomes: list[SourceOutcome] = []
    with ExitStack() as stack:
        shared = shared or stack.enter_context(shared_network(how))
        fresh = shared.run(pipeline.unchecked(sources, how)) if output.resume else list(sources)
        results, notice = checks_of(fresh, how, shared)
        stack.enter_context(closing(results))  # before the loop, also where it is stopped between two articles
        for source, done in results:
            if isinstance(done, UnreadableError):
                unreadable(source, done, json_=output.json)
                output.unread(source, done)
                outcomes.append(SourceOutcome(source=source, unread=True))
                continue
            waiting = waiting_for(done, how)
            outcomes.append(outcome_of(source, done, waiting))
            # In a thread, so that the article in flight goes on while nobody reads what is printed.
            shared.run(asyncio.to_thread(_deliver, source, done, waiting, output, how))
    _conclude_output(outcomes, len(sources) - len(fresh), output, how, notice)
    return _exit_code(outcomes, output)


def _assert_writable(option: str, file: Path | None, sources: Sequence[str], how: Setup) -> None:
    """Raise UsageError before the check if a file cannot be written for these sources, or must not be overwritten."""
    if file is None:
        return
    if len(sources) > 1:
        raise UsageError(f"{option} writes one file: give only one SOURCE.")
    if not file.parent.is_dir():
        raise UsageError(f"{option} {file}: there is no folder {file.parent}")
    articles = [local_path(source) for source in sources if source != "-" and not is_address(source)]
    if file.exists() and any(file.samefile(article) for article in articles if article.exists()):
        raise UsageError(f"{option} {file}: this is the article itself; name another file")
    if file.resolve() in {how.ledger.with_name(f"{how.ledger.name}{end}").resolve() for end in _COMPANIONS}:
        raise UsageError(f"{option} {file}: this is the ledger or belongs to it; name another file")
    if file.is_file() and file.stat().st_size and not _is_as_written(option, file):
        raise UsageError(f"{option} {file}: there is a file of another kind; name another file")
    _assert_place(option, file)


def _assert_place(option: str, file: Path) -> None:
    """Raise UsageError where no file of the kind that an option writes can be written."""
    if file.is_dir():
        raise UsageError(f"{option} {file}: this is a folder; name a file in it")
    if file.exists() and not file.is_file():
        return  # a terminal or a pipe
    if file.suffix.lower() not in _SUFFIXES[option]:
        raise UsageError(f"{option} {file}: name a file that ends in {_SUFFIXES[option][0]}")
    try:
        with tempfile.TemporaryFile(dir=file.parent):
            pass
    except OSError as error:
        raise UsageError(f"{option} {file}: nothing can be written in {file.parent} ({error.strerror})") from error


def _is_as_written(option: str, file: Path) -> bool:
    """Whether a file is of the kind that an option writes, so that it may be replaced."""
    if option == "--comments":
        with suppress(BadZipFile), ZipFile(file) as written:
            return "word/document.xml" in written.namelist()
        return False
    with file.open("rb") as stored:
        return stored.read(100).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def _conclude_output(
    outcomes: Sequence[SourceOutcome], skipped: int, output: CheckOutput, how: Setup, notice: str
) -> None:
    """Print the summary of many articles, what a paid judge cost, and what to do next."""
    if len(outcomes) + skipped > 1 and not output.json:
        click.echo("\n".join(summary_lines(outcomes, skipped)))
    if all(outcome.unread for outcome in outcomes):
        return
    judged = steps.engine.cache_info().currsize > 0  # here, and not only elsewhere
    for line in (*(costs(steps.engine(how.judge, how.settings.llm.policy)) if judged else ()), *costs_elsewhere()):
        click.echo(f"factdesk: {line}", err=True)
    if (review := sum(outcome.review for outcome in outcomes)) and not output.json:
        db = how.db_option
        look = f"`factdesk review{db}` ({counted(review, 'claim')} to look at), or `factdesk show ID{db}`"
        click.echo(f"Next: {look}.", err=True)
    if notice:
        click.echo(notice, err=True)


def _exit_code(outcomes: Sequence[SourceOutcome], output: CheckOutput) -> int:
    codes = [UNREADABLE for outcome in outcomes if outcome.unread]
    labels = {label for outcome in outcomes for label in outcome.labels}
    return max([0, *codes, *([NOT_HELD] if labels & output.fail_on else [])])


def checked_document(done: Check, how: Setup, waiting: Mapping[str, str]) -> json_documents.Document:
    """A check that was logged, for JSON; ``waiting`` are the claims that need review."""
    return json_documents.document(done, waiting, outlets=how.outlets)


def _deliver(source: str, done: Check, waiting: Mapping[str, str], output: CheckOutput, how: Setup) -> None:
    """Print a finished check and write its report."""
    outlets, scale = how.outlets, how.scale
    if output.json:
        print_json(checked_document(done, how, waiting))
    elif output.brief:
        click.echo("\n".join(brief_lines(source, done, waiting, outlets=outlets, scale=scale)))
    else:
        print_check(done, Console(), outlets=outlets, scale=scale, waiting=waiting)
    searching = any(service.finds_pages for service in how.settings.search)
    for line in (*outages(done, outlets), *unsearched(done, searching=searching)):
        click.echo(f"factdesk: {line}", err=True)
    if output.report:
        from flows.show.webpage import render  # noqa: PLC0415  the template engine is only needed here

        write_text(output.report, render(done, outlets=outlets, scale=scale, waiting=waiting))
        click.echo(f"Report: {output.report}", err=True)
    if output.comments:
        _write_comments(output.comments, source, done, waiting, how)


def _write_comments(file: Path, source: str, done: Check, waiting: Mapping[str, str], how: Setup) -> None:
    """Write the article as a Word file with a comment for each verdict: its own .docx, or else a new one."""
    from flows.show.documents.comments import commented_article  # noqa: PLC0415  only needed here

    article = None if source == "-" or is_address(source) else local_path(source)
    original = article.read_bytes() if article and article.suffix.lower() == ".docx" and article.is_file() else None
    written = commented_article(done, waiting=waiting, outlets=how.outlets, scale=how.scale, original=original)
    write_bytes(file, written.data)
    lost = f"; {counted(written.unplaced, 'comment')} at its start, because the words are not in its text"
    click.echo(f"Comments: {file}{lost if written.unplaced else ''}", err=True)
