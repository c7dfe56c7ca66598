"""The claim with its numbers, dates and names as a source writes those that agree.

The rules have compared these already. With the claim in the source's own forms words can be compared one by one, and a
judge is asked about the rest: whether "nearly 80" is true of 77 is settled before it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from claims.records import QuantityFinding, QuoteGrade
from claims.verification.evidence.passages import AS_ONE, Window, read_as_one
from claims.verification.forms.deeds import tells_event
from claims.verification.quotes.grading import grade
from claims.verification.rules.agreement import WORKED_OUT
from claims.verification.rules.framing import plainly
from claims.verification.rules.numbers import numbers
from claims.verification.rules.quantities import compare
from claims.verification.words import content, words

_DAY_WORD = re.compile(r"(?:yesterday|today|tonight|tomorrow|last|this|next)\b", re.I)
_DAY = (
    r"(?:\b(?:(?:early|late) )?on )?\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today)"
    r"(?: morning| afternoon| evening| night)?\b"
)
# Before a day they make a limit or another day of it.
_LIMIT = re.compile(r"\b(?:by|until|till|before|after|since|from|to|next|last|every|between|and)\s*$", re.I)
# What is so of a day or a year only need not be so without it: "the hottest day of 2024".
_ALWAYS = re.compile(
    r"\b(?:\w{3,}est|most|least|best|worst|only|record|every|always|never|all"
    r"|(?:first|last)(?!\s(?:quarter|half|week|month|year)\b))\b",
    re.I,
)
# Bounds that round a number to both sides or up to it.
_ROUND_BOUNDS = ("nearly", "barely", "about")
_SHARE = re.compile(r"\S.*\sof\sthe\s\S+")


def in_source_forms(claim: str, quantities: Sequence[QuantityFinding]) -> str:
    """The claim with its numbers, dates and names as the source writes those that agree: "$5m" for "USD5 million"."""
    for finding in quantities:
        source_form = (finding.found or "").strip(" .,")
        if not finding.agrees or not source_form or source_form == finding.claimed:
            continue
        claim_form = rf"(?<!\w){re.escape(finding.claimed.strip(' .,'))}(?!\w)"
        if finding.kind == "date":  # "on Sunday" is "yesterday" there
            claim_form = rf"(?:\b(?:on|in)\s)?{claim_form}"
            source_form = source_form if _DAY_WORD.match(source_form) else f"on {source_form}"
        elif finding.note == WORKED_OUT:
            claim_form, source_form = _worked_out(claim_form, finding.claimed, source_form)
        # A backslash would be read as a group of the pattern.
        claim = re.sub(claim_form, source_form.replace("\\", ""), claim, count=1)
    return claim


def differs_in_form_only(claim: str, quantities: Sequence[QuantityFinding], there: Sequence[str]) -> bool:
    """Whether the passage has all of the claim but for numbers, dates and names that agree or may be the same.

    A judge that refutes it then takes another form for another thing.
    """
    rest = claim
    for finding in quantities:
        if finding.agrees or finding.kind == "name":
            rest = rest.replace(finding.claimed, " ", 1)
    return rest != claim and set(content(rest)) <= set(there) and set(content(claim)) - set(there) != set()


def without_days(passage: str, claim: str, asked_on: str | None) -> str:
    """The passage without the days that the claim does not name: "on Tuesday", "of 2024" in an article of 2024.

    A sentence that gives the day as well still says all that the claim says; an older year may be the point of it.
    """
    if _ALWAYS.search(claim) or not tells_event(claim):
        return passage
    year = rf"|(?:\s(?:of|in)|,)\s{asked_on[:4]}\b" if asked_on else ""
    left, at = [], 0
    for match in re.finditer(_DAY + year, passage, re.I):
        limited = _LIMIT.search(passage, 0, match.start())
        if match.group().split()[-1].lower() not in claim.lower() and not limited:
            left.append(passage[at : match.start()].rstrip())
            at = match.end()
    return "".join([*left, passage[at:]]).lstrip(" ,")


def _worked_out(claim_form: str, claimed: str, source_form: str) -> tuple[str, str]:
    """What stands in the claim for a number that follows from the source's, and what for it there.

    "Two thirds of the" is "40 of the 60", "by a tenth" is "to 22 euros", "doubled" is "rose to 420".
    """
    if _SHARE.fullmatch(source_form):
        return rf"{claim_form}(?:\s(?:out\s)?of\s(?:the|its|their|all)\b)?", source_form
    if claimed.endswith("ed"):
        return claim_form, f"{'fell' if claimed == 'halved' else 'rose'} to {source_form}"
    return rf"(?:\bby\s)?{claim_form}", f"to {source_form}"


def compare_windows(
    statement: str,
    windows: Sequence[Window],
    page: frozenset[str],
    *,
    asked_on: str | None = None,
    published: str | None = None,
) -> list[tuple[QuantityFinding, ...]]:
    """Each passage's numbers, dates and names compared with the claim's; ``page`` are all content words of the page."""
    return [
        compare(
            statement,
            window.passage.text,
            claimed_on=asked_on,
            found_on=published,
            context=f"{window.context} {window.before}",
            page=page,
        )
        for window in windows
    ]


def _asked_form(statement: str, findings: Iterable[QuantityFinding]) -> str:
    """The claim with the source's form of a number or date that is the same without a word in common: "20 percent".

    All else is left to the judge: on the dev sets it is worse with the source's names in the claim ("China" for
    "Chinese"), and with its numbers where the claim says "more than".
    """
    return in_source_forms(statement, [finding for finding in findings if finding.agrees and _is_other_form(finding)])


def _is_other_form(finding: QuantityFinding) -> bool:
    ours, theirs = ({word.norm for word in words(text)} for text in (finding.claimed, finding.found or ""))
    if not ours or not theirs or ours & theirs:
        return False
    if finding.kind == "name":
        return False
    return finding.kind == "date" or finding.note == WORKED_OUT or _is_one_number(finding)


def _is_one_number(finding: QuantityFinding) -> bool:
    """Whether a number that agrees is the same, or one that the claim gives in round figures: "nearly 80"."""
    ours, theirs = (_bound(text) for text in (finding.claimed, finding.found or ""))
    return (not finding.note and ours == theirs) or (ours in _ROUND_BOUNDS and not theirs)


def _bound(text: str) -> str:
    read = numbers(text)
    return read[0].bound if read else ""


def judge_pairs(
    statement: str, windows: Sequence[Window], compared: Sequence[tuple[QuantityFinding, ...]]
) -> list[tuple[str, str]]:
    """What a judge is asked of a page: the claim with each passage, then with the nearest read as one.

    ``compared`` are the claim's numbers, dates and names compared with each passage's, whose forms it is asked in.
    """
    asked = [_asked_form(statement, findings) for findings in compared]
    pairs = [(text, window.passage.text) for text, window in zip(asked, windows, strict=True)]
    every = [finding for findings in reversed(compared[:AS_ONE]) for finding in findings if finding.agrees]
    agreed = {finding.claimed: finding for finding in every}  # that of the nearest passage last
    return [*pairs, (_asked_form(statement, agreed.values()), read_as_one(windows))]


def said(claim: str, passage: str) -> bool:
    """Whether the passage has the claim verbatim and as a fact.

    Its words must begin their sentence, or follow a lead ("On Monday,") or a reporting clause ("the minister said
    that"); a sentence that asks, denies or limits them does not count.
    """
    finding = grade(claim.rstrip(" .!?"), passage)
    faithful = finding.grade in (QuoteGrade.VERBATIM, QuoteGrade.TRIVIAL_EDIT)
    return faithful and finding.span is not None and plainly(finding.span, passage)
