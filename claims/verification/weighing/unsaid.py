"""The words of a claim that a judge marks as not said by the evidence, and their places in the article.

A mark is the judge's estimate and not the finding of a rule: it is shown as words that the source does not seem to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from claims.highlights import in_article
from claims.records import Claim, Probabilities, QuantityFinding, Span
from claims.verification.words import content, words

# A word is marked from this probability on that the evidence does not say it; the model's card has the logit.
MARKED = 0.5
# What may stand between two marked words that are shown as one.
_BETWEEN = re.compile(r"[\s\-–'’]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """The words of ``statement`` that one page, or each of several, does not seem to say."""

    statement: str = ""
    spans: tuple[Span, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words, neighbouring ones together, each phrase once."""
        runs = _runs(self.statement, self.spans)
        return tuple(dict.fromkeys(self.statement[start:end] for start, end in runs))


NOTHING_MARKED = Unsaid()


def marked(statement: str, answer: Probabilities, compared: Iterable[Sequence[QuantityFinding]]) -> Unsaid:
    """The words of a statement that are marked in the answer to its passages read as one.

    Numbers, dates and names that a rule found there in another form are said.
    """
    agreed = {
        word for findings in compared for finding in findings if finding.agrees for word in content(finding.claimed)
    }
    spans = (mark.span for mark in answer.words if mark.unsaid >= MARKED)
    left = tuple((start, end) for start, end in spans if not set(content(statement[start:end])) <= agreed)
    return Unsaid(statement=statement, spans=left)


def common(pages: Iterable[Unsaid]) -> Unsaid:
    """The words that none of the pages seems to say; a page about which the judge was not asked does not count."""
    first, *others = [page for page in pages if page.statement] or [NOTHING_MARKED]
    shared = (span for span in first.spans if all(span in other.spans for other in others))
    return Unsaid(statement=first.statement, spans=tuple(shared))


def unsaid_spans(claim: Claim, unsaid: Unsaid) -> tuple[Span, ...]:
    """The spans of the words in the article, adjacent ones joined; words that the article does not have are left out.

    The statement is aligned word by word with the claim's own words.
    """
    statement_words, claim_words = words(unsaid.statement), words(claim.text)
    blocks = SequenceMatcher(
        None, [word.norm for word in statement_words], [word.norm for word in claim_words], autojunk=False
    ).get_matching_blocks()
    places = {
        statement_words[a + step].span: claim_words[b + step].span for a, b, size in blocks for step in range(size)
    }
    article_spans = [places[span] for span in unsaid.spans if span in places]
    return tuple(in_article(claim, _runs(claim.text, sorted(article_spans))))


def _runs(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those with nothing but space between them as one."""
    runs: list[Span] = []
    for start, end in spans:
        if runs and _BETWEEN.fullmatch(text, runs[-1][1], start):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs
