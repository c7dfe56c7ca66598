"""`factdesk up` alone: a schedule fires on its server, and again after each of its processes was killed."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from channel import TREES, Channel, open_channel

from benchmarks.flows.servers import processes_of
from claims.ledger.ledger import Ledger

pytestmark = [pytest.mark.long, pytest.mark.prefect]

ROOT = Path(__file__).parents[2]
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
ARTICLE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"


class Api:
    """The server that `factdesk up` started, with its password and its protection against other pages."""

    def __init__(self, address: str, password: str) -> None:
        self._address = address
        secret = base64.b64encode(password.encode()).decode()
        self._headers = {"Content-Type": "application/json", "Authorization": f"Basic {secret}"}

    def ask(self, path: str, body: object = None) -> Any:
        """The answer to a POST with the body, or to a GET without; waits while no server answers."""
        [answer] = eventually(lambda: self._tried(path, body), 120)
        return answer

    def _tried(self, path: str, body: object) -> list[Any]:
        """The answer; nothing while no server answers."""
        try:
            return [self._request(path, body)]
        except (urllib.error.URLError, OSError):
            return []

    def _request(self, path: str, body: object) -> Any:
        headers, data = self._headers, None
        if body is not None:
            token = self._request(f"/csrf-token?{urlencode({'client': 'test'})}", None)["token"]
            headers = {**headers, "Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "test"}
            data = json.dumps(body).encode()
        request = urllib.request.Request(self._address + path, data, headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or "null")

    def runs(self, flow: str) -> list[Any]:
        """The runs of a flow, the latest first, without those that are still to come."""
        begun = {"state": {"type": {"any_": ["PENDING", "RUNNING", *ENDED]}}}
        wanted = {"flows": {"name": {"any_": [flow]}}, "flow_runs": begun, "sort": "EXPECTED_START_TIME_DESC"}
        return list(self.ask("/flow_runs/filter", wanted))

    def events(self, run: str) -> set[str]:
        """The names of the events of a run."""
        about = {"filter": {"resource": {"id": [f"prefect.flow-run.{run}"]}}, "limit": 50}
        return {event["event"] for event in self.ask("/events/filter", about)["events"]}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(look: Callable[[], Any], seconds: float = 240) -> Any:
    """What ``look`` gives as soon as it is something."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < end, f"still {seen}"
        time.sleep(0.2)
    return seen


def publish(channel: Channel, *stories: str) -> None:
    """Put articles into the feed, the last one first."""
    for story in stories:
        channel.pages[f"/{story}"] = (200, ARTICLE.format(story, TREES))
    items = "".join(f"<item><title>{s}</title><link>{channel.address}/{s}</link></item>" for s in reversed(stories))
    channel.pages["/feed.xml"] = (
        200,
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>',
    )


@contextmanager
def up(folder: Path, feed: str) -> Iterator[tuple[Api, int]]:
    """`factdesk up` with a feed that is due every minute; its server, and its process."""
    server, desk = free_port(), free_port()
    (folder / "config.yaml").write_text(
        f"judge: lexical\nreview: {{port: {desk}}}\nledger: {folder / 'desk.db'}\ncaptures: {folder / 'captures'}\n"
        "fetch: {allow_private: true, per_host_delay: 0s, robots: false}\n"
        f"feeds: [{{url: '{feed}', cron: '* * * * *'}}]\n"
    )
    command = [sys.executable, "-c", "from flows.cli import main; main()", "up", "--server-port", str(server)]
    environment = {**os.environ, "PREFECT_HOME": str(folder / "prefect"), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Press Ctrl-C"):
                break
        password = (folder / "desk.db.prefect-password").read_text().strip()
        try:
            yield Api(f"http://127.0.0.1:{server}/api", password), process.pid
        finally:
            process.terminate()
            process.stdout.read()
            assert process.wait(60) == 0


def kill(parent: int, argument: str = "") -> None:
    """Kill the children of a process, or those that have this argument."""
    for child in children(parent, argument):
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def children(parent: int, argument: str) -> list[int]:
    every = [process for process, _ in processes_of(parent) if process != parent]
    return [child for child in every if argument in Path(f"/proc/{child}/cmdline").read_text().split("\0")]


def checked(api: Api, story: str) -> Any:
    """The run of an article of the feed, once it has ended well."""
    return eventually(
        lambda: next(
            (run for run in api.runs("check-article") if run["name"] == story and run["state"]["type"] == "COMPLETED"),
            None,
        )
    )


def test_a_schedule_fires_again_after_each_process_was_killed(tmp_path: Path) -> None:
    with open_channel() as channel:
        publish(channel, "Oaks")
        with up(tmp_path, f"{channel.address}/feed.xml") as (api, process):
            (fired,) = eventually(lambda: [run for run in api.runs("watch-feeds") if run["state_name"] == "Running"])
            assert fired["auto_scheduled"]
            (serving,) = children(process, "serve")
            kill(serving)
            first = checked(api, "Oaks")  # by the same run once more, or by the next
            killed = [state["name"] for state in api.ask(f"/flow_run_states/?flow_run_id={fired['id']}")]
            for part, story in (("serve", "Elms"), ("server", "Pines")):
                publish(channel, "Oaks", "Elms", story)
                kill(process, part)
                last = checked(api, story)
            feeds = [run for run in api.runs("watch-feeds") if run["state_type"] in ENDED]
            eventually(lambda: {"prefect.flow-run.Completed"} <= api.events(last["id"]))
            events = api.events(first["id"]), api.events(fired["id"])
            artifacts = api.ask("/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [first["id"]]}}})
    assert "Crashed" in killed
    assert {run["state_name"] for run in feeds} <= {"Completed", "Crashed", "Cancelled"}
    assert {"prefect.flow-run.Running", "prefect.flow-run.Completed"} <= events[0]
    assert "prefect.flow-run.Crashed" in events[1]
    assert {artifact["key"].partition("-")[0] for artifact in artifacts} == {"verdicts", "report", "progress"}
    assert first["tags"] >= ["factdesk"]
    with Ledger.open(tmp_path / "desk.db", create=False) as ledger:
        assert ledger.audit().holds
        assert ledger.counts()["articles"] == len({"Oaks", "Elms", "Pines"})
