import pytest
from small_directory import SmallDirectory

from claims.extraction.speech.attribution import attributions
from claims.extraction.text.document import parse_text
from claims.records import Page

OUTLETS = SmallDirectory()


def speakers(text, **page):
    return [a.speaker for a in attributions(parse_text(text), Page(text=text, **page), OUTLETS)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # A pronoun is the last fitting person, by gender and as a subject.
        ("Angela Merkel met Vladimir Putin. She said that the talks had failed.", "Angela Merkel"),
        ("Angela Merkel met Vladimir Putin. He said that the talks had failed.", "Vladimir Putin"),
        ('"It is over," Mike Waltz said. "We left early," he added.', "Mike Waltz"),
        # Somebody else was named since: nobody is named.
        ('"It is over," Waltz said. The Senate met Cruz. "We left early," he added.', None),
        # The name that the article uses most, the shorter of two.
        ("Mike Waltz came on Monday. Waltz said that the talks had failed.", "Waltz"),
        # Two people of one surname are told apart.
        ("Bill Clinton and Hillary Clinton came. Mrs. Clinton said that the talks had failed.", "Hillary Clinton"),
        # A body whose name begins like a title.
        ("The General Medical Council said that the talks had failed.", "General Medical Council"),
        # Titles and offices.
        ("President Putin met Merkel. The Russian leader said that the talks had failed.", "Putin"),
        ("Senator Ted Cruz came. The senator said that the talks had failed.", "Ted Cruz"),
        # A relative clause speaks of what it hangs on.
        ("Merkel met Putin, who said that the talks had failed.", "Putin"),
        # An organisation speaks through its spokesman; a named one speaks himself.
        ("A spokesman for the Kremlin said that the talks had failed.", "Kremlin"),
        ("Kremlin spokesman Dmitry Peskov said that the talks had failed.", "Dmitry Peskov"),
        # What somebody made speaks for whoever made it.
        ("Putin came, making statements saying that the talks had failed.", "Putin"),
        # An office that the recogniser takes for a body, and a name that it takes for one.
        ("The Inspector-General of Police, Musa Adeleke, said that the talks had failed.", "Musa Adeleke"),
        ("The opposition leader, Brigid Molloy, called the speech “a wasted hour”.", "Brigid Molloy"),
        # A name that the tagger takes for a preposition, and one that the recogniser takes for no person's.
        ("His cousin Per Dahl said that the talks had failed.", "Per Dahl"),
        ("The union's treasurer Per Dahl said that the talks had failed.", "Per Dahl"),
        ("Her neighbour Odd Vik said that the talks had failed.", "Odd Vik"),
        ("The talks had failed, per Reuters.", "Reuters"),
        ("A clerk in Leeds said that the talks had failed.", "clerk"),
        # A body speaks for itself, not for those whom it belongs to, nor the place in its name.
        ("The dockers' union said that the talks had failed.", "dockers' union"),
        ("The Leeds water trust said that the talks had failed.", "Leeds water trust"),
        ("Rents fell over Easter, Polar Homes said.", "Polar Homes"),
        ("Tesla, Inc. said that the talks had failed.", "Tesla, Inc."),
        ("The will says that the house goes to his son.", "will"),
        ("Harbour master Finn Okel said that the talks had failed.", "Finn Okel"),
        ("That, said the regulator, was unfair.", "regulator"),
        ("Nine days, says the clerk, if it rains.", "clerk"),
        # Who has a report does not speak in it, who issued it does.
        ("The letter, which was seen by Reuters, said that the talks had failed.", "letter"),
        ("A report obtained by Reuters said that the talks had failed.", "report"),
        ("A statement by the Kremlin said that the talks had failed.", "Kremlin"),
        # A speaker before a colon, whose words begin with a name or a number.
        ("Selenskyj: United Nations must act.", "Selenskyj"),
        ("Police: Two Leeds men were jailed.", "Police"),
        # Where a report was filed says nothing.
        ("ALBANY, N.Y. (AP) — A state senator who voted no said Tuesday she left.", "state senator"),
        # Which of two people "Hall" is, the article leaves open.
        ("Michael Hall was 58. Greta Hall is 60. Hall said that the talks had failed.", "Hall"),
        ("Michael Hall was 58. Greta Hall is 60. Greta Hall said that the talks had failed.", "Greta Hall"),
        # Nobody fits: nobody is named.
        ("She said that the talks had failed.", None),
        ("Putin met Trump. She said that the talks had failed.", None),
    ],
)
def test_the_speaker_is_resolved(text, speaker):
    assert speakers(text)[-1] == speaker


def test_i_in_a_quotation_is_whoever_speaks_it():
    text = '"I believe that the bridge will be rebuilt by the end of the year," Merkel said.'
    assert set(speakers(text)) == {"Merkel"}


def test_i_outside_of_quotations_is_the_author():
    text = "I believe that the bridge will be rebuilt by the end of the year at the latest."
    assert speakers(text, byline="Jane Roe") == ["Jane Roe"]
    assert speakers(text) == [None]


def test_source_spans_are_the_words_of_the_article():
    text = "Angela Merkel met Putin. Then she said that the talks had failed."
    found = attributions(parse_text(text), Page(text=text), OUTLETS)[-1]
    assert [text[start:end] for start, end in found.source_spans] == ["she"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Swedish minister Anna Berg met Kenyan minister David Otieno in Oslo. "
            "The Swedish minister said that the talks would go on.",
            "Anna Berg",
        ),
        (
            "Swedish minister Anna Berg met Kenyan minister David Otieno in Oslo. "
            "The Kenyan minister said that the talks would go on.",
            "David Otieno",
        ),
        (
            "Swedish minister Anna Berg met Kenyan minister David Otieno in Oslo. "
            "The Nepali minister said that the talks would go on.",
            "Nepali minister",
        ),
    ],
)
def test_the_minister_of_a_state_is_that_states(text: str, speaker: str) -> None:
    assert speakers(text)[-1] == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Minister Anders Lykke met his counterpart, Per Holmgren, in Malmö.",
        "A bitter irony: the plant had passed its inspection.",
        'The patient was diagnosed with what\'s called "feather duvet lung".',
        "Under the rules, restaurants must list allergens on every menu.",
        "Stardust: Part Three earned $82 million.",
        "The game, Iron Coast: The Last Stand, won three prizes.",
        "The film In Bruges won three prizes.",
        "North ward: Ann Hall 1,204, Per Lund 1,199.",
        "A will found in the attic names his son.",
        "Fans waited for Kara Jedi: Fallen Moon.\n\nKara Jedi: Fallen Moon is a game. You climb on its towers.",
        "It opens, like Anna Holm: A Life, in Rome.\n\nAnna Holm: A Life is long. We read it in a week.",
    ],
)
def test_what_reports_nothing_has_no_speaker(text: str) -> None:
    assert speakers(text) == []
