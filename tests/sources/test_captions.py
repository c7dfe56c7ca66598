"""Captions as a transcript: who speaks, which second, and what is no text."""

from __future__ import annotations

import pytest

from sources.errors import Unavailable
from sources.page.page import read_page

VTT = """WEBVTT - Council meeting

STYLE
::cue { color: red }

NOTE made by hand

intro-1
00:00:01.000 --> 00:00:04.000 align:start
<v Anna Berg>The bridge cost 40 million euros

00:04.000 --> 00:06.500
<v Anna Berg>and it will open in <i>May</i> 2025.

01:01:05.000 --> 01:01:08.000
<v.loud John Roe>[applause] We counted 2,000 people &amp; dogs.
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (VTT, "ANNA BERG: The bridge cost 40 million euros and it will open in May 2025.\n\n"
              "JOHN ROE: We counted 2,000 people & dogs."),
        ("1\r\n00:00:01,000 --> 00:00:04,000\r\nANNA BERG: It cost 40\r\nmillion.\r\n\r\n2\r\n"
         "00:00:04,500 --> 00:00:06,000\r\n- It did not.\r\n- Yes, it did.\r\n",
         "ANNA BERG: It cost 40 million.\n\nIt did not.\n\nYes, it did."),
        ("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color=\"red\">One rolls</font>\n\n2\n00:00:02,000 --> "
         "00:00:03,000\nOne rolls\nup.\n", "One rolls up."),
        ("1\n00:00:01,000 --> 00:00:02,000\nThe first.\n\n2\n00:00:09,000 --> 00:00:10,000\nThe second.\n",
         "The first.\n\nThe second."),
        ("1\n00:00:01,000 --> 00:00:02,000\n♪ la la ♪\n\n2\n00:00:09,000 --> 00:00:10,000\nIt was 10:30 then.\n",
         "It was 10:30 then."),
    ],
)  # fmt: skip
def test_transcripts(text: str, words: str) -> None:
    assert read_page(text.encode()).text == words


def test_every_cue_has_its_second() -> None:
    page = read_page(VTT.encode(), content_type="text/vtt")
    assert [(page.text[at : at + 9], second) for at, second in page.times] == [
        ("ANNA BERG", 1.0), ("and it wi", 4.0), ("JOHN ROE:", 3665.0),
    ]  # fmt: skip
    assert page.title == "Council meeting"
    assert "\n\n".join(page.text[slice(*block.span)] for block in page.blocks) == page.text


@pytest.mark.parametrize("text", ["WEBVTT\n\nNOTE nothing else\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n[music]\n"])
def test_captions_without_words(text: str) -> None:
    with pytest.raises(Unavailable, match="no words in these captions"):
        read_page(text.encode(), content_type="text/vtt")
