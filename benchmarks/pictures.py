"""Takes the pictures of the README: the report on the sample article and the review desk, light and dark.

    python -m benchmarks.pictures [FOLDER]

The report is the published one, with a claim open; the desk is served on a ledger with the same check. Each picture
carries the report's summary as its description, so that a test notices a picture that is out of date. Needs Chromium.
"""

from __future__ import annotations

import asyncio
import re
import struct
import sys
import tempfile
import zlib
from pathlib import Path

from benchmarks.common import ROOT, of_tests
from flows.checks import pipeline
from flows.config.setup import CheckOptions, setup

SAMPLE = ROOT / "examples" / "inauguration"
REPORT = SAMPLE / "report.html"
_OPENED = "#r4"  # the claim that the report's picture shows with its evidence
_SIZE = {"width": 1100, "height": 700}
_HEAD = 33  # the bytes of a PNG before its second chunk: the signature and the size


def summary() -> str:
    """The line of the published report that counts its claims by label."""
    visible = re.sub(r"<[^>]+>", "", REPORT.read_text(encoding="utf-8"))
    lines = (" ".join(line.split()) for line in visible.splitlines())
    return next(line for line in lines if re.match(r"\d+ claims: ", line))


def described(picture: bytes, description: str) -> bytes:
    """A PNG with a description in it."""
    chunk = b"tEXtDescription\0" + description.encode("latin-1")
    size, checksum = struct.pack(">I", len(chunk) - 4), struct.pack(">I", zlib.crc32(chunk))
    return picture[:_HEAD] + size + chunk + checksum + picture[_HEAD:]


def main() -> None:
    """Write the four pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    browsers = of_tests("review/in_browser")
    with tempfile.TemporaryDirectory() as name:
        ledger = Path(name) / "desk.db"
        how = setup(CheckOptions(ledger=str(ledger), replay=str(SAMPLE / "sources.warc.gz")))
        asyncio.run(pipeline.check(str(SAMPLE / "article.html"), how))
        with browsers.reviewed_at(Path(name)) as desk, browsers.chromium() as browser:
            for scheme in ("light", "dark"):
                page = browser.new_context(viewport=_SIZE, color_scheme=scheme).new_page()
                page.goto(REPORT.as_uri())
                page.click(_OPENED)
                page.evaluate("scrollTo(0, 0)")
                (folder / f"report-{scheme}.png").write_bytes(described(page.screenshot(), summary()))
                page.goto(f"{desk}/queue")
                (folder / f"desk-{scheme}.png").write_bytes(described(page.screenshot(), summary()))


if __name__ == "__main__":
    main()
