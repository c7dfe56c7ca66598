"""Finds that a source only reports what a claim gives as a fact: words that it quotes, or that one person told.

"The pit is safe, a neighbour told us" says that a neighbour said so. What a council, a court, a study or a spokesman
says is what articles give as a fact, and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.extraction.text.predications import placements, predications
from claims.lexicon.clauses import word_set
from claims.lexicon.framing import ACTING_FOR
from claims.lexicon.people import BODY_NOUNS, DOCUMENTS
from claims.lexicon.verbs import FACTUAL_FORMS, SPEAKER_FORMS
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
# How what is said, or found out, is told behind it; with other verbs it is a joke, a slogan or a dream.
_TOLD = (
    SPEAKER_FORMS
    | FACTUAL_FORMS
    | word_set("show prove rule know notice learn hear see find recall remember calculate count determine establish")
)
_SAYING_GOES = word_set("have go put tell run")
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
    association authorities authority bank body bureau chairman chairwoman charity chief club commissioner coroner
    director doctor doctors executive federation firm foundation governor hospital inquest inquiry institute judge
    jury minister ministers museum notice operator organisation organization president prosecutor prosecutors
    publisher register regulator researchers school scientists secretary service surgeon tribunal trust university
    verdict vet
""")
)
_FOR_NOBODY = word_set("former ex retired onetime rebel")
# What opens a clause about another time: "a year after its owner said ...".
_WHEN = word_set("after although because before but since than though until when whether while")
# What opens a phrase behind the head of a name: "a fortune-teller at the village fair".
_RELATIVE = word_set("that which who")
_BESIDE = _RELATIVE | word_set("at from in near of on with")
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
        named = set(who) - _PERSON - _ONE
        in_claim = bool(named) and named <= {word.norm for word in words(claim)}
        for_others = set(who) & _FOR_OTHERS and not set(who) & _FOR_NOBODY
        if who and not for_others and not in_claim:
            return f"the source only reports that it was said (“{part['words']}”)"
    teller = _told_behind(claim, sentence)
    return f"the source only reports that it was said (“{teller}”)" if teller else ""


def _told_behind(claim: str, sentence: str) -> str:
    """A clause behind it that neither says nor finds it out: "…, the poster reads", "…, as the legend has it".

    It has nothing but its subject and its verb, and the parser hangs the rest of the sentence on it.
    """
    _, comma, behind = sentence.rpartition(",")
    if not comma or set(content(claim)) & set(content(behind)):
        return ""
    [claimed], [placed] = predications([claim]), placements([sentence])
    deeds = {clause.predicate for clause in claimed}
    for there in placed:
        match there.way:
            case ("ccomp", telling) if there.word in deeds and telling not in _TOLD:
                pass
            case ("as", deed) if deed in deeds and there.word in _SAYING_GOES:
                telling = there.word
            case _:
                continue
        beside = [other.way[0] for other in placed if other.way[1:2] == (telling,) and other.text != "it"]
        if set(beside) <= {"agent", "ccomp"}:
            return behind.strip(" .")
    return ""


def _one_who_tells(norms: Sequence[str], *, leads: bool) -> Sequence[str]:
    """The words for the one person of whom a clause says that they tell or were told it; empty where it is not so."""
    if norms[:2] == ["according", "to"]:
        norms = ["says", *norms[2:]]
        leads = False
    place = next((place for place in range(len(norms[:_MOST_WORDS])) if _says_the_claim(norms, place)), None)
    if place is None:
        return ()
    if place and norms[place - 1] in _IS:
        who = norms[: place - 1] if norms[place] == "told" else ()
        return () if set(who) & _WHEN else who
    who = norms[:place] if place or leads else norms[1:_MOST_WORDS]
    end = next((end for end, norm in enumerate(who) if norm in _BESIDE), len(who))
    if set(who[:end]) & _WHEN:
        return ()
    single = bool(who) and (who[0] in _ONE or who[0].endswith("-year-old") or "old" in who[:3])
    return who[:end] if single or set(who[:end]) & _PARTIES or tuple(who) in {(word,) for word in _PERSON} else ()


def _says_the_claim(norms: Sequence[str], place: int) -> bool:
    """Whether a word is a verb of saying; none is in "a man who warned the firm" and "a deal announced by the firm"."""
    before, behind = norms[max(place - 1, 0)], norms[place + 1 : place + 2]
    return norms[place] in _VERBS and before not in _RELATIVE and (behind != ["by"] or before in _IS)
