"""The servers and processes that the measurements start, all on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from benchmarks.common import ROOT
from flows.serving.server import API, api_url, server_environment

SAMPLE = ROOT / "examples" / "inauguration"
FACTDESK = [sys.executable, "-c", "from flows.cli import main; main()"]
SERVER = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
Row = tuple[str, str, str]  # what was measured, the value, the goal
ENTRIES = 100  # of the feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a process and its children took: CPU seconds, seconds by the clock, the largest process in MB."""

    cpu: float
    clock: float
    memory: float
    printed: str = ""


def plain_environment() -> dict[str, str]:
    """The environment without a Prefect server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}


def run_command(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Spent:
    """Run a command to its end, with compiled modules kept, as where it is installed. Raises SystemExit if it fails."""
    env = {**(environment or plain_environment()), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    started, errors = time.monotonic(), folder / "stderr"
    with errors.open("w") as stderr:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=stderr, text=True)
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command[:5])}: {errors.read_text()[-2000:]}")
    clock = time.monotonic() - started
    return Spent(cpu=usage.ru_utime + usage.ru_stime, clock=clock, memory=usage.ru_maxrss / 1024, printed=printed)


class QuietHandler(BaseHTTPRequestHandler):
    """Answers requests with ``respond``, without a line for each."""

    def respond(self) -> None:
        """Answer one request."""
        raise NotImplementedError

    def do_GET(self) -> None:
        """Answer one request."""
        self.respond()

    def answer(self, body: str, kind: str = "text/html", *, status: int = 200, **headers: str) -> None:
        """Send an answer; whoever asked may have been killed."""
        data = body.encode()
        with suppress(OSError):
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
        """Print nothing."""


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server on loopback; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def feed_server() -> Iterator[tuple[str, list[str], list[int]]]:
    """A feed with an ETag on loopback: its address, its entries, and the statuses of its answers."""
    answers: list[int] = []
    entries = [f"https://news.example/story-{number}" for number in range(ENTRIES)]
    items = "".join(f"<item><title>Story</title><link>{entry}</link></item>" for entry in entries)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'

    class Feed(QuietHandler):
        def respond(self) -> None:
            same = self.headers["If-None-Match"] == '"1"'
            answers.append(304 if same else 200)
            self.answer("" if same else body, "application/rss+xml", status=answers[-1], ETag='"1"')

    with listening(Feed) as address:
        yield f"{address}/feed.xml", entries, answers


def server_settings(folder: Path) -> dict[str, str]:
    """The environment of a Prefect server, with its files in a folder, and of its clients.

    It is set as `factdesk up` sets it, without a password and the token that each request would carry.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as free:
        port = free.server_port
    settings = server_environment(api_url(port), "")
    for protection in ("PREFECT_SERVER_API_AUTH_STRING", "PREFECT_SERVER_CSRF_PROTECTION_ENABLED"):
        del settings[protection]
    return {**settings, "PREFECT_HOME": str(folder / f"prefect-{port}"), API: api_url(port)}


@contextmanager
def prefect_server(folder: Path) -> Iterator[tuple[dict[str, str], int]]:
    """A Prefect server on loopback: the environment of its clients, and its process."""
    settings = server_settings(folder)
    environment = {**os.environ, **settings}
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(SERVER, env=environment, stdout=log, stderr=log)
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


@contextmanager
def background(folder: Path, environment: dict[str, str], command: str) -> Iterator[None]:
    """A long-lived `factdesk` command in a folder, stopped at the end."""
    with (folder / f"{command}.log").open("w") as log:
        process = subprocess.Popen(
            [*FACTDESK, command], cwd=folder, env={**environment, "PYTHONPATH": str(ROOT)}, stdout=log, stderr=log
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)


def processes_of(parent: int) -> Iterator[tuple[int, Sequence[str]]]:
    """A process and those that it started: the id of each, and the fields of its status from its parent on."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()[1:]
            if parent in (int(stat.parent.name), int(fields[0])):
                yield int(stat.parent.name), fields


def cpu_of(process: int) -> float:
    """The CPU seconds of a process and of those that it started."""
    ticks = sum(int(fields[10]) + int(fields[11]) for _, fields in processes_of(process))
    return ticks / os.sysconf("SC_CLK_TCK")


def asking(api: str) -> Callable[..., Any]:
    """A function that asks the API of a server, by POST if there is a body, and waits while its database is busy.

    What it asks may be asked twice: a server that did not answer in time may have done it.
    """

    def ask(path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(api + path, data, {"Content-Type": "application/json"})
        for _ in range(60):
            try:
                with urllib.request.urlopen(request, timeout=120) as answer:
                    return json.loads(answer.read() or "null")
            except urllib.error.HTTPError as error:
                if error.code not in (500, 503):  # its SQLite is locked or busy
                    raise
            except TimeoutError:
                print(f"{path}: no answer within 2 minutes", file=sys.stderr)
            time.sleep(2)
        raise SystemExit(f"{path}: the server stayed busy")

    return ask


@contextmanager
def asked_meanwhile(api: str) -> Iterator[list[bool]]:
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
