"""Trains the embedded verifier, from the data folder to a model with its card.

    python -m training --data ../shared/data/verification --init claims/verification/model --out model-next

``--init`` is a shipped model to go on from, or a folder with a BERT sentence encoder (all-MiniLM-L6-v2). The command
may be stopped and given again: it goes on. See ``training/README.md``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training import data, export
from training.plan import Plan
from training.train import train


def main() -> None:
    """Read the command line, train, export, check, and write the card."""
    parser = argparse.ArgumentParser(prog="python -m training", description="Train the embedded verifier.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/verification"))
    parser.add_argument("--init", type=Path, default=Path("claims/verification/model"))
    parser.add_argument("--out", type=Path, default=Path("model-next"))
    parser.add_argument("--minutes", type=float, default=85.0)
    parser.add_argument("--processes", type=int, default=2, help="on the CPU; one thread each")
    parser.add_argument("--tokens", type=int, default=1536, help="of one batch of one process; 16384 suits a GPU")
    asked = parser.parse_args()
    plan = Plan(init=asked.init, out=asked.out, minutes=asked.minutes, processes=asked.processes, tokens=asked.tokens)
    pairs, kept = data.build(asked.data)
    print(f"{len(pairs)} pairs to train on, {len(kept)} kept out: {data.census(pairs)}", flush=True)
    if not (plan.out / "model.safetensors").is_file():
        train(plan, pairs, kept)
    export.export(plan, pairs, kept)


if __name__ == "__main__":
    main()
