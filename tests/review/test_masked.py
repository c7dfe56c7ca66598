"""What leaves the desk holds no secrets, on whichever page and in whichever format."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sample_check import build

from claims.ledger.ledger import Ledger
from claims.records import Label
from review.desk import desk
from review.masked import masked

SECRET = "s3cr3tW0rdOfTheDesk"


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    check = build(address=f"https://news.example/inauguration?token={SECRET}&page=1")

    def secret(value: Any) -> Any:
        if value.source.capture is None:
            return value
        headers = (("Set-Cookie", f"sid={SECRET}"), ("Vary", "x"))
        capture = replace(value.source.capture, final_url=f"https://a.example/?sig={SECRET}", headers=headers)
        return replace(value, source=replace(value.source, capture=capture))

    readings = tuple(map(secret, check.readings))
    new = {
        old.source.capture.id: now.source.capture.id
        for old, now in zip(check.readings, readings, strict=True)
        if old.source.capture and now.source.capture
    }
    verdicts = tuple(
        replace(
            verdict,
            evidence=tuple(
                replace(item, passage=replace(item.passage, capture=new[item.passage.capture]))
                for item in verdict.evidence
            ),
        )
        for verdict in check.verdicts
    )
    with Ledger.open(tmp_path / "factdesk.db") as ledger:
        ledger.record(replace(check, readings=readings, verdicts=verdicts))
    return tmp_path / "factdesk.db"


async def test_no_page_and_no_export_of_the_desk_has_the_secret(ledger_path: Path) -> None:
    app = desk(ledger_path)
    await app.invoke_startup()
    with Ledger.open(ledger_path) as ledger:
        row = ledger.claims()[0]
    paths = ["/", f"/claim/{row.id}", f"/article/{row.article}", "/ledger/current.json?_labels=on"]
    for table in ("captures", "articles", "sources", "current"):
        paths += [
            f"/ledger/{table}",
            f"/ledger/{table}.json",
            f"/ledger/{table}.csv",
            f"/ledger/{table}.csv?_stream=on",
        ]
    paths += [
        "/ledger/articles?_facet=url",
        "/ledger?sql=select+url+from+articles",
        "/ledger.json?sql=select+headers+from+captures",
    ]
    answers = {path: (await app.client.get(path)) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert [path for path, answer in answers.items() if SECRET in answer.text] == []
    assert "token=-" in answers["/ledger/articles.json"].text
    assert answers["/ledger/captures.json"].json()["rows"]
    for database in app.databases.values():
        database.close()


async def answered(pieces: list[bytes], kind: bytes) -> bytes:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", kind), (b"content-length", b"99")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for number, piece in enumerate(pieces, start=1):
            await send({"type": "http.response.body", "body": piece, "more_body": number < len(pieces)})

    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await masked(app)({"type": "http"}, None, send)  # type: ignore[arg-type]  # nothing is received
    text = kind.startswith((b"text", b"application/json"))
    assert (b"content-length" in dict(sent[0]["headers"])) is not text
    return b"".join(message.get("body", b"") for message in sent)


LINE = "1,https://a.example/x?token=s3cr3t&b=ö,2\n".encode()


@pytest.mark.parametrize("size", [1, 2, 7, 31, 1000])
async def test_a_streamed_text_is_masked_across_its_pieces(size: int) -> None:
    whole = LINE * 3 + b"the end https://a.example/?key=s3cr3t"
    pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
    expected = (LINE * 3).replace(b"s3cr3t", b"-") + b"the end https://a.example/?key=-"
    assert await answered(pieces, b"text/csv; charset=utf-8") == expected


@pytest.mark.parametrize("turn", ["\u202e", "\u2067", "\x1b", "\x00", "\u200b"])
async def test_a_page_has_no_signs_that_hide_or_turn_words(turn: str) -> None:
    text = f"<p>{turn}said\u200f \u200d{turn} so</p>\n"
    assert await answered([text.encode()], b"text/html; charset=utf-8") == "<p>said\u200f \u200d so</p>\n".encode()
    assert await answered([text.encode()], b"application/json") == text.encode()


async def test_other_kinds_of_answers_pass_as_they_are() -> None:
    data = b"\x00https://a.example/x?token=s3cr3t\xff"
    assert await answered([data], b"application/octet-stream") == data


@pytest.mark.parametrize(
    ("address", "status", "body"),
    [
        ("standings.blob?_blob_column=no", 200, b"1"),
        ("claims.blob?_blob_column=superseded_in", 200, b""),
        ("runs.blob?_blob_column=id", 200, b"run-1"),
        ("log_entries/1.blob?_blob_column=digest", 200, None),
        ("runs.blob?_blob_column=id&_blob_hash=00", 400, b"Link has expired"),
        ("runs.blob?_blob_column=nothing", 400, b"nothing is not a valid column"),
        ("failures.blob?_blob_column=key", 404, b"The table has no such row."),
    ],
)
async def test_the_value_of_a_cell_is_downloaded(app: Any, address: str, status: int, body: bytes | None) -> None:
    answer = await app.client.get(f"/ledger/{address}")
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["content-disposition"].startswith("attachment")
        assert len(answer.content) == 32 if body is None else answer.content == body
    else:
        assert body is not None
        assert body in answer.content


async def test_a_query_is_downloaded_without_secrets(app: Any) -> None:
    address = "'https://news.example/?token=s3cr3tW0rdOfTheDesk'"
    answer = await app.client.get(f"/ledger.blob?sql=select+{address}+as+a&_blob_column=a")
    assert (answer.status_code, b"s3cr3t" in answer.content) == (200, False)


async def test_no_download_hands_a_formula_to_a_spreadsheet(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "factdesk.db") as ledger:
        ledger.record(build([("=HYPERLINK(1)", None, Label.NO_SOURCE, 0.5, None)]))
    app = desk(tmp_path / "factdesk.db")
    await app.invoke_startup()
    query = "sql=select+text,+-1+as+share+from+claims"
    for path in ("/ledger/claims.csv", "/ledger/claims.csv?_dl=on&_stream=on", f"/ledger.csv?{query}"):
        text = (await app.client.get(path)).text
        assert "'=HYPERLINK(1)" in text, path
        assert ",=HYPERLINK" not in text, path
    assert text.splitlines()[1] == "'=HYPERLINK(1),-1"
