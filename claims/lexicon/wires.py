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
    # "A Fox News poll worker", "a Gallup survey respondent": whom its work brought there.
    r"|^(?:['’]s?)?\s+(?:delivery|news|poll|polling|report|story|survey)\s+(?:agents?|boys?|drivers?|participants?"
    r"|respondents?|subjects?|takers?|trucks?|vans?|watchers?|workers?)\b"
    r"|^ (?:Award|Building|Company|Corp|Corporation|Foundation|Fund|Group|Inc|Institute|Prize|Square|Street|Tower)\b"
)
# "Dawn, the Karachi daily, ": what kind of outlet a name is, between it and what the outlet did.
DESCRIBED = re.compile(
    r"^, (?:the|an?) (?:[\w’'-]+ ){0,5}?"
    r"(?:daily|newspaper|paper|tabloid|weekly|magazine|broadcaster|channel|network|outlet|website|news (?:site|agency))"
    r"(?:\s[^,.;:]{1,40})?,"
)
# "The Guardian newspaper's owner": the kind of an outlet as a part of its name.
KIND_BEHIND = re.compile(
    r"^ (?:agency|broadcaster|channel|daily|magazine|network|newspaper|paper|tabloid|website|weekly)\b"
)
# "Refused to speak to Bloomberg", "gave no interview to Der Spiegel", "never told the BBC": nothing was said to it.
_TO_WHOM = r"(?: (?!after\b|asked\b|but\b|when\b)[\w’'-]+){0,4}? (?:on|to|with)\s+(?:[a-z][\w’'-]*\s+|The\s+){0,3}$"
NOT_SPOKEN = re.compile(
    r"\b(?:(?:declin|refus)(?:e|es|ed|ing)|unwilling|not willing|fail(?:s|ed)?) to"
    rf" (?:answer|be interviewed|comment|give|respond|speak|talk){_TO_WHOM}"
    rf"|(?:\b(?:not|never)|n['’]t)(?: \w+ly| yet)?"
    rf" (?:(?:comment|give|given|gave|speak|spoke|spoken|talk)(?:ed)?{_TO_WHOM}"
    r"|(?:tell|told)\s+(?:[a-z][\w’'-]*\s+|The\s+){0,2}$)"
    rf"|\b(?:gives?|gave|given|grant(?:ed|s)?|made|makes?) no (?:comments?|interviews?|remarks|statements?){_TO_WHOM}",
    re.IGNORECASE,
)
# "Told the BBC to hand over the tapes", "told CNN's reporter to leave": what an outlet is to do.
ORDERED = re.compile(r"\b(?:asked|ordered|tell|telling|tells|told|urged|warned)\s+(?:the\s+|The\s+)?$")
TO_DO = re.compile(
    r"^(?:(?:['’]s?)?\s+(?:[a-z]+ )?(?:anchors?|bosses|correspondents?|crews?|editors?|executives|journalists?|lawyers"
    r"|managers|photographers?|presenters?|producers?|reporters?|staff|teams?))?\s+(?:not )?to (?!an?\b|date\b|her\b"
    r"|his\b|be (?:fair|frank|honest|sure)\b|its\b|my\b|say\b|start with\b|the\b|their\b)[a-z]+\b"
)
# "Denied a report in Bild that she would resign": what it reported is said to be wrong.
DENIED_REPORT = re.compile(
    r"\b(?:contradict|den(?:y|i)|disput|dismiss|rebut|refut|reject)(?:e?s|t?ed|t?ing)?\s+(?:as \w+ )?"
    r"(?:(?:an?|the|all|earlier|recent|media|press|news|this|those)\s+){0,3}"
    r"(?:accounts?|allegations?|articles?|claims?|reports?|reporting|stor(?:y|ies))\s+(?:by|from|in|of|on)\s+"
    r"(?:the\s+|The\s+)?$",
    re.IGNORECASE,
)
# "Time reported on the sheet must be signed": a common word at the beginning of a sentence, and no outlet.
WORD_REPORTED = re.compile(
    r"^ (?:reported|said|noted|claimed) (?:as|at|by|for|in|on|to) "
    rf"(?!(?:{'|'.join((*WEEKDAY_NAMES, *MONTH_NAMES))})\b)[^.;:]{{1,60}}?"
    r" (?:are|can|could|has|is|may|must|should|was|were|will)\b",
    re.IGNORECASE,
)
# "The Verge discovered that", "tested the phone and found": what an outlet found out by itself.
OWN_TEST = re.compile(
    r"^ (?:(?:also |has |have )?(?:determined|discovered)(?= that\b|\W*$)"
    r"|(?:analy[sz]ed|checked|examined|reviewed|tested) [^.,;]{1,60} and (?:concluded|found)\b)"
)
# "The New York Times’ Maggie Hale reported": one of its people, by name.
NAMED_REPORTER = re.compile(
    r"^['’]s?\s+(?:[A-Z][\w’'-]+\s+){1,3}(?:first )?(?:reported|reports|revealed|reveals|writes|wrote)\b(?! for duty\b)"
)
# "As was reported at the time by The New York Times".
REPORTED_THEN = re.compile(
    r"\bas (?:had been |was |were )?(?:first )?(?:reported|revealed) (?:at the time|earlier|in \w+|last \w+"
    r"|on \w+day|previously|then) (?:by|in)\s+(?:the\s+|The\s+)?$",
    re.IGNORECASE,
)
# "A study in Nature", "a study published in the journal Nature": a journal is read where it printed something.
STUDY_IN = re.compile(
    r"\b(?:articles?|letters?|papers?|published(?: online)?|research|stud(?:y|ies))(?: on \w+day)? in (?:the )?"
    r"(?:journals? )?(?:the )?$",
    re.IGNORECASE,
)
# "It was off. (The New York Times)", "(Reporting by Reuters)", "Source: Reuters.": a credit behind a sentence.
CREDIT_LEAD = re.compile(
    r"[ \t]*\n?[ \t]*(?:[(\[](?:[Ss]ources?: |[Vv]ia |[Rr]eporting (?:by|from) )?|[Ss]ources?: )(?:the |The )?"
)
CREDIT_END = re.compile(r"(?:, [^()\[\]\n]{1,30})?[)\]]\.?(?=\s|\Z)(?!\s*[-–—])|\.?[ \t]*(?:\n|\Z)")
