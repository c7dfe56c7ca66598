"""Detects by function words and script whether a text is English, and blanks what in it is no writing."""

from __future__ import annotations

import re
from itertools import islice

# The most frequent function words of English, chosen to be shared with few other languages.
_WORDS = """
the of and to that is was for it with as his on be at by had not are but from have they which you were their
one all we there been has when who will more if out so said what up its about than them can only other new
some could time these two may then do first any my now such like our over even most after also did many before
must through years where much your way well should because each just those people how too little state good
very make world still own see work long get here between both life being under never day same another know
while last might us great old year off come since against go came right used take three this he she i an or
would into no her him me a in
"""
# Function words of the neighbours that English does not have: they tell where a text has few words of its own.
_OTHERS = """
der das und ist nicht ein eine einen dem des mit für auf von zu im sich auch wird sind wieder bei oder dass
le la les un une est pas dans pour qui que sur avec plus par ce il elle nous vous sont aux du au et ou de
el los las una por con del para más como pero su sus es lo y en está son
não uma você os em ao dos das na nos mais foi seu sua são ou um já
di che per non della dei gli sono alla nel anche questo più è il si ci ma
het een niet dat zijn voor op te aan ook maar bij naar deze wordt
yang dan ini dengan untuk tidak itu dari adalah pada dalam kita akan atau juga bisa jangan
och att är som på av till inte det har jag
"""
# What English shares with one of them says nothing in a few words.
_SHARED = frozenset(
    {"a", "an", "as", "do", "he", "her", "in", "me", "no", "on", "over", "per", "so", "such", "was", "we"}
)
_ENGLISH = frozenset(_WORDS.split())
_FOREIGN = frozenset(_OTHERS.split()) - _ENGLISH
# English prose has a share of 0.35 to 0.55 of these words, headlines 0.2; German, French, Spanish, Italian
# and Dutch news stays below 0.12 ("in", "a", "an", "was", "so", "me" are shared). English plans and tables go down
# to 0.1 (one of 102 news pages), and have a word of the others for ten of their own at most.
_ENGLISH_SHARE, _SPARE_SHARE, _LEAD = 0.15, 0.05, 3
_FEWEST_WORDS = 50
# A page's first 5,000 characters decide, so that what follows an article's end does not.
_READ = 5_000
_WORD = re.compile(r"[^\W\d_]+")
# Encoded data, keys and addresses: no language writes so many ASCII characters without a space.
_NO_WORDS = re.compile(r"[!-~]{60,}")
# Beyond this letter the Latin alphabets of Europe end.
_LATIN_END = "\u0250"

# Of 335 long paragraphs (PolNeAR, news pages) the one with the most signs has .91 letters and digits.
_WINDOW, _WORDY = 500, 0.5
_LINE = re.compile(r"[^\n]+")
# The words of two hours of a recording whose transcript has no punctuation.
_LONGEST_STRETCH = 20_000
_ONE_WORD = re.compile(r"\S+")
_STRETCH_END = re.compile(r"[.!?…][\"”’')\]]*\s+|\n\s*(?![\sa-z])")


def is_english(text: str) -> bool:
    """Whether a text may be English, by its first 5,000 characters; very short texts are accepted.

    Encoded data and addresses in it do not count.
    """
    words = _WORD.findall(_NO_WORDS.sub(" ", text)[:_READ])
    letters = sum(map(len, words))
    if letters and sum(sum(letter < _LATIN_END for letter in word) for word in words) < letters / 2:
        return False
    own = sum(word.lower() in _ENGLISH for word in words)
    if own >= _ENGLISH_SHARE * len(words) >= _ENGLISH_SHARE * _FEWEST_WORDS:
        return True
    # Names (El Paso, São Paulo) have capitals and do not count.
    small = [word for word in words if word.islower()]
    other = sum(word in _FOREIGN or not word.isascii() for word in small)
    if len(words) < _FEWEST_WORDS:
        return other < _LEAD or other <= sum(word in _ENGLISH - _SHARED for word in small)
    return own >= max(_LEAD * other, _SPARE_SHARE * len(words))


def silenced(text: str) -> str:
    """A text of the same length in which long runs of symbols, each of which would be a token, are blank.

    Each line is examined in windows of 500 characters, so that prose in other lines is never lost. Of words without
    the end of a sentence or of a paragraph, the first 20,000 are left.
    """
    text = _endless_blanked(text)
    parts: list[str] = []
    position = 0
    for line in _LINE.finditer(text):
        for start in range(line.start(), line.end() - _WINDOW + 1, _WINDOW):
            if _is_mostly_signs(text[start : start + _WINDOW]):
                parts += (text[position:start], " " * _WINDOW)
                position = start + _WINDOW
    return "".join((*parts, text[position:]))


def _endless_blanked(text: str) -> str:
    parts: list[str] = []
    start = 0
    for end in (*(match.end() for match in _STRETCH_END.finditer(text)), len(text)):
        stretch = text[start:end]
        # A word takes two characters: only longer stretches need to be counted.
        is_long = end - start > 2 * _LONGEST_STRETCH
        last = next(islice(_ONE_WORD.finditer(stretch), _LONGEST_STRETCH, None), None) if is_long else None
        parts.append(stretch if last is None else stretch[: last.start()].ljust(end - start))
        start = end
    return "".join(parts)


def _is_mostly_signs(stretch: str) -> bool:
    solid = sum(map(len, stretch.split()))
    return solid >= _WINDOW / 2 and sum(map(str.isalnum, stretch)) < _WORDY * solid
