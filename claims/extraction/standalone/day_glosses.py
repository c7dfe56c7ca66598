"""Which day a claim's words mean, told from their clause, and what is said where that stays open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from claims.extraction.text.syntax import lemma
from claims.lexicon.moods import FORECASTING

if TYPE_CHECKING:
    from spacy.tokens import Token

_AHEAD = frozenset({"will", "’ll", "'ll", "wo", "shall"})


def entity_words(token: Token) -> tuple[str, int]:
    """The whole of a recognised expression that a token belongs to, and the index of its last token."""
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return str(doc[start:end].text), end - 1


def ahead(token: Token) -> bool:
    """Whether a day lies ahead: its clause has "will", or a bare present tense ("opens on Friday").

    An infinitive has the time of what governs it: "will be allowed to play on Sunday", "plans to play on Friday".
    """
    verb = token
    while verb.head.i != verb.i and (verb.pos_ not in ("VERB", "AUX") or _infinitive(verb)):
        verb = verb.head
    helpers = {kid.lower_ for kid in verb.lefts if kid.dep_ in ("aux", "auxpass")}
    return bool(helpers & _AHEAD) or (not helpers and verb.tag_ in ("VBZ", "VBP")) or _expected(verb)


def _infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(kid.tag_ == "TO" for kid in verb.lefts)


def _expected(verb: Token) -> bool:
    """As in "is expected to meet on Friday", "is due to"."""
    return lemma(verb) in FORECASTING and any(kid.tag_ in ("VBZ", "VBP") for kid in verb.children)


def undated(words: str, published: date | None) -> str:
    """The reason that stands with a day that could not be told."""
    if published is None:
        return f"the date of “{words}” is open: the article’s date is not known"
    return f"the date of “{words}” could not be settled"
