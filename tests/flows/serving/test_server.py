"""The secrets beside a ledger: random, for their owner alone, and never blank."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from claims.privacy import kept_secret
from flows.serving.server import API, AUTH, advice_on, kept_password, password_file, use_kept_password


@pytest.mark.parametrize("before", [None, "", "\n", " \t\n", "factdesk:", "factdesk: \n"])
def test_a_missing_or_blank_file_gets_a_secret(tmp_path: Path, before: str | None) -> None:
    path = tmp_path / "new" / "token"
    if before is not None:
        path.parent.mkdir()
        path.write_text(before)
        path.chmod(0o644)
    made = kept_secret(path, "factdesk:")
    assert made.startswith("factdesk:")
    assert len(made) >= len("factdesk:") + 24
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept_secret(path, "factdesk:") == made
    assert kept_secret(tmp_path / "other") != made.removeprefix("factdesk:")


@pytest.mark.parametrize("kept", ["a-secret", "name:a secret", "factdesk:x"])
def test_a_secret_that_is_there_is_kept(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "token"
    path.write_text(f"{kept}\n")
    assert kept_secret(path, "factdesk:") == kept


def test_no_secret_is_written_through_a_link(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "token", tmp_path / "elsewhere"
    path.symlink_to(elsewhere)
    with pytest.raises(FileNotFoundError):
        kept_secret(path)
    assert not elsewhere.exists()


@pytest.mark.parametrize(("given", "expected"), [("name:word", "name:word"), ("", None), ("  ", None)])
def test_a_blank_password_in_the_environment_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, expected: str | None
) -> None:
    monkeypatch.setenv(AUTH, given)
    monkeypatch.delenv("PREFECT_SERVER_API_AUTH_STRING", raising=False)
    ledger = tmp_path / "desk.db"
    assert kept_password(ledger) == (expected or password_file(ledger).read_text().strip())


@pytest.mark.parametrize(
    ("api", "kept", "given", "expected"),
    [
        ("http://127.0.0.1:4200/api", "factdesk:word", "", "factdesk:word"),
        ("http://localhost:4200/api", "factdesk:word", " ", "factdesk:word"),
        ("http://127.0.0.1:4200/api", "factdesk:word", "other:word", "other:word"),
        ("https://prefect.example/api", "factdesk:word", "", ""),  # not its server
        ("http://127.0.0.1:4200/api", None, "", ""),
        ("", "factdesk:word", "", ""),
    ],
)
def test_only_a_server_of_this_machine_is_sent_the_kept_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api: str, kept: str | None, given: str, expected: str
) -> None:
    ledger = tmp_path / "desk.db"
    if kept:
        password_file(ledger).write_text(f"{kept}\n")
    monkeypatch.setenv(API, api)
    monkeypatch.setenv(AUTH, given)
    use_kept_password(ledger)
    assert os.environ[AUTH].strip() == expected
    assert password_file(ledger).exists() is bool(kept)


SAFE = {"lease_storage": "prefect.server.concurrency.lease_storage.filesystem"}
MEMORY = {"lease_storage": "prefect.server.concurrency.lease_storage.memory"}


@pytest.mark.parametrize(
    ("concurrency", "api", "variables"),
    [
        (SAFE, {"host": "127.0.0.1"}, []),
        (SAFE, {"host": "0.0.0.0", "auth_string": "********", "csrf_protection_enabled": True}, []),
        (MEMORY, {"host": "127.0.0.1"}, ["PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE"]),
        (SAFE, {"host": "0.0.0.0"}, ["PREFECT_SERVER_API_AUTH_STRING"]),
        (SAFE, {"auth_string": "********"}, ["PREFECT_SERVER_CSRF_PROTECTION_ENABLED"]),
        ({}, {}, []),
    ],
)
def test_what_should_be_set_for_a_server(
    concurrency: dict[str, str], api: dict[str, object], variables: list[str]
) -> None:
    advice = advice_on({"server": {"concurrency": concurrency, "api": api}})
    assert [line.partition("=")[0] for line in advice] == variables


@pytest.mark.parametrize(
    ("database", "enabled", "advised"),
    [
        ({}, True, True),
        ({"connection_url": "**********", "driver": None, "host": None}, True, True),
        ({}, False, False),
        ({"driver": "postgresql+asyncpg", "host": "db.example"}, True, False),
    ],
)
def test_a_server_on_sqlite_should_not_mark_late_runs(
    database: dict[str, object], *, enabled: bool, advised: bool
) -> None:
    settings = {"database": database, "services": {"late_runs": {"enabled": enabled}}}
    advice = advice_on({"server": settings})
    assert [line.partition("=")[0] for line in advice] == ["PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED"] * advised
