"""Interviews and transcripts: whose words the answers are, and what they are never taken for."""

from __future__ import annotations

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.records import Page

LEAD = "We spoke with Hanna Berg, the port's director, in June."
ASKED = ("How deep is the harbour?", "Who paid for it?")


def told(*paragraphs: str, title: str = "", byline: str | None = None) -> list[tuple[str | None, str]]:
    page = Page(text="\n\n".join(paragraphs), title=title, byline=byline)
    claims = extract(page, DIRECTORY).claims
    return [(c.attribution and c.attribution.speaker, c.statement) for c in claims if not c.statement.endswith("?")]


@pytest.mark.parametrize(
    ("paragraphs", "title", "answers"),
    [
        # Questions in paragraphs of their own, answers without a label: the text before says who answers.
        (
            (LEAD, ASKED[0], "The harbour is 14 metres deep.", ASKED[1], "The state paid 60 million euros."),
            "",
            [
                ("Hanna Berg", "Hanna Berg said: The harbour is 14 metres deep."),
                ("Hanna Berg", "Hanna Berg said: The state paid 60 million euros."),
            ],
        ),
        # The title says it, and the labels say which are the answers.
        (
            ("Otto Lund runs the mine.", f"Q: {ASKED[0]}", "A: It is closed.", f"Q: {ASKED[1]}", "A: Nobody paid us."),
            "An interview with Otto Lund",
            [("Otto Lund", "Otto Lund said: It is closed."), ("Otto Lund", "Otto Lund said: Nobody paid us.")],
        ),
        # The label is the name.
        (
            (
                "Otto Lund runs the mine.",
                "Post: Who owns it?",
                "Lund: We own it.",
                "Post: Since when?",
                "Lund: Since May.",
            ),
            "",
            [("Otto Lund", "Otto Lund said: We own it.")],
        ),
        # Names stand before questions and answers: whoever the text says it spoke to, they tell who answers.
        (
            (
                "The director Amal Haddad talks to Tom Reeve about her film.",
                "Reeve: Your film begins in an empty kitchen. Why?",
                "Haddad: It was empty. My aunt had sold everything.",
                "Reeve: You were offered a film in May.",
                "Haddad: I declined.",
                "Reeve: Did she see it?",
                "Haddad: She died in June.",
            ),
            "",
            [
                ("Amal Haddad", "Amal Haddad said: It was empty."),
                ("Amal Haddad", "Amal Haddad said: My aunt had sold everything."),
                ("Reeve", "Reeve: You were offered a film in May."),
                ("Amal Haddad", "Amal Haddad said: I declined."),
                ("Amal Haddad", "Amal Haddad said: She died in June."),
            ],
        ),
        # A question may be put as a statement: who says "you", and what stands behind an answer, is open.
        (
            (
                LEAD,
                ASKED[0],
                "It is 14 metres deep.",
                "You have paid for it.",
                "I have not.",
                "The state says it paid.",
                "I saw no receipt.",
                "Will you go on?",
                "I will.",
            ),
            "",
            [
                ("Hanna Berg", "Hanna Berg said: It is 14 metres deep."),
                (None, "Somebody not named said: You have paid for it."),
                ("Hanna Berg", "Hanna Berg said: I have not."),
                (None, "Somebody not named said: The state says it paid."),
                ("Hanna Berg", "Hanna Berg said: I saw no receipt."),
            ],
        ),
        # Who met reporters answers.
        (
            (
                "Coach Inge Dahl met reporters on Thursday.",
                "Q: Why?",
                "A: He was hurt.",
                "Q: When?",
                "A: It was in May.",
            ),
            "",
            [("Inge Dahl", "Inge Dahl said: He was hurt."), ("Inge Dahl", "Inge Dahl said: It was in May.")],
        ),
        # Nobody is "she" for certain where it is open who answers.
        (
            (
                "Piet Vos climbs.",
                "Q: Why?",
                "A: I was wrong in May.",
                "Q: And your wife?",
                "A: She packed my bag in May.",
            ),
            "",
            [
                (None, "Somebody not named said: I was wrong in May."),
                (None, "Somebody not named said: She [Piet Vos?] packed my bag in May."),
            ],
        ),
        (
            ("Piet Vos answers questions.", "Q: Why?", "A: I was wrong.", "Q: And your wife?", "A: She left in May."),
            "",
            [("Piet Vos", "Piet Vos said: I was wrong."), ("Piet Vos", "Piet Vos said: She left in May.")],
        ),
        # A paper is nobody who answers.
        (
            (
                "Hanna Berg, who runs the port, spoke to The Standard.",
                ASKED[0],
                "It is 14 metres deep.",
                ASKED[1],
                "In May.",
            ),
            "",
            [("Hanna Berg", "Hanna Berg said: It is 14 metres deep.")],
        ),
        # What the answer tells of itself is the answer's: "I" is no author.
        (
            (LEAD, ASKED[0], "I told the mayor that 40 ships left.", ASKED[1], "I said nobody would pay."),
            "",
            [
                ("Hanna Berg", "Hanna Berg said: I told the mayor that 40 ships left."),
                ("Hanna Berg", "Hanna Berg said: I said nobody would pay."),
            ],
        ),
    ],
)
def test_answers_are_the_words_of_who_is_interviewed(paragraphs, title, answers):
    assert told(*paragraphs, title=title, byline="Jo Frank")[-len(answers) :] == answers


@pytest.mark.parametrize(
    "paragraphs",
    [
        # A column asks, and answers itself.
        ("Hanna Berg left the port in June.", *ASKED[:1], "It is 14 metres deep.", ASKED[1], "The state paid for it."),
        # Who met reporters does not answer what the report asks between its parts.
        ("Hanna Berg met reporters in June.", ASKED[0], "It is 14 metres deep.", ASKED[1], "The state paid for it."),
        # Two people may be meant.
        (
            "We spoke with Hanna Berg and Otto Lund.",
            ASKED[0],
            "It is 14 metres deep.",
            ASKED[1],
            "The state paid for it.",
        ),
        # One question is no interview.
        (LEAD, ASKED[0], "It is 14 metres deep.", "The state paid for it."),
        # Questions far from each other are none either.
        (LEAD, ASKED[0], *(f"The quay of basin {n} was closed." for n in range(9)), ASKED[1], "The state paid for it."),
    ],
)
def test_without_an_interview_nobody_speaks(paragraphs):
    assert {speaker for speaker, _ in told(*paragraphs)} == {None}


def test_behind_the_last_question_only_one_paragraph_is_the_answer():
    last = "Berg left the port in July."
    found = told(LEAD, ASKED[0], "It is 14 metres deep.", ASKED[1], "The state paid for it.", last)
    assert found[-1] == (None, last)


def test_what_a_speaker_in_a_transcript_tells_of_others_is_the_speakers():
    text = (
        "HOLT: Did the mayor ask you to lie?",
        "VANCE: No. He asked me to wait. The clerk told me that it was late.",
    )
    assert [speaker for speaker, _ in told(*text)] == ["VANCE", "VANCE"]


def test_a_greeting_is_no_speaker_and_a_turn_is_whole():
    assert [speaker for speaker, _ in told("DEAR ABBY: My aunt left in May.", "Her son sold the car.")] == [None, None]
    turns = ("VANCE: The clerk left. The mayor sold 3 cars.", "HOLT: The port was shut.")
    assert [speaker for speaker, _ in told(*turns)] == ["VANCE", "VANCE", "HOLT"]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # Where a report was filed: no other line begins with a label, and nobody says "I" or "you".
        (("LAGOS: The ministry closed 12 schools in May.", "It gave no reason."), [None, None]),
        (("NEW DELHI: Nearly 150 people came back on Wednesday.",), [None]),
        # Neither a list nor the recogniser knows a place of this name: it is open who says so.
        (("LEEDS: The bank has failed.",), [None]),
        # The text has the name again.
        (("LIND: The ferry sank in March.", "Lind led the divers."), ["LIND", None]),
        (("NAIROBI: The ministry closed 12 schools in May.",), [None]),
        # A headline may stand before it.
        (("Shares slump as seller is barred", "MUMBAI: The shares fell by 17% in May."), [None, None]),
        # A body with an article before its name.
        (("The Bank: Rates will stay where they are.", "The Treasury: That is too late."), ["Bank", "Treasury"]),
        (("VANCE: I sold the cars in May.", "The clerk knew of it."), ["VANCE", None]),
        (("VANCE: The port was shut in May.", "HOLT: The clerk knew of it."), ["VANCE", "HOLT"]),
    ],
)
def test_a_label_that_no_person_speaks_under_is_the_place_of_a_report(text, speakers):
    assert [speaker for speaker, _ in told(*text)] == speakers


def test_a_label_that_may_be_a_place_or_a_speaker_leaves_open_who_said_it():
    (claim,) = extract(Page(text="LEEDS: A bank has failed."), DIRECTORY).claims
    assert claim.statement == "A bank has failed."
    assert claim.reasons[-1] == "who said this could not be settled"


def test_names_before_a_dash_speak_in_minutes():
    text = "Senator KELSO—When was it signed?\nMr Tuttle—In May 2021. I was on leave.\nMr Tuttle—She signed it."
    said = [claim.attribution for claim in extract(Page(text=text), DIRECTORY).claims]
    assert [voice and voice.speaker for voice in said] == ["KELSO", "Tuttle", "Tuttle", "Tuttle"]


@pytest.mark.parametrize(
    ("paragraphs", "speakers"),
    [
        # The page calls its questions frequent.
        (
            (
                "Frequently asked questions",
                "Do you sell stamps?",
                "We sell 12 kinds.",
                "Do you repair bikes?",
                "We do not.",
            ),
            {None},
        ),
        (
            ("FAQ: the bin charge", "Q: What is the fee?", "A: The fee is 20 euros.", "Q: Is it new?", "A: It is old."),
            {None},
        ),
        # A reader asks.
        (("Is the app safe for you?", "We ask for no names.", "How do I leave?", "We close your account."), {None}),
        # A reporter asks somebody whom the text does not name.
        (
            ("We met the skipper.", "Were you afraid?", "I was calm.", "Did you call for help?", "We called at noon."),
            {""},
        ),
    ],
)
def test_a_page_answers_the_questions_of_its_readers_itself(paragraphs, speakers):
    page = Page(text="\n\n".join(paragraphs))
    answers = [c for c in extract(page, DIRECTORY).claims if "?" not in c.statement and c.text not in paragraphs[0]]
    assert {c.attribution if c.attribution is None else c.attribution.speaker or "" for c in answers} == speakers


def test_the_labels_of_a_list_say_nothing():
    text = "Pros: You get 40 GB.\nCons: It costs 400 euros.\nPros: It weighs 40 grams.\nCons: It is 4 cm thick."
    assert not any(claim.attribution for claim in extract(Page(text=text), DIRECTORY).claims)


def test_people_who_talk_need_not_ask():
    text = "Ann Kroon: We built 40 flats.\nRolf Lind: I doubt it.\nKroon: You voted for it.\nLind: It cost 4 million."
    found = [claim.attribution for claim in extract(Page(text=text), DIRECTORY).claims]
    assert [said and said.speaker for said in found] == ["Ann Kroon", "Rolf Lind", "Kroon", "Lind"]
