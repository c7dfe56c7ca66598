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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from benchmarks.common import ROOT
from benchmarks.flows.servers import FACTDESK, Row, asking, server_settings
from claims.ledger.ledger import Ledger

KILLS = int(os.environ.get("FACTDESK_KILLS", "50"))
# Of ten kills, four are of the server, three of the process of a run, and three of the serving process.
_VICTIMS = ("server", "run", "serve", "server", "run", "serve", "server", "run", "serve", "server")
_STATES = ("SCHEDULED", "PENDING", "RUNNING", "RUNNING")  # of the run that was just asked for, when something is killed
_PATIENCE = 180  # seconds, after which every run is to have ended
_ARTICLE = (
    "<html><head><title>Trees {0}</title></head><body><article><h1>Trees {0}</h1><p>The mayor said on Friday that \
{0} trees were felled, <a href='/source-{0}'>the Gazette</a> reported.</p></article></body></html>"
)


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
        started = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                if int(stat.read_text().rpartition(")")[2].split()[1]) == self._process.pid:
                    started.append(int(stat.parent.name))
        return started


def kills(folder: Path) -> Iterator[Row]:
    """What is left after ``FACTDESK_KILLS`` kills (default: 50), of which four in ten are restarts of the server."""
    with _press() as address, _desk(folder, address) as (server, serve, ask):
        made = {row["name"]: row["id"] for row in ask("/deployments/filter", {})}
        chance = random.Random(1)
        hit: Counter[str] = Counter()
        for number in range(KILLS):
            victim, state = _VICTIMS[number % len(_VICTIMS)], _STATES[number % len(_STATES)]
            asked = ask(
                f"/deployments/{made['check an article']}/create_flow_run",
                {"parameters": {"source": f"{address}/story-{number}", "config": str(folder / "config.yaml")}},
            )
            _until(lambda run=asked, wanted=state: _state_of(ask, run["id"]) in (wanted, "COMPLETED", "FAILED"), 60)
            time.sleep(chance.random())
            hit[victim] += _kill(victim, server, serve)
            if victim == "server":
                _until(lambda: _answers(ask), 120)
        ended, started = time.monotonic(), time.time()
        all_ended = _until(lambda: not _unfinished(ask), _PATIENCE)
        seconds = time.monotonic() - ended
        fired = _until(lambda: _scheduled_since(ask, started), _PATIENCE)
    with Ledger.open(folder / "desk.db", create=False) as ledger:
        audit, counts = ledger.audit(), ledger.counts()
    victims = ", ".join(f"{count} of {victim}" for victim, count in sorted(hit.items()))
    yield f"kills: {victims}", f"all runs ended {seconds:.0f} s later" if all_ended else "runs LEFT", "within 3 minutes"
    yield "a schedule fires again", "yes" if fired else "NO", "yes"
    yield "the ledger's audit", "holds" if audit.holds else f"does NOT hold: {audit}"[:300], "holds"
    yield "checks of articles that were asked for once", f"{counts['runs']} of {counts['articles']} articles", "equal"


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
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
    server, serve = Restarted(command, folder, environment), Restarted([*FACTDESK, "serve"], folder, environment)
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


def _kill(victim: str, server: Restarted, serve: Restarted) -> int:
    """Kill what is named, and start it again where nothing else would; how many processes were killed."""
    if victim == "run":
        children = serve.children()
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return int(bool(children))
    process = server if victim == "server" else serve
    process.stop()
    process.start()
    return 1


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


def _state_of(ask: Callable[..., Any], run: str) -> str:
    (row,) = ask("/flow_runs/filter", {"flow_runs": {"id": {"any_": [run]}}})
    return str(row["state_type"])


def _unfinished(ask: Callable[..., Any]) -> int:
    """How many runs that have begun, or that were asked for by hand, have not ended."""
    begun = {"state": {"type": {"any_": ["PENDING", "RUNNING", "CANCELLING"]}}}
    waiting = {"state": {"type": {"any_": ["SCHEDULED"]}}, "tags": {"all_": ["check"]}}
    return int(sum(ask("/flow_runs/count", {"flow_runs": wanted}) for wanted in (begun, waiting)))


def _scheduled_since(ask: Callable[..., Any], moment: float) -> bool:
    """Whether a run of a schedule that began after this time has ended well."""
    after = {"start_time": {"after_": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))}}
    wanted = {"state": {"type": {"any_": ["COMPLETED"]}}, "tags": {"all_": ["feed"]}, **after}
    return bool(ask("/flow_runs/count", {"flow_runs": wanted}))


@contextmanager
def _press() -> Iterator[str]:
    """Articles on loopback whose sources answer after a second, and an empty feed; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = self.path.rpartition("-")[2]
            time.sleep("source" in self.path)
            text = _ARTICLE.format(number)
            if self.path == "/feed.xml":
                text = '<?xml version="1.0"?><rss version="2.0"><channel><title>Press</title></channel></rss>'
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml" if self.path == "/feed.xml" else "text/html")
            self.end_headers()
            with suppress(OSError):  # whoever asked was killed
                self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
