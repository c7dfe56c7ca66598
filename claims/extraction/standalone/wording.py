"""Assembles the words of a sentence: replacements, spaces, the capital letter and the full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from claims.extraction.splitting.parts import Word
from claims.extraction.standalone.differences import Note
from claims.extraction.text.blocks import place_line_end
from claims.extraction.text.document import Document, Sentence, char_span
from claims.extraction.text.syntax import FINITE
from claims.glossary import with_capital
from claims.lexicon.citing import NOISE
from claims.lexicon.clauses import OPENERS
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO_SPACE_BEFORE = re.compile(r"^(?:[,.;:!?%)\]”’]|n['’]t|['’](?:s|re|ve|ll|d|m)\b|['’]s?$)")
_NO_SPACE_AFTER = re.compile(r"[(\[“$£€#‘]$")
_THATS_WHEN = re.compile(r"^(?:that|this|it)(?:['’]s| is| was) (?:when|where|why) ", re.IGNORECASE)
# Two apostrophes that stand for a quotation mark, at either end.
_PAIRS = re.compile(r"^\s*''\s*|\s*(?:''|’’)\s*$")
# A quotation inside one: what ends here without having begun, began in a sentence before.
_INNER_START, _INNER_END = re.compile(r"(?:^|[\s(—–])['‘]"), re.compile(r"(?<=[,.!?])['’]$")
# A quotation between single marks: the last one is no apostrophe, for the first one opened.
_SINGLE = re.compile(r"^(?:‘.*’|'.*')$", re.DOTALL)
# A straight mark that opens: nothing or a space before it, a word behind it.
_OPENING = re.compile(r"""(?:(?<=[\s(\[—–-])|(?<![\S\s]))["“](?=\w|['‘’\[(])""")
_MARKS = frozenset('"“”«»„‹›「」')
_SPACES = re.compile(r"\s+")
# What may stand loose at either end; the sign before a number belongs to it.
_LOOSE = re.compile(r"^(?:[ ,;:–—]|-(?!\d))+|[ ,;:–—-]+$")


@dataclass(slots=True)
class Changes:
    """The words that replace tokens or follow them, the reasons, and what stays open.

    ``shown`` follows a token for readers only (dates that the article does not give, suggestions) and is not compared
    with the sources.
    """

    instead: dict[int, str] = field(default_factory=dict)
    after: dict[int, str] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def put(self, token: Token, words: str, reason: str) -> None:
        """Say words instead of a token."""
        self.instead[token.i] = words
        self.notes.append(Note(span=char_span(token), now=words, reason=reason))

    def add(self, token: Token, words: str, reason: str, *, sure: bool = True, asked: bool = True) -> None:
        """Add words after a token; with ``asked`` false, for readers only."""
        place = self.after if asked else self.shown
        place[token.i] = f"{place.get(token.i, '')} {words}"
        self.notes.append(Note(span=(char_span(token)[1],) * 2, now=words, reason=reason, sure=sure))


def joined(line: Sequence[Word], changes: Changes, *, shown: bool = True) -> str:
    """The words of a line with their changes, spaced as in the text, or as English is where the order is ours.

    ``shown`` with what is put in for readers only.
    """
    text = ""
    for place, word in enumerate(line):
        word_text = word if isinstance(word, str) else changes.instead.get(word.i, word.text)
        if not word_text:
            continue
        gap = _gap(line, place) if text else ""
        if text and _NO_SPACE_AFTER.search(text) and gap and isinstance(word, str):
            gap = ""
        text = text.rstrip(" ") + gap + word_text if gap == "" else text + gap + word_text
        if not isinstance(word, str) and word.i in changes.after:
            text += changes.after[word.i]
        if shown and not isinstance(word, str) and word.i in changes.shown:
            text += changes.shown[word.i]
    return text


def _gap(line: Sequence[Word], place: int) -> str:
    word, before = line[place], line[place - 1]
    if not isinstance(word, str) and not isinstance(before, str) and word.i == before.i + 1 and word.doc is before.doc:
        return " " if before.whitespace_ or before.is_space else ""
    word_text = word if isinstance(word, str) else word.text
    return "" if _NO_SPACE_BEFORE.match(word_text) else " "


def possessive(name: str) -> str:
    """A name as an owner: "Fox’s", "the Doobie Brothers’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def as_case(pronoun: Token, name: str) -> str:
    """A name in the case of the pronoun that it replaces: "Fox’s" for "her" vote and for "hers"."""
    return possessive(name) if pronoun.tag_ == "PRP$" or pronoun.lower_ in ("hers", "theirs") else name


def finished(words: str) -> str:
    """Words as a sentence: no opener, no noise, a capital at the start, one stop at the end."""
    plain = _LOOSE.sub("", _SPACES.sub(" ", NOISE.sub("", words)))
    plain = _THATS_WHEN.sub("", plain)
    plain = plain[place_line_end(plain, (0, len(plain))) :]
    for _ in range(2):
        first, _, rest = plain.partition(" ")
        joined_on = first.endswith(",") or (first.lower() in ("and", "but") and not rest.startswith("for "))
        if joined_on and first.rstrip(",").lower() in OPENERS and rest:
            plain = rest.lstrip(" ,")
    plain = re.sub(r"\s+([,.;:!?])", r"\1", plain)
    plain = re.sub(r",(?=[.!?])|,\s*$", "", plain).strip()
    if not plain:
        return ""
    plain = _quotation_closed(plain)
    plain = re.sub(r",(?=[\"”’]$)", "", plain)
    stopped = plain if re.search(r"[.!?…][\"”’')\]]*$", plain) else plain.rstrip(";:,") + "."
    return with_capital(stopped)


def _quotation_closed(words: str) -> str:
    """Closes a last quotation that continues in the next sentence, and removes a mark that closes nothing."""
    if words.count('"') % 2 == 0 and words.count("“") == words.count("”"):
        return words
    pairs = words.count("’’") + words.count("''")
    if pairs and words.count("“") - words.count("”") == pairs:
        # Closed by two apostrophes.
        return words
    last = max(words.rfind('"'), words.rfind("“"))
    if words.count("“") > words.count("”") or (words.count('"') % 2 and _OPENING.match(words, max(last, 0))):
        return words + ("”" if words[last] == "“" else '"')
    return words.removesuffix('"') if words.count('"') % 2 else words.removesuffix("”")


# A single mark that a later sentence of the quotation closes.
_UNCLOSED = re.compile(r"^\s*‘(?!.*’(?!\w))")


def bare(words: str) -> str:
    """Words without quotation marks around them and without a comma at the end."""
    plain = unmarked(_UNCLOSED.sub("", _PAIRS.sub("", _SPACES.sub(" ", words))))
    plain = _PAIRS.sub("", plain)
    if not _INNER_START.search(plain):
        plain = _INNER_END.sub("", plain)
    return plain.rstrip(",")


def unmarked(words: str) -> str:
    """Words without the quotation marks around them; a mark that ends a quotation inside them stays."""
    plain = words.strip()
    if _SINGLE.match(plain):
        return plain[1:-1].strip()
    while plain and plain[0] in _MARKS:
        plain = plain[1:].lstrip()
    while plain and plain[-1] in _MARKS and not _closes(plain):
        plain = plain[:-1].rstrip()
    return plain


def _closes(words: str) -> bool:
    """Whether the mark at the end belongs to one inside."""
    rest, last = words[:-1], words[-1]
    if last == '"':
        return rest.count('"') % 2 == 1
    opener = {"”": "“", "»": "«"}.get(last)
    return opener is not None and rest.count(opener) > rest.count(last)


def unquoted(document: Document, spans: Sequence[Span]) -> Iterator[str]:
    """The words at spans without their outer quotation marks."""
    for span, after in zip_longest(spans, spans[1:]):
        words = unmarked(document.words(span))
        yield words.rstrip(",") if after is not None and _runs_on(document, span, after) else words


def _runs_on(document: Document, span: Span, after: Span) -> bool:
    """Whether a comma between two pieces is the frame's: "“The levy,” she said, “is unfair”"."""
    inside = (
        token for near in document.sentences_in(after) for token in near.tokens if char_span(token)[0] >= after[0]
    )
    first = next((token for token in inside if token.is_alpha), None)
    if first is None or document.words(after).rstrip(" \"”’'").endswith("?"):
        return False
    earlier = (token for near in document.sentences_in(span) for token in near.tokens if char_span(token)[1] <= span[1])
    whole = any(token.tag_ in FINITE for token in earlier if char_span(token)[0] >= span[0])
    return first.lower_ in ("of", "that") or (first.tag_ in FINITE and not whole)


def within(sentence: Sentence, spans: Sequence[Span]) -> list[Span]:
    """The parts of spans that lie in a sentence."""
    start, end = sentence.span
    clipped = [(max(span[0], start), min(span[1], end)) for span in spans]
    return [span for span in clipped if span[0] < span[1]]
