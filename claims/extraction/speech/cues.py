"""The words that attribute speech in each construction, with their frequencies.

The table `cues.txt` gives for a construction and a word the share, in per cent, of its occurrences that are
attributions in PolNeAR's train articles (840 articles of US political news, 2015-2016), smoothed by three
occurrences at the construction's own rate. `python -m benchmarks.cues` counts it again. Words that other news needs
and these articles lack are added by hand in `cues_more.txt`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims.extraction.text.syntax import as_somebody_will, child, in_passing, lemma, shared_helpers
from claims.lexicon.clauses import FICTION, UNSURE
from claims.lexicon.moods import ACCUSING, FAKED, OBLIGING, SELF, STAGED

if TYPE_CHECKING:
    from spacy.tokens import Token

_FOLDER = Path(__file__).parent
_DEFAULT = "*"
# Direct speech is taken from a verb that introduces it at least this often.
_SPEAKS = 50
_GOES = frozenset({"goes", "go", "went", "has"})  # "as the saying goes", "as the proverb has it"
_SAID_TO = (["to", "be"], ["to", "have"])
_UNSAID = OBLIGING | {"may", "might"}
# What a reader may, can or will do: "you'll also find", "you could argue".
_UNSAID_BY_READERS = _UNSAID | {"can", "could", "will", "would", "'ll", "’ll"}


@lru_cache(maxsize=2)
def _cue_table(name: str) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, per_cent, *words = line.split()
            table.setdefault(kind, {}).update(dict.fromkeys(words, int(per_cent) / 100))
    return table


def cue_share(kind: str, key: str) -> float:
    """How often ``key`` attributes in the construction ``kind``, from 0 to 1."""
    counts = _cue_table("cues.txt").get(kind, {})
    share = counts.get(key)
    by_hand = _cue_table("cues_more.txt").get(kind, {}).get(key)
    if by_hand == 0:
        # Counted by a chance of the train articles, and yet an action that gives nobody's words.
        return 0.0
    if by_hand is not None and (share is None or kind == "direct"):
        # Before or after a quotation a verb of saying is no chance find, however rare it was.
        return max(by_hand, share or 0.0)
    return counts.get(_DEFAULT, 0.0) if share is None else share


def speaks(lemma: str) -> bool:
    """Whether a verb introduces direct speech."""
    return 100 * cue_share("direct", lemma) >= _SPEAKS


def is_invented(verb: Token) -> bool:
    """As in "as the old captain would say", "that said, the mayor says": nobody has said it."""
    behind = [word.lower_ for word in verb.doc[verb.i + 1 : verb.i + 3]]
    # "Its owner, said to be a lawyer, has left".
    if in_passing(verb) or as_somebody_will(verb) or (verb.lower_ == "said" and behind in _SAID_TO):
        return True
    # "As my father used to say".
    above = verb.head if verb.dep_ == "xcomp" and verb.head.lower_ == "used" else verb
    helpers = {kid.lower_ for word in (verb, above) for kid in word.lefts if kid.dep_ in ("aux", "mark", "advmod")}
    return "as" in helpers and bool(helpers & {"would", "might"} or above is not verb or verb.lower_ in _GOES)


def is_unsaid(verb: Token, source: Token | None) -> bool:
    """As in "critics might say that", "the city should promise to", "you'll find": nobody has said it so far."""
    if source is not None and source.lower_ in SELF:
        return False  # "I must admit that"
    # The parser takes "ought" for the verb.
    words = {verb.lower_} | ({verb.head.lower_} if verb.dep_ == "xcomp" else set())
    unsaid = _UNSAID_BY_READERS if source is not None and source.lower_ == "you" else _UNSAID
    return bool((words | shared_helpers(verb, "xcomp", "conj")) & unsaid)


def is_doubtful(verb: Token) -> bool:
    """Whether a quotation beside a verb of saying is not told as said: "allegedly wrote", "says in a deepfake".

    So it is with what somebody is told, or is accused of telling. Such a quotation stays in its sentence.
    """
    if child(verb, "auxpass", "nsubjpass") is not None and not any(kid.dep_ == "agent" for kid in verb.children):
        return True
    if any(kid.dep_ == "advmod" and kid.lower_ in UNSURE for kid in verb.children):
        return True
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    if verb.dep_ in ("pcomp", "xcomp") and lemma(above) in ACCUSING:
        return True
    around = [word for kid in verb.children if kid.dep_ in ("prep", "advmod", "npadvmod") for word in kid.subtree]
    staged = any(word.lower_ in STAGED and word.dep_ == "pobj" and word.head.lower_ == "in" for word in around)
    return staged or any(word.lower_ in FAKED | FICTION for word in around)
