"""The same thing said the other way round, and what only looks like it."""

from __future__ import annotations

import pytest

from claims.verification.rules.polarity import hedged, negated, swapped, turned


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("Moscow refused dialogue.", "Moscow has never refused dialogue.", True),
        ("A date had been set.", "Peskov denied that a date had been set.", True),
        ("A call had been agreed.", "No call had been agreed so far.", True),
        ("The ruble strengthened on Monday.", "The ruble weakened on Monday.", True),
        ("An equal footing is needed.", "An unequal footing is needed.", True),
        ("The ruble strengthened.", "The ruble strengthened, and dealers did not expect it.", False),
        ("Moscow never refused dialogue.", "Moscow has never refused dialogue.", False),
        ("Peskov denied that a date had been set.", "Peskov denied that a date had been set.", False),
        ("They found no trace of gas.", "They have not found any trace of gas. No pupil was ill.", False),
        ("Divers found no wreck.", "Divers did not find a wreck, and made no dive.", False),
        ("Divers found no wreck.", "Divers found a wreck.", True),
        ("Divers found a wreck.", "Divers found no wreck. They had no map.", True),
        ("Divers found a map.", "Divers found no wreck, but they found a map.", False),
        ("He came to talk.", "He came not only to talk but to sign.", False),
        ("Contacts were halted by the administration.", "Contacts were halted through no fault of ours by the "
         "administration.", False),
        ("Lena Ort ruled out a coalition.", "Lena Ort ruled in a coalition.", True),
        ("Serbia voted for the resolution.", "Serbia voted against the resolution.", True),
        ("Lena Ort ruled out a coalition.", "Lena Ort ruled out a coalition in May.", False),
        ("Serbia voted for the resolution.", "Serbia voted for the resolution, others voted against it.", False),
        ("The firm has a non-binding offer.", "The firm has a binding offer.", True),
        ("The trial was of non-smokers.", "The trial was of nonsmokers.", False),
        ("He promoted non-traditional schools.", "He promoted nontraditional schools.", False),
        ("The port will waive the dues.", "The port will not charge the dues.", False),
        ("The port is open.", "The port is no longer open.", True),
        ("We had 14 cases from the beginning of April.", "We had 14 cases from 1 April to the end of June.", False),
        ("New cases were found.", "No new cases were found.", True),
        ("A nurse came.", "Not a single nurse came.", True),
        ("The bridge has opened.", "The bridge has not yet opened.", True),
        ("The port charges the dues.", "The port will not charge the dues.", True),
        ("UN-backed troops entered the town.", "Troops that the UN backed entered the town.", False),
        ("The UN-led mission left the town.", "The mission led by the UN left the town.", False),
        ("", "", False),
    ],
)  # fmt: skip
def test_turned(claim: str, passage: str, expected: bool) -> None:
    assert turned(claim, passage) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("Ukraine accused Russia of a breach.", "Russia accused Ukraine of a breach.", True),
        ("Arsenal beat Chelsea.", "Chelsea beat Arsenal on Saturday.", True),
        ("Arsenal was beaten by Chelsea.", "Chelsea beat Arsenal on Saturday.", False),
        ("Arsenal beat Chelsea.", "Arsenal beat Chelsea on Saturday.", False),
        ("Putin met Trump.", "Putin will meet the council.", False),
        ("Orbis holds 20%, Velia 30%, and Nord 20%.", "20% is held by Orbis, 30% by Velia, and 20% by Nord.", False),
    ],
)
def test_who_did_it_to_whom(claim: str, passage: str, expected: bool) -> None:
    assert swapped(claim, passage) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("The bank was fined.", "The bank could be fined, the regulator warned.", True),
        ("The minister resigned.", "The minister will resign, sources said.", True),
        ("She would vote for it.", "She might vote for it.", True),
        ("Putin threatened war.", "Putin was accused of having threatened war.", True),
        ("The plug can melt.", "The plug may melt.", False),
        ("The bank could be fined.", "The bank could be fined, the regulator warned.", False),
        ("The bank was fined.", "The bank was fined, the regulator said.", False),
        ("The bank was fined.", "The bank was fined. Others may follow.", False),
    ],
)
def test_what_is_only_possible_or_alleged(claim: str, passage: str, expected: bool) -> None:
    assert hedged(claim, passage) is expected


def test_a_negation_reaches_the_next_words_only() -> None:
    assert negated("He did not ask Washington for troops.") == {"ask", "washington"}
    assert negated("He asked for engineers.") == set()
