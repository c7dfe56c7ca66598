"""Against a real Prefect server on loopback: what a run shows, and what a schedule starts."""

from __future__ import annotations

import functools
import http.server
import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from claims.ledger.ledger import Ledger

pytestmark = pytest.mark.prefect

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "examples" / "inauguration"
FACTDESK = [sys.executable, "-c", "from flows.cli import main; main()"]

Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def ask(prefect_environment: dict[str, str]) -> Ask:
    """Ask the server's API: a POST with a body, a GET without."""

    def call(path: str, body: dict[str, object] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            prefect_environment["PREFECT_API_URL"] + path, data, {"Content-Type": "application/json"}
        )
        for _ in range(20):
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                if error.code != 503:  # the server's SQLite is busy for a moment
                    raise
                time.sleep(1)
        pytest.fail(f"{path}: the server stayed busy")

    return call


@pytest.fixture(scope="session")
def checked(
    prefect_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> subprocess.CompletedProcess[str]:
    """`factdesk check` on the sample, watched."""
    folder = tmp_path_factory.mktemp("watched")
    command = [*FACTDESK, "check", str(SAMPLE / "article.html"), "--replay", str(SAMPLE / "sources.warc.gz"), "--json"]
    environment = {**prefect_environment, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def flow_run(ask: Ask, checked: subprocess.CompletedProcess[str]) -> Any:
    assert checked.returncode == 0, checked.stderr
    found = ask("/flow_runs/filter", {"flows": {"name": {"any_": ["check-article"]}}, "sort": "START_TIME_DESC"})
    return next(run for run in found if run["parameters"]["source"].endswith("article.html"))


def test_the_terminal_keeps_to_the_verdicts(checked: subprocess.CompletedProcess[str]) -> None:
    assert len(checked.stdout.splitlines()) == 1
    assert json.loads(checked.stdout)["claims"]
    assert checked.stderr == ""


def test_the_run_is_named_after_the_article_and_badged_with_the_totals(
    flow_run: Any, checked: subprocess.CompletedProcess[str]
) -> None:
    document = json.loads(checked.stdout)
    assert flow_run["name"] == document["article"]["title"]
    assert flow_run["state"]["type"] == "COMPLETED"
    assert flow_run["state"]["name"].startswith(f"{len(document['claims'])} claims: ")
    assert "contradicted" in flow_run["state"]["name"]
    assert "factdesk" in flow_run["tags"]


def test_there_is_a_task_for_each_stage_and_each_source(
    ask: Ask, flow_run: Any, checked: subprocess.CompletedProcess[str]
) -> None:
    runs = eventually(
        lambda: ask("/task_runs/filter", {"flow_runs": {"id": {"any_": [flow_run["id"]]}}}),
        lambda found: len(found) == 5 + len(json.loads(checked.stdout)["sources"]),  # and what the pages lean on
    )
    stages = [run["name"].split(":")[0] for run in runs]
    assert {stage: stages.count(stage) for stage in ("read", "claims", "judge", "ledger")} == dict.fromkeys(
        ("read", "claims", "judge", "ledger"), 1
    )
    assert any(run["name"] == "sources: The Wall Street Journal" for run in runs)


def test_the_artifacts_have_constant_keys(ask: Ask, flow_run: Any) -> None:
    found = ask("/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [flow_run["id"]]}}})
    artifacts = {artifact["key"]: artifact for artifact in found}
    assert set(artifacts) == {"verdicts", "report", "progress"}
    assert artifacts["progress"]["data"] == 100.0
    assert artifacts["report"]["data"].startswith("# Moscow greets")
    assert "<" not in artifacts["report"]["data"].replace("&lt;", "")
    assert {"verdict", "claim", "speaker", "source", "why"} <= set(json.loads(artifacts["verdicts"]["data"])[0])


def test_the_logs_name_the_sources_that_could_not_be_read(ask: Ask, flow_run: Any) -> None:
    logs = eventually(
        lambda: ask("/logs/filter", {"logs": {"flow_run_id": {"any_": [flow_run["id"]]}}, "limit": 200}),
        lambda found: any("contradicted" in log["message"] for log in found),
    )
    warnings = [log["message"] for log in logs if log["level"] == 30]
    assert any("Financial Times" in message and "paywall" in message for message in warnings)


def test_without_the_server_the_check_still_runs(prefect_environment: dict[str, str], tmp_path: Path) -> None:
    gone = {**prefect_environment, "PREFECT_API_URL": "http://127.0.0.1:9/api", "PYTHONPATH": str(ROOT)}
    command = [*FACTDESK, "check", "-", "--offline", "--json"]
    done = subprocess.run(
        command, cwd=tmp_path, env=gone, input="Trees were felled in May.", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["claims"]
    assert "No Prefect server answers" in done.stderr


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A newspaper on loopback: a feed of two articles, one of which is gone."""
    folder = tmp_path_factory.mktemp("press")
    (folder / "trees.txt").write_text("The mayor said on Friday that 20 trees were felled.\n")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        items = "".join(
            f"<item><title>{name}</title><link>{address}/{name}.txt</link></item>" for name in ("gone", "trees")
        )
        (folder / "feed.xml").write_text(
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Press</title>{items}</channel></rss>'
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


def test_schedules_check_articles_and_the_new_ones_of_feeds(
    ask: Ask, prefect_environment: dict[str, str], tmp_path: Path, press: str
) -> None:
    (tmp_path / "config.yaml").write_text(
        f"ledger: {tmp_path / 'desk.db'}\ncaptures: {tmp_path / 'captures'}\n"
        "fetch: {allow_private: true, per_host_delay: 0s}\nrecheck: {older_than: 0s, labels: [no_source]}\n"
        f"articles: [{{url: '{press}/trees.txt', cron: '0 7 * * *', timezone: Europe/Vienna}}]\n"
        f"feeds: [{{name: Press, url: '{press}/feed.xml', cron: '*/30 * * * *'}}]\n"
    )
    with serving(prefect_environment, tmp_path):
        made = eventually(
            lambda: ask("/deployments/filter", {"deployments": {"tags": {"all_": ["factdesk"]}}}),
            lambda found: len(found) == 3,
        )
        deployments = {tag: one for one in made for tag in one["tags"] if tag != "factdesk"}
        (schedule,) = deployments["article"]["schedules"]
        assert schedule["schedule"]["cron"] == "0 7 * * *"
        assert schedule["schedule"]["timezone"] == "Europe/Vienna"
        badges = [ran(ask, deployments[kind]["id"])["state"]["name"] for kind in ("feed", "feed", "article", "recheck")]
    assert badges == [
        "1 new article, 1 unreadable",
        "0 new articles, 1 unreadable",
        "1 claim: 1 without a source",
        "1 article checked again",
    ]
    with Ledger.open(tmp_path / "desk.db", create=False) as ledger:
        assert ledger.counts()["articles"] == 1
        assert ledger.counts()["runs"] == 3


def ran(ask: Ask, deployment: str) -> Any:
    """A run of a deployment, once it has ended."""
    started = ask(f"/deployments/{deployment}/create_flow_run", {})
    return eventually(
        lambda: ask(f"/flow_runs/{started['id']}"),
        lambda run: run["state"]["type"] in ("COMPLETED", "FAILED", "CRASHED"),
    )


@contextmanager
def serving(environment: dict[str, str], folder: Path) -> Iterator[None]:
    """`factdesk serve` in a folder with a config.yaml."""
    log = (folder / "serve.log").open("wb")
    process = subprocess.Popen(
        [*FACTDESK, "serve"], cwd=folder, env={**environment, "PYTHONPATH": str(ROOT)}, stdout=log, stderr=log
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def eventually(look: Callable[[], Any], holds: Callable[[Any], bool], seconds: float = 90) -> Any:
    """What ``look`` gives once it ``holds``: the server writes some things down a little later."""
    end = time.monotonic() + seconds
    while not holds(seen := look()):
        assert time.monotonic() < end, f"still {seen}"
        time.sleep(0.5)
    return seen


def test_the_environment_of_the_tests_is_its_own() -> None:
    assert "PREFECT_API_URL" not in os.environ
