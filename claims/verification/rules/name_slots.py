"""The name that a sentence has in the place of a claim's name: beside the same words, and in the same role."""

from __future__ import annotations

import re

from claims.lexicon.people import ROLE_WORDS
from claims.records import Span
from claims.verification.forms.names import Name, alike, is_name, names, share_neighbours, whole
from claims.verification.forms.tables import MARK
from claims.verification.rules.rivals import one_case, preposition
from claims.verification.words import content, coverage, words


def name_in_place(claim: str, name: Name, sentence: str, need: float) -> Name | None:
    """The name that ``sentence`` has in place of the claim's ``name``: next to the same word before or after it."""
    if MARK in sentence or topic_share(claim, whole(name), sentence) < need:
        return None
    ours, role = names(claim), _before_role(claim, name)
    # "The Russian leader" says what somebody is: no name is another one for that.
    strangers = [
        other
        for other in names(sentence)
        if alike(name, other) is False
        and one_case(claim, name, sentence, other)
        and not _may_be_meant(claim, name, sentence, other)
        and not any(alike(our_name, other) for our_name in ours)
        and not (role and not _before_role(sentence, other))
    ]
    place = whole(name)
    stranger = next((other for other in strangers if share_neighbours(claim, place, sentence, whole(other))), None)
    certain = stranger is None or (is_name(claim, name.span) and is_name(sentence, stranger.span))
    return stranger if certain else None


def _may_be_meant(claim: str, name: Name, sentence: str, other: Name) -> bool:
    """Whether the claim's name may be who the sentence is about although it has another name.

    It may be what a pronoun before that name stands for ("He also starred in Black Sheep"); and who does something in
    the claim is not whom a preposition adds in the sentence ("a festival of Hinduism, it signifies").
    """
    pronoun = _ANAPHOR.search(sentence[: other.span[0]])
    if pronoun and not any(there.span[1] <= pronoun.start() for there in names(sentence)):
        return True
    acts = name.party is None and not content(claim[: name.span[0]]) and not name.text.endswith(("'s", "'"))
    return acts and preposition(sentence, other.span[0]) not in ("", "by")


_ANAPHOR = re.compile(r"\b(?:he|she|it|they|his|her|its|their)\b", re.I)


def _before_role(text: str, name: Name) -> bool:
    """Whether a name only describes a role: "the Russian leader", "a Siemens director"."""
    after = words(text[name.span[1] : name.span[1] + 30])[:1]
    return bool(after) and after[0].norm in ROLE_WORDS and after[0].text.islower()


def topic_share(claim: str, span: Span, sentence: str) -> float:
    """How much of the claim's clause around ``span``, the number itself left out, the sentence has."""
    around = content(claim[: span[0]] + " " + claim[span[1] :])
    around = [word for word in around if not word[0].isdigit()]
    return coverage(around, content(sentence)) if around else 1.0
