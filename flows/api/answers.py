"""The answers of the HTTP API and the MCP server: the lines of JSON that the commands print with --json."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from io import BytesIO

from claims.display.text import json_line
from claims.ledger.ledger import Ledger
from claims.records import Review
from claims.verification.judges.load import rows_at_once
from claims.verification.pairs import BATCH, verify_pairs
from flows.api.articles import HandedArticle, article_place
from flows.checks import pipeline, steps
from flows.checks.conductor import Conductor, Watch
from flows.checks.waiting import waiting_for
from flows.commands.checking.check import checked_document
from flows.commands.checking.claims import extracted_document
from flows.commands.checking.verify import answer_line, rows_of
from flows.commands.ledger.claim_rows import row_line
from flows.commands.ledger.decide import record_decision
from flows.commands.ledger.show import entry_and_changes, entry_line
from flows.config.setup import Setup
from flows.errors import UsageError
from flows.serving.telling import tell_of_check


class ApiAnswers:
    """What a desk answers. Each method returns the lines that the command of the same name prints with --json.

    The models run for one request at a time. Every method raises ClaimsError, SourcesError or FlowsError.
    """

    def __init__(self, how: Setup) -> None:
        self.how = how
        self._one_at_a_time = threading.Lock()

    def check(self, article: HandedArticle, watch: Watch) -> str:
        """Check an article against the sources that it cites, and log every verdict."""
        with self._one_at_a_time, article_place(article) as place:
            done = steps.event_loop().run(pipeline.check(place, self.how, Conductor(watch)))
            steps.event_loop().run(tell_of_check(done, self.how))
        return json_line(checked_document(done, self.how, waiting_for(done, self.how))) + "\n"

    def claims(self, article: HandedArticle) -> str:
        """The claims of an article; its sources are not fetched, and nothing is logged."""
        with self._one_at_a_time, article_place(article) as place:
            page, extraction = steps.event_loop().run(pipeline.claims_only(place, self.how))
        return json_line(extracted_document(page, extraction, self.how)) + "\n"

    def verify(self, rows: bytes) -> str:
        """Judge rows of claims and evidence (JSON Lines)."""
        if not rows.strip():
            raise UsageError('the body is empty: send a line {"claim": text, "evidence": [text, ...]} for each claim')
        with self._one_at_a_time:
            judge = steps.engine(self.how.judge, self.how.settings.llm.policy)
            answers = verify_pairs(rows_of(BytesIO(rows), "line "), judge, batch=rows_at_once(judge, BATCH))
            return _as_lines(map(answer_line, answers))

    def verify_pair(self, claim: str, evidence: list[str]) -> str:
        """Judge one claim against texts."""
        return self.verify(json.dumps({"claim": claim, "evidence": evidence}).encode())

    def search(self, words: str, limit: int) -> str:
        """The claims of the ledger whose text or evidence contains all of the words."""
        with Ledger.open(self.how.ledger, create=False) as book:
            return _as_lines(map(row_line, book.search(words, limit)))

    def show(self, claim: str) -> str:
        """A claim with its sources, verdicts, evidence and decisions."""
        return entry_line(*entry_and_changes(self.how, claim)) + "\n"

    def decide(self, decision: Review, after: int | None) -> str:
        """Record a person's decision; the claim's row afterwards."""
        return row_line(record_decision(self.how, decision, after).row) + "\n"


def _as_lines(documents: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in documents)
