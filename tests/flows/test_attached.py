"""Pages and addresses that a person attaches to a source, one after the other."""

from __future__ import annotations

from pathlib import Path

from newsweb import Desk, page, warc

from claims.ledger.entries import Entry
from claims.records import Label, Via

CLAIM = "The ruble strengthened against the dollar after the central bank sold 3 billion dollars"
RIGHT = page("Ruble", f"{CLAIM}.")[0]
WRONG = page("Apples", "Apples are ripe in the valley, and the harvest begins in September with 40 pickers.")[0]
READ = "https://www.wsj.com/livecoverage/morning-coffee-notes"
NOWHERE = "https://nowhere.example/gone"


def checked(desk: Desk, tmp_path: Path) -> str:
    """An article whose source is not in the archive; the claim's id, and the files to attach in the folder."""
    desk.archive({READ: (WRONG, 200)})
    for name, body in (("right.html", RIGHT), ("wrong.html", WRONG)):
        (tmp_path / name).write_text(body, encoding="utf-8")
    desk.article = desk.write(f"{CLAIM}, The Wall Street Journal reported.")
    return next(claim.id for claim in desk.check().extraction.claims if "ruble" in claim.text)


def attach(desk: Desk, claim: str, place: Path | str) -> str:
    return desk.run("attach", claim, str(place), *desk.options)


def shown(desk: Desk, claim: str) -> Entry:
    with desk.ledger() as ledger:
        return ledger.show(claim)


def test_the_page_that_was_attached_last_is_read_and_both_are_kept(desk: Desk, tmp_path: Path) -> None:
    claim = checked(desk, tmp_path)
    attach(desk, claim, tmp_path / "wrong.html")
    assert shown(desk, claim).verdict.label is Label.NOT_IN_SOURCE
    attach(desk, claim, tmp_path / "right.html")
    entry = shown(desk, claim)
    assert (entry.verdict.label, len(entry.attachments)) == (Label.SUPPORTED, 2)
    assert desk.check().verdict_of[claim].label is Label.SUPPORTED


def test_an_address_that_cannot_be_read_withdraws_no_attached_page(desk: Desk, tmp_path: Path) -> None:
    claim = checked(desk, tmp_path)
    attach(desk, claim, tmp_path / "right.html")
    out = attach(desk, claim, NOWHERE)
    assert f"The Wall Street Journal could not be read now ({NOWHERE}" in out
    assert "the page attached on" in out and "is used instead" in out
    entry = shown(desk, claim)
    assert (entry.verdict.label, len(entry.verdicts)) == (Label.SUPPORTED, 2)
    assert entry.missed and NOWHERE in entry.missed[0].detail
    desk.run("recheck", *desk.options)
    assert shown(desk, claim).verdict.label is Label.SUPPORTED


def test_what_an_attached_page_says_is_not_said_by_an_address(desk: Desk, tmp_path: Path) -> None:
    claim = checked(desk, tmp_path)
    attach(desk, claim, NOWHERE)
    attach(desk, claim, tmp_path / "right.html")
    entry = shown(desk, claim)
    assert entry.verdict.rationale.startswith("The Wall Street Journal (attached page) says so: ")
    assert entry.sources[0].capture is not None and "nowhere" not in entry.sources[0].capture.url


def test_a_page_replaces_one_that_was_read_at_an_address_that_a_person_gave(desk: Desk, tmp_path: Path) -> None:
    claim = checked(desk, tmp_path)
    attach(desk, claim, READ)
    assert shown(desk, claim).verdict.label is Label.NOT_IN_SOURCE
    attach(desk, claim, tmp_path / "right.html")
    desk.run("recheck", *desk.options)
    entry = shown(desk, claim)
    assert entry.verdict.label is Label.SUPPORTED
    assert entry.sources[0].capture is not None and entry.sources[0].capture.via is Via.MANUAL


def test_an_address_that_fails_is_named_before_the_one_that_was_read_before(desk: Desk, tmp_path: Path) -> None:
    claim = checked(desk, tmp_path)
    attach(desk, claim, READ)
    later = warc(tmp_path / "later.warc.gz", {"https://other.example/page": (WRONG, 200)})
    out = desk.run("attach", claim, NOWHERE, "--db", str(desk.setup.ledger), "--replay", str(later))
    assert f"could not be read now ({NOWHERE}" in out and "its capture of" in out
    assert shown(desk, claim).verdict.label is Label.NOT_IN_SOURCE
