"""The body that a claim without a speaker is about: its subject, who acts in it, or what was named before."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from claims.records import Claim, Page
from sources.leads.bodies import Bodies, NamedBody
from sources.leads.descriptions import EMPLOYER, ROLE
from sources.leads.published import is_done_to, is_from_outside

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
# "In addition to the ABA, a coalition": who is named beside the subject.
_BESIDE = re.compile(
    r"(?:Along with|Apart from|As well as|Aside from|Besides|Compared (?:to|with)|Contrary to|Despite|In addition to"
    r"|In contrast to|Instead of|Like|Together with|Unlike)\b"
)
_SUBJECT = re.compile(rf"{_WHEN}(?:The\s+)?")
# "The agency selected": a body that was named before.
ANAPHOR = re.compile(
    r"[Tt]he (?:[A-Z][a-z]+ )?(?:agency|company|firm|carmaker|automaker|airline|bank|manufacturer|retailer|publisher"
    r"|chain|studio|developer|university|institute|club|league|organi[sz]ation|department|ministry|bureau|office|group|broadcaster|brewer|builder|drugmaker|insurer|lender|miner"
    r"|operator|watchdog|regulator|federation|commission"
    r"|association|union|charity)(?=['’]s\s|\s(?!that\b|which\b|who\b|behind\b|of\b))"
)
# "It costs", "Its engine": what goes on about the subject of the sentence before.
_GOES_ON = re.compile(r"(?:It|Its|it|its|They|Their)\b")
# "The car has", "They cost": what is known from the sentences before.
_DEFINITE = re.compile(
    r"(?:It|Its|The (?:new |current |latest |base |top |all-\w+ )?(?:airline|app|automaker|battery|brand|cabin|camera"
    r"|car|console|controller|device|display|drug|engine|feature|firm|game|handset|headset|interior|jet|laptop|lander"
    r"|launch|layoffs|model|network|phone|plane|plant|platform|price|product|rocket|rover|satellite|screen|sedan"
    r"|service|smartphone|software|spacecraft|store|streaming service|SUV|tablet|trim|truck|update|vaccine|vehicle"
    r"|version|wagon|watch))\b(?! (?:of|in|for|from|that|who)\b)"
)
# A figure of a product, or what it has: "Top speed is 124 mph", "A power tailgate is standard".
_FEATURE = re.compile(
    r"\d[\d.,]*[- ]?(?:mph|km|kph|kW|kWh|hp|horsepower|lb-ft|inch(?:es)?|cubic|cu\.ft|percent|%|GB|TB|mAh|pixels?"
    r"|hours?|miles|seconds?|liters?|litres?|speakers?|cameras?|colors?|dollars|employees)\b|[$€£]\d"
    r"|\b(?:is|are) (?:also )?(?:standard|optional|available|supported|included|fitted|mounted)\b"
)
_OTHER_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
_ABOUT = 5  # how often an article names the body that it is about
_PERSON = re.compile(r"(?:He|She|I|We)\b")
# "Ann Ray is chief executive": an office of the body that the article is about.
_HEAD_OF_IT = re.compile(
    r"\b(?:is|was) (?:the |its )?(?:chief executive|CEO|chief financial officer|CFO|chairman)(?: officer)?\W*\Z"
)
_INSTITUTIONS = frozenset(
    {"Commission", "Congress", "Council", "Court", "Democrats", "House", "League", "Ministry", "Parliament", "Party"}
    | {"President", "Republicans", "Senate", "State", "Supreme", "Union", "United", "White"}
)
_OFTEN = 3  # how many sentences of an article begin with the body that it is about
# A governor acts in campaigns as well, of which the office tells nothing.
_GOVERNOR = re.compile(r"\b(?:Gov|[Gg]overnor)\Z")
# "was built by NASA", "which is run by NASA", but not "the trees planted by NASA", of which something else is said.
_BY = re.compile(
    r"\b(?:is|are|was|were|been|being) (?:\w+ly )?(?:\w+ ){1,2}by (?:the )?\Z|\A(?:\W*\w+){1,2} by (?:the )?\Z"
)
_SENTENCE_GAP = re.compile(r"(?<=[.!?”])\s+")
_LONGEST_TEXT = 100_000  # characters of an article that are looked at
_BEFORE = 600  # characters before a claim in which what it calls "the agency" is named


class Acting:
    """The bodies that the claims of an article without a speaker are about."""

    def __init__(self, article: Page, bodies: Bodies) -> None:
        self._article, self._bodies = article, bodies

    def body(self, claim: Claim) -> NamedBody | None:
        """The body that a claim without a speaker is about: its subject, else one that acts in it, else the title's.

        The title's counts only where the claim has another name of the title: "the 2020 Sentra" of "Nissan unveils
        Sentra".
        """
        text = claim.certain
        if is_from_outside(text):
            return None
        at = after_lead_in(text)
        if _BESIDE.match(text[:at]):
            return None
        if subject := self._bodies.first(text[: at + 60], at) or self._bodies.maker(text, at):
            left_out = _GOVERNOR.search(subject.name) or is_done_to(text, self._bodies.end(text, at))
            return None if left_out else subject
        if ANAPHOR.match(text, at):
            return self.named_before(claim.spans[0][0])
        # What somebody says whom nobody knows is on no site.
        return None if claim.attribution or _PERSON.match(text, at) else self._further(claim, at)

    def _further(self, claim: Claim, at: int) -> NamedBody | None:
        """The body of a claim that does not begin with one."""
        text, bodies = claim.certain, self._bodies.places(claim.certain)
        goes_on = _SUBJECT.match(text)
        if not bodies and (pronoun := _GOES_ON.match(text, goes_on.end() if goes_on else 0)):
            return None if is_done_to(text, pronoun.end()) else self._carried(claim.spans[0][0])
        if not bodies and _HEAD_OF_IT.search(text):
            return self.of_title
        if bodies:
            is_named = text[at : at + 1].isupper()  # what is said of another name is not of the title's body
            acting = {body for span, body in bodies if _acts_there(text, *span, of_another=is_named)}
            about = acting or (set() if is_named else self._subject_of_title({body for _, body in bodies}))
            return about.pop() if len(about) == 1 else None
        carried = self._of_paragraph(claim.spans[0][0]) if _DEFINITE.match(text) else None
        return self._sharing_title(text) or carried or self._of_article(text)

    def _sharing_title(self, text: str) -> NamedBody | None:
        """The body that the title is about, for a claim on another thing that the title names."""
        title, body = self._article.title or "", self.of_title
        if body is None:
            return None
        things = set(re.findall(r"[A-Z]\w{4,}(?! [A-Z])", title)) - {*body.name.split()} - _INSTITUTIONS
        shared = any(re.search(rf"\b(?:[Tt]he|[Nn]ew|[Aa]n?|\d{{4}}) {name}\b", text) for name in things)
        return body if shared else None

    @cached_property
    def of_title(self) -> NamedBody | None:
        """The body that the title is about, if it names no other."""
        title = self._article.title or ""
        subject = self._bodies.first(title, after_lead_in(title))
        others = {body.site for _, body in self._bodies.places(title)}
        return subject if subject and others == {subject.site} else None

    def _of_article(self, text: str) -> NamedBody | None:
        """The maker that the title names, for a figure or a feature in an article that is about its product."""
        if not _FEATURE.search(text) or _OTHER_NAME.search(text):
            return None
        of_title = {body.site: body for _, body in self._bodies.places(self._article.title or "")}
        if len(of_title) != 1:
            return None
        (site, body) = of_title.popitem()
        times = self._times[site]
        return body if times >= _ABOUT and 2 * times > self._times.total() else None

    @cached_property
    def _times(self) -> Counter[str]:
        """How often each body is named in the article, by site."""
        return Counter(body.site for _, body in self._bodies.places(self._article.text[:_LONGEST_TEXT]))

    def _of_paragraph(self, place: int) -> NamedBody | None:
        """The only body that the paragraph names before a claim about "the car" or "it"."""
        start = max(self._article.text.rfind("\n", 0, place) + 1, place - _BEFORE // 2)
        paragraph = self._article.text[start:place]
        named = {body.site: body for _, body in self._bodies.places(paragraph)}
        return named.popitem()[1] if len(named) == 1 else None

    def _subject_of_title(self, bodies: set[NamedBody]) -> set[NamedBody]:
        """The only body of a claim if the title is about it: "bid on NASA services" under "NASA Picks Five Firms"."""
        title = self._article.title or ""
        subject = self._bodies.first(title, after_lead_in(title))
        return bodies if subject and {body.site for body in bodies} == {subject.site} else set()

    def named_before(self, place: int) -> NamedBody | None:
        """What "the agency" or "the company" is: the subject of the sentence before, or the only body named there."""
        paragraphs = self._paragraphs_before(place)
        sentence = _SENTENCE_GAP.split(paragraphs[-1].strip())[-1]
        when = _SUBJECT.match(sentence)
        if subject := self._bodies.first(sentence, when.end() if when else 0):
            return subject
        known = {body.site: body for _, body in self._bodies.places("\n".join(paragraphs[-2:])) if self._leads(body)}
        return known.popitem()[1] if len(known) == 1 else None

    def _leads(self, body: NamedBody) -> bool:
        """Whether the article is about a body: its title names it, or more of its sentences begin with it."""
        if any(named.site == body.site for _, named in self._bodies.places(self._article.title or "")):
            return True
        return body.site == self._main

    @cached_property
    def _main(self) -> str | None:
        """The site of the body with whose name more sentences begin than with that of any other."""
        text = self._article.text[:_LONGEST_TEXT]
        starts = (self._bodies.first(piece[:120], after_lead_in(piece)) for piece in _SENTENCE_GAP.split(text))
        ranked = Counter(body.site for body in starts if body).most_common(2)
        if not ranked or ranked[0][1] < _OFTEN:
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None

    def _carried(self, place: int) -> NamedBody | None:
        """The body that the sentences before a claim are about, if all in between go on about it: "It costs"."""
        paragraphs = [paragraph for paragraph in self._paragraphs_before(place) if paragraph.strip()]
        sentences = [piece for paragraph in paragraphs[-2:] for piece in _SENTENCE_GAP.split(paragraph.strip())]
        for sentence in reversed(sentences):
            at = after_lead_in(sentence)
            if subject := self._bodies.first(sentence, at) or self._bodies.maker(sentence, at):
                return subject
            if not _GOES_ON.match(sentence, at):
                return None
        return None

    def _paragraphs_before(self, place: int) -> list[str]:
        return self._article.text[max(0, place - _BEFORE) : place].rstrip().split("\n")


def after_lead_in(text: str) -> int:
    """Where the subject of a sentence begins."""
    start = _LEAD_IN.match(text)
    return start.end() if start else 0


def _acts_there(text: str, start: int, end: int, *, of_another: bool) -> bool:
    """Whether a body does or has something where it is named: "Google's servers", "built by NASA", "head of SpaceX"."""
    role = ROLE.search(text)
    employed = any(match.start(1) == start for match in EMPLOYER.finditer(text)) or (role and role.start() < start)
    does = _BY.search(text, 0, start) is not None or text[:start].endswith(("is from ", "is from the "))
    return bool(employed) or does or (not of_another and text[end : end + 2] in ("’s", "'s"))
