"""Attributions without a verb: "according to", "in the words of", and a name before a colon."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import human
from claims.extraction.speech.verb_frames import Frame, Maker
from claims.extraction.text.document import Sentence
from claims.extraction.text.syntax import FINITE, child, is_negated, is_verb, lemma, phrase, spans, subject
from claims.lexicon.clauses import EXAMINED_LABELS, TEXT_LABELS
from claims.lexicon.people import BODIES, DOCUMENTS
from claims.lexicon.verbs import SPEAKING

if TYPE_CHECKING:
    from spacy.tokens import Token
if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS_OF = frozenset({"words", "view", "opinion", "eyes", "estimation", "judgment", "telling", "account"})
_LABEL_WORDS = 8
# Who files a report from the place before whose colon they stand.
_FILING = frozenset({"bureau", "correspondent", "reporter", "staff", "writer"})
# What a title has in small letters, and what the recogniser calls names of people, bodies and places.
_IN_TITLES = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"})


def phrases(sentence: Sentence) -> Iterator[Frame]:
    """The frames of a sentence that rely on a preposition or on a colon."""
    tokens = [token for token in sentence.tokens if not token.is_space]
    for token in tokens:
        if token.lower_ == "according":
            yield from _according(token, tokens)
        elif token.lower_ in ("in", "to") and token.dep_ == "prep":
            yield from _in_the_words(token, tokens)
        elif _is_per(token) and child(token, "pobj") is not None:
            governed = child(token, "pobj")
            if governed is not None and governed.pos_ == "PROPN":
                yield from _frame(token, (token,), governed, tokens)
    yield from _colon_label(tokens)
    yield from _at_the_end(tokens)


def _at_the_end(tokens: list[Token]) -> Iterator[Frame]:
    """As in "Drivers brake later, a study has found", where the parser has not seen the verb of the first clause."""
    verb = next((token for token in reversed(tokens) if token.is_alpha), None)
    subjects = [kid for kid in verb.lefts if kid.dep_ == "nsubj"] if verb is not None else []
    if verb is None or verb.dep_ != "ROOT" or len(subjects) < 2 or lemma(verb) not in SPEAKING:
        return
    before = [token for token in tokens if token.i < subjects[-1].left_edge.i]
    if before[-1:] and before[-1].text == "," and child(verb, "ccomp") is None:
        yield Maker(verb, lemma(verb), (verb,), subjects[-1], is_negated(verb)).frame("fronted", before[:-1])


def _is_per(token: Token) -> bool:
    """Whether a token is the preposition: the "Per" of "his deputy, Per Holm" is a name."""
    return token.dep_ == "prep" and (token.text == "per" or (token.text == "Per" and token.i == token.sent.start))


def according_to(tokens: list[Token]) -> Frame | None:
    """The frame of a line such as "According to more of Putin's remarks:", without content, for the next block."""
    if not tokens or tokens[0].lower_ != "according":
        return None
    to = child(tokens[0], "prep")
    governed = child(to, "pobj", "pcomp") if to is not None else None
    if governed is None or to is None:
        return None
    return Frame(kind="announced", key="according", anchor=tokens[0], cue=(tokens[0], to), source=governed, content=())


def _according(token: Token, tokens: list[Token]) -> Iterator[Frame]:
    to = child(token, "prep")
    governed = child(to, "pobj", "pcomp") if to is not None else child(token, "pobj")
    if governed is not None:
        yield from _frame(token, (token, to) if to is not None else (token,), governed, tokens)


def _in_the_words(token: Token, tokens: list[Token]) -> Iterator[Frame]:
    governed = child(token, "pobj")
    if governed is None or governed.lower_ not in _WORDS_OF:
        return
    of = child(governed, "prep")
    speaker = child(of, "pobj") if of is not None and of.lower_ == "of" else child(governed, "poss")
    if speaker is not None:
        yield from _frame(token, (token, governed), speaker, tokens)


def _frame(head: Token, cue: tuple[Token, ...], speaker: Token, tokens: list[Token]) -> Iterator[Frame]:
    """What a phrase attributes: the clause that it hangs on, at its widest within the sentence."""
    barred = {token.i for token in phrase(head)}
    # "Mehta, who according to his lawyer is ill, was moved": the lawyer said that he is ill.
    top = head.head if head.head.dep_ == "relcl" and head.i < head.head.i else head
    while top.head.i != top.i and not is_verb(top):
        top = top.head
    while top.head.i != top.i and is_verb(top.head) and top.dep_ in ("xcomp", "ccomp", "conj", "advcl"):
        top = top.head
    # "The clerk will appeal, according to Lind; the mayor left": what follows the semicolon, nobody said.
    end = next((token.i for token in tokens if token.text == ";" and token.i > head.i), tokens[-1].i + 1)
    content = [token for token in phrase(top) if token.i not in barred and token.i < end]
    if not content:
        content = [token for token in tokens if token.i not in barred and token.i < end]
    yield Frame(kind="according", key=cue[0].lower_, anchor=head, cue=cue, source=speaker, content=spans(content))


def _colon_label(tokens: list[Token]) -> Iterator[Frame]:
    """Like "Poll: ..." or "WALLACE: ...": a short label without a verb, then a colon."""
    place = next((i for i, token in enumerate(tokens[: _LABEL_WORDS + 1]) if token.text == ":"), None)
    if not place or place + 1 >= len(tokens):
        return
    label = tokens[:place]
    if (
        label[0].lower_ in ("dear", "a", "an")  # "A bitter irony: ..." names nobody who speaks
        or any(is_verb(token) or "<" in token.text or token.tag_ == "PRP" for token in label)
        or (any(token.text[0].isdigit() for token in label) and not any(token.lower_ in DOCUMENTS for token in label))
        or label[0].pos_ not in ("PROPN", "NOUN", "ADJ", "DET")
    ):
        return
    head = next((token for token in reversed(label) if token.pos_ in ("PROPN", "NOUN")), None)
    top = head.head.head if head is not None and head.dep_ == "pobj" else head
    if top is not None and top in label and head is not top:
        # "The mayor of Leeds:" is the mayor, "The promise of Google Stadia:" nobody.
        head = top if human(top) else None
    plain = head is not None and (head.lower_ in TEXT_LABELS or (len(label) < 3 and head.lower_ in EXAMINED_LABELS))
    speaks = head is not None and (human(head) or head.ent_type_ == "PERSON" or head.is_upper)
    if any(token.text == "," and token.nbor(-1).lower_ in _FILING for token in label[1:]):
        return  # "Staff Reporter, Nagpur: Police arrested ..."
    if not speaks and not any(token.tag_ in (*FINITE, "MD") or token.is_quote for token in tokens[place + 1 :]):
        return  # "Kirkholm ward: Ann Strand 1,204, turnout 38.2%"
    if head is not None and head.is_alpha and not plain and not _begins_title(head, label, tokens[place + 1 :]):
        yield Frame(
            kind="label",
            key=head.lemma_.lower() if head.pos_ == "NOUN" else "NAME",
            anchor=tokens[place],
            cue=(tokens[place],),
            source=head,
            content=spans(tokens[place + 1 :]),
        )


_OWNERS = ("by", "from", "among")


def _begins_title(head: Token, label: list[Token], rest: list[Token]) -> bool:
    """Whether a label and what follows are a title: "The Palace: Tale of Two Queens opened", "Dune: Part Two won".

    Its words have capitals and are no name of their own, and the verb behind them, which no headline's is, has none.
    """
    if head.ent_type_ == "PERSON" or human(head) or {lemma(head), head.lower_} & DOCUMENTS or _in_capitals(label):
        return False
    if label[0].lower_ == "the" and head.text[0].isupper() and head.ent_type_ != "ORG":
        return lemma(head) not in BODIES
    run = list(takewhile(lambda token: token.text[0].isupper() or token.lower_ in _IN_TITLES, rest))
    behind = [token for token in rest[len(run) :] if token.text != ","]
    verb = bool(behind) and behind[0].tag_ in (*FINITE, "WDT") and behind[0].text.islower()
    capitals = [token for token in run if token.text[0].isupper()]
    if len(capitals) < 2 or not verb:
        return False
    named = [token.ent_type_ in _NAMES for token in capitals if token.lower_ not in _IN_TITLES]
    set_off = any(token.pos_ not in ("PROPN", "DET") or token.lower_ in ("a", "an") for token in capitals[:-1])
    return set_off or not (any(named) if head.ent_type_ in _NAMES else all(named))


def _in_capitals(label: list[Token]) -> bool:
    return any(token.is_upper and len(token) > 1 for token in label)


def noun_frames(noun: Token) -> Iterator[Frame]:
    """The candidates that a noun anchors; none for any other word."""
    if noun.pos_ != "NOUN":
        return
    owner, ownership = _owner(noun)
    reports = list(_of_verb_above(noun))
    if reports:
        yield from reports
        return
    verb = noun.head
    light = owner is None and noun.dep_ in ("dobj", "attr") and is_verb(verb)
    holder = subject(verb) if light else owner
    if holder is not None and holder.dep_ == "expl":
        # "There's widespread understanding that": nobody's.
        holder = None
    cue = (verb, noun) if light and holder is not None else (noun,)
    maker = Maker(noun, lemma(noun), cue, holder, is_negated(noun) or (light and is_negated(verb)))
    yield from _complements(maker, noun, "light" if light else "noun", ownership)
    if noun.dep_ == "nsubj" and lemma(verb) == "be":
        content = next((kid for kid in verb.children if kid.dep_ in ("ccomp", "xcomp") and kid.i > verb.i), None)
        if content is not None:
            inner = Maker(noun, lemma(noun), (noun, verb), owner, is_negated(verb))
            yield inner.frame("nounis", phrase(content))


def _of_verb_above(noun: Token) -> Iterator[Frame]:
    """As in "Hall warned in a statement that ...": the parser hangs on the noun what the verb says."""
    verb = noun.head.head
    if (
        noun.dep_ != "pobj"
        or noun.head.lower_ not in ("in", "during")
        or not is_verb(verb)
        or lemma(verb) not in SPEAKING
    ):
        return
    maker = Maker(verb, lemma(verb), (verb,), subject(verb), is_negated(verb))
    for kid in noun.children:
        marker = child(kid, "mark")
        if kid.dep_ in ("acl", "relcl", "ccomp") and marker is not None and marker.lower_ == "that":
            yield maker.frame("clause", phrase(kid))


def _complements(maker: Maker, noun: Token, prefix: str, ownership: Token | None) -> Iterator[Frame]:
    for kid in noun.children:
        if kid.dep_ in ("acl", "ccomp", "relcl") and kid.i > noun.i:
            marker = child(kid, "mark")
            if marker is not None or kid.dep_ == "ccomp":
                yield maker.frame(f"{prefix}cl", phrase(kid))
            elif kid.tag_ == "VB" and kid.dep_ == "acl":
                yield maker.frame(f"{prefix}inf", phrase(kid))
        elif kid.dep_ == "prep" and kid is not ownership:
            governed = child(kid, "pobj", "pcomp")
            if governed is not None:
                yield maker.frame(f"{prefix}prep", phrase(governed), kid, key=f"{maker.key}_{kid.lower_}")


def _owner(noun: Token) -> tuple[Token | None, Token | None]:
    """Whose statement it is, and the preposition that says so."""
    owner = child(noun, "poss")
    if owner is not None:
        return owner, None
    for kid in noun.children:
        if kid.dep_ == "prep" and kid.lower_ in _OWNERS:
            return child(kid, "pobj"), kid
    holders = [kid for kid in noun.children if kid.dep_ == "prep" and kid.lower_ == "of"]
    if holders and any(
        kid.dep_ in ("acl", "ccomp") or (kid.dep_ == "prep" and kid.lower_ != "of") for kid in noun.children
    ):
        return child(holders[0], "pobj"), holders[0]
    name = next(
        (kid for kid in noun.children if kid.dep_ in ("compound", "nmod", "amod") and kid.pos_ == "PROPN"), None
    )
    return name, None
