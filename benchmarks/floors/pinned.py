"""The quality floors and their comparison with measurements.

``floors.yaml`` names for every measure the floor, what was measured when the floor was set, and the date. More is
better for every measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

FLOORS = Path(__file__).with_name("floors.yaml")
_KEYS = {"floor", "measured", "date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The least value that a measure may have, and what it was on the day when the floor was set."""

    floor: float
    measured: float
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A measure beside its floor; ``measured`` or ``pinned`` is None if there is only the other."""

    measure: str
    measured: float | None
    pinned: Floor | None

    @property
    def holds(self) -> bool:
        """Whether there are both, and the measured value is not below the floor."""
        return self.measured is not None and self.pinned is not None and self.measured >= self.pinned.floor

    def __str__(self) -> str:
        """One line: measure, measured, floor, and what is wrong."""
        measured = "-" if self.measured is None else f"{self.measured:.4f}"
        if self.pinned is None:
            return f"{self.measure:<44} {measured:>8} {'-':>8}  no floor: add one to {FLOORS.name}"
        wrong = "not measured" if self.measured is None else "BELOW THE FLOOR"
        was = f"{self.pinned.measured:.4f} on {self.pinned.day}"
        return (
            f"{self.measure:<44} {measured:>8} {self.pinned.floor:>8.4f}  {was if self.holds else f'{wrong} ({was})'}"
        )


def read(path: Path = FLOORS) -> dict[str, dict[str, Floor]]:
    """The floors by group ("own", "data") and measure.

    Raises:
        ValueError: an entry lacks a key, has another one, or its floor lies above what was measured for it.
    """
    floors: dict[str, dict[str, Floor]] = {}
    for group, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        floors[group] = {}
        for measure, entry in entries.items():
            at = f"{path.name}: {group}: {measure}"
            if set(entry) != _KEYS or not isinstance(entry["date"], date):
                raise ValueError(f"{at}: needs floor, measured and date (YYYY-MM-DD), and nothing else")
            if entry["floor"] > entry["measured"]:
                raise ValueError(f"{at}: the floor {entry['floor']} lies above the measured {entry['measured']}")
            floors[group][measure] = Floor(floor=entry["floor"], measured=entry["measured"], day=entry["date"])
    return floors


def compare(floors: Mapping[str, Floor], measured: Mapping[str, float]) -> list[Compared]:
    """Every measure that has a floor or was measured, in the order of the floors."""
    names = dict.fromkeys([*floors, *measured])
    return [Compared(measure=name, measured=measured.get(name), pinned=floors.get(name)) for name in names]


def report(floors: Mapping[str, Floor], measured: Mapping[str, float]) -> bool:
    """Print measured and floor side by side; whether every floor holds."""
    compared = compare(floors, measured)
    print(f"{'measure':<44} {'measured':>8} {'floor':>8}  when the floor was set")
    for comparison in compared:
        print(comparison)
    return all(comparison.holds for comparison in compared)
