"""Measures how often a statement says what the article says, and how often the right name is put into it.

    python -m benchmarks.statements            # every measure; needs the data folder; about eight minutes
    python -m benchmarks.statements --quick    # without the table of aims (attributions, time, cases)
    python -m benchmarks.statements --write    # puts the figures into docs/benchmarks.md

The statements are those of the passages in `tests/extraction/passages.txt`, each with what an editor accepts, those of
`statements_gold_claims.jsonl` (`gold_statements.py`), and of the news pages, of which it is counted how many are open.
The pronouns and descriptions ("the company") are those of `statements_gold.jsonl`, answered by hand, in passages of our
own and in the news pages, of which it holds only the hash, the offset and where the answer stands (null: nobody whom
the text names). Half of the rows ("tune") was used to choose the bound of the ranker; the figure is that of the others.
"answered" were drawn from the pronouns that an earlier state of the resolver answered: they measure how often it is
right, not how much it answers.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.common import ROOT, data_folder, table, write_section
from benchmarks.gold_statements import GOLD_CLAIMS, Kept, outcomes, page_claims
from benchmarks.statement_aims import aims
from claims.extraction.coreference.certainty import Answer
from claims.extraction.coreference.referents import Referents
from claims.extraction.extract import extract
from claims.extraction.speech.candidates import quotes_of
from claims.extraction.text.document import Document, char_span, parse_text
from claims.lexicon.pointers import HE, SHE, THIRD
from claims.records import UNSETTLED, Claim, OutletDirectory, Page
from sources.outlets import load_outlets

GOLD = Path(__file__).with_name("statements_gold.jsonl")
PASSAGES = ROOT / "tests" / "extraction" / "passages.txt"
_PUBLISHED = "2024-05-15"
_PERSONS, _OTHERS, _DESCRIPTIONS = "he, she", "it, they", "the company, the city"
_Z = 1.96  # 95 percent


@dataclass(frozen=True, slots=True)
class Asked:
    """A pronoun or a description of the gold file with what the resolver answers and what is right."""

    kind: str
    use: str
    right: str | None
    answer: Answer

    @property
    def agrees(self) -> bool:
        """Whether the name that is given is the right one."""
        name = self.answer.name
        if name is None or self.right is None or name.split()[-1] != self.right.split()[-1]:
            return False
        return (
            name in self.right or self.right in name or " " not in (name if len(name) < len(self.right) else self.right)
        )


@dataclass(slots=True)
class Faithful:
    """Counts of statements: those that an editor accepts, others that are flagged as open, wrong and missing ones."""

    right: int = 0
    flagged: int = 0
    wrong: int = 0
    missing: int = 0

    @property
    def share_right(self) -> float:
        """The share of the editor's statements that came."""
        return self.right / (self.right + self.missing)

    @property
    def share_not_wrong(self) -> float:
        """The share of the statements that came that are right or flagged."""
        return 1 - self.wrong / (self.right + self.flagged + self.wrong)


def edited_passages() -> Iterator[tuple[str, list[str]]]:
    """The passages with the statements that an editor accepts of each: `passages.txt` says how they are written."""
    for block in PASSAGES.read_text(encoding="utf-8").split("\n\n")[1:]:
        written = block.strip().split("\n")
        text = "\n".join(line[2:] for line in written if line.startswith(">"))
        yield text, [line[2:] for line in written if line.startswith("= ")]


def faithful(outlets: OutletDirectory) -> Faithful:
    """Compare the statements of the passages with the editor's."""
    counts = Faithful()
    for text, accepted in edited_passages():
        claims = extract(Page(text=text, published=_PUBLISHED), outlets).claims
        others = [claim for claim in claims if claim.statement not in accepted]
        flagged = sum(map(is_open, others))
        counts.right += len(claims) - len(others)
        counts.flagged += flagged
        counts.wrong += len(others) - flagged
        counts.missing += len(set(accepted) - {claim.statement for claim in claims})
    return counts


def is_open(claim: Claim) -> bool:
    """Whether a claim is flagged because its statement leaves open who or what is meant, or when."""
    return any(UNSETTLED in reason for reason in claim.reasons)


def interval(right: int, count: int) -> tuple[float, float]:
    """Wilson's 95 percent interval of a share."""
    if not count:
        return (0.0, 1.0)
    share, square = right / count, _Z * _Z / count
    middle = (share + square / 2) / (1 + square)
    half = _Z * math.sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square)
    return (middle - half, middle + half)


def pages() -> Mapping[str, str]:
    """The texts of the news pages by their hash."""
    with gzip.open(data_folder() / "pages" / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["articleBody"] for line in lines]
    return {hashlib.sha256(text.encode()).hexdigest(): text for text in texts}


def asked() -> Iterator[Asked]:
    """Every row of the gold file, answered."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    texts, outlets = pages(), load_outlets()
    known: dict[str, tuple[Document, Referents]] = {}
    for row in rows:
        text = texts[row["page"]] if "page" in row else row["text"]
        if text not in known:
            document = parse_text(text)
            quoted, named = [q.span for q in quotes_of(document)], [m.span for m in outlets.mentions(text)]
            known[text] = (document, Referents(document, quoted, outlets=named))
        yield _answered(row, text, *known[text])


def _answered(row: Mapping[str, Any], text: str, document: Document, referents: Referents) -> Asked:
    sentence = document.sentence_at(row["offset"])
    assert sentence is not None, row
    token = next(token for token in sentence.tokens if char_span(token)[0] == row["offset"])
    right = text[slice(*row["answer"])] if isinstance(row["answer"], list) else row["answer"]
    if token.lower_ not in THIRD:
        name = referents.described(token)
        return Asked(_DESCRIPTIONS, row["use"], right, Answer(name=name, sure=name is not None))
    return Asked(_PERSONS if token.lower_ in HE | SHE else _OTHERS, row["use"], right, referents.answer(token))


def report(rows: list[Asked]) -> str:
    """The figures as a table: the rows by their kind and use, how many are answered, and how many of these rightly."""
    groups = [
        (f"{kind} ({use})", [row for row in rows if row.kind == kind and row.use == use])
        for kind in (_PERSONS, _OTHERS, _DESCRIPTIONS)
        for use in ("tune", "test", "answered")
    ]
    groups.append(("all of the test half", [row for row in rows if row.use == "test"]))
    body = [(name, *_figures(chosen)) for name, chosen in groups if chosen]
    head = ("pronouns and descriptions", "asked", "name put in", "of these rightly", "suggestions that are right")
    return table(head, body)


def _figures(chosen: Sequence[Asked]) -> tuple[int, str, str, str]:
    sure = [row for row in chosen if row.answer.sure]
    right = sum(row.agrees for row in sure)
    suggested = [row for row in chosen if row.answer.name and not (row.answer.sure or row.answer.doubted)]
    low, high = interval(right, len(sure))
    return (
        len(chosen),
        f"{len(sure)} ({len(sure) / len(chosen):.0%})",
        f"{right} ({low:.2f} to {high:.2f})" if sure else "–",
        f"{sum(row.agrees for row in suggested)} of {len(suggested)}",
    )


def _statements_report(counts: Faithful, texts: Mapping[str, str], by_page: Mapping[str, Sequence[Claim]]) -> str:
    claims = [claim for page in by_page.values() for claim in page]
    came = counts.right + counts.flagged + counts.wrong
    kept = [
        (f"accepted statements of news pages ({use}): {what.value}", f"{count[what]} of {count.total()}")
        for use, count in outcomes(texts, by_page).items()
        for what in Kept
    ]
    body = [
        ("statements of our own passages that an editor accepts", f"{counts.right} of {counts.right + counts.missing}"),
        ("others, flagged as open", f"{counts.flagged} of {came}"),
        ("others, not flagged: wrong", f"{counts.wrong} of {came}"),
        *kept,
        ("claims of the news pages left open", f"{sum(map(is_open, claims))} of {len(claims)}"),
    ]
    return table(("statements", "measured"), body)


def _aims(
    rows: Sequence[Asked], texts: Mapping[str, str], by_page: Mapping[str, Sequence[Claim]], outlets: OutletDirectory
) -> str:
    claims = [claim for page in by_page.values() for claim in page]
    test = [row for row in rows if row.use == "test"]
    sure = [row for row in test if row.answer.sure]
    right = sum(row.agrees for row in sure)
    names = (len(test), len(sure), right, interval(right, len(sure))[0])
    return aims(texts, outlets, still_open=(sum(map(is_open, claims)), len(claims)), names=names)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; with --write the section of docs/benchmarks.md is written, too."""
    parser = argparse.ArgumentParser(description="Measure statements and the pronouns in them.")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    parser.add_argument("--quick", action="store_true", help="leave out the table of aims")
    options = parser.parse_args(arguments)
    rows, outlets, texts = list(asked()), load_outlets(), pages()
    by_page = page_claims(texts, outlets)
    text = f"{_statements_report(faithful(outlets), texts, by_page)}\n\n{report(rows)}"
    if not options.quick:
        text = f"{_aims(rows, texts, by_page, outlets)}\n\n{text}"
    for row in rows:
        if row.answer.sure and not row.agrees:
            print(f"wrong: {row.answer.name!r} for {row.right!r}", file=sys.stderr)
    print(text)
    digests = [
        f"- `{file.name}` SHA-256 `{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}…`"
        for file in (GOLD, GOLD_CLAIMS)
    ]
    note = "\n\n" + "\n".join(digests) + "\n- from `python -m benchmarks.statements --write`"
    if options.write and not options.quick:
        write_section("statements", "## Statements\n\n" + text + note)


if __name__ == "__main__":
    main()
