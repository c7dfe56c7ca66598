"""Against a real Prefect server on loopback: what a run shows, and what a schedule starts."""

from __future__ import annotations

import functools
import http.server
import json
import os
import platform
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from channel import TREES

from claims.ledger.ledger import Ledger
from flows.serving.server import LATE_MARKS, LEASES, advice_on

pytestmark = pytest.mark.prefect

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "examples" / "inauguration"
FACTDESK = [sys.executable, "-c", "from flows.cli import main; main()"]

Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def ask(prefect_environment: dict[str, str]) -> Ask:
    """Ask the server's API: a POST with a body, a GET without."""

    def call(path: str, body: dict[str, object] | None = None, method: str | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            prefect_environment["PREFECT_API_URL"] + path, data, {"Content-Type": "application/json"}, method=method
        )
        for _ in range(20):
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    return json.loads(answer.read() or "null")
            except urllib.error.HTTPError as error:
                if error.code != 503:  # the server's SQLite is busy for a moment
                    raise
                time.sleep(1)
            except TimeoutError:  # on a loaded machine; only what changes nothing is asked again
                if body is not None and not path.endswith("/filter"):
                    raise
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
    (hint,) = checked.stderr.splitlines()
    assert "no search service is configured" in hint


def test_the_run_is_named_after_the_article_and_its_state_tells_the_outcome(
    flow_run: Any, checked: subprocess.CompletedProcess[str]
) -> None:
    document = json.loads(checked.stdout)
    assert flow_run["name"] == document["article"]["title"]
    assert flow_run["state"]["type"] == "COMPLETED"
    assert flow_run["state"]["name"] == "Contradicted"
    assert flow_run["state"]["message"].startswith(f"{len(document['claims'])} claims: ")
    labels = {f"label:{claim['verdict']['label']}" for claim in document["claims"]}
    assert {"factdesk", *labels} <= set(flow_run["tags"])


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
    states = {run["name"]: (run["state"]["type"], run["state"]["name"]) for run in runs}
    assert states["sources: The Wall Street Journal"] == ("COMPLETED", "Completed")
    unread = {source["reason"] for source in json.loads(checked.stdout)["sources"] if source["status"] == "unavailable"}
    assert {name for kind, name in states.values() if kind == "FAILED"} == unread


def test_the_artifacts_have_the_keys_of_their_article(
    ask: Ask, flow_run: Any, checked: subprocess.CompletedProcess[str]
) -> None:
    article = json.loads(checked.stdout)["article"]["id"]
    found = ask("/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [flow_run["id"]]}}})
    artifacts = {artifact["key"]: artifact for artifact in found}
    verdicts, report = (f"{kind}-{article}" for kind in ("verdicts", "report"))
    assert set(artifacts) == {verdicts, report, "progress"}
    assert artifacts["progress"]["data"] == 100.0
    assert artifacts[report]["data"].startswith("# Moscow greets")
    assert f"/article/{article}" in artifacts[report]["data"]
    assert "<" not in artifacts[report]["data"].replace("&lt;", "")
    rows = json.loads(artifacts[verdicts]["data"])
    assert {"verdict", "claim", "speaker", "source", "why"} <= set(rows[0])
    review = ["review" in row["confidence"] for row in rows]
    assert any(review)
    assert review == sorted(review, reverse=True), "what needs review comes first"


def test_the_logs_name_the_verdicts_and_the_sources_that_could_not_be_read(
    ask: Ask, flow_run: Any, checked: subprocess.CompletedProcess[str]
) -> None:
    logs = eventually(
        lambda: ask("/logs/filter", {"logs": {"flow_run_id": {"any_": [flow_run["id"]]}}, "limit": 200}),
        lambda found: any("contradicted" in log["message"] for log in found),
    )
    (verdicts,) = [log["message"] for log in logs if "\n" in log["message"]]
    labels = [claim["verdict"]["label"] for claim in json.loads(checked.stdout)["claims"]]
    assert [line.partition(":")[0].partition(" (")[0] for line in verdicts.splitlines()] == labels
    warnings = [log["message"] for log in logs if log["level"] == 30]
    assert any("Financial Times" in message and "paywall" in message for message in warnings)
    assert [log["message"] for log in logs if log["task_run_id"]] == [], "what a task's state says is not logged again"


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
    (folder / "trees.txt").write_text(TREES)
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


def write_config(folder: Path, *lines: str) -> None:
    """A config.yaml with the ledger and the captures in its folder, and with these lines."""
    fetch = "fetch: {allow_private: true, per_host_delay: 0s}"
    kept = (f"ledger: {folder / 'desk.db'}", f"captures: {folder / 'captures'}")
    (folder / "config.yaml").write_text("\n".join((*kept, fetch, *lines)) + "\n")


@pytest.mark.long
@pytest.mark.parametrize(("runner", "limit"), [("local", 1), ("processes", 2)])
def test_schedules_check_articles_and_the_new_ones_of_feeds(
    ask: Ask, prefect_environment: dict[str, str], tmp_path: Path, press: str, runner: str, limit: int
) -> None:
    write_config(
        tmp_path,
        f"runner: {runner}",
        "recheck: {older_than: 0s, labels: [no_source]}",
        f"articles: [{{url: '{press}/trees.txt', cron: '0 7 * * *', timezone: Europe/Vienna}}]",
        f"feeds: [{{name: Press, url: '{press}/feed.xml', cron: '0 7 1 1 *', limit: {limit}}}]",  # not now
    )
    with serving(prefect_environment, tmp_path):
        made = eventually(
            lambda: ask("/deployments/filter", {"deployments": {"tags": {"all_": ["factdesk"]}}}),
            lambda found: len(found) == 4,
        )
        deployments = {tag: one for one in made for tag in one["tags"] if tag != "factdesk"}
        assert {one["version"] for one in made} == {version("factdesk")}
        assert deployments["check"]["schedules"] == []
        age = deployments["recheck"]["parameter_openapi_schema"]["properties"]["older_than"]
        assert age["description"].startswith("Only claims last checked longer ago")
        (schedule,) = deployments["article"]["schedules"]
        assert schedule["schedule"]["cron"] == "0 7 * * *"
        assert schedule["schedule"]["timezone"] == "Europe/Vienna"
        runs = [ran(ask, deployments["feed"]["id"]) for _ in range(2)]
        runs.append(ran(ask, deployments["check"]["id"], {"source": f"{press}/trees.txt"}))
        runs.append(ran(ask, deployments["recheck"]["id"], {"older_than": "0s", "limit": 5}))
        with pytest.raises(urllib.error.HTTPError, match="409"):
            ask(f"/deployments/{deployments['recheck']['id']}/create_flow_run", {"parameters": {"limit": 0}})
        automations = {one["name"] for one in ask("/automations/filter", {})}
    assert [(run["state"]["type"], run["state"]["name"], run["state"]["message"]) for run in runs] == [
        ("COMPLETED", "Completed", "1 new article, 1 unreadable"),
        ("COMPLETED", "Completed", "0 new articles, 1 unreadable before"),
        ("COMPLETED", "Completed", "1 claim: 1 without a source"),
        ("COMPLETED", "Completed", "1 article checked again"),
    ]
    assert {"Factdesk: no heartbeat", "Factdesk: pending too long"} <= automations
    children = ask("/flow_runs/filter", {"flow_runs": {"parent_flow_run_id": {"any_": [runs[0]["id"]]}}})
    assert {tag for run in children for tag in run["tags"]} >= {
        "factdesk",
        f"feed:{press.rsplit('://', maxsplit=1)[-1]}/feed.xml",
    }
    (unread,) = {run["name"] for run in children if run["state"]["name"] == "NothingRead"}
    assert unread == f"{press.rsplit('://', maxsplit=1)[-1]}/gone.txt"
    with Ledger.open(tmp_path / "desk.db", create=False) as ledger:
        assert ledger.counts()["articles"] == 1
        assert ledger.counts()["runs"] == 3


@pytest.mark.long
def test_deployments_for_a_work_pool(ask: Ask, prefect_environment: dict[str, str], tmp_path: Path, press: str) -> None:
    write_config(tmp_path, f"feeds: [{{url: '{press}/feed.xml'}}, {{url: '{press}/other.xml'}}]")
    environment = {**prefect_environment, "PYTHONPATH": str(ROOT)}

    def command(*words: str, folder: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    def missing() -> None:
        refused = command(*FACTDESK, "deploy", "--pool", "nowhere")
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "--pool nowhere: there is no such work pool" in refused.stderr

    missing()
    ask("/work_pools/", {"name": "factdesk", "type": "process"})
    done = command(*FACTDESK, "deploy", "--pool", "factdesk")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:2] == ["check-article/check an article", "recheck-claims/recheck"]
    missing()  # now that its deployments are there already
    made = ask("/deployments/filter", {"work_pools": {"name": {"any_": ["factdesk"]}}})
    assert len(made) == 3
    (feeds,) = [one for one in made if "feed" in one["tags"]]
    assert feeds["parameters"]["feeds"] == [f"{press}/feed.xml", f"{press}/other.xml"]  # one run for both
    write_config(tmp_path, "desk: {name: Other}", f"feeds: [{{url: '{press}/feed.xml'}}]")
    assert command(*FACTDESK, "deploy", "--pool", "factdesk").returncode == 0
    write_config(tmp_path)
    assert command(*FACTDESK, "deploy", "--pool", "factdesk").returncode == 0
    left = ask("/deployments/filter", {"deployments": {"tags": {"all_": ["factdesk", "feed"]}}})
    assert [one["tags"][1] for one in left if "desk:Factdesk" in one["tags"]] == []
    assert len([one for one in left if "desk:Other" in one["tags"]]) == 1
    all_made = command(sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", folder=ROOT)
    assert all_made.returncode == 0, all_made.stdout + all_made.stderr
    made = ask("/deployments/filter", {"work_pools": {"name": {"any_": ["factdesk"]}}})
    assert {"check an article", "recheck", "watch feeds"} <= {one["name"] for one in made}
    assert {one["version"] for one in made} == {version("factdesk")}


def test_dead_runs_are_crashed_and_start_again_and_one_makes_up_for_all_that_are_late(
    ask: Ask, prefect_environment: dict[str, str], tmp_path: Path, press: str
) -> None:
    write_config(
        tmp_path,
        f"articles: [{{url: '{press}/trees.txt', cron: '0 7 1 1 *'}}, {{url: '{press}/gone.txt', cron: '0 7 1 1 *'}}]",
    )
    with serving(prefect_environment, tmp_path):
        made = eventually(lambda: deployed(ask, press), lambda found: len(found) == 2)
    ids = {Path(one["parameters"]["source"]).stem: one["id"] for one in made}
    deployment, of_years = ids["trees"], {"start_time": "1956-01-01T00:00:00Z", "end_time": "2026-01-02T00:00:00Z"}
    ask(f"/deployments/{ids['gone']}/schedule", {**of_years, "min_runs": 70, "max_runs": 70})
    running, cancelling = ({"state": {"type": name.upper(), "name": name}} for name in ("Running", "Cancelling"))
    mark = f"{platform.node()}:{tmp_path / 'desk.db.locks' / 'gone.lock'}"
    other, dead, cancelled = (
        ask(f"/deployments/{deployment}/create_flow_run", begun)["id"] for begun in (running, running, cancelling)
    )
    ask(f"/flow_runs/{dead}", {"infrastructure_pid": mark}, "PATCH")
    ask(f"/flow_runs/{cancelled}", {"infrastructure_pid": mark}, "PATCH")
    ask(f"/flow_runs/{other}", {"infrastructure_pid": "another-machine:/desk.db.locks/gone.lock"}, "PATCH")
    with serving(prefect_environment, tmp_path):
        eventually(lambda: ask(f"/flow_runs/{dead}"), lambda run: run["state"]["type"] == "COMPLETED")
        late = {"deployment_id": {"any_": [ids["gone"]]}, "expected_start_time": {"before_": "2026-01-02T00:00:00Z"}}
        (only,) = eventually(
            lambda: ask("/flow_runs/filter", {"flow_runs": late}),
            lambda runs: [run["state"]["type"] for run in runs] == ["FAILED"],
        )
    history = [state["name"] for state in ask(f"/flow_run_states/?flow_run_id={dead}")]
    assert history == ["Running", "Crashed", "AwaitingRetry", "Pending", "Submitting", "Running", "Completed"]
    assert only["expected_start_time"].startswith("2025-01-01")
    assert ask(f"/flow_runs/{other}")["state"]["type"] == "RUNNING"
    assert ask(f"/flow_runs/{cancelled}")["state"]["type"] == "CANCELLED"
    with Ledger.open(tmp_path / "desk.db", create=False) as ledger:
        assert ledger.counts()["runs"] == 1


def test_up_runs_server_schedules_and_desk_and_stops_them(
    prefect_environment: dict[str, str], tmp_path: Path, press: str
) -> None:
    server, desk = free_port(), free_port()
    articles = f"articles: [{{url: '{press}/trees.txt', cron: '0 7 1 1 *'}}]"
    write_config(tmp_path, f"review: {{port: {desk}}}", articles)
    kept = {name: value for name, value in prefect_environment.items() if not name.startswith("PREFECT_")}
    environment = {**kept, "PREFECT_HOME": str(tmp_path / "prefect"), "PYTHONPATH": str(ROOT)}
    command = [*FACTDESK, "up", "--server-port", str(server)]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        printed = []
        while not (printed and printed[-1].startswith("Press Ctrl-C")):
            printed.append(process.stdout.readline())
            assert printed[-1], (tmp_path / "desk.db.log").read_text()
        assert status(f"http://127.0.0.1:{server}/api/health") == 200
        assert status(f"http://127.0.0.1:{server}/api/deployments/filter", b"{}") in (401, 403)
        assert status(f"http://127.0.0.1:{desk}/") == 200
        beside = {**environment, "PREFECT_API_URL": f"http://127.0.0.1:{server}/api"}
        assert "there is no such work pool" in said(["deploy", "--pool", "none"], tmp_path, beside)
        other = {**beside, "FACTDESK_LEDGER": "other.db"}  # without the password
        assert "asks for a password" in said(["deploy", "--pool", "none"], tmp_path, other)
        assert "another `factdesk up`" in said(["up", "--server-port", str(server)], tmp_path, environment)
        elsewhere = {**environment, "FACTDESK_REVIEW__PORT": str(free_port())}
        refused = said(["up", "--server-port", str(desk)], tmp_path, elsewhere)
        assert f"another program listens on port {desk}" in refused
        process.terminate()
        assert process.stdout.read() == "stopping\nstopped\n"
        assert process.wait(60) == 0
    for port in (server, desk):
        with pytest.raises(urllib.error.URLError):
            status(f"http://127.0.0.1:{port}/")
    password = tmp_path / "desk.db.prefect-password"
    assert password.stat().st_mode & 0o077 == 0
    assert any(password.read_text().strip() in line for line in printed)


def said(arguments: list[str], folder: Path, environment: dict[str, str]) -> str:
    """What a command printed."""
    done = subprocess.run(
        [*FACTDESK, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(address: str, body: bytes | None = None) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body), timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def deployed(ask: Ask, press: str) -> list[Any]:
    found = ask("/deployments/filter", {"deployments": {"tags": {"all_": ["factdesk", "article"]}}})
    return [
        one for one in found if one["parameters"]["source"].startswith(press) and "0 7 1 1 *" in str(one["schedules"])
    ]


def ran(ask: Ask, deployment: str, parameters: dict[str, object] | None = None) -> Any:
    """A run of a deployment, once it has ended."""
    started = ask(f"/deployments/{deployment}/create_flow_run", {"parameters": parameters or {}})
    return eventually(
        lambda: ask(f"/flow_runs/{started['id']}"),
        lambda run: run["state"]["type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED"),
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


def test_what_should_be_set_for_the_server_is_read_from_it(ask: Ask) -> None:
    leases, late_marks = advice_on(ask("/admin/settings"))
    assert leases.startswith(LEASES)
    assert late_marks.startswith(LATE_MARKS)


def test_the_environment_of_the_tests_is_its_own() -> None:
    assert "PREFECT_API_URL" not in os.environ
