"""A captured page, read in the desk: its text, with the passages that a verdict rests on where they stand in it.

The bytes of a capture are anybody's: only the text that the reader of pages finds in them is shown, as text.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

from datasette.utils.asgi import NotFound, Request, Response

from claims.errors import LedgerError
from claims.highlights import layered
from claims.records import Capture, Evidence, Page, Span
from review.decisions import ask

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette

# Reads the page of a capture again; raises OSError with the reason where that cannot be done.
ReadCapture: TypeAlias = Callable[[Capture], Page]

# How many words at either end of a long passage stand for it in a text fragment.
_ENDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedText:
    """The text of a captured page in pieces, each with the number of its passage (none for the rest).

    ``lost`` are the passages that are not found in it, with their numbers; ``problem`` says why there is no text.
    """

    pieces: tuple[tuple[str, tuple[str, ...]], ...] = ()
    lost: tuple[tuple[int, str], ...] = ()
    problem: str = ""


async def captured_page(datasette: Datasette, request: Request, path: Path, read: ReadCapture | None) -> Response:
    """The page of a capture that a claim's sources or verdicts name, the passages of the verdict marked."""
    claim, wanted = request.url_vars["claim"], request.url_vars["capture"]
    try:
        entry = await ask(path, lambda ledger: ledger.show(claim))
    except LedgerError as missing:
        raise NotFound(str(missing)) from missing
    capture = next((one for one in entry.captures if one.id == wanted), None)
    if capture is None:
        raise NotFound(f"claim {claim[:8]} rests on no capture {wanted[:8]}")
    evidence = [one for row in reversed(entry.verdicts) for one in row.evidence if one.passage.capture == wanted]
    text = await asyncio.to_thread(_text_of, capture, evidence, read)
    passage = evidence[0].passage.text if evidence else ""
    context = {"entry": entry, "capture": capture, "text": text, "passage": passage}
    return Response.html(await datasette.render_template("captured.html", context, request=request))


def _text_of(capture: Capture, evidence: Sequence[Evidence], read: ReadCapture | None) -> CapturedText:
    if read is None:
        return CapturedText(problem="the desk was not told where the captures are; start it with factdesk review")
    try:
        page = read(capture)
    except OSError as error:
        return CapturedText(problem=str(error))
    found: dict[str, list[Span]] = {}
    lost = []
    passages = {(one.passage.text, one.passage.span): one.passage for one in evidence}
    for number, passage in enumerate(passages.values(), start=1):
        span = place_in(page.text, passage.text, passage.span)
        if span:
            found[str(number)] = [span]
        else:
            lost.append((number, passage.text))
    pieces = tuple(layered(page.text, (0, len(page.text)), found))
    return CapturedText(pieces=pieces, lost=tuple(lost))


def place_in(text: str, passage: str, span: Span) -> Span | None:
    """Where a passage stands in the text of its page: where it was found, or the first place with its words."""
    if text[span[0] : span[1]] == passage:
        return span
    words = r"\s+".join(map(re.escape, passage.split()))
    found = re.search(words, text) if words else None
    return found.span() if found else None


def fragment(url: str | None, passage: str) -> str | None:
    """An address that has the browser scroll to a passage and mark it (WICG text fragments); None without address."""
    words = passage.split()
    if not url or not words:
        return url
    text = [words] if len(words) <= 2 * _ENDS else [words[:_ENDS], words[-_ENDS:]]
    said = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in text)
    return f"{url.partition('#')[0]}#:~:text={said}"


def archived(url: str | None, fetched_at: str) -> str | None:
    """The address of the Wayback Machine's copy that is nearest to a time (ISO 8601)."""
    digits = re.sub(r"\D", "", fetched_at[:19])
    return f"https://web.archive.org/web/{digits}/{url}" if url and digits else None
