"""Detects how a sentence frames its content: as fact, question, rumour, belief, denial or possibility.

"Researchers are studying whether the vaccine works" contains every word of "the vaccine works" but does not say it.
Frames that the claim also has ("The council asked whether ...") are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.extraction.text.predications import predications
from claims.lexicon.clauses import word_set
from claims.lexicon.evidence import TOLL_NOUNS
from claims.lexicon.framing import (
    AFTERWARDS,
    ALLEGED,
    ASKING,
    ATTRIBUTIVE,
    COMING,
    CONDITIONS,
    EARLIER_TOLL,
    OPENERS,
    PLAIN_LEADS,
    PLAIN_REPORTS,
    SUPERSEDED,
    TAKEN_BACK,
    TO_MACHINES,
    TOLD,
)
from claims.lexicon.quantities import PEOPLE
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.verification.evidence.sentences import sentence_spans, sentence_texts
from claims.verification.forms.deeds import asserted_clauses
from claims.verification.rules.lesser import (
    counted_part,
    later_one,
    left_undone,
    narrowed,
    part_of,
    ranked_lower,
    some_of_them,
)
from claims.verification.words import all_stems, content, coverage, plain, stem, words

# A frame applies if it covers this share of the claim's words that the sentence has.
_HELD = 0.6
# Sentences that have nearly as much of the claim as the best one may say it as well.
_AS_GOOD = 0.1
# A sentence with this share of a claim's words may say it by itself.
_MOST = 0.7
# A sentence with the verb of a clause tells the same where it has this share of the clause's words.
_CARRIES = 0.5
_SUBJECTS = ("he", "she", "it", "they")
# Maximum number of words after an opener to which it applies.
_REACH = 30
_OPENER = re.compile(OPENERS, re.I)
_AFTERWARDS = re.compile(AFTERWARDS, re.I)
_TO_MACHINES = re.compile(TO_MACHINES, re.I)
_REPORT = re.compile(PLAIN_REPORTS, re.I)
_LEAD = re.compile(PLAIN_LEADS, re.I)
_TAKEN_BACK, _TOLD = re.compile(TAKEN_BACK, re.I), re.compile(TOLD, re.I)
_ALLEGED = frozenset(map(stem, ALLEGED))
_CONDITION = re.compile(CONDITIONS, re.I)
_SAYS = re.compile(rf"\b(?:{'|'.join(sorted(SPEAKER_FORMS))}|told)\b", re.I)
_ASKING = re.compile(ASKING, re.I)
_SUPERSEDED = re.compile(SUPERSEDED, re.I)
_EARLIER_TOLL = re.compile(EARLIER_TOLL, re.I)
_PLANNED = re.compile(
    r"\b(?:planned|scheduled|set|due|expected|meant|hoped)\s(?:\w+\s){0,2}$"
    r"|\b(?:hop|plan|intend|want|expect|mean|wish)\w*\sto\b[^.;]*$",
    re.I,
)
# A figure with the word behind it, and words that are none of what it counts.
_COUNTED = re.compile(r"[\w,.-]*\w(?:\s(?P<noun>[a-z]+))?", re.I)
_TOLL_GOES_ON = frozenset(map(stem, (*PEOPLE, *TOLL_NOUNS))) | word_set(
    "in by at on a an the last this before after to and or for during since earlier as late early"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """The frame of a sentence, in words for an editor; ``denies`` if the sentence says that the content is wrong."""

    text: str
    denies: bool = False


def framed(claim: str, passage: str, beside: str = "", after: str = "", *, reported: bool = False) -> Framing | None:
    """The frame of the sentences that contain most of the claim; None if one of them states it as a fact.

    ``beside`` are words of the article around the claim ("he believes that"), whose frames belong to the claim.
    ``after`` is the sentence behind the passage. ``reported`` is true if the article attributes the claim to a speaker:
    "claimed" in the source is then no frame.
    """
    claim_words = content(claim)
    sentences = sentence_texts(passage)
    shares = [coverage(claim_words, content(sentence)) for sentence in sentences]
    best = max(shares, default=0.0)
    if not best:
        return None
    own = f"{claim} {beside} {ATTRIBUTIVE}" if reported else f"{claim} {beside}"
    near = [place for place, share in enumerate(shares) if share >= best - _AS_GOOD]
    following = [*sentences[1:], after]
    framings = [
        _sentence_framing(
            claim, own, sentences[place], list(filter(None, following[place : place + 1])), reported=reported
        )
        for place in near
    ]
    return None if None in framings else framings[0]


def plainly(span: tuple[int, int], passage: str) -> bool:
    """Whether the words at ``span`` begin a sentence that asserts them, after at most a lead or reporting clause."""
    start, end = next((s for s in sentence_spans(passage) if s[0] <= span[0] < s[1]), (0, len(passage)))
    before = plain(passage[start : span[0]]).strip(' "(')
    after = plain(passage[span[1] : end])
    asks = after.rstrip(' "').endswith("?")
    return not asks and (not before or bool(_LEAD.fullmatch(before) or _REPORT.search(before)))


def scattered(claim: str, passage: str) -> bool:
    """Whether no sentence of a passage has most of a claim, and those with its verb tell something else with it.

    "The ship called at Brest" has the verb of "the search was called off", and hardly anything else of it. A pronoun at
    the start of a sentence stands for who did it: "She called it a disaster" need not name her again.
    """
    sentences = sentence_texts(passage)
    asked = content(claim)
    if len(sentences) < 2 or max(coverage(asked, content(sentence)) for sentence in sentences) >= _MOST:
        return False
    stems = [all_stems(sentence) for sentence in sentences]
    for clause in asserted_clauses(predications([claim])[0]):
        verb, telling = stem(clause.predicate.split()[0]), content(clause.clause)
        having = [sentence for sentence, there in zip(sentences, stems, strict=True) if verb in there]
        if verb in telling and having and max(_carried(telling, verb, holder) for holder in having) < _CARRIES:
            return True
    return False


def _carried(telling: Sequence[str], verb: str, sentence: str) -> float:
    """The share of a clause's words that a sentence has; with a pronoun as its subject, of those from the verb on."""
    opened = words(sentence)[0].norm in _SUBJECTS
    return coverage(telling[telling.index(verb) :] if opened else telling, content(sentence))


def superseded(sentence: str, at: int) -> bool:
    """Whether a source gives the words at ``at`` as an earlier, superseded statement: "first given as 14".

    The earlier figure of a toll stands for what the toll counts: "to 30 from 25", not "to 30 from three crashes".
    """
    before, after = sentence[max(0, at - 120) : at], sentence[at:]
    if _SUPERSEDED.search(before):
        return True
    counted = _COUNTED.match(after)
    noun = (counted["noun"] or "").lower() if counted is not None else ""
    return bool(_EARLIER_TOLL.search(before)) and (not noun or bool({noun, stem(noun)} & _TOLL_GOES_ON))


def planned(text: str, at: int) -> bool:
    """Whether a text gives the words at ``at`` as those of a plan: "a strike planned for Monday"."""
    return bool(_PLANNED.search(text[:at]))


def _sentence_framing(
    claim: str, own: str, sentence: str, following: list[str], *, reported: bool = False
) -> Framing | None:
    flat, ours = plain(sentence), all_stems(own)
    behind = plain(following[0]) if following else ""
    framing = _addressed(claim, flat, ours) or _not_done(claim, flat, behind) or _opened(claim, flat, ours)
    framing = framing or _denied_afterwards(claim, flat, ours) or _lesser(claim, flat, behind)
    if framing is not None:
        return framing
    if condition := _conditional(claim, flat, reported=reported):
        return Framing(text=f"the source says it under a condition (“{condition}”)")
    if _REFUSED.match(behind):
        return Framing(text="the next sentence of the source denies it", denies=True)
    return None


def _not_done(claim: str, sentence: str, following: str) -> Framing | None:
    undone = left_undone(claim, sentence, following)
    return Framing(text=f"the source says that it is not done (“{undone}”)", denies=True) if undone else None


def _opened(claim: str, sentence: str, ours: set[str]) -> Framing | None:
    """The frame from words before the claim, such as "whether", "plans to" or "an earlier version said"."""
    claim_words, whole = content(claim), content(sentence)
    alleged = _alleging(claim)
    for opener in _foreign_matches(_OPENER, sentence, ours):
        if _CONDITION.fullmatch(opener.group().strip()) and _CONDITION.search(claim):
            continue
        if alleged and _alleging(opener.group()):
            continue  # "on suspicion of" is "suspected"
        if set(opener.group().lower().split()) & COMING and re.search(r"\b(?:will|shall|is|are)\b", claim):
            continue  # "is about to open" is "will open"
        rest = content(" ".join(sentence[opener.end() :].split()[:_REACH]))
        if coverage(claim_words, rest) >= _HELD * coverage(claim_words, whole):
            reason = f"the source does not give it as a fact (“{_matched_text(opener)}”)"
            return Framing(text=reason, denies=bool(_WRONG.search(sentence) or _CORRECTED.search(sentence)))
    return None


def _alleging(text: str) -> bool:
    """Whether a text has a word that tells of a charge or a suspicion."""
    return any(stem(word.norm) in _ALLEGED for word in words(text))


def _denied_afterwards(claim: str, sentence: str, ours: set[str]) -> Framing | None:
    """The frame from words after the claim that call it wrong or unproved."""
    claim_words, whole = content(claim), content(sentence)
    for denial in _foreign_matches(_AFTERWARDS, sentence, ours):
        words_before = content(sentence[: denial.start()])
        if _TAKEN_BACK.search(denial.group()) and not _TOLD.search(sentence[: denial.start()]):
            continue  # cheese is withdrawn, and a bid rejected; a claim that is withdrawn is denied
        if stem(words(denial.group())[-1].norm) in ours:
            continue
        if coverage(claim_words, words_before) >= _HELD * coverage(claim_words, whole):
            text = f"the source calls it wrong or unproven (“{_matched_text(denial)}”)"
            return Framing(text=text, denies=bool(_WRONG.search(sentence)))
    return None


def _addressed(claim: str, sentence: str, ours: set[str]) -> Framing | None:
    """Whether the sentence tells nothing at all: it asks its readers, or orders a machine how to answer."""
    if sentence.rstrip(' ")').endswith("?") and not plain(claim).rstrip(' "').endswith("?"):
        return Framing(text="the source only asks it")
    if any(_foreign_matches(_TO_MACHINES, sentence, ours)):
        return Framing(text="the source addresses it to machines, as an instruction on how to answer")
    return None


_AMONG = ("one of", "among")


def _lesser(claim: str, sentence: str, following: str) -> Framing | None:
    """The frame of a sentence that says less: of some only, or of a lower rank."""
    if part := counted_part(claim, sentence):
        return Framing(text=f"the source says it of a part only (“{part}”)", denies=True)
    if narrowed(claim, sentence) or part_of(claim, sentence) or some_of_them(claim, sentence, following):
        return Framing(text="the source says it only of some")
    if rank := ranked_lower(claim, sentence) or later_one(claim, sentence, following):
        return Framing(text=f"the source does not rank it first (“{rank}”)", denies=not rank.startswith(_AMONG))
    return None


def _conditional(claim: str, sentence: str, *, reported: bool) -> str:
    """The words that begin a condition that the claim omits; empty if there is none.

    A claim of what would be may have one in mind; but "said it would" is only "will", told later.
    """
    supposed = re.search(r"\b(?:would|could)\b", claim)
    in_report = reported or (supposed and _SAYS.search(claim[: supposed.start()]))
    if _CONDITION.search(claim) or (supposed and not in_report):
        return ""
    claim_words = content(claim)
    for match in _CONDITION.finditer(sentence):
        if _ASKING.search(sentence[: match.start()]):
            continue
        outside = content(sentence[: match.start()]) or content(sentence[match.end() :])
        behind = content(sentence[match.end() :])
        if coverage(claim_words, outside) >= _HELD * coverage(claim_words, content(sentence)) and set(behind) - set(
            claim_words
        ):
            return " ".join(match.group().split())
    return ""


_CORRECTED = re.compile(r"\b(?:earlier|previous|original)\sversions?\b", re.I)
_WRONG = re.compile(
    r"\b(?:is|are|was|were|be|been|proved|proven|turned out|as)\s"
    r"(?:to be\s|a\s|later\s|simply\s|completely\s|plainly\s)*"
    r"(?:wrong|false|untrue|incorrect|invented|baseless|unfounded|fabricated|fake|disproved|debunked|refuted|lies?|"
    r"myth|hoax|nonsense|not true)\b",
    re.I,
)
_REFUSED = re.compile(
    r"(?:but |yet |however, )?(?:(?:that|this|it|the (?:claim|report|rumou?r|story|statement))s?\s"
    r"(?:later\s|has\sbeen\s)?(?:is|was|are|were|proved|turned)?\s?(?:out to be\s|to be\s)?"
    r"(?:not true|untrue|false|wrong|incorrect|invented|denied|debunked|refuted|a lie|a hoax|a myth|baseless|unfounded)"
    r"|no,? (?:it|she|he|they) (?:did|was|were|had|has|have|is|are|does|do)(?:n't| not))\b",
    re.I,
)


def _foreign_matches(pattern: re.Pattern[str], text: str, ours: set[str]) -> Iterator[re.Match[str]]:
    """The matches that are not the claim's own words."""
    for match in pattern.finditer(text):
        if not all_stems(match.group()) <= ours:
            yield match


def _matched_text(match: re.Match[str]) -> str:
    return " ".join(match.group().split())
