"""The floors: the file of them, the comparison, and the sets that stand in the repository."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from benchmarks.floors import pinned, scores, sets
from benchmarks.floors.__main__ import main
from claims.verification.judges.load import load_judge

DAY = date(2026, 11, 26)
FLOORS = {"pages": pinned.Floor(floor=0.9, measured=0.95, day=DAY), "kinds": pinned.Floor(floor=1, measured=1, day=DAY)}


def test_the_shipped_floors_can_be_read() -> None:
    floors = pinned.read()
    assert set(floors) == {"own", "data"}
    for group in floors.values():
        assert {"attributions: F1", "pages: F1 of the text", "verdicts: right label"} <= set(group)
        assert all(0 < floor.floor <= floor.measured <= 1 for floor in group.values())


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ("{floor: .9, measured: .95}", "needs floor, measured and date"),
        ("{floor: .9, measured: .95, date: soon}", "needs floor, measured and date"),
        ("{floor: .9, measured: .95, date: 2026-11-26, note: x}", "needs floor, measured and date"),
        ("{floor: .96, measured: .95, date: 2026-11-26}", "lies above"),
    ],
)
def test_a_floor_that_is_not_whole_is_refused(tmp_path: Path, entry: str, wrong: str) -> None:
    path = tmp_path / "floors.yaml"
    path.write_text(f"own:\n  pages: {entry}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"floors.yaml: own: pages: .*{wrong}"):
        pinned.read(path)


@pytest.mark.parametrize(
    ("measured", "holds", "says"),
    [
        ({"pages": 0.9, "kinds": 1.0}, True, "0.9500 on 2026-11-26"),
        ({"pages": 0.99, "kinds": 1.0}, True, "0.9900   0.9000"),
        ({"pages": 0.8999, "kinds": 1.0}, False, "BELOW THE FLOOR"),
        ({"pages": 0.95, "kinds": 0.0}, False, "BELOW THE FLOOR"),
        ({"pages": 0.95}, False, "not measured"),
        ({"pages": 0.95, "kinds": 1.0, "dates": 1.0}, False, "no floor"),
    ],
)
def test_a_measure_below_its_floor_does_not_hold(
    capsys: pytest.CaptureFixture[str], measured: dict[str, float], holds: bool, says: str
) -> None:
    assert pinned.report(FLOORS, measured) is holds
    assert says in capsys.readouterr().out


def test_pairs_are_scored_by_label_and_kind() -> None:
    row = {"claim": "The mill closed in June.", "evidence": ["The mill closed in June."]}
    rows = [
        {"id": 1, "label": "supported", "kind": "same", **row},
        {"id": 2, "label": "nei", "kind": "silent", **row},
    ]
    assert scores.verdicts(rows, load_judge("lexical")) == {
        "verdicts: right label": 0.5,
        "verdicts: same": 1.0,
        "verdicts: silent": 0.0,
        "verdicts: not supported, and not called so": 0.0,
    }


@pytest.mark.parametrize("words", ["closed", "the owner"])
def test_words_that_do_not_stand_once_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="should once"):
        scores.spans_of("The mill closed and the shop closed.", [words])


def test_our_sets_hold_what_they_should() -> None:
    pairs = list(sets.lines("pairs.jsonl"))
    kinds = Counter(row["kind"] for row in pairs)
    assert len(pairs) >= 60
    assert len(kinds) == 8
    assert min(kinds.values()) >= 6
    passages = sets.passages()
    assert sum(not row["attributions"] for row in passages) >= 3
    for row in passages:
        for attribution in row["attributions"]:
            assert all(
                row["text"][start:end] for part in ("source", "cue", "content") for start, end in attribution[part]
            )
    for name, most in (("pages.jsonl", 12), ("claims.jsonl", 30), ("attributions.jsonl", 25)):
        assert len({row["id"] for row in sets.lines(name)}) >= most


@pytest.mark.long
def test_the_command_fails_where_a_real_measure_is_below(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = pinned.FLOORS.read_text(encoding="utf-8")
    raised = tmp_path / "floors.yaml"
    before = next(line for line in text.splitlines() if "right label" in line)
    raised.write_text(text.replace(before, "  'verdicts: right label': {floor: 1, measured: 1, date: 2026-11-26}", 1))
    assert main(["own", "--floors", str(raised)]) == 1
    printed = capsys.readouterr().out
    assert [line.split("  ")[0] for line in printed.splitlines() if "BELOW" in line] == ["verdicts: right label"]
