"""What a foreign model's outputs mean: which say supported, which refuted, read from its ``config.json``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any, TypeAlias

from claims.errors import ModelError
from claims.records import Probabilities

Logits: TypeAlias = Callable[[Sequence[tuple[str, str]]], list[list[float]]]
# The most tokens that are read at once; a model that can read less says so.
LENGTH = 512
_SUPPORTED = ("entail", "support", "consistent", "true")
_REFUTED = ("contradict", "refut", "false")
_NEITHER = ("neutral", "not_", "not ", "non", "nei", "unsupported", "inconsistent", "unknown")
# Their positions are counted from behind the padding token, so that two of them are never used.
_OFFSET = ("roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "roberta-prelayernorm", "longformer", "mpnet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A model ready to be asked: its logits, where they say what, and which weights exactly."""

    logits: Logits
    meaning: Mapping[str, Sequence[int]]
    version: str

    def read(self, row: Sequence[float]) -> Probabilities:
        """One pair's logits as probabilities: the softmax, summed over the outputs that mean the same."""
        shares = [exp(value - max(row)) for value in row]
        share = {name: sum(shares[place] for place in places) / sum(shares) for name, places in self.meaning.items()}
        return Probabilities(supported=share["supported"], refuted=share["refuted"])


def labels(config: Mapping[str, Any]) -> dict[str, list[int]]:
    """Which outputs mean supported and which refuted, from ``id2label``.

    Raises:
        ModelError: none of the names says "supported".
    """
    names = {int(place): str(name).lower() for place, name in dict(config.get("id2label") or {}).items()}
    if unnamed(config):
        # MiniCheck and its kin name nothing: 1 is supported.
        return {"supported": [1], "refuted": []}
    meant: dict[str, list[int]] = {"supported": [], "refuted": []}
    for place, name in names.items():
        if name.startswith(_NEITHER):
            continue
        for meaning, stems in (("supported", _SUPPORTED), ("refuted", _REFUTED)):
            if name.startswith(stems):
                meant[meaning].append(place)
    if not meant["supported"]:
        raise ModelError(f"the model's labels {sorted(names.values())} do not say which one means supported")
    return meant


def unnamed(config: Mapping[str, Any]) -> bool:
    """Whether a model has two outputs without names, as MiniCheck has."""
    return {str(name).lower() for name in dict(config.get("id2label") or {}).values()} == {"label_0", "label_1"}


def length(config: Mapping[str, Any]) -> int:
    """How many tokens the model reads at once, by its ``config.json``."""
    positions = int(config.get("max_position_embeddings") or LENGTH)
    return min(LENGTH, positions - 2 if config.get("model_type") in _OFFSET else positions)
