"""Distillation: the answers of larger verifiers on the training pairs, for the small one to learn from.

A teacher is a folder that ``python -m training`` wrote, of any size, for the vocabulary of BERT or of MPNet. It reads
every pair once. Its logits are stored batch by batch in a file named by a hash of the teacher and the pairs, so that an
interrupted run does not compute them again. The student learns from the labels, from the mean of its teachers' logits
(Hinton, Vinyals and Dean 2015), and from the word marks of a teacher that has them.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open

from training.batches import batches_by_length
from training.losses import Taught
from training.network import LABELS, Verifier, load_verifier
from training.plan import Plan
from training.precision import autocast
from training.prepared import Prepared, width

FILES = ("config.json", "tokenizer.json", "model.safetensors")  # of a teacher, full precision
SAY_EVERY = 60.0  # seconds after which what was read is written to the disk, and a line says how far it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A model's answers on all pairs: logits (pairs by 3) and, for each token of ``Prepared.ids``, that it is not said.

    Tokens outside of claims have none: NaN.
    """

    logits: torch.Tensor
    unsaid: torch.Tensor | None = None

    def to(self, device: str) -> Answers:
        """The same on a device."""
        return Answers(logits=self.logits.to(device), unsaid=None if self.unsaid is None else self.unsaid.to(device))

    def of(self, prepared: Prepared, places: torch.Tensor, longest: int, kind: str) -> Taught:
        """The answers of a batch, the tokens in the shape of ``Prepared.batch``."""
        logits = self.logits[places].float()
        if self.unsaid is None:
            return Taught(logits=logits)
        inside, at = prepared.claim_tokens(places, longest, kind)
        unsaid = self.unsaid[at].float()
        return Taught(logits=logits, unsaid=torch.where(inside, unsaid, float("nan")))


def check_teacher(folder: Path) -> None:
    """Check that a folder holds a trained verifier.

    Raises:
        ValueError: it does not; the message is one line and says what is missing.
    """
    lacking = [name for name in FILES if not (folder / name).is_file()]
    if lacking:
        raise ValueError(f"{folder} is no teacher: it has no {', no '.join(lacking)}")
    load_verifier(folder)
    with safe_open(folder / "model.safetensors", framework="pt") as weights:
        if "head.weight" not in set(weights.keys()):
            raise ValueError(f"{folder} is no teacher: its head was never trained")


def read_taught(path: Path, prepared: Prepared) -> Answers:
    """The logits of a file that ``gpu.py`` wrote.

    Raises:
        ValueError: the file has another number of pairs.
    """
    logits = torch.from_numpy(np.load(path).astype(np.float32))
    if len(logits) != len(prepared):
        raise ValueError(f"{path} has answers to {len(logits)} pairs, and there are {len(prepared)}")
    return Answers(logits=logits)


def lessons(plan: Plan, prepared: Prepared) -> Answers:
    """The mean of the logits of the plan's teachers; logits that are not stored yet are computed."""
    return Answers(logits=torch.stack([_teacher_logits(teacher, plan, prepared) for teacher in plan.teachers]).mean(0))


@torch.no_grad()
def answers(model: Verifier, prepared: Prepared, device: str, tokens: int = 0, *, words: bool = False) -> Answers:
    """A model's answers to all pairs, on its device; with ``words`` also for their tokens."""
    model.to(device).eval()
    held, lengths = prepared.to(device), prepared.lengths
    logits = torch.zeros(len(prepared), len(LABELS), device=device)
    unsaid = torch.full((len(prepared.ids),), float("nan"), dtype=torch.float16, device=device) if words else None
    for batch in batches_by_length(lengths, tokens or (4096 if device == "cpu" else 131072)):
        _answer(model, held, batch, lengths[batch[0]], logits, unsaid)
    model.train()
    return Answers(logits=logits, unsaid=unsaid)


def _answer(
    model: Verifier,
    held: Prepared,
    batch: Sequence[int],
    longest: int,
    logits: torch.Tensor,
    unsaid: torch.Tensor | None,
) -> None:
    """Put a model's answers to one batch where they belong."""
    device = logits.device.type
    places = torch.tensor(batch, device=device)
    longest = width(longest, model.kind)
    with autocast(device):
        pair_logits, words = model(*held.batch(places, longest, model.kind))
    logits[places] = pair_logits
    if unsaid is None:
        return
    inside, at = held.claim_tokens(places, longest, model.kind)
    unsaid[at[inside]] = words[inside].half()


def _teacher_logits(teacher: Path, plan: Plan, prepared: Prepared) -> torch.Tensor:
    """One teacher's logits (pairs by 3), the rows that are not kept yet read first."""
    rows = _logits_file(plan.out / f"taught-{_answers_key(teacher, prepared)}.npy", len(prepared))
    left = np.flatnonzero(np.isnan(rows).any(1))
    if left.size:
        _ask_teacher(teacher, plan, prepared, left, rows)
    return torch.from_numpy(np.array(rows))


@torch.no_grad()
def _ask_teacher(teacher: Path, plan: Plan, prepared: Prepared, left: np.ndarray, rows: np.memmap) -> None:
    """Ask the teacher for the pairs at the places in ``left``, and write its logits into ``rows``."""
    if plan.device == "cpu":
        torch.set_num_threads(plan.processes)
    model = load_verifier(teacher, "eager").to(plan.device).eval()
    held, lengths = prepared.to(plan.device), prepared.lengths
    logits = torch.zeros(len(prepared), len(LABELS), device=plan.device)
    started = reported = time.monotonic()
    done = 0
    for batch in batches_by_length(lengths, plan.tokens, left.tolist()):
        _answer(model, held, batch, lengths[batch[0]], logits, None)
        rows[batch] = logits[torch.tensor(batch, device=plan.device)].cpu().numpy()
        done += len(batch)
        if done == len(left) or time.monotonic() - reported > SAY_EVERY:
            reported = time.monotonic()
            rows.flush()
            far = {"read": done, "of": len(left), "minutes": round((reported - started) / 60, 1)}
            print(json.dumps({"teacher": teacher.name, **far}), flush=True)


def _answers_key(teacher: Path, prepared: Prepared) -> str:
    """A hash of all that a teacher's answers depend on: its files, and the tokens in their order."""
    digest = hashlib.sha256()
    for name in FILES:
        with (teacher / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    for array in (prepared.ids, prepared.starts, prepared.claims):
        digest.update(array.cpu().numpy().tobytes())
    return digest.hexdigest()[:16]


def _logits_file(path: Path, count: int) -> np.memmap:
    """The file of a teacher's logits, ``count`` rows, open for writing; rows that were not read yet are not numbers."""
    if not path.is_file():
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            np.save(file, np.full((count, len(LABELS)), np.nan, np.float32))
        part.replace(path)
    rows: np.memmap = np.load(path, mmap_mode="r+")
    return rows
