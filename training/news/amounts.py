"""Changes of amounts: quantifiers, a part for the whole, bounds, units, rates, and "by" for "to"."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from claims.lexicon.quantities import UNITS_WORDS
from training.made import NOT_SUPPORTED, REFUTED
from training.news.sentences import NEGATED, Turn

_SMALL = "|".join(word for word in UNITS_WORDS if word not in ("zero", "one"))
_FIGURE = rf"(?:[$£€]?\d[\d,.]*\d(?![\d:-])|[$£€]?\d(?![\d:.,-])|(?:{_SMALL})(?![\w-]))"
_MANY = r"[a-z]+(?:s|ple|men)\b(?! of)"
_NO_SPAN = r"(?! \S+ (?:seconds|minutes|hours|days|weeks|months|years|seasons|games|matches|decades))"
# What goes | what comes (several with "/") | label ("-" is REFUTED, nothing NOT_SUPPORTED) | true ways to put what
# goes. "<" stands for the start of the sentence, N for a figure after the phrase and M for a noun in the plural.
_CHANGES = """
most of the | all of the/none of the/a few of the | | the majority of the
more than half of the | all of the/less than half of the | | over half of the/a majority of the
some of the | all of the/most of the/none of the | |
some of its | all of its/most of its | |
some of their | all of their/most of their | |
some of his | all of his/most of his | |
some of her | all of her/most of her | |
many of the | all of the/few of the | | a lot of the
many of whom | all of whom/few of whom | | a lot of whom
some of whom | all of whom/most of whom | |
most of whom | all of whom/none of whom/few of whom | | the majority of whom
several of the | all of the/most of the | |
all of the | none of the/few of the | - | every one of the
one of the two | both of the two/neither of the two | |
one of the three | all three of the/none of the three | |
one of several | the only one of several | |
half of the | all of the/a third of the/a quarter of the | - | 50% of the
half of all | a third of all/a quarter of all/nearly all of all | - | 50% of all
a third of | two thirds of/half of/a quarter of/all of | - | one third of/one in three of
a quarter of | three quarters of/half of/a third of/all of | - | one quarter of/25% of
two thirds of | one third of/three quarters of/all of | - | two in three of
two-thirds of | one third of/three quarters of/all of | - | two thirds of
three quarters of | one quarter of/all of | - | 75% of
three-quarters of | a quarter of/all of | - | three quarters of/75% of
a majority of | all of/a minority of | | most of
a minority of | all of/a majority of | | less than half of
the majority of | all/a minority of | | most of
in part of the | in all of the/in the whole of the | | in a part of the
in parts of | in all of/in every part of | | in some parts of
dozens of | hundreds of/thousands of | - | scores of
hundreds of | thousands of/dozens of | - |
thousands of | hundreds of/millions of | - |
< some M | all/most/no/few | |
< most M | all/few/no/a handful of | | the majority of/a majority of
< many M | all/few/no | | a lot of
< several M | all/most/no | |
< few M | many/most/all | | not many
< all M | no/few/only a few | - | every one of the
< both | neither of the/only one of the | - |
at least N | at most/fewer than/only/exactly | | no fewer than/no less than
more than N | fewer than/less than/at most/exactly | - | over
over N | under/fewer than/at most/exactly | - | more than
less than N | more than/at least/over | - | under
fewer than N | more than/at least/over | - | under
nearly N | more than/over/exactly | - | almost/just under
almost N | more than/over/exactly | - | nearly/just under
about N | exactly/more than/at least | | around/roughly/approximately
around N | exactly/more than/at least | | about/roughly/approximately
approximately N | exactly/more than/at most | | about/around/roughly
up to N | at least/more than | | as many as/no more than
as many as N | at least/more than | | up to
only N | more than/over/at least another | | just
just N | more than/over | | only
"""
_UNITS = """
million billion | billion million | thousand million | km metres | miles metres | metres miles | kilometres metres
minutes hours | hours minutes | days weeks | weeks days | months weeks | months years | weeks months | years months
kg tonnes | tonnes kg | seconds minutes | hours days | days hours | decades years | acres hectares | litres gallons
feet inches | feet metres | dollars pounds | pounds dollars | euros dollars | dollars euros
"""
_RATE = re.compile(
    rf"(?:{_FIGURE}%?(?: \w+){{0,2}}|once|twice|times) (?P<rate>(?P<each>a|an|per|each|every) (?P<unit>hour|day"
    rf"|week|month|year))\b"
    r"(?! (?:ago|later|before|after|earlier|in|on|old|into|for|of|from|until|off|to|and a|or)\b)"
)
_PERIODS = ("hour", "day", "week", "month", "year")
_MOVED = (
    r"\b(?:rose|risen|fell|fallen|increased|decreased|grew|grown|dropped|declined|climbed|jumped|slipped|rise|fall|cut"
    r"|raised|reduced|increase|up|down|gained|surged|plunged|shrank)"
)
_BY = re.compile(
    rf"{_MOVED}(?: [a-z]+ly| further)?(?P<way> by| to|) (?P<figure>[$£€]?\d[\d,]*(?:\.\d+)?(?:%| per ?cent| "
    rf"million| billion|m\b|bn\b))"
)
_OF = re.compile(r"\b(?P<noun>rise|fall|increase|drop|decline|cut|reduction|jump) (?P<way>of|to) (?=[$£€]?\d)")
_PERCENT = re.compile(rf"{_MOVED}(?: by)? \d+(?:\.\d+)?(?P<percent>%| per ?cent)(?! of\b)(?![\w-])")
_REGION = re.compile(
    r"\bin (?P<part>(?P<side>north|south|east|west|north-east|north-west|south-east|south-west)(?:ern)?) "
    r"(?P<whole>[A-Z][a-z]{3,})(?= |[,.])(?! [A-Z])"
)
_SIDES = {"north": "south", "south": "north", "east": "west", "west": "east"}


def _tables() -> list[tuple[str, re.Pattern[str], tuple[str, ...], str, tuple[str, ...]]]:
    changes = []
    for line in _CHANGES.strip().splitlines():
        old, new, sign, same = (part.strip() for part in line.split("|"))
        phrase = re.escape(old.strip("<MN ").strip()).replace(r"\ ", " ")
        before = "^" if old.startswith("<") else r"(?<![\w-])(?<!as )(?<!the )(?<!just )(?<!well )(?<!of )(?<![Ss]o )"
        after = rf"(?= {_FIGURE})(?! {_SMALL} of)" if old.endswith(" N") else r"\b"
        if old.endswith(" M"):
            after = rf"(?= {_MANY})"
        if phrase == "over":
            after += _NO_SPAN
        if old.endswith(" the"):
            after += "(?! (?:most|few|first|best|[a-z]+est)\\b)"
        ways = tuple(filter(None, same.split("/")))
        plain = old.strip("<MN ").strip()
        changes.append((plain, re.compile(before + phrase + after, re.I), tuple(new.split("/")), sign, ways))
    return changes


_TABLE = _tables()
_OTHER_UNITS: dict[str, list[str]] = {}
for _old, _new in (pair.split() for pair in _UNITS.replace("\n", " | ").split("|") if pair.strip()):
    _OTHER_UNITS.setdefault(_old, []).append(_new)
_UNIT = re.compile(rf"{_FIGURE} (?P<unit>{'|'.join(_OTHER_UNITS)})\b(?! (?:of age|ago))")


def quantifiers(claim: str, chance: random.Random) -> Iterator[Turn]:
    """Quantifiers, parts of a whole and bounds of a figure, replaced by others that do not follow from them."""
    small = claim.lower()
    for plain, pattern, new, sign, same in _TABLE:
        match = pattern.search(claim) if plain in small else None
        if match and not NEGATED.search(claim[: match.start()]):
            label = REFUTED if sign == "-" else NOT_SUPPORTED
            other = chance.choice(new)
            both = label == REFUTED and not other.startswith(("all", "exactly"))
            yield Turn(start=match.start(), end=match.end(), new=other, label=label, same=same, both=both)


def regions(claim: str, chance: random.Random) -> Iterator[Turn]:
    """A part of a country for the whole of it: "in northern Iraq" is "in Iraq" and not "throughout Iraq"."""
    for match in [] if NEGATED.search(claim) else _REGION.finditer(claim):
        whole = match["whole"]
        side = re.sub("north|south|east|west", lambda word: _SIDES[word.group()], match["part"], count=1)
        new, label = chance.choice(
            ((f"throughout {whole}", NOT_SUPPORTED), (f"across the whole of {whole}", NOT_SUPPORTED),
             (f"in {side} {whole}", REFUTED))
        )  # fmt: skip
        ways = (f"in {whole}", f"in a part of {whole}", f"in the {match['side']} of {whole}")
        yield Turn(start=match.start(), end=match.end(), new=new, label=label, same=ways)


def units(claim: str, chance: random.Random) -> Iterator[Turn]:
    """Another unit after a figure, and another period of a rate."""
    for match in _UNIT.finditer(claim):
        new = chance.choice(_OTHER_UNITS[match["unit"]])
        yield Turn(start=match.start("unit"), end=match.end("unit"), new=new, label=REFUTED, both=True)
    for match in _RATE.finditer(claim):
        other = chance.choice([unit for unit in _PERIODS if unit != match["unit"]])
        each = (
            "an"
            if match["each"] in ("a", "an") and other == "hour"
            else "a"
            if match["each"] == "an"
            else match["each"]
        )
        same = (f"per {match['unit']}", f"every {match['unit']}")
        yield Turn(
            start=match.start("rate"), end=match.end("rate"), new=f"{each} {other}", label=REFUTED, same=same, both=True
        )


def movements(claim: str, chance: random.Random) -> Iterator[Turn]:
    """A rise by an amount for a rise to it, and per cent for percentage points."""
    for match in _BY.finditer(claim):
        if " from " in claim or "up to" in match.group() or re.search(r" down to\b| between ", claim):
            continue
        start, end = match.start("way"), match.end("way")
        if match["way"] == " to":
            yield Turn(start=start, end=end, new=" by", label=REFUTED, both=True)
        elif not re.match(r" (?:to|of)\b", claim[match.end() :]):
            same = (" by", "") if not re.search(r"\b(?:rise|cut|fall|increase|up|down)$", claim[:start]) else ()
            yield Turn(start=start, end=end, new=" to", label=NOT_SUPPORTED, same=same, both=True)
    for match in _OF.finditer(claim):
        new = "to" if match["way"] == "of" else "of"
        yield Turn(start=match.start("way"), end=match.end("way"), new=new, label=NOT_SUPPORTED, both=True)
    for match in _PERCENT.finditer(claim):
        if chance.random() < 0.5:
            signs = (" per cent", "%", " percent")
            yield Turn(
                start=match.start("percent"), end=match.end("percent"), new=" percentage points", label=NOT_SUPPORTED,
                same=signs, both=True,
            )  # fmt: skip
