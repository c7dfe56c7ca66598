"""The hash chain over the log. Pure.

Every row of the ledger that is added or changed gets a log entry with the digest of the row, and every entry carries
a SHA-256 over itself and the previous entry. With the last hash (the head) one can detect whether an earlier row was
altered, removed or inserted: linked timestamping (Haber and Stornetta, 1991).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping

# The previous hash of the first entry.
GENESIS = "0" * 64
# Digits of the hash of an entry that others of its transaction follow: they tell which entry was altered, and the whole
# hash of the last one covers them all.
SHORT = 8
# Ids and hashes, which also name files in captures and bundles.
HEXADECIMAL = re.compile(r"[0-9a-f]{16,64}")


def canonical(values: object) -> str:
    """The canonical form of a value: JSON with sorted keys and without spaces."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_bytes_as_text)


def _bytes_as_text(value: object) -> str:
    """Bytes, which the ledger never writes: a column that holds some was altered, and must still have a digest."""
    return f"bytes:{bytes(value).hex()}" if isinstance(value, bytes | memoryview) else repr(value)


def digest(row: Mapping[str, object]) -> str:
    """The SHA-256 of a row, without empty columns, so that a column added later does not change it."""
    filled = {name: value for name, value in row.items() if value is not None}
    return hashlib.sha256(canonical(filled).encode("utf-8")).hexdigest()


def link(previous: str, entry: Mapping[str, object]) -> str:
    """The hash of an entry, over the previous hash and the entry's own columns except ``hash``."""
    own = {name: value for name, value in entry.items() if name != "hash"}
    return hashlib.sha256(f"{previous}\n{canonical(own)}".encode()).hexdigest()


def extend(previous: str, seq: int, entries: Iterable[Mapping[str, object]]) -> Iterator[dict[str, object]]:
    """The log rows for ``entries``, numbered from ``seq + 1`` and chained to ``previous``."""
    for number, entry in enumerate(entries, start=seq + 1):
        row = {**entry, "seq": number}
        previous = link(previous, row)
        yield {**row, "hash": previous}


def stored_hash(entry: Mapping[str, object], following: Mapping[str, object] | None) -> str:
    """The part of an entry's hash that is stored: all of it for the first entry and the last one of a transaction."""
    whole = entry["seq"] == 1 or following is None or _step(entry) != _step(following)
    return str(entry["hash"]) if whole else str(entry["hash"])[:SHORT]


def checked(entries: Iterable[Mapping[str, object]]) -> Iterator[tuple[int, str, str]]:
    """The number and the whole hash of each valid log row, in order; last, the first invalid one and what is wrong.

    The last value is empty for a valid row. Older versions stored every hash whole.
    """
    previous, last = GENESIS, None
    for number, entry in enumerate(entries, start=1):
        if int(str(entry["seq"])) != number:
            yield number, "", f"log row {number} is missing"
            return
        previous = link(previous, entry)
        if entry["hash"] != previous and (number == 1 or entry["hash"] != previous[:SHORT]):
            yield number, "", f"log row {number} was altered, or a row before it was replaced"
            return
        if last and len(str(last["hash"])) == SHORT and _step(last) != _step(entry):
            yield number - 1, "", f"log row {number - 1} has only a part of its hash: it was altered"
            return
        yield number, previous, ""
        last = entry
    if last and len(str(last["hash"])) == SHORT:
        yield (
            int(str(last["seq"])),
            "",
            f"log row {last['seq']} is not the last of its transaction: others were removed",
        )


def first_break(entries: Iterable[Mapping[str, object]]) -> tuple[int, str] | None:
    """The number of the first log row that does not follow from the previous one, and why; None if all are valid."""
    return next(((number, fault) for number, _, fault in checked(entries) if fault), None)


def _step(entry: Mapping[str, object]) -> tuple[object, object]:
    """What all entries of a transaction share."""
    return entry["at"], entry["run"]
