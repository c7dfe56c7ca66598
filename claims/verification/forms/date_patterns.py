"""The forms in which dates are written, as patterns: in words, in figures, by weekday, quarter, century; datelines."""

from __future__ import annotations

import re

from claims.lexicon.quantities import MONTHS, ORDINALS, UNITS_WORDS, WEEKDAYS

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
COUNT = r"\d+|an?|" + "|".join(UNITS_WORDS)
YEAR = r"(?:,?\s(?P<y@>(?:1[5-9]|20)\d\d)\b)?"
NTH = r"(?P<d@>\d{1,2})(?:st|nd|rd|th)?"
NO_COUNT = r"(?!\s?(?:%|percent|people|million|billion))"
# A bare number of four digits is a year unless it counts something.
NO_YEAR = r"(?![\d%]|,\d|\.\d|\s(?:people|troops|soldiers|percent|homes|dollars|men|women|euros))"
FORMS = (
    rf"\bweek\sof\s(?:(?:{DAY}),?\s)?(?P<weekof>(?:{MONTH})\.?\s\d{{1,2}}(?:,?\s\d{{4}})?\b|\d{{1,2}}\s(?:{MONTH})\b(?:\s\d{{4}})?)",
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})(?!\d)",
    r"(?<![\d./])(?P<n1>\d{1,2})(?P<mark>[./])(?P<n2>\d{1,2})(?P=mark)(?P<n3>(?:19|20)?\d\d)(?![\d./]\d|\d)",
    r"\b(?:(?:fiscal|financial)\s(?:year\s)?(?P<fy1>(?:19|20)\d\d)(?P<fy1to>\s?[-/]\s?\d\d(?:\d\d)?)?|FY\s?'?(?P<fy2>(?:20)?\d\d)\b"
    r"|(?P<fy3>(?:19|20)\d\d)(?P<fy3to>\s?[-/]\s?\d\d(?:\d\d)?)?\s(?:fiscal|financial)\syear)",
    r"\b(?:(?P<q1>first|second|third|fourth|last|final)\s(?P<part>quarter|half)|(?P<q2>[QH][1-4]))(?:\s(?:of|in))?,?\s(?P<yq>(?:19|20)\d\d)\b",
    rf"\b(?P<century>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})[\s-]century\b",
    rf"\b(?:(?P<wd1>{DAY})\.?,?\s)?(?P<m1>{MONTH})\.?\s(?:the\s)?{NTH}\b{NO_COUNT}{YEAR}".replace("@", "1"),
    rf"\b(?:(?P<wd2>{DAY})\.?,?\s)?(?:the\s)?{NTH}(?:\sof)?\s(?P<m2>{MONTH})\b\.?{YEAR}".replace("@", "2"),
    rf"\b(?P<m3>{MONTH})\.?,?\s(?:of\s)?(?P<y3>(?:1[5-9]|20)\d\d)\b",
    rf"\b(?P<ago>{COUNT})\s(?P<unit>day|week|month|year)s?\s(?P<way>ago|earlier|later)\b",
    r"\b(?P<rel>yesterday|today|tonight|tomorrow|(?:last|this|next)\s(?:week|month|year))\b",
    rf"\b(?:(?P<which>last|next|this\scoming)\s)?(?P<wd3>{DAY})s?\b",
    r"\b(?P<decade>(?:1[5-9]|20)\d0)s\b",
    rf"(?<![\d.,$€£-])\b(?P<y4>(?:1[89]|20)\d\d)\b{NO_YEAR}",
    rf"\b(?P<m4>{MONTH})\b(?=[\s.,;:)]|$)",
)
PATTERN = re.compile("|".join(FORMS), re.IGNORECASE)
# "QUILL BAY, Jan. 7, 2025 -", "LONDON (Reuters) - ", "Published 3 March 2019."
DATELINE = re.compile(
    rf"^\s*(?:[A-Z][A-Z .,'/-]{{2,40}}[,(]?\s\(?(?P<on>(?:{MONTH})\.?\s\d{{1,2}}(?:,?\s\d{{4}})?|"
    rf"\d{{1,2}}\s(?:{MONTH})\.?(?:\s\d{{4}})?)"
    rf"\)?,?\s(?:\([\w /]+\)\s)?-|"
    rf"(?:Published|Posted|Updated|First published)(?:\son)?:?\s(?P<out>[^.;\n]{{5,40}}\d{{4}}))",
    re.I | re.M,
)
