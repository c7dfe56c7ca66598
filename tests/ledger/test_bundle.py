"""A bundle is whole, can be checked without us, and is the same bytes every time."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from review_sample import AT, reviewed
from sample_check import build

from claims.errors import LedgerError
from claims.ledger.ledger import Ledger
from claims.records import Capture, Check

BODY = b"the page"


def kept() -> Check:
    """The sample check with captures whose bytes are at hand."""
    check = build()
    known = hashlib.sha256(BODY).hexdigest()
    readings = tuple(
        replace(reading, source=replace(reading.source, capture=replace(reading.source.capture, sha256=known)))
        if reading.source.capture
        else reading
        for reading in check.readings
    )
    ids = {r.source.capture.url: r.source.capture.id for r in readings if r.source.capture}
    verdicts = tuple(
        replace(
            verdict,
            evidence=tuple(
                replace(item, passage=replace(item.passage, capture=ids[str(item.passage.url).partition("?")[0]]))
                for item in verdict.evidence
            ),
        )
        for verdict in check.verdicts
    )
    return replace(check, readings=readings, verdicts=verdicts)


def load(capture: Capture) -> bytes:
    return BODY


def test_a_bundle_has_everything_and_its_hashes(ledger: Ledger, tmp_path: Path) -> None:
    check = kept()
    reviewed(ledger, check)
    claim = check.extraction.claims[2]
    path = tmp_path / "claim.zip"
    files = ledger.bundle([claim.id[:8], claim.id], path, load, at=AT)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        content = {name: archive.read(name) for name in archive.namelist()}
    assert len(content) == files
    manifest = json.loads(content.pop("manifest.json"))
    assert manifest["sha256"] == {name: hashlib.sha256(body).hexdigest() for name, body in content.items()}
    assert manifest["head"] == ledger.audit().head
    (entry, *_) = json.loads(content["claims.json"])
    assert (entry["claim"]["id"], entry["reviews"][0]["reviewer"]) == (claim.id, "Ana")
    assert entry["captures"][0]["id"] == entry["verdicts"][0]["verdict"]["evidence"][0]["passage"]["capture"]
    assert content[f"captures/{entry['captures'][0]['sha256']}"] == BODY
    assert content[f"articles/{check.article.id}.txt"].decode() == check.article.text
    kinds = {row["kind"] for row in json.loads(content["log.json"])}
    assert kinds == {"articles", "runs", "captures", "claims", "citations", "verdicts", "evidence", "reviews"}
    assert "sha256sum" in content["README.txt"].decode()


def test_the_same_bundle_is_the_same_bytes(ledger: Ledger, tmp_path: Path) -> None:
    check = kept()
    ledger.record(check)
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    for path in (first, second):
        ledger.bundle([check.extraction.claims[0].id], path, load, at=AT)
    assert first.read_bytes() == second.read_bytes()


def gone(capture: Capture) -> bytes:
    raise FileNotFoundError("sources.warc.gz")


@pytest.mark.parametrize(
    ("loader", "words"),
    [(gone, "would be incomplete"), (lambda capture: b"forged", "differ from those that were captured")],
)
def test_a_bundle_that_would_not_be_whole_is_not_made(
    ledger: Ledger, tmp_path: Path, loader: Callable[[Capture], bytes], words: str
) -> None:
    check = kept()
    ledger.record(check)
    with pytest.raises(LedgerError, match=words):
        ledger.bundle([check.extraction.claims[0].id], tmp_path / "claim.zip", loader, at=AT)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


def test_what_cannot_be_bundled_is_said(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="name at least one claim"):
        ledger.bundle([], tmp_path / "none.zip", load, at=AT)
    with pytest.raises(LedgerError, match="no claim"):
        ledger.bundle(["0" * 16], tmp_path / "none.zip", load, at=AT)
    there = tmp_path / "there.zip"
    there.write_text("mine")
    with pytest.raises(LedgerError, match="exists already"):
        ledger.bundle(["0" * 16], there, load, at=AT)
