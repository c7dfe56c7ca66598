"""Finds in the sentence before a passage, and in the one behind it, that the source only repeats what it has there.

"What was claimed", "Viral posts share a clip" and "Verdict: false" stand around words that a fact check repeats in
order to refute them, and "He was cleared in 2022" or "The paper was retracted" behind words that no longer hold.
"""

from __future__ import annotations

import re

from claims.lexicon.evidence import ONLY_REPEATED, UNDONE, VERDICTS
from claims.verification.wording.takebacks import foreign_text

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
    if match := foreign_text(claim, _VERDICT.match(after.strip())):
        return f"the source judges it there (“{_on_one_line(match)}”)"
    if match := foreign_text(claim, _BEFORE.search(before.strip())):
        return f"the source introduces it as what others say (“{_on_one_line(match)}”)"
    if _GOES_ON.match(after) and (match := foreign_text(claim, _UNDONE.search(after))):
        return f"the next sentence of the source may take it back (“{_on_one_line(match)}”)"
    return ""


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
