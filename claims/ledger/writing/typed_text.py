"""Normalizes text that people type: one spelling, no invisible characters, limited length. Pure.

Text is normalized to Unicode form KC (Unicode Standard Annex 15), and characters that are not displayed (format
characters, fillers, variation selectors) are removed, so that an invisible character does not change a name.
"""

from __future__ import annotations

import re
import unicodedata

from claims.errors import LedgerError

NAME_LENGTH, NOTE_LENGTH = 100, 4000
# Controls, format characters, halves of pairs, private and unassigned ones: nothing that a reader sees.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Letters and marks that are shown as nothing (Unicode's property Default_Ignorable_Code_Point, without the above),
# and the blank of braille.
_BLANK = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0x180B, 0x1810)))
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
# Letters of different alphabets look alike (Latin, Greek, Cyrillic, Cherokee, Coptic): no word of a name mixes them.
# These mix in ordinary words.
_MIXED = frozenset({"Cjk", "Hangul", "Hiragana", "Katakana", "Bopomofo", "Ideographic"})
_LETTERS = ("Lu", "Ll", "Lt", "Lo")
# Cyrillic and Greek letters that look like Latin ones.
_LOOK_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυ",
    "ABESIJKMHOPCTYXaesijopcyxhdqw" + "ABEZHIKMNOPTYXovu",
)
# Accents, which one keyboard has and another has not; the marks of other scripts are vowels.
_ACCENTS = re.compile("[\u0300-\u036f]")
# Spaces, hyphens, apostrophes, dots and other signs.
_SIGNS = ("P", "S", "Z")


def name(text: str, wanting: str) -> str:
    """The name of a person. Raises LedgerError (``wanting``) if there is none, or if it is not a single name."""
    plain = " ".join(_visible(text, keep="").split())
    if not plain:
        raise LedgerError(wanting)
    _refuse_longer(plain, NAME_LENGTH, "a name")
    mixed = next((word for word in plain.split() if len(_alphabets(word)) > 1), None)
    if mixed:
        alphabets = " and ".join(sorted(_alphabets(mixed)))
        raise LedgerError(f"the name “{mixed}” mixes {alphabets} letters; write it in one alphabet")
    return plain


def person(name_as_kept: str) -> str:
    """The key that identifies a person: the name without case."""
    return unicodedata.normalize("NFKC", name_as_kept.casefold())


def looks(name_as_kept: str) -> frozenset[str]:
    """What a name looks like, as it is and in capitals: two that have one of these in common are one person's.

    They differ only in look-alike letters, accents, spaces and signs.
    """
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", name_as_kept))
    return frozenset(_bare_letters(spelling.translate(_LOOK_ALIKE)) for spelling in (bare, bare.upper()))


def _bare_letters(spelling: str) -> str:
    plain = person(spelling)
    letters = "".join(sign for sign in plain if unicodedata.category(sign)[0] not in _SIGNS and sign != "ʼ")
    return letters or plain


def typed_note(text: str) -> str:
    """A note with its line breaks. Raises LedgerError if it is too long."""
    lines = (" ".join(line.split()) for line in _visible(text, keep="\n").split("\n"))
    plain = "\n".join(lines).strip()
    _refuse_longer(plain, NOTE_LENGTH, "a note")
    return plain


def _visible(text: str, keep: str) -> str:
    """The normalized text; white space other than ``keep`` becomes a space."""
    normalized = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n"))
    spaced = (" " if sign.isspace() and sign not in keep else sign for sign in normalized)
    visible = "".join(
        sign for sign in spaced if sign in keep or not (sign in _BLANK or unicodedata.category(sign) in _HIDDEN)
    )
    # Characters between a letter and its mark may have been removed, so normalize again.
    return unicodedata.normalize("NFKC", visible)


def _refuse_longer(text: str, most: int, what: str) -> None:
    if len(text) > most:
        raise LedgerError(f"{what} can have at most {most:,} characters, and this one has {len(text):,}")


def _alphabets(word: str) -> frozenset[str]:
    letters = (unicodedata.name(sign, "") for sign in word if unicodedata.category(sign) in _LETTERS)
    alphabets = frozenset(re.split("[ -]", name)[0].capitalize() for name in letters)
    return alphabets - _MIXED
