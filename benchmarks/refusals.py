"""How many requests that the desk must not answer it refuses.

    python -m benchmarks.refusals [--write]

The requests are what another site can have a browser send, requests under other host names, forms that no page of the
desk sent, and queries without bounds; each must be answered with a status from 400 to 499. The ledger must be the same
afterwards. The desk is asked in this process, with the host names of a desk on this machine.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.common import of_tests, report_counts
from claims.ledger.ledger import Ledger
from review.desk import answered_hosts, desk

# Addresses whose answer takes longer or shorter depending on what the ledger says.
_TIMED = (
    "/ledger.json?sql=select+1",
    "/ledger?sql=select+count(*)+from+claims+where+statement+like+'%25a%25'",
    "/ledger/claims?_where=1",
    "/ledger/claims.json?_shape=array",
    "/ledger/current?_search=peace",
    "/ledger/current?speaker__contains=a",
    "/ledger/verdicts?_facet=label",
    "/ledger/log?kind=reviews",
    "/ledger/reviews.csv?_size=max",
)
_PAGES = ("/", "/queue", "/figures", "/ledger", "/ledger/current", "/hand-in", "/-/factdesk/desk.js")
# What a page elsewhere can have a browser do with an address: Sec-Fetch-Mode and Sec-Fetch-Dest.
_EMBEDDED = (
    ("no-cors", "image"),
    ("no-cors", "script"),
    ("no-cors", "style"),
    ("no-cors", "video"),
    ("cors", "empty"),
    ("navigate", "iframe"),
    ("navigate", "object"),
)
_SITES = ("cross-site", "same-site")
_FORMS = ("/claim/{claim}", "/claim/{claim}/source", "/queue", "/check", "/ledger")
_FOREIGN = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
)
_HOSTS = (
    *("evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "192.168.0.7", "0.0.0.0", "[::2]", ""),
    *("localhost.", "127.1", "2130706433", "127.0.0.1@evil.example", "127.0.0.1:80:80", "[::1", "[::ffff:127.0.0.1]"),
    *("localhost:8001/", "127.0.0.1, evil.example", "127.0.0.1 evil.example", "evil.example:8001"),
)
_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "FOO")
# What browsers that do not send Sec-Fetch-Site still tell.
_TOLD = ({"origin": "https://evil.example"}, {"origin": "null"}, {"referer": "https://evil.example/page"})
_PREFETCH = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
_BODIES = (("text/plain", "decision=confirm&reviewer=Eve"), ("application/json", '{"decision": "confirm"}'), ("", ""))
_QUERIES = (
    "select length(hex(zeroblob(400000000)))",
    "select length(zeroblob(900000000))",
    "select 'a' like '" + "%a" * 150 + "'",
    "select 1 -- " + "x" * 50_001,
    "delete from reviews",
    "update verdicts set label = 'supported'",
    "insert into settings values ('sign_off', '0')",
    "drop table log_entries",
    "attach database '/tmp/x.db' as x",
    "pragma writable_schema = 1",
    "select load_extension('x')",
    "select writefile('/tmp/x', 'y')",
)
_SHUT = ("/ledger/claims_fts_idx", "/ledger/claims_fts_data", "/ledger/evidence_fts_idx", "/ledger/evidence_fts_config")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to the desk."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] | None = None
    content: str | None = None
    params: dict[str, str] | None = None
    cookies: dict[str, str] | None = None


# What must be answered, so that a desk that refuses everything is not counted as safe.
PERMITTED = (
    *(Asked(path=path) for path in (*_TIMED, *_PAGES)),
    *(Asked(path=path, headers={"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}) for path in _TIMED),
    *(
        Asked(path=path, headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})
        for path in ("/", "/queue", "/ledger/current")
    ),
)


def forbidden(claim: str) -> Iterator[tuple[str, Asked]]:
    """Every request with its kind; ``claim`` is one of the ledger."""
    own = {"accept": "text/html"}
    for path, site, (mode, kind) in product(_TIMED, _SITES, (*_EMBEDDED, ("navigate", "document"))):
        sent = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": kind}
        yield "timing reads: an address with a query, asked by another site", Asked(path=path, headers=own | sent)
    for path, (mode, kind) in product(_PAGES, _EMBEDDED):
        sent = {"sec-fetch-site": "cross-site", "sec-fetch-mode": mode, "sec-fetch-dest": kind}
        yield "a page embedded by another site", Asked(path=path, headers=own | sent)
    for place, foreign in product(_FORMS, _FOREIGN):
        path, form = place.format(claim=claim), {"decision": "confirm", "reviewer": "Eve"}
        yield "a form of another site", Asked(path=path, method="POST", headers=dict(foreign), form=form)
    for place, token in product(_FORMS[:4], (None, "", "wrong")):
        form = {"decision": "confirm", "reviewer": "Eve", **({} if token is None else {"csrftoken": token})}
        path, cookies = place.format(claim=claim), {"ds_csrftoken": "right"}
        yield "a form without its token", Asked(path=path, method="POST", form=form, cookies=cookies)
    yield from _unusual(claim)
    for path, host in product(("/", "/queue", "/ledger.json?sql=select+1"), _HOSTS):
        yield "another host name (DNS rebinding)", Asked(path=path, headers={"host": host})
    for sql in _QUERIES:
        yield "a query that writes, or is without bounds", Asked(path="/ledger.json", params={"sql": sql})
    for path in _SHUT:
        yield "a table behind the search", Asked(path=path)


def _unusual(claim: str) -> Iterator[tuple[str, Asked]]:
    """Other kinds of bodies and methods, and what browsers send that are old or fetch ahead."""
    own = {"accept": "text/html"}
    for place, (kind, content) in product(_FORMS[:4], _BODIES):
        path, headers = place.format(claim=claim), {"content-type": kind} if kind else {}
        yield "a form without its token", Asked(path=path, method="POST", headers=headers, content=content)
    for method, place in product(_METHODS, ("/queue", "/claim/{claim}", "/ledger.json?sql=select+1")):
        yield "another method", Asked(path=place.format(claim=claim), method=method)
    for path, sender in product(_TIMED, _TOLD):
        yield "timing reads, told by Origin or Referer alone", Asked(path=path, headers=own | sender)
    for purpose, path in product(("prefetch", "prefetch;prerender"), ("/", "/queue?after=3~0.5~2025~1")):
        yield (
            "a page fetched before anybody follows its link",
            Asked(path=path, headers=_PREFETCH | {"sec-purpose": purpose}),
        )


async def refused(ledger: Path) -> tuple[dict[str, list[int]], list[Asked]]:
    """The requests that were sent and refused of each kind, and those that were answered."""
    app = desk(ledger, answered_hosts("127.0.0.1"))
    await app.invoke_startup()
    with Ledger.open(ledger, create=False) as opened:
        claim, before = opened.claims()[0].id, opened.audit().head
    for request in PERMITTED:
        if await _status(app, request) != 200:
            raise SystemExit(f"the desk refuses what it must answer: {request}")
    counts: dict[str, list[int]] = {}
    answered = []
    for kind, request in forbidden(claim):
        count = counts.setdefault(kind, [0, 0])
        count[0] += 1
        if await _status(app, request) in range(400, 500):
            count[1] += 1
        else:
            answered.append(request)
    with Ledger.open(ledger, create=False) as opened:
        if opened.audit().head != before:
            raise SystemExit("a request changed the ledger")
    for database in app.databases.values():
        database.close()
    return counts, answered


async def _status(app: Any, request: Asked) -> int:
    sent = {
        "headers": request.headers,
        "data": request.form,
        "content": request.content,
        "params": request.params,
        "cookies": request.cookies,
    }
    asked = {name: value for name, value in sent.items() if value is not None}
    answer = await app.client.request(request.method, request.path, **asked)
    return int(answer.status_code)


def sample_ledger(path: Path) -> Path:
    """A ledger with one of everything, as the tests of the desk have it."""
    of_tests("sample_records")
    build = of_tests("ledger/sample_check").build
    reviewed = of_tests("ledger/review_sample").reviewed
    with Ledger.open(path) as ledger:
        reviewed(ledger, build())
    return path


def counted() -> tuple[dict[str, list[int]], list[str]]:
    """The requests that were sent and refused of each kind, and those that were answered."""
    with tempfile.TemporaryDirectory() as folder:
        counts, answered = asyncio.run(refused(sample_ledger(Path(folder) / "desk.db")))
    return counts, [f"answered: {request}" for request in answered]


def main() -> None:
    """Send every request, print the table, and write the section where that is wanted."""
    report_counts("refusals", "Forbidden requests", __doc__, ("request", "sent", "refused"), counted)


if __name__ == "__main__":
    main()
