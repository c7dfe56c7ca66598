"""The stop words that trafilatura is given are its own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from justext.core import define_stoplist
from trafilatura import external

from sources.markup.stop_words import StopWords, lighten


def test_the_words_are_those_of_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "JT_STOPLIST", None)
    monkeypatch.setattr(external, "classify_paragraphs", external.classify_paragraphs)
    own = frozenset(external.jt_stoplist_init())
    lighten(external)
    assert isinstance(external.JT_STOPLIST, StopWords)
    assert define_stoplist(external.JT_STOPLIST) == own
    assert len(own) > 100_000


def test_pages_that_are_read_at_once_make_one_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "JT_STOPLIST", None)
    monkeypatch.setattr(external, "classify_paragraphs", external.classify_paragraphs)
    lighten(external)
    both, made = Event(), []

    class Words:
        def __iter__(self) -> Iterator[str]:
            made.append(self)
            both.wait(0.1)  # for the other thread, which is not to come here
            yield "and"

    words = Words()
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: external.classify_paragraphs([], words), range(2)))
    assert made == [words]
