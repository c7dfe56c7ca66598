"""Turns ranked candidates into an answer: certain, a suggestion, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import SUBJECTS, Antecedent, barred, end_alike, human, report_over
from claims.extraction.coreference.first_names import gender_of
from claims.extraction.coreference.ranking import SPOKE, Option, is_sayer, ranker
from claims.extraction.text.document import char_span
from claims.extraction.text.syntax import subject
from claims.lexicon.people import DOCUMENTS, FEMALE_WORDS, MALE_WORDS
from claims.lexicon.pointers import GROUPS, HE, NO_PERSONS, PERSON_ENDINGS, SHE, THEY

if TYPE_CHECKING:
    from spacy.tokens import Token

# A candidate below this probability is no suggestion, and one above the other is a rival to the best.
_SUGGESTED, _RIVAL = 0.3, 0.05
# Whom "they" mean is never certain, and suggested from here on.
_THING = 0.5
# Above this a person is likelier than all others together: enough where nobody else is near. The tuning half has its
# first wrong name at .3.
_LIKELY = 0.5
_MENTIONS = 40  # the last mentions of a candidate that grammar is asked about: it rules on those of one sentence
_SAINTS = frozenset({"st", "saint"})
_OPENING, _CLOSING = frozenset("\"“‘'"), frozenset("\"”’'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The referent of a pronoun: ``sure`` above the measured threshold, else ``name`` is a suggestion or None.

    A ``doubted`` name is not even suggested. ``offset`` is that of the figure's last mention by name; ``plausible`` are
    the names of all possible referents, and ``people`` those of them that are known for persons.
    """

    name: str | None = None
    sure: bool = False
    doubted: bool = False
    offset: int | None = None
    plausible: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


def fits(token: Token, group: Sequence[Antecedent], genders: Mapping[str, str]) -> bool:
    """Whether gender, number and grammar allow a candidate, given by its mentions so far."""
    last = group[-1]
    gender = "m" if token.lower_ in HE else "f" if token.lower_ in SHE else None
    known_gender = genders.get(last.key) or next((mention.gender for mention in group if mention.gender), None)
    if gender is not None and known_gender is not None and gender != known_gender:
        return False
    joined = last.token.dep_ == "conj" or any(kid.dep_ == "conj" for kid in last.token.children)
    if token.lower_ in THEY and joined and last.kind != "persons":
        return False
    return not any(barred(token, mention.token) for mention in group[-_MENTIONS:])


def answered(token: Token, options: Sequence[Option]) -> Answer:
    """The answer for a pronoun outside of quotations."""
    best = options[0] if options else None
    person = token.lower_ in HE | SHE
    unnamed = Answer(plausible=_plausible(options), people=_people(options))
    if best is None or best.probability < _SUGGESTED or not _worth(token, best):
        return unnamed
    certain, naming = person and _certain_person(token, options), _naming(best)
    # Behind a doubtful pronoun for the same person, the ranker leaves the others next to nothing.
    least = 0.0 if best.last.doubtful else _RIVAL
    others = [other for other in options[1:] if other.probability >= least]
    doubted = person and not certain and (_named_since(best, others) or _another_since(best, token))
    doubted |= _unlike(best, token)
    return replace(unnamed, name=naming.name, sure=certain, offset=naming.offset, doubted=doubted)


def only_one(token: Token, options: Sequence[Option], voice: str | None, block: int) -> Answer:
    """The referent of a pronoun in quoted words: the only person of that gender named in this paragraph or the last.

    If the speaker is unknown (``voice`` is None), there is no answer, because the person may be the speaker.
    """
    if token.lower_ not in HE | SHE:
        return Answer()
    if voice is None:
        return Answer(plausible=_plausible(options))
    likely = (option for option in options if option.probability >= _RIVAL or _named_near(option, block))
    others = [option for option in likely if not (voice and end_alike(option.last.name, voice))]
    if len(others) != 1:
        return Answer(plausible=_plausible(others))
    (person,) = others
    named = _gender_known(person) and person.last.named and person.last.kind == "person"
    is_known = named and _named_near(person, block) and not _relative_since(person, token)
    return Answer(
        name=person.last.name if is_known else None,
        sure=is_known,
        offset=person.last.offset,
        plausible=_plausible(others),
    )


def _named_near(option: Option, block: int) -> bool:
    """Whether a person is named in this paragraph or the one before it."""
    return any(mention.block >= block - 1 for mention in option.mentions if not mention.settled)


def _plausible(options: Sequence[Option]) -> tuple[str, ...]:
    return tuple(option.last.name for option in options if option.probability >= _RIVAL)


def _people(options: Sequence[Option]) -> tuple[str, ...]:
    likely = (option.last for option in options if option.probability >= _RIVAL)
    return tuple(last.name for last in likely if last.named and last.kind == "person")


def _certain_person(token: Token, options: Sequence[Option]) -> bool:
    """Whether the best candidate is certain: a person's name, probable enough, named last, and of the right gender."""
    best, bounds = options[0], ranker()["bounds"]
    if not best.last.named or best.last.kind != "person" or _since(best, options[1:]) or best.last.doubtful:
        return False
    if _another_since(best, token):
        return False
    if best.last.token.dep_ in ("compound", "nmod") or _of_somebody_else(token, options):
        # "A Fox supporter" is not Fox.
        return False
    rivals = [option for option in options[1:] if option.probability >= _RIVAL and option.last.kind != "place"]
    known = _is_known(best)
    going_on = is_sayer(token) and known and SPOKE in best.features
    probability = best.probability / (1 - sum(o.probability for o in options[1:] if _is_nobody(o))) if known else 0.0
    if max(probability, best.probability) < bounds["speaker" if going_on else "person"]:
        return _alone(token, best, options[1:])
    return known or not rivals


def _naming(option: Option) -> Antecedent:
    """The last mention by name; the last one of all if there is none."""
    return next((mention for mention in reversed(option.mentions) if not mention.settled), option.last)


def _is_known(option: Option) -> bool:
    """Whether somebody is known for a person, and the gender too."""
    return any(mention.proven for mention in option.mentions) and _gender_known(option)


def _is_nobody(option: Option) -> bool:
    """Whether a name is no person's: a place, several ("the Browns"), or a name with other signs than letters.

    The ranker gives such names a share of the probability all the same, which "he" leaves to the people.
    """
    last = option.last
    signs = any(not (char.isalpha() or char in " .'’-") for char in last.name)
    return last.kind == "place" or last.token.tag_ == "NNPS" or signs


def _alone(token: Token, best: Option, others: Sequence[Option]) -> bool:
    """Whether nobody else who may be meant has been mentioned in the paragraph that last names a person, or since.

    As in "Dieter Kolb shook his head. “...,” he said": the speaker, given by a full name that is a subject, is the
    only one, not even a thing or a body is there. Beside things, a person must be known for one, and be likelier than
    all others together or the subject of the sentence before the quotation that "he said" ends.
    """
    last = _naming(best)
    nearby = [option for option in others if any(m.block >= last.block for m in option.mentions)]
    if is_sayer(token) and last.subject and " " in last.name and last.token.doc is token.doc and not nearby:
        return True
    people = [option for option in nearby if option.last.kind in ("person", "name", "persons")]
    if people or not _is_known(best):
        return False
    return (best.probability >= _LIKELY and not _is_saying(best, token)) or _precedes_quotation(last, token)


def _is_saying(option: Option, token: Token) -> bool:
    """Whether a pronoun is in a person's own words: who speaks tells of others whom the text is about."""
    report = report_over(token)
    sayer = subject(report) if report is not None else None
    return sayer is not None and any(mention.token.i == sayer.i for mention in option.mentions)


def _precedes_quotation(mention: Antecedent, token: Token) -> bool:
    """Whether a name is the subject of the sentence before a quotation that ends with a pronoun: "...,” he said"."""
    root = mention.token.sent.root
    if not is_sayer(token) or token.i == 0 or token.nbor(-1).text not in _CLOSING or mention.token.doc is not token.doc:
        return False
    between = token.doc[mention.token.sent.end : token.i - 1]
    leads = mention.token.head.i == root.i and mention.token.dep_ in SUBJECTS
    return leads and bool(len(between)) and between[0].text in _OPENING


def _of_somebody_else(token: Token, options: Sequence[Option]) -> bool:
    """Whether a pronoun is in the words of another speaker: "the agent said she would" may mean the agent."""
    report = report_over(token)
    sayer = subject(report) if report is not None else None
    if sayer is None or sayer.pos_ == "PRON":
        return False
    offset = char_span(sayer)[0]
    places = [place for place, option in enumerate(options) if any(m.offset == offset for m in option.mentions)]
    if places:
        return places[0] != 0
    named = next((kid for kid in sayer.children if kid.dep_ == "appos" and kid.pos_ == "PROPN"), None)
    if named is not None and (gender := gender_of(named.doc[named.left_edge.i].lower_)) is not None:
        # "Her lawyer, Robert Keane, said she would": not he.
        return gender == ("m" if token.lower_ in HE else "f")
    return sayer.tag_ == "NN" and sayer.lower_ not in DOCUMENTS | GROUPS


def _since(best: Option, others: Sequence[Option]) -> bool:
    """Whether another person was mentioned since the best candidate was named: by name, or as "the patient"."""
    unnamed = (other.last.offset for other in others if not other.last.named)
    return any(offset > _naming_offset(best) for offset in unnamed) or _named_since(best, others)


def _named_since(best: Option, others: Sequence[Option]) -> bool:
    """Whether another person was named since: of 13 names that were suggested all the same, 4 were right."""
    named = (mention for other in others if other.last.kind == "person" for mention in other.mentions)
    return any(mention.offset > _naming_offset(best) and not mention.settled for mention in named)


def _naming_offset(best: Option) -> int:
    return max((mention.offset for mention in best.mentions if not mention.settled), default=-1)


def _relative_since(best: Option, token: Token) -> bool:
    """As in "Tal, whose brother was taken, said he", "Her daughter, Kim, came": another was told of as a relative."""
    last = _naming(best)
    words = MALE_WORDS if token.lower_ in HE else FEMALE_WORDS
    if last.token.doc is token.doc:
        between = tuple(token.doc[last.token.i : token.i])
    else:
        between = (*last.token.doc[last.token.i :], *token.doc[: token.i])
    return any(
        word.tag_ == "NN"
        and word.lower_ in words
        and word.dep_ not in ("appos", "attr", "compound")
        and any(kid.dep_ == "poss" and kid.lower_ not in ("my", "our", "your") for kid in word.children)
        and not any(kid.dep_ in ("appos", "compound") and kid.text in last.name for kid in word.children)
        for word in between
    )


def _another_since(best: Option, token: Token) -> bool:
    """Whether somebody without a name was told of since, or beside, whom the pronoun may mean."""
    return _relative_since(best, token) or _belonging_since(best, token)


def _belonging_since(best: Option, token: Token) -> bool:
    """As in "Moyo's attacker was named. He", "The body of Ross was found by a walker. She": the other may be meant.

    Whoever somebody is to the person that was named last, or was done to or by beside them, without a name.
    """
    last = _naming(best).token
    owns = last.dep_ == "poss" or (last.dep_ == "pobj" and last.head.lower_ == "of")
    if not owns or (last.doc is token.doc and last.sent.start == token.sent.start):
        return False
    wanted = FEMALE_WORDS if token.lower_ in HE else MALE_WORDS
    others = (
        word for word in last.sent if word.tag_ == "NN" and word.i != last.i and word.dep_ not in ("compound", "appos")
    )
    return any(human(word) or _is_doer(word) for word in others if word.lower_ not in wanted)


def _is_doer(noun: Token) -> bool:
    """Whether a noun looks like one of a person by its ending: "jogger", "rapist", "postwoman"."""
    word = noun.lower_
    return noun.ent_type_ == "" and word.endswith(PERSON_ENDINGS) and word not in NO_PERSONS


def _gender_known(option: Option) -> bool:
    return any(mention.gender for mention in option.mentions)


def _worth(token: Token, best: Option) -> bool:
    """Whether the best candidate is worth a suggestion by its kind.

    "It" never has one, and "they" only several people or parties: of 45 things on news pages 4 were right.
    """
    last = best.last
    if token.lower_ in HE | SHE:
        # "Bob" is not "she", and "St Luke's" is a hospital.
        first = _naming(best).name.split()[0].lower().rstrip(".")
        wanted = "m" if token.lower_ in HE else "f"
        return last.kind in ("person", "name") and gender_of(first) in (wanted, None) and first not in _SAINTS
    return token.lower_ in THEY and last.kind == "persons" and last.subject and best.probability >= _THING


def _unlike(best: Option, token: Token) -> bool:
    """Whether the best candidate is wrong more often than right: a name that may be a town's, or one plural of two.

    Nothing shows the one to be a person's, who mostly does something; "they" has a suggestion only if parties are
    joined ("Rahn and Kolb").
    """
    if token.lower_ in HE | SHE:
        named = [mention for mention in best.mentions if not mention.settled]
        acts = any(mention.subject for mention in named)
        return best.last.kind == "name" and not (acts or _gender_known(best) or best.last.proven)
    return " and " not in best.last.name
