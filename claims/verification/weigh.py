"""One passage weighed: the judge's probabilities, the words covered and the rules' findings together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.records import Probabilities, QuantityFinding, QuoteFinding, QuoteGrade
from claims.verification.polarity import hedged, turned
from claims.verification.quantities import clashes
from claims.verification.quotes import grade
from claims.verification.words import content, coverage

# A claim is about what a passage says when this share of its content words is there.
ABOUT = 0.45
# Rules speak loudly only of what they have seen in full: near-identical words.
NEAR = 0.7
# Of 33 rows of WiCE, FEVER-Symmetric, SummEdits, VitaminC and Factcheck-Bench whose claim stands word for word in
# the evidence 32 are supported.
SAID = 0.95
_ALL = 0.99
# What a source gives as possible or alleged is never supported without a person looking.
_HEDGED = 0.7
FAITHFUL = (QuoteGrade.VERBATIM, QuoteGrade.TRIVIAL_EDIT, QuoteGrade.TRANSLATION_VARIANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Calibrated probabilities for one passage, how much of the claim it covers, and what the rules found."""

    supported: float
    refuted: float
    covered: float
    findings: tuple[str, ...] = ()
    doubt: str = ""


def weigh(
    claim: str,
    passage: str,
    judged: Probabilities,
    quantities: Sequence[QuantityFinding],
    quotes: Sequence[QuoteFinding] = (),
    *,
    calibrated: bool = False,
) -> Weighed:
    """Join the judge's answer with the rules; a clash on the claim's own matter overrules the judge.

    ``calibrated`` probabilities have the words covered and the numbers missing in them already.
    """
    asked, there = content(claim), content(passage)
    covered = coverage(asked, there)
    supported = judged.supported if calibrated else judged.supported * _trust(covered)
    refuted = judged.refuted * (1.0 if covered >= ABOUT else covered / ABOUT)
    findings = []
    for clash in clashes(quantities):
        findings.append(f"{clash.kind}: the article says {clash.claimed}, the source {clash.found}")
        # Names are compared by their form: a person must look unless nearly all the rest stands there.
        sure = 0.9 if clash.kind != "name" or covered >= NEAR else 0.7
        supported, refuted = min(supported, 0.05), max(refuted, sure)
    if covered >= NEAR and turned(claim, passage):
        findings.append("the source says it the other way round")
        supported, refuted = min(supported, 0.3), max(refuted, 0.6)
    missing = [finding for finding in quantities if finding.agrees is None]
    if missing and not calibrated:
        supported *= 0.6 ** min(2, len(missing))
    if quotes and all(quote.grade in (QuoteGrade.VERBATIM, QuoteGrade.TRIVIAL_EDIT) for quote in quotes):
        supported = max(supported, 0.55 + 0.4 * covered) if not clashes(quantities) else supported
        refuted = min(refuted, 1 - supported)
    elif quotes and all(quote.grade in FAITHFUL for quote in quotes) and not clashes(quantities):
        # Two translations of one statement: enough to say that it was said, never enough to go unseen.
        supported, refuted = max(supported, 0.6), min(refuted, 0.3)
    doubt = ""
    if covered >= _ALL and not findings and said(claim, passage):
        supported, refuted = max(supported, SAID), min(refuted, 1 - SAID)
    elif not quotes and hedged(claim, passage):
        doubt = "the source gives it as possible, planned or alleged"
        supported = min(supported, _HEDGED)
    total = supported + refuted
    scale = 1.0 if total <= 1 else 1 / total
    return Weighed(
        supported=supported * scale, refuted=refuted * scale, covered=covered, findings=tuple(findings), doubt=doubt
    )


def said(claim: str, passage: str) -> bool:
    """Whether the passage has the claim word for word, and its sentence neither denies nor limits it."""
    found = grade(claim.rstrip(" .!?"), passage)
    return found.grade in (QuoteGrade.VERBATIM, QuoteGrade.TRIVIAL_EDIT)


def _trust(covered: float) -> float:
    """How far a judge's "supported" is believed: not at all where the passage lacks the claim's words."""
    return min(1.0, max(0.0, (covered - 0.2) / 0.4))
