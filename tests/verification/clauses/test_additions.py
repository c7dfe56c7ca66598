"""What a source adds to a claim's clause so that it says less; and what it may add without saying less."""

from __future__ import annotations

import pytest

from claims.verification.clauses.additions import added

ADDED = (
    # An object of a verb that has none in the claim.
    ("The two banks have merged.", "The two banks have merged their call centres.", "their call centres"),
    ("The striker has returned.", "The striker has returned his medal.", "his medal"),
    # A clause that says which ones.
    ("Nurses will get a rise.", "Nurses who work at night will get a rise.", "work"),
    ("The insurer pays every claim.", "The insurer pays every claim that is filed by Friday.", "filed"),
    ("Pupils may carry telephones.", "Pupils attending the upper school may carry telephones.", "attending"),
    # Another who does it or is it.
    ("Novak runs a casino.", "A banker whom Novak defended runs a casino.", "banker"),
    ("The singer Mila Horn is blind.", "The singer Mila Horn plays a blind girl.", "blind girl"),
    # What is said beside the relative clause of the verb.
    ("The lake dried up last summer.", "The lake, which dried up in 1921, drew crowds last summer.", "last"),
    ("A driver was fined in Bonn.", "A driver who was fined in May lost his licence in Bonn.", "bonn"),
    # A number that is of more than the claim's.
    ("The club has 300 members.", "The club and its junior branch have 300 members.", "branch"),
    # Another in the place of the one who does it, or to whom it is done.
    ("Ruiz broke the record.", "Ruiz watched as her pupil broke the record.", "pupil"),
    ("The novelist died in prison.", "The novelist wrote about a man who died in prison.", "man"),
    ("The blast killed six miners.", "The blast trapped six miners and killed a mule.", "mule"),
    ("Teachers oppose the reform.", "Teachers in private schools oppose the reform.", "schools"),
    # No reason.
    ("Reyes quit because of the leak.", "Reyes quit in the week of the leak.", "reason"),
    ("Reyes quit because of Kahn.", "Kahn quit and Reyes quit.", "reason"),
)

NOTHING_ADDED = (
    ("The two banks have merged.", "The two banks have merged, creating a giant."),
    ("Two nurses were honoured.", "Two nurses who work at night were honoured."),
    ("Nurses marched through Leeds.", "Nurses who work at night marched through Leeds."),
    ("Nurses will get a rise.", "Nurses, who went on strike in May, will get a rise."),
    ("Statements against China will be reviewed.", "Statements directed against China will be reviewed."),
    ("The mayor of Brest runs a casino.", "The mayor of Brest, whom Novak defended, runs a casino."),
    ("Mila Horn is blind.", "Mila Horn, a blind singer, lives in Bergen."),
    ("Mila Horn is blind.", "The singer Mila Horn is a blind woman."),
    ("The lake dried up last summer.", "The lake, which dried up last summer, was drained in 1921."),
    ("The club has 300 members.", "The club, founded in 1901, has 300 members."),
    ("Reyes quit because of the leak.", "The leak prompted Reyes to quit."),
    ("Reyes quit because of the leak.", "Reyes quit over the leak."),
    ("The bridge was closed because of ice.", "Ice closed the bridge."),
    ("Dahoud plays for Porto.", "Dahoud is a Syrian footballer who plays for Porto."),
    ("The council raised the fares.", "The council raised the fares on Monday."),
    ("Residents oppose the plan.", "Residents of Brest oppose the plan."),
)


@pytest.mark.parametrize(("claim", "source", "words"), ADDED)
def test_what_a_source_adds_is_named(claim: str, source: str, words: str) -> None:
    assert words in added(claim, source)


@pytest.mark.parametrize(("claim", "source"), NOTHING_ADDED)
def test_what_says_no_less_is_no_addition(claim: str, source: str) -> None:
    assert added(claim, source) == ""
