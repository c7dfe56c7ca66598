"""Weighs one passage from the judge's probabilities, the words covered and the rules' findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.records import Attribution, Probabilities, QuantityFinding, QuoteFinding, QuoteGrade
from claims.verification.clauses.additions import added
from claims.verification.clauses.exchanges import Swap, exchange, exchanged_word, reordered
from claims.verification.clauses.owners import number_of_another
from claims.verification.clauses.reversals import CALLED_OFF, ROLES_EXCHANGED, roles_exchanged
from claims.verification.clauses.scopes import narrower
from claims.verification.clauses.structure import Structure, structure
from claims.verification.clauses.transfers import gone_other_way
from claims.verification.evidence.sentences import READ, nearest_sentences, sentence_shares
from claims.verification.quotes.grading import is_title
from claims.verification.rules.framing import framed, scattered
from claims.verification.rules.polarity import hedged, opposite, turned, with_denied_quotations
from claims.verification.rules.quantities import MAY_LIE, clashes, told_clash, unlike
from claims.verification.rules.rivals import rival
from claims.verification.speaking.bearers import exchanged, said_of_another
from claims.verification.speaking.hearsay import hearsay
from claims.verification.weighing.source_forms import differs_in_form_only, in_source_forms, said, without_days
from claims.verification.wording.endings import narrowed_behind
from claims.verification.wording.otherwise import otherwise
from claims.verification.wording.takebacks import takes_back
from claims.verification.words import content, coverage

# A claim is about what a passage says when this share of its content words is there.
ABOUT = 0.45
# Minimum coverage for rules that overrule the judge: the words must be nearly identical.
NEAR = 0.7
# Of 33 rows of WiCE, FEVER-Symmetric, SummEdits, VitaminC and Factcheck-Bench whose claim stands verbatim in
# the evidence 32 are supported.
SAID = 0.95
_ALL = 0.99
# If it is said of somebody who may be the same party: more likely than not, and flagged for review.
_RETOLD = 0.6
# What a source presents as possible or alleged is never supported without review.
_DOUBTED = 0.7
# What it asks, denies, calls a rumour, or may say of another has the words and may not say it. Of 67 such rows with
# seven tenths of their words in the passage, of WiCE and FEVER-Symmetric dev and 1,200 of VitaminC, 36 are supported.
_GRAVE = 0.5
# The judge alone cannot refute a claim that differs from the source only in form.
_UNLIKELY = 0.4
_RIVAL = "the source may say it about something else"
_SCATTERED = "the source has its words in several sentences, about other things"
_REORDERED = "the source has its words in another order, which may say something else"
FAITHFUL = (QuoteGrade.VERBATIM, QuoteGrade.TRIVIAL_EDIT, QuoteGrade.TRANSLATION_VARIANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The question to every page: the claim's statement, its quotations, its speaker, the article's date.

    ``around`` are the claim's words outside its quotation marks. ``whole`` where the statement has its speaker and
    what they do in it ("Moscow rejected the offer"), not only what they said. ``own`` if it is about the
    owner of the page that it is put to.
    """

    statement: str
    whole: bool = True
    quotes: tuple[str, ...] = ()
    around: str = ""
    attribution: Attribution | None = None
    asked_on: str | None = None
    own: bool = False

    @property
    def reported(self) -> bool:
        """Whether the article gives the statement as somebody's words."""
        return self.attribution is not None and not self.whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Calibrated probabilities for one passage, how much of the claim it covers, and what the rules found.

    ``doubt`` says why it needs review; ``grave`` where the words are there and yet may not say it at all, ``partial``
    where the doubt names what the claim leaves out or has otherwise: a part, a condition, a plan, a number. ``worded``
    says what is worded otherwise, which needs review and makes "supported" no less probable.
    """

    supported: float
    refuted: float
    covered: float
    findings: tuple[str, ...] = ()
    doubt: str = ""
    grave: bool = False
    partial: bool = False
    worded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the rules find in a passage, whatever a judge says of it: most of the work of weighing it.

    ``missing`` is the number of the claim's numbers, dates and names that it lacks. ``denial`` says how it frames the
    claim as untrue, ``most`` is how probable "supported" is at most with the ``doubt``, ``worded`` what it words
    otherwise with nearly all of the claim's words, where there is no doubt, and ``form_only`` that it differs only in
    form.
    """

    covered: float
    clashes: tuple[QuantityFinding, ...]
    missing: int
    reversal: str
    denial: str
    clauses: Structure
    stands: bool
    doubt: str
    most: float
    worded: str
    form_only: bool

    @property
    def findings(self) -> tuple[str, ...]:
        """What speaks against the claim, in words for an editor."""
        return tuple(filter(None, (*map(told_clash, self.clashes), self.reversal, self.denial)))


def compare_passage(
    question: Question, passage: str, quantities: Sequence[QuantityFinding] = (), *, before: str = "",
    after: str = "", quoted: bool = False,
) -> Compared:  # fmt: skip
    """Compare a passage with the claim; ``before`` and ``after`` are around it, ``quoted`` if it has the quotations."""
    claim = question.statement
    there = content(passage)
    reworded = in_source_forms(claim, quantities)
    covered = coverage(content(reworded), there)
    swap = exchange(claim, passage) if covered >= NEAR else None
    own_names = in_source_forms(claim, [finding for finding in quantities if finding.kind != "name"])
    clauses = structure(own_names, passage, quantities) if covered >= READ else Structure()
    frame = framed(claim, passage, question.around, after, reported=question.reported) if covered >= ABOUT else None
    stands = covered >= _ALL and _stands(question, passage, reworded)
    behind = narrowed_behind(claim, passage) if covered >= ABOUT else ""
    if (stands or clauses.agrees) and behind:
        stands, clauses = False, replace(clauses, agrees=False, near=clauses.near or clauses.agrees)
    doubt, most = "", 1.0
    if covered >= ABOUT:
        less = (frame.text if frame is not None else "") or clauses.doubt or narrower(claim, passage)
        less = less or added(claim, passage) or ("" if quoted else takes_back(claim, passage, before, after))
        if less:
            doubt, most = less, _GRAVE
        else:
            doubt, most = _doubt(claim, passage, unlike(quantities), clauses, quoted=quoted, stands=stands)
    if not (doubt or quoted or question.attribution) and (reported := hearsay(claim, passage)):
        doubt, most = reported, _DOUBTED
    if behind and not (doubt or quoted):
        doubt, most = f"the source has more behind it (“{behind}”)", _DOUBTED
    worded = ""
    if covered >= NEAR and not (doubt or quoted):
        worded = otherwise((reworded, own_names), passage, same_roles=clauses.agrees)
    return Compared(
        covered=covered,
        clashes=tuple(clashes(quantities)),
        missing=sum(finding.agrees is None for finding in quantities),
        reversal=_reversal(claim, passage, clauses, covered, swap),
        denial=frame.text if frame is not None and frame.denies and covered >= NEAR else "",
        clauses=clauses,
        stands=stands,
        doubt=doubt,
        most=most,
        worded=worded,
        form_only=differs_in_form_only(claim, quantities, there) or (swap is not None and swap.turned),
    )


def weigh(
    compared: Compared, judged: Probabilities, quotes: Sequence[QuoteFinding] = (), *, calibrated: bool = False
) -> Weighed:
    """Combine the judge's answer with the rules; a clash on the claim's subject overrules the judge.

    ``calibrated`` probabilities already include coverage and missing numbers.
    """
    covered, findings = compared.covered, compared.findings
    doubt, most = compared.doubt, compared.most
    worded = compared.worded if calibrated else ""  # a judge that is fitted is taken in by words in common
    # A judge's "supported" is not believed at all where the passage lacks the claim's words.
    supported = judged.supported * (1.0 if calibrated else min(1.0, max(0.0, (covered - 0.2) / 0.4)))
    refuted = judged.refuted * (1.0 if covered >= ABOUT else covered / ABOUT)
    for clash in compared.clashes:
        # Names are compared by their form: it needs review unless nearly all the rest stands there.
        sure = 0.9 if clash.kind != "name" or covered >= NEAR else 0.7
        supported, refuted = min(supported, 0.05), max(refuted, sure)
    if compared.reversal:
        supported, refuted = min(supported, 0.3), max(refuted, 0.6)
    if compared.missing and not calibrated:
        supported *= 0.6 ** min(2, compared.missing)
    supported, refuted = _with_quotations(compared, supported, refuted, quotes)
    if compared.denial:
        supported, refuted = min(supported, 0.3), max(refuted, 0.6)
    if doubt:
        supported = min(supported, most)
    elif not (findings or worded) and (compared.clauses.agrees or compared.stands):
        supported, refuted = max(supported, SAID), min(refuted, 1 - SAID)
    elif not (findings or worded) and compared.clauses.near:
        supported, refuted = max(supported, _RETOLD), min(refuted, 1 - _RETOLD)
    if not findings and compared.form_only:
        refuted = min(refuted, _UNLIKELY)
    scale = 1 / max(1.0, supported + refuted)
    grave = bool(doubt) and most < _DOUBTED
    return Weighed(
        supported=supported * scale,
        refuted=refuted * scale,
        covered=covered,
        findings=findings,
        doubt=doubt,
        worded=f"the source words it otherwise (“{worded}”)" if worded else "",
        grave=grave,
        partial=grave and not doubt.startswith((_RIVAL, _SCATTERED)),
    )


def _with_quotations(
    compared: Compared, supported: float, refuted: float, quotes: Sequence[QuoteFinding]
) -> tuple[float, float]:
    """The probabilities where the passage has the claim's quotations."""
    opposed = bool(compared.clashes) or bool(compared.reversal)
    quotes = [quote for quote in quotes if not is_title(quote.quote)]  # a title says no more than a name
    if quotes and all(quote.grade in (QuoteGrade.VERBATIM, QuoteGrade.TRIVIAL_EDIT) for quote in quotes):
        # "He did not seek a “long-term peace”" has the quotation, and says the opposite with it.
        supported = supported if opposed else max(supported, 0.55 + 0.4 * compared.covered)
        return supported, min(refuted, 1 - supported)
    if quotes and all(quote.grade in FAITHFUL for quote in quotes) and not opposed:
        # Two translations of one statement: enough for support, but never without review.
        return max(supported, 0.6), min(refuted, 0.3)
    return supported, refuted


def _reversal(claim: str, passage: str, clauses: Structure, covered: float, swap: Swap | None) -> str:
    """That the passage says it the other way round, in words for an editor; empty where it does not.

    Where it has few of the claim's words, only who did it to whom and what was called off count.
    """
    if covered >= NEAR:
        return _full_reversal(claim, passage, clauses, swap)
    if covered < ABOUT:
        return number_of_another(claim, passage)
    if clauses.turned in (CALLED_OFF, ROLES_EXCHANGED):
        return clauses.turned
    return roles_exchanged(claim, passage) or gone_other_way(claim, passage) or number_of_another(claim, passage)


def _full_reversal(claim: str, passage: str, clauses: Structure, swap: Swap | None) -> str:
    """As `_reversal`, where the passage has nearly all of the claim's words."""
    if clauses.turned and not (swap is not None and swap.turned and clauses.turned == ROLES_EXCHANGED):
        return clauses.turned
    if swap is not None:
        return "" if swap.turned else f"the source has “{swap.first}” and “{swap.second}” the other way round"
    if pair := exchanged(claim, passage):
        return f"the source says of each what the article says of the other ({pair})"
    if clauses.agrees:
        return ""
    if other_way := gone_other_way(claim, passage) or number_of_another(claim, passage):
        return other_way
    ours, whole, near = map(with_denied_quotations, (claim, passage, _speaking_of(claim, passage)))
    opposed = opposite(ours, whole, converses=not clauses.read)
    other = opposed or turned(ours, near, roles_read=clauses.read) or _has_word_reversed(claim, passage, clauses)
    return "the source says it the other way round" if other else ""


def _speaking_of(claim: str, passage: str) -> str:
    """The sentences of a passage that have much of a claim; of those that only mention it nothing is turned round."""
    shares = sentence_shares(content(claim), passage)
    need = min(ABOUT, max((share for share, _ in shares), default=0.0))
    return " ".join(passage[slice(*span)] for share, span in shares if share >= need)


def _has_word_reversed(claim: str, passage: str, clauses: Structure) -> bool:
    """Whether the sentence that has most of a claim has the opposite of a word that another sentence has, too."""
    near = [text for text in nearest_sentences(claim, passage)[:1] if coverage(content(claim), content(text)) >= NEAR]
    return any(opposite(claim, text, converses=not clauses.read) for text in near)


def _doubt(
    claim: str, passage: str, others: Sequence[QuantityFinding], clauses: Structure, *, quoted: bool, stands: bool
) -> tuple[str, float]:  # fmt: skip
    """Why it needs review although the words are there, and how probable "supported" then is at most.

    What ``stands`` there verbatim is said of nothing else.
    """
    if not (quoted or clauses.agrees or clauses.near) and scattered(claim, passage):
        return _SCATTERED, _GRAVE
    if others:
        first = others[0]
        difference = f"the article says {first.claimed}, the source {first.found}, which was not compared"
        return difference, _DOUBTED if first.note == MAY_LIE else _GRAVE
    if not stands and (rivals := _rivals(claim, passage)):
        return rivals, _GRAVE
    if pair := exchanged_word(claim, passage):
        doubt = "the article says “{}”, the source “{}”".format(*pair)
    elif not stands and reordered(claim, passage):
        doubt = _REORDERED
    elif not (quoted or clauses.agrees) and hedged(claim, passage):
        doubt = "the source presents it as possible, planned or alleged"
    else:
        doubt = ""
    return doubt, _DOUBTED if doubt else 1.0


def _rivals(claim: str, passage: str) -> str:
    """Of whom else the source says it, or may say it; empty for nobody."""
    if other := rival(claim, passage):
        return f"{_RIVAL} ({other})"
    other = said_of_another(claim, passage)
    return f"the source says it of {other}" if other else ""


def _stands(question: Question, passage: str, reworded: str) -> bool:
    bare = without_days(passage, question.statement, question.asked_on)
    wordings = (*_wholes(question.statement, question.around), reworded)
    return any(said(wording, text) for text in {passage, bare} for wording in wordings)


def _wholes(claim: str, beside: str) -> tuple[str, ...]:
    """What may occur verbatim: the claim, alone or with the article's words around it ("Putin congratulates ...")."""
    return (claim, beside) if set(content(claim)) <= set(content(beside)) else (claim,)
