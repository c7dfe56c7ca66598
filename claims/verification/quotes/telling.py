"""Finds what a source has around a claim's quotation that makes other words of it, or words that nobody meant.

"“We are out of money for travel,” Rossi said" has each word of "“We are out of money,” Rossi said", as has "“We are
out of money,” Rossi refused to say". A quotation that is a sentence must be one there, and the words around it must do
nothing but say who says it, where, when and to whom.
"""

from __future__ import annotations

import re

from claims.extraction.text.predications import Predication, predications
from claims.lexicon.clauses import BESIDE
from claims.lexicon.moods import UNMEANT
from claims.lexicon.verbs import TELLING
from claims.records import QuoteFinding
from claims.verification.evidence.sentences import sentence_spans
from claims.verification.words import plain

_UNMEANT = re.compile(UNMEANT, re.I)
_QUOTED = re.compile(r"\"[^\"]{2,2000}\"")
# What may stand before a sentence within the marks, and behind it.
_BEGINS = re.compile(
    r"(?:^|,\s(?=and\s)|[.!?…;\"]\s*|\n\s*)"
    r"(?:(?:and|but|so|well|yes|no|look|now|because|i think|we think|of course),?\s+)?$",
    re.I,
)
_ENDS = re.compile(r"\s*(?:$|[.!…;\"\n)]|[,–—-]+\s*(?:\"|$|and\b|which\b))")
# Before or behind a quoted phrase these make the opposite of it, or something else: "anything but", "less ... than".
_TURNED_BEFORE = re.compile(
    r"\b(?:anything\sbut|not|never|no|less|hardly|nearly|almost|far\sfrom|more|n't)\s(?:\w+\s)?$", re.I
)
_TURNED_BEHIND = re.compile(r"^\s?(?:than|for\s(?:no\s?one|nobody|none))\b", re.I)
_PLACEHOLDER = "It is so"
# A clause that begins so says more of the speaker, or when it was said.
_BESIDE = re.compile(rf"\W*(?:{BESIDE}|that|before)\b", re.I)
_ADDING = frozenset(
    {"add", "speak", "refer", "address", "attend", "visit", "warn", "continue", "go", "lead", "name", "ask"}
)
# A next quotation that begins so may take back the one before it: "“I support it,” she said. “Or I did.”"
_ON_SECOND_THOUGHT = re.compile(
    r"[^\"]{0,200}(?:\"[^\"]{0,200}|\s)\""
    r"(?:or\b|that(?:'s|\sis|\swas)\b|now\b|but\b|not\b|only\b|until\b|at\sleast\b|just\s(?:kid|jok))",
    re.I,
)
_YEAR = re.compile(r"\b(?:in|of|from|back\sin)\s((?:19|20)\d\d)\b")
# "A rival of Lund", "her members to Lund": the name only completes another word.
_ONLY_NAMED = re.compile(r"\b(?:of|to|for|with|behind|near|at|by|from|against)\s|'s\s")
# Words of which somebody is said to have said it: "said of Norway's plan".
_OF_ANOTHER = re.compile(
    r"\b(?:said|says|wrote|was\sspeaking|spoke)\s(?:(?:in|on|of)\s\w+\s)?of\s(?!(?:the|it|this|that|its|his|her|their)\b)",
    re.I,
)


def unsure_quotation(quote: QuoteFinding, passage: str, start: int, speaker: str, own: str) -> str:
    """What makes a quotation other words there, or not ``speaker``'s, in words for an editor; empty for nothing.

    ``start`` is where it begins in the passage, ``own`` the article's words around it, which do not count.
    """
    flat = plain(passage)
    if quote.found is None or plain(quote.found) not in flat:
        return ""
    at = start if flat.startswith(plain(quote.found), start) else flat.find(plain(quote.found))
    end = at + len(quote.found)
    inside = next(
        (match.span() for match in _QUOTED.finditer(flat) if match.start() <= at and end <= match.end()), None
    )
    left, right = flat[inside[0] + 1 if inside else 0 : at], flat[end : inside[1] - 1 if inside else len(flat)]
    cut = _cut_from(left, right) if _is_sentence(quote.quote) else _turned_by(left, right)
    if cut or not inside:
        return cut
    if again := _ON_SECOND_THOUGHT.match(flat[inside[1] :]):
        return f"the source goes on with “{_closing(again.group())}”"
    spans = sentence_spans(flat)
    first = next((span for span in spans if span[0] <= inside[0] < span[1]), inside)
    last = next((span for span in spans if span[0] < inside[1] <= span[1]), inside)
    return _unsaid_around(flat[first[0] : max(last[1], inside[1])], speaker, own)


def _cut_from(left: str, right: str) -> str:
    """What stands before or behind a quoted sentence within the marks and belongs to it."""
    if not _ENDS.match(right):
        return f"the quotation goes on there (“{_opening(right)}”)"
    return "" if _BEGINS.search(left) else f"the quotation begins before there (“{_closing(left)}”)"


def _turned_by(left: str, right: str) -> str:
    turned = _TURNED_BEFORE.search(left) or _TURNED_BEHIND.match(right)
    return f"the source turns the quotation round (“{turned.group().strip()}”)" if turned else ""


def _unsaid_around(sentence: str, speaker: str, own: str) -> str:
    """What the words around quotations do but say who says them, where, when and to whom."""
    frame = re.sub(
        rf"(?:{_PLACEHOLDER}[\s,.]*)+", f"{_PLACEHOLDER}, ", _QUOTED.sub(f" {_PLACEHOLDER}, ", sentence)
    ).strip()
    bare = frame.replace(_PLACEHOLDER, "").strip(" ,.")
    if not bare:
        return ""
    unmeant = next((match.group() for match in _UNMEANT.finditer(bare) if match.group().lower() not in own.lower()), "")
    unmeant = unmeant or next((match.group() for match in _YEAR.finditer(bare) if match[1] not in own), "")
    unmeant = unmeant or (match.group() if (match := _OF_ANOTHER.search(bare)) else "")
    if unmeant:
        return f"the source may not give it as meant (“{unmeant}”)"
    [clauses] = predications([frame])
    telling = [clause for clause in clauses if not (clause.agent is not None and clause.agent.text == "It")]
    saying = [clause for clause in telling if clause.predicate.split()[0] in TELLING]
    last = _last_of(speaker)
    if not saying:
        return f"the source does not say who says it (“{bare}”)" if telling and last in bare.lower() else ""
    first = saying[0]
    if first.negated or first.held:
        return f"the source does not say that it was said (“{' '.join(first.held) or 'not'}”)"
    if not _is_by(first, speaker, bare):
        who = first.agent.text.strip(" ,") if first.agent else bare
        return f"the source may give it as somebody else's words (“{who}”)"
    more = next((clause for clause in telling if clause is not first and not _only_adds(clause, own)), None)
    return f"the source says more around it (“{more.clause.strip(' ,.')}”)" if more is not None else ""


def _only_adds(clause: Predication, own: str) -> bool:
    """Whether a clause tells of the speaker or the occasion, or is in the article as well."""
    verb = clause.predicate.split()[0]
    return _BESIDE.match(clause.clause) is not None or verb in _ADDING or verb in own.lower()


def _is_by(clause: Predication, speaker: str, bare: str) -> bool:
    """Whether who says it is the speaker, and does not only have to do with them: "Lund's deputy"."""
    last = _last_of(speaker)
    if clause.agent is None or not last:
        return True
    who = plain(clause.agent.text)
    if last not in who.lower():
        # By another name or none, which is compared elsewhere: "said the mayor, Ona Lund".
        beside = rf"{re.escape(who.strip(' ,'))},?\s(?:[A-Z][\w.'-]*\s)*(?i:{last})\b"
        return last not in bare.lower() or re.search(beside, bare) is not None
    before, _, behind = who.lower().partition(last)
    return not (_ONLY_NAMED.search(before) or behind.startswith("'s"))


def _last_of(speaker: str) -> str:
    """The last word of a name, in small letters; empty for "the union", which is no name."""
    last = re.findall(r"[\w-]+", plain(speaker))[-1:]
    return last[0].lower() if last and last[0][0].isupper() else ""


def _is_sentence(quote: str) -> bool:
    """Whether quoted words are a sentence, and no phrase."""
    [clauses] = predications([plain(quote)])
    return any((clause.agent or clause.patient) is not None for clause in clauses)


def _opening(text: str) -> str:
    return " ".join(text.split()[:4]).strip(' ,"')


def _closing(text: str) -> str:
    return " ".join(text.split()[-4:]).strip(' ,"')
