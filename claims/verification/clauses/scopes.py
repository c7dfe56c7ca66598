"""Finds that a source says less than a claim with the same words: of a narrower thing, of one of two, of another.

Below a negation or "all" a word more says less: nobody "seriously hurt" may be many hurt, and "all primary schools" are
not all schools (van Benthem, Essays in Logical Semantics, 1986). A judge that was trained on words in common takes the
one for the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.extraction.text.predications import placements, predications
from claims.lexicon.clauses import word_set
from claims.lexicon.evidence import DETERMINERS, NEGATIONS, STOPWORDS
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.verification.clauses.holders import done_to, holder
from claims.verification.evidence.sentences import of_every
from claims.verification.forms.figures import spelt
from claims.verification.rules.dates import dates
from claims.verification.words import Word, content, stem, words

# What is said of all or of none of a kind; after "every" only the kind itself is narrowed by a word more.
OF_ALL = word_set("all any each every everyone everybody everything")
_OF_NONE = (NEGATIONS - word_set("barely")) | word_set("""
    rarely seldom few ban bans banned banning stop stops stopped stopping refuse refuses refused lack lacks lacked
    deny denies denied
""")
# What may be done on one condition may not be done at all without it.
_PERMITTED = word_set("may can allowed permitted")
# What is first or last of a kind is so in a place and a time.
_RANK = re.compile(r"first|last|only|most|least|best|worst|record|\w{2,}est")
_NO_RANK = word_set("""
    forest rest interest west east northwest northeast southwest southeast protest request arrest test contest harvest
    guest priest conquest quest crest chest nest pest vest digest manifest unrest everest budapest invest suggest honest
    modest earnest latest almost
""")
_RANKED = word_set("the its their his her our is are was were be become became as")
_SPANS = word_set("quarter half day week month year time round decade name night season period stage minute hour")
PAUSE = re.compile(r"[,;:.!?()\"“”–—]|\s-\s")
CLAUSE_OPENERS = word_set("and but while because although though after before when whether since until than")
_UNTIL = word_set("until till")
RELATIVE_OPENERS = word_set("that which who whose")
# Behind them "than" opens no clause: "with more than 500 pupils".
_COMPARED = word_set("more fewer less")
_VERBS = word_set("is are was were has have had will would can could may might must shall should do does did")
# Words that narrow nothing: "did not become a hero" is "was not a hero".
_EMPTY = word_set("even kind sort get make made become bring brought yet ever far immediately")
_SLIGHT = STOPWORDS | SPEAKER_FORMS | _EMPTY
_UNCOUNTED = _SLIGHT | OF_ALL | _OF_NONE | _PERMITTED
# Behind the last word of a claim these only tell where and when it was; others narrow what it was.
_SETTING = word_set("in on at during after before by since until last this next yesterday today from as despite amid")
_BARE = re.compile(r"(?:in|at|by)\s(?!the\b|a\b|an\b|its\b|his\b|her\b|their\b|this\b|that\b)[a-z]+\b")
_PLACING = word_set("in of among from")
# "1,200, or about a tenth" is no choice between two, and "whether or not" is none at all.
_CHOICE = re.compile(
    r"\bor\b(?!\s(?:(?:about|around|roughly|nearly|almost|some|so|more|less|fewer|not|over|under|just)\b|\d|[a-z]+\spercent))",
    re.I,
)
_EXCEPTION = re.compile(
    r"\b(?:except(?:ing)?(?:\sfor)?|apart\sfrom|aside\sfrom|other\sthan|excluding|with\sthe\sexception\sof|save\sfor)\b"
    r"|\b(?:less|minus)\s(?=[\d£$€])|\bbut\s(?:for|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b",
    re.I,
)
_UNSURE = word_set("""
    maybe perhaps probably possibly presumably supposedly arguably apparently hopefully seemingly purportedly ostensibly
    conceivably potentially allegedly reportedly
""")
# Before a noun they make it another thing or person: a toy car is no car, a former minister no minister.
_UNREAL = word_set("""
    former ex fake false bogus hoax replica toy tribute mock would-be so-called suspected alleged supposed
    counterfeit dummy imitation decoy fictional virtual honorary acting deputy assistant vice junior lower retired
    aspiring
""")
_NEARLY = word_set("almost nearly narrowly virtually practically")
# So many words behind it a weakening word still belongs to the claim's.
_NEXT = 3


def narrower(claim: str, passage: str) -> str:
    """How the sentences nearest to the claim say less than it does, in words for an editor; empty if one says it all.

    Only those with nearly all of its words are compared.
    """
    return of_every(_says_less, claim, passage)


def _says_less(claim: str, sentence: str) -> str:
    ours, theirs = words(claim), words(sentence)
    if limits := _limits(claim, ours, sentence, theirs) or _time_limit(claim, sentence):
        return f"the source says it of something narrower (“{limits}”)"
    known = {stem(word.norm) for word in ours if word.norm not in STOPWORDS}
    places = [place for place, word in enumerate(theirs) if stem(word.norm) in known]
    if not places:
        return ""
    if exception := _exception(claim, sentence, theirs[places[0]]):
        return f"the source excepts some from it (“{exception}”)"
    if _is_choice(sentence, theirs, places) and not _CHOICE.search(claim):
        return "the source names it as one of two things (“or”)"
    if weak := _weakened(claim, ours, sentence, places):
        return f"the source does not give it as a fact (“{weak}”)"
    return _of_another_deed(claim, sentence)


def _of_another_deed(claim: str, sentence: str) -> str:
    if subject := done_to(claim, sentence):
        return f"the source has it done to “{subject}”"
    other = holder(claim, sentence)
    return f"the source says it of something else (“{other}”)" if other else ""


def _exception(claim: str, sentence: str, first: Word) -> str:
    """The words that except something from what stands before them."""
    match = _EXCEPTION.search(sentence, first.span[1])
    return match.group() if match is not None and not _EXCEPTION.search(claim) else ""


def _time_limit(claim: str, sentence: str) -> str:
    """The word that says until when it was so, where the claim says that it is: "was the tallest until 2012"."""
    if _has_until(claim) or not _has_until(sentence):
        return ""
    claimed, sourced = predications((claim, sentence))
    now = {clause.predicate for clause in claimed if not (clause.past or clause.future)}
    return "until" if any(clause.past and clause.predicate in now for clause in sourced) else ""


def _weakened(claim: str, ours: Sequence[Word], sentence: str, places: Sequence[int]) -> str:
    """A word by which the sentence leaves it open ("probably") or has it not quite happen ("almost")."""
    theirs, own, known = words(sentence), {word.norm for word in ours}, set(content(claim))
    placed = placements([sentence])[0]
    nouns = {there.word: stem(there.text.lower()) for there in placed}
    unreal = {there.text.lower() for there in placed if there.way[:1] == ("mod",) and nouns.get(there.way[1]) in known}
    verbs = {stem(clause.predicate.split()[0]) for clause in predications([claim])[0]}
    for place, word in enumerate(theirs[: places[-1]]):
        if word.norm in own or not any(place < shared <= place + _NEXT for shared in places):
            continue
        if word.norm in _UNREAL and word.norm in unreal:
            return word.text
        if word.norm in _UNSURE or (word.norm in _NEARLY and stem(theirs[place + 1].norm) in verbs):
            return word.text
    return ""


def _limits(claim: str, ours: Sequence[Word], sentence: str, theirs: Sequence[Word]) -> str:
    """A word that narrows what the claim says of all, of none or of the first of a kind; empty for none.

    Where the sentence lacks a word that the claim has there, another one stands in its place and need not be narrower.
    """
    asked = [
        (word, _scope(word, ours[place + 1 :], claim)) for place, word in enumerate(ours) if _speaks_of_all(ours, place)
    ]
    there = {stem(word.norm) for word in theirs}
    cues = {cue.norm for cue, scope in asked if set(_told_in(scope)) <= there}
    limits = (_limit_of_cue(claim, sentence, theirs, place) for place, word in enumerate(theirs) if word.norm in cues)
    return next(filter(None, limits), "")


def _limit_of_cue(claim: str, sentence: str, theirs: Sequence[Word], place: int) -> str:
    """The word that narrows what the cue at ``place`` of a sentence reaches; empty for none."""
    cue, known = theirs[place].norm, set(content(claim))
    scope = _scope(theirs[place], theirs[place + 1 :], sentence)
    shared = [index for index, other in enumerate(scope) if stem(other.norm) in known]
    if not shared:
        return ""
    behind = theirs[place + len(scope) + 1].norm if place + len(scope) + 1 < len(theirs) else ""
    if cue in _OF_NONE and behind in _UNTIL and not _has_until(claim):
        return behind  # what was not done until May was done then
    days, sides = [day.span for day in dates(sentence)], _sides(sentence)
    for index, other in enumerate(scope):
        if not _adds(other, known) or (other.norm[0].isdigit() and _is_rank(cue)) or is_within(other, days):
            continue
        if not sides.get(stem(other.norm), known) & known:
            continue
        within = index < shared[-1] and cue not in _PERMITTED
        if _is_amount(cue) and not (within and _opens_phrase(scope, index)):
            continue  # "ten percent of paying guests" may be ten percent, "ten percent in the capital" not
        if within or _narrows_behind(cue, scope[shared[-1] + 1 : index + 1], sentence):
            return other.text
    return ""


def _adds(word: Word, known: set[str]) -> bool:
    return word.norm not in _UNCOUNTED and stem(word.norm) not in known


def _has_until(text: str) -> bool:
    return any(word.norm in _UNTIL for word in words(text))


def _told_in(scope: Sequence[Word]) -> list[str]:
    return [stem(word.norm) for word in scope if word.norm not in _SLIGHT]


def _sides(sentence: str) -> dict[str, set[str]]:
    """The words that each word of a sentence stands beside, as stems; nothing for a verb, which narrows nothing."""
    beside: dict[str, set[str]] = {}
    [places] = placements([sentence])
    written = {place.word: place.text.lower() for place in places}
    for place in places:
        words_above = set() if place.way[:1] in ((), ("agent",), ("patient",), ("is",)) else set(place.way[1::2])
        beside.setdefault(stem(place.text.lower()), set()).update(stem(written.get(word, word)) for word in words_above)
    return beside


def _speaks_of_all(text: Sequence[Word], place: int) -> bool:
    """Whether a word speaks of all, of none or of the first: "the first case", not "he last played", "Best Song"."""
    norm = text[place].norm
    if _is_amount(norm):  # "two officers of the guard" are two officers
        return place + 1 < len(text) and text[place + 1].norm in ("percent", "per", "%")
    if not _is_rank(norm):
        return _is_cue(norm)
    before = text[place - 1].norm if place else ""
    behind = text[place + 1].norm if place + 1 < len(text) else ""
    ranked = before in _RANKED or before.endswith(("'s", "s'"))
    timed = norm in ("first", "last") and behind in _SPANS
    return ranked and text[place].text[0].islower() and not timed


def _is_amount(norm: str) -> bool:
    """Whether a word is a number, and no article or year."""
    number = norm[0].isdigit() or spelt(norm) is not None
    return number and norm not in ("a", "an", "one") and re.fullmatch(r"1\d{3}|20\d\d", norm) is None


def _opens_phrase(scope: Sequence[Word], place: int) -> bool:
    """Whether a word stands right behind a preposition that tells of what part or place something is."""
    before = next((word.norm for word in reversed(scope[:place]) if word.norm not in DETERMINERS), "")
    return before in _PLACING | {"at", "on"}


def _is_cue(norm: str) -> bool:
    return norm in OF_ALL | _OF_NONE | _PERMITTED or _is_rank(norm) or _is_amount(norm)


def _is_rank(norm: str) -> bool:
    return _RANK.fullmatch(norm) is not None and norm not in _NO_RANK


def _scope(cue: Word, after: Sequence[Word], sentence: str) -> list[Word]:
    """The words that a cue reaches: to the end of its clause; of "every" and "first" to the verb of it.

    Of what is denied a relative clause without a comma is a part: "no evidence that it was set".
    """
    scope: list[Word] = []
    of_kind = cue.norm in OF_ALL or _is_rank(cue.norm)
    verbs = _VERBS | _main_verbs(sentence) if of_kind else frozenset()
    for word in after:
        before = scope[-1] if scope else cue
        opens = word.norm in CLAUSE_OPENERS and before.norm not in _COMPARED
        ended = opens or (cue.norm not in _OF_NONE and word.norm in RELATIVE_OPENERS) or word.norm in verbs
        if ended or PAUSE.search(sentence[before.span[1] : word.span[0]]):
            break
        scope.append(word)
    return scope


def _main_verbs(sentence: str) -> frozenset[str]:
    return frozenset(place.text.lower() for place in placements([sentence])[0] if not place.way)


def _narrows_behind(cue: str, behind: Sequence[Word], sentence: str) -> bool:
    """Whether words behind the claim's last one narrow it: "near rivers", "in person", not "on Main Street".

    The first of a kind is so "in Europe" only.
    """
    first = next((word for word in behind if word.norm not in ("the", "a", "an")), None)
    if first is None:
        return False
    if _is_rank(cue):
        return first.norm in _PLACING
    if cue in _PERMITTED:
        return first.norm in ("with", "without", "under")
    return first.norm not in _SETTING or _BARE.match(sentence[first.span[0] :]) is not None


def is_within(word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a word stands in one of some spans of the same text."""
    return any(start <= word.span[0] < end for start, end in spans)


def _is_choice(sentence: str, theirs: Sequence[Word], places: Sequence[int]) -> bool:
    """Whether "or" stands right before or behind what the claim has of the sentence, at ``places``."""
    starts = {match.start() for match in _CHOICE.finditer(sentence)}
    choices = [place for place, word in enumerate(theirs) if word.span[0] in starts]
    return any(place == places[-1] + 1 or 0 <= places[0] - place - 1 <= 1 for place in choices)
