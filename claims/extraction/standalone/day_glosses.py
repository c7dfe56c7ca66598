"""Determines the day that a claim's words refer to, and the reason if that remains open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from claims.extraction.text.dates import COUNTED, LATER, RELATIVE, resolved
from claims.extraction.text.syntax import is_verb, lemma
from claims.lexicon.clauses import word_set
from claims.lexicon.moods import FORECASTING
from claims.lexicon.quantities import DAY_NAMING, MONTHS, WEEKDAY_NAMES

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AHEAD = frozenset({"will", "’ll", "'ll", "wo", "shall"})
# Verbs that give something a day: what was moved to Friday, or planned for it, may lie before the report or behind it.
_SCHEDULING = word_set(
    """
    postpone move delay reschedule defer adjourn push shift put extend bring plan schedule set slate fix book expect due
    """
)
_CARRYING = frozenset({"move", "bring", "put", "push"})
_PUTTING_OFF = word_set("postpone delay reschedule defer adjourn cancel scrap suspend abandon")
# "Monday 18 March" says which Monday.
_MONTH = "|".join(MONTHS)
_OF_MONTH = re.compile(rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})|(?:{_MONTH})\.? \d{{1,2}})\b", re.I)
# "Put back from Sunday to 8 June": which Sunday is open.
_TO_MONTH = re.compile(rf"(?:{'|'.join(WEEKDAY_NAMES)}) (?:to|until|till) ", re.I)
_BEGINNING = frozenset({"begin", "start", "commence"})
_AWAITING = frozenset({"expect", "anticipate", "plan", "schedule"})
_SPANS = frozenset({"week", "month", "year", "season", "night"})
_WEEKS = frozenset({"week", "fortnight", "month"})
_APART = re.compile(r"\b(?:before|after|since|until|than)\s(?:last|next|this)\b", re.I)
_LEADING_TO = frozenset({"for", "of", "to", "ahead", "before", "until", "towards"})
_UNTIL = frozenset({"to", "until", "till"})
_TOWARDS = _UNTIL | {"for"}
_RANGE = 6  # words between the days of a range, with the prepositions
# A bare infinitive in one of these roles has the time of its verb ("let him leave"); any other is an order, or one of
# several verbs with a day each ("will open on Monday and close on Friday").
_GOVERNED = ("ccomp", "xcomp")
_ANY_DAY = frozenset({"a", "any", "every", "each", "some", "one", "per"})
_PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
_HAVING = frozenset({"has", "have", "’ve", "'ve", "’s", "'s"})
_BEING = frozenset({"is", "are", "’s", "'s", "’re", "'re", "be"})
# "Denies leaving", but "plans on leaving": what the first tells of is past, and what the second does may be ahead.
_LOOKING_BACK = frozenset({"deny", "admit", "recall", "remember", "regret"})
_LOOKING_AHEAD = frozenset({"about", "against"})


def opens_date(token: Token) -> bool:
    """Whether a token is the first of a recognised date, or of the time of a weekday: "Saturday night"."""
    at_time = token.ent_type_ == "TIME" and token.lower_ in WEEKDAY_NAMES
    return token.ent_iob_ == "B" and (token.ent_type_ == "DATE" or at_time)


def entity_words(token: Token) -> tuple[str, int]:
    """A recognised expression from its first token on, and the index of its last token."""
    doc, end = token.doc, token.i + 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    if end - token.i > 2 and doc[end - 1].tag_ == "CD" and doc[end - 2].lower_ in _SPANS:
        end -= 1  # "Last year 31 people died": the number is of the people
    return str(doc[token.i : end].text), end - 1


def ahead(token: Token) -> bool | None:
    """Whether a day is in the future: its clause has "will", or a bare present tense ("opens on Friday"); None if open.

    An infinitive has the time of what governs it: "will be allowed to play on Sunday", "plans to play on Friday".
    Neither plainly past nor future are what was moved to a day ("postponed to Friday"), what a noun has a day of
    ("follows testimony Tuesday", "will discuss Monday's attack"), what may be ("could meet on Friday"), what was
    expected ("more was expected Friday"), an infinitive under a past ("agreed to meet on Friday") and the days of a
    range ("open from Monday to Thursday"), which may be those of every week. Nor is what was due on a day, as in
    "a hotel due to open Saturday was sold", or what stands without a finite verb ("Lakers: Visit Utah on Friday").
    "Is closed on Friday" may be that day or every week.
    """
    if _of_range(token) or _is_of_something_coming(token):
        return None
    if token.dep_ == "compound" and token.head.lower_ in _PARTS_OF_DAY:
        token = token.head  # "on Friday evening"
    verb, climbed = token, False
    while verb.head.i != verb.i and (verb.pos_ not in ("VERB", "AUX") or _timeless(verb)):
        climbed = climbed or _infinitive(verb) or verb.lower_ == "due"
        verb = verb.head
    helpers = {kid.lower_ for kid in verb.lefts if kid.dep_ in ("aux", "auxpass")}
    if verb.pos_ not in ("VERB", "AUX") or (verb.tag_ == "VB" and not helpers):
        return None
    future = (
        bool(helpers & _AHEAD)
        or _due_by(token, verb, helpers)
        or (not helpers and verb.tag_ in ("VBZ", "VBP"))
        or _is_expected(verb)
    )
    future = future or (verb.tag_ == "VBG" and bool(helpers & _BEING))
    lasting = token.head.lower_ in ("until", "till") and helpers & _HAVING and lemma(verb) not in _SCHEDULING
    under_will = verb.tag_ == "VBG" and any(kid.lower_ in _AHEAD for kid in verb.head.lefts)
    begun = under_will and verb.dep_ in ("advcl", "prep") and lemma(verb) in _BEGINNING
    if lasting or begun:
        # "Has cancelled all sailings until Wednesday", "will free them in three groups, beginning on Thursday".
        return True
    # "Will resign, citing a row on Friday", "will march, reaching Leeds on Friday".
    beside_will = under_will and verb.dep_ == "advcl"
    if _moved_to(token, verb) or beside_will or (_of_noun(token) and future):
        return True if future and not _of_noun(token) else None
    if _of_noun(token) and _puts_off(verb):
        return None
    being = bool(helpers & _BEING)
    open_past = climbed or _is_planned(verb, token) or being or _is_only_meant(verb) or _is_hypothetical(verb)
    return None if open_past and not future else future


def _is_of_something_coming(token: Token) -> bool:
    """As in "recalled for Saturday's match": the day may lie ahead of what was done."""
    noun = token.head
    if token.dep_ != "poss" or not _is_weekday(token.lower_):
        return False
    return noun.dep_ == "pobj" and noun.head.lower_ in _LEADING_TO


def is_relative(words: str, token: Token, seen: Sequence[Token]) -> bool:
    """Whether a date needs another one to be understood: the article's ("on Monday"), or one that it counts from.

    "Later that month" needs none where the claim's own words before it, ``seen``, contain a date, and "Black Friday" is
    another day's name than "Friday".
    """
    if _names_another_day(words, seen) or (_OF_MONTH.search(words) and not _TO_MONTH.match(words)):
        return False
    counted = COUNTED.search(words) is not None or (LATER.search(words) is not None and not _told_from(token, seen))
    dated = any(word.ent_type_ == "DATE" for word in seen)
    return (counted and not dated) or RELATIVE.search(words) is not None


def _told_from(token: Token, seen: Sequence[Token]) -> bool:
    """Whether another verb tells what "a day later" is counted from: "He quit and was hired again a day later"."""
    words = token.doc[token.i : token.sent.end]
    if any(word.lower_ == "than" and word.nbor(-1).lower_ in ("later", "earlier") for word in words[1:]):
        return True
    verb = token
    while verb.head.i != verb.i and verb.pos_ not in ("VERB", "AUX"):
        verb = verb.head
    own = {verb.i, verb.head.i} if verb.dep_ == "ccomp" else {verb.i}
    return any(is_verb(word) and word.dep_ not in ("aux", "auxpass") and word.i not in own for word in seen)


def _names_another_day(words: str, seen: Sequence[Token]) -> bool:
    last = words.lower().split()
    before = last[-2] if len(last) > 1 else seen[-1].lower_ if seen else ""
    # "In 2019, when the vote was held on a Sunday": nobody says which.
    named = before in DAY_NAMING or before in _ANY_DAY
    return named and _is_weekday(last[-1])


def _is_weekday(word: str) -> bool:
    return word.removesuffix("'s").removesuffix("’s") in WEEKDAY_NAMES


def calendar_date(words: str, token: Token, published: date) -> str | None:
    """The calendar date that the words ``words`` with a token mean; None if it cannot be determined."""
    future = ahead(token)
    if _is_counted(words, token):
        return None
    if any(map(_is_weekday, words.lower().split())):
        is_open = future is None and not words.lower().startswith(("last ", "next "))
        if is_open or _of_another_day(words, token) or _began_today(words, token, published):
            return None
    # The recogniser takes words before it for a part of the date: "a fifth last year", "the same period last year".
    tail = None if _APART.search(words) else RELATIVE.search(words)
    known = resolved(words, published, future=bool(future))
    return known or (resolved(tail.group(), published) if tail and tail.group().lower().endswith("year") else None)


def _is_counted(words: str, token: Token) -> bool:
    """As in "the paper that she published the next year": it is counted from another day."""
    return COUNTED.search(f"the {words}" if _is_behind_the(token) else words) is not None


def _of_another_day(words: str, token: Token) -> bool:
    """As in "tested on the Thursday", "the Monday after", "Wednesday week": it is counted from another day."""
    rest = token.doc[token.i + len(words.split()) :]
    weeks = [word.lower_ for word in token.doc[max(token.i - 2, 0) : token.i]]
    if weeks[-1:] == ["on"] and weeks[0] in _WEEKS:
        return True  # "a week on Monday"
    led = token.lower_ == "the" or _is_behind_the(token)
    stranded = len(rest) > 1 and rest[0].lower_ == "after" and rest[1].is_punct
    owns = len(rest) > 0 and rest[0].dep_ == "case"
    return (
        (led and not owns)
        or stranded
        or (len(rest) > 0 and rest[0].lower_ in _WEEKS)
        or words.endswith((" week", " fortnight"))
    )


def _began_today(words: str, token: Token, published: date) -> bool:
    """As in "has fallen since Monday" on a Monday: that day, or the one a week before."""
    today = WEEKDAY_NAMES[published.weekday()] in words.lower().split()
    return today and token.head.lower_ == "since"


def _is_behind_the(token: Token) -> bool:
    return token.i > token.sent.start and token.nbor(-1).lower_ == "the"


def _moved_to(token: Token, verb: Token) -> bool:
    """As in "slipped to Friday", "food for Friday", "moved from Friday": the day may lie before the report or not."""
    before = token.head.lower_ if token.head.dep_ == "prep" else ""
    return before in _TOWARDS or (before == "from" and lemma(verb) in _SCHEDULING)


def _puts_off(verb: Token) -> bool:
    """As in "put off Tuesday's vote", "cancelled Friday's match": the day may lie before the report or behind it."""
    off = any(kid.lower_ == "off" for kid in verb.rights)
    return lemma(verb) in _PUTTING_OFF or (off and lemma(verb) in ("put", "call"))


def _of_range(token: Token) -> bool:
    """As in "from Monday to Thursday", "from Monday morning until Friday": the day is where a range begins or ends."""
    before = token.nbor(-1).lower_ if token.i else ""
    if before == "from":
        return any(word.lower_ in _UNTIL for word in token.doc[token.i + 1 : token.i + _RANGE])
    start = max(token.i - _RANGE, token.sent.start)
    return before in _UNTIL and any(word.lower_ == "from" for word in token.doc[start : token.i])


def _of_noun(token: Token) -> bool:
    """Whether a day is said of a noun: "testimony Tuesday", "Monday's attack", "the vote on Friday"."""
    above = token.head
    beside = token.nbor(-1) if token.i else token
    if token.dep_ == "npadvmod" and beside.pos_ == "NOUN" and above.tag_ in ("VBZ", "VBP"):
        # "follows evidence Tuesday": the day may be either's.
        return True
    while above.dep_ in ("prep", "pobj", "npadvmod", "compound", "poss") and above.pos_ in ("ADP", "PROPN"):
        above = above.head
    return above.pos_ == "NOUN"


def _is_hypothetical(verb: Token) -> bool:
    modal = any(kid.tag_ == "MD" and kid.lower_ not in _AHEAD for kid in verb.lefts)
    return modal and not any(kid.lower_ == "have" for kid in verb.lefts)


def _due_by(token: Token, verb: Token, helpers: set[str]) -> bool:
    """As in "The prison must answer by Friday": not in what somebody said, which may be older."""
    obliged = verb.dep_ == "ROOT" and "must" in helpers and "have" not in helpers
    return obliged and token.head.lower_ in ("by", "before", "until")


def _infinitive(verb: Token) -> bool:
    """As in "set to begin shutting off power", "due to be played": none of the verbs has a time of its own.

    "Is believed to have been killed" has one: it was before.
    """
    helpers = {kid.lower_ for kid in verb.lefts if kid.dep_ == "aux"}
    return "to" in helpers and "have" not in helpers


def _timeless(verb: Token) -> bool:
    """Whether a verb has the time of what governs it: "to leave", "let him leave", "begins leaving"."""
    gerund = verb.tag_ == "VBG" and verb.dep_ == "xcomp" and lemma(verb.head) not in _LOOKING_BACK
    bare = verb.tag_ == "VB" and verb.dep_ in _GOVERNED and not any(kid.tag_ == "MD" for kid in verb.lefts)
    return gerund or bare or _infinitive(verb)


def _is_planned(verb: Token, token: Token) -> bool:
    """As in "more rain was expected Wednesday", "a hearing planned for Friday was", "planned a vote on Friday"."""
    passive = any(kid.dep_ == "auxpass" for kid in verb.children) or verb.dep_ == "acl"
    somewhere = any(kid.lower_ in ("to", "into") for kid in verb.rights)
    done = somewhere and token.head.lower_ == "on" and lemma(verb) in _CARRYING  # "was moved to a hospital on Sunday"
    known = lemma(verb) in FORECASTING or lemma(verb) in _SCHEDULING
    return (passive and known and not done) or lemma(verb) in _AWAITING


def _is_only_meant(verb: Token) -> bool:
    """As in "plans on leaving on Friday", "talked about leaving on Friday", but not "was congratulated on leaving"."""
    ahead_of_it = verb.head.lower_ in _LOOKING_AHEAD or lemma(verb.head.head) in _AWAITING
    return verb.tag_ == "VBG" and verb.dep_ == "pcomp" and ahead_of_it


def _is_expected(verb: Token) -> bool:
    """As in "is expected to meet on Friday", "is due to"."""
    return lemma(verb) in FORECASTING and any(kid.tag_ in ("VBZ", "VBP") for kid in verb.children)


def undated(words: str, published: date | None) -> str:
    """The reason given for a day that could not be determined."""
    words = " ".join(words.split())
    if published is None:
        return f"the date of “{words}” is open: the article’s date is not known"
    return f"the date of “{words}” could not be settled"


def gives_date(doc: Doc, last: int) -> bool:
    """As in "today (Nov. 18)": the article itself gives the date after the words that end with token ``last``."""
    return last + 1 < len(doc) and doc[last + 1].text == "("
