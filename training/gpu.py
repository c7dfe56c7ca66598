"""Trains a teacher and the two models that ship in one short run on a GPU, without network and from small files.

    python -m training.gpu prepare --encoder all-mpnet-base-v2 --data ../shared/data/verification --out run/in
    python -m training.gpu train --inputs run/in --out run/out --minutes 9
    python -m training.gpu collect --pieces run/out --encoder all-mpnet-base-v2 --out run

``prepare`` writes what a run needs: the encoder's weights in two halves, the small model's, the encoded pairs and
development sets. ``train`` needs PyTorch, transformers and those files alone: the teacher (twelve layers) learns,
reads all pairs, and teaches six of its own layers and the small model. It writes int8 weights in pieces, the teacher's
logits, and what it measured. ``collect`` makes checkpoints of the pieces, for ``python -m training.export``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch

from training import devsets
from training.network import ENCODERS, Verifier, keep_layers, load_verifier, save
from training.pieces import read_pieces, write_pieces
from training.plan import Plan
from training.prepared import read
from training.teach import Answers, answers
from training.train import log_step, train_steps

WORDS = "bb.embeddings.word_embeddings.weight"
# Shares of the time, learning rates and layers: the teacher, its cut, and the small one.
TEACHER, LARGE, SMALL, STUDENTS = "teacher", "large", "small", "students"
SHARES = {TEACHER: 0.45, LARGE: 0.29, SMALL: 0.2}  # the rest is for reading, measuring and writing
RATES = {TEACHER: 5e-5, LARGE: 1e-4, SMALL: 2e-4}
ANSWERS, WEIGHTS = "answers.pt", "teacher.pt"  # what is handed on, on one machine: too large to travel
LAYERS = 6
TOKENS = 32768


def prepare_inputs(arguments: argparse.Namespace) -> None:
    """Write the inputs of a run."""
    from training.prepare_all import write_inputs  # noqa: PLC0415  needs the product; a run on a GPU does not

    write_inputs(arguments)


def train_all(arguments: argparse.Namespace) -> None:
    """Train the three models, or the teacher or its students alone, and write what they learnt."""
    run = _Run(arguments)
    for part in arguments.only or (TEACHER, STUDENTS):
        run.teacher() if part == TEACHER else run.students()


class _Run:
    """One run: what it reads is read once; the teacher's answers may be handed on from one command to the next."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments, self._started = arguments, time.monotonic()
        arguments.out.mkdir(parents=True, exist_ok=True)
        arguments.handed.mkdir(parents=True, exist_ok=True)
        self._pairs, sets = read(arguments.inputs / "pairs.npz"), devsets.kept(arguments.inputs / "dev.npz")
        base = Plan(init=arguments.inputs, out=arguments.out, minutes=1.0, tokens=arguments.tokens)
        self._device, self._score = base.device, partial(devsets.dev_score, sets=sets, device=base.device)
        self._plans = {
            name: replace(base, minutes=arguments.minutes * share, rate=RATES[name]) for name, share in SHARES.items()
        }
        self._say(device=self._device, pairs=len(self._pairs))

    def teacher(self) -> None:
        """Train the teacher, have it read all pairs, and leave its answers and its weights for the students."""
        model = _model(self._arguments.inputs, TEACHER)
        if self._arguments.untrained:
            self._say(stage="untrained", **self._score(model))
        train_steps(model, self._plans[TEACHER], self._pairs, None, self._score)
        self._say(stage=TEACHER)
        taught = answers(model, self._pairs, self._device, words=True)
        np.save(self._arguments.out / "taught.npy", taught.logits.half().cpu().numpy())
        torch.save({"logits": taught.logits, "unsaid": taught.unsaid}, self._arguments.handed / ANSWERS)
        torch.save(model.state_dict(), self._arguments.handed / WEIGHTS)
        self._say(stage="read")

    def students(self) -> None:
        """Train the two models that ship, and write their weights."""
        taught = Answers(**torch.load(self._arguments.handed / ANSWERS, weights_only=True))
        for name in (LARGE, SMALL):
            model = self._student(name)
            train_steps(model, self._plans[name], self._pairs, taught, self._score)
            learnt = {key: value for key, value in model.state_dict().items() if key != WORDS}
            write_pieces(learnt, self._arguments.out, name)
            self._say(stage=name)

    def _student(self, name: str) -> Verifier:
        if (self._arguments.inputs / f"{name}.json").is_file():
            return _model(self._arguments.inputs, name)
        model = _model(self._arguments.inputs, TEACHER)
        model.load_state_dict(torch.load(self._arguments.handed / WEIGHTS, weights_only=True))
        return keep_layers(model, LAYERS)

    def _say(self, **values: object) -> None:
        rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in values.items()}
        log_step(self._arguments.out, **rounded, seconds=round(time.monotonic() - self._started, 2))


def _model(folder: Path, name: str) -> Verifier:
    """A model of the inputs, with a new head where it has none."""
    config = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    kind = ENCODERS[config["model_type"]][0]
    settings = kind.from_dict(config)
    settings.attention_probs_dropout_prob = settings.hidden_dropout_prob = 0.0
    torch.manual_seed(1)
    model = Verifier(settings, "eager")
    weights = read_pieces(folder, name)
    missing = model.load_state_dict(weights, strict=False).missing_keys
    missing = [key for key in missing if not key.startswith(("head.", "unsaid.")) and "position_ids" not in key]
    if missing:
        raise ValueError(f"{folder}: {name} has no {missing[0]}")
    return model


def collect(arguments: argparse.Namespace) -> None:
    """Make the checkpoints ``large`` and ``small`` from a run's pieces, with the word embeddings it started from."""
    for name, start in ((LARGE, arguments.encoder), (SMALL, arguments.init)):
        model = keep_layers(load_verifier(start, "eager"), LAYERS if name == LARGE else 0)
        weights = read_pieces(arguments.pieces, name) | {WORDS: model.state_dict()[WORDS]}
        model.load_state_dict(weights)
        save(model, arguments.out / name)
        shutil.copyfile(start / "tokenizer.json", arguments.out / name / "tokenizer.json")


def main(words: Sequence[str] | None = None) -> None:
    """Read the command line and run one of the three commands."""
    parser = argparse.ArgumentParser(prog="python -m training.gpu", description="Train in one short run on a GPU.")
    commands = parser.add_subparsers(required=True)
    first = commands.add_parser("prepare", help="write the inputs of a run")
    first.add_argument("--encoder", type=Path, required=True, help="the folder all-mpnet-base-v2")
    first.add_argument("--init", type=Path, default=Path("claims/verification/model"))
    first.add_argument("--large", type=Path, help="the larger reader to go on from; else the teacher's layers are cut")
    first.add_argument("--editions", type=int, default=1, help="how often pairs are made, each time others")
    first.add_argument("--data", type=Path, default=Path("../shared/data/verification"))
    first.add_argument("--wordnet", type=Path, help="folder of WordNet 3.0; without it no words are exchanged")
    first.add_argument("--moby", type=Path, help="the Moby Thesaurus, a root word and its words in each line")
    first.add_argument("--out", type=Path, required=True)
    first.set_defaults(run=prepare_inputs)
    second = commands.add_parser("train", help="train the three models")
    second.add_argument("--inputs", type=Path, required=True)
    second.add_argument("--out", type=Path, required=True)
    second.add_argument("--minutes", type=float, default=9.0)
    second.add_argument("--only", choices=(TEACHER, STUDENTS), nargs="*", help="a part of the run; the other follows")
    second.add_argument("--handed", type=Path, default=Path("handed"), help="where the teacher's answers are kept")
    second.add_argument("--tokens", type=int, default=TOKENS)
    second.add_argument("--untrained", action="store_true", help="measure the encoder before it learns anything")
    second.set_defaults(run=train_all)
    third = commands.add_parser("collect", help="make checkpoints of a run's pieces")
    third.add_argument("--pieces", type=Path, required=True)
    third.add_argument("--encoder", type=Path, required=True)
    third.add_argument("--init", type=Path, default=Path("claims/verification/model"))
    third.add_argument("--out", type=Path, required=True)
    third.set_defaults(run=collect)
    arguments = parser.parse_args(words)
    arguments.run(arguments)


if __name__ == "__main__":
    main()
