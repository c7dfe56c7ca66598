"""A ledger whose captures are kept as WARC records and whose heads are noted among them; and ways to forge it."""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sample_check import again, build, capture

from claims.ledger.entries import Attachment, Audit
from claims.ledger.ledger import Ledger
from claims.ledger.log.chain import GENESIS, digest, link
from claims.ledger.log.tables import packed
from claims.ledger.writing.journal import logged
from claims.records import Capture, Check, Decision, Label, Review, Via
from flows.checks.anchor import noted
from sources import urls
from sources.captures.heads import note_head
from sources.captures.software import tool
from sources.captures.store import CaptureStore, stored_body
from sources.captures.warc import Exchange
from sources.errors import ArchiveError

DAYS = ("2025-01-21T08:00:00+00:00", "2025-01-22T08:00:00+00:00", "2025-01-24T08:00:00+00:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A desk's folder; ``head`` is the head that somebody noted down last."""

    folder: Path
    head: str = ""

    @property
    def ledger(self) -> Path:
        return self.folder / "desk.db"

    @property
    def captures(self) -> Path:
        return self.folder / "captures"

    @property
    def warc(self) -> Path:
        """The file of the first day, which holds the captures."""
        return next(self.captures.glob("factdesk-20250121-*.warc.gz"))

    def audit(self, *, head: str | None = None, warcs: bool = True) -> Audit:
        """What an audit finds, with the heads among the captures unless ``warcs`` is False."""

        def read(stored: Capture) -> bytes:
            try:
                return stored_body(stored, self.captures)
            except ArchiveError as error:
                raise OSError(str(error)) from error

        heads, damaged = noted(self.ledger, self.captures) if warcs else ([], [])
        with Ledger.open(self.ledger, create=False) as ledger:
            stored = ledger.audit(read, head=head, noted=heads, key_of=urls.key)
        return replace(stored, faults=(*stored.faults, *damaged))

    def edit(self, *statements: str) -> None:
        """Change rows as somebody would who drops the triggers that are in the way, and puts them back."""
        with self._unguarded() as connection:
            for statement in statements:
                assert connection.execute(statement).rowcount > 0, statement

    def reshape(self, *statements: str) -> None:
        """Change tables, views, indexes, triggers."""
        with closing(sqlite3.connect(self.ledger, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    def rewrite(self, *statements: str) -> None:
        """Change rows, and then every digest and hash of the log, so that the chain holds again."""
        with self._unguarded() as connection:
            for statement in statements:
                assert connection.execute(statement).rowcount > 0, statement
            previous = GENESIS
            for row in connection.execute("SELECT * FROM log ORDER BY seq").fetchall():
                entry = {**dict(row), "digest": _now(connection, row)}
                previous = link(previous, entry)
                values = (packed(entry["digest"]), packed(previous), row["seq"])
                connection.execute("UPDATE log_entries SET digest = ?, hash = ? WHERE seq = ?", values)
        self.rebuild()

    def cut(self, keep: int) -> None:
        """Take out the log rows after ``keep`` and all that they logged: what is left holds together."""
        with self._unguarded() as connection:
            for row in connection.execute("SELECT * FROM log WHERE seq > ?", [keep]).fetchall():
                connection.execute(f"DELETE FROM {row['kind']} WHERE id = ?", [row["row_id"]])
            connection.execute("DELETE FROM log_entries WHERE seq > ?", [keep])
            connection.execute("DELETE FROM log_parts WHERE part NOT IN (SELECT part FROM log_entries)")
            latest = "(SELECT id FROM runs ORDER BY rowid DESC LIMIT 1)"
            connection.execute(f"UPDATE claims SET last_run = {latest} WHERE last_run NOT IN (SELECT id FROM runs)")
        self.rebuild()

    def rebuild(self) -> None:
        """Fill the derived tables anew, as somebody would who does it thoroughly."""
        with Ledger.open(self.ledger, create=False) as ledger:
            ledger.rebuild()

    def rerecord(self, old: bytes, new: bytes) -> None:
        """Replace bytes inside a record of the WARC file, and pack it as if it had always been so."""
        packed, changed, data = [], 0, self.warc.read_bytes()
        while data:
            unpack = zlib.decompressobj(31)
            content = unpack.decompress(data)
            raw, data = data[: len(data) - len(unpack.unused_data)], unpack.unused_data
            changed += old in content
            packed.append(gzip.compress(content.replace(old, new)) if old in content else raw)
        assert changed
        self.warc.write_bytes(b"".join(packed))

    @contextmanager
    def _unguarded(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.ledger)) as connection:
            connection.row_factory = sqlite3.Row
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            guards = [row for row in triggers if "_fts_" not in row["name"]]
            for guard in guards:
                connection.execute(f"DROP TRIGGER {guard['name']}")
            yield connection
            for guard in guards:
                connection.execute(guard["sql"])
            connection.commit()


def anchored(folder: Path) -> Desk:
    """A desk with three runs, a decision, a page handed in and a setting."""
    desk = Desk(folder=folder)
    store = CaptureStore(desk.captures, tool())
    check, page = kept(build(), store), keep(capture("ft"), store)
    store.flush()
    claims = check.extraction.claims
    with Ledger.open(desk.ledger) as ledger:
        record(ledger, check, desk)
        note = "the paper's own PDF says twenty"
        decision = {"reviewer": "Ana", "decision": Decision.OVERRULE, "label": Label.SUPPORTED, "note": note}
        ledger.review(Review(claim=claims[2].id, at=DAYS[0], **decision))  # type: ignore[arg-type]  # as they are
        handed = {"claim": claims[6].id, "source": claims[6].citations[0].source_id, "by": "Ben", "at": DAYS[0]}
        ledger.attach(Attachment(capture=page.id, note="subscriber", **handed), page)
        for number, day in enumerate(DAYS[1:], start=2):
            record(ledger, again(check, run=f"run-{number}", at=day), desk)
        ledger.sign_off(2, at=DAYS[2])
        return replace(desk, head=ledger.audit().head)


def record(ledger: Ledger, check: Check, desk: Desk) -> None:
    """Log a check and note the head that it left."""
    ledger.record(check)
    head = ledger.head(check.run.id)
    assert head is not None
    note_head(head, desk.captures, check.run.started_at)


def kept(check: Check, store: CaptureStore) -> Check:
    """The check with captures whose records were kept."""
    captures = {
        reading.source.capture.id: keep(reading.source.capture, store)
        for reading in check.readings
        if reading.source.capture
    }
    readings = tuple(
        replace(reading, source=replace(reading.source, capture=captures[reading.source.capture.id]))
        if reading.source.capture
        else reading
        for reading in check.readings
    )
    verdicts = tuple(
        replace(
            verdict,
            evidence=tuple(
                replace(item, passage=replace(item.passage, capture=captures[item.passage.capture].id))
                for item in verdict.evidence
            ),
        )
        for verdict in check.verdicts
    )
    return replace(check, readings=readings, verdicts=verdicts)


def keep(stored: Capture, store: CaptureStore) -> Capture:
    """The capture with a body of its own, kept as it would have been when it was fetched."""
    body = f"<p>The page of {stored.url}</p>".encode()
    exchange = Exchange(
        url=stored.final_url,
        request_headers=(),
        status=200,
        phrase="OK",
        headers=stored.headers,
        payload=body,
        fetched_at="2025-01-21T07:59:00.000001Z",
    )
    place = store.keep(exchange)
    return replace(
        stored,
        via=Via.LIVE,
        fetched_at=exchange.fetched_at,
        sha256=hashlib.sha256(body).hexdigest(),
        warc=place.file,
        offset=place.offset,
    )


def _now(connection: sqlite3.Connection, row: sqlite3.Row) -> str:
    """The digest that a log row should have for what it logged, where no later one logs the same row."""
    later = "SELECT 1 FROM log WHERE kind = ? AND row_id = ? AND seq > ?"
    current = connection.execute(f"SELECT * FROM {row['kind']} WHERE id = ?", [row["row_id"]]).fetchone()
    if current is None or connection.execute(later, [row["kind"], row["row_id"], row["seq"]]).fetchone():
        return str(row["digest"])
    return digest(logged(row["kind"], dict(current)))
