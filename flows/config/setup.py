"""The setup of a command or flow run, combined from config.yaml, the environment and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shlex import quote

from claims.records import Policy
from flows.config.load import load_settings
from flows.config.settings import Settings
from sources.fetching.policy import FetchPolicy, user_agent
from sources.outlets import OutletEntry, Outlets, load_outlets


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """The options of a command or deployment; paths are strings, because Prefect stores them with the run."""

    config: str | None = None
    ledger: str | None = None
    offline: bool = False
    replay: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The configuration of a command or flow run; picklable, so that it can be sent to a task on another machine.

    ``settings`` come from config.yaml and the environment; ``fetch``, ``policy``, ``judge`` and ``ledger`` also include
    the options of the command line or of the caller. ``asked`` are the options of the command line.
    """

    fetch: FetchPolicy
    policy: Policy
    judge: str
    ledger: Path
    settings: Settings = field(default_factory=Settings.model_construct)
    asked: CheckOptions = field(default_factory=CheckOptions)

    @property
    def captures(self) -> Path:
        """The folder of the captures."""
        return self.fetch.captures or self.settings.captures

    @property
    def outlets(self) -> Outlets:
        """The outlets: the built-in ones with the changes from ``outlets:`` of config.yaml.

        Raises SourcesError if an entry is invalid.
        """
        return _directory(self.settings.outlets)

    @property
    def db_option(self) -> str:
        """The option --db with a space before it, for a command to type; empty if the user did not give it."""
        return f" --db {quote(self.asked.ledger)}" if self.asked.ledger else ""

    @property
    def scale(self) -> Mapping[str, str]:
        """The operator's own words for the labels (``scale:`` of config.yaml)."""
        return {label.value: word for label, word in self.settings.scale.items()}


@cache
def _directory(additions: tuple[OutletEntry, ...]) -> Outlets:
    return load_outlets([entry.given() for entry in additions])


def setup(options: CheckOptions) -> Setup:
    """The setup from config.yaml, overridden by ``options``. Raises ConfigError."""
    settings = load_settings(Path(options.config) if options.config else None)
    return Setup(
        fetch=FetchPolicy(
            **settings.fetch.model_dump(exclude={"hops"}),
            user_agent=user_agent(settings.desk.contact),
            offline=options.offline,
            replay=Path(options.replay) if options.replay else None,
            captures=settings.captures,
        ),
        policy=Policy(**settings.verdicts.model_dump()),
        judge=settings.judge,
        ledger=Path(options.ledger) if options.ledger else settings.ledger,
        settings=settings,
        asked=options,
    )
