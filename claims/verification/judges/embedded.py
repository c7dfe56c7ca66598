"""The embedded entailment models: cross-encoders in int8, run by ``onnx_runtime``.

A small one answers all pairs; a larger one, if it is installed, is asked if the small one leaves a claim undecided.
Their training procedure, training data and results are in the ``CARD.md`` of their folders. Input is
``[CLS] passage [SEP] claim [SEP]`` with segment 0 for the passage and 1 for the claim. The output ``logits`` are three:
supported, refuted, not enough information; the probabilities are softened by the temperature in ``verifier.json``
(Guo et al. 2017). The output ``unsaid``, which a model may lack, has a logit for each token of the claim that the
passage does not say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from hashlib import file_digest
from math import exp
from pathlib import Path
from typing import Any

from claims.records import Probabilities, Span, WordMark
from claims.verification.evidence.sentence_encoder import Encoder, encoder, encoder_version
from claims.verification.onnx_runtime import GRAPH, Encoded, Row, Runtime
from claims.verification.words import content_words

MODEL, LARGE_MODEL = Path(__file__).parents[1] / "model", Path(__file__).parents[1] / "large_model"
# Only the passage is cut to the model's length, unless the claim alone is huge (the model was trained so).
_CLAIM_WORDS = 96


class EntailmentJudge:
    """A three-way cross-encoder in a folder with graph, tokenizer and ``verifier.json``."""

    name = "embedded:small"

    def __init__(self, folder: Path = MODEL, threads: int | None = None) -> None:
        """Load the model; ``threads`` from the machine if None.

        Raises:
            ModelError: a file is missing or cannot be read; the message names it.
        """
        self._model = Runtime(folder, "verifier.json", "the embedded model", threads)
        self._temperature = float(self._model.settings["temperature"])
        self._unsaid_from = float(self._model.settings.get("unsaid_threshold", 0.0))
        self._model.tokenizer.enable_truncation(self._model.length, strategy="only_first")
        digest = graph_digest(folder)
        # The encoder selects the passages, so a different encoder may change a verdict.
        ranked_by = encoder_version().rpartition("-")[2][:6]
        self.version = f"{self._model.settings.get('version', 'minilm-l6')}-{digest}+{ranked_by}"

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One answer for each (claim, passage) pair, in order; calibrated by the temperature of the card."""
        encodings = [self._encoding(claim, passage) for claim, passage in pairs]
        rows = self._model.run([(encoding.ids, _segments(encoding)) for encoding, _ in encodings])
        return [
            replace(_soften(_logits(row), self._temperature), words=self._marks(claim, read, encoding, row))
            for (claim, _), (encoding, read), row in zip(pairs, encodings, rows, strict=True)
        ]

    def logits(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float, float]]:
        """The raw logits (supported, refuted, not enough) for each (claim, passage) pair."""
        return [_logits(row) for row in self._model.run([self.encoded(claim, passage) for claim, passage in pairs])]

    def encoder(self) -> Encoder:
        """The sentence encoder that ranks passages for this judge; loaded on first use."""
        return encoder()

    def encoded(self, claim: str, passage: str) -> Encoded:
        """Token ids and segments of one pair. A claim that is too long for the model is truncated."""
        encoding, _ = self._encoding(claim, passage)
        return encoding.ids, _segments(encoding)

    def _encoding(self, claim: str, passage: str) -> tuple[Any, str]:
        """The encoded pair, and the part of the claim that it has, with single spaces."""
        read = " ".join(claim.split()[:_CLAIM_WORDS])
        try:
            return self._model.tokenizer.encode(passage, read), read
        except Exception:  # noqa: BLE001  the tokenizer raises bare Exception where the claim leaves no room
            read = claim[: self._model.length]
            return self._model.tokenizer.encode(passage, read), read

    def _marks(self, claim: str, read: str, encoding: Any, row: Row) -> tuple[WordMark, ...]:
        """The marks of the claim's content words that were read; none from a model without the output."""
        if "unsaid" not in row:
            return ()
        tokens = [
            (span, float(logit))
            for span, logit, text in zip(encoding.offsets, row["unsaid"], encoding.sequence_ids, strict=True)
            if text == 1
        ]
        return tuple(_word_marks(claim, read, tokens, self._unsaid_from))


class Cascade:
    """The small model, and the larger one for the pairs that are asked again (``second``)."""

    name = "embedded"

    def __init__(self, first: EntailmentJudge, folder: Path = LARGE_MODEL) -> None:
        """``folder`` holds the larger model, which is loaded when it is first asked."""
        self._first, self._folder = first, folder
        self.version = f"{first.version}, then {graph_digest(folder)}"

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """The small model's answer to each (claim, passage) pair, in order."""
        return self._first.judge(pairs)

    def encoder(self) -> Encoder:
        """The sentence encoder that ranks passages; loaded on first use."""
        return self._first.encoder()

    @cached_property
    def second(self) -> EntailmentJudge:
        """The larger model.

        Raises:
            ModelError: a file is missing or cannot be read; the message names it.
        """
        return EntailmentJudge(self._folder)


@lru_cache(maxsize=1)
def small() -> EntailmentJudge:
    """The bundled small model: one session per process."""
    return EntailmentJudge()


@lru_cache(maxsize=1)
def embedded() -> EntailmentJudge | Cascade:
    """The bundled models; the small one alone where the larger one is not installed."""
    return Cascade(small()) if (LARGE_MODEL / GRAPH).is_file() else small()


def graph_digest(folder: Path) -> str:
    """The first twelve digits of the SHA-256 of a model's graph."""
    with (folder / GRAPH).open("rb") as graph:  # in pieces, and not as one block of up to 67 MB
        return file_digest(graph, "sha256").hexdigest()[:12]


def _segments(encoding: Any) -> list[int]:
    """0 for the passage, 1 from the claim's first token on: also where the tokenizer, as MPNet's, marks neither."""
    texts = encoding.sequence_ids
    if 1 not in texts:
        return list(encoding.type_ids)
    start = texts.index(1)
    return [0] * start + [1] * (len(texts) - start)


def _word_marks(claim: str, read: str, tokens: Sequence[tuple[Span, float]], least: float) -> Iterator[WordMark]:
    """The words of the claim with the highest logit of their tokens; a mark of one half is the logit ``least``."""
    for word, written in zip(content_words(read), content_words(claim), strict=False):
        start, end = word.span
        logits = [logit for (first, last), logit in tokens if first < end and last > start]
        if logits:
            yield WordMark(span=written.span, unsaid=1 / (1 + exp(min(30.0, least - max(logits)))))


def _logits(row: Row) -> tuple[float, float, float]:
    supported, refuted, neither = row["logits"]
    return float(supported), float(refuted), float(neither)


def _soften(logits: tuple[float, float, float], temperature: float) -> Probabilities:
    """Softmax of the logits over the temperature, without the third."""
    top = max(logits)
    parts = [exp((value - top) / temperature) for value in logits]
    return Probabilities(supported=parts[0] / sum(parts), refuted=parts[1] / sum(parts))
