"""What a worker does: it examines an article, logs nothing, and reads only the files that the desk has."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from channel import open_channel, publish

from claims.verification.judges.llm_client import Usage
from flows.checks import elsewhere
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import RunnerError
from flows.runners.assignment import Assignment, assigned, examine_assigned, file_marks
from sources.captures.reread import captured
from sources.errors import ArchiveError
from sources.packing.carried import packed_captures, unpack_captures

CONFIG = "judge: lexical\nfetch: {allow_private: true, per_host_delay: 0s, robots: false}\n"


@pytest.fixture(autouse=True)
def how(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Setup:
    monkeypatch.setenv("HOME", str(folder / "home"))
    (folder / "config.yaml").write_text(CONFIG)
    return setup(CheckOptions())


@pytest.mark.parametrize("ledger", [True, False])
def test_nothing_is_logged_by_an_examination(how: Setup, ledger: bool) -> None:
    with assigned(how, ledger=ledger) as assignment:
        outcome = examine_assigned("trees.txt", assignment, file_marks("trees.txt", how))
    assert outcome.check is not None
    assert outcome.check.verdicts
    assert not outcome.captures
    assert not how.ledger.exists()
    assert not list(how.captures.glob(".shared-*"))


def test_an_unreadable_article_is_an_answer(how: Setup) -> None:
    with assigned(how, ledger=False) as assignment:
        outcome = examine_assigned("missing.txt", assignment, file_marks("missing.txt", how))
    assert outcome.check is None
    assert "no such file" in str(outcome.error)


def test_a_file_that_differs_from_the_desk_s_is_left_to_the_desk(how: Setup) -> None:
    with assigned(how, ledger=False) as assignment:
        seen = file_marks("trees.txt", how)
        Path("trees.txt").write_text("Another article of the same name.\n")
        outcome = examine_assigned("trees.txt", assignment, seen)
        Path("trees.txt").unlink()
        missing = examine_assigned("trees.txt", assignment, seen)
    assert (outcome.check, outcome.error) == (missing.check, missing.error) == (None, None)


def test_another_version_is_refused(how: Setup) -> None:
    with pytest.raises(RunnerError, match=r"has Factdesk .*, and the desk 0\.0: install the same"):
        examine_assigned("trees.txt", Assignment(setup=how, ledger=False, version="0.0"), file_marks("trees.txt", how))


def test_captures_are_carried_home_where_the_folder_is_not_shared(how: Setup, tmp_path: Path) -> None:
    with open_channel() as channel:
        article = publish(channel)
        channel.pages |= dict.fromkeys(("/one", "/two"), (200, article))
        with assigned(how, ledger=False) as assignment:
            away = replace(assignment, mark=tmp_path / "elsewhere" / "mark")
            outcomes = [examine_assigned(f"{channel.address}{path}", away, []) for path in ("/one", "/two")]
    assert not packed_captures(how.captures)
    for outcome in outcomes:
        assert outcome.check is not None
        assert {name.rpartition(".")[2] for name in outcome.captures} == {"gz", "cdxj"}
        unpack_captures(outcome.captures, how.captures)
        unpack_captures(outcome.captures, how.captures)  # a second time, after an interruption
        capture = outcome.check.article_capture
        assert capture is not None
        assert captured(capture, how.captures, how.outlets).text == outcome.check.article.text
    assert len(packed_captures(how.captures)) == 4, "each assignment has archives of its own"
    assert (tmp_path / "home" / ".cache" / "factdesk" / "hosts").is_dir(), (
        "the pauses of hosts hold between assignments"
    )


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"../factdesk-20260101-1-ab-0000.warc.gz": b""}, "not the name of an archive"),
        ({"factdesk.db": b""}, "not the name of an archive"),
        ({"factdesk-20260101-1-ab-0000.warc.gz": b"other"}, "nothing is overwritten"),
    ],
)
def test_nothing_else_is_written_into_the_captures(tmp_path: Path, files: dict[str, bytes], message: str) -> None:
    there = tmp_path / "captures" / "factdesk-20260101-1-ab-0000.warc.gz"
    there.parent.mkdir()
    there.write_bytes(b"first")
    with pytest.raises(ArchiveError, match=message):
        unpack_captures(files, there.parent)
    assert [path.name for path in there.parent.iterdir()] == [there.name]
    assert there.read_bytes() == b"first"


def test_the_costs_of_other_processes_are_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "_usage", {})
    assert elsewhere.costs_elsewhere() == []
    for tokens in (100, 50):
        elsewhere.note_usage({"llm:small": Usage(questions=2, input_tokens=tokens, seconds=0.5)})
    assert elsewhere.costs_elsewhere() == [
        "llm:small, elsewhere: 4 questions, 150 tokens in, 0 out, 1.0 s, 0 passages without an answer"
    ]


# Counts the states of the hosts, to which the delays between requests belong, after each article.
HOSTS = """
import sys
from flows.api.answers import ApiAnswers
from flows.api.articles import HandedArticle
from flows.config.setup import CheckOptions, setup
from flows.runners.assignment import Assignment, examine_assigned
from sources.fetching import politeness

how, hosts = setup(CheckOptions()), []
for address in sys.argv[2:]:
    if sys.argv[1] == "api":
        ApiAnswers(how).claims(HandedArticle(address=address))
    else:
        assert examine_assigned(address, Assignment(setup=how, ledger=True), []).check.verdicts
    hosts += [host for states in politeness._HOSTS.values() for host in states.values()]
print(len(hosts), len(set(map(id, hosts))))
"""


@pytest.mark.parametrize("way", ["api", "process"])
def test_the_delay_per_host_holds_from_one_article_to_the_next(way: str) -> None:
    Path("config.yaml").write_text("judge: lexical\nfetch: {allow_private: true, per_host_delay: 0s}\n")
    with open_channel() as channel:
        article = publish(channel)
        paths = ("/one", "/two", "/three")
        channel.pages |= dict.fromkeys(paths, (200, article))
        addresses = [f"{channel.address}{path}" for path in paths]
        command = [sys.executable, "-W", "always::ResourceWarning", "-c", HOSTS, way, *addresses]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.stderr) == ("3 1\n", "")
