"""Decides when a pronoun needs no name: its noun is in the claim itself, or it refers to nothing in particular."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import SUBJECTS, barred, cited, clause, report_over
from claims.extraction.coreference.first_names import gender_of
from claims.extraction.text.syntax import FINITE, is_plural, lemma, subject
from claims.lexicon.clauses import PAIRS, word_set
from claims.lexicon.people import BODY_NOUNS, FEMALE_TITLES, FEMALE_WORDS, HUMAN_NOUNS, MALE_TITLES, MALE_WORDS
from claims.lexicon.pointers import (
    BODIES,
    BODIES_IN_NAMES,
    GROUPS,
    HE,
    INTRODUCED,
    IT,
    PLACES,
    SHE,
    THEY,
    THIRD,
    UNCONTRACTED,
    WEATHER,
)
from claims.records import UNSETTLED

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANYBODY = frozenset({"someone", "somebody", "anyone", "anybody", "everyone", "everybody", "nobody", "one"})
_TIMES, _PEOPLES = frozenset({"DATE", "TIME"}), frozenset({"NORP", "LANGUAGE"})
_LINKING = frozenset({"be", "'s", "’s", "’", "'", "seem", "appear", "turn", "take"})
_RAISING = frozenset({"seem", "appear", "turn"})
# What is said of a thing with an infinitive: "it is likely to rise", "it is enough to win".
_OWN_ADJECTIVES = word_set(
    """
    able unable ready set likely unlikely due eligible entitled willing unwilling bound sure certain expected enough
    free keen eager poised prone liable supposed
    """
)
_DEGREES = re.compile(r"[-−–+]?\d+(?:[.,]\d+)? ?°?[CF]")
# The second word of a club's name, which may be that of a town or a family, too: "Harrow Town".
_CLUBS = word_set("fc united city town rovers wanderers athletic county albion hotspur motors")
# Before a noun in the singular that means each of many.
_EACH = frozenset({"any", "each", "every", "no"})
# Nouns in the singular that "they" may well mean.
_SEVERAL = BODY_NOUNS | GROUPS | BODIES | PAIRS
_SEVERAL |= word_set(
    "audience cabinet choir council crew crowd family gang generation jury majority minority public staff"
)
_MAYBE = ("if", "that", "whether")
_OBJECTS = ("dobj", "pobj", "dative")


def third_person(token: Token) -> bool:
    """Whether a token is "he", "it", "them" or the like: "IT" in capitals and the "He" of "Liu He" are names."""
    if token.lower_ not in THIRD or shouted(token):
        return False
    named = token.text[0].isupper() and token.i > token.sent.start and token.doc[token.i - 1].pos_ == "PROPN"
    return not named


def shouted(token: Token) -> bool:
    """Whether a word is in capitals, which make a name of it: "US", "IT", "WHO"."""
    return len(token.text) > 1 and bool(token.is_upper)


def tied(token: Token) -> int:
    """The last token written without a space after this one: the second of "he's"."""
    place = int(token.i)
    while not token.doc[place].whitespace_ and place + 1 < len(token.doc) and token.doc[place + 1].text[:1] in "'’":
        place += 1
    return place


def antecedent_in(token: Token, seen: Sequence[Token]) -> bool:
    """Whether the claim's own words before a pronoun contain a noun that it may well refer to."""
    roles = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "conj", "appos", "ROOT")
    person = token.lower_ in HE | SHE
    if _means_a_deed(token):
        # The tagger takes many a name for a verb: "Lakers".
        others = (w for w in seen if w.tag_ in FINITE and w.dep_ not in ("aux", "auxpass") and w.text[0].islower())
        return any(clause(word).i != clause(token).i for word in others)
    if token.lower_ not in IT and any(other.lower_ in _ANYBODY and not _counts(other) for other in seen):
        return True
    own_noun = _subject_of_relative(token)
    for other in seen:
        if own_noun is not None and other.i == own_noun.i:
            continue
        noun = other.pos_ in ("NOUN", "PROPN") or (other.tag_ == "WP" and shouted(other))
        # A name before its verb, which the parser has not read as the subject: "FC Valmere announced".
        misread = other.ent_type_ == "ORG" and other.dep_ not in roles and other.head.tag_ in FINITE
        if not noun or not (misread or other.dep_ in roles) or other.ent_type_ in _TIMES or barred(token, other):
            continue
        if token.lower_ in IT and other.ent_type_ in _PEOPLES:
            continue
        if _in_opening_participle(other, token) or (person and _of_other_gender(token, other)):
            continue
        subject = other.dep_ in ("nsubj", "nsubjpass")
        human = (other.ent_type_ == "PERSON" and not _names_a_body(other)) or lemma(other) in HUMAN_NOUNS
        # A name that the recogniser passed over is a person's as like as not.
        unlabelled = subject and other.pos_ == "PROPN" and not other.ent_type_
        if token.lower_ in THEY:
            # One person's "they" is somebody else: "Erekat said they would".
            joined = any(kid.dep_ == "conj" for kid in other.children)
            grouped = (other.pos_ == "PROPN" and not human) or lemma(other) in _SEVERAL
            one_of = token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.tag_ in ("CD", "DT", "JJ")
            # "Any user can change their name": each of many.
            each = any(kid.lower_ in _EACH for kid in other.children)
            fits = other.tag_ in ("NNS", "NNPS") or each or (subject and (joined or (grouped and not one_of)))
        else:
            single = other.tag_ in ("NN", "NNP", "WP") or (other.tag_ == "NNPS" and subject)  # "Brightwell Motors"
            fits = single and (human or unlabelled if person else not human)
        if fits:
            return True
    return False


def _of_other_gender(token: Token, noun: Token) -> bool:
    """As in "Nina Falk said he had known": the first name, the title or the noun itself tells that it is not she."""
    words = {
        noun.lower_.rstrip("."),
        *(kid.lower_.rstrip(".") for kid in noun.lefts if kid.dep_ in ("compound", "nmod")),
    }
    first = next((word for word in noun.lefts if word.dep_ == "compound" and word.ent_type_ == "PERSON"), None)
    known = gender_of(first.lower_) if first is not None else None
    male = bool(words & (MALE_TITLES | MALE_WORDS)) or known == "m"
    female = bool(words & (FEMALE_TITLES | FEMALE_WORDS)) or known == "f"
    return (male and not female) if token.lower_ in SHE else (female and not male)


def _counts(word: Token) -> bool:
    """As in "one of those nights": "one" is a number there, and nobody."""
    return word.lower_ == "one" and (word.dep_ == "nummod" or any(kid.lower_ == "of" for kid in word.children))


def own_nouns(token: Token, seen: Sequence[Token], own: Sequence[Token]) -> list[Token]:
    """The words before a pronoun in a claim to which it may refer: those of ``seen`` but for some speakers.

    These are one before whom the sentence has another subject, outside of the claim's ``own`` words ("the new engine is
    stronger, and Volvo says it will use less fuel": "it" may be the engine), and one before whom others were "they"
    ("They refused. His friends say they lied").
    """
    others = (_later_speaker(token, own), _speaker_beside_they(token), _decider(token))
    excluded = {noun.i for noun in others if noun is not None}
    return [word for word in seen if word.i not in excluded and not cited(word)]


def _subject_of_relative(token: Token) -> Token | None:
    """The noun that a pronoun's relative clause is said of: "the towns, which are full of them"."""
    verb = clause(token)
    if verb.dep_ != "relcl":
        return None
    if any(kid.lower_ in ("where", "when") for kid in verb.children):
        # "The finals, where they won": whoever won, the finals did not.
        return verb.head
    if token.dep_ in SUBJECTS and token.head.i == verb.i:
        # "The ending they carved out", "the tower, which it sold": not what does it.
        return verb.head
    is_its_subject = any(kid.tag_ in ("WDT", "WP") and kid.dep_ in SUBJECTS for kid in verb.children)
    return verb.head if is_its_subject and token.dep_ in _OBJECTS else None


def _decider(token: Token) -> Token | None:
    """As in "The union will decide whether it goes ahead": that may be the strike."""
    verb = clause(token)
    asked = verb.dep_ == "ccomp" and any(kid.dep_ == "mark" and kid.lower_ == "whether" for kid in verb.lefts)
    # "VW says that it’s enough to win": the engine is.
    asked = asked or (verb.dep_ == "ccomp" and any(kid.lower_ == "enough" for kid in verb.rights))
    return subject(verb.head) if asked and token.dep_ in SUBJECTS else None


def _speaker_beside_they(token: Token) -> Token | None:
    report = report_over(token)
    speaker = subject(report) if report is not None else None
    if speaker is None or token.lower_ not in THEY or speaker.pos_ != "NOUN" or token.sent.start == 0:
        return None
    previous = token.doc[token.sent.start - 1].sent
    return speaker if any(word.lower_ == "they" and word.head.dep_ == "ROOT" for word in previous) else None


def is_place_or_body(word: Token) -> bool:
    """Whether a word belongs to the name of a place or a body."""
    return word.ent_type_ in ("GPE", "ORG", "LOC") or (word.pos_ == "PROPN" and _names_a_body(word))


def is_before_its_name(noun: Token) -> bool:
    """As in "the charity Shelterbridge", whether or not the parser has read the name as beside it."""
    after = noun.doc[noun.i + 1 : noun.i + 2]
    return any(word.pos_ == "PROPN" and word.ent_type_ not in _TIMES for word in after)


def _names_a_body(name: Token) -> bool:
    """Whether a name has a noun of a body in it or before it, though the recogniser takes it for a person's."""
    parts = [name, *(kid for kid in name.lefts if kid.dep_ == "compound")]
    return any(part.lower_ in BODIES_IN_NAMES | INTRODUCED | _CLUBS for part in parts)


def _later_speaker(token: Token, own: Sequence[Token]) -> Token | None:
    report = report_over(token)
    speaker = subject(report) if report is not None else None
    if speaker is None or token.dep_ not in SUBJECTS or speaker.i > token.i:
        return None
    inside = {word.i for word in own}
    others = (
        word
        for word in token.sent
        if word.i < speaker.i and word.i not in inside and word.dep_ in SUBJECTS and word.pos_ in ("NOUN", "PROPN")
    )
    plural = token.lower_ in THEY
    rivals = any(is_plural(word) is plural and word.ent_type_ != "PERSON" for word in others)
    return speaker if rivals else None


def _means_a_deed(token: Token) -> bool:
    """As in "Reed has done it twice": what "it" means is what somebody did, and no thing."""
    return token.lower_ == "it" and token.dep_ == "dobj" and lemma(token.head) == "do"


def _in_opening_participle(noun: Token, token: Token) -> bool:
    """As in "Rebranded to resemble a neutral account, it posted": what the participle is said of is still open."""
    verb = clause(token)
    while noun.head.i not in (noun.i, verb.i):
        noun = noun.head
    bare = noun.tag_ in ("VBN", "VBG") and not any(kid.dep_ in ("nsubj", "nsubjpass", "aux") for kid in noun.children)
    return token.dep_ in ("nsubj", "nsubjpass") and noun.dep_ == "advcl" and noun.i < verb.i and bare


def described_before(token: Token) -> bool:
    """As in "A former ally of Sand, she resigned", "Born in Oran, she moved": the opening phrase is said of her."""
    opening = token.doc[token.sent.start : token.i]
    closed = len(opening) > 1 and opening[-1].text == "," and token.dep_ in SUBJECTS
    return closed and not any(word.tag_ in FINITE for word in opening)


def _is_extraposed(kid: Token) -> bool:
    """Whether "it" refers to a clause that follows: "it is clear that", "it took years to", "it would be odd if"."""
    if kid.dep_ == "advcl":
        # "It is compatible with both if you buy them": of something that is, "if" makes no such clause.
        certain = kid.head.tag_ in FINITE and any(other.dep_ in ("acomp", "attr") for other in kid.head.children)
        opener = next((other.lower_ for other in kid.lefts if other.dep_ == "mark"), "")
        return opener in _MAYBE and not (opener == "if" and certain)
    # "It turned out to be a stroll" is said of something, and what comes before "it" is another clause.
    said_of_it = any(word.lower_ in _OWN_ADJECTIVES for word in (kid.head, *kid.head.children))
    raised = kid.dep_ == "xcomp" and (lemma(kid.head) in _RAISING or said_of_it)
    return kid.dep_ in ("ccomp", "xcomp", "csubj") and kid.i > kid.head.i and not raised


def _is_weather(word: Token) -> bool:
    """As in "it was foggy", "it was −12C in Braemar": nothing is, the weather is told."""
    degrees = word.lower_ in ("degrees", "°c", "°f") or _DEGREES.fullmatch(word.text) is not None
    places = (kid for kid in (*word.head.children, *word.children) if kid.dep_ == "prep" and kid.lower_ == "in")
    placed = any(noun.pos_ == "PROPN" or lemma(noun) in PLACES for kid in places for noun in kid.children)
    # "It was sunny and cheap": a room is, or a café.
    more = any(kid.dep_ == "conj" and kid.lower_ not in WEATHER for kid in word.children)
    return (degrees and placed) or (word.lower_ in WEATHER and not more)


def either(token: Token) -> bool:
    """Whether a pronoun is generic, as in "his or her"."""
    around = [token.doc[i].lower_ for i in range(max(token.i - 2, 0), min(token.i + 3, len(token.doc)))]
    return "or" in around and bool(HE & set(around)) and bool(SHE & set(around))


def fixed(token: Token) -> bool:
    """Whether a pronoun may not be replaced: "his own" is the subject's, and "the him" is a slip of the writer's."""
    around = [token.doc[i].lower_ for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc)]
    return around[-1:] == ["own"] or (token.i > 0 and around[0] in ("the", "a"))


def empty(token: Token) -> bool:
    """As in "It rains", "it is likely that": nothing is meant by it."""
    if either(token):
        return True
    if token.lower_ != "it":
        return False
    head = token.head
    if token.dep_ == "expl" or lemma(head) in ("rain", "snow", "hail"):
        return True
    if lemma(head) in _LINKING or head.pos_ == "ADJ":
        complements = [kid for kid in head.children if kid.dep_ in ("acomp", "attr", "oprd")]
        complements += [kid for complement in complements for kid in complement.children if kid.dep_ == "conj"]
        # "It was around midnight when ...": the hour; "it was Fox who ...": a cleft.
        # "It is 60 years old": of something.
        is_time = any(kid.ent_type_ in ("DATE", "TIME") and kid.lower_ != "old" for kid in complements)
        cleft = any(
            k.dep_ == "relcl" for complement in complements if complement.pos_ == "PROPN" for k in complement.children
        )
        if any(_is_weather(kid) for kid in complements):
            return True
        return is_time or cleft or any(_is_extraposed(kid) for word in (head, *complements) for kid in word.children)
    passive = any(kid.dep_ == "auxpass" for kid in head.children)
    informed = lemma(head) in ("tell", "inform")
    return passive and not informed and any(kid.dep_ == "ccomp" and kid.i > head.i for kid in head.children)


def uncontracted(helper: Token) -> str | None:
    """What stands behind a pronoun as one word with it, written out: "he’d" may be "he would" or "he had"."""
    if helper.lower_ in ("'d", "’d"):
        return " would" if helper.tag_ == "MD" else " had"
    return UNCONTRACTED.get(helper.lower_)


def loose_beside(kid: Token) -> bool:
    """Whether a word with "the company" does not identify it: a clause after a comma, "itself", a possessive "'s"."""
    first = kid.left_edge
    clause_behind = kid.dep_ in ("relcl", "acl", "appos") and first.i > 0 and first.doc[first.i - 1].text == ","
    return kid.dep_ in ("case", "punct") or kid.lower_ in ("itself", "themselves") or clause_behind


def open_reason(token: Token) -> str:
    """The reason that a pronoun stays open."""
    return f"who or what “{token.text}” is {UNSETTLED}"
