"""Finds in the sentence before a passage, and in the one behind it, that the source only repeats what it has there.

"What was claimed", "Viral posts share a clip" and "Verdict: false" stand around words that a fact check repeats in
order to refute them, and "He was cleared in 2022" or "The paper was retracted" behind words that no longer hold.
"""

from __future__ import annotations

import re

from claims.lexicon.evidence import ONLY_REPEATED, UNDONE, VERDICTS
from claims.verification.words import stem, words

# How the sentence behind begins, if it goes on about what the passage tells.
_GOES_ON = re.compile(
    r"\W*(?:he|she|it|they|that|this|these|those|his|her|its|their|the|an?|none|nobody|no|or|but|then|update|editor|"
    r"corrections?|in\sfull|in\sthe|later|(?:an|\w+)\shours?\slater|a\sday\slater|on\s\w+day|believe|please|not)\b",
    re.I,
)
_BEFORE, _UNDONE, _VERDICT = (re.compile(pattern, re.I) for pattern in (ONLY_REPEATED, UNDONE, VERDICTS))


def only_repeated(claim: str, before: str, after: str) -> str:
    """What stands before or behind a passage and makes its words a claim of others, or undoes them; or nothing.

    In words for an editor. What the claim itself has does not count.
    """
    if match := _foreign_to(claim, _VERDICT.match(after.strip())):
        return f"the source judges it there (“{match}”)"
    if match := _foreign_to(claim, _BEFORE.search(before.strip())):
        return f"the source introduces it as what others say (“{match}”)"
    if _GOES_ON.match(after) and (match := _foreign_to(claim, _UNDONE.search(after))):
        return f"the next sentence of the source may take it back (“{match}”)"
    return ""


def _foreign_to(claim: str, match: re.Match[str] | None) -> str:
    """The text of a match with words that the claim has not."""
    if match is None:
        return ""
    ours = {stem(word.norm) for word in words(claim)}
    return "" if {stem(word.norm) for word in words(match.group())} <= ours else " ".join(match.group().split())
