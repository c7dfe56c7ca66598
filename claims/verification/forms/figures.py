"""The value of a written number: digit formats of several countries, number words, scale words, and precision.

A number is read completely or not at all: if characters that are not understood touch it (a letter, a further digit),
it is not read.
"""

from __future__ import annotations

import re

from claims.lexicon.clauses import word_set
from claims.lexicon.quantities import MAGNITUDES, TENS, UNITS_WORDS
from claims.records import Span
from claims.verification.words import content, stem, words

CARDINAL = "|".join(sorted((*UNITS_WORDS, *TENS), key=len, reverse=True))
_SPELT_SCALE = "hundred|thousand|million|billion|trillion|dozen|lakh|crore"
_DIGIT_WORDS = "|".join(word for word, value in UNITS_WORDS.items() if value < 10)
SPELT = (
    rf"(?:(?:{CARDINAL})(?:[\s-](?:{CARDINAL}))?|an?(?=\s(?:{_SPELT_SCALE})\b))"
    rf"(?:\spoint(?:\s(?:{_DIGIT_WORDS}))+)?"
    rf"(?:\s(?:and\s(?:a\s)?)?(?:{_SPELT_SCALE}|(?:{CARDINAL})(?:-(?:{CARDINAL}))?)\b(?!\s(?:of|in)\s(?:ten|five)))*"
    r"(?:[\s-]and[\s-]a[\s-]half)?"
)
_SPACE = " \u00a0\u2009\u202f"
DIGITS = (
    r"(?:\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"  # 2,50,000 (India)
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?"  # 250,000.5
    rf"|\d{{1,3}}(?:[{_SPACE}]\d{{3}})+(?:[.,]\d{{1,2}})?"  # 250 000
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?"  # 1.250.000
    r"|\d+,\d{1,2}"  # 1,5
    r"|\d+(?:\.\d+)?|\.\d+)(?!\d|[.,:/]\d)"
)
# Scale words after a number; two may follow each other ("lakh crore", "thousand billion").
SCALES = (
    rf"(?:(?:[{_SPACE}-](?:{_SPELT_SCALE})\b){{1,2}}|[{_SPACE}]?(?:mln|mio|mrd|bln|trn|tln|mn|bn|tn|cr|k|m)\b\.?(?!\w))"
)
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}|\d{1,3}(?:[. \u00a0\u2009\u202f]\d{3})+,\d+")


def in_digits(digits: str) -> float | None:
    """The value of a number in digits; None if the text is not a number."""
    if not re.fullmatch(DIGITS, digits):
        return None
    return float(_plain_digits(digits))


def _plain_digits(digits: str) -> str:
    """Digits with a point before the decimals and nothing between the thousands."""
    bare = re.sub(rf"[{_SPACE}]", "", digits)
    if _DECIMAL_COMMA.fullmatch(digits):
        return bare.replace(".", "").replace(",", ".")
    if bare.count(".") > 1:
        return bare.replace(".", "")
    return bare.replace(",", "")


def number_of(word: str) -> float | None:
    """The value of a single word that is a number ("3,000", "twelve", "thousand"), else None."""
    low = word.lower()
    if (value := in_digits(low)) is not None:
        return value
    for table in (UNITS_WORDS, TENS):
        if low in table:
            return float(table[low])
    return MAGNITUDES[low] if len(low) > 2 and low in MAGNITUDES else None


def spelt(text: str) -> float | None:
    """The value of a number in words: "two hundred and fifty thousand", "one point two million", "one and a half"."""
    total = part = 0.0
    tokens = [word for word in re.split(r"[\s-]+", text.lower()) if word not in ("and", "")]
    decimals = 0
    for word in tokens:
        if word == "half":
            part += 0.5
        elif word == "point":
            decimals = 1
        elif decimals and word in UNITS_WORDS:
            part, decimals = part + UNITS_WORDS[word] / 10**decimals, decimals + 1
        elif word in ("a", "an"):
            part += 0 if "half" in tokens and part else 1
        elif word in UNITS_WORDS or word in TENS:
            part += UNITS_WORDS.get(word, TENS.get(word, 0))
        elif word in MAGNITUDES and MAGNITUDES[word] <= 100:
            part, decimals = (part or 1) * MAGNITUDES[word], 0
        elif word in MAGNITUDES and total and not part:
            total *= MAGNITUDES[word]  # "two thousand million"
        elif word in MAGNITUDES:
            total, part, decimals = total + (part or 1) * MAGNITUDES[word], 0.0, 0
        else:
            return None
    return total + part


def scale(scale_words: str | None) -> float:
    """The factor of one or two scale words ("lakh crore", "bn"); 1 if there is none."""
    factor = 1.0
    for word in re.split(rf"[{_SPACE}-]+", (scale_words or "").strip(f"{_SPACE}-").lower()):
        factor *= MAGNITUDES.get(word.rstrip("."), 1.0)
    return factor


def value(number_text: str, scaled: str | None) -> float | None:
    """The value of a number with its scale word; None if it cannot be read."""
    number = in_digits(number_text) if number_text[-1].isdigit() else spelt(number_text)
    return None if number is None else number * scale(scaled)


def step(number_text: str, scaled: str | None) -> float:
    """The size of the last digit shown, in units of the value: 100,000 for 1.2 million."""
    size = scale(scaled)
    if not number_text[-1].isdigit():
        return size
    digits = _plain_digits(number_text)
    if "." in digits:
        return float(size * 10 ** -len(digits.split(".")[1]))
    return float(size * 10 ** (len(digits) - len(digits.rstrip("0")))) if len(digits) > 3 else size


def counted_nouns(text: str, span: Span) -> set[str]:
    """The content words just after a number, up to the next comma or preposition: its unit.

    The numbers of a list have that of the last one: "59 and 4 reviews".
    """
    stems: set[str] = set()
    listed = _LISTED.match(text, span[1])
    start = listed.end() if listed else span[1]
    behind = text[start : start + 60]
    for number, word in enumerate(words(behind)):
        if any(mark in behind[: word.span[0]] for mark in ",.;:!?") or number > 3 or word.norm in _UNIT_ENDS:
            break
        stems.add(stem(word.norm))
    return stems & set(content(behind))


_LISTED = re.compile(rf"(?:,\s(?:{CARDINAL}|\d[\d,]*)\b)*,?\s(?:and|or)\s(?:{CARDINAL}|\d[\d,]*)\b", re.I)
_UNIT_ENDS = word_set("of in on at by for from to with that which who and or but were was are is had have has as")


_SHARE = re.compile(
    rf"\b({CARDINAL}|\d[\d,]*)\s(?:out\s)?of\s(?:(?:the|its|his|her|their|all|all\sthe)\s)?({CARDINAL}|\d[\d,]*)\b",
    re.I,
)
_OF_ALL = re.compile(
    rf"\bof\s(?:the|its|all|all\sthe)\s({CARDINAL}|\d[\d,]*)\b[^.;]{{0,60}}?,\s({CARDINAL}|\d[\d,]*)\b", re.I
)


def stated_shares(sentence: str) -> list[tuple[float, float, str]]:
    """The shares that a sentence gives as two counts, in percent, each with its whole and in words: "30 of the 60"."""
    pairs = [match.groups() for match in _SHARE.finditer(sentence)]
    pairs += [match.groups()[::-1] for match in _OF_ALL.finditer(sentence)]
    counts = [(_counted(part), _counted(whole), f"{part} of the {whole}") for part, whole in pairs]
    return [(100 * part / whole, whole, text) for part, whole, text in counts if 0 < part <= whole]


def _counted(number_text: str) -> float:
    digits = number_text.replace(",", "")
    return float(digits) if digits.isdigit() else spelt(number_text) or 0.0
