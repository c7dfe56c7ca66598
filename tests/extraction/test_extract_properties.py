"""What holds for any text whatever: no exception, exact spans, no dependence on what follows, linear time."""

from __future__ import annotations

import random
import time

import pytest
from effort import calls
from hypothesis import given, settings
from hypothesis import strategies as st
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.records import Block, BlockKind, Extraction, Link, Page, Post

QUICK = settings(max_examples=60)
# Words that trigger the rules, in any order and with any signs between them.
TRIGGERS = """
Putin said that Russia , sought " peace “ ” ; however he told ABC News according to Reuters : on Monday who has been
and called for 3 percent given the city is which whose including having captured with making - — ( ) ? ! … ’s RT
(@RT_com) January 20, 2025 https://www.reuters.com/a via the report they it this possibility WALLACE: • <p> </div>
&nbsp; should will I think
"""
WORDS = st.sampled_from([*TRIGGERS.split(), "\n", " \n\n "])
SENTENCES = st.lists(WORDS, max_size=60).map(" ".join)
TEXTS = st.one_of(st.text(max_size=400), SENTENCES, st.tuples(SENTENCES, st.text(max_size=50)).map("".join))


def read(text: str) -> Extraction:
    return extract(Page(text=text, published="2025-01-20"), DIRECTORY)


def cost(text: str) -> int:
    read("It is.")  # what is loaded once is not counted
    return calls(lambda: read(text))


def holds(extraction: Extraction, text: str) -> None:
    for claim in extraction.claims:
        assert claim.text == " ".join(text[start:end] for start, end in claim.spans)
        assert all(0 <= start < end <= len(text) for start, end in claim.spans)
        assert claim.statement.strip()
        assert claim.reasons
        assert 0 <= claim.checkworthiness <= 1
        for citation in claim.citations:
            assert citation.span is None or text[slice(*citation.span)] == citation.text or citation.handle
    assert len({claim.id for claim in extraction.claims}) == len(extraction.claims)


@QUICK
@given(TEXTS)
def test_any_text_is_read_without_an_exception_and_with_exact_spans(text: str) -> None:
    holds(read(text), text)


@QUICK
@given(SENTENCES, st.data())
def test_blocks_links_and_posts_may_stand_anywhere(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    spans = st.tuples(place, place).map(lambda pair: (min(pair), max(pair)))
    found = sorted(data.draw(st.lists(spans, max_size=3)))
    links = tuple(
        Link(span=span, href=data.draw(st.sampled_from(["https://reuters.com/a", "x", "#", ""]))) for span in found
    )
    posts = tuple(Post(handle="RT_com", text="x", span=span) for span in found[:1])
    blocks = tuple(Block(kind=data.draw(st.sampled_from(BlockKind)), span=span) for span in found)
    holds(extract(Page(text=text, links=links, posts=posts, blocks=blocks), DIRECTORY), text)


NOISE = [
    '"' * 5000,
    "“" * 5000,
    "(" * 5000,
    ", and " * 2000,
    "who said that " * 1500,
    "<div class='a'><p>" * 1000,
    "\ufeff\u200b\u202e" * 2000,
    "\x00\x01\ud800" * 100,
    "A" * 20000,
    "a" * 20000,
    "a-" * 10000,
    "a." * 5000,
    "\n" * 20000,
    ":\n" * 3000,
    "https://a.b/" + "c" * 20000,
    "— RT (@RT_com) January 20, 2025\n" * 300,
    # One paragraph of thousands of sentences, of thousands of quotations.
    "It is. " * 3_000,
    '"a" ' * 3_000,
]


@pytest.mark.parametrize("text", NOISE, ids=range(len(NOISE)))
def test_noise_is_survived(text: str) -> None:
    holds(read(text), text)


@pytest.mark.parametrize("text", NOISE, ids=range(len(NOISE)))
def test_twice_the_noise_is_twice_the_work(text: str) -> None:
    once, twice = text[: len(text) // 4], text[: len(text) // 2]
    assert cost(twice) < 2.5 * cost(once)  # four times, were it quadratic


@pytest.mark.slow
@pytest.mark.parametrize("text", NOISE, ids=range(len(NOISE)))
def test_noise_is_read_in_seconds(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 20


def lines(count: int) -> str:
    """So many sentences, five to a paragraph."""
    rng = random.Random(7)
    names = ["Angela Fox", "Peter Hall", "Moscow", "The company", "She", "He", "The ministry"]
    verbs = ["said the bridge was closed", "opened a plant in Leeds and hired 300 people", "told CNN that talks failed"]
    made = [f"{rng.choice(names)} {rng.choice(verbs)} on {rng.choice(['Monday', 'Friday'])}." for _ in range(count)]
    return "\n\n".join(" ".join(made[i : i + 5]) for i in range(0, count, 5))


def test_ten_times_the_words_are_ten_times_the_work() -> None:
    assert cost(lines(400)) < 11 * cost(lines(40))


@pytest.mark.slow
def test_ten_thousand_words_take_about_ten_times_as_long_as_a_thousand() -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        read(text)
        return time.process_time() - start

    seconds(lines(20))
    small = min(seconds(lines(110)) for _ in range(2))
    assert seconds(lines(1100)) < 25 * small


@pytest.mark.parametrize("kind", ["any characters", "letters", "markup"])
def test_a_megabyte_of_noise_is_read_without_an_error(kind: str) -> None:
    chance = random.Random(5)
    if kind == "any characters":
        ranges = ((32, 126), (160, 0x2FFF), (0x1F300, 0x1F6FF), (10, 10))
        text = "".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(1_000_000))
    elif kind == "letters":
        text = " ".join("".join(chance.choices("abcdefghijklmnop", k=chance.randint(1, 9))) for _ in range(170_000))
    else:
        text = "".join(
            f"<{chance.choice('abipq')} {chance.random()}>&{chance.choice('lg')}t;" for _ in range(4_000)
        )  # a tenth of it: seconds
    assert len(text) > (100_000 if kind == "markup" else 900_000)
    found = extract(Page(text=text), DIRECTORY)
    assert all(text[start:end] for claim in found.claims for start, end in claim.spans)
