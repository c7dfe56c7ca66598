"""How a claim is put to the page of whom it is about, or who reports it."""

from __future__ import annotations

import pytest

from claims.records import Attribution, Page, SpeechMode
from claims.verification.speaking.own_voice import asked_of

OUTLETS = "https://www.valley-echo.example/news/1"
COMPANY = "https://orvane.example/press"


def put(statement: str, page: Page, speaker: str = "", cue: str = "said") -> tuple[str, bool]:
    by = Attribution(speaker=speaker, cue=cue, mode=SpeechMode.INDIRECT, content_spans=()) if speaker else None
    return asked_of(statement, by, page)


@pytest.mark.parametrize(
    ("statement", "asked"),
    [
        ("Two lifts failed, the Valley Echo reported.", "Two lifts failed."),
        ("Two lifts failed, the Valley Echo reported, a day after the inspection.",
         "Two lifts failed, a day after the inspection."),
        ("Two lifts failed (Valley Echo).", "Two lifts failed."),
        ("According to the Valley Echo, two lifts failed.", "Two lifts failed."),
        ("Two lifts failed, according to the Valley Echo newspaper.", "Two lifts failed."),
        ("The Valley Echo reported on Monday that two lifts failed.", "Two lifts failed."),
        ("Two lifts, the Valley Echo reported, have failed.", "Two lifts have failed."),
        ("Two lifts, according to the Valley Echo, failed.", "Two lifts failed."),
        # Another's report, a deed of the outlet's own, and a name that is no frame stay.
        ("Two lifts failed, the Hill Herald reported.", "Two lifts failed, the Hill Herald reported."),
        ("Two lifts failed (Hill Herald).", "Two lifts failed (Hill Herald)."),
        ("The lift company sued the Valley Echo.", "The lift company sued the Valley Echo."),
    ],
)  # fmt: skip
def test_the_page_s_own_name_frames_nothing_on_it(statement: str, asked: str) -> None:
    assert put(statement, Page(text="Two lifts failed.", url=OUTLETS))[0] == asked


@pytest.mark.parametrize(
    ("statement", "text", "speaker", "asked"),
    [
        ("Orvane said it had closed two mills.", "We have closed two mills.", "Orvane", "We had closed two mills."),
        ("Orvane said it had closed two mills.", "Orvane closed two mills.", "Orvane", "Orvane had closed two mills."),
        ("The paper maker Orvane said its mills lost 3 percent.", "Our mills lost 3 percent.", "Orvane",
         "Our mills lost 3 percent."),
        ("Orvane is selling its mills.", "We are selling our mills.", "", "We are selling our mills."),
        ("The paper maker Orvane has sold a mill.", "Orvane has sold a mill.", "", "Orvane has sold a mill."),
        # "It" that is nobody.
        ("Orvane said it was too early to close mills.", "We say that it is too early to close mills.", "Orvane",
         "Orvane said it was too early to close mills."),
    ],
)  # fmt: skip
def test_what_a_body_says_of_itself_is_asked_in_its_own_voice(
    statement: str, text: str, speaker: str, asked: str
) -> None:
    assert put(statement, Page(text=text, url=COMPANY), speaker) == (asked, True)


@pytest.mark.parametrize(
    "text",
    [
        "“We have closed two mills,” said the head of Tessel Paper.",
        "The head of Tessel Paper wrote to us.\n“We grieve. We have closed two mills.”",
    ],
)
def test_a_we_that_is_quoted_may_be_another_s(text: str) -> None:
    page = Page(text=text, url=COMPANY)
    assert put("Orvane has closed two mills.", page)[0] == "Orvane has closed two mills."


@pytest.mark.parametrize(
    ("speaker", "host"),
    [
        ("The Tessel Harbour Authority", "tesselharbour"),
        ("The Velden Nurses' Union", "veldennurses"),
        ("The Court of Ardis", "court.ardis"),
        ("La Voz de Tessel", "vozdetessel"),
    ],
)
def test_a_body_s_host_may_leave_out_what_kind_it_is(speaker: str, host: str) -> None:
    page = Page(text="We have waived the dues.", url=f"https://{host}.example/")
    assert put(f"{speaker} has waived the dues.", page) == ("We have waived the dues.", True)


@pytest.mark.parametrize(
    "statement",
    [
        "The union said it had told Orvane of the fault.",
        "The government has promised Orvane that the tax would fall.",
        "Critics of Orvane said it had closed two mills.",
        "The report found two mills closed.",
    ],
)
def test_what_others_say_of_a_body_is_not_its_voice(statement: str) -> None:
    assert put(statement, Page(text="We have closed two mills.", url=COMPANY)) == (statement, False)
