"""Lead-ins of quotations: the words before a quotation that attribute it, with a finite verb as the cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.splitting.parts import Part, Word
from claims.extraction.text.document import Document, char_span
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import child, lemma, overlap, phrase
from claims.glossary import without_capital
from claims.lexicon.clauses import RENDERINGS
from claims.lexicon.pointers import HE, NARROWING, SHE, THEY
from claims.lexicon.quantities import WEEKDAY_NAMES
from claims.records import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_ADDRESS = 6
_ARTICLES = frozenset({"the", "a", "an"})
_DASHES = frozenset({"—", "–", "--", "-"})


def topic_of_saying(part: Part, attribution: Attribution, document: Document) -> str:
    """As in "Trump said of Putin, ...": the words between the cue and the quotation that say of whom."""
    for token in part.tokens:
        if token.lower_ in ("of", "about") and token.dep_ == "prep" and token.head.pos_ == "VERB":
            words = phrase(token)
            is_content = any(start <= char_span(token)[0] < end for start, end in attribution.content_spans)
            cued = any(start <= char_span(token.head)[0] < end for start, end in attribution.cue_spans)
            if len(words) < 8 and cued and not is_content:
                return " " + document.text[char_span(words[0])[0] : char_span(words[-1])[1]]
    return ""


def occasion(part: Part, attribution: Attribution, document: Document) -> str:
    """As in "...,” he said after the US raised its tariff": the clause behind the cue that says when or why."""
    for verb in part.tokens:
        if verb.dep_ != "advcl" or child(verb, "nsubj", "nsubjpass") is None or verb.i < verb.head.i:
            continue
        words = phrase(verb)
        if words[0].nbor(-1).text == ",":
            # "said the mayor, because the road was wet": that is no reason for saying so.
            continue
        span = (char_span(words[0])[0], char_span(words[-1])[1])
        cued = overlap(attribution.cue_spans, char_span(verb.head)) and not overlap(attribution.content_spans, span)
        own = {token.i for token in part.tokens}
        if cued and all(token.i in own and token.lower_ not in HE | SHE | THEY for token in words):
            return " " + document.text[slice(*span)]
    return ""


def addressee(part: Part, attribution: Attribution, document: Document, quotes: Stretches) -> str:
    """As in "Putin told the council: ...": the addressee, if the cue requires one and a name or noun gives it."""
    for verb in part.tokens:
        if lemma(verb) != "tell" or not any(
            first <= char_span(verb)[0] < last for first, last in attribution.cue_spans
        ):
            continue
        hearer = child(verb, "dobj", "dative")
        words = phrase(hearer) if hearer is not None and hearer.i > verb.i and hearer.pos_ in ("NOUN", "PROPN") else []
        if verb.tag_ == "VBD" and 0 < len(words) <= _LONGEST_ADDRESS and words[-1].i - words[0].i == len(words) - 1:
            start, end = char_span(words[0])[0], char_span(words[-1])[1]
            if not any(
                first < end and start < last for first, last in (*quotes.near((start, end)), *attribution.content_spans)
            ):
                return f" {document.text[start:end]}"
    return ""


def is_of_saying(token: Token, attribution: Attribution) -> bool:
    """Whether a word belongs to the cue and to no other clause: not a day in "told Ann Fox, who won on Monday"."""
    verb = next((word for word in token.ancestors if word.pos_ in ("VERB", "AUX")), None)
    start = None if verb is None else char_span(verb)[0]
    if not attribution.cue_spans:
        return False
    return start is None or any(a <= start < b for a, b in attribution.cue_spans)


def spoken(cue: str) -> str:
    """The cue as a finite verb: "according to" and nouns become "said"."""
    plain = cue.strip().lower()
    if not plain or plain.startswith(("according", "in ", "as ")) or plain.endswith("ing") or plain in (":", "-", "—"):
        return "said"
    if plain in ("told", "tells", "put", "puts") or not any(map(str.isalpha, plain)):
        return "said"
    return "wrote" if plain == "written" else cue.strip()


def renders(words: str) -> bool:
    """Whether a source is a text that only gives somebody's words again."""
    return any(word.lower() in RENDERINGS for word in words.split())


def is_description(speaker: str, words: str) -> bool:
    """Whether a speaker is described: the article's own words stand for him, with "some" or "the" before them."""
    before = words.lower().removesuffix(speaker.lower()).strip()
    counted = before in NARROWING | _ARTICLES and before != words.lower()
    return speaker[:1].islower() or counted


def small(words: str) -> str:
    """Words without a capital at the start, but for weekdays."""
    return words if words.split(maxsplit=1)[0].lower() in WEEKDAY_NAMES else without_capital(words)


_NAME_LAST = re.compile(r"^[^,]+, [A-Z][^,]*$")


def described(source: str) -> str:
    """A speaker as the article describes them, with a comma behind a name that follows the description."""
    words = source.split(", who ", maxsplit=1)[0]
    return f"{words}," if _NAME_LAST.search(words) else words


def untitled(line: Sequence[Word]) -> tuple[Word, ...]:
    """A line without an office that only points to a name: of "The minister, Edda Rahn, said" it is "Edda Rahn said".

    An office that says more ("the mayor of Leeds", "a former minister") stays.
    """
    words = [word for word in line if not isinstance(word, str)]
    removed: set[int] = set()
    for word in words:
        name = child(word, "appos")
        bare = [kid for kid in word.children if kid.dep_ != "punct" and kid.lower_ != "the"]
        if word.tag_ != "NN" or name is None or bare != [name] or name.ent_type_ != "PERSON" or name.i < word.i:
            continue
        before = set(range(word.left_edge.i, name.left_edge.i))
        after = name.right_edge.i if name.right_edge.text == "," else name.right_edge.i + 1
        removed |= before | ({after} if after < len(word.doc) and word.doc[after].text == "," else set())
    return tuple(word for word in line if isinstance(word, str) or word.i not in removed)


def is_beside(verb: Token, part: Part, voice: Attribution) -> bool:
    """Whether a verb is the part's own or joined to it, or what another verb than that of the quotation reports."""
    above = verb.head
    joined = above.dep_ in ("conj", "ccomp") and above.head.i == part.head.i
    cued = any(start <= char_span(above)[0] < end for start, end in voice.cue_spans)
    # "Asked why he had told them, he said": what somebody was asked is no report.
    asked = any(kid.tag_.startswith("W") for word in (verb, above) for kid in word.lefts)
    reported = verb.dep_ == "ccomp" and not asked and (joined or cued)
    return verb.i == part.head.i or reported or (verb.dep_ == "conj" and above.i == part.head.i)


def behind_dash(subject: Token) -> bool:
    """Whether a clause begins behind a dash with its subject, or within it: "Ann Lee - her team came in May"."""
    before = subject.doc[max(subject.left_edge.i - 1, 0) : subject.i]
    return any(word.text in _DASHES and (word.whitespace_ or word.text != "-") for word in before)
