"""The sample article as the command line checks it, and a server of the HTTP API on loopback."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest
from in_process import ARCHIVE, ARTICLE, FACTDESK, TOKEN, Served, factdesk


@pytest.fixture(scope="session")
def sample_lines(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the command line says of the sample."""
    ledger = tmp_path_factory.mktemp("command") / "desk.db"
    return factdesk("check", ARTICLE, "--replay", ARCHIVE, "--db", ledger, "--json")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`factdesk api` on a free port, with the archive of the sample instead of the network."""
    ledger = tmp_path_factory.mktemp("served") / "desk.db"
    command = [*FACTDESK, "api", "--port", "0", "--db", str(ledger), "--replay", str(ARCHIVE)]
    environment = {**os.environ, "FACTDESK_API_TOKEN": TOKEN}
    with subprocess.Popen(command, env=environment, cwd=ledger.parent, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield Served(server.stdout.readline().split()[1], ledger)
        finally:
            server.terminate()
            server.wait(20)
