"""Gathers the development sets as the product would read them: passages ranked, and the best joined."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from claims.records import Page
from claims.verification.evidence.passages import TOP, Ranked, read_as_one
from claims.verification.evidence.sentence_encoder import Encoder
from training.devsets import SETS, DevSets
from training.pair import NOT_SUPPORTED, SUPPORTED, Pair
from training.prepared import prepare


def gathered(folder: Path, words: Tokenizer, encoder: Encoder | None) -> DevSets:
    """Read the sets of the data folder, rank their passages and encode the pairs."""
    pairs: list[Pair] = []
    row: list[int] = []
    whole: list[bool] = []
    sets: list[str] = []
    keys: list[str] = []
    truth: list[bool] = []
    for name in SETS:
        for claim_row in _rows(folder, name):
            ranked = Ranked(
                Page(text="\n".join(" ".join(text.split()) for text in claim_row["evidence"])), encoder=encoder
            )
            top = ranked.top(claim_row["claim"], TOP)
            shown = [window.passage.text for window in top] + [read_as_one(top)]
            label = SUPPORTED if claim_row["label"] == "supported" else NOT_SUPPORTED
            group = f"{name} {claim_row['extra'].get('pair_id') or claim_row['id']}"
            for place, text in enumerate(shown):
                last = place == len(shown) - 1
                claim, evidence = (" ".join(words.split()) for words in (claim_row["claim"], text))
                about = group if last else f"{group} {place}"
                pairs.append(Pair(evidence=evidence or "-", claim=claim, label=label, source=name, group=about))
                row.append(len(sets))
                whole.append(last)
            sets.append(name)
            keys.append(group)
            truth.append(label == SUPPORTED)
    twin = [next((at for at, key in enumerate(keys) if key == own_key and truth[at] and at != place), -1)
            if not truth[place] else -1 for place, own_key in enumerate(keys)]  # fmt: skip
    return DevSets(prepared=prepare(pairs, words), row=np.array(row), whole=np.array(whole), sets=tuple(sets),
                   truth=np.array(truth), twin=np.array(twin))  # fmt: skip


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(folder / "dev" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
