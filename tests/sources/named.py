"""Sentences that name a source without a link: read, and put to the resolver with a newsroom behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from newsroom import Story

from claims.records import Citation, CitationKind, Claim, ClaimKind, Page, Source
from sources.outlets import Outlets


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A sentence, the outlet and page that it means (None: no page can be found), and all pages of its world."""

    text: str
    day: str
    outlet: str
    right: str | None
    stories: tuple[Story, ...]


def read(path: Path, outlets: Outlets) -> list[Named]:
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [_named(row, outlets) for row in rows]


def _named(row: dict[str, Any], outlets: Outlets) -> Named:
    stories = [_story(page, row["day"], number, outlets) for number, page in enumerate(row["pages"])]
    return Named(
        text=row["text"],
        day=row["day"],
        outlet=row["pages"][0].split("|")[0].strip(),
        right=None if row.get("none") else stories[0].url,
        stories=tuple(stories),
    )


def _story(page: str, day: str, number: int, outlets: Outlets) -> Story:
    """A page at an address as outlets make them: every other one with a slug, the rest with a number."""
    name, headline, *rest = (part.strip() for part in page.split("|"))
    outlet = outlets.by_id(name)
    assert outlet is not None, name
    when = rest[0] if rest else day
    slug = "-".join(re.findall(r"\w+", headline.lower()))
    path = (
        f"{when.replace('-', '/')}/{slug}"
        if len(headline) % 2
        else f"articles/c{abs(hash_of(headline)) % 10**9}x{number}"
    )
    return Story(url=f"https://www.{outlet.domains[0]}/{path}", title=headline, text=headline, day=when)


def hash_of(text: str) -> int:
    """A number that is the same in every run."""
    return sum(place * ord(letter) for place, letter in enumerate(text, 7919))


def question(row: Named, outlets: Outlets) -> tuple[Page, list[Claim], Source] | None:
    """The article, claim and source for a sentence as the outlets' names in it say; None where none is certain."""
    page = Page(text=row.text, published=row.day)
    mentions = [mention for mention in outlets.mentions(row.text) if mention.certain]
    if not mentions:
        return None
    mention = mentions[0]
    citation = Citation(
        kind=CitationKind.OUTLET,
        text=row.text[mention.span[0] : mention.span[1]],
        span=mention.span,
        outlet=mention.outlet.id,
    )
    claim = Claim(
        article=page.id,
        text=row.text,
        spans=((0, len(row.text)),),
        statement=row.text,
        kind=ClaimKind.STATEMENT,
        checkable=True,
        citations=(citation,),
    )
    return page, [claim], Source(citation=citation, claims=(claim.id,))
