"""The stop words of all languages, by which trafilatura knows an article's paragraphs, as lines of text.

Trafilatura keeps the 154,000 words as a tuple, of which jusText makes a set of other strings: 58 MB, and 18 MB for the
set alone, from the first page on that needs them. Here each word is a line in the piece of text that its hash names:
4 MB, read as fast as the set is made, with the same answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from threading import Lock
from typing import Any

_PIECES = 1024  # of some 150 words each


class StopWords:
    """The words of all lists of jusText, in any order, some of them more than once; read when one is asked for."""

    def __init__(self, external: Any) -> None:
        """``external`` is the module of trafilatura that asks for them."""
        self._lists, self._words = external.get_stoplists, external.get_stoplist
        self._pieces: list[bytes] = []
        self._reading = Lock()

    def __iter__(self) -> Iterator[str]:
        for language in self._lists():
            yield from self._words(language)

    def __contains__(self, word: str) -> bool:
        """Whether a word in small letters and without white space is one of them."""
        pieces = self._pieces or self._read()
        return b"\n%b\n" % _bytes(word) in pieces[hash(word) % _PIECES]

    def _read(self) -> list[bytes]:
        """The pieces. Pages that are read at once would each make them: they take turns."""
        with self._reading:
            if not self._pieces:
                pieces = [b"\n"] * _PIECES
                for word in self:
                    pieces[hash(word) % _PIECES] += b"%b\n" % _bytes(word)
                self._pieces = pieces
            return self._pieces


def _bytes(word: str) -> bytes:
    return word.encode(errors="surrogatepass")


def lighten(external: Any) -> None:
    """Have trafilatura's module ``external``, and the module of jusText that it calls, take the words from here."""
    external.JT_STOPLIST = StopWords(external)
    justext: Any = import_module(external.classify_paragraphs.__module__)
    justext.define_stoplist = _left_as_they_are(justext.define_stoplist)


def _left_as_they_are(define: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The function that makes a set of words, but leaves ours as they are."""

    def defined(words: Any) -> Any:
        return words if isinstance(words, StopWords) else define(words)

    return defined
