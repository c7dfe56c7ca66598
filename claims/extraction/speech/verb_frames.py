"""The constructions in which a verb, adjective or noun may attribute content to a speaker.

A frame is only a candidate: the tables of `cues.py` say which words attribute in which construction.
The constructions follow the types of PARC 3.0 (Pareti 2016) and PolNeAR (Newell et al. 2018).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import human
from claims.extraction.text.syntax import (
    agent,
    child,
    closes_both,
    closes_report,
    holds_no_clause,
    is_negated,
    is_report_beside,
    is_verb,
    lemma,
    phrase,
    spans,
    subject,
    with_trailing_phrases,
)
from claims.lexicon.people import UTTERANCES
from claims.lexicon.verbs import SPEAKING
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSAL = ("ccomp", "xcomp")
_OF_SAYING = frozenset(("in", "at", "on", "to", "during", "via", "through", "according"))
_UNDER = frozenset({"parataxis", "ccomp", "advcl", "dep", "conj"})
CALLING = ("call", "label", "dub")
_DONE_TO_PEOPLE = ("dismiss", "question")  # deeds: "dismissed the guard", "questioned 2,050 people"
# How many tokens after its verb an inserted frame may go on ("explained earlier in the hearing,").
_INSERTED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A candidate: ``kind`` is the construction and ``key`` the word (with its preposition) to look up.

    ``source`` is the head of the words that name the speaker, ``content`` the spans of what is attributed.
    """

    kind: str
    key: str
    anchor: Token
    cue: tuple[Token, ...]
    source: Token | None
    content: tuple[Span, ...]
    negated: bool = False


def frames(token: Token) -> Iterator[Frame]:
    """The candidates that a verb anchors; none for any other word."""
    if token.pos_ in ("VERB", "AUX") and token.lower_ != "according" and not (_prefix(token) or _behind_a_will(token)):
        yield from _verb_frames(token)


def _behind_a_will(verb: Token) -> bool:
    """As in "A will found in the desk": the tagger takes the noun for a modal, not in "The will says"."""
    return verb.tag_ != "VBZ" and verb.i > 1 and verb.nbor(-1).lower_ == "will" and verb.nbor(-2).lower_ in ("a", "the")


def _prefix(token: Token) -> bool:
    """The "re" of "re-elected" is no verb."""
    return len(token) < 3 and not token.whitespace_ and token.doc[token.i + 1 : token.i + 2].text == "-"


def _verb_frames(verb: Token) -> Iterator[Frame]:
    kids = list(verb.children)
    particle = next((kid for kid in kids if kid.dep_ == "prt"), None)
    key = lemma(verb) + (f"_{particle.lower_}" if particle is not None else "")
    cue = (verb,) if particle is None else (verb, particle)
    passive = any(kid.dep_ in ("nsubjpass", "auxpass") for kid in kids)
    maker = Maker(verb, key, cue, subject(verb), is_negated(verb))
    if passive:
        yield from _passive(maker, kids)
        return
    yield from _clausal(maker, kids)
    yield from _transitive(maker, kids)
    yield from _prepositional(maker, kids)
    yield from _adjectival(maker, kids)


class Maker:
    """Builds the frames of one verb."""

    __slots__ = ("anchor", "cue", "key", "negated", "source")

    def __init__(self, anchor: Token, key: str, cue: tuple[Token, ...], source: Token | None, denied: bool) -> None:
        self.anchor, self.key, self.cue, self.source, self.negated = anchor, key, cue, source, denied

    def frame(self, kind: str, content: list[Token], *more: Token, key: str = "", source: Token | None = None) -> Frame:
        """A frame of this verb over ``content``; ``more`` are further words of the cue."""
        return Frame(
            kind=kind,
            key=key or self.key,
            anchor=self.anchor,
            cue=(*self.cue, *more),
            source=source or self.source,
            content=spans(content),
            negated=self.negated,
        )


def _clausal(maker: Maker, kids: list[Token]) -> Iterator[Frame]:
    verb = maker.anchor
    target = next((kid for kid in kids if kid.dep_ in ("dobj", "dative") and kid.i > verb.i), None)
    for kid in kids:
        if kid.dep_ == "ccomp" and not holds_no_clause(verb, kid) and not closes_report(kid):
            kind = "clause" if kid.i > verb.i else "fronted"
            yield maker.frame(kind, _clause(verb, kid) if kid.i > verb.i else _all_before(verb, kid))
        elif kid.dep_ == "xcomp" and kid.i > verb.i and is_verb(kid):
            infinitive = kid.tag_ == "VB"
            if target is not None and target.i < kid.i:
                yield maker.frame("objinf" if infinitive else "objing", phrase(target) + phrase(kid))
            yield maker.frame("inf" if infinitive else "ing", phrase(kid))
        elif kid.dep_ in ("advcl", "prep") and kid.i > verb.i and _marked(kid, "that", "whether", "if"):
            yield maker.frame("advclause", phrase(kid))
    if not any(kid.dep_ in _CLAUSAL for kid in kids):
        yield from _parenthetical(maker)


def _clause(verb: Token, head: Token) -> list[Token]:
    """The clause after its verb; if the parser did not find its subject, the words between are the subject."""
    content = phrase(head, without=_second_cue(verb, head))
    if head.tag_ in ("VB", "VBG") or child(head, "nsubj", "nsubjpass", "expl", "csubj", "mark") is not None:
        return with_trailing_phrases(verb, content)
    lost = [verb.doc[place] for place in range(verb.i + 1, content[0].i)]
    if (
        not lost
        or (lost[0].is_punct and not lost[0].is_quote)
        or not any(token.pos_ in ("NOUN", "PROPN", "PRON") for token in lost)
    ):
        return content
    return [token for token in lost if not token.is_space] + content


def _second_cue(verb: Token, clause: Token) -> list[Token]:
    """Like "said that it was so but implied that ...": the second verb is the speaker's, not the content's."""
    for kid in clause.children:
        owned = child(kid, "nsubj", "nsubjpass") is not None and not is_report_beside(kid, verb)
        if kid.dep_ != "conj" or kid.tag_ != verb.tag_ or owned:
            continue
        joint = [k for k in clause.children if k.dep_ == "cc" and k.i < kid.i]
        reports = verb.tag_ in ("VBD", "VBZ") and any(k.dep_ == "ccomp" and k.i > kid.i for k in kid.children)
        parallel = verb.tag_ == "VBN" and _auxiliaries(verb) == _auxiliaries(kid) != []
        if reports or (parallel and joint and verb.doc[joint[-1].i - 1].text == ","):
            return [kid, *joint[-1:]]
    return []


def _auxiliaries(verb: Token) -> list[str]:
    return [kid.lower_ for kid in verb.children if kid.dep_ == "aux"]


def _all_before(verb: Token, clause: Token) -> list[Token]:
    """All words before "..., he said": the clause and everything else before the speaker and the verb."""
    own = [
        kid
        for kid in verb.children
        if kid.dep_ in ("nsubj", "aux", "neg") or (kid.dep_ == "advmod" and kid.i > clause.i)
    ]
    before = [kid for kid in verb.lefts if kid not in own and kid.dep_ not in ("cc", "punct")]
    words = {t.i: t for kid in [*before, clause, *_resumed(verb)] for t in phrase(kid)}
    words |= {t.i: t for t in phrase(verb.head, without=[verb])} if closes_both(verb) else {}
    start = _behind_other_report(verb)
    return [words[place] for place in sorted(words) if place >= start]


def _behind_other_report(verb: Token) -> int:
    """Where what a verb reports begins: in "It was sound, engineers said; it leaked, villagers said" behind ";"."""
    stop = next((i for i in range(verb.i - 1, verb.sent.start, -1) if verb.doc[i].text == ";"), 0)
    return stop + 1 if stop and lemma(verb.doc[stop - 1]) in SPEAKING else 0


def _resumed(verb: Token) -> list[Token]:
    """What goes on with the content behind a comma: "It will close, Reuters reported, with the loss of 300 jobs".

    "In a statement", "at a meeting", "on Monday", "to the council" and "by letter" tell of the saying.
    """
    behind = [kid for kid in verb.rights if kid.dep_ == "prep" and verb.doc[kid.left_edge.i - 1].text == ","]
    return [kid for kid in behind if kid.lower_ not in _OF_SAYING and not _stands_before(kid, UTTERANCES)]


def _stands_before(preposition: Token, nouns: frozenset[str]) -> bool:
    governed = child(preposition, "pobj")
    return governed is not None and lemma(governed) in nouns


def _parenthetical(maker: Maker) -> Iterator[Frame]:
    """Like "the plan, he said, is dead": the verb hangs under the clause that it attributes, or is put into it."""
    verb, head = maker.anchor, maker.anchor.head
    subjects = [kid for kid in verb.children if kid.dep_ == "nsubj"]
    if not subjects:
        return
    # "The tower, says the owner, will stay": of two subjects the parser gives it the clause's, too.
    own = subject(verb) or subjects[0]
    left = min(own.left_edge.i, verb.i) - 1
    if closes_report(verb):
        yield maker.frame("fronted", [token for token in verb.doc[verb.sent.start : left] if not token.is_space])
        return
    marker = child(verb, "mark", "advmod")
    as_ = marker is not None and marker.lower_ == "as" and marker.i == left
    set_off = left >= 0 and verb.doc[left].is_punct
    if verb.dep_ in _UNDER and is_verb(head) and head.i != verb.i and (as_ or set_off):
        # "The mayor, he said with a sigh, had resigned": there the content goes on by itself.
        resumed = [token for kid in _resumed(verb) if head.i < verb.i for token in phrase(kid)]
        resumed += [token for kid in subjects if kid.i != own.i for token in phrase(kid)]
        words = {token.i: token for token in [*phrase(head, without=[verb]), *resumed]}
        yield maker.frame("as" if as_ else "paren", [words[place] for place in sorted(words)])
    elif set_off and verb.doc[left].text == "," and own.tag_ not in ("WP", "WDT"):
        yield from _inserted(maker, left)


def _inserted(maker: Maker, left: int) -> Iterator[Frame]:
    """A frame between two commas that the parser took for something else."""
    verb = maker.anchor
    right = next(
        (i for i in range(verb.i + 1, min(verb.i + _INSERTED, len(verb.doc))) if verb.doc[i].text == ","), None
    )
    if right is None or verb.doc[left].sent.start != verb.sent.start or left - verb.sent.start < 1:
        return
    before = [verb.doc[i] for i in range(verb.sent.start, left)]
    after = [verb.doc[i] for i in range(right + 1, verb.sent.end)]
    # "Six weeks, says Ann Friis, if the steel comes".
    inverted = verb.i == left + 1 and maker.key in SPEAKING and bool(after) and after[0].dep_ == "mark"
    if inverted or (after and (is_verb(after[0]) or after[0].pos_ in ("ADV", "PART"))):
        yield maker.frame("paren", before + after)


def _transitive(maker: Maker, kids: list[Token]) -> Iterator[Frame]:
    verb = maker.anchor
    target = next((kid for kid in kids if kid.dep_ == "dobj"), None)
    if target is None or (maker.key in _DONE_TO_PEOPLE and (target.lower_ == "people" or human(target))):
        return
    yield maker.frame("obj", phrase(target))
    for kid in target.children:
        # "telling ABC News that ...": the parser often hangs the clause on the hearer.
        if kid.i > target.i and kid.dep_ in ("acl", "relcl", "ccomp") and _marked(kid, "that"):
            yield maker.frame("clause", with_trailing_phrases(verb, phrase(kid)))
    for kid in kids:
        if kid.i > target.i and kid.dep_ == "prep":
            yield maker.frame("objprep", phrase(target) + phrase(kid), key=f"{maker.key}_{kid.lower_}")
            governed = child(kid, "pobj", "pcomp")
            if governed is not None:
                yield maker.frame("prep2", phrase(governed), kid, key=f"{maker.key}_{kid.lower_}")
        elif kid.i > target.i and kid.dep_ in ("oprd", "acomp") and kid.i > verb.i:
            yield maker.frame(f"obj{kid.dep_}", phrase(target) + phrase(kid))
    for kid in target.children:
        # "called the speech “a wasted hour”": the parser takes what it is called for an apposition.
        if kid.dep_ == "appos" and kid.left_edge.nbor(-1).is_quote and maker.key in CALLING:
            yield maker.frame("objoprd", phrase(target))


def _marked(clause: Token, *words: str) -> bool:
    marker = child(clause, "mark")
    return marker is not None and marker.lower_ in words


def _prepositional(maker: Maker, kids: list[Token]) -> Iterator[Frame]:
    for kid in kids:
        if kid.dep_ != "prep":
            continue
        inner = child(kid, "prep")
        if inner is not None and child(kid, "pobj", "pcomp") is None:
            governed, more = child(inner, "pobj", "pcomp"), [kid, inner]
        else:
            governed, more = child(kid, "pobj", "pcomp"), [kid]
        if governed is not None:
            key = "_".join([maker.key, *(word.lower_ for word in more)])
            yield maker.frame("prep" if governed.dep_ == "pobj" else "prepcl", phrase(governed), *more, key=key)
    opposed = next((kid for kid in kids if kid.dep_ in ("oprd", "attr") and maker.key in CALLING), None)
    if opposed is not None:
        yield maker.frame("oprd", phrase(opposed))


def _adjectival(maker: Maker, kids: list[Token]) -> Iterator[Frame]:
    adjective = next((kid for kid in kids if kid.dep_ == "acomp"), None)
    if adjective is None:
        return
    key = lemma(adjective)
    denied = maker.negated or is_negated(adjective)
    inner = Maker(maker.anchor, key, (maker.anchor, adjective), maker.source, denied)
    for kid in [*adjective.children, *(k for k in kids if k.i > adjective.i and k.dep_ in (*_CLAUSAL, "advcl"))]:
        if kid.dep_ in ("ccomp", "advcl"):
            yield inner.frame("adjcl", phrase(kid))
        elif kid.dep_ == "xcomp":
            yield inner.frame("adjinf", phrase(kid))
        elif kid.dep_ == "prep" and child(kid, "pobj", "pcomp") is not None:
            governed = child(kid, "pobj", "pcomp")
            yield inner.frame("adjprep", phrase(governed), kid, key=f"{key}_{kid.lower_}")  # type: ignore[arg-type]  # see above


def _passive(maker: Maker, kids: list[Token]) -> Iterator[Frame]:
    verb = maker.anchor
    by = agent(verb)
    theme = child(verb, "nsubjpass")
    if by is not None and theme is not None:
        yield maker.frame("passive", phrase(theme), source=by)
    nobody = Maker(verb, maker.key, maker.cue, by, maker.negated)
    for kid in kids:
        if kid.dep_ == "ccomp" and kid.i > verb.i and child(kid, "nsubj", "nsubjpass", "expl", "csubj", "mark"):
            if theme is not None and theme.lower_ != "it":
                yield maker.frame("toldclause", phrase(kid))
            yield nobody.frame("impersonal", phrase(kid))
        elif kid.dep_ == "xcomp" and theme is not None and theme.lower_ != "it":
            yield maker.frame("toldinf", phrase(kid))
            yield nobody.frame("saidtobe", phrase(theme) + phrase(kid))
        elif kid.dep_ == "prep" and child(kid, "pobj", "pcomp") is not None and by is None:
            governed = child(kid, "pobj", "pcomp")
            yield maker.frame("passprep", phrase(governed), kid, key=f"{maker.key}_{kid.lower_}")  # type: ignore[arg-type]  # see above
