"""A Prefect server that is killed during a check costs neither the verdicts nor minutes."""

from __future__ import annotations

import http.server
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from channel import AGREED, ARTICLE, PLAN

from claims.ledger.ledger import Ledger

pytestmark = [pytest.mark.prefect, pytest.mark.long]

ROOT = Path(__file__).parents[2]


class Source:
    """A page on loopback that is answered only when the test lets it."""

    def __init__(self) -> None:
        self.asked, self.may_answer = threading.Event(), threading.Event()
        source = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = self.path == "/plan"
                if page:
                    source.asked.set()
                    source.may_answer.wait(120)
                data = PLAN.format(first=AGREED).encode() if page else b""
                self.send_response(200 if page else 404)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/plan"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.may_answer.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def source() -> Iterator[Source]:
    opened = Source()
    yield opened
    opened.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, str]]]:
    """A Prefect server of this test alone, and the environment of its clients."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    environment = {
        **os.environ,
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_for(environment["PREFECT_API_URL"] + "/health")
            yield process, environment
        finally:
            process.kill()
            process.wait(20)


def wait_for(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.4)
    pytest.fail("the server did not start")


def test_the_check_is_logged_and_printed(
    server: tuple[subprocess.Popen[bytes], dict[str, str]], source: Source, tmp_path: Path
) -> None:
    process, environment = server
    (tmp_path / "config.yaml").write_text("judge: lexical\nfetch: {allow_private: true, per_host_delay: 0s}\n")
    for name in ("one", "two"):
        (tmp_path / f"{name}.html").write_text(ARTICLE.format(url=source.address, mark=name))
    command = [sys.executable, "-c", "from flows.cli import main; main()", "check", "one.html", "two.html", "--json"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as check:
        assert source.asked.wait(180)
        process.kill()
        process.wait(20)
        source.may_answer.set()
        printed, messages = check.communicate(timeout=90)  # it took four minutes when each message was tried again
    assert check.returncode == 0, messages
    assert len(printed.splitlines()) == 2
    assert [line for line in messages.splitlines() if "search service" not in line] == [
        "factdesk: the Prefect server is gone; the check goes on without it."
    ]
    with Ledger.open(tmp_path / "factdesk.db", create=False) as ledger:
        assert ledger.counts()["runs"] == 2
        assert ledger.audit().holds
