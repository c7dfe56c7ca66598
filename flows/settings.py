"""config.yaml and the environment, checked once.

``factdesk --config`` wins over ``$FACTDESK_CONFIG``, that over ``./config.yaml``, that over the defaults; any
single value can be overruled by an environment variable (``FACTDESK_FETCH__TIMEOUT=5s``).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    YamlConfigSettingsSource,
)

from claims.records import Label
from flows.errors import ConfigError
from flows.units import Bytes, Seconds

PREFIX = "FACTDESK_"


class Section(BaseModel):
    """A part of config.yaml: no unknown keys, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _zone(name: str) -> str:
    """An IANA time zone name that exists here."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("no such time zone; write an IANA name like Europe/Vienna") from error
    return name


def _cron(line: str) -> str:
    """A cron line of five fields; Prefect checks the fields themselves when the schedule is made."""
    if len(line.split()) != 5:
        raise ValueError('write five fields: minute hour day month weekday, like "0 7 * * *"')
    return line


class Desk(Section):
    """Who runs this desk; ``contact`` goes into the user agent of every request."""

    name: str = "Factdesk"
    contact: str = ""
    timezone: str = "UTC"

    _check_zone = field_validator("timezone")(_zone)


class ScheduledArticle(Section):
    """An article that is checked on a schedule."""

    url: str
    cron: str = "0 7 * * *"
    timezone: str | None = None

    _check_cron = field_validator("cron")(_cron)
    _check_zone = field_validator("timezone")(_zone)


class ScheduledFeed(Section):
    """A feed whose new articles are checked on a schedule, at most ``limit`` a run."""

    url: str
    name: str = ""
    cron: str = "*/30 * * * *"
    timezone: str | None = None
    limit: int = Field(default=20, ge=1, le=500)

    _check_cron = field_validator("cron")(_cron)
    _check_zone = field_validator("timezone")(_zone)


class Recheck(Section):
    """Which verdicts are looked at again, and when."""

    cron: str = "0 5 * * *"
    older_than: Seconds = 7 * 86400.0
    labels: tuple[Label, ...] = (Label.SOURCE_UNAVAILABLE, Label.CONTRADICTED)

    _check_cron = field_validator("cron")(_cron)


class Fetch(Section):
    """How sources are fetched: seconds and bytes."""

    timeout: Seconds = 20.0
    total: Seconds = 120.0
    per_host_delay: Seconds = 1.0
    max_bytes: Bytes = 10_000_000
    robots: bool = True
    archive: bool = True
    allow_private: bool = False


class SearchService(Section):
    """A search service that named outlets are looked up with."""

    kind: Literal["gdelt", "searxng", "brave", "google_fact_check", "wayback", "memento"]
    url: str | None = None


class OutletEntry(Section):
    """An addition to, or a correction of, the shipped list of outlets."""

    id: str
    name: str | None = None
    kind: str | None = None
    country: str | None = None
    language: str | None = None
    aliases: tuple[str, ...] | None = None
    domains: tuple[str, ...] | None = None
    handles: tuple[str, ...] | None = None
    feeds: tuple[str, ...] | None = None
    sitemap: str | None = None
    paywall: bool | None = None
    ambiguous: bool | tuple[str, ...] | None = None


class Verdicts(Section):
    """How careful the verdicts are."""

    review_below: float = Field(default=0.8, ge=0, le=1)
    false_supported_rate: float = Field(default=0.05, gt=0, lt=1)


class ReviewDesk(Section):
    """Where the desk is opened, and how many people must agree."""

    host: str = "127.0.0.1"
    port: int = Field(default=8001, ge=0, le=65535)
    sign_off: int = Field(default=1, ge=1)


class Notify(Section):
    """Whom to tell of what."""

    on: tuple[Literal["contradicted", "changed", "source_lost"], ...]
    webhook: str


class Settings(BaseSettings):
    """All of config.yaml; every key has a default, so an empty file works."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, case_sensitive=False
    )

    desk: Desk = Desk()
    ledger: Path = Path("factdesk.db")
    captures: Path = Path("captures")
    judge: str = "embedded"
    articles: tuple[ScheduledArticle, ...] = ()
    feeds: tuple[ScheduledFeed, ...] = ()
    recheck: Recheck = Recheck()
    fetch: Fetch = Fetch()
    search: tuple[SearchService, ...] = ()
    outlets: tuple[OutletEntry, ...] = ()
    verdicts: Verdicts = Verdicts()
    scale: dict[Label, str] = {}
    review: ReviewDesk = ReviewDesk()
    runner: Literal["local", "dask", "ray", "workers"] = "local"
    notify: tuple[Notify, ...] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line over the environment over the file."""
        file = YamlConfigSettingsSource(settings_cls)
        return init_settings, env_settings, file


def find_config(given: Path | None) -> Path | None:
    """The file that counts: the one given, ``$FACTDESK_CONFIG``, ``./config.yaml``, or none."""
    named = given or (Path(os.environ["FACTDESK_CONFIG"]) if os.environ.get("FACTDESK_CONFIG") else None)
    if named is not None and not named.is_file():
        raise ConfigError(f"{named}: no such configuration file; `factdesk init` writes one.")
    default = Path("config.yaml")
    return named or (default if default.is_file() else None)


def load_settings(given: Path | None = None) -> Settings:
    """The settings of this process.

    Relative paths in the file are relative to the working directory.

    Raises:
        ConfigError: with the file, the line, the key and what is allowed.
    """
    path = find_config(given)
    _parse(path)

    class Configured(Settings):
        model_config = SettingsConfigDict(yaml_file=path, yaml_file_encoding="utf-8")

    try:
        return Configured()
    except ValidationError as error:
        raise ConfigError("\n".join(_explain(error, path))) from error


def _parse(path: Path | None) -> yaml.Node | None:
    """The file's nodes with their line marks; raises ConfigError where it is not YAML or not a mapping."""
    if path is None:
        return None
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise ConfigError(f"{place}: not readable as YAML: {getattr(error, 'problem', error)}.") from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise ConfigError(f"{path}:1: expected `key: value` lines, such as `judge: embedded`.")
    return node


def _explain(error: ValidationError, path: Path | None) -> Iterator[str]:
    """One line for each thing that is wrong: where it stands, what it is, what is allowed."""
    root = _parse(path)
    for problem in error.errors():
        keys = [str(part) for part in problem["loc"]]
        message = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "extra_forbidden":
            message = f"unknown key; allowed here: {', '.join(_allowed(keys[:-1]))}"
        variable = PREFIX + "__".join(keys).upper()
        line = _line(root, keys)
        place = f"${variable}" if variable in os.environ else f"{path}:{line}" if path and line else str(path)
        yield f"{place}: {'.'.join(keys)}: {message}"


def _line(node: yaml.Node | None, keys: Iterable[str]) -> int | None:
    """The line of the deepest of ``keys`` that stands in the file."""
    line = None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == key), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and key.isdigit() and int(key) < len(node.value):
            node = node.value[int(key)]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _allowed(keys: Iterable[str]) -> list[str]:
    """The keys that may stand under ``keys``."""
    model: type[BaseModel] = Settings
    for key in keys:
        if key.isdigit():
            continue
        annotation = model.model_fields[key].annotation
        inner = [annotation, *getattr(annotation, "__args__", ())]
        model = next(kind for kind in inner if isinstance(kind, type) and issubclass(kind, BaseModel))
    return list(model.model_fields)
