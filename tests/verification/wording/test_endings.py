"""What a source has behind a claim's words in the same clause, which may narrow what was said."""

from __future__ import annotations

import pytest

from claims.verification.wording.endings import narrowed_behind

BEHIND = (
    ("The road is closed.", "The road is closed to lorries.", "to lorries"),
    ("The ferry leaves daily.", "The ferry leaves daily from May to September.", "from May to September"),
    ("The pool is open.", "The pool is open on Sundays.", "on Sundays"),
    ("The council voted to shut the pool.", "The council voted to shut the pool on Sundays.", "on Sundays"),
    ("Guides closed the path.", "Guides closed the path on Friday evenings.", "on Friday evenings"),
    ("It is the oldest mill in Norland.", "It is the oldest mill in Norland outside Brest.", "outside Brest"),
    ("The spa is open.", "The spa is open this week.", "this week"),
    (
        "She sold all of her shares.",
        "She sold all of her shares that she was free to sell.",
        "that she was free to sell",
    ),
    ("Doctors removed a kidney from a guest.", "Doctors removed a kidney from a guest's list.", "guest's list"),
    ("Oslo has more bikes than cars.", "Oslo has more bikes than cars could ever need.", "could ever need"),
    ("Wages rose by 5 percent.", "Wages rose by 5 percent in name only; prices by 9 percent.", "in name only"),
    ("Doctors advise it.", "Doctors advise it only where a heart is weak.", "only where a heart is weak"),
    # The verb behind is that of a subject of which a relative clause has told the claim.
    ("The man robbed a bank.", "The man who robbed a bank was jailed for six years.", ""),
    ("The storm killed nine people.", "The storm that killed nine people has moved on.", ""),
    ("None of the riders tested positive.", "None of the riders tested positive on Monday.", "on Monday"),
    ("The firm has 90 shops.", "The firm has 90 shops in Norland alone.", "in Norland alone"),
    ("The judge will run again.", "The judge will run again in a charity race.", "in a charity race"),
    ("The bill was passed.", "The bill was passed by a committee.", "by a committee"),
    # How much, and for what deed.
    ("The council raised the fares.", "The council raised the fares by a third.", ""),
    ("The council raised the fares.", "The council raised the fares by 5 percent.", ""),
    ("The court fined the firm.", "The court fined the firm for polluting the river.", ""),
    ("Police arrested three men.", "Police arrested three men on suspicion of fraud.", ""),
    # The last phrase goes on, and is another thing, another deed or another number.
    ("The party lost its majority.", "The party lost its majority leader in May.", "leader in May"),
    ("The museum bought the vase.", "The museum bought the vase cabinet at auction.", "cabinet at auction"),
    ("The dam held.", "The dam held up the traffic.", "up the traffic"),
    ("The officer shot the man.", "The officer shot the man a look.", "a look"),
    ("The jury found Lund.", "The jury found Lund insane.", "insane"),
    ("The council made the plan.", "The council made the plan public.", "public"),
    ("The school has 400 pupils.", "The school has 400 pupils too many.", "too many"),
    ("The striker scored two goals.", "The striker scored two goals fewer than last year.", "fewer"),
    # When, how often and how it was done.
    ("Prices fell by 3 percent.", "Prices fell by 3 percent a year ago.", ""),
    ("The bank raised its rates.", "The bank raised its rates three times.", ""),
    ("The bank paid the fine.", "The bank paid the fine the next day.", ""),
    ("The mayor was shot.", "The mayor was shot twice as he left his house.", ""),
    ("The council raised the rent.", "The council raised the rent sharply.", ""),
    ("The minister resigned.", "The minister resigned amid a row.", ""),
    ("The river rose by two metres.", "The river rose by two metres within a day.", ""),
    ("The blaze destroyed the mill.", "The blaze destroyed the mill within minutes.", ""),
    ("They made Berg king.", "They made Berg king for a day.", "for a day"),
    ("Hunters may shoot deer.", "Hunters may shoot deer within the fence.", "within the fence"),
    ("The firm employs 300 people.", "The firm employs 300 people full time.", ""),
    ("The region sold 40 tonnes of rice.", "The region sold 40 tonnes of rice worth 2 million euros.", ""),
    # A day of what happened, a place by name, another clause.
    ("The road was closed.", "The road was closed on Monday.", ""),
    ("The firm has 90 shops.", "The firm has 90 shops in Norland.", ""),
    ("The road is closed.", "The road is closed and will stay so.", ""),
    ("The pool is open on Sundays.", "The pool is open on Sundays.", ""),
    # Another phrase narrows it, unless it stands behind a comma or another sentence says it whole.
    ("Smoking causes cancer.", "Smoking causes cancer in mice.", "in mice"),
    ("Prices rose in May.", "Prices rose in May before falling in June.", "before falling in June"),
    ("Berg won the election.", "Berg won the election for the party leadership.", "for the party leadership"),
    ("Berg won the election.", "Berg won the election in Graz on Sunday.", ""),
    ("Berg won the election.", "Berg won the election, with 52 percent of the votes.", ""),
    ("The road is closed.", "The road is closed to lorries. The road is closed.", ""),
    ("Trade fell by 2 percent on the quarter before.", "Trade fell by 2 percent on the quarter before.", ""),
)


@pytest.mark.parametrize(("claim", "source", "words"), BEHIND)
def test_what_stands_behind_the_claims_words(claim: str, source: str, words: str) -> None:
    assert narrowed_behind(claim, source) == words
