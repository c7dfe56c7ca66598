from __future__ import annotations

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.records import UNSETTLED, Claim, Page


def claims(text: str, published: str | None = "2025-01-20") -> list[Claim]:
    return list(extract(Page(text=text, published=published), DIRECTORY).claims)


def statements(text: str, published: str | None = "2025-01-20") -> list[str]:
    return [claim.statement for claim in claims(text, published)]


RESTATED = [
    # Pronouns, by the last fitting person; left alone where the claim itself holds who is meant.
    ("Angela Fox won the vote. She thanked the voters in Leeds.", "Angela Fox thanked the voters in Leeds."),
    ("Angela Fox won the vote. Her husband lost a seat in Leeds.", "Angela Fox’s husband lost a seat in Leeds."),
    ("Peter Hall said he paid the fine.", "Peter Hall said he paid the fine."),
    (
        "Vladimir Putin is the Russian president. The Russian president said that it rained in Leeds.",
        "The Russian president (Vladimir Putin) said that it rained in Leeds.",
    ),
    ("Jessie Fox met Ann Hall. “It fell in Leeds,” she said.", "She [Jessie Fox?] said: “It fell in Leeds”"),
    ("Ann Fox won the vote. She'll pay the fine in Leeds.", "Ann Fox will pay the fine in Leeds."),
    (
        "Heinz Brenner was jailed in Leeds. His brother Karl Brenner owns the firm with him.",
        "His brother Karl Brenner owns the firm with him.",
    ),
    # Places and days.
    ("Pokrovsk fell in May. The city is a hub for the army.", "Pokrovsk is a hub for the army."),
    ("The bridge closed on Friday.", "The bridge closed on Friday (17 January 2025)."),
    ("The bridge will open on Friday.", "The bridge will open on Friday (24 January 2025)."),
    ("The mayor resigned yesterday.", "The mayor resigned yesterday (19 January 2025)."),
    ("Tuesday's vote in Leeds failed.", "Tuesday's (14 January 2025) vote in Leeds failed."),
    # An infinitive has the time of what governs it.
    (
        "The club said that Ann Fox will be allowed to play again in Leeds on Friday.",
        "The club said that Ann Fox will be allowed to play again in Leeds on Friday (24 January 2025).",
    ),
    (
        "The club wanted Ann Fox to play again in Leeds on Friday.",
        "The club wanted Ann Fox to play again in Leeds on Friday.",
    ),
    # Elided words come back, the addressee stays, quotation marks inside a quotation close.
    (
        "According to the ministry, 12 people were killed and 40 injured in the storm.",
        "According to the ministry, 40 people were injured in the storm.",
    ),
    ("Putin told the council: “We will win.”", "Putin told the council: “We will win.”"),
    ("Putin told us: “We will win.”", "Putin said: “We will win.”"),
    ("“She sings: ‘Everyone is glad. The end,’” Harper said.", "Harper said: “The end”"),
    ("“The girls’ song is called ‘The end,’” Harper said.", "Harper said: “The girls’ song is called ‘The end,’”"),
    # Datelines, openers and elided subjects.
    ("BERLIN -- The bank lost $3 million in May.", "The bank lost $3 million in May."),
    ("WASHINGTON (AP) — The bank lost $3 million in May.", "The bank lost $3 million in May."),
    ("However, the Senate rejected the bill.", "The Senate rejected the bill."),
    ("The company opened a plant in Leeds and hired 300 people.", "The company hired 300 people."),
    (
        "The US side will offer Ukraine a twenty-year waiting period before it can hope to join NATO; "
        "however, Moscow has rejected even this possibility as a non-starter.",
        "Moscow has rejected even a twenty-year waiting period before Ukraine can hope to join NATO as a non-starter.",
    ),
    # A quotation carries its speaker, and who "he" is in it stands in brackets.
    (
        'Donald Trump praised Vladimir Putin. Trump said of Putin, "I know he wants to meet."',
        "Trump said of Putin: “I know he [Vladimir Putin] wants to meet.”",
    ),
    # Whoever has no name is suggested only; a man is never "her".
    (
        "Officers freed the little girl. At first there was no sign of her.",
        "At first there was no sign of her [the little girl?].",
    ),
    (
        "WeWork laid off staff in May. WeWork was seen by the Justice Department. The company lost $3 million.",
        "WeWork lost $3 million.",
    ),
    (
        "Donald Trump met Xi. In Trump's campaign he had said that China cheats.",
        "In Trump's campaign he had said that China cheats.",
    ),
    (
        "Angela Merkel met Xi. In Angela Merkel's speech she had said that China cheats.",
        "In Angela Merkel's speech she had said that China cheats.",
    ),
]


@pytest.mark.parametrize(("text", "expected"), RESTATED)
def test_a_claim_can_be_read_alone(text: str, expected: str) -> None:
    assert expected in statements(text)


OPEN = [
    ("They voted for the bill in May.", "2025-01-20", "who or what “They” is could not be settled"),
    ("The bridge closed on Friday.", None, "the date of “Friday” is open: the article’s date is not known"),
    ("The city has 40,000 people.", "2025-01-20", "which city is meant could not be settled"),
    ("The army rejected this proposal in May.", "2025-01-20", "what “this proposal” is could not be settled"),
    (
        "Paul Ryan met John Boehner. Ryan and Boehner left. He resigned in May.",
        "2025-01-20",
        "who or what “He” is could not be settled",
    ),
    # A company is no body of the state, nobody is half a title, and the one whom somebody tells of is not himself.
    (
        "The New York State Attorney General sued the firm. The company confirmed the suit.",
        "2025-01-20",
        "which company is meant could not be settled",
    ),
    (
        "Taylor Swift sang in Leeds. But the company says she didn't need its permission in the first place.",
        "2025-01-20",
        "which company is meant could not be settled",
    ),
    (
        "Only two Arab states attended the talks. Saeb Erekat said they would regret it.",
        "2025-01-20",
        "who or what “they” is could not be settled",
    ),
    ("WeWork lost $3 million. He said WeWork needs a plan.", "2025-01-20", "who or what “He” is could not be settled"),
    (
        "Michael Webb was convicted in May. There was no sign of her.",
        "2025-01-20",
        "who or what “her” is could not be settled",
    ),
    # Inside somebody else's words only the one named person of that gender will do.
    (
        'Mary Fox met Ann Hall. "We have her on tape," Peter Moss said.',
        "2025-01-20",
        "who or what “her” is could not be settled",
    ),
    (
        'A video came out. "We have her on tape," an officer said.',
        "2025-01-20",
        "who or what “her” is could not be settled",
    ),
    ('The mayor met China. "That is the end of it," Peter Moss said.', "2025-01-20", "that it was said can be checked"),
    (
        "Beijing warned Singapore in May. The city lost 400 jobs.",
        "2025-01-20",
        "which city is meant could not be settled",
    ),
    # A day that another clause tells of, and nouns of one's own clause.
    (
        "The fair opened on 3 June 2023. The fair closed later that month.",
        "2025-01-20",
        "the date of “later that month” could not be settled",
    ),
    ("At the autumn finals, they beat two teams.", "2025-01-20", "who or what “they” is could not be settled"),
    (
        "Two pairs won in May. At the finals, which began in June, they beat Ghana.",
        "2025-01-20",
        "who or what “they” is could not be settled",
    ),
    ("On one of those nights, they heard a signal.", "2025-01-20", "who or what “they” is could not be settled"),
    # What only the split would give to another noun, what is no thing, what has no verb, and words of somebody else.
    (
        "The new ferry is longer, yet Stena says it will burn less fuel.",
        "2025-01-20",
        "who or what “it” is could not be settled",
    ),
    (
        "The workers left at noon, but the managers said they would return.",
        "2025-01-20",
        "who or what “they” is could not be settled",
    ),
    (
        "The two parishes, which are full of them, asked for fences.",
        "2025-01-20",
        "who or what “them” is could not be settled",
    ),
    (
        "Sten Dahl won in May, after accusing them of fraud.",
        "2025-01-20",
        "who or what “them” is could not be settled",
    ),
    (
        "Prosecutors in Oslo released the film of the night when officers found her.",
        "2025-01-20",
        "who or what “her” is could not be settled",
    ),
    (
        "The six keepers ahead of Lena Dorn haven’t done it against 30 clubs.",
        "2025-01-20",
        "who or what “it” is could not be settled",
    ),
    (
        "Doors: 8 p.m. Friday.",
        "2025-01-20",
        "the date of “Friday” could not be settled",
    ),
    (
        "Rovers: Visit United on Friday.",
        "2025-01-20",
        "the date of “Friday” could not be settled",
    ),
    (
        "Claim\n\nThe mayor of Porto burned ballots in March.",
        "2025-01-20",
        "whether the article itself says this could not be settled",
    ),
    (
        "CLAIM: A film shows the mayor burning ballots.",
        "2025-01-20",
        "whether the article itself says this could not be settled",
    ),
    (
        "The bridge is open.\n\n#roads https://t.co/a\n\n— Ann Reed (@annreed) May 13, 2024",
        "2025-01-20",
        "who said this could not be settled",
    ),
    (
        "Lena Dorn trains with Ada Holm. Dorn’s goals won the cup.\n\n“For her to score is rare,” Peter Moss said.",
        "2025-01-20",
        "who or what “her” is could not be settled",
    ),
]


@pytest.mark.parametrize(("text", "published", "reason"), OPEN)
def test_what_cannot_be_settled_is_named_and_not_guessed(text: str, published: str | None, reason: str) -> None:
    claim = claims(text, published)[-1]
    assert reason in claim.reasons


SETTLED = [
    "Acme Ltd lost $3 million on Black Friday.",
    "It is likely that the vote failed.",
    "It rained for 40 days in Leeds.",
    "Ann Fox said that she paid the fine in May 2024.",
    "Acme Ltd sold its plant in Leeds.",
    "The workers lost their jobs in May 2024.",
    "Stena says it will burn less fuel in its new ferry.",
    "The savings bank failed, taking 400 jobs with it.",
    "Dundee lost two sponsors in May 2024, after accusing them of late payments.",
    "Officers found the girl before her parents called.",
    "The hall opens on Friday.",
    "On 3 June 2023 the fair opened, two weeks before the strike of the following month.",
    "No one said they would strike in May.",
    "The claim was false. The mayor burned no ballots.",
    "The bridge is closed.\n\nThe road is open. https://t.co/a\n\n— Ann Reed (@annreed) May 13, 2024",
]


UNTOUCHED = [
    ("Trump met the Chinese vice-premier Liu He in May.", "vice-premier Liu He in May"),
    # Nothing in particular is meant, or the words themselves must stay.
    (
        "Tarvo Bank raised its rates. It is not clear how many customers left.",
        "It is not clear how many customers left.",
    ),
    ("Apple sold a phone in May. It would be hardly surprising if it sold more.", "It would be hardly surprising if"),
    ("Instagram grew by 3 percent. It’s unclear what those signals might be.", "It’s unclear what"),
    ("The firm praised Ann Fox. She held her own vote in Leeds.", "her own vote"),
    ("WeWork sued. The company, which is large, confirmed that it had been sued.", "confirmed that it had been sued"),
    # The second "he" is the first one, not whoever is named between.
    (
        "Ilhan Omar thanked the police. Carlineo was arrested for a call he made to Omar's office, in which he said he"
        " would come.",
        "in which he said he would come",
    ),
    ('China bought soy. "That\'s it," Peter Moss said.', "Peter Moss said: “That's it”"),
]


def test_words_that_only_say_who_spoke_are_no_claim_of_their_own() -> None:
    assert statements("“Open the door!” an officer shouted.") == ["An officer shouted: “Open the door!”"]


@pytest.mark.parametrize(("text", "words"), UNTOUCHED)
def test_the_articles_own_words_stay_where_nobody_else_can_be_named(text: str, words: str) -> None:
    assert any(words in statement for statement in statements(text))


@pytest.mark.parametrize("text", SETTLED)
def test_nothing_is_open_where_the_claim_says_it_all(text: str) -> None:
    assert not any("settled" in reason or "is open" in reason for claim in claims(text) for reason in claim.reasons)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("In the news trade that’s an old plan, however.", "that"),
        ("In that case you pay only 12 dollars for the film.", "that"),
        ("The buttons are fixed, although it is still compatible with both if you buy them in Leeds.", "it"),
        ("The two moved to Leeds in 1993.", "two"),
        ("Others were told to leave Leeds.", "Others"),
        ("Every other time, it was perfect in Leeds.", "it"),
        ("It’s enough to stop the trams in Leeds.", "It"),
        ("It is likely to open in Leeds.", "It"),
        ("It is easy to see why Ann Fox left Leeds.", None),
        ("Ann Fox was held there after the vote.", "there"),
        ("Ann Fox was born in Leeds and lived there.", None),
        ("There is a tram to Leeds.", None),
        ("Includes a ticket for the tram to Leeds.", "Includes"),
        ("Now it’s turning out to be a stroll in Leeds.", "it"),
        ("The ending they’ve carved out helps everybody in Leeds.", "they"),
        ("Two of the firms left Leeds.", None),
        ("The firms left Leeds, and the two sold their trams.", None),
        ("It turned out that Ann Fox left Leeds.", None),
        ("In the town that’s known for its salt, Ann Fox won the vote.", None),
        ("Ann Fox lost that case in Leeds.", None),
        ("It would be odd if Ann Fox left Leeds.", None),
    ],
)
def test_words_that_lead_back_are_flagged(text: str, word: str | None) -> None:
    reasons = [reason for reason in claims(text)[0].reasons if UNSETTLED in reason]
    assert [word is not None and f"“{word}”" in reason for reason in reasons] == [True] * (word is not None)
