"""Names and short descriptions for readers: sources, deciding passages, speakers and totals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from claims.addresses import site
from claims.deciding import deciding
from claims.display.references import references
from claims.display.text import clean, counted, short
from claims.glossary import LABELS, OBSTACLES
from claims.ledger.ledger import Ledger
from claims.naming import OutletNames, cited_name, outlet_name, quoted
from claims.records import (
    Basis,
    Check,
    Citation,
    Claim,
    Extraction,
    Label,
    OutletDirectory,
    Passage,
    Reason,
    Verdict,
)

WORDS = re.compile(r"\w+")
SENTENCE_END = re.compile(r"[.!?][”’\")]*\s+(?=[\w“‘\"(])")


def word(label: Label, scale: Mapping[str, str] | None = None) -> str:
    """The label's word, or the operator's own if `scale` of config.yaml has one."""
    return (scale or {}).get(label.value) or LABELS[label].word


def source_name(citation: Citation, outlets: OutletNames | None = None, nameless: str = "") -> str:
    """The name of a cited source, safe to print; ``nameless`` for one without a name."""
    return clean(cited_name(citation, outlet_name(citation.outlet, outlets))) or nameless


def passage_name(passage: Passage, outlets: OutletNames | None = None) -> str:
    """The source of a passage: the outlet, the site, or the outlet's id if its name is not known."""
    return clean(outlet_name(passage.outlet, outlets) or site(passage.url) or passage.outlet or "")


def claim_source(claim: Claim, verdict: Verdict | None, outlets: OutletDirectory | None = None) -> str:
    """The sources of the deciding passages, or the sources that the article cites if there are none."""
    source_names: dict[str, None] = {}
    for evidence in deciding(verdict) if verdict is not None else ():
        source_names.setdefault(passage_name(evidence.passage, outlets))
    if not source_names:
        for citation in claim.citations:
            source_names.setdefault(source_name(citation, outlets))
    beside = verdict is not None and verdict.basis is Basis.CORROBORATING
    return ", ".join(name for name in source_names if name) + (" (not cited)" if beside and any(source_names) else "")


def who_and_where(claim: Claim, verdict: Verdict | None, outlets: OutletDirectory | None, between: str) -> str:
    """The speaker and the source on one line, or only one of them if they are the same."""
    names = (speaker(claim), claim_source(claim, verdict, outlets))
    return between.join(dict.fromkeys(name for name in names if name))


def speaker(claim: Claim) -> str:
    """The claim's speaker in the article: a name, "anonymous", or empty if the article states it itself."""
    attribution = claim.attribution
    if attribution is None:
        return ""
    return clean(attribution.speaker or "") or ("anonymous" if attribution.anonymous else "")


def said_there(claim: Claim, verdict: Verdict | None, length: int) -> str:
    """The deciding passage, shortened and in quotation marks; without one, a reason that the label does not give."""
    if verdict is None:
        return ""
    pieces = deciding(verdict)
    if pieces:
        nearest = "nearest: " if verdict.label in (Label.NOT_IN_SOURCE, Label.NO_SOURCE) else ""
        each = max(40, length // len(pieces))
        return nearest + " / ".join(quoted(focus(piece.passage.text, claim.statement, each)) for piece in pieces)
    without_passage = {
        Label.NOT_CHECKABLE: ", ".join(claim.reasons) or verdict.rationale,
        Label.SOURCE_UNAVAILABLE: "could not be read: see below",
        Label.NO_SOURCE: "",
    }
    return short(without_passage.get(verdict.label, verdict.rationale), length)


def focus(passage: str, claim: str, length: int) -> str:
    """The passage from the sentence nearest to the claim on, cut to ``length`` characters; all of it if it fits."""
    text = clean(passage)
    if len(text) <= length:
        return text
    claim_words = set(WORDS.findall(claim.lower()))
    starts = [0, *(match.end() for match in SENTENCE_END.finditer(text))]
    ends = [*starts[1:], len(text)]
    best = max(
        range(len(starts)),
        key=lambda place: (len(claim_words & set(WORDS.findall(text[starts[place] : ends[place]].lower()))), -place),
    )
    return ("… " if best else "") + short(text[starts[best] :], length - (2 if best else 0))


def in_the_article(claim: Claim) -> str:
    """The article's own words, where the statement differs from them; nothing if it does not."""
    return clean(f"in the article: {quoted(claim.text)}") if claim.changes else ""


def why_uncheckable(claim: Claim) -> str:
    """Why a claim cannot be checked; nothing if it can."""
    return "" if claim.checkable else clean("not checkable: " + ", ".join(claim.reasons)).rstrip(": ")


def reason_of(verdict: Verdict) -> str:
    """Why a source could not be read, in a word or two, to be shown instead of a confidence."""
    return reason_words(verdict.label, verdict.reason)


def reason_words(label: Label, reason: str | None) -> str:
    """The reason of a verdict `source_unavailable` in words; empty for any other verdict."""
    if label is not Label.SOURCE_UNAVAILABLE or reason is None or reason not in set(Reason):
        return ""
    return OBSTACLES[Reason(reason)].meaning


def cause_words(before: Label, label: Label, cause: str) -> str:
    """Why a verdict changed: "the source changed"; a source that is only in or out of reach did not change."""
    lost, back = label is Label.SOURCE_UNAVAILABLE, before is Label.SOURCE_UNAVAILABLE
    if cause != "source" or not (lost or back):
        return f"the {cause} changed"
    return "for another reason" if lost and back else f"the source could {'not ' if lost else ''}be read"


def totals(check: Check, waiting: Collection[str] | None = None) -> str:
    """The whole check in one line: "12 claims: 7 supported, 1 contradicted, 2 unavailable; 3 need review".

    If the article has reference marks, followed by "; of 41 references 3 do not say it, 2 could not be read".

    ``waiting`` are the claims that need review according to the ledger; without it, no claim counts as decided.
    """
    labels = label_counts(verdict.label for verdict in check.verdicts)
    review = len(Ledger.waits(check.verdicts, check.extraction.claims) if waiting is None else waiting)
    count = len(check.extraction.claims)
    line = totals_line(count, labels, review)
    return f"{line}; {cited}" if count and (cited := str(references(check))) else line


def totals_line(count: int, labels: str, review: int) -> str:
    """How many claims there are, their labels, and how many need review: "3 claims: 3 supported; 1 needs review"."""
    if not count:
        return "no claims"
    return counted(count, "claim") + (f": {labels}" if labels else "") + (f"; {review_count(review)}" if review else "")


def label_counts(labels: Iterable[Label]) -> str:
    """How many verdicts have which label: "7 supported, 1 contradicted"; empty if there are none."""
    counts = Counter(labels)
    return ", ".join(f"{counts[label]} {term.count or term.word}" for label, term in LABELS.items() if counts[label])


def review_count(count: int) -> str:
    """How many claims need review: "1 needs review", "3 need review"."""
    return f"{count} need{'s' if count == 1 else ''} review"


def claim_totals(extraction: Extraction) -> str:
    """The extraction in one line: "9 claims, 7 checkable, 4 with a speaker, 5 with a source"."""
    claims = extraction.claims
    if not claims:
        return "no claims"
    return (
        f"{counted(len(claims), 'claim')}, "
        f"{sum(claim.checkable for claim in claims)} checkable, "
        f"{sum(bool(speaker(claim)) for claim in claims)} with a speaker, "
        f"{sum(bool(claim_source(claim, None)) for claim in claims)} with a source"
    )
