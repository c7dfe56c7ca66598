"""A judge that asks a language model through the ``llm`` library and its plugins.

The model gets the claim and the numbered passages and must quote the deciding words (``prompts.py``). An answer that is
not accepted is asked for once more with the reason; after that the judge abstains. The text of a passage is data: an
instruction in it is not followed, and quoting it does not count as evidence for the claim.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import groupby

from claims.errors import ModelError
from claims.records import LlmPolicy, Probabilities
from claims.verification.judges.llm_client import ALL_HERE, PATIENCE, LanguageModel, Usage
from claims.verification.judges.prompts import (
    SCHEMA,
    SILENT,
    SYSTEM,
    AnswerError,
    question_json,
    read_answer,
    with_complaint,
)

_LOG = logging.getLogger("factdesk.judge")
# So many passages go into one question: more of them, and models begin to mix up their numbers.
PASSAGES = 8
# A model that failed at so many questions one after the other is not asked again.
_FAILED = 2
# Nought for both is no answer (see ``judge.py``).
ABSTAINED = Probabilities(supported=0.0, refuted=0.0)


class LlmJudge:
    """A language model as judge; ``usage`` counts the cost."""

    # Claims are asked about one by one, and each costs seconds: no answer waits for another row's.
    rows_at_once = 1

    def __init__(self, model: str, *, patience: float = PATIENCE, policy: LlmPolicy = ALL_HERE) -> None:
        """Find the model, with the options that `llm models options` keeps for it.

        A question that takes more than ``patience`` seconds has failed.

        Raises:
            ModelError: the ``llm`` package is not installed or does not know the model, or its options are unreadable.
        """
        self._client = LanguageModel(model, role="judge", patience=patience, policy=policy)
        self.name, self.version = self._client.name, self._client.version
        self._failed = _FAILED - 1

    @property
    def usage(self) -> Usage:
        """What it has cost so far."""
        return self._client.usage

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One answer for each (claim, passage) pair, in order; abstentions are zero for both.

        The model is not asked about an empty passage. A single question that fails after others were answered is an
        abstention.

        Raises:
            ModelError: the provider cannot be reached, refuses (no key, no quota) or does not answer in time: at the
                first question, or at two in a row.
        """
        answerable = [pair for pair in pairs if pair[1].strip()]
        answers = iter(self._judged(answerable))
        return [next(answers) if pair[1].strip() else SILENT for pair in pairs]

    def _judged(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        answers: list[Probabilities] = []
        try:
            for claim, group in groupby(pairs, key=lambda pair: pair[0]):
                passages = [passage for _, passage in group]
                for first in range(0, len(passages), PASSAGES):
                    answers += self._judge(claim, passages[first : first + PASSAGES])
        finally:
            _LOG.info("%s: %s", self.name, self.usage)
        return answers

    def _judge(self, claim: str, passages: Sequence[str]) -> list[Probabilities]:
        """Ask for an answer; if it is not accepted, ask once more with the reason, then abstain."""
        question = question_json(claim, passages)
        prompt = question
        for _ in range(2):
            try:
                return read_answer(self._ask(prompt), claim, passages)
            except AnswerError as wrong:
                prompt = with_complaint(question, wrong)
            except ModelError as failed:
                self._failed += 1
                if self._failed >= _FAILED:
                    raise
                _LOG.warning("%s; it abstains from this claim", failed)
                break
        self._client.spend(Usage(abstained=len(passages)))
        return [ABSTAINED] * len(passages)

    def _ask(self, prompt: str) -> str:
        text = self._client.ask(prompt, SYSTEM, SCHEMA)
        self._failed = 0
        return text
