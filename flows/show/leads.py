"""Lists the claims without a source, those most worth checking first, with the places where they may be settled."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from claims.display.text import ID_LENGTH, clean, counted, short
from claims.naming import lead_words
from claims.records import Check, Lead

_HEADING = "Claims without a source, and where to look"
_SHOWN = 5  # claims; the others are only counted
_STATEMENT, _PLACE = 110, 160


def lead_lines(check: Check) -> Iterator[str]:
    """The heading, for each claim a line with its id and statement, and one below it for each place.

    Only the first claims are listed, the others are counted; nothing if there are no leads.
    """
    statements = {claim.id: claim.statement for claim in check.extraction.claims}
    groups = [(claim, list(leads)) for claim, leads in groupby(check.leads, key=lambda lead: lead.claim)]
    if groups:
        yield _HEADING
    for claim, leads in groups[:_SHOWN]:
        yield f"  {claim[:ID_LENGTH]}  {short(statements[claim], _STATEMENT)}"
        yield from (f"    {place_line(lead)}" for lead in leads)
    if len(groups) > _SHOWN:
        yield f"    and {counted(len(groups) - _SHOWN, 'more claim')}: `factdesk show ID` names their places"


def place_line(lead: Lead) -> str:
    """One place: what it is, and its address."""
    return " ".join(filter(None, (short(lead_words(lead), _PLACE), clean(lead.url or ""))))
