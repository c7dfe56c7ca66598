"""Tests that words of a claim which a source only alleges, repeats, limits or takes back are shown to a person."""

from __future__ import annotations

import pytest

from claims.records import QuoteFinding, QuoteGrade
from claims.verification.quotes.telling import unsure_quotation
from claims.verification.wording.afterwords import only_repeated
from claims.verification.wording.tails import set_beside

SOLD = "Arle sold 40 trams to Brennick in May."


@pytest.mark.parametrize(
    "sentence",
    [
        # somebody's charge, belief or plan
        "Arle sold 40 trams to Brennick in May, prosecutors say.",
        "Arle sold 40 trams to Brennick in May, according to the indictment.",
        "According to the lawsuit, Arle sold 40 trams to Brennick in May.",
        "Arle, campaigners allege, sold 40 trams to Brennick in May.",
        "Arle sold 40 trams to Brennick in May, a court heard.",
        "Arle sold 40 trams to Brennick in May, many drivers believed.",
        "Arle sold 40 trams to Brennick in May, it had promised.",
        "Arle sold 40 trams to Brennick in May: that was the gossip at the depot.",
        # undone, or only in a case
        "Arle sold 40 trams to Brennick in May, only to buy them back.",
        "Arle sold 40 trams to Brennick in May, but was never paid.",
        "Arle sold 40 trams to Brennick in May, in a simulation.",
        "Arle sold 40 trams to Brennick in May, at most.",
        # another time, place or number
        "Arle sold 40 trams to Brennick in May 1987.",
        "Arle sold 40 trams to Brennick, Ohio, in May.",
        "Arle sold 40 trams to Brennick and Holm in May.",
        "Arle Buses sold 40 trams to Brennick in May.",
        "Arle sold 40 trams to Brennick in May together with Holm.",
        "The province of Westarle sold 40 trams of Arle to Brennick in May.",
        "Arle sold 40 trams to Brennick in May, the film's last scene.",
    ],
)
def test_what_stands_beside_a_claims_words_may_leave_them_unsaid(sentence: str) -> None:
    assert set_beside(SOLD, "", sentence, reported=False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Arle sold 40 trams to Brennick in May.",
        "Arle sold 40 trams to Brennick in May, the mayor said.",
        "Arle, a town of 9,000 people, sold 40 trams to Brennick in May.",
        "In May Arle sold 40 trams to Brennick, which has none.",
        "Arle sold 40 trams to Brennick in May, after a vote of its council.",
        "On Monday it said that Arle sold 40 trams to Brennick in May, up from 12.",
    ],
)
def test_details_beside_a_claims_words_are_none(sentence: str) -> None:
    assert not set_beside(SOLD, "", sentence, reported=False)


def test_the_articles_own_words_do_not_count() -> None:
    sentence = "Arle sold 40 trams to Brennick in May 1987, prosecutors say."
    assert not set_beside(SOLD, "prosecutors said on 3 March 1987", sentence, reported=False)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The bridge failed in May.", "The bridge failed an inspection in May."),
        ("The march ended on Monday.", "The march ended up in court on Monday."),
        ("Wages rose by 3% in June.", "Wages rose by 3% per head in June."),
        ("Mayor Lund opened the fair.", "Deputy Mayor Lund opened the fair."),
        ("The mill employs 40 people.", "The mill employs 40 people until June."),
        ("Kern has agreed to buy the mill.", "Kern had agreed to buy the mill, but the bank refused."),
    ],
)
def test_the_same_verb_with_more_is_another_deed(claim: str, sentence: str) -> None:
    assert set_beside(claim, "", sentence, reported=False)


@pytest.mark.parametrize(
    ("sentence", "nested"),
    [
        ("Lund said that the bridge would reopen in May.", False),
        ("Lund, who leads the council, said that the bridge would reopen in May.", False),
        ("Lund said that her rival had sworn that the bridge would reopen in May.", True),
        ("Lund said she had been tricked into saying that the bridge would reopen in May.", True),
        ("Lund said in jest that the bridge would reopen in May.", True),
        ("Lund said a paper had made up a letter in which the bridge would reopen in May.", True),
    ],
)
def test_what_a_speaker_says_that_others_say_is_not_the_speakers(sentence: str, *, nested: bool) -> None:
    assert bool(set_beside("The bridge would reopen in May.", "Lund said", sentence, reported=True)) is nested


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("What was claimed", ""),
        ("Claim:", ""),
        ("Viral posts share a picture.", ""),
        ("The prosecution set out its case in June.", ""),
        ("The indictment has 90 pages.", ""),
        ("From our archive, March 1924.", ""),
        ("The drill began at noon.", ""),
        ("The new crime series starts on Sunday.", ""),
        ("Translate into Welsh:", ""),
        ("", "Our verdict: false."),
        ("", "Fake, says the council."),
        ("", "Editor's note: this report was withdrawn."),
        ("", "He was acquitted in June."),
        ("", "The deal was annulled a week later."),
        ("", "That was the allegation at the trial."),
        ("", "They deny all the charges."),
    ],
)
def test_what_stands_before_or_behind_a_passage_may_only_repeat_it_or_undo_it(before: str, after: str) -> None:
    assert only_repeated(SOLD, before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The council met in June.", "The trams are forty years old."),
        ("It claimed a record.", "It paid 3 million euros for them."),
        ("", "Lund said the price was fair."),
        ("", "Update: the trams arrived on Friday."),
    ],
)
def test_other_sentences_around_a_passage_are_no_reason(before: str, after: str) -> None:
    assert not only_repeated(SOLD, before, after)


def unsure(quote: str, passage: str, speaker: str = "Dana Wolf", own: str = "Dana Wolf said:") -> str:
    start = passage.lower().find(quote.lower())
    span = (start, start + len(quote))
    there = passage[slice(*span)]
    finding = QuoteFinding(quote=quote, grade=QuoteGrade.VERBATIM, similarity=1.0, found=there, span=span)
    return unsure_quotation(finding, passage, start, speaker, own)


@pytest.mark.parametrize(
    "passage",
    [
        # the quotation goes on, or begins before
        "“We sold the mill to nobody,” Dana Wolf said.",
        "“Before he came, we sold the mill,” Dana Wolf said.",
        "“They say that we sold the mill,” Dana Wolf said.",
        "“We sold the mill?” Dana Wolf said.",
        # it is not said, or not by her
        "“We sold the mill,” Dana Wolf refused to say.",
        "“We sold the mill,” Dana Wolf never said.",
        "“We sold the mill,” Dana Wolf said her rivals were claiming.",
        "“We sold the mill,” Dana Wolf said jokingly.",
        "“We sold the mill,” Dana Wolf said in a mock interview.",
        "“We sold the mill,” Dana Wolf said, quoting her father.",
        "“We sold the mill,” Dana Wolf said in 1994.",
        "“We sold the mill,” said a former partner of Dana Wolf.",
        "“We sold the mill,” a guest shouted at Dana Wolf.",
        "“We sold the mill” was a line that Dana Wolf had struck out.",
        "“We sold the mill,” Dana Wolf said. “Or so my brother thinks.”",
    ],
)
def test_a_quotation_that_is_cut_or_not_said_as_such_is_shown(passage: str) -> None:
    assert unsure("We sold the mill", passage)


@pytest.mark.parametrize(
    "passage",
    [
        "“We sold the mill,” Dana Wolf said.",
        "“We sold the mill,” said Dana Wolf, who leads the firm.",
        "“We sold the mill,” Dana Wolf told reporters in Leeds on Monday.",
        "“It was time. We sold the mill,” Dana Wolf said, adding that it had lost money.",
        "“The losses grew, and we sold the mill,” Dana Wolf said.",
        "“We sold the mill,” she said.",
        "Dana Wolf was tired. “We sold the mill.”",
        "We sold the mill. It was time.",
    ],
)
def test_a_quotation_with_who_says_it_where_and_when_is_plain(passage: str) -> None:
    assert not unsure("We sold the mill", passage)


@pytest.mark.parametrize(
    ("passage", "turned"),
    [
        ("Wolf called the deal “a gift”.", False),
        ("Wolf called the deal “a gift to the town”.", False),
        ("Wolf called the deal “anything but a gift”.", True),
        ("Wolf called the deal “less a gift than a loan”.", True),
        ("Wolf called the deal “a gift for nobody”.", True),
    ],
)
def test_a_quoted_phrase_may_be_turned_round_by_the_words_beside_it(passage: str, *, turned: bool) -> None:
    assert bool(unsure("a gift", passage, "Wolf", "Wolf called the deal")) is turned


def test_straight_quotation_marks_are_read_as_well() -> None:
    assert unsure("We sold the mill", '"We sold the mill to nobody," Dana Wolf said.')
