"""A page that a person hands in at the desk is kept and judged at once; what cannot be is refused with the reason."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from claims.ledger.ledger import Ledger
from claims.records import Label, Via
from flows.checks import pipeline
from flows.commands.checking.handed_in import judge_of
from flows.config.setup import CheckOptions, setup
from review.desk import desk
from review.handed import uploads

SAMPLE = Path(__file__).parents[2] / "examples" / "inauguration"
WORDS = "European ambassadors met"
PAGE = """<html><body><article><h1>Ambassadors meet</h1>
<p>European ambassadors met in Brussels on Sunday evening to agree on a common answer, three diplomats said.
The meeting lasted four hours and ended without a statement.</p>
<p>They will meet again within the week, one of the diplomats said, before the foreign ministers gather.</p>
</article></body></html>"""
WHOLE = """A call is wanted

Ukraine's president asked for a telephone call with Trump within the week, two officials in Kyiv said on Sunday.
They expected an answer on Monday, and said that no date had been offered so far.
"""
TEXT = re.sub(r"<[^>]+>", "", PAGE)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk that checked the sample article."""
    folder = tmp_path_factory.mktemp("checked")
    asked = CheckOptions(ledger="desk.db", replay=str(SAMPLE / "sources.warc.gz"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        asyncio.run(pipeline.check(str(SAMPLE / "article.html"), setup(asked)))
    return folder


@pytest.fixture
async def judging(checked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """A desk of its own that can judge what is handed in."""
    shutil.copytree(checked, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    app = desk(Path("desk.db"), judge=judge_of(setup(CheckOptions(ledger="desk.db"))))
    await app.invoke_startup()
    yield app
    for database in app.databases.values():
        database.close()


def unread(words: str = WORDS) -> tuple[str, str]:
    """The claim with these words, whose source could not be read or only in part, and that source."""
    with Ledger.open(Path("desk.db"), create=False) as ledger:
        row = next(row for row in ledger.claims(limit=99) if words in row.text)
        (source,) = ledger.show(row.id).sources
    return row.id, source.id


async def send(app: Any, claim: str, fields: dict[str, str], file: tuple[str, bytes] | None) -> Any:
    form = await app.client.get(f"/claim/{claim}")
    token = form.cookies["ds_csrftoken"]
    files = {"file": file} if file else {"file": ("", b"")}
    data = {"csrftoken": token, **fields}
    return await app.client.post(f"/claim/{claim}/source", data=data, files=files, cookies={"ds_csrftoken": token})


@pytest.mark.parametrize(("name", "body"), [("page.html", PAGE), ("../../etc/page.HTML", PAGE), ("notes.txt", TEXT)])
async def test_a_file_is_kept_and_judged_at_once(judging: Any, name: str, body: str) -> None:
    claim, source = unread()
    answer = await send(judging, claim, {"source": source, "reviewer": "Ana"}, (name, body.encode()))
    assert (answer.status_code, answer.headers["location"]) == (302, f"/claim/{claim}#sources")
    with Ledger.open(Path("desk.db"), create=False) as ledger:
        entry = ledger.show(claim)
        assert [row.verdict.label for row in entry.verdicts] == [Label.SOURCE_UNAVAILABLE, Label.SUPPORTED]
        assert [attachment.by for attachment in entry.attachments] == ["Ana"]
        assert Via.MANUAL in [attachment.via for attachment in entry.captures]
        assert ledger.audit().holds
    assert "Attached by Ana" in (await judging.client.get(f"/claim/{claim}")).text


async def test_the_page_of_a_source_that_was_read_in_part_can_be_handed_in(judging: Any) -> None:
    claim, source = unread("asked for a telephone call")
    for address in (f"/claim/{claim}", "/hand-in"):
        assert f'value="{source}"' in (await judging.client.get(address)).text
    answer = await send(judging, claim, {"source": source, "reviewer": "Ana"}, ("page.txt", WHOLE.encode()))
    assert answer.status_code == 302
    with Ledger.open(Path("desk.db"), create=False) as ledger:
        assert ledger.show(claim).row.label is Label.SUPPORTED
    for address in (f"/claim/{claim}", "/hand-in"):
        assert f'value="{source}"' not in (await judging.client.get(address)).text


# fields, the file, the status, and words of the answer
REFUSED: list[tuple[dict[str, str], tuple[str, bytes] | None, int, str]] = [
    ({}, None, 400, "choose a file"),
    ({"url": "javascript:alert(1)"}, None, 400, "starts with http"),
    ({"reviewer": ""}, ("page.html", PAGE.encode()), 400, "name of the person"),
    ({"source": "another"}, ("page.html", PAGE.encode()), 400, "does not cite"),
    ({}, ("noise.bin", bytes(range(256)) * 10), 400, "attach .html, .txt, .md, .docx"),
    ({}, ("empty.html", b"<html><body></body></html>"), 400, "attach .html, .txt, .md, .docx"),
]


@pytest.mark.parametrize(("fields", "file", "status", "words"), REFUSED)
async def test_what_cannot_be_judged_is_refused_with_the_reason(
    judging: Any, fields: dict[str, str], file: tuple[str, bytes] | None, status: int, words: str
) -> None:
    claim, source = unread()
    answer = await send(judging, claim, {"source": source, "reviewer": "Ana", **fields}, file)
    assert answer.status_code == status
    assert words in answer.text
    assert "/tmp" not in answer.text
    with Ledger.open(Path("desk.db"), create=False) as ledger:
        assert ledger.show(claim).attachments == ()


async def test_a_form_that_is_too_large_is_refused(judging: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, source = unread()
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    answer = await send(judging, claim, {"source": source, "reviewer": "Ana"}, ("page.html", b"x" * 2000))
    assert answer.status_code == 413


async def test_a_file_of_another_site_is_refused(judging: Any) -> None:
    claim, source = unread()
    fields = {"source": source, "reviewer": "Eve", "csrftoken": "made-up"}
    form = await judging.client.get(f"/claim/{claim}")
    cookies = {"ds_csrftoken": form.cookies["ds_csrftoken"]}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}, {}):
        answer = await judging.client.post(
            f"/claim/{claim}/source",
            data=fields,
            files={"file": ("page.html", PAGE.encode())},
            headers=headers,
            cookies=cookies,
        )
        assert answer.status_code == 403
    forged = {"ds_csrftoken": "made-up"}
    answer = await judging.client.post(
        f"/claim/{claim}/source", data=fields, files={"file": ("page.html", PAGE.encode())}, cookies=forged
    )
    assert answer.status_code == 403
    with Ledger.open(Path("desk.db"), create=False) as ledger:
        assert ledger.show(claim).attachments == ()


async def test_a_desk_that_cannot_judge_takes_addresses_only(checked: Path, tmp_path: Path) -> None:
    shutil.copy(checked / "desk.db", tmp_path / "desk.db")
    app = desk(tmp_path / "desk.db")
    await app.invoke_startup()
    with Ledger.open(tmp_path / "desk.db") as ledger:
        claim = next(row.id for row in ledger.claims(limit=99) if WORDS in row.text)
        (source,) = ledger.show(claim).sources
    html = (await app.client.get(f"/claim/{claim}")).text
    assert 'type="file"' not in html
    answer = await send(app, claim, {"source": source.id, "reviewer": "Ana"}, ("page.html", PAGE.encode()))
    assert (answer.status_code, "factdesk review" in answer.text) == (400, True)


# the body of a form with the boundary "b", its fields, and its file
@pytest.mark.parametrize(
    ("body", "fields", "file"),
    [
        (b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n2\r\n--b--\r\n', {"a": "1\r\n2"}, None),
        (
            b'--b\r\nContent-Disposition: form-data; name="f"; filename="x.pdf"\r\nContent-Type: a/b\r\n\r\n'
            b"%PDF\r\n\x00\xff\r\r\n--bb\r\n\n\r\n--b--",
            {},
            ("x.pdf", b"%PDF\r\n\x00\xff\r\r\n--bb\r\n\n"),
        ),
        (b'--b\r\nContent-Disposition: form-data; name="f"; filename=""\r\n\r\n\r\n--b--', {}, None),
        (b"--b--", {}, None),
        (b"no form at all", {}, None),
    ],
)
def test_the_bytes_of_a_file_are_read_as_they_are(
    body: bytes, fields: dict[str, str], file: tuple[str, bytes] | None
) -> None:
    form = uploads._parts(body, b"b")
    assert (form.fields, form.file) == (fields, file)
