"""Recognizes text that asserts nothing: headings, bylines, captions, boilerplate and bare transitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import human
from claims.extraction.speech.interviews import is_nameless
from claims.extraction.speech.layout import is_signature, opening_label
from claims.extraction.splitting.parts import Form, Part, only_leads
from claims.extraction.text.blocks import letters_only, title_forms
from claims.extraction.text.document import Document, ParsedBlock, Sentence
from claims.extraction.text.embedded_posts import signatures
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import FINITE, child, is_verb, lemma
from claims.lexicon.clauses import AROUND, BOILERPLATE, CONNECTING, CREDITS, EXAMINED_LABELS, TALK
from claims.lexicon.people import READERS_ASK, ROLES, TITLES
from claims.lexicon.quantities import FRACTIONS
from claims.lexicon.verbs import SPEAKING
from claims.records import UNSETTLED, Attribution, BlockKind, Page

if TYPE_CHECKING:
    from spacy.tokens import Token

_BYLINE = re.compile(
    r"^(?:[Bb]y|[Vv]on|[Ff]rom)\s+(?:(?:\w+ ){0,3}(?:correspondent|editor|reporter|writer)s?\s+)?[A-Z][\w.'’-]+"
    r"(?:\s+(?:[A-Z][\w.'’-]+|and|de|van|von|al)){0,8}(?:\s*[,|].*)?$"
)
_STAMP = re.compile(
    r"^(?:(?:published|updated|posted|last (?:updated|modified)|first published)\b.{0,60}"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day,? .{0,40}\d{4}.{0,20}|\w+ \d{1,2}, \d{4}.{0,20}"
    r"|\d{1,2} \w+ \d{4}.{0,20}"
    r"|\d{1,2}:\d{2}.{0,20}|\d+ (?:min|minute|hour)s? (?:read|ago).{0,20})$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
# What a post has besides words: addresses, handles and tags.
_TAGS = re.compile(r"https?://\S+|\bpic\.\S+|[@#]\w+")
_LINKED = re.compile(r"(?:https?://|\bpic\.)\S+$")
_RUN_TOGETHER = re.compile(r"[a-z]{4,}(?:[A-Z][a-z]*|[A-Z]{3,})$")
_EXAMINED = re.compile(rf"(?:the )?(?:{'|'.join(sorted(EXAMINED_LABELS))})(?::? *$|: *(\S))", re.IGNORECASE)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$", re.IGNORECASE)
_SECTION = re.compile(r"(?:opinion|comment|editorial|analysis|column|letters?): ", re.IGNORECASE)
_AROUND_ARTICLES = BOILERPLATE + CREDITS
_FEWEST_WORDS = 3
_FEWEST_FIGURED = 5
_LONGEST_HEADLINE = 160
# The first sentences, before which a headline, a byline and a time may stand between bars.
_LINES_BARRED = 3
_DASH = 3


class Furniture:
    """Decides whether sentences and parts of a document can be claims."""

    def __init__(self, document: Document, page: Page, quotes: Stretches) -> None:
        self._document, self._quotes = document, quotes
        self._signatures = signatures(document)
        self._titles_of_page = title_forms(page.title or "")
        self._wholly: dict[int, str] = {}

    def skips(self, sentence: Sentence) -> str | None:
        """Why a sentence does not belong to the article's text; None if it does."""
        block = self._document.blocks[sentence.block]
        words = self._document.words(sentence.span).strip()
        around = self._around(block)
        if around or len(_LETTER.findall(words)) < _FEWEST_WORDS:
            return around or "fragment"
        around_it = words.lower().startswith(_AROUND_ARTICLES) or AROUND.search(words) is not None
        if around_it and len(words) < _LONGEST_HEADLINE:
            return "boilerplate"
        if self._signs(sentence):
            return "signature"
        if len(block.sentences) == 1 and (_BYLINE.match(words) or _STAMP.match(words)):
            return "byline" if _BYLINE.match(words) else "date line"
        return "lead-in" if words.endswith(":") and (_hangs(sentence) or not _states_something(sentence)) else None

    def _around(self, block: ParsedBlock) -> str:
        """Why no sentence of a block is one of the article's text, else ""; asked once, a block may have thousands."""
        known = self._wholly.get(block.index)
        if known is None:
            if block.kind is BlockKind.REFERENCE:
                return "reference"
            heading = block.kind is BlockKind.HEADING or self._titles(block)
            signature = not heading and is_signature(self._document, block, self._quotes)
            known = self._wholly[block.index] = "heading" if heading else "signature" if signature else ""
        return known

    def _signs(self, sentence: Sentence) -> bool:
        """Whether a sentence is the last line of a post: "— RT (@RT_com) January 20, 2025"."""
        start, end = sentence.span
        return any(first < end and start < last and start >= first - _DASH for first, last in self._signatures)

    def _titles(self, block: ParsedBlock) -> bool:
        """Whether a block is a headline: the page's title, or capitals throughout and no stop at the end."""
        words = self._document.words(block.span).strip()
        if block.index < 3 and letters_only(words) in self._titles_of_page:
            return True
        if len(words) > _LONGEST_HEADLINE or words[-1:] in '.!?:;,…"”’)':
            return False
        if READERS_ASK.match(words) or _SECTION.match(words):
            return True
        long = [word for word in words.split() if len(word) > 3 and word[0].isalpha()]
        return len(long) >= 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)

    def doubts(self, part: Part, voice: Attribution | None) -> list[str]:
        """Why it is open whether a part is what the article itself says; empty if it is not."""
        sentence = part.sentence
        if sentence.block in self._examined:
            return [f"whether the article itself says this {UNSETTLED}"]
        opens = sentence.index == 0 and part.form is Form.MAIN
        barred = sentence.index < _LINES_BARRED and any(token.text == "|" for token in part.tokens)
        if barred or (opens and (_runs_together(part) or _name_after_headline(part) or _is_glued(part))):
            return [f"whether a headline stands before this {UNSETTLED}"]
        first = part.tokens[0]
        # "Ships with a sensor.", even where the tagger sees several ships.
        shown = first.tag_ == "VBZ" or (first.tag_ == "NNS" and child(first, "prep") is not None)
        if first.i == part.head.i and shown and child(first, "nsubj", "nsubjpass", "expl") is None:
            return [f"of what “{first.text}” is said {UNSETTLED}"]
        if self._counts_on(part):
            return [f"of what “{first.text}” is said {UNSETTLED}"]
        quoted = sentence.block in self._before_bare_posts or self._document.blocks[sentence.block] is self._open_label
        return [f"who said this {UNSETTLED}"] if (quoted if voice is None else is_nameless(voice)) else []

    def _counts_on(self, part: Part) -> bool:
        """As in "DL Larry Hall: 3 tackles. 1 sack, 2 hits.": of whom a number is said, a sentence before says."""
        leads = self._document.blocks[part.sentence.block].sentences[0].index < part.sentence.index
        subjects = any(token.dep_ in ("nsubj", "nsubjpass", "expl") for token in part.tokens)
        return leads and part.tokens[0].like_num and not subjects

    @cached_property
    def _examined(self) -> frozenset[int]:
        """The blocks with the claim that a page examines: below "Claim" or behind "CLAIM:"."""
        blocks = self._document.blocks
        labels = [(block.index, _EXAMINED.match(self._document.words(block.span).strip())) for block in blocks]
        return frozenset(index + (not match.group(1)) for index, match in labels if match)

    @cached_property
    def _open_label(self) -> ParsedBlock | None:
        """The block whose label may be the place of the report or a speaker."""
        label, is_open = opening_label(self._document)
        return self._document.block_at(label[1] - 1) if is_open else None

    @cached_property
    def _before_bare_posts(self) -> frozenset[int]:
        """The blocks before a line of links and tags with a post's signature below it: they may be the post's words."""
        result = set()
        for start, _ in self._signatures:
            block = self._document.block_at(start)
            if block is None or block.index < 2 or start - block.span[0] > _DASH:
                continue
            line = self._document.blocks[block.index - 1]
            words = self._document.words(line.span)
            if not _LETTER.search(_TAGS.sub("", words)) or (_LINKED.search(words) and not _has_tense(line)):
                result.add(block.index - 2)
        return frozenset(result)

    def connects(self, part: Part) -> bool:
        """Whether a part is only a transition: "These words came soon on the heels of ..."."""
        subject = child(part.head, "nsubj", "nsubjpass")
        return (
            part.form is Form.MAIN
            and subject is not None
            and lemma(subject) in TALK
            and any(kid.lower_ in ("these", "those", "this", "that") for kid in subject.children)
            and lemma(part.head) in CONNECTING
        )

    def asserts(self, part: Part) -> bool:
        """Whether a part is an assertion: a finite verb and something that it is said of."""
        if part.form is Form.APPOSITION:
            return True
        words = [token for token in part.tokens if not token.is_punct]
        if len(words) < _FEWEST_WORDS:
            # "She cried."
            stopped = self._document.words(part.sentence.span).endswith((".", ".”", '."'))
            past = (
                stopped
                and part.head.tag_ == "VBD"
                and part.head.pos_ == "VERB"
                and lemma(part.head) not in ("do", "have")
            )
            return len(words) > 1 and past and child(part.head, "nsubj") is not None
        if any(token.tag_ in ("VBD", "VBZ", "VBP", "MD", "VB") for token in part.tokens):
            return not only_leads(part)
        if part.head.tag_ == "POS" and child(part.head, "expl", "nsubj") is not None:
            # "There’s a pier at the front": the tagger takes the verb for an owner's sign.
            return True
        # "Residents fleeing the fire gathered in the gym": the tagger takes some pasts for participles.
        past = part.head.tag_ == "VBN" or (part.head.tag_ == "JJ" and part.head.lower_.endswith("ed"))
        is_past = past and child(part.head, "nsubj", "nsubjpass") is not None
        return is_past or part.form is not Form.MAIN or self._has_hidden_verb(part)

    def _has_hidden_verb(self, part: Part) -> bool:
        """Whether a part is a whole sentence whose verb the tagger did not see, as a figure or its place shows.

        As in "Hospitals staff 4,000 beds." and "The school's phone ban improved results." A line without a stop at its
        end, or in another than running text, is none.
        """
        start, end = part.sentence.span
        words = self._document.words((start, end)).rstrip("\"'”’)")
        running = self._document.blocks[part.sentence.block].kind is not BlockKind.HEADING
        # "Petrol up by a third since spring."
        figure = any(_is_numeral(token) or token.lower_ in FRACTIONS for token in part.tokens)
        past = any(
            after.tag_ == "VBN"
            and (
                (after.dep_ == "amod" and noun.pos_ in ("NOUN", "PROPN"))
                or (after.dep_ == "acl" and noun.text == "," and after.head.dep_ == "ROOT")
            )
            for noun, after in pairwise(part.tokens)
        )
        seen = figure or past or _acts_on_something(part.tokens)
        return running and seen and words.endswith(".") and len(part.tokens) >= _FEWEST_FIGURED


def _acts_on_something(tokens: Sequence[Token]) -> bool:
    """As in "Storms batter the coast.": hardly a noun stands in the plural before another, with an object behind it."""
    if len(tokens) < _FEWEST_WORDS:
        return False
    first, second, third = tokens[:3]
    plural = first.tag_ == "NNS" and first.dep_ == "compound" and second.tag_ == "NN"
    return plural and third.tag_ in ("DT", "PRP$", "NNP", "NNS", "CD", "JJ")


def _has_tense(block: ParsedBlock) -> bool:
    """Whether a block has a verb with a tense."""
    return any(token.tag_ in FINITE for sentence in block.sentences for token in sentence.tokens)


def _hangs(sentence: Sentence) -> bool:
    """Whether a line ends in a preposition before its colon: "The council resolves to:"."""
    words = [token for token in sentence.tokens if not token.is_punct and not token.is_space]
    return bool(words) and words[-1].tag_ in ("IN", "TO", "CC")


def _states_something(sentence: Sentence) -> bool:
    """Whether a line that ends in a colon says more than that something follows."""
    root = sentence.tokens.root
    if sentence.tokens[0].tag_ in ("WP", "WRB") or lemma(root) in (
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


def _runs_together(part: Part) -> bool:
    """Whether two clauses follow each other without a word or a sign: "Council shuts bridge Maria Keller said"."""
    subject = child(part.head, "nsubj", "nsubjpass")
    first = next((kid for kid in part.head.lefts if kid.dep_ in ("ccomp", "csubj", "advcl", "dep")), None)
    if subject is None or first is None or first.tag_ not in FINITE or first.i > subject.i:
        return False
    between = [token for token in part.tokens if token.i < subject.i]
    joined = any(token.is_punct or token.dep_ in ("cc", "mark") or token.tag_ == "WRB" for token in between)
    return not joined and any(token.text[0].isupper() for token in between[1:]) | subject.text[0].isupper()


def _is_glued(part: Part) -> bool:
    """Whether two words run together: "Council scraps bin chargesBy Nadia Frome"."""
    return any(_RUN_TOGETHER.match(token.text) for token in part.tokens)


def _name_after_headline(part: Part) -> bool:
    """Whether a name follows what may be a headline: "Bakery chain shuts 12 shops Karl Venn blamed rising rents".

    A headline has a verb, begins with its subject and has no article; before the name stands no word that leads to it,
    and behind the name is another verb.
    """
    words = [token for token in part.tokens if not token.is_space]
    place = next(
        (place for place in range(_FEWEST_WORDS, len(words)) if _is_new_name(words[place - 1], words[place])), 0
    )
    head, rest = words[:place], words[place:]
    plain = not any(token.is_punct or token.tag_ in ("DT", "PRP", "PRP$", "WDT", "WRB") for token in head)
    starts = bool(head) and head[0].tag_ not in ("IN", "RB", "VBN", "VBG", "CC", "TO", "JJR")
    verbs = [lemma(token) for token in head if is_verb(token)]
    tells = any(verb in SPEAKING for verb in verbs)  # "Doctors told patients Karl Venn would live"
    return plain and starts and bool(verbs) and not tells and any(token.tag_ in FINITE for token in rest[1:])


def _is_new_name(before: Token, token: Token) -> bool:
    """Whether a person's name, or a title before it, begins behind a word that no name of a person follows."""
    doc, place = token.doc, token.i
    while doc[place].lower_.rstrip(".") in TITLES | ROLES and place + 1 < len(doc):
        place += 1
    name = doc[place]
    if name.ent_type_ != "PERSON" or (place == token.i and name.ent_iob_ != "B") or not token.text[0].isupper():
        return False
    perfect = before.tag_ == "VBN" and any(kid.dep_ == "aux" and lemma(kid) == "have" for kid in before.children)
    leads = perfect or before.tag_ in ("IN", "TO", "CC", "POS", "VBG", "VB", *FINITE) or before.dep_ == "mark"
    describes = before.tag_ in ("NN", "NNP") and (human(before) or before.ent_type_ in ("PERSON", "NORP", "ORG"))
    return not leads and not describes and not before.is_punct


def _is_numeral(token: Token) -> bool:
    """Whether a token is a number, with or without its unit: "4,000", "2bn", not "14th"."""
    if token.pos_ == "NUM":
        return bool(token.like_num) or token.text[0].isdigit()
    return token.text[0].isdigit() and not _ORDINAL.match(token.text)
