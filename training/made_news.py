"""Generates pairs from news pages: each true claim with a twin that one change makes unsupported.

The kinds of change are those that a news desk must notice: who did what to whom, how much of the whole, on what
condition, a detail of the same page in the wrong place, who said it and for which state, and a page that says less.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from training.made import Made, sentences_of
from training.news.amounts import movements, quantifiers, regions, units
from training.news.attribution import acts_of_speech, other_speakers, speakers_of
from training.news.conditions import certainty, conditions
from training.news.details import PageDetails, details
from training.news.evidence import vaguer_figures, without_actor, without_detail, without_sentence
from training.news.numbers import rewritten_numbers
from training.news.parties import nationalities, speaking_parties, states_on
from training.news.roles import roles
from training.news.sentences import Finder, is_whole, pairs_of_turns

Generator = Callable[[Sequence[str], int, str, random.Random], Iterator[Made]]
# How often each sentence is tried: kinds that few sentences allow are tried more often, each time with other evidence.
_TURNS: dict[str, tuple[Finder, float]] = {
    "news_quantifiers": (quantifiers, 1.3), "news_regions": (regions, 2.0), "news_units": (units, 1.0),
    "news_movements": (movements, 2.0), "news_certainty": (certainty, 1.3), "news_acts": (acts_of_speech, 3.0),
}  # fmt: skip
_WAYS: dict[str, tuple[Generator, float]] = {
    "news_roles": (roles, 3.0), "news_conditions": (conditions, 3.0), "news_numbers": (rewritten_numbers, 0.9),
    "news_no_sentence": (without_sentence, 0.08), "news_no_actor": (without_actor, 2.0),
    "news_no_detail": (without_detail, 0.6), "news_no_figure": (vaguer_figures, 0.5),
}  # fmt: skip
_MOST_PLACES = 60  # sentences of one page


def made_from_news(pages: Sequence[Sequence[str]], chance: random.Random) -> Iterator[Made]:
    """Pairs of every kind; ``pages`` are sentences, or longer parts, in the order of their page."""
    for page in pages:
        sentences = sentences_of(page)
        usable = [place for place, sentence in enumerate(sentences) if is_whole(sentence)]
        if len(usable) > _MOST_PLACES:
            usable = sorted(chance.sample(usable, _MOST_PLACES))
        yield from dict.fromkeys(_from_page(sentences, usable, chance))


def _from_page(page: Sequence[str], usable: Sequence[int], chance: random.Random) -> Iterator[Made]:
    page_details = PageDetails(page, usable)
    speakers, states = page_details.people() | speakers_of(page), states_on(page)
    turns: dict[str, tuple[Finder, float]] = _TURNS | {
        "news_parties": (partial(speaking_parties, page=states), 6.0),
        "news_nationalities": (partial(nationalities, page=states), 3.0),
    }
    for place in usable:
        for source, (find, times) in turns.items():
            yield from _repeated(partial(pairs_of_turns, page, place, find, source, chance), times, chance)
        for source, (make, times) in _WAYS.items():
            yield from _repeated(partial(make, page, place, source, chance), times, chance)
        yield from _repeated(partial(details, page, place, page_details, "news_details", chance), 3, chance)
        yield from _repeated(partial(other_speakers, page, place, speakers, "news_speakers", chance), 2, chance)


def _repeated(make: Callable[[], Iterator[Made]], times: float, chance: random.Random) -> Iterator[Made]:
    """What is made in so many tries; the first that makes nothing is the last."""
    for _ in range(int(times) + (chance.random() < times % 1)):
        made = list(make())
        yield from made
        if not made:
            return
