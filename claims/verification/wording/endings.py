"""Finds what a source has behind a claim's words in the same clause, which may narrow what was said.

"The road is closed to lorries" has all words of "the road is closed", and says less.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.extraction.text.predications import predications
from claims.lexicon.clauses import word_set
from claims.lexicon.evidence import DETERMINERS, NEGATIONS
from claims.lexicon.framing import PART_WORDS
from claims.verification.clauses.scopes import CLAUSE_OPENERS, OF_ALL, PAUSE, RELATIVE_OPENERS, is_within
from claims.verification.evidence.sentences import of_every
from claims.verification.forms.figures import spelt
from claims.verification.rules.dates import dates
from claims.verification.words import Word, content, stem, words

# What may open another phrase of the same clause; a verb of which the last word is the subject; and, of what is always
# so, or never, when.
_PHRASES = word_set("""
    to for from by of with in at on over under against about into as within among between per
    every each no not never less minus only solely
""")
_VERBS = word_set("is are was were has have had can could will would may might must should")
_TIMES = word_set("during while when where this last next until till today")
# These leave out something, which a name says as well.
_OUTSIDE = word_set("outside beyond besides except excluding bar save without")
# What is so, or done, on these days or at these hours only.
RECURRING = re.compile(
    r"(?:sun|mon|tues|wednes|thurs|fri|satur|week|holi)days|weekends|(?:morning|evening|night|afternoon)s"
)
_BEFORE_DEED = word_set("before after")
# A relative clause says less of all of a kind: "all of his shares that he may sell".
_OF_ALL = OF_ALL | word_set("whole entire most")
# With these a clause goes on; any other word belongs to the claim's last phrase, and may make another thing of it.
_ADDING = (
    RELATIVE_OPENERS
    | _BEFORE_DEED
    | _TIMES
    | _VERBS
    | word_set("""
        ago later earlier late just soon again together there here now then also yesterday tonight overnight once twice
        worldwide nationwide abroad home as than worth aged amid amidst despite following throughout across along
        alongside around near behind via
    """)
)
_PERIODS = word_set("""
    time times year years month months week weeks day days night nights morning afternoon evening hour hours minute
    minutes second seconds season seasons decade decades century centuries
""")
_COUNTING = word_set("full part some many several few")
# What opens another clause, and ends what is looked at.
_ENDS = CLAUSE_OPENERS - _BEFORE_DEED - _TIMES
# A name of a place narrows nothing, unless it is the only one.
_ONLY = word_set("alone only exclusively solely just")


def narrowed_behind(claim: str, passage: str) -> str:
    """What the sentences nearest to the claim have behind its words, of the first: "to lorries", "in mice"; or nothing.

    A day, a name of a place and another clause add something; another phrase may narrow what was said.
    """
    return of_every(_what_follows, claim, passage)


def _what_follows(claim: str, sentence: str) -> str:
    behind = _further(claim, sentence)
    always = is_always(claim)
    of_all = always or _OF_ALL & {word.norm for word in words(claim)}
    openers = _PHRASES | _OUTSIDE | (RELATIVE_OPENERS if of_all else frozenset()) | (_TIMES if always else frozenset())
    openers |= frozenset() if not always and _told_on_the_way(claim, sentence) else _VERBS
    if len(behind) > 1 and behind[1].norm.endswith("ing"):
        openers |= _BEFORE_DEED
    if not behind or (not always and _tells_how([word.norm for word in behind])):
        return ""
    days = [day.span for day in dates(sentence)]
    owned = behind[0].norm.endswith(("'s", "s'"))
    if not (owned or behind[0].norm in openers) and (is_within(behind[0], days) or _adds_more(behind)):
        return ""
    noun = next((word for word in behind[1:] if word.norm not in DETERMINERS), behind[0])
    dated = is_within(noun, days) or is_within(behind[0], days)
    recurring = any(RECURRING.fullmatch(word.norm) for word in behind)
    added = not recurring and behind[0].norm not in _OUTSIDE and (not always if dated else noun.text[:1].isupper())
    only = _ONLY & {word.norm for word in behind} and not _ONLY & {word.norm for word in words(claim)}
    return "" if added and not only else sentence[behind[0].span[0] : behind[-1].span[1]]


def _adds_more(behind: Sequence[Word]) -> bool:
    """Whether words add to a clause ("sharply"), and are not the rest of its last phrase ("its majority leader")."""
    first = behind[0].norm
    if first == "off" and len(behind) > 1:
        # "Sank off the coast", and not "was dropped off at the hall".
        return behind[1].norm in DETERMINERS or not behind[1].text[0].islower()
    counts = first in DETERMINERS | _COUNTING or spelt(first) is not None
    if counts and any(word.norm in _PERIODS for word in behind[1:3]):
        return True  # "three times", "the next day", "a year ago"
    return first in _ADDING | _PERIODS or first.endswith(("ly", "ing")) or not behind[0].text[0].islower()


def _told_on_the_way(claim: str, sentence: str) -> bool:
    """Whether a sentence tells the claim of its subject on the way: "the man who robbed a bank was jailed"."""
    known, theirs = set(content(claim)), words(sentence)
    openers = RELATIVE_OPENERS - {"whose"} - {word.norm for word in words(claim)}
    return any(
        word.norm in openers and {stem(before.norm), stem(after.norm)} <= known
        for before, word, after in zip(theirs, theirs[1:], theirs[2:], strict=False)
    )


def _tells_how(behind: Sequence[str]) -> bool:
    """Whether words say by how much, how soon or for what deed it was done, which takes nothing back.

    As in "by a third", "within an hour", "fined for speeding".
    """
    opener, first, second = (*behind, "", "")[:3]
    amount = second if first in DETERMINERS else first
    if opener == "by":
        # "By a third", and not "by a committee".
        return amount[:1].isdigit() or spelt(amount) is not None or amount in PART_WORDS
    if opener == "within":
        return any(word in _PERIODS for word in behind[1:4])
    return (opener == "for" and first.endswith("ing")) or (opener, first) in (("on", "suspicion"), ("on", "charges"))


def _further(claim: str, sentence: str) -> list[Word]:
    """The words of a sentence behind the last of the claim's words that comes for the first time, to the clause's end.

    That word is one of them in the genitive: "from a patient's file" is not from a patient.
    """
    ours, theirs = words(claim), words(sentence)
    stems = [stem(word.norm) for word in theirs]
    last = max((stems.index(asked) for asked in set(content(claim)) & set(stems)), default=len(theirs) - 1)
    genitive = theirs[last].norm.endswith(("'s", "s'")) and theirs[last].norm not in {word.norm for word in ours}
    behind = [theirs[last]] if genitive else []
    for before, word in zip(theirs[last:], theirs[last + 1 :], strict=False):
        if word.norm in _ENDS or PAUSE.search(sentence[before.span[1] : word.span[0]]):
            break
        behind.append(word)
    return behind[_in_common(_ending(ours, theirs[last]), behind) :]


def _ending(ours: Sequence[Word], last: Word) -> list[str]:
    """The claim's words behind the one that stands last of its words in the sentence."""
    at = max((place for place, word in enumerate(ours) if stem(word.norm) == stem(last.norm)), default=len(ours))
    return [word.norm for word in ours[at + 1 :]]


def _in_common(ending: Sequence[str], behind: Sequence[Word]) -> int:
    """How many words the two have in common from their beginnings on."""
    pairs = enumerate(zip(ending, behind, strict=False))
    return next((place for place, (our, their) in pairs if our != their.norm), min(len(ending), len(behind)))


def is_always(claim: str) -> bool:
    """Whether a claim tells what is so at all times, or never, which a day or a season narrows: "runs", "is open"."""
    if {word.norm for word in words(claim)} & NEGATIONS:
        return True
    [clauses] = predications([claim])
    return not any(clause.past or clause.future or clause.held for clause in clauses)
