"""`factdesk bundle`: packs claims with all their evidence into one file."""

from __future__ import annotations

from pathlib import Path

import click

from claims.clock import now
from claims.display.text import clean, counted
from claims.ledger.exports.bundle import BundleContent
from claims.ledger.ledger import Ledger
from flows.commands.ledger.captured_bytes import loader
from flows.commands.options import on_ledger
from flows.config.setup import CheckOptions, setup
from sources.packing.wacz import WaczPage, write_wacz


@click.command()
@click.argument("claims", nargs=-1, required=True, metavar="ID...")
@on_ledger
@click.option("--wacz", is_flag=True, help="Write a web archive (WACZ) that replay programs open.")
@click.option("--output", type=click.Path(path_type=Path), help="Name of the new file. Default: bundle.zip or .wacz.")
def bundle(claims: tuple[str, ...], config: str | None, db: str | None, wacz: bool, output: Path | None) -> None:
    """Pack claims with all their evidence, including the captured bytes, for independent verification."""
    how = setup(CheckOptions(config=config, ledger=db))
    file, at = output or Path("bundle.wacz" if wacz else "bundle.zip"), now()
    with Ledger.open(how.ledger, create=False) as book:

        def pack(content: BundleContent) -> int:
            return pack_wacz(content, file, how.captures, at=at)

        count = book.bundle(claims, file, loader(how.captures), at=at, pack=pack if wacz else None)
    click.echo(f"Wrote {file}: {counted(count, 'file')}.")


def pack_wacz(content: BundleContent, file: Path, captures: Path, *, at: str) -> int:
    """Write a bundle as a WACZ with the articles as the first pages; the claims lie in its folder ``factdesk``."""
    pages = [
        WaczPage(url=capture.final_url, at=capture.fetched_at, title=clean(page.title or ""))
        for page, capture in content.articles
    ]
    pages += [WaczPage(url=capture.final_url, at=capture.fetched_at) for capture in content.captures]
    first: dict[str, WaczPage] = {}
    for page in pages:
        first.setdefault(page.url, page)
    extra = {f"factdesk/{Path(name).name}": data for name, data in content.files.items() if name != "README.txt"}
    return write_wacz(
        file,
        [*(capture for _, capture in content.articles), *content.captures],
        captures,
        pages=list(first.values()),
        extra=extra,
        title="Claims checked with Factdesk",
        at=at,
    )
