"""Encoded pairs as a few arrays, which are made once, written to one file and moved to the device unchanged.

MPNet's vocabulary is BERT's shifted by four, so one file serves both: MPNet's special tokens are inserted and the ids
shifted when a batch is made (``Prepared.batch``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.network import encode
from training.pair import Pair
from training.twins import UNKNOWN, find_twins, token_marks

_SHIFT = 4  # MPNet has <s>, <pad>, </s> and <unk> before BERT's words
_START, _PAD, _STOP = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Pairs as arrays: ``ids`` of all pairs one after another, where each begins, and where its claim does.

    ``words`` has a mark for each id (``twins.py``; ``UNKNOWN`` outside of claims). ``labels`` are 0 to 3 as in
    ``data.py``, ``twins`` places of pairs or -1, ``sources`` places in ``names``.
    """

    ids: torch.Tensor
    words: torch.Tensor
    starts: torch.Tensor
    claims: torch.Tensor
    labels: torch.Tensor
    twins: torch.Tensor
    sources: torch.Tensor
    names: tuple[str, ...]

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.labels)

    @property
    def lengths(self) -> list[int]:
        """The number of tokens of each pair."""
        return (self.starts[1:] - self.starts[:-1]).tolist()

    def to(self, device: str) -> Prepared:
        """The same arrays on a device."""
        moved = {name: getattr(self, name).to(device) for name in ARRAYS}
        return Prepared(names=self.names, **moved)

    def batch(self, places: torch.Tensor, longest: int, kind: str) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Ids, mask and segments (batch by ``longest``) of the pairs at these places, for "bert" or "mpnet".

        Nothing is read back from the device. A batch for MPNet is one token wider: it has two separators between texts.
        """
        starts = self.starts[places].unsqueeze(1)
        sizes = self.starts[places + 1].unsqueeze(1) - starts
        claims = self.claims[places].unsqueeze(1)
        at = torch.arange(longest + (kind == "mpnet"), device=places.device).unsqueeze(0)
        if kind == "bert":
            mask = at < sizes
            ids = self.ids[(starts + at).clamp(max=len(self.ids) - 1)].long() * mask
            return ids, mask.long(), ((at >= claims) & mask).long()
        mask = at < sizes + 1
        before = (at - (at >= claims).long()).clamp(min=0)
        ids = self.ids[(starts + before).clamp(max=len(self.ids) - 1)].long() + _SHIFT
        ids = torch.where((at == claims - 1) | (at == claims) | (at == sizes), _STOP, ids)
        ids = torch.where(at == 0, _START, ids)
        return torch.where(mask, ids, _PAD), mask.long(), ((at > claims) & mask).long()

    def marked(self, places: torch.Tensor, longest: int, kind: str) -> torch.Tensor:
        """The marks of the tokens of ``batch``, in the same shape; ``UNKNOWN`` where there is nothing to learn."""
        inside, at = self.claim_tokens(places, longest, kind)
        return torch.where(inside, self.words[at].long(), UNKNOWN)

    def claim_tokens(self, places: torch.Tensor, longest: int, kind: str) -> tuple[torch.Tensor, torch.Tensor]:
        """Which tokens of ``batch`` belong to a claim, and the index of each token in ``ids``."""
        starts = self.starts[places].unsqueeze(1)
        sizes = self.starts[places + 1].unsqueeze(1) - starts
        shift = int(kind == "mpnet")
        at = torch.arange(longest + shift, device=places.device).unsqueeze(0) - shift
        inside = (at >= self.claims[places].unsqueeze(1)) & (at < sizes - 1)
        return inside, (starts + at).clamp(min=0, max=len(self.ids) - 1)


ARRAYS = ("ids", "words", "starts", "claims", "labels", "twins", "sources")


def width(longest: int, kind: str) -> int:
    """The length of a batch for which the model gets a multiple of eight tokens, as fused attention requires."""
    extra = int(kind == "mpnet")
    return -(-(longest + extra) // 8) * 8 - extra


def prepare(pairs: Sequence[Pair], words: Tokenizer) -> Prepared:
    """Encode pairs with BERT's tokenizer, find their twins, and mark the words of the claims."""
    encoded = encode(words, [(pair.evidence, pair.claim) for pair in pairs])
    others = find_twins([pair.group for pair in pairs], [pair.claim for pair in pairs], [pair.label for pair in pairs])
    begins = [kinds.index(1) if 1 in kinds else len(kinds) for _, kinds in encoded]
    claims = [ids[begin:-1] for (ids, _), begin in zip(encoded, begins, strict=True)]
    word_marks = []
    for place, pair in enumerate(pairs):
        other = others[place]
        same = other >= 0 and pairs[other].group == pair.group
        own = token_marks(claims[place], claims[other] if same else None, pair.label)
        word_marks.append([UNKNOWN] * begins[place] + own + [UNKNOWN])
    names = tuple(dict.fromkeys(pair.source for pair in pairs))
    sizes = np.cumsum([0, *(len(ids) for ids, _ in encoded)])
    return Prepared(
        ids=torch.from_numpy(np.concatenate([np.array(ids, np.int32) for ids, _ in encoded])),
        words=torch.from_numpy(np.concatenate([np.array(marks, np.uint8) for marks in word_marks])),
        starts=torch.from_numpy(sizes.astype(np.int64)),
        claims=torch.tensor(begins),
        labels=torch.tensor([pair.label for pair in pairs]),
        twins=torch.tensor(others),
        sources=torch.tensor([names.index(pair.source) for pair in pairs]),
        names=names,
    )


def write(prepared: Prepared, path: Path) -> None:
    """Write the arrays to one compressed file, each in the smallest integer type that holds it."""
    small = {"ids": np.uint16, "words": np.uint8, "starts": np.uint32, "claims": np.uint16, "labels": np.uint8,
             "twins": np.int32, "sources": np.uint8}  # fmt: skip
    held = {name: getattr(prepared, name).cpu().numpy().astype(kind) for name, kind in small.items()}
    np.savez_compressed(path, names=np.array(prepared.names), **held)


def read(path: Path) -> Prepared:
    """The arrays of a file that ``write`` made."""
    with np.load(path) as held:
        wide = {name: np.int32 if name == "ids" else np.uint8 if name == "words" else np.int64 for name in ARRAYS}
        arrays = {name: torch.from_numpy(held[name].astype(kind)) for name, kind in wide.items()}
        return Prepared(names=tuple(held["names"].tolist()), **arrays)
