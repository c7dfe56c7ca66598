"""Where the speaker of a claim, or the body that acts in it, publishes."""

from __future__ import annotations

import pytest

from claims.extraction.extract import extract
from claims.records import Link, Page, Post
from sources.leads.own_sites import OwnSites
from sources.outlets import load_outlets

OUTLETS = load_outlets()
GOV_UK = "https://www.gov.uk/search/news-and-communications?keywords=Ray"
HANSARD = "https://hansard.parliament.uk/search/Members?searchTerm=Ray"


def places(text: str, links: tuple[tuple[str, str], ...] = (), url: str = "https://paper.example/a") -> set[str]:
    """The addresses (or names) of the places of all claims of a text whose words are linked as given."""
    found = tuple(Link(span=(at := text.index(words), at + len(words)), href=href) for words, href in links)
    page = Page(text=text, url=url, links=found)
    sites = OwnSites(page, OUTLETS)
    leads = [lead for claim in extract(page, OUTLETS).claims for lead in sites.places(claim)]
    return {lead.url or lead.name for lead in leads}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SpaceX launched 60 satellites on Monday.", {"https://spacex.com"}),
        ("Ann Ray, president of SpaceX, said the rocket can carry 100 tons.", {"https://spacex.com"}),
        ("Ann Ray, chief executive of Polder Robotics, said the firm employs 40 people.", {"Polder Robotics"}),
        ("NASA scientist Ann Ray said the moon has water.", {"https://nasa.gov"}),
        ("The Kremlin said the talks will go on.", {"https://kremlin.ru"}),
        ("She sued Polder Records, Ray and NASA, a friend said. Polder Records said that it was false.", set()),
        # other bodies with the name in theirs, those who use a product, and what only the author or nobody tells
        ("The Tesla owners' club has 40 members. Tesla Arms, a pub, has 40 seats.", set()),
        ("Google fell by 40 percent. Google has been contacted for comment on 40 jobs.", set()),
        ("Irish President Ann Ray said 40 ships came.", {"https://president.ie"}),
        ("Irish President Ann Ray said 40 ships came, in an interview for the BBC.", set()),
        ("A former member of NASA said 40 people would march on Sunday.", set()),
        ("“We paid,” said NASA director Ann Ray.\nPolder paid 40 dollars, Polder said.", {"https://nasa.gov"}),
        ("Ann Ray is president of the Google Workers' Association.", set()),
        ("I drove to Google last May. Google clearly needed more time for its 40 games.", set()),
        ("She spoke to Ray Shipping, from whom NASA charters 40 ships. Ray Shipping said that all had left.", set()),
        ("Ann Ray left Polder after NASA's launch of 40 rockets.", set()),
        # rivals and clubs of a body, its workers, idioms, and who is named beside the subject
        ("Google's chess club won 40 matches. Google's rivals sold 40 phones. Google workers voted to strike.", set()),
        ("Google's cloud business earned $40 billion.", {"https://about.google"}),
        ("Google Drive has 40 million users.", {"https://about.google"}),
        ("NASA arrested its decline in 2019.", set()),
        ("Airbus Lane has 40 houses. Airbus Café sold 40 cakes. The Kent police band played 40 songs.", set()),
        ("NFL Legend Ann Ray pays 40 dollars.", set()),
        ("In addition to NASA, a group of 40 towns paid for it.", set()),
        ("The Independent Police Complaints Commission (IPCC) met. The IPCC said 40 men left.", set()),
        ("The Panel on Polder Climate Change met. The IPCC said 40 towns flooded.", {"https://ipcc.ch"}),
        # offices of countries that are not known, of firms, and of those who are in a campaign
        ("Kazakhstan votes. President Nazar of Russia's neighbour Kazakhstan said 40 ships came.", set()),
        ("The White House left. Alibaba Group President Ann Ray said 40 ships came.", {"https://alibabagroup.com"}),
        ("The White House left. President Ray said that 40 ships came.", set()),
        ("In the presidential campaign Indiana Gov. Ann Ray said 40 ships came.", set()),
        # who acts in the claim, or employs its subject
        ("The rocket, which was built by SpaceX, is 120 metres tall.", {"https://spacex.com"}),
        ("Ann Ray is a director for games at Google.", {"https://about.google"}),
        ("In May Google’s servers failed.", {"https://about.google"}),
        ("Google’s servers failed, and so did those built by SpaceX and by NASA.", {"https://about.google"}),
        ("Last May, NASA chose 11 companies.", {"https://nasa.gov"}),
        ("The largest lander is from SpaceX.", {"https://spacex.com"}),
        ("Ann Ray is a NASA planetary scientist.", {"https://nasa.gov"}),
        ("“It will fly in 2022,” said Ann Ray, vice president of landers at SpaceX.", {"https://spacex.com"}),
        ("SpaceX hired 40 people. Ann Ray, the company’s chief operating officer, saw 40.", {"https://spacex.com"}),
        # a short form that the article gives, and a body that was named before
        ("Ann Ray of Sierra Nevada Corporation (SNC) left. SNC will fly in 2022.", {"https://sncorp.com"}),
        ("SNC will fly in 2022.", set()),
        ("SpaceX hired 40 people. The company has 9,000.", {"https://spacex.com"}),
        ("In May Ann Ray met Boeing and Airbus. The company has 9,000 workers.", set()),
        # what goes on about a body or its product, ministries, and members of parliaments
        ("SpaceX hired 40 people in May. It has 9,000 workers. Its office is in Graz.", {"https://spacex.com"}),
        (
            "Nissan showed a new Sentra from Nissan in May. The 2020 Sentra costs 40 dollars.",
            {"https://nissan-global.com"},
        ),
        ("SpaceX hired 40 people. The American company said it has 9,000 workers.", {"https://spacex.com"}),
        ("China’s commerce ministry said exports fell by 40 percent.", {"https://mofcom.gov.cn"}),
        (
            "Sen. Ann Berg, a Democrat, left. Berg said the bill costs 40 dollars.",
            {"https://www.congress.gov/members?q=%7B%22search%22%3A%22Berg%22%7D"},
        ),
        ("Sen. Ann Berg left. Berg said the bill costs 40 dollars.", set()),
        ("Ann Ray hired 40 people in May. It has 9,000 workers.", set()),
        ("Apple Inc bought 40 flats. Berg sold 40. It has 9,000 workers.", {"https://apple.com"}),
        # offices, governments and forces, also of a place that the article is about
        ("Ohio Gov. Ann Ray left. Ray said the bill costs 40 dollars.", {"https://governor.ohio.gov"}),
        ("Former Ohio Gov. Ann Ray left the Ohio house in Ohio. Ray said the bill costs 40 dollars.", set()),
        ("Texas, Texas and Texas met Ohio Gov. Ann Ray. Ray said it costs 40.", {"https://governor.ohio.gov"}),
        ("In Ohio Gov. Ann Ray left. The Ohio bill was hers. Ray said it costs 40.", {"https://governor.ohio.gov"}),
        ("Ohio House Speaker Ann Berg, a Democrat, left. Berg said the bill costs 40.", set()),
        ("Former Sen. Ann Berg, a Democrat, left. Berg said the bill costs 40 dollars.", set()),
        ("CNN President Ann Ray left the White House. Ray said it costs 40 dollars.", set()),
        ("SpaceX declined to comment on 40 fires.", set()),
        ("The Jordanian foreign minister said 40 talks had failed.", {"https://mfa.gov.jo"}),
        ("Beijing said 40 talks had failed.", {"https://english.www.gov.cn"}),
        ("Fire in Seattle. Police in Seattle closed 4 roads. Police said 40 men were hurt.", {"https://seattle.gov"}),
        ("Fire in Graz. Police said 40 men were hurt.", set()),
        ("The European Environment Agency closed 40 dams.", set()),
        # sites that the article prints, and words that were tweeted
        ("Polder Robotics sold 40 arms. More at www.polderrobotics.com.", {"https://www.polderrobotics.com"}),
        (
            "“Forty of our arms were sold,” Ray tweeted.",
            {"https://x.com/search?q=%22Forty+of+our+arms+were+sold%22&f=live"},
        ),
        # what a body does not publish: prices of its shares, what others do to it, letters, interviews, own views
        ("Boeing’s shares fell by 4 percent on Monday.", set()),
        ("Boeing faced 40 strikes in May.", set()),
        ("Protesters burned 40 trees planted by SpaceX in May.", set()),
        ("Boeing Foundation sold 40 shops.", set()),
        ("The Office for National Statistics left Leeds. The ONS has 40 rooms.", {"https://ons.gov.uk"}),
        ("West Yorkshire Police left Leeds. Det Insp Ann Ray said 40 men left.", {"https://westyorkshire.police.uk"}),
        ("Kirklees Council sold 40 mills.", {"https://kirklees.gov.uk"}),
        ("The Boeing 737 crashed with 40 men in May.", set()),
        ("Labour’s Ann Ray, the chancellor, said 40 men left.", {GOV_UK}),
        ("Labour MP Ann Ray said 40 men left.", set()),
        ("A man died after a crash. Kent Police said so.", {"https://kent.police.uk"}),
        ("Norway left. Norwegian Prime Minister Ann Ray said 40 men left.", {"https://regjeringen.no"}),
        ("Norway, Norway. The government said 40 men left.", {"https://regjeringen.no"}),
        ("Deputy Prime Minister Ann Ray said 40 men left Norway in Norway.", set()),
        ("Cricketers met in Leeds. The ICC said 40 players left.", set()),
        ("Irish President Ann Ray said 40 men left.", {"https://president.ie"}),
        ("The Irish president of the bank said 40 men left.", set()),
        ("Apple has been rumored to sell 40 phones.", set()),
        ("Labour MP Ann Ray told the Commons that 40 men left.", {HANSARD}),
        ("Ann Ray is director of the FDA’s Center for Food Safety.", {"https://fda.gov"}),
        ("This article has been updated with 40 words from SpaceX.", set()),
        # who only reports, is spoken of, or lends a name to a place
        ("Ann Ray, a teacher from Graz, said SpaceX would launch 60 satellites.", set()),
        ("The mayor bought 60 laptops from Apple in May.", set()),
        ("Amazon River levels fell by two metres in May.", set()),
        ("Apple Valley has 70,000 people.", set()),
        ("Ann Ray, who bought 60 laptops from Apple.", set()),
        ("The council closed the bridge on Monday.", set()),
    ],
)
def test_the_body_that_speaks_or_acts(text: str, expected: set[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Ray, chief executive of SpaceX, wrote in May. In an email, Ray wrote: “40 men left.”", set()),
        ("Ann Ray, chief executive of SpaceX, said in a phone interview that 40 men left.", set()),
        ("Ann Ray, an analyst at Barclays, said that 40 men left.", set()),
        ("Ann Ray, a professor at Yale University, said that 40 men left.", set()),
        ("Ann Ray, a professor at Yale University, said her study had 40 men.", {"https://yale.edu"}),
        ("Plaid Cymru MP Ann Ray said 40 men left.", set()),
        ("Boeing customers said 40 seats broke.", set()),
        ("Boeing analysts said 40 men left.", set()),
        ("Boeing officials said 40 men left.", {"https://boeing.com"}),
        ("Ann Ray, who sold 40 shops to SpaceX, left. Ray said 40 men left.", set()),
        ("Ann Ray, who runs SpaceX, left. Ray said 40 men left.", {"https://spacex.com"}),
        ("Carriers such as Air India fly over land which Ann Berg may not. Berg said 40 flew.", set()),
    ],
)
def test_what_somebody_says_that_their_employer_does_not_publish(text: str, expected: set[str]) -> None:
    page = Page(text=text, url="https://paper.example/a")
    sites = OwnSites(page, OUTLETS)
    said = [claim for claim in extract(page, OUTLETS).claims if claim.attribution]
    assert {lead.url for claim in said for lead in sites.places(claim)} == expected


def test_the_site_that_the_article_stands_on_is_no_other_place() -> None:
    assert places("SpaceX launched 60 satellites on Monday.", url="https://www.spacex.com/updates/1") == set()


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://x.com/annaberg/status/1881300000000000000", {"https://x.com/annaberg/status/1881300000000000000"}),
        ("https://x.com/other/status/1881300000000000000", set()),
    ],
)
def test_an_account_that_bears_the_speakers_name(href: str, expected: set[str]) -> None:
    text = "Anna Berg said the bridge costs 4 million euros. Her office confirmed it in a note."
    assert places(text, (("a note", href),)) >= expected
    assert not (places(text, (("a note", href),)) - expected)


def test_an_embedded_post_without_an_address_leaves_the_linked_one() -> None:
    text = "Anna Berg said the bridge costs 4 million euros. Her office confirmed it in a note."
    href = "https://x.com/annaberg/status/1881300000000000000"
    link = Link(span=(text.index("a note"), text.index("a note") + 6), href=href)
    shown = Post(handle="annaberg", text="4 million", span=(0, 1))
    page = Page(text=text, url="https://paper.example/a", links=(link,), posts=(shown,))
    sites = OwnSites(page, OUTLETS)
    assert [lead.url for claim in extract(page, OUTLETS).claims for lead in sites.places(claim)] == [href]


def test_a_body_that_the_title_is_about() -> None:
    text = "The 14 companies can bid on NASA delivery services."
    titles = {"NASA Picks Five Companies": ["https://nasa.gov"], "Five Companies Picked": [], "Panel Sues NASA": []}
    for title, found in titles.items():
        page = Page(text=text, title=title, url="https://paper.example/a")
        sites = OwnSites(page, OUTLETS)
        assert [lead.url for claim in extract(page, OUTLETS).claims for lead in sites.places(claim)] == found


def test_a_product_of_a_body_that_is_named_by_its_short_form() -> None:
    text = (
        "Sierra Nevada Corporation (SNC) builds spaceplanes in Colorado. The SNC Dreamchaser has flown twice. "
        "The Dreamchaser carried 5 tonnes in May."
    )
    page = Page(text=text, url="https://paper.example/a")
    sites = OwnSites(page, OUTLETS)
    claims = [claim for claim in extract(page, OUTLETS).claims if "5 tonnes" in claim.text]
    assert [lead.url for claim in claims for lead in sites.places(claim)] == ["https://sncorp.com"]
