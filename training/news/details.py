"""A detail from elsewhere on the page: the date, place, number, cause, person or office of another sentence.

All words of such a claim occur in the evidence, but in different sentences.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.lexicon.people import FIRST_NAMES, OCCUPATIONS
from claims.lexicon.quantities import MONTH_NAMES, WEEKDAY_NAMES
from claims.lexicon.states import CAPITALS, CONTINENTS, PEOPLES, STATE_NAMES
from training.made import NOT_SUPPORTED, REFUTED, SUPPORTED, Made
from training.news.sentences import claim_from, evidence_with

_MONTH = "|".join(name.title() for name in MONTH_NAMES)
_DAY = "|".join(name.title() for name in WEEKDAY_NAMES)
_ROLE = "|".join(sorted(role for role in OCCUPATIONS if role.isalpha()))
_PERSON = r"[A-Z][a-z]+(?: [A-Z]\.)?(?: (?:(?:[A-Z]['’])?[A-Z][\w-]*[a-z]|de|van|von|bin|al)){1,2}"
# Two details are of one sort, and may change places, if they match the same pattern.
_SORTS = {
    "weekday": re.compile(rf"(?<=\bon )(?:{_DAY})(?! (?:and|or|to|to|night|morning|evening|afternoon)\b)(?!['’])"),
    "month": re.compile(rf"(?<=\bin )(?:{_MONTH})(?! \d)(?=[ ,.])"),
    "year": re.compile(r"(?<=\b[Ii]n )(?:1[89]|20)\d\d(?![\w-])"),
    "span": re.compile(
        r"(?<=\bfor )(?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:days|weeks|months|years|hours))\b"
    ),
    "age": re.compile(r"\b\d{1,2}-year-old\b"),
    "place": re.compile(
        r"(?<=\bin )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?"
        r"(?=[.]|,(?! [A-Z]| (?:and|or)\b)| (?:on|at|for|after|when|to|from|by|with|in|has|have|had|was|were"
        r"|will|is|are|during|last"
        r"|next|this|before|since|as|but|who|where|that|because|over|and (?:has|had|was|is|will)|said)\b)"
    ),
    "percent": re.compile(r"(?<![\w.,-])\d+(?:\.\d+)?(?:%| per ?cent)(?! of )"),
    "money": re.compile(r"[$£€]\d[\d,]*(?:\.\d+)?(?:m\b|bn\b| million\b| billion\b)?(?![\w-])"),
    "cause": re.compile(
        r"\b(?:because of|due to|as a result of|caused by|blamed on|in protest at) (?:[\w'’-]+ ){0,7}?[a-z]+(?=[,.])"
    ),
    "score": re.compile(
        r"(?<= )\d{1,2}-\d{1,2}(?= (?:win|victory|defeat|loss|draw|lead|home|away|in |to |on |at |by )|\.)"
    ),
    "person": re.compile(rf"(?<![\w-])(?<![A-Z]\. ){_PERSON}(?![\w-]| [A-Z])(?!['’]s)"),
    "office": re.compile(rf"(?:(?<=^)|(?<= ))(?:[a-z]+ )?(?:{_ROLE})(?= {_PERSON})"),
    "quantity": re.compile(r"(?<![\w$£€.,:/-])(?:\d{1,3}(?:,\d{3})+|\d+)(?= (?:[a-z]+ )?[a-z]{3,}s\b)"),
}
_NAMED = ("person", "office", "place")
_REFUTING = frozenset(("year", "percent", "money", "score", "quantity"))
_CALENDAR = frozenset((*MONTH_NAMES, *WEEKDAY_NAMES))
_BOUND_BEFORE = re.compile(r"\b(?:than|least|most|over|under|up to|above|below|nearly|almost|exceeding) $")
_LASTING = re.compile(r"\b(?:seconds|minutes|hours|days|weeks|months|years|decades)$")
_GENERAL = frozenset({*CONTINENTS, *PEOPLES, "East", "West", "North", "South", "Parliament", "Court", "English", "God"})
_UNIT_AFTER = re.compile(r" (?:[a-z]+ )?([a-z]{3,}s)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A detail and where it stands: the sentence of the page, and the offsets in it."""

    sort: str
    text: str
    place: int
    start: int
    end: int


class PageDetails:
    """The details of a page by their sort."""

    def __init__(self, page: Sequence[str], usable: Sequence[int]) -> None:
        self.page = page
        self.by_sort: dict[str, list[Detail]] = defaultdict(list)
        self.places: set[int] = set()
        for place in usable:
            for detail in details_of(page[place], place):
                self.by_sort[detail.sort].append(detail)
                self.places.add(place)

    def people(self) -> dict[str, int]:
        """The people whom the page names, with the sentence of each."""
        return {person.text: person.place for person in reversed(self.by_sort["person"])}

    def others(self, detail: Detail, sentence: str) -> list[Detail]:
        """Details of the same sort in other sentences, none of which ``sentence`` has."""
        return [
            other
            for other in self.by_sort[detail.sort]
            if other.place != detail.place and are_exchangeable(detail, other, sentence, self.page)
        ]


def details_of(sentence: str, place: int = 0) -> list[Detail]:
    """The details of a sentence."""
    sentence_details = []
    for sort, pattern in _SORTS.items():
        for match in pattern.finditer(sentence):
            text = match.group()
            if sort == "quantity":
                unit = _UNIT_AFTER.match(sentence, match.end())
                detail_sort = f"quantity of {unit[1]}" if unit else sort
                if re.fullmatch(r"(?:1[5-9]|20)\d\d", text):
                    continue
            else:
                detail_sort = sort
            if (sort == "person" and not _is_person(text)) or (sort == "place" and not _is_place(text)):
                continue
            if sort == "place" and text in STATE_NAMES:
                detail_sort = "country"
            elif sort == "place" and text in CAPITALS:
                detail_sort = "capital"
            sentence_details.append(
                Detail(sort=detail_sort, text=text, place=place, start=match.start(), end=match.end())
            )
    return sentence_details


def _is_person(name: str) -> bool:
    first, *others = name.split()
    return first.lower() in FIRST_NAMES and not {"Street", "Road", "University", "House"}.intersection(others)


def _is_place(name: str) -> bool:
    return not ({name, *name.split()} & _GENERAL or {word.lower() for word in name.split()} & _CALENDAR)


def are_exchangeable(detail: Detail, other: Detail, sentence: str, page: Sequence[str]) -> bool:
    """Whether the other detail says something else, and is not said of the same thing in the sentence itself."""
    if detail.sort == "office" and set(detail.text.lower().split()) & set(other.text.lower().split()):
        return False
    if detail.sort == "office" and detail.text.islower() != other.text.islower():
        return False
    last = other.text.rsplit(maxsplit=1)[-1]
    if last in re.findall(r"[\w£$€%.,-]+\b", sentence) or other.text in sentence:
        return False
    if detail.sort in ("person", "place", "capital", "country"):
        own, theirs = detail.text.rsplit(maxsplit=1)[-1], last
        near = re.compile(
            rf"{re.escape(theirs)}\b.{{0,40}}\b{re.escape(own)}|{re.escape(own)}\b.{{0,40}}\b{re.escape(theirs)}"
        )
        return own != theirs and not any(near.search(text) for text in (page[detail.place], page[other.place]))
    return detail.text != other.text


def details(
    page: Sequence[str], place: int, page_details: PageDetails, source: str, chance: random.Random
) -> Iterator[Made]:
    """A claim with its own detail, and the claim with the detail of another sentence that the evidence has too."""
    claim = claim_from(page[place], chance) if place in page_details.places else None
    if not claim:
        return
    own_details = details_of(claim, place)
    chance.shuffle(own_details)
    if chance.random() < 0.5:  # the rarer ones first
        own_details.sort(key=lambda detail: detail.sort == "person" or detail.sort.startswith("quantity"))
    for detail in own_details:
        others = page_details.others(detail, page[place])
        if detail.sort.split()[0] in _REFUTING and _BOUND_BEFORE.search(claim[: detail.start]):
            continue
        if not others or len(re.findall(rf"(?<![\w.,]){re.escape(detail.text)}(?!\w)", page[place])) != 1:
            continue
        other = chance.choice(others)
        evidence = evidence_with(page, [place, other.place], chance)
        false = claim[: detail.start] + other.text + claim[detail.end :]
        if detail.sort == "age":
            false = re.sub(r"\ban? (?=\d)", _article(other.text), false)
        label = REFUTED if detail.sort.split()[0] in _REFUTING and not _LASTING.search(detail.sort) else NOT_SUPPORTED
        beside = _claim_beside(page, other, detail, chance) if chance.random() < 0.3 else None
        if beside:
            yield evidence, f"{claim} {beside[0]}", SUPPORTED, source
            yield evidence, f"{false} {beside[1]}", label, source
        else:
            yield evidence, claim, SUPPORTED, source
            yield evidence, false, label, source
        if not beside and chance.random() < 0.35 and evidence.count(page[place]) == 1:
            yield from _other_page(page[place], evidence, (claim, false), (detail, other, label), source)
        return


def _article(text: str) -> str:
    return "an " if text.startswith(("8", "11", "18")) else "a "


def _claim_beside(page: Sequence[str], other: Detail, detail: Detail, chance: random.Random) -> tuple[str, str] | None:
    """The other detail's sentence as a second claim, and that with the first detail: both have the same words."""
    sentence = claim_from(page[other.place], chance)
    places = [m.start() for m in re.finditer(rf"(?<![\w.,]){re.escape(other.text)}(?!\w)", sentence or "")]
    if (
        not sentence
        or len(places) != 1
        or len(sentence.split()) > 25
        or detail.text in sentence
        or detail.sort == "age"
    ):
        return None
    return sentence, sentence[: places[0]] + detail.text + sentence[places[0] + len(other.text) :]


def _other_page(
    sentence: str, evidence: str, claims: tuple[str, str], change: tuple[Detail, Detail, int], source: str
) -> Iterator[Made]:
    """The same two claims against a page on which the other detail stands with this sentence."""
    (claim, false), (detail, other, label) = claims, change
    if sentence.count(detail.text) != 1 or len(re.findall(re.escape(detail.text), evidence)) != 1:
        return
    page = evidence.replace(sentence, sentence.replace(detail.text, other.text))
    yield page, false, SUPPORTED, source
    yield page, claim, label, source
