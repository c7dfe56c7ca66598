"""Detects opposite polarity of claim and passage: a negation or an antonym of a shared word.

A negation applies only to the words just after it: "dealers did not expect it" does not deny the rest of its sentence.
"Did not leave because of the noise" denies the reason, and "if it is not over" denies nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from claims.lexicon.clauses import word_set
from claims.lexicon.evidence import CONVERSES, HEDGES, SAME_DEEDS, STOPWORDS, WEAK_HEDGES
from claims.lexicon.framing import SYMMETRIC_DEEDS
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.verification.forms.names import Name, names
from claims.verification.rules.negation import NEAR_WORDS, reach
from claims.verification.words import Word, content, is_negation, opposed, stem, words

_WAYS = (("in", "out"), ("on", "off"), ("up", "down"), ("for", "against"))
# "Since the beginning of April" is no opposite of "until the end of June".
_EDGE = re.compile(r"\bthe\s(?:beginning|start|end)\sof\b", re.I)
_OPENING = re.compile(r"(?:^|[.!?]\s+)[\"“]?([A-Z][a-z]+)\b")
_JOINT = re.compile(r"[,;]|\b(?:and|but|while|whereas)\b")
_OTHER_WAY = {one: other for pair in _WAYS for one, other in (pair, pair[::-1])}


def turned(claim: str, passage: str, *, roles_read: bool = False) -> bool:
    """Whether a shared word is denied in one only, a word exchanged for its opposite, or who did it to whom.

    ``roles_read`` where the parser has read who did it to whom in both (`structure`): the order of names, and verbs
    that say one deed from its two sides ("buy" and "sell"), then show nothing.
    """
    if denied(claim, passage) or redirected(claim, passage) or opposite(claim, passage, converses=not roles_read):
        return True
    return not roles_read and swapped(claim, passage)


_QUOTED_DENIAL = re.compile(r"((?:\bnot|\bnever|n['’]t)\s(?:(?:an?|the)\s)?)[\"“]")


def with_denied_quotations(text: str) -> str:
    """A text whose negations reach into the quotations right behind them: "he would not “fight for the mine”"."""
    return _QUOTED_DENIAL.sub(r"\1", text)


def denied(claim: str, passage: str) -> bool:
    """Whether a word that both share is denied in exactly one of them, at any position."""
    shared = set(content(claim)) & set(content(passage))
    ours, theirs = _denied_of(claim, shared), _denied_of(passage, shared)
    if ours & theirs & shared or _reworded_denial(claim, passage, ours, theirs):
        return False
    denied_here = (ours - _asserted(claim) - theirs) & shared
    denied_there = (theirs - _asserted(passage) - ours) & shared
    if _negations(claim) == _negations(passage) > 0:
        # "The nurses were not there", "no nurses were there": each denies it in its way. "They have not searched, and
        # found drugs", "they searched, and have found no drugs": each denies what the other says.
        return _in_two_clauses(claim, denied_here, denied_there) and _in_two_clauses(passage, denied_here, denied_there)
    return bool(denied_here | denied_there)


def _in_two_clauses(text: str, first: Collection[str], second: Collection[str]) -> bool:
    """Whether a text has a word of each kind with a comma, "and" or "but" between them, and none without."""
    places = [(word.span, stem(word.norm)) for word in words(text)]
    pairs = [(a, b) for a, our in places if our in first for b, their in places if their in second]
    return bool(pairs) and all(_JOINT.search(text[min(a[1], b[1]) : max(a[0], b[0])]) for a, b in pairs)


def _reworded_denial(claim: str, passage: str, ours: Collection[str], theirs: Collection[str]) -> bool:
    """Whether a denied word of one text is in the other as its opposite: "did not approve", "rejected"."""
    claim_words, passage_words = set(content(claim)), set(content(passage))
    denied_in_claim = {
        (claim_word, passage_word)
        for claim_word in claim_words & set(ours)
        for passage_word in passage_words - claim_words - set(theirs)
    }
    denied_in_passage = {
        (claim_word, passage_word)
        for claim_word in claim_words - passage_words - set(ours)
        for passage_word in passage_words & set(theirs)
    }
    return any(opposed(claim_word, passage_word) for claim_word, passage_word in denied_in_claim | denied_in_passage)


def opposite(claim: str, passage: str, *, converses: bool = True) -> bool:
    """Whether a word of the claim that the passage lacks has its opposite there; "did not approve" is "rejected".

    Without ``converses`` "bought" and "sold" are no opposites.
    """
    claim_words, there = (set(content(_EDGE.sub("", text))) for text in (claim, passage))
    pairs = [
        (word, counterpart)
        for word in _not_meant(claim_words, there)
        for counterpart in _not_meant(there, claim_words)
        if opposed(word, counterpart)
    ]
    if not converses:
        pairs = [pair for pair in pairs if not any(set(pair) == set(deeds) for deeds in CONVERSES.items())]
    ours, theirs = (negated(claim), negated(passage)) if pairs else (set(), set())
    return any((word in ours) == (counterpart in theirs) for word, counterpart in pairs)


def _not_meant(some: Collection[str], others: Collection[str]) -> list[str]:
    """The stems of which the others have neither the word nor another one for the same deed."""
    meant = {SAME_DEEDS.get(word, word) for word in others}
    return [word for word in some if word not in others and SAME_DEEDS.get(word, word) not in meant]


def swapped(claim: str, passage: str) -> bool:
    """Whether agent and patient are exchanged: the same word between the same two names in the opposite order."""
    theirs = set(_deeds(passage, claim))
    return any(
        (second, deed, first) in theirs and (first, deed, second) not in theirs
        for first, deed, second in _deeds(claim, passage)
    )


def redirected(claim: str, passage: str) -> bool:
    """Whether one verb has the opposite particle there: "ruled out" and "ruled in", "voted for" and "voted against"."""
    theirs = {(verb, way) for verb, way, _ in _particles(passage)}
    there = f" {' '.join(word.norm for word in words(passage))} "
    return any(
        (verb, _OTHER_WAY[way]) in theirs and (verb, way) not in theirs and f" {phrase} " not in there
        for verb, way, phrase in _particles(claim)
    )


def _particles(text: str) -> Iterator[tuple[str, str, str]]:
    """(word, particle, phrase) for every content word with a particle behind it: ("sink", "off", "off the coast")."""
    every = words(text)
    for place, (word, following) in enumerate(pairwise(every), start=1):
        if following.norm in _OTHER_WAY and word.norm not in STOPWORDS:
            yield stem(word.norm), following.norm, " ".join(later.norm for later in every[place : place + 3])


def _named(text: str, beside: str) -> list[Name]:
    """The names of a text; a word that opens a sentence is one where the text beside it has it with a capital within.

    "Rovers beat United" names a team, for "United beat Rovers" does.
    """
    every = names(text)
    openings = (match for match in _OPENING.finditer(text) if re.search(rf"[a-z,] {match[1]}\b", beside))
    opening = [
        Name(text=match[1], span=match.span(1), parts=(stem(match[1].lower()),))
        for match in openings
        if not any(name.span[0] < match.end(1) and match.start(1) < name.span[1] for name in every)
    ]
    return sorted([*every, *opening], key=lambda name: name.span)


def _deeds(text: str, beside: str) -> Iterator[tuple[str, str, str]]:
    """(agent, word, patient) for every content word between two neighbouring names; a passive is inverted.

    Synonymous verbs give the same word, and "sold to" is "bought" inverted; reporting verbs are left out.
    """
    every_name = _named(text, beside)
    for first, second in pairwise(every_name):
        between = text[first.span[1] : second.span[0]]
        if len(between.split()) > 6 or _BELONGS.search(first.text) or _BELONGS.search(between):
            continue  # "Bill's daughter Thea" is "Thea, the daughter of Bill"
        deeds = [SAME_DEEDS.get(stem(word.norm), stem(word.norm)) for word in words(between) if _is_deed(word)]
        doer, receiver = first.parts[-1], second.parts[-1]
        # A passive or a converse ("sold to") inverts agent and patient; both together do not.
        if bool(_BY_THEM.search(between)) != any(deed in CONVERSES for deed in deeds):
            doer, receiver = receiver, doer
        yield from ((doer, CONVERSES.get(deed, deed), receiver) for deed in deeds)


_MUTUAL = frozenset(map(stem, SYMMETRIC_DEEDS))
_BELONGS = re.compile(r"['’]s?$|^['’]s?\s|\sof\s(?:the\s)?(?:\w+\s)?$")
# Who did it stands right behind "by": not "surprised by news about X".
_BY_THEM = re.compile(r"\bby\s(?:(?:the|an?|its|his|her|their)\s)?(?:[\w-]+\s)?$")


def _is_deed(word: Word) -> bool:
    """Whether a word can name what one does to another: no figure, no reporting verb, and nothing that both do."""
    figure = word.norm[0].isdigit() or word.norm == "percent"
    return bool(content(word.text)) and word.norm not in SPEAKER_FORMS and stem(word.norm) not in _MUTUAL and not figure


def hedged(claim: str, passage: str) -> bool:
    """Whether the passage presents as possible, planned or alleged what the claim presents as a fact."""
    shared = set(content(claim)) & set(content(passage))
    return any(
        (_stems_after(passage, table) - _stems_after(claim, table | _CAN)) & shared for table in (HEDGES, WEAK_HEDGES)
    )


# What can happen is no fact of the claim's either.
_CAN = frozenset(("can", "cannot"))


def _stems_after(text: str, openers: Collection[str]) -> set[str]:
    """The stems of the two content words after each opening word."""
    reached: set[str] = set()
    left = 0
    for word in words(text):
        if left and word.norm not in STOPWORDS:
            reached.add(stem(word.norm))
            left -= 1
        if word.norm in openers:
            left = NEAR_WORDS
    return reached


def negated(text: str) -> set[str]:
    """The stems of the content words that a negation or a denial reaches."""
    return {stem(word.norm) for word, reached in reach(text) if reached}


def _denied_of(text: str, shared: Collection[str]) -> set[str]:
    """The stems that a negation reaches, but not what a denied verb is done to if only that is ``shared``.

    "Will not charge berth dues" denies the charging and not the dues; "no berth dues" denies the dues.
    """
    stems: set[str] = set()
    verb, before_verb = "", False
    for word, reached in reach(text):
        if not reached and (is_negation(word.norm) or content(word.text)):
            verb, before_verb = "", word.norm in ("not", "never") or word.norm.endswith("n't")
        elif not verb and word.norm in ("a", "an", "the"):
            before_verb = False  # "not a single nurse"
        elif reached and (not before_verb or not verb or verb in shared):
            stems.add(stem(word.norm))
            verb = verb or ("" if word.norm.endswith("ly") or word.norm in _LIGHT else stem(word.norm))
    return stems


# What is denied is what stands behind them: "did not come into force".
_LIGHT = word_set(
    "come comes came go goes went get gets got take takes took make makes made think thinks thought believe want "
    "wants need needs seem seems begin start able allowed going yet even ever"
)


def _negations(text: str) -> int:
    return sum(is_negation(word.norm) for word in words(text))


def _asserted(text: str) -> set[str]:
    """The stems of the content words that occur at least once outside the scope of a negation."""
    return {stem(word.norm) for word, reached in reach(text) if not reached and word.norm not in STOPWORDS}
