"""Whatever is logged comes back as it was: property tests over the records."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_check import LINES, build, capture

from claims.ledger.ledger import Ledger
from claims.records import (
    Attribution,
    Check,
    Citation,
    CitationKind,
    ClaimKind,
    Evidence,
    Passage,
    QuantityFinding,
    QuoteFinding,
    QuoteGrade,
    SpeechMode,
    Stance,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)  # half a surrogate pair has a test of its own
MAYBE = st.none() | WORDS
SPAN = st.tuples(st.integers(0, 999), st.integers(0, 999))
SPANS = st.lists(SPAN, max_size=3).map(tuple)
SHARE = st.floats(0, 1)

ATTRIBUTIONS = st.builds(
    Attribution,
    speaker=MAYBE,
    cue=WORDS,
    mode=st.sampled_from(SpeechMode),
    source_spans=SPANS,
    cue_spans=SPANS,
    content_spans=SPANS,
    negated=st.booleans(),
    anonymous=st.booleans(),
    outlet=MAYBE,
)
CITATIONS = st.builds(
    Citation,
    kind=st.sampled_from(CitationKind),
    text=WORDS,
    span=st.none() | SPAN,
    outlet=MAYBE,
    url=MAYBE,
    handle=MAYBE,
    date=MAYBE,
    mark=st.sampled_from(["", "[3]", "*"]),
    own_site=st.booleans(),
)
PASSAGES = st.builds(
    Passage, capture=st.sampled_from(["", capture("wsj").id]), span=SPAN, text=WORDS, url=MAYBE, outlet=MAYBE
)
EVIDENCE = st.lists(st.builds(Evidence, passage=PASSAGES, stance=st.sampled_from(Stance), score=SHARE), max_size=3).map(
    tuple
)
QUOTES = st.none() | st.builds(
    QuoteFinding,
    quote=WORDS,
    grade=st.sampled_from(QuoteGrade),
    similarity=SHARE,
    found=WORDS,
    span=st.none() | SPAN,
    capture=MAYBE,
    diff=st.lists(st.tuples(st.sampled_from("=-+"), WORDS), max_size=3).map(tuple),
)
QUANTITIES = st.lists(
    st.builds(QuantityFinding, kind=WORDS, claimed=WORDS, found=MAYBE, agrees=st.none() | st.booleans(), note=WORDS),
    max_size=2,
).map(tuple)


@st.composite
def checks(draw: st.DrawFn) -> Check:
    """The sample's first claim with everything about it drawn."""
    check = build(LINES[:1])
    claim = replace(
        check.extraction.claims[0],
        statement=draw(WORDS),
        kind=draw(st.sampled_from(ClaimKind)),
        checkable=draw(st.booleans()),
        reasons=tuple(draw(st.lists(WORDS, max_size=3))),
        checkworthiness=draw(SHARE),
        attribution=draw(st.none() | ATTRIBUTIONS),
        citations=tuple(draw(st.lists(CITATIONS, max_size=3, unique=True))),
    )
    verdict = replace(
        check.verdicts[0],
        confidence=draw(SHARE),
        rationale=draw(WORDS),
        reason=draw(MAYBE),
        evidence=draw(EVIDENCE),
        quote=draw(QUOTES),
        quantities=draw(QUANTITIES),
        unsaid=draw(SPANS),
    )
    article = replace(check.article, title=draw(MAYBE), byline=draw(MAYBE), published=draw(MAYBE))
    extraction = replace(
        check.extraction, claims=(claim,), attributions=tuple(draw(st.lists(ATTRIBUTIONS, max_size=2)))
    )
    return replace(check, article=article, extraction=extraction, verdicts=(verdict,))


@settings(max_examples=30)
@given(checks())
def test_a_check_comes_back_as_it_was(check: Check) -> None:
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "desk.db") as ledger:
        ledger.record(check)
        entry = ledger.show(check.extraction.claims[0].id)
        assert entry.claim == check.extraction.claims[0]
        assert entry.verdict == check.verdicts[0]
        assert ledger.article(check.article.id) == check.article
        assert ledger.audit().holds
        assert len(ledger.claims()) == 1
        again = replace(check.run, id="again")
        verdicts = tuple(replace(verdict, run="again") for verdict in check.verdicts)
        assert ledger.record(replace(check, run=again, verdicts=verdicts)).added == ()


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One ledger for all the examples."""
    with Ledger.open(tmp_path_factory.mktemp("searched") / "desk.db") as ledger:
        ledger.record(build())
        yield ledger


@given(st.text(max_size=60))
def test_search_takes_any_text(searched: Ledger, words: str) -> None:
    assert isinstance(searched.search(words), list)
