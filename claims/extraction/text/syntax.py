"""Grammatical queries on the parse tree: subject, clause, phrase, negation. Offsets are those of the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from claims.extraction.text.document import char_span, is_known_verb
from claims.lexicon.moods import BEING
from claims.lexicon.verbs import CLOSING, FREQUENT_FORMS, SPEAKING, gerund
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_VERBAL = frozenset({"VERB", "AUX"})
# Tags of finite verbs.
FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
# Verbs whose object, not whose subject, does what the infinitive after them says.
_CONTROLLING = """
ask urge tell want order allow force persuade encourage expect advise invite require help get let make have enable
push press call prompt lead cause inspire
"""
_ADDRESSING = frozenset({"tell", "inform", "remind", "assure", "warn"})
_OBJECT_CONTROL = frozenset(_CONTROLLING.split())
_SHARING = frozenset({"conj", "xcomp", "advcl", "ccomp", "dep", "acomp", "aux", "oprd", "parataxis"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "nobody", "none", "neither", "nor", "hardly", "without"})
_TRIMMED = frozenset(",;:.-–—")
_CLIMB = 5
_DOUBLED = re.compile(r"(.)\1")


def child(token: Token, *labels: str) -> Token | None:
    """The first child of a token with one of these dependency labels."""
    for other in token.children:
        if other.dep_ in labels:
            return other
    return None


def lemma(token: Token) -> str:
    """A token's lemma in lower case; a misspelt verb of saying ("teling") is corrected."""
    listed = token.lemma_.lower()
    return _mended(token.lower_, listed) if token.pos_ == "VERB" else listed


@lru_cache(maxsize=4096)
def _mended(word: str, listed: str) -> str:
    if len(word) < 5 or is_known_verb(listed):
        return listed
    near = process.extractOne(word, list(FREQUENT_FORMS), scorer=DamerauLevenshtein.distance, score_cutoff=1)
    return FREQUENT_FORMS[near[0]] if near is not None else listed


def base(participle: str, listed: str) -> str:
    """The lemma of an -ing form, as ``listed``; a misspelt double letter of a speech verb is corrected."""
    word = participle.lower()
    right, verb = _verbs_of_saying().get(_without_doubling(word), (word, ""))
    return listed.lower() if word == right else verb


@lru_cache(maxsize=1)
def _verbs_of_saying() -> dict[str, tuple[str, str]]:
    """The -ing forms of verbs of saying without doubled letters, each with its right spelling and its verb."""
    return {_without_doubling(gerund(verb)): (gerund(verb), verb) for verb in SPEAKING}


def _without_doubling(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The subject of a verb: its own, or the one shared with the clause above."""
    own = [kid for kid in verb.children if kid.dep_ in ("nsubj", "nsubjpass", "expl")]
    if own and lemma(verb) in _ADDRESSING and any(kid.i < verb.i for kid in own):
        # "Jack Buser, a director, tells The Hollywood Reporter": behind the verb stands who is told.
        own = [kid for kid in own if kid.i < verb.i]
    if own:
        # "“As a founder of the firm, I knew,” the statement read": of two, the parser made up the one that is farther.
        # So it does with the clause's: "That, said the regulator, was wrong".
        return min(own, key=lambda kid: (_stands_behind_comma(kid, verb), abs(kid.i - verb.i)))
    if depth > _CLIMB or verb.head.i == verb.i:
        return None
    return _shared_subject(verb, verb.head, depth)


def _stands_behind_comma(token: Token, verb: Token) -> bool:
    """Whether a comma stands right beside a verb, between it and another word."""
    beside = verb.i - 1 if token.i < verb.i else verb.i + 1
    return verb.doc[beside].text == ","


def _shared_subject(verb: Token, head: Token, depth: int) -> Token | None:
    """The subject that a clause without one of its own has from the word that it hangs on."""
    if verb.dep_ in ("acl", "relcl") and head.pos_ not in _VERBAL:
        return _noun_controller(verb, head, depth)
    if verb.dep_ in ("xcomp", "ccomp") and lemma(head) in _OBJECT_CONTROL:
        controller = child(head, "dobj", "dative")
        if controller is not None and controller.i < verb.i:
            return controller
    if verb.dep_ == "pcomp" or head.dep_ == "prep":
        above = head.head
        return subject(above, depth + 1) if above.pos_ in _VERBAL else child(above, "poss")
    return subject(head, depth + 1) if verb.dep_ in _SHARING else None


def _noun_controller(verb: Token, noun: Token, depth: int) -> Token | None:
    """Of "a statement saying" it is the statement; of "his plan to cut" it is he."""
    if verb.tag_ == "VB":
        owner = child(noun, "poss")
        if owner is not None:
            return owner
        return subject(noun.head, depth + 1) if noun.dep_ in ("dobj", "attr") else None
    return noun if verb.tag_ == "VBG" else None


def agent(verb: Token) -> Token | None:
    """The agent of a passive verb: the noun after "by"."""
    by = child(verb, "agent")
    return child(by, "pobj") if by is not None else None


def is_negated(token: Token) -> bool:
    """Whether a verb, adjective or noun is denied by a word of its own clause."""
    for other in token.children:
        if other.dep_ == "neg" or (other.dep_ in ("advmod", "det", "cc", "preconj") and other.lower_ in _NEGATIONS):
            return True
        own = (other, *other.children) if other.dep_ in SUBJECTS and other.i < token.i else ()
        if any(word.lower_ in ("nobody", "none", "neither") and word.dep_ != "pobj" for word in own):
            return True
    head = token.head
    return (
        token.dep_ in ("xcomp", "acomp", "attr") and head.i != token.i and any(o.dep_ == "neg" for o in head.children)
    )


def phrase(head: Token, without: Iterable[Token] = ()) -> list[Token]:
    """The tokens under a head in order, less those under the tokens left out; white space left out too."""
    barred = {token.i for token in without}
    result: list[Token] = []
    todo = [head]
    while todo:
        token = todo.pop()
        if token.i in barred:
            continue
        if not token.is_space:
            result.append(token)
        todo.extend(token.children)
    return sorted(result, key=lambda token: token.i)


def hyphenated(token: Token) -> Token:
    """The last token of the hyphenated word that a token begins: of "neo-banks" it is "banks"."""
    doc, place = token.doc, token.i
    while (
        place + 2 < len(doc)
        and doc[place + 1].text == "-"
        and not (doc[place].whitespace_ or doc[place + 1].whitespace_)
    ):
        place += 2
    return doc[place]


def unbroken_runs(tokens: Iterable[Token]) -> list[list[Token]]:
    """Split tokens into runs without gaps."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i - runs[-1][-1].i == 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def spans(tokens: Iterable[Token]) -> tuple[Span, ...]:
    """The spans of tokens: one for each run without gaps, without commas and stops at the ends."""
    result = []
    for run in unbroken_runs(tokens):
        solid = trimmed_tokens(run)
        if solid:
            result.append((char_span(solid[0])[0], char_span(solid[-1])[1]))
    return tuple(result)


def trimmed_tokens(tokens: list[Token]) -> list[Token]:
    """Tokens without the commas, stops and dashes at either end."""
    start, end = 0, len(tokens)
    while start < end and (tokens[start].text in _TRIMMED or tokens[start].is_space):
        start += 1
    while end > start and (tokens[end - 1].text in _TRIMMED or tokens[end - 1].is_space):
        end -= 1
    return tokens[start:end]


def is_verb(token: Token) -> bool:
    """Whether a token is a verb, the auxiliaries included."""
    return token.pos_ in _VERBAL


def is_plural(noun: Token) -> bool:
    """Whether a noun is more than one: in the plural, or joined to another."""
    return noun.tag_ in ("NNS", "NNPS") or any(kid.dep_ == "conj" for kid in noun.children)


def about_to(going: Token) -> bool:
    """Whether a verb is "going" after a form of "be", as in "is going to win"."""
    if not any(kid.dep_ == "xcomp" and kid.tag_ == "VB" for kid in going.children):
        return False
    helped = going.head if going.dep_ == "conj" else going
    before = going.doc[going.i - 1].lower_ if going.i else ""
    return before in BEING or any(kid.lower_ in BEING for kid in (*going.lefts, *helped.lefts))


def shared_helpers(verb: Token, *sharing: str) -> set[str]:
    """A verb's auxiliaries, and in one of the relations ``sharing`` those of the verb above it: "may go and say"."""
    shares = verb.dep_ in sharing and verb.tag_ in ("VB", "VBG") and child(verb, "nsubj", "nsubjpass") is None
    words = (verb, verb.head) if shares else (verb,)
    return {kid.lower_ for word in words for kid in word.children if kid.dep_ == "aux"}


def overlap(spans: Sequence[Span], span: Span | None) -> bool:
    """Whether a span shares a character with any of the others."""
    return span is not None and any(start < span[1] and span[0] < end for start, end in spans)


def as_somebody_will(verb: Token) -> bool:
    """Whether a verb is that of "as any sailor will tell you": nobody has told it."""
    before = verb.doc[verb.sent.start : verb.i]
    marked = any(kid.lower_ == "as" and kid.dep_ in ("mark", "advmod") for kid in verb.lefts)
    opens = bool(len(before)) and before[0].lower_ == "as" and not any(word.text == "," for word in before)
    return (marked or opens) and any(kid.dep_ == "aux" and kid.lower_ == "will" for kid in verb.lefts)


def in_passing(verb: Token) -> bool:
    """Whether a verb is that of "that said, ...", "that being said, ...": nobody has said anything."""
    first = verb.sent.start
    words = [token.lower_ for token in verb.doc[first : verb.i + 2]]
    return words in (["that", "said", ","], ["that", "being", "said", ","])


def closes_report(verb: Token) -> bool:
    """As in "They said no such thing, chief Dale Lind told us": the parser takes the report for what "they" said."""
    named = child(verb, "nsubj")
    if verb.dep_ != "ccomp" or named is None or child(verb, "mark", "ccomp", "xcomp") is not None:
        return False
    comma = verb.doc[max(min(named.left_edge.i, verb.i) - 1, 0)]
    return verb.head.i < comma.i and comma.text == "," and lemma(verb) in SPEAKING and bool(child(verb.head, "dobj"))


def closes_both(verb: Token) -> bool:
    """As in "The ferry left, but nobody saw it, captain Dale Lind said": the report at the end gives both clauses."""
    clause, named, first = child(verb, "ccomp"), child(verb, "nsubj"), verb.head
    if verb.dep_ != "conj" or not is_verb(first) or clause is None or named is None or lemma(verb) not in CLOSING:
        return False
    apart = lemma(first) in SPEAKING or any(word.text in (";", ".") for word in verb.doc[first.i : verb.i])
    return first.i < clause.i < min(named.i, verb.i) and not apart


def tells_nobody(verb: Token) -> bool:
    """As in "Owner knew of it, inquiry told": who tells nobody anything was told it, as headlines have it."""
    after = next(iter(verb.doc[verb.i + 1 : verb.i + 2]), None)
    return lemma(verb) == "tell" and (after is None or after.is_punct or after.is_space)


def is_own_report(verb: Token) -> bool:
    """As in "..., and villagers said it leaked": a clause that says who reports what."""
    own, content = child(verb, "nsubj"), child(verb, "ccomp")
    named = own is not None and own.pos_ != "PRON" and own.i < verb.i and lemma(verb) in SPEAKING
    return named and content is not None and content.i > verb.i


def is_report_beside(verb: Token, first: Token) -> bool:
    """As in "Engineers said it was safe and villagers said it leaked"; behind "that" the first reports the second."""
    marked = any(kid.dep_ == "mark" for kid in (*verb.lefts, *verb.head.lefts))
    helpers = [[lemma(kid) for kid in word.lefts if kid.dep_ == "aux"] for word in (first, verb)]
    alike = (first.tag_, helpers[0]) == (verb.tag_, helpers[1])
    return alike and not marked and lemma(first) in SPEAKING and is_own_report(verb)


def holds_no_clause(verb: Token, kid: Token) -> bool:
    """As in "found every hotel full": nobody has said it.

    Nor does a main verb take "was empty" alone: "the ship, which A says was full and B says was empty, sank".
    """
    judged = lemma(verb) == "find" and kid.pos_ == "ADJ" and not any(map(is_verb, kid.subtree))
    bare = (
        child(kid, *SUBJECTS, "expl", "mark") is None and kid.left_edge.i == verb.i + 1 and kid.tag_ in FINITE - {"MD"}
    )
    return judged or (bare and verb.dep_ == "ROOT" and is_verb(kid))


def with_trailing_phrases(verb: Token, content: list[Token]) -> list[Token]:
    """With the phrases that follow without a comma: the parser hangs many of them too high."""
    end = content[-1].i
    for kid in verb.children:
        if kid.i <= end or kid.dep_ != "prep":
            continue
        words = phrase(kid)
        between = [verb.doc[place] for place in range(end + 1, words[0].i)]
        if words and all(token.is_quote for token in between):
            content = [*content, *between, *words]
            end = content[-1].i
    return content


def places_inside(places: Sequence[int], spans: Sequence[Span]) -> int:
    """How many of some places, in order, lie in one of these stretches."""
    counted = reached = 0
    for start, end in sorted(spans):
        first, last = bisect_left(places, max(start, reached)), bisect_left(places, end)
        counted, reached = counted + max(last - first, 0), max(reached, end)
    return counted
