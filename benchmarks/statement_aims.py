"""The aims of the extraction in one table: what is measured here, and what was read by hand, each beside its aim."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from benchmarks.attributions import Score
from benchmarks.claims import DEV, Speed, ours, speed
from benchmarks.common import data_folder, rows, table
from claims.records import OutletDirectory

READ_BY_HAND = Path(__file__).with_name("read_by_hand.yaml")
# The cases about claims and attributions, by their numbers.
CASES = ("16", "17", "26", "53", "57", "58", "60", "64")
_BEST_OF = 3
_OPEN, _RIGHT, _ANSWERED, _F1, _SPEAKER, _SECONDS = 0.25, 0.90, 0.25, 0.712, 0.622, 0.45


def aims(
    texts: Mapping[str, str],
    outlets: OutletDirectory,
    *,
    still_open: tuple[int, int],
    names: tuple[int, int, int, float],
) -> str:
    """The table. ``names`` are those asked for, put in and right, with the lower bound of the share that is right."""
    asked, put_in, right, low = names
    score = ours(list(rows(data_folder() / "claims" / DEV)), outlets)
    body = [
        *by_hand(),
        (
            "names put in for pronouns and descriptions (test half)",
            "95 % right, at least 90 % by the interval; 25 % answered",
            f"{right} of {put_in} right (at least {low:.0%}); {put_in / asked:.0%} of {asked} answered",
            _kept(low >= _RIGHT and put_in >= _ANSWERED * asked),
        ),
        _of_attributions(score),
        (
            "claims left open",
            "not above 25 %",
            f"{still_open[0]} of {still_open[1]} ({still_open[0] / still_open[1]:.1%})",
            _kept(still_open[0] <= _OPEN * still_open[1]),
        ),
        _of_time(min((speed(list(texts.values()), outlets) for _ in range(_BEST_OF)), key=lambda run: run.total)),
        _of_cases(),
    ]
    return table(("what", "aim", "measured", "reached"), body)


def by_hand() -> list[tuple[str, str, str, str]]:
    """The rows that people read: `read_by_hand.yaml` says when and how."""
    read = yaml.safe_load(READ_BY_HAND.read_text(encoding="utf-8"))
    return [(row["what"], row["aim"], f"{row['measured']} (read {row['date']})", _kept(row["reached"])) for row in read]


def _of_attributions(score: Score) -> tuple[str, str, str, str]:
    return (
        "PolNeAR dev, F1 / with the right speaker",
        f"not below {_F1} / {_SPEAKER}",
        f"{score.f1:.3f} / {score.speaker_recall:.3f}",
        _kept(score.f1 >= _F1 and score.speaker_recall >= _SPEAKER),
    )


def _of_time(best: Speed) -> tuple[str, str, str, str]:
    return (
        "extraction, processor seconds for 1,000 words",
        f"not above {_SECONDS}",
        f"{best.per_thousand:.2f}, of it {best.share:.0%} the parser (best of {_BEST_OF})",
        _kept(best.per_thousand <= _SECONDS),
    )


def _of_cases() -> tuple[str, str, str, str]:
    folder = Path(os.environ.get("FACTDESK_CASES", data_folder().parent / "cases"))
    passed, total = 0, 0
    if (folder / "run-all").is_file():
        passed, total = cases_passed(folder, CASES)
    measured = f"{passed} of {total}" if total else "not measured: no folder with the cases (FACTDESK_CASES)"
    return "cases of claims and attribution", f"{len(CASES)} of {len(CASES)}", measured, _kept(passed == len(CASES))


def cases_passed(folder: Path, numbers: Sequence[str]) -> tuple[int, int]:
    """How many cases of a folder pass, and how many there are; its program `run-all` prints "N of M cases"."""
    command = [sys.executable, str(folder / "run-all"), *numbers]
    environment = os.environ | {"FACTDESK": str(Path(sys.executable).with_name("factdesk"))}
    output = subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout
    counted = re.search(r"(\d+) of (\d+) cases", output)
    return (int(counted.group(1)), int(counted.group(2))) if counted else (0, 0)


def _kept(reached: bool) -> str:
    return "yes" if reached else "no"
