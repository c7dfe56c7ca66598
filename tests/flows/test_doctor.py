"""The doctor names the instruction set that the 8-bit models use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claims.verification.judges.embedded import MODEL, Cascade, small
from claims.verification.judges.load import load_judge
from claims.verification.processor import processor_flags
from flows.commands.setup.doctor import instructions, notify_finding, runner_finding, speeds
from flows.config.setup import CheckOptions, setup

X86 = "processor\t: 0\nmodel name\t: flags\nflags\t\t: fpu avx2 {}\n\nprocessor\t: 1\nflags\t\t: avx512bw\n"
ARM = "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd {}\n"


@pytest.mark.parametrize(
    ("cpuinfo", "machine", "named"),
    [
        ("flags : fpu sse4_1", "x86_64", "SSE4.1 (x86_64)"),
        (X86.format("bmi2"), "x86_64", "AVX2 (x86_64)"),
        (X86.format("avx_vnni"), "x86_64", "AVX-VNNI (x86_64)"),
        (X86.format("avx512f avx512bw"), "x86_64", "AVX-512 without VNNI (x86_64)"),
        (X86.format("avx512f avx512bw avx512_vnni"), "x86_64", "AVX-512 VNNI (x86_64)"),
        (X86.format("avx512bw avx512_vnni amx_int8"), "x86_64", "AMX-INT8 (x86_64)"),
        (ARM.format(""), "aarch64", "NEON (aarch64)"),
        (ARM.format("asimddp"), "aarch64", "NEON dot product (aarch64)"),
        (ARM.format("asimddp i8mm"), "aarch64", "NEON I8MM (aarch64)"),
        ("flags : avx21 notavx2\n", "x86_64", "x86_64, instruction set unknown"),
        ("", "x86_64", "x86_64, instruction set unknown"),
    ],
)
def test_the_instruction_set_has_its_usual_name(cpuinfo: str, machine: str, named: str, tmp_path: Path) -> None:
    (tmp_path / "cpuinfo").write_text(cpuinfo)
    assert instructions(processor_flags(tmp_path / "cpuinfo"), machine) == named


@pytest.mark.parametrize(("machine", "named"), [("arm64", "arm64"), ("", "an unknown processor")])
def test_without_cpuinfo_the_architecture_is_named(machine: str, named: str, tmp_path: Path) -> None:
    assert instructions(processor_flags(tmp_path / "cpuinfo"), machine) == f"{named}, instruction set unknown"


@pytest.mark.parametrize("name", ["embedded:small", "lexical"])
def test_the_speed_of_a_judge_of_one_reader(name: str) -> None:
    assert re.fullmatch(r"[\d,.]+ claims a second", speeds(load_judge(name)))


def test_the_speed_of_both_readers() -> None:
    says = speeds(Cascade(small(), MODEL))
    rate = r"[\d,.]+"
    assert re.fullmatch(
        rf"{rate} claims a second by the small reader; {rate} a second of those that the large reader reads again", says
    )


@pytest.mark.parametrize(
    ("notify", "holds", "says"),
    [
        ("", None, "nobody is told"),
        ("notify: [{on: [digest], webhook: 'https://hooks.example/${HOOK}'}]\n", True, "1 in config.yaml"),
        ("notify: [{on: [digest], webhook: 'https://hooks.example/${UNSET}'}]\n", False, "UNSET is not set"),
    ],
)
def test_an_address_without_its_secret_is_reported(
    notify: str, holds: bool | None, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK", "s3cret")
    (tmp_path / "config.yaml").write_text(notify)
    finding = notify_finding(setup(CheckOptions(config=str(tmp_path / "config.yaml"))))
    assert finding.holds is holds
    assert says in finding.says
    assert "s3cret" not in finding.says


@pytest.mark.parametrize(
    ("runner", "holds", "says"),
    [
        ("local", True, r"local: articles are checked here, two at once in one process(; 8 or more in \d processes)?"),
        ("processes", True, r"processes: several articles are examined at once, in \d+ processes"),
        ("workers", False, "runner: workers needs a Prefect server: start one, and set PREFECT_API_URL to its address"),
    ],
)
def test_the_runner(tmp_path: Path, runner: str, holds: bool, says: str) -> None:
    (tmp_path / "config.yaml").write_text(f"runner: {runner}\n")
    finding = runner_finding(setup(CheckOptions(config=str(tmp_path / "config.yaml"))))
    assert finding.holds is holds
    assert re.fullmatch(says, finding.says)
    assert bool(finding.todo) is not holds
