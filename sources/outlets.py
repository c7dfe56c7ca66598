"""The directory of outlets, by name, address and handle.

`load_outlets` reads the built-in `outlets.yaml` once per process, applies a user's additions and checks
both against the schema below. `Outlets` is the `OutletDirectory` that the extraction and the resolvers use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from claims import addresses
from claims.records import Mention, Outlet
from sources import urls
from sources.errors import SourcesError
from sources.names import outlet_names

SHIPPED = Path(__file__).with_name("outlets.yaml")

KINDS = frozenset({
    "wire", "newspaper", "broadcaster", "magazine", "online", "state_media", "government", "organisation",
    "think_tank", "fact_checker", "journal",
})  # fmt: skip
_REQUIRED = ("id", "name", "kind", "country")

_ID = re.compile(r"[a-z0-9_]+")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}")
_ADDRESS = re.compile(r"https?://\S+")
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,30}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletEntry:
    """An entry of the list of outlets, or an addition or correction to it; None means that a key is not given."""

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
    shared: tuple[str, ...] | None = None

    def given(self) -> dict[str, object]:
        """The keys that are given, with their values."""
        return {name: value for name, value in asdict(self).items() if value is not None}


_KEYS = {key.name: str(key.type) for key in fields(OutletEntry)}
_LISTS = tuple(name for name, kind in _KEYS.items() if "tuple" in kind)
_WORDS = tuple(name for name, kind in _KEYS.items() if kind.startswith("str"))


def normal(name: str) -> str:
    """A name normalized for the look-up, without case, accents, punctuation and a leading "the"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.findall(r"\w+", plain.casefold())
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


class Outlets:
    """A directory of outlets. It implements `claims.records.OutletDirectory`.

    If two outlets share a name, a domain or a handle, it refers to the later one in the list; a user's additions come
    after the shipped outlets.
    """

    def __init__(self, entries: Sequence[Mapping[str, Any]]) -> None:
        self._by_id = {entry["id"]: _outlet_of_entry(entry) for entry in entries}
        self._names: dict[str, Outlet] = {}
        self._domains: dict[str, Outlet] = {}
        self._handles: dict[str, Outlet] = {}
        names: list[outlet_names.OutletName] = []
        for entry in entries:
            outlet = self._by_id[entry["id"]]
            unsure = _ambiguous_names(entry)
            for name in (outlet.name, *outlet.aliases):
                self._names[normal(name)] = outlet
                shared = name in entry.get("shared", ())
                names.append(outlet_names.OutletName.of(name, outlet, ambiguous=name in unsure, shared=shared))
            self._domains.update(dict.fromkeys(outlet.domains, outlet))
            self._handles.update({handle.casefold(): outlet for handle in outlet.handles})
        self._finder = outlet_names.Finder(names)

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def mentions(self, text: str, page_outlet: str | None = None) -> Sequence[Mention]:
        """Every outlet named in ``text``, in order, longest names first, never overlapping.

        A name that is also an ordinary word is found only if the words around it show that an outlet is meant ("told
        Fox", "via the AP"); ``certain`` is False if only its capitals show it. A name that other outlets bear, too, is
        found only if it is clear which is meant; ``page_outlet`` is the id of the outlet whose page the text is.
        """
        of_page = self._by_id.get(page_outlet or "")
        return self._finder.find(text, of_page.country if of_page else "")

    def by_name(self, name: str) -> Outlet | None:
        """The outlet of this name or alias, however it is capitalised or accented."""
        return self._names.get(normal(name))

    def by_url(self, url: str) -> Outlet | None:
        """The outlet whose domain contains this address, after removing wrappers, AMP caches and archives."""
        labels = addresses.host(urls.origin(url)).split(".")
        for start in range(len(labels) - 1):
            outlet = self._domains.get(".".join(labels[start:]))
            if outlet is not None:
                return outlet
        return None

    def by_handle(self, handle: str) -> Outlet | None:
        """The outlet that posts under this handle, with or without @, in any case."""
        return self._handles.get(handle.strip().lstrip("@").casefold())

    def by_id(self, outlet_id: str) -> Outlet | None:
        """The outlet of this id."""
        return self._by_id.get(outlet_id)

    def explain(self, words: str) -> tuple[Outlet, str] | None:
        """The outlet with this id, name, handle or address, and an explanation of how it was recognised."""
        words = words.strip()
        for outlet, how in (
            (self.by_id(words), f"{words!r} is its id"),
            (self.by_name(words), f"{words!r} is one of its names"),
            (self.by_handle(words), f"it posts as @{words.lstrip('@')}"),
            (self.by_url(words if "//" in words else f"https://{words}"), "the address is under its domain"),
        ):
            if outlet is not None:
                return outlet, how
        return None


def load_outlets(additions: Sequence[Mapping[str, object]] = ()) -> Outlets:
    """The shipped outlets with a user's additions and corrections.

    An addition with a known id replaces the keys that it gives and keeps the others.

    Raises:
        SourcesError: an addition (or the shipped list) breaks the schema; the line names the entry and what
            is allowed.
    """
    if not additions:
        return _built_in()
    entries = {entry["id"]: dict(entry) for entry in _shipped_entries()}
    for number, addition in enumerate(additions):
        where = f"outlets[{number}]"
        known = entries.pop(str(addition.get("id", "")), None)
        merged = {**(known or {}), **addition}
        names = {merged.get("name"), *(merged.get("aliases") or ())}
        for key in ("ambiguous", "shared"):
            if key not in addition:
                merged[key] = [name for name in merged.get(key, ()) if name in names]
        _check_entry(merged, where)
        entries[merged["id"]] = merged
    return Outlets(list(entries.values()))


@cache
def _built_in() -> Outlets:
    return Outlets(_shipped_entries())


@cache
def _shipped_entries() -> tuple[Mapping[str, Any], ...]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with SHIPPED.open("rb") as file:
        entries = yaml.load(file, Loader=loader)  # noqa: S506  both loaders are safe ones
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        _check_entry(entry, f"outlets.yaml, entry {number + 1}")
        if entry["id"] in seen:
            raise SourcesError(f"outlets.yaml, entry {number + 1}: the id {entry['id']!r} is taken.")
        seen.add(entry["id"])
    return tuple(entries)


def _check_entry(entry: object, where: str) -> None:
    """One entry against the schema; the first thing wrong with it is raised as one line."""
    if not isinstance(entry, Mapping):
        raise SourcesError(f"{where}: an outlet is a mapping with at least {', '.join(_REQUIRED)}.")
    problem = next(_problems(entry), None)
    if problem:
        raise SourcesError(f"{where} ({entry.get('id') or entry.get('name') or 'no id'}): {problem}.")


def _problems(entry: Mapping[Any, Any]) -> Iterator[str]:
    for key in entry:
        if key not in _KEYS:
            yield f"the key {key!r} is unknown; allowed are {', '.join(sorted(_KEYS))}"
    for key in _REQUIRED:
        if not entry.get(key):
            yield f"{key!r} is missing"
    for key in _WORDS:
        if key in entry and not isinstance(entry[key], str):
            yield f"{key!r} must be a text, not {entry[key]!r} (quote it if YAML reads it as something else)"
    for key in _LISTS:
        if key in entry and not _is_list_of_texts(key, entry[key]):
            yield f"{key!r} must be a list of texts"
    if not isinstance(entry.get("paywall", False), bool):
        yield "'paywall' must be true or false"
    yield from _misshapen(entry)


def _is_list_of_texts(key: str, value: object) -> bool:
    if key == "ambiguous" and isinstance(value, bool):
        return True
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) and item for item in value)


def _misshapen(entry: Mapping[Any, Any]) -> Iterator[str]:
    """What is wrong with the values, given that all are of the right type."""
    if entry["kind"] not in KINDS:
        yield f"the kind {entry['kind']!r} is not one of {', '.join(sorted(KINDS))}"
    addresses = [*entry.get("feeds", ()), *([entry["sitemap"]] if "sitemap" in entry else ())]
    for values, shape, requirement in (
        ([entry["id"]], _ID, "an id of small letters, digits and _"),
        ([entry["country"]], _COUNTRY, "a two-letter country code such as GB"),
        ([entry.get("language", "en")], _LANGUAGE, "a two-letter language code such as en"),
        (entry.get("domains", ()), _DOMAIN, "a host name such as example.org, without https:// or a path"),
        (entry.get("handles", ()), _HANDLE, "a handle without @ and blanks"),
        (addresses, _ADDRESS, "an http(s) address"),
    ):
        for value in values:
            if not shape.fullmatch(value):
                yield f"{value!r} is not {requirement}"
    names = {entry["name"], *entry.get("aliases", ())}
    for key, marked in (("ambiguous", _ambiguous_names(entry)), ("shared", frozenset(entry.get("shared", ())))):
        for name in marked - names:
            yield f"{name!r} is listed as {key}, but is not one of its names"


def _ambiguous_names(entry: Mapping[str, Any]) -> frozenset[str]:
    marked = entry.get("ambiguous", ())
    if isinstance(marked, bool):
        return frozenset((entry["name"], *entry.get("aliases", ()))) if marked else frozenset()
    return frozenset(marked)


def _outlet_of_entry(entry: Mapping[str, Any]) -> Outlet:
    return Outlet(
        id=entry["id"],
        name=entry["name"],
        kind=entry["kind"],
        country=entry["country"],
        language=entry.get("language", "en"),
        aliases=tuple(entry.get("aliases", ())),
        domains=tuple(entry.get("domains", ())),
        handles=tuple(entry.get("handles", ())),
        feeds=tuple(entry.get("feeds", ())),
        sitemap=entry.get("sitemap"),
        paywall=entry.get("paywall", False),
        ambiguous=bool(_ambiguous_names(entry)),
    )
