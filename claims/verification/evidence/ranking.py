"""Combines two rankings of passages: by shared words (BM25) and by meaning (the sentence encoder).

The score is a weighted sum of the BM25 score, divided by the page's best one, and the cosine. A passage that shares no
word with the claim gets a score only if it is near in meaning. The score only ranks; it does not measure support.
"""

from __future__ import annotations

from collections.abc import Sequence

# How much a cosine counts against the share of the best BM25. On 196 sub-claims of WiCE's training split against whole
# articles gold sentences among the five passages are .875 by words, .875 by cosine alone, and together .914, .919 and
# .915 with weights of 1, 2 and 4; reciprocal ranks gave .904 to .916. On WiCE dev, whole pages, the balanced accuracy
# of the verdicts is .772 with 1 and .742 with 2 (.774 by words alone), so it is 1.
WEIGHT = 1.0
# Without a common word a passage must be this near. 26 paraphrases written by hand have .42 and more, and two
# sentences on different matters mostly under .2.
LEAST = 0.3
# From this cosine on a sentence may be a paraphrase of the claim, which is flagged for review. Of 347 passages of
# Factcheck-Bench without half of the claim's words, 62 of the 72 that are about the claim have such a sentence, and 143
# of the 275 that are not.
ALIKE = 0.5


def combined_scores(words: Sequence[float], near: Sequence[float] | None) -> list[float]:
    """One score for each passage; 0 for an irrelevant one.

    ``words`` are BM25 scores, ``near`` cosines, or None if no encoder is available.
    """
    if near is None:
        return list(words)
    most = max(words, default=0.0)
    return [
        (word / most if word > 0 else 0.0) + WEIGHT * max(0.0, cosine) if word > 0 or cosine >= LEAST else 0.0
        for word, cosine in zip(words, near, strict=True)
    ]


def of_runs(cosines: Sequence[float], runs: Sequence[tuple[int, int]]) -> list[float]:
    """The cosine of each run of sentences (first, last excluded): the highest of its sentences' cosines."""
    return [max(cosines[first:last], default=0.0) for first, last in runs]
