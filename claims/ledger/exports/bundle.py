"""Packs claims with all their evidence into a ZIP file for independent verification.

A reader needs neither the ledger nor Factdesk: the claims and their history are JSON, the captured bytes are stored
under their SHA-256, and the manifest lists the hash of every file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from claims.errors import LedgerError
from claims.ledger.entries import Entry
from claims.ledger.log.chain import GENESIS, HEXADECIMAL
from claims.ledger.log.tables import add_packing, entries_of
from claims.ledger.reading.recall import article
from claims.ledger.reading.records import capture_of, intact_bytes
from claims.ledger.reading.show import claim_entry
from claims.privacy import hidden, write_zip
from claims.records import Capture, Page

if TYPE_CHECKING:
    from claims.ledger.store import Store

_README = """\
Claims checked with Factdesk, with all the evidence that their verdicts rely on.

claims.json     the claims with their speakers, all verdicts and passages, and people's decisions
articles/       the text of the articles as they were read; all offsets count its characters
captures/       the bytes of the sources as they were fetched, named after their SHA-256
log.json        the entries of the ledger's log for these rows; `head` in manifest.json authenticates the whole log
manifest.json   every file with its SHA-256

Names, passwords and keys in addresses and headers are masked with "-"; the captured bytes are unchanged.

To verify a passage by hand: find its capture in claims.json, compare the SHA-256 of the file of that name
in captures/ (sha256sum), and look for the passage in that file.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleContent:
    """What a bundle contains: its files without the captured bytes, the captures, and the fetched articles."""

    files: Mapping[str, bytes]
    captures: tuple[Capture, ...]
    articles: tuple[tuple[Page, Capture], ...]


Load: TypeAlias = Callable[[Capture], bytes]
Pack: TypeAlias = Callable[[BundleContent], int]


def bundle(store: Store, claims: Sequence[str], path: Path, load: Load, *, at: str, pack: Pack | None = None) -> int:
    """Write the bundle of ``claims`` (ids or prefixes) to a new file and return the number of files in it.

    ``load`` gives the bytes of a capture. ``at`` is the time of creation, ISO 8601. ``pack`` writes the file in another
    format. Raises LedgerError, also if a capture cannot be read or has another hash, because a bundle must be complete.
    """
    if path.exists():
        raise LedgerError(f"{path} exists already; name a new file for the bundle")
    with store.reading():
        entries = [claim_entry(store, claim) for claim in dict.fromkeys(claims)]
        if not entries:
            raise LedgerError("name at least one claim for the bundle")
        files = {"README.txt": _README.encode(), "claims.json": _json([_entry_document(entry) for entry in entries])}
        for article_id in dict.fromkeys(entry.article.id for entry in entries):
            files[_place_in_bundle("articles/{}.txt", article_id)] = article(store, article_id).text.encode("utf-8")
        files["log.json"] = _json(_log_entries(store, entries))
        head = store.one("SELECT hash FROM log ORDER BY seq DESC LIMIT 1")
        pages = list(_article_pages(store, entries))
    captures = list({capture.id: capture for entry in entries for capture in entry.captures}.values())
    if pack is not None:
        return pack(BundleContent(files=files, captures=tuple(captures), articles=tuple(pages)))
    for capture in captures:
        files[_place_in_bundle("captures/{}", capture.sha256)] = _checked_bytes(capture, load)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = {"made_at": at, "head": head["hash"] if head else GENESIS, "sha256": hashes}
    try:
        write_zip(path, {**files, "manifest.json": _json(manifest)}, packed=True)
    except OSError as error:
        raise LedgerError(f"{path} cannot be written: {error.strerror}") from error
    return len(files) + 1


def _article_pages(store: Store, entries: Iterable[Entry]) -> Iterator[tuple[Page, Capture]]:
    """The articles of the claims that were fetched, with the captures that they were read from."""
    for article_id in dict.fromkeys(entry.article.id for entry in entries):
        page = article(store, article_id)
        row = store.one("SELECT * FROM captures WHERE id = ?", [page.capture])
        if row is not None:
            yield page, capture_of(row)


def _place_in_bundle(pattern: str, name: str) -> str:
    """The place of a file in the bundle; LedgerError if the ledger's name for it is not one of ours.

    Ids and hashes are hexadecimal: one with a path in it would be unpacked elsewhere than in the bundle's folder.
    """
    if not HEXADECIMAL.fullmatch(name):
        raise LedgerError(
            f"{name!r} is not a valid file name for the bundle: the ledger was altered; run `factdesk audit`"
        )
    return pattern.format(name)


def _entry_document(entry: Entry) -> dict[str, Any]:
    """An entry as a JSON document, with the computed ids of its records."""
    document = asdict(entry)
    document["claim"]["id"] = entry.claim.id
    for capture, record in zip(document["captures"], entry.captures, strict=True):
        capture["id"] = record.id
    masked: dict[str, Any] = hidden(document)
    return masked


def _log_entries(store: Store, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The log entries of the claims, their verdicts and evidence, their articles, captures and reviews."""
    ids = [entry.claim.id for entry in entries]
    ids_json = json.dumps(ids)
    sql = f"""
        WITH chosen(claim) AS (SELECT value FROM json_each(?)),
        mine(id) AS MATERIALIZED (
          SELECT claim FROM chosen
          UNION SELECT article FROM claims WHERE id IN chosen
          UNION SELECT id FROM citations WHERE claim IN chosen
          UNION SELECT id FROM verdicts WHERE claim IN chosen
          UNION SELECT id FROM reviews WHERE claim IN chosen
          UNION SELECT id FROM attachments WHERE claim IN chosen
          UNION SELECT e.id FROM evidence e JOIN verdicts v ON v.id = e.verdict WHERE v.claim IN chosen
          UNION SELECT e.capture FROM evidence e JOIN verdicts v ON v.id = e.verdict WHERE v.claim IN chosen
          UNION SELECT run FROM verdicts WHERE claim IN chosen
        )
        SELECT * FROM log WHERE seq IN ({entries_of("SELECT packed(id) AS value FROM mine WHERE id IS NOT NULL")})
        ORDER BY seq
    """  # noqa: S608  our own words
    add_packing(store.connection)
    return store.rows(sql, [ids_json])


def _checked_bytes(capture: Capture, load: Load) -> bytes:
    try:
        return intact_bytes(capture, load)
    except LedgerError as error:
        raise LedgerError(f"{error}; the bundle would be incomplete: run `factdesk audit`") from error


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace")
