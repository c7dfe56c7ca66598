"""Where the words of those who hold an office are kept: members of parliaments, and presidents of the United States."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote_plus

_NAME = r"(?:[A-Z][\w.'’-]+\s){0,3}"
_UNITED_STATES = re.compile(
    r"\b(?:Republicans?|Democrats?|Democratic|GOP|[RD]-[A-Z][a-z]+\.?|White House|Capitol Hill)\b"
)
_BRITAIN = re.compile(r"\b(?:Labour|Conservatives?|Tory|Tories|Lib Dems?|Westminster|SNP|Downing Street|Brexit)\b")


class _Record(NamedTuple):
    """An office: what stands before the name of who holds it, what the article must speak of, and where it leads."""

    name: str
    address: str
    before: str
    about: re.Pattern[str]


_RECORDS = (
    _Record(
        "Congress.gov",
        "https://www.congress.gov/members?q=%7B%22search%22%3A%22{0}%22%7D",
        r"(?:Sens?\.|Reps?\.|(?:U\.S\. )?Senator|(?:U\.S\. )?Representative|Congress(?:man|woman)|House Speaker"
        r"|Senate Majority Leader|Senate Minority Leader|House Minority Leader|House Majority Leader)",
        _UNITED_STATES,
    ),
    _Record(
        "The American Presidency Project",
        "https://www.presidency.ucsb.edu/advanced-search?field-keywords={0}",
        r"(?:US |U\.S\. )?President(?:-elect)?",
        re.compile(r"\b(?:White House|Oval Office|Air Force One)\b"),
    ),
    _Record(
        "Hansard",
        "https://hansard.parliament.uk/search/Members?searchTerm={0}",
        r"(?:(?:Labour|Conservative|Tory|Lib Dem|SNP|DUP|Green|Plaid Cymru) )?MP(?: for [A-Z]\w+)?,?",
        _BRITAIN,
    ),
)


def record_of(speaker: str, text: str) -> tuple[str, str] | None:
    """The name and address of the record of what a speaker says in office, if the text names that office."""
    surname = speaker.rsplit(maxsplit=1)[-1]
    if not surname[:1].isupper() or not surname.isalpha():
        return None
    for record in _RECORDS:
        titled = re.compile(rf"\b{record.before}\s{_NAME}{surname}\b")
        if record.about.search(text) and titled.search(text):
            return record.name, record.address.format(quote_plus(surname))
    return None
