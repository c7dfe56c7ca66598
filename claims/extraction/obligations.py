"""Tells rules in force ("visitors must show a permit at the gate") from what somebody thinks ought to be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.extraction.text.quotations import DOUBLE_QUOTES
from claims.extraction.text.syntax import child, lemma
from claims.extraction.text.syntax import subject as shared_subject
from claims.lexicon.clauses import word_set
from claims.lexicon.moods import COMPLYING, DEMANDED_OF, OBSERVING, RULES, SELF
from claims.lexicon.pointers import PUBLIC

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANYBODY = frozenset({"anybody", "anyone", "everybody", "everyone", "those", "whoever"})
_USUALLY = word_set("always generally invariably normally often ordinarily typically usually")
# With these "you will" is about what comes: "soon you will", "under the plan you will".
_COMING = word_set("soon eventually someday ultimately tomorrow plan proposal reform bill change new future")
_PENALISED = word_set("banned deported disqualified evicted fined imprisoned jailed prosecuted punished")


def in_force(head: Token, tokens: Sequence[Token], subject: Token | None) -> bool:
    """Whether a rule is told: "under the law, firms must ...", "must pay 12 dollars", "must answer by Friday"."""
    # "Shops may not hand out bags and must charge 10 cents": the second verb has the first one's.
    subject = subject or shared_subject(head)
    # "No ship may burn it" is a rule, too; "may not come" is a guess as often.
    modal = ("must", "may") if subject is not None and _is_none(subject) else ("must",)
    must = next((kid for kid in head.children if kid.lower_ in modal and kid.dep_ == "aux"), None)
    if must is None or subject is None or subject.lower_ in SELF:
        return False
    ruled = any(lemma(token) in RULES and _frames_rule(token) for token in tokens)
    # "Germany must send 500 tanks": that is what somebody wants of it.
    bound = subject.pos_ != "PROPN" and not (subject.tag_ == "NN" and subject.lower_ in PUBLIC)
    counted = bound and any(
        (token.like_num and token.ent_type_ != "ORDINAL") or (_is_deadline(token) and lemma(subject) not in DEMANDED_OF)
        for token in tokens
    )
    said_of = child(head, "dobj", "prep", "nsubjpass") is not None
    return ruled or counted or (said_of and (lemma(head) in COMPLYING or _is_everybody_s(subject, head)))


def usually_will(will: Token, tokens: Sequence[Token]) -> bool:
    """Whether "will" tells what is so in general, and no future: "you'll need a passport", "it will usually rain"."""
    verb = will.head
    beside = {kid.lower_ for kid in verb.children if kid.dep_ == "advmod"}
    named = child(verb, "nsubj", "nsubjpass")
    yours = named is not None and named.lower_ == "you"
    if not (yours or beside & _USUALLY):
        return False
    # "If the bill passes, you will pay more": that depends on what others do.
    others = any(_of_others(kid) for kid in verb.children if kid.dep_ == "advcl")
    dated = any(token.ent_type_ == "DATE" and token.ent_iob_ == "B" and not _recurs(token) for token in tokens)
    coming = any(lemma(token) in _COMING and token.pos_ != "VERB" for token in tokens)
    return not (others or dated or coming or any(token.text in DOUBLE_QUOTES for token in tokens))


def _of_others(clause: Token) -> bool:
    named = child(clause, "nsubj", "nsubjpass")
    return named is not None and named.lower_ != "you"


def _recurs(first: Token) -> bool:
    """Whether a date recurs or is a length of time: "every month", "each year", "22 days"."""
    behind = first.doc[first.i + 1 : first.i + 2]
    counts = first.like_num and any(token.ent_iob_ == "I" for token in behind)
    return first.lower_ in ("a", "an", "each", "every", "per") or counts or first.lower_.endswith("ly")


def _is_none(subject: Token) -> bool:
    return any(kid.dep_ == "det" and kid.lower_ == "no" for kid in subject.children)


def threatens(head: Token, subject: Token | None) -> bool:
    """As in "anyone who rents without a licence may be fined": what the rules in force threaten, and no forecast."""
    if subject is None or head.lower_ not in _PENALISED or child(head, "auxpass") is None:
        return False
    if child(head, "advcl", "npadvmod") is not None:
        # "Those who voted no could be jailed next year if the plan passes".
        return False
    if _is_unnamed_plural(subject):
        # "Ministers could be jailed", "drivers may be banned next year if the plan passes" are forecasts.
        return any(kid.lower_ in ("may", "can") for kid in head.children) and (
            child(subject, "relcl", "acl") is not None or _for_doing(head)
        )
    return subject.lower_ in _ANYBODY


def _for_doing(head: Token) -> bool:
    """As in "drivers can be fined for parking there"."""
    reasons = (kid for kid in head.children if kid.lower_ == "for")
    return any(child(reason, "pcomp") is not None for reason in reasons)


def _is_unnamed_plural(noun: Token) -> bool:
    return noun.tag_ == "NNS" and not any(kid.dep_ in ("det", "poss", "nummod") for kid in noun.children)


def _is_everybody_s(subject: Token, head: Token) -> bool:
    """As in "visitors must leave their bags at the desk", "dogs must be kept on a lead"; not "cities must act"."""
    general = _is_unnamed_plural(subject)
    passive = any(kid.dep_ == "auxpass" for kid in head.children)
    return general and lemma(subject) not in DEMANDED_OF and (passive or lemma(head) in OBSERVING)


def _is_deadline(token: Token) -> bool:
    return token.lower_ in ("by", "before", "until") and any(
        kid.ent_type_ in ("DATE", "TIME") for kid in token.children
    )


def _frames_rule(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ in ("under", "by", "to") and noun.head.dep_ == "prep"
