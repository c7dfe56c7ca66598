"""Panels of judges: how they are written, what each rule makes of the members' views, and members that fail."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from claims.errors import JudgeError, ModelError
from claims.records import (
    Citation,
    CitationKind,
    Claim,
    ClaimKind,
    Label,
    Page,
    Policy,
    Probabilities,
    Reading,
    Source,
    Stamp,
    Verdict,
)
from claims.verification.judges.judge import ABSTAINED
from claims.verification.judges.load import check_name, load_judge
from claims.verification.judges.panel import Panel, Rule, members
from claims.verification.pairs import verify_pairs
from claims.verification.verify import verify

CLAIM = "The council closed both bridges over the river."
PAGE = "The council has decided to close both bridges over the river, officials said on Monday."
FAR = "The orchestra of Vienna will tour Japan in spring."


class Fixed:
    """A judge that always says the same of a pair, or fails; it counts what it is asked."""

    version = "1"

    def __init__(self, name: str, supported: float, refuted: float = 0.0, *, fails: str = "") -> None:
        self.name, self.asked, self._fails = name, 0, fails
        self._answer = Probabilities(supported=supported, refuted=refuted)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        self.asked += len(pairs)
        if self._fails:
            raise ModelError(self._fails)
        return [self._answer] * len(pairs)


def yes(name: str = "yes") -> Fixed:
    return Fixed(name, 0.95, 0.02)


def no(name: str = "no") -> Fixed:
    return Fixed(name, 0.02, 0.95)


def unsure(name: str = "unsure") -> Fixed:
    return Fixed(name, 0.6, 0.1)


def mute(name: str = "mute") -> Fixed:
    return Fixed(name, ABSTAINED.supported, ABSTAINED.refuted)


def late(name: str = "late") -> Fixed:
    return Fixed(name, 0.9, fails="it did not answer within 120 s")


def check(panel: Panel, text: str = CLAIM) -> Verdict:
    source = Source(citation=Citation(kind=CitationKind.LINK, url="https://paper.example/story"))
    reading = Reading(source=source, page=Page(text=PAGE, url=source.citation.url))
    claim = Claim(
        article="a", text=text, spans=(), statement=text, kind=ClaimKind.STATEMENT, checkable=True,
        citations=(source.citation,),
    )  # fmt: skip
    [verdict] = verify(
        [claim], Page(text=text), [reading], panel, Stamp(run="r", policy=Policy(), now="2025-01-21T09:00:00Z")
    )
    return verdict


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("agree(embedded, lexical)", (Rule.AGREE, ("embedded", "lexical"))),
        (" first( lexical ,llm:gpt-4o )", (Rule.FIRST, ("lexical", "llm:gpt-4o"))),
        ("majority(embedded,lexical,hub:some/model)", (Rule.MAJORITY, ("embedded", "lexical", "hub:some/model"))),
        ("embedded", None),
        ("hub:some/model", None),
        ("hub:./models/nli(1)", None),
        ("llm:gpt (old)", None),
    ],
)
def test_how_a_panel_is_written(name: str, expected: object) -> None:
    assert members(name) == expected


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("unanimous(embedded, lexical)", "agree, majority, first"),
        ("agree(embedded)", "at least two judges"),
        ("agree()", "at least two judges"),
        ("agree(embedded,)", "at least two judges"),
        ("agree(embedded, embedded)", "only once"),
        ("agree(embedded, first(lexical, embedded))", "cannot contain another panel"),
        ("agree(embedded, nli)", "'nli' is not known"),
        ("agree(embedded, hub:)", "'hub:' is not known"),
        ("agree(embedded, lexical:2)", "'lexical:2' is not known"),
    ],
)
def test_a_panel_that_cannot_sit_is_refused_in_one_line(name: str, said: str) -> None:
    with pytest.raises(ModelError, match=said) as caught:
        check_name(name)
    assert "\n" not in str(caught.value)


def test_a_panel_is_loaded_with_its_members() -> None:
    panel = load_judge("agree(embedded, lexical)")
    assert panel.name == f"agree({load_judge('embedded').name}, lexical)"
    assert panel.version == f"{load_judge('embedded').version}, 1"


@pytest.mark.parametrize(
    ("rule", "judges", "label", "flagged"),
    [
        (Rule.AGREE, (yes("a"), yes("b")), Label.SUPPORTED, False),
        (Rule.AGREE, (yes(), no()), Label.CONTRADICTED, True),
        (Rule.AGREE, (no(), yes()), Label.CONTRADICTED, True),
        (Rule.AGREE, (yes(), unsure()), Label.SUPPORTED, True),
        (Rule.AGREE, (yes(), late()), Label.SUPPORTED, True),
        (Rule.AGREE, (mute(), yes()), Label.SUPPORTED, True),
        (Rule.MAJORITY, (yes("a"), yes("b"), no()), Label.SUPPORTED, False),
        (Rule.MAJORITY, (yes("a"), no(), yes("b")), Label.SUPPORTED, False),
        (Rule.MAJORITY, (yes("a"), no(), late()), Label.CONTRADICTED, True),
        (Rule.MAJORITY, (yes("a"), late("b"), mute("c")), Label.SUPPORTED, True),
        (Rule.MAJORITY, (yes("a"), yes("b"), late()), Label.SUPPORTED, False),
        (Rule.MAJORITY, (yes(), unsure(), no()), Label.SUPPORTED, True),
        (Rule.FIRST, (yes(), no()), Label.SUPPORTED, False),
        (Rule.FIRST, (unsure(), yes()), Label.SUPPORTED, False),
        (Rule.FIRST, (unsure(), no()), Label.SUPPORTED, True),
        (Rule.FIRST, (late(), yes()), Label.SUPPORTED, False),
        (Rule.FIRST, (mute(), yes()), Label.SUPPORTED, False),
    ],
)
def test_the_rule_decides(rule: Rule, judges: tuple[Fixed, ...], label: Label, flagged: bool) -> None:
    verdict = check(Panel(rule, judges))
    assert (verdict.label, verdict.needs_review) == (label, flagged), verdict.rationale
    assert verdict.judge == f"{rule}({', '.join(one.name for one in judges)}) {', '.join('1' for _ in judges)}"


def test_every_view_is_named_with_its_judge_and_version() -> None:
    verdict = check(Panel(Rule.AGREE, (yes(), no(), late(), mute())))
    assert verdict.label is Label.CONTRADICTED
    assert verdict.confidence <= 0.5
    for view in (
        "The panel (agree): ",
        "yes 1: supported (95 %)",
        "no 1: contradicted (95 %, unsure)",
        "late 1: no answer (it did not answer within 120 s)",
        "mute 1: no answer (it abstained)",
    ):
        assert view in verdict.rationale
    assert {exhibit.stance.value for exhibit in verdict.evidence} == {"supports", "refutes"}


def test_the_next_is_asked_only_where_the_first_is_unsure() -> None:
    first, second = yes(), no()
    check(Panel(Rule.FIRST, (first, second)))
    assert (first.asked > 0, second.asked) == (True, 0)
    first, second = unsure(), no()
    verdict = check(Panel(Rule.FIRST, (first, second)))
    assert second.asked == first.asked > 0
    assert "unsure 1: supported" in verdict.rationale
    assert "no 1: contradicted" in verdict.rationale


def test_a_claim_that_no_judge_is_asked_about_is_nobodys_view() -> None:
    judges = yes(), no()
    verdict = check(Panel(Rule.AGREE, judges), FAR)
    assert verdict.label is Label.NOT_IN_SOURCE
    assert "panel" not in verdict.rationale
    assert [one.asked for one in judges] == [0, 0]


def test_a_panel_of_which_nobody_answers_has_no_verdict() -> None:
    with pytest.raises(JudgeError, match=r"no judge of agree\(a, b\) answered.*120 s"):
        check(Panel(Rule.AGREE, (late("a"), late("b"))))


def test_a_judge_alone_that_abstains_finds_nothing_and_a_person_looks() -> None:
    verdict = check(Panel(Rule.AGREE, (mute("a"), mute("b"))))
    assert verdict.label is Label.NOT_IN_SOURCE
    assert verdict.needs_review
    assert verdict.confidence <= 0.5
    assert "gave no usable answer" in verdict.rationale
    assert "does not mention it" not in verdict.rationale


@pytest.mark.parametrize(
    ("rule", "judges", "label", "views"),
    [
        (Rule.AGREE, (yes("a"), yes("b")), "supported", ["supported", "supported"]),
        (Rule.AGREE, (yes(), no()), "nei", ["supported", "refuted"]),
        (Rule.AGREE, (no("a"), no("b")), "refuted", ["refuted", "refuted"]),
        (Rule.AGREE, (yes(), late()), "nei", ["supported", None]),
        (Rule.AGREE, (yes(), mute()), "nei", ["supported", "nei"]),
        (Rule.MAJORITY, (yes("a"), no(), yes("b")), "supported", ["supported", "refuted", "supported"]),
        (Rule.MAJORITY, (yes("a"), no(), late()), "nei", ["supported", "refuted", None]),
        (Rule.FIRST, (yes(), no()), "supported", ["supported"]),
        (Rule.FIRST, (unsure(), no()), "refuted", ["supported", "refuted"]),
        (Rule.FIRST, (late(), no()), "refuted", [None, "refuted"]),
    ],
)
def test_rows(rule: Rule, judges: tuple[Fixed, ...], label: str, views: list[str | None]) -> None:
    [answer] = verify_pairs([{"id": 1, "claim": CLAIM, "evidence": [PAGE]}], Panel(rule, judges))
    assert answer["label"] == label
    seen = answer["judges"]
    assert isinstance(seen, list)
    assert [view.get("label") for view in seen] == views
    assert [view["judge"] for view in seen] == [f"{one.name} 1" for one in judges[: len(seen)]]
    assert all("failed" in view for view in seen if view["judge"] in ("late 1", "mute 1"))


@pytest.mark.parametrize(
    ("judges", "share"),
    [
        ((yes(), Fixed("mild", 0.8, 0.05)), "p_supported"),
        ((no(), Fixed("mild", 0.05, 0.8)), "p_refuted"),
        ((Fixed("mild", 0.05, 0.8), no()), "p_refuted"),
    ],
)
def test_a_row_has_the_probabilities_of_the_least_sure_member(judges: tuple[Fixed, ...], share: str) -> None:
    [answer] = verify_pairs([{"id": 1, "claim": CLAIM, "evidence": [PAGE]}], Panel(Rule.AGREE, judges))
    views = answer["judges"]
    assert isinstance(views, list)
    shares = [view[share] for view in views]
    assert len(set(shares)) == 2
    assert answer[share] == min(shares)


def test_a_row_on_which_all_members_abstain_is_open() -> None:
    [answer] = verify_pairs(
        [{"id": 1, "claim": CLAIM, "evidence": [PAGE]}], Panel(Rule.MAJORITY, (mute("a"), mute("b"), late()))
    )
    assert (answer["label"], answer["p_supported"], answer["passage"]) == ("nei", 0.0, "")


def test_rows_that_nobody_answers_stop_the_run() -> None:
    with pytest.raises(JudgeError, match=r"late 1: it did not answer.*b 1"):
        list(verify_pairs([{"id": 1, "claim": CLAIM, "evidence": [PAGE]}], Panel(Rule.FIRST, (late(), late("b")))))


@pytest.mark.parametrize(
    ("rule", "answers", "expected"),
    [
        (Rule.AGREE, (yes(), no()), (0.02, 0.02)),
        (Rule.MAJORITY, (yes("a"), yes("b"), no()), (0.95, 0.02)),
        (Rule.MAJORITY, (yes(), no()), (0.02, 0.02)),
        (Rule.FIRST, (unsure(), no()), (0.02, 0.95)),
        (Rule.FIRST, (unsure("a"), unsure("b")), (0.6, 0.1)),
    ],
)
def test_a_pair_alone(rule: Rule, answers: tuple[Fixed, ...], expected: tuple[float, float]) -> None:
    [found] = Panel(rule, answers).judge([(CLAIM, PAGE)])
    assert (found.supported, found.refuted) == expected


@pytest.mark.parametrize(
    ("rule", "judges", "confidence"),
    [
        (Rule.AGREE, (yes("a"), yes("b")), 0.95),
        (Rule.AGREE, (yes(), unsure()), 0.6),
        (Rule.AGREE, (yes(), late()), 0.95),
        # Where members say something else, no more than that they are wrong: 1 - 0.91234, the least sure one's.
        (Rule.AGREE, (Fixed("a", 0.91234, 0.02), Fixed("b", 0.02, 0.7)), 0.088),
        (Rule.AGREE, (yes("a"), no(), unsure("c")), 0.4),
        (Rule.MAJORITY, (unsure("a"), unsure("b"), Fixed("c", 0.02, 0.6)), 0.5),
        (Rule.MAJORITY, (yes("a"), yes("b"), no()), 0.95),
        (Rule.FIRST, (unsure(), no()), 0.6),
    ],
)
def test_how_sure_a_panel_is(rule: Rule, judges: tuple[Fixed, ...], confidence: float) -> None:
    assert check(Panel(rule, judges)).confidence == confidence
