"""Distillation: the answers of larger verifiers on the training pairs, for the small one to learn from.

A teacher is a folder that ``python -m training`` wrote, of any size and with a tokenizer of its own. It reads every
pair once. Its logits are kept in a file named by a hash of the teacher and the pairs, batch by batch as they come: a
run that was stopped, in the reading or after it, does not ask again. The student learns from the mean of its teachers'
softened probabilities beside the labels (Hinton, Vinyals and Dean 2015).
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from tokenizers import Tokenizer
from torch import nn

from training.data import Pair
from training.network import LABELS, Encoded, Verifier, collate, encode, load_verifier, tokenizer
from training.plan import Plan
from training.precision import autocast

# The temperature that both sides are softened with, and the teachers' part of the loss. Neither was tuned here: they
# are DistilBERT's (Sanh et al. 2019), temperature 2 and the teachers against the labels as 5 to 2.
HEAT = 2.0
TRUST = 5 / 7
FILES = ("config.json", "tokenizer.json", "model.safetensors")  # of a teacher, full precision
SAY_EVERY = 60.0  # seconds after which what was read is written to the disk, and a line says how far it is


def opened(folder: Path, length: int) -> tuple[Verifier, Tokenizer]:
    """A teacher and its tokenizer, which cuts evidence to ``length`` tokens.

    Raises:
        ValueError: the folder is none that a training wrote; the message is one line and says what it lacks.
    """
    lacking = [name for name in FILES if not (folder / name).is_file()]
    if lacking:
        raise ValueError(f"{folder} is no teacher: it has no {', no '.join(lacking)}")
    words, model = tokenizer(folder / "tokenizer.json", length), load_verifier(folder).eval()
    with safe_open(folder / "model.safetensors", framework="pt") as weights:
        if "head.weight" not in set(weights.keys()):
            raise ValueError(f"{folder} is no teacher: its head was never trained")
    return model, words


def lessons(plan: Plan, pairs: Sequence[Pair]) -> torch.Tensor:
    """The softened probabilities of the plan's teachers in the mean (pairs by 3); what is not kept yet is read."""
    return torch.stack([torch.softmax(_teacher_logits(one, plan, pairs) / HEAT, -1) for one in plan.teachers]).mean(0)


def distilled(logits: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
    """How far a student's logits are from its teachers' softened probabilities (both batch by 3), in the mean.

    It is the divergence times the temperature's square, so that its gradient is of the size of the labels', whatever
    the temperature (Hinton, Vinyals and Dean 2015, section 2).
    """
    own = torch.log_softmax(logits / HEAT, -1)
    return nn.functional.kl_div(own, taught, reduction="batchmean") * HEAT**2


def _teacher_logits(teacher: Path, plan: Plan, pairs: Sequence[Pair]) -> torch.Tensor:
    """One teacher's logits (pairs by 3), the rows that are not kept yet read first."""
    rows = _logits_file(plan.out / f"taught-{_key(teacher, plan.length, pairs)}.npy", len(pairs))
    left = np.flatnonzero(np.isnan(rows).any(1))
    if left.size:
        _ask_teacher(teacher, plan, pairs, left, rows)
    return torch.from_numpy(np.array(rows))


def _ask_teacher(teacher: Path, plan: Plan, pairs: Sequence[Pair], left: np.ndarray, rows: np.memmap) -> None:
    """Ask the teacher for the pairs at the places in ``left``, and write its logits into ``rows``."""
    if plan.device == "cpu":
        torch.set_num_threads(plan.processes)
    model, words = opened(teacher, plan.length)
    model.to(plan.device)
    encoded = encode(words, [(pairs[place].evidence, pairs[place].claim) for place in left])
    started = said = time.monotonic()
    done = 0
    with torch.no_grad(), autocast(plan.device):
        for batch in _batches_by_length(encoded, plan.tokens):
            rows[left[batch]] = model(*collate([encoded[one] for one in batch], plan.device)).cpu().numpy()
            done += len(batch)
            if done == len(encoded) or time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                rows.flush()
                far = {"read": done, "of": len(left), "minutes": round((said - started) / 60, 1)}
                print(json.dumps({"teacher": teacher.name, **far}), flush=True)


def _batches_by_length(encoded: Sequence[Encoded], tokens: int) -> Iterator[list[int]]:
    """Places of like length, so many tokens a batch; the longest first: they show at once whether memory is enough."""
    batch: list[int] = []
    for place in sorted(range(len(encoded)), key=lambda place: -len(encoded[place][0])):
        if batch and (len(batch) + 1) * len(encoded[batch[0]][0]) > tokens:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _key(teacher: Path, length: int, pairs: Sequence[Pair]) -> str:
    """A hash of all that a teacher's answers depend on: its files, the length, and the texts in their order."""
    found = hashlib.sha256(str(length).encode())
    for name in FILES:
        with (teacher / name).open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    for pair in pairs:
        found.update(json.dumps([pair.evidence, pair.claim]).encode())
    return found.hexdigest()[:16]


def _logits_file(path: Path, count: int) -> np.memmap:
    """The file of a teacher's logits, ``count`` rows, open for writing; rows that were not read yet are not numbers."""
    if not path.is_file():
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            np.save(file, np.full((count, len(LABELS)), np.nan, np.float32))
        part.replace(path)
    rows: np.memmap = np.load(path, mmap_mode="r+")
    return rows
