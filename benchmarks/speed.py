"""Measures the speed of the embedded judge, against the same network in full-precision PyTorch and for an article.

    python -m benchmarks.speed [--rounds 7]

The comparison needs torch and transformers, which Factdesk does not: FACTDESK_TORCH names a Python that has them
beside onnxruntime, tokenizers and numpy (default: this one). Without them it is skipped, and the report says so. Both
sides tokenise and judge the same pairs of 128 tokens on as many threads, ours one by one and PyTorch in batches of 16.
They take turns, so that what else runs on the machine slows both, and the ratio is that of the medians.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from benchmarks.common import ROOT
from claims.records import Citation, CitationKind, Claim, ClaimKind, Page, Policy, Reading, Source, Stamp
from claims.verification.judges.embedded import MODEL, Cascade, EntailmentJudge, embedded
from claims.verification.judges.judge import Judge
from claims.verification.onnx_runtime import GRAPH, cores

TOKENS, PAIRS = 128, 48
BATCH = 16  # of PyTorch
# MiniLM-L6, as the verifier is built; the count of its numbers is compared with the bytes of the int8 file.
SHAPE = {
    "hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12, "intermediate_size": 1536,
    "vocab_size": 30522, "max_position_embeddings": 512, "type_vocab_size": 2,
}  # fmt: skip
_WORDS = ("the", "council", "voted", "on", "Monday", "to", "close", "two", "bridges", "over", "the", "river")


def pairs_of(judge: EntailmentJudge, tokens: int = TOKENS, count: int = PAIRS) -> list[tuple[str, str]]:
    """Pairs of exactly so many tokens, all of them different."""
    made = []
    for number in range(count):
        claim, words = f"The council closed bridge number {number}.", [_WORDS[number % len(_WORDS)]]
        while len(judge.encoded(claim, " ".join(words))[0]) < tokens:
            words.append(_WORDS[(number + len(words)) % len(_WORDS)])
        made.append((claim, " ".join(words)))
    return made


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_torch(judge: EntailmentJudge, threads: int) -> Callable[[Sequence[tuple[str, str]]], Any]:
    """The same network in PyTorch, full precision, fresh weights: they do not matter for speed.

    Raises:
        ImportError: torch or transformers is not installed.
        ValueError: the shipped model is of another shape.
    """
    import torch  # noqa: PLC0415  only in an environment that has it
    from transformers import BertConfig, BertModel  # noqa: PLC0415  as above

    torch.set_num_threads(threads)
    network = BertModel(BertConfig(**SHAPE), add_pooling_layer=False).eval()
    head = torch.nn.Linear(5 * SHAPE["hidden_size"], 3)
    size, shipped = sum(weights.numel() for weights in network.parameters()), (MODEL / GRAPH).stat().st_size
    if not 0.9 < shipped / size < 1.1:
        raise ValueError(f"the shipped model has {shipped} bytes, the network that is compared {size} numbers")

    def run(pairs: Sequence[tuple[str, str]]) -> Any:
        rows = []
        for first in range(0, len(pairs), BATCH):
            encoded = [judge.encoded(*pair) for pair in pairs[first : first + BATCH]]
            longest = max(len(ids) for ids, _ in encoded)
            ids, kinds, mask = (torch.zeros((len(encoded), longest), dtype=torch.int64) for _ in range(3))
            for row, (tokens, kind) in enumerate(encoded):
                ids[row, : len(tokens)], kinds[row, : len(tokens)], mask[row, : len(tokens)] = (
                    torch.tensor(tokens), torch.tensor(kind), 1,
                )  # fmt: skip
            with torch.inference_mode():
                states = network(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
                claim, evidence = (states * kinds.unsqueeze(-1)).mean(1), (states * mask.unsqueeze(-1)).mean(1)
                both = (claim - evidence).abs(), claim * evidence
                rows.append(head(torch.cat([states[:, 0], claim, evidence, *both], -1)))
        return torch.cat(rows)

    return run


def against_torch(rounds: int) -> dict[str, float | str]:
    """Pairs per second of both, taking turns, and the ratio; or why there is none (``skipped``)."""
    judge, threads = EntailmentJudge(threads=cores()), cores()
    try:
        other = in_torch(judge, threads)
    except (ImportError, ValueError) as lacking:
        return {"skipped": str(lacking)}
    pairs = pairs_of(judge)
    ours, theirs = [], []
    for turn in range(rounds + 1):
        taken = seconds(lambda: judge.judge(pairs)), seconds(lambda: other(pairs))
        if turn:  # the first turn warms both up
            ours.append(taken[0])
            theirs.append(taken[1])
    return {
        "threads": threads,
        "ours": len(pairs) / median(ours),
        "torch": len(pairs) / median(theirs),
        "ratio": median(theirs) / median(ours),
        "best": min(theirs) / min(ours),
        "load": os.getloadavg()[0],
    }


def compared(rounds: int) -> list[str]:
    """The comparison as Markdown, worked out by the Python that FACTDESK_TORCH names."""
    python = os.environ.get("FACTDESK_TORCH", sys.executable)
    done = subprocess.run(
        [python, "-m", "benchmarks.speed", "--json", "--rounds", str(rounds)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        return ["", f"Pairs per second against PyTorch: not measured ({python}: {why})."]
    measured = json.loads(done.stdout.splitlines()[-1])
    if "skipped" in measured:
        return ["", f"Pairs per second against PyTorch: not measured ({measured['skipped']}); see benchmarks/speed.py."]
    return [
        "",
        f"Pairs per second at {TOKENS} tokens, {measured['threads']:.0f} threads, in turns, at a load of "
        f"{measured['load']:.1f}: {measured['ours']:.0f}; the same network in PyTorch, full precision, "
        f"{measured['torch']:.0f}: **{measured['ratio']:.1f} times** as fast "
        f"(best turn of each: {measured['best']:.1f}).",
    ]


def article_seconds(judge: Judge, texts: Sequence[tuple[str, Sequence[str]]]) -> float:
    """Seconds for the claims of so many pages, none with a citation, so that each is put to every page."""
    from claims.verification.verify import verify  # noqa: PLC0415  the comparison does without

    made = [
        Reading(
            source=Source(citation=Citation(kind=CitationKind.LINK, url=f"https://{place}.example/")),
            page=Page(text=text),
        )
        for place, (text, _) in enumerate(texts)
    ]
    claims = [
        Claim(article="a", text=claim_text, spans=(), statement=claim_text, kind=ClaimKind.STATEMENT, checkable=True)
        for _, some in texts
        for claim_text in some
    ]
    return seconds(
        lambda: verify(claims, Page(text=""), made, judge, Stamp(run="r", policy=Policy(), now="2025-01-01T00:00:00Z"))
    )


def section(texts: Sequence[tuple[str, Sequence[str]]], rounds: int = 7) -> list[str]:
    """Both measures as Markdown; ``texts`` are pages with their claims."""
    judge = embedded()
    judge.encoder().embed(["Loaded before the clock starts."])
    taken = median(_fresh(judge, texts) for _ in range(3))
    count = sum(len(some) for _, some in texts)
    return [
        *compared(rounds),
        f"An article of {count} claims, each put to {len(texts)} pages that are read for the first time: {taken:.1f} s "
        f"(median of 3, at a load of {os.getloadavg()[0]:.1f}).",
    ]


def _fresh(judge: EntailmentJudge | Cascade, texts: Sequence[tuple[str, Sequence[str]]]) -> float:
    """The article's time with an encoder that has kept no page."""
    judge.encoder().forget()
    return article_seconds(judge, texts)


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line, for verification.py")
    options = parser.parse_args()
    print(json.dumps(against_torch(options.rounds)) if options.json else "\n".join(compared(options.rounds)))


if __name__ == "__main__":
    main()
