"""Cuts long evidence to the passages that matter to a claim, as the product does before it asks the judge."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from claims.records import Page
from claims.verification.evidence.passages import TOP, Ranked, read_as_one
from claims.verification.evidence.sentence_encoder import Encoder

# Takes the sentences of each text, and a claim about each; gives the passages of each as one text.
Cut = Callable[[Sequence[Sequence[str]], Sequence[str]], list[str]]


def passages_that_matter(keep: Path, encoder: Encoder | None) -> Cut:
    """A ``Cut`` that ranks by words and, with an ``encoder``, by meaning; results are stored in ``keep``."""

    def cut(texts: Sequence[Sequence[str]], claims: Sequence[str]) -> list[str]:
        named = hashlib.sha256(json.dumps([list(map(list, texts)), list(claims)]).encode()).hexdigest()[:12]
        path = keep / f"cut-{named}.json"
        if path.is_file():
            passages: list[str] = json.loads(path.read_text(encoding="utf-8"))
            return passages
        passages = _cut_texts(texts, claims, encoder)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".part").write_text(json.dumps(passages), encoding="utf-8")
        path.with_suffix(".part").replace(path)
        return passages

    return cut


def _cut_texts(texts: Sequence[Sequence[str]], claims: Sequence[str], encoder: Encoder | None) -> list[str]:
    pages: dict[str, list[int]] = {}
    for place, sentences in enumerate(texts):
        pages.setdefault("\n".join(" ".join(sentence.split()) for sentence in sentences), []).append(place)
    passages = [""] * len(texts)
    for text, places in pages.items():
        ranked = Ranked(Page(text=text), encoder=encoder)
        for place in places:
            joined = read_as_one(ranked.top(claims[place], TOP))
            passages[place] = " ".join(joined.split()) or " ".join(text.split())
    return passages
