"""Finds sentences similar to a claim: the context of its evidence, and distractors."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = """
the a an of in on at to for and or is was were are be by with as from that this it its his her he she they their who
which has had have been not but also into after before during new first film american one two
"""
_EMPTY_WORDS = frozenset(_EMPTY.split())
_COMMON = 400  # a word in more sentences than this leads nowhere


def matter_words(text: str) -> set[str]:
    """The content words of a text, in lower case."""
    return {word for word in _WORD.findall(text.lower()) if len(word) > 2 and word not in _EMPTY_WORDS}


class Near:
    """An index of sentences by their rarer words."""

    def __init__(self, sentences: Sequence[str], chance: random.Random) -> None:
        self._pool = [sentence for sentence in dict.fromkeys(sentences) if 5 < len(sentence.split()) < 50]
        self._chance = chance
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, sentence in enumerate(self._pool):
            for word in sorted(matter_words(sentence)):
                self._places[word].append(place)

    def around(self, claim: str, evidence: str, words: int) -> list[str]:
        """One to four other sentences, ``words`` words in total at most: half like the claim, half at random."""
        chosen: list[str] = []
        nearest = self._like(claim, evidence)
        for _ in range(self._chance.choice((1, 2, 3, 4))):
            sentence = nearest.pop(0) if nearest and self._chance.random() < 0.5 else self._chance.choice(self._pool)
            words -= len(sentence.split())
            if words < 0:
                break
            chosen.append(sentence)
        return chosen

    def unanswering(self, claim: str, evidence: str) -> str | None:
        """The nearest sentence that lacks enough of the claim's content words to leave it open."""
        return next(iter(self._like(claim, evidence)), None)

    def _like(self, claim: str, evidence: str) -> list[str]:
        wanted = matter_words(claim)
        scores: Counter[int] = Counter()
        for word in sorted(wanted):  # sorted, so that every run makes the same pairs
            places = self._places.get(word, ())
            if len(places) < _COMMON:
                for place in places:
                    scores[place] += 1 / (1 + len(places)) ** 0.5  # type: ignore[assignment]
        near = (self._pool[place] for place, _ in scores.most_common(12))
        return [
            sentence for sentence in near
            if sentence not in evidence and len(wanted - matter_words(sentence)) >= max(2, 0.45 * len(wanted))
        ]  # fmt: skip
