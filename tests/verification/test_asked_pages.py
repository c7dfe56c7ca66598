"""Attributed claims against pages that say it, deny it, give it to another or speak of something else."""

from __future__ import annotations

import pytest

from claims.extraction.extract import extract
from claims.records import CitationKind, Label, Link, Page, Policy, Reading, Source, Stamp, Verdict
from claims.verification.judges.judge import Judge
from claims.verification.judges.load import load_judge
from claims.verification.verify import verify
from sources.outlets import Outlets

ADDRESS = "https://b.example/story"
PAD = (
    " The town hall was built in 1911 and has a clock tower. Trains run every twenty minutes from the northern station."
    " The market opens at eight on Saturdays and closes at noon."
)
SAME, REWORDED, ANOTHER, OPPOSITE, ELSE = "word for word", "reworded", "another speaker", "opposite", "something else"

# Each claim with pages that have it word for word, and others; those of the kind SAME are the claim itself.
CLAIMS = [
    (
        "Moscow has rejected a twenty-year waiting period as a non-starter.",
        [
            (OPPOSITE, "Moscow accepted the twenty-year waiting period."),
            (OPPOSITE, "Moscow has accepted a twenty-year waiting period as a good start."),
            (ANOTHER, "Kyiv has rejected a twenty-year waiting period as a non-starter."),
            (ELSE, "Moscow sent a delegation to Geneva."),
            (REWORDED, "Moscow turned down the twenty-year waiting period."),
        ],
    ),
    (
        "The union called for a strike at the port of Koper.",
        [
            (OPPOSITE, "The union called off a strike at the port of Koper."),
            (OPPOSITE, "The union opposed a strike at the port of Koper."),
            (ELSE, "The port of Koper handled a million containers."),
        ],
    ),
    (
        "Lena Ort agreed to a cut of her salary by 40 percent.",
        [
            (OPPOSITE, "Lena Ort refused a cut of her salary by 40 percent."),
            (ANOTHER, "Peter Hansen agreed to a cut of his salary by 40 percent."),
        ],
    ),
    (
        "The company offered to pay 3 million dollars to the families.",
        [
            (OPPOSITE, "The company refused to pay 3 million dollars to the families."),
            (OPPOSITE, "The company declined to pay 3 million dollars to the families."),
        ],
    ),
    (
        "The bank denied that it had lost the records.",
        [
            (OPPOSITE, "The bank admitted that it had lost the records."),
            (OPPOSITE, "The bank confirmed that it had lost the records."),
            (REWORDED, "The bank said it had not lost the records."),
        ],
    ),
    (
        "Lena Ort congratulated Peter Hansen on his victory in Lund.",
        [
            (OPPOSITE, "Lena Ort refused to congratulate Peter Hansen on his victory in Lund."),
            (ANOTHER, "Peter Hansen congratulated Lena Ort on her victory in Lund."),
        ],
    ),
    (
        "The court refused to hear the appeal of the former governor.",
        [
            (OPPOSITE, "The court agreed to hear the appeal of the former governor."),
            (REWORDED, "The court would not hear the former governor's appeal."),
        ],
    ),
    (
        "The Green Party pledged to cut taxes on fuel.",
        [
            (OPPOSITE, "The Green Party refused to cut taxes on fuel."),
            (OPPOSITE, "The Green Party ruled out a cut of taxes on fuel."),
            (ANOTHER, "The Liberal Party pledged to cut taxes on fuel."),
        ],
    ),
    (
        "The prime minister welcomed the ceasefire in the valley.",
        [
            (OPPOSITE, "The prime minister condemned the ceasefire in the valley."),
            (OPPOSITE, "The prime minister rejected the ceasefire in the valley."),
        ],
    ),
    (
        "Peter Hansen condemned the attack on the school in Orsk.",
        [
            (OPPOSITE, "Peter Hansen praised the attack on the school in Orsk."),
            (OPPOSITE, "Peter Hansen defended the attack on the school in Orsk."),
            (ANOTHER, "Lena Ort condemned the attack on the school in Orsk."),
        ],
    ),
    (
        "The ministry warned that the dam above Velden could break.",
        [
            (OPPOSITE, "The ministry denied that the dam above Velden could break."),
            (OPPOSITE, "The ministry ruled out that the dam above Velden could break."),
        ],
    ),
    (
        "The agency confirmed that nine people had died in the fire.",
        [
            (OPPOSITE, "The agency denied that nine people had died in the fire."),
            (OPPOSITE, "The agency refused to confirm that nine people had died in the fire."),
        ],
    ),
    (
        "Lena Ort urged the council to sell the old bridge.",
        [
            (OPPOSITE, "Lena Ort urged the council not to sell the old bridge."),
            (OPPOSITE, "Lena Ort warned the council against selling the old bridge."),
            (ANOTHER, "Peter Hansen urged the council to sell the old bridge."),
        ],
    ),
    (
        "The mayor threatened to close the theatre in March.",
        [(OPPOSITE, "The mayor promised not to close the theatre in March.")],
    ),
    (
        "Peter Hansen blamed the fire on a broken heater.",
        [(OPPOSITE, "Peter Hansen ruled out a broken heater as the cause of the fire.")],
    ),
    (
        "Lena Ort praised the reform of the school system.",
        [
            (OPPOSITE, "Lena Ort criticised the reform of the school system."),
            (OPPOSITE, "Lena Ort attacked the reform of the school system."),
        ],
    ),
    (
        "Lena Ort accused Peter Hansen of hiding the report.",
        [
            (OPPOSITE, "Lena Ort cleared Peter Hansen of hiding the report."),
            (ANOTHER, "Peter Hansen accused Lena Ort of hiding the report."),
        ],
    ),
    (
        "The governor approved the plan for a new airport.",
        [
            (OPPOSITE, "The governor rejected the plan for a new airport."),
            (OPPOSITE, "The governor vetoed the plan for a new airport."),
        ],
    ),
    (
        "The minister told reporters on Monday that the bridge would close in June.",
        [
            (OPPOSITE, "The minister told reporters on Monday that the bridge would not close in June."),
            (OPPOSITE, "The minister denied that the bridge would close in June."),
            (REWORDED, "The bridge will close in June, the minister said."),
        ],
    ),
    (
        "Lena Ort said that the talks in Lund had failed.",
        [
            (OPPOSITE, "Lena Ort denied that the talks in Lund had failed."),
            (OPPOSITE, "Lena Ort said that the talks in Lund had succeeded."),
            (ANOTHER, "Peter Hansen said that the talks in Lund had failed."),
            (REWORDED, "The talks in Lund had failed, Lena Ort told reporters."),
        ],
    ),
    (
        "The mayor of Aldersea has been arrested, according to Peter Hansen.",
        [
            (OPPOSITE, "The mayor of Aldersea has been released, according to Peter Hansen."),
            (ANOTHER, "The mayor of Aldersea has been arrested, according to Lena Ort."),
            (ELSE, "Peter Hansen visited Aldersea."),
        ],
    ),
    (
        "The senator did not say that the war was lost.",
        [(OPPOSITE, "The senator said that the war was lost.")],
    ),
    (
        "Lena Ort denied saying that the war was lost.",
        [
            (OPPOSITE, "Lena Ort said that the war was lost."),
            (OPPOSITE, "Lena Ort admitted saying that the war was lost."),
        ],
    ),
    (
        "The fund, the minister said, will cost 40 million euros.",
        [
            (OPPOSITE, "The fund, the minister said, will not cost 40 million euros."),
            (OPPOSITE, "The fund, the minister said, will cost 70 million euros."),
        ],
    ),
    (
        "The navy demanded that the strait be closed to tankers.",
        [(OPPOSITE, "The navy opposed that the strait be closed to tankers.")],
    ),
    (
        "The club wants to sell its stadium in Turin.",
        [(OPPOSITE, "The club refuses to sell its stadium in Turin.")],
    ),
    (
        "The committee recommended a ban on the pesticide.",
        [
            (OPPOSITE, "The committee opposed a ban on the pesticide."),
            (OPPOSITE, "The committee advised against a ban on the pesticide."),
        ],
    ),
    (
        "The president vowed to veto the bill on forests.",
        [(OPPOSITE, "The president vowed to sign the bill on forests.")],
    ),
    (
        "Serbia backed the resolution on the border.",
        [
            (OPPOSITE, "Serbia opposed the resolution on the border."),
            (OPPOSITE, "Serbia blocked the resolution on the border."),
        ],
    ),
    (
        "The firm dismissed a report of losses in Asia.",
        [(OPPOSITE, "The firm confirmed a report of losses in Asia.")],
    ),
    (
        "Lena Ort ruled out a coalition with the Liberals.",
        [
            (OPPOSITE, "Lena Ort offered a coalition with the Liberals."),
            (OPPOSITE, "Lena Ort ruled in a coalition with the Liberals."),
        ],
    ),
    (
        "Britain promised to send 14 tanks to Estonia.",
        [
            (OPPOSITE, "Britain declined to send 14 tanks to Estonia."),
            (ANOTHER, "Denmark promised to send 14 tanks to Estonia."),
        ],
    ),
    (
        "The ministry said in a statement that exports fell by 5 percent in 2024.",
        [(OPPOSITE, "The ministry said in a statement that exports rose by 5 percent in 2024.")],
    ),
]
PAIRS = [(claim, SAME, claim) for claim, _ in CLAIMS] + [(claim, *page) for claim, pages in CLAIMS for page in pages]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return load_judge("embedded")


def checked(judge: Judge, claim: str, page: str) -> Verdict:
    """The verdict on the article's first claim, which is a link to the page."""
    article = Page(
        text=f"{claim} The weather was mild.",
        url="https://a.example/story",
        published="2025-01-20",
        links=(Link(span=(0, len(claim) - 1), href=ADDRESS),),
    )
    first = extract(article, Outlets([])).claims[0]
    [citation] = [one for one in first.citations if one.kind is CitationKind.LINK]
    reading = Reading(source=Source(citation=citation), page=Page(text=page + PAD, url=ADDRESS, published="2025-01-20"))
    [verdict] = verify([first], article, [reading], judge, Stamp(run="r", policy=Policy(), now="2025-01-21T09:00:00Z"))
    return verdict


@pytest.mark.parametrize(("claim", "kind", "page"), PAIRS)
def test_an_attributed_claim(judge: Judge, claim: str, kind: str, page: str) -> None:
    verdict = checked(judge, claim, page)
    if kind == SAME:
        assert verdict.label is Label.SUPPORTED
    elif kind == OPPOSITE:
        assert verdict.label is not Label.SUPPORTED
    elif kind == REWORDED:
        assert verdict.label is not Label.CONTRADICTED or verdict.needs_review
    elif kind == ANOTHER:
        assert verdict.label is not Label.SUPPORTED or verdict.needs_review
    else:
        assert verdict.label not in (Label.SUPPORTED, Label.CONTRADICTED)


@pytest.mark.parametrize("said", ["last week", "a week ago", "this week"])
def test_a_stretch_of_time_is_no_day(judge: Judge, said: str) -> None:
    day = "20" if said == "this week" else "14"
    verdict = checked(judge, f"The mayor of Velden resigned {said}.", f"The mayor of Velden resigned on {day} January.")
    assert verdict.label is not Label.CONTRADICTED
    assert [found.agrees for found in verdict.quantities if found.kind == "date"] == [True]
