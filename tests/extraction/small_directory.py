"""A small directory of outlets, as the protocol asks for it: the extraction knows no other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from claims.records import Mention, Outlet

OUTLETS = (
    Outlet(id="wsj", name="The Wall Street Journal", kind="newspaper", country="US", domains=("wsj.com",)),
    Outlet(id="reuters", name="Reuters", kind="wire", country="GB", domains=("reuters.com",)),
    Outlet(id="abcnews", name="ABC News", kind="broadcaster", country="US", domains=("abcnews.go.com",)),
    Outlet(id="cnn", name="CNN", kind="broadcaster", country="US", domains=("cnn.com",)),
    Outlet(id="tass", name="TASS", kind="state_media", country="RU", domains=("tass.com",)),
    Outlet(id="rt", name="RT", kind="state_media", country="RU", domains=("rt.com",), handles=("RT_com",)),
    Outlet(id="guardian", name="The Guardian", kind="newspaper", country="GB", domains=("theguardian.com",)),
)


class SmallDirectory:
    """Finds the outlets above by their names, domains and handles."""

    def __init__(self) -> None:
        names = sorted((outlet.name for outlet in OUTLETS), key=len, reverse=True)
        self._names = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names))

    def mentions(self, text: str, page_outlet: str | None = None) -> Sequence[Mention]:
        found = []
        for match in self._names.finditer(text):
            outlet = self.by_name(match.group())
            assert outlet is not None
            found.append(Mention(span=match.span(), outlet=outlet))
        return found

    def by_name(self, name: str) -> Outlet | None:
        return next((outlet for outlet in OUTLETS if outlet.name == name), None)

    def by_url(self, url: str) -> Outlet | None:
        host = urlsplit(url).netloc.removeprefix("www.")
        return next((outlet for outlet in OUTLETS if host in outlet.domains), None)

    def by_handle(self, handle: str) -> Outlet | None:
        return next((outlet for outlet in OUTLETS if handle.lstrip("@") in outlet.handles), None)

    def by_id(self, outlet_id: str) -> Outlet | None:
        return next((outlet for outlet in OUTLETS if outlet.id == outlet_id), None)


DIRECTORY = SmallDirectory()
