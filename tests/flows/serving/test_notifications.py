"""Against a real Prefect server: `notify` becomes blocks and automations, and its messages arrive in a channel."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from channel import AGREED, Channel, open_channel, publish

pytestmark = [pytest.mark.prefect, pytest.mark.long]

ROOT = Path(__file__).parents[3]
FACTDESK = [sys.executable, "-c", "from flows.cli import main; main()"]
KEEP = "import asyncio, flows.serving.notifications as n, flows.config.setup as s; "
KEEP += "asyncio.run(n.keep_notifications(s.setup(s.CheckOptions())))"
DIGEST = "import asyncio, flows.digest as d; asyncio.run(d.make_digest())"
Ask = Callable[..., Any]


@pytest.fixture
def channel() -> Iterator[Channel]:
    with open_channel() as opened:
        yield opened


@pytest.fixture
def run(prefect_environment: dict[str, str], tmp_path: Path) -> Callable[..., str]:
    """Run a command in the test's folder, on the server."""

    def command(*words: str) -> str:
        environment = {**prefect_environment, "PYTHONPATH": str(ROOT), "CHANNEL_TOKEN": "s3cret"}
        done = subprocess.run([*words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return command


@pytest.fixture
def ask(prefect_environment: dict[str, str]) -> Ask:
    def call(path: str, body: dict[str, object]) -> Any:
        address = prefect_environment["PREFECT_API_URL"] + path
        request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())

    return call


def configure(folder: Path, desk: str, *entries: str) -> None:
    lines = (f"desk: {{name: {desk}}}", "fetch: {allow_private: true, per_host_delay: 0s}", *entries)
    (folder / "config.yaml").write_text("\n".join(lines) + "\n")


def _wait_for(channel: Channel, count: int) -> list[tuple[str, dict[str, Any]]]:
    end = time.monotonic() + 60
    while len(channel.posts) < count:
        assert time.monotonic() < end, channel.posts
        time.sleep(0.3)
    return channel.posts


def automations(ask: Ask, desk: str) -> list[Any]:
    return [one for one in ask("/automations/filter", {}) if one["name"].startswith(f"Factdesk: notify ({desk})")]


def addresses(ask: Ask) -> set[str]:
    """The ids of the blocks with addresses."""
    return {one["id"] for one in ask("/block_documents/filter", {}) if (one["name"] or "").startswith("factdesk-")}


def test_a_checks_news_and_the_digest_arrive(
    ask: Ask, run: Callable[..., str], tmp_path: Path, channel: Channel
) -> None:
    configure(
        tmp_path,
        "Harbour",
        "notify:",
        f"  - {{on: [contradicted, digest], webhook: '{channel.address}/${{CHANNEL_TOKEN}}'}}",
        f"  - {{on: [contradicted], apprise: 'json://{channel.address.removeprefix('http://')}/mail'}}",
    )
    (tmp_path / "article.html").write_text(publish(channel, AGREED.replace("five", "nine")))
    run(*FACTDESK, "check", "article.html", "--json")
    by_path = dict(_wait_for(channel, 2))
    told = by_path["/s3cret"]
    assert told["event"] == "factdesk.verdict.contradicted"
    assert told["subject"].startswith("A source contradicts 1 claim of")
    assert "five percent" in told["text"]
    assert by_path["/mail"]["title"] == told["subject"]
    assert by_path["/mail"]["message"].strip() == told["body"].strip()
    assert "s3cret" not in json.dumps(ask("/automations/filter", {}))
    run(sys.executable, "-c", DIGEST)
    _, digest = _wait_for(channel, 3)[2]
    assert digest["event"] == "factdesk.digest"
    assert digest["subject"].startswith("Harbour: 1 newly contradicted claim, ")
    (artifact,) = ask("/artifacts/filter", {"artifacts": {"key": {"any_": ["digest"]}}})
    assert "five percent" in artifact["data"]


def test_the_automations_are_made_once_and_follow_the_configuration(
    ask: Ask, run: Callable[..., str], tmp_path: Path, channel: Channel
) -> None:
    first = f"  - {{on: [changed], webhook: '{channel.address}/a'}}"
    second = f"  - {{on: [source_lost, nothing_read], webhook: '{channel.address}/b'}}"
    configure(tmp_path, "Other", "notify:", f"  - {{on: [digest], webhook: '{channel.address}/c'}}")
    run(sys.executable, "-c", KEEP)
    configure(tmp_path, "Once", "notify:", first, second)
    for _ in range(2):
        run(sys.executable, "-c", KEEP)
    made = automations(ask, "Once")
    blocks = addresses(ask)
    assert sorted(sorted(one["trigger"]["expect"]) for one in made) == [
        ["factdesk.source.lost", "factdesk.source.nothing_read"],
        ["factdesk.verdict.changed"],
    ]
    configure(tmp_path, "Once", "notify:", second)
    run(sys.executable, "-c", KEEP)
    (kept,) = automations(ask, "Once")
    assert kept["id"] in {one["id"] for one in made}
    (gone,) = blocks - addresses(ask)
    assert gone not in json.dumps(kept)
    assert len(automations(ask, "Other")) == 1
