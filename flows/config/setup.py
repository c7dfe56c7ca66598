"""What a check needs to know, as plain values: settings and the command line, settled once.

A ``Setup`` is hashable and picklable, so that it travels to a task on another machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from claims.records import Policy
from flows.config.load import load_settings
from sources.fetching.fetch import FetchPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """What a command or a deployment asks for: paths as texts, as Prefect keeps them with the run."""

    config: str | None = None
    ledger: str | None = None
    offline: bool = False
    replay: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How checks are done, from the fetcher to the ledger.

    ``hops`` is how many sources of the cited pages themselves are followed in one check,
    ``outlets`` and ``search`` are the entries of config.yaml as JSON texts,
    ``scale`` pairs our labels with the desk's own words, ``tsa`` is the address of a time stamp authority, if any,
    ``sign_off`` is how many people must decide alike.
    """

    fetch: FetchPolicy
    policy: Policy
    judge: str
    ledger: Path
    hops: int = 12
    outlets: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    scale: tuple[tuple[str, str], ...] = ()
    tsa: str = ""
    sign_off: int = 1

    @property
    def captures(self) -> Path:
        """The folder where what is fetched or handed in is kept."""
        return self.fetch.captures or Path("captures")


def user_agent(contact: str) -> str:
    """An honest name, with where to complain."""
    return f"Factdesk/{version('factdesk')} (fact-checking desk; {contact or 'no contact configured'})"


def setup(asked: CheckOptions) -> Setup:
    """The setup of config.yaml, overruled by what was asked. Raises ConfigError."""
    settings = load_settings(Path(asked.config) if asked.config else None)
    fetch = settings.fetch
    return Setup(
        fetch=FetchPolicy(
            timeout=fetch.timeout,
            total=fetch.total,
            per_host_delay=fetch.per_host_delay,
            max_bytes=fetch.max_bytes,
            robots=fetch.robots,
            archive=fetch.archive,
            allow_private=fetch.allow_private,
            user_agent=user_agent(settings.desk.contact),
            offline=asked.offline,
            replay=Path(asked.replay) if asked.replay else None,
            captures=settings.captures,
        ),
        policy=Policy(**settings.verdicts.model_dump()),
        judge=settings.judge,
        ledger=Path(asked.ledger) if asked.ledger else settings.ledger,
        hops=fetch.hops,
        outlets=tuple(json.dumps(entry.model_dump(exclude_none=True)) for entry in settings.outlets),
        search=tuple(json.dumps(entry.model_dump(exclude_none=True)) for entry in settings.search),
        tsa=settings.anchor.tsa,
        scale=tuple((label.value, word) for label, word in settings.scale.items()),
        sign_off=settings.review.sign_off,
    )
