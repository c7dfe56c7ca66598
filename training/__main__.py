"""Trains the embedded verifier and writes the model with its card.

    python -m training --data ../shared/data/verification --init claims/verification/model --out model-next

``--init`` is a shipped model to continue from, or a folder with a BERT or MPNet sentence encoder (all-MiniLM-L6-v2,
all-mpnet-base-v2). ``--teacher`` names larger models, trained in the same way, from which this one learns; ``--taught``
is a file with the logits of such a teacher. ``--wordnet`` and ``--moby`` are the sources for exchanging words. The
command can be interrupted and run again; it then resumes. ``python -m training.gpu`` trains teacher and students in
one short run on a GPU. See ``training/README.md``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from training import export, network, teach
from training.plan import Plan
from training.prepare_all import books_of, prepared_pairs
from training.teach import read_taught
from training.train import train


def main(words: Sequence[str] | None = None) -> None:
    """Read the command line, train, export, check, and write the card."""
    parser = _parser()
    arguments = parser.parse_args(words)
    if bool(arguments.wordnet) != bool(arguments.moby):
        parser.error("--wordnet and --moby go together")
    plan = Plan(
        init=arguments.init, out=arguments.out, minutes=arguments.minutes, processes=arguments.processes,
        tokens=arguments.tokens, rate=arguments.rate, blend=arguments.blend, layers=arguments.layers,
        teachers=tuple(arguments.teacher),
    )  # fmt: skip
    _check_plan(plan)
    pairs, kept = prepared_pairs(arguments.data, plan, books_of(arguments.wordnet, arguments.moby), arguments.prepared)
    print(f"{len(pairs)} pairs to train on, {len(kept)} kept out", flush=True)
    if not (plan.out / "model.safetensors").is_file():
        train(plan, pairs, kept, read_taught(arguments.taught, pairs) if arguments.taught else None)
    if not arguments.no_export:
        export.export_model(plan, pairs, kept, arguments.version)


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
    parser.add_argument("--layers", type=int, default=0, help="of the encoder's layers to keep; 0 is all")
    parser.add_argument("--taught", type=Path, help="logits of a teacher on these pairs, as training.gpu writes them")
    parser.add_argument("--prepared", type=Path, help="folder of encoded pairs, made there the first time")
    parser.add_argument("--version", default="minilm-l6-4", help="what verifier.json calls the model")
    parser.add_argument("--no-export", action="store_true", help="stop at full precision: to teach, not to ship")
    return parser


def _check_plan(plan: Plan) -> None:
    """Open what the plan names before anything long begins."""
    try:
        network.tokenizer(plan.init / "tokenizer.json", plan.length)
        network.load_verifier(plan.init)
        for teacher in plan.teachers:
            teach.check_teacher(teacher)
    except ValueError as wrong:
        sys.exit(f"python -m training: {wrong}")


if __name__ == "__main__":
    main()
