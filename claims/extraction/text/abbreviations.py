"""Full stops that do not end a sentence: abbreviations before names and measures, and names that contain a stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Nothing ends with these: the name or the thing comes after them. Read off the sentence ends of 102 news pages and of
# 105 of PolNeAR's train articles, with what other language models may not know by themselves.
_LEADING = """
rt rev mr mrs ms dr prof st ste gen lt col sgt capt cpl maj adm cmdr gov sen rep pres hon fr bros ft mt vs
tsp tbsp
"""
_BEFORE = frozenset(_LEADING.split())
# These come before a number only: "No. 10", "pp. 3-5".
_BEFORE_NUMBERS = frozenset({"no", "nos", "p", "pp", "vol", "art", "sec", "fig", "ca", "approx"})
# No sentence begins with what a firm's name ends with: "Yahoo! Inc."
_FIRMS = frozenset({"inc", "inc.", "corp", "corp.", "ltd", "ltd.", "llc", "plc"})
# Names that have a stop before their second word, which is in capitals or a number: "ID. SPACE VIZZION".
_STOPPED_NAMES = frozenset({"ID"})
_CALLS, _MARKS = frozenset("!?"), frozenset('"”’')


def sentences_joined(doc: Doc) -> Doc:
    """Tell the parser where no sentence begins; all else is left to it."""
    for token in doc[1:]:
        if _sentence_goes_on(doc, token.i):
            token.is_sent_start = False
    return doc


def _sentence_goes_on(doc: Doc, place: int) -> bool:
    token, before = doc[place], doc[place - 1]
    if token.lower_ in _FIRMS:
        return True
    if token.text == "." or before.is_space:
        return False
    if before.text[-1:] == ".":
        word = before.text[:-1] or (doc[place - 2].text if place > 1 and not doc[place - 2].whitespace_ else "")
        return _leads(word, token.text)
    # "“It is over!” the minister said": what goes on in small letters is the same sentence.
    after_call = place > 1 and before.text in _MARKS and doc[place - 2].text in _CALLS
    return after_call and token.text.isalpha() and token.text.islower()


def _leads(word: str, following: str) -> bool:
    if word in _STOPPED_NAMES:
        return following.isupper() or following[:1].isdigit()
    if word.lower() in _BEFORE_NUMBERS:
        return following[:1].isdigit()
    return word.lower() in _BEFORE
