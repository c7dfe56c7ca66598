from __future__ import annotations

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.records import Block, BlockKind, Claim, ClaimKind, Extraction, Page, SpeechMode


def read(text: str, **more: str) -> Extraction:
    return extract(Page(text=text, **more), DIRECTORY)  # type: ignore[arg-type]  # only texts are handed on


def by_statement(text: str, **more: str) -> dict[str, Claim]:
    return {claim.statement: claim for claim in read(text, **more).claims}


ARTICLE = "\n".join([
    "The mayor congratulated Angela Fox as she took office as governor on Monday, with Fox making statements about "
    "the bridge.",
    "According to more of Hall's remarks via The Wall Street Journal:",
    "Hall, who has been skeptical of the bridge, has said that it will cost $3 billion, and has called for a vote in "
    "the council.",
    "These words came soon after national security adviser Mike Waltz telling ABC News that "
    '"the preparations are underway" for a meeting.',
    '"I do expect a call in the coming days," Waltz said. "So, that would be a step."',
    "The talks opened in Geneva pic.twitter.com/VuwPNeyF0k",
    "— RT (@RT_com) January 20, 2025",
    "There's widespread understanding that as soon as Kharkiv falls, the whole region will be lost, given the city is "
    "central to the army's operations.",
])  # fmt: skip


def test_an_article_is_read_as_an_editor_would() -> None:
    found = by_statement(ARTICLE, published="2025-01-20")
    assert list(found) == [
        "The mayor congratulated Angela Fox as she took office as governor on Monday (20 January 2025).",
        "Fox made statements about the bridge.",
        "Hall has said that it will cost $3 billion.",
        "Hall has been skeptical of the bridge.",
        "Hall has called for a vote in the council.",
        'National security adviser Mike Waltz told ABC News that "the preparations are underway" for a meeting.',
        "Mike Waltz is national security adviser.",
        "Waltz said: “I do expect a call in the coming days”",
        "Waltz said: “So, that would be a step.”",
        "RT said: The talks opened in Geneva.",
        "There's widespread understanding that as soon as Kharkiv falls, the whole region will be lost.",
        "The city is central to the army's operations.",
    ]


def test_text_and_spans_are_the_articles_own_words_in_order() -> None:
    extraction = read(ARTICLE)
    starts = []
    for claim in extraction.claims:
        assert claim.text == " ".join(ARTICLE[start:end] for start, end in claim.spans)
        assert all(0 <= start < end <= len(ARTICLE) for start, end in claim.spans)
        assert list(claim.spans) == sorted(claim.spans)
        starts.append(ARTICLE.rindex("\n", 0, claim.spans[-1][0]) if "\n" in ARTICLE[: claim.spans[-1][0]] else -1)
    assert starts == sorted(starts)
    assert len({claim.id for claim in extraction.claims}) == len(extraction.claims)


def test_every_claims_attribution_is_among_the_attributions() -> None:
    extraction = read(ARTICLE)
    said = [claim.attribution for claim in extraction.claims if claim.attribution is not None]
    assert said
    assert all(attribution in extraction.attributions for attribution in said)


def test_a_quotation_is_one_claim_for_each_quoted_sentence() -> None:
    text = '"The bridge is closed to all cars," Angela Fox said. "It will open in May. Nobody was hurt there."'
    found = read(text).claims
    assert [claim.kind for claim in found] == [ClaimKind.QUOTATION] * 3
    assert [claim.statement for claim in found] == [
        "Angela Fox said: “The bridge is closed to all cars”",
        "Angela Fox said: “It will open in May.”",
        "Angela Fox said: “Nobody was hurt there.”",
    ]
    assert all(claim.checkable for claim in found)
    assert found[0].spans == ((0, text.index(" said. ") + 5),)


def test_a_quoted_forecast_can_be_checked_as_said_and_a_plain_one_cannot() -> None:
    quoted, plain = read('"The bridge will open in May," Angela Fox said. The road will open in June.').claims
    assert (quoted.kind, quoted.checkable) == (ClaimKind.QUOTATION, True)
    assert (plain.kind, plain.checkable) == (ClaimKind.FORECAST, False)
    assert "forecast" in plain.reasons[0]


def test_who_is_going_to_do_something_says_nothing() -> None:
    second = read("The council is planning and going to build a school.").claims[-1]
    assert (second.kind, second.attribution) == (ClaimKind.FORECAST, None)


def test_a_quotation_without_a_speaker_says_so() -> None:
    (claim,) = read("“The bridge was closed to all cars by the mayor in May.”").claims
    assert claim.kind is ClaimKind.QUOTATION
    assert claim.attribution is None
    assert any("who said" in reason for reason in claim.reasons)


def test_a_colleagues_report_inside_a_report_keeps_one_claim() -> None:
    (claim,) = read("Officials said that the bridge was closed on Monday.").claims
    assert claim.attribution is not None
    assert claim.attribution.mode is SpeechMode.INDIRECT


NOISE = [
    "",
    " \n\n\t ",
    "By Angela Fox",
    "Published 12 January 2025, 10:45",
    "Read more: the bridge is closed",
    "ADVERTISEMENT",
    "Subscribe to our newsletter to get the latest news of the day.",
    "— RT (@RT_com) January 20, 2025",
    "❗️",
    "These words came soon after the vote.",
    "A separate translation of the speech reads as follows:",
    "Bridge Closed After Storm Hits Northern Coast",
    "More on the vote",
]


@pytest.mark.parametrize("text", NOISE)
def test_noise_is_no_claim(text: str) -> None:
    assert read(text).claims == ()


def test_headings_and_the_title_are_no_claims() -> None:
    text = (
        "The bridge was closed on Monday\n\nThe bridge carries 40,000 cars a day.\n\n"
        "The mayor resigned\n\nThe mayor left in May."
    )
    blocks = tuple(
        Block(kind=kind, span=(text.index(words), text.index(words) + len(words)))
        for words, kind in (
            ("The bridge was closed on Monday", BlockKind.PARAGRAPH),
            ("The bridge carries 40,000 cars a day.", BlockKind.PARAGRAPH),
            ("The mayor resigned", BlockKind.HEADING),
            ("The mayor left in May.", BlockKind.PARAGRAPH),
        )
    )
    page = Page(text=text, title="The bridge was closed on Monday", blocks=blocks)
    assert [claim.text for claim in extract(page, DIRECTORY).claims] == [
        "The bridge carries 40,000 cars a day",
        "The mayor left in May",
    ]


@pytest.mark.parametrize(
    ("title", "text", "statement"),
    [
        ("Mayor quits over flat", "Mayor quits over flat Ann Fox left in May.", "Ann Fox left in May."),
        ("Storm hits Leeds", "Storm hits Leeds The wind broke 40 roofs in May.", "The wind broke 40 roofs in May."),
        ("Tesla", "Tesla Motors sold 300 cars in May.", "Tesla Motors sold 300 cars in May."),
        ("Bus hits Tesla", "Bus hits Tesla Motors, killing 40 people.", "Bus hits Tesla Motors, killing 40 people."),
    ],
)  # fmt: skip
def test_a_title_that_begins_the_text_is_no_part_of_a_name(title: str, text: str, statement: str) -> None:
    assert [claim.statement for claim in extract(Page(text=text, title=title), DIRECTORY).claims] == [statement]


def test_another_language_gives_a_reason_and_no_nonsense() -> None:
    text = "Der Bürgermeister hat die Brücke am Montag gesperrt, wie die Polizei am Abend mitteilte. " * 5
    extraction = read(text)
    assert extraction.claims == ()
    assert any("English" in note for note in extraction.notes)


def test_capitals_lists_and_transcripts_are_read() -> None:
    found = by_statement(
        "THE PRESIDENT SIGNED THE BILL IN MAY AND THE SENATE HAD PASSED IT BY 52 VOTES TO 48.\n\n"
        "- Unemployment fell by 3 percent in 2024\n"
        "* Inflation rose to 4 percent\n\n"
        "FOX: We built 400 miles of road.\n\n"
        "HALL: Did you build a bridge?"
    )
    assert any("52 votes to 48" in statement for statement in found)
    assert "Unemployment fell by 3 percent in 2024." in found
    assert "Inflation rose to 4 percent." in found
    assert any("400 miles of road" in statement for statement in found)
    assert any(not claim.checkable for statement, claim in found.items() if "bridge" in statement)


def test_the_same_text_gives_the_same_claims() -> None:
    assert read(ARTICLE) == read(ARTICLE)


def test_claims_of_a_text_do_not_depend_on_what_follows_it() -> None:
    longer = ARTICLE + "\nThe market fell by 3 percent in Leeds on Tuesday.\n"
    assert [c.statement for c in read(longer).claims][: len(read(ARTICLE).claims)] == [
        c.statement for c in read(ARTICLE).claims
    ]


def test_nobody_is_no_anonymous_source() -> None:
    (claim,) = read("Nobody in the room could say whether the name was meant as a compliment.").claims
    assert claim.checkable
    assert "anonymous source" not in claim.reasons


@pytest.mark.parametrize(
    ("title", "text", "read_as_claims"),
    [
        ("Karl Venn", "Karl Venn was fined 3,000 pounds.", True),
        ("Iran talks fail", "Iran talks fail on Friday.", True),
        ("Iran talks fail", "Iran talks fail on Friday in Geneva as both sides walk out.", True),
        ("Karl Venn was fined 3,000 pounds", "Karl Venn was fined 3,000 pounds.", False),
        ("Karl Venn was fined 3,000 pounds", "KARL VENN WAS FINED 3,000 POUNDS", False),
        ("“Karl Venn was fined 3,000 pounds”", "Karl Venn was fined 3,000 pounds.", False),
        ("Karl Venn was fined 3,000 pounds | The Gazette", "Karl Venn was fined 3,000 pounds", False),
        ("Courts: Karl Venn was fined 3,000 pounds - BBC News", "Karl Venn was fined 3,000 pounds", False),
        ("Karl Venn was fined 3,000 pounds in Leeds", "Karl Venn was fined 3,000 pounds.", True),
    ],
)
def test_only_what_repeats_the_title_is_a_heading(title: str, text: str, read_as_claims: bool) -> None:
    text = f"{text}\n\nThe court sits in Leeds and opened in 1990."
    extraction = extract(Page(text=text, title=title), DIRECTORY)
    assert ("heading" not in {part.reason for part in extraction.unclaimed}) is read_as_claims
    assert any(claim.spans[0][0] == 0 for claim in extraction.claims) is read_as_claims


@pytest.mark.parametrize(
    ("title", "text", "heading"),
    [
        ("Talks with Iran fail", "Talks with Iran fail Friday as both sides leave the hotel in Geneva.", False),
        ("Talks with Iran fail", "Talks with Iran fail Both sides have left the hotel in Geneva.", True),
    ],
)
def test_a_day_behind_the_title_belongs_to_its_sentence(title: str, text: str, heading: bool) -> None:
    extraction = extract(Page(text=text, title=title), DIRECTORY)
    assert ("heading" in {part.reason for part in extraction.unclaimed}) is heading


def test_a_text_that_is_not_english_is_told_from_one_without_claims() -> None:
    text = "Der Minister sagte am Montag, dass die Gespräche nicht gut waren. Er ging mit dem Auto. " * 5
    extraction = extract(Page(text=text), DIRECTORY)
    assert [(part.span, part.reason) for part in extraction.unclaimed] == [((0, len(text)), "not English")]
    assert extraction.claims == () and "not seem to be in English" in extraction.notes[0]
