"""What the sources are asked about a claim: what is said where a plain verb only says it, else the whole statement."""

from __future__ import annotations

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.records import Page

WHOLE = None

ASKED = [
    # The frame goes, at either end and in the middle, with hearer, time and place.
    ("The minister told reporters on Monday that the bridge would close.", "The bridge would close."),
    ("Minister Ana Kovac told Reuters on Monday the bridge would close in June.", "The bridge would close in June."),
    ("The mayor wrote on Facebook that the school had reopened.", "The school had reopened."),
    ("The ministry said in a statement that exports fell by 5 percent.", "Exports fell by 5 percent."),
    ("Kovac, in comments to the council on Monday, said Slovenia sought peace.", "Slovenia sought peace."),
    ("On Monday, officials said unemployment rose to 6 percent.", "Unemployment rose to 6 percent."),
    ("According to the ministry, unemployment fell to 4 percent.", "Unemployment fell to 4 percent."),
    ("The mayor has been arrested, according to the Wall Street Journal.", "The mayor has been arrested."),
    ("The ship sank off Crete, as the Guardian reported on Tuesday.", "The ship sank off Crete."),
    ("Taxes will rise in May, he added.", "Taxes will rise in May."),
    ("The fund, the minister said, will cost 40 million euros.", "The fund will cost 40 million euros."),
    (
        "Disney’s teams isolated the problem, Mayer said, and “patched” the software.",
        "Disney’s teams isolated the problem and “patched” the software.",
    ),
    ("“The dam will hold,” engineer Maria Lopez said.", "“The dam will hold”"),
    ("Officials said Monday the bridge was shut.", "The bridge was shut."),
    ("The race was fair, Ort wrote in her book “Counted Twice.”", "The race was fair."),
    ("Two posts were empty, said Maria Lopez, head of the workers' union.", "Two posts were empty."),
    # What goes on behind the frame is part of what is said; how and where it was said is not.
    (
        "The ministry sold the mill, Reuters reported on Monday, for 3 million euros.",
        "The ministry sold the mill for 3 million euros.",
    ),
    ("The road is shut, the police said, because of a flood.", "The road is shut because of a flood."),
    ("Taxes will rise, the minister said on Monday, by 3 percent.", "Taxes will rise by 3 percent."),
    ("The road is shut, the police said, according to Reuters.", "The road is shut."),
    ("Sales rose by a tenth in May, the firm said, by letter to investors.", "Sales rose by a tenth in May."),
    ("The road is closed, police said, via their website.", "The road is closed."),
    ("The mayor, the council said, with a sigh, had resigned.", "The mayor had resigned."),
    # Critics are the frame too; who speaks is compared apart.
    ("Critics of the mayor said the road was closed.", "The road was closed."),
    # An office that only points to the name is not asked; one that says more is.
    ("The minister, Edda Rahn, closed the mine.", "Edda Rahn closed the mine."),
    ("A former minister, Edda Rahn, closed the mine.", WHOLE),
    # When, where and to whom it was said goes with the frame, wherever it stands; how it was said stays with the claim.
    ("The minister said, on Monday, that the road was shut.", "The road was shut."),
    ("The minister, on Monday, said the road was shut.", "The road was shut."),
    ("Officials said in a report last week the road was shut.", "The road was shut."),
    ("Officials said the road was shut because the bridge fell.", "The road was shut because the bridge fell."),
    ("The minister said, however, that the road was shut.", "The road was shut."),
    ("The minister later said that the road was shut.", "The road was shut."),
    ("The minister had said that the road was shut.", "The road was shut."),
    ("The road is shut, as the minister told the council.", "The road is shut."),
    ("The mayor told the BBC: “The road is shut.”", "“The road is shut.”"),
    ("Last week, the ministry said profits fell.", "Profits fell."),
    ("In 2019, profits fell, the ministry said.", "In 2019, profits fell."),
    ("In 2019, the ministry said profits fell.", WHOLE),
    ("On a Monday after the vote in Leeds, the ministry said profits fell.", WHOLE),
    ("The minister said twice that the road was shut.", WHOLE),
    ("The minister said quietly that the road was shut.", WHOLE),
    ("The minister said if the road was shut.", WHOLE),
    ("The minister said where the road was shut.", WHOLE),
    ("The minister will say that the road is shut.", WHOLE),
    ("The minister was said to have shut the road.", WHOLE),
    ("It was said that the road was shut.", WHOLE),
    ("The road is shut, the mayor said — and so is the bridge.", WHOLE),
    ("The spokesman Jon Falk closed the mine.", "Jon Falk closed the mine."),
    ("The minister and deputy, Edda Rahn, closed the mine.", WHOLE),
    # A verb that carries the claim is asked with it.
    ("Moscow has rejected a twenty-year wait as a non-starter.", WHOLE),
    ("The union called for a strike in Koper.", WHOLE),
    ("Lena Ort agreed that the plan was too dear.", WHOLE),
    ("The company offered to pay 3 million dollars.", WHOLE),
    ("The bank denied that it had lost the records.", WHOLE),
    ("The court refused to hear the appeal.", WHOLE),
    ("The party pledged to cut taxes.", WHOLE),
    ("Peter Hansen condemned the attack on the school.", WHOLE),
    ("The agency confirmed that nine people had died.", WHOLE),
    ("The firm announced that the plant would close.", WHOLE),
    ("Critics complained of a lack of staff at the port.", WHOLE),
    # So is what nobody says: denied, asked, only possible, called false.
    ("The minister did not say that the bridge would close.", WHOLE),
    ("The senator denied saying that the war was lost.", WHOLE),
    ("Ana Kovac explained why the bridge was closed.", WHOLE),
    ("Ana Kovac would say the election was fair.", WHOLE),
    ("Ana Kovac falsely said the election was stolen.", WHOLE),
    ("The plan failed because the minister said it was too dear.", WHOLE),
    # What stands before a verb of announcing is what is announced.
    ("The plant in Leeds will close in May, the firm announced.", "The plant in Leeds will close in May."),
    ("The road is open again, the council confirmed on Monday.", "The road is open again."),
    ("Exports fell by 5 percent, official data showed.", "Exports fell by 5 percent."),
    ("The plant in Leeds will not close, the firm promised.", WHOLE),
    ("The plant in Leeds was sold, the union claimed.", WHOLE),
    ("The plant in Leeds was sold, the firm has not confirmed.", WHOLE),
    # What is said is no clause, or does not stand without who says it.
    ("“A complete disaster,” Lopez said of the budget.", "Lopez said of the budget: “A complete disaster”"),
    ("The army has said it shot down 12 drones.", WHOLE),
    ("Reed has said that he expects to save 300 million dollars.", WHOLE),
    # A place before the verb may be that of the claim.
    ("In Germany, officials said unemployment rose to 6 percent.", WHOLE),
    # Days are put in for readers only.
    ("The mayor of Velden resigned last week.", "The mayor of Velden resigned last week."),
    ("The mayor of Velden resigned last month.", "The mayor of Velden resigned last month."),
    ("The mayor of Velden resigned a week ago.", "The mayor of Velden resigned a week ago."),
    ("The mayor of Velden resigned on Monday (20 January 2025).", WHOLE),
]


@pytest.mark.parametrize(("text", "asked"), ASKED)
def test_asked(text: str, asked: str | None) -> None:
    # A day of the saying has its date in the statement; the sources are asked without it.
    [claim, *_] = extract(Page(text=text, published="2025-01-20"), DIRECTORY).claims
    assert (claim.asked or claim.statement) == (text if asked is WHOLE else asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        # A clause that was cut off is asked without its frame as well, and "adding" is a verb of saying like "added".
        ("The road is closed, police said, adding that the school was shut.", "The school was shut."),
        ("Three people were killed and nine were injured, the fire service reported.", "Nine were injured."),
        ("The actors in Lund rejected the deal and the ushers took it, the Courier reported.", "The ushers took it."),
        # Where it is open who is meant, the claim is asked whole.
        ("Ana Kovac resigned in May. Police said she had left Leeds.", "Police said she had left Leeds."),
        ("Ana Kovac won the vote. She said the race was fair.", "The race was fair."),
        ("Ana Kovac won the vote. She said she was glad.", "She said she was glad."),
    ],
)
def test_of_a_later_claim(text: str, asked: str) -> None:
    claim = extract(Page(text=text, published="2025-01-20"), DIRECTORY).claims[-1]
    assert (claim.asked or claim.statement) == asked


@pytest.mark.parametrize(
    ("text", "clausal"),
    [
        ("The survey found that 40 percent of rivers are dirty.", True),
        ("“The dam will hold,” engineer Maria Lopez said.", True),
        ("Moscow has rejected a twenty-year wait as a non-starter.", False),
        ("The party pledged to cut taxes.", False),
    ],
)
def test_whether_the_cue_carries_the_claim(text: str, clausal: bool) -> None:
    [claim] = extract(Page(text=text), DIRECTORY).claims
    assert claim.attribution is not None
    assert claim.attribution.clausal is clausal
