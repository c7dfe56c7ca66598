"""The index beside the captures: one CDXJ line for each response, as pywb and other replay tools read it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sources import warc
from sources.errors import ArchiveError


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One line of the index: a response or revisit that lies in the folder."""

    url: str
    date: str
    status: int
    digest: str
    file: str
    offset: int
    kind: str = "response"
    validated: bool = False  # it came with an ETag or a Last-Modified date

    @property
    def earlier(self) -> warc.Earlier:
        """This record as the target of a revisit."""
        return warc.Earlier(url=self.url, date=self.date, warc=self.file, offset=self.offset, digest=self.digest)


def key(url: str) -> str:
    """What two spellings of one address share (SURT): no scheme, default port or fragment, the name reversed."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url  # no address at all; it is only ever compared
    host = (parts.hostname or "").removesuffix(".")
    if not host.rpartition(".")[2].isdigit() and ":" not in host:  # numbers are not names and stay as they are
        host = ",".join(reversed(host.split(".")))
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    return f"{where}){parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


def index_name(path: Path) -> str:
    """The name of the index of a WARC file."""
    return path.name.removesuffix(".warc.gz") + ".cdxj"


def line(kept: Kept, length: int) -> bytes:
    """A CDXJ line as pywb reads it; ``date``, ``kind`` and ``validated`` are ours."""
    stamp = "".join(c for c in kept.date if c.isdigit())[:14]
    fields = dataclasses.asdict(kept) | {"status": str(kept.status), "offset": str(kept.offset), "length": str(length)}
    fields["filename"] = fields.pop("file")
    return f"{key(kept.url)} {stamp} {json.dumps(fields)}\n".encode()


def indexed(folder: Path) -> Iterator[Kept]:
    """Every entry of the indexes in a folder; raises ArchiveError where one cannot be read."""
    for path in sorted(folder.glob("*.cdxj")):
        try:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be read ({error})") from error
        for text in lines:
            kept = _parsed(text)
            if kept is not None:
                yield kept


def _parsed(text: str) -> Kept | None:
    """The entry of an index line; None for a line that a killed process left half written (nothing refers to it)."""
    try:
        fields = json.loads(text.split(" ", 2)[2])
        return Kept(
            url=fields["url"],
            date=fields["date"],
            status=int(fields["status"]),
            digest=fields["digest"],
            file=fields["filename"],
            offset=int(fields["offset"]),
            kind=fields["kind"],
            validated=fields["validated"],
        )
    except (IndexError, KeyError, ValueError, TypeError):
        return None


def history(folder: Path, url: str) -> tuple[Kept, ...]:
    """Every dated capture of an address in a folder, oldest first; raises ArchiveError."""
    wanted = key(url)
    return tuple(sorted((kept for kept in indexed(folder) if key(kept.url) == wanted), key=lambda kept: kept.date))
