"""Changes of certainty: a condition dropped, a plan carried out, a suspicion proved."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from claims.glossary import with_capital, without_capital
from claims.lexicon.clauses import word_set
from training.made import NOT_SUPPORTED, SUPPORTED, Made
from training.news.sentences import NEGATED, Turn, claim_from, evidence_with

_CONJUNCTION = re.compile(r"\b(?:if|unless|provided|as long as|on condition|subject to|pending|only after)\b", re.I)
_FIRST = re.compile(
    r"^(?P<word>If|Unless|Provided that|As long as) (?P<condition>[^,;]{8,90}), (?:then )?(?P<main>[^;]+)\.$"
)
_LAST = re.compile(
    r"^(?P<main>[^;]+?),? (?P<word>if|unless|provided that|as long as|only if|on condition that|subject to"
    r"|pending|but only after) (?P<condition>[^,;]{6,90})\.$"
)
_MODAL = re.compile(r"\b(?P<modal>will|would|could|may|might)\b(?! have\b)")
# What stands before an "if" that means "whether", or another sense of the words above.
_ASKED = re.compile(
    r"\b(?:ask\w*|see|know\w*|wonder\w*|unclear|sure|question\w*|decid\w*|determin\w*|check\w*|even|as|find out"
    r"|only|what"
    r"|say|doubt\w*|like|investigat\w*|you|your)\b",
    re.I,
)
# Weak | what it does not prove | true ways to put the weak one.
_STRONGER = """
may | will/will definitely | might
might | will/will definitely | may
could | will/will definitely |
is likely to | will | will probably
are likely to | will | will probably
is expected to | is certain to/has agreed to | is likely to
are expected to | are certain to/have agreed to | are likely to
was expected to | was certain to/had agreed to | was likely to
is set to | has already begun to/has refused to | is due to
are set to | have already begun to/have refused to | are due to
plans to | has already begun to/has refused to | intends to/is planning to
plan to | have already begun to/have refused to | intend to/are planning to
planned to | went on to/had already begun to/refused to | intended to
is planning to | has already begun to | plans to/intends to
are planning to | have already begun to | plan to/intend to
intends to | has already begun to/has promised to | plans to
hopes to | is certain to/has promised to | is hoping to/would like to
hope to | are certain to/have promised to | are hoping to/would like to
is hoping to | is certain to/has promised to | hopes to
are hoping to | are certain to/have promised to | hope to
wants to | has agreed to/has promised to | would like to
want to | have agreed to/have promised to | would like to
aims to | has managed to/is certain to | is aiming to
tried to | managed to/refused to | attempted to/sought to
attempted to | managed to/refused to | tried to/sought to
is trying to | has managed to | is attempting to
are trying to | have managed to | are attempting to
is considering | has decided on/has ruled out | is thinking about
are considering | have decided on/have ruled out | are thinking about
is accused of | has been convicted of/has been cleared of | stands accused of
are accused of | have been convicted of/have been cleared of | stand accused of
was accused of | was convicted of/was cleared of | stood accused of
were accused of | were convicted of/were cleared of | stood accused of
accused of | convicted of/cleared of | alleged to be guilty of
suspected of | convicted of/charged with | under suspicion of
charged with | convicted of/cleared of | facing charges of
on suspicion of | for having admitted/after being convicted of | under suspicion of
denies | has admitted/has been cleared of | has denied
pleaded guilty to | was cleared of/denied | admitted
nominated for | given | put forward for
shortlisted for | given | on the shortlist for
is believed to | is proved to | is thought to
are believed to | are proved to | are thought to
is thought to | is proved to | is believed to
are thought to | are proved to | are believed to
was believed to | was proved to | was thought to
allegedly | demonstrably | reportedly
reportedly | demonstrably | allegedly
is the favourite to | is certain to | is tipped to
has proposed | has adopted/has rejected | has put forward
proposed a | adopted a/rejected a | put forward a
proposed the | adopted the/rejected the | put forward the
called for | announced/opposed | demanded
has called for | has announced/has opposed | has demanded
have called for | have announced/have opposed | have demanded
recommended that | ordered that/denied that | advised that
recommended a | ordered a/ruled out a | advised a
recommended the | ordered the/ruled out the | advised the
offered to | refused to/went on to |
agreed to | refused to/went on to | consented to
refused to | agreed to/went on to | would not
threatened to | refused to/went on to |
""".strip()


def verb_next(phrase: str) -> str:
    """A pattern that excludes a noun after "to"; empty for phrases that do not end in "to"."""
    return r"(?! (?:an?|the|its|his|her|their|any|all|some|\d\S*|[A-Z]\w*|\w+ing)\b)" if phrase.endswith(" to") else ""


def _table() -> list[tuple[str, re.Pattern[str], tuple[str, ...], tuple[str, ...]]]:
    rows = []
    for line in _STRONGER.splitlines():
        weak, strong, same = (part.strip() for part in line.split("|"))
        pattern = re.compile(
            rf"(?<![\w-])(?<!be )(?<!be un)(?<!will ){weak}(?![\w-])"
            r"(?!['’]| (?:have|only|well|also|be able|be seen|be heard)\b)" + verb_next(weak)
        )
        rows.append((weak, pattern, tuple(strong.split("/")), tuple(filter(None, same.split("/")))))
    return rows


_TABLE = _table()
_INSIDE = word_set(
    "The A An It He She They This That These Those There His Her Their Its In On At For After Before When While "
    "Some Many "
    "Most All More Several Two Three People Police Members Both One No Such By With From As Since During"
)
_TO_VERB = frozenset(("want to", "plan to", "hope to"))


def certainty(claim: str, chance: random.Random) -> Iterator[Turn]:
    """What is possible, planned, attempted or suspected is stated as a fact, or its opposite is."""
    for weak, pattern, strong, same in _TABLE:
        match = pattern.search(claim) if weak in claim else None
        if (
            not match
            or NEGATED.search(claim)
            or re.search(r"\b[Yy]ou\b", claim)
            or claim[match.end() :].startswith((" and", " or", ",", ".", " the case"))
        ):
            continue
        if match.group() in _TO_VERB and re.search(
            r"\b(?:to|not|would|might|may|I|we|you|who|could|a|the)$", claim[: match.start()].strip()
        ):
            continue
        yield Turn(start=match.start(), end=match.end(), new=chance.choice(strong), label=NOT_SUPPORTED, same=same)


def conditions(page: Sequence[str], place: int, source: str, chance: random.Random) -> Iterator[Made]:
    """A claim with its condition and without it: "If they agree, the club will move", "The club will move"."""
    claim = claim_from(page[place], chance) if _CONJUNCTION.search(page[place]) else None
    parts = split_condition(claim) if claim else None
    if not claim or not parts:
        return
    condition, main = parts
    evidence = evidence_with(page, [place], chance)
    bare = _MODAL.sub("will", main, count=1)
    ways = (claim, f"{with_capital(condition)}, {without_name_capital(main)}.", f"{main} {condition}.")
    yield evidence, chance.choice(ways), SUPPORTED, source
    yield evidence, bare + ".", NOT_SUPPORTED, source
    if evidence.count(page[place]) == 1 and chance.random() < 0.6:
        yield evidence.replace(page[place], bare + "."), bare + ".", SUPPORTED, source


def split_condition(claim: str) -> tuple[str, str] | None:
    """The condition, with its conjunction in small letters, and what depends on it, with a capital letter."""
    match = _FIRST.match(claim)
    if not match:
        match = _LAST.match(claim)
        if not match or _ASKED.search(match["main"]):
            return None
    main, modal = match["main"], _MODAL.search(match["main"])
    if (
        not modal
        or re.search(
            r'["“”]|\b(?:you|your|I|we|my|our|warned|wish|want|necessary|possible|needed|true|but|if .* if)\b', claim
        )
        or len(main.split()) < 5
    ):
        return None
    if re.match(r"(?:[Tt]hat|[Tt]his|But|And|So)\b", main) or "have to" in main or NEGATED.search(main):
        return None
    return f"{match['word'].lower()} {match['condition']}", with_capital(main)


def without_name_capital(words: str) -> str:
    """Words inside a sentence: a small letter at the start unless a name begins there."""
    first = words.split(maxsplit=1)[0].rstrip(",")
    return without_capital(words) if first in _INSIDE or first.endswith("ly") else words
