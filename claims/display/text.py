"""Text that is safe to print: cleaned, shortened, counted, quoted."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from claims.privacy import hidden, hide_in

ID_LENGTH = 8  # of an id, where it is shown in a list
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?![0-9])")


KEPT = frozenset("\n\t\u200c\u200d")


HIDDEN = frozenset({"Cc", "Cf", "Cs"})


def clean(text: str) -> str:
    """``text`` on one line, without control characters, marks that turn the writing direction, and secrets.

    Text from a page may contain escape sequences that move the cursor or change colours, and its addresses may contain
    names, passwords and keys.
    """
    return hide_in(" ".join(printable(" ".join(text.split())).split()))


def json_line(document: Any) -> str:
    """A document as one line of JSON, without the secrets of its addresses and headers."""
    return json.dumps(hidden(document), ensure_ascii=False)


def printable(text: str) -> str:
    """``text`` with its lines and spaces, without control characters, surrogates and invisible marks.

    Joiners are kept, because Persian words and emoji need them.
    """
    if text.isprintable():
        return text
    return "".join(
        character for character in text if character in KEPT or unicodedata.category(character) not in HIDDEN
    )


def short(text: str, length: int) -> str:
    """``text`` cut at a word to at most ``length`` characters, with an ellipsis where it was cut."""
    text = clean(text)
    if len(text) <= length:
        return text
    start = text[: length - 1]
    head, space, _ = start.rpartition(" ")
    return (head if space and len(head) > length // 2 else start).rstrip(" ,;:–—-") + "…"


def counted(count: int, word: str) -> str:
    """A count of what ``word`` names: "1 row", "2,000 rows"."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def shown_day(published: str | None) -> str:
    """The day of an ISO 8601 date or time; other text is returned unchanged."""
    date = clean(published or "")
    return date[:10] if ISO_DAY.match(date) else date
