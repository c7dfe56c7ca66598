"""Checks that the parts of a split sentence say by themselves what they say in the sentence.

Two kinds of checks. Where the bounds of a part are wrong, the parser misread the sentence, and none of its cuts is
trusted. Where a clause needs words of the rest of its sentence (a noun that it does without, a comparison, a
condition), this clause alone is left in its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from claims.extraction.splitting.borrowing import DASHES, RELATIVE, SUBJECTS, is_finite_verb, own_subject, present_form
from claims.extraction.splitting.circumstances import is_narrowed
from claims.extraction.splitting.parts import Cut, Form, Part
from claims.extraction.text.syntax import FINITE, child, is_plural, is_verb, lemma, phrase
from claims.lexicon.clauses import (
    CONDITIONAL_OPENERS,
    HELPERS,
    LEANING,
    POINTING,
    RESTRICTING,
    SHORT_SUBJECTS,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

# No clause ends with these if its sentence goes on: "in the car so | for our hike we stopped".
_OPEN_TAGS = frozenset({"CC", "DT", "IN", "MD", "PDT", "PRP$", "TO", "WDT", "WP", "WP$", "WRB"})
_OPEN_WORDS = frozenset({"so", "than", "as", "both", "either", "neither", "not", "only", "such"})
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))
_STOPS = frozenset({",", ";", ":", ".", "!", "?", "(", ")", "[", "]", '"', "“", "”", "’", "'", "…", "...", *DASHES})
_OWN_NUMBER = ("of", "in", "among", "from", "at", "who", "that")
_TIED = frozenset({"n't", "n’t", "'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m"})
_SAID_OF = ("attr", "acomp", "prep", "advmod", "dobj", "conj")
_PARTED = frozenset({"has", "have", "had", "will"})
# A list of so many words behind a semicolon may do without a verb.
_CLAUSE = 4
_BARE = ("nsubj", "nsubjpass", "neg", "cc", "punct", "aux", "expl")
_ADDED = frozenset({"too", "also", "either", "so", "yet", "still", "again", "n't", "n’t", "not"})
# Entities whose verb may be of either number: groups of people, places, names.
_ANY_NUMBER = ("ORG", "GPE", "NORP", "PERSON")


def is_well_bounded(part: Part, sentence: Sequence[Token]) -> bool:
    """Whether a part ends where a clause does, and closes every bracket and quotation mark that it opens."""
    own = [word for word in part.line if not isinstance(word, str)]
    while own and (own[-1].is_punct or own[-1].is_quote):
        own.pop()
    bracketed = _is_balanced(part.tokens) or not _is_balanced(sentence)
    return bracketed and not (_dangles(own, sentence) or _splits_word(part) or _resumes(own) or _is_halved(own))


def _is_halved(own: Sequence[Token]) -> bool:
    """As in "Orbis did not reply; the quartet | it told us, was paid": behind the semicolon a subject is left alone."""
    place = next((place for place, word in enumerate(own) if word.text == ";"), len(own))
    rest = own[place + 1 :]
    return any(word.tag_ in FINITE for word in own[:place]) and 0 < len(rest) < _CLAUSE and not any(map(is_verb, rest))


def _resumes(own: Sequence[Token]) -> bool:
    """As in "fined it | and ordered it to pay, | but neither order was carried out": the end points to what was cut."""
    gap = next((place for place, (word, after) in enumerate(pairwise(own)) if after.i > word.i + 2), None)
    return gap is not None and _points_back(own[gap + 1 :])


def _splits_word(part: Part) -> bool:
    """Whether a part holds the end of a word without its beginning: "n't" or "’s" without what it is written to."""
    inside = {word.i for word in part.tokens}
    return any(
        word.lower_ in _TIED and word.i - 1 not in inside and word.i > word.sent.start and not word.nbor(-1).whitespace_
        for word in part.tokens
    )


def _dangles(own: Sequence[Token], sentence: Sequence[Token]) -> bool:
    """Whether a part ends with a word that leads to another, which is not in it."""
    if not own:
        return True
    last = own[-1]
    following = next((word for word in sentence if word.i > last.i), None)
    if following is not None and following.is_quote and last.pos_ in ("NOUN", "PROPN", "ADJ"):
        # "It turns on the theme | “The river is a road”".
        return bool(last.whitespace_) and not following.whitespace_
    if following is not None and following.text == "," and lemma(last) == "be" and child(last, *_SAID_OF) is None:
        # "The last seat is, | says the harpist, paid by her".
        return True
    if last.tag_ not in _OPEN_TAGS and last.lower_ not in _OPEN_WORDS:
        return False
    return following is not None and following.text not in _STOPS


def _is_balanced(words: Sequence[Token]) -> bool:
    texts = [word.text for word in words]
    pairs = all(texts.count(opening) == texts.count(closing) for opening, closing in _PAIRS)
    return pairs and texts.count('"') % 2 == 0


def shares_end(words: Sequence[Token]) -> bool:
    """As in "the act bans, and the court condemned the ban on, night flights": clauses with one object."""
    for word, after in pairwise(words):
        objects = [kid for kid in word.children if kid.dep_ in ("dobj", "pobj") and kid.i > after.i]
        if after.text == "," and objects and objects[0].left_edge.i == after.i + 1:
            return True
        stranded = word.dep_ == "prep" and word.tag_ == "IN" and not list(word.rights)
        if stranded and after.text == "," and not any(other.tag_ in RELATIVE and other.i < word.i for other in words):
            return True
    return False


def is_interrupted(words: Sequence[Token]) -> bool:
    """As in "it was dry, said Ann Lee – her team dug there – and we left": the parser misreads what a clause parts.

    So it does behind a helper: "has, the paper reports, sold the mill and left".
    """
    if any(_is_held_apart(word, after) for word, after in pairwise(words)):
        return True
    dashes = [word.i for word in words if word.text in DASHES and (word.whitespace_ or word.text != "-")]
    return any(
        word.dep_ in SUBJECTS
        and word.doc[first + 1].tag_ not in RELATIVE
        and word.left_edge.i <= first + 1 <= word.i
        and first < word.head.i < last
        for first, last in pairwise(dashes)
        for word in words
    )


def _is_held_apart(helper: Token, after: Token) -> bool:
    """As in "has, Tass reports, sold"; not "has, however, sold"."""
    if helper.lower_ not in _PARTED or after.text != "," or after.i + 1 >= after.sent.end:
        return False
    later = after.sent[after.i + 1 - after.sent.start :]
    return later[0].pos_ != "ADV" and any(word.tag_ in ("VBN", "VBD", "VBG") for word in later)


def _has_clause_behind(cut: Cut) -> bool:
    """As in "took notes and smiled once, when she spoke": the clause at the end is said of both verbs, or of one."""
    last = phrase(cut.head)[-1].i
    above = cut.head.head
    return cut.form is Form.COORDINATE and any(
        kid.dep_ == "advcl" and kid.left_edge.i > last and is_finite_verb(kid) for kid in above.children
    )


def depends_on_rest(cut: Cut, sentence: Sequence[Token]) -> bool:
    """Whether a clause needs more of its sentence than its subject and auxiliary to say the same when it is cut off."""
    if cut.form not in (Form.COORDINATE, Form.ADVERBIAL):
        return False
    clauses = sorted((cut.head, cut.head.head), key=lambda verb: verb.i)
    later = phrase(clauses[-1], without=() if clauses[-1] is cut.head else [cut.head])
    return (
        is_narrowed(cut, sentence)
        or _has_clause_behind(cut)
        or _is_simultaneous(cut)
        or any(_needs_noun(verb) or _disagrees(verb) for verb in clauses)
        or _stops_short(clauses[-1])
        or _is_conditioned_behind(clauses[-1])
        or _counts_elsewhere(clauses[-1])
        or _compares(clauses[-1])
        or _points_back(later)
        or _is_restricted(cut)
    )


def _needs_noun(verb: Token) -> bool:
    """As in "many remain calm", "more stand by the cause", "the first took place": of what, another clause says."""
    holders = (verb, *(kid for kid in verb.children if kid.dep_ == "acomp"))
    contents = (child(holder, "ccomp") for holder in holders)
    if any(content is not None and content.i > verb.i and _needs_noun(content) for content in contents):
        return True
    own = own_subject(verb)
    if own is None or own.i > verb.i:
        # "It is likely that more stand by it": the parser takes the subject for an adverb.
        return own is None and any(kid.dep_ == "amod" and kid.lower_ in SHORT_SUBJECTS for kid in verb.lefts)
    short = own.lower_ in SHORT_SUBJECTS or own.tag_ in ("JJ", "JJR", "JJS") or (own.tag_ == "CD" and not own.ent_type_)
    completed = any(kid.dep_ in ("prep", "relcl", "acl", "conj", "compound", "poss", "nmod") for kid in own.children)
    return short and not completed


def _stops_short(verb: Token) -> bool:
    """As in "but the others did", "and she has not": for which verb it stands, another clause says."""
    if lemma(verb) not in HELPERS:
        return False
    return all(kid.dep_ in _BARE or kid.lower_ in _ADDED or kid.i < verb.i for kid in verb.children)


def _is_conditioned_behind(verb: Token) -> bool:
    """As in "must pay a fee and may not park under a by-law": what stands last may be said of both verbs."""
    if child(verb, *SUBJECTS, "expl") is not None:
        return False
    behind = [kid for kid in verb.children if kid.i > verb.i]
    openers = {
        word.lower_ for kid in behind if kid.dep_ == "advcl" for word in kid.lefts if word.dep_ in ("mark", "advmod")
    }
    under = any(kid.dep_ == "prep" and kid.lower_ in ("under", "without", "except") for kid in behind)
    return under or bool(openers & CONDITIONAL_OPENERS)


def _counts_elsewhere(verb: Token) -> bool:
    """As in "lost 40 clients and won 12", "has 45 today": of what the number is, another clause says."""
    number = next((word for word in verb.doc[verb.i + 1 : verb.right_edge.i + 1] if not word.is_space), None)
    if number is None or number.tag_ != "CD" or number.ent_type_ not in ("CARDINAL", ""):
        return False
    if not any(word.dep_ == "nummod" and word.head.pos_ == "NOUN" for word in verb.doc[verb.sent.start : verb.i]):
        return False
    bare = number.dep_ in ("dobj", "attr") and not any(
        kid.dep_ in ("prep", "nummod", "quantmod") for kid in number.children
    )
    return bare or (number.dep_ == "nummod" and number.head.ent_type_ in ("DATE", "TIME"))


def _compares(verb: Token) -> bool:
    """As in "fell more in June", "and the south even less": with what, another clause says."""
    words = [kid for kid in verb.children if kid.tag_ in ("JJR", "RBR") and kid.dep_ in ("acomp", "advmod", "attr")]
    return any(
        not any(other.lower_ in ("than", "by") for other in verb.doc[word.i : verb.right_edge.i + 1]) for word in words
    )


def _points_back(words: Sequence[Token]) -> bool:
    """As in "otherwise it closes", "and that move hurt the bank": it refers to the clause before it."""
    for word in words:
        if word.lower_ in LEANING and word.dep_ in ("advmod", "mark", "cc", "dep"):
            return True
        if word.dep_ in ("det", "amod", "cc") and word.lower_ in POINTING and word.head.dep_ in SUBJECTS:
            return True
        # "..., although there are limits on all of these devices".
        if word.dep_ == "det" and word.lower_ in ("these", "those") and word.head.ent_type_ not in ("DATE", "TIME"):
            return True
    return False


def _disagrees(verb: Token) -> bool:
    """Whether a verb and the subject that the parser gave it differ in number: "one of the towns | have no water"."""
    own = own_subject(verb)
    finite = present_form(verb)
    if own is None or finite is None or own.dep_ == "expl" or own.ent_type_ in _ANY_NUMBER:
        return False
    if any(kid.lower_ in _OWN_NUMBER for kid in own.children):
        return False
    if finite.tag_ == "VBZ":
        return own.tag_ == "NNS" and own.i == finite.i - 1
    return own.tag_ == "NN" and not is_plural(own) and lemma(own) not in ("police", "people", "staff", "rest", "half")


def _is_restricted(cut: Cut) -> bool:
    """As in "only Ann came and spoke", "no one resigned and was charged": the second alone does not follow."""
    return any(
        not isinstance(word, str)
        and word.lower_ in RESTRICTING
        and word.dep_ in ("det", "advmod", "nsubj", "nsubjpass")
        for word in cut.lead
    )


def _is_simultaneous(cut: Cut) -> bool:
    """As in "while we are at home, we drink": it says when, for both clauses have the same subject."""
    if cut.form is not Form.ADVERBIAL:
        return False
    verb = cut.head
    own, other = own_subject(verb), own_subject(verb.head)
    opener = next((word.lower_ for word in phrase(verb)), "")
    return opener == "while" and own is not None and other is not None and own.lower_ == other.lower_
