"""A thesaurus of a few words, in the files that WordNet and the Moby Thesaurus come in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.thesaurus import Thesaurus

# kind -> lines of (offset, words, pointers): a pointer is sign, offset, source word, target word (0: the whole sense).
SYNSETS = {
    "verb": [
        (10, ["arrest", "detain", "nail"], [("!", 20, 1, 1)]),
        (20, ["release"], [("!", 10, 1, 1)]),
        (30, ["fall", "drop"], []),
    ],
    "noun": [
        (40, ["building"], [("~", 41, 0, 0), ("~", 42, 0, 0), ("~", 43, 0, 0)]),
        (41, ["hotel"], [("@", 40, 0, 0)]),
        (42, ["church", "kirk"], [("@", 40, 0, 0)]),
        (43, ["hospital"], [("@", 40, 0, 0)]),
        (44, ["city", "municipality"], []),
        (46, ["town"], []),
        (45, ["fall"], []),
    ],
    "adj": [(50, ["old"], [("!", 51, 1, 1)]), (51, ["new", "young"], [("!", 50, 1, 1)]), (52, ["famous"], [])],
    "adv": [(60, ["quickly", "rapidly"], [])],
}
LETTERS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
EXCEPTIONS = {"noun": "", "verb": "fallen fall\nfell fall\n", "adj": "", "adv": ""}
COUNTS = "arrest%2:41:00:: 1 9\nfall%2:38:00:: 1 9\nfall%1:11:00:: 1 8\ncity%1:15:00:: 1 5\n"
MOBY = ["arrest,detain,capture,city", "capture,arrest,seize", "city,town", "town,city", "hotel,inn,church"]
TEXTS = [
    "police arrest detain capture release drop town city municipality hotel church hospital old new famous",
    "arrested detained captured released fell fallen dropped falls drops quickly rapidly cities towns",
] * 3
# Words of like sense lie together, others at right angles.
GROUPS = [{"arrest", "detain", "capture"}, {"city", "town", "municipality"}, {"quickly", "rapidly"}, {"fall", "drop"}]


def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """A direction for each group of words, one of its own for every other word; a sentence is the sum of its words."""
    found = np.zeros((len(texts), 512), np.float32)
    for row, text in enumerate(texts):
        for word in text.lower().split():
            place = next((at for at, some in enumerate(GROUPS) if word.rstrip("s.").removesuffix("ed") in some), None)
            found[row, 10 + sum(map(ord, word)) % 500 if place is None else place] += 1
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def written(folder: Path) -> tuple[Path, Path]:
    """Write both books into a folder: WordNet's place and Moby's."""
    for name, synsets in SYNSETS.items():
        (folder / f"data.{name}").write_text("  1 licence\n" + "".join(_data(LETTERS[name], *one) for one in synsets))
        lemmas = sorted({word for _, words, _ in synsets for word in words})
        lines = [_index(LETTERS[name], word, [at for at, words, _ in synsets if word in words]) for word in lemmas]
        (folder / f"index.{name}").write_text("  1 licence\n" + "".join(lines))
        (folder / f"{name}.exc").write_text(EXCEPTIONS[name])
    (folder / "cntlist.rev").write_text(COUNTS)
    (folder / "words.txt").write_text("\n".join(MOBY) + "\n")
    return folder, folder / "words.txt"


def opened(folder: Path) -> Thesaurus:
    """The thesaurus of both."""
    return Thesaurus(*written(folder), TEXTS, vectors)


def _data(kind: str, at: int, words: list[str], pointers: list[tuple[str, int, int, int]]) -> str:
    named = " ".join(f"{word} 0" for word in words)
    pointed = " ".join(f"{sign} {to:08d} {kind} {one:02x}{two:02x}" for sign, to, one, two in pointers)
    return f"{at:08d} 00 {kind} {len(words):02x} {named} {len(pointers):03d} {pointed} | a gloss; with | a bar\n"


def _index(kind: str, word: str, places: list[int]) -> str:
    return f"{word} {kind} {len(places)} 0 {len(places)} 0 {' '.join(f'{one:08d}' for one in places)}  \n"
