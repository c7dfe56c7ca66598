"""The stop words that trafilatura is given are its own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace

import pytest
from justext import core
from lxml.html import fromstring
from trafilatura import external

from sources.markup.stop_words import StopWords, lighten


@pytest.fixture
def _own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The modules as they are before a page was read, put back afterwards."""
    monkeypatch.setattr(external, "JT_STOPLIST", None)
    monkeypatch.setattr(core, "define_stoplist", core.define_stoplist)


@pytest.mark.usefixtures("_own")
def test_the_words_are_those_of_trafilatura() -> None:
    own = frozenset(external.jt_stoplist_init())
    lighten(external)
    words = external.JT_STOPLIST
    assert isinstance(words, StopWords)
    assert core.define_stoplist(words) is words
    assert frozenset(words) == own
    assert len(own) > 100_000
    assert all(word in words for word in own)
    # parts of words, half of a letter, and what is no word
    others = {other for word in own for other in (word[1:], word[:-1])} - own
    others |= {"", "\n", "\ud800", "zzzyx", "And"} - own
    assert not [other for other in others if other in words]


@pytest.mark.usefixtures("_own")
def test_paragraphs_are_classed_as_with_the_set() -> None:
    text = "It is said that the mayor and the council of Aš voted. " * 5
    page = f"<html><body><p>{text}</p><p>{'Zzzyx ' * 50}</p></body></html>"
    own = external.jt_stoplist_init()
    lighten(external)
    classes = []
    for words in (own, external.JT_STOPLIST):
        paragraphs = core.ParagraphMaker.make_paragraphs(fromstring(page))
        external.classify_paragraphs(paragraphs, words)
        classes.append([paragraph.cf_class for paragraph in paragraphs])
    assert classes == [["good", "bad"]] * 2


def test_pages_that_are_read_at_once_read_the_words_once() -> None:
    both, read = Event(), []

    def words_of(language: str) -> Iterator[str]:
        read.append(language)
        both.wait(0.1)  # for the other thread, which is not to come here
        yield "and"

    words = StopWords(SimpleNamespace(get_stoplists=lambda: ("English",), get_stoplist=words_of))
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(words.__contains__, ("and", "andy"))) == [True, False]
    assert read == ["English"]
