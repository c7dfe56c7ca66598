"""The answers that a benchmark keeps: each text is asked about once, by version, and also over two runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.remembering import Answers


@pytest.mark.parametrize("in_file", [True, False])
def test_only_what_is_new_is_asked(tmp_path: Path, in_file: bool) -> None:
    asked: list[str] = []

    def length(texts: list[str]) -> list[int]:
        asked.extend(texts)
        return [len(text) for text in texts]

    answers = Answers(tmp_path / "answers.db" if in_file else None)
    assert list(answers.to("1", ["one", "three", "one"], length)) == [3, 5, 3]
    if in_file:
        answers = Answers(tmp_path / "answers.db")
    assert list(answers.to("1", ["three", "seven!"], length)) == [5, 6]
    assert asked == ["one", "three", "seven!"]
    assert list(answers.to("2", ["one"], length)) == [3]
    assert asked[3:] == ["one"]
