"""What all generators for news share: claims from sentences, the evidence around them, and a change with its twins.

A change replaces one phrase of a claim. Its pairs are the claim and the changed claim with the same evidence and, half
of the time, the changed claim with evidence that was changed in the same way: there it is supported, so that no word
is more frequent on one side than on the other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.glossary import with_capital
from training.made import SUPPORTED, Made, harmless, shorten

MOST_WORDS = 140  # in a piece of evidence
_IRREGULAR = """
became began beat bought brought built came fell felt found gave got grew held hit kept knew lay led left lost made
met paid put ran rose said saw sent set shot sold spoke spent stood struck took told thought went won wrote
says wants remains means needs includes plans hopes
"""
VERB_FORM = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|"
    + "|".join(_IRREGULAR.split())
    + r")\b"
)
_PAST = re.compile(r"\b[a-z]{2,}ed\b")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Lt|Prof|Jr|Sr|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|vs|[A-Z]"
    r"|[A-Z]\.[A-Z]|Inc|Co)\.$"
)
_TIME_FIRST = re.compile(
    r"^((?:In|On|Since|During) (?:[\w'’]+ ){0,3}[\w'’]+), ((?:the|a|an|he|she|they|it|[A-Z]\w+) [^,;:]+)\.$"
)
NEGATED = re.compile(r"\b(?:not|never|no|nor|none|neither|without|hardly|nobody|nothing)\b|n['’]t\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One change of a claim: the phrase that is replaced, its replacement, and the label of the changed claim.

    ``same`` are other ways to put the phrase that stay true. ``both`` says that the unchanged claim has the same
    label against evidence changed in this way; ``crossed`` is false where evidence must not be changed so.
    """

    start: int
    end: int
    new: str
    label: int
    same: tuple[str, ...] = ()
    both: bool = False
    crossed: bool = True


Finder = Callable[[str, random.Random], Iterable[Turn]]


def is_whole(sentence: str) -> bool:
    """Whether a sentence can become a claim: of ordinary length, with a verb, and with its quotes closed."""
    return (
        7 < len(sentence.split()) < 45
        and sentence[0] in '"“' + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        and sentence.count('"') % 2 == 0
        and sentence.count("“") == sentence.count("”")
        and not _ABBREVIATED.search(sentence)
        and bool(VERB_FORM.search(sentence) or _PAST.search(sentence))
        and not re.search(r"\.\.\.|…|\||\?|http|›|•|#", sentence)
    )


def claim_from(sentence: str, chance: random.Random) -> str | None:
    """A claim in the words of a sentence or nearly so; None where what is left is no sentence."""
    claim = shorten(sentence, chance)
    if not VERB_FORM.search(claim) or claim.startswith(("If ", "While ", "When ", "Although ", "As ", "After ")):
        claim = re.sub(r" ?[\(\[][^)\]]*[)\]]", "", sentence)
    time = _TIME_FIRST.match(claim)
    if time and chance.random() < 0.6:
        claim = f"{with_capital(time[2])} {time[1][0].lower()}{time[1][1:]}."
    claim = harmless(claim, chance)
    return claim if is_whole(claim) else None


def evidence_with(page: Sequence[str], places: Iterable[int], chance: random.Random) -> str:
    """Sentences of a page in their order, among them those at ``places``; never more than ``MOST_WORDS`` words."""
    chosen = set(places)
    length = sum(len(page[place].split()) for place in chosen)
    beside = [near for place in sorted(chosen) for near in (place - 1, place + 1, place - 2, place + 2)]
    for near in beside[: chance.choice((1, 2, 3, 4, 6))]:
        if 0 <= near < len(page) and near not in chosen and length + len(page[near].split()) <= MOST_WORDS:
            chosen.add(near)
            length += len(page[near].split())
    return " ".join(page[place] for place in sorted(chosen))


def with_turn(claim: str, turn: Turn, new: str | None = None) -> str:
    """The claim with the phrase of a change replaced, with a capital letter where it stands first."""
    new = turn.new if new is None else new
    if turn.start == 0 or claim[: turn.start] in ('"', "“"):
        new = with_capital(new)
    return re.sub(r"  +", " ", claim[: turn.start] + new + claim[turn.end :])


def pairs_of_turns(page: Sequence[str], place: int, find: Finder, source: str, chance: random.Random) -> Iterator[Made]:
    """The pairs of one change that ``find`` offers for the claim from a sentence of a page."""
    if not any(True for _ in find(page[place], chance)):
        return
    claim = claim_from(page[place], chance)
    turns = list(find(claim, chance)) if claim else []
    if claim and turns:
        evidence = evidence_with(page, [place], chance)
        yield from twins(evidence, claim, chance.choice(turns), source, chance)


def twins(evidence: str, claim: str, turn: Turn, source: str, chance: random.Random) -> Iterator[Made]:
    """The claim as it is or put in another way, the changed one, and both against changed evidence."""
    changed = with_turn(claim, turn)
    if changed == claim or changed.rstrip(". ") in evidence:
        return
    true = with_turn(claim, turn, chance.choice(turn.same)) if turn.same and chance.random() < 0.6 else claim
    yield evidence, true, SUPPORTED, source
    yield evidence, changed, turn.label, source
    other = _changed_evidence(evidence, claim, turn) if turn.crossed and chance.random() < 0.6 else None
    if other:
        yield other, changed, SUPPORTED, source
        if turn.both:
            yield other, true, turn.label, source


def _changed_evidence(evidence: str, claim: str, turn: Turn) -> str | None:
    """The evidence with the same change, where the phrase stands in it once with the words beside it."""
    before = re.search(r"(?:\S+ )?\S*$", claim[: turn.start])
    after = re.match(r"\S*(?: \S+)?", claim[turn.end :])
    left, right = before.group() if before else "", after.group().rstrip(".,") if after else ""
    old = claim[turn.start : turn.end]
    repeated = len(re.findall(rf"\b{re.escape(old)}\b", evidence)) > 1
    if not old.strip() or repeated or evidence.count(left + old + right) != 1:
        return None
    new = with_capital(turn.new) if turn.start == 0 else turn.new
    return re.sub(r"  +", " ", evidence.replace(left + old + right, left + new + right))
