"""`factdesk verify`: judges a file of rows in order, and can resume after an interruption.

Rows are judged in batches counted from the first row, because the answers of a ``hub:`` model depend slightly on the
other rows of the batch. A resumed run starts at a batch boundary, so that its result is identical.
A language model is asked row by row, and every answer is written immediately.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from claims.display.text import counted
from claims.records import LlmPolicy
from claims.verification.judges.judge import Judge
from claims.verification.judges.load import costs, load_judge, rows_at_once
from claims.verification.pairs import BATCH, made_by, verify_pairs
from flows.commands.options import configured
from flows.config.setup import CheckOptions, setup
from flows.errors import INTERRUPTED, UsageError

# Without a terminal a line is written no more often than this, in seconds.
_EVERY = 5.0

# Without a configuration nothing leaves this machine.
_ALL_HERE = LlmPolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyOptions:
    """The file of rows, the output file (None: stdout), and whether to show progress (None: on a terminal)."""

    pairs: Path
    out: Path | None = None
    resume: bool = False
    progress: bool | None = None


@click.command()
@click.argument("pairs", type=click.Path(path_type=Path, allow_dash=True), metavar="PAIRS.jsonl")
@configured
@click.option(
    "--judge", metavar="NAME", help="Judge to use: lexical, hub:NAME, agree(A, B), ... Default: judge of config.yaml."
)
@click.option("--out", type=click.Path(path_type=Path), help="Write the answers to this file.")
@click.option("--resume", is_flag=True, help="Continue the file given with --out.")
@click.option("--progress/--no-progress", default=None, help="Show progress on stderr. Default: only on a terminal.")
def verify(
    pairs: Path, config: str | None, judge: str | None, out: Path | None, resume: bool, progress: bool | None
) -> None:
    """Judge claims against given evidence: rows {"id", "claim", "evidence": [text, ...]}.

    Prints a row {"id", "label", "p_supported", "p_refuted", "passage"} for each, in order, or writes it to --out.
    --resume continues a run that was stopped; the result is identical to an uninterrupted run.
    """
    options = VerifyOptions(pairs=pairs, out=out, resume=resume, progress=progress)
    how = setup(CheckOptions(config=config))
    try:
        verify_rows(options, judge or how.judge, how.settings.llm.policy)
    except KeyboardInterrupt:
        click.echo(f"factdesk: stopped{'; continue with --resume' if out else ''}", err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None


def verify_rows(options: VerifyOptions, judge_name: str, policy: LlmPolicy = _ALL_HERE) -> None:
    """Judge the rows of a JSON Lines file (or of standard input, for -), streaming.

    Raises:
        UsageError: the file cannot be read or is not JSON Lines, or the existing answers belong to another file or
        judge.
    """
    if options.resume and options.out is None:
        raise UsageError("--resume continues a file: name it with --out")
    if options.out is not None and options.out.exists() and not options.resume:
        raise UsageError(f"{options.out} already exists: continue it with --resume, or name another file")
    judge = load_judge(judge_name, policy)
    batch = rows_at_once(judge, BATCH)
    with ExitStack() as stack:
        stack.callback(_tell_costs, judge)
        try:
            lines = stack.enter_context(click.open_file(str(options.pairs), "rb"))
            out = stack.enter_context(_open_answers(options.out, made_by(judge))) if options.out else None
        except OSError as error:
            raise UsageError(f"{error.filename}: cannot be read or written ({error.strerror})") from error
        meter = stack.enter_context(Meter(options.progress))
        rows = rows_of(lines, f"{options.pairs}:")
        done = _skip(rows, out, options, batch) if out is not None and options.resume else 0
        meter.begin(done)
        for answer in verify_pairs(rows, judge, batch=batch, start=done + 1):
            _write_answer(answer, out)
            meter.step()


def _tell_costs(judge: Judge) -> None:
    for line in costs(judge):
        click.echo(f"factdesk: {line}", err=True)


def _open_answers(path: Path, maker: Mapping[str, str]) -> BinaryIO:
    """The file of answers, created if missing, open for reading and writing at its beginning.

    A file beside it says what made the answers, from before the first one on: half of them by another judge, or with
    other thresholds, would be refused.
    """
    beside = path.with_name(f"{path.name}.judge")
    if not path.exists() or not path.stat().st_size:
        beside.write_text(json.dumps(maker) + "\n", encoding="utf-8")
    elif beside.exists():
        _same_maker(path, beside, maker)
    else:
        click.echo(
            f"factdesk: {beside} is missing: it is unknown whether this judge wrote the answers in {path}", err=True
        )
    path.touch()
    return path.open("r+b")


def _same_maker(path: Path, beside: Path, maker: Mapping[str, str]) -> None:
    """Raises UsageError if the answers were not made by ``maker``."""
    recorded = _answer_on_line(beside.read_bytes()) or {}
    other = next((name for name in maker if recorded.get(name) != maker[name]), None)
    if other is not None:
        raise UsageError(
            f"{path} was started with {other} {recorded.get(other, 'unknown')}, and this is {other} {maker[other]}: "
            "use the same settings, or name another file with --out"
        )


def _skip(rows: Iterator[Mapping[str, object]], out: BinaryIO, options: VerifyOptions, batch: int) -> int:
    """Skip the rows that ``out`` already answers, in whole batches of whole lines, and return their number.

    The ids of the answers are compared with the rows; anything after them in ``out`` is cut off.
    """
    whole = _whole_lines(out) // batch * batch
    out.seek(0)
    for number, (row, line) in enumerate(zip(islice(rows, whole), out, strict=False), 1):
        answer = _answer_on_line(line)
        if answer is None or answer.get("id") != row.get("id", number):
            raise UsageError(f"{options.out}:{number}: is not the answer to row {number} of {options.pairs}")
        if number == whole:
            break
    else:
        if whole:
            raise UsageError(f"{options.out} has more answers than {options.pairs} has rows")
    out.truncate(out.tell())
    return whole


def _whole_lines(out: BinaryIO) -> int:
    out.seek(0)
    return sum(1 for line in out if line.endswith(b"\n"))


def _answer_on_line(line: bytes) -> dict[str, Any] | None:
    """The object on a line; None if it is none."""
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def answer_line(answer: Mapping[str, object]) -> str:
    """The answer to a row as a line of JSON."""
    return json.dumps(answer, ensure_ascii=False)


def _write_answer(answer: Mapping[str, object], out: BinaryIO | None) -> None:
    text = answer_line(answer) + "\n"
    if out is not None:
        out.write(text.encode("utf-8", "surrogatepass"))
        out.flush()
    else:
        sys.stdout.write(text)
        sys.stdout.flush()


def rows_of(lines: Iterable[bytes], place: str) -> Iterator[dict[str, object]]:
    """The rows of JSON Lines; raises UsageError with ``place`` and the number of the line that is invalid."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as error:
            raise UsageError(f"{place}{number}: not UTF-8 ({error.reason}, byte {error.start + 1})") from error
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{place}{number}: not JSON: {error}") from error
        if not isinstance(row, dict):
            raise UsageError(f'{place}{number}: expected an object with "id", "claim" and "evidence".')
        yield row


class Meter:
    """Shows rows and rate on stderr: a progress bar on a terminal, an occasional line elsewhere, or nothing."""

    def __init__(self, show: bool | None) -> None:
        self._console = Console(stderr=True)
        self.shown = self._console.is_terminal if show is None else show
        columns = (
            TextColumn("{task.fields[rows]}"),
            BarColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
        )
        self._bar = Progress(*columns, console=self._console, transient=True, disable=not self._moves)
        self._task: TaskID = self._bar.add_task("verify", total=None, rows="", rate="")
        self._first = self._rows = 0
        self._begun = self._said = time.monotonic()

    @property
    def _moves(self) -> bool:
        return self.shown and self._console.is_terminal

    def __enter__(self) -> Meter:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
        if self.shown:
            self._say()

    def begin(self, done: int) -> None:
        """Start counting; ``done`` rows were answered before."""
        self._first = self._rows = done
        self._begun = self._said = time.monotonic()

    def step(self) -> None:
        """Count one more row."""
        self._rows += 1
        if self._moves:
            self._bar.update(self._task, rows=counted(self._rows, "row"), rate=self._rate())
        elif self.shown and time.monotonic() - self._said >= _EVERY:
            self._say()

    def _say(self) -> None:
        self._said = time.monotonic()
        before = f", {self._first:,} of them earlier" if self._first else ""
        click.echo(f"factdesk: {counted(self._rows, 'row')}{before}, {self._rate()}", err=True)

    def _rate(self) -> str:
        seconds = max(time.monotonic() - self._begun, 1e-3)
        return f"{(self._rows - self._first) / seconds:,.1f} per second"
