"""Detects that a sentence says less than a claim: of some only, of a part, or of a lower rank."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.extraction.text.predications import predications
from claims.lexicon.framing import PARTS, UNDECIDED
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.verification.forms.deeds import asserted_clauses
from claims.verification.forms.figures import spelt
from claims.verification.words import all_stems, content, plain, stem, words

_PART = re.compile(rf"{PARTS}(?P<rest>(?:the|its|their|his|her|[\w.-]+'s?)\s(?:[\w'-]+\s?){{1,4}})", re.I)
_SOME = r"\b(?:(?:almost|nearly|virtually|not)\s(?:all|every)|some|most|many|several|few|half)"


def narrowed(claim: str, sentence: str) -> bool:
    """Whether the claim says it of all, and the sentence of nearly all, most or some of the same."""
    for match in re.finditer(r"\b(?:all|every|each|both)\s(?:of\s)?(?:the\s)?(\w+)", claim, re.I):
        noun = re.escape(match[1][:4])
        if re.search(rf"{_SOME}\s(?:of\s)?(?:the\s)?{noun}", sentence, re.I):
            return True
    return False


_WHOLE = re.compile(
    r"\b(?<!not\s)(?<!nearly\s)(?<!almost\s)(?:all|every|each|both|the\s(?:whole|entire))\s(?:of\s)?"
    r"(?:(?:the|its|their|his|her)\s)?(?:\d+\s)?(?:[\w'-]+\s)?(?P<noun>[\w-]+)",
    re.I,
)
_COUNTED_PART = re.compile(
    r"\b(?:only\s)?(?P<count>[\w,.]{1,20})\s(?:out\s)?of\s(?:the|its|their|his|her|[\w.-]+'s)\s(?P<rest>(?:[\w'-]+\s?){1,4})",
    re.I,
)
# What says it of the whole in other words, and what makes the part the one who says so.
_SAID = re.compile(rf"\s(?:{'|'.join(sorted(SPEAKER_FORMS))}|told)\b", re.I)
_OF_ALL = re.compile(r"\b(?:all|every\w*|each|both|whole|entire\w*|unanimous\w*|without (?:exception|dissent))\b", re.I)


def counted_part(claim: str, sentence: str) -> str:
    """The part of which the sentence says it by its number, where the claim says it of the whole; else empty.

    "All schools were closed", and there "twelve of the 57 schools". Not where the sentence says it of all, or names
    them once more: "The schools closed, and two of the schools stay shut".
    """
    for whole in _WHOLE.finditer(claim):
        nouns = set(content(f"{whole.group().split()[-2]} {whole['noun']}"))
        for part in _COUNTED_PART.finditer(sentence):
            count, total = spelt(part["count"]), part["rest"].split()[0]
            of_them = nouns & set(content(part["rest"]))
            if count is None or count == spelt(total) or not of_them:
                continue
            ended = re.match(
                rf".*?\b(?:{'|'.join(map(re.escape, _nouns_in(part.group(), nouns)))})", part.group(), re.S
            )
            shown = (ended or part).group()
            beside = f"{sentence[: part.start()]} {sentence[part.end() :]}"
            says = _SAID.match(sentence, part.start() + len(shown))
            if not (says or _OF_ALL.search(beside) or of_them & set(content(beside))):
                return " ".join(shown.split())
    return ""


def _nouns_in(text: str, nouns: set[str]) -> list[str]:
    return [word.text for word in words(text) if stem(word.norm) in nouns]


# A claim with one of these words tells no deed that is done.
_STILL_OPEN = re.compile(
    r"\b(?:will|would|shall|may|might|could|can|plan(?:s|ned|ning)?|consider\w*|propos\w+|intend\w*|want\w*|wish\w*|offer\w*|seek\w*|"
    r"sought|talks?|negotiat\w+|discuss\w*|bids?|hop(?:es?|ed|ing)|expect\w*|(?:is|are|was|were|due|set|going|ready)\sto)\b|\b(?:not|n't|no|nothing)\b",
    re.I,
)
_UNDECIDED = re.compile(UNDECIDED, re.I)
# What a denial is about: "No decision has been made on the quay".
_MATTER = re.compile(
    r"\s(?:as\sto|about|against|between|concerning|for|how|of|on|over|regarding|to|what|when|where|whether|who|with)\b"
    r"([^,.;]*)"
)
_WAS_TO = re.compile(
    r"\b(?:was|were|had\sbeen)\s(?:\w+ly\s)?(?:(?:due|set|supposed|scheduled|expected|meant|planned)\s)?to\s(?:be\s)?(?P<verb>\w+)",
    re.I,
)
_PUT_OFF = re.compile(
    r"\b(?:delayed|postponed|cancell?ed|scrapped|shelved|suspended|abandoned|(?:put|called)\soff|pushed\sback)\b", re.I
)


def left_undone(claim: str, sentence: str, following: str) -> str:
    """What says that a deed, which the claim tells as done, is not decided yet or was put off; else empty.

    ``following`` is the sentence behind. Where the sentence has the claim's verb as done ("The council voted to sell"),
    another matter is open, and so it is where the next one names it: "No decision has been made on the quay".
    """
    denial = _UNDECIDED.match(following)
    plan, off = _WAS_TO.search(sentence), _PUT_OFF.search(f"{sentence} {following}")
    if (denial is None and (plan is None or off is None)) or _STILL_OPEN.search(plain(claim)):
        return ""
    deeds = {stem(clause.predicate.split()[0]) for clause in asserted_clauses(predications([claim])[0])}
    there = [stem(word.norm) for word in words(sentence) if not word.norm.endswith("ing")]
    if denial is not None and not deeds & set(there) and not _has_own_matter(denial, claim, sentence):
        return " ".join(denial.group().split())
    if plan is None or off is None or stem(plan["verb"]) not in deeds or there.count(stem(plan["verb"])) > 1:
        return ""  # "was to open in May, and opened in June"
    return f"{plan.group()} … {off.group()}"


def _has_own_matter(denial: re.Match[str], claim: str, sentence: str) -> bool:
    """Whether a denial names a matter of its own."""
    matter = _MATTER.match(denial.string, denial.end())
    return matter is not None and not set(content(matter[1])) <= {*content(claim), *content(sentence)}


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


_FIRST = re.compile(
    r"\b(?:the|its|their|\w+'s)\s(?:\w+\s)?first\s(?!(?:time|half|quarter|day|week|month|year|round)\b)\w+", re.I
)
_LATER_ONE = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:nd|rd|th))\s(?:such|of\s(?:its|the|this|that)\skind)\b",
    re.I,
)


def later_one(claim: str, sentence: str, following: str) -> str:
    """What the source calls "the third such operation" where the claim has "the first"; else empty."""
    if not _FIRST.search(plain(claim)) or _FIRST.search(sentence):
        return ""  # "the first here, and the third such one in Europe"
    match = _LATER_ONE.search(f"{sentence} {following}")
    return " ".join(match.group().split()) if match is not None else ""


def part_of(claim: str, sentence: str) -> bool:
    """Whether the sentence says it of a part ("one of the plant's four reactors") and the claim of the whole."""
    ours = all_stems(claim)
    for match in _PART.finditer(sentence):
        first = stem(words(match.group())[0].norm)
        whole = content(match["rest"])
        plural = [word.norm for word in words(claim) if word.norm.endswith("s") and stem(word.norm) in whole]
        owner = re.match(r"[\w.-]+'s?\s", match["rest"]) or re.match(r"the\s[\w-]+'s?\s", match["rest"])
        owned = owner is not None and not set(whole[1:]) & ours and whole[0] in ours
        if (
            first not in {*ours, "none"}
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
