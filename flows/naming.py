"""Names and short words for readers: who a source is, which passage decides, text that is safe to print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import urlsplit

from claims.records import (
    Basis,
    Citation,
    CitationKind,
    Claim,
    Evidence,
    Label,
    OutletDirectory,
    Reason,
    Stance,
    Verdict,
)

WORDS = re.compile(r"\w+")
SENTENCE_END = re.compile(r"[.!?][”’\")]*\s+(?=[\w“‘\"(])")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?![0-9])")
KEPT = frozenset("\n\t\u200c\u200d")
HIDDEN = frozenset({"Cc", "Cf", "Cs"})

# The stance that decides under each label; under the others no passage does, and the nearest one is shown.
DECIDES: Mapping[Label, Stance] = {
    Label.SUPPORTED: Stance.SUPPORTS,
    Label.PARTLY_SUPPORTED: Stance.SUPPORTS,
    Label.CONTRADICTED: Stance.REFUTES,
}


def clean(text: str) -> str:
    """``text`` on one line, without control characters or marks that turn the writing direction.

    What came from a page may hold escape sequences that would move the cursor or colour a lie.
    """
    return " ".join(printable(" ".join(text.split())).split())


def printable(text: str) -> str:
    """``text`` with its lines and spaces, without control characters, surrogates and invisible marks.

    The joiners stay: Persian words and emoji need them.
    """
    return "".join(one for one in text if one in KEPT or unicodedata.category(one) not in HIDDEN)


def short(text: str, length: int) -> str:
    """``text`` cut at a word to at most ``length`` characters, with an ellipsis where it was cut."""
    text = clean(text)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > length // 2 else cut).rstrip(" ,;:–—-") + "…"


def counted(count: int, word: str) -> str:
    """So many of what ``word`` names: "1 row", "2,000 rows"."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def day(published: str | None) -> str:
    """The day of an ISO 8601 date or time; what is neither stays as it is."""
    given = clean(published or "")
    return given[:10] if ISO_DAY.match(given) else given


def host(url: str | None) -> str:
    """The host of an address, without www."""
    try:
        name = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def outlet_name(outlet: str | None, outlets: OutletDirectory | None) -> str:
    """The outlet's name, or nothing where the directory does not know it."""
    found = outlets.by_id(outlet) if outlet and outlets is not None else None
    return found.name if found is not None else ""


def source_name(citation: Citation, outlets: OutletDirectory | None = None) -> str:
    """Who a citation points to: the account, the outlet, the host, or the article's own words."""
    if citation.kind is CitationKind.NONE:
        return ""
    if citation.kind is CitationKind.POST and citation.handle:
        return "@" + clean(citation.handle).removeprefix("@")
    names = [outlet_name(citation.outlet, outlets), host(citation.url), citation.text, citation.outlet or ""]
    return next((clean(name) for name in names if clean(name)), "")


def deciding(verdict: Verdict) -> tuple[Evidence, ...]:
    """The passages that decide: one of each side where sources conflict, else the best of the fitting stance.

    Where no passage decides (the source does not speak of it), the nearest one, if there is any.
    """
    if verdict.label is Label.CONFLICTING:
        return (*_best(verdict, Stance.SUPPORTS), *_best(verdict, Stance.REFUTES))
    wanted = DECIDES.get(verdict.label)
    return (_best(verdict, wanted) if wanted is not None else ()) or _best(verdict, None)


def _best(verdict: Verdict, stance: Stance | None) -> tuple[Evidence, ...]:
    fitting = [one for one in verdict.evidence if stance in (None, one.stance)]
    return (max(fitting, key=lambda one: one.score),) if fitting else ()


def claim_source(claim: Claim, verdict: Verdict | None, outlets: OutletDirectory | None = None) -> str:
    """Whose word decides on a claim: that of the deciding passages, else what the article cites for it."""
    seen: dict[str, None] = {}
    for evidence in deciding(verdict) if verdict is not None else ():
        passage = evidence.passage
        name = outlet_name(passage.outlet, outlets) or host(passage.url) or clean(passage.outlet or "")
        seen.setdefault(name)
    if not seen:
        for citation in claim.citations:
            seen.setdefault(source_name(citation, outlets))
    beside = verdict is not None and verdict.basis is Basis.CORROBORATING
    return ", ".join(name for name in seen if name) + (" (not cited)" if beside and any(seen) else "")


def who_and_where(claim: Claim, verdict: Verdict | None, outlets: OutletDirectory | None, between: str) -> str:
    """The speaker and the source on one line; once only where the source itself is the speaker."""
    names = (speaker(claim), claim_source(claim, verdict, outlets))
    return between.join(dict.fromkeys(name for name in names if name))


def speaker(claim: Claim) -> str:
    """Who says it in the article: a name, "anonymous", or nothing where the article says it itself."""
    said = claim.attribution
    if said is None:
        return ""
    return clean(said.speaker or "") or ("anonymous" if said.anonymous else "")


def said_there(claim: Claim, verdict: Verdict | None, length: int) -> str:
    """The deciding passage in short, in quotation marks; without one, what the label does not say already."""
    if verdict is None:
        return ""
    pieces = deciding(verdict)
    if pieces:
        nearest = "nearest: " if verdict.label in (Label.NOT_IN_SOURCE, Label.NO_SOURCE) else ""
        each = max(40, length // len(pieces))
        return nearest + " / ".join(quoted(focus(piece.passage.text, claim.statement, each)) for piece in pieces)
    said = {
        Label.NOT_CHECKABLE: ", ".join(claim.reasons) or verdict.rationale,
        Label.SOURCE_UNAVAILABLE: "could not be read: see below",
        Label.NO_SOURCE: "",
    }
    return short(said.get(verdict.label, verdict.rationale), length)


def focus(passage: str, claim: str, length: int) -> str:
    """The passage from its sentence nearest to the claim on, cut to ``length``; the passage itself if it fits."""
    text = clean(passage)
    if len(text) <= length:
        return text
    asked = set(WORDS.findall(claim.lower()))
    starts = [0, *(match.end() for match in SENTENCE_END.finditer(text))]
    ends = [*starts[1:], len(text)]
    best = max(
        range(len(starts)),
        key=lambda place: (len(asked & set(WORDS.findall(text[starts[place] : ends[place]].lower()))), -place),
    )
    return ("… " if best else "") + short(text[starts[best] :], length - (2 if best else 0))


def quoted(text: str) -> str:
    """``text`` in double quotation marks, its own turned into single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def why_not(claim: Claim) -> str:
    """Why a claim cannot be checked; nothing where it can."""
    return "" if claim.checkable else clean("not checkable: " + ", ".join(claim.reasons)).rstrip(": ")


def per_cent(share: float) -> str:
    """A share in per cent; only what is certain is 100."""
    return f"{min(round(share * 100), 100 if share >= 1 else 99)} %"


def reason_of(verdict: Verdict) -> str:
    """Why a source could not be read, in a word or two: says more than the certainty that it could not."""
    unreadable = verdict.label is Label.SOURCE_UNAVAILABLE and verdict.reason in set(Reason)
    return clean(verdict.reason or "").replace("_", " ") if unreadable else ""
