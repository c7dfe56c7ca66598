"""`factdesk claims`: lists the claims of articles, or of a column of claims, without fetching or logging anything."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

import click
from rich.console import Console

from claims.records import Extraction, Page
from flows.checks import pipeline, steps
from flows.commands.article_lists import listed_claims, with_listed
from flows.commands.options import article_argument, configured, json_option
from flows.commands.output import print_json, unreadable
from flows.config.setup import CheckOptions, Setup, setup
from flows.show import json_documents
from flows.show.table import print_claims
from sources.errors import UnreadableError


@click.command()
@article_argument
@configured
@json_option
def claims(sources: tuple[str, ...], list_: str | None, config: str | None, json_: bool) -> None:
    """List the claims of articles without fetching sources or logging anything.

    With --from, a .csv may have a column of claims instead, one in each row.
    """
    rows, how = listed_claims(list_), setup(CheckOptions(config=config))
    code = claims_all(with_listed(sources, None if rows else list_), how, json_=json_) if sources or not rows else 0
    for number, text in rows.items():
        row = Page(text=text, title=f"{list_}, row {number}")
        _print_claims_of(row, steps.extract_claims(row, how), how, json_=json_)
    sys.exit(code)


def extracted_document(article: Page, extraction: Extraction, how: Setup) -> json_documents.Document:
    """The claims of an article, for JSON."""
    return json_documents.claims_document(article, extraction, how.outlets)


def claims_all(sources: Sequence[str], how: Setup, *, json_: bool) -> int:
    """Print the claims of every source and return the exit code."""
    codes = [0]
    for source in sources:
        try:
            article, extraction = asyncio.run(pipeline.claims_only(source, how))
        except UnreadableError as error:
            codes.append(unreadable(source, error, json_=json_))
            continue
        _print_claims_of(article, extraction, how, json_=json_)
    return max(codes)


def _print_claims_of(article: Page, extraction: Extraction, how: Setup, *, json_: bool) -> None:
    if json_:
        print_json(extracted_document(article, extraction, how))
    else:
        print_claims(article, extraction, Console(), outlets=how.outlets)
