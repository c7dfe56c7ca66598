"""Trains the embedded verifier and writes the model with its card.

    python -m training --data ../shared/data/verification --init claims/verification/model --out model-next

``--init`` is a shipped model to go on from, or a folder with a BERT or MPNet sentence encoder (all-MiniLM-L6-v2,
all-mpnet-base-v2). ``--teacher`` names larger models that were trained so, for this one to learn from; ``--wordnet``
and ``--moby`` the two books out of which words are exchanged. The command may be stopped and given again: it goes on.
See ``training/README.md``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from claims.verification.evidence.sentence_encoder import encoder
from training import data, export, network, teach
from training.plan import Plan
from training.thesaurus import Thesaurus
from training.train import train


def main(words: Sequence[str] | None = None) -> None:
    """Read the command line, train, export, check, and write the card."""
    parser = _parser()
    asked = parser.parse_args(words)
    if bool(asked.wordnet) != bool(asked.moby):
        parser.error("--wordnet and --moby go together")
    plan = Plan(
        init=asked.init, out=asked.out, minutes=asked.minutes, processes=asked.processes, tokens=asked.tokens,
        rate=asked.rate, blend=asked.blend, teachers=tuple(asked.teacher),
    )  # fmt: skip
    _check_plan(plan)
    books = partial(_books, asked.wordnet, asked.moby) if asked.wordnet else None
    pairs, kept = data.training_pairs(asked.data, books=books, keep=plan.out)
    print(f"{len(pairs)} pairs to train on, {len(kept)} kept out: {data.census(pairs)}", flush=True)
    if not (plan.out / "model.safetensors").is_file():
        train(plan, pairs, kept)
    if not asked.no_export:
        export.export_model(plan, pairs, kept)


def _books(wordnet: Path, moby: Path, texts: Sequence[str]) -> Thesaurus:
    return Thesaurus(wordnet, moby, texts, encoder().embed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description="Train the embedded verifier.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/verification"))
    parser.add_argument("--init", type=Path, default=Path("claims/verification/model"))
    parser.add_argument("--wordnet", type=Path, help="folder of WordNet 3.0; without it no words are exchanged")
    parser.add_argument("--moby", type=Path, help="the Moby Thesaurus, a root word and its words in each line")
    parser.add_argument("--out", type=Path, default=Path("model-next"))
    parser.add_argument("--minutes", type=float, default=85.0)
    parser.add_argument("--processes", type=int, default=2, help="on the CPU; one thread each")
    parser.add_argument("--tokens", type=int, default=1536, help="of one batch of one process; 16384 suits a GPU")
    parser.add_argument("--rate", type=float, default=8e-5, help="8e-5 suits MiniLM, 3e-5 twelve layers 768 wide")
    parser.add_argument("--blend", type=float, default=1.0, help="share of the learnt weights, the rest are --init's")
    parser.add_argument("--teacher", type=Path, nargs="+", default=[], help="folders of trained models to learn from")
    parser.add_argument("--no-export", action="store_true", help="stop at full precision: to teach, not to ship")
    return parser


def _check_plan(plan: Plan) -> None:
    """Open what the plan names before anything long begins."""
    try:
        network.tokenizer(plan.init / "tokenizer.json", plan.length)
        network.load_verifier(plan.init)
        for teacher in plan.teachers:
            teach.opened(teacher, plan.length)
    except ValueError as wrong:
        sys.exit(f"python -m training: {wrong}")


if __name__ == "__main__":
    main()
