"""Fuzzes every kind of input that Factdesk reads and counts answers that are neither a result nor a one-line error.

    python -m benchmarks.fuzz [KIND...] [--count N] [--seed N]

Each input is a real one with a few random changes (bytes turned over, cut, repeated, moved, spliced with another
input, and characters that break parsers put in). The same seed makes the same inputs. Three kinds of wrong answer
are counted: an error that is not one of ours (it would be an "unexpected" one, or a traceback), an error of ours that
is no clear line, and an input that takes longer than its budget.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import table
from benchmarks.fuzz_kinds import KINDS, Kind
from claims.errors import ClaimsError
from flows.errors import FlowsError
from sources.errors import SourcesError

BUDGET = 3.0  # seconds of the processor for one input
_LONGEST_LINE = 1_000
_TOKENS = (
    *(b"\x00", b"\x01", b"\x0b", b"\x0c", b"\x1b", b"\x7f", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf"),
    *("\uffff".encode(), "\ufffe".encode(), b"\xed\xa0\x80", "\u2028".encode()),
    *("\u0301".encode(), "\U0001f3fd".encode()),
    *(b"&#0;", b"&#x1;", b"&#xFFFF;", b"&#xD800;", b"&#12;", b"&#99999999999;", b"\\ud800", b"\\u0000", b"\\uffff"),
    *(b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"<?xml?>", b"<script>", b"</p>"),
    *(b"%", b"%00", b"%zz", b"http://[", b"//", b"../", b"{", b"}", b"[", b"]", b'"', b"'", b":", b"- "),
    *(b"? ", b"&a ", b"*a"),
    *(b"-1", b"9" * 400, b"9" * 5_000, b"1e999", b"NaN", b"null", b"true", b"[" * 3_000, b"{" * 3_000),
    *(b'{"a":' * 2_000,),
    *(b"<div>" * 700, b" " * 5_000, b"\n" * 3_000, b"A" * 20_000, b"\r\n\r\n", b"\x1f\x8b\x08", b"(@"),
    *(b"| ", b"2020-99-99"),
    *(b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Length: -5\r\n", b"charset=utf-7"),
    *(b"charset=idna", b"charset=unicode_escape", b"endobj", b"/Kids[2 0 R]", b"User-agent: *\nDisallow: /*"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one input: "read", "refused" (one clear line), or else what is wrong with the answer."""

    number: int
    answer: str
    seconds: float
    data: bytes

    @property
    def wrong(self) -> bool:
        """Whether the answer is neither a result nor a clear line."""
        return self.answer not in ("read", "refused")


class _Warned(logging.Handler):
    """Notes what was caught as the last resort: an error of our own on one source."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.unexpected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "it could not be read (" in record.getMessage():
            self.unexpected.append(record.getMessage())


def mutated(kind: Kind, number: int, seed: int) -> bytes:
    """The input of this number: always the same for the same seed."""
    chance = random.Random(f"{seed} {kind.name} {number}")
    data = bytearray(chance.choice(kind.seeds))
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9))):
        _change(data, kind, chance)
    return bytes(data[: kind.most])


def _change(data: bytearray, kind: Kind, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 2, 4, 16, 64, 300)))
    match chance.randrange(8):
        case 0 if data:
            data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
        case 1:
            del data[at:end]
        case 2:
            data[at:at] = data[at:end] * chance.choice((1, 2, 50, 300))
        case 3:
            data[at:end] = chance.randbytes(end - at)
        case 4:
            del data[at:]
        case 5:
            other = chance.choice(kind.seeds)
            begin = chance.randrange(len(other))
            data[at:end] = other[begin : begin + chance.choice((8, 100, 2_000))]
        case 6:
            data[at:at], data[at:end] = data[at:end], b""
        case _:
            data[at:at] = chance.choice(_TOKENS)


def outcomes(kind: Kind, count: int, seed: int) -> Iterator[Outcome]:
    """What comes of the first ``count`` inputs of a kind."""
    with tempfile.TemporaryDirectory() as folder, _listening() as warned:
        for number in range(count):
            data = mutated(kind, number, seed)
            before = _processor()
            answer = _answer(kind, data, Path(folder), warned)
            yield Outcome(number=number, answer=answer, seconds=_processor() - before, data=data)


def _answer(kind: Kind, data: bytes, folder: Path, warned: _Warned) -> str:
    warned.unexpected.clear()
    try:
        kind.read(data, folder)
    except (ClaimsError, SourcesError, FlowsError) as error:
        line = str(error)
        if warned.unexpected:
            return warned.unexpected[0]
        return "refused" if all(map(_clear, line.splitlines() or [""])) else f"no clear line: {line!r}"
    except Exception as error:  # noqa: BLE001  this is what is counted
        return f"unexpected {type(error).__name__}: {error!s:.200}"
    return warned.unexpected[0] if warned.unexpected else "read"


def _clear(line: str) -> bool:
    return 0 < len(line) <= _LONGEST_LINE and line.isprintable()


def _processor() -> float:
    """Seconds of the processor that this process and those that it waited for have used."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@contextlib.contextmanager
def _listening() -> Iterator[_Warned]:
    warned, log = _Warned(), logging.getLogger("sources")
    before = log.propagate
    log.addHandler(warned)
    log.propagate = False
    try:
        yield warned
    finally:
        log.removeHandler(warned)
        log.propagate = before


def row(kind: Kind, count: int, seed: int, folder: Path | None = None) -> tuple[str, ...]:
    """One line of the table; each wrong answer is printed, and its input kept in ``folder``."""
    results = list(outcomes(kind, count, seed))
    for outcome in results:
        if outcome.wrong or outcome.seconds > BUDGET:
            print(
                f"  {kind.name} {outcome.number}: {outcome.answer} "
                f"({outcome.seconds:.1f} s, {len(outcome.data):,} bytes)",
                flush=True,
            )
            if folder is not None:
                (folder / f"{kind.name}-{outcome.number}").write_bytes(outcome.data)
    read = sum(outcome.answer == "read" for outcome in results)
    wrong, late = sum(outcome.wrong for outcome in results), sum(outcome.seconds > BUDGET for outcome in results)
    slowest = max(outcome.seconds for outcome in results)
    return kind.name, f"{count:,}", f"{read:,}", f"**{wrong}**", f"**{late}**", f"{slowest:.1f} s"


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 where an answer was wrong or late."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)} (default: all)")
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the inputs with a wrong answer")
    wanted = parser.parse_args(arguments)
    rows = [row(KINDS[name], wanted.count, wanted.seed, wanted.keep) for name in wanted.kinds or KINDS]
    print(table(("input", "tried", "read", "wrong", "over 3 s", "slowest"), rows))
    return int(any(line[3:5] != ("**0**", "**0**") for line in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
