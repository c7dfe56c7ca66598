"""Detects that the source says a claim's words of somebody else whom it names, in another sentence or in turn.

"Oakden cut its forecast" stands on a page that also names Brightwell, and so does every word of "Brightwell cut its
forecast". And "A becomes foreign minister, and B takes finance" has all words of a source in which it is the other way
round. Both are seen without parsing, by which names and words stand together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from claims.extraction.text.predications import predications
from claims.lexicon.clauses import word_set
from claims.lexicon.people import HUMAN_NOUNS, OCCUPATIONS, ROLES
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.verification.evidence.sentences import sentence_shares, sentence_spans, sentence_texts
from claims.verification.forms.names import Name, alike, is_named_in, names, without_names
from claims.verification.speaking.offices import SAYS, acting, outside_quotes
from claims.verification.speaking.speakers import named_speakers
from claims.verification.words import content, coverage, plain, stem, words

# The share of a claim without its names that a sentence must have.
_ALMOST_ALL = 0.8
# A sentence with this share of a statement without its names tells it.
_MOST = 0.6
# A name among so many of the first words is what the claim is about.
_OPENING = 4
# Where one part of a sentence ends and the next begins, each with its own bearer.
_JOINT = re.compile(r",\s(?:and|but|while|whereas)\s|\s(?:while|whereas|but)\s|;\s")
# Before a name that says where, when or whose, and not who.
_CASE = word_set("in at on to from by of for with against over near under between via after before since during than")

# A quotation is found in a sentence by so many of its first words.
_QUOTED = 4
_PEOPLE = HUMAN_NOUNS | ROLES | OCCUPATIONS
_SPEAKING_PRONOUNS = frozenset(("he", "she", "they", "it", "i", "we"))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a text: the names of the claim that it has, and its content words without any name's."""

    bearers: frozenset[str]
    words: frozenset[str]


def said_of_another(claim: str, passage: str) -> str:
    """Whom the sentence with nearly all of a claim is about, if it names another and not the claim's first name.

    Empty where the sentence names nobody before the claim's words ("she", "the company"), or only who reports it.
    """
    ours = names(claim)
    if not ours or len(claim[: ours[0].span[0]].split()) > _OPENING:
        return ""
    rest = content(without_names(claim))
    span = max(sentence_spans(passage), key=lambda span: coverage(rest, content(passage[slice(*span)])), default=(0, 0))
    best = passage[slice(*span)]
    if not rest or coverage(rest, content(best)) < _ALMOST_ALL or any(is_named_in(our, best) for our in ours):
        return ""
    first = min((word.span[0] for word in words(best) if set(content(word.text)) & set(rest)), default=0)
    speaking = {name.text for name in named_speakers(best)}
    for other in names(passage):
        # A surname that opens a sentence is known by the full name in another one.
        opens = other.parts[-1] in content(best.split()[0])
        at = 0 if opens else other.span[0] - span[0]
        strange = all(alike(other, our) is False for our in ours)
        cased = _CASE & {word.lower() for word in best[: max(at, 0)].split()[-1:]}
        if (opens or 0 <= at < first) and strange and other.text not in speaking and not cased:
            return other.text
    return ""


def quoted_of_another(statement: str, quote: str, passage: str) -> str:
    """Who acts in the passage's sentence with the quoted words, if it names nobody of the statement; else empty.

    "The mayor called it “a disaster”" quotes the mayor as much as "the mayor said" does.
    """
    sentence = _sentence_quoting(quote, passage)
    ours, theirs = outside_quotes(plain(statement)), outside_quotes(plain(sentence))
    if not ours or not sentence or any(is_named_in(our, sentence) for our in ours):
        return ""
    agents = acting(sentence)
    if any(phrase.head in _SPEAKING_PRONOUNS for phrase in agents):
        return ""
    doing = {name.text for phrase in agents for name in names(phrase.text)}
    # A full name first: of "Film critic Greta Pozzi" the first word may be read as a name, too.
    others = [*_people_among(theirs), *(their for their in theirs if their.text in doing)]
    return others[0].text if others else ""


def acts_in_full_name(text: str) -> bool:
    """Whether somebody with a full name does something in a text."""
    return any(_people_among(names(phrase.text)) for phrase in acting(text))


def acts_alone(person: str, quote: str, passage: str) -> bool:
    """Whether nobody but somebody does anything in the passage's sentence with the quoted words.

    As not in "In a letter to Lee Marsh, the mayor called it “a disaster”".
    """
    people = [
        phrase
        for phrase in acting(_sentence_quoting(quote, passage))
        if names(phrase.text) or {phrase.head, phrase.head.lower()} & _PEOPLE
    ]
    return bool(people) and all(any(person in form.text for form in phrase.forms) for phrase in people)


def _sentence_quoting(quote: str, passage: str) -> str:
    """The first sentence of a passage with the quoted words; empty for none."""
    head = " ".join(quote.split()[:_QUOTED])
    sentences = sentence_texts(passage)
    return next((sentence for sentence in sentences if head in sentence), "")


def told_by_another(statement: str, passage: str) -> str:
    """Who says it in the passage, where a statement names who does ("the dam is safe, Otto Kern said"), in full names.

    Empty where it is the same person, or where one of the two has no full name.
    """
    [clauses] = predications([statement])
    tellers = [form for clause in clauses if clause.speaker for form in clause.speaker.forms]
    ours = _people_among(name for form in tellers for name in names(f"by {form.text}"))
    telling = {word for form in tellers for word in content(form.text)} | {stem(word) for word in SPEAKER_FORMS}
    rest = [word for word in content(statement) if word not in telling] if ours else []
    most, span = max(sentence_shares(rest, passage) if rest else (), default=(0.0, (0, 0)))
    sentence = passage[slice(*span)] if most >= _MOST else ""
    if len(SAYS.findall(sentence)) > 1:
        return ""  # one who tells what another has said
    theirs = [] if any(is_named_in(our, sentence) for our in ours) else _people_among(named_speakers(sentence))
    return next((other.text for other in theirs if all(alike(our, other) is False for our in ours)), "")


def _people_among(some: Iterable[Name]) -> list[Name]:
    return [name for name in some if len(name.parts) > 1 and not name.party]


def exchanged(claim: str, passage: str) -> str:
    """Two names of a claim of which each has in the passage what the claim says of the other; empty for none."""
    ours = names(claim)
    if len(ours) < 2:
        return ""
    claimed, sourced = list(_borne_parts(claim, ours)), list(_borne_parts(passage, ours))
    for first, second in permutations(dict.fromkeys(name.text for name in ours), 2):
        if _of_other(claimed, sourced, first, second) and _of_other(claimed, sourced, second, first):
            return f"{first}, {second}"
    return ""


def _of_other(claimed: Sequence[_Part], sourced: Sequence[_Part], name: str, other: str) -> bool:
    """Whether a word stands with one name and not the other in the claim, and the other way round in the source."""
    ours = {word for part in claimed if name in part.bearers and other not in part.bearers for word in part.words}
    theirs = {word for part in sourced if other in part.bearers and name not in part.bearers for word in part.words}
    elsewhere = {word for part in claimed if name not in part.bearers for word in part.words}
    elsewhere |= {word for part in sourced if other not in part.bearers for word in part.words}
    return bool((ours & theirs) - elsewhere)


def _borne_parts(text: str, ours: Sequence[Name]) -> Iterator[_Part]:
    for start, end in sentence_spans(text):
        for part in _JOINT.split(text[start:end]):
            bearers = frozenset(name.text for name in ours if is_named_in(name, part))
            yield _Part(bearers, frozenset(content(without_names(part))))
