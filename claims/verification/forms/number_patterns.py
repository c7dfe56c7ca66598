"""The forms in which numbers are written, as patterns: with signs, scales, units, rates and bounds; scores, shares."""

from __future__ import annotations

import re

from claims.lexicon.quantities import AFTER_BOUNDS, BOUNDS, FACTORS, FRACTIONS, ORDINALS, RATES, TENS, VAGUE
from claims.verification.forms.figures import CARDINAL, DIGITS, SCALES, SPELT

# Signs and codes stand before a number; of the words only "Rs" does.
SIGN = (
    r"(?:(?:us|au|ca|nz|hk|[acsr])?\$|[€£¥₽₴₹₪₦]"
    r"|\b(?:usd|eur|gbp|aud|cad|nzd|chf|sek|nok|dkk|pln|inr|rs\.?|rub|jpy|cny|rmb)\s?)"
)
MINUS = r"(?<![^\s(])-(?!\s)|\bminus\s"
ONE = rf"(?P<@minus>{MINUS})?(?P<@sign>{SIGN})?\s?(?P<@value>{DIGITS}|\b{SPELT}\b)(?P<@scale>{SCALES})?"
# No letter, digit or mark of a longer figure may touch a number: "COVID-19", "F-16", "3.4.2".
NUMBER = re.compile(
    rf"(?<![\w.,/:])(?<![A-Za-z]-)(?:{ONE.replace('@', 'a')})"
    r"(?:\s?(?:%|percent\b|per\scent\b)?\s?(?:-|to|and|or)\s?(?=[\d$€£]|\b(?:"
    + CARDINAL
    + rf")\b)(?:{ONE.replace('@', 'b')}))?",
    re.IGNORECASE,
)
ORDINAL = re.compile(
    r"\b(?:(\d+)(?:st|nd|rd|th)|((?:(?:" + "|".join(TENS) + r")-)?(?:" + "|".join(ORDINALS) + r")))\b", re.I
)
FRACTION = re.compile(
    rf"\b(?:(?P<top>{CARDINAL}|an?)[\s-])?(?P<part>{'|'.join(FRACTIONS)})\b"
    r"(?:(?P<of>\s)(?=of\b|the\b|its\b|as\b|all\b))?"
    rf"|\b(?P<n>{CARDINAL}|\d+)\s(?:in|out\sof)(?:\severy)?\s(?P<d>{CARDINAL}|\d+)\b",
    re.I,
)
# "Half a million", "a quarter of a million", "half of 60": numbers of their own.
OF_NUMBER = re.compile(
    rf"\s(?:of\s)?(?:an?\s(?P<scale>million|billion|trillion|dozen)\b|(?<=of\s)(?P<whole>{DIGITS}))", re.I
)
# "A quarter of a point", "a half-point": points, no share.
OF_POINT = re.compile(r"(?:\s(?:of\s)?an?\s|[\s-])(?:percentage[\s-])?points?\b", re.I)
BY = re.compile(r"\bby\s(?:(?:more|less|about|around|roughly|nearly|almost|over|just|some)\s(?:than\s)?){0,2}$", re.I)
# "Scores" is a verb as well, and a noun of games and tests.
_AFTER_SCORES = r"\s(?:of|more|others|were|are|have|had|remain|died)\b|[.,;]|$"
VAGUELY = re.compile(
    rf"\b(?:(?!scores\b(?!{_AFTER_SCORES}))(?:{'|'.join(sorted(VAGUE, key=len, reverse=True))}))\b", re.I
)
FACTOR = re.compile(r"\b(?:" + "|".join(FACTORS) + r")\b", re.I)
PERCENT = re.compile(
    r"\s?(?:%|percent\b|per\scent\b|pct\b)(\s?-?\s?points?\b)?|\s(?:percentage[\s-])points?\b|\s?pp\b", re.I
)
BEFORE = re.compile(
    r"\b(?:" + "|".join(sorted(BOUNDS, key=len, reverse=True)) + r")\s(?:the\s|a\s)?(?:magnitude\s)?$", re.I
)
# "No higher than 5", "isn't older than 30".
DENIED = re.compile(r"(?:\b(?:no|not)|(?<=n['’]t))\s$", re.I)
OPPOSITE = {"over": "most", "under": "least"}
RANKED = re.compile(r"(?:not?\s)?(?:higher|lower)\sthan\s", re.I)
PACED = re.compile(r"(?:not?\s)?(?:faster|slower)\sthan\s", re.I)
AFTER = re.compile(r"\s(?:" + "|".join(AFTER_BOUNDS) + r")\b", re.I)
UNIT = re.compile(r"[\s-]?(?:(?:square|cubic|metric|nautical)\s)?([a-z/]+)", re.I)
SEASON = re.compile(r"(?:\b(?:1[5-9]|20)\d\d|(?<!_)_{4})\s?[-/]\s?(?P<out>(?:1[5-9]|20)\d\d|\d\d)(?![\d.,]*\d)")
IN_A_ROW = re.compile(r"(?<![\w-])(?P<out>\d+(?:-\d+){2,})(?![\w-])")
OLD = re.compile(r"[\s-]years?[\s-]old\b", re.I)
AGED = re.compile(r"\baged?\s$", re.I)
BETWEEN = re.compile(r"\b(?:between|from)\s$", re.I)
DEGREES = re.compile(r"\s?(?:°|degrees?\b)\s?(?P<long>celsius|centigrade|fahrenheit|[cf]\b)?|(?P<short>[CF])\b", re.I)
MAGNITUDE = re.compile(r"\bmagnitude\s(?:of\s|was\s)?(?:[a-z]+\s){0,2}$", re.I)
OF_MAGNITUDE = re.compile(r"[\s-]magnitude\b", re.I)
RATE = re.compile(
    r"(?:\sof\s[a-z-]+)?(?:\s(?!in\b|for\b|on\b|at\b|of\b|after\b|within\b|by\b|to\b|and\b|from\b|over\b|was\b|is\b|were\b|than\b)"
    rf"[a-z]+){{0,2}}?(?:\s(?:an?|per|each|every)\s|\s?/\s?|\s(?=\w+ly\b))(?P<rate>{'|'.join(RATES)})\b",
    re.I,
)
# "A year and a half" is one number.
AND_A_HALF = re.compile(
    rf"\b(?P<n>an?|\d+|{CARDINAL})\s(?P<unit>year|month|week|day|hour|mile|tonne)s?\sand\sa\shalf\b", re.I
)
# Two numbers that are one result: "52-48", "3:1", "41 to 38", "nine to four", "beat them 2-1".
_WORDS = rf"(?:{CARDINAL})(?:-(?:{CARDINAL}))?\b"
PAIR = re.compile(
    rf"(?<![\w.,/:$€£-])(?P<a>\d{{1,3}}|{_WORDS}(?=\s(?:[a-z]+\s)?to\s))(?:\s(?:votes?|goals?|games?|sets?|seats?))?(?:-|:|\sto\s)"
    rf"(?P<b>\d{{1,3}}|{_WORDS})"
    r"(?![\w%°]|[.,:/-]\d|\s?(?:percent|per\scent|degrees|million|billion|thousand|years?|days?|weeks?|months?|hours?|minutes?)\b)",
    re.I,
)
SCORING = re.compile(
    r"\b(?:beat|beaten|w[io]n|wins|lost|loses?|defeat\w*|dr[ea]w|draws?|scores?|scored|vot(?:e|es|ed|ing)|rul(?:e|ed|ing)|"
    r"record|ratio|passed|verdict|victory|le[da]d?|lead|polls?|majority|decision|match|odds|outnumber\w*)\b",
    re.I,
)
CLOCK = re.compile(r"\b(?:at|by|around|until|till|from|before|after|about)\s$", re.I)
UP_OR_DOWN = re.compile(
    r"\b(?:by|up|down|rose|risen|rises?|rising|fell|fallen|falls?|falling|grew|grown|grows?|dropped|drops?|increased?|"
    r"decreased?|gained?|lost|climbed|jumped|slid|slipped|shrank|shrunk|"
    r"(?:rise|increase|growth|gain|jump|fall|drop|decline|decrease|cut)\sof)\s$",
    re.I,
)
# Between a number with a unit and one that shares it: another year or state of the same ("in 2022 and ... in 2023").
SHARES_UNIT = re.compile(
    r"[^.;:()]{0,60}?(?:__[^.;:()_]{0,20}?\s(?:and|but|while)|\b(?:to|from|than|against|after|compared\swith)"
    r"|\s(?:and|but|while)\sin\s_+,?(?:\s(?:it|they)\s\w+)?)\s(?:(?:about|some|nearly|only|just|almost)\s)?",
    re.I,
)
NO_UNIT = re.compile(
    r"\s?(?:$|[.,;)]|_|(?:in|by|from|at|on|a|an|the|last|this|before|after|to|and|or|for|during|since|earlier)\b)", re.I
)
# "47 million pounds, 16 million more than planned": a difference has the unit of what it is the difference of.
DIFFERENCE = re.compile(r"(?:,|\s[–—-])\s(?:(?:about|some|nearly|only|just|almost)\s)?", re.I)
MORE = re.compile(r"\s(?:more|fewer|less|higher|lower|larger|smaller|cheaper|dearer|faster|slower|above|below)\b", re.I)
RISE = re.compile(r"\s(?:rise|increase|growth|gain|jump|fall|drop|decline|decrease|reduction)\b", re.I)
SHARE = re.compile(r"\s(?:of\s(?!a\s)|as\s(?:many|much)\b)", re.I)
THAN = re.compile(r"\s(?:more|less|higher|lower)\sthan\b", re.I)
UNIT_FOLLOWS = re.compile(r"(?:\sto|,?\s(?:and|or))\s(?:about\s|some\s|nearly\s)?", re.I)
LEVEL = re.compile(r"\b(?:to|from|at|of)\s$", re.I)
# "Two a second", "30 per second": a span of time.
A_SECOND = re.compile(r"\b(?:per|each|every)\s\||\ba\s\|(?:[.,;)]|$|\s(?:on|in|during|for|at)\b)", re.I)


def is_metres(text: str, match: re.Match[str]) -> bool:
    """Whether "m" and "k" may be metres or kilometres: no currency before, and no noun that is counted after."""
    scaled = (match["ascale"] or "").strip().lower()
    if scaled not in ("m", "k") or match["asign"] or match["bvalue"]:
        return False
    return (match["ascale"] or "")[0] == " " or not re.match(
        r"\s(?!race|run|sprint|deep|high|long|wide|tall)[a-z]", text[match.end() :]
    )


def is_pronoun(text: str, match: re.Match[str]) -> bool:
    """Whether "one" is no number: "one of the", "no one", "the one who"."""
    if match["avalue"].lower() != "one" or match["ascale"]:
        return False
    return not re.match(
        r"[\s-](?:year|month|week|day|hour|minute|person|man|woman|million|percent)", text[match.end() :], re.I
    )


def is_adverb(text: str, match: re.Match[str]) -> bool:
    """Whether "first" or "second" only orders what is said: "First, ...", "at first", "first of all"."""
    if re.match(r"\s(?:of all|and foremost|lady)\b", text[match.end() :], re.I):
        return True
    opens = re.search(r"(?:^|[.;:!?\"(]\s?)$", text[: match.start()])
    return bool(re.search(r"\bat\s$", text[: match.start()], re.I) or (opens and text[match.end() :][:1] == ","))


def is_verb_won(text: str, end: int) -> bool:
    """Whether "won" that ends there is the verb, as in "5 won a medal"; "5,000 won a month" is money."""
    return text.startswith((" a ", " the "), end) and RATE.match(text, end) is None
