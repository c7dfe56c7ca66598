"""Renders cells of Datasette's tables: labels as badges, ids as links, shares as percentages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from claims.glossary import LABELS, OBSTACLES, STRUCK_OUT, Term, per_cent

# The label of a claim, or what a person made of it.
LOOKS: Mapping[str, Term] = {**{str(label): term for label, term in LABELS.items()}, "void": STRUCK_OUT}

# An empty cell that Datasette does not replace by its own rendering.
_NOTHING = Markup("<span></span>")
_LABELS = ("label", "standing", "label_before")
_SHARES = ("confidence", "confidence_before", "checkworthiness", "score", "similarity")


def in_words(scale: Mapping[str, str]) -> Mapping[str, Term]:
    """The looks with the desk's own words for labels (``scale`` in config.yaml)."""
    return {name: replace(look, word=scale.get(name) or look.word) for name, look in LOOKS.items()}


def badge(label: str | None, looks: Mapping[str, Term] = LOOKS) -> Markup:
    """A label in its colour; empty if there is none."""
    if not label:
        return Markup("")
    look = looks.get(label)
    if look is None:
        return escape(label)
    return Markup('<span class="badge {}" title="{}"><i aria-hidden="true">{}</i> {}</span>').format(
        look.tone, look.sentence, look.symbol, look.word
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CellContext:
    """The context of a cell: ``base`` is the path of the ledger's tables, ``outlets`` the names by id.

    ``looks`` are those of the labels, ``zone`` is the time zone in which times are shown.
    """

    base: str
    outlets: Mapping[str, str] = field(default_factory=dict)
    looks: Mapping[str, Term] = field(default_factory=lambda: LOOKS)
    zone: tzinfo = UTC

    def when(self, moment: str | None) -> str:
        """A time of the ledger (ISO 8601) to the minute, in the desk's time zone; other texts as they are."""
        try:
            then = datetime.fromisoformat(str(moment or ""))
            return then.replace(tzinfo=then.tzinfo or UTC).astimezone(self.zone).strftime("%Y-%m-%d %H:%M")
        except (ValueError, OverflowError):  # the first and the last year have no other day in another zone
            return moment or ""

    def day(self, moment: str | None) -> str:
        """The day of a time of the ledger in the desk's time zone."""
        return self.when(moment)[:10]


def cell(value: Any, column: str, table: str | None, row: Mapping[str, Any], place: CellContext) -> Markup | None:
    """The cell as HTML, or None to let Datasette render it."""
    value = _bare_value(value)
    if value is None:
        return None
    if column in _LABELS:
        return badge(str(value), place.looks)
    if column in _SHARES and isinstance(value, int | float):
        return escape(per_cent(value))
    show = _SHOWN.get(column)
    if column == "id" and table == "claims":
        show = _claim_link
    return show(value, row, place) if show else None


def _claim_link(value: Any, row: Mapping[str, Any], place: CellContext) -> Markup:
    return Markup('<a href="/claim/{}"><code>{}</code></a>').format(quote(str(value)), str(value)[:8])


def _statement_link(value: Any, row: Mapping[str, Any], place: CellContext) -> Markup | None:
    claim = _value(row, "claim") or _value(row, "id")
    if not claim:
        return None
    return Markup('<a class="statement" href="/claim/{}">{}</a>').format(quote(str(claim)), value)


def _article_link(value: Any, row: Mapping[str, Any], place: CellContext) -> Markup:
    return Markup('<a href="/article/{}">{}</a>').format(quote(str(value)), _value(row, "title") or str(value)[:8])


def _capture_link(value: Any, row: Mapping[str, Any], place: CellContext) -> Markup:
    return Markup('<a href="{}/captures/{}"><code>{}</code></a>').format(place.base, quote(str(value)), str(value)[:8])


def _outlets(value: Any, row: Mapping[str, Any], place: CellContext) -> Markup | None:
    try:
        names = json.loads(value)
    except (TypeError, ValueError):
        return None
    if not names:
        return _NOTHING
    link = Markup('<a class="tag" href="{}/current?outlets__arraycontains={}">{}</a>')
    return Markup(" ").join(link.format(place.base, quote(name), place.outlets.get(name, name)) for name in names)


def _outlet(value: Any, row: Mapping[str, Any], place: CellContext) -> Markup | None:
    return _with_tooltip(value, place.outlets.get(str(value)))


def _reason_in_words(value: Any, row: Mapping[str, Any], place: CellContext) -> Markup | None:
    return _with_tooltip(value, OBSTACLES[value].meaning if value in OBSTACLES else None)


def _with_tooltip(value: Any, name: str | None) -> Markup | None:
    """A name with the value that it stands for in the tooltip; None if there is no name."""
    return Markup('<span title="{}">{}</span>').format(value, name) if name else None


def _needs_review(value: Any, row: Mapping[str, Any], place: CellContext) -> Markup:
    return Markup('<span class="look">needs review</span>') if value else _NOTHING


def _time_element(value: Any, row: Mapping[str, Any], place: CellContext) -> Markup | None:
    """An ISO time to the minute in the desk's time zone; as it is stored it is in the tooltip."""
    text = str(value)
    return Markup('<time title="{}">{}</time>').format(text, place.when(text)) if "T" in text else None


def _value(row: Mapping[str, Any], column: str) -> Any:
    # Datasette hands rows of more than one kind; all can be asked for a column, none for a default.
    return _bare_value(row[column]) if column in row.keys() else None  # noqa: SIM118  a row of SQLite iterates over its values


def _bare_value(value: Any) -> Any:
    """The value of a cell: Datasette passes a foreign key as its value with the label of the row that it refers to."""
    return value["value"] if isinstance(value, dict) and value.keys() == {"value", "label"} else value


_SHOWN: Mapping[str, Callable[[Any, Mapping[str, Any], CellContext], Markup | None]] = {
    "claim": _claim_link,
    "statement": _statement_link,
    "article": _article_link,
    "capture": _capture_link,
    "outlets": _outlets,
    **dict.fromkeys(("outlet", "published_by"), _outlet),
    "reason": _reason_in_words,
    "needs_review": _needs_review,
    **dict.fromkeys(
        ("checked_at", "since", "reviewed_at", "at", "started_at", "finished_at", "fetched_at"), _time_element
    ),
}
