"""The statement as it is put to one page: without the page's own name in a frame, and in the words of its own voice.

"The bridge is closed, the Coast Post reported" asks the Coast Post whether the bridge is closed; and what a hospital
says of itself on its own site it says as "we". Both are known only once it is known whose page it is, so that a frame
that no parser found is found here.
"""

from __future__ import annotations

import re

from claims.extraction.text.predications import predications
from claims.lexicon.verbs import OUTLET_FORMS, SAYING, past, present
from claims.records import Attribution, Page, Span
from claims.verification.evidence.sentences import sentence_shares
from claims.verification.forms.names import names
from claims.verification.speaking.offices import has_site, in_quotes, owns
from claims.verification.words import content, plain

_REPORTED = "|".join(sorted(OUTLET_FORMS))
_FORMS = {form for verb in SAYING for form in (past(verb), present(verb, plural=True), present(verb, plural=False))}
_SAID = "|".join(sorted(_FORMS))
_PAPER = r"(?:\s(?:newspaper|daily|weekly|paper|magazine|website|site|news\sagency|agency|broadcaster))?"
_WHEN = r"(?:\s(?:on|in|at)\s(?:(?:an?|the|its|their)\s)?[\w-]+(?:\s[\w-]+)?|\s(?:today|yesterday|earlier|later))?"
_PRONOUN = r"(?:it|he|she|they|its|his|her|their)\b"
_CUE = rf"\s(?:(?:has|had|have|also|later|\w+ly)\s)*(?:{_SAID})\b"
_REPORTS = re.compile(_CUE)
# Who says it and says so of itself: "the hospital said it had", "the charity said its helpline".
_OF_ITSELF = re.compile(rf"{_CUE}{_WHEN}(?:\sthat)?\s(?P<itself>{_PRONOUN})\s")
# Before a name that only completes another: "critics of Orvane", "engineers at Orvane".
_GOVERNED = re.compile(r"\b(?:of|for|to|by|with|against|at|from|in|on)\s(?:the\s)?$", re.I)
# "It" that is nobody: "said it would rain", "said it was too early". "It was closing two plants" is the company.
_NOBODY = re.compile(
    r"it\s(?:(?:would|will|could|may|might|had|has)\s)?(?:(?:is|was|be|been)\s(?!\w+ing\b)|(?:rain|snow|seem|appear|turn|took|take)s?(?:ed)?\b)"
)
# What goes on after a frame between a subject and its verb; the commas that set the frame off go with it.
_FINITE = "has|have|had|is|are|was|were|will|would|can|could|may|might|must|should|did|does|do"
# Nouns before a name that say what it is: "the charity Shelterbridge", "the union Nurses United".
_DESCRIBED = r"(?:(?:the|an?)\s(?:(?!(?:has|have|had|is|are|was|were|will|would)\b|\w+ed\b)[a-z][\w-]*\s){0,3}?)?"
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]urs?|us)\b")
# Below this share of a claim's words a sentence of the page speaks of something else.
_NEAR = 0.3
# How much of a claim's words another's quoted "we" may have less and still be meant by the claim.
_AS_NEAR = 0.2
_OWNED = frozenset(("its", "his", "her", "their"))
_OURS = (
    (re.compile(r"\bits\b(?=\s\w)"), "our"),
    (re.compile(r"\bit\b(?=\s(?:has|had|was|is|will|would|could|can|did)\b)"), "we"),
)
_PLURAL = {"is": "are", "was": "were", "has": "have", "does": "do"}


def asked_of(statement: str, attribution: Attribution | None, page: Page) -> tuple[str, bool]:
    """The statement as it is put to a page, and whether it is about the page's owner.

    It comes back unchanged for a page of nobody whom it names. ``attribution`` says who speaks or acts in it.
    """
    shorter = _without_source(statement, page)
    owner = _owner_in(shorter, attribution, page)
    return (shorter, False) if owner is None else (_in_own_voice(shorter, owner, page), True)


def _without_source(statement: str, page: Page) -> str:
    """The statement without the words that only say that this page's owner reports it."""
    for name in reversed(names(statement)):
        if not owns(name, page):
            continue
        named = rf"(?:the\s)?{re.escape(name.text)}{_PAPER}"
        for frame, instead in (
            (rf"^according\sto\s{named},\s", ""),
            (rf"^{named}{_WHEN}\s(?:has\s|had\s)?(?:{_REPORTED}){_WHEN}\sthat\s(?!{_PRONOUN})", ""),
            (rf"\s\({named}\)(?=[.!]?$|[,;])", ""),
            (rf",\s(?:as\s)?{named}\s(?:has\s|had\s)?(?:{_REPORTED}){_WHEN},(?=\s(?:{_FINITE})\b|\s\w+(?:ed|s)\b)", ""),
            (rf",\saccording\sto\s{named},(?=\s(?:{_FINITE})\b|\s\w+(?:ed|s)\b)", ""),
            (rf",?\s(?:as\s)?{named}\s(?:has\s|had\s)?(?:{_REPORTED}){_WHEN}(?=[.!]?$|[,;])", ""),
            (rf",?\s(?:{_REPORTED})\s{named}(?=[.!]?$|[,;])", ""),
            (rf",?\saccording\sto\s{named}(?=[.!]?$|[,;])", ""),
        ):
            shorter = re.sub(frame, instead, statement, count=1, flags=re.I)
            if shorter != statement and len(content(shorter)) > 1:
                return shorter[:1].upper() + shorter[1:]
    return statement


def _in_own_voice(statement: str, owner: Span, page: Page) -> str:
    """The statement as a page's owner says it of itself: "We have bought", or with the name in place of "it"."""
    start = owner[0] if len(statement[: owner[0]].split()) > 1 else 0  # "the charity", but not "the"
    who, rest = statement[start : owner[1]], statement[owner[1] :]
    statement = who + rest
    if (reported := _OF_ITSELF.match(rest)) and not _NOBODY.match(rest[reported.start("itself") :]):
        rest = ("'s " if reported["itself"] in _OWNED else " ") + rest[reported.end() :]
        statement = who + rest
    elif _REPORTS.match(rest):
        return statement
    if not _speaks_in_first_person(rest, page.text):
        return statement
    if rest.startswith("'s "):
        return _as_we("Our ", rest[3:])
    verb, _, behind = rest.strip().partition(" ")
    return _as_we("We ", f"{_PLURAL.get(verb, verb)} {behind}") if rest.startswith(" ") else statement


def _owner_in(statement: str, attribution: Attribution | None, page: Page) -> Span | None:
    """Where the page's owner is named as who acts: "Shelterbridge" of "The charity Shelterbridge"; None elsewhere."""
    [read] = predications([statement])
    acting = next((clause.agent.text for clause in read if clause.agent is not None), "")
    speaking = attribution.speaker if attribution is not None and not attribution.negated else None
    for who in filter(None, (speaking, acting)):
        match = re.match(rf"{_DESCRIBED}({re.escape(who)})(?=\W)", statement, re.I)
        if match is None:
            continue
        named = [name for name in names(statement[: match.end()]) if owns(name, page) and name.span[1] == match.end()]
        if named and not _GOVERNED.search(statement[: named[0].span[0]]):
            return named[0].span[0], match.end()
        if has_site(who, page):
            return match.span(1)
    return None


def _speaks_in_first_person(rest: str, text: str) -> bool:
    """Whether the sentence of a page that has most of a claim's words behind its subject says them as "we".

    Not where somebody who is quoted says nearly as many of them as "we": that may be another.
    """
    flat, shares = plain(text), sentence_shares(content(rest), text)
    best = max((share for share, _ in shares), default=0.0)
    near = [(share, *span) for share, span in shares if share >= max(_NEAR, best - _AS_NEAR)]
    ours = [(share, match.start()) for share, start, end in near for match in _FIRST_PERSON.finditer(text, start, end)]
    return any(share == best for share, _ in ours) and not any(in_quotes(flat, at) for _, at in ours)


def _as_we(opening: str, rest: str) -> str:
    for pattern, ours in _OURS:
        rest = pattern.sub(ours, rest)
    return opening + rest
