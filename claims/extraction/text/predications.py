"""Reads the predications of a sentence: predicate, agent, patient, negation, condition, quantifier.

There is one record for each verb with its clause; `placements` says where the words stand. The records are read from
the parse tree, so that code that compares two sentences does not need the parser.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from claims.extraction.text.document import english_pipeline, parsable
from claims.extraction.text.placements import Placement, placements_of
from claims.extraction.text.syntax import agent, child, is_negated, is_verb, lemma, phrase, subject
from claims.lexicon.framing import IF_WORDS, NOT_DOING, PART_WORDS, REPORTING
from claims.lexicon.verbs import SAYING

if TYPE_CHECKING:
    from spacy.tokens import Token

# A sentence is read again for every claim that is put to its page.
_KEPT = 4096
_read: dict[str, tuple[tuple[Predication, ...], tuple[Placement, ...]]] = {}
# A longer text is no sentence.
_LONGEST = 1200
# Clauses that hang on a verb and say something of their own.
_CLAUSES = frozenset({"conj", "advcl", "relcl", "acl", "ccomp", "parataxis", "csubj", "dep", "pcomp", "xcomp"})
# How a clause hangs on the verb or noun that holds it: "plans to build", "accused of taking", "said that it built".
_HELD_BY = frozenset({"xcomp", "ccomp", "pcomp", "acl", "oprd"})
_CLIMB = 8
# Before a gerund that completes a verb: "charged with taking", "arrested for taking", "considered closing".
_OF_WHAT = frozenset({"about", "at", "for", "from", "in", "of", "on", "over", "to", "with"})
_RANKS = frozenset({"first", "last", "latest", "next", "only"})
# Where the parser takes them for adverbs ("stepped down"), they are particles right behind the verb.
_PARTICLES = frozenset({"ahead", "down", "off", "out", "up"})
_TO_COME = frozenset({"will", "'ll", "wo", "shall"})
# They open a condition of what is to come: "will be abolished when conditions allow".
_LATER = frozenset({"when", "once"})
_PAST = frozenset({"was", "were", "had", "has", "have", "did", "'ve", "'d"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A noun with its own words: ``head`` is its lemma; ``part`` the words that make a part of it, "one of".

    ``apposed`` is what stands beside it for the same: "the mayor" of "Mara Lind, the mayor, said".
    """

    head: str
    text: str
    part: str = ""
    apposed: Phrase | None = None

    @property
    def forms(self) -> tuple[Phrase, ...]:
        """Itself, and what stands beside it."""
        return (self, self.apposed) if self.apposed is not None else (self,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Predication:
    """One verb with its agent and patient; None if the clause does not name them.

    ``clause`` are the words of the clause without the clauses that hang on it. ``held`` are the words that keep it
    from being a plain fact, outermost last: "plan" of "plans to build", "accuse" of "accused of taking", "would".
    ``speaker`` is who is said to say it. ``condition`` opens what it depends on ("if"). ``beside`` are the nouns after
    a preposition of the verb or its object: ("to", Castor) of "sold the mill to Castor".
    """

    predicate: str
    agent: Phrase | None
    patient: Phrase | None
    clause: str
    negated: bool = False
    future: bool = False
    past: bool = False
    held: tuple[str, ...] = ()
    speaker: Phrase | None = None
    condition: str = ""
    beside: tuple[tuple[str, Phrase], ...] = ()


def predications(sentences: Iterable[str]) -> list[tuple[Predication, ...]]:
    """What each sentence says, verb by verb, in order; nothing where it is too long to be one.

    Sentences that were not read before are parsed together.

    Raises:
        ModelError: no language model is installed.
    """
    return [clauses for clauses, _ in _readings(sentences)]


def placements(sentences: Iterable[str]) -> list[tuple[Placement, ...]]:
    """Where the content words of each sentence stand, in order; nothing where it is too long to be one.

    Raises:
        ModelError: no language model is installed.
    """
    return [places for _, places in _readings(sentences)]


def _readings(sentences: Iterable[str]) -> list[tuple[tuple[Predication, ...], tuple[Placement, ...]]]:
    texts = list(sentences)
    new = [text for text in dict.fromkeys(texts) if text not in _read and len(text) <= _LONGEST]
    parsed = {
        sentence: (tuple(_predication(verb) for verb in doc if _tells(verb)), placements_of(doc))
        for sentence, doc in zip(
            new, english_pipeline().pipe(map(parsable, new), disable=["ner"]) if new else (), strict=True
        )
    }
    answers = [parsed[text] if text in parsed else _read.get(text, ((), ())) for text in texts]
    if len(_read) + len(parsed) > _KEPT:
        _read.clear()
    _read.update(parsed)
    return answers


@lru_cache(maxsize=_KEPT)
def name_starts(sentence: str) -> frozenset[int]:
    """The offsets in a sentence of the words that the tagger takes for parts of names."""
    return frozenset(
        token.idx
        for token in english_pipeline()(parsable(sentence[:_LONGEST]), disable=["ner", "parser"])
        if token.pos_ == "PROPN"
    )


def _tells(token: Token) -> bool:
    """Whether a token is the verb of a clause; "is" is one where it has a predicate noun or adjective."""
    if not is_verb(token) or token.dep_ in ("aux", "auxpass"):
        return False
    return token.dep_ not in ("amod", "compound", "nmod", "prep", "nsubj", "nsubjpass", "dobj", "pobj", "appos")


def _predication(verb: Token) -> Predication:
    done_by, done_to = _roles(verb)
    held, speaker = _holders(verb)
    helpers = [kid for kid in _first_of(verb).children if kid.dep_ in ("aux", "auxpass")]
    modal = tuple(kid.lower_ for kid in helpers if kid.tag_ == "MD" and kid.lower_ not in ("will", "'ll", "wo"))
    below = [kid for kid in verb.children if kid.dep_ in _CLAUSES]
    return Predication(
        predicate=_named_by(verb),
        agent=_phrase_of(done_by),
        patient=_phrase_of(done_to),
        clause=_joined_text(phrase(verb, below)),
        negated=is_negated(verb) or _is_done_to_none(verb),
        past=verb.tag_ == "VBD" or any(kid.lower_ in _PAST for kid in helpers),
        future=any(kid.lower_ in _TO_COME for kid in helpers),
        held=(*modal, *held),
        speaker=_phrase_of(speaker),
        condition=_condition_of(verb),
        beside=tuple(_beside_of(verb, done_to)),
    )


def _named_by(verb: Token) -> str:
    """The verb's lemma with its particle ("shut down"); of "is" with what it says somebody is ("be head")."""
    name = lemma(verb)
    beside = next((kid for kid in verb.rights if kid.i == verb.i + 1 and kid.lower_ in _PARTICLES), None)
    particle = child(verb, "prt") or beside
    complement = child(verb, "attr", "acomp") if name == "be" else None
    return " ".join(
        word for word in (name, particle.lower_ if particle else "", lemma(complement) if complement else "") if word
    )


def _roles(verb: Token) -> tuple[Token | None, Token | None]:
    """Who does it and to whom it is done; a passive is turned round."""
    passive = child(verb, "nsubjpass")
    helper = child(verb, "auxpass")
    if passive is not None or helper is not None:
        joined = [kid for kid in verb.children if kid.dep_ == "conj" and _shares_passive(kid)]
        return next(filter(None, map(agent, (verb, *joined))), None), passive or subject(verb)
    if _shares_passive(verb):
        done_by, done_to = _roles(verb.head)
        return agent(verb) or done_by, done_to
    if verb.dep_ in ("acl", "relcl") and verb.tag_ == "VBN":
        return agent(verb), verb.head  # "the bridge built by the army"
    return subject(verb), child(verb, "dobj", "attr")


def _first_of(verb: Token) -> Token:
    """The verb that has the helpers of a passive: "shot" in "was shot and wounded"."""
    return verb.head if _shares_passive(verb) else verb


def _shares_passive(verb: Token) -> bool:
    """Whether a verb is the second of a passive: "was shot and wounded by a robber"."""
    if verb.dep_ != "conj" or verb.tag_ not in ("VBN", "VBD") or child(verb, "nsubj", "nsubjpass", "dobj", "auxpass"):
        return False
    return child(verb.head, "auxpass") is not None and verb.head.i < verb.i


def _beside_of(verb: Token, done_to: Token | None) -> Iterator[tuple[str, Phrase]]:
    """The nouns after the prepositions of a verb and of its object, "ahead of" being one; not who did it.

    Of what somebody is also whose: "A is B's mother" is "A is the mother of B".
    """
    complement = child(verb, "attr", "acomp") if lemma(verb) == "be" else None
    owner = _phrase_of(child(complement, "poss")) if complement is not None else None
    if owner is not None:
        yield "of", replace(owner, text=owner.text.removesuffix("'s").removesuffix("’s").strip())
    holders = [done_to] if done_to is not None and done_to.head.i == verb.i else []
    holders += [complement] if complement is not None and complement not in holders else []
    for holder in (verb, *holders):
        for kid in holder.children:
            lead = next((word for word in kid.children if word.dep_ == "prep"), None) if kid.dep_ == "advmod" else None
            case = lead if lead is not None else kid
            noun = child(case, "pobj") if case.dep_ in ("prep", "dative") else None
            noun_phrase = _phrase_of(noun)
            if noun_phrase is not None:
                yield (kid.lower_ if lead is None else f"{kid.lower_} {case.lower_}"), noun_phrase


def _holders(verb: Token) -> tuple[list[str], Token | None]:
    """The words above a clause that hold it, and who is said to say it."""
    holders: list[str] = []
    sayer, token = None, verb
    for _ in range(_CLIMB):
        above = token.head
        opener = _opens_with(token)
        holders += [opener] if opener else []
        if above.i == token.i or token.dep_ not in (*_HELD_BY, "conj", "prep"):
            break
        if is_verb(above) and _is_reporting(above) and not is_negated(above) and token.dep_ in ("ccomp", "parataxis"):
            sayer = sayer or subject(above)
        elif _makes_dependent(above, token) or (token.dep_ == "pcomp" and above.lower_ in NOT_DOING):
            holders.append(lemma(above))
        token = above
    return holders, sayer or _told_after(verb)


def _is_reporting(verb: Token) -> bool:
    return lemma(verb) in SAYING or lemma(verb) in REPORTING


def _opens_with(token: Token) -> str:
    """The word that makes a clause a condition or a question: "if", "whether"."""
    if token.dep_ not in ("advcl", "ccomp", "pcomp"):
        return ""
    return next((kid.lower_ for kid in token.lefts if kid.lower_ in IF_WORDS or kid.lower_ == "whether"), "")


def _makes_dependent(above: Token, token: Token) -> bool:
    """Whether a word above a clause keeps it from standing alone: "plans to", "accused of", "the plan to"."""
    if above.i > token.i or above.pos_ == "ADP":
        return False
    if token.dep_ == "prep":
        return token.lower_ in _OF_WHAT and child(token, "pcomp") is not None
    if token.dep_ == "acl" and any(kid.lower_ in _RANKS or kid.tag_ == "JJS" for kid in above.children):
        return False  # "the first woman to lead the bank" leads it
    return token.dep_ in ("xcomp", "ccomp", "oprd") or (token.dep_ == "acl" and token.tag_ == "VB")


def _told_after(verb: Token) -> Token | None:
    """Who says it in "P, X said", where the verb of saying hangs below; or after "according to"."""
    for kid in verb.children:
        if kid.dep_ in ("ccomp", "parataxis") and _is_reporting(kid) and kid.i > verb.i:
            return child(kid, "nsubj")
        if kid.dep_ == "prep" and kid.lower_ == "according":
            to = child(kid, "prep")
            return child(to, "pobj") if to is not None else None
    return None


def _condition_of(verb: Token) -> str:
    """The word that opens a condition of a clause: "if", "unless"; of what will be also "when"."""
    openers = IF_WORDS | _LATER if any(kid.lower_ in _TO_COME for kid in verb.children) else IF_WORDS
    for kid in verb.children:
        if kid.dep_ in ("advcl", "prep", "dep") and (opener := _opener_of(kid, openers)):
            return opener
    return ""


def _is_done_to_none(verb: Token) -> bool:
    """Whether the object denies the verb: "won nothing", not "found nothing but rubble"."""
    done_to = child(verb, "dobj")
    return done_to is not None and done_to.lower_ in ("nothing", "nobody") and not list(done_to.rights)


def _opener_of(clause: Token, openers: Collection[str]) -> str:
    return next((word.lower_ for word in (clause, *clause.children) if word.lower_ in openers), "")


def _phrase_of(head: Token | None) -> Phrase | None:
    """A noun phrase without the clauses on it; of "one of the five reactors" the noun is the reactor."""
    if head is None:
        return None
    part, noun = "", head
    of = next((kid for kid in head.children if kid.dep_ == "prep" and kid.lower_ == "of"), None)
    within = child(of, "pobj") if of is not None else None
    if within is not None and (head.lower_ in PART_WORDS or head.like_num):
        # "None of the passengers" are no passengers.
        part, noun = "" if head.lower_ == "none" else f"{head.text} of", within
    elif within is not None and head.lower_ == "total":
        noun = within  # "a total of 12 tonnes" are 12 tonnes
    below = [kid for kid in noun.children if kid.dep_ in ("relcl", "acl", "appos", "conj", "cc")]
    beside = child(noun, "appos")
    return Phrase(
        head=lemma(noun),
        text=_joined_text(phrase(noun, below)).rstrip(" ,"),
        part=part,
        apposed=_phrase_of(beside) if beside is not None and beside.pos_ in ("NOUN", "PROPN") else None,
    )


def _joined_text(tokens: list[Token]) -> str:
    return "".join(_spaced(tokens)).strip()


def _spaced(tokens: list[Token]) -> Iterator[str]:
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        yield token.text
        if after is None or token.whitespace_ or after.i != token.i + 1:
            yield " "
