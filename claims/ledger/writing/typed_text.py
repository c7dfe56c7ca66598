"""Normalizes text that people type: one spelling, no invisible characters, limited length. Pure.

Unicode's normalisation form KC (Unicode Standard Annex 15) gives one spelling to what looks alike in it; characters
that are ignored when a text is shown (format characters, fillers, variation selectors) are left out, so that a name
with an invisible letter is the name without it.
"""

from __future__ import annotations

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
# Alphabets with letters that look alike: within one word of a name they are never mixed.
_ALIKE = ("LATIN", "GREEK", "CYRILLIC")


def name(text: str, wanting: str) -> str:
    """The name of a person; LedgerError if there is none (``wanting`` says so), or where it is not one name."""
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
    """What tells one person from another: the name, whatever its capitals."""
    return unicodedata.normalize("NFKC", name_as_kept.casefold())


def typed_note(text: str) -> str:
    """A note, with its lines; LedgerError if it is too long."""
    lines = (" ".join(line.split()) for line in _visible(text, keep="\n").split("\n"))
    plain = "\n".join(lines).strip()
    _refuse_longer(plain, NOTE_LENGTH, "a note")
    return plain


def _visible(text: str, keep: str) -> str:
    """The text in its one spelling; any other white space is a space."""
    one = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n"))
    seen = (" " if sign.isspace() and sign not in keep else sign for sign in one)
    shown = "".join(
        sign for sign in seen if sign in keep or not (sign in _BLANK or unicodedata.category(sign) in _HIDDEN)
    )
    # What stood between a letter and its mark may be gone now.
    return unicodedata.normalize("NFKC", shown)


def _refuse_longer(text: str, most: int, what: str) -> None:
    if len(text) > most:
        raise LedgerError(f"{what} can have at most {most:,} characters, and this one has {len(text):,}")


def _alphabets(word: str) -> frozenset[str]:
    names = (unicodedata.name(sign, "").partition(" ")[0] for sign in word)
    return frozenset(one.capitalize() for one in names if one in _ALIKE)
