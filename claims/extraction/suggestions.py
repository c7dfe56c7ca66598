"""Adds the suggestions of a reader: names that may be meant, for claims that the extraction left open.

A suggestion is put into the statement in brackets with a question mark, and the claim stays flagged; the sources are
compared with the statement without it. Only names that the article itself gives before the claim are accepted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from claims.extraction.standalone.wording import possessive
from claims.extraction.text.document import english_pipeline
from claims.extraction.text.syntax import is_verb
from claims.lexicon.evidence import NEGATIONS
from claims.records import UNSETTLED, Change, Claim, Extraction, Page

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUN = re.compile(rf"^who(?: or what)? “(?P<word>[A-Za-z]+)” (?:is )?{re.escape(UNSETTLED)}$")
_DEFINITE = re.compile(rf"^which (?P<word>\w+) is meant {re.escape(UNSETTLED)}$")
# A name is no longer, and a reader needs no more of the article than the last so many characters before the claim.
_LONGEST, _BEFORE = 60, 3_000
_WORDS = 8
_OWNERS = frozenset({"his", "its", "their"})
# What a name consists of: "the Bank of England", "Rahn & Sons".
_OF_NAMES = frozenset({"PROPN", "NOUN", "ADJ", "DET", "ADP", "CCONJ", "PUNCT", "PART"})


class Reader(Protocol):
    """Suggests the names that words of a statement may refer to."""

    @property
    def name(self) -> str:
        """What config.yaml calls it."""
        ...

    def antecedents(self, before: str, statement: str, words: Sequence[str]) -> Mapping[str, str]:
        """The names that words of a statement refer to, as written in the text before it; none if unknown."""
        ...


def with_suggestions(extraction: Extraction, page: Page, reader: Reader) -> Extraction:
    """The extraction with a reader's suggestions in the claims that left open who or what is meant."""
    return replace(extraction, claims=tuple(_suggested(claim, page, reader) for claim in extraction.claims))


def open_words(claim: Claim) -> list[str]:
    """The words of a statement that were left open and have no suggestion yet, each standing in it once."""
    unsettled = []
    for reason in claim.reasons:
        match = _PRONOUN.match(reason) or _DEFINITE.match(reason)
        word = match["word"] if match is not None else ""
        if word and word not in unsettled and _place(word, claim.statement) is not None:
            unsettled.append(word)
    return unsettled


def accepted_name(name: str, before: str) -> bool:
    """Whether ``name`` is a name that occurs verbatim in ``before``: no number, no negation, no verb, no pronoun."""
    words = name.split()
    if not words or len(words) > _WORDS or len(name) > _LONGEST or any(sign.isdigit() for sign in name):
        return False
    if name != " ".join(words) or not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", before):
        return False
    tokens = list(english_pipeline()(name))
    named = any(word[0].isupper() for word in words) and all(map(_may_be_in_name, tokens))
    return named and not any(token.lower_ in NEGATIONS for token in tokens)


def _may_be_in_name(token: Token) -> bool:
    small = token.text[0].islower() and token.pos_ in ("NOUN", "ADJ")
    return token.pos_ in _OF_NAMES and not is_verb(token) and not small and token.text not in "[]?"


def _suggested(claim: Claim, page: Page, reader: Reader) -> Claim:
    words = open_words(claim)
    before = page.text[: claim.spans[0][0]]
    if not words or not before.strip():
        return claim
    names = reader.antecedents(before[-_BEFORE:], claim.certain, words)
    for word in words:
        name = names.get(word, "").strip()
        if name.lower() not in claim.statement.lower() and accepted_name(name, before):
            claim = _with_name(claim, page, word, name, reader.name)
    return claim


def _with_name(claim: Claim, page: Page, word: str, name: str, reader: str) -> Claim:
    place = _place(word, claim.statement)
    if place is None:
        return claim
    shown = f"[{possessive(name) if word.lower() in _OWNERS else name}?]"
    change = Change(
        span=(_end_in_article(word, claim, page),) * 2,
        was="",
        now=shown,
        sure=False,
        reason=f"who or what “{word}” is {UNSETTLED}; {name} is the suggestion of {reader}",
    )
    before = [made for made, at in _changes_with_ends(claim) if at <= place]
    after = [made for made in claim.changes if made not in before]
    return replace(
        claim,
        statement=f"{claim.statement[:place]} {shown}{claim.statement[place:]}",
        asked=claim.asked or claim.certain,
        changes=(*before, change, *after),
    )


def _place(word: str, statement: str) -> int | None:
    """Where a word of the statement ends; None if it occurs more than once, or has a suggestion."""
    matches = list(re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", statement))
    if len(matches) != 1 or statement[matches[0].end() :].startswith((" [", "’", "'")):
        return None
    return matches[0].end()


def _changes_with_ends(claim: Claim) -> list[tuple[Change, int]]:
    """The changes with where they end in the statement."""
    ends, end = [], 0
    for text, change in claim.pieces:
        end += len(text)
        if change is not None:
            ends.append((change, end))
    return ends


def _end_in_article(word: str, claim: Claim, page: Page) -> int:
    """Where a word of a claim ends in the article; where the claim begins if it occurs more than once."""
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    ends = [match.end() for start, end in claim.spans for match in pattern.finditer(page.text, start, end)]
    return ends[0] if len(ends) == 1 else claim.spans[0][0]
