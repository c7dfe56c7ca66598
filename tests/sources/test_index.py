"""The index of the captures: looked up in sorted files, which may be missing, old or half written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sources.index.cdxj import Kept, line
from sources.index.lookup import FOLDER, Index
from sources.index.sorted_file import SortedLines, merged


def _written(folder: Path, file: str, numbers: range, text: str = "") -> None:
    lines = [line(_entry(file, number), 10) for number in numbers]
    with (folder / f"{file}.cdxj").open("a", encoding="utf-8") as out:
        out.write("".join(f"{one}\n" for one in lines) + text)


def _entry(file: str, number: int) -> Kept:
    return Kept(
        url=f"https://example.org/{number % 10}",
        date=f"2026-01-01T00:00:{number:02}Z",
        status=200,
        digest=f"sha256:{number:04x}",
        file=f"{file}.warc.gz",
        offset=number,
        kind="revisit" if number == 7 else "response",
    )


def _found(index: Index, number: int) -> tuple[list[int], int | None]:
    captures = [entry.offset for entry in index.captures(f"http://example.org/{number}")]
    payload = index.payload(f"sha256:{number:04x}")
    return captures, payload.offset if payload else None


def _is_sorted(folder: Path) -> bool:
    return (folder / FOLDER / "covered.json").exists()


def test_the_same_is_found_sorted_and_not(tmp_path: Path) -> None:
    _written(tmp_path, "b", range(20))
    _written(tmp_path, "a", range(20, 30))
    unsorted = [_found(Index(tmp_path), number) for number in range(31)]
    assert not _is_sorted(tmp_path)
    assert unsorted[3] == ([3, 13, 23], 3)
    assert unsorted[7] == ([7, 17, 27], None), "a revisit has no payload"
    for _ in range(2):
        assert [_found(Index(tmp_path, few=0), number) for number in range(31)] == unsorted
    assert _is_sorted(tmp_path)
    shutil.rmtree(tmp_path / FOLDER)
    assert [_found(Index(tmp_path), number) for number in range(31)] == unsorted


def test_what_is_added_is_found(tmp_path: Path) -> None:
    _written(tmp_path, "a", range(10))
    index = Index(tmp_path, few=0)
    index.add(line(_entry("c", 13), 10))
    assert _found(index, 3)[0] == [3, 13]
    _written(tmp_path, "a", range(10, 12))
    _written(tmp_path, "b", range(12, 14))
    assert [_found(Index(tmp_path), number)[0] for number in (1, 2, 3)] == [[1, 11], [2, 12], [3, 13]]
    assert [_found(Index(tmp_path, few=0), number)[0] for number in (1, 2, 3)] == [[1, 11], [2, 12], [3, 13]]
    assert len(list((tmp_path / FOLDER).glob("by-*"))) == 2, "the files before are gone"


def test_a_line_that_is_half_written_is_read_when_it_is_whole(tmp_path: Path) -> None:
    whole = line(_entry("a", 3), 10)
    _written(tmp_path, "a", range(2), whole[:40])
    assert _found(Index(tmp_path, few=0), 3) == ([], None)
    with (tmp_path / "a.cdxj").open("a", encoding="utf-8") as out:
        out.write(f"{whole[40:]}\n")
    assert _found(Index(tmp_path, few=0), 3) == ([3], 3)


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "a.cdxj").write_bytes(b""),
        lambda folder: next((folder / FOLDER).glob("by-address*")).unlink(),
        lambda folder: (folder / FOLDER / "covered.json").write_bytes(b'{"address": "by-'),
        lambda folder: (folder / FOLDER / "by-address-0.cdxj").write_bytes(b"left by a killed process"),
    ],
)
def test_sorted_files_that_do_not_fit_are_made_again(tmp_path: Path, damage: object) -> None:
    _written(tmp_path, "a", range(10))
    Index(tmp_path, few=0)
    assert callable(damage)
    damage(tmp_path)
    emptied = not (tmp_path / "a.cdxj").stat().st_size
    _written(tmp_path, "b", range(13, 14))
    for few in (500_000, 0, 0):
        assert _found(Index(tmp_path, few=few), 3)[0] == ([13] if emptied else [3, 13])
    assert len(list((tmp_path / FOLDER).iterdir())) == 4


def test_a_folder_may_be_missing_or_not_writable(tmp_path: Path) -> None:
    _written(tmp_path, "a", range(4))
    (tmp_path / FOLDER).write_bytes(b"a file, so that no folder can be made")
    assert _found(Index(tmp_path, few=0), 3) == ([3], 3)
    assert _found(Index(tmp_path / "no folder"), 3) == ([], None)


def test_lines_are_looked_up_by_their_beginning(tmp_path: Path) -> None:
    lines = sorted(b"%d %d\n" % (number % 97, number) for number in range(500))
    path = tmp_path / "lines"
    path.write_bytes(b"".join(merged(reversed(lines[::2]), [lines[1::2]], tmp_path)))
    assert path.read_bytes() == b"".join(lines)
    file = SortedLines(path)
    for number in range(99):
        wanted = [text.rstrip() for text in lines if text.startswith(b"%d " % number)]
        assert list(file.beginning_with(b"%d " % number)) == wanted
    path.write_bytes(b"")
    assert list(SortedLines(path).beginning_with(b"1")) == []
