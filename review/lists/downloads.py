"""The value of one cell as a file: Datasette's own download, which takes bytes only, for texts and numbers as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datasette.blob_renderer import render_blob
from datasette.utils.asgi import NotFound, Request, Response

from claims.privacy import hide_in


# Datasette passes the parameters by name, those that a function has.
async def cell_as_file(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], request: Request, table: str | None
) -> Response:
    """The file. What is masked on the desk's pages is masked in it, too; bytes stay as they are."""
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
