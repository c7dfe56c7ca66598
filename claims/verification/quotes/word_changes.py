"""The changes between two runs of words, and whether they may change the meaning.

Two translations of one statement must share names, numbers, negation and modality; everything else may be worded
differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from claims.lexicon.evidence import MODALS, QUALIFIERS
from claims.records import Span
from claims.verification.forms.figures import number_of
from claims.verification.words import is_negation, opposed, stem

_CONTRACTIONS = {
    "i'm": "i am", "we're": "we are", "they're": "they are", "you're": "you are", "it's": "it is",
    "he's": "he is", "she's": "she is", "that's": "that is", "there's": "there is", "i've": "i have",
    "we've": "we have", "they've": "they have", "i'll": "i will", "we'll": "we will", "they'll": "they will",
    "i'd": "i would", "we'd": "we would", "don't": "do not", "doesn't": "does not", "didn't": "did not",
    "isn't": "is not", "aren't": "are not", "wasn't": "was not", "weren't": "were not", "won't": "will not",
    "wouldn't": "would not", "can't": "can not", "cannot": "can not", "couldn't": "could not",
    "shouldn't": "should not", "haven't": "have not", "hasn't": "has not", "hadn't": "had not", "what's": "what is",
}  # fmt: skip


_AROUND_NOT = frozenset(("do", "does", "did", "ever", "at", "all", "have", "has", "had"))
_ROMAN = {"ii": 2.0, "iii": 3.0, "iv": 4.0, "vi": 6.0, "vii": 7.0, "viii": 8.0, "xiv": 14.0, "xvi": 16.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    """One difference: the words of the article, those of the source, and their places in each run of words.

    ``turns`` if the meaning changes (negation, number, modality, antonym); ``weighty`` if words left out limited or
    denied what was said; ``trivial`` if only the form differs.
    """

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    here: Span
    there: Span
    turns: bool
    trivial: bool

    @property
    def omission(self) -> bool:
        """Whether the article only omits words of the source."""
        return not self.ours and bool(self.theirs) and not self.denies

    @property
    def denies(self) -> bool:
        """Whether the article omits only a negation ("not", "do not", "no")."""
        bare = not self.ours and 1 <= len(self.theirs) <= 2
        return (
            bare
            and any(map(is_negation, self.theirs))
            and all(word in _AROUND_NOT or is_negation(word) for word in self.theirs)
        )

    @property
    def weighty(self) -> bool:
        """Whether the omitted words deny, limit or set a condition."""
        return any(is_negation(word) or word in QUALIFIERS or word == "only" for word in self.theirs)


def differing_words(ours: Sequence[str], theirs: Sequence[str]) -> list[WordChange]:
    """The differences between two runs of words (lower case, plain apostrophes), in order."""
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return [
        WordChange(
            ours=tuple(ours[i1:i2]),
            theirs=tuple(theirs[j1:j2]),
            here=(i1, i2),
            there=(j1, j2),
            turns=turns(ours[i1:i2], theirs[j1:j2]),
            trivial=_trivial(ours[i1:i2], theirs[j1:j2]),
        )
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
        if kind != "equal"
    ]


def turns(ours: Sequence[str], theirs: Sequence[str], *, anew: bool = False) -> bool:
    """Whether exchanging the words changes the meaning: negation, number, modality, antonym.

    Of a text that is worded ``anew`` only negation and numbers are compared.
    """
    left, right = _spread(ours), _spread(theirs)
    if sum(map(is_negation, left)) % 2 != sum(map(is_negation, right)) % 2:
        return True
    if _numbers(left) != _numbers(right):
        return True
    if anew:
        return False
    if _modality(left) != _modality(right):
        return True
    return any(opposed(our_word, their_word) for our_word in left for their_word in right)


def _spread(run: Sequence[str]) -> list[str]:
    return [part for word in run for part in _CONTRACTIONS.get(word, word).split()]


def _numbers(run: Sequence[str]) -> set[float]:
    values = (_ROMAN.get(word, number_of(word)) for word in run if word not in ("a", "an", "one"))
    return {value for value in values if value is not None}


def _modality(run: Sequence[str]) -> set[str]:
    return {MODALS[word] for word in run if word in MODALS} - {"will", "would", "can"}


def _trivial(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether only form differs: a contraction spread out, a spelling, a word split by a hyphen or a space."""
    left, right = _spread(ours), _spread(theirs)
    if left == right or "".join(left) == "".join(right):
        return True
    even = len(left) == len(right)
    return even and all(_same_spelling(our_word, their_word) for our_word, their_word in zip(left, right, strict=True))


def _same_spelling(first: str, second: str) -> bool:
    """Whether two words are spellings of one (defence, defense), not inflections of one (fight, fought)."""
    british = {("ise", "ize"), ("isa", "iza"), ("our", "or"), ("tre", "ter"), ("nce", "nse"), ("gramme", "gram")}
    if (
        first == second
        or first.replace(".", "") == second.replace(".", "")
        or _ROMAN.get(first, first) == number_of(second)
    ):
        return True
    return (
        any(
            first.replace(a, b) == second.replace(a, b) or first.replace(b, a) == second.replace(b, a)
            for a, b in british
        )
        and stem(first)[:3] == stem(second)[:3]
    )
