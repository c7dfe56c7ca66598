"""Take the pictures of the README: the report and the review desk of the sample, light and dark.

It needs Chromium and the development requirements: python examples/inauguration/pictures.py
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parents[1] / "docs" / "pictures"
FACTDESK = (sys.executable, "-c", "from flows.cli import main; main()")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZE = {"width": 1100, "height": 700}


def take(target: Path = PICTURES) -> list[Path]:
    """Check the sample, write the pictures and return their paths. Raises SystemExit without Chromium."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        sys.exit("no Chromium is installed: install it, and try again")
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ledger, report = Path(folder) / "desk.db", Path(folder) / "report.html"
        archive = ("--replay", str(HERE / "sources.warc.gz"))
        check = (*FACTDESK, "check", str(HERE / "article.html"), *archive, "--db", str(ledger), "--report", str(report))
        subprocess.run(check, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        with _desk(ledger) as address:
            pages = {"report": report.as_uri(), "desk": address}
            return [
                _picture(browser, url, scheme, target / f"{name}-{scheme}.png")
                for name, url in pages.items()
                for scheme in SCHEMES
            ]


@contextmanager
def _desk(ledger: Path) -> Iterator[str]:
    """The address of a desk on the ledger."""
    command = (*FACTDESK, "review", "--no-open", "--port", "0", "--db", str(ledger))
    with subprocess.Popen(command, cwd=ledger.parent, stdout=subprocess.PIPE, text=True) as server:
        address = server.stdout and re.search(r"http://\S+", server.stdout.readline())
        if not address:
            sys.exit("the desk did not start")
        yield address[0]
        server.terminate()


def _picture(browser: Browser, url: str, scheme: Literal["light", "dark"], path: Path) -> Path:
    page = browser.new_page(viewport=SIZE, color_scheme=scheme)
    page.goto(url, wait_until="networkidle")
    page.screenshot(path=path)
    page.close()
    return path


if __name__ == "__main__":
    for picture in take():
        print(f"{picture}: {picture.stat().st_size:,} bytes")
