"""The stop words that trafilatura is given are its own."""

from __future__ import annotations

import pytest
from justext.core import define_stoplist
from trafilatura import external

from sources.markup.stop_words import StopWords, lighten


def test_the_words_are_those_of_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "JT_STOPLIST", None)
    own = frozenset(external.jt_stoplist_init())
    lighten(external)
    assert isinstance(external.JT_STOPLIST, StopWords)
    assert define_stoplist(external.JT_STOPLIST) == own
    assert len(own) > 100_000
