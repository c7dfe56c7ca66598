"""Ranks candidates for a pronoun with a conditional logit over features of their mentions.

The weights and their card are `ranker.json`, made by `python -m training.coreference`; the features follow Lappin
and Leass (1994): distance, grammatical role, parallelism and number of mentions.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.extraction.coreference.antecedents import SUBJECTS, Antecedent, clause, report_over
from claims.extraction.text.document import char_span
from claims.extraction.text.syntax import base, lemma, subject
from claims.lexicon.verbs import SPEAKING

if TYPE_CHECKING:
    from spacy.tokens import Token

FILE = Path(__file__).with_name("ranker.json")
Features = Mapping[str, float]
# The farthest distance in sentences, and the highest count, that have a weight of their own.
_FAR, _MANY = 4, 3
# The feature of a candidate who spoke last, for a pronoun that speaks.
SPOKE = "spoke, and speaks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A candidate with its mentions so far, its features and its probability."""

    mentions: tuple[Antecedent, ...]
    features: Features
    probability: float = 0.0

    @property
    def last(self) -> Antecedent:
        """The mention nearest to the pronoun."""
        return self.mentions[-1]


@lru_cache(maxsize=1)
def ranker() -> dict[str, Any]:
    """The shipped file: ``weights`` by feature, ``bounds`` by kind of pronoun, and the ``card``."""
    content: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return content


def ranked(
    token: Token, sentence: int, groups: Sequence[tuple[Antecedent, ...]], weights: Mapping[str, float]
) -> list[Option]:
    """The candidates, most probable first; the rest of the probability is that of no candidate."""
    if not groups:
        return []
    features = [candidate_features(token, sentence, group, groups) for group in groups]
    scores = [_score(option_features, weights) for option_features in features]
    nobody = _score(of_nobody(token, sentence, groups), weights)
    top = max(*scores, nobody)
    total = sum(math.exp(score - top) for score in (*scores, nobody))
    options = [
        Option(mentions=group, features=option_features, probability=math.exp(score - top) / total)
        for group, option_features, score in zip(groups, features, scores, strict=True)
    ]
    return sorted(options, key=lambda option: -option.probability)


def _score(features: Features, weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def of_nobody(token: Token, sentence: int, groups: Sequence[tuple[Antecedent, ...]]) -> Features:
    """The features of the answer that none of the candidates is meant."""
    nearest = min(max(sentence - group[-1].sentence, 0) for group in groups)
    return {
        "nobody": 1.0,
        f"nobody of {min(len(groups), _FAR)}": 1.0,
        f"nobody, the nearest {min(nearest, _FAR)} back": 1.0,
        f"nobody for {_grammatical_role(token)}": 1.0,
    }


def candidate_features(
    token: Token, sentence: int, group: Sequence[Antecedent], groups: Sequence[Sequence[Antecedent]]
) -> Features:
    """The features of one candidate: ``group`` are its mentions so far, ``groups`` those of all candidates."""
    last, place = group[-1], char_span(token)[0]
    back = max(sentence - last.sentence, 0)
    role, pronoun_role = _grammatical_role(last.token), _grammatical_role(token)
    where = "here" if back == 0 else "before"
    features = {
        f"last {min(back, _FAR)} back": 1.0,
        f"last as {role}": 1.0,
        f"{pronoun_role} after {'subject' if last.subject else 'another'} {where}": 1.0,
        "mentions": math.log2(1 + len(group)),
        "as subject": math.log2(1 + sum(mention.subject for mention in group)),
        f"kind {last.kind}": 1.0,
        f"gender {'known' if any(mention.gender for mention in group) else 'open'}": 1.0,
        f"nearer ones {min(_nearer(group, groups, place), _MANY)}": 1.0,
    }
    for name, holds in _signs(token, last, group, groups).items():
        if holds:
            features[name] = 1.0
    return features


def _signs(
    token: Token, last: Antecedent, group: Sequence[Antecedent], groups: Sequence[Sequence[Antecedent]]
) -> dict[str, bool]:
    after = last.offset > char_span(token)[0]
    report = report_over(token)
    together = last.token.doc is token.doc
    sayer = subject(report) if report is not None and together else None
    says_it = sayer is not None and sayer.i == last.token.i
    return {
        "after it": after,
        "after it, as the subject": after and last.subject,
        "a pronoun": last.settled,
        "a noun": not last.named,
        "known for a person": any(mention.proven for mention in group),
        "full name": any(" " in mention.name for mention in group if mention.named),
        "most often": all(len(group) > len(other) for other in groups if other is not group),
        "first in its sentence": _is_first_subject(last),
        "in the same clause": together and clause(last.token).i == clause(token).i,
        "says it": says_it,
        "is told it": report is not None and together and not says_it and last.token.head.i == report.i,
        "inside a phrase": last.inner,
        SPOKE: is_sayer(last.token) and is_sayer(token),
    }


def _nearer(group: Sequence[Antecedent], groups: Sequence[Sequence[Antecedent]], place: int) -> int:
    """How many other candidates were spoken of since this one was."""
    return sum(group[-1].offset < other[-1].offset < place for other in groups if other is not group)


def is_sayer(token: Token) -> bool:
    """Whether a token is the subject of a verb of saying."""
    return token.dep_ == "nsubj" and base(token.head.lower_, lemma(token.head)) in SPEAKING


def _is_first_subject(mention: Antecedent) -> bool:
    return mention.subject and not any(
        token.dep_ in SUBJECTS for token in mention.token.doc[mention.token.sent.start : mention.token.i]
    )


def _grammatical_role(token: Token) -> str:
    while token.dep_ in ("conj", "appos") and token.head.i != token.i and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        token = token.head
    if token.dep_ in SUBJECTS:
        return "subject"
    if token.dep_ in ("poss", "compound", "nmod"):
        return "owner"
    return "object" if token.dep_ in ("dobj", "dative", "pobj") else "another"
