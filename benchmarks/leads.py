"""Counts for how many claims without a source a place to look is named offline, on 20 saved news pages.

    python -m benchmarks.leads [--list]

The pages are every fifth of the saved ones in the order of their file names. With --list each claim with its place is
printed, to be read by hand.
"""

from __future__ import annotations

import gzip
import sys

from benchmarks.common import data_folder, hashes, rows
from claims.extraction.extract import extract
from claims.records import CitationKind
from sources.errors import Unavailable
from sources.finding.own_sites import OwnSites
from sources.outlets import load_outlets
from sources.page.page import read_page


def main() -> None:
    """Measure and print."""
    folder, outlets = data_folder() / "pages", load_outlets()
    total = placed = addressed = 0
    for row in sorted(rows(folder / "gold.jsonl.gz"), key=lambda row: str(row["html"]))[::5][:20]:
        data = gzip.decompress((folder / row["html"]).read_bytes())
        try:
            page = read_page(data, url=row["url"], content_type="text/html")
        except Unavailable:
            continue
        sites = OwnSites(page, outlets)
        for claim in extract(page, outlets).claims:
            if not claim.checkable or any(citation.kind is not CitationKind.NONE for citation in claim.citations):
                continue
            places = list(sites.places(claim))
            total, placed = total + 1, placed + bool(places)
            addressed += any(lead.url for lead in places)
            if places and "--list" in sys.argv:
                print(f"{', '.join(f'{lead.name} {lead.url}' for lead in places)}\n    {claim.statement}")
    share = f"{placed} of {total} claims without a source ({placed / total:.0%})"
    print(f"{share} have a place to look, offline, {addressed} of them an address")
    print(hashes([folder / "gold.jsonl.gz"]))


if __name__ == "__main__":
    main()
