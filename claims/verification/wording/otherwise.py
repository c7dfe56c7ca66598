"""Finds what a source words otherwise than a claim whose words it has, so that it may say something else.

"Every member but the treasurer voted" has all words of "every member voted", in their order and in the same clause. A
judge that was trained on words in common takes the one for the other, and rules that name what may narrow a claim are
never complete. So the other way round: two sentences say the same where every word of one is accounted for in the
other; what is left over is a reason to look. Natural logic reads entailment in the same way, edit by edit (MacCartney
and Manning, Natural logic for textual inference, 2007).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from operator import itemgetter

from claims.extraction.text.predications import placements, predications
from claims.lexicon.clauses import word_set
from claims.lexicon.evidence import CONVERSES, DETERMINERS, NEGATIONS, SAME_DEEDS, STOPWORDS
from claims.lexicon.framing import ACTING_FOR, PART_WORDS, PRONOUNS
from claims.lexicon.quantities import DOWN_WORDS, UP_WORDS
from claims.lexicon.verbs import OUTLET_FORMS, SPEAKER_FORMS
from claims.verification.evidence.sentences import nearest_sentences
from claims.verification.forms.deeds import asserted_clauses
from claims.verification.forms.names import names
from claims.verification.wording.endings import RECURRING
from claims.verification.wording.trimming import DENYING, LIMITING, SETTING, date_texts, dateline_of, trimmed
from claims.verification.words import Word, content, stem, words

# The forms of one word for another tense or voice.
_FORMS = {
    form: forms[0]
    for forms in (
        ("be", "is", "are", "was", "were", "been", "being"),
        ("have", "has", "had"),
        ("will", "would"),
        ("do", "does", "did"),
        ("because", "since"),
    )
    for form in forms
}
_EMPTY = word_set("also however meanwhile today yesterday later then now already still own that") | DETERMINERS
# A word more of these changes what is said wherever it stands.
_TELLING = DENYING | word_set("""
    instead former allegedly almost nearly virtually least most part half each all every some because due planned
    proposed attempted alleged first last before after against without despite
""")
_NOT_WHOLE = word_set("draft partial mere failed would-be possible potential future")
_WHERE = word_set("in at near on")
_WHICH_ONE = word_set("from of in with near at")
_IS = word_set("is are was were be been")
_NOUN_PHRASE = 4
_PHRASES = _WHERE | word_set("for from to against over under about into")
# What opens a sentence that goes on with what somebody says, or with what stands in a study.
_IN_REPORTS = word_set("""
    according announced announces confirmed confirms found finds study poll survey report statement interview
""")
_SAID = SPEAKER_FORMS | OUTLET_FORMS | _IN_REPORTS
# Of these a place says less: prices that rose in Leeds, more of a kind, or all of it.
_CHANGES = re.compile(
    rf"\b(?:{UP_WORDS}|{DOWN_WORDS}|more|less|fewer|most|least|all|every|each|majority|average)\b",
    re.I,
)
# A word or two in quotation marks are the writer's words for something else.
_SCARE = re.compile(r"[\"“](?P<inside>[a-z][\w'-]*(?:\s[a-z][\w'-]*)?),?[\"”]")
_OPENS, _CLOSES = ',(–—-;:[“"', ',)–—-;:]”".'


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    word: Word


def otherwise(wordings: Sequence[str], passage: str, *, same_roles: bool = False) -> str:
    """What the sentences nearest to a claim word otherwise; empty where one of them says the same.

    ``wordings`` are the claim with its numbers, dates and names as the source writes them, in several ways. With
    ``same_roles`` the parser has read who does what to whom alike in both, so that the words may stand in another order
    ("was bought by").
    """
    least: list[str] = []
    pairs = ((claim, sentence) for claim in dict.fromkeys(wordings) for sentence in nearest_sentences(claim, passage))
    for claim, sentence in pairs:
        left = _differences(claim, sentence, same_roles=False)
        if left and (same_roles or _is_told_by_whom(claim, sentence)):
            left = min(left, _differences(claim, sentence, same_roles=True), key=len)
        if not left:
            return ""
        least = min(least or left, left, key=len)
    return least[0] if least else "…"


def _differences(claim: str, sentence: str, *, same_roles: bool) -> list[str]:
    """The words that either has more of and that may matter: first those that the sentence lacks."""
    set_apart = {
        _folded_key(word.norm) for text in (dateline_of(sentence), *date_texts(sentence)) for word in words(text)
    }
    if scare := _scare_quoted(claim, sentence):
        return [scare]
    claim, sentence = trimmed(claim, sentence)
    ours, theirs = _tokens(claim), _tokens(sentence)
    lacking, more, shared = _surpluses(ours, theirs, same_roles=same_roles)
    if same_roles:
        lacking += _phrases_elsewhere(ours, claim, sentence)
    left = [run for run in lacking if not all(_is_form_only(token) or token.key in set_apart for token in run)]
    known = {part for name in names(claim) for part in name.text.split()}
    for run in more:
        if not shared or run[0].word.span[0] >= shared[-1].word.span[1]:
            continue  # what stands behind all that both have is weighed by itself
        first = run[0] is theirs[0]
        by_whom = first and same_roles and _tells_by_whom(run, claim, sentence)
        harmless = by_whom or _is_harmless(run, sentence, known, first=first) or _describes_one(run, claim, sentence)
        more_of = (run, claim, sentence)
        harmless = harmless or _says_which_one(*more_of) or _is_all(*more_of) or _is_before_that(*more_of)
        if not (harmless or _tells_where(run, claim, sentence)):
            left.append(run)
    return [_run_text(run) for run in left]


def _surpluses(
    ours: list[_Token], theirs: list[_Token], *, same_roles: bool
) -> tuple[list[list[_Token]], list[list[_Token]], list[_Token]]:
    """The runs of words that each of two sentences has more of, and the second up to the last word that both have."""
    our_keys, their_keys = ([token.key for token in side] for side in (ours, theirs))
    changes = SequenceMatcher(None, our_keys, their_keys, autojunk=False).get_opcodes()
    shared = theirs[: max((last for kind, _, _, _, last in changes if kind == "equal"), default=0)]
    if same_roles:
        our, their = Counter(our_keys), Counter(their_keys)
        return _surplus_runs(ours, our - their), _surplus_runs(theirs, their - our), shared
    apart = [change for change in changes if change[0] != "equal"]
    lacking = [ours[start:end] for _, start, end, _, _ in apart if start < end]
    return lacking, [theirs[first:last] for _, _, _, first, last in apart if first < last], shared


def _phrases_elsewhere(ours: Sequence[_Token], claim: str, sentence: str) -> list[list[_Token]]:
    """The words of the claim on whose verb a preposition is, and behind another one or none in the sentence.

    "60 percent of its fundraising income" is not spent "on fundraising", although it has the words.
    """
    asked, there = placements([claim])[0], placements([sentence])[0]
    verbs = {place.word for place in there}
    openers: dict[str, set[str]] = {}
    for place in there:
        openers.setdefault(stem(place.text.lower()), set()).add(place.way[0] if place.way else "")
    apart = {
        key
        for place in asked
        if len(place.way) == 2 and place.way[0] in _PHRASES and place.way[1] in verbs
        if (key := stem(place.text.lower())) in openers and place.way[0] not in openers[key]
    }
    return [[token] for token in ours if stem(token.word.norm) in apart]


def _is_told_by_whom(claim: str, sentence: str) -> bool:
    """Whether a sentence tells who did what the claim only says was done: "a crew rescued them", "were rescued"."""
    done = asserted_clauses(predications([claim])[0])[:1]
    if not done or done[0].agent is not None or done[0].patient is None or done[0].negated:
        return False
    return any(
        clause.agent is not None
        and clause.patient is not None
        and not clause.negated
        and (_folded_key(clause.predicate), clause.patient.head)
        == (_folded_key(done[0].predicate), done[0].patient.head)
        for clause in asserted_clauses(predications([sentence])[0])
    )


def _tells_by_whom(run: Sequence[_Token], claim: str, sentence: str) -> bool:
    """Whether words before a verb say who does what the claim does not say by whom: "police arrested him"."""
    main = asserted_clauses(predications([claim])[0])[:1]
    verb = next((place.text for place in placements([claim])[0] if not place.way), "")
    behind = words(sentence[run[-1].word.span[1] :])[:1]
    if not (main and main[0].agent is None and behind) or any(token.word.norm in _TELLING for token in run):
        return False
    return _folded_key(behind[0].norm) == _folded_key(verb.lower())


def _scare_quoted(claim: str, sentence: str) -> str:
    """A word or two of the claim that the sentence has in quotation marks, and the claim has not."""
    if _SCARE.search(claim):
        return ""
    known = set(content(claim))
    return next((quoted.group() for quoted in _SCARE.finditer(sentence) if known & set(content(quoted["inside"]))), "")


def _tokens(text: str) -> list[_Token]:
    """The words of a text that may matter, two that make one verb ("stepped down") as one."""
    every = [word for word in words(text) if word.norm not in _EMPTY]
    pairs = zip_longest(every, every[1:])
    tokens: list[_Token] = []
    for word, after in pairs:
        joined = SAME_DEEDS.get(f"{stem(word.norm)} {after.norm}") if after is not None else None
        tokens.append(_Token(joined or _folded_key(word.norm), word))
        if joined is not None:
            next(pairs)
    return tokens


def _folded_key(norm: str) -> str:
    bare = norm.removesuffix("'s").removesuffix("'")
    if bare in _FORMS or bare in STOPWORDS:
        return _FORMS.get(bare, bare)
    deed = SAME_DEEDS.get(stem(bare), stem(bare))
    return CONVERSES.get(deed, deed)


def _surplus_runs(tokens: Sequence[_Token], surplus: Counter[str]) -> list[list[_Token]]:
    """Neighbouring tokens of a side that the other one lacks; of a word that occurs more often there the last ones."""
    left, lacking = Counter(surplus), list[bool]()
    for token in reversed(tokens):
        lacking.append(left[token.key] > 0)
        left[token.key] -= 1
    marked = groupby(zip(reversed(lacking), tokens, strict=True), key=itemgetter(0))
    return [[token for _, token in run] for is_lacking, run in marked if is_lacking]


def _is_form_only(token: _Token) -> bool:
    """Whether a word changes with voice and tense only, or says that somebody says it."""
    norm = token.word.norm
    return norm not in _TELLING and (norm in STOPWORDS or norm in SPEAKER_FORMS or norm in PRONOUNS)


def _is_harmless(run: Sequence[_Token], sentence: str, known: set[str], *, first: bool) -> bool:
    """Whether what a sentence has more takes nothing back: an aside, who says it, a place by name, a longer name."""
    if any(token.word.norm in _TELLING for token in run):
        return False
    telling = [token for token in run if not _is_form_only(token)]
    before, after = sentence[: run[0].word.span[0]].rstrip(), sentence[run[-1].word.span[1] :].lstrip()
    limiting = run[0].word.norm in (LIMITING | SETTING)
    if not telling or (before[-1:] in _OPENS and before and after[:1] in _CLOSES and not limiting):
        return True
    if first and any(token.word.norm in _SAID for token in run):
        return after[:1] in _CLOSES or after.startswith("that ") or run[-1].word.norm in _SAID
    named = all(token.word.text[:1].isupper() or token.word.norm in ACTING_FOR for token in telling)
    beside = {*before.split()[-1:], *(part.strip(",.") for part in after.split()[:1])}
    return named and bool(beside & known)


def _describes_one(run: Sequence[_Token], claim: str, sentence: str) -> bool:
    """Whether words more stand between "a" and its noun: a trained dog is a dog, where nothing is denied."""
    own = {word.norm for word in words(claim)}
    start, end = run[0].word.span[0], run[-1].word.span[1]
    before, inside, after = words(sentence[:start])[-1:], words(sentence[start:end]), words(sentence[end:])[:1]
    if not (before and after and before[0].norm in ("a", "an") and after[0].norm in own) or own & NEGATIONS:
        return False
    norms = {word.norm for word in inside}
    owned = any(norm.endswith(("'s", "s'")) for norm in norms)
    parted = set(sentence[before[0].span[1] : end + after[0].span[0]]) & set(_OPENS + _CLOSES) - {"-"}
    return not (norms & (_TELLING | _NOT_WHOLE | STOPWORDS | DETERMINERS) or owned or parted)


def _says_which_one(run: Sequence[_Token], claim: str, sentence: str) -> bool:
    """Whether words more say of one of a kind where it is from or whose it is: a man from Derby is a man.

    Not where it is a part that is counted ("a third of young voters"), or something is denied.
    """
    own = {word.norm for word in words(claim)}
    before = words(sentence[: run[0].word.span[0]])[-_NOUN_PHRASE:]
    if run[0].word.norm not in _WHICH_ONE or own & NEGATIONS or not before or before[-1].norm not in own:
        return False
    norms, behind = {token.word.norm for token in run}, words(sentence[run[-1].word.span[1] :])[:1]
    if not behind or behind[0].norm in _WHICH_ONE:
        return False  # a copy of a page of the will is none of the will
    article = next((word.norm for word in reversed(before[:-1]) if word.norm in DETERMINERS | _WHICH_ONE), "")
    return article in ("a", "an") and stem(before[-1].norm) not in PART_WORDS and not norms & (_TELLING | _IS)


def _is_all(run: Sequence[_Token], claim: str, sentence: str) -> bool:
    """Whether a sentence says of all what the claim says of the kind: "all residents may" for "residents may"."""
    before = {word.norm for word in words(sentence[: run[0].word.span[0]])[-1:]}
    whole = [token.word.norm for token in run] in (["all"], ["both"])
    return whole and not before & _TELLING and not NEGATIONS & {word.norm for word in words(claim)}


def _is_before_that(run: Sequence[_Token], claim: str, sentence: str) -> bool:
    """Whether words more say where something is said: "recommends in its report that"."""
    before = words(sentence[: run[0].word.span[0]])[-1:]
    behind = sentence[run[-1].word.span[1] :].lstrip().startswith("that ")
    return behind and run[0].word.norm in _WHERE and any(f"{word.text} that " in claim for word in before)


def _tells_where(run: Sequence[_Token], claim: str, sentence: str) -> bool:
    """Whether what a sentence has more says only where something happened: "on Monday at the Kiruna pit".

    Not where something rose or fell, or is always so: "prices rose in Leeds" are not prices everywhere.
    """
    norms = {token.word.norm for token in run}
    if (
        run[0].word.norm not in _WHERE
        or norms & _TELLING
        or _CHANGES.search(claim)
        or RECURRING.fullmatch(run[-1].word.norm)
    ):
        return False
    clauses, places = predications([claim])[0], placements([sentence])[0]
    happened = any(clause.past for clause in clauses[:1])
    return happened and any(
        place.text == run[-1].word.text and len(place.way) == 2 and place.way[0] in _WHERE for place in places
    )


def _run_text(run: Sequence[_Token]) -> str:
    return " ".join(token.word.text for token in run)
