"""Archives that are cut short or damaged in places: each break costs the record that it is in."""

from __future__ import annotations

import itertools
import logging
import uuid
from pathlib import Path

import pytest
from loopback import Recorder

from sources.captures.replay import Archive
from sources.captures.scan import notes, scan
from sources.captures.warc import metadata_record
from sources.errors import ArchiveError

URLS = [f"http://a.example/{name}" for name in "abcd"]


@pytest.fixture(autouse=True)
def same_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same ids in each run, so that each break is at the same byte of the same compressed record."""
    numbers = itertools.count()
    monkeypatch.setattr("uuid.uuid4", lambda: uuid.uuid5(uuid.NAMESPACE_URL, str(next(numbers))))


def recorded(path: Path, *, packed: bool) -> tuple[bytes, list[int]]:
    """An archive of four pages, and where each record begins."""
    recorder = Recorder(path, packed=packed)
    starts = []
    for url in URLS:
        starts.append(recorder.file.tell())
        recorder.page(url, f"<p>{url} said so</p>".encode() * 20)
    recorder.close()
    return path.read_bytes(), starts


def readable(path: Path) -> list[str]:
    """The addresses whose bodies can be read."""
    records = []
    archive = Archive.open(path)
    for url in archive.urls():
        try:
            _, body = archive.fetch(url, 100_000)
        except ArchiveError as error:
            assert str(path) in str(error) and "\n" not in str(error)
            continue
        if url in URLS:  # an address that was damaged itself is another address
            assert body == f"<p>{url} said so</p>".encode() * 20
            records.append(url)
    return records


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("share", [0.02, 0.1, 0.4, 0.6, 0.9])
def test_a_cut_tail_costs_the_last_record_and_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, packed: bool, share: float
) -> None:
    data, starts = recorded(tmp_path / "whole.warc.gz", packed=packed)
    path = tmp_path / "cut.warc.gz"
    path.write_bytes(data[: starts[3] + int((len(data) - starts[3]) * share)])
    assert readable(path) == URLS[:3]
    (warning,) = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert str(path) in warning.getMessage()


@pytest.mark.parametrize("packed", [True, False])
def test_wherever_it_is_cut_the_records_before_are_read(tmp_path: Path, packed: bool) -> None:
    data, starts = recorded(tmp_path / "whole.warc.gz", packed=packed)
    path = tmp_path / "cut.warc.gz"
    for end in range(starts[2], starts[3], 7):
        path.write_bytes(data[:end])
        assert [record.url for _, record in scan(path)][:2] == URLS[:2]
        assert notes_of(path) == ([], False)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_damaged_record_costs_itself(tmp_path: Path, packed: bool, place: int) -> None:
    data, starts = recorded(tmp_path / "whole.warc.gz", packed=packed)
    path = tmp_path / "bad.warc.gz"
    ends = [*starts[1:], len(data)]
    for at in range(starts[place] + 20, ends[place] - 20, 29):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1 :])
        assert set(URLS) - set(readable(path)) <= {URLS[place]}


def test_of_a_folder_only_the_broken_file_is_skipped(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    recorded(tmp_path / "a.warc.gz", packed=True)
    for name, data in (("b.warc.gz", b"no archive"), ("c.wacz", b"PK\x03\x04 no"), ("d.warc", b"")):
        (tmp_path / name).write_bytes(data)
    archive = Archive.open(tmp_path)
    assert list(archive.urls()) == URLS
    warnings = " ".join(record.getMessage() for record in caplog.records)
    assert "b.warc.gz" in warnings and "c.wacz" in warnings


def test_nothing_of_a_strangers_bytes_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data, starts = recorded(tmp_path / "whole.warc", packed=False)
    path = tmp_path / "odd.warc"
    path.write_bytes(data.replace(b"WARC-Target-URI: http://a.example/b", b"WARC-Target-URI: http://a.ex \x1b[2J/b", 1))
    Archive.open(path)
    path.write_bytes(data[: starts[1] - 4] + b"\x1b[2J and more\r\n" + data[starts[1] :])
    Archive.open(path)
    assert "\x1b" not in capfd.readouterr().err


def notes_of(path: Path) -> tuple[list[str], bool]:
    """The notes of ours that can be read, and whether the file is said to be damaged."""
    read: list[str] = []
    try:
        read.extend(fields["factdesk-run"] for fields in notes(path))
    except ArchiveError as error:
        assert str(path) in str(error)
        return read, True
    return read, False


def test_damage_costs_one_note_and_is_told_and_a_cut_tail_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "factdesk-20260120-1-abc-0000.warc.gz"
    each = [metadata_record({"factdesk-run": str(number)}, "2026-01-20T10:00:00Z") for number in range(3)]
    path.write_bytes(b"".join(each))
    assert notes_of(path) == (["0", "1", "2"], False)
    for at in range(20, len(each[1]) - 20, 17):
        broken = each[1][:at] + bytes([each[1][at] ^ 0x5A]) + each[1][at + 1 :]
        path.write_bytes(each[0] + broken + each[2])
        assert notes_of(path) == (["0", "2"], True)
    for end in (*range(3, 90), *range(90, len(each[2]) - 30, 11)):  # at first in the middle of "WARC/1.1", too
        path.write_bytes(each[0] + each[1] + each[2][:end])
        assert notes_of(path) == (["0", "1"], False)
