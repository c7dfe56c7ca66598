"""What a sentence says of whom, verb by verb."""

from __future__ import annotations

import pytest

from claims.extraction.text.predications import Predication, name_starts, predications


def of(sentence: str, verb: str) -> Predication:
    return next(one for one in predications([sentence])[0] if one.predicate == verb)


@pytest.mark.parametrize(
    ("sentence", "verb", "agent", "patient"),
    [
        ("The dog bit the postman.", "bite", "dog", "postman"),
        ("The postman was bitten by the dog.", "bite", "dog", "postman"),
        ("The board shut down one of the five reactors.", "shut down", "board", "reactor"),
        ("The postman was bitten.", "bite", None, "postman"),
    ],
)
def test_agent_and_patient(sentence: str, verb: str, agent: str | None, patient: str) -> None:
    found = of(sentence, verb)
    assert ((found.agent.head if found.agent else None), found.patient and found.patient.head) == (agent, patient)


@pytest.mark.parametrize(
    ("sentence", "verb", "held", "speaker"),
    [
        ("The town plans to build a pool.", "build", ("plan",), None),
        ("The clerk is accused of having stolen the ring.", "steal", ("accuse",), None),
        ("The council said that the town built a pool.", "build", (), "The council"),
        ("The town built a pool, according to the council.", "build", (), "the council"),
        ("The town built a pool.", "build", (), None),
    ],
)
def test_what_holds_a_clause(sentence: str, verb: str, held: tuple[str, ...], speaker: str | None) -> None:
    found = of(sentence, verb)
    assert (found.held, found.speaker and found.speaker.text) == (held, speaker)


def test_condition_part_and_time() -> None:
    assert of("The port will open if the crane is mended.", "open").condition == "if"
    assert of("The port will open in May.", "open").future
    assert not of("The port opened in May.", "open").future
    part = of("The firm replaced one of the four turbines.", "replace").patient
    assert part is not None
    assert part.part == "one of"


def test_sentences_are_answered_in_order_and_long_ones_left_out() -> None:
    found = predications(["The dog bit the postman.", "word " * 400, "The town built a pool."])
    assert [[one.predicate for one in some] for some in found] == [["bite"], [], ["build"]]


def test_which_words_are_names() -> None:
    assert 0 in name_starts("Lindqvist scored twice for Sweden.")
    assert 0 not in name_starts("Nevertheless, they scored twice.")


@pytest.mark.parametrize("sign", ["\ud800", "\x00", "(" * 60, "\x1b[2J"])
def test_what_no_parser_takes_is_read_over(sign: str) -> None:
    text = f"The dog {sign} bit the postman."
    assert len(predications([text])) == 1
    assert all(0 <= start < len(text) for start in name_starts(text))
