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


def first_break(entries: Iterable[Mapping[str, object]]) -> tuple[int, str] | None:
    """The number of the first log row that does not follow from the previous one, and why; None if all are valid."""
    previous, expected = GENESIS, 1
    for entry in entries:
        seq = int(str(entry["seq"]))
        if seq != expected:
            return expected, f"log row {expected} is missing"
        if link(previous, entry) != entry["hash"]:
            return seq, f"log row {seq} was altered, or a row before it was replaced"
        previous, expected = str(entry["hash"]), expected + 1
    return None
