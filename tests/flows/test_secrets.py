"""A key in the addresses of an article and its sources is fetched with, and shown and handed on nowhere."""

from __future__ import annotations

import json
import logging
import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from newsweb import Desk, open_desk, page
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.errors import LedgerError
from claims.ledger.ledger import Ledger
from flows.cli import main
from flows.show.webpage import render

SECRET = "s3cr3tW0rdOfTheDesk"
SOURCE = f"https://www.wsj.com/finance/ruble-gains-1a2b3c?token={SECRET}&page=1"
LANDED = f"https://www.wsj.com/finance/ruble?X-Amz-Signature={SECRET}"
ARTICLE = f"https://desk.example/ruble?access_token={SECRET}"


def archive(target: Path) -> Path:
    body, _ = page("Ruble gains", "The ruble strengthened against the dollar on Monday, traders said.")
    with target.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, status, more in (
            (SOURCE, "302 Found", [("Location", LANDED)]),
            (LANDED, "200 OK", [("Set-Cookie", f"sid={SECRET}"), ("X-Auth-Token", SECRET)]),
        ):
            head = StatusAndHeaders(status, [("Content-Type", "text/html"), *more], protocol="HTTP/1.1")
            data = b"" if more[0][0] == "Location" else body.encode()
            writer.write_record(
                writer.create_warc_record(url, "response", payload=BytesIO(data), length=len(data), http_headers=head)
            )
    return target


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FACTDESK_JUDGE", "lexical")
    desk = open_desk(tmp_path)
    desk.article = desk.write(
        f'The ruble <a href="{SOURCE}">strengthened against the dollar on Monday</a>, traders said.',
        f'A brewery <a href="https://gone.example/x?sig={SECRET}">renamed its dark beer</a> on Monday.',
        url=ARTICLE,
    )
    return desk


def test_no_output_has_the_secret(
    desk: Desk, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    options = ["--db", str(desk.setup.ledger)]
    replay = ["--replay", str(archive(tmp_path / "web.warc.gz"))]
    printed = desk.run("check", str(desk.article), *options, *replay, "--json", "--report", str(tmp_path / "r.html"))
    document = json.loads(printed)
    assert "token=-&page=1" in printed
    assert [source["status"] for source in document["sources"]] == ["captured", "unavailable"]
    claim = document["claims"][0]["id"]
    outputs = {
        "json": printed,
        "report": (tmp_path / "r.html").read_text(encoding="utf-8"),
        "text": desk.run("check", str(desk.article), *options, *replay),
        **{name: desk.run(*words, *options) for name, words in COMMANDS.items()},
        **{f"show {how}": desk.run("show", claim, *options, *how) for how in ((), ("--json",))},
        "recheck": desk.run("recheck", *options, *replay),
        "audit": desk.run("audit", *options),
        "history": desk.run("sources", SOURCE, "--history", *options),
        "log": caplog.text,
    }
    desk.run("bundle", claim, *options, "--output", str(tmp_path / "b.zip"))
    with zipfile.ZipFile(tmp_path / "b.zip") as bundle:
        texts = [name for name in bundle.namelist() if not name.startswith("captures/")]
        outputs |= {name: bundle.read(name).decode() for name in texts}
    outputs["stderr"] = "".join(capsys.readouterr())
    assert [name for name, text in outputs.items() if SECRET in text] == []
    assert '"set-cookie"' in outputs["claims.json"].lower()
    with Ledger.open(desk.setup.ledger) as ledger:  # it is needed to fetch the page again
        assert {capture.url for capture in ledger.captures()} == {SOURCE}


COMMANDS = {
    "claims": ["list"],
    "claims as JSON": ["list", "--json"],
    "search": ["search", "ruble"],
    "search as JSON": ["search", "ruble", "--json"],
    "csv": ["export", "--format", "csv"],
    "jsonl": ["export", "--format", "jsonl"],
    "claimreview": ["export", "--format", "claimreview", "--page", "https://desk.example/{id}"],
}


def test_an_error_does_not_tell_the_secret(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    replay = str(archive(tmp_path / "web.warc.gz"))
    words = ["factdesk", "check", f"https://anna:{SECRET}@no.example/a?key={SECRET}", "--json", "--replay", replay]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit):
        main()
    said = capsys.readouterr()
    assert "no.example/a?key=-" in said.out
    assert "no.example/a?key=-" in said.err
    assert SECRET not in said.out + said.err


def test_what_is_made_is_its_owners_alone(desk: Desk, tmp_path: Path) -> None:
    options = ["--db", str(tmp_path / "new" / "desk.db")]
    printed = desk.run(
        "check", str(desk.article), *options, "--offline", "--json", "--report", str(tmp_path / "r.html")
    )
    claim = json.loads(printed)["claims"][0]["id"]
    desk.run("bundle", claim, *options, "--output", str(tmp_path / "b.zip"))
    desk.run("backup", str(tmp_path / "copy.db"), *options)
    with Ledger.open(tmp_path / "new" / "desk.db"):
        made = [*(tmp_path / "new").iterdir(), *(tmp_path / "captures").iterdir()]
        made += [tmp_path / name for name in ("r.html", "b.zip", "copy.db")]
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in made}
    assert {"desk.db", "desk.db-wal", "desk.db-shm"} <= modes.keys()
    assert set(modes.values()) == {0o600}
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new", "captures")} == {0o700}


def test_a_report_hides_what_the_address_of_the_article_holds(desk: Desk) -> None:
    desk.archive({})
    desk.setup = desk.offline
    html = render(desk.check())
    assert SECRET not in html
    assert "https://desk.example/ruble?access_token=-" in html


@pytest.mark.parametrize("forged", ["../../../../home/user/.profile", "/etc/passwd", "..\\up", "C:\\up"])
def test_a_bundle_has_no_name_that_leads_out_of_it(desk: Desk, tmp_path: Path, forged: str) -> None:
    import sqlite3

    options = ["--db", str(desk.setup.ledger)]
    printed = desk.run("check", str(desk.article), *options, "--offline", "--json")
    claim = json.loads(printed)["claims"][0]["id"]
    connection = sqlite3.connect(desk.setup.ledger)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("UPDATE articles SET id = ?", [forged])
    connection.execute("UPDATE claims SET article = ?", [forged])
    connection.commit()
    connection.close()
    with Ledger.open(desk.setup.ledger) as ledger:
        with pytest.raises(LedgerError, match="is not a valid file name for the bundle"):
            ledger.bundle([claim], tmp_path / "b.zip", lambda capture: b"", at="2025-01-20T00:00:00Z")
        assert not (tmp_path / "b.zip").exists()
        assert any(forged in fault.row for fault in ledger.audit().faults)
