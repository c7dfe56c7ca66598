"""Check-worthiness of a sentence, 0 to 1, by a logistic regression trained on ClaimBuster.

The weights (`checkworthy.npz`) are made by `python -m benchmarks.checkworthy --train`; docs/claims.md has their card.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import exp, log, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

from claims.errors import ModelError

if TYPE_CHECKING:
    from spacy.tokens import Token
if TYPE_CHECKING:
    from spacy.tokens import Token

WEIGHTS = Path(__file__).with_name("checkworthy.npz")


@lru_cache(maxsize=1)
def _weights() -> tuple[array[float], array[float], float]:
    import numpy as np  # noqa: PLC0415  only an extraction pays for the import

    try:
        with np.load(WEIGHTS, allow_pickle=False) as stored:
            # Arrays, not lists: the weights are read at random, and lie side by side there.
            idf, coefficients = (array("d", stored[name].astype(float).tobytes()) for name in ("idf", "coefficients"))
            return idf, coefficients, float(stored["bias"])
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(
            f"the check-worthiness weights {WEIGHTS.name} cannot be read ({error}): reinstall factdesk"
        ) from error


def score(tokens: Sequence[Token]) -> float:
    """The probability that a fact-checker would want a sentence checked. Raises ModelError without weights."""
    idf, coefficients, total = _weights()
    # The same sum as over `weighted`, group by group: no table of the values in between.
    for group in hashed_counts(tokens):
        product = length = 0.0
        for bucket, count in group.items():
            value = idf[bucket] * (1 + log(count)) if count > 1 else idf[bucket]
            product += value * coefficients[bucket]
            length += value * value
        total += product / (sqrt(length) or 1.0)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


Features: TypeAlias = dict[int, float]

# About 67,000 features are in use; with 2**16 buckets F1 was .003 lower (5-fold on cw_claimbuster.train).
BUCKETS = 1 << 18
_PREFIXES = "wmtg"
# Runs of letters within words: 2 to 5 gained .007 of F1.
_LENGTHS_OF_RUNS = (2, 3, 4, 5)
_LONGEST_WORD = 40
_DIGIT = re.compile(r"\d")
_OPEN = {"NOUN", "PROPN", "NUM", "ADJ", "VERB"}
_LENGTHS = (4, 6, 9, 13, 18, 25, 35)


def grams(items: Sequence[str], longest: int) -> Iterator[str]:
    """The n-grams of one to ``longest`` items, including marks for the sentence's edges."""
    items = ["^", *items, "$"]
    for size in range(1, longest + 1):
        for start in range(len(items) - size + 1):
            yield " ".join(items[start : start + size])


def groups(tokens: Sequence[Token]) -> tuple[list[str], ...]:
    """The feature names of a sentence in four groups: words, masked words, tags, grammar."""
    solid = [token for token in tokens if not token.is_space]
    return (
        list(grams(_digitless_words(solid), 2)),
        list(grams(_masked_words(solid), 4)),
        list(grams([token.tag_ for token in solid], 3)),
        list(_grammar(solid)),
    )


def hashed_counts(tokens: Sequence[Token]) -> list[Counter[int]]:
    """The hashed feature counts of each group, including a group of letter n-grams; groups use different buckets."""
    counts = [
        Counter([_bucket(f"{prefix}\x1f{name}") for name in names])
        for prefix, names in zip(_PREFIXES, groups(tokens), strict=True)
    ]
    letters: Counter[int] = Counter()
    for word in _digitless_words([token for token in tokens if not token.is_space]):
        letters.update(_letter_run_buckets(word))
    return [*counts, letters]


def _digitless_words(tokens: Sequence[Token]) -> list[str]:
    return [_DIGIT.sub("0", token.lower_) for token in tokens]


def _bucket(name: str) -> int:
    return crc32(name.encode("utf-8", "replace")) % BUCKETS


@lru_cache(maxsize=20_000)
def _letter_run_buckets(word: str) -> tuple[int, ...]:
    """The buckets of a word's runs of letters, its edges marked."""
    word = f" {word[:_LONGEST_WORD]} "
    return tuple(
        _bucket(f"c\x1f{word[start : start + run]}") for run in _LENGTHS_OF_RUNS for start in range(len(word) - run + 1)
    )


def weighted(counts: Sequence[Counter[int]], idf: Sequence[float]) -> Features:
    """Sublinear term frequency times inverse document frequency, with each group scaled to length 1.

    Scaling all groups together lowered F1 by .01 (5-fold on cw_claimbuster.train).
    """
    features: Features = {}
    for group in counts:
        values = [(bucket, (1 + log(count) if count > 1 else 1.0) * idf[bucket]) for bucket, count in group.items()]
        length = sqrt(sum([value * value for _, value in values])) or 1.0
        for bucket, value in values:
            if value:
                features[bucket] = features.get(bucket, 0.0) + value / length
    return features


def _masked_words(tokens: Sequence[Token]) -> list[str]:
    """The words with entities replaced by their type and open word classes by their tag, to hide the topic."""
    masked = []
    for token in tokens:
        if token.ent_type_:
            if token.ent_iob_ == "B":
                masked.append(f"<{token.ent_type_}>")
        elif token.pos_ in _OPEN:
            masked.append(f"<{token.tag_}>")
        else:
            masked.append(token.lower_)
    return masked


def _grammar(tokens: Sequence[Token]) -> Iterator[str]:
    yield f"length:{sum(len(tokens) > bound for bound in _LENGTHS)}"
    for token in tokens:
        head = token.head
        if token.pos_ in {"NOUN", "VERB", "ADJ", "PROPN"}:
            yield f"lemma:{token.lemma_.lower()}"
        if token.dep_ == "ROOT":
            yield f"root:{token.lemma_.lower()}"
            yield f"root tag:{token.tag_}"
        elif token.dep_ in {"nsubj", "nsubjpass"}:
            yield f"subject:{token.lower_}+{head.lemma_.lower()}"
            yield f"subject tag:{_type(token)}+{head.tag_}"
        elif token.dep_ in {"dobj", "attr", "pobj"}:
            yield f"object:{head.lemma_.lower()}+{token.ent_type_ or token.tag_}"
        if token.ent_iob_ == "B":
            yield f"entity:{token.ent_type_}"


def _type(token: Token) -> str:
    return str(token.ent_type_ or (token.lower_ if token.pos_ == "PRON" else token.tag_))
