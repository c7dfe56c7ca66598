"""Outlets named in sentences of every form, and common words that only look like one."""

from __future__ import annotations

import pytest

from claims.extraction.extract import extract
from claims.records import Page
from sources.outlets import load_outlets

OUTLETS = load_outlets()
SENTENCES = [
    ("Forty-one miners died in the shaft, by a count of the Agence France-Presse news agency.", "afp"),
    ("Reuters counted 41 dead in the town.", "reuters"),
    ("The first to name the suspect was the Guardian, which gave his age as 41.", "guardian"),
    ("The suspect, first named by the Daily Telegraph, is 41.", "telegraph"),
    ("TASS carried the statement, in which he said that 41 soldiers had died.", "tass"),
    ("Forty-one ships had left the port, he said as much to Bloomberg.", "bloomberg"),
    ("The minister would resign, and he said as much to the BBC.", "bbc"),
    ("A correspondent of Deutsche Welle saw 41 tanks on the road.", "dw"),
    ("A reporter for The New York Times counted 41 graves.", "nyt"),
    ("The Institute for the Study of War assesses that the army took 41 villages.", "isw"),
    ("The Institute for the Study of War estimated that 41 tanks were lost.", "isw"),
    ("The Washington Post has seen the letter, which names 41 firms.", "washingtonpost"),
    ("Bloomberg has obtained a list of 41 names.", "bloomberg"),
    ("The Times of London reported that 41 men were held.", "thetimes"),
    ("Le Monde in Paris wrote that 41 men were held.", "lemonde"),
    ("The paper that broke the story, The Guardian, said 41 men were held.", "guardian"),
    ("The state broadcaster, RT, said 41 men were held.", "rt"),
    ("Forty-one men were held, according to the German paper Bild.", "bild"),
    ("“Es ist vorbei”, wrote the German paper Der Spiegel.", "spiegel"),
    ("Forty-one men were held, via a reporter of The Wall Street Journal.", "wsj"),
    ("Forty-one men were held, Axios has learned.", "axios"),
    ("Footage seen by CNN shows 41 men.", "cnn"),
    ("A tally kept by the Associated Press puts the dead at 41.", "ap"),
    ("The guardian of the child said that 41 boys were held.", None),
    ("At times, reported crimes rose to 41.", None),
    ("The post was filled by 41 men, officials said.", None),
    ("A fox told 41 hens that it was over.", None),
    ("The sun has seen 41 such cycles.", None),
    ("In the mirror he saw 41 men, he said.", None),
    ("The Guardian Council said that 41 men were barred.", None),
    ("The Sun rose at 6:41, and the troops left.", None),
    ("Fox hunting was seen by 41 members as cruel.", None),
    ("Reuters sued 41 firms in May.", None),
    ("The army fired at the office of Al Jazeera, killing 41.", None),
    ("A reporter for The New York Times was shot in Kyiv, and 41 others were hurt.", None),
    ("The Post Office said that 41 clerks were cleared.", None),
    ("CNN has obtained a licence for 41 towns.", None),
    ("Times Square was closed for 41 hours, the police said.", None),
    ("BBC carried 41 matches this year.", None),
    ("The Institute for the Study of War moved 41 desks.", None),
    ("A correspondent of Reuters in Kyiv heard 41 blasts.", "reuters"),
    ("The New York Times has reviewed 41 pages of emails.", "nyt"),
    ("Data compiled by Bloomberg show that 41 ships left.", "bloomberg"),
    ("The mayor, who said the same to Politico, wants 41 beds.", "politico"),
    ("Figures from the BBC put the dead at 41.", "bbc"),
    ("Interfax carried his remarks, in which he named 41 men.", "interfax"),
    ("The Sunday Times first named the 41 men.", "thetimes"),
    ("The Financial Times has seen a copy of the contract for 41 ships.", "ft"),
    # Others' names, and outlets that something happens to.
    ("The Mirror Lake Hotel said that 41 guests had left.", None),
    ("The Times Square Alliance counted 41 arrests.", None),
    ("The Sun Belt counted 41 new towns.", None),
    ("A team from Fox River saw 41 swans.", None),
    ("Reuters has seen 41 of its reporters leave.", None),
]


@pytest.mark.parametrize(("sentence", "outlet"), SENTENCES)
def test_the_outlet_of_a_sentence(sentence: str, outlet: str | None) -> None:
    claims = extract(Page(text=sentence), OUTLETS).claims
    found = {citation.outlet for claim in claims for citation in claim.citations if citation.outlet}
    assert found == ({outlet} if outlet else set())
