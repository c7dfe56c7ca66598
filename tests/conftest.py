"""What all tests share: no profile of the user's, one Prefect server for the session, nothing outside loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent

# Before anything imports Prefect: it must not find the user's profile or server.
KEPT = ("FACTDESK_DATA", "FACTDESK_SEED")
for name in [name for name in os.environ if name.startswith(("PREFECT_", "FACTDESK_")) and name not in KEPT]:
    del os.environ[name]
os.environ["DO_NOT_TRACK"] = "1"

# A property fails for what it says and for nothing else: hypothesis' checks of how fast examples come, how large they
# are and how many are thrown away depend on the machine and on chance. Those that are left depend on neither.
settings.register_profile(
    "factdesk",
    deadline=None,
    print_blob=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
        HealthCheck.filter_too_much,
    ],
)
settings.load_profile("factdesk")


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder with development data; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("FACTDESK_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no development data at {folder}; set FACTDESK_DATA")
    return folder


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.fixture(scope="session")
def prefect_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a process that works with a real Prefect server on loopback, started once."""
    port = free_port()
    environment = {
        **os.environ,
        "PREFECT_HOME": str(tmp_path_factory.mktemp("prefect")),
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
    }
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
        try:
            _wait_for(environment["PREFECT_API_URL"] + "/health", server, log)
            yield environment
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 240  # on a loaded machine a server needs minutes
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"the Prefect server did not start:\n{log.read_text()}")
