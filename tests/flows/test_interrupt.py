"""Ctrl-C in the middle of a check: one line, nothing half in the ledger or the captures, and it can be run again.

The processes that a check has started end with it at once, also where it is killed.
"""

from __future__ import annotations

import http.server
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from claims.ledger.ledger import Ledger
from flows.runners.placement import MANY, PROCESSES
from sources.captures.scan import scan

ROOT = Path(__file__).parents[2]
FACTDESK = [
    sys.executable,
    "-c",
    # A shell starts what runs in its background with SIGINT ignored, and this test with it.
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    f"sys.path.insert(0, {str(ROOT)!r}); from flows.cli import main; main()",
]
PAGE = b"""<html><head><title>The plan</title></head><body><article><h1>The plan</h1>
<p>Ministers agreed on Monday night to cut the harbour budget by five percent, the treasury said in a statement.</p>
<p>Parliament has to vote on the plan before the end of March, and the government has a majority of three seats.</p>
</article></body></html>"""
ARTICLE = """<html><head><title>The cut</title></head><body><article><h1>The cut</h1>
<p>Ministers agreed on Monday night to <a href="{at}/plan">cut the harbour budget</a> by five percent, it said.</p>
<p>Parliament has to vote before the end of March, <a href="{other}/slow">the speaker of the house said</a>.</p>
</article></body></html>"""


STOPPED = "factdesk: stopped; unfinished articles were not logged\n"


class Pages(http.server.BaseHTTPRequestHandler):
    """One page that answers, and one that keeps its reader waiting."""

    reached: ClassVar[threading.Event] = threading.Event()
    free: ClassVar[threading.Event] = threading.Event()

    def do_GET(self) -> None:
        if self.path == "/slow":
            self.reached.set()
            self.free.wait(60)
        status, body = (404, b"") if self.path == "/robots.txt" else (200, PAGE)
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
        pass


@pytest.fixture
def port() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), Pages)
    server.daemon_threads = True
    Pages.reached.clear()
    Pages.free.clear()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server.server_address[1]
    Pages.free.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("runner", "number", "message"),
    [
        ("processes", signal.SIGINT, STOPPED),
        ("local", signal.SIGKILL, ""),
        pytest.param("dask", signal.SIGINT, STOPPED, marks=pytest.mark.long),
    ],
)
def test_the_processes_of_a_check_end_with_it(
    port: int, tmp_path: Path, runner: str, number: int, message: str
) -> None:
    (tmp_path / "config.yaml").write_text(
        f"runner: {runner}\njudge: lexical\nfetch: {{allow_private: true, robots: false, per_host_delay: 0s}}\n"
    )
    urls = {"at": f"http://127.0.0.1:{port}", "other": f"http://127.0.0.2:{port}"}
    names = [f"{number}.html" for number in range(MANY)]
    for name in names:
        (tmp_path / name).write_text(ARTICLE.format(**urls))
    run = subprocess.Popen(
        [*FACTDESK, "check", *names],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), PROCESSES: "2"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert Pages.reached.wait(120)
    (os.killpg if number == signal.SIGINT else os.kill)(run.pid, number)  # Ctrl-C reaches all of them
    out, err = run.communicate(timeout=30)  # which waits for everyone who can still print
    assert (run.returncode, out) == (130 if message else -number, "")
    assert [line for line in err.splitlines() if line.startswith(("factdesk", "Traceback"))] == message.splitlines()


def test_a_check_that_is_stopped_leaves_nothing_half_done(port: int, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("fetch: {allow_private: true, per_host_delay: 0s}\n")
    urls = {"at": f"http://127.0.0.1:{port}", "other": f"http://127.0.0.2:{port}"}
    (tmp_path / "article.html").write_text(ARTICLE.format(**urls))
    command = [*FACTDESK, "check", "article.html", "--db", "desk.db"]
    run = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert Pages.reached.wait(120)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert (run.returncode, out) == (130, "")
    assert err == STOPPED
    if (tmp_path / "desk.db").exists():
        with Ledger.open(tmp_path / "desk.db", create=False) as ledger:
            assert not any(ledger.counts().values())
    for file in (tmp_path / "captures").glob("*.warc.gz"):
        assert all(record.url.startswith("http://127.0.0.") for _, record in scan(file))
    Pages.free.set()
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert again.returncode == 0, again.stderr
    with Ledger.open(tmp_path / "desk.db", create=False) as ledger:
        assert (ledger.counts()["articles"], ledger.audit().holds) == (1, True)
