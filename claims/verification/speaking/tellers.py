"""Tells who says it in a source's sentence that only mentions a claim's speaker: who is told, asked, or written to.

"Lund was told that the bridge was unsafe", "a man who knows Lund said so" and "asked by Lund, Berg said so" have the
name of Lund beside a verb of saying, and are somebody else's words.
"""

from __future__ import annotations

import re

from claims.extraction.text.predications import Phrase
from claims.lexicon.clauses import word_set
from claims.lexicon.framing import PRONOUNS
from claims.lexicon.people import DOCUMENTS
from claims.records import Page
from claims.verification.evidence.sentences import nearest_sentences
from claims.verification.forms.names import Name, is_named_in
from claims.verification.speaking.offices import said_by
from claims.verification.words import plain

# A passive of these has who hears it for its subject.
_IS_TOLD = (
    r"(?:(?:has|have|had|also|later|then|first|already|since|now|just|once|\w+ly)\s)*(?:was|were|is|are|been|being)\s(?:\w+ly\s)?"
    r"(?:told|informed|warned|advised|notified|reminded|assured|briefed|asked|"
    r"(?:handed|sent|shown|given|passed)\s(?:[\w-]+\s){1,3}?(?:note|letter|message|e-?mail|text|leaflet|card|memo))\b"
)
# "According to a critic of Lund": a person who only has to do with them, and no "figures of the bank".
_ACCORDING_TO = r"\baccording to (?P<who>(?:[\w'-]+\s){0,3}?(?P<head>[\w'-]+)\s(?:of|to|for|against|close to)\s)"
_PAPERS = DOCUMENTS | word_set("account accounts data figures numbers records version website")
# A transcript's own label: "Vladimir Putin: Good afternoon."
_TRANSCRIPT = re.compile(r"^[ \t]*([A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3}):[ \t]", re.M)
_POSSESSIVES = ("his ", "her ", "their ", "its ")
_RELATIVE = ("that ", "which ", "who ", "whom ", "whose ")


def other_teller(speaker: str, claimed: Name | None, statement: str, passage: str) -> tuple[str, bool] | None:
    """Who says a statement in a passage that has the claim's speaker in another part, and whether it is a name.

    ``claimed`` is the speaker's name, if it is one. The words are empty where the speaker is told it, by nobody named;
    None where the speaker may say it.
    """
    head = re.escape(speaker.rsplit(maxsplit=1)[-1])
    if re.search(rf"\b{head}\b,?\s{_IS_TOLD}", passage):
        return "", False
    if claimed is None or not is_named_in(claimed, passage):
        return None
    beside = re.search(rf"{_ACCORDING_TO}(?:[\w.'-]+\s){{0,3}}?{head}\b", passage, re.I)
    if beside and beside["head"].lower() not in _PAPERS:
        return beside["who"] + claimed.text, False
    telling = _tellers_in(statement, passage)
    if not telling or any(_is_theirs(claimed, form) for phrase in telling for form in phrase.forms):
        return None
    # "Berg and Lund said", "Tass said, citing Lund"; and "allies of Lund said" is one name, of others.
    if re.search(rf"\b(?:and|citing)\s(?:\w+\s){{0,3}}?{head}\b(?!'s)", passage) or _completes(claimed, telling[0]):
        return None
    return telling[0].text, _is_written_as_name(telling[0])


def untied_teller(claimed: Name, statement: str, passage: str, page: str) -> str:
    """A noun that says it ("the owner", "his deputy") and is nowhere on a page that of the claim's speaker; or nothing.

    It is where the page has it beside the name: "owner Nina Aker", "Aker, the owner of the yard", "Aker is the owner".
    """
    telling = _tellers_in(statement, passage)
    # "Sergeant Nina Aker of Brest police" is she.
    if not telling or _is_written_as_name(telling[0]) or _completes(claimed, telling[0]):
        return ""
    who, name = telling[0], re.escape(claimed.text.rsplit(maxsplit=1)[-1])
    if who.text.lower().startswith(_POSSESSIVES):
        return who.text
    head = rf"(?i:\b{re.escape(who.head)}\w*\b)"
    before = rf"{head}(?:\s(?:of|for|at|in)(?:\s[\w'-]+){{1,5}})?,?\s(?:[A-Z][\w.'-]*\s){{0,3}}{name}\b"
    behind = rf"\b{name}(?:,\s\d+)?(?:,|\s(?:is|was|as|becomes?|became|has been)\b)[^,.;:!?]{{0,60}}?{head}"
    if re.search(rf"{before}|{behind}", page) or re.search(rf"\bciting\s[^,.;]{{0,40}}\b{name}\b", passage):
        return ""
    return who.text


def transcript_label(page: Page, start: int | None) -> str | None:
    """In a transcript, the label above the passage."""
    labels = list(_TRANSCRIPT.finditer(plain(page.text), 0, start)) if start else []
    return labels[-1][1] if labels else None


def _tellers_in(statement: str, passage: str) -> list[Phrase]:
    """Who says a statement in a passage of one sentence, however little of the statement it has; no pronouns."""
    same = statement if nearest_sentences(statement, passage) else passage
    return [phrase for phrase in said_by(same, passage) if phrase.head not in PRONOUNS]


def _is_theirs(claimed: Name, phrase: Phrase) -> bool:
    """Whether a phrase is of who is claimed, and does not only contain the name: "Lund's brother"."""
    if phrase.text.startswith(_RELATIVE):
        return False
    own = {part.lower() for part in re.findall(r"[\w.'-]+", claimed.text)}
    return phrase.head in own or (_is_written_as_name(phrase) and is_named_in(claimed, phrase.text))


def _completes(claimed: Name, phrase: Phrase) -> bool:
    """As in "allies of Lund", and not in "Lund's allies"."""
    return is_named_in(claimed, phrase.text) and "'s" not in phrase.text and "’s" not in phrase.text


def _is_written_as_name(phrase: Phrase) -> bool:
    """Whether the noun of a phrase is written as a name."""
    return any(word[0].isupper() and word.lower().startswith(phrase.head) for word in phrase.text.split())
