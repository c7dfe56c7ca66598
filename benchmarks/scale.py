"""Simulates the day of a large desk on one machine, with measured costs: how late its verdicts are, and what gives out.

    python -m benchmarks.scale                       measures the costs first (minutes)
    python -m benchmarks.scale 1.31 0.22 0.48 0.13   CPU seconds: an examination, the desk's own work for an article
                                                     (logging and Prefect's client), the Prefect server's, a feed

Each half hour one run reads all feeds, and then checks what is new with ``runner: processes``. A run that is still
going on skips the next one, as in production. What limits an article's rate is the slowest of: the processes, the
cores, the one process that logs, and the one process of the Prefect server. Waiting for other people's servers cannot
be measured here, so it is a column of the table.
"""

from __future__ import annotations

import random
import sys
import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FEEDS, PER_DAY, CORES = 1_000, 50_000, 8
INTERVAL, DAY = 1_800.0, 86_400.0
WAITS = (0.0, 5.0, 15.0, 30.0)  # seconds that an article waits for its sources' servers
PROCESSES = (8, 16, 32)
_TOO_LATE = 3_600.0  # seconds from the feed to the verdict that 95 % of the articles may take
# How much is published in each hour of the day, relative to the others: a newsroom's day, a third of it by night.
_HOURS = (2, 1, 1, 1, 2, 3, 5, 7, 8, 8, 8, 8, 8, 8, 8, 8, 8, 7, 6, 5, 4, 4, 3, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """CPU seconds: of an examination, of the desk's own process for it, of the Prefect server for it, of a feed."""

    examination: float
    desk: float
    server: float
    feed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What a day was like: delays in seconds from the publication to the verdict, and the runs that were skipped."""

    median: float
    late: float
    skipped: int

    @property
    def holds(self) -> bool:
        """Whether the desk kept up."""
        return self.late <= _TOO_LATE


def rate(costs: Costs, processes: int, wait: float) -> tuple[float, str]:
    """Articles a second, and what limits them."""
    used = costs.examination + costs.desk + costs.server
    rates = {
        "the processes, which wait": processes / (wait + costs.examination),
        "the cores": CORES / used,
        "the process that logs": 1 / costs.desk,
        "the Prefect server's process": 1 / costs.server,
    }
    slowest = min(rates, key=lambda name: rates[name])
    return rates[slowest], slowest


def simulate(costs: Costs, per_day: int, processes: int, wait: float) -> Day:
    """A day with so many new articles, published by chance over the hours, with the same chance in each simulation."""
    published = _published(per_day)
    speed, _ = rate(costs, processes, wait)
    delays: list[float] = []
    begun, free, skipped = 0, 0.0, 0
    for number in range(int(DAY / INTERVAL) + 1):
        at = number * INTERVAL
        if at < free:
            skipped += 1
            continue
        read = at + FEEDS * costs.feed
        fresh = published[begun : bisect_right(published, at)]
        begun += len(fresh)
        delays += [read + (position + 1) / speed - moment for position, moment in enumerate(fresh)]
        free = read + len(fresh) / speed
    delays.sort()
    late = delays[int(len(delays) * 0.95)] if delays else DAY
    return Day(median=delays[len(delays) // 2] if delays else DAY, late=late, skipped=skipped)


def _published(per_day: int) -> list[float]:
    """The moments of a day at which articles are published."""
    chance = random.Random(1)
    hours = chance.choices(range(24), weights=_HOURS, k=per_day)
    return sorted(hour * 3_600 + 3_600 * chance.random() for hour in hours)


def breaking_point(costs: Costs, processes: int, wait: float) -> tuple[int, str]:
    """The most articles a day, in steps of 5,000, with which the desk keeps up, and what gives out beyond them."""
    holds, fails = 0, 100  # times 5,000
    while fails - holds > 1:
        middle = (holds + fails) // 2
        if simulate(costs, 5_000 * middle, processes, wait).holds:
            holds = middle
        else:
            fails = middle
    return 5_000 * holds, rate(costs, processes, wait)[1]


def measured() -> Costs:
    """The costs on this machine, with the small reader and the sample's article."""
    from benchmarks.flows.measures import feed_costs, logging_cost, watched_costs  # noqa: PLC0415  loads the models

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (watched,), log = watched_costs(folder), logging_cost(folder)
        spent, _ = feed_costs(folder)
    desk = log + max(0.0, watched.watched - watched.alone)
    return Costs(examination=watched.alone - log, desk=desk, server=watched.on_server, feed=spent)


def lines(costs: Costs) -> Iterator[str]:
    """The table of docs/scale.md."""
    yield (
        f"CPU seconds: an examination {costs.examination:.2f}, the desk's own work for it {costs.desk:.2f}, "
        f"the Prefect server's {costs.server:.2f}, a feed {costs.feed:.3f}"
    )
    within = f"{PER_DAY:,} a day: half within, 95 % within"
    yield f"| wait | processes | {within} | runs skipped | keeps up with | limit beyond that |"
    yield "|---|---|---|---|---|---|"
    for wait in WAITS:
        for processes in PROCESSES:
            day = simulate(costs, PER_DAY, processes, wait)
            most, limit = breaking_point(costs, processes, wait)
            within = f"{day.median / 60:.0f} min, {day.late / 60:.0f} min"
            yield f"| {wait:.0f} s | {processes} | {within} | {day.skipped} | {most:,} a day | {limit} |"


def main(values: Sequence[str]) -> None:
    """Print the table with the costs that are given, or that are measured now."""
    given = [float(value) for value in values]
    if given and len(given) != 4:
        raise SystemExit("give four costs, or none: an examination, the desk's work, the server's, a feed")
    costs = Costs(examination=given[0], desk=given[1], server=given[2], feed=given[3]) if given else measured()
    for line in lines(costs):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
