"""Trains the verifier, resumably, in batches by length with one process per CPU core or one on a GPU.

It computes in bf16 where the hardware has instructions for it (``precision.py``). The learning rate rises for a
twentieth of the time and then falls to nothing (linear), by the clock: a training has as long as ``minutes`` says, on
any machine. Its state is written every few minutes; started again with the same folder it goes on from there. Teachers,
if there are any, read the pairs before the clock starts (``teach.py``).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.distributed as together
from torch import nn

from training.data import NOT_SUPPORTED, Pair
from training.network import Encoded, Verifier, collate, encode, load_verifier, save, tokenizer
from training.plan import Plan
from training.precision import autocast
from training.teach import TRUST, distilled, lessons

BLOCK = 4096  # pairs shuffled, then sorted by length within such a block, so that little is padded
SAVE_EVERY = 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What there is to learn: tokens and label of every pair, and what the teachers say (pairs by 3) if any do."""

    encoded: Sequence[Encoded]
    labels: torch.Tensor
    taught: torch.Tensor | None = None

    def loss(self, logits: torch.Tensor, batch: Sequence[int]) -> torch.Tensor:
        """How wrong the logits are for the pairs at these places, by their labels and by the teachers."""
        labels = loss_of(logits, self.labels[batch].to(logits.device))
        if self.taught is None:
            return labels
        return (1 - TRUST) * labels + TRUST * distilled(logits, self.taught[batch].to(logits.device))


def train(plan: Plan, pairs: Sequence[Pair], kept: Sequence[Pair]) -> None:
    """Train and leave ``model.safetensors``, ``config.json``, ``tokenizer.json`` and ``log.jsonl`` in ``plan.out``."""
    plan.out.mkdir(parents=True, exist_ok=True)
    taught = lessons(plan, pairs) if plan.teachers else None
    if plan.device == "cuda" or plan.processes == 1:
        _work(0, plan, pairs, kept, taught)
        return
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(20000 + os.getpid() % 20000))
    torch.multiprocessing.spawn(_work, (plan, pairs, kept, taught), plan.processes)


def _work(rank: int, plan: Plan, pairs: Sequence[Pair], kept: Sequence[Pair], taught: torch.Tensor | None) -> None:
    world = 1 if plan.device == "cuda" else plan.processes
    if world > 1:
        together.init_process_group("gloo", rank=rank, world_size=world)
    if plan.device == "cpu":
        torch.set_num_threads(1 if world > 1 else os.cpu_count() or 1)
    torch.manual_seed(plan.seed + rank)
    words = tokenizer(plan.init / "tokenizer.json", plan.length)
    encoded = encode(words, [(pair.evidence, pair.claim) for pair in pairs])
    lesson = Lesson(encoded=encoded, labels=torch.tensor([pair.label for pair in pairs]), taught=taught)
    # On the CPU plain attention learns from 2,500 short pairs' tokens a second where the fused one does from 1,700.
    model = load_verifier(plan.init, "eager" if plan.device == "cpu" else "sdpa").to(plan.device).train()
    if plan.device == "cpu":
        model.bb.get_input_embeddings().weight.requires_grad = False  # half the weights, and little to learn there
    _train_steps(rank, world, plan, model, lesson)
    if rank == 0:
        if plan.init.resolve() != plan.out.resolve():
            shutil.copyfile(plan.init / "tokenizer.json", plan.out / "tokenizer.json")
        if plan.blend < 1:
            blend(model, load_verifier(plan.init), plan.blend)
        save(model, plan.out)
        _log_step(plan.out, finished=True, **measure(model, words, kept, plan.device))
        (plan.out / "state.pt").unlink(missing_ok=True)
    if world > 1:
        together.destroy_process_group()


def blend(model: Verifier, start: Verifier, share: float) -> None:
    """Put ``share`` of a model's weights and the rest of those it began from together (Wortsman et al. 2022).

    Two models of which one went on from the other often do best on new texts, and bear int8 best, somewhere between.
    """
    before = start.state_dict()
    mixed = {name: before[name].to(now).lerp(now, share) for name, now in model.state_dict().items()}
    model.load_state_dict(mixed)


def _train_steps(rank: int, world: int, plan: Plan, model: Verifier, lesson: Lesson) -> None:
    """Step after step until the time is over; the first process logs and writes the state."""
    optimizer = _optimizer(model, plan)
    spent, step = _resume(plan, model, optimizer)
    started, saved, losses = time.monotonic() - spent, time.monotonic(), []
    for number, batches in enumerate(_step_batches(lesson.encoded, plan, world)):
        if number < step:
            continue
        progress = _agreed((time.monotonic() - started) / (60 * plan.minutes), world)
        if progress >= 1:
            break
        _set_rate(optimizer, plan.rate * (min(progress / 0.05, 1.0) * (1 - progress) + 1e-3))
        losses.append(_training_step(model, optimizer, batches[rank], lesson, plan.device, world))
        if rank == 0 and number % 50 == 49:
            loss = round(sum(losses) / len(losses), 4)
            _log_step(plan.out, step=number + 1, minutes=round((time.monotonic() - started) / 60, 1), loss=loss)
            losses.clear()
        if rank == 0 and time.monotonic() - saved > SAVE_EVERY:
            saved = time.monotonic()
            _save_state(plan, model, optimizer, saved - started, number + 1)


def _step_batches(encoded: Sequence[Encoded], plan: Plan, world: int) -> Iterator[list[list[int]]]:
    """For every step one batch for each process, of like length; epoch after epoch, the same for the same seed."""
    epoch = 0
    while True:
        chance = random.Random(plan.seed * 1000 + epoch)
        order = list(range(len(encoded)))
        chance.shuffle(order)
        steps: list[list[list[int]]] = []
        for first in range(0, len(order), BLOCK):
            found: list[list[int]] = [[]]
            for place in sorted(order[first : first + BLOCK], key=lambda place: len(encoded[place][0])):
                if (len(found[-1]) + 1) * len(encoded[place][0]) > plan.tokens and found[-1]:
                    found.append([])
                found[-1].append(place)
            some = [found[at : at + world] for at in range(0, len(found) - world + 1, world)]
            chance.shuffle(some)
            steps += some
        yield from steps
        epoch += 1


def _training_step(
    model: Verifier,
    optimizer: torch.optim.Optimizer,
    batch: Sequence[int],
    lesson: Lesson,
    device: str,
    world: int,
) -> float:
    with autocast(device):
        logits = model(*collate([lesson.encoded[place] for place in batch], device))
    loss = lesson.loss(logits, batch)
    loss.backward()  # type: ignore[no-untyped-call]
    if world > 1:
        _average([one for one in model.parameters() if one.grad is not None], world)
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return loss.item()


def loss_of(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Mean cross entropy (batch by 3 against batch); a label "not supported" counts both other classes together."""
    chances = torch.log_softmax(logits, -1)
    either = torch.logsumexp(chances[:, 1:], -1)
    exact = chances.gather(1, labels.clamp(max=2).unsqueeze(1)).squeeze(1)
    return -torch.where(labels == NOT_SUPPORTED, either, exact).mean()


def measure(model: Verifier, words: Any, kept: Sequence[Pair], device: str) -> dict[str, float]:
    """Accuracy on the held-out pairs of every set, three-way (two-way where the label says no more)."""
    model.eval()
    encoded = encode(words, [(pair.evidence, pair.claim) for pair in kept])
    right: dict[str, list[bool]] = {}
    order = sorted(range(len(kept)), key=lambda place: len(encoded[place][0]))
    for first in range(0, len(order), 32):
        batch = order[first : first + 32]
        with torch.no_grad(), autocast(device):
            said = model(*collate([encoded[place] for place in batch], device)).argmax(-1).tolist()
        for place, one in zip(batch, said, strict=True):
            label = kept[place].label
            right.setdefault(kept[place].source, []).append(one == label or (label == NOT_SUPPORTED and one > 0))
    model.train()
    return {name: round(sum(found) / len(found), 4) for name, found in right.items()}


def _optimizer(model: Verifier, plan: Plan) -> torch.optim.Optimizer:
    body = [one for name, one in model.named_parameters() if not name.startswith("head.") and one.requires_grad]
    groups = [
        {"params": [one for one in body if one.ndim > 1], "weight_decay": 0.01, "times": 1.0},
        {"params": [one for one in body if one.ndim < 2], "weight_decay": 0.0, "times": 1.0},
        {"params": list(model.head.parameters()), "weight_decay": 0.01, "times": plan.head_rate},
    ]
    return torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98), fused=True)


def _set_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate * group["times"]


def _average(parameters: Sequence[torch.Tensor], world: int) -> None:
    gradients = [one.grad for one in parameters if one.grad is not None]
    flat = torch.cat([one.reshape(-1) for one in gradients])
    together.all_reduce(flat)
    flat /= world
    first = 0
    for one in gradients:
        one.copy_(flat[first : first + one.numel()].view_as(one))
        first += one.numel()


def _agreed(progress: float, world: int) -> float:
    """The first process's clock: all must stop at the same step."""
    if world == 1:
        return progress
    shared = torch.tensor([progress], dtype=torch.float64)
    together.broadcast(shared, 0)
    return shared.item()


def _resume(plan: Plan, model: Verifier, optimizer: torch.optim.Optimizer) -> tuple[float, int]:
    path = plan.out / "state.pt"
    if not path.is_file():
        return 0.0, 0
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return float(state["spent"]), int(state["step"])


def _save_state(plan: Plan, model: Verifier, optimizer: torch.optim.Optimizer, spent: float, step: int) -> None:
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "spent": spent, "step": step}
    torch.save(state, plan.out / "state.part")
    (plan.out / "state.part").replace(plan.out / "state.pt")


def _log_step(folder: Path, **values: Any) -> None:
    line = json.dumps(values)
    print(line, flush=True)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")
