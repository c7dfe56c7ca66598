"""Shows the text of a captured page in the desk, with the passages that a verdict relies on highlighted.

The bytes of a capture come from a third party: only the text extracted from them is shown, as plain text.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from datasette.utils.asgi import NotFound, Request, Response

from claims.errors import LedgerError
from claims.highlights import layered
from claims.records import Capture, Evidence, Page, Span
from review.decisions import ask_ledger, in_desk_words

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette

# Reads the page of a capture again; raises OSError with the reason where that cannot be done.
ReadCapture: TypeAlias = Callable[[Capture], Page]


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedText:
    """The text of a captured page in pieces, each with the number of its passage (none for the rest).

    ``lost`` are the passages not found in it, with their numbers; ``problem`` is the reason if there is no text.
    """

    pieces: tuple[tuple[str, tuple[str, ...]], ...] = ()
    lost: tuple[tuple[int, str], ...] = ()
    problem: str = ""


async def captured_page(datasette: Datasette, request: Request, path: Path, read: ReadCapture | None) -> Response:
    """The page of a capture of a claim's sources or verdicts, with the passages of the verdicts highlighted."""
    claim, capture_id = request.url_vars["claim"], request.url_vars["capture"]
    try:
        entry = await ask_ledger(path, lambda ledger: ledger.show(claim))
    except LedgerError as missing:
        raise NotFound(in_desk_words(missing)) from missing
    capture = next((candidate for candidate in entry.captures if candidate.id == capture_id), None)
    if capture is None:
        raise NotFound(f"The claim {claim[:8]} rests on no captured page {capture_id[:8]}.")
    evidence = [item for row in reversed(entry.verdicts) for item in row.evidence if item.passage.capture == capture_id]
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
    layers: dict[str, list[Span]] = {}
    lost = []
    passages = {(item.passage.text, item.passage.span): item.passage for item in evidence}
    for number, passage in enumerate(passages.values(), start=1):
        span = place_in(page.text, passage.text, passage.span)
        if span:
            layers[str(number)] = [span]
        else:
            lost.append((number, passage.text))
    pieces = tuple(layered(page.text, (0, len(page.text)), layers))
    return CapturedText(pieces=pieces, lost=tuple(lost))


def place_in(text: str, passage: str, span: Span) -> Span | None:
    """The span of a passage in the text of its page: its own span, or the first place with the same words."""
    if text[span[0] : span[1]] == passage:
        return span
    words = r"\s+".join(map(re.escape, passage.split()))
    match = re.search(words, text) if words else None
    return match.span() if match else None
