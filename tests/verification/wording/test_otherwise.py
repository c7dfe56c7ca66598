"""What a sentence with a claim's words has more or less of; and what it may have more without saying anything else."""

from __future__ import annotations

import pytest

from claims.verification.wording.otherwise import otherwise

OTHERWISE = (
    (
        "Every member of the board voted for the merger.",
        "Every member of the board but the chair voted for the merger.",
    ),
    ("The archive of the studio was scanned.", "The photographs in the archive of the studio were scanned."),
    ("Her first novel won the prize.", "Her latest novel won the prize."),
    ("Police searched the coach's house.", "Police searched the house of the coach's assistant."),
    ("The levy applies only to flats and not to houses.", "The levy applies not only to flats but to houses."),
    ("The surgeon was struck off in 2018.", "The surgeon was trained by a doctor who was struck off in 2018."),
    ("The four tickets won a total of £1.2m.", "Each of the four tickets won £1.2m."),
    ("The beaches are watched by volunteers.", "From May to August the beaches are watched by volunteers."),
    ("She showed her collection.", "She showed a farmer's collection."),
    ("The mill shut after the strike ended.", "After the mill shut, the strike ended."),
    ("They signed a treaty.", "They signed a draft treaty."),
    ("Lund is not a singer.", "Lund is not a trained singer."),
    ("Galway won the cup and the shield.", "Galway won the cup, and Cork the shield."),
    ("Prices rose by 5 percent.", "Prices in Leeds rose by 5 percent."),
    ("Guests may swim in the lake.", "With a permit, guests may swim in the lake."),
    ("Guests may swim in the lake.", "Guests may, with a permit, swim in the lake."),
    ("Trams run every hour.", "Trams run (on weekdays) every hour."),
    ("The Greens always vote for arms.", "The Greens always, when in power, vote for arms."),
    ("The minister won the debate.", "The minister “won” the debate."),
    ("Wolves have become more numerous this year.", "Wolves have become more numerous in zoos this year."),
    ("Baines will be freed in May.", "Barring an appeal, Baines will be freed in May."),
    ("Sales rose to 2 million.", "Leaving aside toys, sales rose to 2 million."),
    ("Children may swim.", "Accompanied by an adult, children may swim."),
    ("The ferry runs daily.", "Starting in May, the ferry runs daily."),
    ("The road is closed.", "When wet, the road is closed."),
    ("Rents fell.", "Averaged over ten years, rents fell."),
    ("Inflation fell to 2 percent.", "Excluding fuel, inflation fell to 2 percent."),
    ("Residents may not ride free.", "All residents may not ride free."),
    ("A third of voters want a change.", "A third of voters in towns want a change."),
    ("A copy of the will was found.", "A copy of a page of the will was found."),
    ("The guild shut the path.", "On Sundays the guild shut the path."),
    ("The jury cleared Baines and Okoro of fraud.", "The jury cleared Baines of fraud and Okoro of arson."),
)

THE_SAME = (
    ("The mill burned down.", "The mill, built in 1902, burned down on Monday night."),
    ("The mill burned down.", "LEEDS, England — The mill burned down on Monday, police said."),
    ("The parade in Oslo was moved indoors.", "OSLO — The parade was moved indoors."),
    ("Trade was thin, since banks were closed.", "Trade was thin because banks were closed."),
    ("The mill burned down.", "The fire service announced on Friday that the mill had burned down."),
    ("The mill has burned down.", "After two days of rain, the mill burned down."),
    ("Karl Menzies was jailed for four years.", "Karl Menzies, a former teacher, was jailed for four years."),
    ("The blast killed six miners.", "The blast killed six miners at the Kiruna pit."),
    ("The head of the audit office stepped down.", "The head of the audit office resigned."),
    ("Seohyun is a dog.", "Seohyun is a trained military dog."),
    ("Jobs could be lost if the mill shuts.", "If the mill shuts, jobs could be lost, the council warned."),
    ("A clerk was jailed for theft.", "A clerk, Colin Marsh, 52, of Dudley, was jailed for theft."),
    ("The mill burned down.", "Last week the mill burned down."),
    ("The mill burned down.", "With the roof gone, the mill burned down."),
    ("The airline cancelled 60 flights.", "Over the weekend the airline cancelled 60 flights."),
    ("The airport closed.", "Because of fog, the airport closed."),
    ("Lund left the party.", "Angered by the vote, Lund left the party."),
    ("The dam feeds Oslo.", "Completed in 1972, the dam feeds Oslo."),
    ("Two climbers were rescued from the ledge.", "A helicopter crew rescued two climbers from the ledge."),
    ("Residents under 18 may ride free.", "All residents under 18 may ride free."),
    ("The panel recommends that the tax be cut.", "The panel recommends in its final report that the tax be cut."),
    ("A man was arrested for theft.", "A man from Derby was arrested for theft."),
    ("The ferry was full, police said.", "Police said that the ferry was full."),
    ("The 30 workers went home on Friday.", "On Friday the 30 workers went home."),
)


@pytest.mark.parametrize(("claim", "source"), OTHERWISE)
def test_a_word_more_or_less_is_named(claim: str, source: str) -> None:
    assert otherwise([claim], source)


@pytest.mark.parametrize(("claim", "source"), THE_SAME)
def test_an_aside_a_day_and_who_says_it_change_nothing(claim: str, source: str) -> None:
    assert otherwise([claim], source) == ""


def test_with_the_same_roles_the_order_may_be_another() -> None:
    claim, source = "The council closed the bridge.", "The bridge was closed by the council."
    assert otherwise([claim], source)
    assert otherwise([claim], source, same_roles=True) == ""
    claim, source = "Lund bought the mill from Moss.", "Moss sold the mill to Lund."
    assert otherwise([claim], source, same_roles=True) == ""
    assert otherwise(["The bridge was destroyed."], "The army destroyed the bridge.", same_roles=True) == ""


def test_with_the_same_roles_a_phrase_has_its_preposition() -> None:
    claim, source = (
        "The club spent half of its gate money on players.",
        "The club spent half of its players’ gate money.",
    )
    assert otherwise([claim], source, same_roles=True)


def test_one_wording_that_is_the_same_is_enough() -> None:
    assert otherwise(["Kyiv was shelled.", "Kiev was shelled."], "Kiev was shelled. Kyiv answered.") == ""


def test_of_several_sentences_one_that_says_it_is_enough() -> None:
    assert otherwise(["The mill burned down."], "The old mill of Brest burned down. The mill burned down.") == ""
