"""Sites that an article links or prints under the name of somebody whom it names: "Live Nation" and LiveNation.com.

Their own site is then known without any list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.addresses import host
from claims.records import Page

_PRINTED = re.compile(
    r"(?<![\w@./-])(?:https?://)?(?:[\w-]+\.){1,3}(?:com|org|net|gov|edu|info|io|eu|co\.uk|org\.uk|de|fr|ca)\b"
)
_NAME = re.compile(r"[A-Z][\w&’'-]*(?: (?:(?:of|the|and|for) )?[A-Z0-9][\w&’'-]*){0,5}")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "gob", "go", "net", "or", "org"})
# What the host of a site has behind the name of its owner.
_ADDED = r"(?:inc|corp|group|company|online|official|usa|uk|us|hq|app|music|global)?"
_PARTS = frozenset(
    {"www", "en", "us", "uk", "about", "corp", "corporate", "company", "investors", "ir", "news", "newsroom", "press"}
)
_SHORTEST = 4  # letters of a name
_MOST_LINKS = 500
_LONGEST_TEXT = 100_000  # characters of an article that are looked at


def printed_sites(article: Page) -> dict[str, str]:
    """The names in an article that are those of sites which it links or prints, each with the host."""
    text = article.text[:_LONGEST_TEXT]
    own = _owner_label(host(article.final_url or article.url))
    linked = (host(link.href) for link in article.links[:_MOST_LINKS])
    printed = (host(f"https://{match[0].removeprefix('https://')}") for match in _PRINTED.finditer(text))
    sites = {label: site for site in (*printed, *linked) if (label := _owner_label(site)) and label != own}
    return dict(_named_in(text, sites)) if sites else {}


def _named_in(text: str, sites: dict[str, str]) -> Iterator[tuple[str, str]]:
    bases = {re.sub(rf"{_ADDED}\Z", "", label): site for label, site in sites.items()} | sites
    for match in _NAME.finditer(text):
        words = match[0].split(" ")
        for size in range(len(words), 0, -1):
            name = " ".join(words[:size]).removesuffix("’s").removesuffix("'s")
            folded = re.sub(r"\W", "", name.casefold())
            if len(folded) >= _SHORTEST and (folded in bases or folded.removeprefix("the") in bases):
                yield name, bases.get(folded) or bases[folded.removeprefix("the")]
                break


def _owner_label(site: str) -> str:
    """The part of a host by which its owner is called: "livenation" of "www.livenation.co.uk"; "" for a part of it."""
    parts = site.casefold().removeprefix("www.").split(".")
    if len(parts) < 2:
        return ""
    place = -3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL else -2
    return parts[place].replace("-", "") if _PARTS.issuperset(parts[:place]) else ""
