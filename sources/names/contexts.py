"""The words around a name that say that an outlet is meant, from `contexts.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_CONTEXTS = Path(__file__).with_name("contexts.yaml")


@cache
def contexts() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Every list of the file by its name; the words of a list, or of its parts."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with _CONTEXTS.open("rb") as file:
        table = yaml.load(file, Loader=loader)  # noqa: S506  both loaders are safe ones
    ready: dict[str, Mapping[str, frozenset[str]]] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            ready[key] = {word: frozenset(with_it) for word, with_it in value.items()}
        else:
            ready[key] = dict.fromkeys(value, frozenset())
    return ready
