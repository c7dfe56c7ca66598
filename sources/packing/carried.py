"""Carries captures from a machine that does not share the captures folder to the one that keeps the ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from claims.privacy import make_folder, whole_file
from sources.errors import ArchiveError, WriteError, error_words

_NAME = re.compile(r"factdesk-\d{8}-\d+-[0-9a-f]+-\d{4}\.(?:warc\.gz|cdxj)")


def packed_captures(folder: Path) -> dict[str, bytes]:
    """The archives in a folder and their indexes, by name; none if there is no such folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("factdesk-*")) if _NAME.fullmatch(path.name)}


def unpack_captures(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into the captures folder, each archive before its index.

    Raises:
        ArchiveError: a file is not named as archives are, or is there already with other bytes.
        WriteError: the folder cannot be written.
    """
    strange = next((name for name in files if not _NAME.fullmatch(name)), None)
    if strange is not None:
        raise ArchiveError(f"{strange!r} is not the name of an archive: nothing is written")
    try:
        make_folder(folder)
        for name in sorted(files, key=lambda name: name.endswith(".cdxj")):
            _write_new(folder / name, files[name])
    except OSError as error:
        raise WriteError(f"{folder}: captures cannot be written ({error_words(error)})") from error


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that is there wholly or not at all; it may be there already if it is the same."""
    if path.exists():
        if path.read_bytes() != data:
            raise ArchiveError(f"{path}: is there already, with other bytes: nothing is overwritten")
        return
    with whole_file(path) as file:
        file.write(data)
