"""Build sources.warc.gz from pages/: the archive that answers for the network when the sample is checked.

Every date, id and header is fixed, so that the same pages give the same bytes (with the same zlib).
Run it after a change to a page: python examples/inauguration/build.py
"""

from __future__ import annotations

import sys
import uuid
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = Path(__file__).resolve().parent
ARCHIVE = HERE / "sources.warc.gz"
BUILT = "2025-01-20T20:00:00Z"
ABOUT = (
    b"software: Factdesk sample builder\r\n"
    b"format: WARC File Format 1.1\r\n"
    b"description: Sample pages written for the Factdesk demo; not published by the outlets\r\n"
)


def build(target: Path = ARCHIVE, pages: Path = HERE / "pages") -> int:
    """Write the archive and return how many pages it holds. Raises OSError where a page is missing."""
    entries = yaml.safe_load((pages / "manifest.yaml").read_text(encoding="utf-8"))
    with target.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        writer.write_record(_about(writer))
        for entry in entries:
            writer.write_record(_response(writer, entry, (pages / entry["file"]).read_bytes()))
    return len(entries)


def _about(writer: WARCWriter) -> Any:
    headers = {
        "WARC-Record-ID": _record_id("warcinfo"),
        "WARC-Date": BUILT,
        "WARC-Filename": ARCHIVE.name,
        "Content-Type": "application/warc-fields",
    }
    return writer.create_warc_record(
        None, "warcinfo", payload=BytesIO(ABOUT), length=len(ABOUT), warc_headers_dict=headers
    )


def _response(writer: WARCWriter, entry: dict[str, Any], body: bytes) -> Any:
    """One response record: what a server would have answered."""
    status = HTTPStatus(entry.get("status", 200))
    at = datetime.fromisoformat(entry["date"])
    headers = [
        ("Date", format_datetime(at, usegmt=True)),
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
    ]
    return writer.create_warc_record(
        entry["url"],
        "response",
        payload=BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(f"{status.value} {status.phrase}", headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Record-ID": _record_id(entry["url"]), "WARC-Date": entry["date"]},
    )


def _record_id(name: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"


if __name__ == "__main__":
    print(f"{build()} pages in {ARCHIVE.name}", file=sys.stderr)
