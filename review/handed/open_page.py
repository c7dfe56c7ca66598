"""The page that takes what the bookmarklet hands over: the page that is open in the reader's browser.

The bookmarklet opens this page with the other page in the fragment of the address, which browsers never send; a script
here shows what came, and only the person's own form sends it. So no other site can put a page into the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from datasette.utils.asgi import Request, Response

from claims.addresses import linkable_address, site
from claims.glossary import HAND_IN, part_of_page
from claims.privacy import kept_secret

if TYPE_CHECKING:
    from datasette.app import Datasette

# How long an address may be that Chromium still opens (2 MB), less the desk's own part of it.
_LONGEST = 1_990_000
# Packs the page (gzip, base64url), because an address has a limited length.
_BOOKMARKLET = """(async()=>{
const page=JSON.stringify({key:%(key)s,url:location.href,title:document.title,html:document.documentElement.outerHTML});
const packed=new Blob([page]).stream().pipeThrough(new CompressionStream("gzip"));
let text="";for(const byte of new Uint8Array(await new Response(packed).arrayBuffer()))text+=String.fromCharCode(byte);
text=btoa(text).replace(/\\+/g,"-").replace(/\\//g,"_");
if(text.length>%(longest)d)alert("This page is too large for the bookmark: save it and hand in the file.");
else open(%(desk)s+"#"+text)||(location.href=%(desk)s+"#"+text)})()"""
_UNREAD = """
SELECT s.source, coalesce(s.outlet, s.handle, s.text) AS outlet, s.url, json_extract(s.claims, '$[0]') AS claim, a.title
FROM unread_sources k CROSS JOIN sources s ON s.id = k.state CROSS JOIN articles a ON a.id = s.article
WHERE json_array_length(s.claims) > 0 ORDER BY k.since DESC LIMIT 300
"""
# The sources of which only a part was read, so that a claim waits for the rest (urgency 8 of attention.py).
_IN_PART = """
SELECT s.source, coalesce(s.outlet, s.handle, s.text) AS outlet, s.url, q.claim, q.title
FROM (SELECT claim, article, title FROM queue WHERE urgency = 8 LIMIT 300) q
CROSS JOIN citations c ON c.claim = q.claim AND c.superseded_in IS NULL
CROSS JOIN sources s ON s.article = q.article AND s.source = c.source
WHERE s.status = 'captured' AND EXISTS (SELECT 1 FROM json_each(:parts) WHERE instr(s.detail, value) > 0)
  AND NOT EXISTS (SELECT 1 FROM sources t WHERE t.article = s.article AND t.source = s.source AND t.number > s.number)
GROUP BY s.article, s.source
"""


async def open_page(
    datasette: Datasette, request: Request, database: str, outlets: Mapping[str, str], reviewer: str
) -> Response:
    """The page with the bookmarklet, and the form for what it hands over."""
    ledger = datasette.get_database(database)
    parts = json.dumps([part_of_page(reason) for reason in HAND_IN])
    rows = [*(await ledger.execute(_IN_PART, {"parts": parts})).rows, *(await ledger.execute(_UNREAD)).rows]
    sources = [
        {
            "id": row["source"],
            "claim": row["claim"],
            "name": outlets.get(row["outlet"], row["outlet"]) or site(row["url"]) or "a source",
            "address": linkable_address(row["url"]) or "",
            "article": row["title"] or "an article",
        }
        for row in rows
    ]
    key = hand_in_key(Path(ledger.path))
    own = f"{request.scheme}://{request.host}/hand-in"
    context = {
        "sources": sources,
        "key": key,
        "bookmarklet": "javascript:" + quote(bookmarklet(own, key)),
        "reviewer": reviewer,
    }
    return Response.html(await datasette.render_template("hand-in.html", context, request=request))


def bookmarklet(desk: str, key: str) -> str:
    """The script of the bookmark that hands the open page to the desk at an address."""
    return _BOOKMARKLET % {"desk": json.dumps(desk), "key": json.dumps(key), "longest": _LONGEST}


def hand_in_key(ledger: Path) -> str:
    """The word by which the desk knows its own bookmark, in a file beside the ledger that only its owner can read."""
    return kept_secret(ledger.with_name(f"{ledger.name}.hand-in-key"))
