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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import product, zip_longest

from claims.extraction.text.predications import placements, predications
from claims.lexicon.clauses import word_set
from claims.lexicon.evidence import CONVERSES, DETERMINERS, NEGATIONS, SAME_DEEDS, STOPWORDS
from claims.lexicon.framing import ACTING_FOR, PRONOUNS
from claims.lexicon.quantities import DOWN_WORDS, UP_WORDS
from claims.lexicon.verbs import OUTLET_FORMS, SPEAKER_FORMS
from claims.verification.evidence.sentences import nearest_sentences
from claims.verification.forms.deeds import asserted_clauses
from claims.verification.forms.names import names
from claims.verification.rules.dates import dates
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
_TELLING = NEGATIONS | word_set("""
    but except excluding only if unless until than instead former allegedly almost nearly virtually least most part half
    each all every some because due planned proposed attempted alleged first last before after against without despite
""")
_WHERE = word_set("in at near on")
# What opens a sentence that goes on with what somebody says, or with what stands in a study.
_SAID = (
    SPEAKER_FORMS
    | OUTLET_FORMS
    | word_set("""
    according announced announces confirmed confirms found finds study poll survey report statement interview
""")
)
_CHANGES = re.compile(rf"\b(?:{UP_WORDS}|{DOWN_WORDS})\b", re.I)
_DENYING = NEGATIONS | word_set("but except excluding if unless until only than")
_ASIDE = re.compile(r"(?:,\s|\s[–—-]\s|\s\()(?P<inside>[^,–—();:]{3,120})(?:,(?=\s)|\s[–—-](?=\s)|\))")
# What opens a sentence with what happened besides; "in" and "among" would narrow it.
_LEAD = re.compile(
    r"^(?:after|although|amid|as|before|despite|following|meanwhile|since|though|when|while|with)\b(?P<inside>[^,;:]{3,100}),",
    re.I,
)
_TIME_OF_DAY = re.compile(r"\s(?:morning|afternoon|evening|night)\b")
_ON = re.compile(r"\b(?:on|in|at)\s+$", re.I)
_DATELINE = re.compile(r"^[A-Z][A-Z’'.-]+(?:\s[A-Z][A-Z’'.-]+)*(?:,\s[\w.\s]{2,20})?(?:\s\([^()]*\))?\s?(?:—|–|--|-)\s")
_OPENS, _CLOSES = ',(–—-;:[“"', ',)–—-;:]”".'


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    word: Word
    joined: bool = False


def otherwise(wordings: Sequence[str], passage: str, *, same_roles: bool = False) -> str:
    """What the sentences nearest to a claim word otherwise; empty where one of them says the same.

    ``wordings`` are the claim with its numbers, dates and names as the source writes them, in several ways. With
    ``same_roles`` the parser has read who does what to whom alike in both, so that the words may stand in another order
    ("was bought by").
    """
    least: list[str] = []
    for claim, any_order in product(dict.fromkeys(wordings), (False, True) if same_roles else (False,)):
        for sentence in nearest_sentences(claim, passage):
            left = _differences(claim, sentence, same_roles=any_order)
            if not left:
                return ""
            least = min(least or left, left, key=len)
    return least[0] if least else "…"


def _differences(claim: str, sentence: str, *, same_roles: bool) -> list[str]:
    line = _DATELINE.match(sentence)
    set_apart = {*_keys_of_days(sentence), *(_folded_key(word.norm) for word in words(line.group() if line else ""))}
    claim, sentence = _without_dates(claim), _without_dates(sentence[line.end() if line else 0 :])
    sentence = _without_asides(sentence, set(content(claim)))
    ours, theirs = _tokens(claim), _tokens(sentence)
    matcher = SequenceMatcher(None, [token.key for token in ours], [token.key for token in theirs], autojunk=False)
    spans = [(start, end, first, last) for kind, start, end, first, last in matcher.get_opcodes() if kind != "equal"]
    if same_roles:
        lacking, more = _without_order(ours, theirs)
    else:
        lacking = [ours[start:end] for start, end, _, _ in spans if start < end]
        more = [theirs[first:last] for _, _, first, last in spans if first < last]
    end = max((last for kind, _, _, _, last in matcher.get_opcodes() if kind == "equal"), default=0)
    last = theirs[end - 1].word.span[1] if end else 0
    known = {part for name in names(claim) for part in name.text.split()}
    left = [
        _run_text(run) for run in lacking if not all(_is_form_only(token) or token.key in set_apart for token in run)
    ]
    inner = [run for run in more if run[0].word.span[0] < last]
    opening = theirs[0] if theirs else None
    deed = _deed_without_doer(claim) if same_roles else ""
    if deed:  # "police arrested him" is "he was arrested"
        inner = [run for run in inner if run[0] is not opening or not _is_doer_of(deed, run, sentence)]
    inner = [run for run in inner if not _is_harmless(run, sentence, known, first=run[0] is opening)]
    return left + [_run_text(run) for run in inner if not _tells_where(run, claim, sentence)]


def _deed_without_doer(claim: str) -> str:
    """The first verb of a claim that does not say who does it; empty if it does."""
    main = asserted_clauses(predications([claim])[0])[:1]
    verb = next((place.text for place in placements([claim])[0] if not place.way), "")
    return _folded_key(verb.lower()) if main and main[0].agent is None else ""


def _is_doer_of(deed: str, run: Sequence[_Token], sentence: str) -> bool:
    behind = words(sentence[run[-1].word.span[1] :])[:1]
    return (
        bool(behind) and _folded_key(behind[0].norm) == deed and not any(token.word.norm in _TELLING for token in run)
    )


def _without_dates(text: str) -> str:
    """A text without its dates, which are compared by their values, and the "on" or "in" before them."""
    for start, end in sorted((day.span for day in dates(text)), reverse=True):
        of_day = _TIME_OF_DAY.match(text, end)
        behind = text[of_day.end() if of_day else end :]
        text = f"{_ON.sub('', text[:start]).rstrip()}{behind if behind[:1] != ' ' else f' {behind.lstrip()}'}"
    return text.strip()


def _without_asides(sentence: str, known: set[str]) -> str:
    """A sentence without what stands between commas, dashes or brackets, or opens it, and has no word of the claim."""
    for aside in reversed([*_LEAD.finditer(sentence), *_ASIDE.finditer(sentence)]):
        inside = {word.norm for word in words(aside["inside"])}
        if not (inside & _DENYING or known & set(content(aside["inside"]))):
            sentence = f"{sentence[: aside.start()]} {sentence[aside.end() :].lstrip()}".lstrip()
    return sentence


def _keys_of_days(text: str) -> Iterator[str]:
    for start, end in (day.span for day in dates(text)):
        yield from (_folded_key(word.norm) for word in words(text[start:end]))


def _tokens(text: str) -> list[_Token]:
    every = [word for word in words(text) if word.norm not in _EMPTY]
    tokens: list[_Token] = []
    for word, after in zip_longest(every, every[1:]):
        joined = SAME_DEEDS.get(f"{stem(word.norm)} {after.norm}") if after is not None else None  # "stepped down"
        if tokens and tokens[-1].joined:
            tokens[-1] = replace(tokens[-1], joined=False)
            continue
        tokens.append(_Token(joined or _folded_key(word.norm), word, joined=joined is not None))
    return tokens


def _folded_key(norm: str) -> str:
    bare = norm.removesuffix("'s").removesuffix("'")
    if bare in _FORMS or bare in STOPWORDS:
        return _FORMS.get(bare, bare)
    return CONVERSES.get(SAME_DEEDS.get(stem(bare), stem(bare)), SAME_DEEDS.get(stem(bare), stem(bare)))


def _without_order(ours: Sequence[_Token], theirs: Sequence[_Token]) -> tuple[list[list[_Token]], list[list[_Token]]]:
    """The tokens that each side has more of than the other, in runs, wherever they stand."""
    our, their = (Counter(token.key for token in side) for side in (ours, theirs))
    return list(_surplus_runs(ours, our - their)), list(_surplus_runs(theirs, their - our))


def _surplus_runs(tokens: Sequence[_Token], surplus: Counter[str]) -> Iterator[list[_Token]]:
    """Neighbouring tokens of a side that the other one lacks; of a word that occurs more often there the last ones."""
    left, taken = Counter(surplus), set()
    for place in range(len(tokens) - 1, -1, -1):
        if left[tokens[place].key] > 0:
            left[tokens[place].key] -= 1
            taken.add(place)
    run: list[_Token] = []
    for place, token in enumerate(tokens):
        if place in taken:
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


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
    if not telling or (before[-1:] in _OPENS and before and after[:1] in _CLOSES):
        return True
    if first and any(token.word.norm in _SAID for token in run):
        return after[:1] in _CLOSES or after.startswith("that ") or run[-1].word.norm in _SAID
    named = all(token.word.text[:1].isupper() or token.word.norm in ACTING_FOR for token in telling)
    beside = {*before.split()[-1:], *(part.strip(",.") for part in after.split()[:1])}
    return named and bool(beside & known)


def _tells_where(run: Sequence[_Token], claim: str, sentence: str) -> bool:
    """Whether what a sentence has more says only where something happened: "on Monday at the Kiruna pit".

    Not where something rose or fell, or is always so: "prices rose in Leeds" are not prices everywhere.
    """
    norms = {token.word.norm for token in run}
    if run[0].word.norm not in _WHERE or norms & _TELLING or _CHANGES.search(claim):
        return False
    clauses, places = predications([claim])[0], placements([sentence])[0]
    happened = any(clause.past for clause in clauses[:1])
    return happened and any(
        place.text == run[-1].word.text and len(place.way) == 2 and place.way[0] in _WHERE for place in places
    )


def _run_text(run: Sequence[_Token]) -> str:
    return " ".join(token.word.text for token in run)
