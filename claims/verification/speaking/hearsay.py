"""Finds that a source only reports what a claim gives as a fact: words that it quotes, or that one person told.

"The pit is safe, a neighbour told us" says that a neighbour said so. What a council, a court, a study or a spokesman
says is what articles give as a fact, and is left alone.
"""

from __future__ import annotations

import re

from claims.lexicon.clauses import word_set
from claims.lexicon.framing import ACTING_FOR
from claims.lexicon.people import BODY_NOUNS, DOCUMENTS
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.verification.evidence.sentences import of_every
from claims.verification.words import content, coverage, words

# Not "report" and "claim", which are nouns as well.
_VERBS = "|".join(
    sorted(verb for verb in {*SPEAKER_FORMS, "told", "wrote", "writes"} if verb[-1] in "ds" or verb == "wrote")
)
# Who says it, behind the words: "…, a neighbour told us", "…, says five-year-old Mia", "…, the players were told".
_BEHIND = re.compile(
    rf",[\"”]?\s(?:(?P<before>(?:an?|one|his|her|its|their|my|our)\s[^,;:]{{1,50}}?|[^,;:]{{0,40}}-year-old\s[^,;:]{{1,30}}?)\s"
    rf"(?:{_VERBS})\b|(?:{_VERBS})\s(?P<after>(?:an?|one|his|her|its|their|my|our)\s[^,;:.]{{1,50}}|[\w-]+-year-old\s\w+)"
    r"|(?P<passive>[^,;:]{1,30}\s(?:was|were|is|are)\stold)\b)",
    re.I,
)
_LEADING = re.compile(rf"^(?P<who>(?:an?|one|his|her|its|their|my|our)\s[^,;:]{{1,50}}?)\s(?:{_VERBS})\b", re.I)
# Those who say it for others, or from what was counted or found, and the papers that they say it in.
_FOR_OTHERS = (
    ACTING_FOR
    | BODY_NOUNS
    | DOCUMENTS
    | word_set("""
    association authority authorities bank body bureau charity club coroner doctor doctors federation firm foundation
    hospital inquest inquiry institute judge jury minister ministers museum notice operator organisation organization
    prosecutor prosecutors publisher register regulator researchers school scientists secretary service surgeon tribunal
    trust university verdict vet
""")
)
# What opens a phrase behind the head of a name: "a fortune-teller at the village fair".
_PHRASE = re.compile(r"\s(?:at|from|in|near|of|on|who|with)\s")
_QUOTED = re.compile(r"[\"“](?P<inside>[^\"“”]{3,400})[\"”]")
# The words of a claim that are within the quotation marks.
_WITHIN = 0.8


def hearsay(claim: str, passage: str) -> str:
    """Whose words, or that they are quoted, where the sentences nearest to a claim only report it; else empty."""
    return of_every(_hearsay_in, claim, passage)


def _hearsay_in(claim: str, sentence: str) -> str:
    asked = content(claim)
    quoted = max((coverage(asked, content(match["inside"])) for match in _QUOTED.finditer(sentence)), default=0.0)
    if quoted and quoted >= _WITHIN * coverage(asked, content(sentence)) and not _QUOTED.search(claim):
        return "the source has it in quotation marks, as somebody's words"
    leading = _LEADING.match(sentence)
    for match in (*([leading] if leading else ()), *_BEHIND.finditer(sentence)):
        who = _PHRASE.split(next(filter(None, match.groups())))[0]
        if not {word.norm for word in words(who)} & _FOR_OTHERS and not set(content(who)) <= set(asked):
            return f"the source only reports that it was said (“{match.group().lstrip(', ”')}”)"
    return ""
