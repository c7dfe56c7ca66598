"""Conditions, parts, reasons, converses and directions: what turns a statement, and what only looks like it."""

from __future__ import annotations

import pytest

from claims.verification.rules.framing import framed, scattered
from claims.verification.rules.lesser import counted_part
from claims.verification.rules.polarity import denied, negated, opposite, swapped, with_denied_quotations
from claims.verification.rules.quantities import clashes, compare, settled, unlike


@pytest.mark.parametrize(
    ("claim", "passage", "framing"),
    [
        ("Norway will sell the ferries.", "Norway will sell the ferries if parliament consents.", "condition"),
        ("The mill will reopen.", "The mill will reopen, provided that the bank lends it the money.", "condition"),
        ("The mine shuts in May.", "The mine shuts in May unless a buyer is found.", "condition"),
        ("The five turbines were replaced.", "One of the five turbines was replaced.", "only of some"),
        ("The depot was closed.", "Two of the depot's six halls were closed.", "only of some"),
        ("The envoy had left.", "An earlier version of this report said that the envoy had left.", "earlier version"),
        ("If parliament consents, Norway will sell them.", "Norway will sell them if parliament consents.", ""),
        ("Norway sold the ferries.", "Norway sold the ferries even if nobody asked for it.", ""),
        ("A turbine was replaced.", "One of the five turbines was replaced.", ""),
        ("Some turbines were replaced.", "Two of the five turbines were replaced.", ""),
        ("Norway sold the ferries.", "Norway sold the ferries in May.", ""),
        ("Norway has sold the ferries.", "Norway is in talks to sell the ferries.", "in talks to"),
        ("Norway has sold the ferries.", "Norway is close to selling the ferries.", "close to"),
        ("Norway has sold the ferries.", "Norway sought to sell the ferries.", "sought to"),
        ("The mine is near Brenn.", "The mine is close to Brenn.", ""),
        ("Lake Ulm is the deepest lake.", "Lake Ulm is the third deepest lake.", "third deepest"),
        ("Lake Ulm is the deepest lake.", "Lake Ulm is one of the deepest lakes.", "one of the deepest"),
        ("Orbis is the most valuable firm.", "Orbis is the second most valuable firm.", "second most valuable"),
        ("Lake Ulm is the third deepest lake.", "Lake Ulm is the third deepest lake.", ""),
        ("Lake Ulm is one of the deepest lakes.", "Lake Ulm is one of the deepest lakes.", ""),
        ("A reactor of the plant was shut.", "One of the plant's four reactors was shut.", ""),
        ("The gap in time is 9 seconds.", "It took 2 minutes, a 9-second gap.", ""),
        ("Lake Ulm is a deep lake.", "Lake Ulm is the second deepest lake.", ""),
        ("All ferries were late.", "Nine of the 31 ferries were late.", "a part only (“Nine of the 31 ferries”)"),
        ("All nine ferries were late.", "Nine of the nine ferries were late.", ""),
        (
            "Norway sold the ferries.",
            "Norway weighs an offer for the ferries. No decision has been made.",
            "not done",
        ),
        ("Norway sold the ferries.", "Bids for the ferries came in. Nothing has been signed yet.", "not done"),
        ("Norway sold the ferries.", "Norway sold the ferries. No deal has been struck for the quay.", ""),
        ("Norway opened the pier.", "The pier was due to be opened by Norway, which has put off the day.", "not done"),
        ("Norway opened the pier.", "The pier was to be opened in May, was delayed, and opened in June.", ""),
        ("It is the city's first pier.", "A pier was built. It was the third such pier in the city.", "third such"),
        ("Norway sold the ferries.", "The ferries went to Riga. No decision has been made on the quay.", ""),
        ("Norway may sell the ferries.", "Norway may sell the ferries. No decision has been made.", ""),
    ],
)
def test_conditions_parts_and_corrections(claim: str, passage: str, framing: str) -> None:
    found = framed(claim, passage)
    assert (found is not None) is bool(framing)
    assert found is None or framing in found.text


@pytest.mark.parametrize(
    ("claim", "sentence", "part"),
    [
        ("All members voted for it.", "Only nine of the 31 members voted for it.", "Only nine of the 31 members"),
        ("All members voted for it.", "It passed, one of the members said.", ""),
        ("All ferries were late.", "The ferries were late, and two of the ferries will be sold.", ""),
        ("Every ferry was tested.", "They tested all the fleet, and three of the ferries were old.", ""),
    ],
)
def test_a_part_told_by_its_number(claim: str, sentence: str, part: str) -> None:
    assert counted_part(claim, sentence) == part


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("She moved out because of the damp.", "She did not move out because of the damp.", True),
        ("She did not move out because of the damp.", "She moved out for money, not because of the damp.", False),
        ("The nurses weren't at the desk.", "No nurses were at the desk.", False),
        ("They did not search the flat and found drugs.", "They searched the flat and did not find drugs.", True),
        ("The firm, which has not sued the town, has won.", "The firm, which has sued the town, has not won.", True),
        ("The match was held, for it did not rain.", "The match was held as there was no rain.", False),
        ("The bank has not paid and will appeal.", "The bank will not pay and has appealed.", False),
        ("Hardly any flats were sold.", "Few flats were sold.", False),
        ("Most flats were sold.", "Few flats were sold.", True),
        ("Most flats were sold.", "A few flats were sold.", False),
        ("The dam will hold if it does not rain.", "Unless it rains, the dam will hold.", False),
        ('"The strike failed," an envoy from Oslo said.', 'An envoy from Oslo said: "The strike failed."', False),
        ("The board turned the plan down.", "The board did not turn the plan down.", True),
        ("A man was held for spreading false news.", "A man was held for spreading misleading news.", False),
        ("The mayor took bribes.", "The police called it a false claim that the mayor took bribes.", True),
    ],
)
def test_what_a_negation_denies(claim: str, passage: str, expected: bool) -> None:
    assert denied(claim, passage) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("He would “fight for the mine”.", "He would not “fight for the mine”.", True),
        ("He sought a “lasting peace”.", "He did not seek a “lasting peace”.", True),
        ("“Fight for the mine,” he said.", "Asked if he would go, he said no. “Fight for the mine,” he said.", False),
        ("He told them to “fight”.", "“No,” he said, and told them to “fight”.", False),
        ("He would not “fight for the mine”.", "He would not “fight for the mine”.", False),
    ],
)
def test_a_negation_right_before_a_quotation(claim: str, passage: str, expected: bool) -> None:
    assert denied(with_denied_quotations(claim), with_denied_quotations(passage)) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("The board approved the plan.", "The board rejected the plan.", True),
        ("The board rejected the plan.", "The board did not approve the plan.", False),
        ("Exports increased.", "Exports decreased.", True),
        ("The vote was valid.", "The vote was invalid.", True),
        ("The flow into the lake peaked.", "The inflow into the lake peaked.", False),
    ],
)
def test_opposites(claim: str, passage: str, expected: bool) -> None:
    assert (opposite(claim, passage) or denied(claim, passage)) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("Porto beat Braga.", "Braga defeated Porto.", True),
        ("Porto beat Braga.", "Porto defeated Braga.", False),
        ("Porto beat Braga.", "Braga lost to Porto.", False),
        ("Braga beat Porto.", "Braga lost to Porto.", True),
        ("Orbis bought the mill from Velia.", "Velia sold the mill to Orbis.", False),
        ("Lindqvist said Marsh was late.", '"Marsh was late," Lindqvist said.', False),
        ("Rovers beat Wanderers.", "Wanderers beat Rovers on Sunday.", True),
        ("She met Ann's daughter Eva.", "She met Eva, the daughter of Ann.", False),
        ("Marsh was surprised by news about Orbis.", "Marsh was surprised at news of Orbis.", False),
        ("United beat Rovers 2-0.", "On Sunday Rovers beat United 2-0.", True),
        ("United beat Rovers 2-0.", "United beat Rovers 2-0 on Sunday.", False),
        ("United beat Rovers 2-0.", "Rovers were beaten by United on Sunday.", False),
    ],
)
def test_who_did_it_to_whom(claim: str, passage: str, expected: bool) -> None:
    assert swapped(claim, passage) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("Nurses earn 9 percent more than clerks.", "Nurses earn 9 percent less than clerks.", True),
        ("Nurses earn 9 percent more than clerks.", "Nurses earn 9 percent more than clerks.", False),
        ("Sales in Tarrow fell 6 percent.", "Sales in Tarrow rose 6 percent.", True),
        ("Sales in Tarrow fell 6 percent.", "Sales in Tarrow were down 6 percent.", False),
        ("Nurses earn 9 percent more than clerks.", "Clerks earn 9 percent less than nurses.", False),
    ],
)
def test_a_rise_is_no_fall(claim: str, passage: str, expected: bool) -> None:
    assert bool(clashes(compare(claim, passage))) is expected


def test_what_agrees_in_one_passage_is_contradicted_by_none() -> None:
    claim = "The blaze in Orrin killed 9 people."
    page = [
        compare(claim, "The blaze in Orrin killed 9 people."),
        compare(claim, "The blaze in Orrin killed 7 people."),
    ]
    assert clashes(page[1])
    assert not any(clashes(findings) or unlike(findings) for findings in settled(page))


def test_another_name_in_a_passage_is_looked_at() -> None:
    claim = "Nora Vik won the trial in Bergen in May."
    page = [
        compare(claim, "Ida Holm won the trial in Bergen in May.", page=("nora", "vik")),
        compare(claim, "Nora Vik was born in Bergen."),
    ]
    first, _ = settled(page)
    assert not clashes(first)
    assert [finding.found for finding in unlike(first)] == ["Ida Holm"]


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        (
            "The crew was called off because of fog.",
            "Fog lay on the bay. The crew slept. A ship called at Brest.",
            True,
        ),
        (
            "Ida Holm was offered a post in Bergen.",
            "Ida Holm met fans in Bergen. A post fell. She was offered it.",
            True,
        ),
        ("Ida Holm was offered a post in Bergen.", "Ida Holm may move. She was offered a post in Bergen.", False),
        ("The yard is insolvent and owes 3 million.", "The yard is insolvent. It owes 3 million.", False),
        ("The yard went bust and owes 3 million.", "The yard failed. It has debts of 3 million.", False),
        ("The yard owes 3 million.", "The yard owes 3 million.", False),
        (
            "The minister, Edda Rahn, called the loss a disaster.",
            "“We have lost 41 aircraft,” Edda Rahn said. She called it a disaster for the valley.",
            False,
        ),
        ("The harbour board rejected the offer.", "The harbour board met on Monday. It rejected the offer.", False),
        (
            "Ida Holm praised the discipline of a crew.",
            "Ida Holm met a crew in Bergen. She praised its food.",
            True,
        ),
    ],
)
def test_words_of_several_sentences(claim: str, passage: str, expected: bool) -> None:
    assert scattered(claim, passage) is expected


def test_another_number_of_another_day_is_another_matter() -> None:
    claim, source = "Oil cost $71 a barrel on 3 May 2024.", "Oil cost $78 a barrel on 9 May 2024."
    found = compare(claim, source)
    assert not clashes(found)
    assert {finding.kind for finding in unlike(found)} == {"money", "date"}


def test_the_mayor_of_another_town_is_another_mayor() -> None:
    found = compare("The mayor of Tarrow resigned.", "The mayor of Orrin resigned.")
    assert not clashes(found)
    assert [finding.found for finding in unlike(found)] == ["Orrin"]


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("The minister, not the mayor, resigned.", "mayor"),
        ("Officials gave no answer on Monday.", "answer give"),
        ("The mill is no longer open.", "longer open"),
        ("The line serves Oslo no more.", "oslo"),
        ("The team won nothing.", "win"),
        ("They found nothing but rubble.", ""),
        ("There is no doubt that he won.", "doubt win"),
        ("Officials denied he worked as a spy.", "spy work"),
        ("Officials rejected the claim that he worked as a spy.", "claim spy work"),
        ("Critics dismissed the report as nonsense.", ""),
        ("They were no less busy.", "busy less"),
        ("The envoy had no comment, and left Orrin.", "comment"),
        ("The mill is open.", ""),
    ],
)
def test_the_words_that_are_denied(text: str, stems: str) -> None:
    assert " ".join(sorted(negated(text))) == stems
