"""The training data of the verifier: labelled sets with suitable licences, and pairs generated from their texts.

One group in ``HELD`` of every set (all pairs about the same evidence or Wikipedia revision) is held out of training:
development and calibration read only those (``is_held_out``).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.exchanged import exchanged
from training.long_evidence import Cut
from training.made import Made, headline, made_from_claims, made_from_pages, sentences_of
from training.made_news import made_from_news
from training.near import Near
from training.pair import NEI, NOT_SUPPORTED, REFUTED, SUPPORTED, Pair
from training.thesaurus import Thesaurus

LABELS = {"supported": SUPPORTED, "refuted": REFUTED, "nei": NEI}
HELD = 12
EVIDENCE_WORDS = 110
EXCHANGED = 16000  # pairs with words exchanged
Books = Callable[[Sequence[str]], Thesaurus]

# How many pairs of each set at most. Wikipedia revisions and fact-checks first; of logic and grammar sets only enough
# to learn what they teach, since their short invented sentences are not what a news desk reads.
SHARES = {
    "vitaminc": 60000, "fever_rte.dev": 12000, "fm2.dev": 1200, "fever_adversarial": 800, "feverous_s.dev": 3000,
    "factcheck_bench_stance.all": 3305, "infotabs": 5000, "mnli_olora": 9000, "taxinli": 5000, "cad_nli": 5000,
    "snli.dev": 2000, "conjnli.train_adversarial": 4000, "boolq": 1500, "condaqa": 2000, "negation": 2000,
    "scone": 1500, "breaking_nli": 1200, "hans.regen_train": 1500, "help": 600, "med": 800, "dnc": 1500,
    "tracie": 500, "folio": 600, "scifact_rte.train": 560, "begin_wow.test": 1500,
    "wice_nonsupported_tokens.train": 374, "defacto.train": 1700, "cg2c_doc": 2100, "fib.xsum": 1300,
    "fib.cnn_dm": 1500, "fib.made": 2000,
}  # fmt: skip
# How many rows more of each set a second edition has: what the first leaves, where it leaves much.
MORE = {
    "boolq": 3700, "infotabs": 8000, "mnli_olora": 1400, "taxinli": 2000, "cad_nli": 4000, "snli.dev": 2000,
    "conjnli.train_adversarial": 2000, "condaqa": 2800, "negation": 900, "scone": 1500, "breaking_nli": 1500,
    "begin_wow.test": 1800, "dnc": 1000, "med": 800, "help": 600,
}  # fmt: skip
# News articles: their evidence is cut to the passages that matter, and their sentences become claims.
NEWS = ("defacto.train", "cg2c_doc", "fib.xsum", "fib.cnn_dm", "fib.made")
# Sets whose evidence is Wikipedia: other sentences of Wikipedia are put around it, so that long evidence is learnt.
WIKIPEDIA = frozenset({"vitaminc", "fever_rte.dev", "fm2.dev", "fever_adversarial", "feverous_s.dev"})
# What is put there, and what looks like evidence and is not. Not VitaminC: its revisions contradict each other.
AROUND = WIKIPEDIA - {"vitaminc"}
# Web pages whose sentences become claims. Their own labels are not trained on: the verdicts are calibrated on them.
PAGES = ("wice_nonsupported_tokens.train", "factcheck_bench_stance.all")
# Summaries of one article that are not supported, at most: nearly all of this set are.
_PER_ARTICLE = 2


# Of which sets the held-out pairs are measured after a training.
KEPT = ("vitaminc", "fever_rte.dev", "mnli_olora", "factcheck_bench_stance.all", "defacto.train", "cg2c_doc")


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of one set."""
    with gzip.open(folder / "train" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def is_held_out(name: str, row: dict[str, Any]) -> bool:
    """Whether a row belongs to the share that is never trained on."""
    group = str(row["extra"].get("case_id") or " ".join(row["evidence"])[:80])
    return int(hashlib.sha256(f"{name} {group}".encode()).hexdigest()[:8], 16) % HELD == 0


def evidence_text(row: dict[str, Any]) -> str:
    """The evidence of a row in one line."""
    return " ".join(" ".join(part.replace("\t", ": ").split()) for part in row["evidence"])


def training_pairs(
    folder: Path,
    seed: int = 7,
    books: Books | None = None,
    keep: Path | None = None,
    cut: Cut | None = None,
    edition: int = 0,
) -> tuple[list[Pair], list[Pair]]:
    """All training pairs, sorted by text, and the development pairs from the held-out share.

    ``books`` opens a thesaurus for the sentences that it is given; without it no pairs with exchanged words are made.
    Those take minutes: they are written to the folder ``keep`` and read from there the next time. ``cut`` chooses the
    passages of a long text that matter to a claim; without it the sets of news articles are left out.
    A further ``edition`` has other pairs, made from the same texts with another random seed, and edition 1 also the
    rows of ``MORE``: a model that sees the same pairs twice memorises them.

    Raises:
        FileNotFoundError: the folder lacks a set that ``SHARES`` names, or a book is not where it should be.
    """
    chance = random.Random(seed)
    taught: list[Pair] = []
    further: list[Pair] = []
    kept: list[Pair] = []
    passages: list[list[str]] = []
    pages: list[list[str]] = []
    for name, learnt, more, held in _chosen_rows(folder, chance, [name for name in SHARES if cut or name not in NEWS]):
        if name in AROUND:
            passages += [[" ".join(part.replace("\t", ": ").split()) for part in row["evidence"]] for row in learnt]
        if name in PAGES or name in NEWS:
            pages += distinct([" ".join(part.split()) for part in row["evidence"]] for row in learnt)
        if name not in PAGES:
            taught += _labelled_pairs(name, learnt, cut)
        if edition == 1:
            further += _labelled_pairs(name, more, cut)
        if name in KEPT:
            kept += _labelled_pairs(name, held[:400], cut)
    if edition:
        chance = random.Random(seed * 1000 + edition)
    near = Near([sentence for passage in passages for sentence in passage], chance)
    labelled = [_surround(pair, near, chance) for pair in taught]
    taught = further if edition else list(labelled)
    taught += _unanswered(labelled, near, chance)
    taught += _made_pairs(made_from_claims(_supported_by_wikipedia(labelled), chance), chance)
    taught += _made_pairs(made_from_pages(pages, chance), chance)
    if cut is not None:
        taught += _made_pairs(made_from_news(pages, chance), chance)
    if books:
        some = [sentences_of(page) for page in [*pages, *passages[::3]]]
        taught += _made_pairs(_exchanged(some, books, keep, seed + edition), chance)
    # Pairs of one text stand together: the file of the encoded pairs is half as large, and batches are shuffled anyway.
    taught.sort(key=lambda pair: pair.group)
    return [pair for pair in taught if pair.evidence and pair.claim], kept


def _chosen_rows(
    folder: Path, chance: random.Random, names: Iterable[str]
) -> Iterator[tuple[str, list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]]:
    """Of each set its name, the rows to learn, those of a second edition, and those of the held share."""
    for name in names:
        set_rows = list(rows(folder, name))
        chance.shuffle(set_rows)
        usable = _few_per_article(name, [row for row in set_rows if not is_held_out(name, row)])
        most, held = SHARES[name], [row for row in set_rows if is_held_out(name, row)]
        yield name, usable[:most], usable[most : most + MORE.get(name, 0)], held


def distinct(pages: Iterable[list[str]]) -> list[list[str]]:
    """The pages without duplicates, which occur in sets with several claims about an article."""
    return list({"\n".join(page): page for page in pages}.values())


def _few_per_article(name: str, set_rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a set; of one whose summaries are nearly all unsupported only some of these for each article."""
    if name != "fib.xsum":
        return list(set_rows)
    seen: Counter[str] = Counter()
    chosen = []
    for row in set_rows:
        key = " ".join(row["evidence"])
        seen[key] += row["label"] != "supported"
        if row["label"] == "supported" or seen[key] <= _PER_ARTICLE:
            chosen.append(row)
    return chosen


def _exchanged(pages: Sequence[list[str]], books: Books, keep: Path | None, seed: int) -> Iterable[Made]:
    texts = [sentence for page in pages for sentence in page]
    # Other pages are exchanged anew, and so are the same ones in another edition.
    named = f"{hashlib.sha256(chr(10).join(texts).encode()).hexdigest()[:8]}-{seed}"
    path = keep / f"exchanged-{named}.json" if keep else None
    if path and path.is_file():
        return [(e, c, y, s) for e, c, y, s in json.loads(path.read_text(encoding="utf-8"))]
    made = list(exchanged(pages, books(texts), EXCHANGED, random.Random(seed)))
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".part").write_text(json.dumps(made), encoding="utf-8")
        path.with_suffix(".part").replace(path)
    return made


def _made_pairs(made: Iterable[Made], chance: random.Random) -> list[Pair]:
    """Made pairs, a tenth of them with the claim as a headline."""
    return [
        Pair(evidence=evidence, claim=headline(claim) if chance.random() < 0.1 else claim, label=label, source=source,
             group=evidence)
        for evidence, claim, label, source in made
    ]  # fmt: skip


def _labelled_pairs(name: str, set_rows: Sequence[dict[str, Any]], cut: Cut | None) -> list[Pair]:
    """The pairs of rows of one set; the evidence of news articles cut to what matters to the claim."""
    claims = [" ".join(row["claim"].split()) for row in set_rows]
    texts = [evidence_text(row) for row in set_rows]
    shown = cut([row["evidence"] for row in set_rows], claims) if cut and name in NEWS else texts
    return [
        Pair(evidence=evidence, claim=claim, label=_row_label(row), source=name, group=text)
        for row, claim, text, evidence in zip(set_rows, claims, texts, shown, strict=True)
    ]


def _row_label(row: dict[str, Any]) -> int:
    label = LABELS[row["label"]]
    return NOT_SUPPORTED if row["extra"].get("binary_only") and label != SUPPORTED else label


def _surround(pair: Pair, near: Near, chance: random.Random) -> Pair:
    """The pair with other sentences around its evidence, for a third of those from Wikipedia."""
    if pair.source not in WIKIPEDIA or chance.random() > 0.35:
        return pair
    room = EVIDENCE_WORDS - len(pair.evidence.split())
    others = near.around(pair.claim, pair.evidence, room)
    others.insert(chance.randint(0, len(others)), pair.evidence)
    return replace(pair, evidence=" ".join(others))


def _unanswered(pairs: Iterable[Pair], near: Near, chance: random.Random) -> list[Pair]:
    """Claims against sentences that share words with them and lack what they say: not enough information."""
    unanswered = []
    for pair in pairs:
        if pair.source in AROUND and chance.random() < 0.4:
            other = near.unanswering(pair.claim, pair.evidence)
            if other:
                unanswered.append(Pair(evidence=other, claim=pair.claim, label=NEI, source="unanswered", group=other))
    return unanswered


def _supported_by_wikipedia(pairs: Iterable[Pair]) -> list[tuple[str, str]]:
    return [(pair.evidence, pair.claim) for pair in pairs if pair.label == SUPPORTED and pair.source in WIKIPEDIA]


def census(pairs: Iterable[Pair]) -> dict[str, int]:
    """How many pairs came from each set."""
    return dict(Counter(pair.source for pair in pairs).most_common())
