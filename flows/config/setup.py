"""The setup of a command or flow run, combined from config.yaml, the environment and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from claims.records import Policy
from flows.config.load import load_settings
from flows.config.settings import Settings
from sources.fetching.policy import FetchPolicy, user_agent
from sources.outlets import OutletEntry, Outlets, load_outlets


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """What a command or a deployment asks for: paths as texts, as Prefect keeps them with the run."""

    config: str | None = None
    ledger: str | None = None
    offline: bool = False
    replay: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How a command works, from the fetcher to the ledger; picklable, so that it travels to a task on another machine.

    ``settings`` are those of config.yaml under the environment; ``fetch``, ``policy``, ``judge`` and ``ledger`` are
    what counts where the command line, or the code that is called, says more than they do. ``asked`` is what the
    command line said.
    """

    fetch: FetchPolicy
    policy: Policy
    judge: str
    ledger: Path
    settings: Settings = field(default_factory=Settings.model_construct)
    asked: CheckOptions = field(default_factory=CheckOptions)

    @property
    def captures(self) -> Path:
        """The folder where what is fetched or handed in is kept."""
        return self.fetch.captures or self.settings.captures

    @property
    def outlets(self) -> Outlets:
        """The outlets: the built-in ones with the changes from ``outlets:`` of config.yaml.

        Raises SourcesError if an entry does not hold.
        """
        return _directory(self.settings.outlets)

    @property
    def scale(self) -> Mapping[str, str]:
        """The desk's own words for the labels."""
        return {label.value: word for label, word in self.settings.scale.items()}


@cache
def _directory(additions: tuple[OutletEntry, ...]) -> Outlets:
    return load_outlets([entry.given() for entry in additions])


def setup(asked: CheckOptions) -> Setup:
    """The setup of config.yaml, overruled by what was asked. Raises ConfigError."""
    settings = load_settings(Path(asked.config) if asked.config else None)
    return Setup(
        fetch=FetchPolicy(
            **settings.fetch.model_dump(exclude={"hops"}),
            user_agent=user_agent(settings.desk.contact),
            offline=asked.offline,
            replay=Path(asked.replay) if asked.replay else None,
            captures=settings.captures,
        ),
        policy=Policy(**settings.verdicts.model_dump()),
        judge=settings.judge,
        ledger=Path(asked.ledger) if asked.ledger else settings.ledger,
        settings=settings,
        asked=asked,
    )
