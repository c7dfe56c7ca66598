from __future__ import annotations

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.extraction.text.document import parse_text
from claims.extraction.text.embedded_posts import embeds, status_handle
from claims.extraction.text.syntax import base
from claims.records import Claim, Page


def claims(text: str) -> list[Claim]:
    return list(extract(Page(text=text), DIRECTORY).claims)


def spoken(text: str) -> list[tuple[str, str | None]]:
    return [(claim.statement, claim.attribution.speaker if claim.attribution else None) for claim in claims(text)]


def test_a_transcripts_paragraph_is_its_speakers_to_the_end() -> None:
    found = spoken("FOX: We built 400 miles of road. The council paid for it in 2019.")
    assert [speaker for _, speaker in found] == ["FOX", "FOX"]
    assert found[1][0].startswith("FOX said: ")


def test_each_item_of_a_list_is_what_its_first_line_found() -> None:
    found = spoken("The report found:\n- unemployment fell by 3 percent in 2024\n- inflation rose to 4 percent\n")
    assert found == [
        ("The report found: Unemployment fell by 3 percent in 2024.", "The report"),
        ("The report found: Inflation rose to 4 percent.", "The report"),
    ]


def test_a_translation_gives_the_words_of_whoever_spoke_before() -> None:
    found = spoken(
        'Angela Fox said, "We hear the statements about the bridge." A separate translation reads as follows:\n'
        '"We hear the words about the bridge."'
    )
    assert [speaker for _, speaker in found] == ["Angela Fox"] * 2
    assert "separate translation" in found[1][0]


def test_a_participle_that_became_a_sentence_has_its_own_speaker() -> None:
    (first, second) = claims("Angela Fox praised the council, adding that it had paid for the bridge.")
    assert second.attribution is not None
    assert (second.attribution.speaker, second.attribution.cue) == ("Angela Fox", "adding")
    assert second.statement == "Angela Fox added that it had paid for the bridge."
    assert first.text == "Angela Fox praised the council"


def test_a_misspelt_cue_still_tells() -> None:
    text = "These words came after Mike Waltz teling ABC News that the talks were near."
    assert "Mike Waltz told ABC News that the talks were near." in [claim.statement for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Words here.\n— RT (@RT_com) January 20, 2025", ("RT_com", "2025-01-20", "Words here.")),
        ("Words here.\n— RT (@RT_com) Jan 20, 2025", ("RT_com", "2025-01-20", "Words here.")),
        ("Words here. — RT (@RT_com) March 3, 2024", ("RT_com", "2024-03-03", "Words here.")),
        ("Words here.\n— RT (@RT_com)", ("RT_com", None, "Words here.")),
        ("— RT (@RT_com) Smarch 99, 2025", None),
        ("He wrote to RT (@RT_com) in January.", None),
    ],
)
def test_posts_in_plain_text(text: str, expected: tuple[str, str | None, str] | None) -> None:
    found = [(post.handle, post.date, post.text) for post in embeds(parse_text(text), Page(text=text))]
    if expected is None:
        assert not found or found[0][1] is None
    else:
        assert found == [expected]


@pytest.mark.parametrize(
    ("address", "handle"),
    [
        ("https://x.com/RT_com/status/12", "RT_com"),
        ("https://mobile.twitter.com/Reuters/status/12?s=20", "Reuters"),
        ("https://x.com/RT_com", None),
        ("https://example.org/x.com/RT_com/status/12", None),
    ],
)
def test_whose_post_an_address_points_to(address: str, handle: str | None) -> None:
    assert status_handle(address) == handle


@pytest.mark.parametrize(
    ("participle", "lemma", "expected"),
    [("teling", "tele", "tell"), ("adding", "add", "add"), ("making", "make", "make"), ("sayying", "sayy", "say")],
)
def test_a_misspelt_participle_of_saying_is_mended(participle: str, lemma: str, expected: str) -> None:
    assert base(participle, lemma) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A former Gazette columnist Angela Fox left Rome on Monday.", "Angela Fox is a former Gazette columnist."),
        ("Tom Hale, an economist at the central bank, left.", "Tom Hale is an economist at the central bank."),
        ("Tom Hale came to Rome with his wife Angela Fox on Monday.", None),
    ],
)
def test_an_occupation_beside_a_name_is_said_of_it(text: str, expected: str | None) -> None:
    said = [claim.statement for claim in claims(text) if " is a" in claim.statement]
    assert said == ([expected] if expected else [])
