"""Trains the verifier, resumably, in batches by length with one process per CPU core or one on a GPU.

It computes in bf16 where the hardware has instructions for it (``precision.py``). The learning rate rises for a
twentieth of the time and then falls linearly to zero, by the clock: training takes ``minutes`` on any machine. Its
state is written every few minutes; started again with the same folder, it resumes. Teachers, if any, read the pairs
before the clock starts (``teach.py``). On a GPU all pairs are kept in its memory and no step waits for it; with
development sets, the best of three checkpoints is kept (early stopping).
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.distributed as together
from torch import nn

from training.batches import step_batches, twins_within
from training.losses import Target, loss_of
from training.network import Verifier, keep_layers, load_verifier, save
from training.pair import NOT_SUPPORTED
from training.plan import Plan
from training.precision import autocast
from training.prepared import Prepared, width
from training.teach import Answers, answers, lessons

SAVE_EVERY = 240.0
LOOK_AT = (0.6, 0.8, 1.0)  # after which part of the time the development sets are asked
AHEAD = 20  # steps that a GPU may be behind the clock

Score = Callable[[Verifier], dict[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What there is to learn: the pairs on the device, their lengths and twins at hand, and the teachers' answers."""

    prepared: Prepared
    lengths: Sequence[int]
    twins: Sequence[int]
    kind: str
    taught: Answers | None = None

    def loss(self, model: Verifier, batch: Sequence[int], device: str) -> torch.Tensor:
        """How wrong a model is about the pairs at these places."""
        places = torch.tensor(batch)
        within = twins_within(batch, self.twins)
        if device == "cuda":
            places = places.pin_memory().to(device, non_blocking=True)
            within = within.pin_memory().to(device, non_blocking=True)
        longest = width(max(self.lengths[place] for place in batch), self.kind)
        with autocast(device):
            logits, unsaid = model(*self.prepared.batch(places, longest, self.kind))
        target = Target(
            labels=self.prepared.labels[places],
            twins=within,
            marks=self.prepared.marked(places, longest, self.kind),
            taught=None if self.taught is None else self.taught.of(self.prepared, places, longest, self.kind),
        )
        return loss_of(logits, unsaid, target)


def train(plan: Plan, prepared: Prepared, kept: Prepared, taught: Answers | None = None) -> None:
    """Train and leave ``model.safetensors``, ``config.json``, ``tokenizer.json`` and ``log.jsonl`` in ``plan.out``.

    ``taught`` are existing answers of a teacher; without them the plan's teachers, if any, are run.
    """
    plan.out.mkdir(parents=True, exist_ok=True)
    if taught is None and plan.teachers:
        taught = lessons(plan, prepared)
    if plan.device == "cuda" or plan.processes == 1:
        _work(0, plan, prepared, kept, taught)
        return
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(20000 + os.getpid() % 20000))
    torch.multiprocessing.spawn(_work, (plan, prepared, kept, taught), plan.processes)


def _work(rank: int, plan: Plan, prepared: Prepared, kept: Prepared, taught: Answers | None) -> None:
    world = 1 if plan.device == "cuda" else plan.processes
    if world > 1:
        together.init_process_group("gloo", rank=rank, world_size=world)
    if plan.device == "cpu":
        torch.set_num_threads(1 if world > 1 else os.cpu_count() or 1)
    torch.manual_seed(plan.seed + rank)
    model = keep_layers(load_verifier(plan.init, "eager"), plan.layers)
    train_steps(model, plan, prepared, taught, rank=rank, world=world)
    if rank == 0:
        if plan.init.resolve() != plan.out.resolve():
            shutil.copyfile(plan.init / "tokenizer.json", plan.out / "tokenizer.json")
        if plan.blend < 1:
            blend(model, load_verifier(plan.init), plan.blend)
        save(model, plan.out)
        log_step(plan.out, finished=True, **measure(model, kept, plan.device))
        (plan.out / "state.pt").unlink(missing_ok=True)
    if world > 1:
        together.destroy_process_group()


def blend(model: Verifier, start: Verifier, share: float) -> None:
    """Interpolate between the weights a model started from and its own, by ``share`` (Wortsman et al. 2022).

    Such a mixture often does better on new texts, and loses less in int8, than either model.
    """
    before = start.state_dict()
    mixed = {name: before[name].to(now).lerp(now, share) for name, now in model.state_dict().items()}
    model.load_state_dict(mixed)


def train_steps(
    model: Verifier,
    plan: Plan,
    prepared: Prepared,
    taught: Answers | None = None,
    score: Score | None = None,
    *,
    rank: int = 0,
    world: int = 1,
) -> None:
    """Train until the time is over; the first process logs and writes the state.

    ``score`` evaluates the development sets; its ``"mean"`` decides which of the checkpoints of ``LOOK_AT`` is kept.
    """
    model.to(plan.device).train()
    _freeze(model)
    lesson = Lesson(
        prepared=prepared.to(plan.device),
        lengths=prepared.lengths,
        twins=prepared.twins.tolist(),
        kind=model.kind,
        taught=taught.to(plan.device) if taught else None,
    )
    optimizer = _optimizer(model, plan)
    spent, step = _resume(plan, model, optimizer)
    best = _Best(model, score, plan)
    started, saved, losses = time.monotonic() - spent, time.monotonic(), []
    for number, batches in enumerate(step_batches(prepared, plan.tokens, world, plan.seed)):
        if number < step:
            continue
        if plan.device == "cuda" and number % AHEAD == 0:
            torch.cuda.synchronize()
        progress = _agreed((time.monotonic() - started) / (60 * plan.minutes), world)
        if progress >= 1:
            break
        started += best.look(progress)
        _set_rate(optimizer, plan.rate * (min(progress / 0.05, 1.0) * (1 - progress) + 1e-3))
        losses.append(_training_step(model, optimizer, batches[rank], lesson, plan.device, world))
        if rank == 0 and number % 50 == 49:
            loss = round(float(torch.stack(losses).mean()), 4)
            log_step(plan.out, step=number + 1, minutes=round((time.monotonic() - started) / 60, 2), loss=loss)
            losses.clear()
        if rank == 0 and plan.device == "cpu" and time.monotonic() - saved > SAVE_EVERY:
            saved = time.monotonic()
            _save_state(plan, model, optimizer, saved - started, number + 1)
    best.look(1.0)
    best.put_back()


class _Best:
    """The weights of the best moment so far."""

    def __init__(self, model: Verifier, score: Score | None, plan: Plan) -> None:
        self._model, self._score, self._plan = model, score, plan
        self._left = list(LOOK_AT) if score else []
        self._found: tuple[float, dict[str, torch.Tensor]] | None = None

    def look(self, progress: float) -> float:
        """Ask the development sets if their time has come, and return the seconds that it took."""
        if not self._left or progress < self._left[0] or self._score is None:
            return 0.0
        started = time.monotonic()
        at = self._left.pop(0)
        figures = self._score(self._model)
        log_step(self._plan.out, at=at, **figures)
        if self._found is None or figures["mean"] > self._found[0]:
            weights = {name: value.detach().clone() for name, value in self._model.state_dict().items()}
            self._found = (figures["mean"], weights)
        return time.monotonic() - started

    def put_back(self) -> None:
        """Give the model the weights of the best moment."""
        if self._found is not None:
            self._model.load_state_dict(self._found[1])


def _freeze(model: Verifier) -> None:
    """Leave the words' vectors as they are: half the weights of a small model, and little to learn there.

    What an encoder knows of positions in its attention stays too: the fused attention gives no gradient for it.
    """
    model.bb.get_input_embeddings().weight.requires_grad = False
    for name, value in model.named_parameters():
        if "relative_attention_bias" in name:
            value.requires_grad = False


def _training_step(
    model: Verifier, optimizer: torch.optim.Optimizer, batch: Sequence[int], lesson: Lesson, device: str, world: int
) -> torch.Tensor:
    loss = lesson.loss(model, batch, device)
    loss.backward()  # type: ignore[no-untyped-call]
    if world > 1:
        _average([parameter for parameter in model.parameters() if parameter.grad is not None], world)
    nn.utils.clip_grad_norm_([parameter for parameter in model.parameters() if parameter.grad is not None], 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return loss.detach()


def measure(model: Verifier, kept: Prepared, device: str) -> dict[str, float]:
    """Accuracy on the held-out pairs of every set, three-way (two-way where the label says no more)."""
    choices = answers(model, kept, device).logits.argmax(-1).cpu()
    labels = kept.labels.cpu()
    right = (choices == labels) | (labels == NOT_SUPPORTED) & (choices > 0)
    sources = kept.sources.cpu()
    return {name: round(float(right[sources == number].float().mean()), 4) for number, name in enumerate(kept.names)}


def _optimizer(model: Verifier, plan: Plan) -> torch.optim.Optimizer:
    heads = ("head.", "unsaid.")
    learnt = [(name, parameter) for name, parameter in model.named_parameters() if parameter.requires_grad]
    body = [parameter for name, parameter in learnt if not name.startswith(heads)]
    groups = [
        {"params": [parameter for parameter in body if parameter.ndim > 1], "weight_decay": 0.01, "times": 1.0},
        {"params": [parameter for parameter in body if parameter.ndim < 2], "weight_decay": 0.0, "times": 1.0},
        {"params": [parameter for name, parameter in learnt if name.startswith(heads)], "weight_decay": 0.01,
         "times": plan.head_rate},
    ]  # fmt: skip
    return torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98), fused=True)


def _set_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate * group["times"]


def _average(parameters: Sequence[torch.Tensor], world: int) -> None:
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    flat = torch.cat([gradient.reshape(-1) for gradient in gradients])
    together.all_reduce(flat)
    flat /= world
    first = 0
    for gradient in gradients:
        gradient.copy_(flat[first : first + gradient.numel()].view_as(gradient))
        first += gradient.numel()


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


def log_step(folder: Path, **values: Any) -> None:
    """Print a line of JSON, and add it to ``log.jsonl`` in the folder."""
    line = json.dumps(values)
    print(line, flush=True)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")
