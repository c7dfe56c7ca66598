"""Pages that an article links elsewhere and that may settle a claim without a source.

They are linked from the name of the claim's subject or near it, or they are studies that its section links.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import accumulate

from claims.addresses import site
from claims.records import BlockKind, Claim, Lead, LeadKind, Link, Page
from sources import urls
from sources.finding.likeness import is_front, stems
from sources.leads.published import is_authors_own

_NAME = re.compile(r"[A-Z][\w’'-]{2,}(?: (?:of |the )?[A-Z0-9][\w’'-]*)*")
_LEAD_IN = re.compile(r"(?:(?:The|A|An|In|On|Last|This|[a-z]+|\d+)\s+){0,3}")
_LONGEST = 1_000  # characters of a sentence before and behind a link
_MOST = 2_000  # links of an article that are looked at
_NEAR = 2  # paragraphs before and behind a claim's in which a link may still be about it
_SHARED = 4  # content words that the claim and the linked sentence share, one of them a name or a number
_SHARED_STUDY = 2  # content words shared with the sentence that links a study of the same section, none of the title's
_STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|research|review|meta-analysis|paper)\b|//(?:\w+\.)*(?:nih\.gov|doi\.org|nature\.com"
    r"|sciencedirect\.com|thelancet\.com|bmj\.com|nejm\.org|jamanetwork\.com|plos\.org|science\.org|springer\.com"
    r"|wiley\.com|cochranelibrary\.com|frontiersin\.org|tandfonline\.com|oup\.com|arxiv\.org)/"
)
# Pages that list, sell or describe people rather than tell what happened.
_LISTS = re.compile(
    r"/(?:t|tags?|topics?|people|person|authors?|categor(?:y|ies)|shop|products?|search|users?|company)/"
    # Links of shops, which lead on to what is sold, and accounts.
    r"|//(?:[\w-]+\.)*(?:amzn\.to|amazon\.(?:ca|co\.uk|com|de|fr|in)|zdbb\.net|redirectingat\.com|shareasale\.com|prf\.hn|anrdoezrs\.net|awin1\.com"
    r"|dpbolvw\.net|linksynergy\.com|jdoqocy\.com|kqzyfj\.com|tkqlhce\.com|viglink\.com|skimresources\.com|howl\.me)/"
    r"|//(?:[\w-]+\.)*(?:twitter|x|facebook|instagram|tiktok)\.com/[@\w.-]+/?(?:\?|\Z)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linked:
    link: Link
    name: str
    block: int
    is_study: bool
    words: frozenset[str]
    telling: frozenset[str]


class LinkedPages:
    """The pages that an article links, apart from those that were read; ``read`` are their address keys."""

    def __init__(self, article: Page, read: Container[str]) -> None:
        self._article = article
        self._starts = [block.span[0] for block in article.blocks]
        heads = [block.kind is BlockKind.HEADING for block in article.blocks]
        self._sections = [0, *accumulate(heads)]
        self._title = stems(article.title or "")
        own = urls.key(article.final_url or article.url or "")
        self._links = [
            self._linked(link)
            for link in article.links[:_MOST]
            if link.href.startswith(("http://", "https://"))
            and not (is_front(link.href) or only_lists(link.href) or urls.key(link.href) == own)
            and urls.key(link.href) not in read
        ]

    def places(self, claim: Claim) -> Iterator[Lead]:
        """The pages linked from the very name of the claim's subject, then those linked near it."""
        if is_authors_own(claim):
            return
        start = _LEAD_IN.match(claim.certain)
        subject = claim.certain[start.end() if start else 0 :]
        speaker = (claim.attribution.speaker if claim.attribution else None) or ""
        block = self._block(claim.spans[0][0])
        words, telling = stems(claim.certain), _names_and_numbers(claim.certain)
        for page in self._links:
            named = page.name and (_starts_with_name(subject, page.name) or page.name == speaker)
            near = abs(block - page.block) <= _NEAR
            alike = len(words & page.words) >= _SHARED and bool(telling & page.telling)
            study = page.is_study and self._sections[block] == self._sections[page.block]
            studied = study and len(words & page.words - self._title) >= _SHARED_STUDY
            if named or (near and alike and not speaker) or (studied and not self._is_somebodys(speaker)):
                yield Lead(
                    claim=claim.id,
                    kind=LeadKind.BESIDE,
                    name=site(page.link.href),
                    url=page.link.href,
                )

    @staticmethod
    def _is_somebodys(speaker: str) -> bool:
        """Whether a claim is what a person or body said, not what "studies" or "research" show."""
        return bool(speaker) and not _STUDY.search(speaker.lower())

    def _linked(self, link: Link) -> _Linked:
        text = self._article.text
        words = text[link.span[0] : link.span[1]].strip()
        first, last = max(0, link.span[0] - _LONGEST), link.span[1] + _LONGEST
        start = max(text.rfind(". ", first, link.span[0]), text.rfind("\n", first, link.span[0]), first - 1) + 1
        ends = [end for end in (text.find(stop, link.span[1], last) for stop in (". ", "\n")) if end >= 0]
        sentence = text[start : min(ends, default=last)]
        return _Linked(
            link=link,
            name=words if _NAME.fullmatch(words) else "",
            block=self._block(link.span[0]),
            is_study=bool(_STUDY.search(f"{words} {link.href}")),
            words=stems(sentence),
            telling=_names_and_numbers(sentence),
        )

    def _block(self, place: int) -> int:
        return bisect_right(self._starts, place)


def only_lists(address: str) -> bool:
    """Whether a page lists or sells something, and tells of nothing."""
    return _LISTS.search(address) is not None


def _starts_with_name(text: str, name: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def _names_and_numbers(text: str) -> frozenset[str]:
    """The stems of names and numbers in a text, apart from its first word."""
    return stems(" ".join(re.findall(r"(?<=\s)(?:[A-Z][\w’'-]+|\d[\d.,]*)", text)))
