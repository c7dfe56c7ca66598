"""Real pages: every saved news page of the development data is read into claims that stand in its text."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path

import pytest

from flows.checks import pipeline
from flows.config.setup import CheckOptions, setup
from sources.errors import UnreadableError


@pytest.mark.long
def test_no_saved_page_raises_and_every_claim_stands_in_its_text(data_folder: Path, tmp_path: Path) -> None:
    pages = sorted((data_folder / "pages" / "html").glob("*.html.gz"))
    assert pages
    how, with_claims = setup(CheckOptions(offline=True)), 0
    for page in pages:
        file = tmp_path / page.name.removesuffix(".gz")
        file.write_bytes(gzip.decompress(page.read_bytes()))
        try:
            article, extraction = asyncio.run(pipeline.claims_only(str(file), how))
        except UnreadableError as error:
            assert file.name in str(error)
            continue
        for claim in extraction.claims:
            assert " ".join(article.text[start:end] for start, end in claim.spans) == claim.text
            assert claim.statement
        with_claims += bool(extraction.claims)
    assert with_claims > len(pages) * 0.7  # some are not English, some have no article
