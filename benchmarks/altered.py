"""Claims copied from pages, unchanged or with one change, which the verdicts on pages must distinguish.

WiCE and Factcheck-Bench hold few claims that copy a sentence of their page and change one thing in it; a summary with
a mistake is just that. These rows are made with ``training.made`` from pages that the model's training held out, so
that the fit of the verdicts (``calibration.py``) sees such claims too. SummEdits, on which this is measured, is in no
fit.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training import data
from training.made import change, harmless, names_of, sentences_of, shorten

NAME = "made/altered"
A_PAGE = 2  # claims of each kind from a page, so that no long page outweighs the others


def altered(folder: Path, most: int | None = None, seed: int = 5) -> list[dict[str, Any]]:
    """Rows as in the data's files, at most this many; the evidence is the whole page, labels say supported or not.

    Raises:
        FileNotFoundError: the folder lacks a set.
    """
    chance = random.Random(seed)
    pages = {data.evidence_text(row): row["evidence"] for name in data.PAGES for row in data.rows(folder, name)
             if data.is_held_out(name, row)}  # fmt: skip
    split = {text: sentences_of([" ".join(part.split()) for part in page]) for text, page in pages.items()}
    names = [name for page in split.values() for sentence in page for name in names_of(sentence)]
    rows = []
    for number, (text, page) in enumerate(split.items()):
        for claim, label in _claims(page, text, names, chance):
            row = {"id": f"altered-{number}-{len(rows)}", "claim": claim, "label": label, "evidence": pages[text]}
            rows.append({**row, "extra": {"binary_only": True, "case_id": f"altered-{number}"}})
    return rows[:most]


def _claims(page: list[str], text: str, names: list[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    """As many kept as changed claims of a page, each of a sentence of its own."""
    places = [sentence for sentence in page if 8 < len(sentence.split()) < 42]
    for sentence in chance.sample(places, min(len(places), A_PAGE)):
        unchanged, changed = (harmless(shorten(sentence, chance), chance) for _ in range(2))
        wrong = change(changed, text, names, chance)
        if wrong:
            yield unchanged, "supported"
            yield wrong[0], "nei"
