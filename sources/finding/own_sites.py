"""The own sites and posts of those who speak or act in a claim, for claims that cite no source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from claims.addresses import host
from claims.records import Claim, Lead, LeadKind, Page
from sources.finding.likeness import is_front
from sources.outlets import Outlets
from sources.page import posts

_TABLE = Path(__file__).with_name("own_sites.txt")
# Kinds of outlets that publish what they say and do themselves.
_SPEAKING = frozenset(("government", "organisation", "think_tank"))
# A name in front of these is that of a place: "Amazon River", "Oracle Park".
_PLACES = r"(?!['’]?s?\s+(?:Arena|Avenue|Basin|Center|Centre|Field|Park|Rainforest|River|Stadium|Street|Valley)\b)"
# The description behind a name ("Ann Ray, president of SpaceX, said"), at most.
_DESCRIPTION = 120
# Words that may stand in front of a claim's subject: "The new Nissan plant", "In March NASA".
_LEAD_IN = re.compile(r"(?:(?:The|A|An|In|On|Last|This|[a-z]+|\d+)\s+){0,4}")
# Who employs the speaker: "chief executive of Ceres Robotics".
_EMPLOYER = re.compile(
    r"\b(?:analyst|chair\w*|chief\b[\w\s]*|counsel|director\b[\w\s]*|economist|founder|head\b[\w\s]*|lawyer|manager|officer"
    r"|president|professor\b[\w\s]*|researcher|scientist|secretary|spokes\w+|manager)\s(?:of|at|for|with)\s(?:the\s)?"
    r"((?:[A-Z][\w&’'-]+)(?:\s(?:of\s)?[A-Z][\w&’'-]+){0,4})"
)
_HANDLE_PART = 4  # the fewest letters of a surname that are looked for in a handle


class OwnSites:
    """The own sites and posts of those who speak or act in the claims of an article."""

    def __init__(self, article: Page, outlets: Outlets) -> None:
        self._article, self._outlets = article, outlets
        self._accounts = _accounts(article)

    def places(self, claim: Claim) -> Iterator[Lead]:
        """Where the speaker of a claim, or who acts in it, publishes: posts in the article, then their own site.

        A body whose site is not known is named without an address.
        """
        speaker = claim.attribution.speaker if claim.attribution else None
        if speaker:
            yield from _posts_of(speaker, claim, self._accounts)
        name, at = _body(claim, speaker, self._article, self._outlets)
        if at and not _publishes(at, self._article):
            yield Lead(claim=claim.id, kind=LeadKind.OWN_SITE, name=name, url=f"https://{at}")
        elif name and not at:
            linked = _linked_front(name, self._article, self._outlets)
            yield Lead(claim=claim.id, kind=LeadKind.OWN_SITE, name=name, url=linked)


def _body(claim: Claim, speaker: str | None, article: Page, outlets: Outlets) -> tuple[str, str]:
    """The body that speaks, that the speaker works for, or that is the claim's subject: its name and host, if known."""
    if speaker is None:
        return _acting_body(claim, article, outlets) or ("", "")
    listed = outlets.by_name(speaker)
    if listed is not None:
        return (listed.name, listed.domains[0]) if listed.kind in _SPEAKING and listed.domains else ("", "")
    own = _named_body(speaker, outlets)
    if own is not None:
        return own
    for text in _descriptions(speaker, article.text):
        known = _named_body(text, outlets)
        if known is not None:
            return known
        if employer := _EMPLOYER.search(text):
            return employer[1], ""
    return "", ""


def _acting_body(claim: Claim, article: Page, outlets: Outlets) -> tuple[str, str] | None:
    """The body that a claim without a speaker is about: its subject, else one that acts in it, else the title's.

    The title's counts only where the claim has another name of the title: "the 2020 Sentra" of "Nissan unveils Sentra".
    """
    text, start = claim.certain, _LEAD_IN.match(claim.certain)
    at = start.end() if start else 0
    subject = _named_body(text[: at + 60], outlets, at=at)
    if subject is not None:
        return subject
    bodies = _places(text, outlets)
    acting = {(name, site) for place, name, site in bodies if _acts_there(text, place, place + len(name))}
    if bodies:
        return acting.pop() if len(acting) == 1 else None
    of_title = {(name, site) for _, name, site in _places(article.title or "", outlets)}
    names = set(re.findall(r"[A-Z]\w{4,}", article.title or "")) - {
        word for name, _ in of_title for word in name.split()
    }
    shared = any(re.search(rf"\b{name}\b", text) for name in names)
    return of_title.pop() if shared and len(of_title) == 1 else None


def _acts_there(text: str, start: int, end: int) -> bool:
    """Whether a body does or has something where it is named: "Google's servers", "built by NASA", "head of SpaceX"."""
    employed = any(match.start(1) == start for match in _EMPLOYER.finditer(text))
    return employed or text[end : end + 2] in ("’s", "'s") or text[:start].endswith(("by ", "by the "))


def _descriptions(speaker: str, text: str) -> Iterator[str]:
    """What the article says a speaker is: behind the name, between commas, and before it."""
    surname = re.escape(speaker.rsplit(maxsplit=1)[-1])
    yield from (match[1] for match in re.finditer(rf"\b{surname},\s([^.;“”\"\n]{{3,{_DESCRIPTION}}}?),", text))
    title = rf"([^,.;:“”\"\n]{{3,60}})\s(?:[A-Z][\w.’'-]+\s){{1,2}}{surname}\b"
    yield from (match[1] for match in re.finditer(title, text))


def _named_body(text: str, outlets: Outlets, at: int | None = None) -> tuple[str, str] | None:
    """The first body named in a text, or the one that is named at a place of it."""
    fitting = [place for place in _places(text, outlets) if at is None or place[0] == at]
    return min(fitting)[1:] if fitting else None


def _places(text: str, outlets: Outlets) -> list[tuple[int, str, str]]:
    """Where bodies are named in a text, with their names and hosts."""
    places = [(match.start(), match.group(), _hosts()[match.group()]) for match in _names_pattern().finditer(text)]
    return places + [
        (mention.span[0], text[mention.span[0] : mention.span[1]], mention.outlet.domains[0])
        for mention in outlets.mentions(text)
        if mention.outlet.kind in _SPEAKING and mention.certain and mention.outlet.domains
    ]


def _publishes(site: str, article: Page) -> bool:
    """Whether the article itself stands on this site."""
    own = host(article.final_url or article.url)
    return own == site or own.endswith(f".{site}")


def _accounts(article: Page) -> dict[str, str | None]:
    """The accounts that the article links to or embeds, by handle, each with the address of a post if one is known."""
    linked = [(post.handle, link.href) for link in article.links if (post := posts.address(link.href))]
    accounts: dict[str, str | None] = {}
    for handle, url in (*linked, *((shown.handle, shown.url) for shown in article.posts)):
        accounts[handle] = url or accounts.get(handle)
    return accounts


def _posts_of(speaker: str, claim: Claim, accounts: Mapping[str, str | None]) -> Iterator[Lead]:
    """The first of the accounts that bears the speaker's name."""
    surname = re.sub(r"\W", "", speaker.rsplit(maxsplit=1)[-1].casefold())
    if len(surname) < _HANDLE_PART:
        return
    for handle, url in accounts.items():
        if surname in re.sub(r"\W", "", handle.casefold()):
            yield Lead(claim=claim.id, kind=LeadKind.OWN_POST, name=f"@{handle.lstrip('@')}", url=url)
            return


def _linked_front(name: str, article: Page, outlets: Outlets) -> str | None:
    """The address of a front page elsewhere that the article links from this very name."""
    for link in article.links:
        words = article.text[link.span[0] : link.span[1]].strip()
        linked = host(link.href)
        if words == name and linked and is_front(link.href) and not _publishes(linked, article):
            return None if outlets.by_url(link.href) or posts.address(link.href) else link.href
    return None


@cache
def _hosts() -> dict[str, str]:
    """The hosts by name."""
    rows = (line.partition(": ") for line in _TABLE.read_text(encoding="utf-8").splitlines())
    return {
        name.strip(): site for site, colon, names in rows if colon and site[0] != "#" for name in names.split(" | ")
    }


@cache
def _names_pattern() -> re.Pattern[str]:
    names = sorted(_hosts(), key=len, reverse=True)
    return re.compile(rf"(?<![\w@./-])(?:{'|'.join(map(re.escape, names))})(?![\w@]|\.\w){_PLACES}")
