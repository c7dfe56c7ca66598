"""Finds what takes a claim back behind its words: "…, but those who used it have seen no such gain".

A sentence may have every word of a claim, and end by saying that others say otherwise, that a plan was dropped, or that
nothing of the kind was found. A judge that was trained on words in common takes such a sentence for the claim.
"""

from __future__ import annotations

import re

from claims.lexicon.clauses import word_set
from claims.lexicon.evidence import NEGATIONS
from claims.lexicon.framing import CORRECTING, MADE_UP, ONLY_TOLD
from claims.verification.evidence.sentences import nearest_sentences, of_every, sentence_texts
from claims.verification.words import all_stems, content, coverage, words

# What opens the clause that may take something back.
_TURN = re.compile(r"\b(?:but|yet|although|though|while|whereas|however|only\sto|before|until)\b|[;:–—]|\s-\s", re.I)
# A sentence that follows takes something back only if it begins so.
_NEXT_TURN = re.compile(r"(?:but|yet|however|instead|in\s(?:fact|reality|truth)|in\sthe\send|nevertheless)\b", re.I)
_OTHERS = re.compile(
    r"\b(?:otherwise|disagree\w*|disput\w+|den(?:y|ies|ied)|contradict\w*|"
    r"reject(?:s|ed)\s(?:this|that|it|the\s(?:claim|charge|accusation|allegation|report)s?))\b",
    re.I,
)
# A plan or a statement that did not last. What is dropped is one only behind an article: sales drop, too.
_GONE_BACK = re.compile(
    r"\b(?:abandon(?:s|ed|ing)?|scrap(?:s|ped|ping)?|shelv(?:es?|ed|ing)|withdr[ae]w(?:s|n|ing)?|retract(?:s|ed|ing)?|"
    r"revers(?:es?|ed|ing)\s(?:it|this|that|the|its|his|her|their)|cancel(?:s|l?ed|l?ing)|call(?:s|ed|ing)?\s(?:it\s)?off|"
    r"back(?:s|ed|ing)?\sdown|backtrack\w*|chang(?:es?|ed|ing)\s(?:its|his|her|their)\sminds?|g[ai]v(?:es?|en|ing)\sup|"
    r"rescind\w*|revok\w+|repeal\w*|recant\w*|annul\w*|quash\w*|overturn(?:s|ed|ing)?|f[ae]ll(?:s|en)?\sthrough|set\saside|overrul\w+|"
    r"(?:quietly\s)?drop(?:s|ped|ping)?\s(?:it|this|that|the|its|his|her|their)|was\sdropped|were\sdropped)\b",
    re.I,
)
# What stands for the claim, or for what it tells of, in a clause that says no.
_SAME = word_set("it its this that these those such so one ones them same")
# What is not known yet is not denied: "but it was not clear why".
_STILL_OPEN = re.compile(
    r"(?:\bnot|n[’']t)\s(?:(?:yet|be|been|made|\w+ly)\s){0,2}?(?:clear|known?|said|say|explain(?:ed)?)\s"
    r"(?:(?:exactly|precisely|just|for|from|by|to|at|in|with)\s){0,2}?(?:why|how|whom?|what|when|where)\b",
    re.I,
)
_INTENDED = re.compile(
    r"\bhad\s(?:(?:first|once|originally|initially|previously|long|earlier)\s)?(?:said|told|promised|pledged|vowed|"
    r"announced|planned|hoped|intended|wanted|expected|been\s(?:due|expected|scheduled|supposed|meant|set))\b",
    re.I,
)
_AND = re.compile(r"\b(?:and|but|while|whereas|yet|though)\b(?P<clause>[^;:–—]*)", re.I)
# Behind the claim's words these tell of what they leave out: "doubled in Norway and halved everywhere else".
_THE_REST = re.compile(
    r"\b(?:everywhere\selse|elsewhere|everybody\selse|everyone\selse|(?:for|in|of)\s(?:all\s)?the\s(?:rest|others)|"
    r"(?:for|of)\sall\sothers|overall|on\sthe\swhole|(?<!about )(?<!nearly )(?<!almost )in\stotal)\b",
    re.I,
)
_AHEAD = re.compile(r"\b(?:will|shall|(?:is|are)\s(?:due\s|set\s|going\s)?to|plans?\sto)\b", re.I)
_ONLY_TOLD, _CORRECTING, _MADE_UP = (re.compile(pattern, re.I) for pattern in (ONLY_TOLD, CORRECTING, MADE_UP))
# A sentence that begins so goes on about what, or whom, the one before it tells of.
_OF_THE_SAME = re.compile(r"(?:he|she|it|they|that|this|these|those|both|neither)\b", re.I)
# With so many of the claim's words the next sentence speaks of the same.
_SPEAKS_OF = 0.3
# The words of a claim that must stand before what takes it back.
_BEFORE = 0.9


def takes_back(claim: str, passage: str, before: str = "", after: str = "") -> str:
    """What takes the claim back in the sentences nearest to it, or in the one before or behind the nearest.

    It is in words for an editor, and empty if nothing does. ``before`` and ``after`` stand around the passage.
    """
    return of_every(_taken_back_in, claim, passage) or _taken_back_beside(claim, passage, before, after)


def _taken_back_beside(claim: str, passage: str, before: str, after: str) -> str:
    sentences = sentence_texts(passage)
    place = next((sentences.index(text) for text in nearest_sentences(claim, passage) if text in sentences), None)
    if place is None:
        return ""
    preceding = [*sentence_texts(before)[-1:], *sentences[:place]][-1:]
    following = [*sentences[place + 1 :], after][0]
    made_up = next((word for text in preceding if (word := foreign_text(claim, _MADE_UP.search(text)))), "")
    turns = _NEXT_TURN.match(following) or coverage(content(claim), content(following)) >= _SPEAKS_OF
    gone = foreign_text(claim, _GONE_BACK.search(following)) if _OF_THE_SAME.match(following) else ""
    denial = _denial_in(claim, following) if turns else ""
    return _as_told(made_up or _correction_in(claim, following) or gone or denial)


def _taken_back_in(claim: str, sentence: str) -> str:
    intended = _INTENDED.search(sentence)
    still = any(_AHEAD.search(clause) and not _INTENDED.search(clause) for clause in re.split("[,;]", sentence))
    if intended and not still and _AHEAD.search(claim) and not _INTENDED.search(claim):
        return f"the source tells what was intended before (“{intended.group()}”)"
    asked = content(claim)

    def told(end: int) -> float:
        return coverage(asked, content(sentence[:end]))

    need = _BEFORE * told(len(sentence))
    if rest := next((_rest_in(claim, match) for match in _AND.finditer(sentence) if told(match.start()) >= need), ""):
        return f"the source says something else of the rest (“{rest}”)"
    turns = (turn for turn in _TURN.finditer(sentence) if told(turn.start()) >= need)
    tail = next((sentence[turn.end() :] for turn in turns), "")
    return _as_told(_correction_in(claim, tail) or _denial_in(claim, tail))


def _rest_in(claim: str, turn: re.Match[str]) -> str:
    """What a clause behind "and" says of the rest, if what stands before it narrows the claim: "rose in Leeds and"."""
    narrower = set(content(turn.string[: turn.start()])) - set(content(claim))
    return foreign_text(claim, _THE_REST.search(turn["clause"])) if narrower else ""


def _correction_in(claim: str, text: str) -> str:
    """What says in a text behind the claim's words that they are only told, or are not so."""
    return foreign_text(claim, _ONLY_TOLD.match(text.lstrip())) or foreign_text(claim, _CORRECTING.search(text))


def foreign_text(claim: str, match: re.Match[str] | None) -> str:
    """The text of a match, if the claim has not all of its words itself; else empty."""
    if match is None:
        return ""
    ours = all_stems(claim)
    return "" if all_stems(match.group()) <= ours else match.group()


def _as_told(word: str) -> str:
    return f"the source goes on to take it back (“{word}”)" if word else ""


def _denial_in(claim: str, clause: str) -> str:
    """The words of a clause that take the claim back, if the claim has no such words itself."""
    if gone := foreign_text(claim, _OTHERS.search(clause)) or foreign_text(claim, _GONE_BACK.search(clause)):
        return gone
    norms = [word.norm for word in words(_STILL_OPEN.sub(" ", clause))]
    no = next((norm for norm in norms if norm in NEGATIONS), "")
    same = set(norms) & _SAME or set(content(claim)) & set(content(clause))
    return no if no and same and not {no} & {word.norm for word in words(claim)} else ""
