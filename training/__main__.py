"""Trains the embedded verifier, from the data folder to a model with its card.

    python -m training --data ../shared/data/verification --init claims/verification/model --out model-next

``--init`` is a shipped model to go on from, or a folder with a BERT or MPNet sentence encoder (all-MiniLM-L6-v2,
all-mpnet-base-v2). ``--teacher`` names larger models that were trained so, for this one to learn from. The command
may be stopped and given again: it goes on. See ``training/README.md``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from training import data, export, network, teach
from training.plan import Plan
from training.train import train


def main(words: Sequence[str] | None = None) -> None:
    """Read the command line, train, export, check, and write the card."""
    asked = _parser().parse_args(words)
    plan = Plan(
        init=asked.init, out=asked.out, minutes=asked.minutes, processes=asked.processes, tokens=asked.tokens,
        rate=asked.rate, teachers=tuple(asked.teacher),
    )  # fmt: skip
    _check(plan)
    pairs, kept = data.build(asked.data)
    print(f"{len(pairs)} pairs to train on, {len(kept)} kept out: {data.census(pairs)}", flush=True)
    if not (plan.out / "model.safetensors").is_file():
        train(plan, pairs, kept)
    if not asked.no_export:
        export.export(plan, pairs, kept)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description="Train the embedded verifier.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/verification"))
    parser.add_argument("--init", type=Path, default=Path("claims/verification/model"))
    parser.add_argument("--out", type=Path, default=Path("model-next"))
    parser.add_argument("--minutes", type=float, default=85.0)
    parser.add_argument("--processes", type=int, default=2, help="on the CPU; one thread each")
    parser.add_argument("--tokens", type=int, default=1536, help="of one batch of one process; 16384 suits a GPU")
    parser.add_argument("--rate", type=float, default=8e-5, help="8e-5 suits MiniLM, 3e-5 twelve layers 768 wide")
    parser.add_argument("--teacher", type=Path, nargs="+", default=[], help="folders of trained models to learn from")
    parser.add_argument("--no-export", action="store_true", help="stop at full precision: to teach, not to ship")
    return parser


def _check(plan: Plan) -> None:
    """Open what the plan names before anything long begins."""
    try:
        network.tokenizer(plan.init / "tokenizer.json", plan.length)
        network.load(plan.init)
        for teacher in plan.teachers:
            teach.opened(teacher, plan.length)
    except ValueError as wrong:
        sys.exit(f"python -m training: {wrong}")


if __name__ == "__main__":
    main()
