"""A large ledger for measuring: copies of one real check of the sample article, with a log whose chain holds.

Every copy is an article at an address of its own (an edition), checked at a time of its own, with its own captures.
One copy in twenty has a verdict that changed later, and one in ten has three confirmed claims.
"""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from benchmarks.common import ROOT
from claims.ledger.ledger import Ledger
from claims.ledger.log.chain import GENESIS, digest, extend
from claims.ledger.log.tables import write_log
from claims.ledger.writing.journal import logged
from claims.records import Policy, content_id
from flows.checks import pipeline
from flows.config.setup import Setup
from sources.fetching.fetch import FetchPolicy

_SAMPLE = ROOT / "examples" / "inauguration"
# In the order in which a check writes them.
_TABLES = ("articles", "runs", "captures", "sources", "claims", "citations", "verdicts", "evidence")
_AT_ONCE = 200  # copies in one transaction
_ID = re.compile(r"\b[0-9a-f]{16}\b")
_TIMES = ("started_at", "finished_at", "checked_at", "fetched_at")

Row = dict[str, Any]


def large_ledger(path: Path, claims: int) -> Path:
    """The ledger at ``path`` with about so many claims; one that is there already is used as it is."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        seed = path.with_name("seed.db")
        if not seed.exists():
            _check_sample(seed)
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        Ledger.open(part).close()
        _fill(part, _seed_rows(seed), claims)
        with Ledger.open(part) as ledger:
            ledger.rebuild()
        with closing(sqlite3.connect(part)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        part.rename(path)
    return path


def _check_sample(seed: Path) -> None:
    """Check the sample article with its own archive."""
    fetch = FetchPolicy(replay=_SAMPLE / "sources.warc.gz", captures=seed.parent / "captures")
    setup = Setup(fetch=fetch, policy=Policy(), judge="embedded", ledger=seed)
    asyncio.run(pipeline.check(str(_SAMPLE / "article.html"), setup))


def _seed_rows(seed: Path) -> dict[str, list[Row]]:
    with closing(sqlite3.connect(seed)) as connection:
        connection.row_factory = sqlite3.Row
        return {table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")] for table in _TABLES}


def _fill(path: Path, seed: Mapping[str, list[Row]], claims: int) -> None:
    """Write the copies, each with its log entries, several in one transaction."""
    copies = -(-claims // len(seed["claims"]))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection, _unguarded(connection):
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-400000")
        previous, seq, db = GENESIS, 0, Database(connection, execute_plugins=False)
        for first in range(0, copies, _AT_ONCE):
            connection.execute("BEGIN")
            batch = [
                named_row for number in range(first, min(copies, first + _AT_ONCE)) for named_row in _copy(seed, number)
            ]
            log = list(extend(previous, seq, (_entry(table, row) for table, row in batch)))
            previous, seq = str(log[-1]["hash"]), int(str(log[-1]["seq"]))
            for table in (*_TABLES, "reviews"):
                _insert(connection, table, [row for name, row in batch if name == table])
            write_log(db, log)
            connection.execute("COMMIT")


@contextmanager
def _unguarded(connection: sqlite3.Connection) -> Iterator[None]:
    """Without the triggers against replacing rows, which would look up every row that is added."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%no_replace'"
    triggers = connection.execute(query).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        connection.execute(sql)


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        names = ", ".join(f'"{name}"' for name in rows[0])
        sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(rows[0]))})"
        connection.executemany(sql, [tuple(row.values()) for row in rows])


def _entry(table: str, row: Row) -> Row:
    at = row.get("finished_at") or row.get("checked_at") or row.get("at") or "2025-01-21T08:00:00+00:00"
    named = {"at": at, "run": row.get("run"), "action": "added", "kind": table, "row_id": row["id"]}
    return {**named, "digest": digest(logged(table, row))}


def _copy(seed: Mapping[str, list[Row]], number: int) -> Iterator[tuple[str, Row]]:
    """The rows of one copy, in the order in which a check would write them."""
    ids = _ids(seed, number)
    written: dict[str, list[Row]] = {}
    for table in _TABLES:
        written[table] = [_copied(table, row, number, ids, len(seed[table])) for row in seed[table]]
        yield from ((table, row) for row in written[table])
    if number % 20 == 0:
        yield from _changed(written, number)
    if number % 10 == 0:
        for verdict in written["verdicts"][:3]:
            review = {"claim": verdict["claim"], "verdict": verdict["id"], "reviewer": "Ana", "decision": "confirm"}
            at = {"label": verdict["label"], "note": "", "at": verdict["checked_at"], "person": "ana", "number": 1}
            yield "reviews", {"id": content_id("review", verdict["id"]), **review, **at}


def _address(number: int) -> str:
    return f"https://desk.example/inauguration?edition={number}"


def _ids(seed: Mapping[str, list[Row]], number: int) -> dict[str, str]:
    """The ids of a copy by those of the check; where a record works out its own id, it is that one."""
    (article,) = seed["articles"]
    own = content_id("page", _address(number), article["text"])
    ids = {row["id"]: content_id(table, row["id"], number) for table in _TABLES for row in seed[table]}
    ids[article["id"]] = own
    for row in seed["claims"]:
        spans = tuple(tuple(span) for span in json.loads(row["spans"]))
        ids[row["id"]] = content_id("claim", own, spans, row["text"])
    for row in seed["captures"]:
        ids[row["id"]] = content_id("capture", _edition(row["url"], number), row["final_url"], row["sha256"])
    return ids


def _edition(url: str, number: int) -> str:
    return f"{url}#edition-{number}"


def _copied(table: str, row: Row, number: int, ids: Mapping[str, str], rows: int) -> Row:
    new = {
        name: _ID.sub(lambda match: ids.get(match[0], match[0]), value) if _may_name(name, value) else value
        for name, value in row.items()
    }
    for name in _TIMES:
        if new.get(name):
            new[name] = _moved(new[name], number)
    if table == "articles":
        new |= {"url": _address(number), "final_url": _address(number)}
    elif table == "captures":
        new["url"] = _edition(row["url"], number)
    elif table == "claims":
        new["statement"] = f"{row['statement']} (edition e{number})"
    if "no" in new:
        new["no"] = number * rows + row["no"]
    return new


def _may_name(name: str, value: object) -> bool:
    return isinstance(value, str) and name not in ("text", "blocks", "attributions", "passage", "sha256", "headers")


def _moved(moment: str, number: int) -> str:
    """A time, so many times seven minutes earlier, in the spelling that it has."""
    ending = "Z" if moment.endswith("Z") else ""
    then = datetime.fromisoformat(moment) - timedelta(minutes=7 * number)
    return then.isoformat(timespec="milliseconds").replace("+00:00", ending or "+00:00")


def _changed(written: Mapping[str, list[Row]], number: int) -> Iterator[tuple[str, Row]]:
    """A later run that came to another verdict on the first claim."""
    (run,), verdict = written["runs"], written["verdicts"][0]
    later, other = content_id("later", run["id"]), content_id("other", verdict["id"])
    at = _moved(run["finished_at"], -1)
    confirmed = [row["id"] for row in written["verdicts"][1:]]
    for claim in written["claims"]:
        claim["last_run"] = later
    yield (
        "runs",
        {
            **run,
            "id": later,
            "started_at": at,
            "finished_at": at,
            "added": json.dumps([other]),
            "confirmed": json.dumps(confirmed),
        },
    )
    label = "not_in_source" if verdict["label"] == "supported" else "supported"
    yield (
        "verdicts",
        {
            **verdict,
            "id": other,
            "run": later,
            "previous": verdict["id"],
            "number": 2,
            "label": label,
            "checked_at": at,
        },
    )
