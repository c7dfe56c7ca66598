"""Whose words a passage gives."""

from __future__ import annotations

import pytest

from claims.records import Attribution, Page, SpeechMode
from claims.verification.speaking.speakers import (
    SpeakerMatch,
    compare_deed,
    compare_speaker,
    does,
    named_speakers,
)


def said(speaker: str | None, *, anonymous: bool = False) -> Attribution:
    return Attribution(speaker=speaker, cue="said", mode=SpeechMode.INDIRECT, anonymous=anonymous)


@pytest.mark.parametrize(
    ("passage", "before", "speaker", "expected"),
    [
        ("Putin said Russia wanted peace.", "", "Putin", SpeakerMatch.SAME),
        ("Russian President Vladimir Putin said Russia wanted peace.", "", "Putin", SpeakerMatch.SAME),
        ("Russia wanted peace, according to Putin.", "", "Putin", SpeakerMatch.SAME),
        ("“Peace,” said Vladimir Putin.", "", "Putin", SpeakerMatch.SAME),
        ("PUTIN: We want peace.", "", "Putin", SpeakerMatch.SAME),
        ("“Peace,” Mike Waltz, the security adviser, told ABC.", "", "Waltz", SpeakerMatch.SAME),
        ("He added that Russia wanted peace.", "Putin told the council about Ukraine.", "Putin", SpeakerMatch.SAME),
        (
            "He added that Russia wanted peace, according to a transcript on the Kremlin's website.",
            "Putin told the council about Ukraine.",
            "Putin",
            SpeakerMatch.SAME,
        ),
        (
            "She said that Russia wanted peace, according to Interfax.",
            "Zakharova spoke to reporters, Zakharova said.",
            "Putin",
            SpeakerMatch.OTHER,
        ),
        ("The council met. Russia wanted peace, according to Lavrov.", "", "Putin", SpeakerMatch.OTHER),
        ("Russia wanted peace, Lavrov said.", "", "Putin", SpeakerMatch.OTHER),
        ("“Peace,” said Mike Waltz.", "", "Marco Rubio", SpeakerMatch.OTHER),
        ("He added that Russia wanted peace.", "Lavrov told the council about Ukraine.", "Putin", SpeakerMatch.OTHER),
        ("Critics of Putin said Russia wanted peace.", "", "Putin", SpeakerMatch.OTHER),
        ("A rival to Putin said Russia wanted peace.", "", "Putin", SpeakerMatch.OTHER),
        ("A spokesman for Putin said Russia wanted peace.", "", "Putin", SpeakerMatch.UNKNOWN),
        ("Putin, the president of Russia, said Russia wanted peace.", "", "Putin", SpeakerMatch.SAME),
        ("In a letter to Trump, Putin said Russia wanted peace.", "", "Putin", SpeakerMatch.SAME),
        ("The Kremlin said of Putin that Russia wanted peace.", "", "Kremlin", SpeakerMatch.SAME),
        ("Russia wants peace, the head of the council, Mara Lind, said.", "", "Putin", SpeakerMatch.OTHER),
        ("Russia wants peace, the head of the council, Mara Lind, said.", "", "Mara Lind", SpeakerMatch.SAME),
        ("Speaking to Lind, Putin, said Rahn, wanted peace.", "", "Rahn", SpeakerMatch.SAME),
        ("There were 9 cases, the World Health Organization said.", "", "The WHO", SpeakerMatch.SAME),
        ("There were 9 cases, the World Food Programme said.", "", "The WHO", SpeakerMatch.UNKNOWN),
        ("There were 9 cases, the International Atomic Energy Agency said.", "", "The IAEA", SpeakerMatch.SAME),
        ("Russia wants peace.", "", "Putin", SpeakerMatch.UNKNOWN),
        ("Russia wants peace.", "", None, SpeakerMatch.NONE),
    ],
)
def test_compare(passage: str, before: str, speaker: str | None, expected: SpeakerMatch) -> None:
    assert compare_speaker(said(speaker), passage, before, Page(text=passage))[0] is expected


@pytest.mark.parametrize(
    ("passage", "speaker", "expected"),
    [
        ("The plant will close, the mayor's office said.", "The IAEA", "the mayor's office"),
        ("The plant will close, the commerce ministry said.", "the ministry of energy", "the commerce ministry"),
        ("The plant will close, the Russian Foreign Ministry said.", "The Kremlin", "Russian Foreign Ministry"),
        ("The plant will close, it said.", "The IAEA", ""),
        ("The plant will close.", "The IAEA", ""),
    ],
)
def test_another_speaker_without_a_name_is_told(passage: str, speaker: str, expected: str) -> None:
    result = compare_speaker(said(speaker), passage, "", Page(text=passage), statement="The plant will close.")
    assert result == (SpeakerMatch.UNKNOWN, expected)


@pytest.mark.parametrize(
    ("speaker", "statement", "url", "expected"),
    [
        ("the airline", "Polar Air will stop flying to Tromvik.", "https://polarair.example/n", SpeakerMatch.SAME),
        ("the airline", "Polar Air will stop flying to Tromvik.", "https://herald.example/n", SpeakerMatch.UNKNOWN),
        ("the union", "Polar Air will stop flying to Tromvik.", "https://polarair.example/n", SpeakerMatch.UNKNOWN),
        ("the airline", "Polar Air staff will stop work.", "https://polarair.example/n", SpeakerMatch.UNKNOWN),
        ("DPA", "The plant will close.", "https://www.dpa.example/n", SpeakerMatch.SAME),
        ("South China Morning Post", "The plant will close.", "https://scmp.example/n", SpeakerMatch.SAME),
        ("South China Morning Post", "The plant will close.", "https://herald.example/n", SpeakerMatch.UNKNOWN),
        ("Com", "The plant will close.", "https://herald.com/n", SpeakerMatch.UNKNOWN),
    ],
)
def test_a_page_is_its_owner_s(speaker: str, statement: str, url: str, expected: SpeakerMatch) -> None:
    page = Page(text=statement, url=url)
    assert compare_speaker(said(speaker), statement, "", page, statement=statement)[0] is expected


def test_an_outlet_speaks_on_its_own_page() -> None:
    page = Page(text="x", url="https://www.reuters.com/world/", outlet="reuters")
    assert compare_speaker(said("Reuters"), "No call had been agreed.", "", page)[0] is SpeakerMatch.SAME


@pytest.mark.parametrize(
    ("speaker", "url", "expected"),
    [
        ("the Quayside News", "https://quayside.example/fares", SpeakerMatch.SAME),
        ("the Trade Herald", "https://trade-herald.example/deal", SpeakerMatch.SAME),
        ("the Harbour News", "https://quayside.example/fares", SpeakerMatch.UNKNOWN),
        ("Jon Aske", "https://herald.example/wall", SpeakerMatch.UNKNOWN),
        ("Jon Herald", "https://jon.example/wall", SpeakerMatch.UNKNOWN),
    ],
)
def test_an_outlet_may_be_shorter_in_its_address(speaker: str, url: str, expected: SpeakerMatch) -> None:
    page = Page(text="x", url=url)
    assert compare_speaker(said(speaker), "Fares will rise.", "", page)[0] is expected


HEADLINE = "sample-waltz-trump-putin-meeting/story"


@pytest.mark.parametrize(
    ("url", "outlet", "byline", "speaker", "expected"),
    [
        (f"https://abcnews.go.com/Politics/{HEADLINE}", "abcnews", None, "Waltz", SpeakerMatch.OTHER),
        (f"https://abcnews.go.com/Politics/{HEADLINE}", "abcnews", None, "Mike Waltz", SpeakerMatch.OTHER),
        (f"https://netflix.com/waltz/status/{HEADLINE}", None, None, "Waltz", SpeakerMatch.OTHER),
        ("https://notwaltz.example/story", None, None, "Waltz", SpeakerMatch.OTHER),
        ("http://[broken", None, None, "Waltz", SpeakerMatch.OTHER),
        ("https://waltz.house.gov/news", None, None, "Waltz", SpeakerMatch.SAME),
        ("https://x.com/michaelgwaltz/status/1", None, None, "Mike Waltz", SpeakerMatch.SAME),
        ("https://abcnews.go.com/story", "abcnews", None, "ABC News", SpeakerMatch.SAME),
        ("https://www.foxnews.com/opinion", "fox", "By Mike Waltz", "Waltz", SpeakerMatch.SAME),
    ],
)
def test_a_page_is_its_owner_s_and_not_that_of_a_name_in_its_headline(
    url: str, outlet: str | None, byline: str | None, speaker: str, expected: SpeakerMatch
) -> None:
    page = Page(text="x", url=url, outlet=outlet, byline=byline)
    assert compare_speaker(said(speaker), "“I do expect a call,” Rubio said.", "", page)[0] is expected


def test_a_post_is_its_author_s() -> None:
    page = Page(text="x", url="https://x.com/ZelenskyyUa/status/1")
    assert compare_speaker(said("Volodymyr Zelenskyy"), "We are ready.", "", page)[0] in (
        SpeakerMatch.SAME,
        SpeakerMatch.UNKNOWN,
    )


def test_a_name_inside_a_quotation_is_no_speaker() -> None:
    found = named_speakers("“Trump said nothing,” Peskov told reporters.")
    assert [name.text for name in found] == ["Peskov"]


def test_nobody_to_compare() -> None:
    assert compare_speaker(None, "Putin said so.", "", Page(text="x"))[0] is SpeakerMatch.NONE
    assert (
        compare_speaker(said("officials", anonymous=True), "Putin said so.", "", Page(text="x"))[0] is SpeakerMatch.NONE
    )


def rejected(speaker: str, cue: str = "rejected", *, clausal: bool = False) -> Attribution:
    return Attribution(speaker=speaker, cue=cue, mode=SpeechMode.INDIRECT, clausal=clausal)


@pytest.mark.parametrize(
    ("passage", "speaker", "expected"),
    [
        ("Moscow rejected the offer.", "Moscow", SpeakerMatch.SAME),
        ("Moscow has rejected the offer, Peskov said.", "Moscow", SpeakerMatch.SAME),
        ("The offer was rejected by Moscow, Peskov said.", "Moscow", SpeakerMatch.SAME),
        ("Kyiv rejected the offer.", "Moscow", SpeakerMatch.OTHER),
        ("Moscow said Kyiv rejected the offer.", "Moscow", SpeakerMatch.OTHER),
        ("The offer is no longer on Moscow's table, Peskov said.", "Moscow", SpeakerMatch.UNKNOWN),
        ("Moscow and Minsk rejected the offer.", "Moscow", SpeakerMatch.SAME),
        ("Moscow was silent and Minsk rejected the offer.", "Moscow", SpeakerMatch.OTHER),
        # What a verb precedes is its object, and says nothing of who does it.
        ("Rejected at once was the offer against NATO, in Minsk.", "Moscow", SpeakerMatch.UNKNOWN),
        # No name: the question itself says who it is.
        ("The union rejected the offer.", "the union", SpeakerMatch.NONE),
        ("The firm rejected the offer.", "the union", SpeakerMatch.UNKNOWN),
        ("Critics of the union rejected the offer.", "the union", SpeakerMatch.UNKNOWN),
    ],
)
def test_who_does_it(passage: str, speaker: str, expected: SpeakerMatch) -> None:
    assert compare_deed(rejected(speaker), passage, "", Page(text=passage))[0] is expected


@pytest.mark.parametrize(
    ("cue", "clausal", "passage", "expected"),
    [
        ("called for", False, "The union called for a strike.", True),
        ("called for", False, "The union is calling for a strike.", True),
        ("called for", False, "The union called off a strike.", False),
        ("rejected", False, "Moscow accepted the offer.", False),
        # A clause of its own, or a plain verb of saying, asks for no certain word.
        ("found", True, "Forty percent of rivers are dirty.", True),
        ("said", False, "The road is closed.", True),
        ("According to", False, "The road is closed.", True),
    ],
)
def test_the_deed_stands_there(cue: str, clausal: bool, passage: str, expected: bool) -> None:
    assert does(rejected("Moscow", cue, clausal=clausal), passage) is expected
