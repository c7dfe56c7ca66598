"""The registers, courts and statistical offices that keep what a claim names by a number or a title.

"CVE-2021-44228" is in the National Vulnerability Database, "Regulation (EU) 2016/679" at EUR-Lex, the unemployment
rate of the United States at its Bureau of Labor Statistics. The table is `registers.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.addresses import host
from claims.records import Claim, Lead, LeadKind, Page

_TABLE = Path(__file__).with_name("registers.txt")
_CLEARLY = 2  # how many times as often as any other a country or competition is named in an article about it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Register:
    name: str
    address: str
    pattern: re.Pattern[str]
    about: re.Pattern[str] | None


class Registers:
    """Where the numbers and titles in the claims of an article lead."""

    def __init__(self, article: Page) -> None:
        text = f"{article.title or ''}\n{article.text}"
        self._own = host(article.final_url or article.url)
        named = {row: len(row.about.findall(text)) if row.about else 0 for row in _registers()}
        self._rows = [
            row
            for row, times in named.items()
            if row.about is None
            or (
                times > 0
                and all(
                    times >= _CLEARLY * named[other]
                    for other in named
                    if other.pattern.pattern == row.pattern.pattern and other is not row
                )
            )
        ]

    def places(self, claim: Claim) -> Iterator[Lead]:
        """The registers that keep what a claim names."""
        for row in self._rows:
            match = row.pattern.search(claim.certain)
            url = row.address.format(match[0], *match.groups()) if match else ""
            if url and host(url) != self._own:
                yield Lead(claim=claim.id, kind=LeadKind.REGISTER, name=row.name, url=url)


@cache
def _registers() -> tuple[_Register, ...]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(_register(line) for line in lines if line and line[0] != "#")


def _register(line: str) -> _Register:
    name, address, *patterns = line.split(" | ")
    about = re.compile(rf"\b(?:{patterns[1]})") if len(patterns) > 1 else None
    return _Register(name=name, address=address, pattern=re.compile(patterns[0]), about=about)
