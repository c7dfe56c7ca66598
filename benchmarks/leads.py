"""Counts for how many claims without a source a place to look is named offline, on 20 saved news pages.

    python -m benchmarks.leads [--list] [--first NUMBER]

The pages are every fifth of the saved ones in the order of their file names, each checked with `factdesk check
--offline` into an empty ledger, so that the places are those of the article and of our lists. With --list each claim
with its places is printed, to be read by hand. With --first it is every fifth from another page on (0 to 4).
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.common import data_folder, hashes, rows
from benchmarks.flows.servers import FACTDESK

_COMMAND = (*FACTDESK, "check", "--offline", "--json", "--db")


def unsourced(first: int = 0) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The statement of each claim without a source, with its places that have an address, of every fifth page."""
    folder = data_folder() / "pages"
    with tempfile.TemporaryDirectory() as made:
        files: list[Path] = []
        for row in sorted(rows(folder / "gold.jsonl.gz"), key=lambda row: str(row["html"]))[first::5][:20]:
            files.append(Path(made) / f"{len(files):02}.html")
            files[-1].write_bytes(gzip.decompress((folder / row["html"]).read_bytes()))
        command = [*_COMMAND, f"{made}/ledger.db", *map(str, files)]
        answer = subprocess.run(command, cwd=made, capture_output=True, text=True, check=False).stdout
    for line in answer.splitlines():
        for claim in json.loads(line).get("claims", ()):
            if claim["verdict"] and claim["verdict"]["label"] == "no_source":
                yield claim["statement"], [lead for lead in claim.get("leads", ()) if lead["url"]]


def main() -> None:
    """Measure and print."""
    first = int(sys.argv[sys.argv.index("--first") + 1]) if "--first" in sys.argv else 0
    claims = list(unsourced(first))
    placed = [(statement, leads) for statement, leads in claims if leads]
    for statement, leads in placed if "--list" in sys.argv else ():
        print(f"{', '.join(lead['name'] + ' ' + lead['url'] for lead in leads)}\n    {statement}")
    share = f"{len(placed)} of {len(claims)} claims without a source ({len(placed) / len(claims):.0%})"
    print(f"{share} have the address of a place to look, offline")
    print(hashes([data_folder() / "pages" / "gold.jsonl.gz"]))


if __name__ == "__main__":
    main()
