"""Finds two words of a claim that stand each at the other's place in a source: "from Dublin to Leeds", and back.

A source with all of a claim's words may say the opposite with them: "girls did better than boys", "boys did better than
girls"; "before it was closed, it was checked"; "gas from Russia and oil to Poland". A judge that was trained on words
in common takes one for the other (PAWS, Zhang, Baldridge and He, NAACL 2019).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import chain, combinations, product

from claims.extraction.text.placements import Placement
from claims.extraction.text.predications import placements
from claims.lexicon.evidence import DETERMINERS, STOPWORDS
from claims.lexicon.framing import JOINING_DEEDS, MUTUAL_RELATIONS, SYMMETRIC_DEEDS
from claims.verification.evidence.sentences import nearest_sentences
from claims.verification.words import content, opposed, stem, words

# The relations of two that are alike: "the winner is Ann" and "Ann is the winner", "A spoke with B".
_EITHER_WAY = (frozenset({"agent", "is"}), frozenset({"agent", "with"}), frozenset({"agent", "alongside"}))
# What opens a clause that depends on the other one, and not the other on it.
_ORDERING = frozenset(map(stem, ("after", "because", "before", "if", "once", "since", "unless", "until")))
_SYMMETRIC = frozenset(map(stem, SYMMETRIC_DEEDS))
_JOINING = frozenset(map(stem, JOINING_DEEDS))
_MUTUAL = frozenset(map(stem, MUTUAL_RELATIONS))
# Only in sentences that have so much in the same order does a word stand in the place of another.
_ALIKE = 0.8
_Way = tuple[str, ...]
# Between a preposition and its noun: they tell nothing of who stands where.
_BETWEEN = DETERMINERS | {"some", "any"}


@dataclass(frozen=True, slots=True)
class Swap:
    """Two words of a claim whose places are exchanged; ``turned`` where a word beside them is turned round, too.

    "Boys did worse than girls" is what "girls did better than boys" says.
    """

    first: str
    second: str
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Places:
    """The ways up from each word of some sentences, as stems, and how each word is written."""

    ways: dict[str, list[_Way]]
    texts: dict[str, str]

    @classmethod
    def of(cls, places: Iterable[Placement]) -> _Places:
        result = cls({}, {})
        for place in places:
            word = stem(place.word)
            result.ways.setdefault(word, []).append(tuple(map(stem, place.way)))
            result.texts.setdefault(word, place.text)
        return result


def exchange(claim: str, passage: str) -> Swap | None:
    """The first two words of ``claim`` that have exchanged their places in the nearest sentences of ``passage``.

    None where there are none, or where a sentence has one of them at the claim's own place.
    """
    near = nearest_sentences(claim, passage)
    if not near:
        return None
    places, *sourced = placements((claim, *near))
    claimed, theirs = _Places.of(places), _Places.of(chain.from_iterable(sourced))
    shared = [word for word in claimed.ways if word in theirs.ways]
    swaps = chain(
        (swap for last in shared for swap in _depends_back(last, claimed.ways, theirs.ways)),
        (swap for pair in combinations(shared, 2) for swap in _in_exchange(*pair, claimed.ways, theirs.ways)),
    )
    swap = next(swaps, None)
    return swap and replace(swap, first=claimed.texts[swap.first], second=claimed.texts[swap.second])


def _depends_back(
    last: str, claimed: Mapping[str, Sequence[_Way]], theirs: Mapping[str, Sequence[_Way]]
) -> Iterator[Swap]:
    """Where the clause that one of the claim's hangs on hangs on it there: "A because B", "B because A"."""
    for way in claimed[last]:
        if len(way) != 2 or way[0] not in _ORDERING or way[1] not in claimed:
            continue
        opener, first = way
        back = (opener, last)
        if back in theirs.get(first, ()) and way not in theirs[last] and back not in claimed[first]:
            yield Swap(first, last)


def _in_exchange(
    first: str, second: str, claimed: Mapping[str, Sequence[_Way]], theirs: Mapping[str, Sequence[_Way]]
) -> Iterator[Swap]:
    """The two words as exchanged where each stands there at the other's place of the claim, and neither at its own."""
    for way, other in product(claimed[first], claimed[second]):
        if way in theirs[first] or other in theirs[second] or _makes_no_difference(first, second, way, other):
            continue
        swapped, back = _with_exchanged(first, second, way), _with_exchanged(first, second, other)
        if swapped in claimed[second] or back in claimed[first]:
            continue
        turns = {_turned(swapped, there) for there in theirs[second]}, {_turned(back, there) for there in theirs[first]}
        if all(turn - {None} for turn in turns):
            yield Swap(first, second, turned=not all(False in turn for turn in turns))


def _with_exchanged(first: str, second: str, way: _Way) -> _Way:
    return tuple({first: second, second: first}.get(word, word) for word in way)


def _turned(ours: _Way, theirs: _Way) -> bool | None:
    """Whether a word has been turned round between two ways that are the same otherwise; None where they are not."""
    if len(ours) != len(theirs):
        return None
    apart = [pair for pair in zip(ours, theirs, strict=True) if len(set(pair)) > 1]
    return bool(apart) if all(opposed(*pair) for pair in apart) else None


def _makes_no_difference(first: str, second: str, way: _Way, other: _Way) -> bool:
    """Whether it makes no difference which of two words stands at which place."""
    if not way or not other or way == other:
        return True
    if way[:2] == ("mod", second) or other[:2] == ("mod", first):
        return True  # "a record temperature" is "a temperature record"
    if {*way, *other} & _MUTUAL:
        return way[-1] == other[-1]
    roles = {way[0], other[0]}
    mutual = (
        roles in _EITHER_WAY
        or (way[1] in _SYMMETRIC and roles == {"agent", "patient"})
        or (way[1] in _JOINING and roles <= {"patient", "with", "to"})
    )
    return mutual and way[1] == other[1]


def reordered(claim: str, passage: str) -> bool:
    """Whether two words stand behind one another's neighbours in all sentences of ``passage`` that are near the claim.

    What the parser misreads is seen here, by the words alone: a reason to look, and no more.
    """
    near = [_leaders(sentence) for sentence in nearest_sentences(claim, passage)]
    ours = {} if _SYMMETRIC & set(content(claim)) else _leaders(claim)
    led = [(leader, word) for word, leaders in ours.items() for leader in sorted(leaders)] if near else []
    listed = _joined_pairs(claim) & _joined_pairs(passage)
    crossed = (
        pair
        for pair in combinations(led, 2)
        if _are_apart(*pair, ours) and frozenset(word for _, word in pair) not in listed
    )
    return any(all(_are_crossed(*pair, there) for there in near) for pair in crossed)


def exchanged_word(claim: str, passage: str) -> tuple[str, str] | None:
    """A word of the claim and the one that stands in its place in all near sentences, which have it elsewhere.

    "A man and her child met a man", "a woman and her child met a man": every word of the claim is there.
    """
    pairs = [_one_exchanged(claim, sentence) for sentence in nearest_sentences(claim, passage)]
    return pairs[0] if pairs and all(pairs) else None


def _one_exchanged(claim: str, sentence: str) -> tuple[str, str] | None:
    ours, theirs = words(claim), words(sentence)
    there = {stem(word.norm) for word in theirs}
    matcher = SequenceMatcher(None, [word.norm for word in ours], [word.norm for word in theirs], autojunk=False)
    if matcher.ratio() < _ALIKE:
        return None
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "replace" and end - start == last - first == 1:
            our, their = stem(ours[start].norm), stem(theirs[first].norm)
            if our != their and our in there and not {ours[start].norm, theirs[first].norm} & STOPWORDS:
                return ours[start].text, theirs[first].text
    return None


def _joined_pairs(text: str) -> set[frozenset[str]]:
    """The stems of each two words that "and" or "or" joins: "Oslo and Riga" are "Riga and Oslo"."""
    every = [word.norm for word in words(text) if word.norm not in _BETWEEN]
    return {
        frozenset((stem(first), stem(second)))
        for first, joint, second in zip(every, every[1:], every[2:], strict=False)
        if joint in ("and", "or")
    }


def _are_apart(first: tuple[str, str], second: tuple[str, str], there: Mapping[str, set[str]]) -> bool:
    """Whether two words have each a neighbour before them that the other one has not."""
    (leader, word), (other, another) = first, second
    return leader != other and other not in there[word] and leader not in there[another]


def _are_crossed(first: tuple[str, str], second: tuple[str, str], there: Mapping[str, set[str]]) -> bool:
    """Whether two words have each the other one's neighbour before them, and not their own."""
    (leader, word), (other, another) = first, second
    return (
        word in there
        and another in there
        and _are_apart((other, word), (leader, another), there)
        and (other in there[word] and leader in there[another])
    )


def _leaders(text: str) -> dict[str, set[str]]:
    """The words before each content word, as stems and without articles; nothing before the first."""
    before: dict[str, set[str]] = {}
    last = ""
    for word in words(text):
        if word.norm in _BETWEEN:
            continue
        form = stem(word.norm)
        if word.norm not in STOPWORDS:
            before.setdefault(form, set()).add(last)
        last = form
    return before
