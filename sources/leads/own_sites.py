"""The own sites and posts of those who speak or act in a claim, for claims that cite no source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from urllib.parse import quote_plus

from claims.addresses import host
from claims.records import Claim, Lead, LeadKind, Mention, Outlet, Page
from sources.finding.likeness import is_front
from sources.leads.acting import ANAPHOR, Acting, after_lead_in
from sources.leads.bodies import SPEAKING, Bodies, NamedBody
from sources.leads.descriptions import EMPLOYER, descriptions
from sources.leads.office_holders import is_of_campaign, is_of_congress, record_of
from sources.leads.offices import government_in, government_of, police_in
from sources.leads.printed_sites import printed_sites
from sources.leads.published import is_interviewed, is_published
from sources.outlets import Outlets
from sources.page import posts

_ABOUT = re.compile(r"\b(?:of|in|on|about|against)\s(?:the\s)?\Z")
_OF_BODY = re.compile(
    r"\b(?:board|boss|captain|chair\w*|chief\w*|co-?founder|commander|deputy|director\w*|executives?|founder|head|leaders?"
    r"|managers?|members?|ministers?|officials?|officers?|president|professors?|researchers?|scientists?|secretary"
    r"|spokes\w+|vice|ambassador|governor|attorney|mayor)\b"
)
_OWN_VIEW = re.compile(
    r"\b(?:analysts?|attorney for|bloggers?|case ?workers?|commentators?|committee|consultants?|counsel"
    r"|councillors?|critics?|volunteers?|workers"
    r"|[Ff]ormer|customers?"
    r"|experts?|fans?|(?:frequent )?fl[iy]ers?|investors?|lawyers?|passengers?|shareholders?|strategists?|students?"
    # Members of parliaments speak for no party; what they say there is in its record.
    r"|traders?|users?|(?:MP|MSP|MEP|TD|AM)s?|candidates?|[Ss]enators?|Sen\.|Rep\.)(?!\w)"
)
# "Chief executive Ann Ray": of the body that the article is about.
_HEAD = re.compile(
    r"(?:(?:[Ii]ts|[Tt]he (?:company|group)['’]s) )?"
    r"(?:[Cc]hief executive(?: officer)?|CEO|[Cc]hief financial officer|CFO|[Cc]hairman)"
)
# "Det Insp Ann Ray": of the police whom the article names.
_RANK = re.compile(
    r"(?:(?:Det(?:ective)?|Acting|Temporary) )?(?:Ch(?:ief)? )?(?:Insp(?:ector)?|Supt|Superintendent|Sgt|Sergeant|PC|DC"
    r"|Con(?:stable)?|Detective|Officer|(?:Assistant )?Chief Constable|Lt|Lieutenant)"
)
_ACADEMIC = re.compile(
    r"\b(?:[Ff]ellow|[Ss]cholar|[Ss]enior (?:director|advis[eo]r)|Academy|College|Institute|School|University)\b"
)
_STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|research|papers?|findings|found|survey\w*|poll|report|data|discover\w*)\b(?! into\b)"
)
_POLICE = re.compile(r"(?:[Tt]he )?(?:[Pp]olice(?: officers?| officials?)?|[Oo]fficers?|[Dd]etectives)")
_FORCE = re.compile(r"\b(?:[Pp]olice|Garda\w*|Sheriff)\b")
# Cues of what is said aloud, and is written down where a record of it is kept.
_STATES = re.compile(
    r"\b(?:accus|add|announc|argu|asked|assert|attack|call|challeng|claim|complain|condemn|continu|criticis|criticiz|declar"
    r"|defend|den(?:y|ied|ies)|explain|insist|joke|mock|pledg|promis|reject|remark|repeat|sa(?:y|id)|stat(?:ed|es)|stress"
    r"|testif|tell|told|urg|vow|warn)"
)
_SAYS = re.compile(
    r"\b(?:accus|agree|announc|call|claim|condemn|confirm|declar|den(?:y|ied|ies)|insist|pledg|promis|reject|sa(?:y|id)|vow"
    r"|warn)"
)
_GOVERNMENT = re.compile(r"(?:[Tt]he )?[Gg]overnment|[Mm]inisters")
_INCIDENT = re.compile(
    r"\b(?:appeal(?:ed)? for (?:witnesses|information)|bailed|charged with|collision|crash(?:ed)?"
    r"|arrest(?:ed)?(?! (?:her|his|its|the|their) (?:attention|decline|fall|slide))"
    r"|cordoned|detained|died at the scene|found (?:dead|unresponsive)|injur(?:ed|ies)|remanded|shot|stabbed|stabbing"
    r"|suspicion of|taken to hospital)\b"
)
_GOVERNOR = re.compile(r"\b(?:Gov|[Gg]overnor)\Z")
_SHORT = 4_000  # characters of an article that tells of one incident
_TWEETED = re.compile(r"\b(?:re)?tweet(?:s|ed|ing)?\b")
_QUOTED = re.compile(r"“([^“”]{12,})”|\"([^\"]{12,})\"")
_FEWEST_WORDS = 4  # of a quotation by which a post is found
_LONGEST_QUOTE = 100  # characters that are looked for
_LONGEST_TEXT = 100_000  # characters of an article in which bodies and their products are looked for
_WIDE = 250  # characters before a claim in which a speech or rally is named
_BEFORE = 100  # characters before a claim in which a debate, a hearing or a bill is named
_HANDLE_PART = 4  # the fewest letters of a surname that are looked for in a handle


class OwnSites:
    """The own sites and posts of those who speak or act in the claims of an article."""

    def __init__(self, article: Page, outlets: Outlets) -> None:
        self._article, self._outlets = article, outlets
        self._bodies = Bodies(outlets, article.text[:_LONGEST_TEXT], _printed(article, outlets))
        self._beginning = f"{article.title or ''}\n{article.text[:_LONGEST_TEXT]}"
        self._acting = Acting(article, self._bodies)
        self._accounts = _accounts(article)
        self._interviewed: dict[str, bool] = {}
        self._described: dict[str, list[tuple[str, int]]] = {}

    def places(self, claim: Claim) -> Iterator[Lead]:
        """Where the speaker of a claim, or who acts in it, publishes: posts in the article, then their own site.

        A body whose site is not known is named without an address.
        """
        if not is_published(claim, self._article):
            return
        speaker = claim.attribution.speaker if claim.attribution else None
        if speaker:
            yield from _posts_of(speaker, claim, self._accounts)
            yield from _search_of_posts(claim)
            if _TWEETED.search(self._cue(claim)):
                return
            yield from self._record(speaker, claim)
        name, at = self._body(claim, speaker)
        if _GOVERNOR.search(name) and is_of_campaign(self._beginning):
            return
        if at and not _publishes(at, self._article):
            yield Lead(claim=claim.id, kind=LeadKind.OWN_SITE, name=name, url=f"https://{at}")
        elif name and not at:
            linked = _linked_front(name, self._article, self._outlets)
            yield Lead(claim=claim.id, kind=LeadKind.OWN_SITE, name=name, url=linked)

    def _record(self, speaker: str, claim: Claim) -> Iterator[Lead]:
        """Where what a member of parliament or a president says is kept; what they do or hope is not."""
        attribution = claim.attribution
        if (
            attribution is None
            or self._is_interviewed(speaker)
            or attribution.negated
            or not _STATES.search(attribution.cue)
        ):
            return
        if not (attribution.clausal or is_of_congress(claim.certain)):
            return
        start, end = claim.spans[0][0], claim.spans[-1][1]
        near, wide = (self._article.text[max(0, start - before) : end] for before in (_BEFORE, _WIDE))
        record = record_of(speaker, self._beginning, near, wide)
        if record is not None:
            yield Lead(claim=claim.id, kind=LeadKind.REGISTER, name=record[0], url=record[1])

    def _body(self, claim: Claim, speaker: str | None) -> tuple[str, str]:
        """The body that speaks, that employs the speaker, or that the claim is about: its name and host, if known."""
        if speaker is None:
            acting = None if _OWN_VIEW.search(self._source_words(claim)) else self._acting.body(claim)
            return acting or self._incident(claim) or ("", "")
        listed = self._outlets.by_name(speaker)
        if listed is not None and self._is_meant(listed):
            return (listed.name, listed.domains[0]) if listed.kind in SPEAKING and listed.domains else ("", "")
        return self._speaking_body(claim, speaker) or self._employer(speaker, claim) or ("", "")

    def _is_meant(self, outlet: Outlet) -> bool:
        """Whether the article names an outlet for sure: "ICC" is the court's and a sport's."""
        return any(mention.outlet.id == outlet.id and mention.certain for mention in self._mentions)

    @cached_property
    def _mentions(self) -> Sequence[Mention]:
        return self._outlets.mentions(self._beginning)

    def _speaking_body(self, claim: Claim, speaker: str) -> tuple[str, str] | None:
        """The body that speaks: a police force, one of the tables, "the company", a government."""
        if _GOVERNMENT.fullmatch(speaker):
            return government_in(self._beginning)
        if _POLICE.fullmatch(speaker) and self._force:
            return self._force
        named = None if _OWN_VIEW.search(speaker) else self._bodies.first(speaker)
        own = named if named and not _is_subject_matter(speaker, named.name) else self._speaking_words(claim)
        is_anaphor = ANAPHOR.match(f"{speaker} " if speaker.startswith("The ") else f"The {speaker} ") is not None
        if own := own or (self._acting.named_before(claim.spans[0][0]) if is_anaphor else None):
            return own
        is_country = self._source_words(claim).removeprefix("the ") == speaker and _SAYS.search(self._cue(claim))
        government = government_of(speaker) if is_country else None
        return (speaker, government) if government else None

    def _employer(self, speaker: str, claim: Claim) -> tuple[str, str] | None:
        """The body that a speaker works for; one whose site is not known has no host.

        What analysts and lawyers say, and professors of anything but their studies, is on no site of those.
        """
        if self._is_interviewed(speaker):
            return None
        if speaker not in self._described:
            self._described[speaker] = list(descriptions(speaker, self._article.text))
        for text, place in self._described[speaker]:
            if _OWN_VIEW.search(text) or (_ACADEMIC.search(text) and not _STUDY.search(claim.certain)):
                continue
            if known := self._bodies.first(text) or (self._acting.named_before(place) if ANAPHOR.match(text) else None):
                return known
            if unnamed := self._unnamed(text):
                return unnamed
            if employer := EMPLOYER.search(text):
                return employer[1], ""
        return None

    def _is_interviewed(self, speaker: str) -> bool:
        if speaker not in self._interviewed:
            self._interviewed[speaker] = is_interviewed(speaker, self._beginning)
        return self._interviewed[speaker]

    def _unnamed(self, description: str) -> tuple[str, str] | None:
        """The body of an office that is given without it: "Chief executive Ann Ray", "Det Insp Ann Ray"."""
        if _HEAD.fullmatch(description):
            return self._acting.of_title
        return self._force if _RANK.fullmatch(description) else None

    def _incident(self, claim: Claim) -> tuple[str, str] | None:
        """The police who tell of an arrest or a crash, in a short article that names only one force."""
        if claim.attribution or len(self._article.text) > _SHORT or not _INCIDENT.search(claim.certain):
            return None
        return self._only_force

    @cached_property
    def _force(self) -> tuple[str, str] | None:
        """The only police force that the article names, else that of the town that it names most."""
        return self._only_force or police_in(self._beginning)

    @cached_property
    def _only_force(self) -> NamedBody | None:
        named = {body.site: body for _, body in self._bodies.places(self._beginning) if _FORCE.search(body.name)}
        return named.popitem()[1] if len(named) == 1 else None

    def _speaking_words(self, claim: Claim) -> NamedBody | None:
        """The body with whose name the words for the speaker begin: "China's commerce ministry", which is China."""
        words = self._source_words(claim)
        if _OWN_VIEW.search(words):
            return None
        return self._bodies.first(words, after_lead_in(words)) if words else None

    @staticmethod
    def _cue(claim: Claim) -> str:
        return claim.attribution.cue if claim.attribution else ""

    def _source_words(self, claim: Claim) -> str:
        """The words of the article for the speaker."""
        spans = claim.attribution.source_spans if claim.attribution else ()
        return self._article.text[slice(*spans[0])] if spans else ""


def _printed(article: Page, outlets: Outlets) -> dict[str, str]:
    """The sites that the article prints under the names of their owners, but for those of outlets and posts."""
    sites = printed_sites(article)
    return {
        name: site
        for name, site in sites.items()
        if not (outlets.by_url(f"https://{site}") or posts.address(f"https://{site}/"))
    }


def _is_subject_matter(speaker: str, name: str) -> bool:
    """Whether what speaks is about a body, and not of it: "the creation of NASA", but "the head of NASA"."""
    before = speaker[: speaker.find(name)]
    return bool(_ABOUT.search(before)) and not _OF_BODY.search(before)


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


def _search_of_posts(claim: Claim) -> Iterator[Lead]:
    """Where the words that somebody tweeted are found among the posts of X."""
    cue, words = claim.attribution.cue if claim.attribution else "", _QUOTED.search(claim.certain)
    if words and _TWEETED.search(f"{cue} {claim.certain[: words.start()]}"):
        if len((words[1] or words[2]).split()) < _FEWEST_WORDS:
            return
        quoted = quote_plus('"' + (words[1] or words[2]).rstrip(" ,.")[:_LONGEST_QUOTE] + '"')
        url = f"https://x.com/search?q={quoted}&f=live"
        yield Lead(claim=claim.id, kind=LeadKind.OWN_POST, name="posts on X", url=url)


def _linked_front(name: str, article: Page, outlets: Outlets) -> str | None:
    """The address of a front page elsewhere that the article links from this very name."""
    for link in article.links:
        words = article.text[link.span[0] : link.span[1]].strip()
        linked = host(link.href)
        if words == name and linked and is_front(link.href) and not _publishes(linked, article):
            return None if outlets.by_url(link.href) or posts.address(link.href) else link.href
    return None
