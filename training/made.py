"""Generates pairs from true ones: a supported claim with one change that makes it unsupported.

The changes are the errors that occur in news and summaries (FRANK, Pagnoni et al. 2021; SummEdits, Laban et al. 2023):
a number, a date, a name, who did what to whom, a direction, a negation, a modality, who said it, or an added detail
that the source does not have. The unchanged claim is included too, so that a change cannot be recognised by its style.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from claims.glossary import with_capital
from training.words import HARMLESS, MONTHS, OPPOSITES, STRONGER

SUPPORTED, REFUTED, NEI, NOT_SUPPORTED = range(4)
Made = tuple[str, str, int, str]

_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w-])")
_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*)")
_VERB = re.compile(r"\b(is|was|were|are|has|had|will|would|can|could)\b(?! not)(?!n't)")
_SAID = re.compile(r"^(.{3,40}?) (said|says|told [A-Z]\w+|announced|claimed|added|stated|argued|warned)\b")
_DETAIL = re.compile(
    r"(?:,)? (?:in|at|after|during|because of|according to|with|near) (?:[\w'’-]+ ){2,7}[\w'’-]+(?=[,.]|$)"
)
_BRACKETS = re.compile(r" ?[\(\[][^)\]]*[)\]]")
_END = re.compile(r"(?<=[.!?][\"” ]) *(?=[A-Z\"“])|(?<=[.!?]) (?=[A-Z\"“])")
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?) ")
_HELPER = re.compile(r" (?:has|have|had|is|are|was|were)(?: been)?(?= \w+(?:ed|ing|en)\b)")
_CLAUSE = re.compile(r", (?:and|but|which|who|where|while|after|as) |; ")


def made_from_claims(pairs: Sequence[tuple[str, str]], chance: random.Random) -> Iterator[Made]:
    """Changed versions of some supported claims, with the evidence that supports the unchanged claim."""
    names = [name for _, claim in pairs for name in names_of(claim)]
    for evidence, claim in pairs:
        if chance.random() < 0.3:
            changed = change(claim, evidence, names, chance)
            if changed:
                yield evidence, changed[0], changed[1], "made_claims"


def made_from_pages(pages: Sequence[Sequence[str]], chance: random.Random) -> Iterator[Made]:
    """Claims written from sentences of a web page, unchanged, changed, or paired with another part of the page."""
    split = [sentences_of(page) for page in pages]
    names = [name for page in split for sentence in page for name in names_of(sentence)]
    details = [match.group() for page in split for sentence in page if (match := _DETAIL.search(sentence))]
    for page in split:
        places = [place for place, sentence in enumerate(page) if 8 < len(sentence.split()) < 45]
        for place in chance.sample(places, min(len(places), max(9, len(places) // 3))):
            first = max(0, place - chance.randint(0, 3))
            evidence = " ".join(page[first : place + chance.randint(1, 3)])
            if len(evidence.split()) <= 150:
                yield from _from_sentence(page, place, evidence, (names, details), chance)


def _from_sentence(
    page: Sequence[str], place: int, evidence: str, pools: tuple[list[str], list[str]], chance: random.Random
) -> Iterator[Made]:
    names, details = pools
    claim = shorten(page[place], chance)
    beside = page[place - 1] if place and 8 < len(page[place - 1].split()) < 30 and page[place - 1] in evidence else ""
    if beside and chance.random() < 0.3:
        claim = f"{shorten(beside, chance)} {claim}"
    claim = harmless(claim, chance)
    lot = chance.random()
    if lot < 0.4:
        yield evidence, claim, SUPPORTED, "made_pages"
    elif lot < 0.76:
        changed = change(claim, evidence, names, chance)
        if changed:
            yield evidence, changed[0], changed[1], "made_pages"
    elif lot < 0.87 and details:
        detail = chance.choice(details)
        if detail.strip(", ") not in evidence:
            yield evidence, claim.rstrip(". ") + detail.rstrip(".") + ".", NOT_SUPPORTED, "made_pages"
    else:
        others = [
            sentence for far, sentence in enumerate(page) if abs(far - place) > 3 and 6 < len(sentence.split()) < 45
        ]
        if len(others) > 3:
            start = chance.randrange(len(others) - 3)
            yield " ".join(others[start : start + 4]), claim, NEI, "made_pages"


def change(claim: str, evidence: str, names: Sequence[str], chance: random.Random) -> tuple[str, int] | None:
    """The claim with one thing changed and the label that it then has, or None if nothing can be changed."""
    ways: list[Callable[[], tuple[str, int] | None]] = [
        lambda: _other_number(claim, evidence, chance),
        lambda: _other_number(claim, evidence, chance),
        lambda: _other_name(claim, evidence, names, chance),
        lambda: _other_name(claim, evidence, names, chance),
        lambda: _word(claim, OPPOSITES, REFUTED, chance),
        lambda: _word(claim, OPPOSITES, REFUTED, chance),
        lambda: _word(claim, STRONGER, NOT_SUPPORTED, chance),
        lambda: _word(claim, MONTHS, REFUTED, chance),
        lambda: _negated(claim, chance),
        lambda: _swapped(claim),
        lambda: _other_speaker(claim, names, chance),
    ]
    chance.shuffle(ways)
    for way in ways:
        changed = way()
        if changed and changed[0] != claim and changed[0].rstrip(". ") not in evidence:
            return changed
    return None


def shorten(sentence: str, chance: random.Random) -> str:
    """A sentence without brackets and, half the time, without its second clause."""
    plain = _BRACKETS.sub("", sentence)
    parts = _CLAUSE.split(plain)
    if len(parts) > 1 and len(parts[0].split()) > 6 and chance.random() < 0.5:
        plain = parts[0].rstrip(",; ") + "."
    return plain


def harmless(claim: str, chance: random.Random) -> str:
    """The claim with up to two words replaced without changing its meaning."""
    for _ in range(chance.choice((0, 1, 1, 2))):
        claim = (_word(claim, HARMLESS, SUPPORTED, chance) or (claim, 0))[0]
    return claim


def headline(claim: str) -> str:
    """The claim in the style of a headline: without articles, helping verbs and full stop, and "to" for "will"."""
    bare = _HELPER.sub("", _ARTICLE.sub("", claim)).replace(" will ", " to ").rstrip(". ")
    return with_capital(bare)


def _other_number(claim: str, evidence: str, chance: random.Random) -> tuple[str, int] | None:
    figures = list(_NUMBER.finditer(claim))
    if not figures:
        return None
    figure = chance.choice(figures)
    value = float(figure.group().replace(",", ""))
    if re.fullmatch(r"(1[5-9]|20)\d\d", figure.group()):
        other = str(int(value) + chance.choice((-11, -7, -5, -3, -2, -1, 1, 2, 3, 4, 6, 10)))
    else:
        beside = [text for text in _NUMBER.findall(evidence) if text != figure.group()]
        grown = (value * 2, value + 1, value + 3, value * 10, max(0.0, value - 1), value * 1.5, value / 2)
        other = chance.choice(beside) if beside and chance.random() < 0.4 else f"{chance.choice(grown):,.0f}"
    if other == figure.group():
        return None
    return claim[: figure.start()] + other + claim[figure.end() :], REFUTED


def _other_name(claim: str, evidence: str, names: Sequence[str], chance: random.Random) -> tuple[str, int] | None:
    matches = list(_NAME.finditer(claim))
    if not matches or not names:
        return None
    match = chance.choice(matches)
    beside = [name for name in _NAME.findall(evidence) if name not in claim and match.group() not in name]
    other = chance.choice(beside) if beside and chance.random() < 0.6 else chance.choice(names)
    if other in match.group() or match.group() in other:
        return None
    return claim[: match.start()] + other + claim[match.end() :], NOT_SUPPORTED


def _word(claim: str, table: dict[str, tuple[str, ...]], label: int, chance: random.Random) -> tuple[str, int] | None:
    matches = [match for match in re.finditer(r"[A-Za-z]+", claim) if match.group() in table]
    if not matches:
        return None
    match = chance.choice(matches)
    return claim[: match.start()] + chance.choice(table[match.group()]) + claim[match.end() :], label


def _negated(claim: str, chance: random.Random) -> tuple[str, int] | None:
    if re.search(r"\bnot\b|n't\b|\bnever\b", claim):
        return re.sub(r" not\b|n't\b| never\b", "", claim, count=1), REFUTED
    verbs = list(_VERB.finditer(claim))
    if not verbs:
        return None
    verb = chance.choice(verbs)
    word = " never" if verb.group() in ("has", "had") and chance.random() < 0.5 else " not"
    return claim[: verb.end()] + word + claim[verb.end() :], REFUTED


def _swapped(claim: str) -> tuple[str, int] | None:
    """Who did what to whom: the first two names change places."""
    names = list(re.finditer(r"\b[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*", claim))
    if len(names) < 2 or names[0].group() == names[1].group() or not re.search(r" (?!and )\w+", claim):
        return None
    first, second = names[0], names[1]
    between = claim[first.end() : second.start()]
    if between.strip(" ,") in ("and", "or", "") or len(between.split()) > 8:
        return None
    return claim[: first.start()] + second.group() + between + first.group() + claim[second.end() :], NOT_SUPPORTED


def _other_speaker(claim: str, names: Sequence[str], chance: random.Random) -> tuple[str, int] | None:
    """Somebody else said it."""
    speech = _SAID.match(claim)
    if not speech or not names:
        return None
    return chance.choice(names) + claim[speech.end(1) :], NOT_SUPPORTED


def names_of(sentence: str) -> list[str]:
    """The names inside a sentence: capitalised words that follow a lower-case letter."""
    return _NAME.findall(sentence)


def sentences_of(page: Sequence[str]) -> list[str]:
    """The sentences of a page, without its headings and menus."""
    sentences = [sentence.strip() for part in page for sentence in _END.split(part)]
    return [
        sentence
        for sentence in sentences
        if sentence.endswith((".", '."', ".”")) and not sentence.startswith(("(meta", "#"))
    ]
