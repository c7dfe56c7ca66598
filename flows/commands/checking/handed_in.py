"""Judges pages that people hand in at the desk, as `factdesk attach` does."""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from claims.addresses import is_address
from claims.errors import ClaimsError
from claims.ledger.ledger import Ledger
from flows.checks import pipeline, steps
from flows.commands.checking.attach import keep_attachment
from flows.config.setup import Setup
from flows.errors import UsageError
from sources.errors import SourcesError

SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


def judge_of(
    how: Setup, models: threading.Lock | None = None
) -> Callable[[str, str, str, str | tuple[str, bytes]], str | None]:
    """What keeps and judges an address or a file (its name and bytes) for a source; one page after the other.

    It is given the ids of the claim and of the source, and the person's name; it returns why it could not, or None.
    ``models`` is held while it runs, if something else uses the models too.
    """
    one_at_a_time = models or threading.Lock()

    def judge(claim: str, source: str, by: str, attached: str | tuple[str, bytes]) -> str | None:
        with one_at_a_time, tempfile.TemporaryDirectory() as folder:
            place = attached if isinstance(attached, str) else _written(Path(folder), *attached)
            try:
                return _judge_attachment(how, claim, source, by, place)
            except (ClaimsError, SourcesError, UsageError) as error:
                return str(error) if isinstance(attached, str) else str(error).replace(place, attached[0])

    return judge


def _written(folder: Path, name: str, body: bytes) -> str:
    """The file, under a name of ours: of the name that was sent only the ending counts."""
    suffix = Path(name).suffix.lower()
    place = folder / f"page{suffix if SUFFIX.fullmatch(suffix) else '.html'}"
    place.write_bytes(body)
    return str(place)


def _judge_attachment(how: Setup, claim: str, source: str, by: str, place: str) -> str | None:
    with Ledger.open(how.ledger, create=False) as ledger:
        entry = ledger.show(claim)
    chosen = next((cited for cited in entry.sources if cited.id == source), None)
    if chosen is None:
        return f"claim {claim[:8]} does not cite this source"
    keep_attachment(how, entry.row.id, chosen, place, by=by)
    steps.event_loop().run(pipeline.recheck(entry.article.id, how, fetch=is_address(place)))
    return None
