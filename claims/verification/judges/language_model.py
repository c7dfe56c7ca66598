"""A judge that asks a language model through the ``llm`` library and its plugins.

The model gets the claim and the numbered passages and must quote the deciding words (``prompts.py``). An answer that is
not accepted is asked for once more with the reason; after that the judge abstains. The text of a passage is data: an
instruction in it is not followed, and quoting it does not count as evidence for the claim.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import groupby
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from claims.errors import ModelError
from claims.records import Probabilities
from claims.verification.judges.prompts import SCHEMA, SILENT, SYSTEM, AnswerError, question_json, read_answer

_LOG = logging.getLogger("factdesk.judge")
# So many passages go into one question: more of them, and models begin to mix up their numbers.
PASSAGES = 8
# So many seconds a question may take; a local model on an old machine needs a minute for eight passages.
PATIENCE = 180.0
# A model that failed at so many questions one after the other is not asked again.
_FAILED = 2
# Nought for both is no answer (see ``judge.py``).
ABSTAINED = Probabilities(supported=0.0, refuted=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What the judge has cost so far: questions, tokens where the provider counts them, seconds, abstentions."""

    questions: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    abstained: int = 0

    def __str__(self) -> str:
        """The costs in one line."""
        tokens = f"{self.input_tokens:,} tokens in, {self.output_tokens:,} out"
        return (
            f"{self.questions:,} questions, {tokens}, {self.seconds:.1f} s, {self.abstained} passages without an answer"
        )


class LlmJudge:
    """A language model as judge; ``usage`` counts the cost."""

    # Claims are asked about one by one, and each costs seconds: no answer waits for another row's.
    rows_at_once = 1

    def __init__(self, model: str, *, patience: float = PATIENCE) -> None:
        """Find the model, with the options that `llm models options` keeps for it.

        A question that takes more than ``patience`` seconds has failed.

        Raises:
            ModelError: the ``llm`` package is not installed or does not know the model, or its options are unreadable.
        """
        try:
            llm = import_module("llm")
        except ImportError as missing:
            raise ModelError(f"judge llm:{model} needs the package llm (pip install llm) and its plugin") from missing
        try:
            self._model: Any = llm.get_model(model)
        except llm.UnknownModelError as unknown:
            raise ModelError(
                f"judge llm:{model}: llm does not know this model; `llm models` lists the known ones"
            ) from unknown
        self._options = _options(llm.user_dir(), str(self._model.model_id))
        chosen = [f"{key}={value}" for key, value in sorted(self._options.items())]
        self.name, self.version = f"llm:{model}", " ".join([str(self._model.model_id), *chosen])
        self.usage = Usage()
        self._patience = patience
        self._failed = _FAILED - 1

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
        complaint = ""
        for _ in range(2):
            try:
                return read_answer(self._ask(question + complaint), claim, passages)
            except AnswerError as wrong:
                complaint = f"\n\nYour last answer could not be used: {wrong}. Answer again with the JSON only."
            except ModelError as failed:
                self._failed += 1
                if self._failed >= _FAILED:
                    raise
                _LOG.warning("%s; it abstains from this claim", failed)
                break
        self.usage = replace(self.usage, abstained=self.usage.abstained + len(passages))
        return [ABSTAINED] * len(passages)

    def _ask(self, prompt: str) -> str:
        _LOG.debug("%s is asked: %s", self.name, prompt)
        begun = time.monotonic()
        answered = _within_seconds(lambda: self._asked(prompt), self._patience)
        seconds = time.monotonic() - begun
        if answered is None or isinstance(answered, Exception):
            why = f"it did not answer within {self._patience:g} s" if answered is None else _error_line(answered)
            self._spent(Usage(questions=1, seconds=seconds))
            raise ModelError(f"judge {self.name} cannot be asked: {why}") from answered
        text, usage = answered
        self._failed = 0
        tokens = {"input_tokens": usage.input or 0, "output_tokens": usage.output or 0}
        self._spent(Usage(questions=1, seconds=seconds, **tokens))
        _LOG.debug("%s answered: %s", self.name, text)
        return text

    def _asked(self, prompt: str) -> tuple[str, Any]:
        schema = {"schema": SCHEMA} if getattr(self._model, "supports_schema", False) else {}
        response = self._model.prompt(prompt, system=SYSTEM, stream=False, **schema, **self._options)
        return str(response.text()), response.usage()

    def _spent(self, more: Usage) -> None:
        before = self.usage
        self.usage = replace(
            before,
            questions=before.questions + more.questions,
            input_tokens=before.input_tokens + more.input_tokens,
            output_tokens=before.output_tokens + more.output_tokens,
            seconds=round(before.seconds + more.seconds, 3),
        )


def _options(folder: Path, model: str) -> dict[str, Any]:
    """What `llm models options set` keeps for a model: the library itself heeds it on its command line only."""
    path = folder / "model_options.json"
    try:
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return dict(kept.get(model, {}))
    except (OSError, ValueError, TypeError, AttributeError) as broken:
        raise ModelError(f"judge llm:{model}: {path} cannot be read as the options of models: {broken}") from broken


def _within_seconds(call: Callable[[], tuple[str, Any]], seconds: float) -> tuple[str, Any] | Exception | None:
    """What a call returns or raises, or None after so many seconds; the plugins have no common timeout of their own."""
    answers: SimpleQueue[tuple[str, Any] | Exception] = SimpleQueue()

    def run() -> None:
        try:
            answers.put(call())
        except Exception as refused:  # noqa: BLE001  handed to the caller, who says what it was
            answers.put(refused)

    Thread(target=run, daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except Empty:
        return None


def _error_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
