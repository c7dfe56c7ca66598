"""Every page of the desk is opened and every link followed, Datasette's own tables included."""

import re
from collections import deque
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from claims.ledger.ledger import Ledger
from review.desk import desk

ORIGIN = "http://localhost"
# What Python, a template or a database says where a value was shown that nobody made readable.
_RAW = re.compile(r"\{'\w+':|\{&#39;\w+&#39;:|&lt;\w+ object at|Undefined|%7B%27|Error 500|Traceback")


class Links(HTMLParser):
    """The addresses that a page links to, and the ids that it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids.add(values.get("id") or "")
        for name in ("href", "src", "action"):
            if values.get(name):
                self.found.append(str(values[name]))


def own(links: Links, at: str) -> set[str]:
    """The addresses of the desk among the links of a page."""
    addresses = {urljoin(f"{ORIGIN}{at}", link) for link in links.found}
    return {address.removeprefix(ORIGIN) for address in addresses if urlsplit(address)[:2] == ("http", "localhost")}


def is_followed(address: str, at: str) -> bool:
    """Whether a link is followed: a choice of a list that adds to another choice would never end."""
    return not (urlsplit(at).query and urlsplit(address).query and not urlsplit(at).path.startswith("/queue"))


async def crawled(app: Any) -> tuple[dict[str, int], list[str]]:
    """Every page that can be reached from the start page with its status, and what is wrong."""
    seen: dict[str, int] = {}
    ids: dict[str, set[str]] = {}
    wrong: list[str] = []
    anchors: set[tuple[str, str, str]] = set()
    waiting = deque([("/", "")])
    while waiting:
        address, linked = waiting.popleft()
        page, anchor = urldefrag(address)
        if anchor:
            anchors.add((linked, page, unquote(anchor)))
        if page in seen:
            continue
        answer = await app.client.get(page, follow_redirects=True)
        seen[page] = answer.status_code
        if answer.status_code != 200:
            wrong.append(f"{answer.status_code} {page} (on {linked})")
        if answer.headers["content-type"].startswith("text/html"):
            wrong += [f"{match[0]} in {page}" for match in _RAW.finditer(answer.text)][:3]
            links = Links(answer.text)
            ids[page] = links.ids
            waiting.extend((link, page) for link in sorted(own(links, page)) if is_followed(link, page))
    wrong += [f"no #{name} in {page} (on {at})" for at, page, name in anchors if page in ids and name not in ids[page]]
    return seen, wrong


async def test_every_link_of_the_desk_leads_somewhere(ledger_path: Path) -> None:
    app = desk(ledger_path)
    await app.invoke_startup()
    seen, wrong = await crawled(app)
    for database in app.databases.values():
        database.close()
    assert wrong == []
    paths = {urlsplit(page).path for page in seen}
    tables = {"claims", "verdicts", "evidence", "reviews", "captures", "sources", "log", "current", "queue", "changes"}
    assert {f"/ledger/{table}" for table in tables} <= paths
    assert {"/queue", "/figures", "/-/factdesk/desk.css", "/-/factdesk/desk.js"} <= paths
    with Ledger.open(ledger_path, create=False) as ledger:
        claims = ledger.claims(limit=100)
    assert {f"/claim/{row.id}" for row in claims} <= paths
    assert any(re.fullmatch(r"/claim/\w+/capture/\w+", path) for path in paths)
