"""Measures attributions, speed and (through `checkworthy.py`) check-worthiness.

    python -m benchmarks.claims            # everything; about seven minutes on two cores
    python -m benchmarks.claims --quick    # without the 840 train articles and without check-worthiness

Scores ours and the two peers' saved predictions by one rule. With --write the tables go into docs/benchmarks.md, but
not those of --quick.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import prefixes
from benchmarks.attributions import Score, add, gold, spans
from benchmarks.common import data_folder, hashes, rows, table, write_section
from claims.extraction.extract import extract
from claims.extraction.speech.attribution import attributions
from claims.extraction.text.document import model_name, parse_text
from claims.records import OutletDirectory, Page
from sources.outlets import load_outlets

DEV, TRAIN, PEERS = "attr_polnear.dev.jsonl.gz", "attr_polnear.train.jsonl.gz", "peers_polnear.dev.jsonl.gz"
# The longest article over and over, for the growth of time with length.
LENGTHS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Speed:
    """Processor seconds over words: of the whole extraction, and of its parser alone.

    Processor time, because other work on the machine must not count.
    """

    words: int
    total: float
    parser: float

    @property
    def per_thousand(self) -> float:
        """Seconds for 1,000 words."""
        return 1000 * self.total / self.words

    @property
    def share(self) -> float:
        """The parser's share of the time."""
        return self.parser / self.total


def ours(articles: Sequence[dict[str, Any]], outlets: OutletDirectory) -> Score:
    """Our score; an article that raises is given up. Attributions without a source have no gold to match."""
    score = Score()
    for row in articles:
        predicted = []
        try:
            predicted = attributions(parse_text(row["text"]), Page(text=row["text"]), outlets)
        except Exception as error:  # noqa: BLE001  whatever is raised, the article is given up, and is counted so
            print(f"given up: {row['id']}: {error!r}", file=sys.stderr)
            score.gave_up += 1
        add(score, gold(row), [(item.content_spans, item.source_spans) for item in predicted])
    return score


def peers(articles: Sequence[dict[str, Any]], path: Path) -> dict[str, Score]:
    """The scores of the saved predictions by tool."""
    marked = {row["id"]: gold(row) for row in articles}
    scores: dict[str, Score] = {}
    for row in rows(path):
        score = scores.setdefault(row["tool"], Score())
        score.gave_up += row["gave_up"]
        predicted = [(spans(item["content"]), spans(item["source"])) for item in row["attributions"]]
        add(score, marked[row["id"]], predicted)
    return scores


def speed(texts: Sequence[str], outlets: OutletDirectory) -> Speed:
    """Time the whole extraction of each text, and the parsing alone, warm."""
    extract(Page(text=texts[0]), outlets)
    total = parser = 0.0
    for text in texts:
        begun = time.process_time()
        parse_text(text)
        between = time.process_time()
        extract(Page(text=text), outlets)
        parser += between - begun
        total += time.process_time() - between
    return Speed(sum(len(text.split()) for text in texts), total, parser)


def _scores(named: dict[str, Score]) -> str:
    header = ("attributions", "F1", "precision", "recall", "recall, right speaker", "articles given up")
    body = [
        (
            name,
            f"{score.f1:.3f}",
            f"{score.precision:.3f}",
            f"{score.recall:.3f}",
            f"{score.speaker_recall:.3f}",
            score.gave_up,
        )
        for name, score in named.items()
    ]
    return table(header, body)


def _speeds(pages: Speed, growth: Sequence[Speed]) -> str:
    body = [("the news pages", pages.words, f"{pages.per_thousand:.2f}", f"{pages.share:.0%}")]
    body += [
        (f"one article, {times} times", measured.words, f"{measured.per_thousand:.2f}", f"{measured.share:.0%}")
        for times, measured in zip(LENGTHS, growth, strict=True)
    ]
    return table(("extraction, warm", "words", "processor seconds for 1,000 words", "of it the parser"), body)


def _followed(texts: Sequence[str], outlets: OutletDirectory) -> str:
    counts = [prefixes.changed(text, outlets) for text in texts]
    total, different, ahead = (sum(column) for column in zip(*counts, strict=True))
    return (
        f"Of {total:,} claims of the news pages cut at the end of a paragraph (at {len(prefixes.SHARES)} places each), "
        f"{different} are others where the rest of the page follows, "
        f"{ahead} of these because a quotation's speaker or a post's signature stands right behind the cut."
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables, and write the section where asked to."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="leave out the train articles and check-worthiness")
    options.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    chosen = options.parse_args(arguments)
    folder, outlets = data_folder(), load_outlets()
    dev = list(rows(folder / "claims" / DEV))
    named = {"Factdesk, dev": ours(dev, outlets)}
    named |= {f"{tool}, dev": score for tool, score in peers(dev, folder / "claims" / PEERS).items()}
    if not chosen.quick:
        named["Factdesk, train (tuned on)"] = ours(list(rows(folder / "claims" / TRAIN)), outlets)
    texts = [row["articleBody"] for row in rows(folder / "pages" / "gold.jsonl.gz")]
    longest = max((row["text"] for row in dev), key=len)
    growth = [speed(["\n".join([longest] * times)], outlets) for times in LENGTHS]
    speeds = _speeds(speed(texts, outlets), growth)
    text = f"{_scores(named)}\n\n{speeds}\n\n{_followed(texts, outlets)}\n\nLanguage model: {model_name()}."
    files = [folder / "claims" / name for name in (DEV, TRAIN, PEERS)] + [folder / "pages" / "gold.jsonl.gz"]
    print(text)
    if not chosen.quick:
        if chosen.write:
            write_section("claims", f"## Who said what\n\n{text}\n\n{hashes(files)}")
        if find_spec("sklearn") is None:
            print("check-worthiness skipped: it needs scikit-learn (the dependency group bench)", file=sys.stderr)
        else:
            from benchmarks import checkworthy  # noqa: PLC0415  needs scikit-learn, which the rest does not

            checkworthy.main(["--write"] if chosen.write else [])


if __name__ == "__main__":
    main()
