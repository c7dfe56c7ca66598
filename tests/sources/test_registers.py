"""The registers that keep what a claim names by a number or a title."""

from __future__ import annotations

import pytest

from claims.extraction.extract import extract
from claims.records import Page
from sources.leads.registers import Registers
from sources.outlets import load_outlets


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        ("The flaw CVE-2021-44228 is in 40 programs.", "", "https://nvd.nist.gov/vuln/detail/CVE-2021-44228"),
        (
            "Regulation (EU) 2016/679 has applied since 2018.",
            "",
            "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
        ),
        ("U.S. Patent No. 9,811,204 covers the clip.", "", "https://patents.google.com/?oq=US9811204"),
        ("She gave out 9,811,204 patents.", "", None),
        (
            "Asteroid 2019 QX passed the Earth.",
            "",
            "https://ssd.jpl.nasa.gov/tools/sbdb_lookup.html#/?sstr=2019%20QX",
        ),
        ("The Clean Air Act requires 40 permits.", "", "https://uscode.house.gov"),
        ("The band Clean Air Act sold 40 tickets.", "", None),
        ("The constitution of Kenya bars a third term.", "", "https://www.constituteproject.org"),
        ("FIFA's constitution bars a third term.", "", None),
        ("Under the Equality Act 2010 firms must pay.", "UK", "https://www.legislation.gov.uk/all?title=Equality+Act"),
        ("The number one cause of death in the UK killed 40 men.", "", None),
        ("The ship's captain was detained in Dover when police inspected it.", "", None),
        ("The Boston Marathon bombing was the second attack in 40 years.", "", None),
        ("The oldest pub at Wimbledon has 40 seats.", "", None),
        ("The oldest champion at Wimbledon was 41.", "", "https://www.wimbledon.com"),
        ("The Tokyo marathon was won by Ray in 2:04.", "", "https://www.marathon.tokyo/en/"),
        ("She watched the Boston Marathon for 40 minutes.", "", None),
        ("The Home Office refused 40 visas.", "", "https://www.gov.uk/home-office"),
        ("The Home Office desk costs $40.", "", None),
        ("Swiss voters rejected the plan by 54 percent.", "", "https://ch.ch"),
        ("The drug was approved in the EU in May.", "", "https://www.ema.europa.eu/en/medicines"),
        ("Leeds beat Chelsea 2-1 in the FA Cup on Tuesday.", "Premier League", None),
        ("The fans were injured when Leeds beat Hull 2-1.", "Premier League", None),
        ("The trial NCT01234567 had 40 patients.", "", "https://clinicaltrials.gov/study/NCT01234567"),
        ("The Supreme Court banned 40 fireworks.", "Smog in Delhi", "https://www.sci.gov.in"),
        ("The Supreme Court banned 40 fireworks.", "", None),
        ("The Supreme Court banned 40 fireworks. He is from England.", "", None),
        ("The turnout at the bake sale was the highest in ten years.", "France", None),
        ("Ray was banned from the pub for a year.", "USADA", None),
        ("Ray was banned for a year.", "USADA", "https://www.usada.org/news/sanctions/"),
        ("“HIV is a beast that causes trouble.”", "", None),
        ("The Supreme Court banned 40 fireworks.", "Britain and India", None),
        ("Clinton leads Trump by 4 points.", "Clinton ahead in new poll", "https://ropercenter.cornell.edu/ipoll/"),
        ("Clinton leads Trump by 4 points.", "Clinton ahead", None),
        ("Ray is a Democratic candidate.", "Texas votes", "https://www.fec.gov/data/candidates/"),
        ("The federal minimum wage is $7.25.", "U.S. pay", "https://www.dol.gov/agencies/whd/minimum-wage"),
        ("The unemployment rate fell to 4 percent.", "U.S. jobs", "https://www.bls.gov/cps/"),
        ("Her unemployment lasted 4 months.", "U.S. jobs", None),
        ("France beat Japan 2-1 on Tuesday.", "Davis Cup opens", "https://www.daviscup.com"),
        ("France beat Japan 2-1 on Tuesday.", "Cup opens", None),
        ("Russia beat Croatia on Monday.", "Davis Cup opens", "https://www.daviscup.com"),
        ("Ray had 40 points, 11 rebounds and 10 assists.", "Lakers win NBA game", "https://www.nba.com/games"),
        ("Ray swam 200 yards and had 40 points.", "Lakers win NBA game", None),
        ("The Sensex rose by 40 points.", "", "https://www.bseindia.com"),
        ("A federal jury convicted 40 men.", "Texas trial", "https://www.justice.gov/news"),
        ("A federal jury convicted 40 men.", "Swiss trial", None),
        (
            "The Senate passed the bill by 51 votes to 49.",
            "Democrats win",
            "https://www.senate.gov/legislative/votes.htm",
        ),
        ("The Senate passed the bill by 51 votes to 49.", "Canberra", None),
        ("The bank paid 10.5 million for 40 flats.", "", None),
        # what somebody only thinks of it
        ("Ray said the election was won by fear.", "British election", None),
        ("Ray said turnout in the election was 40 percent.", "British election", "https://electoralcommission.org.uk"),
        ("Clinton leads after 40 percent to 30 percent in the caucuses.", "U.S. poll", None),
        ("The Tories lost 40 laptops.", "UK", None),
        ("Tory MP Ann Ray lost 40 laptops.", "UK", None),
        # offices of countries and states, by the claim or the title
        ("Unemployment fell to 4 percent.", "German jobs", "https://destatis.de"),
        ("Unemployment in Spain fell to 4 percent.", "German jobs", "https://ine.es"),
        ("Unemployment fell to 4 percent.", "Germany and Spain", None),
        ("The central bank cut its key rate to 4 percent.", "Norway in May", "https://norges-bank.no"),
        ("Democrats won 40 seats in Virginia.", "", "https://elections.virginia.gov"),
        ("Democrats won 40 seats in West Virginia.", "", "https://sos.wv.gov"),
        ("Virginia Woolf sold 40 books.", "", None),
        # companies by their symbol, works, awards, and what was said after a match
        (
            "Polder Paper (NYSE: PLD) sold 40 mills.",
            "",
            "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=PLD",
        ),
        ("The film “Wild Rose” cost 40 dollars.", "", "https://www.imdb.com/find/?q=Wild+Rose"),
        ("Ray has won 4 Emmys.", "", "https://www.emmys.com/awards"),
        ("“We lost 4 balls,” Ray told reporters.", "NBA", "https://www.nba.com/news"),
        ("“We lost 4 balls,” Ray told reporters.", "Graz", None),
        ("“We lost 4 balls,” Ray said.", "NBA", None),
        ("France beat Japan 2-1, an investigation said.", "Davis Cup opens", None),
        # parliaments, markets, heritage, bans, outbreaks
        ("In total 513 lawmakers voted for the bill.", "Bundestag passes bill", "https://bundestag.de"),
        ("The upper house, the Bundesrat, passed 40 bills.", "Bundestag passes bill", None),
        ("Ray told the Bundestag that 40 men left.", "", "https://www.bundestag.de/protokolle"),
        ("Polder’s shares closed down 1.3% at 70.2p.", "", "https://www.londonstockexchange.com"),
        ("Shares in Polder rose 4.2% in early trading in Frankfurt.", "", "https://live.deutsche-boerse.com/en"),
        ("The mill is a Grade II-listed building.", "", "https://historicengland.org.uk/listing/the-list/"),
        (
            "Ray was banned for 4 years, the Athletics Integrity Unit said.",
            "",
            "https://www.athleticsintegrity.org/disciplinary-process/global-list-of-ineligible-persons",
        ),
        ("Cholera has killed 40 people.", "", "https://www.who.int/emergencies/disease-outbreak-news"),
        ("Turnout was 60.9%.", "Ghana votes", "https://ec.gov.gh"),
        ("The Supreme Court in Sydney heard 40 men.", "American in Sydney", None),
        ("Nobel laureates wrote 40 letters.", "", None),
        ("Polder Motors shares a hall with a baker for $5. Polder Motors reported a loss.", "", None),
    ],
)
def test_the_place_where_it_is_kept(text: str, title: str, found: str | None) -> None:
    page = Page(text=text, title=title, url="https://paper.example/a")
    registers = Registers(page)
    leads = [lead.url for claim in extract(page, load_outlets()).claims for lead in registers.places(claim)]
    assert leads == ([found] if found else [])


def test_where_a_company_files_of_whose_shares_the_article_speaks() -> None:
    text = "Shares of Polder Motors fell 9% to $1. Polder Motors reported a loss of $40. The company left 4 men."
    page = Page(text=text, title="Polder", url="https://paper.example/a")
    registers = Registers(page)
    leads = [[lead.url for lead in registers.places(claim)] for claim in extract(page, load_outlets()).claims]
    filed = ["https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&company=Polder+Motors"]
    assert leads == [[], filed, []]


def test_a_register_is_no_place_for_its_own_page() -> None:
    page = Page(text="The flaw CVE-2021-44228 is in 40 programs.", url="https://nvd.nist.gov/news")
    (claim,) = extract(page, load_outlets()).claims
    assert not list(Registers(page).places(claim))
