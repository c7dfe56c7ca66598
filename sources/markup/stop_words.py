"""The stop words of all languages for trafilatura, which knows an article's paragraphs by them, without its copies.

Trafilatura keeps them as a tuple, of which jusText makes a set of other strings: 58 MB for 154,000 words, from the
first page on that needs them. Read when they are asked for they are the same words, and the set alone is kept. Pages
that are read at once would each make the set: they take turns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any


class StopWords:
    """The words of all lists of jusText, in any order, some of them more than once."""

    def __init__(self, external: Any) -> None:
        """``external`` is the module of trafilatura that asks for them."""
        self._lists, self._words = external.get_stoplists, external.get_stoplist

    def __iter__(self) -> Iterator[str]:
        for language in self._lists():
            yield from self._words(language)


def lighten(external: Any) -> None:
    """Have trafilatura's module ``external`` take the words from here."""
    external.JT_STOPLIST = StopWords(external)
    external.classify_paragraphs = _in_turn(external.classify_paragraphs)


def _in_turn(work: Callable[..., None]) -> Callable[..., None]:
    """The function, which threads call one after the other."""
    lock = Lock()

    def call(*arguments: Any) -> None:
        with lock:
            work(*arguments)

    return call
