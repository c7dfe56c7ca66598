"""The documents that a sentence names as its source: "a report said", "in a statement", "according to the survey"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.extraction.text.document import Document, Sentence
from claims.extraction.text.syntax import lemma, overlap, phrase, spans
from claims.lexicon.citing import DOCUMENTS, LEANING
from claims.records import Attribution, Citation, CitationKind, Link, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 90  # characters before or behind a name in which a cue is looked for
_LONGEST_DOCUMENT = 12
_BRACKET = re.compile(r"\s*[(\[][^()\[\]\n]{1,80}[)\]]")
# "This post", "our analysis": the article itself.
_OWN = frozenset({"this", "these", "our", "my"})


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document named in a sentence; ``spans`` are the words that a link to it may cover."""

    citation: Citation
    spans: tuple[Span, ...]

    def is_linked_by(self, link: Link) -> bool:
        """Whether a link leads to this document."""
        return overlap(self.spans, link.span)


def named_document(citation: Citation, attributions: Sequence[Attribution], text: str) -> NamedDocument:
    """A document with the words around its name: the speaker, the cue, and a bracket directly after it."""
    own = citation.span or (0, 0)
    heads = [attribution for attribution in attributions if overlap(attribution.source_spans, own)]
    bracket = _BRACKET.match(text, own[1])
    behind = [bracket.span()] if bracket else []
    return NamedDocument(
        citation,
        (
            own,
            *(span for attribution in heads for span in (*attribution.source_spans, *attribution.cue_spans)),
            *behind,
        ),
    )


def documents_in(
    document: Document, sentence: Sentence, sources: Sequence[Span] = (), *, everywhere: bool = False
) -> Iterator[Citation]:
    """The documents that a sentence names as its source: by an attribution, or after "in", "according to"."""
    for token in sentence.tokens:
        if token.pos_ != "NOUN" or (lemma(token) not in DOCUMENTS and token.lower_ not in DOCUMENTS):
            continue
        if token.dep_ == "compound" or _no_document(token):
            continue
        words = [other for other in phrase(token) if other.i <= token.i or other.i - token.i < _LONGEST_DOCUMENT]
        where = spans(words[: _LONGEST_DOCUMENT + token.i - words[0].i])[:1]
        if not where:
            continue
        if words[0].lower_ in _OWN:
            continue
        before = document.text[max(sentence.span[0], where[0][0] - REACH) : where[0][0]]
        leans = bool(LEANING.search(before)) and token.dep_ == "pobj" and bool(sources)
        heads = any(start <= where[0][0] < end or where[0][0] <= start < where[0][1] for start, end in sources)
        subject = token.dep_ in ("nsubj", "nsubjpass") and (heads or everywhere)
        if subject or leans or (everywhere and bool(LEANING.search(before))):
            yield Citation(kind=CitationKind.DOCUMENT, text=document.words(where[0]), span=where[0])


def _no_document(noun: Token) -> bool:
    """Whether a word is no text here: the "order" of "in order to", the "release" of somebody ("their release")."""
    before = noun.nbor(-1).lower_ if noun.i else ""
    if lemma(noun) == "order" and before == "in":
        return True
    freed = lemma(noun) == "release" and not any(kid.dep_ in ("compound", "amod") for kid in noun.children)
    return freed and any(kid.dep_ == "poss" or kid.lower_ == "of" for kid in noun.children)
