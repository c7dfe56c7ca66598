"""What an article says that a speaker is: behind the name, and as a title before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

# The description behind a name ("Ann Ray, president of SpaceX, said"), at most.
_DESCRIPTION = 120
_OFFICES = (
    r"(?:analyst|astronaut|chair\w*|chief\b[\w\s]*|counsel|director\b[\w\s]*|economist|engineer|executive|fellow|founder"
    r"|head\b[\w\s]*|lawyer|manager|officer|president\b[\w\s]*|professor\b[\w\s]*|researcher|scientist|secretary"
    r"|spokes\w+|CEO|CFO|COO|CTO|vp\b[\w\s]*)"
)
# Who employs the speaker: "chief executive of Ceres Robotics".
EMPLOYER = re.compile(
    rf"\b{_OFFICES}\s(?:of|at|for|with)\s(?:the\s)?((?:[A-Z][\w&’'-]+)(?:\s(?:of\s)?[A-Z][\w&’'-]+){{0,4}})"
)
_DEGREES = r"(?:Ph\.?D|M\.?D|Jr|Sr|DPhil|MBE|OBE|CBE|QC|KC|RN)\.?"
_ROLE_WORD = re.compile(rf"\b{_OFFICES}\b", re.IGNORECASE)
# "Ann Ray is a NASA planetary scientist": who somebody is.
ROLE = re.compile(rf"\b(?:is|was)\s(?:an?\s|the\s)?(?:[\w’'/&-]+\s){{0,6}}?{_OFFICES}\b")
# "Big Machine, Braun and The Carlyle Group": the rest of a list, and no description.
_LISTED = re.compile(r"(?:[A-Z][\w.’'-]+ ){1,4}(?:and|or) (?:the )?[A-Z]")
# "vice president of business development": what begins a description that a full stop ends.
_OFFICE_FIRST = re.compile(rf"(?:an?\s|the\s)?(?:[\w’'/&-]+\s){{0,4}}?{_OFFICES}\b")
_FORMER = re.compile(
    r"\b(?:[Ff]ormer|[Ee]x-|[Oo]ne-?time|[Rr]etired)"
)  # what somebody was says nothing of where they speak
# "who joined as a shop worker at Sainsbury's": what somebody did, and not what they are.
_TALE = re.compile(
    r"(?:born|built|given|held|made|sent|taken|written|[a-z]+ed) "
    r"|(?:(?:at|by|for|from|in|of|on|through|to|with) (?:which|whom|whose)\b|who|whose|having|when|where|which)"
    r" (?!(?:also |currently )?(?:chairs|directs|heads|is|leads|runs)\b)"
)
# What cannot stand within a title in front of a name: "on Twitter accusing Ann Ray".
_NO_TITLE = re.compile(
    r"(?:a|about|after|against|also|an|and|are|as|at|be|because|before|between|but|by|can|could|did|do|does|during|for"
    r"|from|had|has|have|he|her|his|if|in|into|is|it|its|may|might|must|not|of|on|or|over|said|says|shall|she|should"
    r"|since|than|that|their|there|these|they|this|those|through|to|told|under|was|were|when|where|which|while|who|whose"
    r"|will|with|would|[a-z]+ing|[a-z]+ed)",
    re.IGNORECASE,  # in headlines these begin with capitals
)

_MOST, _LONGEST_TITLE = 100, 110  # places of a name that are looked at, and characters before it
_BEHIND = re.compile(rf",\s(?:{_DEGREES},\s)?([^.;“”\"\n]{{3,{_DESCRIPTION}}}?)(,|\.(?=\s|$))")
_BEFORE = re.compile(
    r"((?:[^,.;:“”\"\n]|(?<=Gov)\.|(?<=Sen)\.|(?<=Rep)\.){3,60}) (?:(?:[A-Z][\w’'-]+|(?:[A-Z]\.)+) ){1,2}\Z"
)


def descriptions(speaker: str, text: str) -> Iterator[tuple[str, int]]:
    """What the article says a speaker is, and where: behind the name up to a comma or full stop, and before it."""
    surname = speaker.rsplit(maxsplit=1)[-1]
    if not surname[:1].isupper():
        return
    named = [match.span() for match in islice(re.finditer(rf"\b{re.escape(surname)}\b", text), _MOST)]
    for start, end in named:
        match = _BEHIND.match(text, end)
        if match is None or _TALE.match(match[1]) or (_LISTED.match(match[1]) and not _ROLE_WORD.search(match[1])):
            continue
        if (match[2] == "," or _OFFICE_FIRST.match(match[1])) and not _FORMER.search(match[1]):
            yield match[1], start
    for start, _ in named:
        match = _BEFORE.search(text, max(0, start - _LONGEST_TITLE), start)
        if match is None or _FORMER.search(match[1]):
            continue
        if any(map(_NO_TITLE.fullmatch, text[match.end(1) : start].split())):
            continue
        words = match[1].split(" ")
        after = max((place for place, word in enumerate(words) if _NO_TITLE.fullmatch(word)), default=-1) + 1
        yield " ".join(words[after:]), match.start()
