"""Numbers, dates and names of a claim compared with those of a passage: what clashes, no model may overrule.

Only like is compared with like: the same kind and unit, in a sentence that speaks of the same thing. A clash on
something else is no finding.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from claims.lexicon.evidence import ROLE_WORDS, table
from claims.lexicon.quantities import PEOPLE
from claims.records import QuantityFinding, Span
from claims.verification.evidence.sentences import split
from claims.verification.rules.dates import When, agree, dates
from claims.verification.rules.names import Name, inside, names, same
from claims.verification.rules.numbers import Quantity, numbers
from claims.verification.words import content, coverage, stem, words

# A sentence speaks of the same thing when it has this share of the claim's other content words.
# Tuned on the first half of tests/verification/clashes.jsonl and harmless.jsonl.
TOPIC = 0.5
# The slot of a name is sure only where nearly all the rest of the claim is there.
NAME_TOPIC, SURE_TOPIC = 0.6, 0.8
# "About" allows a tenth; a number written with a magnitude or in round thousands is rounded by at most a twentieth.
_ABOUT, _ROUND = 0.10, 0.05


def compare(
    claim: str,
    passage: str,
    *,
    claimed_on: str | None = None,
    found_on: str | None = None,
    context: str = "",
    page: Collection[str] = (),
) -> tuple[QuantityFinding, ...]:
    """What the numbers, dates and names of ``claim`` are in ``passage``.

    ``claimed_on`` and ``found_on`` are the dates of the two pages (ISO 8601), for "on Monday" and "last week".
    ``context`` (title, heading, the sentences before) may name what the passage calls "he"; ``page`` are the content
    words of the whole page.
    """
    ours = dates(claim, claimed_on)
    spans = tuple(when.span for when in ours)
    sentences = [passage[start:end] for start, end in split(passage)] or [passage]
    findings = [_number(claim, quantity, sentences, found_on) for quantity in numbers(claim, spans)]
    findings += [_date(claim, when, sentences, found_on) for when in ours]
    findings += list(_names(claim, sentences, passage + " " + context, page))
    return tuple(findings)


def clashes(findings: Sequence[QuantityFinding]) -> list[QuantityFinding]:
    """The findings that contradict."""
    return [finding for finding in findings if finding.agrees is False]


def _number(claim: str, asked: Quantity, sentences: Sequence[str], found_on: str | None) -> QuantityFinding:
    """The best fitting number of the passage: an agreeing one first, else a clash on the same thing."""
    clash: tuple[float, Quantity, str] | None = None
    for sentence in sentences:
        topic = _topic(claim, asked.span, sentence)
        masked = tuple(when.span for when in dates(sentence, found_on))
        for there in numbers(sentence, masked):
            verdict, note = matches(asked, there)
            if verdict and (_unit_fits(claim, asked, sentence, there) or topic >= 0.8):
                return _finding(asked.kind, asked.text, there.text, agrees=True, note=note)
            clashing = verdict is False and topic >= TOPIC and _same_thing(claim, asked, sentence, there)
            if clashing and (clash is None or topic > clash[0]):
                clash = (topic, there, note)
    if clash:
        return _finding(asked.kind, asked.text, clash[1].text, agrees=False, note=clash[2])
    return _finding(asked.kind, asked.text, None, agrees=None)


# Bounds from below. "Over 60" says more than a source that has "more than 50"; 51 to 52 is rounding.
_FLOORS = ("over", "least")
_ROUNDING = 0.02


def matches(asked: Quantity, there: Quantity) -> tuple[bool | None, str]:  # noqa: PLR0911  one return for each case
    """Whether two numbers agree; None where they are of different kinds. The note says what was allowed for."""
    if asked.kind != there.kind:
        if {asked.kind, there.kind} == {"percent", "points"} and asked.low == there.low:
            return False, "percent is not percentage points"
        if _money(asked) and _money(there) and asked.low == there.low:
            return False, "another currency"
        if {asked.kind, there.kind} == {"factor", "percent"}:
            return _factor(asked, there)
        return None, ""
    if {asked.bound, there.bound} in ({"over", "under"}, {"least", "most"}, {"over", "most"}, {"least", "under"}):
        return (None, "") if asked.low != there.low and asked.low > 2 * there.low else (False, "bounded the other way")
    if asked.bound in _FLOORS and there.bound in _FLOORS and asked.low > there.low * (1 + _ROUNDING):
        return False, "a higher bound than the source's"
    low, high = _allowed(asked)
    if there.high >= low * (1 - 1e-9) and there.low <= high * (1 + 1e-9):
        exact = asked.low == there.low and asked.high == there.high
        return True, "" if exact else "rounded or within what is said"
    ours_low, ours_high = _allowed(there)
    if there.bound and asked.low >= ours_low * (1 - 1e-9) and asked.high <= ours_high * (1 + 1e-9):
        return True, "within what the source says"
    return False, ""


def _money(quantity: Quantity) -> bool:
    return quantity.kind.startswith("money:")


def _factor(one: Quantity, other: Quantity) -> tuple[bool | None, str]:
    """Whether "doubled" is "rose by 100 %"."""
    factor, percent = (one, other) if one.kind == "factor" else (other, one)
    change = abs(factor.low - 1) * 100
    return (True, "the same change") if abs(change - percent.low) <= 5 else (None, "")


def _allowed(quantity: Quantity) -> tuple[float, float]:
    """The values that a number as written may stand for."""
    low, high = quantity.low, quantity.high
    slack = _slack(quantity)
    if quantity.bound in ("over", "least"):
        return low - slack, 1.5 * high
    if quantity.bound in ("under", "most"):
        return 0.5 * low, high + slack
    if quantity.bound == "nearly":
        return low * (1 - _ABOUT), high
    if quantity.bound == "about":
        return low * (1 - _ABOUT), high * (1 + _ABOUT)
    return low - slack, high + slack


def _slack(quantity: Quantity) -> float:
    """Half of the last digit shown, where numbers of this size are rounded: not for small counts."""
    if quantity.kind in ("ordinal", "age", "factor"):
        return 0.0
    if quantity.kind == "duration":
        return 0.02 * quantity.low
    if quantity.kind == "count" and quantity.low < 1000:
        return 0.0
    if quantity.kind in ("percent", "points"):
        return min(0.5, quantity.step / 2) if quantity.step < 2 else 1.0
    return min(quantity.step / 2, _ROUND * quantity.low)


def _topic(claim: str, span: Span, sentence: str) -> float:
    """How much of the claim's clause around ``span``, the number itself left out, the sentence has."""
    around = content(claim[: span[0]] + " " + claim[span[1] :])
    around = [word for word in around if not word[0].isdigit()]
    return coverage(around, content(sentence)) if around else 1.0


def _same_thing(claim: str, asked: Quantity, sentence: str, there: Quantity) -> bool:
    """Whether both numbers count the same: a shared unit noun, and no other subject in the passage."""
    if not _unit_fits(claim, asked, sentence, there):
        return False
    ours, theirs = names(claim), names(sentence)
    return not ours or not theirs or any(same(one, other) for one in ours for other in theirs)


def _unit_fits(claim: str, asked: Quantity, sentence: str, there: Quantity) -> bool:
    if asked.kind not in ("count", "ordinal"):
        return True
    ours, theirs = _nouns(claim, asked.span), _nouns(sentence, there.span)
    if not ours or not theirs:
        return (not ours and not theirs) or asked.low == there.low
    return bool(ours & theirs) or bool(ours & PEOPLE and theirs & PEOPLE)


def _nouns(text: str, span: Span) -> set[str]:
    """The content words just after a number, up to the next comma or preposition: its unit."""
    found: set[str] = set()
    for number, word in enumerate(words(text[span[1] : span[1] + 60])):
        gap = text[span[1] : span[1] + word.span[0]]
        if any(mark in gap for mark in ",.;:!?") or number > 3 or word.norm in _ENDS:
            break
        found.add(stem(word.norm))
    return found & set(content(text[span[1] : span[1] + 60]))


_ENDS = table("""
    of in on at by for from to with that which who and or but were was are is had have has as
""")


def _date(claim: str, asked: When, sentences: Sequence[str], found_on: str | None) -> QuantityFinding:
    clash: tuple[float, When] | None = None
    for sentence in sentences:
        topic = _topic(claim, asked.span, sentence)
        for there in dates(sentence, found_on):
            verdict = agree(asked, there)
            if verdict:
                return _finding("date", asked.text, there.text, agrees=True)
            comparable = verdict is False and _same_sort(asked, there) and topic >= TOPIC
            if comparable and (clash is None or topic > clash[0]):
                clash = (topic, there)
    if clash:
        return _finding("date", asked.text, clash[1].text, agrees=False)
    return _finding("date", asked.text, None, agrees=None)


def _same_sort(one: When, other: When) -> bool:
    """A day is not set against a year: only days against days, months against months, years against years."""
    return _precision(one) == _precision(other) or {_precision(one), _precision(other)} <= {"day", "span"}


def _precision(when: When) -> str:
    if when.first and when.last:
        length = (when.last - when.first).days
        return "day" if length == 0 else "span" if length < 20 else "month" if length < 45 else "year"
    return "day" if when.day or when.weekday is not None else "month"


def _names(claim: str, sentences: Sequence[str], everything: str, page: Collection[str]) -> Iterator[QuantityFinding]:
    """Names of the claim that the passage lacks, set against a name that stands in their slot."""
    for name in names(claim):
        if inside(name, everything):
            yield _finding("name", name.text, name.text, agrees=True)
            continue
        # A name that stands elsewhere on the page may be meant by "he" or "the team" here.
        need = SURE_TOPIC if name.parts[-1] in page else NAME_TOPIC
        other = next((hit for sentence in sentences if (hit := _slot(claim, name, sentence, need))), None)
        yield _finding("name", name.text, other.text if other else None, agrees=False if other else None)


def _slot(claim: str, name: Name, sentence: str, need: float) -> Name | None:
    """The name that stands in ``sentence`` where the claim has ``name``: the same word before or after it."""
    if _topic(claim, name.span, sentence) < need:
        return None
    ours, role = names(claim), _before_role(claim, name)
    # "The Russian leader" says what somebody is: no name is another one for that.
    strangers = [
        other
        for other in names(sentence)
        if not any(same(one, other) for one in ours) and not (role and not _before_role(sentence, other))
    ]
    around = _neighbours(claim, name.span)
    return next((other for other in strangers if _meets(around, _neighbours(sentence, other.span))), None)


def _before_role(text: str, name: Name) -> bool:
    """Whether a name only describes a role: "the Russian leader", "a Siemens director"."""
    after = words(text[name.span[1] : name.span[1] + 30])[:1]
    return bool(after) and after[0].norm in ROLE_WORDS and after[0].text.islower()


def _neighbours(text: str, span: Span) -> tuple[list[str], list[str]]:
    return content(text[: span[0]])[-2:], content(text[span[1] :])[:2]


def _meets(one: tuple[list[str], list[str]], other: tuple[list[str], list[str]]) -> bool:
    """Whether the words before, or the words after, are shared."""
    before = bool(one[0]) and bool(set(one[0]) & set(other[0]))
    after = bool(one[1]) and bool(set(one[1]) & set(other[1]))
    return before or after


def _finding(kind: str, claimed: str, found: str | None, *, agrees: bool | None, note: str = "") -> QuantityFinding:
    return QuantityFinding(kind=kind.split(":", maxsplit=1)[0], claimed=claimed, found=found, agrees=agrees, note=note)
