"""Checked again: a page attached by a person, and sources read anew."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from claims.ledger.ledger import Ledger
from claims.records import Check, Label, Via
from flows.checks import pipeline
from flows.commands.checking.attach import attach_page
from flows.commands.checking.recheck import Wanted, recheck_due
from flows.config.setup import CheckOptions, setup
from flows.errors import UsageError

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "examples" / "inauguration"
PAGE = """<html><body><article><h1>Ambassadors meet</h1>
<p>European ambassadors met in Brussels on Sunday evening to agree on a common answer, three diplomats said.
The meeting lasted four hours and ended without a statement.</p>
<p>They will meet again within the week, one of the diplomats said, before the foreign ministers gather.</p>
</article></body></html>"""


@dataclass
class Desk:
    asked: CheckOptions
    check: Check

    def claim(self, words: str) -> str:
        return next(claim.id for claim in self.check.extraction.claims if words in claim.text)

    def ledger(self) -> Ledger:
        return Ledger.open(setup(self.asked).ledger, create=False)


ASKED = CheckOptions(ledger="desk.db", replay=str(SAMPLE / "sources.warc.gz"))


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Check]:
    """The folder of a desk that checked the sample article, and that check."""
    folder = tmp_path_factory.mktemp("checked")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return folder, asyncio.run(pipeline.check(str(SAMPLE / "article.html"), setup(ASKED)))


@pytest.fixture
def desk(checked: tuple[Path, Check], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A copy of its own of the checked desk, as the working folder."""
    folder, check = checked
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Desk(ASKED, check)


def test_a_page_handed_in_is_judged_at_once_and_its_bytes_are_kept(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = desk.claim("European ambassadors met")
    assert desk.check.verdict_of[claim].label is Label.SOURCE_UNAVAILABLE
    Path("page.html").write_text(PAGE)
    # Nothing may be asked for: the setup of an attachment names no archive.
    attach_page(setup(CheckOptions(ledger="desk.db")), claim[:8], "page.html", None, "from the office's subscription")
    assert "supported" in capsys.readouterr().out
    with desk.ledger() as ledger:
        entry = ledger.show(claim)
        assert entry.verdict.label is Label.SUPPORTED
        assert [row.verdict.label for row in entry.verdicts] == [Label.SOURCE_UNAVAILABLE, Label.SUPPORTED]
        (source,) = entry.sources
        assert source.capture is not None
        assert source.capture.via is Via.MANUAL
        assert ledger.extraction(desk.check.article.id).attributions == desk.check.extraction.attributions
        for other in desk.check.verdicts:
            if other.claim != claim and other.label not in (Label.NO_SOURCE, Label.SOURCE_UNAVAILABLE):
                assert ledger.show(other.claim).verdict.label is other.label


def test_what_was_handed_in_stands_in_when_the_article_is_checked_again(desk: Desk) -> None:
    claim = desk.claim("European ambassadors met")
    Path("page.html").write_text(PAGE)
    attach_page(setup(CheckOptions(ledger="desk.db")), claim, "page.html", None, "")
    recheck_due(setup(desk.asked), Wanted())
    with desk.ledger() as ledger:
        assert ledger.show(claim).verdict.label is Label.SUPPORTED
        assert ledger.audit().holds


def test_an_address_that_a_person_knows_is_read_and_remembered(desk: Desk) -> None:
    claim, known = (
        desk.claim("offered Budapest"),
        "https://www.reuters.com/world/sample-putin-congratulates-trump-2025-01-20/",
    )
    assert desk.check.verdict_of[claim].label is Label.SOURCE_UNAVAILABLE
    attach_page(setup(desk.asked), claim, known, None, "")
    with desk.ledger() as ledger:
        entry = ledger.show(claim)
        assert entry.sources[0].capture is not None
        assert entry.sources[0].capture.url == known
        assert entry.verdict.label is Label.NOT_IN_SOURCE


@pytest.mark.parametrize(
    ("words", "file", "source", "said"),
    [
        ("European ambassadors met", "missing.html", None, "cannot be read"),
        ("European ambassadors met", "noise.bin", None, ".docx, .pdf, .vtt or .srt"),
        ("European ambassadors met", "page.html", "Gazette", "--source"),
        ("The ruble strengthened", "page.html", None, "--source"),
        ("a brewery renamed", "page.html", None, "cites no source"),
    ],
)
def test_what_cannot_be_handed_in_says_why(desk: Desk, words: str, file: str, source: str | None, said: str) -> None:
    Path("page.html").write_text(PAGE)
    Path("noise.bin").write_bytes(bytes(range(256)) * 10)
    with pytest.raises(UsageError, match=said):
        attach_page(setup(CheckOptions(ledger="desk.db")), desk.claim(words), file, source, "")


def test_only_what_is_due_is_checked_again(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    recheck_due(setup(desk.asked), Wanted(older_than="1h"))
    assert capsys.readouterr().out == "no claims are due\n"
    recheck_due(setup(desk.asked), Wanted(labels=[Label.MISATTRIBUTED]))
    assert "1 claim:" in capsys.readouterr().out
    with desk.ledger() as ledger:
        assert ledger.counts()["runs"] == 2
        assert ledger.counts()["verdicts"] == len(desk.check.verdicts)
    with pytest.raises(UsageError, match="--older-than soon"):
        recheck_due(setup(desk.asked), Wanted(older_than="soon"))
