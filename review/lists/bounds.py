"""Limits the cost of table pages of a large ledger: no count, facet or search that reads every row."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qs, urlencode

from datasette.filters import FilterArguments
from datasette.utils.asgi import BadRequest, Request

if TYPE_CHECKING:
    from claims.ledger.ledger import Ledger

Scope: TypeAlias = MutableMapping[str, Any]
App: TypeAlias = Callable[[Scope, Any, Any], Awaitable[None]]

# From how many claims on the table pages are without the counts and facets that Datasette works out from every row.
LARGE = 10_000
# How many matches a search looks at, those that were added last.
MOST_FOUND = 1000
# The lists of claims that can be searched, and those that go on behind a row (newest check first).
_SEARCHED = ("current", "queue", "changes")
_KEYED = ("current", "changes")
# Words, and words in quotation marks: what FTS5 can look for.
_WORDS = re.compile(r'"[^"]*\w[^"]*"|[^\s"]*\w[^\s"]*')
# The id of a row of the ledger.
_ID = re.compile(r"[0-9a-f]{16}")
# The views, whose pages have numbers; Datasette answers other addresses as if the desk had failed.
_VIEWS = (*_SEARCHED, "unread", "log")
_PAGED = ("_behind", "_next", "_nocount", "_nofacet")
_BARE = b"_nocount=1&_nofacet=1"


def bounded(app: App, bases: Callable[[], tuple[str, ...]], size: Callable[[], Awaitable[int]]) -> App:
    """The app with table pages that show no counts and facets if the ledger is large.

    ``bases`` are the paths of the ledgers' tables; ``size`` is how many claims the ledger has.
    """

    async def bound(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].startswith(tuple(f"{base}/" for base in bases())):
            arguments = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            wanted = any(name.startswith("_facet") or name == "_search" for name in arguments)
            if not wanted and "_nocount" not in arguments and await size() >= LARGE:
                query = b"&".join(filter(None, (scope["query_string"], _BARE)))
                scope = {**scope, "query_string": query}
        await app(scope, receive, send)

    return bound


def list_filters(request: Request, table: str) -> FilterArguments | None:
    """The conditions of the lists of claims: the search words, and the row after which a page begins.

    Raises BadRequest if the address has a word in place of a number.
    """
    for name in ("_timelimit", *(("_next",) if table in _VIEWS else ())):
        if not (request.args.get(name) or "0").isdecimal():
            raise BadRequest(f"{name} must be a number")
    where: list[str] = []
    values: dict[str, object] = {}
    shown: dict[str, object] = {}
    if table in _SEARCHED:
        words = " ".join(_WORDS.findall(request.args.get("_search") or ""))
        shown = {"supports_search": True, "search": words}
        if words:
            where.append(
                "no IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH escape_fts(:words) "
                "ORDER BY rowid DESC LIMIT :most)"
            )
            values |= {"words": words, "most": MOST_FOUND}
    row_id = request.args.get("row_id") or request.args.get("row_id__exact") or ""
    if table == "log" and _ID.fullmatch(row_id):  # the view has it as text, the index the first bytes
        entries = f"SELECT seq FROM log_entries WHERE substr(row_id, 1, 3) = x'{row_id[:6]}' AND row_id = x'{row_id}'"  # noqa: S608  digits only
        where.append(f"seq IN ({entries})")
    checked_at, _, number = (request.args.get("_behind") or "").rpartition("~")
    if table in _KEYED and checked_at and number.isdecimal():
        where.append("(checked_at <= :behind AND (checked_at < :behind OR no > :behind_no))")
        values |= {"behind": checked_at, "behind_no": number}
    return FilterArguments(where, values, [], shown) if where or shown else None


def next_page(request: Request, checked_at: str, number: int) -> str:
    """The address of a list's next page: the rows after a given row, so that no earlier row is read again."""
    arguments = [(name, value) for name in request.args for value in request.args.getlist(name) if name not in _PAGED]
    return f"{request.path}?{urlencode([*arguments, ('_behind', f'{checked_at}~{number}')])}"


def tallied(ledger: Ledger) -> dict[str, Any]:
    """The stored counts: of the claims by label, and whether the ledger is large."""
    labels = ledger.labels()
    return {"labels": labels, "claims": sum(labels.values()), "waiting": ledger.queue_length()}
