"""A validator of JSON-LD against the extract of schema.org beside it: types, domains, ranges, what must be there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml


@cache
def vocabulary() -> dict[str, Any]:
    terms: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return terms


def faults(document: dict[str, Any]) -> list[str]:
    """Everything that is wrong with a ClaimReview; empty where it is valid."""
    problems = [] if document.get("@context") == "https://schema.org" else ["@context is not https://schema.org"]
    if document.get("@type") != "ClaimReview":
        problems.append(f"a {document.get('@type')} is no ClaimReview")
    return problems + list(
        _node({name: value for name, value in document.items() if name != "@context"}, "ClaimReview")
    )


def _node(node: dict[str, Any], where: str) -> Iterator[str]:
    kind = node.get("@type")
    if kind is None:
        # Of what kind it is is not known: then nothing but its name can be said of it.
        yield from (f"{where}: {name} of an untyped node" for name in node if name not in ("name", "url"))
        if not node.get("name"):
            yield f"{where}: an untyped node without a name"
        return
    if kind not in vocabulary()["types"]:
        yield f"{where}: there is no type {kind}"
        return
    for name in vocabulary()["required"].get(kind, ()):
        if not node.get(name):
            yield f"{where}: {kind} without {name}"
    for name, value in node.items():
        if name != "@type":
            yield from _property(kind, name, value, f"{where}.{name}")


def _property(kind: str, name: str, value: Any, where: str) -> Iterator[str]:
    known = vocabulary()["properties"].get(name)
    if known is None:
        yield f"{where}: there is no property {name}"
    elif not any(_is_a(kind, owner) for owner in known["of"]):
        yield f"{where}: a {kind} has no {name}"
    elif isinstance(value, dict):
        given = value.get("@type")
        if given is not None and not any(_is_a(given, wanted) for wanted in known["takes"]):
            yield f"{where}: a {given} is no {' or '.join(known['takes'])}"
        elif given is None and not any(_is_a(wanted, "Thing") for wanted in known["takes"]):
            yield f"{where}: a node where {' or '.join(known['takes'])} is wanted"
        yield from _node(value, where)
    elif not any(_fits(value, wanted) for wanted in known["takes"]):
        yield f"{where}: {value!r} is no {' or '.join(known['takes'])}"


def _is_a(kind: str, wanted: str) -> bool:
    return kind == wanted or any(_is_a(parent, wanted) for parent in vocabulary()["types"].get(kind, ()))


def _fits(value: Any, wanted: str) -> bool:
    if wanted == "Number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    parts = urlsplit(value)
    return {
        "Text": bool(value.strip()),
        "URL": parts.scheme in ("http", "https") and bool(parts.netloc),
        "Date": _is_date(value),
    }.get(wanted, False)


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
