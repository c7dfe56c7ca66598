"""The own sites and posts of those who speak or act in a claim, for claims that cite no source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from claims.addresses import host
from claims.records import Claim, Lead, LeadKind, Page
from sources.finding.likeness import is_front
from sources.names.bodies import SPEAKING, Bodies, NamedBody
from sources.names.office_holders import record_of
from sources.outlets import Outlets
from sources.page import posts

# The description behind a name ("Ann Ray, president of SpaceX, said"), at most.
_DESCRIPTION = 120
_MONTHS = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)"
    r"|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_WHEN = (
    rf"(?:(?:(?:Last|This|In|On|Since|By|Earlier|Later)\s+)?(?:past\s+)?(?:{_MONTHS}|\w+day|\d{{4}}|(?:this|last)\s+\w+)"
    r"(?:\s+\d{1,2})?(?:,\s+\d{4})?(?:\s+\([^()]{3,40}\))?,?\s+)?"
)
# Words that may stand in front of a claim's subject: "The new Nissan plant", "In March NASA", "Last May, NASA".
_LEAD_IN = re.compile(rf"{_WHEN}(?:(?:The|A|An|In|On|Last|This|[a-z]+|\d+)\s+){{0,4}}")
_SUBJECT = re.compile(rf"{_WHEN}(?:The\s+)?")
_OFFICES = (
    r"(?:analyst|astronaut|chair\w*|chief\b[\w\s]*|counsel|director\b[\w\s]*|economist|engineer|executive|fellow|founder"
    r"|head\b[\w\s]*|lawyer|manager|officer|president\b[\w\s]*|professor\b[\w\s]*|researcher|scientist|secretary"
    r"|spokes\w+|CEO|CFO|COO|CTO|vp\b[\w\s]*)"
)
# Who employs the speaker: "chief executive of Ceres Robotics".
_EMPLOYER = re.compile(
    rf"\b{_OFFICES}\s(?:of|at|for|with)\s(?:the\s)?((?:[A-Z][\w&’'-]+)(?:\s(?:of\s)?[A-Z][\w&’'-]+){{0,4}})"
)
# "Ann Ray is a NASA planetary scientist": who somebody is.
_ROLE = re.compile(rf"\b(?:is|was)\s(?:an?\s|the\s)?(?:[\w’'/&-]+\s){{0,6}}?{_OFFICES}\b")
# "vice president of business development": what begins a description that a full stop ends.
_OFFICE_FIRST = re.compile(rf"(?:an?\s|the\s)?(?:[\w’'/&-]+\s){{0,4}}?{_OFFICES}\b")
# "The agency selected": a body that was named before.
_ANAPHOR = re.compile(
    r"[Tt]he (?:[A-Z][a-z]+ )?(?:agency|company|firm|carmaker|automaker|airline|bank|manufacturer|retailer|publisher"
    r"|chain|studio|developer|university|institute|club|league|organi[sz]ation|department|ministry|bureau|office"
    r"|association|union|charity)(?=['’]s\s|\s)"
)
# "It costs", "Its engine": what goes on about the subject of the sentence before.
_GOES_ON = re.compile(r"(?:It|Its|it|its|They|Their)\b")
_SENTENCE_GAP = re.compile(r"(?<=[.!?”])\s+")
_BEFORE = 600  # characters before a claim in which what it calls "the agency" is named
_HANDLE_PART = 4  # the fewest letters of a surname that are looked for in a handle


class OwnSites:
    """The own sites and posts of those who speak or act in the claims of an article."""

    def __init__(self, article: Page, outlets: Outlets) -> None:
        self._article, self._outlets = article, outlets
        self._bodies = Bodies(outlets, article.text)
        self._accounts = _accounts(article)

    def places(self, claim: Claim) -> Iterator[Lead]:
        """Where the speaker of a claim, or who acts in it, publishes: posts in the article, then their own site.

        A body whose site is not known is named without an address.
        """
        speaker = claim.attribution.speaker if claim.attribution else None
        if speaker:
            yield from _posts_of(speaker, claim, self._accounts)
            yield from self._record(speaker, claim)
        name, at = self._body(claim, speaker)
        if at and not _publishes(at, self._article):
            yield Lead(claim=claim.id, kind=LeadKind.OWN_SITE, name=name, url=f"https://{at}")
        elif name and not at:
            linked = _linked_front(name, self._article, self._outlets)
            yield Lead(claim=claim.id, kind=LeadKind.OWN_SITE, name=name, url=linked)

    def _record(self, speaker: str, claim: Claim) -> Iterator[Lead]:
        """Where what a member of parliament or a president says is kept."""
        record = record_of(speaker, self._article.text)
        if record is not None:
            yield Lead(claim=claim.id, kind=LeadKind.REGISTER, name=record[0], url=record[1])

    def _body(self, claim: Claim, speaker: str | None) -> tuple[str, str]:
        """The body that speaks, that employs the speaker, or that the claim is about: its name and host, if known."""
        if speaker is None:
            return self._acting_body(claim) or ("", "")
        listed = self._outlets.by_name(speaker)
        if listed is not None:
            return (listed.name, listed.domains[0]) if listed.kind in SPEAKING and listed.domains else ("", "")
        is_anaphor = _ANAPHOR.match(f"{speaker} ") is not None
        own = self._bodies.first(speaker) or self._speaking_words(claim)
        if own := own or (self._named_before(claim.spans[0][0]) if is_anaphor else None):
            return own
        for text, place in _descriptions(speaker, self._article.text):
            if known := self._bodies.first(text) or (self._named_before(place) if _ANAPHOR.match(text) else None):
                return known
            if employer := _EMPLOYER.search(text):
                return employer[1], ""
        return "", ""

    def _speaking_words(self, claim: Claim) -> NamedBody | None:
        """The body with whose name the words for the speaker begin: "China's commerce ministry", which is China."""
        spans = claim.attribution.source_spans if claim.attribution else ()
        words = self._article.text[slice(*spans[0])] if spans else ""
        return self._bodies.first(words, _after_lead_in(words)) if words else None

    def _acting_body(self, claim: Claim) -> NamedBody | None:
        """The body that a claim without a speaker is about: its subject, else one that acts in it, else the title's.

        The title's counts only where the claim has another name of the title: "the 2020 Sentra" of "Nissan unveils
        Sentra".
        """
        text = claim.certain
        at = _after_lead_in(text)
        if subject := self._bodies.first(text[: at + 60], at) or self._bodies.maker(text, at):
            return subject
        if _ANAPHOR.match(text, at):
            return self._named_before(claim.spans[0][0])
        bodies = self._bodies.places(text)
        if not bodies and _GOES_ON.match(text, at):
            return self._carried(claim.spans[0][0])
        if bodies:
            acting = {body for span, body in bodies if _acts_there(text, *span)}
            about = acting or self._subject_of_title({body for _, body in bodies})
            return about.pop() if len(about) == 1 else None
        title = self._article.title or ""
        of_title = {body for _, body in self._bodies.places(title)}
        names = set(re.findall(r"[A-Z]\w{4,}", title)) - {word for body in of_title for word in body.name.split()}
        shared = any(re.search(rf"\b{name}\b", text) for name in names)
        return of_title.pop() if shared and len(of_title) == 1 else None

    def _subject_of_title(self, bodies: set[NamedBody]) -> set[NamedBody]:
        """The only body of a claim if the title is about it: "bid on NASA services" under "NASA Picks Five Firms"."""
        title = self._article.title or ""
        subject = self._bodies.first(title, _after_lead_in(title))
        return bodies if subject and {body.site for body in bodies} == {subject.site} else set()

    def _named_before(self, place: int) -> NamedBody | None:
        """What "the agency" or "the company" is: the subject of the sentence before, or the only body named there."""
        paragraphs = self._paragraphs_before(place)
        sentence = _SENTENCE_GAP.split(paragraphs[-1].strip())[-1]
        when = _SUBJECT.match(sentence)
        if subject := self._bodies.first(sentence, when.end() if when else 0):
            return subject
        known = {body.site: body for _, body in self._bodies.places("\n".join(paragraphs[-2:]))}
        return known.popitem()[1] if len(known) == 1 else None

    def _carried(self, place: int) -> NamedBody | None:
        """The body that the sentences before a claim are about, if all in between go on about it: "It costs"."""
        paragraphs = [paragraph for paragraph in self._paragraphs_before(place) if paragraph.strip()]
        sentences = [piece for paragraph in paragraphs[-2:] for piece in _SENTENCE_GAP.split(paragraph.strip())]
        for sentence in reversed(sentences):
            at = _after_lead_in(sentence)
            if subject := self._bodies.first(sentence, at) or self._bodies.maker(sentence, at):
                return subject
            if not _GOES_ON.match(sentence, at):
                return None
        return None

    def _paragraphs_before(self, place: int) -> list[str]:
        return self._article.text[max(0, place - _BEFORE) : place].rstrip().split("\n")


def _after_lead_in(text: str) -> int:
    """Where the subject of a sentence begins."""
    start = _LEAD_IN.match(text)
    return start.end() if start else 0


def _acts_there(text: str, start: int, end: int) -> bool:
    """Whether a body does or has something where it is named: "Google's servers", "built by NASA", "head of SpaceX"."""
    role = _ROLE.search(text)
    employed = any(match.start(1) == start for match in _EMPLOYER.finditer(text)) or (role and role.start() < start)
    does = text[:start].endswith(("by ", "by the ", "is from ", "is from the "))
    return bool(employed) or does or text[end : end + 2] in ("’s", "'s")


def _descriptions(speaker: str, text: str) -> Iterator[tuple[str, int]]:
    """What the article says a speaker is, and where: behind the name up to a comma or full stop, and before it."""
    surname = re.escape(speaker.rsplit(maxsplit=1)[-1])
    for match in re.finditer(rf"\b{surname},\s([^.;“”\"\n]{{3,{_DESCRIPTION}}}?)(,|\.(?=\s|$))", text):
        if match[2] == "," or _OFFICE_FIRST.match(match[1]):
            yield match[1], match.start()
    title = rf"([^,.;:“”\"\n]{{3,60}})\s(?:[A-Z][\w.’'-]+\s){{1,2}}{surname}\b"
    yield from ((match[1], match.start()) for match in re.finditer(title, text))


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
