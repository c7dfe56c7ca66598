"""Exports a trained checkpoint: ONNX, int8, temperature, and the figures of the model card.

    python -m training.export CHECKPOINT --prepared FOLDER --version minilm-l6-4

Weights are quantised to int8 per column (``packing.py``), activations at run time (dynamic quantisation). The int8 and
the full-precision model both judge the held-out pairs; the card says how often they agree, and how often each is right.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import warnings
from collections import defaultdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.network import LABELS, load_verifier, settings
from training.packing import quantise
from training.pair import NOT_SUPPORTED
from training.plan import Plan, plan_for_card
from training.prepared import Prepared, read

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("logits", "unsaid")  # of the pair, and of each of its tokens that the evidence does not say it
# What the tokenizers put around and between the two texts.
FRAMES = {"bert": "[CLS] evidence [SEP] claim [SEP]", "mpnet": "<s> evidence </s></s> claim </s>"}
OPSET = 17
BEGIN, END = "<!-- training:begin -->", "<!-- training:end -->"


def export_model(plan: Plan, pairs: Prepared, kept: Prepared, version: str) -> None:
    """Write ``model.int8.onnx``, ``tokenizer.json``, ``verifier.json`` and ``CARD.md`` into ``plan.out``."""
    full, packed = to_onnx(plan.out)
    if plan.init.resolve() != plan.out.resolve():
        shutil.copyfile(plan.init / "tokenizer.json", plan.out / "tokenizer.json")
    before, after = logits(full, kept), logits(packed, kept)
    labels = kept.labels.numpy()
    heat = temperature(after, labels)
    inputs = f"{FRAMES[kind_of(plan.out)]}; token_type_ids 0 evidence, 1 claim"
    settings(plan.out, version=version, max_len=plan.length, labels=list(LABELS), temperature=heat, inputs=inputs)
    figures = {
        "pairs": len(pairs), "sets": census(pairs), "plan": plan_for_card(plan), "temperature": heat,
        "megabytes": round(packed.stat().st_size / 1e6, 1), "sha256": sha256(packed.read_bytes()).hexdigest(),
        "alike": round(float((before.argmax(1) == after.argmax(1)).mean()), 4),
        "right": _right_by_set(kept, before, after),
    }  # fmt: skip
    (plan.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    write_card(plan.out / "CARD.md", figures)


def to_onnx(folder: Path) -> tuple[Path, Path]:
    """The checkpoint as ONNX in full precision and in int8."""
    model = load_verifier(_checkpoint(folder), attention="eager").eval()
    full, ready, packed = (folder / name for name in ("model.onnx", "model.ready.onnx", "model.int8.onnx"))
    ids = torch.randint(2, model.bb.config.vocab_size, (2, 24))
    mask, kinds = torch.ones_like(ids), torch.zeros_like(ids)
    kinds[:, 14:] = 1
    axes: dict[str, dict[int, str]] = {name: {0: "batch", 1: "length"} for name in (*INPUTS, OUTPUTS[1])}
    axes[OUTPUTS[0]] = {0: "batch"}
    with warnings.catch_warnings():
        # The newer exporter needs a further library and fixes the batch's length; this one is deprecated and works.
        warnings.simplefilter("ignore")
        torch.onnx.export(model, (ids, mask, kinds), str(full), input_names=list(INPUTS), output_names=list(OUTPUTS),
                          dynamic_axes=axes, opset_version=OPSET, dynamo=False)  # fmt: skip
    quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
    quantise(ready, packed)
    ready.unlink()
    return full, packed


def _checkpoint(folder: Path) -> Path:
    """The folder of the checkpoint alone: an int8 model beside it would be taken for it."""
    alone = folder / "checkpoint"
    alone.mkdir(exist_ok=True)
    for name in ("model.safetensors", "config.json"):
        shutil.copyfile(folder / name, alone / name)
    return alone


def logits(path: Path, prepared: Prepared) -> Any:
    """The logits of an ONNX model (pairs by 3), computed one pair at a time as in the product."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    kind, lengths = kind_of(path.parent), prepared.lengths
    pair_logits = np.zeros((len(prepared), 3), np.float32)
    for place in range(len(prepared)):
        values = [tensor.numpy() for tensor in prepared.batch(torch.tensor([place]), lengths[place], kind)]
        pair_logits[place] = session.run([OUTPUTS[0]], dict(zip(INPUTS, values, strict=True)))[0][0]
    return pair_logits


def kind_of(folder: Path) -> str:
    """Which encoder the checkpoint in a folder has: "bert" or "mpnet"."""
    return str(json.loads((folder / "config.json").read_text(encoding="utf-8"))["model_type"])


def census(prepared: Prepared) -> dict[str, int]:
    """How many pairs came from each set, the largest first."""
    counts = torch.bincount(prepared.sources, minlength=len(prepared.names)).tolist()
    return dict(sorted(zip(prepared.names, counts, strict=True), key=lambda item: -item[1]))


def temperature(logits: Any, labels: Any) -> float:
    """The temperature that maximises the likelihood of held-out pairs (Guo et al. 2017), in steps of 0.05."""

    def loss(heat: float) -> float:
        scaled = logits / heat
        chances = (
            scaled
            - np.log(np.exp(scaled - scaled.max(1, keepdims=True)).sum(1, keepdims=True))
            - scaled.max(1, keepdims=True)
        )
        either = np.logaddexp(chances[:, 1], chances[:, 2])
        exact = chances[np.arange(len(labels)), np.minimum(labels, 2)]
        return float(-np.where(labels == NOT_SUPPORTED, either, exact).mean())

    return min((round(0.5 + step / 20, 2) for step in range(71)), key=loss)


def _right_by_set(kept: Prepared, before: Any, after: Any) -> dict[str, dict[str, float]]:
    outcomes: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    choices = zip(kept.sources.tolist(), kept.labels.tolist(), before.argmax(1), after.argmax(1), strict=True)
    for source, label, full, int8 in choices:
        outcomes[kept.names[source]].append((_right(int(full), label), _right(int(int8), label)))
    return {
        name: {"pairs": len(rows), "full": round(sum(right for right, _ in rows) / len(rows), 3),
               "int8": round(sum(right for _, right in rows) / len(rows), 3)}
        for name, rows in sorted(outcomes.items())
    }  # fmt: skip


def _right(choice: int, label: int) -> bool:
    return choice == label or (label == NOT_SUPPORTED and choice > 0)


def write_card(path: Path, figures: dict[str, Any]) -> None:
    """Write the figures of a training run into its card, between two markers; the text around them is kept."""
    card = path.read_text(encoding="utf-8") if path.is_file() else f"# The embedded verifier\n\n{BEGIN}\n{END}\n"
    if BEGIN not in card or END not in card:
        card = f"{card.rstrip()}\n\n{BEGIN}\n{END}\n"
    head, rest = card.split(BEGIN, 1)
    path.write_text(f"{head}{BEGIN}\n{_card_figures(figures)}{END}{rest.split(END, 1)[1]}", encoding="utf-8")


def _card_figures(figures: dict[str, Any]) -> str:
    plan = figures["plan"]
    minutes = math.ceil(plan["minutes"])
    teachers = plan["teachers"]
    sets = ", ".join(f"{name} {count:,}" for name, count in figures["sets"].items())
    lines = [
        f"{figures['pairs']:,} pairs to learn from, {minutes} minutes, batches of {plan['tokens']} tokens in each of "
        f"{plan['processes']} processes, learning rate {plan['rate']}, seed {plan['seed']}.",
        f"The sets: {sets}.",
        *([f"Beside the labels it learnt from what larger models said: {', '.join(teachers)}."] if teachers else []),
        f"int8: {figures['megabytes']} MB, SHA-256 `{figures['sha256'][:16]}`, temperature {figures['temperature']}.",
        f"It chooses as full precision does in {figures['alike']:.1%} of the held-out pairs.",
        "",
        "| held-out pairs of | pairs | right, full precision | right, int8 |",
        "|---|---|---|---|",
        *(
            f"| {name} | {row['pairs']} | {row['full']:.3f} | {row['int8']:.3f} |"
            for name, row in figures["right"].items()
        ),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Export a checkpoint that ``training.gpu collect`` made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--prepared", type=Path, required=True, help="folder with pairs.npz and held.npz")
    parser.add_argument("--version", required=True)
    arguments = parser.parse_args()
    plan = Plan(init=arguments.checkpoint, out=arguments.checkpoint, minutes=0)
    export_model(plan, read(arguments.prepared / "pairs.npz"), read(arguments.prepared / "held.npz"), arguments.version)


if __name__ == "__main__":
    main()
