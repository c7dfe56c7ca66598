"""Detects that a sentence says less than a claim: of some only, of a part, or of a lower rank."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.lexicon.framing import PARTS
from claims.verification.words import content, stem, words

_PART = re.compile(rf"{PARTS}(?P<rest>(?:the|its|their|his|her|[\w.-]+'s?)\s(?:[\w'-]+\s?){{1,4}})", re.I)
_SOME = r"\b(?:(?:almost|nearly|virtually|not)\s(?:all|every)|some|most|many|several|few|half)"


def narrowed(claim: str, sentence: str) -> bool:
    """Whether the claim says it of all, and the sentence of nearly all, most or some of the same."""
    for match in re.finditer(r"\b(?:all|every|each|both)\s(?:of\s)?(?:the\s)?(\w+)", claim, re.I):
        noun = re.escape(match[1][:4])
        if re.search(rf"{_SOME}\s(?:of\s)?(?:the\s)?{noun}", sentence, re.I):
            return True
    return False


_ALL = re.compile(r"\b(?:all|every|each)\b(?!\s(?:day|week|month|year|night|time|but)\b)", re.I)
_OF_THEM = re.compile(r"\b(?!all\b|each\b|every|both\b|any\b)[\w-]+\sof\s(?:them|these|those)\b", re.I)


def some_of_them(claim: str, sentence: str, following: str) -> bool:
    """Whether the claim says it of all, and a sentence behind the one that names them of some of them.

    "Samples were taken from 48 beaches. Thirty-one of them failed."
    """
    if not _ALL.search(claim) or _ALL.search(f"{sentence} {following}"):
        return False
    plurals = {stem(word.norm) for word in words(claim) if word.norm.endswith("s")}
    named = bool(plurals & set(content(sentence)))
    return bool(_OF_THEM.search(sentence)) or (named and bool(_OF_THEM.search(following)))


_RANKED = re.compile(
    r"\b(?:(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))[\s-]"
    r"|(?:one\sof|among)\s(?:the|its|their)\s(?:\w+\s)??)(?P<most>(?:most\s)?\w+)",
    re.I,
)


def ranked_lower(claim: str, sentence: str) -> str:
    """What the sentence calls "the second deepest" or "one of the deepest" where the claim has "the deepest"."""
    for match in _RANKED.finditer(sentence):
        most, rank = match["most"].lower(), " ".join(match.group().split())
        superlative = most.startswith("most ") or most.endswith("est") or most in ("best", "worst", "biggest", "first")
        if (
            superlative
            and rank.lower() not in claim.lower()
            and re.search(rf"\b(?:the|its|their|\w+'s)\s{re.escape(most)}\b", claim, re.I)
        ):
            return rank
    return ""


def part_of(claim: str, sentence: str) -> bool:
    """Whether the sentence says it of a part ("one of the plant's four reactors") and the claim of the whole."""
    ours = {stem(word.norm) for word in words(claim)}
    for match in _PART.finditer(sentence):
        first = stem(words(match.group())[0].norm)
        whole = content(match["rest"])
        plural = [word.norm for word in words(claim) if word.norm.endswith("s") and stem(word.norm) in whole]
        owner = re.match(r"[\w.-]+'s?\s", match["rest"]) or re.match(r"the\s[\w-]+'s?\s", match["rest"])
        owned = owner is not None and not set(whole[1:]) & ours and whole[0] in ours
        if (
            first not in ours
            and not _PART.search(claim)
            and whole
            and (owned or plural)
            and not _counts_part(claim, whole)
        ):
            return True
    return False


def _counts_part(claim: str, whole: Sequence[str]) -> bool:
    """Whether the claim itself limits the whole: "some reactors", "a reactor", "two of them"."""
    limits = (
        r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten"
        r"|some|several|many|most|few|half|not\sall)\s([\w-]+(?:\s[\w-]+)?)"
    )
    return any(
        set(content(match[1])) & set(whole)
        for match in re.finditer(limits, claim, re.I)
        if not re.search(r"\b(?:all|the|both)\s$", claim[: match.start()], re.I)
    )
