"""A small int8 sentence encoder for ranking passages; it is not used for judging.

The encoder is all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020); ``encoder/CARD.md`` has its source and
figures. Vectors have 384 components and length 1, so that their dot product is the cosine. A high cosine means that two
sentences are about the same subject, whether true or false: it selects what the judge reads and is no evidence.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from claims.errors import ModelError
from claims.verification.onnx_runtime import Runtime

ENCODER, SETTINGS = Path(__file__).parents[1] / "encoder", "encoder.json"
# The vectors of so many pages, and of so many claims, are kept in memory: 100 sentences are 150 kB. ``Encoder.keep``
# is the number of pages, for one who comes back to more of them.
_PAGES, _CLAIMS = 64, 1024


class Encoder:
    """A sentence encoder in a folder with graph, tokenizer and ``encoder.json``."""

    def __init__(self, folder: Path = ENCODER, threads: int | None = None) -> None:
        """Load the model; ``threads`` from the machine if None.

        Raises:
            ModelError: a file is missing or cannot be read; the message names it.
        """
        self._model = Runtime(folder, SETTINGS, "the sentence encoder", threads)
        self._model.tokenizer.enable_truncation(self._model.length)
        self.version = str(self._model.settings["version"])
        self.keep = _PAGES
        self._pages: OrderedDict[str, Any] = OrderedDict()
        self._claims: OrderedDict[str, Any] = OrderedDict()
        self._lock = Lock()

    def embed(self, texts: Sequence[str]) -> Any:
        """One vector of length 1 for each text, in order: an array of texts by 384, float32."""
        import numpy as np  # noqa: PLC0415  heavy

        if not texts:
            return np.zeros((0, int(self._model.settings["width"])), np.float32)
        encoded = [(encoding.ids, encoding.type_ids) for encoding in map(self._model.tokenizer.encode, texts)]
        return np.stack([row["vector"] for row in self._model.run(encoded)])

    def page(self, sentences: Sequence[str]) -> Any:
        """The vectors of a page's sentences, from a cache shared by all runs."""
        return self._kept(self._pages, self.keep, list(sentences))

    def claim(self, text: str) -> Any:
        """The vector of one claim."""
        return self._kept(self._claims, _CLAIMS, [text])[0]

    def forget(self) -> None:
        """Empty the caches."""
        with self._lock:
            self._pages.clear()
            self._claims.clear()

    def _kept(self, cache: OrderedDict[str, Any], most: int, texts: Sequence[str]) -> Any:
        key = sha256("\0".join(texts).encode(errors="surrogatepass")).hexdigest()
        with self._lock:
            if key in cache:
                cache.move_to_end(key)
                return cache[key]
        vectors = self.embed(texts)
        with self._lock:
            cache[key] = vectors
            while len(cache) > most:
                cache.popitem(last=False)
        return vectors


def encoder_version(folder: Path = ENCODER) -> str:
    """The version of the bundled encoder, read without loading the model.

    Raises:
        ModelError: ``encoder.json`` is missing or not of this form.
    """
    try:
        return str(json.loads((folder / SETTINGS).read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise ModelError(
            f"the sentence encoder in {folder} cannot be read ({broken}); install Factdesk again"
        ) from broken


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The bundled encoder: one session per process, loaded on first use."""
    return Encoder()


def encoder_of(judge: object) -> Encoder | None:
    """The encoder of ``judge`` or of a member of its panel; None if there is none.

    Raises:
        ModelError: its files are missing or cannot be read.
    """
    loaders = (getattr(member, "encoder", None) for member in getattr(judge, "members", (judge,)))
    return next((load() for load in loaders if load is not None), None)
