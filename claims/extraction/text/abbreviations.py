"""Full stops that do not end a sentence: in abbreviations, in names, and in quotations that a sentence runs around."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.lexicon.pointers import FIRM_ENDINGS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Nothing ends with these: the name or the thing comes after them. Read off the sentence ends of 102 news pages and of
# 105 of PolNeAR's train articles, with what other language models may not know by themselves.
_LEADING = """
rt rev mr mrs ms dr prof st ste gen lt col sgt capt cpl maj adm cmdr gov sen rep pres hon fr bros ft mt vs
tsp tbsp
"""
_BEFORE = frozenset(_LEADING.split())
# These come before a number only: "No. 10", "pp. 3-5".
_BEFORE_NUMBERS = frozenset({"no", "nos", "p", "pp", "vol", "art", "sec", "fig", "ca", "approx"})
# Names that have a stop before their second word, a number or a name of two words: "ID. Space Vizzion".
_STOPPED_NAMES = frozenset({"ID"})
# Units behind a number, with the stop of the sentence that ends with one.
_UNITS = frozenset({"m.", "bn.", "tn.", "k.", "km.", "kg.", "cm.", "mm.", "ft.", "g.", "t.", "ha."})
# Words that begin a sentence if they have a capital behind a stop.
_OPENERS = frozenset({"While", "Although", "Though", "However", "They", "It", "He", "She", "We", "But", "When", "If"})
_PAUSES = frozenset({"...", "....", "…"})
_CALLS, _MARKS = frozenset("!?"), frozenset('"”’')
# Marks that close a quotation, with those that open it, and the greatest number of tokens between them.
_PAIRED_MARKS = {"”": "“", '"': '"'}
_LONGEST_QUOTATION = 25
# Number of tokens of a first sentence that may be part of a name ("“Meth. We’re on it”").
_SHORT = 3
# A quotation that ends with one of these is followed by the words that say who spoke: "“It is over,” he said".
_BEFORE_SPEAKER = frozenset(",?!…-–—")


def sentences_joined(doc: Doc) -> Doc:
    """Tell the parser where no sentence begins; all else is left to it."""
    for token in doc[1:]:
        if _opens_sentence(doc, token.i):
            token.is_sent_start = True
        elif _sentence_goes_on(doc, token.i):
            token.is_sent_start = False
        elif _is_quoting(token):
            token.is_sent_start = False
            if token.i + 1 < len(doc):
                token.nbor().is_sent_start = False
    for start in _drummed(doc):
        doc[start].is_sent_start = False
    for opening, closing in _running_quotations(doc):
        for token in doc[opening + 1 : closing + 2]:
            token.is_sent_start = False
    return doc


def _opens_sentence(doc: Doc, place: int) -> bool:
    """As in "on the PS4 Pro. While users ...": a word that no name goes on with, behind a stop that ends no word.

    So does a word with a capital behind a unit: "put at €90m. He has said".
    """
    stop = doc[place - 1]
    if stop.text in _UNITS and place > 1 and doc[place - 2].like_num and not doc[place - 2].whitespace_:
        return bool(stop.whitespace_) and doc[place].is_title
    return (
        doc[place].text in _OPENERS
        and stop.text == "."
        and bool(stop.whitespace_)
        and place > 1
        and doc[place - 2].is_alpha
    )


def _drummed(doc: Doc) -> Iterator[int]:
    """The words that are stressed by stops, but for the first: "to Get. It. Done."."""
    alone = {
        token.i
        for token in doc[1:]
        if token.is_title | token.is_upper
        and token.nbor(-1).text == "."
        and not (token.i + 1 < len(doc) and (token.nbor().is_alpha or token.nbor().like_num))
    }
    for place in alone:
        if place + 2 in alone:
            yield from (place, place + 2)


def _is_quoting(token: Token) -> bool:
    """Whether a mark opens a quotation in the middle of a sentence: right behind a word ("1984’s “What a Day.”")."""
    before = token.nbor(-1)
    opens = token.text in (*_PAIRED_MARKS.values(), "‘") and not token.whitespace_ and bool(before.whitespace_)
    return opens and (before.is_alpha or before.text in ("'s", "’s"))


def _running_quotations(doc: Doc) -> Iterator[tuple[int, int]]:
    """The marks of quotations that are a piece of a sentence: the "“Bread. We bake it” campaign"."""
    opening: int | None = None
    for token in doc[:-1]:
        if token.text not in _PAIRED_MARKS or token.i == 0 or token.nbor(-1).whitespace_:
            opening = token.i if token.text in _PAIRED_MARKS.values() and not token.whitespace_ else opening
            continue
        if (
            opening is not None
            and doc[opening].text == _PAIRED_MARKS[token.text]
            and _sentence_runs_on(doc, opening, token.i)
        ):
            yield opening, token.i
        opening = None


def _sentence_runs_on(doc: Doc, opening: int, closing: int) -> bool:
    """Whether a sentence goes on behind a quotation in it, with other words than those that say who spoke."""
    following = doc[closing + 1]
    goes_on = bool(doc[closing].whitespace_) and following.is_alpha and following.is_lower
    spoken = doc[closing - 1].text[-1] in _BEFORE_SPEAKER
    return goes_on and not spoken and closing - opening <= _LONGEST_QUOTATION and _is_piece(doc, opening)


def _is_piece(doc: Doc, opening: int) -> bool:
    """Whether a quotation begins behind a word of its sentence, or with a word or two before a stop."""
    if opening and doc[opening - 1].is_alpha:
        return True
    stop = next((token.i for token in doc[opening:] if token.text[-1] in ".!?"), opening)
    return stop - opening <= _SHORT


def _sentence_goes_on(doc: Doc, place: int) -> bool:
    token, before = doc[place], doc[place - 1]
    if token.lower_ in FIRM_ENDINGS or "|" in (token.text, before.text):
        # A bar parts the cells of a table's row, or a name from a page's.
        return True
    if token.text == "." or before.is_space:
        return False
    if "," in (token.text, before.text) or (token.is_alpha and token.is_lower and before.is_alpha):
        return True
    if before.text in _PAUSES and token.is_alpha and token.is_lower:
        # "If you hope so... you err": what goes on in small letters is the same sentence.
        return True
    if before.text[-1:] == ".":
        word = before.text[:-1] or (doc[place - 2].text if place > 1 and not doc[place - 2].whitespace_ else "")
        return _leads(word, token)
    # "“It is over!” the minister said": what goes on in small letters is the same sentence.
    after_call = place > 1 and before.text in _MARKS and doc[place - 2].text in _CALLS
    return after_call and token.text.isalpha() and token.text.islower()


def _leads(word: str, token: Token) -> bool:
    following = token.text
    if word in _STOPPED_NAMES:
        named = following.istitle() and token.i + 1 < len(token.doc) and token.nbor().text.istitle()
        return named or following.isupper() or following[:1].isdigit()
    if word.lower() in _BEFORE_NUMBERS:
        return following[:1].isdigit()
    # "21.7 cu.ft. in total": a word with a stop inside is an abbreviation.
    return word.lower() in _BEFORE or ("." in word[1:] and word[-1:].isalpha() and following[:1].islower())
