"""One party under its many names is never contradicted; another party in its place is."""

from __future__ import annotations

import pytest

from claims.lexicon.states import CAPITALS, PEOPLES, STATE_NAMES
from claims.verification.forms.names import alike, names
from claims.verification.forms.parties import parties
from claims.verification.forms.spellings import spelt_alike
from claims.verification.rules.quantities import clashes, compare


def clash(claim: str, source: str) -> bool:
    return any(finding.kind == "name" for finding in clashes(compare(claim, source)))


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Berlin froze the talks.", "Germany froze the talks."),
        ("Germany froze the talks.", "Berlin froze the talks."),
        ("The German government froze the talks.", "Berlin froze the talks."),
        ("Paris backed the motion.", "The French foreign ministry backed the motion."),
        ("The Elysee backed the motion.", "The Élysée backed the motion."),
        ("London summoned the envoy.", "The British government summoned the envoy."),
        ("Whitehall summoned the envoy.", "The UK summoned the envoy."),
        ("Britain summoned the envoy.", "Great Britain summoned the envoy."),
        ("The U.K. summoned the envoy.", "The United Kingdom summoned the envoy."),
        ("The US lifted the tariff.", "America lifted the tariff."),
        ("The White House lifted the tariff.", "The US administration lifted the tariff."),
        ("The Pentagon moved a carrier.", "The American navy moved a carrier."),
        ("Washington moved a carrier.", "The U.S. moved a carrier."),
        ("Ankara vetoed the text.", "Turkey vetoed the text."),
        ("Turkey vetoed the text.", "Türkiye vetoed the text."),
        ("Pyongyang fired a missile.", "North Korea fired a missile."),
        ("Seoul condemned the launch.", "South Korea's government condemned the launch."),
        ("New Delhi banned the export.", "India banned the export."),
        ("Tokyo protested.", "The Japanese foreign minister protested."),
        ("Warsaw closed the crossing.", "Poland closed the crossing."),
        ("The Danish prime minister opened the bridge.", "Denmark's prime minister opened the bridge."),
        ("Denmark's king opened the bridge.", "The Danish king opened the bridge."),
        ("Dutch farmers blocked the motorway.", "Farmers in the Netherlands blocked the motorway."),
        ("The Riksbank kept its rate.", "Sweden's central bank kept its rate."),
        ("The Riksbank kept its rate.", "The Swedish central bank kept its rate."),
        ("The ECB kept its rate.", "The European Central Bank kept its rate."),
        ("The BoE kept its rate.", "The Bank of England kept its rate."),
        ("The RBI kept its rate.", "India's central bank kept its rate."),
        ("Brussels opened an inquiry.", "The European Commission opened an inquiry."),
        ("The EU opened an inquiry.", "The European Union opened an inquiry."),
        ("The UN sent observers.", "The United Nations sent observers."),
        ("The WHO sent observers.", "The World Health Organization sent observers."),
        ("The FSB detained two men.", "Russian officials detained two men."),
        ("Putin praised the pact.", "The Russian president praised the pact."),
        ("Macron praised the pact.", "The French leader praised the pact."),
        ("The Kremlin praised the pact.", "Its spokesman praised the pact."),
        ("Abidjan rejoiced, and Ivory Coast paid.", "Abidjan rejoiced, and Côte d'Ivoire paid."),
        ("Burma freed the writer.", "Myanmar freed the writer."),
        ("The OPCW blamed the army.", "The Organisation for the Prohibition of Chemical Weapons blamed the army."),
        ("Zelenskiy signed the law.", "Zelenskyy signed the law."),
        ("Mikhail Degtyarev signed the law.", "Mikhail Degtyaryov signed the law."),
        ("Muhammad Yousef signed the law.", "Mohamed Yusuf signed the law."),
        ("Bob Hartley signed the law.", "Robert Hartley signed the law."),
        ("Ana Ruiz-Vega signed the law.", "Ana Ruiz signed the law."),
        ("Joao Pinto signed the law.", "João Pinto signed the law."),
        ("Kiev was shelled.", "Kyiv was shelled."),
        ("The explosion in Minsk hurt two.", "The explosion in Belarus hurt two."),
        ("Lithuania is a country in Europe.", "Lithuania is a country of the European Union."),
    ],
)
def test_one_party_in_other_words_is_no_clash(claim: str, source: str) -> None:
    assert not clash(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Berlin froze the talks.", "France froze the talks."),
        ("The German government froze the talks.", "Paris froze the talks."),
        ("London summoned the envoy.", "The Irish government summoned the envoy."),
        ("The US lifted the tariff.", "The European Union lifted the tariff."),
        ("The White House lifted the tariff.", "Downing Street lifted the tariff."),
        ("The Pentagon moved a carrier.", "The French navy moved a carrier."),
        ("Pyongyang fired a missile.", "South Korea fired a missile."),
        ("North Korea fired a missile.", "South Korea fired a missile."),
        ("Iran freed the writer.", "Iraq freed the writer."),
        ("Niger closed the crossing.", "Nigeria closed the crossing."),
        ("The Austrian chancellor left.", "The Australian chancellor left."),
        ("The Danish prime minister opened the bridge.", "The Norwegian prime minister opened the bridge."),
        ("The Riksbank kept its rate.", "Norges Bank kept its rate."),
        ("The Riksbank kept its rate.", "The Danish central bank kept its rate."),
        ("The Fed kept its rate.", "The ECB kept its rate."),
        ("The Fed kept its rate.", "Canada's central bank kept its rate."),
        ("The UN sent observers.", "NATO sent observers."),
        ("Macron praised the pact.", "Erdogan praised the pact."),
        ("Putin praised the pact.", "The Turkish leader praised the pact."),
        ("Anna Petrova signed the law.", "Maria Costa signed the law."),
        ("Anna Petrova signed the law.", "Anna Kowalska signed the law."),
    ],
)
def test_another_party_clashes(claim: str, source: str) -> None:
    assert clash(claim, source)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Helen Marsden", "Ellen Marsden", None),
        ("James Hill", "Charles Hill", False),
        ("J. Hill", "James Hill", None),
        ("Hill", "James Hill", True),
        ("North Dakota", "South Dakota", False),
        ("Bogorod", "Bogorodsk", None),
        ("EMERCOM", "Ministry of Emergency Situations", None),
        ("FBI", "Federal Bureau of Investigation", True),
        ("White House", "Pentagon", None),
        ("Prime Minister", "Rossi", None),
        ("British Airways", "Britain", None),
        ("Alexander", "Sasha", None),
    ],
)
def test_names_are_the_same_another_or_not_compared(one: str, other: str, expected: bool | None) -> None:
    [ours], [theirs] = names(f"by {one}"), names(f"by {other}")
    assert alike(ours, theirs) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They told us that Turkey ate turkey.", ["Turkey"]),
        ("Sweden's central bank and the Élysée", ["Sweden's central bank", "Élysée"]),
        ("U.S. officials met the Germans", ["U.S. officials", "Germans"]),
        ("a polish for shoes, a china cup", []),
        ("who is it for?", []),
        ("", []),
    ],
)
def test_parties_are_read(text: str, expected: list[str]) -> None:
    assert [text[party.span[0] : party.span[1]] for party in parties(text)] == expected


def test_the_table_holds_every_state_once() -> None:
    assert len({key for keys in STATE_NAMES.values() for key in keys}) >= 195
    assert {phrase for phrase in STATE_NAMES if len(STATE_NAMES[phrase]) > 1} == {"Congo"}
    assert {phrase for phrase in CAPITALS if len(CAPITALS[phrase]) > 1} == {"Brussels"}
    assert not set(STATE_NAMES) & set(PEOPLES)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("khrushchev", "khrushchov", True),
        ("gaddafi", "qaddafi", True),
        ("dnipro", "dnepr", True),
        ("tchaikovsky", "chaikovskiy", True),
        ("kharkiv", "kherson", False),
        ("lavrin", "lavrov", False),
        ("belov", "belousov", False),
        ("lyon", "lviv", False),
        ("costa", "novak", False),
    ],
)
def test_spellings_of_one_name(one: str, other: str, expected: bool) -> None:
    assert spelt_alike(one, other) is expected
