"""Attributions of parts that became sentences: "Waltz telling ABC News that" becomes "Waltz told"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from claims.extraction.splitting.parts import Form, Part
from claims.extraction.text.document import char_span
from claims.extraction.text.quotations import DOUBLE_QUOTES, Stretches
from claims.extraction.text.syntax import (
    about_to,
    as_somebody_will,
    base,
    child,
    holds_no_clause,
    is_verb,
    lemma,
    phrase,
    shared_helpers,
    spans,
    subject,
    tells_nobody,
)
from claims.lexicon.clauses import NAMING
from claims.lexicon.moods import MAYBE, OBLIGING
from claims.lexicon.verbs import BESIDE_QUOTES, HEARD, SAYING, SPEAKING, SURE
from claims.records import Attribution, Span, SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Token

_FORMS = (Form.PARTICIPLE, Form.COORDINATE, Form.RELATIVE)
_CONTENTS = ("ccomp", "dobj", "xcomp", "prep", "acl")
_UNSAID = MAYBE | OBLIGING  # "she might say", "he should admit": nobody has said it


def derived(part: Part, quoted: Sequence[Span], named: Callable[[Token], str | None]) -> Attribution | None:
    """The attribution of a part whose own verb is a verb of saying; None if it is not.

    A main clause counts only if it frames one of the quotations ``quoted``. ``named`` gives the name of a subject in
    the article.
    """
    verb = part.head
    if base(verb.lower_, lemma(verb)) not in SPEAKING or about_to(verb):
        return None
    if as_somebody_will(verb) or shared_helpers(verb, "conj") & _UNSAID:
        return None
    if part.form not in _FORMS:
        framed = _framing(part, quoted, named) if part.form is Form.MAIN else None
        if framed is not None or part.form is not Form.MAIN or lemma(verb) not in SURE:
            return framed
    speaker = subject(verb)
    if speaker is None or child(verb, "nsubjpass", "auxpass") is not None:
        return None
    own = {token.i for token in part.tokens}
    clauses = [kid for kid in verb.children if _holds(kid)]
    content = [token for clause in clauses for token in phrase(clause) if token.i in own]
    # The object of "telling ABC News that" is who is told, and no part of what is said.
    hearer = child(verb, "dobj", "dative")
    clause = next((t for t in content if t.dep_ == "mark" and t.lower_ == "that"), None)
    if hearer is not None and clause is not None and hearer.i < clause.i:
        content = [token for token in content if token.i >= clause.i]
    if not content:
        return None
    who = [token for token in phrase(speaker) if token.i <= speaker.i]
    mixed = any(token.text in DOUBLE_QUOTES for token in content)
    return Attribution(
        speaker=named(speaker),
        cue=verb.text,
        mode=SpeechMode.MIXED if mixed else SpeechMode.INDIRECT,
        source_spans=spans(who),
        cue_spans=(char_span(verb),),
        content_spans=spans(sorted(content, key=lambda token: token.i)),
        negated=any(kid.dep_ == "neg" for kid in verb.children),
        clausal=any(kid.dep_ == "ccomp" for kid in clauses),
    )


def _holds(kid: Token) -> bool:
    """Whether a word leads what its verb says: "that it was closed", not the "investors" who were warned."""
    verb = base(kid.head.lower_, lemma(kid.head))
    if kid.dep_ == "ccomp":
        return not holds_no_clause(kid.head, kid)
    if kid.dep_ == "dobj" and verb in ("add", "charge") and not any(word.is_quote for word in kid.subtree):
        return False  # "Kunle scored, and Tran added a third", "shops must charge 10 cents"
    warned = kid.dep_ == "dobj" and verb in HEARD - SAYING and not any(map(is_verb, kid.subtree))
    return kid.dep_ in _CONTENTS and kid.i > kid.head.i and not warned and verb not in BESIDE_QUOTES


def _object_outside(verb: Token, outside: Sequence[Token]) -> bool:
    """As in "called the verdict “a grave mistake”": what is quoted is said of the object, it is no speech."""
    complement = child(verb, "dobj", "ccomp", "oprd")
    return complement is not None and complement in outside and base(verb.lower_, lemma(verb)) not in HEARD


def _framing(part: Part, quoted: Sequence[Span], named: Callable[[Token], str | None]) -> Attribution | None:
    start, end = part.sentence.span
    inside = [(max(first, start), min(last, end)) for first, last in quoted if first < end and last > start]
    speaker = subject(part.head) if part.head.lower_ not in NAMING else None
    quotes = Stretches(inside)
    outside = [token for token in part.tokens if not quotes.hold(char_span(token)[0])]
    if not inside or speaker is None or part.head not in outside or speaker not in outside:
        return None
    if 2 * len(outside) > len(part.tokens) or _object_outside(part.head, outside):
        return None
    # "was revealed at ‘Spring Days’": a title, and nobody's words.
    led = any(word.dep_ == "prep" and word.i + 1 < len(word.doc) and word.doc[word.i + 1].is_quote for word in outside)
    if led or child(part.head, "nsubjpass", "auxpass") is not None or tells_nobody(part.head):
        return None
    return Attribution(
        speaker=named(speaker),
        cue=part.head.text,
        mode=SpeechMode.DIRECT,
        source_spans=spans([token for token in phrase(speaker) if token.i <= speaker.i]),
        cue_spans=(char_span(part.head),),
        content_spans=tuple(inside),
        clausal=True,
    )
