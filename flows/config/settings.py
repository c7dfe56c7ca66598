"""The keys of config.yaml with their types, defaults and allowed values."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from claims.errors import ModelError
from claims.records import Label, LlmPolicy, Policy
from claims.verification.judges.load import NO_READER, check_name, check_reader
from flows.config.desk import ReviewDesk
from flows.config.section import Section
from flows.config.units import Bytes, Seconds
from flows.errors import ConfigError
from sources.fetching.policy import FetchPolicy
from sources.outlets import OutletEntry

PREFIX = "FACTDESK_"
_FETCH, _POLICY = FetchPolicy(), Policy()  # they hold the defaults


def _zone(name: str) -> str:
    """An IANA time zone name that exists here."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("no such time zone; write an IANA name like Europe/Vienna") from error
    return name


def _cron(line: str) -> str:
    """A cron expression of five fields; Prefect validates the fields when the schedule is created."""
    if len(line.split()) != 5:
        raise ValueError('write five fields: minute hour day month weekday, like "0 7 * * *"')
    return line


class Desk(Section):
    """The operator of this desk; ``contact`` is part of the user agent of every request."""

    name: str = "Factdesk"
    contact: str = ""
    timezone: str = "UTC"

    _check_zone = field_validator("timezone")(_zone)


class JudgePanel(Section):
    """Several judges, and the rule that combines their answers."""

    panel: tuple[str, ...]
    rule: Literal["agree", "majority", "first"] = "agree"

    def __str__(self) -> str:
        """The panel as judges are named: RULE(JUDGE, JUDGE)."""
        return f"{self.rule}({', '.join(self.panel)})"


class ScheduledArticle(Section):
    """An article that is checked on a schedule."""

    url: str
    cron: str = "0 7 * * *"
    timezone: str | None = None

    _check_cron = field_validator("cron")(_cron)
    _check_zone = field_validator("timezone")(_zone)


class ScheduledFeed(Section):
    """A feed whose new articles are checked on a schedule, at most ``limit`` per run."""

    url: str
    name: str = ""
    cron: str = "*/30 * * * *"
    timezone: str | None = None
    limit: int = Field(default=20, ge=1, le=500)

    _check_cron = field_validator("cron")(_cron)
    _check_zone = field_validator("timezone")(_zone)


class Watch(Section):
    """How many new articles are checked in a day, whatever found them; None: as many as there are."""

    per_day: int | None = Field(default=None, ge=1)


class Recheck(Section):
    """Which claims are checked again and when, and the maximum number per run."""

    cron: str = "0 5 * * *"
    older_than: Seconds = 7 * 86400.0
    labels: tuple[Label, ...] = (Label.SOURCE_UNAVAILABLE, Label.CONTRADICTED)
    limit: int = Field(default=200, ge=1)

    _check_cron = field_validator("cron")(_cron)


class Fetch(Section):
    """How sources are fetched: seconds and bytes."""

    timeout: Seconds = _FETCH.timeout
    total: Seconds = _FETCH.total
    per_host_delay: Seconds = _FETCH.per_host_delay
    max_bytes: Bytes = _FETCH.max_bytes
    robots: bool = _FETCH.robots
    archive: bool = _FETCH.archive
    allow_private: bool = _FETCH.allow_private
    hops: int = Field(default=12, ge=0, le=100)


class SearchSettings(Section):
    """A search service for finding articles of named outlets, or a file of earlier fact-checks (``path``)."""

    kind: Literal["gdelt", "searxng", "brave", "google_fact_check", "wayback", "memento", "claimreview"]
    url: str | None = None
    path: Path | None = None

    @model_validator(mode="after")
    def _check_path(self) -> SearchSettings:
        """A file belongs to the one kind that is a file."""
        if (self.kind == "claimreview") != (self.path is not None):
            raise ValueError("`path` names a file of earlier fact-checks: write {kind: claimreview, path: FILE.json}")
        return self

    @property
    def finds_pages(self) -> bool:
        """Whether it finds pages for a claim by its words; archives and files do not."""
        return self.kind in ("gdelt", "searxng", "brave", "google_fact_check")


class Verdicts(Section):
    """The thresholds below which verdicts are flagged for review."""

    review_below: float = Field(default=_POLICY.review_below, ge=0, le=1)
    false_supported_rate: float = Field(default=_POLICY.false_supported_rate, gt=0, lt=1)
    wrong_unflagged_rate: float = Field(default=_POLICY.wrong_unflagged_rate, gt=0, lt=1)


class Anchor(Section):
    """The time stamp authority that certifies the head of the log."""

    tsa: str = ""

    @field_validator("tsa")
    @classmethod
    def _check_tsa(cls, tsa: str) -> str:
        if tsa and not tsa.startswith(("http://", "https://")):
            raise ValueError("write the address of a time stamp authority (RFC 3161), or leave it empty")
        return tsa


class Llm(Section):
    """What language models may be sent: whether one may run elsewhere, and the names that are replaced."""

    remote: bool = False
    mask: tuple[str, ...] = ()

    @property
    def policy(self) -> LlmPolicy:
        """The same as the judges take it."""
        return LlmPolicy(remote=self.remote, mask=self.mask)


class Occasion(StrEnum):
    """What people can be told of."""

    CONTRADICTED = "contradicted"
    CHANGED = "changed"
    SOURCE_LOST = "source_lost"
    NOTHING_READ = "nothing_read"
    DIGEST = "digest"


class Notify(Section):
    """Where to tell people, and of what: a webhook, or an address of the library Apprise (mail, chat, push).

    ``${NAME}`` in an address stands for an environment variable, so that the file holds no secret.
    """

    on: tuple[Occasion, ...]
    webhook: str = ""
    apprise: str = ""

    @model_validator(mode="after")
    def _one_address(self) -> Notify:
        if not self.on:
            raise ValueError(f"on: name at least one of {', '.join(Occasion)}")
        if bool(self.webhook) == bool(self.apprise):
            raise ValueError("write either `webhook: https://...` or `apprise: ADDRESS`")
        if self.webhook and not self.webhook.startswith(("http://", "https://", "${")):
            raise ValueError("webhook: write an address that begins with http:// or https://, or ${NAME}")
        if self.apprise and not re.match(r"[a-z0-9+]+://|\$\{", self.apprise):
            raise ValueError("apprise: write an address as in `mailto://user:${PASSWORD}@example.com`")
        return self

    @property
    def address(self) -> str:
        """The address with the values of the environment variables in it. Raises ConfigError if one is not set."""
        return _VARIABLE.sub(_variable_value, self.webhook or self.apprise)


Runner = Literal["local", "processes", "dask", "ray", "workers"]

_VARIABLE = re.compile(r"\$\{(\w+)\}")


def _variable_value(variable: re.Match[str]) -> str:
    if not (value := os.environ.get(variable[1])):
        raise ConfigError(f"notify: the environment variable {variable[1]} is not set")
    return value


class Digest(Section):
    """When the digest is made, and the time that it looks back."""

    cron: str = "0 7 * * *"
    period: Seconds = 86400.0

    _check_cron = field_validator("cron")(_cron)


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
    watch: Watch = Watch()
    recheck: Recheck = Recheck()
    fetch: Fetch = Fetch()
    search: tuple[SearchSettings, ...] = ()
    outlets: tuple[OutletEntry, ...] = ()
    verdicts: Verdicts = Verdicts()
    anchor: Anchor = Anchor()
    llm: Llm = Llm()
    scale: dict[Label, str] = {}
    review: ReviewDesk = ReviewDesk()
    reader: str = NO_READER
    runner: Runner = "local"
    notify: tuple[Notify, ...] = ()
    digest: Digest = Digest()

    def tells_of(self, occasion: Occasion) -> tuple[Notify, ...]:
        """The entries of ``notify`` that tell of an occasion."""
        return tuple(entry for entry in self.notify if occasion in entry.on)

    @property
    def recheck_labels(self) -> tuple[Label, ...]:
        """The labels of the claims that are rechecked: claims without a source too where one can be searched for."""
        unsourced = (Label.NO_SOURCE,) if any(service.finds_pages for service in self.search) else ()
        return tuple(dict.fromkeys((*self.recheck.labels, *unsourced)))

    @field_validator("ledger", "captures", mode="before")
    @classmethod
    def _check_place(cls, place: object) -> object:
        if place == "":
            raise ValueError("is empty; name a file or folder, or leave the line out")
        return place

    @field_validator("judge", mode="before")
    @classmethod
    def _check_judge(cls, judge: object) -> object:
        """One name for one judge or several: a list agrees, a mapping names its panel and rule."""
        if isinstance(judge, (list, tuple)):
            judge = {"panel": judge}
        if isinstance(judge, dict):
            if unknown := set(judge) - set(JudgePanel.model_fields):
                raise ValueError(f"unknown key {', '.join(sorted(map(str, unknown)))}; allowed here: panel, rule")
            judge = str(JudgePanel.model_validate(judge))
        if isinstance(judge, str):
            try:
                check_name(judge)
            except ModelError as error:
                raise ValueError(str(error)) from error
        return judge

    @field_validator("reader")
    @classmethod
    def _check_reader(cls, reader: str) -> str:
        try:
            check_reader(reader)
        except ModelError as error:
            raise ValueError(str(error)) from error
        return reader
