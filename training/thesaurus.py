"""Similar and dissimilar words in the inflection of a sentence, from WordNet and the Moby Thesaurus.

WordNet 3.0 (Princeton University) gives senses, their order by frequency, synonyms, antonyms and words with the same
hypernym; the Moby Thesaurus (Grady Ward, public domain) gives many more words that may replace another. Neither knows
the sense of a word in its sentence, so a similar word must also be close to it in the sentence encoder's space, and
must be common in the texts that are changed.

Both are files that the user provides (Debian's ``wordnet-base``; ``words.txt`` of npm's ``moby``); neither is shipped.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

KINDS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
# Cosines of two words by themselves (all-MiniLM-L6-v2), chosen by reading some two hundred exchanged words.
LIKE, LISTED, OTHER = 0.45, 0.55, 0.62
RARE = 3  # a form that the texts have less often is not put into them


@dataclass(frozen=True, slots=True)
class WordForm:
    """A word unchanged in a sentence: its lemma, its kind (n, v, a, r) and its inflection."""

    lemma: str
    kind: str
    shape: str  # "", "s", "ed", "en", "ing"


class Thesaurus:
    """Words that can replace a word without changing the meaning, and words that change it."""

    def __init__(self, wordnet: Path, moby: Path, texts: Iterable[str], vectors: Vectors) -> None:
        """Read both books.

        Raises:
            FileNotFoundError: a file of WordNet or the Moby Thesaurus is not there.
        """
        self._seen = Counter(word for text in texts for word in re.findall(r"[a-z]+", text.lower()))
        self._net = WordNet(wordnet)
        self._listed = _moby(moby, set(self._seen))
        self._vectors = vectors
        self._known: dict[str, NDArray[np.float32]] = {}
        self._same: dict[WordForm, list[str]] = {}
        self._others: dict[WordForm, list[str]] = {}

    def form(self, word: str) -> WordForm | None:
        """The form of a lower-case word, if one part of speech is far more frequent than the others."""
        return self._net.form(word)

    def same(self, form: WordForm) -> list[str]:
        """Words with a similar sense, inflected like this one."""
        if form not in self._same:
            close = self._net.synonyms(form.lemma, form.kind)
            listed = self._listed.get(form.lemma, set())
            both = {lemma for lemma in listed if form.lemma in self._listed.get(lemma, ())} | close
            lemmas = sorted(lemma for lemma in both if self._usable(lemma, form) and lemma != form.lemma)
            near = self._cosines(form.lemma, lemmas)
            kept = [
                lemma
                for lemma, cosine in zip(lemmas, near, strict=True)
                if cosine >= (LIKE if lemma in close else LISTED)
            ]
            away = self._net.antonyms(form.lemma, form.kind)
            self._same[form] = [inflect(lemma, form, self._net.irregular) for lemma in kept if lemma not in away]
        return self._same[form]

    def others(self, form: WordForm) -> list[str]:
        """Words with another sense that fit in its place, inflected like this one; antonyms are listed twice."""
        if form not in self._others:
            away = self._net.antonyms(form.lemma, form.kind)
            beside = self._net.beside(form.lemma, form.kind) - self._listed.get(form.lemma, set())
            beside -= self._net.synonyms(form.lemma, form.kind)
            lemmas = sorted(lemma for lemma in beside if self._usable(lemma, form))
            near = self._cosines(form.lemma, lemmas)
            kept = [lemma for lemma, cosine in zip(lemmas, near, strict=True) if cosine < OTHER]
            opposite = sorted(lemma for lemma in away if self._usable(lemma, form))
            self._others[form] = [inflect(lemma, form, self._net.irregular) for lemma in [*kept, *opposite, *opposite]]
        return self._others[form]

    def unlike(self, form: WordForm, words: Sequence[str]) -> list[str]:
        """The words of the same form whose sense is far from this one; of these the four nearest."""
        forms = [(word, self.form(word)) for word in words]
        candidates = [
            (word, other.lemma) for word, other in forms
            if other and (other.kind, other.shape) == (form.kind, form.shape) and other.lemma != form.lemma
            and other.lemma not in self._listed.get(form.lemma, ())
            and other.lemma not in self._net.synonyms(form.lemma, form.kind)
        ]  # fmt: skip
        near = self._cosines(form.lemma, [lemma for _, lemma in candidates])
        away = sorted(
            (-cosine, word) for (word, _), cosine in zip(candidates, near, strict=True) if cosine < OTHER - 0.1
        )
        return [word for _, word in away[:4]]

    def in_place(self, sentence: str, changed: Sequence[str]) -> list[float]:
        """The cosine similarity of each changed sentence to the original sentence."""
        vectors = self._vectors([sentence, *changed])
        return [float(cosine) for cosine in vectors[1:] @ vectors[0]]

    def _usable(self, lemma: str, form: WordForm) -> bool:
        word = inflect(lemma, form, self._net.irregular)
        return lemma.isalpha() and self._seen[word] >= RARE and self._net.mostly(lemma, form.kind)

    def _cosines(self, lemma: str, others: Sequence[str]) -> list[float]:
        missing = [word for word in dict.fromkeys([lemma, *others]) if word not in self._known]
        if missing:
            self._known.update(zip(missing, self._vectors(missing), strict=True))
        return [float(self._known[lemma] @ self._known[word]) for word in others]


class WordNet:
    """The files of WordNet 3.0: the senses of a word, the most frequent first, and the pointers between them."""

    def __init__(self, folder: Path) -> None:
        self.irregular: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in KINDS}
        self._lemmas: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
        self._senses: dict[str, dict[str, list[int]]] = {kind: {} for kind in KINDS}
        self._synsets: dict[str, dict[int, tuple[list[str], list[tuple[str, int, int, int]]]]] = {}
        for kind, name in KINDS.items():
            self._read(folder, kind, name)
        self._counts = _lemma_counts(folder / "cntlist.rev")

    def _read(self, folder: Path, kind: str, name: str) -> None:
        for line in (folder / f"{name}.exc").read_text("ascii").splitlines() if kind in "nv" else ():
            word, *lemmas = line.split()
            if word.isalpha():
                self._lemmas[kind][word] = lemmas[0]
                self.irregular[kind][lemmas[0]].append(word)
        for line in _wordnet_lines(folder / f"index.{name}"):
            parts = line.split()
            self._senses[kind][parts[0]] = [int(sense) for sense in parts[-int(parts[2]) :]]
        self._synsets[kind] = dict(_synset(line) for line in _wordnet_lines(folder / f"data.{name}"))

    def form(self, word: str) -> WordForm | None:
        """The most likely form of a word, or None if two parts of speech are about equally likely."""
        forms = {form.kind: form for form in self._forms(word)}
        counts = {kind: 1 + self._counts[form.lemma, kind] for kind, form in forms.items()}
        best = max(counts, key=lambda kind: counts[kind], default="")
        return forms[best] if best and counts[best] >= 0.8 * sum(counts.values()) else None

    def mostly(self, lemma: str, kind: str) -> bool:
        """Whether a lemma is used mostly as this part of speech."""
        every = sum(self._counts[lemma, any_kind] for any_kind in KINDS)
        return lemma in self._senses[kind] and self._counts[lemma, kind] >= 0.5 * every

    def synonyms(self, lemma: str, kind: str) -> set[str]:
        """Words that share one of its first two senses and have it among their own first two."""
        words = set()
        for place in self._senses[kind].get(lemma, ())[:2]:
            words |= {word for word in self._synsets[kind][place][0] if place in self._senses[kind].get(word, ())[:2]}
        return words - {lemma}

    def antonyms(self, lemma: str, kind: str) -> set[str]:
        """Its antonyms, and for an adjective also those of similar adjectives."""
        return {
            self._synsets[kind][place][0][max(target, 1) - 1]
            for start in self._senses[kind].get(lemma, ())[:2]
            for like in (start, *self._pointed(kind, start, "&"))
            for sign, place, source, target in self._synsets[kind][like][1]
            if sign == "!" and (like != start or self._synsets[kind][like][0][max(source, 1) - 1] == lemma)
        }

    def beside(self, lemma: str, kind: str) -> set[str]:
        """Words that share a hypernym with its first sense: a hilltop for a clifftop, a widow for a bachelor."""
        words: set[str] = set()
        for start in self._senses[kind].get(lemma, ())[:1]:
            for above in self._pointed(kind, start, "@"):
                below = self._pointed(kind, above, "~")
                if len(below) < 60:  # under "person" stands everybody
                    words |= {word for place in below if place != start for word in self._synsets[kind][place][0]}
        return words - {lemma}

    def _pointed(self, kind: str, start: int, sign: str) -> list[int]:
        return [place for pointer_sign, place, _, _ in self._synsets[kind][start][1] if pointer_sign == sign]

    def _forms(self, word: str) -> list[WordForm]:
        forms = []
        for kind in KINDS:
            if word in self._senses[kind] and self._lemmas[kind].get(word, word) == word:
                forms.append(WordForm(word, kind, ""))
            elif word in self._lemmas[kind]:
                forms.append(WordForm(self._lemmas[kind][word], kind, _shape(word, kind)))
            elif kind in "nv":
                forms += [
                    WordForm(lemma, kind, shape)
                    for lemma, shape in _stripped(word, kind)
                    if lemma in self._senses[kind]
                ][:1]
        return forms


def inflect(lemma: str, form: WordForm, irregular: dict[str, dict[str, list[str]]]) -> str:
    """A lemma in the shape of a form; irregular forms come from WordNet's lists."""
    listed = irregular[form.kind].get(lemma, [])
    if form.shape == "" or form.kind in "ar":
        return lemma
    if form.kind == "n" and listed:
        return listed[0]
    if form.shape in ("ed", "en") and listed:
        past = [word for word in listed if not word.endswith("ing")]
        ends = [word for word in past if _shape(word, "v") == form.shape] or past
        return ends[0] if ends else _regular_form(lemma, form.shape)
    return _regular_form(lemma, form.shape)


def _regular_form(lemma: str, shape: str) -> str:
    consonant = re.search(r"[^aeiou]y$", lemma)
    if shape == "s":
        return lemma[:-1] + "ies" if consonant else lemma + ("es" if re.search(r"(s|x|z|ch|sh)$", lemma) else "s")
    if shape == "ing":
        return (lemma[:-1] if re.search(r"[^eoy]e$", lemma) else _doubled(lemma)) + "ing"
    if lemma.endswith("e"):
        return lemma + "d"
    return lemma[:-1] + "ied" if consonant else _doubled(lemma) + "ed"


def _doubled(lemma: str) -> str:
    """A short word doubles its last consonant: stop, stopped."""
    return lemma + lemma[-1] if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", lemma) else lemma


def _shape(word: str, kind: str) -> str:
    if kind == "n":
        return "s"
    return "ing" if word.endswith("ing") else "en" if word.endswith(("en", "wn", "orn", "un", "ung")) else "ed"


def _stripped(word: str, kind: str) -> list[tuple[str, str]]:
    ends = [("ies", "y", "s"), ("es", "", "s"), ("es", "e", "s"), ("s", "", "s")]
    if kind == "v":
        ends += [("ied", "y", "ed"), ("ed", "e", "ed"), ("ed", "", "ed"), ("ing", "e", "ing"), ("ing", "", "ing")]
    stripped = [
        (word[: -len(end)] + put, shape) for end, put, shape in ends if word.endswith(end) and len(word) > len(end) + 2
    ]
    twice = re.fullmatch(r"(.*([bdgklmnprt]))\2(ed|ing)", word) if kind == "v" else None
    return [*stripped, (twice[1], twice[3])] if twice else stripped


def _wordnet_lines(path: Path) -> Iterable[str]:
    with path.open(encoding="ascii") as lines:
        yield from (line for line in lines if not line.startswith("  "))


def _synset(line: str) -> tuple[int, tuple[list[str], list[tuple[str, int, int, int]]]]:
    """One line of a data file: its place, its words, and its pointers within the same kind (wndb(5))."""
    parts = line.split(" | ", maxsplit=1)[0].split()
    words = int(parts[3], 16)
    first = 4 + 2 * words
    pointers = [
        (parts[at], int(parts[at + 1]), int(parts[at + 3][:2], 16), int(parts[at + 3][2:], 16))
        for at in range(first + 1, first + 1 + 4 * int(parts[first]), 4)
        if parts[at + 2].replace("s", "a") == parts[2].replace("s", "a")
    ]
    return int(parts[0]), ([parts[at].split("(")[0].lower() for at in range(4, first, 2)], pointers)


def _lemma_counts(path: Path) -> Counter[tuple[str, str]]:
    """How often WordNet's tagged texts have a lemma as each kind of word."""
    kinds = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
    counts: Counter[tuple[str, str]] = Counter()
    for line in path.read_text("ascii").splitlines():
        key, _, times = line.split()
        lemma, rest = key.split("%")
        counts[lemma, kinds[rest[0]]] += int(times)
    return counts


def _moby(path: Path, wanted: set[str]) -> dict[str, set[str]]:
    """Root word -> single words listed with it; only those that the texts know."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        rows = (line.strip().split(",") for line in lines)
        return {row[0]: {word for word in row[1:] if word in wanted} for row in rows if row[0] in wanted}
