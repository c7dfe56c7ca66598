from __future__ import annotations

import pytest

from claims.extraction.splitting.parts import Part
from claims.extraction.splitting.split import _MOST_CUTS, embedded_clause, split
from claims.extraction.text.document import parse_text
from claims.extraction.text.quotations import quotations


def parts(text: str) -> list[Part]:
    document = parse_text(text)
    quoted = [quotation.span for quotation in quotations(text, [block.span for block in document.blocks])]
    return [part for sentence in document.sentences for part in split(sentence, quoted)]


def verbatim(text: str) -> list[str]:
    return [" ".join(text[start:end] for start, end in part.spans) for part in parts(text)]


SPLITS = [
    (
        "Trump, who has been skeptical of aid to Ukraine, has said that he wants to see an end to the war, "
        "and has called for a cease-fire administered by European forces.",
        [
            "Trump has said that he wants to see an end to the war",
            "Trump has been skeptical of aid to Ukraine",
            "Trump has called for a cease-fire administered by European forces",
        ],
    ),
    (
        # A comma, and a tense that only the first verb shares: the second verb goes over the relative clause.
        "The council has approved the new school, which opened in 2010, and has raised its budget by 3 percent.",
        [
            "The council has approved the new school, which opened in 2010",
            "The council has raised its budget by 3 percent",
        ],
    ),
    (
        "The US side will offer Ukraine a twenty-year waiting period; however, Moscow has rejected the plan.",
        ["The US side will offer Ukraine a twenty-year waiting period", "however, Moscow has rejected the plan"],
    ),
    (
        "The minister made the remarks in a meeting of the council, crucially suggesting the law will be changed.",
        [
            "The minister made the remarks in a meeting of the council",
            "The minister crucially suggesting the law will be changed",
        ],
    ),
    (
        "Russian forces have made rapid gains in the region, including having captured several villages.",
        ["Russian forces have made rapid gains in the region", "Russian forces having captured several villages"],
    ),
    (
        "The whole of Donetsk will be in Russian control, given the city is central to the army's operations.",
        ["The whole of Donetsk will be in Russian control", "the city is central to the army's operations"],
    ),
    (
        "The minister praised the bill, adding that Parliament had passed it in May.",
        ["The minister praised the bill", "The minister adding that Parliament had passed it in May"],
    ),
    (
        "Russia congratulated Trump, with President Putin making statements about peace.",
        ["Russia congratulated Trump", "President Putin making statements about peace"],
    ),
    (
        "Officials said the bridge was closed and two people were hurt.",
        ["Officials said the bridge was closed", "Officials said two people were hurt"],
    ),
    (
        "The fund, whose manager was fired in May, lost $3 million.",
        ["The fund lost $3 million", "The fund whose manager was fired in May"],
    ),
    (
        "Maria Lopez, the mayor of Leeds, denied the report.",
        ["Maria Lopez, the mayor of Leeds, denied the report", "Maria Lopez the mayor of Leeds"],
    ),
    (
        "Although the budget passed, taxes rose by 3 percent.",
        ["the budget passed", "taxes rose by 3 percent"],
    ),
    # What a sentence says by somebody's word it says of each of its parts.
    (
        "According to the ministry, 12 people were killed and 40 injured in the storm.",
        ["According to the ministry, 12 people were killed", "According to the ministry 40 injured in the storm"],
    ),
    (
        "The bank, which is expected to close, confirmed the plan.",
        ["The bank confirmed the plan", "The bank is expected to close"],
    ),
    (
        "The fund — whose manager was fired in May — lost $3 million.",
        ["The fund lost $3 million", "The fund whose manager was fired in May"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SPLITS)
def test_a_sentence_is_cut_where_its_parts_can_be_checked_apart(text: str, expected: list[str]) -> None:
    assert sorted(verbatim(text)) == sorted(expected)


WHOLE = [
    "The party wants to ban the drug, its leader Mara Holt said, and to close the shops.",
    "He resigned because he was ill.",
    "She said that if the vote fails, they will strike.",
    "They came and went.",
    "Prices rose by 3 percent, making it the worst year since 2009.",
    "The report that the ministry published in May found 3,000 deaths.",
    "The troops captured several villages and towns.",
    "The council will meet in Leeds or hold a vote by post.",
    'He said: "I came, I saw, and I conquered; however, I left."',
    "As soon as the city falls, the whole region will be lost.",
    # The first verb alone would say something else.
    "The new patient hunted and ate a wild rabbit on Nov. 5, according to the agency.",
    # Where the parser joins what cannot be joined, nothing is cut.
    "It did not reveal the location and said it was withholding the names until next of kin could be told.",
    "A video showing the moment a kidnapped girl was rescued by police was released Monday.",
    "The Authority - which considers the US biased and has rejected Trump as a mediator - called for a meeting.",
    "The man was held for a call he made to Omar's office, in which he said he would come.",
    # What hangs on an opening phrase is the sentence itself; what shows something is the whole event, not its subject.
    "In other words, who cares if a man can teach you about the market?",
    "Clinicians gain visibility on patient status, highlighting alarms and warnings on any connected device.",
    # What will be has not happened yet.
    "The minister will visit Kyiv, meeting the mayor of the city.",
    # What a relative clause is said of is open: inside another noun's phrase, or where the whole event may be meant.
    "She ran on the expansion of the clinics in Ohio, which covered 400,000 people.",
    "The merger of the two rail firms Adler and Bock, which became final on Tuesday, will cost 300 jobs.",
    "You can pay a yearly fee of 70 dollars, which saves you 14 dollars.",
    "There is a risk in such accounts, which is a danger for children.",
    "He went to hospital on Friday, where he was given antibiotics.",
    "In the age of influencers, where privacy has gone, some people sell their data.",
    # Without the clause, what follows would run into what stands before it.
    "Turnout was highest in Hollerup, where 71.8% of voters went to the polls, figures from the commission show.",
    "The widow of John Hall, who died in May, sold the house.",
    # An inserted report may be of both clauses, a subject may be of two, or stand behind its verb.
    "Many of the bridges, Ann Lee said, are old and lack 400 bolts.",
    "The doctor, Tom Berg, and his wife, Eva Lund, died in May and were buried in Leeds.",
    "The road was closed, and so were two schools.",
    "The desk wrote to one mother, who knew of it, but did not tell the school.",
    "The council approved the new school, which opened in 2010, and raised its budget by 3 percent.",
    "The firm has sold the plant, which has lost money since 2010, and has closed two offices.",
    # Any participle but one of saying may be done by what stands before it, or by the whole event.
    "The firm redesigned its thermostat, featuring a glass face.",
    # A condition holds for all that is joined to what it stands before.
    "If the bill passes, the tax will rise and the airlines will leave.",
    "Once the guards grow tired, the crowd turns and begins to shout.",
    "The longer he stays in office, the more his rivals gain and the less his friends say.",
    # What needs more of its sentence than a subject.
    "Police examined the conduct of the guards and how he escaped.",
    "The brothers agreed to an interview, but only if they could do it together.",
    "The trains were late, and the one to Leeds was full.",
    "Crop forecasts drive prices in Kansas, and last year’s were too high by a tenth.",
    "It is rented by a couple from Surrey, who asked for a new roof.",
    "Adebowale, wearing a grey suit, took notes throughout and smiled once, when the judge, "
    "Justice Ngozi Umeh, told a photographer to leave.",
    "A lecturer left her a note on the night, a court heard on Wednesday.",
    "Two men were fined and a third was jailed, the court heard.",
    "He will not resign but stay until May.",
    "She was tempted to call the police but didn't.",
]


@pytest.mark.parametrize("text", WHOLE)
def test_what_cannot_stand_alone_is_not_cut_off(text: str) -> None:
    assert len(parts(text)) == 1


def test_a_moved_relative_pronoun_is_said_at_its_place() -> None:
    lines = [
        [w if isinstance(w, str) else w.text for w in part.line]
        for part in parts("He flew to Leeds, where Ann Fox was born.")
    ]
    assert ["in", "Leeds", ",", "Ann", "Fox", "was", "born"] in lines


FINITE = [
    ("Mike Waltz spoke after the game, telling CNN that talks were near.", "told"),
    ("Mike Waltz has spoken after the game, telling CNN that talks were near.", "told"),
    ("Mike Waltz speaks after the game, telling CNN that talks are near.", "tells"),
    ("Mike Waltz is speaking after the game, telling CNN that talks are near.", "is telling"),
    ("The group grows each year, with President Xi making statements about it.", "makes"),
]


@pytest.mark.parametrize(("text", "verb"), FINITE)
def test_a_participle_becomes_a_finite_verb_in_the_tense_of_its_clause(text: str, verb: str) -> None:
    assert any(verb in part.line for part in parts(text))


def test_a_clause_that_only_leads_over_gives_what_it_carries() -> None:
    (part, *_) = parts("These words came after Mike Waltz told CNN that talks were near.")
    inner = embedded_clause(part)
    assert inner is not None
    assert " ".join(token.text for token in inner.tokens).startswith("Mike Waltz told CNN")


def test_white_space_alone_has_no_parts() -> None:
    assert parts(" \n\t ") == []


def test_a_sentence_of_hundreds_of_clauses_is_cut_a_bounded_number_of_times() -> None:
    [sentence] = parse_text("Ann Ray said that the port was closed and " * 100).sentences
    cut = split(sentence)
    assert len(cut) == _MOST_CUTS + 1
    assert sum(len(part.tokens) for part in cut) >= len(sentence.tokens) - len(cut)  # no clause is lost
