"""Compares numbers, dates and names of a claim with those of a passage; no model may overrule a clash.

A clash requires two values that were both understood and measure the same thing: the same kind and unit, in a sentence
with the same subject. Everything else is not compared; a value found instead is a reason for review.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from claims.records import QuantityFinding, Span
from claims.verification.evidence.sentences import sentence_texts
from claims.verification.forms.names import (
    Name,
    alike,
    may_contain,
    more_than_names,
    names,
    presence,
    same,
    to_be_looked_at,
)
from claims.verification.forms.pairing import partners
from claims.verification.forms.tables import Cell, named_cells
from claims.verification.rules import agreement
from claims.verification.rules.dates import When, agree, dateline, dates, precision, without_dates
from claims.verification.rules.framing import planned, superseded
from claims.verification.rules.name_slots import name_in_place, topic_share
from claims.verification.rules.numbers import numbers
from claims.verification.rules.quantity import Quantity
from claims.verification.rules.rivals import placed_otherwise

# A sentence speaks of the same thing when it has this share of the claim's other content words.
# Tuned on the first half of tests/verification/amounts.txt.
TOPIC = 0.5
# The slot of a name is sure only where nearly all the rest of the claim is there.
NAME_TOPIC, SURE_TOPIC = 0.6, 0.8
# With this share, a different number or date in the sentence is a reason for review.
NEARBY = 0.25
# So high a number is the same one wherever it stands.
_TELLING = 100
_ANOTHER, _NOT_COMPARED = "it may speak of another matter", "not compared"
TAKEN_BACK = "the source takes back"
MAY_LIE = "one may lie in the other"


def compare(
    claim: str,
    passage: str,
    *,
    claimed_on: str | None = None,
    found_on: str | None = None,
    context: str = "",
    page: Collection[str] = (),
) -> tuple[QuantityFinding, ...]:
    """Compare the numbers, dates and names of ``claim`` with those of ``passage``: one finding for each.

    ``claimed_on`` and ``found_on`` are the dates of the two pages (ISO 8601), for "on Monday" and "last week".
    ``context`` (title, heading, the sentences before) may name what the passage calls "he"; ``page`` are the content
    words of the whole page.
    """
    ours = dates(claim, claimed_on)
    found_on = dateline(passage, dateline(context, found_on))
    sentences = sentence_texts(passage) or [passage]
    about = [sentence for sentence in sentences if _same_subject(claim, sentence, passage + " " + context)]
    spans = tuple(when.span for when in ours)
    cells = named_cells(claim, f"{context}\n{passage}")
    findings = [
        _in_table(quantity, cells) or _number_finding(claim, quantity, sentences, about, found_on, ours)
        for quantity in numbers(claim, spans)
    ]
    findings += [_date_finding(claim, when, sentences, about, found_on) for when in ours]
    counted = any(finding.agrees for finding in findings)
    findings += list(_name_findings(claim, sentences, passage + " " + context, page, counted=counted))
    return _of_one_matter(findings)


def clashes(findings: Sequence[QuantityFinding]) -> list[QuantityFinding]:
    """The findings that contradict."""
    return [finding for finding in findings if finding.agrees is False]


def told_clash(clash: QuantityFinding) -> str:
    """A finding that contradicts, in words for an editor."""
    if clash.note.startswith(TAKEN_BACK):
        return f"{clash.kind}: the article says {clash.claimed}, which {clash.note}"
    note = f" ({clash.note})" if clash.note == agreement.OTHER_WAY else ""
    return f"{clash.kind}: the article says {clash.claimed}, the source {clash.found}{note}"


def unlike(findings: Sequence[QuantityFinding]) -> list[QuantityFinding]:
    """The findings that were not compared although the source has another value there, which should be reviewed."""
    return [finding for finding in findings if finding.agrees is None and finding.found]


def settled(page: Sequence[tuple[QuantityFinding, ...]]) -> list[tuple[QuantityFinding, ...]]:
    """The findings of all passages of a page, without clashes about a value that agrees in another passage."""
    agreed = {(finding.kind, finding.claimed) for findings in page for finding in findings if finding.agrees}
    return [
        tuple(
            replace(finding, agrees=None, found=_another_name(finding), note="another passage agrees")
            if finding.agrees is not True and (finding.kind, finding.claimed) in agreed
            else finding
            for finding in findings
        )
        for findings in page
    ]


def _another_name(finding: QuantityFinding) -> str | None:
    """Another name in the place of one that stands elsewhere on the page: a person looks whom the passage means."""
    return finding.found if finding.kind == "name" and finding.agrees is False else None


def _of_one_matter(findings: Sequence[QuantityFinding]) -> tuple[QuantityFinding, ...]:
    """Findings of which more than one kind clashes are of another matter: another day and another number."""
    kinds = {_sort(finding) for finding in findings if finding.agrees is False}
    if "name" in kinds:  # a value that was found instead of a number or date also means that it may be another event
        kinds |= {_sort(finding) for finding in unlike(findings)}
    if len(kinds) < 2:
        return tuple(findings)
    return tuple(
        replace(finding, agrees=None, note=_ANOTHER) if finding.agrees is False else finding for finding in findings
    )


def _sort(finding: QuantityFinding) -> str:
    return finding.kind if finding.kind in ("name", "date") else "number"


def _same_subject(claim: str, sentence: str, everything: str) -> bool:
    """Whether a sentence can be about the claim's subject: a name in common, and no other name in the place of one.

    Because the same people may do something else, a word that is no name and no date must be shared as well.
    """
    if not more_than_names(without_dates(claim), without_dates(sentence)):
        return False
    ours, theirs = names(claim), names(sentence)
    if not ours or not theirs:
        return True
    if not any(same(our_name, their_name) for our_name in ours for their_name in theirs):
        return False
    lacking = [name for name in ours if presence(name, everything) is False]
    return not any(name_in_place(claim, name, sentence, TOPIC) for name in lacking)


def _number_finding(
    claim: str, claimed: Quantity, sentences: Sequence[str], about: Sequence[str], found_on: str | None,
    when: Sequence[When],
) -> QuantityFinding:  # fmt: skip
    """The finding for the best matching number of the passage: an agreeing one, else a clash on the same thing."""
    best: tuple[tuple[bool, float], Quantity, str] | None = None
    equal = False  # the same number of something else
    for sentence in sentences:
        topic = topic_share(claim, claimed.span, sentence)
        their_dates = dates(sentence, found_on)
        figures = numbers(sentence, tuple(day.span for day in their_dates))
        verdict, note, text = agreement.worked_out(claimed, numbers(claim), figures, sentence)
        if verdict and topic >= TOPIC:
            return _finding(claimed.kind, claimed.text, text, agrees=True, note=note)
        if verdict is False and sentence in about and topic >= TOPIC and figures:
            best = ((True, topic), figures[0], note)
        for figure in _of_that_date(claimed, figures, when, their_dates):
            verdict, note = agreement.matches_direction(claim, claimed, sentence, figure)
            same_number = (claimed.kind, claimed.low) == (figure.kind, figure.low)
            if verdict is None and topic >= TOPIC and same_number and note and note != agreement.ONLY_END:
                rate = agreement.one_rate(claim, claimed, sentence, figure) or None
                return _finding(claimed.kind, claimed.text, figure.text, agrees=rate, note=note)
            fits = agreement.unit_fits(claim, claimed, sentence, figure)
            taken_back = bool(verdict) and _taken_back(claim, claimed.span, sentence, figure.span)
            if verdict and not taken_back and (fits or topic >= SURE_TOPIC):
                return _finding(claimed.kind, claimed.text, figure.text, agrees=True, note=note)
            alike_one = bool(verdict) or (verdict is None and _written_alike(claimed, figure))
            equal = equal or (alike_one and not taken_back and (topic >= NEARBY or claimed.low >= _TELLING))
            clash = sentence in about and ((verdict is False and fits and topic >= TOPIC) or taken_back)
            worth_showing = topic >= NEARBY and (clash or (verdict is not True and (verdict is False or bool(note))))
            if worth_showing and (best is None or (clash, topic) > best[0]):
                best = ((clash, topic), figure, TAKEN_BACK if taken_back else note)
    if best is None or (equal and not best[2].startswith(TAKEN_BACK)):
        return _finding(claimed.kind, claimed.text, None, agrees=None)
    (clashing, _), other, note = best
    note = note or ("" if clashing else _NOT_COMPARED)
    return _finding(claimed.kind, claimed.text, other.text, agrees=False if clashing else None, note=note)


def _written_alike(claimed: Quantity, figure: Quantity) -> bool:
    """Whether two numbers of unlike kinds are written with one figure: "a 40-yarder", "40 yards"; a "third" is none."""
    if claimed.kind == figure.kind or "ordinal" in (claimed.kind, figure.kind):
        return False
    return claimed.low / claimed.size == figure.low / figure.size


def _of_that_date(
    claimed: Quantity, figures: Sequence[Quantity], ours: Sequence[When], theirs: Sequence[When]
) -> Sequence[Quantity]:
    """The figures of a sentence without those of another date than the claim's, where each has a date of its own."""
    alike_figures = [figure for figure in figures if figure.kind == claimed.kind]
    of_date = partners([figure.span for figure in alike_figures], [day.span for day in theirs])
    if len(ours) != 1 or not of_date:
        return figures
    then = [day.span for day in theirs if agree(ours[0], day)]
    others = [figure for figure in alike_figures if of_date[figure.span] not in then]
    return figures if others == alike_figures else [figure for figure in figures if figure not in others]


def _in_table(claimed: Quantity, cells: Sequence[Cell]) -> QuantityFinding | None:
    """The finding for the table cell in the row and column that the claim names; None without a single such cell."""
    numeric_cells = [(cell, figures[0]) for cell in cells if len(figures := numbers(cell.text)) == 1]
    if not numeric_cells or claimed.kind not in ("count", "percent"):
        return None
    for cell, figure in numeric_cells:
        if agreement.matches(claimed, replace(figure, kind=claimed.kind))[0]:
            return _finding(claimed.kind, claimed.text, cell.text, agrees=True)
    if len(numeric_cells) > 1:
        return None
    cell, _ = numeric_cells[0]
    return _finding(claimed.kind, claimed.text, cell.text, agrees=False, note=f"{cell.row}, {cell.column}")


def _date_finding(
    claim: str, claimed: When, sentences: Sequence[str], about: Sequence[str], found_on: str | None
) -> QuantityFinding:
    best: tuple[tuple[bool, float], When, str] | None = None
    for sentence in sentences:
        topic = topic_share(claim, claimed.span, sentence)
        for sourced in dates(sentence, found_on):
            verdict = agree(claimed, sourced)
            taken_back = bool(verdict) and _taken_back(claim, claimed.span, sentence, sourced.span)
            if verdict and not taken_back:
                return _finding("date", claimed.text, sourced.text, agrees=True)
            overlap = verdict is None and (claimed.ends or sourced.ends)
            other = verdict is False and _same_sort(claimed, sourced)
            if not (overlap or other or taken_back) or topic < NEARBY:
                continue
            clash = sentence in about and topic >= TOPIC and not overlap
            if best is None or (clash, topic) > best[0]:
                best = ((clash, topic), sourced, TAKEN_BACK if taken_back else "")
    if best is None:
        return _finding("date", claimed.text, None, agrees=None)
    (clashing, _), nearest, note = best
    note = note if clashing else _NOT_COMPARED
    return _finding("date", claimed.text, nearest.text, agrees=False if clashing else None, note=note)


def _taken_back(claim: str, ours: Span, sentence: str, theirs: Span) -> bool:
    """Whether the source gives what is at ``theirs`` as superseded, or as an old plan, and the claim does not."""
    left = superseded(claim, ours[0]) or claim[: ours[0]].rstrip().endswith(" from")  # "to 3 percent from 4 percent"
    return superseded(sentence, theirs[0]) and not (left or planned(claim, ours[0]))


def _same_sort(first: When, second: When) -> bool:
    """Whether two dates are equally precise: days are compared with days, months with months, years with years."""
    return precision(first) == precision(second) or {precision(first), precision(second)} <= {"day", "span"}


def _name_findings(
    claim: str, sentences: Sequence[str], everything: str, page: Collection[str], *, counted: bool
) -> Iterator[QuantityFinding]:
    """The findings for the claim's names; one that the passage lacks is compared with the name in the same slot.

    ``counted`` says that a number or date agrees: only then is "the mayor of A" contradicted by "the mayor of B".
    """
    ours = names(claim)
    for name in ours:
        there = presence(name, everything, [other for other in ours if other != name and not alike(name, other)])
        if there is not False:
            places = [] if there else [hit for text in sentences if (hit := placed_otherwise(claim, name, text))]
            yield from (_finding("name", name.text, hit.text, agrees=None, note="another place") for hit in places[:1])
            if not places:
                yield _name_found(name, everything, agrees=there)
            continue
        # A name that stands elsewhere on the page may be meant by "he" or "the team" here.
        need = SURE_TOPIC if name.parts[-1] in page else NAME_TOPIC
        other = next((hit for sentence in sentences if (hit := name_in_place(claim, name, sentence, need))), None)
        if other is None and (kin := _namesake(name, names(everything))):
            yield _finding("name", name.text, kin.text, agrees=None, note="a name with a word in common")
            continue
        another_bearer = not counted and bool(_BEARER.search(claim[: name.span[0]]))
        unsure = another_bearer or (other is not None and may_contain(name, other))
        clash = other is not None and not unsure
        note = "" if not other or clash else _NOT_COMPARED if another_bearer else MAY_LIE
        yield _finding("name", name.text, other.text if other else None, agrees=False if clash else None, note=note)


# "The mayor of", at the head of a sentence: who is spoken of, by the name that follows.
_BEARER = re.compile(r"^the\s(?:[\w-]+\s){1,3}(?:of|for)\s(?:the\s)?$", re.I)


def _namesake(name: Name, others: Sequence[Name]) -> Name | None:
    """Another's name that shares a word with a name: "Andrei Belov" and "Andrei Belousov"."""
    return next((other for other in others if not name.party and set(name.parts) & set(other.parts)), None)


def _name_found(name: Name, everything: str, *, agrees: bool | None) -> QuantityFinding:
    """A name that the passage has; or one that may be it, which a person looks at where its spelling is another."""
    if agrees:
        same_one = next((other for other in names(everything) if alike(name, other)), name)
        return _finding("name", name.text, same_one.text, agrees=True)
    other = next((other for other in names(everything) if to_be_looked_at(name, other)), None)
    return _finding("name", name.text, other.text if other else None, agrees=None, note="spelt alike" if other else "")


def _finding(kind: str, claimed: str, figure: str | None, *, agrees: bool | None, note: str = "") -> QuantityFinding:
    return QuantityFinding(kind=kind.partition(":")[0], claimed=claimed, found=figure, agrees=agrees, note=note)
