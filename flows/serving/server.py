"""The Prefect server that `factdesk up` starts: on loopback, with a password, for as long as the command runs."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from claims.privacy import kept_secret
from flows.errors import UsageError

PORT = 4200
LOOPBACK = ("127.0.0.1", "localhost", "::1")
API = "PREFECT_API_URL"
AUTH = "PREFECT_API_AUTH_STRING"
LEASES = "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE"
LEASES_ON_DISK = "prefect.server.concurrency.lease_storage.filesystem"
LATE_MARKS = "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED"
# A check is some 20 task runs with three states each. By default the server writes each state in a transaction of its
# own, which is half of its work for a check; so it writes what came in a second.
_BATCHES = {
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "50",
}


def api_url(port: int) -> str:
    """The address of the API of a server on this machine."""
    return f"http://127.0.0.1:{port}/api"


def server_environment(api: str, password: str) -> dict[str, str]:
    """The environment of the server's process.

    Prefect keeps concurrency slots in memory by default and loses them in a restart; a port given as an option is
    not known to its UI; and any page in the browser may call an API without CSRF protection. After an outage it would
    mark each missed run as late, ten at a time, in transactions of which SQLite refuses nine; this locks its database
    for minutes, and most of these runs are soon deleted.
    """
    return {
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(urlsplit(api).port),
        "PREFECT_SERVER_API_AUTH_STRING": password,
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": api.removesuffix("/api"),
        LEASES: LEASES_ON_DISK,
        LATE_MARKS: "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        **_BATCHES,
    }


def password_file(ledger: Path) -> Path:
    """The file beside the ledger that keeps the password of the server that `factdesk up` starts."""
    return ledger.with_name(ledger.name + ".prefect-password")


def kept_password(ledger: Path) -> str:
    """``user:password`` of the server: from the environment, or else stored beside the ledger, created if missing."""
    for variable in (AUTH, "PREFECT_SERVER_API_AUTH_STRING"):
        if credentials := os.environ.get(variable, "").strip():
            return credentials
    return kept_secret(password_file(ledger), "factdesk:")


def use_kept_password(ledger: Path) -> None:
    """Use the password of the server that `factdesk up` started for a ledger, unless another is set.

    Only a server on this machine is sent it. Call this before Prefect is imported, which reads the environment then.
    """
    local = urlsplit(os.environ.get(API, "")).hostname in LOOPBACK
    if local and password_file(ledger).exists() and not os.environ.get(AUTH, "").strip():
        os.environ[AUTH] = kept_password(ledger)


async def require_access() -> None:
    """Raises UsageError if the server at PREFECT_API_URL, which answers, wants another password than is set."""
    from prefect.client.orchestration import get_client  # noqa: PLC0415  reads the environment when it is imported
    from prefect.exceptions import PrefectHTTPStatusError  # noqa: PLC0415  the same

    async with get_client() as client:
        try:
            await client.request("GET", "/admin/version")
        except PrefectHTTPStatusError as error:
            if error.response.status_code not in (401, 403):
                raise
            given = os.environ.get(AUTH, "").strip()
            why = f"refuses the password in {AUTH}" if given else f"asks for a password: set {AUTH}=name:password"
            raise UsageError(
                f"the Prefect server at {os.environ.get(API)} {why} (`factdesk up` keeps that of its server beside the "
                "ledger, in LEDGER.prefect-password)"
            ) from error


async def server_answers() -> bool:
    """Whether a Prefect server answers at PREFECT_API_URL."""
    from prefect.client.orchestration import get_client  # noqa: PLC0415  reads the environment when it is imported

    async with get_client() as client:
        return await client.api_healthcheck() is None


async def server_advice() -> list[str]:
    """What should be set for the server at PREFECT_API_URL; nothing if it does not say how it is set."""
    from prefect.client.orchestration import get_client  # noqa: PLC0415  reads the environment when it is imported
    from prefect.exceptions import PrefectHTTPStatusError  # noqa: PLC0415  the same

    async with get_client() as client:
        try:
            answer = await client.request("GET", "/admin/settings")
        except PrefectHTTPStatusError:
            return []
    return advice_on(answer.json())


def advice_on(settings: Mapping[str, Any]) -> list[str]:
    """What should be set for a server with these settings, as variables of its environment, each with its reason."""
    server = settings.get("server", {})
    api = server.get("api", {})
    advice = []
    if str(server.get("concurrency", {}).get("lease_storage", "")).endswith(".memory"):
        advice.append(f"{LEASES}={LEASES_ON_DISK}: in memory, a restart loses the places of runs")
    if api.get("host") not in (None, *LOOPBACK) and not api.get("auth_string"):
        advice.append("PREFECT_SERVER_API_AUTH_STRING=name:password: whoever can reach it can start and delete runs")
    if api.get("auth_string") and not api.get("csrf_protection_enabled"):
        advice.append("PREFECT_SERVER_CSRF_PROTECTION_ENABLED=true: any page in the browser may call it")
    database, late = server.get("database", {}), server.get("services", {}).get("late_runs", {})
    # Of the address of its database it only says that there is one.
    if late.get("enabled") and not (database.get("driver") or database.get("host")):
        advice.append(f"{LATE_MARKS}=false: if its database is SQLite, marking missed runs locks it for minutes")
    return advice


def listens(host: str, port: int) -> bool:
    """Whether a process listens on this port."""
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((host, port)) == 0
