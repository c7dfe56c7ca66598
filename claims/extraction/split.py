"""Sentences into atomic claims: each clause that asserts something of its own, with its exact words.

A part borrows what it shares with the clause it was cut from (its subject, its auxiliary), so that it can
stand alone; what cannot stand alone is not cut off. The cuts follow the parse: coordination, non-restrictive
relative clauses, participles, "with ... making", "including having", "given that", appositions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from claims.extraction.clauses import child, is_verb, lemma, phrase, spans, subject
from claims.extraction.inflect import base, past
from claims.extraction.lexicon import ASSERTING, JOINING, RESULTING
from claims.extraction.roles import apposition
from claims.extraction.sentences import Sentence, char_span
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Word: TypeAlias = "Token | str"
_SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVE = frozenset({"WP", "WDT", "WP$", "WRB"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV", "PRON"})


class Form(StrEnum):
    """How a part was cut off."""

    MAIN = "main"
    COORDINATE = "coordinate"
    RELATIVE = "relative"
    PARTICIPLE = "participle"
    ADVERBIAL = "adverbial"
    APPOSITION = "apposition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One assertion of a sentence.

    ``tokens`` are its words in the text, the borrowed ones included, in order; ``line`` is what it says in its
    own order, with words of ours where grammar asks for them; ``head`` is its verb.
    """

    sentence: Sentence
    form: Form
    head: Token
    tokens: tuple[Token, ...]
    line: tuple[Word, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where its words stand in the page's text; outer commas and stops are left out."""
        return spans(self.tokens)


@dataclass(frozen=True, slots=True)
class _Cut:
    """``head`` and what hangs under it leaves the sentence, and ``removed`` with it.

    ``lead`` is put before it and ``after`` behind it; ``dropped`` are left out and ``swapped`` said otherwise.
    """

    form: Form
    head: Token
    lead: tuple[Word, ...] = ()
    dropped: frozenset[int] = frozenset()
    swapped: tuple[tuple[int, str], ...] = ()
    after: tuple[Word, ...] = ()
    removed: frozenset[int] = frozenset()


def split(sentence: Sentence, quoted: Sequence[Span] = ()) -> list[Part]:
    """Cut a sentence into its assertions, in reading order; ``quoted`` are never cut inside.

    A sentence without anything to cut off comes back whole.
    """
    tokens = [token for token in sentence.tokens if not token.is_space]
    if not tokens:
        return []
    found = list(_cuts(tokens, quoted))
    heads = [cut.head for cut in found]
    parts = [_part(sentence, cut, heads) for cut in found]
    parts = [part for part in parts if _stands(part)]
    kept = {part.head.i for part in parts}
    gone = [cut for cut in found if cut.head.i in kept and cut.form is not Form.APPOSITION]
    main = _main(sentence, tokens, gone)
    return sorted([*main, *parts], key=lambda part: (_own_start(part), part.form is not Form.MAIN))


def _own_start(part: Part) -> int:
    return (
        part.tokens[0].i if part.form is Form.MAIN else max(part.tokens[0].i, min(part.head.i, part.head.left_edge.i))
    )


def _main(sentence: Sentence, tokens: list[Token], gone: list[_Cut]) -> list[Part]:
    heads = [cut.head for cut in gone]
    barred = {token.i for head in heads for token in phrase(head)} | _joints(heads)
    barred = barred.union(*(cut.removed for cut in gone))
    rest = [token for token in tokens if token.i not in barred]
    if not rest:
        return []
    root = sentence.tokens.root
    return [Part(sentence=sentence, form=Form.MAIN, head=root, tokens=tuple(rest), line=tuple(rest))]


def _joints(heads: list[Token]) -> set[int]:
    """The conjunctions, prepositions and commas that joined what was cut off to the rest."""
    joints: set[int] = set()
    for head in heads:
        above = head.head
        if head.dep_ == "pcomp" and above.lower_ in ("with", "including"):
            joints.add(above.i)
        if head.dep_ == "conj":
            joints |= {k.i for k in above.children if k.dep_ == "cc" and k.i < head.i}
        words = phrase(head)
        left, right = words[0].i - 1, words[-1].i + 1
        if left >= 0 and right < len(head.doc) and head.doc[left].text == head.doc[right].text == ",":
            joints.add(right)
        while left >= 0 and ((head.doc[left].is_punct and head.doc[left].text not in "\"'”’)]") or left in joints):
            joints.add(left)
            left -= 1
    return joints


def _part(sentence: Sentence, cut: _Cut, heads: list[Token]) -> Part:
    inner = [head for head in heads if head.i != cut.head.i and cut.form is not Form.APPOSITION]
    barred = cut.dropped | _joints([head for head in inner if cut.head.is_ancestor(head)])
    own = [token for token in phrase(cut.head, without=inner) if token.i not in barred]
    own = _unopened(own)
    swapped = dict(cut.swapped)
    line: list[Word] = [*cut.lead, *(swapped.get(token.i, token) for token in own), *cut.after]
    borrowed = [word for word in (*cut.lead, *cut.after) if not isinstance(word, str)]
    taken = {token.i: token for token in (*borrowed, *own)}
    tokens = tuple(taken[place] for place in sorted(taken))
    return Part(sentence=sentence, form=cut.form, head=cut.head, tokens=tokens, line=tuple(line))


def _unopened(tokens: list[Token]) -> list[Token]:
    start = 0
    while start < len(tokens) and (
        tokens[start].dep_ == "cc" or (tokens[start].is_punct and tokens[start].text in ",;:-–—")
    ):
        start += 1
    return tokens[start:]


def _stands(part: Part) -> bool:
    """Whether a part says something: a verb or a role, and two words of content at least."""
    content = [t for t in part.tokens if t.pos_ in _CONTENT and t.i != part.head.i]
    return len(content) >= (1 if part.form is Form.APPOSITION else 2)


def _cuts(tokens: list[Token], quoted: Sequence[Span]) -> Iterator[_Cut]:
    for token in tokens:
        if _inside(token, quoted):
            continue
        cut = _cut(token) if is_verb(token) or token.lower_ == "given" else apposition_cut(token)
        if cut is not None:
            yield cut


def _inside(token: Token, quoted: Sequence[Span]) -> bool:
    place = char_span(token)[0]
    return any(start <= place < end for start, end in quoted)


def _cut(verb: Token) -> _Cut | None:
    for rule in (_coordinate, _clausal_root, _relative, _absolute, _participle, _including, _adverbial):
        cut = rule(verb)
        if cut is not None:
            return cut
    return None


def _reported(token: Token) -> bool:
    """Whether a token stands inside what somebody says or thinks, or inside a condition."""
    while token.head.i != token.i:
        if token.dep_ in ("ccomp", "xcomp", "csubj", "pcomp") or (
            token.dep_ == "advcl" and _mark(token) in ("if", "unless")
        ):
            return True
        token = token.head
    return False


def _mark(verb: Token) -> str:
    words = [kid.lower_ for kid in verb.lefts if kid.dep_ in ("mark", "advmod") and kid.i < verb.i]
    return " ".join(words[:2]) if words[:1] == ["even"] else next(iter(words), "")


def _aux(verb: Token) -> tuple[Token, ...]:
    return tuple(kid for kid in verb.lefts if kid.dep_ in ("aux", "auxpass", "neg"))


def _pattern(verb: Token) -> tuple[str, ...]:
    return (*(lemma(kid) for kid in _aux(verb)), verb.tag_)


def _superior(verb: Token) -> Token:
    """The verb that a coordinated verb is really joined to: "has said that he wants ..., and has called"."""
    above = verb.head
    over = above.head
    same_form = _pattern(verb) == _pattern(over) != _pattern(above)
    if above.dep_ == "ccomp" and above.i > over.i and same_form and child(verb, *_SUBJECTS) is None:
        return over
    return above


def _coordinate(verb: Token) -> _Cut | None:
    if verb.dep_ != "conj" or not is_verb(verb.head):
        return None
    above = _superior(verb)
    joint = [kid.lower_ for kid in verb.head.children if kid.dep_ == "cc" and kid.i < verb.i]
    if joint and joint[-1] not in JOINING:
        return None
    own = child(verb, *_SUBJECTS, "expl")
    if above.dep_ == "ccomp" and above.head.i != above.i:
        return _within_report(verb, above, own)
    if above.dep_ in ("relcl", "acl", "advcl") or _reported(above):
        return None
    if own is not None:
        return _Cut(Form.COORDINATE, verb)
    return _sharing(verb, above)


def _sharing(verb: Token, above: Token) -> _Cut | None:
    shared = subject(above)
    if shared is None or shared.dep_ == "expl" or len(phrase(verb)) < 2:
        return None
    if verb.tag_ == "VB" and not _aux(verb) and not any(aux.dep_ == "aux" for aux in _aux(above)):
        return None
    lead: list[Word] = list(_noun_phrase(shared))
    if verb.tag_ in ("VB", "VBG", "VBN") and not _aux(verb):
        lead += _aux(above)
    return _Cut(Form.COORDINATE, verb, tuple(lead))


def _within_report(verb: Token, above: Token, own: Token | None) -> _Cut | None:
    """ "Officials said the bridge was closed and two people were hurt": the second with the same words before it."""
    cue = above.head
    if own is None or cue.dep_ not in ("ROOT", "conj") or _reported(cue):
        return None
    if above.i < cue.i:
        return None
    before = [token for token in phrase(cue, without=[above]) if token.i < above.left_edge.i]
    mark = [kid for kid in above.lefts if kid.dep_ == "mark"]
    if child(verb, "mark") is None:
        before += mark
    return _Cut(Form.COORDINATE, verb, tuple(_unopened(before)))


def _clausal_root(verb: Token) -> _Cut | None:
    """ "A suggests that ...; however, B has rejected it": the first clause hangs under the second."""
    if verb.dep_ not in ("ccomp", "parataxis") or verb.i == verb.head.i or child(verb, *_SUBJECTS, "expl") is None:
        return None
    doc, (low, high) = verb.doc, sorted((verb.i, verb.head.i))
    between = [doc[place] for place in range(low, high)]
    if not any(token.text in (";", "-", "–", "—") and token.head.i in (verb.i, verb.head.i) for token in between):
        return None
    joined = any(token.text == ";" for token in between)
    if not joined and verb.dep_ == "ccomp":
        return None
    return _Cut(Form.COORDINATE, verb)


def _relative(verb: Token) -> _Cut | None:
    noun = verb.head
    if verb.dep_ not in ("relcl", "acl", "advcl") or noun.pos_ not in ("NOUN", "PROPN") or _reported(noun):
        return None
    words = phrase(verb)
    relative = next((token for token in words[:3] if token.tag_ in _RELATIVE), None)
    if relative is None or words[0].i == 0 or verb.doc[words[0].i - 1].text not in (",", "-", "–", "—", "("):
        return None
    antecedent = [token for token in _noun_phrase(noun) if token.i < words[0].i]
    if relative.tag_ == "WP$":
        return _Cut(Form.RELATIVE, verb, tuple(antecedent), swapped=((relative.i, "'s"),))
    if relative.dep_ in _SUBJECTS and relative.head.i == verb.i:
        return _Cut(Form.RELATIVE, verb, tuple(antecedent), frozenset({relative.i}))
    if child(verb, *_SUBJECTS) is None:
        return None
    return _moved(verb, relative, antecedent)


def _moved(verb: Token, relative: Token, antecedent: list[Token]) -> _Cut | None:
    """ "Leeds, where he was born": "he was born in Leeds"."""
    place = {"where": "in", "when": "in"}.get(relative.lower_)
    dropped = {relative.i}
    after: list[Word] = [] if place is None else [place]
    if relative.dep_ == "pobj" and relative.head.head.i == verb.i and relative.i == relative.head.i + 1:
        after = [relative.head]
        dropped.add(relative.head.i)
    elif place is None and relative.dep_ != "dobj":
        return None
    return _Cut(Form.RELATIVE, verb, (), frozenset(dropped), after=(*after, *antecedent))


def _absolute(verb: Token) -> _Cut | None:
    """ "..., with President Putin making statements": a clause without a finite verb, its subject its own."""
    own = child(verb, *_SUBJECTS)
    if own is None or verb.tag_ != "VBG" or verb.dep_ not in ("pcomp", "advcl") or own.i > verb.i or _aux(verb):
        return None
    above = verb.head
    if verb.dep_ == "pcomp" and (above.lower_ != "with" or above.i == 0 or verb.doc[above.i - 1].text != ","):
        return None
    if _reported(above.head if verb.dep_ == "pcomp" else above):
        return None
    return _Cut(Form.PARTICIPLE, verb, swapped=((verb.i, past(base(verb.lower_, lemma(verb)))),))


def _participle(verb: Token) -> _Cut | None:
    """ "..., explaining that Moscow has never ...": done by whoever does what the main verb says."""
    above = verb.head
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or not is_verb(above) or above.i > verb.i or _reported(above):
        return None
    words = phrase(verb)
    if words[0].i == 0 or verb.doc[words[0].i - 1].text not in (",", "-", "–", "—") or _aux(verb):
        return None
    if any(kid.dep_ == "mark" for kid in verb.children) or lemma(verb) in RESULTING:
        return None
    if child(verb, "dobj", "ccomp", "xcomp") is None:
        return None
    shared = subject(above)
    if shared is None or shared.dep_ == "expl" or _relative_word(shared):
        return None
    told = past(base(verb.lower_, lemma(verb)))
    return _Cut(Form.PARTICIPLE, verb, tuple(_noun_phrase(shared)), swapped=((verb.i, told),))


def _including(verb: Token) -> _Cut | None:
    """ "..., including having captured several villages"."""
    preposition = verb.head
    if verb.dep_ != "pcomp" or preposition.lower_ != "including" or _reported(preposition):
        return None
    shared = subject(verb)
    having = next((kid for kid in verb.lefts if kid.lower_ == "having"), None)
    if shared is None or (having is None and verb.tag_ != "VBG"):
        return None
    if having is not None:
        plural = shared.tag_ in ("NNS", "NNPS") or any(kid.dep_ == "conj" for kid in shared.children)
        swapped = ((having.i, "have" if plural else "has"),)
    else:
        swapped = ((verb.i, past(lemma(verb))),)
    return _Cut(Form.PARTICIPLE, verb, tuple(_noun_phrase(shared)), swapped=swapped)


def _adverbial(verb: Token) -> _Cut | None:
    """ "..., even as Ukraine tries ...", "although", "given (that)": asserted whatever becomes of the main clause."""
    if verb.lower_ == "given":
        return None
    given = _given_before(verb)
    if given is not None:
        lost = _between(given, verb)
        return _Cut(Form.ADVERBIAL, verb, tuple(lost), removed=frozenset(range(given.i, verb.i)))
    if verb.dep_ != "advcl" or child(verb, *_SUBJECTS, "expl") is None or _reported(verb.head):
        return None
    marks = [kid for kid in verb.lefts if kid.dep_ in ("mark", "advmod") and kid.lower_ in ("even", "as", *ASSERTING)]
    joined = " ".join(kid.lower_ for kid in marks)
    if joined not in ASSERTING:
        return None
    return _Cut(Form.ADVERBIAL, verb, dropped=frozenset(kid.i for kid in marks))


def _given_before(verb: Token) -> Token | None:
    """The "given" that a clause hangs on, however the parser attached it: it often takes the subject away."""
    if verb.dep_ not in ("dep", "ccomp", "pcomp", "advcl", "acl", "relcl") or verb.tag_ not in (
        "VBZ",
        "VBP",
        "VBD",
        "MD",
    ):
        return None
    doc = verb.doc
    for place in range(verb.i - 1, max(verb.i - 12, verb.sent.start) - 1, -1):
        token = doc[place]
        if token.lower_ == "given" and (place == verb.sent.start or doc[place - 1].text in (",", "-", "–", "—")):
            return token
        if token.is_punct or token.tag_ in ("VBZ", "VBP", "VBD", "MD"):
            return None
    return None


def _between(given: Token, verb: Token) -> list[Token]:
    doc = verb.doc
    held = [doc[place] for place in range(given.i + 1, verb.i)]
    return [token for token in held if token.lower_ != "that" and not verb.is_ancestor(token)]


def _relative_word(token: Token) -> bool:
    return token.tag_ in _RELATIVE or token.lower_ == "that"


def _noun_phrase(noun: Token) -> list[Token]:
    """A noun with what belongs to it, less its clauses and appositions after a comma."""
    loose = [
        kid
        for kid in noun.children
        if kid.dep_ in ("relcl", "appos", "acl")
        and kid.i > noun.i
        and noun.doc[kid.left_edge.i - 1].text in (",", "-", "–", "—", "(")
    ]
    words = phrase(noun, without=loose)
    while words and words[-1].is_punct and words[-1].text in ",;:-–—(":
        words.pop()
    return words


def apposition_cut(token: Token) -> _Cut | None:
    """ "Maria Lopez, the mayor of Leeds": "Maria Lopez is the mayor of Leeds"."""
    found = apposition(token)
    if found is None or _reported(found.name):
        return None
    return _Cut(Form.APPOSITION, found.role, (*found.named, "is"), found.dropped)
