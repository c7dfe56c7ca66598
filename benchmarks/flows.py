"""What the desk costs beside the judging: known articles, feeds with nothing new, a server, missed schedules.

    python -m benchmarks.flows                 all of them, with a Prefect server of its own on loopback
    python -m benchmarks.flows known feed      some of them: known, feed, cold, articles, server, late

CPU seconds are those of the processes themselves, so they hold on a machine that does other work; what was measured by
the clock says so.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from benchmarks.common import ROOT
from claims.ledger.ledger import Ledger
from flows.checks import pipeline
from flows.config.setup import CheckOptions, setup
from sources import urls

SAMPLE = ROOT / "examples" / "inauguration"
FACTDESK = [sys.executable, "-c", "from flows.cli import main; main()"]
KNOWN, ENTRIES, LATE, DEPLOYMENTS = 1_000_000, 100, 336, 5
FEW, MANY = 2, 8  # articles of two runs, whose difference leaves the start of the process out
Row = tuple[str, str, str]  # what was measured, the value, the goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a process and its children took: CPU seconds, seconds by the clock, the largest process in MB."""

    cpu: float
    clock: float
    memory: float
    printed: str = ""


def known(folder: Path) -> Iterator[Row]:
    """The look-up of a feed's articles in a ledger of a million."""
    ledger = _ledger_of(folder / "known.db", (f"https://news.example/{number}" for number in range(KNOWN)))
    asked = [f"https://news.example/{number * 9_973}" for number in range(ENTRIES)]
    with Ledger.open(ledger, create=False) as book:
        spent = min(_cpu(lambda: book.addresses.known_keys(asked, urls.key)) for _ in range(20))
    yield f"look-up of {ENTRIES} addresses among {KNOWN:,} articles", f"{1000 * spent:.1f} ms CPU", "under 5 ms"


def feed(folder: Path) -> Iterator[Row]:
    """A run of a feed with nothing new, in a process that lives on; what the feed's server answered."""
    with _feed_server() as (address, entries, answers), asyncio.Runner() as runner:
        ledger = _ledger_of(folder / "feed.db", entries)
        config = folder / "config.yaml"
        config.write_text(f"captures: {folder / 'captures'}\nfetch: {{allow_private: true, per_host_delay: 0s}}\n")
        how = setup(CheckOptions(config=str(config), ledger=str(ledger)))
        spent = [_cpu(lambda: runner.run(pipeline.new_articles(address, 20, how))) for _ in range(10)]
    counts = ", ".join(f"{count} with {code}" for code, count in sorted(Counter(answers).items()))
    yield f"feed run, {ENTRIES} entries, nothing new", f"{sorted(spent)[5]:.3f} s CPU", "under 0.3 s"
    yield "answers to its 10 requests", counts, "304 after the first"


def cold(folder: Path) -> Iterator[Row]:
    """The sample article from a cold shell."""
    spent = _check(folder, "cold", 1)
    yield "sample article, new process", f"{spent.clock:.1f} s by the clock, {spent.cpu:.1f} s CPU", "3.2 s"
    yield "its memory", f"{spent.memory:.0f} MB", "300 MB"


def articles(folder: Path) -> Iterator[Row]:
    """Articles a minute on all cores, locally and in processes, with equal verdicts."""
    verdicts = {}
    for runner, goal in (("local", "65 a minute"), ("processes", "at least local")):
        few, many = (_check(folder, runner, count, f"runner: {runner}") for count in (FEW, MANY))
        verdicts[runner] = _verdicts(many.printed)
        clock = many.clock - few.clock
        busy = (many.cpu - few.cpu) / clock / len(os.sched_getaffinity(0))
        yield (
            f"articles a minute, {runner}",
            f"{60 * (MANY - FEW) / clock:.1f} by the clock, {busy:.0%} of the cores",
            goal,
        )
    yield "verdicts of both", "equal" if verdicts["local"] == verdicts["processes"] else "NOT equal", "equal"


def server(folder: Path) -> Iterator[Row]:
    """What a check costs more if a Prefect server watches it, on the client and on the server."""
    alone = [_check(folder, "alone", count) for count in (FEW, MANY)]
    with _prefect_server(folder) as (environment, process):
        before = _cpu_of(process)
        _check(folder, "watched", 1, environment=environment)
        watched, on_server = [], []
        for count in (FEW, MANY):
            before = _cpu_of(process)
            watched.append(_check(folder, "watched", count, environment=environment))
            time.sleep(10)  # what it writes down a little later
            on_server.append(_cpu_of(process) - before)
    own, more = ((many.cpu - few.cpu) / (MANY - FEW) for few, many in (alone, watched))
    yield "a check, without a server", f"{own:.2f} s CPU", ""
    yield "Prefect's share of a watched check on the client", f"{max(0.0, more - own) / more:.0%}", "under 15 %"
    yield "the server's work for it", f"{(on_server[1] - on_server[0]) / (MANY - FEW):.2f} s CPU", "under 0.5 s"


def late(folder: Path) -> Iterator[Row]:
    """A week of missed schedules: what mending leaves of the overdue runs, and whether the server answers meanwhile."""
    articles_ = ", ".join(
        f"{{url: 'http://127.0.0.1:9/{number}', cron: '*/30 * * * *'}}" for number in range(DEPLOYMENTS)
    )
    (folder / "config.yaml").write_text(f"ledger: {folder / 'late.db'}\narticles: [{articles_}]\n")
    with _prefect_server(folder) as (environment, _):
        ask = _asking(environment["PREFECT_API_URL"])
        ask("/work_pools/", {"name": "late", "type": "process"})
        _run([*FACTDESK, "deploy", "--pool", "late"], folder, environment)
        made = [row for row in ask("/deployments/filter", {}) if "article" in row["tags"]]
        now = datetime.now(UTC)
        week = {"start_time": (now - timedelta(days=7)).isoformat(), "end_time": now.isoformat()}
        for deployment in made:
            for _ in range(4):  # the server makes at most 100 at once
                ask(f"/deployments/{deployment['id']}/schedule", {**week, "min_runs": LATE, "max_runs": 500})
        overdue = {"flow_runs": {"expected_start_time": {"before_": now.isoformat()}}}
        before = ask("/flow_runs/count", overdue)
        code = "import asyncio, sys; from flows.serving.mending import mend; print(*asyncio.run(mend(sys.argv[1:])))"
        with _asked_meanwhile(environment["PREFECT_API_URL"]) as slow:
            names = [deployment["name"] for deployment in made]
            spent = _run([sys.executable, "-c", code, *names], folder, environment)
        left = ask("/flow_runs/count", overdue)
    yield f"overdue runs of {len(made)} deployments", f"{before} before, {left} after", "one each"
    yield "time of the mending", f"{spent.clock:.0f} s by the clock", ""
    yield "requests that the server did not answer in 5 s meanwhile", f"{sum(slow)} of {len(slow)}", "0"


def _ledger_of(path: Path, addresses: Iterator[str] | list[str]) -> Path:
    """A ledger that knows articles at these addresses."""
    Ledger.open(path).close()
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany(
            "INSERT INTO addresses (address, key) VALUES (?, ?)", ((url, urls.key(url)) for url in addresses)
        )
    return path


def _cpu(run: Callable[[], object]) -> float:
    before = time.process_time()
    run()
    return time.process_time() - before


def _check(folder: Path, name: str, count: int, *lines: str, environment: dict[str, str] | None = None) -> Spent:
    """Check ``count`` copies of the sample with the small model, each another article."""
    place = folder / f"{name}-{count}"
    place.mkdir(exist_ok=True)
    (place / "config.yaml").write_text("\n".join(("judge: embedded:small", *lines)) + "\n")
    text = (SAMPLE / "article.html").read_text(encoding="utf-8")
    copies = [place / f"article{number}.html" for number in range(count)]
    for number, copy in enumerate(copies):
        copy.write_text(text.replace("<body", f"<!-- {number} --><body").replace("</h1>", f" {number}</h1>"))
    command = [*FACTDESK, "check", *map(str, copies), "--replay", str(SAMPLE / "sources.warc.gz"), "--json"]
    return _run(command, place, environment)


def _run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Spent:
    """Run a command to its end. Raises SystemExit if it fails."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    started, errors = time.monotonic(), folder / "stderr"
    with errors.open("w") as stderr:
        process = subprocess.Popen(
            command, cwd=folder, env={**(environment or plain), "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
            stderr=stderr, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command[:5])}: {errors.read_text()[-2000:]}")
    clock = time.monotonic() - started
    return Spent(cpu=usage.ru_utime + usage.ru_stime, clock=clock, memory=usage.ru_maxrss / 1024, printed=printed)


def _verdicts(printed: str) -> list[list[object]]:
    """The verdicts of a check's JSON, without what is new in each run."""
    documents = [json.loads(line) for line in printed.splitlines()]
    return [[(claim["id"], claim["verdict"]) for claim in document["claims"]] for document in documents]


@contextmanager
def _feed_server() -> Iterator[tuple[str, list[str], list[int]]]:
    """A feed with an ETag on loopback: its address, its entries, and the statuses of its answers."""
    answers: list[int] = []
    entries = [f"https://news.example/story-{number}" for number in range(ENTRIES)]
    items = "".join(f"<item><title>Story</title><link>{entry}</link></item>" for entry in entries)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            same = self.headers["If-None-Match"] == '"1"'
            answers.append(304 if same else 200)
            self.send_response(answers[-1])
            self.send_header("ETag", '"1"')
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(0 if same else len(body)))
            self.end_headers()
            self.wfile.write(b"" if same else body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}/feed.xml", entries, answers
        listening.shutdown()


@contextmanager
def _prefect_server(folder: Path) -> Iterator[tuple[dict[str, str], int]]:
    """A Prefect server on loopback: the environment of its clients, and its process."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as free:
        port = free.server_port
    settings = {
        "PREFECT_HOME": str(folder / f"prefect-{port}"),
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
    }
    environment = {**os.environ, **settings}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            for _ in range(600):
                with (
                    suppress(urllib.error.URLError, OSError),
                    urllib.request.urlopen(f"{settings['PREFECT_API_URL']}/health", timeout=2),
                ):
                    break
                time.sleep(0.5)
            yield environment, process.pid
        finally:
            process.terminate()
            process.wait(60)


def _cpu_of(process: int) -> float:
    """The CPU seconds of a process and of those that it started."""
    spent = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if process in (int(stat.parent.name), int(fields[1])):
                spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def _asking(api: str) -> Callable[[str, object], Any]:
    def ask(path: str, body: object) -> Any:
        request = urllib.request.Request(api + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        for _ in range(60):
            try:
                with urllib.request.urlopen(request, timeout=120) as answer:
                    return json.loads(answer.read() or "null")
            except urllib.error.HTTPError as error:
                if error.code != 503:  # its SQLite is busy
                    raise
                time.sleep(2)
        raise SystemExit(f"{path}: the server stayed busy")

    return ask


@contextmanager
def _asked_meanwhile(api: str) -> Iterator[list[bool]]:
    """Ask the server for its flow runs twice a second until the block ends; whether each answer failed."""
    failed: list[bool] = []
    stop = Event()

    def ask() -> None:
        while not stop.wait(0.5):
            request = urllib.request.Request(
                f"{api}/flow_runs/filter", b'{"limit": 10}', {"Content-Type": "application/json"}
            )
            try:
                with urllib.request.urlopen(request, timeout=5):
                    failed.append(False)
            except (urllib.error.URLError, OSError):
                failed.append(True)

    thread = Thread(target=ask)
    thread.start()
    try:
        yield failed
    finally:
        stop.set()
        thread.join()


MEASURES = {measure.__name__: measure for measure in (known, feed, cold, articles, server, late)}


def main(names: list[str]) -> None:
    """Print a table of what was measured, one line as soon as it is known."""
    print(f"| {'what':58} | {'measured':42} | goal |\n|---|---|---|", flush=True)
    for name in names or MEASURES:
        with tempfile.TemporaryDirectory() as folder:
            for what, value, goal in MEASURES[name](Path(folder)):
                print(f"| {what:58} | {value:42} | {goal} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
