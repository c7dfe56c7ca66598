"""A judge, its second reader and its encoder that are asked about each text once, however often a benchmark runs.

FACTDESK_ANSWERS names a SQLite file in which the answers are kept for the next run, by the version of the model: rules
and fits can then be measured again without the hours that the models take. Without it they are kept in memory.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from claims.records import Probabilities
from claims.verification.asking import second_reader
from claims.verification.evidence.sentence_encoder import Encoder, encoder_of
from claims.verification.judges.judge import Judge

# So many new answers are asked for, and then kept, at a time.
_CHUNK = 512
_PAGES_KEPT = 20_000


class Answers:
    """Answers by the version of what gave them and the text; in a file, or in memory."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, or make it."""
        self._file = sqlite3.connect(path or ":memory:")
        self._file.execute("create table if not exists answers (key blob primary key, answer blob) without rowid")

    def to(self, version: str, texts: Sequence[Any], ask: Callable[[list[Any]], Sequence[Any]]) -> Iterator[Any]:
        """The answer to each text, in order; ``ask`` gives those that are not known yet."""
        keys = [sha256(repr((version, text)).encode(errors="surrogatepass")).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if self._find(key) is None}
        wanted = list(new.items())
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            given = ask([text for _, text in chunk])
            rows = [(key, pickle.dumps(answer)) for (key, _), answer in zip(chunk, given, strict=True)]
            with self._file:
                self._file.executemany("insert or replace into answers values (?, ?)", rows)
        # Only this benchmark writes the file, so what is unpickled is its own.
        return (pickle.loads(self._find(key) or b"") for key in keys)

    def _find(self, key: bytes) -> bytes | None:
        row = self._file.execute("select answer from answers where key = ?", (key,)).fetchone()
        return None if row is None else bytes(row[0])


@lru_cache(maxsize=1)
def known_answers() -> Answers:
    """The answers that this process shares."""
    named = os.environ.get("FACTDESK_ANSWERS", "")
    return Answers(Path(named) if named else None)


class RememberingEncoder(Encoder):
    """The encoder that ships, with the vectors of texts that it met before."""

    def __init__(self) -> None:
        """Load the model."""
        super().__init__()
        self.keep = _PAGES_KEPT

    def embed(self, texts: Sequence[str]) -> Any:
        """One vector for each text, in order."""
        if not texts:
            return super().embed(texts)
        return np.stack(list(known_answers().to(self.version, texts, super().embed)))


@lru_cache(maxsize=1)
def remembering_encoder() -> RememberingEncoder:
    """The encoder that this process shares."""
    return RememberingEncoder()


class Remembering:
    """A judge that is asked about each pair once."""

    def __init__(self, judge: Judge) -> None:
        """The first of two readers is known by its own version: it answers the same as a judge by itself."""
        self.name, self.version, self._judge = judge.name, judge.version, judge
        self._first = judge.version.split(", then ", maxsplit=1)[0]

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """One answer for each pair, in order."""
        return list(known_answers().to(f"{self.name.split(':')[0]} {self._first}", pairs, self._judge.judge))

    def encoder(self) -> Encoder | None:
        """The encoder of the judge behind."""
        return None if encoder_of(self._judge) is None else remembering_encoder()

    @cached_property
    def second(self) -> Remembering | None:
        """The second reader of the judge behind, if it has one."""
        reader = second_reader(self._judge)
        return None if reader is None else Remembering(reader)
