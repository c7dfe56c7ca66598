"""What stands in an article without asserting anything: headings, bylines, captions, boilerplate, bare transitions."""

from __future__ import annotations

import re

from claims.extraction.clauses import child, lemma
from claims.extraction.embeds import signatures
from claims.extraction.lexicon import BOILERPLATE, CONNECTING, TALK
from claims.extraction.parts import Form, Part
from claims.extraction.sentences import Document, Sentence
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


class Furniture:
    """Asked of a document's sentences and parts, whether they are there to be read as claims."""

    def __init__(self, document: Document, page: Page) -> None:
        self._document, self._page = document, page
        self._signatures = signatures(document)
        self._title = _plain(page.title or "")

    def skips(self, sentence: Sentence) -> bool:
        """Whether a sentence is no sentence of the article's text."""
        block = self._document.blocks[sentence.block]
        if block.kind is BlockKind.HEADING:
            return True
        words = self._document.words(sentence.span).strip()
        if len(_LETTER.findall(words)) < _FEWEST_WORDS:
            return True
        if any(start < sentence.span[1] and sentence.span[0] < end for start, end in self._signatures):
            return not any(sentence.span[0] < start - 20 for start, _ in self._signatures)
        lowered = words.lower()
        if lowered.startswith(BOILERPLATE) and len(words) < 160:
            return True
        alone = len(block.sentences) == 1
        if alone and (_BYLINE.match(words) or _STAMP.match(words) or _plain(words) == self._title != ""):
            return True
        return words.endswith(":") and not _states(sentence)

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
