"""Judges keep their protocol, and a judge that does not is refused."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from claims.errors import JudgeError, ModelError
from claims.records import Probabilities
from claims.verification.judges.embedded import MODEL, EntailmentJudge, embedded
from claims.verification.judges.judge import ask
from claims.verification.judges.load import load_judge

CLAIM = "The ruble strengthened against the dollar on Monday."
PAIRS = [
    (CLAIM, "The ruble strengthened against the dollar on Monday, dealers said."),
    (CLAIM, "The ruble weakened against the dollar on Monday."),
    (CLAIM, "The museum opens at nine and closes at five."),
]


@pytest.mark.parametrize("name", ["embedded", "lexical"])
def test_says_supports_denies_or_nothing(name: str) -> None:
    judge = load_judge(name)
    same, opposite, other = judge.judge(PAIRS)
    assert same.supported > max(opposite.supported, other.supported)
    assert opposite.refuted > same.refuted
    assert max(other.supported, other.refuted) < 0.5
    assert all(0 <= one.supported + one.refuted <= 1 for one in (same, opposite, other))


@pytest.mark.parametrize("name", ["embedded", "lexical"])
def test_an_answer_does_not_depend_on_its_company(name: str) -> None:
    judge = load_judge(name)
    alone = [judge.judge([pair])[0] for pair in PAIRS]
    assert judge.judge(PAIRS) == alone
    assert judge.judge(PAIRS * 9) == alone * 9


def test_the_same_batch_gives_the_same_answers() -> None:
    assert embedded().judge(PAIRS) == embedded().judge(PAIRS)


@pytest.mark.parametrize("text", ["", " ", "word " * 5000, "\x00\ufffd👍", "ж" * 3000])
def test_any_text_is_judged(text: str) -> None:
    [first, second] = embedded().judge([(text, "A passage."), ("A claim.", text)])
    assert 0 <= first.supported <= 1
    assert 0 <= second.refuted <= 1


def test_no_pairs_no_answers() -> None:
    assert embedded().judge([]) == []
    assert ask(embedded(), []) == []


def test_one_session_for_each_process() -> None:
    assert load_judge("embedded") is load_judge(" embedded ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    shutil.copy(MODEL / "verifier.json", tmp_path)
    with pytest.raises(ModelError, match=r"model\.int8\.onnx, tokenizer\.json") as caught:
        EntailmentJudge(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    for name in ("verifier.json", "tokenizer.json"):
        shutil.copy(MODEL / name, tmp_path)
    (tmp_path / "model.int8.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelError, match="cannot be loaded"):
        EntailmentJudge(tmp_path)


@pytest.mark.parametrize("name", ["", "nli", "hub:", "llm:", "embedded:x", "embedded:", "Embedded", "lexical:small"])
def test_an_unknown_judge_is_refused_with_what_there_is(name: str) -> None:
    with pytest.raises(ModelError, match="embedded, embedded:small, lexical"):
        load_judge(name)


class Odd:
    """A judge of tests that answers whatever it was given."""

    name, version = "odd", "1"

    def __init__(self, *answers: Probabilities) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        self.asked += pairs
        return self.answers


@pytest.mark.parametrize(
    "answers",
    [
        (),
        (Probabilities(supported=0.5, refuted=0.1),) * 2,
        (Probabilities(supported=0.8, refuted=0.8),),
        (Probabilities(supported=-0.1, refuted=0.1),),
        (Probabilities(supported=float("nan"), refuted=0.1),),
    ],
)
def test_answers_that_break_the_protocol_are_refused(answers: tuple[Probabilities, ...]) -> None:
    with pytest.raises(JudgeError, match="odd"):
        ask(Odd(*answers), [("a", "b")])


def test_a_pair_is_asked_once() -> None:
    judge = Odd(Probabilities(supported=0.5, refuted=0.1), Probabilities(supported=0.2, refuted=0.1))
    answers = ask(judge, [("a", "b"), ("c", "d"), ("a", "b")])
    assert judge.asked == [("a", "b"), ("c", "d")]
    assert answers[0] == answers[2] != answers[1]
