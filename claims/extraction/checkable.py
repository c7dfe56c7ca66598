"""Determines the kind of a claim and whether it can be checked, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.extraction.obligations import in_force, threatens, usually_will
from claims.extraction.text.document import char_span
from claims.extraction.text.syntax import FINITE, about_to, base, child, lemma
from claims.lexicon.moods import (
    ASKED,
    EVALUATIVE,
    FORECASTING,
    HOPING,
    IDIOMS,
    MAYBE,
    NOBODY,
    OBLIGING,
    OF_THE_WRITER,
    RESEARCHING,
    SELF,
    THINGS,
)
from claims.lexicon.people import UTTERANCES
from claims.lexicon.verbs import DECIDING, SPEAKING, SPEAKING_FORMS, THINKING
from claims.records import Attribution, ClaimKind, SpeechMode

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUANTITIES = frozenset({"MONEY", "PERCENT", "QUANTITY", "CARDINAL"})
_PAST = frozenset({"VBD", "VBN"})
# What may stand before an imperative.
_FRONTED = frozenset({"prep", "advcl", "advmod", "npadvmod", "intj", "cc", "punct", "neg"})
# Of these, "wrong" is no judgement.
_PERCEIVED = frozenset({"see", "hear", "feel", "smell"})
_PROVED = frozenset({"forecast", "prediction", "estimate", "projection", "figure", "number", "date", "address", "map"})
_OUGHT = "it says what ought to be, not what is"
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """The class of a claim, whether it can be checked, and why (not)."""

    kind: ClaimKind
    checkable: bool
    reasons: tuple[str, ...] = ()


def sort(
    head: Token,
    tokens: Sequence[Token],
    attribution: Attribution | None,
    *,
    quoted: bool = False,
    marked: bool = True,
    sourced: bool = False,
) -> Sort:
    """The class of an assertion with this verb and these words.

    ``attribution`` says who said it: that a named speaker said it can be checked, whatever was said. ``quoted`` is True
    if the words are in quotation marks, ``marked`` if any of them is, ``sourced`` if the article names or links a page
    for them.
    """
    if (
        attribution is not None
        and attribution.anonymous
        and any(token.lower_ in NOBODY for token in tokens if _is_source_of(token, attribution))
    ):
        # "Nobody could say whether": there is no source that hides.
        attribution = None
    if attribution is not None and attribution.anonymous and _decides(head):
        attribution = None
    if attribution is not None and attribution.mode is not SpeechMode.DIRECT and _question(head, tokens):
        return Sort(kind=ClaimKind.QUESTION, checkable=False, reasons=("a question",))
    if attribution is not None and (attribution.mode is SpeechMode.DIRECT or is_saying(head, attribution)):
        return _attributed(tokens, attribution, sourced, marked or attribution.mode is SpeechMode.DIRECT)
    if attribution is None and (quoted or _labelled_quotation(tokens)):
        return Sort(kind=ClaimKind.QUOTATION, checkable=True, reasons=("who said this could not be settled",))
    for rule in (_question, _instruction, _forecast, _hypothesis, _wish, _opinion):
        verdict = rule(head, tokens)
        if verdict is not None:
            return _sourced(verdict) if sourced else verdict
    return Sort(kind=_fact(head, tokens), checkable=True, reasons=(_why(tokens),))


def is_saying(head: Token, attribution: Attribution) -> bool:
    """Whether the cue of an attribution is a verb of saying, not of believing or wanting."""
    words = {word.strip(".,").lower() for word in attribution.cue.split()}
    if lemma(head) in SPEAKING or words & {"according", ":"}:
        return True
    return any(base(word, SPEAKING_FORMS.get(word, word)) in SPEAKING for word in words)


def _labelled_quotation(tokens: Sequence[Token]) -> bool:
    """As in "The coach's verdict: “He is the best”": a label without a verb before words in quotation marks."""
    place = next((i for i, token in enumerate(tokens) if token.text == ":"), len(tokens))
    opens = place + 1 < len(tokens) and tokens[place + 1].is_quote
    return opens and not any(token.tag_ in FINITE for token in tokens[:place])


def _decides(head: Token) -> bool:
    """As in "voters rejected the plan", "police ordered the arrest": it was done, whoever they are."""
    thing = child(head, "dobj")
    return lemma(head) in DECIDING and thing is not None and lemma(thing) not in UTTERANCES


def _sourced(verdict: Sort) -> Sort:
    """A forecast, or what ought to be, for which the article names or links a page: that it says so can be checked."""
    if verdict.kind is ClaimKind.FORECAST:
        return Sort(kind=verdict.kind, checkable=True, reasons=("a forecast: that its source makes it can be checked",))
    if verdict.reasons == (_OUGHT,):
        return Sort(kind=verdict.kind, checkable=True, reasons=("a demand: that its source makes it can be checked",))
    return verdict


def _is_source_of(token: Token, attribution: Attribution) -> bool:
    return any(start <= char_span(token)[0] < end for start, end in attribution.source_spans)


def _attributed(tokens: Sequence[Token], attribution: Attribution, sourced: bool, marked: bool) -> Sort:
    quotes = marked and attribution.mode is not SpeechMode.INDIRECT
    kind = ClaimKind.QUOTATION if quotes else ClaimKind.STATEMENT
    if attribution.anonymous and not sourced and not _answerable(tokens):
        return Sort(kind=kind, checkable=False, reasons=("anonymous source",))
    if attribution.anonymous:
        return Sort(kind=kind, checkable=True, reasons=("the article does not say whose words these are",))
    if attribution.negated:
        return Sort(kind=kind, checkable=True, reasons=("a denial: that it was denied can be checked",))
    if kind is ClaimKind.STATEMENT and any(token.ent_type_ in _QUANTITIES - {"CARDINAL"} for token in tokens):
        kind = ClaimKind.QUANTITY
    return Sort(kind=kind, checkable=True, reasons=("that it was said can be checked",))


def _answerable(tokens: Sequence[Token]) -> bool:
    """Whether an unnamed source can still be asked: a document, a named body's spokesman or scientists."""
    for token in tokens:
        is_document = lemma(token) in THINGS and (
            token.lower_ != "reports" or any(k.dep_ == "det" for k in token.children)
        )
        if token.dep_ in _SUBJECTS and (is_document or token.lower_.startswith("spokes")):
            return True
        if token.dep_ in _SUBJECTS and lemma(token) in RESEARCHING and any(k.ent_type_ == "ORG" for k in token.lefts):
            return True
        if is_document and token.dep_ == "pobj" and token.head.head.lower_ == "according":
            return True
    return False


def _question(head: Token, tokens: Sequence[Token]) -> Sort | None:
    last = next((token for token in reversed(tokens) if token.text not in "\"'”’)"), None)
    if last is not None and last.text == "?":
        return Sort(kind=ClaimKind.QUESTION, checkable=False, reasons=("a question",))
    return None


def _instruction(head: Token, tokens: Sequence[Token]) -> Sort | None:
    if head.tag_ != "VB" or child(head, *_SUBJECTS, "aux") is not None:
        return None
    first = next((token for token in tokens if not token.is_punct and token.pos_ not in ("ADV", "INTJ", "CCONJ")), None)
    opens = first is not None and (first.i == head.i or first.lower_ in ("please", "do", "let"))
    # "For more information, visit our website": only a phrase stands before it.
    fronted = head.dep_ == "ROOT" and all(kid.dep_ in _FRONTED for kid in head.lefts)
    if opens or fronted:
        return Sort(kind=ClaimKind.STATEMENT, checkable=False, reasons=("an instruction",))
    return None


def _hypothesis(head: Token, tokens: Sequence[Token]) -> Sort | None:
    """As in "a ruling could prompt a shift": what may be, or would be if, is no fact yet."""
    subject = child(head, *_SUBJECTS)
    ruled = threatens(head, subject) or in_force(head, tokens, subject)
    if ruled or (subject is not None and subject.lower_ in NOBODY):
        return None
    for kid in head.children:
        if subject is None and kid.i < head.i and kid.text == "May":  # "May resigned": a name that is also a word
            continue
        if kid.lower_ == "could" and _is_perceived(head):
            continue
        if kid.tag_ == "MD" and kid.lower_ in MAYBE and not any(other.dep_ == "neg" for other in head.children):
            past = any(other.lower_ in ("have", "'ve", "’ve") and other.dep_ == "aux" for other in head.children)
            kind, verb_phrase = (ClaimKind.STATEMENT, "have been") if past else (ClaimKind.FORECAST, "be")
            reason = f"it says what {kid.lower_} {verb_phrase}, not what {'was' if past else 'is'}"
            return Sort(kind=kind, checkable=False, reasons=(reason,))
    return None


def _is_perceived(head: Token) -> bool:
    """As in "flames could be seen from the road": they were, but not as a threat, if it happens, or next year."""
    is_open = any(kid.lower_ == "as" or kid.dep_ in ("advcl", "npadvmod") for kid in head.children)
    return lemma(head) in _PERCEIVED and child(head, "auxpass") is not None and not is_open


def _forecast(head: Token, tokens: Sequence[Token]) -> Sort | None:
    if any(token.lower_ in ASKED and _counts_answers(token) for token in tokens):
        # "Of the 640 firms surveyed, 22% will cut jobs": what they answered can be looked up.
        return None
    for token in tokens:
        future = token.tag_ == "MD" and token.lower_ in ("will", "'ll", "’ll", "shall", "wo")
        going = token.lower_ == "going" and about_to(token)
        likely = (
            (lemma(token) in FORECASTING or _sees_at(token))
            and token.pos_ in ("VERB", "ADJ")
            and head.i in (token.i, token.head.i)
        )
        # "Inflation had been expected to rise": that was before.
        likely = likely and not any(kid.lower_ == "had" and kid.dep_ == "aux" for kid in token.children)
        if ((future and not usually_will(token, tokens)) or going or likely) and not _in_relative(token, head):
            return Sort(kind=ClaimKind.FORECAST, checkable=False, reasons=("a forecast: it is about the future",))
    return None


def _sees_at(verb: Token) -> bool:
    """As in "Analysts see inflation at 22 percent by December"."""
    prepositions = [kid for kid in verb.subtree if kid.lower_ == "at" and kid.head in (verb, child(verb, "dobj"))]
    counted = any(kid.ent_type_ in _QUANTITIES for preposition in prepositions for kid in preposition.children)
    return lemma(verb) == "see" and verb.tag_ in ("VB", "VBP", "VBZ") and counted


def _in_relative(token: Token, head: Token) -> bool:
    """Whether a word is in a subordinate relative clause: "the vote that will be held" forecasts nothing."""
    while token.i not in (head.i, token.head.i):
        if token.dep_ in ("relcl", "acl"):
            return token.head.dep_ not in ("attr",)
        token = token.head
    return False


def _wish(head: Token, tokens: Sequence[Token]) -> Sort | None:
    subject = child(head, *_SUBJECTS)
    if lemma(head) in HOPING and subject is not None and subject.lower_ in SELF:
        return Sort(kind=ClaimKind.OPINION, checkable=False, reasons=("a wish",))
    if in_force(head, tokens, subject):
        return None
    present = head.tag_ in ("VBZ", "VBP")
    needed = lemma(head) == "need" and child(head, "xcomp") is not None
    if (present and (needed or lemma(head) == "deserve")) or any(_obliges(token, head, subject) for token in tokens):
        return Sort(kind=ClaimKind.OPINION, checkable=False, reasons=(_OUGHT,))
    return None


def _obliges(token: Token, head: Token, subject: Token | None) -> bool:
    inverted = subject is not None and subject.i > token.i
    governs = token.i == head.i and any(kid.dep_ == "xcomp" for kid in token.children)
    return token.lower_ in OBLIGING and (governs or (token.head.i == head.i and token.dep_ == "aux")) and not inverted


def _opinion(head: Token, tokens: Sequence[Token]) -> Sort | None:
    subject = child(head, *_SUBJECTS)
    if lemma(head) in THINKING and subject is not None and subject.lower_ in SELF:
        return Sort(kind=ClaimKind.OPINION, checkable=False, reasons=("an opinion of the writer",))
    words = "".join(token.text_with_ws for token in tokens).lower()
    if any(phrase in words for phrase in OF_THE_WRITER):
        return Sort(kind=ClaimKind.OPINION, checkable=False, reasons=("an opinion of the writer",))
    idiom = next((idiom for idiom in IDIOMS if idiom in words), None)
    if idiom is not None:
        return Sort(kind=ClaimKind.OPINION, checkable=False, reasons=(f"rhetoric (“{idiom}”)",))
    if any(token.ent_type_ in _QUANTITIES for token in tokens):
        return None
    # "I have used the buses, and they are a disgrace": what the writer did is no news either.
    of_writer = subject is not None and subject.lower_ == "i"
    joined = [kid for kid in head.children if kid.dep_ == "conj" and of_writer]
    # "The bank's forecasts have been wrong": that can be looked up.
    proved = subject is not None and lemma(subject) in _PROVED
    judging = (
        token for token in tokens if lemma(token) in EVALUATIVE and not (proved and lemma(token) in ("wrong", "right"))
    )
    judged = next((token for token in judging if any(_predicated(token, clause) for clause in (head, *joined))), None)
    if judged is not None:
        return Sort(kind=ClaimKind.OPINION, checkable=False, reasons=(f"a judgement (“{judged.text}”)",))
    return None


def _predicated(token: Token, head: Token) -> bool:
    """Whether a judging word is what the sentence says, not a word by the way."""
    if token.dep_ in ("acomp", "attr", "oprd") and token.head.i == head.i:
        return True
    return token.dep_ == "amod" and token.head.dep_ == "attr" and token.head.head.i == head.i


def _counts_answers(asked: Token) -> bool:
    """As in "of 640 firms surveyed", "most of those polled", "one in three respondents"; no plot of land surveyed."""
    noun = asked.head if asked.tag_ == "VBN" and asked.dep_ in ("acl", "amod", "relcl") else asked
    kids = {kid.dep_ for kid in noun.lefts}
    counted = asked.pos_ == "NOUN" and "nummod" in kids and "det" not in kids
    return counted or (noun.dep_ == "pobj" and noun.head.lower_ in ("of", "in", "among") and noun.tag_ != "NN")


def _fact(head: Token, tokens: Sequence[Token]) -> ClaimKind:
    if any(token.ent_type_ in _QUANTITIES and token.ent_type_ != "CARDINAL" for token in tokens):
        return ClaimKind.QUANTITY
    if any(_is_telling_number(token) for token in tokens):
        return ClaimKind.QUANTITY
    finite = head.tag_ in ("VBD",) or any(
        kid.tag_ in ("VBD", "VBZ", "VBP") and kid.dep_ in ("aux", "auxpass") for kid in head.children
    )
    if finite and lemma(head) not in ("be", "have", "seem", "remain", "include") and head.tag_ in _PAST:
        return ClaimKind.EVENT
    return ClaimKind.STATEMENT


def _is_telling_number(token: Token) -> bool:
    """Whether a token is a number that is worth comparing: "the two countries" counts nothing."""
    counted = token.ent_type_ == "CARDINAL" or (
        not token.ent_type_ and token.dep_ == "nummod" and token.head.tag_ == "NNS"
    )
    percent = token.text == "%" and not token.ent_type_
    return percent or (counted and bool(token.like_num) and token.lower_ not in ("one", "two"))


def _why(tokens: Sequence[Token]) -> str:
    kinds = {token.ent_type_ for token in tokens if token.ent_type_}
    if kinds & (_QUANTITIES - {"CARDINAL"}) or any(_is_telling_number(token) for token in tokens):
        return "it gives a number that can be compared"
    if kinds & {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT"}:
        return "it says something of a named person, place or body"
    return "it says something that is so or is not"
