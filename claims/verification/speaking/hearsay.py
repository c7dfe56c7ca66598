"""Finds that a source only reports what a claim gives as a fact: words that it quotes, or that one person told.

"The pit is safe, a neighbour told us" says that a neighbour said so. What a council, a court, a study or a spokesman
says is what articles give as a fact, and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.lexicon.clauses import word_set
from claims.lexicon.framing import ACTING_FOR
from claims.lexicon.people import BODY_NOUNS, DOCUMENTS
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.verification.evidence.sentences import of_every
from claims.verification.words import content, coverage, words

# Not "report" and "claim", which are nouns as well.
_VERBS = {verb for verb in SPEAKER_FORMS if verb[-1] in "ds"} | word_set("say told wrote writes")
_ONE = word_set("a an one his her its their my our")
_PERSON = word_set("he she i")
# Those who have something to gain by what they say.
_PARTIES = word_set("""
    activists campaigners critics defenders fans friends insurgents militants neighbors neighbours opponents protesters
    rebels relatives residents separatists supporters sympathisers witnesses
""")
_IS = word_set("was were is are")
# What stands behind a comma, with who says it: "…, a neighbour told us", "…, says five-year-old Mia".
_TAIL = re.compile(r",[\"”]?\s(?P<words>[^,;:]{3,80})")
_LEAD = re.compile(r"[\"“]?(?P<words>[^,;:]{3,80})")
_MOST_WORDS = 9
# Those who say it for others, or from what was counted or found, and the papers that they say it in.
_FOR_OTHERS = (
    ACTING_FOR
    | BODY_NOUNS
    | DOCUMENTS
    | word_set("""
    association authority authorities bank body bureau charity club coroner doctor doctors federation firm foundation
    hospital inquest inquiry institute judge jury minister ministers museum notice operator organisation organization
    prosecutor prosecutors publisher register regulator researchers school scientists secretary service surgeon tribunal
    trust university verdict vet
""")
)
# What opens a phrase behind the head of a name: "a fortune-teller at the village fair".
_BESIDE = word_set("at from in near of on that which who with")
_QUOTED = re.compile(r"[\"“](?P<inside>[^\"“”]{3,400})[\"”]")
# The words of a claim that are within the quotation marks.
_WITHIN = 0.8


def hearsay(claim: str, passage: str) -> str:
    """Whose words, or that they are quoted, where the sentences nearest to a claim only report it; else empty."""
    return of_every(_hearsay_in, claim, passage)


def _hearsay_in(claim: str, sentence: str) -> str:
    asked = content(claim)
    quoted = max((coverage(asked, content(match["inside"])) for match in _QUOTED.finditer(sentence)), default=0.0)
    if quoted and quoted >= _WITHIN * coverage(asked, content(sentence)) and not _QUOTED.search(claim):
        return "the source has it in quotation marks, as somebody's words"
    for part in filter(None, (_LEAD.match(sentence), *_TAIL.finditer(sentence))):
        who = _one_who_tells([word.norm for word in words(part["words"])], leads=not part.start())
        said_in_claim = set(who) - _PERSON <= {word.norm for word in words(claim)}
        if who and not set(who) & _FOR_OTHERS and (not said_in_claim or set(who) <= _PERSON):
            return f"the source only reports that it was said (“{part['words']}”)"
    return ""


def _one_who_tells(norms: Sequence[str], *, leads: bool) -> Sequence[str]:
    """The words for the one person of whom a clause says that they tell or were told it; empty where it is not so."""
    if norms[:2] == ["according", "to"]:
        norms = ["says", *norms[2:]]
        leads = False
    place = next((place for place, norm in enumerate(norms[:_MOST_WORDS]) if norm in _VERBS), None)
    if place is None:
        return ()
    if place and norms[place - 1] in _IS:
        return norms[: place - 1] if norms[place] == "told" else ()
    who = norms[:place] if place or leads else norms[1:_MOST_WORDS]
    end = next((end for end, norm in enumerate(who) if norm in _BESIDE), len(who))
    single = bool(who) and (who[0] in _ONE or who[0].endswith("-year-old") or "old" in who[:3])
    return who[:end] if single or set(who[:end]) & _PARTIES or tuple(who) in {(word,) for word in _PERSON} else ()
