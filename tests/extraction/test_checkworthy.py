from __future__ import annotations

from math import exp
from pathlib import Path

import pytest

from claims.errors import ModelError
from claims.extraction import checkworthy
from claims.extraction.checkable import sort
from claims.extraction.checkworthy import hashed_counts, weighted
from claims.extraction.splitting.split import split
from claims.extraction.text.document import parse_text
from claims.records import Attribution, ClaimKind, SpeechMode


def worth(text: str) -> float:
    (sentence,) = parse_text(text).sentences
    return checkworthy.score(list(sentence.tokens))


def test_facts_and_figures_are_worth_more_than_pleasantries() -> None:
    facts = [
        "Unemployment fell from 8 percent to 4.1 percent between 2010 and 2016.",
        "The Senate voted for the bill in 1996.",
        "They have 4 million citizens and a debt of $200 billion.",
    ]
    pleasantries = ["I think that is a fair question.", "Thank you very much.", "Let me finish."]
    assert min(map(worth, facts)) > 0.8
    assert max(map(worth, pleasantries)) < 0.1


def test_the_score_is_the_regression_over_the_weighted_features() -> None:
    idf, coefficients, bias = checkworthy._weights()
    for text in ("We cut taxes by 4 percent in 2019.", "Thank you.", "It is the the the the same same word."):
        tokens = list(parse_text(text).sentences[0].tokens)
        values = weighted(hashed_counts(tokens), idf)
        total = bias + sum(value * coefficients[bucket] for bucket, value in values.items())
        assert checkworthy.score(tokens) == pytest.approx(1 / (1 + exp(-total)))


def test_nothing_to_score_scores_low() -> None:
    assert checkworthy.score([]) < 0.5


def test_missing_weights_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkworthy, "WEIGHTS", tmp_path / "none.npz")
    checkworthy._weights.cache_clear()
    with pytest.raises(ModelError, match="reinstall"):
        checkworthy.score([])
    monkeypatch.undo()
    checkworthy._weights.cache_clear()


SORTS = [
    ("The ministry closed the bridge in May.", ClaimKind.EVENT, True, ""),
    ("The bridge carries 40,000 cars a day.", ClaimKind.QUANTITY, True, "number"),
    ("The city is the capital of the region.", ClaimKind.STATEMENT, True, ""),
    ("The vote will be held in June.", ClaimKind.FORECAST, False, "future"),
    ("The party is likely to lose the election.", ClaimKind.FORECAST, False, "future"),
    ("Anyone who rents without a licence may be fined 500 euros.", ClaimKind.QUANTITY, True, "number"),
    ("Those who voted no could be jailed next year under the plan.", ClaimKind.FORECAST, False, "could"),
    ("Everyone at the firm may be prosecuted if the inquiry finds fraud.", ClaimKind.FORECAST, False, "may"),
    ("Drivers can be fined for parking there.", ClaimKind.STATEMENT, True, ""),
    ("Drivers may be banned next year if the plan passes.", ClaimKind.FORECAST, False, "may"),
    ("Ministers could be jailed over the missing funds.", ClaimKind.FORECAST, False, "could"),
    ("Flames could be seen from the road.", ClaimKind.STATEMENT, True, ""),
    ("The stars could be seen if the clouds cleared.", ClaimKind.FORECAST, False, "could"),
    ("The difference could be felt in the shops next year.", ClaimKind.FORECAST, False, "could"),
    ("A change of wind could be seen as a relief.", ClaimKind.FORECAST, False, "could"),
    ("A ruling could prompt a shift to renewable energy.", ClaimKind.FORECAST, False, "could"),
    ("Does anybody know the mayor?", ClaimKind.QUESTION, False, "question"),
    ("Read the full report on our website.", ClaimKind.STATEMENT, False, "instruction"),
    ("For more information on the plan, please visit: www.example.org", ClaimKind.STATEMENT, False, "instruction"),
    ("If you have a question, contact the council.", ClaimKind.STATEMENT, False, "instruction"),
    ("They're going to close the bridge.", ClaimKind.FORECAST, False, "future"),
    ("Andrew definitely remembers going to get pizza.", ClaimKind.STATEMENT, True, "named person"),
    ("The government should resign.", ClaimKind.OPINION, False, "ought"),
    ("Europe ought to be worried.", ClaimKind.OPINION, False, "ought"),
    ("The mayor owed the bank $3 million.", ClaimKind.QUANTITY, True, ""),
    ("I think the mayor lied.", ClaimKind.OPINION, False, "opinion"),
    ("We hope the talks succeed.", ClaimKind.OPINION, False, "wish"),
    ("The decision was a disgrace.", ClaimKind.OPINION, False, "judgement"),
    ("The decision was wrong.", ClaimKind.OPINION, False, "judgement"),
    ("The forecasts were wrong.", ClaimKind.STATEMENT, True, ""),
    ("Moscow sees itself in the driver's seat.", ClaimKind.OPINION, False, "rhetoric"),
    ("The mayor closed the bridge that will be rebuilt in June.", ClaimKind.EVENT, True, ""),
    ("It is time that somebody said no.", ClaimKind.OPINION, False, "rhetoric"),
    ("The coach's verdict: “He is the best I've had.”", ClaimKind.QUOTATION, True, "could not be settled"),
    ("Of 640 firms surveyed, 22% will cut jobs.", ClaimKind.QUANTITY, True, "number"),
    ("The plots surveyed in May will be sold.", ClaimKind.FORECAST, False, "future"),
    ("The respondents will appeal the ruling.", ClaimKind.FORECAST, False, "future"),
    ("One in three respondents will move house.", ClaimKind.QUANTITY, True, "number"),
    ("Inflation had been predicted to reach 9%.", ClaimKind.QUANTITY, True, "number"),
    ("Members must not take gifts worth over 50 pounds.", ClaimKind.QUANTITY, True, "number"),
    ("Germany must send 500 tanks.", ClaimKind.OPINION, False, "ought"),
    ("The government must find 3 billion euros.", ClaimKind.OPINION, False, "ought"),
    ("Visitors must leave their bags at the desk.", ClaimKind.STATEMENT, True, "so or is not"),
    ("Dogs must be kept on a lead.", ClaimKind.STATEMENT, True, "so or is not"),
    ("Voters must reject the plan.", ClaimKind.OPINION, False, "ought"),
    ("Politicians must act.", ClaimKind.OPINION, False, "ought"),
    ("The prison must answer by Friday.", ClaimKind.STATEMENT, True, "so or is not"),
    ("Analysts see inflation at 22 percent by December.", ClaimKind.FORECAST, False, "forecast"),
    ("Nurses deserve better.", ClaimKind.OPINION, False, "ought"),
    ("The tower is the dullest thing built in my lifetime.", ClaimKind.OPINION, False, "of the writer"),
    ("It is the tallest tower in Asia.", ClaimKind.STATEMENT, True, ""),
    ("A driver must keep 1.5 metres away.", ClaimKind.QUANTITY, True, "number"),
    ("Growth was -0.3% in the first quarter.", ClaimKind.QUANTITY, True, "number"),
    ("Should the court strike the rules down, they end.", ClaimKind.STATEMENT, True, ""),
]


@pytest.mark.parametrize(("text", "kind", "checkable", "reason"), SORTS)
def test_the_sort_of_a_sentence(text: str, kind: ClaimKind, checkable: bool, reason: str) -> None:
    (sentence,) = parse_text(text).sentences
    (part,) = split(sentence)
    found = sort(part.head, part.tokens, None)
    assert (found.kind, found.checkable) == (kind, checkable)
    assert reason in " ".join(found.reasons)
    assert found.reasons


SAID = Attribution(speaker="Fox", cue="said", mode=SpeechMode.INDIRECT, source_spans=((0, 3),))
ATTRIBUTED = [
    (SAID, ClaimKind.STATEMENT, True, "that it was said"),
    (Attribution(speaker="Fox", cue="said", mode=SpeechMode.DIRECT), ClaimKind.QUOTATION, True, "that it was said"),
    (
        Attribution(speaker=None, cue="said", mode=SpeechMode.INDIRECT, anonymous=True),
        ClaimKind.STATEMENT,
        False,
        "anonymous source",
    ),
    (
        Attribution(speaker="Fox", cue="denied", mode=SpeechMode.INDIRECT, negated=True),
        ClaimKind.STATEMENT,
        True,
        "denial",
    ),
]


@pytest.mark.parametrize(("said", "kind", "checkable", "reason"), ATTRIBUTED)
def test_that_a_forecast_was_said_can_be_checked(
    said: Attribution, kind: ClaimKind, checkable: bool, reason: str
) -> None:
    (sentence,) = parse_text("Fox said the vote will be held in June.").sentences
    found = sort(sentence.tokens.root, list(sentence.tokens), said)
    assert (found.kind, found.checkable) == (kind, checkable)
    assert reason in found.reasons[0]


def test_an_unnamed_spokesman_of_a_named_body_is_no_anonymous_source() -> None:
    (sentence,) = parse_text("A Kremlin spokesman said the talks failed.").sentences
    said = Attribution(speaker=None, cue="said", mode=SpeechMode.INDIRECT, anonymous=True)
    assert sort(sentence.tokens.root, list(sentence.tokens), said).checkable


@pytest.mark.parametrize(
    ("text", "checkable"),
    [
        ("The second line will open to passengers in March.", True),
        ("A ruling could close the port.", True),
        ("It is a wonderful bridge.", False),
        ("Will the port close?", False),
    ],
)
def test_that_a_linked_page_makes_a_forecast_can_be_checked(text: str, checkable: bool) -> None:
    (sentence,) = parse_text(text).sentences
    (part,) = split(sentence)
    assert not sort(part.head, part.tokens, None).checkable
    assert sort(part.head, part.tokens, None, sourced=True).checkable is checkable
