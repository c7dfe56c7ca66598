"""`factdesk verify` on files: order, answers in a file, a run that was stopped and goes on, what stderr says."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from claims.verification.pairs import BATCH
from flows.commands.checking.verify import VerifyOptions, verify_rows
from flows.errors import UsageError

MANY = BATCH + 17


def pairs(path: Path, count: int = MANY) -> Path:
    towns = ("Dnipro", "Leeds", "Turin", "Graz")
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            town, other = towns[number % 4], towns[number // 4 % 4]
            claim = f"A fire in {town} killed {number % 7 + 2} people on Sunday."
            evidence = [
                f"The fire in {other} killed {number % 5 + 2} people on Sunday, the mayor said.",
                "Schools – closed.",
            ]
            out.write(json.dumps({"id": f"row {number}", "claim": claim, "evidence": evidence}) + "\n")
            out.write("\n" * (number % 3 == 0))
    return path


def answered(rows: Path, out: Path, judge: str = "lexical", **how: bool) -> bytes:
    verify_rows(VerifyOptions(pairs=rows, out=out, **how), judge)
    return out.read_bytes()


@pytest.mark.parametrize(
    ("judge", "kept"),
    [
        *(("lexical", kept) for kept in (0.0, 0.001, 0.3, 0.5, 0.8, 0.999, 1.0)),
        *(("embedded", kept) for kept in (0.6, 0.999)),
        ("agree(lexical, embedded)", 0.7),
    ],
)
def test_a_run_that_was_cut_off_anywhere_ends_with_the_same_bytes(tmp_path: Path, judge: str, kept: float) -> None:
    rows = pairs(tmp_path / "pairs.jsonl")
    data = answered(rows, tmp_path / "whole.jsonl", judge)
    assert [json.loads(line)["id"] for line in data.splitlines()] == [f"row {number}" for number in range(MANY)]
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(data[: int(kept * len(data))])
    assert answered(rows, cut, judge, resume=True) == data


def test_a_run_that_is_killed_goes_on(tmp_path: Path) -> None:
    rows = pairs(tmp_path / "pairs.jsonl")
    whole = answered(rows, tmp_path / "whole.jsonl")
    out = tmp_path / "out.jsonl"
    code = "import sys; from flows.cli import main; sys.argv = sys.argv[1:]; main()"
    command = [sys.executable, "-c", code, "factdesk", "verify", "-", "--judge", "lexical", "--out", str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, cwd=tmp_path) as run:
        assert run.stdin is not None
        run.stdin.write(b"".join(rows.read_bytes().splitlines(keepends=True)[: BATCH + 40]))
        run.stdin.flush()
        while not out.exists() or out.read_bytes().count(b"\n") < BATCH:
            assert run.poll() is None
            time.sleep(0.05)
        run.kill()
    assert len(out.read_bytes()) < len(whole)
    assert answered(rows, out, resume=True) == whole


def test_what_was_not_there_yet_is_begun(tmp_path: Path) -> None:
    rows = pairs(tmp_path / "pairs.jsonl", 3)
    assert answered(rows, tmp_path / "out.jsonl", resume=True).count(b"\n") == 3


def test_answers_are_not_written_over(tmp_path: Path) -> None:
    rows, out = pairs(tmp_path / "pairs.jsonl", 3), tmp_path / "out.jsonl"
    data = answered(rows, out)
    with pytest.raises(UsageError, match="--resume"):
        answered(rows, out)
    assert out.read_bytes() == data


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.replace(b'"row 5"', b'"row 6"'), "out.jsonl:6: is not the answer to row 6"),
        (lambda data: b"not JSON\n" + data, "out.jsonl:1: is not the answer"),
        (lambda data: data * 2, "out.jsonl:\\d+: is not the answer|more answers"),
    ],
)
def test_answers_to_something_else_are_refused(tmp_path: Path, change: object, said: str) -> None:
    rows, out = pairs(tmp_path / "pairs.jsonl"), tmp_path / "out.jsonl"
    data = answered(rows, out)
    assert callable(change)
    out.write_bytes(change(data))
    with pytest.raises(UsageError, match=said):
        answered(rows, out, resume=True)
    assert out.read_bytes() == change(data)


@pytest.mark.parametrize(
    ("beside", "said"),
    [
        (None, "was started with judge lexical 1, and this is judge embedded.* .*--out"),
        ({"judge": "lexical 1", "weights": "0" * 12}, "was started with weights 0{12}, and this is weights "),
        ({"judge": "lexical 1", "factdesk": "0.0.1"}, "was started with factdesk 0.0.1, and this is factdesk "),
        ("{half", "was started with judge unknown, and this is judge "),
    ],
)
@pytest.mark.parametrize("kept", [0.2, 1.0])
def test_answers_of_another_judge_are_not_gone_on_with(tmp_path: Path, beside: object, said: str, kept: float) -> None:
    rows, out = pairs(tmp_path / "pairs.jsonl"), tmp_path / "out.jsonl"
    data = answered(rows, out)
    data = data[: int(kept * len(data))]
    out.write_bytes(data)
    maker = tmp_path / "out.jsonl.judge"
    if isinstance(beside, str):
        maker.write_text(beside)
    elif isinstance(beside, dict):
        maker.write_text(json.dumps(json.loads(maker.read_text()) | beside))
    with pytest.raises(UsageError, match=said):
        answered(rows, out, "embedded" if beside is None else "lexical", resume=True)
    assert out.read_bytes() == data


def test_a_file_without_answers_is_begun_by_any_judge(tmp_path: Path) -> None:
    rows, out = pairs(tmp_path / "pairs.jsonl", 3), tmp_path / "out.jsonl"
    answered(rows, out)
    out.write_bytes(b"")
    answered(rows, out, "agree(lexical, embedded)", resume=True)
    assert json.loads((tmp_path / "out.jsonl.judge").read_text())["judge"].startswith("agree(lexical, embedded")


def test_answers_of_nobody_known_are_gone_on_with_and_it_is_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows, out = pairs(tmp_path / "pairs.jsonl"), tmp_path / "out.jsonl"
    data = answered(rows, out)
    (tmp_path / "out.jsonl.judge").unlink()
    assert answered(rows, out, resume=True) == data
    assert "out.jsonl.judge is missing" in capfd.readouterr().err


def test_resume_needs_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--out"):
        verify_rows(VerifyOptions(pairs=pairs(tmp_path / "pairs.jsonl", 1), resume=True), "lexical")


@pytest.mark.parametrize(("progress", "said"), [(None, ""), (False, ""), (True, "factdesk: 3 rows, ")])
def test_progress_is_never_on_stdout(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], progress: bool | None, said: str
) -> None:
    verify_rows(VerifyOptions(pairs=pairs(tmp_path / "pairs.jsonl", 3), progress=progress), "lexical")
    written = capfd.readouterr()
    assert [json.loads(line)["id"] for line in written.out.splitlines()] == ["row 0", "row 1", "row 2"]
    assert written.err.startswith(said)
    assert bool(written.err) is bool(said)
    if said:
        assert written.err.rstrip().endswith("per second")


def test_one_row_is_called_one(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    verify_rows(VerifyOptions(pairs=pairs(tmp_path / "pairs.jsonl", 1), progress=True), "lexical")
    assert capfd.readouterr().err.startswith("factdesk: 1 row, ")


ROW = b'{"id": 1, "claim": "Talks resume.", "evidence": ["Talks resume."]}\n'


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROW + b'{"id": 2, "claim": "caf\xe9", "evidence": []}\n', ":2: not UTF-8"),
        (b"\xff\xfe" + ROW.decode().encode("utf-16-le"), ":1: not UTF-8"),
        (ROW * 2 + b'{"id": ' + b"[" * 100_000 + b"}\n", ":3: not JSON"),
        (ROW + b'{"id": ' + b"9" * 10_000 + b"}\n", ":2: not JSON"),
        (ROW + b'{"id": 1\x00}\n', ":2: not JSON"),
        (b"[1]\n", ":1: expected an object"),
    ],
    ids=["latin-1", "utf-16", "deep", "long number", "NUL", "list"],
)
def test_a_row_that_is_none_is_one_line_with_its_number(tmp_path: Path, rows: bytes, said: str) -> None:
    (tmp_path / "pairs.jsonl").write_bytes(rows)
    with pytest.raises(UsageError) as caught:
        answered(tmp_path / "pairs.jsonl", tmp_path / "out.jsonl")
    assert said in str(caught.value) and len(str(caught.value).splitlines()) == 1


def test_a_byte_order_mark_before_the_first_row_is_none_of_it(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_bytes(b"\xef\xbb\xbf" + ROW)
    assert json.loads(answered(tmp_path / "pairs.jsonl", tmp_path / "out.jsonl"))["id"] == 1
