"""Companies that an article says are listed at an exchange, and where they file their reports.

"Clearwater Paper (NYSE: CLW)" gives the symbol; "Shares of Lordstown fell to $1" and "Polder's shares closed at 70p"
give the name and the market.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote_plus

from claims.records import Claim
from sources.leads.published import is_of_shares

_TICKER = re.compile(
    r"(?<![\w&.’'-])((?:[A-Z][\w&.’'-]{0,30},? ){1,6})"
    r"\((?:NYSE|NASDAQ|Nasdaq|ticker)(?: ?[A-Z]{2,8})?: ?([A-Z]{1,5})[);,]"
)
_NAME = r"(?:[A-Z][\w&-]{2,30}|[A-Z]{2,10})(?: (?:[A-Z][\w&-]{1,30}|&)){0,3}"
_SHARES = re.compile(
    rf"\b[Ss](?:hares|tock) (?:of|in) (?:the )?(?P<behind>{_NAME})"
    rf"|(?<![\w.’'-])(?P<before>{_NAME})(?:['’]s?)? (?:shares|stock)\b(?! (?:an?|its|the|their)\b)"
)
_NO_NAME = re.compile(
    r"(?:The|A|An|Its|Their|His|Her|Our|Some|Most|All|Many|In|On|At|As|And|But|If|Global|Asian|European|American|Japanese"
    r"|Chinese|British|German|French|Indian|US|UK|U|Tech|Bank|Energy|Mining|Oil|Class|Common|Preferred|Ordinary|Shares"
    r"|Stock|Wall|Hong|New|Europe|Asia|Japan|China|Monday|Tuesday|Wednesday|Thursday|Friday|Meanwhile|Trading)\b"
)
_IN_DOLLARS = re.compile(r"\$\d|\b(?:NYSE|Nasdaq|NASDAQ|Wall Street|New York Stock Exchange|after-hours|premarket)\b")
_IN_PENCE = re.compile(r"\b\d[\d,.]*p\b|\bpence\b|\bFTSE\b|\b(?:in|on) (?:the )?London\b")
_OTHER_DOLLARS = re.compile(r"(?:C|A|HK|S|NZ|NT)\$\d|\bASX\b|\bHong Kong\b|\bToronto\b|\bSydney\b")
_SYMBOL = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK={}"
_BY_NAME = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&company={}"
_LONDON = "https://www.londonstockexchange.com/search?searchtype=all&q={}"
_COMPANY = re.compile(r"(?:The|the) (?:[Cc]ompany|firm|group|automaker|carmaker|retailer)\b")
# What a company files: figures of its business and what it does to its own, and not what anybody says of it.
_FILED = re.compile(
    r"\b(?:acqui\w+|board|chief (?:executive|financial)|CEO|CFO|chair\w*|dividend|earnings|employ\w*|expects?|forecast"
    r"|guidance|loss|margins?|merge\w*|net income|orders|outlook|profits?|quarter\w*|recall\w*|reported|resign\w*"
    r"|revenues?|sales|shareholders|suspend\w*|users|workers|filing|IPO|buyback|layoffs?|jobs|production|deliver(?:ed|ies|y))\b"
)
_AROUND = 120  # characters around the shares in which the price stands


class Listings:
    """Where the companies of an article file their reports."""

    def __init__(self, text: str) -> None:
        self._text = text

    def place(self, claim: Claim) -> tuple[str, str] | None:
        """The name and address of where the listed company that a claim is about files, if that is its business."""
        about = next((name for name in self._places if _is_about(claim, name)), None)
        if about is None and len(self._places) == 1 and _COMPANY.match(claim.certain):
            about = next(iter(self._places))
        if about is None or is_of_shares(claim.certain):
            return None
        return self._places[about] if self._by_symbol or _FILED.search(claim.certain) else None

    @cached_property
    def _places(self) -> dict[str, tuple[str, str]]:
        """The listed companies by name."""
        return self._by_symbol or dict(self._by_shares())

    @cached_property
    def _by_symbol(self) -> dict[str, tuple[str, str]]:
        """Those whose symbols the article gives."""
        return {name.strip(" ,"): ("SEC EDGAR", _SYMBOL.format(sign)) for name, sign in _TICKER.findall(self._text)}

    def _by_shares(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Those of whose shares the article speaks, with the market that the price tells."""
        for match in _SHARES.finditer(self._text):
            name = match["behind"] or match["before"]
            if _NO_NAME.match(name):
                continue
            before = self._text[max(0, match.start() - _AROUND) : match.start()].rpartition("\n")[2]
            sentence = before + self._text[match.start() : match.end() + _AROUND].partition("\n")[0]
            if _IN_PENCE.search(sentence):
                yield name, ("London Stock Exchange", _LONDON.format(quote_plus(name)))
            elif _IN_DOLLARS.search(sentence) and not _OTHER_DOLLARS.search(sentence):
                yield name, ("SEC EDGAR", _BY_NAME.format(quote_plus(name)))


def _is_about(claim: Claim, name: str) -> bool:
    first = name.split(maxsplit=1)[0]
    speaker = (claim.attribution.speaker if claim.attribution else None) or ""
    begins = claim.certain.startswith((name, f"The {name}", f"{first}’s", f"{first}'s"))
    return begins or speaker == name or speaker.startswith(f"{name} ")
