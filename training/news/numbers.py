"""Figures written in other ways: "10,000", "10 000" and "ten thousand" are one number, "10 000" and "1,000" are not."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from claims.lexicon.quantities import MONTH_NAMES, TENS, UNITS_WORDS
from training.made import NOT_SUPPORTED, REFUTED, SUPPORTED, Made
from training.news.sentences import claim_from, evidence_with

_MONTH = "|".join(name.title() for name in MONTH_NAMES)
FIGURE = re.compile(
    r"(?<![\w.,:/$£€#'-])(?<!No )(?<!No\. )(?P<currency>[$£€])?(?P<figure>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
    r"(?P<scale> ?(?:million|billion|m|bn|thousand)\b)?(?P<percent>%| per ?cent\b)?"
    rf"(?![\w/:%'-]|[.,]\d| ?(?:{_MONTH}|am|pm|st|BST|GMT|ET)\b)"
)
_WORDED = re.compile(
    r"(?<![\w-])(?P<figure>(?:"
    + "|".join([*list(UNITS_WORDS)[2:], *TENS])
    + r"))(?: (?P<scale>thousand|million|billion))?"
    r"(?P<percent> per ?cent)?(?= [a-z]+s\b)(?! of the (?:two|three|four))"
)
_NAMED = re.compile(
    rf"(?:\b(?:{_MONTH}|aged?|at|[Pp]ages?|chapter|section|article|level|phase|under|over the|versus|v|and|to"
    rf"|between) |[A-Z]\w* |\d |, |\()$"
)
_BOUNDED = re.compile(r"\b(?:than|least|most|over|under|up to|nearly|almost|about|around|some|approximately|roughly) $")
_SCALES = {"thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_MONEY = {"$": "dollars", "£": "pounds", "€": "euros"}
_IN_WORDS = {number: word for word, number in (UNITS_WORDS | TENS).items()}


def number_in_words(number: int) -> str:
    """A number up to a hundred, or thousands up to a hundred thousand, in words.

    Raises:
        KeyError: it is another number.
    """
    if number >= 1000 and number % 1000 == 0:
        return f"{number_in_words(number // 1000)} thousand"
    if number in _IN_WORDS or number == 100:
        return _IN_WORDS.get(number, "a hundred")
    return f"{_IN_WORDS[number // 10 * 10]}-{_IN_WORDS[number % 10]}"


def ways_to_write(value: float, currency: str = "", *, percent: bool = False) -> list[str]:
    """All ways to write a figure, always in the same order; ways that do not apply are empty."""
    shown = f"{value:,.10g}" if value < 1e6 else ""
    words = number_in_words(int(value)) if _has_words(value) else ""
    if percent:
        return [f"{shown}%", f"{shown} per cent", f"{shown} percent", f"{words} percent" if words else ""]
    if value >= 1e6:
        return _in_millions(value, currency)
    after = f" {_MONEY[currency]}" if currency else ""
    spaced = f"{currency}{shown.replace(',', ' ')}" if "," in shown else ""
    plain = f"{currency}{shown.replace(',', '')}" if "," in shown else ""
    return [currency + shown, spaced, f"{words}{after}" if words else "", plain, f"{shown}{after}" if after else ""]


def _in_millions(value: float, currency: str) -> list[str]:
    scale, long, short = (1e9, "billion", "bn") if value >= 1e9 else (1e6, "million", "m")
    many = f"{value / scale:.6g}"
    full = f"{value:,.0f}" if round(value) == value else ""
    after = f" {_MONEY[currency]}" if currency else ""
    words = number_in_words(int(value / scale)) if _has_words(value / scale) and value / scale <= 100 else ""
    return [
        f"{currency}{many} {long}", f"{currency}{many}{short}", currency + full, currency + full.replace(",", " "),
        f"{words} {long}{after}" if words else "", f"{many} {long}{after}",
    ]  # fmt: skip


def _has_words(value: float) -> bool:
    return value == int(value) and (2 <= value <= 100 or (2000 <= value <= 100_000 and value % 1000 == 0))


def read_figure(match: re.Match[str]) -> tuple[float, str, bool] | None:
    """The value, the currency and whether it is a percentage; None for years and figures that must stay unchanged."""
    groups = match.groupdict()
    text, scale = groups["figure"].replace(",", ""), (groups["scale"] or "").strip()
    number = float(text) if text[0].isdigit() else float((UNITS_WORDS | TENS)[text])
    value = number * _SCALES.get(scale, 1.0)
    bare = not (scale or groups.get("currency") or groups["percent"] or "," in groups["figure"])
    if (bare and 1000 < value < 2100) or value < 2 or (bare and _NAMED.search(match.string[: match.start()])):
        return None
    if scale in ("m", "bn") and not groups.get("currency") and match.group().count(" "):
        return None
    return value, groups.get("currency") or "", bool(groups["percent"])


def other_value(value: float, chance: random.Random) -> float:
    """Another value of the same sort: other digits, or another size."""
    size = 10 ** max(0, len(f"{value:.0f}") - 2)
    ways = [value * 10, value + size, value + 2 * size, value * 2, value + 5 * size]
    ways += [value / 10] * (value % 10 == 0 and value > 20) + [value - size] * (value > 2 * size)
    ways += [value * 1000] * (value >= 1e6) + [value / 1000] * (value >= 1e9)
    return float(f"{chance.choice(ways):.8g}")


def rewritten_numbers(page: Sequence[str], place: int, source: str, chance: random.Random) -> Iterator[Made]:
    """A figure of the claim written in another way, and another figure written in that way."""
    claim = claim_from(page[place], chance) if FIGURE.search(page[place]) or _WORDED.search(page[place]) else None
    figures = [*FIGURE.finditer(claim), *_WORDED.finditer(claim)] if claim else []
    chance.shuffle(figures)
    for figure in figures:
        read = read_figure(figure)
        if not claim or not read or len(re.findall(rf"(?<!\w){re.escape(figure['figure'])}", page[place])) != 1:
            continue
        value, currency, percent = read
        if percent and value > 100:
            continue
        other = other_value(value, chance)
        if percent and other > 100:
            other = max(2.0, value - 5) if value > 10 else value + 3
        ways = [
            (true, false)
            for true, false in zip(
                ways_to_write(value, currency, percent=percent),
                ways_to_write(other, currency, percent=percent),
                strict=False,
            )
            if true and false and true != figure.group()
        ]
        if ways:
            yield from _figure_pairs(page, place, (claim, figure), chance.choice(ways), source, chance)
            return


def _figure_pairs(
    page: Sequence[str], place: int, claim_figure: tuple[str, re.Match[str]], way: tuple[str, str], source: str,
    chance: random.Random,
) -> Iterator[Made]:  # fmt: skip
    claim, figure = claim_figure
    true, false = (claim[: figure.start()] + text + claim[figure.end() :] for text in way)
    if figure.start() == 0:
        true, false = true[0].upper() + true[1:], false[0].upper() + false[1:]
    evidence = evidence_with(page, [place], chance)
    if way[1] in evidence:
        return
    if chance.random() < 0.4 and evidence.count(figure.group()) == 1:  # the page has the other way of writing
        evidence, true = evidence.replace(figure.group(), way[0]), claim
        if chance.random() < 0.5 or figure.start() == 0:
            evidence = evidence_with(page, [place], chance).replace(figure.group(), way[0])
    label = NOT_SUPPORTED if _BOUNDED.search(claim[: figure.start()]) else REFUTED
    yield evidence, true, SUPPORTED, source
    yield evidence, false, label, source
