"""Takes out of a sentence what changes nothing of what it tells: its dateline, dates, asides, and who reports it.

What is left of a claim and of a source's sentence is compared word by word (`otherwise.py`).
"""

from __future__ import annotations

import re

from claims.lexicon.clauses import word_set
from claims.lexicon.evidence import NEGATIONS
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.verification.rules.dates import dates
from claims.verification.wording.endings import RECURRING, is_always
from claims.verification.words import content, words

# A word of these changes what is said also where it stands in an aside.
DENYING = NEGATIONS | word_set("but except excluding if only than unless until")
_ASIDE = re.compile(r"(?:,\s|\s[–—-]\s|\s\()(?P<inside>[^,–—();:]{1,120})(?:(?=,\s)|\s[–—-](?=\s)|\))")
# What opens a clause in front of the main one, with what happened besides; "in" and "among" would narrow it.
_BESIDES = "after|although|as|before|despite|since|though|when|while"
# So does a participle ("Completed in 1972, the dam ..."), but for those that leave out, add or correct something.
_LEAD = re.compile(
    rf"^(?:{_BESIDES}|amid|following|meanwhile|with|(?P<participle>(?!(?:ex|in)clud|adjust|assum|averag|barr|confin|consider|"
    rf"convert|count|discount|ignor|imagin|limit|measur|omit|compar|restrict|speak|depend|weigh|bas|tak|suppos|"
    rf"provided|given|allowing\sfor|failing\s(?:that|this|an?)\b|leaving\s(?:out|aside))\w{{2,}}(?:ed|ing|ilt|own)))\b"
    rf"(?P<inside>[^,;:]{{3,100}}),",
    re.I,
)
# Of what is always so another participle tells the condition: "Accompanied by an adult, children may swim".
_ORIGIN = re.compile(
    r"(?:appoint|built|call|complet|construct|creat|design|elect|establish|finish|found|inaugurat|introduc|invent|known|"
    r"launch|locat|nam|open|publish|situat)\w*(?<!ing)$",
    re.I,
)
_FRONTED = re.compile(
    rf"^(?P<opener>{_BESIDES}|because|if|once|unless|until)\b(?P<clause>[^,;:]+),\s(?P<main>.+)$", re.I | re.S
)
# A time that a page's date settles; where a claim has none, it narrows nothing that happened.
_NEAR_TIME = re.compile(
    r"(?:^|\s)(?:(?:earlier|later|late|early)\s)?(?:(?:over|at|during)\sthe\sweekend|overnight|"
    r"(?:(?:shortly|just|soon)\s)?(?:at|around|before|after|by)\s(?:noon|midday|midnight|dawn|dusk|daybreak|nightfall)|"
    r"(?:last|this|next)\s(?:week|weekend|month|year|night|spring|summer|autumn|fall|winter|season))\b",
    re.I,
)
# What opens an aside that says when or under what condition only.
LIMITING = word_set("when if where only mostly mainly usually sometimes")
SETTING = word_set("on in at for during from between until while with under")
_PERMITTING = word_set("can may must should could might")
_TIME_OF_DAY = re.compile(r"\s(?:morning|afternoon|evening|night)\b")
# Verbs that say no, or ask: what is behind them is not told.
_UNTOLD = ("den", "doubt", "question", "disput", "reject", "ask", "wonder", "refus")
_NOT_SURE = NEGATIONS | word_set("be been to few too would could might may if")
# "Police said that the bridge was closed" is "the bridge was closed, police said".
_REPORTED = re.compile(r"^(?P<who>[^,;:\"“”]{1,80}?\b(?P<verb>\w+))(?:\son\s\w+day)?\sthat\s(?P<told>[^\"“”]+?)\.?$")
_ON = re.compile(r"\b(?:on|in|at)\s+$", re.I)
_DATELINE = re.compile(r"^[A-Z][A-Z’'.-]+(?:\s[A-Z][A-Z’'.-]+)*(?:,\s[\w.\s]{2,20})?(?:\s\([^()]*\))?\s?(?:—|–|--|-)\s")


def trimmed(claim: str, sentence: str) -> tuple[str, str]:
    """A claim and a sentence without what changes nothing; the main clause comes first and the reporting one last."""
    sentence = sentence[len(dateline_of(sentence)) :]
    always = is_always(claim)
    if not always:  # what is so from May to August is not always so
        sentence = sentence if _NEAR_TIME.search(claim) else _NEAR_TIME.sub("", sentence).lstrip(" ,")
        claim, sentence = _without_dates(claim), _without_dates(sentence)
    general = always or not _PERMITTING.isdisjoint(word.norm for word in words(claim))
    known = set(content(claim))
    bare = _without_asides(_report_last(sentence), known, general=general)
    return _main_clause_first(_report_last(claim)), _main_clause_first(bare, known if general else None)


def dateline_of(sentence: str) -> str:
    """The dateline with which a sentence begins: "OSLO, Jan. 7 — "; empty where it has none."""
    dateline = _DATELINE.match(sentence)
    return dateline.group() if dateline else ""


def date_texts(text: str) -> list[str]:
    """The dates of a text as it writes them."""
    return [text[slice(*day.span)] for day in dates(text)]


def _without_dates(text: str) -> str:
    """A text without its dates, which are compared by their values, and the "on" or "in" before them."""
    for start, end in sorted(
        (day.span for day in dates(text) if not RECURRING.fullmatch(day.text.lower())), reverse=True
    ):
        of_day = _TIME_OF_DAY.match(text, end)
        behind = text[of_day.end() if of_day else end :]
        text = f"{_ON.sub('', text[:start]).rstrip()}{behind if behind[:1] != ' ' else f' {behind.lstrip()}'}"
    return text.strip()


def _report_last(text: str) -> str:
    """A text with the clause that says who reports it behind what is reported."""
    match = _REPORTED.match(text.strip())
    if match is None:
        return text
    verb, who = match["verb"], {word.norm for word in words(match["who"])}
    tells = verb in SPEAKER_FORMS and verb[-1] in "ds" and not verb.startswith(_UNTOLD)  # "report" is a noun as well
    return f"{match['told']}, {match['who']}" if tells and not who & _NOT_SURE else text


def _main_clause_first(text: str, known: set[str] | None = None) -> str:
    """A text with the clause that opens it behind its main clause: "if it rains, we stay" as "we stay if it rains".

    If words are ``known``, only a clause that has one of them.
    """
    match = _FRONTED.match(text)
    if match is None or not (known is None or known & set(content(match["clause"]))):
        return text
    main, comma, rest = match["main"].partition(",")
    return f"{main.rstrip(' .')} {match['opener'].lower()}{match['clause']}{comma}{rest}"


def _without_asides(sentence: str, known: set[str], *, general: bool) -> str:
    """A sentence without what stands between commas, dashes or brackets, or opens it, and has no word of the claim.

    What says when, or on what condition, is kept where the claim tells in ``general`` what is so or allowed.
    """
    limiting = LIMITING | SETTING if general else LIMITING
    for aside in reversed([*_LEAD.finditer(sentence), *_ASIDE.finditer(sentence)]):
        inside = [word.norm for word in words(aside["inside"])]
        first = {word.norm for word in words(aside.group())[:1]}
        participle = aside.groupdict().get("participle")
        limits = first & limiting if general or aside.re is _ASIDE else frozenset()
        conditional = general and participle and not _ORIGIN.match(participle)
        if not (limits or conditional or set(inside) & DENYING or known & set(content(aside["inside"]))):
            sentence = f"{sentence[: aside.start()]} {sentence[aside.end() :].lstrip()}".lstrip()
    return sentence
