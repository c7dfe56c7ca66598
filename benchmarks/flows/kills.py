"""Kills runs, the serving process and the server in every state, and counts what is left in disorder afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.common import ROOT
from benchmarks.flows.servers import (
    FACTDESK,
    SERVER,
    QuietHandler,
    Row,
    asking,
    listening,
    processes_of,
    server_settings,
)
from claims.ledger.ledger import Ledger

KILLS = int(os.environ.get("FACTDESK_KILLS", "50"))
# Of ten kills, four are of the server, three of the process of a run, and three of the serving process.
_VICTIMS = ("server", "run", "serve", "server", "run", "serve", "server", "run", "serve", "server")
_STATES = ("SCHEDULED", "PENDING", "RUNNING", "RUNNING")  # of the run that was just asked for, when something is killed
_FINAL = ("COMPLETED", "FAILED", "CRASHED")
_BEGUN = {"state": {"type": {"any_": ["PENDING", "RUNNING", "CANCELLING"]}}}
_PATIENCE = 180  # seconds, after which every run is to have ended
_ARTICLE = (
    "<html><head><title>Trees {0}</title></head><body><article><h1>Trees {0}</h1><p>The mayor said on Friday that \
{0} trees were felled, <a href='/source-{0}'>the Gazette</a> reported.</p></article></body></html>"
)
_FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>Press</title></channel></rss>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A check that was asked for by hand, what was killed meanwhile, and the state that the run had then."""

    run: str
    article: str
    victim: str
    state: str


class Restarted:
    """A process that is killed and started again."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]) -> None:
        self._command, self._folder, self._environment = command, folder, environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process."""
        with (self._folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, env=self._environment, stdout=output, stderr=output
            )

    def stop(self, number: int = signal.SIGKILL) -> None:
        """Kill the process, and wait for its end."""
        assert self._process is not None
        self._process.send_signal(number)
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(60)

    def children(self) -> list[int]:
        """The processes that it has started."""
        assert self._process is not None
        parent = self._process.pid
        return [process for process, _ in processes_of(parent) if process != parent]


def kills(folder: Path) -> Iterator[Row]:
    """What is left after ``FACTDESK_KILLS`` kills (default: 50), of which four in ten are restarts of the server."""
    with _press() as address, _desk(folder, address) as (server, serve, ask):
        (check,) = [row["id"] for row in ask("/deployments/filter", {}) if row["name"] == "check an article"]
        chance, every = random.Random(1), []
        for number in range(KILLS):
            victim, wanted = _VICTIMS[number % len(_VICTIMS)], _STATES[number % len(_STATES)]
            article = f"{address}/story-{number}"
            parameters = {"source": article, "config": str(folder / "config.yaml")}
            asked = {"parameters": parameters, "idempotency_key": article}
            run = ask(f"/deployments/{check}/create_flow_run", asked)["id"]
            _until(lambda run=run, wanted=wanted: _run(ask, run)["state_type"] in (wanted, *_FINAL), 60)
            time.sleep(chance.random())
            state = _run(ask, run)["state_name"]
            every.append(Asked(run=run, article=article, state=state, victim=_kill(victim, server, serve)))
            if victim == "server":
                _until(lambda: _answers(ask), 120)
        started = time.time()
        ended = _seconds_until(lambda: not _unfinished(ask), _PATIENCE)
        fired = _until(lambda: _scheduled_since(ask, started), _PATIENCE)
        logged = _seconds_until(lambda: all(_settled(ask, asked.run) for asked in every), 900)
        yield from _rows_of_runs(every, {asked.run: _run(ask, asked.run) for asked in every}, logged)
        left = ", ".join(
            f"{row['name']} {row['state_name']}" for row in ask("/flow_runs/filter", {"flow_runs": _BEGUN})
        )
    yield (
        "every run in a final state",
        f"{ended:.0f} s after the last kill" if ended is not None else f"NOT: {left}",
        "3 minutes",
    )
    yield "a schedule fires again", "yes" if fired else "NO", "yes"
    with Ledger.open(folder / "desk.db", create=False) as ledger:
        audit, counts = ledger.audit(), ledger.counts()
    yield "the ledger's audit", "holds" if audit.holds else f"does NOT hold: {audit}"[:300], "holds"
    yield "articles, claims and verdicts in the ledger", "{articles}, {claims}, {verdicts}".format(**counts), "equal"


def _rows_of_runs(every: Sequence[Asked], runs: Mapping[str, Any], logged: float | None) -> Iterator[Row]:
    """What became of the checks that were asked for; one line each is printed as an error for what is not logged."""
    hit = Counter(asked.victim for asked in every)
    yield f"kills of {', '.join(hit)}", ", ".join(map(str, hit.values())), ""
    fates = Counter(runs[asked.run]["state_name"] for asked in every)
    yield "checks asked for meanwhile", ", ".join(f"{count} {name}" for name, count in sorted(fates.items())), ""
    settled = f"{logged:.0f} s after the last kill" if logged is not None else "NOT all in 15 minutes"
    yield "each logged, or killed in each of its four starts", settled, "all"
    for asked in every:
        run = runs[asked.run]
        if run["state_type"] != "COMPLETED":
            print(
                f"{asked.victim} killed at {asked.state}: {run['state_name']}, started {run['run_count']} times: "
                f"{run['state']['message']}",
                file=sys.stderr,
            )


@contextmanager
def _desk(folder: Path, address: str) -> Iterator[tuple[Restarted, Restarted, Callable[..., Any]]]:
    """A server and a serving process, which check articles and, every minute, a feed with nothing in it."""
    (folder / "config.yaml").write_text(
        f"judge: lexical\nledger: {folder / 'desk.db'}\ncaptures: {folder / 'captures'}\n"
        "fetch: {allow_private: true, per_host_delay: 0s, robots: false, archive: false, timeout: 5s}\n"
        f"feeds: [{{url: '{address}/feed.xml', cron: '* * * * *'}}]\n"
    )
    settings = server_settings(folder)
    environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT)}
    server, serve = Restarted(SERVER, folder, environment), Restarted([*FACTDESK, "serve"], folder, environment)
    ask = asking(settings["PREFECT_API_URL"])
    server.start()
    try:
        _until(lambda: _answers(ask), 240)
        serve.start()
        try:
            _until(lambda: len(ask("/deployments/filter", {})) == 3, 240)
            yield server, serve, ask
        finally:
            serve.stop(signal.SIGTERM)
    finally:
        server.stop(signal.SIGTERM)


def _kill(victim: str, server: Restarted, serve: Restarted) -> str:
    """Kill what is named, and start it again where nothing else would; what was killed."""
    if victim == "run":
        children = serve.children()
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return victim if children else "nothing"
    process = server if victim == "server" else serve
    process.stop()
    process.start()
    return victim


def _seconds_until(holds: Callable[[], Any], seconds: float) -> float | None:
    """After how many seconds something holds; None if it does not within ``seconds``."""
    started = time.monotonic()
    return time.monotonic() - started if _until(holds, seconds) else None


def _until(holds: Callable[[], Any], seconds: float) -> bool:
    """Whether something holds within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.5)
    return False


def _answers(ask: Callable[..., Any]) -> bool:
    try:
        ask("/flow_runs/count", {})
    except (urllib.error.URLError, OSError):
        return False
    return True


def _run(ask: Callable[..., Any], run: str) -> Any:
    (row,) = ask("/flow_runs/filter", {"flow_runs": {"id": {"any_": [run]}}})
    return row


def _settled(ask: Callable[..., Any], run: str) -> bool:
    """Whether a check was logged, or is not started again by itself any more."""
    row = _run(ask, run)
    states = ask(f"/flow_run_states/?flow_run_id={run}") if row["state_type"] == "CRASHED" else []
    return row["state_type"] == "COMPLETED" or any("3 of 3" in (state["message"] or "") for state in states)


def _unfinished(ask: Callable[..., Any]) -> int:
    """How many runs that have begun, or that were asked for by hand, have not ended."""
    waiting = {"state": {"type": {"any_": ["SCHEDULED"]}}, "tags": {"all_": ["check"]}}
    return int(sum(ask("/flow_runs/count", {"flow_runs": wanted}) for wanted in (_BEGUN, waiting)))


def _scheduled_since(ask: Callable[..., Any], moment: float) -> bool:
    """Whether a run of a schedule that began after this time has ended well."""
    after = {"start_time": {"after_": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))}}
    wanted = {"state": {"type": {"any_": ["COMPLETED"]}}, "tags": {"all_": ["feed"]}, **after}
    return bool(ask("/flow_runs/count", {"flow_runs": wanted}))


@contextmanager
def _press() -> Iterator[str]:
    """Articles on loopback whose sources answer after a second, and an empty feed; gives the address."""

    class Press(QuietHandler):
        def respond(self) -> None:
            if self.path == "/feed.xml":
                self.answer(_FEED, "application/rss+xml")
                return
            time.sleep("source" in self.path)
            self.answer(_ARTICLE.format(self.path.rpartition("-")[2]))

    with listening(Press) as address:
        yield address
