"""A Chromium, and a desk served as `factdesk review` serves it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
FLAGS += " --disable-component-update --disable-sync"
START = "import sys; from pathlib import Path; from review.desk import serve; serve(Path(sys.argv[1]), '127.0.0.1', 0)"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window; the test is skipped where none is installed."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("no Chromium is installed: the desk was not looked at in a browser")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, headless=True, args=FLAGS.split())
        yield opened
        opened.close()


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The address of a desk on a ledger."""
    with _serving([START, str(ledger)], ROOT) as address:
        yield address


@contextmanager
def reviewed_at(folder: Path) -> Iterator[str]:
    """The address of `factdesk review` in a folder, which can check articles."""
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from flows.cli import main; main()"
    with _serving([start, "review", "--no-open", "--port", "0", "--db", "desk.db"], folder) as address:
        yield address


@contextmanager
def _serving(program: list[str], folder: Path) -> Iterator[str]:
    with subprocess.Popen([sys.executable, "-c", *program], stdout=subprocess.PIPE, text=True, cwd=folder) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            assert address is not None
            yield address[0]
        finally:
            server.terminate()


def watched(browser: Browser, desk: str, *, width: int, scheme: str) -> tuple[Page, list[str]]:
    """A page, and what went wrong on it: errors, and requests to anybody else."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # a literal
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(desk) else wrong.append(request.url))
    return page, wrong
