"""Prepares the inputs of a training: encoded pairs; for a GPU run (``gpu.py``) also weights and development sets."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from claims.verification.evidence.sentence_encoder import encoder
from claims.verification.judges.embedded import MODEL
from training import data, dev_rows, devsets
from training.data import Books
from training.long_evidence import passages_that_matter
from training.network import load_verifier, tokenizer
from training.pieces import write_pieces
from training.plan import Plan
from training.prepared import Prepared, prepare, read, write
from training.thesaurus import Thesaurus

HALF = 60_000_000  # bytes of one half of the encoder's weights


def write_inputs(arguments: argparse.Namespace) -> None:
    """Write weights, pairs and development sets to ``arguments.out``."""
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    starts = {"teacher": arguments.encoder, "small": arguments.init} | (
        {"large": arguments.large} if arguments.large else {}
    )
    for name, folder in starts.items():
        model = load_verifier(folder, "eager")
        (out / f"{name}.json").write_text(json.dumps(model.bb.config.to_dict(), indent=1), encoding="utf-8")
        # The teacher is an encoder: it has no heads yet, and what stands in their place is chance.
        heads = ("head.", "unsaid.") if name == "teacher" else ()
        own = {key: value for key, value in model.state_dict().items() if not key.startswith(heads)}
        write_pieces(own, out, name, HALF)
    plan = Plan(init=arguments.init, out=out, minutes=0)
    prepared_pairs(arguments.data, plan, books_of(arguments.wordnet, arguments.moby), out, arguments.editions)
    words = tokenizer(MODEL / "tokenizer.json", plan.length)
    devsets.keep(dev_rows.gathered(arguments.data, words, encoder()), out / "dev.npz")


def prepared_pairs(
    folder: Path, plan: Plan, books: Books | None, keep: Path | None, editions: int = 1
) -> tuple[Prepared, Prepared]:
    """The training pairs and the held-out pairs, encoded; read from ``keep`` if they were made before.

    They are encoded with BERT's tokenizer, also for MPNet (``prepared.py``).
    """
    keep = keep or plan.out
    paths = keep / "pairs.npz", keep / "held.npz"
    if not all(path.is_file() for path in paths):
        keep.mkdir(parents=True, exist_ok=True)
        words = tokenizer(MODEL / "tokenizer.json", plan.length)
        cut = passages_that_matter(keep / "kept", encoder())
        pairs, kept = data.training_pairs(folder, books=books, keep=keep / "kept", cut=cut)
        for edition in range(1, editions):
            pairs += data.training_pairs(folder, books=books, keep=keep / "kept", cut=cut, edition=edition)[0]
        pairs.sort(key=lambda pair: pair.group)
        print(f"{len(pairs)} pairs: {data.census(pairs)}", flush=True)
        for some, path in zip((pairs, kept), paths, strict=True):
            write(prepare(some, words), path)
    return read(paths[0]), read(paths[1])


def books_of(wordnet: Path | None, moby: Path | None) -> Books | None:
    """A function that opens the two thesauri, or None unless both paths are given."""
    if wordnet is None or moby is None:
        return None
    return lambda texts: Thesaurus(wordnet, moby, texts, encoder().embed)
