"""What stands in an article without asserting anything: headings, bylines, captions, boilerplate, bare transitions."""

from __future__ import annotations

import re

from claims.extraction.speech.layout import is_signature
from claims.extraction.splitting.parts import Form, Part
from claims.extraction.text.document import Document, ParsedBlock, Sentence
from claims.extraction.text.embedded_posts import signatures
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import child, lemma
from claims.lexicon.clauses import BOILERPLATE, CONNECTING, TALK
from claims.records import BlockKind, Page

_BYLINE = re.compile(
    r"^(?:by|von|from)\s+[A-Z][\w.'’-]+(?:\s+(?:[A-Z][\w.'’-]+|and|de|van|von|al)){0,8}(?:\s*[,|].*)?$"
)
_STAMP = re.compile(
    r"^(?:(?:published|updated|posted|last (?:updated|modified)|first published)\b.{0,60}"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day,? .{0,40}\d{4}.{0,20}|\w+ \d{1,2}, \d{4}.{0,20}"
    r"|\d{1,2} \w+ \d{4}.{0,20}"
    r"|\d{1,2}:\d{2}.{0,20}|\d+ (?:min|minute|hour)s? (?:read|ago).{0,20})$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_FEWEST_WORDS = 3
_LONGEST_HEADLINE = 160
_DASH = 3


class Furniture:
    """Asked of a document's sentences and parts, whether they are there to be read as claims."""

    def __init__(self, document: Document, page: Page, quotes: Stretches) -> None:
        self._document, self._quotes = document, quotes
        self._signatures = signatures(document)
        self._title = _plain(page.title or "")
        self._wholly: dict[int, bool] = {}

    def skips(self, sentence: Sentence) -> bool:
        """Whether a sentence is no sentence of the article's text."""
        block = self._document.blocks[sentence.block]
        words = self._document.words(sentence.span).strip()
        if self._around(block) or len(_LETTER.findall(words)) < _FEWEST_WORDS:
            return True
        if words.lower().startswith(BOILERPLATE) and len(words) < _LONGEST_HEADLINE:
            return True
        alone = len(block.sentences) == 1
        if self._signs(sentence) or (alone and (_BYLINE.match(words) or _STAMP.match(words))):
            return True
        return words.endswith(":") and not _states(sentence)

    def _around(self, block: ParsedBlock) -> bool:
        """Whether no sentence of a block is one of the article's text; asked once, a block may have thousands."""
        known = self._wholly.get(block.index)
        if known is None:
            heading = block.kind is BlockKind.HEADING or self._titles(block)
            known = self._wholly[block.index] = heading or is_signature(self._document, block, self._quotes)
        return known

    def _signs(self, sentence: Sentence) -> bool:
        """Whether a sentence is the last line of a post: "— RT (@RT_com) January 20, 2025"."""
        start, end = sentence.span
        return any(one < end and start < two and start >= one - _DASH for one, two in self._signatures)

    def _titles(self, block: ParsedBlock) -> bool:
        """Whether a block is a headline: the page's title, or capitals throughout and no stop at the end."""
        words = self._document.words(block.span).strip()
        plain = _plain(words)
        if self._title and len(plain) > 15 and block.index < 3 and (plain in self._title or self._title in plain):
            return len(plain) < len(self._title) + 20
        if len(words) > _LONGEST_HEADLINE or words[-1:] in '.!?:;,…"”’)':
            return False
        long = [word for word in words.split() if len(word) > 3 and word[0].isalpha()]
        return len(long) >= 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)

    def connects(self, part: Part) -> bool:
        """Whether a part only leads over: "These words came soon on the heels of ..."."""
        subject = child(part.head, "nsubj", "nsubjpass")
        return (
            part.form is Form.MAIN
            and subject is not None
            and lemma(subject) in TALK
            and any(kid.lower_ in ("these", "those", "this", "that", "the") for kid in subject.children)
            and lemma(part.head) in CONNECTING
        )

    def asserts(self, part: Part) -> bool:
        """Whether a part has a verb that can be true or false, and something to say it of."""
        if part.form is Form.APPOSITION:
            return True
        words = [token for token in part.tokens if not token.is_punct]
        if len(words) < _FEWEST_WORDS:
            return False
        return (
            any(token.tag_ in ("VBD", "VBZ", "VBP", "MD", "VB") for token in part.tokens) or part.form is not Form.MAIN
        )


def _states(sentence: Sentence) -> bool:
    """Whether a line that ends in a colon says more than that something follows."""
    root = sentence.tokens.root
    if lemma(root) in (
        "read",
        "say",
        "follow",
        "include",
        "add",
        "write",
        "tweet",
        "continue",
        "tell",
        "accord",
        "go",
        "post",
    ):
        return False
    return child(root, "nsubj", "nsubjpass") is not None and any(
        kid.dep_ in ("dobj", "attr", "acomp", "prep", "ccomp") for kid in root.children
    )


def _plain(words: str) -> str:
    return "".join(letter for letter in words.lower() if letter.isalnum())
