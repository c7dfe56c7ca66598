"""Who did what to whom: what agrees, what is turned round, what needs a look, and what only looks like it."""

from __future__ import annotations

import pytest

from claims.records import Page
from claims.verification.clauses.reversals import roles_exchanged
from claims.verification.clauses.structure import structure
from claims.verification.forms.deeds import deed_there
from claims.verification.rules.quantities import clashes, compare, unlike
from claims.verification.speaking.offices import office, speaks_itself


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("Two dealers were shot by soldiers.", "Two dealers shot soldiers at the gate.", True),
        ("The dog bit the postman.", "The postman bit the dog on Monday.", True),
        ("The dog bit the postman.", "The postman was bitten by the dog.", False),
        ("The postman was bitten by the dog.", "The dog bit the postman on Monday.", False),
        ("The minister met the envoy.", "The envoy met the minister in Oslo.", False),
        ("The strike failed, the envoy said.", "The envoy said that the strike failed.", False),
        ("The board sold the mill.", "The board did not sell the mill.", False),
        ("Orla Foods bought the mill from Brandt.", "Brandt sold the mill to Orla Foods.", False),
        ("Orla Foods bought the mill from Brandt.", "Brandt bought the mill from Orla Foods.", True),
        ("Orla Foods bought the mill from Brandt.", "Orla Foods sold the mill to Brandt.", True),
        ("The bank lent the town six million euros.", "The town borrowed six million euros from the bank.", False),
        ("Nordbank lent six million euros to Brenn.", "Nordbank borrowed six million euros from Brenn.", True),
        ("Ida Berg won the race ahead of Eva Holm.", "Eva Holm won the race ahead of Ida Berg.", True),
        ("Nordia merged with Alpina in May.", "Alpina merged with Nordia in May.", False),
        ("Clara Wiese married Anton Rehm.", "Anton Rehm married Clara Wiese in Graz.", False),
        ("The crew accepted the offer.", "The crew turned down the offer on Tuesday.", True),
        ("The crew rejected the offer.", "The crew turned down the offer on Tuesday.", False),
        ("The fair began in May and ended in July.", "The fair began in May, and it ended in July.", False),
        ("The fair ended on 9 May.", "The fair, which began on 2 May, was over on 9 May.", False),
        ("The crew backed the offer.", "The owners backed the offer, but the crew opposed it.", True),
        ("The crew backed the offer.", "The crew backed the offer, but the owners opposed it.", False),
        ("Mara Lind is the daughter of Olga Lind.", "Olga Lind is the daughter of Mara Lind.", True),
        ("Mara Lind is the daughter of Olga Lind.", "Mara Lind, a nurse, is the daughter of Olga Lind.", False),
        ("Jon Ek is Kai Moe's deputy.", "Kai Moe is Jon Ek's deputy.", True),
        ("Jon Ek is Kai Moe's deputy.", "Jon Ek is the deputy of Kai Moe.", False),
        ("Jon Ek is a friend of Kai Moe.", "Kai Moe is a friend of Jon Ek.", False),
        ("Oskar is older than Ida.", "Ida is older than Oskar.", True),
        ("Brenn is close to Velden.", "Velden is close to Brenn.", False),
        ("The senate confirmed Ida Berg as envoy.", "The senate rejected the choice of Ida Berg as envoy.", True),
        ("The board approved the loan.", "The board declined to approve the loan on Monday.", True),
        ("The board declined to approve the loan.", "The board approved the loan on Monday.", True),
        ("The board failed to approve the loan.", "The board declined to approve the loan.", False),
        ("The board approved the loan.", "The union declined to approve the loan, but the board did.", False),
        ("The board approved the loan.", "The board wanted to approve the loan.", False),
        ("The town voted to shut the pool.", "The town voted against shutting the pool.", True),
        ("The town decided against shutting the pool.", "The town decided to shut the pool.", True),
        ("The town voted to shut the pool.", "The town shut the pool.", False),
        ("Ida Berg was freed from jail in May.", "Ida Berg remains in jail, her lawyer said.", True),
        ("Ida Berg was freed from jail in May.", "Ida Berg remains in hospital, her lawyer said.", False),
        ("Ida Berg was freed from jail in May.", "Ida Berg was freed from jail and remains in Oslo.", False),
        ("The crews called off the strike in Rotterdam.", "The strike of the crews in Rotterdam will go ahead.", True),
        ("The town closed the school in May.", "The school opened in 1912, the town said in May.", False),
        ("The strike of the crews ended.", "The strike of the crews continues, the union said.", True),
        ("The court upheld the ban on night flights.", "The court quashed the ban on night flights.", True),
        ("The court upheld the ban.", "The court upheld the ban and quashed the fine.", False),
        ("The ban on fishing was lifted.", "The ban on fishing remains in force until May.", True),
        ("Ida Berg sued Orla Foods.", "Orla Foods filed a lawsuit against Ida Berg in Oslo.", True),
        ("Orla Foods sued Ida Berg.", "Orla Foods filed a lawsuit against Ida Berg in Oslo.", False),
        ("Ida Berg leads Kai Moe.", "Kai Moe is ahead of Ida Berg in the polls.", True),
        ("Ida Berg leads Kai Moe.", "Ida Berg has moved ahead of Kai Moe.", False),
        ("The fair will be held on 4 May.", "The fair, which was to be held on 4 May, has been cancelled.", True),
        ("The fair was held in Brenn.", "The fair in Brenn was called off after the flood.", True),
        ("The fair was cancelled.", "The fair, which was to be held on 4 May, has been called off.", False),
        ("The fair will be held on 4 May.", "The fair will be held on 4 May, although a race was cancelled.", False),
        ("The strike ended the talks.", "The strike was called off on Friday.", False),
        ("The fair will be held in Brenn.", "The fair in Brenn was cancelled in 2020 because of the flood.", False),
        ("A tanker rammed a ship from Oslo.", "A vessel from Oslo rammed a tanker.", False),
        ("The Fed raised rates in May.", "The Bank of England raised rates in May.", False),
        ("Orrin's economy shrank in May.", "Orrin's economy grew by 4 percent in May, figures showed.", True),
        ("Orrin's economy shrank in May.", "Tessel's economy grew by 4 percent in May, figures showed.", False),
        ("The ban on fishing was lifted.", "The ban on fishing, which was lifted in May, remains a memory.", False),
        (
            "The minister of ports, Ida Berg, was dismissed.",
            "The minister of ports, Ida Berg, remains in office.",
            True,
        ),
        (
            "The minister of ports, Ida Berg, was dismissed.",
            "The minister of ports, Ida Berg, remains in hospital.",
            False,
        ),
    ],
)
def test_who_did_it_to_whom(claim: str, passage: str, expected: bool) -> None:
    assert bool(structure(claim, passage).turned) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "agrees", "near", "read"),
    [
        ("Kyiv denied the report.", "Kyiv denied the report.", True, True, True),
        ("Kyiv denied the report.", "Ukraine denied the report.", False, True, True),
        ("Kyiv denied the report.", "Russia denied the report.", False, False, True),
        ("Kyiv denied the report.", "Ukraine will deny the report.", False, False, True),
        ("Kyiv denied the report.", "Ukraine did not deny the report.", False, False, True),
        ("Kyiv denied the report.", "Ukraine refused to deny the report.", False, False, True),
        ("Kyiv denied the report.", "The report was denied.", False, False, False),
        ("Kyiv denied the report.", "Ukraine denied.", False, False, False),
        ("Kyiv denied the report.", "Berlin welcomed the report.", False, False, False),
        ("The committee rejected the budget.", "The committee did not approve the budget.", False, False, False),
        ("Some nurses are playing a game.", "Nurses playing a game in the park.", False, False, True),
        ("Three nurses are playing in water.", "Three nurses play together in some water.", False, False, True),
        ("Ana Berg closed the mills.", "If it rains, Ana Berg closed the mills. She closed them.", False, False, True),
        ("Ana Berg closed the mills.", "Nearly all mills were closed by Ana Berg.", False, False, True),
        (
            "Kyiv denied the report.",
            "The report that Kyiv leaked denied the plan. Kyiv denied the report on Monday.",
            True,
            True,
            True,
        ),
    ],
)
def test_what_was_read_and_what_agrees(claim: str, passage: str, agrees: bool, near: bool, read: bool) -> None:
    found = structure(claim, passage)
    assert (found.agrees, found.near, found.read) == (agrees, near, read)


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("Jens Roth was fined for theft.", "Ulf Roth was fined for theft. His son Jens Roth watched.", "Ulf Roth"),
        ("The guards shot Ana Lima.", "The guards shot Rui Lima at the gate.", "Rui Lima"),
        ("Jens Roth was fined for theft.", "Ulf Roth and Jens Roth were fined for theft.", ""),
        ("Jens Roth was fined for theft.", "Roth was fined for theft.", ""),
        ("Jens Roth was fined for theft.", "J. Roth was fined for theft.", ""),
        ("Bob Stone was fined for theft.", "Robert Stone was fined for theft.", ""),
        ("Aleksei Roth was fined for theft.", "Alexey Roth was fined for theft.", ""),
        ("Jens Roth was fined for theft.", "The banker was fined for theft.", ""),
    ],
)
def test_two_people_of_one_surname(claim: str, passage: str, expected: str) -> None:
    assert structure(claim, passage).turned == (f"the source says it of {expected}" if expected else "")


@pytest.mark.parametrize(
    ("passage", "other"),
    [
        ("Deputy mayor Rui Lima opened the pool for Ana Costa, who was ill.", "Rui Lima"),
        ("Rui Lima, whom Ana Costa had sent, opened the pool.", "Rui Lima"),
        ("Rui Lima and Ana Costa opened the pool.", ""),
        ("Rui Lima, the governor, and mayor Ana Costa opened the pool.", ""),
        ("Rui Lima opened the pool together with Ana Costa.", ""),
        ("Ana Costa opened the pool after Rui Lima.", ""),
    ],
)
def test_another_did_it_in_a_sentence_that_names_both(passage: str, other: str) -> None:
    found = structure("Mayor Ana Costa opened the pool.", passage)
    assert not found.turned
    assert found.doubt == (f"the source says it of {other}" if other else "")


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("The tunnel has cost 90 million euros, almost twice the estimate.", True),
        ("The tunnel has cost 90 million euros, and several roads were closed.", True),
        ("The tunnel has cost almost 90 million euros.", False),
        ("Half of the tunnel has cost 90 million euros.", False),
        ("The tunnel may have cost 90 million euros.", False),
    ],
)
def test_a_word_of_degree_limits_what_follows_it(passage: str, expected: bool) -> None:
    assert structure("The tunnel cost 90 million euros.", passage).agrees is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        (
            "The flood in Orta killed 11 people.",
            "The number of dead in the Orta flood was cut to 11 from 14.",
            True,
        ),
        ("Nine people died in the mill fire.", "The death toll of the mill fire rose to nine from seven.", True),
        ("The mill fire injured nine people.", "The number of injured in the mill fire rose to nine.", True),
        ("Seven people died in the mill fire.", "The death toll of the mill fire rose to nine from seven.", False),
        ("Nine people were injured in the mill fire.", "The death toll of the mill fire rose to nine.", False),
        ("Nine people died in the mill fire.", "The death toll of the ferry fire rose to nine.", False),
        ("Nine people died in the mill fire.", "Nine people worked in the mill before the fire.", False),
    ],
)
def test_a_toll_says_how_many_were_killed(claim: str, passage: str, expected: bool) -> None:
    assert structure(claim, passage, compare(claim, passage)).near is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("The firm replaced the four turbines.", "The firm replaced one of the four turbines.", "part"),
        ("The town has built a new pool.", "The town wants to build a new pool.", "want"),
        ("The clerk stole the ring.", "The clerk is accused of having stolen the ring.", "accuse"),
        ("The port opened in May.", "The port will open in May.", "will"),
        ("The port reopens in May.", "The port reopens in May if the crane is mended.", "condition"),
        ("The two banks have merged.", "The two banks are considering a merger.", "consider"),
        ("The two banks have merged.", "The two banks have announced a merger.", ""),
        ("The firm replaced a turbine.", "The firm replaced one of the four turbines.", ""),
        ("The town wants to build a new pool.", "The town wants to build a new pool.", ""),
        ("The port opens in May.", "The port will open in May.", ""),
        ("If the crane is mended, the port reopens in May.", "The port reopens in May if the crane is mended.", ""),
        ("The town has built a new pool.", "The town has built a new pool.", ""),
    ],
)
def test_what_the_claim_leaves_out(claim: str, passage: str, expected: str) -> None:
    doubt = structure(claim, passage).doubt
    assert expected in doubt if expected else not doubt


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("A fire destroyed a mill in Brenn.", "A mill in Brenn was destroyed by a fire, the police said.", True),
        ("Storm Ida killed nine people.", "Nine people were killed by Storm Ida on Sunday.", True),
        ("The mill was closed.", "The council closed the mill on Monday.", True),
        ("Helga Brandt resigned on Thursday.", "Helga Brandt stepped down on Thursday.", True),
        ("Orla Foods bought the mill from Brandt.", "Brandt sold the mill to Orla Foods, both said.", True),
        ("Orla Foods bought the mill from Brandt.", "Brandt sold the mill to Orla Farms, both said.", False),
        ("Nordia merged with Alpina in May.", "Alpina merged with Nordia in May.", True),
        ("Guards seized 12 tonnes of fish.", "A total of 12 tonnes of fish were seized by guards.", True),
        ("Mara Lind is the daughter of Olga Lind.", "Olga Lind is the daughter of Mara Lind.", False),
        ("The union said that the strike would end.", "The employer said that the strike would end.", False),
        ("The union said that the strike would end.", "The strike will end, the union said.", True),
        ("A fire destroyed a mill in Brenn.", "A fire nearly destroyed a mill in Brenn.", False),
        ("A fire destroyed a mill in Brenn.", "A flood destroyed a mill in Brenn after a fire.", False),
        ("The council closed the mill before the vote.", "The council closed the mill after the vote.", False),
        ("Nine people were killed by Storm Ida.", "Nine people may have been killed by Storm Ida.", False),
        ("The band is a rock band.", "The band is an electronic rock band from Leeds.", False),
        ("The mill sold 7 tonnes in 2023.", "The mill sold 5 tonnes in 2022 and 7 tonnes in 2023.", True),
        ("The mill sold 5 tonnes in 2022.", "The mill sold 5 tonnes in 2022 and 7 tonnes in 2023.", True),
        ("The strike is about to enter its third week.", "The strike will enter its third week on Monday.", True),
        ("The mill will reopen in May.", "The mill is set to reopen in May.", True),
        ("The mill has reopened.", "The mill is about to reopen.", False),
        ("The mill will reopen in May.", "The mill is expected to reopen in May.", False),
        (
            "The head of the port, Ilka Baum, stepped down.",
            "Ilka Baum, the head of the port, resigned on Friday.",
            True,
        ),
        ("The mayor, Anna Holt, opened the bridge.", "Mayor Anna Holt opened the bridge on Friday.", True),
        ("The mayor, Anna Holt, opened the bridge.", "The mayor, Olga Berg, opened the bridge on Friday.", False),
        ("Anna Holt, the mayor, opened the bridge.", "Olga Berg, the mayor, opened the bridge on Friday.", False),
        ("The bank raised its rate to 5 percent.", "The bank increased its rate to 5 percent on Friday.", True),
        ("The bank raised its rate to 5 percent.", "The bank lowered its rate to 5 percent on Friday.", False),
        ("The bank hiked its rate to 5 percent.", "The bank raised its rate to 5 percent on Friday.", True),
        ("The town built the school in 1990.", "The town constructed the school in 1990.", True),
    ],
)
def test_the_same_said_in_another_form(claim: str, passage: str, expected: bool) -> None:
    assert structure(claim, passage).agrees is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("Moscow rejected the plan.", "The Russian leader rejected the plan.", True),
        ("Putin congratulated Trump.", "The Russian leader congratulated Trump.", True),
        ("Moscow rejected the plan.", "The French leader rejected the plan.", False),
    ],
)
def test_the_same_party_in_other_words(claim: str, passage: str, expected: bool) -> None:
    assert structure(claim, passage).near is expected


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        ("The council sold the mill.", "The mill was sold last week.", True),
        ("The town had warned of the flood.", "The flood struck the town on Sunday.", False),
        ("The judge who closed the mill is a farmer.", "The judge closed the mill on Monday.", False),
        ("Ida Berg, banned for life, blamed her doctor.", "Ida Berg was banned for life.", False),
    ],
)
def test_the_verb_of_the_claim_stands_there(claim: str, passage: str, expected: bool) -> None:
    assert deed_there(claim, passage) is expected


@pytest.mark.parametrize(
    ("speaker", "passage", "expected"),
    [
        ("the employer", "The union said that the strike would end.", (False, "The union")),
        ("the union", "The union said that the strike would end.", (True, "")),
        ("police", "Police have arrested a man over the strike.", (True, "")),
        ("the company", "The union said that the strike would end.", (None, "")),
        ("the health ministry", "The defence ministry said that the strike would end.", (None, "")),
        ("the employer", "The strike will end on Friday.", (None, "")),
        ("the union leader", "Union leader Tea Moll said that the strike would end.", (True, "")),
        ("the minister", "Labour minister Tea Moll said that the strike would end.", (True, "")),
        ("the minister", "Former minister Tea Moll said that the strike would end.", (None, "")),
        ("the union leader", "Critics of union leader Tea Moll said that the strike would end.", (None, "")),
        ("the union leader", "The union leader's lawyer Jon Ek said that the strike would end.", (None, "")),
    ],
)
def test_speakers_without_a_name(speaker: str, passage: str, expected: tuple[bool | None, str]) -> None:
    assert office(speaker, "The strike will end.", passage, "") == expected


@pytest.mark.parametrize(
    ("speaker", "url", "expected"),
    [
        ("the council", "https://sarre-council.example/flats", True),
        ("the league's website", "https://league.example/final", True),
        ("the report", "https://gazette.example/a", True),
        ("the council", "https://gazette.example/council", False),
        ("the police", "https://gazette.example/a", False),
        ("the broadcaster", "https://gazette.example/a", True),
        ("the state broadcaster", "https://gazette.example/a", False),
        ("the census bureau", "https://www.censusbureau.example/towns", True),
        ("the parliamentary service", "https://parlservice.example/votes", True),
        ("the U.N. refugee agency", "https://unrefugees.example/a", True),
        ("the weather service", "https://weather-service.example/a", True),
        ("the space agency", "https://space.example/a", False),
        ("the motorists' union", "https://motorsport.example/a", False),
        ("Track & Road", "https://trackandroad.example/reports", True),
        ("the prime minister", "https://www.primeminister.gov.quell.example/fine", True),
        ("the census bureau", "https://census.gov.pell.example/first-results", True),
        ("the census bureau", "https://census.example/first-results", False),
        ("the census bureau", "https://tax.gov.pell.example/census", False),
        ("the harbour police", "https://harbourpost.example/a", False),
        ("the water board", "https://waterboardwatch.example/a", False),
        ("the Iberian Maritime Office", "https://iberianmaritime.example/a", True),
        ("the National Ice Archive", "https://icearchive.example/a", True),
        ("Breffni county council", "https://breffnicoco.example/minutes", True),
        ("the utility regulator", "https://utilityregulator-ni.example/a", True),
        ("the Northern Ice Archive", "https://icearchive.example/a", False),
        ("the national archive", "https://archive.example/a", False),
    ],
)
def test_a_page_is_its_own_speaker(speaker: str, url: str, expected: bool) -> None:
    assert speaks_itself(speaker, Page(text="x", url=url)) is expected


@pytest.mark.parametrize(
    ("claim", "passage", "clashing", "looked_at"),
    [
        ("Survey: greens lead in Norland", "Poll: greens lead in Norland", False, False),
        ("A blast shook the city of Kherson.", "A blast shook a street in Kharkiv.", True, False),
        ("A blast shook the city of Kherson.", "A blast shook a street in Kharkiv, Ukraine.", False, True),
        ("Inflation slowed to 3.2 percent.", "Prices rose 3.2%, down from 3.9% in May.", False, False),
        ("A record – 234 lorries – took part.", "A record number took part – 234 lorries.", False, False),
        ("A strike on Kharkiv killed 12 people.", "A strike on the city of Dnipro killed 12 people.", True, False),
        ("A mill in Bavaria burned down.", "A mill in Munich burned down.", False, True),
        ("A mill in Ulm burned down.", "A mill in Texas burned down.", False, True),
        ("A mill in Bavaria burned down.", "A mill in Saxony burned down.", True, False),
        ("The mill sold 7 tonnes in 2022.", "The mill sold 5 tonnes in 2022 and 7 in 2023.", True, False),
        ("The mill sold 7 tonnes in 2023.", "The mill sold 5 tonnes in 2022 and 7 in 2023.", False, False),
        ("In 2023 the mill sold 7 tonnes.", "In 2022 the mill sold 5 tonnes and in 2023 it sold 7.", False, False),
        ("The rate was 4 percent in June.", "The rate was 4 percent in May and 5 percent in June.", True, False),
        ("Night Shift has a rating of 65 percent.", "On Dawn Tribune it has a rating of 65 percent.", False, False),
        ("Ana Berg closed the mills in Orrin.", "Ana Berg closed the mills for Tessel.", False, False),
        ("Ana Berg closed the mills on 3 June 2024.", "Ana Berg closed the mills on 9 and 12 June 2024.", True, False),
        ("Ana Berg closed the mills on 10 June 2024.", "Ana Berg closed the mills on June 9-12, 2024.", False, True),
        ("South Korea closed the mills.", "North Korea shut the border.", False, False),
        ("Ana Berg took in over 43 goats.", "Ana Berg took in 41 goats.", True, False),
        ("Storm Ida killed 7 people.", "The number of dead in storm Ida rose to 9 from 7.", True, False),
    ],
)
def test_names_and_numbers_in_their_place(claim: str, passage: str, clashing: bool, looked_at: bool) -> None:
    found = compare(claim, passage)
    assert (bool(clashes(found)), bool(unlike(found))) == (clashing, looked_at)


@pytest.mark.parametrize(
    ("claim", "passage", "found"),
    [
        ("The brewer Orla has agreed to buy its rival Tessel.", "Tessel of Brenn is to acquire Oslo's Orla.", True),
        ("The brewer Tessel has agreed to buy its rival Orla.", "Tessel of Brenn is to acquire Oslo's Orla.", False),
        ("The brewer Orla has agreed to buy its rival.", "Tessel of Brenn is to acquire Oslo's Orla.", False),
        ("Orla met Tessel in Brenn.", "Tessel met Orla.", False),
        ("Orla sued Tessel over hops.", "Tessel sued Orla over barley.", False),
        ("Harrow beat Delby in the final.", "Delby beat Harrow in 2010.", False),
    ],
)
def test_roles_are_seen_where_few_words_are_shared(claim: str, passage: str, found: bool) -> None:
    assert bool(roles_exchanged(claim, passage)) is found
