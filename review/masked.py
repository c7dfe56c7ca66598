"""Masks names, passwords and keys in addresses and headers in all responses of the desk.

Datasette's pages and exports show the ledger's rows unchanged, so the responses themselves are masked, and the cells of
comma-separated values made harmless for spreadsheets. Pages are without characters that hide or turn words.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

from datasette.blob_renderer import render_blob
from datasette.utils.asgi import NotFound, Request, Response

from claims.ledger.exports.spreadsheet import HarmlessRows
from claims.privacy import hide_in
from review.access.guard import App, Receive, Scope, Send

_TEXTS = ("text/html", "text/plain", "text/csv", "application/json", "text/markdown")
_ROWS = ("text/csv", "text/plain")
# Control characters, and marks that turn the writing direction or show nothing: on a page, words of an article could
# read otherwise than they are. The marks that Hebrew and Arabic need (U+200E, U+200F) and joiners stay.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# A streamed answer is masked piece by piece, each to its last line end; a line longer than this is cut all the same.
_LONGEST_LINE = 4_000_000


def masked(app: App) -> App:
    """The app with secrets masked in every text response."""

    async def mask(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        rows = scope.get("path", "").endswith(".csv") or b"_format=csv" in scope.get("query_string", b"")
        await app(scope, receive, _Answer(send, rows=rows).pass_on)

    return mask


# Datasette passes the parameters by name, those that a function has.
async def cell_as_file(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], request: Request, table: str | None
) -> Response:
    """The value of a cell as a file: Datasette's own download, which takes bytes only, for masked texts as well."""
    column = request.args.get("_blob_column")
    if column in columns:
        if not rows:
            raise NotFound("Record not found")
        rows = [{column: _as_bytes(row[column])} for row in rows]
    return await render_blob(
        datasette=None, database=None, rows=rows, columns=columns, request=request, table=table, view_name=None
    )


def _as_bytes(value: Any) -> bytes:
    if value is None or isinstance(value, bytes):
        return value or b""
    return hide_in(str(value)).encode("utf-8", "surrogatepass")


class _Answer:
    """One answer on its way out; a text is held back to the end of its line."""

    def __init__(self, send: Send, *, rows: bool) -> None:
        """``rows`` says that comma-separated values were asked for, which may also come as plain text."""
        self._send = send
        self._text = self._page = False
        self._asked_for_rows = rows
        self._rows: HarmlessRows | None = None
        self._held = ""
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape")

    async def pass_on(self, message: MutableMapping[str, Any]) -> None:
        """Send a message of the answer on, masked."""
        if message["type"] == "http.response.start":
            message = self._start(message)
        elif message["type"] == "http.response.body" and self._text:
            message = {**message, "body": self._masked(message.get("body", b""), last=not message.get("more_body"))}
        await self._send(message)

    def _start(self, message: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        headers = [(bytes(name).lower(), bytes(value)) for name, value in message.get("headers", [])]
        kind = dict(headers).get(b"content-type", b"").decode("latin-1").lower()
        self._text, self._page = kind.startswith(_TEXTS), kind.startswith("text/html")
        if not self._text:
            return message
        if self._asked_for_rows and kind.startswith(_ROWS):
            self._rows = HarmlessRows()
        masked_headers = [
            (name, hide_in(value.decode("latin-1")).encode("latin-1")) if name == b"location" else (name, value)
            for name, value in headers
            if name != b"content-length"
        ]
        return {**message, "headers": masked_headers}

    def _masked(self, body: bytes, *, last: bool) -> bytes:
        text = self._held + self._decode.decode(body, last)
        end = len(text) if last or len(text) > _LONGEST_LINE else text.rfind("\n") + 1
        self._held = text[end:]
        shown = hide_in(text[:end])
        if self._page:
            shown = _UNSEEN.sub("", shown)
        if self._rows is not None:
            shown = self._rows.passed(shown, last=last)
        return shown.encode("utf-8", "surrogateescape")
