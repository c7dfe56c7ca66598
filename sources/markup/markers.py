"""The pattern lists of `markers.yaml`, each compiled to one pattern."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

with Path(__file__).with_name("markers.yaml").open("rb") as _file:
    _TABLES: dict[str, Any] = yaml.load(_file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  safe ones


def _table_pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _TABLES[name]), re.IGNORECASE)


BOT_HEADERS: tuple[tuple[str, str], ...] = tuple((name, value) for name, value in _TABLES["bot_headers"])
BOT_TITLES = _table_pattern("bot_titles")
BOT_WORDS = _table_pattern("bot_words")
BOT_MARKUP = _table_pattern("bot_markup")
PROMPTS = _table_pattern("prompts")
PAYWALL_TITLES = _table_pattern("paywall_titles")
PAYWALL_MARKUP = _table_pattern("paywall_markup")
PAYWALL_PATHS = _table_pattern("paywall_paths")
GEO_WORDS = _table_pattern("geo_words")
DELETED_WORDS = _table_pattern("deleted_words")
MISSING_TITLES = _table_pattern("missing_titles")
MISSING_WORDS = _table_pattern("missing_words")
MISSING_PATHS = _table_pattern("missing_paths")
OUTAGE_TITLES = _table_pattern("outage_titles")
OUTAGE_WORDS = _table_pattern("outage_words")
CONSENT_HOSTS = frozenset(_TABLES["consent_hosts"])
CONSENT_PATHS = _table_pattern("consent_paths")
CONSENT_WORDS = _table_pattern("consent_words")
NOTICES = _table_pattern("notices")
SCRIPT_WORDS = _table_pattern("script_words")
SCRIPT_MARKUP = _table_pattern("script_markup")
