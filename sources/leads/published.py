"""What nobody publishes: answers to the article itself, private letters, and what others do or feel about a body."""

from __future__ import annotations

import re
from itertools import islice

from claims.records import Claim, Page

# What was answered to the article, and is published nowhere.
_TO_THE_ARTICLE = re.compile(
    r"\b(?:(?:did not|didn[’']t) (?:immediately |right away )?(?:respond|return|reply|answer)"
    r"|(?:declined|refused) to (?:comment|say|disclose|be (?:interviewed|named|identified))"
    r"|would not comment|could not (?:immediately )?be reached"
    r"|(?:in|during) an? (?:\w+ ){0,2}interview"
    r"|(?:has|have|had) been (?:approached|asked|contacted) for (?:comment|a statement)"
    r"|by (?:phone|telephone|e-?mail)|(?:in|via) an? e-?mail(?:ed)?"
    r"|e-?mailed|on condition of anonymity)\b"
)
_INTERVIEW = re.compile(
    r"\bin an? (?:[\w-]+ ){0,3}interview (?:aired|broadcast|by|conducted|for|on|published|to|with)\b"
)
_MOST_INTERVIEWS = 20
_LETTER = re.compile(r"\b(?:e-?mails?|text messages?|memos?|letters?|diary|diaries|WhatsApp)\b")
_WRITES = re.compile(r"\b(?:wrote|writes|writing|added|replied|texted|informed|messaged)\b")
_BEFORE = 400  # characters before a claim in which the letter that it is from is named
# What stands about the article itself.
_NOTE = re.compile(r"\W?(?:This|The) (?:article|story|report|post|piece) (?:has been|was) ")
# What others do to a body, or think of it, right behind its name.
_DONE_TO = re.compile(
    r"(?:['’]s (?:\w+ ){0,2}\w+)? (?:(?:has|have|had|is|are|was|were|also|been|being|long|since|now|still|often) )*"
    r"(?:accused|arguably|believed|beset|blamed|boycotted|came under|come under|considered|could|criticis\w+"
    r"|criticiz\w+|dogged|drawn|draws|drew|faced|faces|facing|hated|in (?:crisis|trouble)|known for|likely|linked to"
    r"|loved|may|might|mocked|plagued|praised|regarded|reportedly|rumou?red|said to|seen as|sparked|strived|struggl\w+"
    r"|thought|tired|under (?:fire|pressure|scrutiny)|viewed)\b"
)
# What the author did, has or thinks, which is kept nowhere.
_OWN_WORD = re.compile(r"\b(?:I|I['’](?:d|ll|m|ve)|[Mm]e|[Mm]y|[Ww]e|[Ww]e['’](?:d|ll|re|ve)|us|[Oo]ur|ours)\b(?!\.)")
_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)")
# What is a judgement, and no site of those meant would say.
_JUDGEMENT = re.compile(
    r"\b(?:clearly|obviously|undoubtedly|unsurprisingly|sadly|thankfully|fortunately|unfortunately|notorious\w*"
    r"|infamous\w*|has a thing for|reputation (?:as|for)|n[o’']t(?: \w+)? known for|parlous|pitiless"
    r"|arrest(?:ed|s|ing)? (?:a|his|her|its|that|the|their) (?:\w+ )?"
    r"(?:attention|decay|decline|drift|fall|rot|slide|slump)"
    r"|attempts? to (?:muzzle|silence|bully)"
    r"|should(?:n[’']t)? (?:not )?(?:even )?(?:be|have|take))\b"
)
_SHARES = re.compile(
    r"\b(?:[Ss]hares|[Ss]tock)\b.{0,80}?\b(?:closed|climbed|down|dropped|fell|gained|jumped|lost|plunged|rallied|rose"
    r"|sank|shed|slid|slipped|soared|surged|traded|trading|tumbled|up)\b|\bshare price\b"
    # "Vodafone fell about 5%", "was also a loser, with a 2% fall"
    r"|\A(?:[A-Z][\w&.-]* ){1,3}(?:also )?(?:climbed|dropped|fell|gained|jumped|lost|rose|shed|slid|slipped|sank"
    r"|tumbled) (?:about |almost |around |by |nearly )?\d[\d.]*(?:%| per ?cent)"
    r"|\b(?:faller|gainer|loser|riser)s?\b[^.]{0,30}\d"
)

_UNDER_FIRE = re.compile(r"\b(?:come|came|coming) under (?:\w+ )?(?:attack|criticism|fire|pressure|scrutiny)\b")
_ACCIDENT = re.compile(
    r"\b(?:caught fire|collid\w+|crash(?:ed|es|ing)|derail\w*|(?:was|were) hit by|burst into flames)\b"
)


def is_authors_own(claim: Claim) -> bool:
    """Whether a claim in the article's own voice is about its author: "I visited Dathomir first"."""
    return claim.attribution is None and _OWN_WORD.search(_QUOTED.sub("", claim.certain)) is not None


def is_interviewed(speaker: str, text: str) -> bool:
    """Whether an article says that somebody spoke in an interview: "he said in a long interview for the BBC"."""
    surname = speaker.rsplit(maxsplit=1)[-1]
    talks = islice(_INTERVIEW.finditer(text), _MOST_INTERVIEWS)
    return any(surname in text[max(0, match.start() - _BEFORE) : match.end()] for match in talks)


def is_published(claim: Claim, article: Page) -> bool:
    """Whether a claim may stand on the site of somebody: not what was said to the article, or written in letters."""
    if is_authors_own(claim):
        return False
    start, end = claim.spans[0][0], claim.spans[-1][1]
    if _TO_THE_ARTICLE.search(article.text, start, end) or _NOTE.match(claim.certain):
        return False
    cue = claim.attribution.cue if claim.attribution else ""
    begin = max(0, start - _BEFORE)
    return not (_WRITES.search(cue or claim.certain) and _LETTER.search(article.text, begin, end))


def is_done_to(text: str, end: int) -> bool:
    """Whether what follows the name of a body, which ends there, is what others do to it or think of it."""
    return _DONE_TO.match(text, end) is not None


def is_from_outside(text: str) -> bool:
    """Whether a claim is about a crash, a share price or pressure, or a judgement, of which those meant do not tell."""
    return any(pattern.search(text) for pattern in (_ACCIDENT, _SHARES, _UNDER_FIRE, _JUDGEMENT))


def is_of_shares(text: str) -> bool:
    """Whether a claim is about a price at an exchange, which no company settles."""
    return _SHARES.search(text) is not None
