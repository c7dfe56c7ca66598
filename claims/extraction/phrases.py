"""Attributions without a verb: "according to", "in the words of", and a name before a colon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.extraction.clauses import child, is_verb, phrase, spans
from claims.extraction.frames import Frame
from claims.extraction.sentences import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS_OF = frozenset({"words", "view", "opinion", "eyes", "estimation", "judgment", "telling", "account"})
_LABEL_WORDS = 8
_NO_LABELS = frozenset({"summary", "note", "tip", "update", "example", "question", "answer", "result", "results"})


def phrases(sentence: Sentence) -> Iterator[Frame]:
    """The frames of a sentence that rest on a preposition or on a colon."""
    tokens = [token for token in sentence.tokens if not token.is_space]
    for token in tokens:
        if token.lower_ == "according":
            yield from _according(token, tokens)
        elif token.lower_ in ("in", "to") and token.dep_ == "prep":
            yield from _in_the_words(token, tokens)
        elif token.lower_ == "per" and token.dep_ == "prep" and child(token, "pobj") is not None:
            held = child(token, "pobj")
            if held is not None and held.pos_ == "PROPN":
                yield from _frame(token, (token,), held, tokens)
    yield from _label(tokens)


def according_to(tokens: list[Token]) -> Frame | None:
    """Like "According to more of Putin's remarks:": the frame of what comes next, without a content yet."""
    if not tokens or tokens[0].lower_ != "according":
        return None
    to = child(tokens[0], "prep")
    held = child(to, "pobj", "pcomp") if to is not None else None
    if held is None or to is None:
        return None
    return Frame(kind="announced", key="according", anchor=tokens[0], cue=(tokens[0], to), source=held, content=())


def _according(token: Token, tokens: list[Token]) -> Iterator[Frame]:
    to = child(token, "prep")
    held = child(to, "pobj", "pcomp") if to is not None else child(token, "pobj")
    if held is not None:
        yield from _frame(token, (token, to) if to is not None else (token,), held, tokens)


def _in_the_words(token: Token, tokens: list[Token]) -> Iterator[Frame]:
    held = child(token, "pobj")
    if held is None or held.lower_ not in _WORDS_OF:
        return
    of = child(held, "prep")
    speaker = child(of, "pobj") if of is not None and of.lower_ == "of" else child(held, "poss")
    if speaker is not None:
        yield from _frame(token, (token, held), speaker, tokens)


def _frame(head: Token, cue: tuple[Token, ...], speaker: Token, tokens: list[Token]) -> Iterator[Frame]:
    """What a phrase attributes: the clause that it hangs on, at its widest within the sentence."""
    barred = {token.i for token in phrase(head)}
    top = head
    while top.head.i != top.i and not is_verb(top):
        top = top.head
    while top.head.i != top.i and is_verb(top.head) and top.dep_ in ("xcomp", "ccomp", "conj", "advcl"):
        top = top.head
    content = [token for token in phrase(top) if token.i not in barred]
    if not content:
        content = [token for token in tokens if token.i not in barred]
    yield Frame(kind="according", key=cue[0].lower_, anchor=head, cue=cue, source=speaker, content=spans(content))


def _label(tokens: list[Token]) -> Iterator[Frame]:
    """Like "Poll: ..." or "WALLACE: ...": a short label without a verb, then a colon."""
    place = next((i for i, token in enumerate(tokens[: _LABEL_WORDS + 1]) if token.text == ":"), None)
    if not place or place + 1 >= len(tokens):
        return
    label = tokens[:place]
    if any(is_verb(token) for token in label) or label[0].pos_ not in ("PROPN", "NOUN", "ADJ", "DET"):
        return
    head = next((token for token in reversed(label) if token.pos_ in ("PROPN", "NOUN")), None)
    if head is not None and head.is_alpha and head.lower_ not in _NO_LABELS:
        yield Frame(
            kind="label",
            key=head.lemma_.lower() if head.pos_ == "NOUN" else "NAME",
            anchor=tokens[place],
            cue=(tokens[place],),
            source=head,
            content=spans(tokens[place + 1 :]),
        )
