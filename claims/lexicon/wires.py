"""Tables of news agencies, datelines, letters in brackets, credits to outlets, and names that are common words."""

from __future__ import annotations

import re

from claims.lexicon.clauses import word_set
from claims.lexicon.quantities import MONTH_NAMES, WEEKDAY_NAMES

# How each agency is written in bylines and texts; the first name is the one that is shown.
WIRES = (
    ("Reuters", "Thomson Reuters"),
    ("Associated Press", "AP"),
    ("AFP", "Agence France-Presse", "Agence France Presse"),
    ("Bloomberg", "Bloomberg News"),
    ("UPI", "United Press International"),
    ("dpa", "Deutsche Presse-Agentur"),
    ("APA", "Austria Presse Agentur"),
    ("EFE", "Agencia EFE"),
    ("ANSA",),
    ("PA Media", "Press Association", "PA news agency"),
    ("TASS", "ITAR-TASS"),
    ("RIA Novosti",),
    ("Interfax",),
    ("Xinhua", "Xinhua News Agency"),
    ("Kyodo", "Kyodo News"),
    ("Yonhap",),
    ("Anadolu", "Anadolu Agency"),
    ("PTI", "Press Trust of India"),
    ("ANI", "Asian News International"),
    ("Canadian Press", "The Canadian Press"),
    ("AAP", "Australian Associated Press"),
)
# Before the other's name.
NAMED_AFTER = (
    r"(?:according to|citing|cited by|as reported by|reported by|quoted by|quoting|via|told|"
    r"in an interview with|in a report by|in a statement to|speaking to|spoke to)"
)
# After it.
NAMED_BEFORE = r"(?:(?:first|has|had|also|earlier|news agency|newspaper)\s+){0,2}(?:reported|reports|quoted|cited)"
# "LONDON, May 3 (Reuters) -", "MOSCOW, June 9. /TASS/.": where and by which agency a report was filed.
DATELINE = re.compile(
    r"^(?:(?:[A-Z][A-Z .'’/-]{2,40}(?:, ?[\w., '’-]{1,40})? ?)?[(/]\s*"
    r"|[A-Z]{3}[A-Z .'’/-]{0,40}, (?:\w{3,9}\.? \d{1,2},? )?)$"
)
DATELINE_END = re.compile(r"^(?:\) ?(?:—|–|--|-|_) ?|/\. ?| [—–-] )")
# "The Palestinian Authority (PA) said": letters in a bracket, behind which the sentence goes on, are short for a name.
BRACKETED = re.compile(r"[(\[]$")
ABBREVIATES = re.compile(r"^[)\]],? ?[a-z]")
# "The news agency (TASS) reported": in the bracket stands which agency it is.
WHICH_ONE = re.compile(r"\b(?:agency|newspaper|magazine|daily|weekly|broadcaster|network|newswire|channel)\s[(\[]$")
ABBREVIATED = re.compile(r"^ \([A-Z]{2,6}\)")
# Common nouns of the names of outlets, which their addresses may leave out: the Quayside News at quayside.example.
OUTLET_NOUNS = word_set(
    """
    news times post herald journal gazette daily courier chronicle mail star tribune review report magazine weekly
    press paper newspaper online letter brief today
    """
)
# Outlets that are called by an ordinary word are someone else before another name: the Guardian Council, Post Office.
COMMON_NAME = re.compile(
    r"\b(?:guardian|times|post|fox|sun|mirror|independent|express|star|globe|observer|telegraph|mail|standard|time|hill"
    r"|nation|atlantic|economist|herald|mercury|tribune|metro)$",
    re.IGNORECASE,
)
NAMED_ON = re.compile(
    r"^ (?!News|Magazine|Weekly|Australia|US|UK"
    rf"|{'|'.join(map(str.capitalize, (*WEEKDAY_NAMES, *MONTH_NAMES)))})[A-Z][a-z]+"
)
# "the Guardian building", "Bloomberg staff", "the Reuters Institute": what bears the name or belongs to it.
ITS_THING = re.compile(
    r"^(?:['’]s?)?\s+(?:archives?|awards?|bosses|building|employees|head office|headquarters|management|offices?|plant"
    r"|policy|printing|prize|readers|shareholders|staff|subscribers|tower|workers)\b"
    r"|^ (?:Award|Building|Company|Corp|Corporation|Foundation|Fund|Group|Inc|Institute|Prize|Square|Street|Tower)\b"
)
# "Dawn, the Karachi daily, ": what kind of outlet a name is, between it and what the outlet did.
DESCRIBED = re.compile(
    r"^, (?:the|an?) (?:[\w’'-]+ ){0,5}?"
    r"(?:daily|newspaper|paper|tabloid|weekly|magazine|broadcaster|channel|network|outlet|website|news (?:site|agency))"
    r"(?:\s[^,.;:]{1,40})?,"
)
