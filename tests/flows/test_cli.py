"""The command: what it prints, where, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from documents import docx, paragraph
from documents import run as written

from claims.ledger.ledger import Ledger
from claims.records import Check
from flows.cli import COMMANDS, factdesk, main
from flows.errors import UsageError

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "examples" / "inauguration" / "article.html"
ARCHIVE = ROOT / "examples" / "inauguration" / "sources.warc.gz"


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object, stdin: bytes = b"", terminal: bool = False) -> Said:
        typed = io.TextIOWrapper(io.BytesIO(stdin))
        monkeypatch.setattr(typed, "isatty", lambda: terminal)
        monkeypatch.setattr(sys, "argv", ["factdesk", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", typed)
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        code = left.value.code
        return Said(code if isinstance(code, int) else int(bool(code)), captured.out, captured.err)

    return call


def rows(said: Said) -> list[dict[str, object]]:
    return [json.loads(line) for line in said.out.splitlines()]


def test_check_prints_the_verdicts_and_logs_them(run: Run) -> None:
    said = run("check", ARTICLE, "--replay", ARCHIVE, "--db", "desk.db", "--report", "report.html")
    assert said.code == 0
    assert "contradicted" in said.out
    assert said.out.splitlines()[-1].split()[1] == "claims:"
    assert "factdesk up" in said.err
    assert "\x1b[" not in said.out
    assert Path("report.html").read_text().lower().startswith("<!doctype html>")
    listed = rows(run("list", "--db", "desk.db", "--json", "--limit", 500))
    assert listed
    shown = run("show", str(listed[0]["id"])[:8], "--db", "desk.db")
    assert shown.code == 0
    assert " ".join(shown.out.split()).endswith(" --after 0 --db desk.db")
    assert str(listed[0]["statement"]).split()[-1] in shown.out
    assert rows(run("search", "Rotunda", "--db", "desk.db", "--json"))
    assert run("search", "zebra", "--db", "desk.db").out == "no claims\n"


def test_a_word_file_gets_a_comment_for_each_verdict(run: Run) -> None:
    story = docx(paragraph(written("The council met on Monday. ")), paragraph(written("It will rain tomorrow.")))
    Path("story.docx").write_bytes(story)
    said = run("check", "story.docx", "--offline", "--db", "desk.db", "--comments", "checked.docx", "--json")
    claims = rows(said)[0]["claims"]
    assert (said.code, "Comments: checked.docx" in said.err, len(claims)) == (0, True, 2)
    with zipfile.ZipFile("checked.docx") as file:
        comments = file.read("word/comments.xml").decode()
        assert "The council met on Monday." in re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())
    assert [comments.count(f"factdesk show {claim['id'][:8]}") for claim in claims] == [1, 1]
    refused = run("check", "story.docx", "--offline", "--db", "desk.db", "--comments", "story.docx")
    assert (refused.code, Path("story.docx").read_bytes()) == (2, story)


def test_json_is_one_line_for_each_source_in_order(run: Run) -> None:
    said = run("check", "missing.html", ARTICLE, "--offline", "--json", "--db", "desk.db")
    missing, checked = rows(said)
    assert said.code == 3
    assert missing.keys() == {"source", "error"}
    assert missing["source"] == "missing.html"
    assert set(checked) == {
        "article",
        "attributions",
        "run",
        "claims",
        "unclaimed",
        "sources",
        "references",
        "unsearched",
    }


def test_fail_on_exits_with_one(run: Run) -> None:
    arguments = ("check", ARTICLE, "--replay", ARCHIVE, "--db", "desk.db", "--json")
    assert run(*arguments, "--fail-on", "contradicted").code == 1
    assert run(*arguments).code == 0


def test_claims_logs_nothing(run: Run) -> None:
    text = "The mayor said on Friday that 20 trees were felled.\n"
    said = run("claims", "-", "--json", stdin=text.encode())
    (document,) = rows(said)
    (claim,) = document["claims"]  # type: ignore[misc]  the shape is pinned in test_documents
    assert claim["verdict"] is None
    assert claim["attribution"]["speaker"] == "mayor" or "mayor" in claim["attribution"]["speaker"]
    assert document["article"]["sha256"]  # type: ignore[index]
    assert said.code == 0
    assert list(Path().iterdir()) == []


def test_claims_are_read_from_a_column(run: Run) -> None:
    Path("claims.csv").write_text("id,claim\n1,The mayor felled 20 trees.\n2,The bridge fell.\n")
    titles = [document["article"]["title"] for document in rows(run("claims", "--from", "claims.csv", "--json"))]  # type: ignore[index]
    assert titles == ["claims.csv, row 2", "claims.csv, row 3"]
    assert run("check", "--from", "claims.csv").code == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "is empty"),
        ("noise.bin", bytes(range(256)) * 40, "not of a supported type"),
        ("page.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
        ("large.txt", b"The mayor felled 20 trees. " * 500_000, "fetch.max_bytes"),
    ],
)
@pytest.mark.parametrize("command", ["check", "claims"])
def test_what_is_no_article_is_one_line_and_three(run: Run, command: str, name: str, content: bytes, said: str) -> None:
    Path(name).write_bytes(content)
    answer = run(command, name)
    lines = [line for line in answer.err.splitlines() if line.startswith("factdesk:")]
    assert answer.code == 3
    assert answer.out == ""
    assert len(lines) == 1
    assert said in lines[0]
    assert name in lines[0]


@pytest.mark.parametrize(
    "source", ["missing.txt", ".", "ftp://example.com/a", "http://127.0.0.1:9/a", "http://[broken"]
)
def test_what_cannot_be_reached_is_one_line_and_three(run: Run, source: str) -> None:
    answer = run("claims", source)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    "content",
    [
        "Le président a dit lundi que la ville a planté 20 arbres.".encode("latin-1"),
        b"The mayor said on Monday that \xff\xfe 20 trees were felled \xe2\x80 in May.",
        b"\xef\xbb\xbfThe mayor said that 20 trees were felled.",
        "The mayor said that 20 trees were felled.".encode("utf-16"),
    ],
)
def test_any_encoding_is_read(run: Run, content: bytes) -> None:
    Path("story.txt").write_bytes(content)
    assert run("claims", "story.txt", "--json").code == 0


def test_verify_keeps_order_and_names_the_bad_line(run: Run) -> None:
    pairs = [
        {"id": "a", "claim": "The tower is 330 metres tall.", "evidence": ["The tower is 330 metres tall."]},
        {"id": "b", "claim": "The mayor felled 20 trees.", "evidence": ["Bread is made of flour and water."]},
    ]
    text = "\n".join(map(json.dumps, pairs)) + "\n"
    Path("pairs.jsonl").write_text(text)
    answers = rows(run("verify", "pairs.jsonl"))
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert [answer["label"] for answer in answers] == ["supported", "nei"]
    assert all(set(answer) == {"id", "label", "p_supported", "p_refuted", "passage"} for answer in answers)
    Path("pairs.jsonl").write_text(text + '{"id": 1}\n')
    said = run("verify", "pairs.jsonl")
    assert said.code == 2
    assert len(rows(said)) == 2
    assert "3" in said.err
    Path("pairs.jsonl").write_text(text + "not json\n")
    assert "pairs.jsonl:3: not JSON" in run("verify", "pairs.jsonl").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check",), "SOURCE"),
        (("claims", ""), "a SOURCE is empty"),
        (("check", "a.txt", "--fail-on", "wrong"), "supported"),
        (("check", "a.txt", "b.txt", "--report", "r.html"), "one SOURCE"),
        (("check", "a.txt", "b.txt", "--comments", "r.docx"), "one SOURCE"),
        (("check", "a.txt", "--comments", "nowhere/r.docx"), "no folder"),
        (("check", "a.txt", "--report", "."), "this is a folder"),
        (("check", "a.txt", "--comments", "."), "this is a folder"),
        (("check", "a.txt", "--comments", "x.txt"), r"ends in .docx"),
        (("check", "a.txt", "--report", "both.html", "--comments", "both.html"), r"ends in .docx"),
        (("check", "a.txt", "--report", "both.docx", "--comments", "both.docx"), r"ends in .html"),
        (("check", "a.txt", "--report", "/proc/r.html"), "nothing can be written"),
        (("list",), "factdesk check"),
        (("list", "--db", "."), "folder"),
        (("show", "abcdef12", "--config", "nowhere.yaml"), "factdesk init"),
        (("serve",), "PREFECT_API_URL"),
        (("verify", "nowhere.jsonl"), "nowhere.jsonl"),
        (("nonsense",), "nonsense"),
    ],
)
def test_usage_errors_say_what_to_do_and_exit_with_two(run: Run, arguments: tuple[str, ...], said: str) -> None:
    answer = run(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert said in answer.err
    assert "Traceback" not in answer.err


def test_debug_adds_the_traceback(run: Run) -> None:
    assert "Traceback" in run("claims", "missing.txt", "--debug").err


def test_init_writes_once_and_what_it_wrote_loads(run: Run) -> None:
    assert run("init").code == 0
    assert Path("config.yaml").read_text() == (ROOT / "config.yaml").read_text()
    again = run("init")
    assert again.code == 2
    assert "already" in again.err
    said = run("doctor")
    assert said.code == 0
    assert "processor   the 8-bit models run on " in said.out


def test_doctor_names_what_is_wrong(run: Run) -> None:
    Path("config.yaml").write_text("judge: oracle\n")
    said = run("doctor")
    assert said.code == 1
    assert "!!  judge" in said.out
    assert "embedded" in said.out


def test_list_imports_nothing_heavy() -> None:
    script = (
        "import sys; from flows.cli import main; sys.argv = ['factdesk', 'list', '--db', 'nowhere.db']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted(set(sys.modules) & {'prefect', 'spacy', 'onnxruntime', 'trafilatura', 'httpx', 'datasette'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


HEAVY = {"prefect", "spacy", "onnxruntime", "trafilatura", "httpx", "datasette"}


@pytest.mark.parametrize(
    ("words", "completes", "expected"),
    [
        (("--help",), None, "Check articles against the sources they cite."),
        (("ch",), 1, "plain,check\n"),
        (("c",), 1, "plain,check\nplain,claims\n"),
        (("--v",), 1, "plain,--version\n"),
        (("zebra",), 1, "\n"),
        (("backup", "--d"), 2, "plain,--db\n"),
    ],
)
def test_help_and_completion_import_nothing_heavy(words: tuple[str, ...], completes: int | None, expected: str) -> None:
    script = (
        "import sys; from flows.cli import main; sys.argv = ['factdesk', *sys.argv[1:]]\n"
        "try: main()\n"
        f"finally: print(sorted(set(sys.modules) & {HEAVY}), file=sys.stderr)"
    )
    asked = {"_FACTDESK_COMPLETE": "bash_complete", "COMP_CWORD": str(completes)} if completes else {}
    environment = os.environ | asked | {"COMP_WORDS": " ".join(("factdesk", *words))}
    command = [sys.executable, "-c", script, *(() if completes else words)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert (expected in done.stdout) if completes is None else (done.stdout == expected)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("check --fail-on sup", ["supported"]),
        ("list --label mis", ["misattributed"]),
        ("export --format c", ["csv", "claimreview", "corrections"]),
        ("decide --und", ["--undo"]),
        ("recheck --lim", ["--limit"]),
        ("verify pai", ["pai"]),
        ("check art", ["art"]),
        ("show ab", []),
    ],
)
def test_the_options_of_a_command_are_completed(words: str, expected: list[str]) -> None:
    *before, incomplete = words.split()
    completion = ShellComplete(factdesk, {}, "factdesk", "_FACTDESK_COMPLETE")
    assert [item.value for item in completion.get_completions(before, incomplete)] == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_printed(run: Run, monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    monkeypatch.setenv("_FACTDESK_COMPLETE", f"{shell}_source")
    said = run()
    assert said.code == 0
    assert f"_FACTDESK_COMPLETE={shell}_complete" in said.out


def test_every_command_in_a_folder_is_offered() -> None:
    below = ROOT / "flows" / "commands"
    found = {
        f"{path.parent.name}.{path.stem}"
        for path in below.glob("*/*.py")
        if "@click.command(" in path.read_text(encoding="utf-8")
    }
    assert {target.partition(":")[0] for target, _ in COMMANDS.values()} == found
    context = click.Context(factdesk)
    for name in COMMANDS:
        command = factdesk.get_command(context, name)
        assert command is not None
        assert command.name == name


def test_a_renamed_outlet_has_its_new_name_wherever_it_is_shown(run: Run) -> None:
    run("check", ARTICLE, "--replay", ARCHIVE, "--db", "desk.db")
    claim = str(rows(run("list", "--outlet", "interfax", "--db", "desk.db", "--json"))[0]["id"])
    run("decide", claim, "--overrule", "supported", "--note", "read on paper", "--db", "desk.db")
    shown = (
        ("list", "--outlet", "interfax", "--db", "desk.db"),
        ("show", claim, "--db", "desk.db"),
        ("search", "ruble", "--db", "desk.db"),
        ("sources", "interfax"),
        ("check", ARTICLE, "--replay", ARCHIVE, "--db", "other.db"),
    )
    for words in shown:
        assert "Interfax" in " ".join(run(*words).out.split()), words
    Path("config.yaml").write_text("outlets: [{id: interfax, name: Zyxwv Gazette, aliases: [Interfax]}]\n")
    for words in shown:
        assert "Zyxwv Gazette" in " ".join(run(*words).out.split()), words


def test_every_command_has_help(run: Run) -> None:
    for name in factdesk.list_commands(click.Context(factdesk)):
        said = run(name, "--help")
        assert said.code == 0
        assert "Usage:" in said.out


def test_a_decision_is_bound_to_what_show_printed(run: Run) -> None:
    run("check", ARTICLE, "--replay", ARCHIVE, "--db", "desk.db")
    claim = str(rows(run("list", "--db", "desk.db", "--json"))[0]["id"])
    printed = run("show", claim, "--db", "desk.db").out
    offered = re.search(r"factdesk decide (\w+) --verdict (\w+) --after (\d+)", " ".join(printed.split()))
    assert offered
    shown = ("decide", offered[1], "--verdict", offered[2], "--after", offered[3], "--db", "desk.db")
    assert run(*shown, "--confirm", "--reviewer", "Ann").code == 0
    late = run(*shown, "--void", "--note", "no claim", "--reviewer", "Ben")
    assert (late.code, late.err.count("\n")) == (2, 1)
    assert "Ann confirmed it" in late.err
    other = run("decide", claim, "--verdict", "0" * 16, "--confirm", "--reviewer", "Ben", "--db", "desk.db")
    assert (other.code, other.err.count("\n")) == (2, 1)
    assert "not the one shown" in other.err
    nameless = run(*shown[:2], "--confirm", "--reviewer", "", "--db", "desk.db")
    assert (nameless.code, "needs the name" in nameless.err) == (2, True)
    unseen = ("decide", claim, "--undo", "--db", "desk.db")
    declined = run(*unseen, terminal=True, stdin=b"n\n")
    assert (declined.code, declined.out, "nothing was recorded" in declined.err) == (2, "", True)
    assert "confirmed by Ann" in declined.err
    assert "taken back" in run(*unseen, terminal=True, stdin=b"y\n").out


def test_decisions_exports_and_audits_of_a_ledger(run: Run) -> None:
    run("check", ARTICLE, "--replay", ARCHIVE, "--db", "desk.db")
    first = rows(run("list", "--db", "desk.db", "--json"))[0]
    claim = str(first["id"])
    confirmed = run("decide", claim[:8], "--confirm", "--reviewer", "Ann", "--db", "desk.db")
    assert confirmed.code == 0
    assert f"label is now {first['label']}" in confirmed.out
    assert run("decide", claim, "--db", "desk.db").code == 2
    assert run("decide", claim, "--overrule", "supported", "--db", "desk.db").code == 2  # a note is missing
    overruled = run("decide", claim, "--overrule", "conflicting", "--note", "two letters", "--db", "desk.db")
    assert "label is now conflicting" in overruled.out
    assert "it needs review: disputed" in overruled.out
    every = rows(run("export", "--db", "desk.db", "--unreviewed"))
    assert len(every) == len(rows(run("list", "--db", "desk.db", "--json")))
    assert run("export", "--format", "csv", "--db", "desk.db").out.startswith("claim,")
    page = ("--page", "https://desk.example/{id}")
    refused = run("export", "--format", "claimreview", *page, "--db", "desk.db")
    assert refused.out == ""
    assert f"{claim[:8]} not exported: disputed: reviewers disagree\n" in refused.err
    assert f"{len(every)} claims not exported (" in refused.err
    taken_back = run("decide", claim, "--undo", "--db", "desk.db")
    assert f"label is now {first['label']}" in taken_back.out
    corrected = ("--overrule", "conflicting", "--note", "two letters", "--correction", "minor", "--reviewer", "Ben")
    assert run("decide", claim, *corrected, "--db", "desk.db").code == 0
    published = run("export", "--format", "claimreview", *page, "--db", "desk.db")
    assert [review["@type"] for review in rows(published)] == ["ClaimReview"]
    (correction,) = rows(run("export", "--format", "corrections", "--db", "desk.db"))
    assert (correction["claim"], correction["kind"], correction["by"]) == (claim, "minor", "Ben")
    for kind in ("claimreview", "corrections"):
        assert run("export", "--format", kind, *page, "--unreviewed", "--db", "desk.db").code == 2
    assert run("bundle", claim, "--db", "desk.db").code == 0
    assert "Wrote bundle.wacz" in run("bundle", claim, "--db", "desk.db", "--wacz").out
    again = run("check", ARTICLE, "--replay", "bundle.wacz", "--db", "again.db", "--json")
    assert {source["status"] for source in rows(again)[0]["sources"]} == {"captured", "unavailable"}
    assert Path("bundle.zip").stat().st_size > 0
    assert run("backup", "copy.db", "--db", "desk.db").code == 0
    assert "no errors" in run("audit", "--db", "copy.db").out
    Path("config.yaml").write_text("review: {sign_off: 2}\n")
    assert rows(run("export", "--db", "desk.db")) == []
    assert any(row["id"] == claim for row in rows(run("list", "--queue", "--db", "desk.db", "--json")))
    Path("config.yaml").unlink()  # without one, the ledger keeps what the desk has set
    assert rows(run("export", "--db", "desk.db")) == []
    Path("config.yaml").write_text("review: {sign_off: 1}\n")
    assert rows(run("export", "--db", "desk.db")) != []
    damaged = Path("copy.db").read_bytes().replace(b"two letters", b"two lettuce")
    Path("copy.db").write_bytes(damaged)
    assert run("audit", "--db", "copy.db").code == 1


@pytest.mark.parametrize(
    ("name", "outlet", "why"),
    [
        ("WSJ", "wsj", "names"),
        ("@RT_com", "rt", "posts as"),
        ("https://edition.cnn.com/2025/01/20/story", "cnn", "domain"),
        ("told ABC News", "abcnews", "named in"),
        ("reuters", "reuters", "id"),
    ],
)
def test_sources_says_who_a_name_is_and_why(run: Run, name: str, outlet: str, why: str) -> None:
    said = run("sources", name, "--json")
    (found,) = rows(said)
    assert said.code == 0
    assert found["id"] == outlet
    assert why in str(found["why"])


def test_sources_knows_no_outlet_of_any_word(run: Run) -> None:
    said = run("sources", "Zyxwv Gazette")
    assert said.code == 1
    assert "config.yaml" in said.err


def test_sources_lists_the_outlets_and_those_of_the_configuration(run: Run) -> None:
    Path("config.yaml").write_text(
        "outlets: [{id: gazette, name: The Zyxwv Gazette, kind: newspaper, country: AT, domains: [gazette.example]}]\n"
    )
    assert len(rows(run("sources", "--json"))) > 250
    assert "gazette" in run("sources", "gazette.example").out


def test_watch_once_needs_feeds_and_says_which_is_broken(run: Run) -> None:
    assert "feeds" in run("watch", "--once").err
    Path("config.yaml").write_text("feeds: [{name: Gone, url: 'http://127.0.0.1:9/feed'}]\n")
    said = run("watch", "--once")
    assert said.code == 3
    assert "127.0.0.1" in said.err


def test_show_names_the_words_that_the_source_does_not_seem_to_say(run: Run, check: Check) -> None:
    claim = check.extraction.claims[2]
    start, _ = claim.spans[0]
    verdicts = list(check.verdicts)
    verdicts[2] = replace(verdicts[2], unsaid=((start, start + 9), (start + 17, start + 20)))
    with Ledger.open(Path("desk.db")) as ledger:
        ledger.record(replace(check, verdicts=tuple(verdicts)))
    shown = " ".join(run("show", claim.id, "--db", "desk.db").out.split())
    assert "unsaid the words that the source does not seem to say: “About 420”, “saw”" in shown
    other = run("show", check.extraction.claims[0].id, "--db", "desk.db").out
    assert "does not seem to say" not in other
    [row] = rows(run("show", claim.id, "--db", "desk.db", "--json"))
    assert row["verdicts"][-1]["verdict"]["unsaid"] == [[start, start + 9], [start + 17, start + 20]]  # type: ignore[index]  # JSON


@pytest.mark.parametrize("option", ["--report", "--comments"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("desk.db", "this is the ledger"),
        ("desk.db-wal", "this is the ledger"),
        ("link.html", "this is the ledger"),
        ("new/../desk.db", "this is the ledger"),
        ("list.txt", "a file of another kind"),
        ("backup.db", "a file of another kind"),
        ("bundle.zip", "a file of another kind"),
    ],
)
def test_nothing_that_is_kept_is_overwritten(option: str, name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "link.html").symlink_to(tmp_path / "desk.db")
    for text in ("notes.txt", "list.txt"):
        (tmp_path / text).write_text("The bridge opened on Monday.")
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as bundle:
        bundle.writestr("manifest.json", "{}")
    (tmp_path / "backup.db").write_bytes(b"SQLite format 3\0")
    command = ["check", str(tmp_path / "notes.txt"), option, str(tmp_path / name), "--db", str(tmp_path / "desk.db")]
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(UsageError, match=words):
        factdesk.main([*command, "--offline"], standalone_mode=False)
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("option", ["--report", "--comments"])
@pytest.mark.parametrize("source", ["{}", "file://{}"])
def test_the_article_itself_is_never_overwritten(option: str, source: str, tmp_path: Path) -> None:
    article = tmp_path / "article.docx"
    article.write_bytes(docx(paragraph(written("The bridge opened on Monday."))))
    before = article.read_bytes()
    with pytest.raises(UsageError, match="this is the article itself"):
        factdesk.main(["check", source.format(article), option, str(article), "--offline"], standalone_mode=False)
    assert article.read_bytes() == before
