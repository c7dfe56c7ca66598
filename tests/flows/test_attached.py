"""Pages and addresses that a person attaches to a source, one after the other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from newsweb import Desk, page, warc

from claims.display.wording import cause_words
from claims.ledger.entries import Entry, VerdictChange
from claims.records import Label, Via
from flows.cli import factdesk
from flows.commands.change_lines import is_shown
from flows.errors import UsageError

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


def test_readers_see_no_name_of_ours_for_an_attached_page(desk: Desk, tmp_path: Path) -> None:
    claim = checked(desk, tmp_path)
    out = attach(desk, claim, tmp_path / "wrong.html")
    out += attach(desk, claim, tmp_path / "right.html")
    out += desk.run("show", claim, "--db", str(desk.setup.ledger))
    assert "urn:factdesk" not in out
    assert "The Wall Street Journal: an attached page, manual" in " ".join(out.split())
    assert "unavailable, no address found → not in source" in out and "(the source could be read)" in out
    assert "not in source" in out and "(the source changed)" in out


@pytest.mark.parametrize(
    ("before", "label", "cause", "words"),
    [
        (Label.SUPPORTED, Label.CONTRADICTED, "source", "the source changed"),
        (Label.SUPPORTED, Label.CONTRADICTED, "source and judge", "the source and judge changed"),
        (Label.SUPPORTED, Label.SOURCE_UNAVAILABLE, "source", "the source could not be read"),
        (Label.SOURCE_UNAVAILABLE, Label.SUPPORTED, "source", "the source could be read"),
        (Label.SOURCE_UNAVAILABLE, Label.SOURCE_UNAVAILABLE, "source", "for another reason"),
        (Label.SOURCE_UNAVAILABLE, Label.NO_SOURCE, "article", "the article changed"),
    ],
)
def test_a_source_that_is_only_out_of_reach_did_not_change(before: Label, label: Label, cause: str, words: str) -> None:
    assert cause_words(before, label, cause) == words


def test_what_is_as_much_out_of_reach_as_before_is_no_change_for_readers() -> None:
    change = VerdictChange(
        verdict="v", claim="c", statement="s", before=Label.SOURCE_UNAVAILABLE, label=Label.SOURCE_UNAVAILABLE,
        confidence_before=0.95, confidence=0.95, reason_before="offline", reason="offline", changed="evidence",
        cause="source", checked_at="2025-01-20",
    )  # fmt: skip
    assert not is_shown(change)
    assert is_shown(replace(change, reason="timeout")) and is_shown(replace(change, label=Label.SUPPORTED))


def test_what_cannot_be_attached_is_said_in_one_line(desk: Desk, tmp_path: Path) -> None:
    claim = checked(desk, tmp_path)
    desk.article = desk.write("In Yekaterinburg, a brewery renamed its dark beer.")
    uncited = desk.check().extraction.claims[0].id
    for of, place, words in (
        (claim, "ftp://x.example/y", "give an address that begins with http"),
        (uncited, str(tmp_path / "right.html"), f"cites no source .* factdesk decide {uncited[:8]} --overrule LABEL"),
    ):
        with pytest.raises(UsageError, match=words):
            factdesk.main(["attach", of, place, "--db", str(desk.setup.ledger)], standalone_mode=False)


def test_an_address_that_fails_is_named_before_the_one_that_was_read_before(desk: Desk, tmp_path: Path) -> None:
    claim = checked(desk, tmp_path)
    attach(desk, claim, READ)
    later = warc(tmp_path / "later.warc.gz", {"https://other.example/page": (WRONG, 200)})
    out = desk.run("attach", claim, NOWHERE, "--db", str(desk.setup.ledger), "--replay", str(later))
    assert f"could not be read now ({NOWHERE}" in out and "its capture of" in out
    assert shown(desk, claim).verdict.label is Label.NOT_IN_SOURCE
