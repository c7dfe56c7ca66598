"""Generates pairs of a sentence and a copy with words replaced by similar ones or, in half of the pairs, a wrong one.

A copy of a sentence with one wrong word is very similar to the sentence although it is not supported, and looks like a
summary with a mistake (SummEdits, Laban et al. 2023). So that the model learns to tell the two kinds of replacement
apart, it sees both in the same sentences: claims whose words were replaced by similar ones, and the same claims with
one word of another sense, one additional detail, or one change as in ``made``.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from training.made import NOT_SUPPORTED, SUPPORTED, Made, change, names_of, shorten
from training.thesaurus import Thesaurus, WordForm

_TOKEN = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")
_AFTER = re.compile(r"(?<![\w'’-])(?:the|an?|his|her|its|their) ([a-z]{4,}) ([a-z]{3,})(?![\w'’-])")
_BARE = re.compile(r"(?<![\w'’-])(?:the|a|his|her|its|their) (?=([a-z]{3,})(?![\w'’-]))")
_AUXILIARY = re.compile(r"\b(?:ha(?:s|d|ve|ving)|is|are|was|were|be|been|being|by|not)(?: \w+ly)? $")
# Words of grammar, and words whose commonest sense is seldom the one that is meant.
_GRAMMAR = """
the and but for nor yet not was were are has had have been being who whom whose which that this these those with
from into onto over under about after before between during against among through without within upon than then
there here when where while because since until though although also very much many more most some any each every
all both either neither such same other another only just even still too will would shall should can could may
might must did does done say said says saying told tell tells make made makes making take took taken get got go
went gone come came become became one two three first last new like use used using due per via own set part way
thing things lot kind time times day days week weeks month months hour hours minute minutes year years people man
woman men women him his her hers its their them they she you your our ours out off down back well long put see
seen know known won lost
"""
_LEFT = frozenset(_GRAMMAR.split())

CHOICES = 2  # words tried in a place
UNMOVED = 0.93  # cosine of the whole sentence before and after; chosen by reading some ninety exchanges


@dataclass(frozen=True, slots=True)
class Pools:
    """What the texts offer for a change: names, words by form, and adjectives that stand before a noun."""

    names: Sequence[str]
    words: dict[tuple[str, str], list[str]]
    before: dict[str, list[str]]


def exchanged(pages: Sequence[Sequence[str]], books: Thesaurus, most: int, chance: random.Random) -> Iterator[Made]:
    """At most ``most`` pairs; ``pages`` are the sentences of each page in order, used for evidence and claims."""
    pools = _pools(pages, books)
    places = [(page, place) for page in pages for place, sentence in enumerate(page) if 8 < len(sentence.split()) < 42]
    chance.shuffle(places)
    for page, place in places[: most // 2]:
        first = max(0, place - chance.randint(0, 2))
        evidence = " ".join(page[first : place + chance.randint(1, 3)])
        if len(evidence.split()) > 130:
            evidence = page[place]
        claim = _like(shorten(page[place], chance), books, chance)
        wrong = _wrong(_like(shorten(page[place], chance), books, chance), evidence, books, pools, chance)
        if wrong:
            yield evidence, claim, SUPPORTED, "exchanged"
            yield evidence, wrong[0], wrong[1], "exchanged"


def _like(claim: str, books: Thesaurus, chance: random.Random) -> str:
    """Up to four words put in others of like sense, where the sentence as a whole hardly moves."""
    for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 4))):
        exchangeable = [(match, books.same(form)) for match, form in _exchangeable_words(claim, books)]
        exchangeable = [(match, words) for match, words in exchangeable if words]
        if not exchangeable:
            break
        match, words = chance.choice(exchangeable)
        ways = [_put(claim, match, word) for word in chance.sample(words, min(CHOICES, len(words)))]
        near = books.in_place(claim, ways)
        best = max(range(len(ways)), key=near.__getitem__)
        if near[best] >= UNMOVED:
            claim = ways[best]
    return claim


def _wrong(claim: str, evidence: str, books: Thesaurus, pools: Pools, chance: random.Random) -> tuple[str, int] | None:
    """The claim with one thing that its evidence does not say."""
    lot = chance.random()
    if lot < 0.5:
        changed = _other(claim, evidence, books, pools, chance)
    elif lot < 0.65:
        changed = _more(claim, evidence, pools, chance)
    else:
        changed = None
    return changed or change(claim, evidence, pools.names, chance) or _other(claim, evidence, books, pools, chance)


def _other(claim: str, evidence: str, books: Thesaurus, pools: Pools, chance: random.Random) -> tuple[str, int] | None:
    """One word for another of its kind and of another sense."""
    exchangeable = _exchangeable_words(claim, books)
    chance.shuffle(exchangeable)
    for match, form in exchangeable[:4]:
        words = books.others(form)
        if not words or chance.random() < 0.4:
            some = pools.words.get((form.kind, form.shape), [])
            words = books.unlike(form, chance.sample(some, min(12, len(some))))
        words = [word for word in words if not re.search(rf"\b{word[:5]}", evidence)]
        if words:
            return _put(claim, match, chance.choice(words)), NOT_SUPPORTED
    return None


def _more(claim: str, evidence: str, pools: Pools, chance: random.Random) -> tuple[str, int] | None:
    """One adjective more before a noun: a detail that the evidence does not have."""
    matches = [match for match in _BARE.finditer(claim) if pools.before.get(match[1])]
    if not matches:
        return None
    match = chance.choice(matches)
    words = [word for word in pools.before[match[1]] if word[:5] not in evidence]
    if not words:
        return None
    return _indefinite_articles(f"{claim[: match.end()]}{chance.choice(words)} {claim[match.end() :]}"), NOT_SUPPORTED


def _exchangeable_words(claim: str, books: Thesaurus) -> list[tuple[re.Match[str], WordForm]]:
    """The words of a claim that may be exchanged, with their forms."""
    some = [(match, books.form(match.group())) for match in _TOKEN.finditer(claim) if match.group() not in _LEFT]
    return [(match, _participle(form, claim[: match.start()])) for match, form in some if form]


def _participle(form: WordForm, before: str) -> WordForm:
    """The form as a participle where a helping verb stands before it: "had fallen" for "had dropped", not "fell"."""
    return replace(form, shape="en") if form.shape == "ed" and _AUXILIARY.search(before) else form


def _put(claim: str, match: re.Match[str], word: str) -> str:
    return _indefinite_articles(claim[: match.start()] + word + claim[match.end() :])


def _indefinite_articles(claim: str) -> str:
    """``a`` and ``an`` as the next word wants it."""
    claim = re.sub(r"\b([Aa]) (?=[aeio][a-z])", r"\1n ", claim)
    return re.sub(r"\b([Aa])n (?=[bcdfgjklmnpqrstvwxyz])", r"\1 ", claim)


def _pools(pages: Sequence[Sequence[str]], books: Thesaurus) -> Pools:
    words: dict[tuple[str, str], list[str]] = defaultdict(list)
    before: dict[str, list[str]] = defaultdict(list)
    called: list[str] = []
    for sentence in (sentence for page in pages for sentence in page):
        called += names_of(sentence)
        for match, form in _exchangeable_words(sentence, books):
            words[form.kind, form.shape].append(match.group())
        for adjective, noun in _AFTER.findall(sentence):
            form = books.form(adjective)
            if form and form.kind == "a" and adjective not in _LEFT:
                before[noun].append(adjective)
    return Pools(called, words, before)
