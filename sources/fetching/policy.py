"""The settings of ``fetch:`` in config.yaml as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sources.captures.software import tool

WEB_PORTS = (80, 443)


def user_agent(contact: str = "") -> str:
    """The User-Agent of every request: the name of the tool and a contact for complaints."""
    return f"{tool()} (fact-checking desk; {contact or 'no contact configured'})"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """How sources are fetched. Plain values, so that it can be sent to another process.

    ``timeout`` is for each network operation, ``total`` for one source, both in seconds, as are
    ``per_host_delay`` and ``backoff`` (before the first retry; it doubles). ``max_bytes`` limits the transmitted bytes
    and the decoded ones. ``replay`` is an archive that is read instead of the network, ``captures`` the folder where
    responses are stored (None: they are not).
    """

    timeout: float = 20.0
    total: float = 120.0
    per_host_delay: float = 1.0
    max_bytes: int = 10_000_000
    robots: bool = True
    archive: bool = True
    allow_private: bool = False
    user_agent: str = ""
    offline: bool = False
    replay: Path | None = None
    captures: Path | None = None
    ports: tuple[int, ...] = WEB_PORTS
    retries: int = 2
    backoff: float = 1.0

    @property
    def agent(self) -> str:
        """The User-Agent that is sent."""
        return self.user_agent or user_agent()
