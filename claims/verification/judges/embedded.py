"""The embedded entailment model: a small cross-encoder in int8, run by ``onnx_runtime``.

The recipe, training data and figures are in ``model/CARD.md``. Input is ``[CLS] passage [SEP] claim [SEP]`` with
segment 0 for the passage and 1 for the claim; output three logits: supported, refuted, not enough information.
The probabilities are softened by the temperature in ``verifier.json`` (Guo et al. 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from math import exp
from pathlib import Path

from claims.records import Probabilities
from claims.verification.evidence.sentence_encoder import Encoder, encoder, encoder_version
from claims.verification.onnx_runtime import GRAPH, Encoded, Runtime

MODEL = Path(__file__).parents[1] / "model"
# Only the passage is cut to the model's length, unless the claim alone is huge (the model was trained so).
_CLAIM_WORDS = 96


class EntailmentJudge:
    """A three-way cross-encoder in a folder with graph, tokenizer and ``verifier.json``."""

    name = "embedded"

    def __init__(self, folder: Path = MODEL, threads: int | None = None) -> None:
        """Load the model; ``threads`` from the machine if None.

        Raises:
            ModelError: a file is missing or cannot be read; the message names it.
        """
        self._model = Runtime(folder, "verifier.json", "the embedded model", threads)
        self._temperature = float(self._model.settings["temperature"])
        self._model.tokenizer.enable_truncation(self._model.length, strategy="only_first")
        digest = sha256((folder / GRAPH).read_bytes()).hexdigest()[:12]
        # The encoder selects the passages, so a different encoder may change a verdict.
        ranked_by = encoder_version().rpartition("-")[2][:6]
        self.version = f"{self._model.settings.get('version', 'minilm-l6')}-{digest}+{ranked_by}"

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One answer for each (claim, passage) pair, in order; calibrated by the temperature of the card."""
        return [_soften(row, self._temperature) for row in self.logits(pairs)]

    def logits(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float, float]]:
        """The raw logits (supported, refuted, not enough) for each (claim, passage) pair."""
        rows = self._model.run([self.encoded(claim, passage) for claim, passage in pairs])
        return [(float(row[0]), float(row[1]), float(row[2])) for row in rows]

    def encoder(self) -> Encoder:
        """The sentence encoder that ranks passages for this judge; loaded on first use."""
        return encoder()

    def encoded(self, claim: str, passage: str) -> Encoded:
        """Token ids and segments of one pair. A claim that is too long for the model is truncated."""
        tokenizer = self._model.tokenizer
        try:
            encoding = tokenizer.encode(passage, " ".join(claim.split()[:_CLAIM_WORDS]))
        except Exception:  # noqa: BLE001  the tokenizer raises bare Exception where the claim leaves no room
            encoding = tokenizer.encode(passage, claim[: self._model.length])
        return encoding.ids, encoding.type_ids


@lru_cache(maxsize=1)
def embedded() -> EntailmentJudge:
    """The bundled model: one session per process."""
    return EntailmentJudge()


def _soften(logits: tuple[float, float, float], temperature: float) -> Probabilities:
    """Softmax of the logits over the temperature, without the third."""
    top = max(logits)
    parts = [exp((value - top) / temperature) for value in logits]
    return Probabilities(supported=parts[0] / sum(parts), refuted=parts[1] / sum(parts))
