"""Turns ranked candidates into an answer: certain, a suggestion, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import Antecedent, barred, end_alike, is_subject_of_be, report_over
from claims.extraction.coreference.ranking import SPOKE, Option, is_sayer, ranker
from claims.extraction.text.document import char_span
from claims.extraction.text.syntax import subject
from claims.lexicon.people import DOCUMENTS
from claims.lexicon.pointers import GROUPS, HE, IT, SHE, THEY

if TYPE_CHECKING:
    from spacy.tokens import Token

# A candidate below this probability is no suggestion, and one above the other is a rival to the best.
_SUGGESTED, _RIVAL = 0.3, 0.05
# Whom "it" and "they" mean is never certain, and suggested from here on.
_THING = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whom a pronoun means: ``sure`` at the measured bound, else ``name`` is a suggestion or None.

    ``offset`` is where the figure was mentioned by name last; ``plausible`` are the names of all who may be meant.
    """

    name: str | None = None
    sure: bool = False
    offset: int | None = None
    plausible: tuple[str, ...] = ()


def fits(token: Token, group: Sequence[Antecedent], genders: Mapping[str, str]) -> bool:
    """Whether gender, number and grammar allow a candidate, given by its mentions so far."""
    last = group[-1]
    wanted = "m" if token.lower_ in HE else "f" if token.lower_ in SHE else None
    known = genders.get(last.key) or next((one.gender for one in group if one.gender), None)
    if wanted is not None and known is not None and wanted != known:
        return False
    joined = last.token.dep_ == "conj" or any(kid.dep_ == "conj" for kid in last.token.children)
    if token.lower_ in THEY and joined and last.kind != "persons":
        return False
    return not any(barred(token, one.token) for one in group)


def answered(token: Token, options: Sequence[Option]) -> Answer:
    """The answer for a pronoun outside of quotations."""
    best = options[0] if options else None
    person = token.lower_ in HE | SHE
    if best is None or best.probability < _SUGGESTED or not _worth(token, best):
        return Answer(plausible=_plausible(options))
    certain = person and _certain_person(token, options)
    named = next((one for one in reversed(best.mentions) if not one.settled), best.last)
    return Answer(name=named.name, sure=certain, offset=named.offset, plausible=_plausible(options))


def only_one(token: Token, options: Sequence[Option], voice: str | None, block: int) -> Answer:
    """Whom somebody else's words mean: the one person of that gender who was named in this paragraph or the last.

    Where it is open who speaks (``voice`` is None), nobody: the one who is near may be the speaker himself.
    """
    if token.lower_ not in HE | SHE:
        return Answer()
    if voice is None:
        return Answer(plausible=_plausible(options))
    likely = (one for one in options if one.probability >= _RIVAL)
    others = [one for one in likely if not (voice and end_alike(one.last.name, voice))]
    if len(others) != 1:
        return Answer(plausible=_plausible(others))
    (one,) = others
    near = any(mention.block >= block - 1 for mention in one.mentions if not mention.settled)
    known = near and _gender_known(one) and one.last.named and one.last.kind == "person"
    return Answer(
        name=one.last.name if known else None, sure=known, offset=one.last.offset, plausible=_plausible(others)
    )


def _plausible(options: Sequence[Option]) -> tuple[str, ...]:
    return tuple(one.last.name for one in options if one.probability >= _RIVAL)


def _certain_person(token: Token, options: Sequence[Option]) -> bool:
    """A name of a person, likely enough, the last to be named, and of that gender where somebody else may be meant."""
    best, bounds = options[0], ranker()["bounds"]
    if not best.last.named or best.last.kind != "person" or _since(best, options[1:]):
        return False
    if best.last.token.dep_ in ("compound", "nmod") or _of_somebody_else(token, options):
        # "A Fox supporter" is not Fox.
        return False
    rivals = [one for one in options[1:] if one.probability >= _RIVAL and one.last.kind != "place"]
    known = any(one.proven for one in best.mentions) and _gender_known(best)
    going_on = is_sayer(token) and known and SPOKE in best.features
    if best.probability < bounds["speaker" if going_on else "person"]:
        return _alone(token, best, options[1:])
    return known or not rivals


def _alone(token: Token, best: Option, others: Sequence[Option]) -> bool:
    """As in "Dieter Kolb shook his head. “...,” he said": the speaker is the only person of the paragraph.

    The person is given by a full name that is a subject of the sentence before, and nobody else who may be meant, not
    even a thing or a body, stands in the paragraph.
    """
    last = next((one for one in reversed(best.mentions) if not one.settled), best.last)
    here = [one for one in others if any(m.block == best.last.block for m in one.mentions)]
    opens = last.subject and " " in last.name and last.token.doc is token.doc
    return is_sayer(token) and opens and not here


def _of_somebody_else(token: Token, options: Sequence[Option]) -> bool:
    """Whether a pronoun stands in what somebody else says: of "the agent said she would" the agent may be meant."""
    report = report_over(token)
    sayer = subject(report) if report is not None else None
    if sayer is None or sayer.pos_ == "PRON":
        return False
    offset = char_span(sayer)[0]
    said = [place for place, one in enumerate(options) if any(m.offset == offset for m in one.mentions)]
    if said:
        return said[0] != 0
    return sayer.tag_ == "NN" and sayer.lower_ not in DOCUMENTS | GROUPS


def _since(best: Option, others: Sequence[Option]) -> bool:
    """Whether a person was spoken of since the best was named: by name, or as "the patient"."""
    named = max((one.offset for one in best.mentions if not one.settled), default=-1)
    for other in others:
        if not other.last.named and other.last.offset > named:
            return True
        if other.last.kind == "person" and any(one.offset > named and not one.settled for one in other.mentions):
            return True
    return False


def _gender_known(one: Option) -> bool:
    return any(mention.gender for mention in one.mentions)


def _worth(token: Token, best: Option) -> bool:
    """Whether the best candidate is worth a suggestion by its kind: of 45 things on news pages 4 were right."""
    last = best.last
    if token.lower_ in HE | SHE:
        return last.kind in ("person", "name")
    if token.lower_ in IT and (is_subject_of_be(token) or last.kind not in ("group", "place") or not last.named):
        return False
    if token.lower_ in THEY and last.kind not in ("persons", "things"):
        return False
    return best.probability >= _THING and last.subject
