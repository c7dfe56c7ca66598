"""Free quotations: quotations without an attribution that follow a sentence about a person ("Mira Solt was angry.")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import human
from claims.extraction.speech.verb_frames import Frame
from claims.extraction.text.document import Document, ParsedBlock, Sentence, char_span
from claims.extraction.text.quotations import Quotation
from claims.extraction.text.syntax import child, lemma
from claims.lexicon.people import OCCUPATIONS
from claims.lexicon.verbs import SPEAKING
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")


def described(document: Document, quotes: Sequence[Quotation], framed: Collection[Span]) -> Iterator[Frame]:
    """The frames of quotations, except those ``framed``, that follow a sentence about one person unattributed.

    That sentence ends with a full stop in the same paragraph, or with a colon directly before a paragraph that is the
    quotation; before a colon a noun will do for the person ("The mayor was blunt:"). If it names a second person, it
    must say that the first one spoke.
    """
    starts = [quote.span[0] for quote in quotes]
    for block in document.blocks:
        for quote in quotes[bisect_left(starts, block.span[0]) : bisect_left(starts, block.span[1])]:
            if quote.span in framed:
                continue
            before = _sentence_before(document, block, quote, quotes)
            led = before is not None and document.words(before.span).rstrip().endswith(":")
            name = _person(before, led=led) if before is not None else None
            if name is not None:
                yield Frame(kind="direct", key="dash", anchor=name, cue=(), source=name, content=(quote.span,))


def _sentence_before(
    document: Document, block: ParsedBlock, quote: Quotation, quotes: Sequence[Quotation]
) -> Sentence | None:
    """The sentence that a quotation stands alone behind; None if it shares its own, or the one before is quoted."""
    own = document.sentences_in(quote.span)
    if not own or own[0].span[0] < quote.span[0] - 1 or own[-1].span[1] > quote.span[1] + 1:
        return None
    if own[0].index == 0:
        return None
    before = document.sentences[own[0].index - 1]
    led = document.words(before.span).rstrip().endswith(":")
    near = before.block == block.index or (led and before.block == block.index - 1)
    quoted = any(other.span[0] < before.span[1] and before.span[0] < other.span[1] for other in quotes)
    return before if near and not quoted else None


def _person(sentence: Sentence, *, led: bool) -> Token | None:
    """The person whom a sentence is about."""
    root = sentence.tokens.root
    subject = child(root, *_SUBJECTS)
    name = _person_named(subject) if subject is not None else None
    if name is None and led and subject is not None and subject.tag_ == "NN" and _is_somebody(subject):
        name = subject
    if name is None:
        return None
    others = {
        token.i
        for token in sentence.tokens
        if token.ent_type_ == "PERSON" and token.ent_iob_ == "B" and not _begins_name(token, name)
    }
    return name if not others or lemma(root) in SPEAKING else None


def _person_named(subject: Token) -> Token | None:
    """The head of one person's name: the subject itself, or a noun in apposition to it."""
    if any(kid.dep_ == "conj" for kid in subject.children):
        return None
    for token in (subject, *(kid for kid in subject.children if kid.dep_ == "appos")):
        is_person = token.ent_type_ == "PERSON" or (token.dep_ == "appos" and _is_somebody(subject))
        if token.pos_ == "PROPN" and is_person:
            return token
    return None


def _is_somebody(noun: Token) -> bool:
    return human(noun) or lemma(noun) in OCCUPATIONS


def _begins_name(token: Token, name: Token) -> bool:
    """Whether the name that begins with ``token`` is the one that ``name`` ends."""
    doc, last = token.doc, token
    while last.i + 1 < len(doc) and doc[last.i + 1].ent_iob_ == "I":
        last = doc[last.i + 1]
    return token.i <= name.i <= last.i or char_span(last) == char_span(name)
