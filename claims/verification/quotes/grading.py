"""Grades how faithful a quotation is to the source, by fuzzy alignment and a word diff.

The place is found with rapidfuzz's partial alignment of the normalized words. The grade depends on the words that were
exchanged, left out, joined or cut off, and on whether that can change the meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from claims.lexicon.evidence import DISTANCING, FOREIGN_CUES, FOREIGN_DOMAINS, LONG_NAMES, QUALIFIERS
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.records import Page, QuoteFinding, QuoteGrade
from claims.verification.quotes.alignment import ELLIPSIS, Alignment, clipped, inverted, locate, norms, pieces_of
from claims.verification.quotes.word_changes import WordChange, differing_words
from claims.verification.words import Word, content, coverage, is_negation, plain, stem, words

# Minimum similarity of letters for a match of the quotation in the source.
# Tuned on the first half of an earlier table of quotations; `tests/verification/quotations.txt` checks it.
_FOUND, _FOUND_TRANSLATED = 0.62, 0.5
# A paraphrase shares at least this share of its content words with the place found.
_SHARED = 0.4
_OPEN_CLOSE = re.compile(r'"([^"\n]+)"|"([^"\n]+)$|^([^"\n]+)"(?!\w)')


def quoted_words(text: str) -> list[str]:
    """The quoted parts of a claim, in order. An unmatched quotation mark quotes to the edge of the text."""
    result = []
    for match in _OPEN_CLOSE.finditer(plain(text)):
        number = next(index for index in (1, 2, 3) if match.group(index))
        words_there = text[match.start(number) : match.end(number)].strip()
        if len(words(words_there)) >= 2:
            result.append(words_there)
    return result


def is_title(quote: str) -> bool:
    """Whether quoted words are the name of a work, a ship or a plan: each that tells something has a capital."""
    telling = [word for word in words(quote) if content(word.text)]
    return bool(telling) and all(word.text[0].isupper() for word in telling)


def foreign(page: Page) -> bool:
    """Whether the page quotes speech from another language, judged by its language, its domain or a remark on it."""
    if page.language and not page.language.lower().startswith("en"):
        return True
    host = re.sub(r"^\w+://|[/:?#].*$", "", page.final_url or page.url or "").lower()
    return host.endswith(FOREIGN_DOMAINS) or any(cue in page.text.lower() for cue in FOREIGN_CUES)


def grade(quote: str, text: str, *, translated: bool = False, around: str = "") -> QuoteFinding:
    """Find ``quote`` in ``text`` and grade how faithful it is.

    ``translated`` says that the words were spoken in another language, which allows two translations.
    ``around`` is the article's sentence outside the quotation marks, where a negation may stand.
    """
    quoted, there = words(ELLIPSIS.sub(" ", quote)), words(text)
    if not quoted or not there:
        return QuoteFinding(quote=quote, grade=QuoteGrade.NOT_FOUND, similarity=0.0)
    ours, theirs = norms(quoted), norms(there)
    place = locate(ours, theirs, quote)
    if place.similarity < 1:
        place = inverted(ours, theirs) or place
    pieces = pieces_of(quoted, there)
    if pieces is not None:
        return _spliced(quote, quoted, there, pieces, text)
    if place.similarity < (_FOUND_TRANSLATED if translated else _FOUND):
        return QuoteFinding(quote=quote, grade=QuoteGrade.NOT_FOUND, similarity=round(place.similarity, 3))
    sides = _Sides(quote=quote, quoted=quoted, text=text, there=there, translated=translated, around=around)
    return _graded(sides, clipped(quoted, there, place, text))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    """A quotation with its words, and the text with its words that it is compared with (see ``grade``)."""

    quote: str
    quoted: list[Word]
    text: str
    there: list[Word]
    translated: bool
    around: str


def _graded(sides: _Sides, place: Alignment) -> QuoteFinding:
    quote, quoted, there, text = sides.quote, sides.quoted, sides.there, sides.text
    matched = there[place.first : place.last]
    span = (matched[0].span[0], matched[-1].span[1])
    changes = differing_words(norms(quoted), norms(matched))
    name = _grade_of(sides, place, changes)
    if name is QuoteGrade.NOT_FOUND:
        return QuoteFinding(quote=quote, grade=name, similarity=round(place.similarity, 3))
    return QuoteFinding(
        quote=quote,
        grade=name,
        similarity=round(place.similarity, 3),
        found=text[span[0] : span[1]],
        span=span,
        diff=_diff(quoted, matched),
    )


def _grade_of(sides: _Sides, place: Alignment, changes: Sequence[WordChange]) -> QuoteGrade:
    quote, quoted, there, text = sides.quote, sides.quoted, sides.there, sides.text
    translated = sides.translated
    matched = there[place.first : place.last]
    bracketed = _bracketed_places(quote, quoted)
    changes = [change for change in changes if not _is_bracketed_insert(change, bracketed)]
    exchanged = [change for change in changes if not change.trivial and not change.omission]
    gaps = [change for change in changes if change.omission and not _interruption(change, matched, text)]
    if any(change.weighty for change in gaps) and (translated or not exchanged):
        return QuoteGrade.TRUNCATED
    if exchanged:
        turns = any(change.turns for change in exchanged) or _renames(changes, quoted, matched)
        return _reworded(quote, matched, turns=turns, translated=translated)
    if gaps and not ELLIPSIS.search(quote):
        return QuoteGrade.TRANSLATION_VARIANT if translated else QuoteGrade.TRUNCATED
    if _cut_changes_sense(there, place, text, sides.around):
        return QuoteGrade.TRUNCATED
    same = not changes and not bracketed and _same_letters(quote, matched, text)
    return QuoteGrade.VERBATIM if same else QuoteGrade.TRIVIAL_EDIT


def _reworded(quote: str, matched: Sequence[Word], *, turns: bool, translated: bool) -> QuoteGrade:
    """The grade of a quotation with exchanged words: another translation, a paraphrase, or not found."""
    shared = coverage(content(quote), content(" ".join(word.norm for word in matched)))
    if shared < (_SHARED / 2 if translated else _SHARED):
        return QuoteGrade.NOT_FOUND
    return QuoteGrade.TRANSLATION_VARIANT if translated and not turns else QuoteGrade.PARAPHRASE_IN_QUOTES


def _bracketed_places(quote: str, quoted: Sequence[Word]) -> frozenset[int]:
    """The places of the words in square brackets, which the article marks as its own."""
    bare = ELLIPSIS.sub(" ", quote)
    spans = [match.span() for match in re.finditer(r"\[[^\]]*\]", bare)]
    return frozenset(place for place, word in enumerate(quoted) for start, end in spans if start <= word.span[0] < end)


def _is_bracketed_insert(change: WordChange, bracketed: frozenset[int]) -> bool:
    """Whether a change is nothing but words in brackets, in place of at most three of the source's."""
    places = range(*change.here)
    return bool(places) and all(place in bracketed for place in places) and len(change.theirs) <= 3


def _renames(changes: Sequence[WordChange], quoted: Sequence[Word], matched: Sequence[Word]) -> bool:
    """Whether a name was exchanged for another, or a verb put into another tense, which no translation does."""
    ours = [word for change in changes for word in quoted[slice(*change.here)] if change.here[0] or word.span[0]]
    theirs = [word for change in changes for word in matched[slice(*change.there)] if change.there[0]]
    inflected = any(_inflected(quoted[slice(*change.here)], matched[slice(*change.there)]) for change in changes)
    return inflected or bool(
        _capitalised_words(ours) - _capitalised_words(theirs) and _capitalised_words(theirs) - _capitalised_words(ours)
    )


def _inflected(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether one word was put into another form: fight, fought."""
    return len(ours) == len(theirs) == 1 and stem(ours[0].norm) == stem(theirs[0].norm)


def _capitalised_words(run: Sequence[Word]) -> frozenset[str]:
    """The capitalised words of a run, one form for "the United States" and "US"."""
    capitalised = frozenset(stem(word.norm) for word in run if word.text[:1].isupper())
    for long, short in LONG_NAMES.items():
        if long <= capitalised:
            capitalised = capitalised - long | {short}
    return capitalised


def _spliced(
    quote: str, quoted: list[Word], there: list[Word], pieces: list[tuple[int, int, int]], text: str
) -> QuoteFinding:
    runs = [there[place : place + size] for _, place, size in pieces]
    stretches = [text[run[0].span[0] : run[-1].span[1]] for run in runs]
    diff: list[tuple[str, str]] = []
    for number, (at, _, size) in enumerate(pieces):
        if number:
            diff.append(("+", "[…]"))
        diff.append(("=", " ".join(word.text for word in quoted[at : at + size])))
    return QuoteFinding(
        quote=quote,
        grade=QuoteGrade.SPLICED,
        similarity=1.0,
        found=" […] ".join(stretches),
        span=(runs[0][0].span[0], runs[0][-1].span[1]),
        diff=tuple(diff),
    )


def _interruption(change: WordChange, matched: Sequence[Word], text: str) -> bool:
    """Whether the words left out are the source's own "he said" between two quoted parts."""
    first, last = change.there
    gap = text[matched[first].span[0] - 3 : matched[last - 1].span[1] + 3]
    speaking = any(word.norm in SPEAKER_FORMS for word in matched[first:last])
    return speaking and plain(gap).count('"') >= 2 and last - first <= 12


def _cut_changes_sense(there: list[Word], place: Alignment, text: str, around: str) -> bool:
    """Whether the same sentence of the source, outside the words quoted, denies or limits them."""
    left = _same_sentence(there, place.first - 1, -1, text)
    right = _same_sentence(there, place.last, 1, text)
    outside = {word.norm for word in words(around)}
    if any(is_negation(norm) or norm in DISTANCING for norm in outside):
        return False
    distanced = any(norm in DISTANCING or is_negation(norm) for norm in left[:8]) or bool({"if", "unless"} & set(left))
    return distanced or bool(right and right[0] in QUALIFIERS and not outside & QUALIFIERS)


def _same_sentence(there: list[Word], at: int, step: int, text: str) -> list[str]:
    """The words from ``at`` in the direction of ``step``, to the sentence's end or a quotation mark."""
    norms_there: list[str] = []
    while 0 <= at < len(there) and len(norms_there) < 15:
        near = at - step
        gap = text[min(there[at].span[1], there[near].span[1]) : max(there[at].span[0], there[near].span[0])]
        if re.search(r"[.!?…\n\"]", plain(gap)):
            break
        norms_there.append(there[at].norm)
        at += step
    return norms_there


def _same_letters(quote: str, matched: Sequence[Word], text: str) -> bool:
    """Whether quotation and source also agree in case and inner punctuation, except for quotation marks and dashes."""
    return _bare_words(quote) == _bare_words(text[matched[0].span[0] : matched[-1].span[1]])


def _bare_words(text: str) -> str:
    return " ".join(plain(text).replace('"', "'").split()).strip(" '.,;:!?-")


def _diff(quoted: Sequence[Word], matched: Sequence[Word]) -> tuple[tuple[str, str], ...]:
    matcher = SequenceMatcher(None, [word.norm for word in quoted], [word.norm for word in matched], autojunk=False)
    diff: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        left, right = (" ".join(word.text for word in run) for run in (quoted[i1:i2], matched[j1:j2]))
        if kind == "equal":
            diff.append(("=", left))
        else:
            diff += [pair for pair in (("-", left), ("+", right)) if pair[1]]
    return tuple(diff)
