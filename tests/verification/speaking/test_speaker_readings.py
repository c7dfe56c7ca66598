"""Whose words a sentence gives: the name beside the verb, who only stands behind "of", offices and their holders."""

from __future__ import annotations

import pytest

from claims.records import Attribution, Page, SpeechMode
from claims.verification.speaking.offices import office, speaks_itself
from claims.verification.speaking.speakers import SpeakerMatch, compare_deed, compare_speaker

SAME, OTHER, UNKNOWN = SpeakerMatch.SAME, SpeakerMatch.OTHER, SpeakerMatch.UNKNOWN


def said(speaker: str, cue: str = "said") -> Attribution:
    return Attribution(speaker=speaker, cue=cue, mode=SpeechMode.INDIRECT)


@pytest.mark.parametrize(
    ("passage", "before", "speaker", "expected", "other"),
    [
        # Words between the name and the verb.
        ("Lavrov has said Russia wanted peace.", "", "Lavrov", SAME, ""),
        ("Lavrov repeatedly said Russia wanted peace.", "", "Lavrov", SAME, ""),
        ("Lavrov, who met Rubio in May, said Russia wanted peace.", "", "Lavrov", SAME, ""),
        ("Lavrov met Rubio. Rubio said Russia wanted peace.", "", "Lavrov", OTHER, "Rubio"),
        ("“Peace,” said President Rubio.", "", "Rubio", SAME, ""),
        ("“Peace,” said the American minister, Marco Rubio.", "", "Rubio", SAME, ""),
        # What was said of somebody, and who carries it.
        ("Rubio said Lavrov wanted peace.", "", "Lavrov", OTHER, "Rubio"),
        ("Russia wanted peace, according to President Rubio.", "", "Rubio", SAME, ""),
        ("In the words of Lavrov, Russia wanted peace.", "", "Lavrov", SAME, ""),
        ("According to Rubio, Lavrov wanted peace.", "", "Lavrov", OTHER, "Rubio"),
        ("According to the minister, Sergei Lavrov, Russia wanted peace.", "", "Lavrov", SAME, ""),
        ("According to Tass, citing Lavrov, Russia wanted peace.", "", "Lavrov", SAME, ""),
        ("“Lavrov said Russia wanted peace,” Rubio told reporters.", "", "Lavrov", OTHER, "Rubio"),
        # Whoever is told does not speak.
        ("“Russia wants peace,” the minister, Sergei Lavrov, told Tass.", "", "Lavrov", SAME, ""),
        ("“Russia wants peace,” Lavrov told the Coast Post.", "", "Rubio", OTHER, "Lavrov"),
        # Who only stands behind "of" does not speak; who may speak for him is looked at.
        ("Opponents of Rubio said Russia wanted peace.", "", "Rubio", OTHER, "Opponents of Rubio"),
        ("Allies of Rubio said Russia wanted peace.", "", "Rubio", OTHER, "Allies of Rubio"),
        ("Aides of Rubio said Russia wanted peace.", "", "Rubio", UNKNOWN, "Aides of Rubio"),
        ("Lawyers for Rubio said Russia wanted peace.", "", "Rubio", UNKNOWN, ""),
        ("The Bank of Norway said prices rose.", "", "the Bank of Norway", SAME, ""),
        # The speaker before the passage.
        ("Russia wants peace.", "Lavrov spoke in Sochi.", "Lavrov", UNKNOWN, ""),
        ("Russia wants peace.", "Rubio spoke in Sochi. Rubio said little.", "Lavrov", OTHER, "Rubio"),
        ("Russia wants peace.", "Rubio said little. Lavrov nodded.", "Lavrov", SAME, ""),
        ("Russia wants peace.", "Lavrov spoke in Sochi, and Rubio said little.", "Lavrov", UNKNOWN, ""),
        ("“Peace,” he said.", "Lavrov left. Sergei Lavrov warned of war.", "Lavrov", SAME, ""),
        ("“Peace,” he said.", "Lavrov was there. Marco Rubio warned of war.", "Lavrov", UNKNOWN, "Marco Rubio"),
        ("“Peace,” he said.", "Lavrov was there. Marco Rubio met Ana Ruiz.", "Lavrov", UNKNOWN, ""),
        ("Rubio: We want peace.", "", "Lavrov", OTHER, "Rubio"),
        # Bodies of one state.
        ("The Russian Foreign Ministry said so.", "", "The Kremlin", UNKNOWN, "Russian Foreign Ministry"),
    ],
)  # fmt: skip
def test_who_says_it(passage: str, before: str, speaker: str, expected: SpeakerMatch, other: str) -> None:
    assert compare_speaker(said(speaker), passage, before, Page(text=passage)) == (expected, other)


@pytest.mark.parametrize(
    ("words", "speaker", "expected"),
    [("It is time", "Rubio", SAME), ("It is time", "Lavrov", OTHER), ("It is late", "Lavrov", SAME)],
)
def test_a_transcript_s_label_holds_until_the_next(words: str, speaker: str, expected: SpeakerMatch) -> None:
    page = Page(text="RUBIO: We want peace. It is time.\nLAVROV: So do we. It is late.")
    at = page.text.index(words)
    assert compare_speaker(said(speaker), words, page.text[:at], page, at)[0] is expected


def test_only_the_sentence_that_says_it_is_read_for_the_speaker() -> None:
    passage = "Rubio said little. The road is shut, Lavrov said. Rubio said more."
    result = compare_speaker(said("Lavrov"), passage, "", Page(text=passage), statement="The road is shut.")
    assert result == (SAME, "")


@pytest.mark.parametrize(
    ("passage", "speaker", "cue", "expected"),
    [
        ("Oslo rejected the offer, and Bonn approved it.", "Bonn", "rejected", OTHER),
        ("Bonn did not answer Oslo, Rubio said.", "Bonn", "rejected", UNKNOWN),
        ("Critics of Bonn said the offer was bad.", "Bonn", "rejected", OTHER),
        ("The road is shut, the union said.", "the union", "said", SAME),
        ("The road is shut, the council said.", "the union", "said", UNKNOWN),
    ],
)
def test_who_does_it(passage: str, speaker: str, cue: str, expected: SpeakerMatch) -> None:
    assert compare_deed(said(speaker, cue), passage, "", Page(text=passage))[0] is expected


@pytest.mark.parametrize(
    ("speaker", "said_there", "before", "expected"),
    [
        ("the mayor", "The road is shut, the mayor said.", "", (True, "")),
        ("the league's website", "The road is shut, the league said.", "", (True, "")),
        ("police", "The road is shut, Leeds police said.", "", (True, "")),
        ("the ministry of health", "The road is shut, the health ministry said.", "", (True, "")),
        ("the ministry of health", "The road is shut, the ministry of defence said.", "", (None, "")),
        ("the opposition leader", "The road is shut, opposition leader Amina Sow said.", "", (True, "")),
        ("the senator", "The road is shut, critics of the senator said.", "", (None, "")),
        # Another holder of the office.
        ("the mayor", "The road is shut, the former mayor said.", "", (None, "")),
        ("the mayor", "The road is shut, the deputy mayor said.", "", (None, "")),
        ("the deputy mayor", "The road is shut, the mayor said.", "", (None, "")),
        ("the deputy mayor", "The road is shut, the deputy mayor of Leeds said.", "", (True, "")),
        # Nouns that many bodies share, and "he", are nobody else for certain.
        ("the company", "The road is shut, the union said.", "", (None, "")),
        ("the orchestra", "The road is shut, the company said.", "", (None, "")),
        ("the orchestra", "The road is shut, he said.", "", (None, "")),
        ("the orchestra", "The road is shut, Rubio said.", "", (None, "")),
        ("the orchestra", "The road is shut, the choir said.", "", (False, "the choir")),
        # Nobody is said to say it: who acts just before, or there.
        ("the orchestra", "The road is shut.", "The orchestra met on Monday.", (True, "")),
        ("the orchestra", "The orchestra blocked the road. The road is shut.", "", (True, "")),
        ("the orchestra", "The road is shut.", "", (None, "")),
    ],
)
def test_a_speaker_without_a_name(
    speaker: str, said_there: str, before: str, expected: tuple[bool | None, str]
) -> None:
    assert office(speaker, "The road is shut.", said_there, before) == expected


@pytest.mark.parametrize(
    ("speaker", "page", "expected"),
    [
        ("the league", Page(text="x", url="https://league.example/n"), True),
        ("the premier league", Page(text="x", url="https://league.example/n"), False),
        ("the league", Page(text="x", url="https://herald.example/n", outlet="The League"), True),
        ("the league", Page(text="x", url="https://herald.example/n", byline="By the League"), True),
        ("the league", Page(text="x", url="https://herald.example/n"), False),
        ("the statement", Page(text="x", url="https://herald.example/n"), True),
    ],
)
def test_a_page_speaks_for_itself(speaker: str, page: Page, expected: bool) -> None:
    assert speaks_itself(speaker, page) is expected
