"""A cell as a file: every kind of value, masked as on the pages, and in clear words where there is none."""

from typing import Any

import pytest


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
