"""The parts of a claim: its clauses, and the words that a passage could support.

If a passage lacks some words of a claim, the claim is judged again without them: if the rest is supported, the source
says part of it, and the words left out are missing.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from claims.verification.words import Word, content, stem, words

# A part must keep this many words, and half of the claim's content words, to be worth asking.
_LEAST = 4
_KEEP = 0.5
_JOINTS = re.compile(r",\s+(?:and|but|while|which|who|where|with|after|before|as)\s+|;\s+|\s+(?:while|whereas)\s+")


def clauses(statement: str) -> list[str]:
    """The statement split into clauses; parts that are too short stay with their neighbour."""
    pieces: list[str] = []
    for piece in _JOINTS.split(statement):
        if pieces and len(content(piece)) < 3:
            pieces[-1] += ", " + piece
        else:
            pieces.append(piece.strip())
    return pieces if len(pieces) > 1 else []


def kernel(statement: str, there: Collection[str]) -> str | None:
    """The longest part of the statement without a content word that is missing from ``there`` (stems of a passage).

    None if nothing is missing, or if the rest is too short to be judged.
    """
    every = words(statement)
    lacking = [_content_stem(word) not in there and bool(_content_stem(word)) for word in every]
    if not any(lacking):
        return None
    best: list[Word] = []
    run: list[Word] = []
    for word, absent in zip(every, lacking, strict=True):
        run = [] if absent else [*run, word]
        if len(run) > len(best):
            best = run
    if len(best) < _LEAST:
        return None
    longest = statement[best[0].span[0] : best[-1].span[1]]
    enough = len(content(longest)) >= max(3, _KEEP * len(content(statement)))
    return longest if enough else None


def missing(statement: str, there: Collection[str], most: int = 6) -> tuple[str, ...]:
    """The words of the statement, as written, whose stems are not in ``there``."""
    absent = [word.text for word in words(statement) if (token := _content_stem(word)) and token not in there]
    return tuple(dict.fromkeys(absent))[:most]


def _content_stem(word: Word) -> str:
    return stem(word.norm) if content(word.text) else ""
