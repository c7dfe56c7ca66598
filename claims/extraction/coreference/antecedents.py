"""Antecedent candidates of a pronoun for `referents.py`, with the grammatical features that rank them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.extraction.text.document import Sentence, char_span
from claims.extraction.text.syntax import lemma, subject
from claims.glossary import without_capital
from claims.lexicon.people import BODY_NOUNS, HUMAN_NOUNS, ROLES
from claims.lexicon.pointers import BODIES_THAT_SPEAK, GROUPS, HE, IT, PLACES, SHE, THEY
from claims.lexicon.states import COUNTRIES, NATIONS
from claims.lexicon.verbs import SPEAKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass")
# Where a name that the recogniser passed over is remembered.
NAMED = (*SUBJECTS, "dobj", "pobj", "poss", "dative", "conj", "appos", "agent")
_INNER = ("poss", "compound", "amod", "nmod")
# A singular noun is remembered as a subject only; "they" also goes back to objects.
_HELD = (frozenset(SUBJECTS), frozenset({*SUBJECTS, "dobj"}))
# People are remembered wherever they stand: "there was no sign of the girl".
_PEOPLE_HELD = ("dobj", "pobj", "poss", "dative", "nsubjpass", "appos")

# The nouns of those who can speak.
_SPEAK = BODY_NOUNS | GROUPS | BODIES_THAT_SPEAK | HUMAN_NOUNS | ROLES | PLACES


@dataclass(frozen=True, slots=True, kw_only=True)
class Antecedent:
    """One mention of a possible antecedent of a pronoun.

    ``kind`` is person(s), place, group, thing(s), or "name" for a name that may be any of the first three. ``key``
    is shared by all mentions of one figure. ``proven`` if the words around the name show that it is a person's,
    ``settled`` if the mention is itself a pronoun, ``doubtful`` if it is one whose referent is not certain.
    """

    name: str
    kind: str
    key: str
    gender: str | None
    sentence: int
    block: int
    offset: int
    subject: bool
    inner: bool
    quoted: bool
    token: Token
    named: bool = False
    proven: bool = False
    settled: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a mention is of."""

    name: str
    kind: str
    key: str
    gender: str | None = None
    named: bool = True
    proven: bool = False


def mention_at(
    token: Token, named: Mentioned | Antecedent, sentence: Sentence, *, gender: str | None, quoted: bool
) -> Antecedent:
    """The mention of something at a token; ``gender`` is what the text tells of it elsewhere."""
    return Antecedent(
        name=named.name,
        kind=named.kind,
        key=named.key,
        gender=named.gender or gender,
        sentence=sentence.index,
        block=sentence.block,
        offset=char_span(token)[0],
        subject=is_subject(token),
        inner=token.dep_ in _INNER,
        quoted=quoted,
        named=named.named,
        proven=named.proven,
        token=token,
    )


def kinds(token: Token) -> tuple[str, ...]:
    """The kinds of candidate that a pronoun may mean."""
    if token.lower_ in HE | SHE:
        return ("person",)
    if token.lower_ in THEY:
        return ("group", "persons") if token.dep_ == "poss" else ("group", "things", "persons")
    return ("group", "place", "thing")


def is_remembered(token: Token) -> bool:
    """Whether a common noun becomes a candidate."""
    one_person = token.tag_ == "NN" and human(token)
    return token.dep_ in _HELD[token.tag_ == "NNS"] or (one_person and token.dep_ in _PEOPLE_HELD)


def human(token: Token) -> bool:
    """Whether a common noun is a person."""
    return lemma(token) in HUMAN_NOUNS or lemma(token) in ROLES


def subject_beside(token: Token) -> Token | None:
    """As in "He had wished him luck", "he said she pushed him": the subject before an object, both of one gender."""
    # The parser takes the last two words of "wished him luck" for a clause.
    misread = token.dep_ == "nsubj" and token.lower_ in ("him", "her")
    if not misread and token.dep_ not in ("dobj", "dative", "pobj"):
        return None
    verb = clause(token).head if misread else clause(token)
    while True:
        own = subject(verb)
        if own is not None and any({own.lower_, token.lower_} <= words for words in (HE, SHE)):
            return own
        if verb.dep_ != "ccomp":
            return None
        verb = verb.head


def apposed(token: Token) -> bool:
    """As in "the mayor of Lund, Eva Dahl": the name is what is remembered."""
    return any(kid.dep_ == "appos" and kid.pos_ == "PROPN" for kid in token.children)


def last_word(name: str) -> str:
    """The last word of a name, such as a surname."""
    return name.rsplit(maxsplit=1)[-1]


def small_start(words: str, first: Token) -> str:
    """Words without the capital of a sentence's start."""
    return words if first.pos_ == "PROPN" or first.ent_type_ else without_capital(words)


def is_subject(token: Token) -> bool:
    """Whether a noun, or the word that it is joined to or in apposition to, is a subject."""
    while token.dep_ in ("conj", "appos") and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        token = token.head
    return token.dep_ in SUBJECTS


def end_alike(name: str, other: str) -> bool:
    """Whether two names have the same last word."""
    return name.split()[-1:] == other.split()[-1:]


def one_name(first: str, second: str) -> bool:
    """Whether two names are the same, or one is the end of the other: "Donald Trump", later "Trump"."""
    return first == second or first.endswith(f" {second}") or second.endswith(f" {first}")


def report_over(token: Token) -> Token | None:
    """The verb that reports the words around a token: "said" for "she" in "Fox said she left"."""
    while token.head.i != token.i:
        if token.dep_ == "ccomp" and token.head.pos_ == "VERB":
            return token.head
        token = token.head
    return None


def precedes_sayer(token: Token) -> bool:
    """As in "His symptoms cleared, Dempsey said": a pronoun in reported speech that precedes its speaker."""
    report = report_over(token)
    sayer = subject(report) if report is not None else None
    return sayer is not None and sayer.i > token.i


def labels_turn(token: Token) -> bool:
    """Whether a word is the "Q" or "A" before a turn of an interview."""
    return token.text in ("Q", "A") and token.i + 1 < len(token.doc) and token.nbor().text in (":", ".")


def later_subject(token: Token) -> Token | None:
    """As in "In his speech Hall said": the subject that follows a fronted phrase with the pronoun in it."""
    place = token.i
    while token.head.i != token.i:
        if token.dep_ in ("prep", "advcl") and token.head.pos_ in ("VERB", "AUX"):
            following = next((kid for kid in token.head.lefts if kid.dep_ in SUBJECTS), None)
            return following if following is not None and following.i > place else None
        token = token.head
    return None


def barred(token: Token, other: Token) -> bool:
    """Whether grammar rules out that a pronoun refers to a name in its own sentence.

    Excluded are "X praised him", "he told X", "X left after accusing him", "his lawyer X" and "X and he".
    """
    if other.doc is not token.doc or other.sent.start != token.sent.start:
        return False
    if token.dep_ == "poss":
        return _is_owned(token.head, other)
    if token.dep_ in SUBJECTS and token.head.dep_ == "parataxis" and other.dep_ in SUBJECTS:
        # "The museum, it adds, followed every rule": of itself it would not say so.
        return other.head.i == token.head.head.i
    if "conj" in (token.dep_, other.dep_) and (token.head.i == other.i or other.head.i == token.i):
        return True
    if token.dep_ == "nsubj" and token.lower_ in ("him", "her", "them"):
        # "The doctor told him to rest": the object of the telling.
        return clause(other).i == token.head.head.i and other.dep_ in SUBJECTS
    return (_argues(token, other) and not _is_share_of(token)) or _speaks_not(token, other)


def _is_share_of(token: Token) -> bool:
    """As in "27 people, all of them men,": the parser hangs them on the verb."""
    return token.lower_ == "them" and token.head.lower_ == "of" and token.i > 2 and token.nbor(-3).text == ","


def _speaks_not(token: Token, other: Token) -> bool:
    """As in "The vessel was stable, it added": "it" says what precedes it, and no vessel speaks."""
    verb = token.head
    content = any(kid.dep_ == "ccomp" and kid.i < token.i for kid in verb.children) or verb.dep_ == "parataxis"
    says = token.lower_ in IT and token.dep_ == "nsubj" and lemma(verb) in SPEAKING and content
    return says and other.i < token.i and other.tag_ == "NN" and lemma(other) not in _SPEAK


def _is_owned(owned: Token, other: Token) -> bool:
    """As in "his lawyer X", "X, her teacher" and "Okoro was his boss": nobody is their own."""
    if owned.dep_ == "attr" and other.dep_ in SUBJECTS and other.head.i == owned.head.i:
        return True
    if owned.dep_ == "appos" and owned.head.i == other.i and human(owned):
        return True
    return owned.i == other.i or (other.dep_ in ("appos", "compound") and other.head.i == owned.i)


def _argues(token: Token, other: Token) -> bool:
    """Whether a pronoun and a name are two different arguments of one verb."""
    arguments = (*SUBJECTS, "dobj", "pobj", "dative", "agent")
    other = other.head if other.dep_ == "appos" and other.head.i < other.i else other  # "the owner, Roy Beecher,"
    is_object = token.head.head.i == other.i if token.head.dep_ == "relcl" else _done_to(token, other)
    if token.dep_ in SUBJECTS and is_object:
        return True  # "Wirth, whom she defeated", "asked by Shah, he said"
    if token.dep_ in ("dobj", "dative") and token.head.dep_ == "relcl" and token.head.head.i == other.i:
        return any(kid.tag_ == "WP" and kid.dep_ in SUBJECTS for kid in token.head.lefts)  # "Down, who searched her"
    if other.dep_ in SUBJECTS and lemma(other.head) == "be" and clause(token).head.i == other.head.i:
        return any(kid.lower_ == "where" for kid in clause(token).children)  # "Perth is where he was born"
    if token.dep_ not in arguments or other.dep_ not in arguments:
        return False
    # "Lowe said she was gutted": the adjective has a subject of its own.
    own = token.head if token.dep_ in SUBJECTS and token.head.dep_ == "ccomp" else clause(token)
    others = clause(other)
    # "The bank failed, taking our savings with it": what a preposition leads to may well be the subject.
    faced = token.dep_ in ("dobj", "dative") or (token.dep_ == "pobj" and token.head.lower_ in ("against", "by"))
    governed = other.dep_ in SUBJECTS and faced
    # "The court fined the firm and ordered it to pay": the subject that two verbs share.
    shared = subject(own) if governed else None
    return (
        others.i == own.i
        or (governed and others.i == _governing(own).i)
        or (shared is not None and shared.i == other.i)
    )


def _done_to(token: Token, other: Token) -> bool:
    """As in "Asked by Imran Shah, he said": who does something to the subject in a participle before it."""
    verb = clause(other)
    bare = verb.tag_ == "VBN" and not any(kid.dep_ in (*SUBJECTS, "aux") for kid in verb.children)
    return bare and verb.dep_ == "advcl" and verb.i < token.i and token.head.i in (verb.head.i, verb.sent.root.i)


def _governing(verb: Token) -> Token:
    """The verb whose subject does what a participle says: "won" for "accusing" in "she won, after accusing them"."""
    while (
        verb.tag_ == "VBG"
        and verb.dep_ in ("advcl", "pcomp")
        and not any(kid.dep_ in (*SUBJECTS, "aux", "auxpass") for kid in verb.children)
    ):
        verb = clause(verb.head)
    return verb


def joined_names(token: Token) -> list[Token]:
    """A subject and the names coordinated with it: both of "Washington and the Taliban"."""
    result, todo = [token], [token]
    while todo:
        others = [kid for kid in todo.pop().children if kid.dep_ == "conj" and kid.pos_ in ("NOUN", "PROPN")]
        result += others
        todo += others
    return sorted(result, key=lambda name: name.i)


def top(token: Token, end: int) -> Token:
    """The head of the name that begins with ``token`` and ends before the offset ``end``."""
    while (
        token.dep_ in ("compound", "amod", "nmod", "det") and token.i < token.head.i and char_span(token.head)[1] <= end
    ):
        token = token.head
    return token


def clause(token: Token) -> Token:
    """The verb of a word's clause."""
    while token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def may_be_a_person(noun: Antecedent) -> bool:
    """Whether what the recogniser took for a place or a body is a single word that may well be a surname."""
    word = noun.name.lower()
    return noun.named and " " not in word and not noun.name.isupper() and word not in COUNTRIES and word not in NATIONS


def capitalised(token: Token) -> bool:
    """Whether a word within a sentence begins with a capital: no sentence, quotation or headline begins with it."""
    opens = token.is_sent_start or token.nbor(-1).is_punct
    return token.text[0].isupper() and not opens


def cited(token: Token) -> bool:
    """Whether a name is the source of an "according to"."""
    to = token.head
    return token.dep_ == "pobj" and to.lower_ == "to" and to.i > 0 and to.doc[to.i - 1].lower_ == "according"
