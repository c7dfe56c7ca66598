"""Groups pairs into batches of similar length that keep a pair and its twin together."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

import torch

from training.prepared import Prepared

BLOCK = 4096  # units shuffled, then sorted by length within such a block, so that little is padded
TOGETHER = 3  # changed claims that stand beside one supported twin at most
# How often the pairs of a set are seen in one round: few, and what a news desk reads.
REPEATED = {"defacto.train": 3, "cg2c_doc": 2, "fib.xsum": 2, "fib.cnn_dm": 2}


def twin_units(prepared: Prepared) -> list[list[int]]:
    """Places that belong in one batch: a supported pair with its changed twins, or one pair alone."""
    changed: dict[int, list[int]] = defaultdict(list)
    others = prepared.twins.tolist()
    for place, other in enumerate(others):
        if other >= 0:
            changed[other].append(place)
    units = []
    sources = prepared.sources.tolist()
    for place, other in enumerate(others):
        if other >= 0:
            continue
        changed_twins = changed.get(place, [])
        parts = [changed_twins[first : first + TOGETHER] for first in range(0, len(changed_twins), TOGETHER)] or [[]]
        times = REPEATED.get(prepared.names[sources[place]], 1)
        units += [[place, *part] for part in parts] * times
    return units


def step_batches(prepared: Prepared, tokens: int, world: int, seed: int) -> Iterator[list[list[int]]]:
    """For every step one batch of similar length for each process, epoch after epoch; reproducible by the seed.

    A batch has at most ``tokens`` tokens, filled up to its longest pair, but at least one unit.
    """
    lengths, whole = prepared.lengths, twin_units(prepared)
    longest = [max(lengths[place] for place in unit) for unit in whole]
    turn = 0
    while True:
        chance = random.Random(seed * 1000 + turn)
        order = list(range(len(whole)))
        chance.shuffle(order)
        steps: list[list[list[int]]] = []
        for first in range(0, len(order), BLOCK):
            batches = _filled_batches(
                sorted(order[first : first + BLOCK], key=longest.__getitem__), whole, longest, tokens
            )
            some = [batches[at : at + world] for at in range(0, len(batches) - world + 1, world)]
            chance.shuffle(some)
            steps += some
        yield from steps
        turn += 1


def _filled_batches(
    order: Sequence[int], whole: Sequence[Sequence[int]], longest: Sequence[int], tokens: int
) -> list[list[int]]:
    batches: list[list[int]] = [[]]
    for unit in order:
        if batches[-1] and (len(batches[-1]) + len(whole[unit])) * longest[unit] > tokens:
            batches.append([])
        batches[-1] += whole[unit]
    return batches


def batches_by_length(lengths: Sequence[int], tokens: int, places: Sequence[int] | None = None) -> Iterator[list[int]]:
    """Batches of pairs of similar length, ``tokens`` at most, longest first to show at once if memory is enough."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)) if places is None else places, key=lambda place: -lengths[place]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > tokens:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def twins_within(batch: Sequence[int], twins: Sequence[int]) -> torch.Tensor:
    """For each pair of a batch the position in it of its twin, or -1."""
    at = {place: position for position, place in enumerate(batch)}
    return torch.tensor([at.get(twins[place], -1) if twins[place] >= 0 else -1 for place in batch])
