"""Splits coordinated clauses: "X did this and did that", "A said so; however, B denied it"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.extraction.splitting.borrowing import (
    DASHES,
    SUBJECTS,
    auxiliaries,
    before,
    in_number,
    is_finite_verb,
    is_share,
    noun_phrase,
    own_subject,
    present_form,
    reported,
    total_phrase,
    unopened,
)
from claims.extraction.splitting.circumstances import is_conditional
from claims.extraction.splitting.joints import belongs_elsewhere, is_cut_by_comma, verb_pattern
from claims.extraction.splitting.parts import Cut, Form, Word
from claims.extraction.text.syntax import (
    FINITE,
    child,
    closes_both,
    closes_report,
    is_own_report,
    is_plural,
    is_report_beside,
    is_verb,
    lemma,
    phrase,
    subject,
)
from claims.lexicon.clauses import HELPERS, JOINING
from claims.lexicon.verbs import CLOSING, SPEAKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_HELPING = ("aux", "auxpass")
_OPENING = ('"', "“", "‘", "'", "``", "''", "«", "»", "„")


def coordinate(verb: Token) -> Cut | None:
    """The cut before a verb that is coordinated with another; shared words are borrowed."""
    joint = [kid.lower_ for kid in verb.head.children if kid.dep_ == "cc" and kid.i < verb.i]
    if verb.dep_ != "conj" or not is_verb(verb.head) or (joint and joint[-1] not in JOINING):
        return None
    above = _superior(verb)
    if (
        closes_both(verb)  # what a report at the end gives are both clauses
        or any(map(closes_report, verb.children))
        or _depends(verb, reported_beside=above.dep_ == "ccomp")
        or is_conditional(above, before=verb)
    ):
        return None
    own = own_subject(verb)
    if above.dep_ == "ccomp" and above.head.i != above.i:
        beside = above.head.dep_ == "ROOT" and is_report_beside(verb, above.head)
        return Cut(form=Form.COORDINATE, head=verb) if beside else _within_report(verb, above, own)
    told_aside = _is_told_aside(verb, above) and not is_own_report(verb)
    if above.dep_ in ("relcl", "acl", "advcl", "dep") or reported(above) or told_aside:
        return None
    voice = _according_phrase(verb)
    if own is None:
        # "It was down, a notice said, and would be until May": not the notice.
        return _sharing(verb, above, voice) if above.dep_ != "parataxis" else None
    return None if _might_go_on(verb, above) else _with_own(verb, above, own, voice)


def _depends(verb: Token, *, reported_beside: bool = False) -> bool:
    """Whether a clause needs more of its sentence than a subject to stand alone.

    As in "only if they agree", "and how he left", "but she said could serve", "but didn't", "had feuds with", "and so
    were two schools".
    """
    content = child(verb, "ccomp")
    elided = verb.lemma_.lower() == "do" and child(verb, "dobj", "ccomp", "advcl", "prep") is None
    stranded = any(kid.dep_ == "prep" and kid.i > verb.i and not list(kid.children) for kid in verb.children)
    lacks_subject = content is not None and own_subject(content) is None and is_finite_verb(content)
    asked = any(kid.i < verb.i and kid.tag_ in ("WRB", "WP", "WDT") for kid in verb.children)
    mark = child(verb, "mark", "csubj")
    marked = mark is not None and not (reported_beside and mark.lower_ == "that")
    inverted = before(verb) == "so" and lemma(verb) in HELPERS
    return elided or stranded or lacks_subject or asked or marked or inverted or _is_heard(verb)


def _is_heard(verb: Token) -> bool:
    """As in "He left her a voicemail, a court heard on Monday": what is heard stands before it, or around it."""
    own = own_subject(verb)
    if own is None or before(own.left_edge) != "," or lemma(verb) not in CLOSING:
        return False
    follower = verb.doc[verb.i + 1].text if verb.i + 1 < len(verb.doc) else ""
    return follower == "," or child(verb, "dobj", "ccomp", "xcomp", "prt") is None


def _with_own(verb: Token, above: Token, own: Token, voice: tuple[tuple[Word, ...], tuple[Word, ...]]) -> Cut | None:
    """The cut before a verb that has a subject of its own; None if it does without more than can be given back."""
    elided = _elided(verb, above, own)
    if any(word.tag_ in ("WDT", "WP", "WP$") and word.i < own.i for word in phrase(verb)):
        # "in which the response causes ...": a relative clause that the parser joined to the main verb.
        return None
    if above.tag_ == "VB" and own_subject(above) is None and child(above, "aux") is None:
        # "Drop the seats and it grows": of an order the clause behind it is the result.
        return None
    if (
        is_cut_by_comma(own)
        or own.lower_ in ("one", "ones")
        or child(own, "case") is not None
        or (own.i > verb.i and own.dep_ != "expl")
    ):
        # "The trains were late, and the one to Leeds was full", "and last year's were": the first clause says what.
        # "But was borderline on others": the parser took the complement for the subject.
        return None
    if not elided and not is_finite_verb(verb):
        # "three killed and one taken hostage": the verb that it does without stands too far before it.
        return None
    base = total_phrase(verb) if not elided and is_share(own) else ()
    if base is None:
        return None
    return Cut(form=Form.COORDINATE, head=verb, lead=(*voice[0], *base), after=voice[1], swapped=elided)


def _according_phrase(verb: Token) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """As in "According to the ministry, A and B": what a sentence says by somebody's word it says of each part."""
    top = verb
    while top.dep_ == "conj" and is_verb(top.head):
        top = top.head
    source = next((kid for kid in top.children if kid.lower_ == "according"), None)
    if source is None:
        return (), ()
    words = [token for token in phrase(source) if not token.is_punct]
    return ((*words, ","), ()) if source.i < top.i else ((), (",", *words))


def _elided(verb: Token, above: Token, own: Token) -> tuple[tuple[int, str], ...]:
    """As in "12 people were killed and 40 injured": the auxiliary and the noun that the second does without."""
    helper = child(above, "auxpass")
    if helper is None or verb.tag_ != "VBN" or auxiliaries(verb):
        return ()
    shared = child(above, *SUBJECTS)
    replaced = [(verb.i, f"{in_number(helper, own)} {verb.text}")]
    if own.tag_ == "CD" and shared is not None and child(shared, "nummod") is not None and own.lower_ != "one":
        replaced.append((own.i, f"{own.text} {shared.text}"))
    return tuple(replaced)


def juxtaposed(verb: Token) -> Cut | None:
    """The cut after a clause that the parser attached to the next one: "A suggests that ...; B has rejected it"."""
    if verb.dep_ not in ("ccomp", "parataxis") or child(verb, *SUBJECTS, "expl") is None or _depends(verb):
        return None
    if verb.dep_ == "ccomp" and verb.head.dep_ == "ccomp" and verb.head.head.i < verb.i:
        # "The rebels say he died in July; his family does not believe it": the report is that he died.
        return None
    low, high = sorted((verb.i, verb.head.i))
    joints = [verb.doc[i].text for i in range(low, high) if verb.doc[i].head.i in (verb.i, verb.head.i)]
    if ";" in joints or (verb.dep_ == "parataxis" and any(text in DASHES for text in joints)):
        return Cut(form=Form.COORDINATE, head=verb)
    return None


def _superior(verb: Token) -> Token:
    """The verb that a coordinated verb is really joined to: "has said that he wants ..., and has called"."""
    above = verb.head
    over = above.head
    same_form = verb_pattern(verb) == verb_pattern(over) != verb_pattern(above)
    if above.dep_ == "ccomp" and above.i > over.i and same_form and child(verb, *SUBJECTS) is None:
        return over
    return above


def _sharing(verb: Token, above: Token, voice: tuple[tuple[Word, ...], tuple[Word, ...]]) -> Cut | None:
    if _shares_object(verb, above) or _might_be_reported(verb, above) or belongs_elsewhere(verb, above):
        return None
    shared = _common_subject(above)
    if shared is None or len(phrase(verb)) < 2 or not _agrees(shared, verb):
        return None
    if _has_to(verb) and not _has_to(above):
        return None  # "wants to ban it, and to close the shops": it hangs on another verb, whatever the parser says
    modal = any(aux.dep_ == "aux" and lemma(aux) != "have" for aux in auxiliaries(above))  # "have complained and say"
    if verb.tag_ == "VB" and not auxiliaries(verb) and not modal:
        return None
    lead: list[Word] = list(noun_phrase(shared))
    if voice[0] and shared.left_edge.pos_ == "DET":
        lead[0] = shared.left_edge.lower_  # behind "According to the ministry,"
    if verb.tag_ in ("VB", "VBG", "VBN") and not any(helper.tag_ in (*FINITE, "TO") for helper in auxiliaries(verb)):
        # "Had asked for one and been refused it": "been" has no tense of its own.
        helpers = auxiliaries(above)
        if not _lends(helpers, verb):
            return None
        lead += helpers
    return Cut(form=Form.COORDINATE, head=verb, lead=(*voice[0], *lead), after=voice[1])


def _has_to(verb: Token) -> bool:
    return any(helper.tag_ == "TO" for helper in auxiliaries(verb))


def _common_subject(above: Token) -> Token | None:
    """The subject that a second verb shares with the first, where that is somebody or something."""
    noun = subject(above)
    if noun is None or noun.dep_ == "expl" or noun.tag_ in ("WP", "WDT"):
        return None
    if any(kid.dep_ in SUBJECTS and kid.i < noun.i and child(kid, "cc") is not None for kid in above.children):
        # "The doctor, Tom Berg, and his wife, Eva Lund, died": of two joined subjects the parser made one each.
        return None
    # "It is apparent that ...": nothing is meant by "it" that could do anything else.
    idle = noun.lower_ == "it" and child(above, "ccomp", "xcomp", "acomp") is not None
    return None if idle else noun


def _lends(helpers: tuple[Token, ...], verb: Token) -> bool:
    """Whether the auxiliaries of the first verb are the second's too.

    "Has been solid and tackling" shares none, and of "will not resign but stay" the second is not denied.
    """
    if verb.tag_ == "VBG" and (verb.head.tag_ != "VBG" or not any(lemma(helper) == "be" for helper in helpers)):
        return False  # "was accused of misleading and failing them"
    denied = any(helper.dep_ == "neg" for helper in helpers)
    return not (denied and any(kid.lower_ == "but" for kid in verb.head.children if kid.dep_ == "cc"))


def _might_be_reported(verb: Token, above: Token) -> bool:
    """As in "Prosecutors said Harris told an officer, and bought two cans": the second verb may be either's.

    It is the reporter's where the tenses say so ("has said that he wants, and has called"), or where all that was
    reported is in quotation marks.
    """
    content = next((kid for kid in above.children if kid.dep_ == "ccomp" and above.i < kid.i < verb.i), None)
    if content is None:
        return False
    if any(kid.dep_ == "mark" and kid.lower_ != "that" for kid in content.lefts):
        # "“He could have won,” she said, “if he had trained” and slept": the condition goes on outside of the marks.
        return True
    if content.left_edge.is_quote or before(content.left_edge) in _OPENING:
        return False
    inside = [token for token in phrase(content) if is_verb(token) and token.i < verb.i and token.dep_ not in _HELPING]
    tenses = {_tense(token) for token in inside}
    if "perfect" in tenses:
        tenses |= {"VBD", "VBN"}  # "had told an officer and bought two cans": they mostly look the same
    if "MD" in tenses and _tense(verb) == "VBD" and lemma(verb) not in SPEAKING:
        # "said the closures would save money and were right": so they may have said; who accuses speaks for himself.
        return True
    return _tense(above) != _tense(verb) or _tense(verb) in tenses


def _might_go_on(verb: Token, above: Token) -> bool:
    """As in "Lowe said she was glad and the state would pay": what was said may go on behind the conjunction.

    It does not behind a comma ("..., and the state paid"), unless "would" gives what somebody said will be.
    """
    reports = child(above, "ccomp") is not None and lemma(above) in SPEAKING
    own = own_subject(verb)
    if reports and own is not None and own.pos_ == "PRON":
        # "Said it was for towns to decide, but they had a duty".
        return True
    would = any(helper.lower_ in ("would", "’d", "'d") for helper in auxiliaries(verb))
    return reports and child(verb, "ccomp") is None and (would or not _behind_comma_and(verb))


def _is_told_aside(verb: Token, above: Token) -> bool:
    """As in "The tax covers flats, she said, and the town would gain": an inserted report may be of both clauses.

    Or of more, if more are joined: "Berg, the letter says, took the car, drove off and hit a wall".
    """
    if any(kid.dep_ == "parataxis" and kid.i < verb.i and lemma(kid) in SPEAKING for kid in above.children):
        return True
    return above.dep_ == "conj" and is_verb(above.head) and _is_told_aside(verb, above.head)


def _tense(verb: Token) -> str:
    helpers = auxiliaries(verb)
    if any(lemma(helper) == "have" for helper in helpers):
        return "perfect"
    return next((word.tag_ for word in (*helpers, verb) if word.tag_ in FINITE), verb.tag_)


def _shares_object(verb: Token, above: Token) -> bool:
    """As in "hunted and ate a rabbit": the first verb alone would say something else."""
    near = verb.i - above.i == 1 + sum(1 for kid in above.children if kid.dep_ == "cc" and above.i < kid.i < verb.i)
    return near and child(verb, "dobj") is not None


def _agrees(shared: Token, verb: Token) -> bool:
    """Whether subject and verb agree in number: where they do not, the parser joined the wrong two."""
    finite = present_form(verb) or verb
    plural = is_plural(shared)
    if finite.tag_ == "VBZ":
        return not plural
    return not (finite.tag_ == "VBP" and shared.tag_ in ("NN", "NNP") and not plural)


def _behind_comma_and(verb: Token) -> bool:
    """Whether a comma precedes the conjunction that joins a clause."""
    joint = verb.doc[max(verb.left_edge.i - 1, 0)]
    return joint.text == "," or (joint.dep_ == "cc" and before(joint) == ",")


def _within_report(verb: Token, above: Token, own: Token | None) -> Cut | None:
    """As in "Officials said the bridge was closed and two people were hurt": the second after the same words."""
    cue = above.head
    joint = any(kid.dep_ == "cc" and kid.i < verb.i for kid in above.children)
    if own is None or not joint or cue.dep_ not in ("ROOT", "conj") or reported(cue):
        # Without a conjunction the second may as well be the writer's.
        return None
    if above.i > cue.i:
        if child(verb, "mark") is None and _behind_comma_and(verb):
            # "It told reporters the crew was safe, and officials praised it": the second may be the writer's.
            return None
        words = [token for token in phrase(cue, without=[above]) if token.i < above.left_edge.i]
        words += [kid for kid in above.lefts if kid.dep_ == "mark" and child(verb, "mark") is None]
        return Cut(form=Form.COORDINATE, head=verb, lead=tuple(unopened(words)))
    # "The bridge was closed and two people were hurt, officials said."
    words = [token for token in phrase(cue, without=[above]) if token.i > above.right_edge.i]
    words = [token for token in unopened(words) if not token.is_punct]
    return Cut(form=Form.COORDINATE, head=verb, after=(",", *words)) if words else None
