"""The second reader: who is asked again, what its answer changes, and the words that it marks as not said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from stand_in import larger_reader

from claims.errors import ModelError
from claims.records import Citation, CitationKind, Claim, ClaimKind, Page, Policy, Reading, Source, Stamp, Verdict
from claims.verification.asking import answers_to, asked_again, second_reader
from claims.verification.evidence.passages import Ranked
from claims.verification.judges.embedded import Cascade, EntailmentJudge, small
from claims.verification.judges.judge import Judge
from claims.verification.judges.load import load_judge
from claims.verification.judges.panel import Panel, Rule
from claims.verification.pairs import verify_pairs
from claims.verification.verify import verify
from claims.verification.weighing import calibration as fits
from claims.verification.weighing.calibration import PAGE, WEIGHTS, Calibration, Curve, SecondReading, calibration
from claims.verification.weighing.question import PageQuestion, ask_pages

CLAIM = "The council closed both bridges over the river on Monday."
PAGES = (
    "The council has closed both bridges over the river, officials said. Nobody was hurt.",
    "The council met on Monday. It spoke of the bridges over the river, both of them closed for years.",
    "The orchestra of Vienna will tour Japan in spring.",
)
NOW = "2025-01-21T09:00:00Z"
EVERYTHING, NOTHING = (0.0, 1.01), (1.0, 1.0)


@pytest.fixture(scope="module")
def sure(tmp_path_factory: pytest.TempPathFactory) -> Cascade:
    """A cascade whose second reader finds everything supported."""
    return Cascade(small(), larger_reader(tmp_path_factory.mktemp("large"), shift=(12.0, 0.0, 0.0)))


def with_band(band: tuple[float, float], refuted: float = -30.0) -> Calibration:
    """The fit of the small reader with a band, and with a curve of "refuted" that is this number alone."""
    alone = calibration("embedded:small")
    assert alone is not None
    accuser = Curve(bias=refuted, weights={}, threshold=0.65)
    alone = replace(
        alone,
        passage={**alone.passage, "refuted": accuser},
        page={**alone.page, "refuted": accuser},
    )
    return replace(
        alone,
        second={
            "passage": SecondReading(band=band, curves=alone.passage),
            "page": SecondReading(band=band, curves=alone.page),
        },
    )


def questions() -> list[PageQuestion]:
    claim = Claim(article="a", text=CLAIM, spans=(), statement=CLAIM, kind=ClaimKind.STATEMENT, checkable=True)
    readings = [
        Reading(source=Source(citation=Citation(kind=CitationKind.LINK, url=f"https://{place}.example/")), page=page)
        for place, page in enumerate(Page(text=text) for text in PAGES)
    ]
    return ask_pages(claim, Page(text=CLAIM), readings, {one.source.id: Ranked(one.page) for one in readings})


@pytest.mark.parametrize(("band", "expected"), [(EVERYTHING, [True, True]), (NOTHING, [False, False])])
def test_the_undecided_are_asked_again_about_their_nearest_passages(
    sure: Cascade, band: tuple[float, float], expected: list[bool]
) -> None:
    asked = questions()
    first = answers_to(small(), asked, calibration("embedded:small"))
    found = answers_to(sure, asked, with_band(band))
    assert [bool(given) for given in found] == [True, True, False]  # no judge is asked about the page that is silent
    for one, before, after, again in zip(asked, first, found, expected, strict=False):
        places = asked_again(len(one.windows)) if again else []
        assert [answer.second for answer in after] == [place in places for place in range(len(after))]
        own = sure.second.judge([one.pairs[place] for place in places])
        assert [after[place] for place in places] == [replace(answer, second=True) for answer in own]
        assert [answer for answer in after if not answer.second] == [
            answer for place, answer in enumerate(before) if place not in places
        ]


@pytest.mark.parametrize(("windows", "expected"), [(0, [0]), (1, [0, 1]), (3, [0, 1, 2, 3]), (5, [0, 1, 2, 5])])
def test_the_three_nearest_passages_and_these_as_one_are_asked_again(windows: int, expected: list[int]) -> None:
    assert asked_again(windows) == expected


def test_a_band_takes_in_its_lower_end_and_not_its_upper_one() -> None:
    fitted = with_band(EVERYTHING)
    features = dict.fromkeys(fitted.passage["supported"].weights, 0.0)
    for windows in (1, PAGE):
        probability = fitted.of(windows)["supported"](features)
        for band, expected in [
            ((probability, 1.0), True),
            ((0.0, probability), False),
            ((0.0, probability + 1e-6), True),
            ((probability + 1e-6, 1.0), False),
        ]:
            assert with_band(band).undecided(features, windows) is expected
            # Nobody is contradicted on the word of the first reader alone.
            assert with_band(band, refuted=0.01).undecided(features, windows)
            assert with_band(band, refuted=-0.01).undecided(features, windows) is expected
    assert not replace(fitted, second={}).undecided(features, 1)


def test_a_second_reader_is_loaded_when_it_is_asked(tmp_path: Path) -> None:
    folder = larger_reader(tmp_path)
    judge = Cascade(small(), folder)
    (folder / "tokenizer.json").unlink()
    assert answers_to(judge, questions(), with_band(NOTHING))
    with pytest.raises(ModelError, match=r"tokenizer\.json missing"):
        answers_to(judge, questions(), with_band(EVERYTHING))


@pytest.mark.parametrize("name", ["embedded:small", "lexical"])
def test_a_judge_of_one_reader_is_asked_once(name: str) -> None:
    judge = load_judge(name)
    assert second_reader(judge) is None
    given = answers_to(judge, questions(), with_band(EVERYTHING))
    assert not any(answer.second for some in given for answer in some)


def test_the_version_names_both_models(sure: Cascade) -> None:
    assert sure.name == "embedded"
    assert small().version in sure.version
    assert sure.version.endswith(sure.second.version.split("-")[-1].split("+")[0])
    assert sure.version != small().version


@pytest.fixture
def fitted_for_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Weights in which the second reader is asked about everything."""
    written = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    alone: Mapping[str, Any] = written["judges"]["embedded:small"]
    second = {
        regime: {"band": EVERYTHING, "curves": {answer: alone[regime][answer] for answer in ("supported", "refuted")}}
        for regime in ("passage", "page")
    }
    written["judges"]["embedded"] = {**alone, "second": second}
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    monkeypatch.setattr(fits, "WEIGHTS", path)
    calibration.cache_clear()
    yield
    calibration.cache_clear()


def checked(judge: Judge) -> Verdict:
    citation = Citation(kind=CitationKind.LINK, url="https://paper.example/story")
    claim = Claim(
        article="a", text=CLAIM, spans=(), statement=CLAIM, kind=ClaimKind.STATEMENT, checkable=True,
        citations=(citation,),
    )  # fmt: skip
    reading = Reading(source=Source(citation=citation), page=Page(text=PAGES[1], url=citation.url))
    [verdict] = verify([claim], Page(text=CLAIM), [reading], judge, Stamp(run="r", policy=Policy(), now=NOW))
    return verdict


def answered(judge: Judge) -> dict[str, object]:
    [answer] = verify_pairs([{"id": 1, "claim": CLAIM, "evidence": [PAGES[1]]}], judge)
    return answer


@pytest.mark.usefixtures("fitted_for_two")
def test_check_and_verify_go_the_same_way(sure: Cascade) -> None:
    alone, both = answered(small()), answered(sure)
    assert float(str(both["p_supported"])) > float(str(alone["p_supported"]))
    assert checked(sure).judge == f"embedded {sure.version}"
    said = [max(one.score for one in checked(judge).evidence) for judge in (small(), sure)]
    assert said[1] != said[0]


@pytest.mark.usefixtures("fitted_for_two")
def test_a_member_of_a_panel_asks_its_second_reader(sure: Cascade) -> None:
    panel = Panel(Rule.AGREE, [small(), sure])
    views = answered(panel)["judges"]
    assert isinstance(views, list)
    assert views[1]["p_supported"] == answered(sure)["p_supported"] > views[0]["p_supported"]


def test_content_words_are_marked_at_their_place_in_the_claim(tmp_path: Path) -> None:
    judge = EntailmentJudge(larger_reader(tmp_path))
    claim = "The  council closed both bridges\nover the Danube on Monday, and sold 1,200 re-painted boats."
    [answer] = judge.judge([(claim, "The council closed bridges over the river and sold boats, painted red.")])
    marked = [claim[slice(*mark.span)] for mark in answer.words if mark.unsaid >= 0.5]
    assert marked == ["Danube", "Monday", "1,200"]
    assert [claim[slice(*mark.span)] for mark in answer.words if mark.unsaid < 0.5] == [
        "council", "closed", "bridges", "sold", "painted", "boats",
    ]  # fmt: skip


@pytest.mark.parametrize(("threshold", "expected"), [(0.0, 1), (5.0, 0), (-5.0, 2)])
def test_the_threshold_of_the_card_decides_what_is_marked(tmp_path: Path, threshold: float, expected: int) -> None:
    judge = EntailmentJudge(larger_reader(tmp_path, threshold=threshold))
    [answer] = judge.judge([("Bridges close.", "They close.")])
    assert sum(mark.unsaid >= 0.5 for mark in answer.words) == expected


@pytest.mark.parametrize("claim", ["", " ", "word " * 5000, "👍", "ж" * 3000])
def test_marks_of_any_text(tmp_path: Path, claim: str) -> None:
    [answer] = EntailmentJudge(larger_reader(tmp_path)).judge([(claim, "A passage.")])
    assert all(0 <= mark.span[0] < mark.span[1] <= len(claim) for mark in answer.words)
    assert len(answer.words) <= 96


def test_a_model_without_the_output_marks_nothing(tmp_path: Path) -> None:
    judge = EntailmentJudge(larger_reader(tmp_path, marks=False))
    [answer] = judge.judge([("Bridges close.", "They open.")])
    assert answer.words == ()
    assert 0 < answer.supported < 1
