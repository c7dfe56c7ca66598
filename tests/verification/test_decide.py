"""One verdict out of what the pages say: tables over answers of pages, without a judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from claims.records import (
    Basis,
    Citation,
    CitationKind,
    Claim,
    ClaimKind,
    Judgment,
    Label,
    Page,
    Passage,
    QuantityFinding,
    QuoteFinding,
    QuoteGrade,
    Reading,
    Reason,
    Source,
)
from claims.verification.verdict.decide import DraftVerdict, draft_verdict
from claims.verification.verdict.hops import follow
from claims.verification.weighing.page_view import Outcome, View

TEXT = "The council closed both bridges over the river."
CLAIM = Claim(article="a", text=TEXT, spans=(), statement=TEXT, kind=ClaimKind.STATEMENT, checkable=True)
SAYS, PARTLY, DENIES, OTHER, SILENT = (
    Outcome.SUPPORTS, Outcome.PARTLY, Outcome.REFUTES, Outcome.MISATTRIBUTES, Outcome.SILENT,
)  # fmt: skip
PASSAGE = Passage(capture="", span=(0, 1), text="T")
