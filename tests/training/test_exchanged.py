"""Exchanged words: of like sense where the claim is called supported, and one thing wrong where it is not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from books import opened

from training.exchanged import exchanged
from training.made import REFUTED, SUPPORTED, Made

PAGE = [
    "The police in Vienna arrested a man near the old church and then released his famous brother quickly.",
    "The hospital in the city of Graz said that prices had dropped to 40 euros in the old hotel.",
    "Anna Berg was arrested in the city after the hotel near the hospital was sold to Karl Moser.",
]
LIKE = [
    {"arrested", "detained"}, {"city", "municipality", "town"}, {"dropped", "fell", "fallen"}, {"quickly", "rapidly"},
]  # fmt: skip


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    books = opened(tmp_path_factory.mktemp("exchanged"))
    return [pair for seed in range(40) for pair in exchanged([PAGE], books, 6, random.Random(seed))]


def _new(evidence: str, claim: str) -> set[str]:
    known = {word.strip(".,") for word in evidence.split()}
    return {word.strip(".,") for word in claim.split()} - known


def test_half_are_supported_and_half_are_not(pairs: list[Made]) -> None:
    supported = [label == SUPPORTED for _, _, label, _ in pairs]
    assert len(pairs) > 100
    assert sum(supported) * 2 == len(supported)


def test_supported_claims_have_new_words_of_like_sense_only(pairs: list[Made]) -> None:
    new = [_new(evidence, claim) for evidence, claim, label, _ in pairs if label == SUPPORTED]
    assert any(new)
    for evidence, claim, label, _ in pairs:
        old = {word.strip(".,") for word in evidence.split()}
        for word in _new(evidence, claim) if label == SUPPORTED else ():
            assert any(word in some and some & old for some in LIKE), word


def test_a_participle_stays_one(pairs: list[Made]) -> None:
    said = " ".join(claim for _, claim, _, _ in pairs)
    assert "had fallen" in said
    assert "had fell" not in said


def test_unsupported_claims_say_something_that_the_evidence_does_not(pairs: list[Made]) -> None:
    wrong = [(evidence, claim, label) for evidence, claim, label, _ in pairs if label != SUPPORTED]
    assert all(claim.rstrip(".") not in evidence for evidence, claim, _ in wrong)
    told = {word for evidence, claim, _ in wrong for word in _new(evidence, claim)}
    assert told >= {"new", "released"}  # opposites that the book knows
    assert any(label == REFUTED for _, _, label in wrong)


def test_the_same_seed_makes_the_same_pairs(tmp_path: Path) -> None:
    books = opened(tmp_path)
    one, two = (list(exchanged([PAGE], books, 6, random.Random(5))) for _ in range(2))
    assert one == two
    assert all(source == "exchanged" for _, _, _, source in one)
