"""The measurements of the desk beside the judging, each of which gives the rows of a table."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks.flows.servers import (
    ENTRIES,
    FACTDESK,
    SAMPLE,
    Row,
    Spent,
    asked_meanwhile,
    asking,
    background,
    cpu_of,
    feed_server,
    plain_environment,
    prefect_server,
    run_command,
)
from claims.ledger.ledger import Ledger
from claims.verification.onnx_runtime import core_count
from flows.checks import pipeline
from flows.config.setup import CheckOptions, setup
from flows.runners.placement import PROCESSES
from flows.runners.readiness import LIBRARIES
from sources import urls

KNOWN, DEPLOYMENTS = 1_000_000, 5
LATE = int(os.environ.get("FACTDESK_LATE", "336"))  # missed runs of each deployment: a week of half hours
REPEATS = 3  # of which the median is given
ADDRESS = "moscow-greets-washington"  # the end of the sample's address
_SETTLED = 8  # seconds, after which the server has written down what it was told
# Articles of two runs, whose difference leaves the start of the processes out: in this process, and in several.
FEW, MANY = 2, 8
SOME, MORE = 8, 20


def known(folder: Path) -> Iterator[Row]:
    """The look-up of a feed's articles in a ledger of a million."""
    ledger = _ledger_of(folder / "known.db", (f"https://news.example/{number}" for number in range(KNOWN)))
    asked = [f"https://news.example/{number * 9_973}" for number in range(ENTRIES)]
    with Ledger.open(ledger, create=False) as book:
        spent = min(_cpu(lambda: book.addresses.known_keys(asked, urls.key)) for _ in range(20))
    yield f"look-up of {ENTRIES} addresses among {KNOWN:,} articles", f"{1000 * spent:.1f} ms CPU", "under 5 ms"


def feed(folder: Path) -> Iterator[Row]:
    """A run of a feed with nothing new, in a process that lives on; what the feed's server answered."""
    spent, answers = feed_costs(folder)
    counts = ", ".join(f"{count} with {code}" for code, count in sorted(Counter(answers).items()))
    yield f"feed run, {ENTRIES} entries, nothing new", f"{spent:.3f} s CPU", "under 0.3 s"
    yield "answers to its 10 requests", counts, "304 after the first"


def feed_costs(folder: Path) -> tuple[float, list[int]]:
    """CPU seconds of a run of a feed with nothing new, the median of ten, and the statuses of the answers."""
    with feed_server() as (address, entries, answers), asyncio.Runner() as runner:
        ledger = _ledger_of(folder / "feed.db", entries)
        config = folder / "config.yaml"
        config.write_text(f"captures: {folder / 'captures'}\nfetch: {{allow_private: true, per_host_delay: 0s}}\n")
        how = setup(CheckOptions(config=str(config), ledger=str(ledger)))
        spent = [_cpu(lambda: runner.run(pipeline.new_articles(address, 20, how))) for _ in range(10)]
    return sorted(spent)[5], answers


def logging_cost(folder: Path) -> float:
    """CPU seconds of logging the sample's check, the median of five new ledgers."""
    config = folder / "logging.yaml"
    config.write_text("judge: lexical\n")
    spent = []
    with asyncio.Runner() as runner:
        for number in range(5):
            options = CheckOptions(
                config=str(config), ledger=str(folder / f"log{number}.db"), replay=str(SAMPLE / "sources.warc.gz")
            )
            how = setup(options)
            examined = runner.run(pipeline.examine_article(str(SAMPLE / "article.html"), how))
            spent.append(_cpu(lambda how=how, done=examined: runner.run(pipeline.log_check(done, how))))
    return sorted(spent)[2]


def cold(folder: Path) -> Iterator[Row]:
    """The sample article from a cold shell: medians, after a run that compiles the modules."""
    spent = [_check(folder, f"cold{number}", 1) for number in range(1 + REPEATS)][1:]
    clock, cpu, memory = (median(getattr(run, name) for run in spent) for name in ("clock", "cpu", "memory"))
    yield "sample article, new process", f"{clock:.1f} s by the clock, {cpu:.1f} s CPU", "3.2 s"
    yield "its memory", f"{memory:.0f} MB", "300 MB"


def articles(folder: Path) -> Iterator[Row]:
    """Articles a minute on all cores, locally, in processes and on clusters of this machine, with equal verdicts."""
    yield from _in_one_process(folder)
    verdicts, others, around = {}, ("processes", *LIBRARIES), plain_environment()
    for runner, goal in (("local", "65 a minute, over 90%"), *((name, "at least local") for name in others)):
        if runner in LIBRARIES and find_spec(LIBRARIES[runner]) is None:
            yield f"articles a minute, {runner}", f"not measured: pip install 'factdesk[{runner}]'", goal
            continue
        few, many = (_check(folder, runner, count, f"runner: {runner}", environment=around) for count in (SOME, MORE))
        verdicts[runner] = _verdicts(many.printed)
        clock, cpu = many.clock - few.clock, many.cpu - few.cpu
        pace = f"{60 * (MORE - SOME) / clock:.1f} by the clock"
        if runner == "ray":  # whose processes are nobody's children
            yield f"articles a minute, {runner}", pace, goal
            continue
        yield f"articles a minute, {runner}", f"{pace}, {cpu / clock / core_count():.0%} of the cores", goal
        yield f"an article, {runner}", f"{cpu / (MORE - SOME):.2f} s CPU", ""
    few, many = (_check(folder, "both", count, judge="embedded", environment=around) for count in (SOME, MORE))
    pace = f"{60 * (MORE - SOME) / (many.clock - few.clock):.1f}"
    yield "articles a minute, local, both readers", pace, "35 a minute"
    unlike = [name for name, given in verdicts.items() if given != verdicts["local"]]
    yield f"verdicts of {', '.join(verdicts)}", f"NOT equal: {', '.join(unlike)}" if unlike else "equal", "equal"


def _in_one_process(folder: Path) -> Iterator[Row]:
    few, many = (_check(folder, "one", count) for count in (FEW, MANY))
    clock, cpu = many.clock - few.clock, many.cpu - few.cpu
    pace = f"{60 * (MANY - FEW) / clock:.1f} by the clock, {cpu / clock / core_count():.0%} of the cores"
    yield "articles a minute, local, in one process", pace, ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedCosts:
    """CPU seconds of a check: without Prefect, with it, and on its server."""

    alone: float
    watched: float
    on_server: float


def watched_costs(folder: Path, repeats: int = 1) -> list[WatchedCosts]:
    """What a check costs without a Prefect server and with one, on the client and on the server, so many times."""
    with prefect_server(folder) as (environment, process):
        _check(folder, "watched", 1, environment=environment)
        time.sleep(_SETTLED)
        idle = _server_seconds(process, lambda: time.sleep(2 * _SETTLED)) / (2 * _SETTLED)
        return [_watched_cost(folder / str(number), environment, process, idle) for number in range(repeats)]


def _watched_cost(folder: Path, environment: dict[str, str], process: int, idle: float) -> WatchedCosts:
    """One measurement; ``idle`` are the CPU seconds that the server takes each second in any case."""
    folder.mkdir()  # with ledgers of its own
    alone = [_check(folder, "alone", count) for count in (FEW, MANY)]
    watched, on_server = [], []
    for count in (FEW, MANY):
        begun = time.monotonic()

        def check_and_wait(articles: int = count) -> None:
            watched.append(_check(folder, "watched", articles, environment={**environment, PROCESSES: "1"}))
            time.sleep(_SETTLED)

        spent = _server_seconds(process, check_and_wait)
        on_server.append(spent - idle * (time.monotonic() - begun))
    own, more = ((many.cpu - few.cpu) / (MANY - FEW) for few, many in (alone, watched))
    return WatchedCosts(alone=own, watched=more, on_server=(on_server[1] - on_server[0]) / (MANY - FEW))


def _server_seconds(process: int, run: Callable[[], None]) -> float:
    """CPU seconds of a server's process while something else runs."""
    before = cpu_of(process)
    run()
    return cpu_of(process) - before


def server(folder: Path) -> Iterator[Row]:
    """What a check costs more if a Prefect server watches it, on the client and on the server."""
    every = watched_costs(folder, REPEATS)
    shares = [max(0.0, costs.watched - costs.alone) / costs.watched for costs in every]
    yield "a check, without a server", _median_and_range([costs.alone for costs in every], "{:.2f} s CPU"), ""
    yield "Prefect's share of a watched check on the client", _median_and_range(shares, "{:.0%}"), "under 15 %"
    on_server = _median_and_range([costs.on_server for costs in every], "{:.2f} s CPU")
    yield "the server's work for it", on_server, "under 0.5 s"


def late(folder: Path) -> Iterator[Row]:
    """A week of missed schedules: what serving makes of the overdue runs, and whether the server answers meanwhile."""
    articles_ = ", ".join(
        f"{{url: 'http://127.0.0.1:9/{number}', cron: '*/30 * * * *'}}" for number in range(DEPLOYMENTS)
    )
    (folder / "config.yaml").write_text(f"ledger: {folder / 'late.db'}\narticles: [{articles_}]\n")
    with prefect_server(folder) as (environment, _):
        ask, now = asking(environment["PREFECT_API_URL"]), datetime.now(UTC)
        ask("/work_pools/", {"name": "late", "type": "process"})
        run_command([*FACTDESK, "deploy", "--pool", "late"], folder, environment)
        week = {"start_time": (now - timedelta(days=7)).isoformat(), "end_time": now.isoformat()}
        for deployment in [row for row in ask("/deployments/filter", {}) if "article" in row["tags"]]:
            for _ in range(4):  # the server makes at most 100 at once
                ask(f"/deployments/{deployment['id']}/schedule", {**week, "min_runs": LATE, "max_runs": 500})
        due = {"expected_start_time": {"before_": now.isoformat()}}
        overdue = {"flow_runs": {**due, "state": {"type": {"any_": ["SCHEDULED"]}}}}
        before = ask("/flow_runs/count", overdue)
        with asked_meanwhile(environment["PREFECT_API_URL"]) as slow, background(folder, environment, "serve"):
            started = time.monotonic()
            while ask("/flow_runs/count", overdue) and time.monotonic() - started < 1800:
                time.sleep(1)
            cleared = time.monotonic() - started
            time.sleep(60)  # for runs that go on
        runs = ask("/flow_runs/filter", {"flow_runs": due})
    names = Counter(run["state_name"] for run in runs)
    most = max(Counter(run["deployment_id"] for run in runs).values(), default=0)
    counts = ", ".join(f"{count} {name}" for name, count in sorted(names.items()))
    yield f"overdue runs of {DEPLOYMENTS} deployments", f"{before}, of which {counts}", "one run each"
    yield "runs of one deployment", f"at most {most}", "1"
    yield "time until the others are gone", f"{cleared:.0f} s by the clock", ""
    yield "requests that the server did not answer in 5 s meanwhile", f"{sum(slow)} of {len(slow)}", "0"


def _ledger_of(path: Path, addresses: Iterator[str] | list[str]) -> Path:
    """A ledger that knows articles at these addresses."""
    Ledger.open(path).close()
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany(
            "INSERT INTO addresses (address, key) VALUES (?, ?)", ((url, urls.key(url)) for url in addresses)
        )
    return path


def _median_and_range(values: list[float], form: str) -> str:
    """The median of several values, and in brackets the least and the greatest."""
    return f"{form.format(median(values))} ({form.format(min(values))} to {form.format(max(values))})"


def _cpu(run: Callable[[], object]) -> float:
    before = time.process_time()
    run()
    return time.process_time() - before


def _check(
    folder: Path, name: str, count: int, *lines: str, environment: dict[str, str] | None = None,
    judge: str = "embedded:small",
) -> Spent:  # fmt: skip
    """Check ``count`` copies of the sample with the small model, each another article at another address.

    In one process, if ``environment`` is not given.
    """
    place = folder / f"{name}-{count}"
    place.mkdir(exist_ok=True)
    (place / "config.yaml").write_text("\n".join((f"judge: {judge}", *lines)) + "\n")
    text = (SAMPLE / "article.html").read_text(encoding="utf-8")
    copies = [place / f"article{number}.html" for number in range(count)]
    for number, copy in enumerate(copies):
        own = text.replace(ADDRESS, f"{ADDRESS}-{number}").replace("</h1>", f" {number}</h1>")
        copy.write_text(own, encoding="utf-8")
    command = [*FACTDESK, "check", *map(str, copies), "--replay", str(SAMPLE / "sources.warc.gz"), "--json"]
    return run_command(command, place, environment or {**plain_environment(), PROCESSES: "1"})


def _verdicts(printed: str) -> list[list[object]]:
    """The verdicts of a check's JSON, without what is new in each run."""
    documents = [json.loads(line) for line in printed.splitlines()]
    return [[(claim["id"], claim["verdict"]) for claim in document["claims"]] for document in documents]
