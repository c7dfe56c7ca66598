"""A check whose sources are bad in many ways: each costs itself, the rest is judged and logged."""

from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.ledger.ledger import Ledger
from claims.records import Check, Label, Reason
from flows.checks import pipeline
from flows.commands.ledger.audit import audit_ledger
from flows.config.setup import CheckOptions, Setup, setup

TOWNS = ("Tarnmouth", "Merrow", "Sarre", "Aldersea", "Dorrit")
SAYS = "The {} mill lost {} workers on Friday, the union said."
FILL = "The exchange closed at its usual hour, and the turnover of the day was a little below the average of the month."


def said(number: int) -> str:
    return SAYS.format(TOWNS[number], 50 + number)


def address(number: int) -> str:
    return f"https://out.example/{TOWNS[number]}"


def archive(path: Path) -> None:
    """A page with odd characters, a text with some, a revisit of itself, a whole page, and one that is cut short."""
    import io

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")

        def page(number: int, body: str, kind: str) -> None:
            http = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            data = body.encode()
            fields = {"WARC-Date": "2026-01-20T10:00:00Z"}
            writer.write_record(
                writer.create_warc_record(
                    address(number), "response", io.BytesIO(data), len(data), "", fields, http_headers=http
                )
            )

        page(0, f"<p>{said(0)}\x01\uffff\x0c</p>", "text/html")
        page(1, f"{said(1)}\n\n{FILL}\x01\uffff {FILL}", "text/plain")
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        fields = {"WARC-Date": "2026-01-20T10:00:00Z"}
        revisit = writer.create_revisit_record(
            address(2), "sha1:X", address(2), fields["WARC-Date"], http_headers=http, warc_headers_dict=fields
        )
        writer.write_record(revisit)
        page(3, f"<article><h1>Mill</h1><p>{said(3)}</p><p>{FILL}</p></article>", "text/html")
        start = file.tell()
        page(4, f"<article><h1>Mill</h1><p>{said(4)}</p><p>{FILL}</p></article>", "text/html")
        file.truncate(start + (file.tell() - start) // 2)


@pytest.fixture
def how(tmp_path: Path) -> Setup:
    archive(tmp_path / "web.warc.gz")
    asked = CheckOptions(ledger=str(tmp_path / "desk.db"), replay=str(tmp_path / "web.warc.gz"))
    return dataclasses.replace(setup(asked), judge="lexical")


def check(folder: Path, how: Setup) -> Check:
    sentences = (
        f'<p>{said(n).replace(", the union said.", "")}, <a href="{address(n)}">the union said</a>.</p>'
        for n in range(len(TOWNS))
    )
    path = folder / "article.html"
    path.write_text(f"<article><h1>Mills</h1>{''.join(sentences)}</article>", encoding="utf-8")
    return asyncio.run(pipeline.check(str(path), how))


def test_each_bad_source_costs_itself(tmp_path: Path, how: Setup) -> None:
    done = check(tmp_path, how)
    reasons = {reading.source.citation.url: reading.source.reason for reading in done.readings}
    assert reasons == {
        address(0): None,
        address(1): None,
        address(2): Reason.UNRESOLVED,
        address(3): None,
        address(4): Reason.UNRESOLVED,
    }
    assert "damaged" in done.readings[4].source.detail
    labels = [verdict.label for verdict in done.verdicts]
    assert labels[2] is labels[4] is Label.SOURCE_UNAVAILABLE
    assert labels[3] is Label.SUPPORTED
    assert Label.NOT_IN_SOURCE not in labels
    with Ledger.open(how.ledger, create=False) as ledger:
        assert ledger.audit().holds
        assert ledger.counts()["verdicts"] == len(done.verdicts)


def test_an_audit_goes_on_past_a_capture_that_cannot_be_read(
    tmp_path: Path, how: Setup, capsys: pytest.CaptureFixture[str]
) -> None:
    check(tmp_path, how)
    config = tmp_path / "config.yaml"
    config.write_text(f"ledger: {tmp_path / 'desk.db'}\ncaptures: {tmp_path}\n", encoding="utf-8")
    assert audit_ledger(setup(CheckOptions(config=str(config))), None) == 0
    capsys.readouterr()
    archive_file = tmp_path / "web.warc.gz"
    data = archive_file.read_bytes()
    archive_file.write_bytes(b"\x1f\x8b" + b"\x00" * 200 + data[202:])
    assert audit_ledger(setup(CheckOptions(config=str(config))), None) == 1
    told = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("captures ") for line in told) == 1
    assert "1 error" in told[-1]


def test_a_recheck_that_asks_nobody_goes_on_past_a_capture_that_cannot_be_read(tmp_path: Path, how: Setup) -> None:
    done = check(tmp_path, how)
    archive_file = tmp_path / "web.warc.gz"
    data = archive_file.read_bytes()
    archive_file.write_bytes(b"\x1f\x8b" + b"\x00" * 200 + data[202:])
    again = asyncio.run(pipeline.recheck(done.article.id, how, fetch=False))
    pages = {reading.source.citation.url: reading.page is not None for reading in again.readings}
    assert pages == {address(number): number in (1, 3) for number in range(5)}
    (lost,) = (reading.source for reading in again.readings if reading.source.citation.url == address(0))
    assert lost.reason is Reason.UNREACHABLE
    assert lost.detail.count("cannot be read again") == 1
    assert Label.NOT_IN_SOURCE not in [verdict.label for verdict in again.verdicts]
