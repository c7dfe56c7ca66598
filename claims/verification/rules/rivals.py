"""Detects rivals: the source contains the claim's words but says them about somebody else.

"Unemployment in Portugal fell to 11 percent, while in Spain it rose" contains every word of "Unemployment in Spain fell
to 11 percent". Three relations are checked: the agent of a word (the nearest name with the same preposition before or
after it), the place of a number, and the date of a number. A rival is a reason for review, not a contradiction, because
the sentence is not parsed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, TypeVar

from claims.lexicon.clauses import word_set
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.records import Span
from claims.verification.evidence.sentences import sentence_texts
from claims.verification.forms.names import Name, alike, is_named_in, names, same
from claims.verification.rules.agreement import matches
from claims.verification.rules.dates import When, agree, dates
from claims.verification.rules.numbers import numbers
from claims.verification.rules.quantity import Quantity
from claims.verification.words import content, coverage, plain, stem, words

# Maximum distance in words between a rival and the word next to which it replaces a name.
_NEAR = 4
_PLACING = word_set("in at across throughout from near")
_TOWN_OF = re.compile(r"\b(?:city|town|village|port|district|region|province)\sof\s$", re.I)
# Minimum share of the rest of a claim that a sentence must have for a different place in it to count.
_ALL_BUT_PLACE = 0.6
# Kinds of numbers that belong to a place or a date, as ages and durations do not.
_TIED = re.compile(r"count|percent|points|money|length|area|weight|barrels")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|of|in|and|,)\b|,")
_DEMONYM = re.compile(
    r"^(?:\w+(?:ish|ese|ian|ean|ican)|dutch|french|swiss|greek|german|czech|afghan|thai|israeli|iraqi|pakistani)$"
)
_JOINT = re.compile(r"[,;:]\s|\s[-—]\s|\s(?:and|but|while|whereas|compared with|against|versus)\s")
_CASES = word_set(
    "in at on to from by of for with against over near under between via about after before than like as across"
)
_FILLS = re.compile(
    r"(?:\s(?:the|a|an|its|his|her|their|[a-z]+-?[a-z]*ly|[Pp]resident|[Mm]inister|Mr\.?|Ms\.?|Dr\.?))*\s*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tie:
    """A name of a text with a content word near it: on which side, and after which preposition the name stands."""

    name: Name
    case: str
    word: str
    before: bool


def rival(claim: str, passage: str) -> str:
    """The text in the nearest sentence that replaces a name, place or date of the claim; empty if there is none."""
    claim_words = content(claim)
    sentences = sentence_texts(passage)
    best = max(sentences, key=lambda sentence: coverage(claim_words, content(sentence)), default="")
    return _deed(claim, best) or _subject(claim, best) or _rival_place(claim, best) or _rival_date(claim, best)


def _deed(claim: str, sentence: str) -> str:
    """A different name that the sentence has next to the same word as the claim's name."""
    ours = names(claim)
    theirs = names(sentence)
    for tie in _ties(claim, ours):
        if not any(is_named_in(tie.name, other.text) for other in theirs):
            continue
        standing = [_standing(sentence, theirs, tie, at) for at in _token_spans(sentence, tie.word)]
        if not standing or any(bearer is None or same(bearer, tie.name) for bearer in standing):
            continue
        stranger = next(
            (bearer for bearer in standing if bearer is not None and not any(same(bearer, name) for name in ours)), None
        )
        if stranger is not None:
            return stranger.text
    return ""


def _subject(claim: str, sentence: str) -> str:
    """A different noun in the role of the claim's first noun: "The rebels shelled ... before the army arrived"."""
    ours = [word for word in words(claim) if content(word.text)][:2]
    if len(ours) < 2 or _PASSIVE.search(claim[ours[0].span[1] : ours[1].span[0]]):
        return ""
    doer, deed = (stem(word.norm) for word in ours)
    claim_words, there = set(content(claim)), words(sentence)
    stems = [stem(word.norm) for word in there]
    if stems.count(deed) != 1 or doer not in stems or stems.index(doer) < stems.index(deed):
        return ""
    at = stems.index(deed)
    before = there[at - 1] if at else None
    gap = sentence[there[at].span[1] : there[stems.index(doer)].span[0]]
    apart = before is not None and sentence[before.span[1] : there[at].span[0]] == " "
    if (
        before is None
        or not apart
        or not content(before.text)
        or stem(before.norm) in claim_words
        or re.search(r"\bby\b", gap)
    ):
        return ""
    return before.text


def _ties(claim: str, every: Sequence[Name]) -> Iterator[_Tie]:
    """Each name with the content words beside it, up to the next name, and the subject with its first verb."""
    for number, name in enumerate(every):
        start = every[number - 1].span[1] if number else 0
        end = every[number + 1].span[0] if number + 1 < len(every) else len(claim)
        case = preposition(claim, name.span[0])
        after = _telling(claim[name.span[1] : end])[:1]
        before = _telling(claim[start : name.span[0]])[-1:]
        yield from (_Tie(name=name, case=case, word=word, before=True) for word in after)
        yield from (_Tie(name=name, case=case, word=word, before=False) for word in before if case)


def _telling(text: str) -> list[str]:
    near = words(text)
    reporting = {stem(word.norm) for word in near if word.norm in SPEAKER_FORMS}
    return [word for word in content(text) if not word[:1].isdigit() and word not in reporting]


def preposition(text: str, at: int) -> str:
    """The preposition before a name, skipping articles and titles; empty for a subject or an object."""
    head = plain(text[max(0, at - 40) : at])
    head = head[: _FILLS.search(head).start()] if _FILLS.search(head) else head  # type: ignore[union-attr]  # matches
    last = re.search(r"(\w+)$", head)
    return last[1].lower() if last and last[1].lower() in _CASES else ""


def one_case(claim: str, name: Name, sentence: str, rival_name: Name) -> bool:
    """Whether the prepositions before two names give them the same role: "in" and "at" do, "of" and "in" do not.

    "On the city of Dnipro" is "on Dnipro". Who acts is none of the places where it happens: "on Dnipro the film has".
    """
    at = (claim, name.span[0]), (sentence, rival_name.span[0])
    ours, theirs = ("" if _TOWN_OF.search(text[:place]) else preposition(text, place) for text, place in at)
    if not ours and theirs in {"on", *_PLACING}:
        return bool(_TOWN_OF.search(claim[: name.span[0]]))
    return not ours or not theirs or ours == theirs or {ours, theirs} <= _PLACING


def placed_otherwise(claim: str, name: Name, sentence: str) -> Name | None:
    """A different place in a sentence that has everything of a claim except its place: "in Kherson" and "in Kharkiv".

    One may be part of the other, so this is a reason for review and not a contradiction.
    """
    of_town = _TOWN_OF.search(claim[: name.span[0]])
    if name.party or not (of_town or preposition(claim, name.span[0]) in _PLACING):
        return None
    rest = content(claim[: name.span[0]] + claim[name.span[1] :])
    if coverage(rest, content(sentence)) < _ALL_BUT_PLACE:
        return None
    others = [
        other for other in names(sentence) if not other.party and preposition(sentence, other.span[0]) in _PLACING
    ]
    claim_names = names(claim)
    return next(
        (place for place in others if not any(alike(place, our_name) is not False for our_name in claim_names)), None
    )


def _token_spans(sentence: str, token: str) -> list[Span]:
    return [word.span for word in words(sentence) if stem(word.norm) == token]


def _standing(sentence: str, every: Sequence[Name], tie: _Tie, at: Span) -> Name | None:
    """Who holds the slot beside a word: the claim's own name where it may, else a name just beside; None for none."""
    if tie.before:
        side = [name for name in reversed(every) if name.span[1] <= at[0]]
    else:
        side = [name for name in every if name.span[0] >= at[1]]
    if not side or same(side[0], tie.name):
        return side[0] if side else None
    fitting = [
        name
        for name in side
        if _case_of(sentence, every, name) == tie.case and not _is_demonym_adjective(sentence, name)
    ]
    if not fitting:
        return None
    joined = _enumerated(sentence, fitting)
    own = next((name for name in joined if same(name, tie.name)), None)
    return own or (fitting[0] if _stands_close(sentence, fitting[0], at) else None)


def _enumerated(sentence: str, side: Sequence[Name]) -> list[Name]:
    """The first name and the names coordinated with it: "Hansen and Lopez"."""
    row = [side[0]]
    for name, following in pairwise(side):
        low, high = sorted((name.span, following.span))
        if not re.fullmatch(r"\s*(?:,|,?\s?and|or|&)\s*(?:the\s)?", sentence[low[1] : high[0]]):
            break
        row.append(following)
    return row


def _stands_close(sentence: str, name: Name, at: Span) -> bool:
    """Whether there are only function words and adverbs between a name and a word."""
    low, high = sorted((name.span, at))
    gap = sentence[low[1] : high[0]]
    telling = [word.norm for word in words(gap) if content(word.text) and not word.norm.endswith("ly")]
    return not telling and len(gap.split()) <= _NEAR and not re.search(r"[,;:()\"“”]", gap)


def _case_of(sentence: str, every: Sequence[Name], name: Name) -> str:
    """The preposition of a name; "Tennessee" in "from Franklin, Tennessee" has that of the one before."""
    case = preposition(sentence, name.span[0])
    for other in every:
        if not case and sentence[other.span[1] : name.span[0]] in (", ", " and ", " or "):
            return preposition(sentence, other.span[0])
    return case


def _is_demonym_adjective(sentence: str, name: Name) -> bool:
    """Whether a name only describes the word after it: "American", "Spanish"."""
    last = name.text.split()[-1].lower()
    return _DEMONYM.search(last) is not None and bool(re.match(r"[\s-][a-z]", sentence[name.span[1] :]))


def _rival_place(claim: str, sentence: str) -> str:
    """A number of the claim that the sentence has in a clause with another place, its place with another number."""
    located = _crossed(claim, sentence, _located(claim), _located, same)
    return located or _crossed(claim, sentence, names(claim), names, same, both=True)


def _located(text: str) -> list[Name]:
    return [name for name in names(text) if preposition(text, name.span[0]) in _PLACING]


def _rival_date(claim: str, sentence: str) -> str:
    """As ``_rival_place``, for the date of a number."""

    def fits(first: When, second: When) -> bool:
        return bool(agree(first, second))

    return _crossed(claim, sentence, dates(claim), dates, fits)


class _NameOrDate(Protocol):
    """A name or a date: its words and their place."""

    @property
    def text(self) -> str: ...

    @property
    def span(self) -> Span: ...


_A = TypeVar("_A", bound=_NameOrDate)


def _crossed(
    claim: str,
    sentence: str,
    anchors: Sequence[_A],
    find: Callable[[str], Sequence[_A]],
    fits: Callable[[_A, _A], bool],
    *,
    both: bool = False,
) -> str:
    """The anchor or number that the sentence combines with a number or anchor of the claim instead; empty if none.

    ``both`` requires that the number has another anchor and that the anchor also has another number.
    """
    clauses = [
        (numbers(clause, tuple(when.span for when in dates(clause))), find(clause)) for clause in _JOINT.split(sentence)
    ]
    for quantity in numbers(claim, tuple(when.span for when in dates(claim))):
        for anchor in anchors if _TIED.match(quantity.kind) else ():
            if not any(fits(anchor, other) for _, others in clauses for other in others):
                continue
            strange = [
                (
                    figures,
                    [other for other in others if fits(anchor, other) or not any(fits(a, other) for a in anchors)],
                )
                for figures, others in clauses
            ]
            answers = [_clause_rival(quantity, anchor, figures, others, fits) for figures, others in strange]
            rivals = [answer for answer in answers if answer]
            if None not in answers and len(rivals) > both:
                return rivals[0]
    return ""


def _clause_rival(
    claimed: Quantity,
    anchor: _A,
    figures: Sequence[Quantity],
    others: Sequence[_A],
    fits: Callable[[_A, _A], bool],
) -> str | None:
    """The rival that one clause has for a number or its anchor, or nothing; None if the two belong together there."""
    number_places = [place for place, figure in enumerate(figures) if matches(claimed, figure)[0]]
    anchor_places = [place for place, other in enumerate(others) if fits(anchor, other)]
    if number_places and anchor_places:
        ordered = len([figure for figure in figures if figure.kind == claimed.kind]) == len(figures) == len(others) > 1
        return others[number_places[0]].text if ordered and not set(number_places) & set(anchor_places) else None
    if number_places and others:
        return others[-1].text
    rivals = [figure for figure in figures if matches(claimed, figure)[0] is False]
    return rivals[0].text if anchor_places and rivals else ""
