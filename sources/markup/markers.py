"""The pattern lists of `markers.yaml`, each compiled to one pattern."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

with Path(__file__).with_name("markers.yaml").open("rb") as _file:
    _TABLES: dict[str, Any] = yaml.load(_file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  safe ones


def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _TABLES[name]), re.IGNORECASE)


BOT_HEADERS: tuple[tuple[str, str], ...] = tuple((name, value) for name, value in _TABLES["bot_headers"])
BOT_TITLES = _any("bot_titles")
BOT_WORDS = _any("bot_words")
BOT_MARKUP = _any("bot_markup")
PROMPTS = _any("prompts")
PAYWALL_TITLES = _any("paywall_titles")
PAYWALL_MARKUP = _any("paywall_markup")
PAYWALL_PATHS = _any("paywall_paths")
GEO_WORDS = _any("geo_words")
DELETED_WORDS = _any("deleted_words")
MISSING_TITLES = _any("missing_titles")
MISSING_WORDS = _any("missing_words")
MISSING_PATHS = _any("missing_paths")
CONSENT_HOSTS = frozenset(_TABLES["consent_hosts"])
CONSENT_PATHS = _any("consent_paths")
CONSENT_WORDS = _any("consent_words")
NOTICES = _any("notices")
SCRIPT_WORDS = _any("script_words")
SCRIPT_MARKUP = _any("script_markup")
