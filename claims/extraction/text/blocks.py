"""Splits a page's text for the parser into blocks, paragraphs and pieces of limited length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice, pairwise

from claims.lexicon.clauses import EXAMINED_LABELS, TEXT_LABELS
from claims.lexicon.people import HUMAN_NOUNS, ROLES
from claims.lexicon.quantities import MONTH_NAMES, WEEKDAY_NAMES
from claims.lexicon.states import COUNTRIES
from claims.lexicon.wires import DATELINE, DATELINE_END
from claims.records import Block, BlockKind, Span

# Longer pieces are cut at a sentence's end: the parser's memory and the tokenizer's worst cases are not linear.
# 5,000 characters keep both small, and no real paragraph comes near.
LONGEST_PIECE = 5_000
# A longer run without white space is no word: the tokenizer's address patterns go back and forth over it.
LONGEST_RUN = 400

_BULLET = re.compile(r"\s*(?:[-*•‣◦▪–]|\d{1,2}[.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+")
_LINE = re.compile(r"[^\n]+")
_ENDED = tuple('.!?…:;"”»)]')
_WRAP_WIDTH = 120
# "WALLACE: ", "DR. NOVAK (through an interpreter): ": who speaks in a transcript; "DEAR ABBY:" greets.
_SPEAKER_LABEL = re.compile(r"(?!DEAR )([A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){0,3})(?: \([^()\n]{1,40}\))?:\s*")
# "Kelly: ", "Dr Novak: ", in a dialogue.
_NAME = r"([A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3})(?: \([^()\n]{1,40}\))?:[ \t]+"
_NAME_LABEL = re.compile(_NAME)
_NAME_LINE = re.compile(rf"(?m)^{_NAME}(\S[^\n]*)$")
# "Senator MUNRO—When", "Mr Tuttle — ": before a dash, with a title, in the minutes of a parliament.
_MINUTED = re.compile(
    r"((?:(?:Mr|Mrs|Ms|Miss|Dr|Senator|Sir|Dame|Lord|Lady|Baroness) )+(?:[A-Z][\w'’.-]+ ?){1,3}?"
    r"|The [A-Z]{4,}(?: [A-Z]+)*)"
    r"(?: \([^()\n]{1,60}\))? ?[—–] ?(?=[\"“‘]?[A-Z])"
)
_MINUTES = re.compile(rf"(?m)^{_MINUTED.pattern}")
_SPOKEN = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Yy]our|[Mm]y|[Oo]ur)\b")
_FEWEST_TURNS, _MOSTLY = 4, 0.9
_NO_SPEAKERS = TEXT_LABELS | EXAMINED_LABELS | frozenset(WEEKDAY_NAMES)

# "WASHINGTON (AP) — ", "BERLIN -- ", "MOSCOW, June 9. /TASS/. ": where a report was filed is no part of what it says.
_PLACE_LINE = re.compile(
    r"[A-Z][A-Z .'’-]{2,30}(?:, [A-Z][\w.]+)?(?: \([\w ]{2,30}\))? ?(?:—|–|--|-) "
    r"|[A-Z][A-Z .'’-]{2,30}, [A-Z][a-z]+ \d{1,2}(?:, \d{4})?\. /[\w -]{2,30}/\. ?"
    r"|[A-Z][A-Z .'’-]{2,30}, (?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+\.? \d{1,2})(?: \([\w ]{2,30}\))? ?(?:—|–|--|-) "
)
# "Lyon, France – ": in small letters, a place is certain only with its country.
_PLACE_IN_COUNTRY = re.compile(
    r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3}, ([A-Z][\w.]+(?: [A-Z][\w.]+){0,2})(?: \([\w ]{2,30}\))? (?:—|–|--|-) "
)
_DASH = re.compile(r"\s(?:—|–|--|-)\s")


def speaker_label(text: str, span: Span) -> re.Match[str] | None:
    """The label of a speaker with which a paragraph of a transcript begins; "UPDATE:" is none.

    Names in small letters are labels where the whole text is a dialogue, and those before a dash in minutes.
    """
    match = _SPEAKER_LABEL.match(text, *span)
    if match is None:
        name = _NAME_LABEL.match(text, *span)
        return name if name and name.group(1) in _dialogue(text) else _minuted(text, span)
    return match if match.group(1).lower().split()[-1] not in _NO_SPEAKERS else None


def _minuted(text: str, span: Span) -> re.Match[str] | None:
    """The label before a dash where at least two people speak so in the text."""
    return _MINUTED.match(text, *span) if _are_minutes(text) else None


def with_colons(text: str) -> str:
    """A text of the same length with a colon for the dash behind each name in minutes, as the parser expects it."""
    if not _are_minutes(text):
        return text
    return _MINUTES.sub(lambda match: re.sub("[—–]", ":", match.group()), text)


@lru_cache(maxsize=4)
def _are_minutes(text: str) -> bool:
    return len({match.group(1) for match in _MINUTES.finditer(text)}) > 1


@lru_cache(maxsize=4)
def _dialogue(text: str) -> frozenset[str]:
    """The names before the lines of a dialogue: two at least, one of them again, and one asks and another answers.

    Nobody needs to ask if nearly all lines have names, one a full one, and somebody says "I"; "Ann Kroon" is "Kroon".
    """
    lines = [(match, match.group(2).strip()) for match in _NAME_LINE.finditer(text)]
    names = {match.group(1) for match, _ in lines}
    known = frozenset(name for name in names if name.lower().split()[-1] not in _NO_SPEAKERS)
    asks = any(
        words.endswith("?") and {match.group(1), after.group(1)} <= known and match.group(1) != after.group(1)
        for (match, words), (after, _) in pairwise(lines)
    )
    full = len(lines) >= max(_FEWEST_TURNS, _MOSTLY * sum(map(bool, map(str.strip, text.splitlines()))))
    full &= any(" " in name for name in known) and any(_SPOKEN.search(words) for _, words in lines)
    last = Counter(match.group(1).split()[-1] for match, _ in lines)
    return known if len(last) > 1 and last.most_common(1)[0][1] > 1 and (asks or full) else frozenset()


def place_line_end(text: str, span: Span) -> int:
    """The end of the place with which a paragraph begins, where the report was filed; its start if there is none.

    A second dash in the first sentence makes the words before the first one its subject: "IBM — the firm — sold it".
    """
    match = _PLACE_LINE.match(text, *span)
    country = None if match else _PLACE_IN_COUNTRY.match(text, *span)
    if country is not None and country.group(1).lower() in COUNTRIES:
        match = country
    if match is None:
        return span[0]
    stop = _SENTENCE_END.search(text, match.end(), span[1])
    dashes = len(_DASH.findall(text, match.end(), stop.start() if stop else span[1]))
    return match.end() if dashes % 2 == 0 else span[0]


def in_dateline(text: str, start: int, name: Span) -> bool:
    """Whether a name is that of the agency in a dateline at ``start``: "LONDON (Reuters) - "."""
    return bool(DATELINE.match(text[start : name[0]]) and DATELINE_END.match(text[name[1] : name[1] + 4]))


def filed_by(text: str, block: int, sentence: int, name: Span) -> bool:
    """Whether a name is the agency's in the dateline of a sentence or of its block, which begin at the arguments."""
    end = DATELINE_END.match(text[name[1] : name[1] + 4])
    before = end is not None and in_dateline(text, block, name) and not text[name[1] + end.end() : sentence].strip()
    return before or in_dateline(text, sentence, name)


def paragraphs(text: str, blocks: Sequence[Block] = ()) -> list[tuple[Block, list[Span]]]:
    """Cut ``text`` into blocks in order, each with the spans of its paragraphs (trimmed, never empty).

    The page's own blocks are kept; what they leave out, or everything where there are none, is cut at its
    lines. A newline ends a paragraph unless the sentence evidently continues in the next line.
    """
    wrapped = _hard_wrapped(text)
    result: list[tuple[Block, list[Span]]] = []
    position = 0
    for block in blocks:
        start, end = max(block.span[0], position), min(block.span[1], len(text))
        if end <= start:
            continue
        result += _from_lines(text, position, start, wrapped)
        inner = list(_joined_lines(text, start, end, wrapped))
        if inner:
            result.append((Block(kind=block.kind, span=(inner[0][0], inner[-1][1])), inner))
        position = end
    return result + _from_lines(text, position, len(text), wrapped)


def pieces(text: str, span: Span) -> Iterator[Span]:
    """Cut a paragraph into pieces short enough for the parser: at sentence ends, else at spaces, else anywhere."""
    start, end = span
    while end - start > LONGEST_PIECE:
        piece_end = _cut(text, start, start + LONGEST_PIECE)
        yield (start, piece_end)
        start = piece_end
    if start < end:
        yield (start, end)


def _cut(text: str, start: int, limit: int) -> int:
    middle = start + (limit - start) // 2
    ends = [match.end() for match in _SENTENCE_END.finditer(text, middle, limit)]
    if ends:
        return ends[-1]
    space = text.rfind(" ", middle, limit)
    return space + 1 if space >= 0 else limit


def _from_lines(text: str, start: int, end: int, wrapped: bool) -> list[tuple[Block, list[Span]]]:
    kinds = (BlockKind.PARAGRAPH, BlockKind.ITEM)
    return [
        (Block(kind=kinds[bool(_BULLET.match(text, *span))], span=span), [span])
        for span in _joined_lines(text, start, end, wrapped)
    ]


def _joined_lines(text: str, start: int, end: int, wrapped: bool) -> Iterator[Span]:
    current: Span | None = None
    for match in _LINE.finditer(text, start, end):
        line = trimmed_span(text, *match.span())
        if line is None:
            continue
        if current and _paragraph_goes_on(text, current, line, wrapped):
            current = (current[0], line[1])
            continue
        if current:
            yield current
        current = line
    if current:
        yield current


def trimmed_span(text: str, start: int, end: int) -> Span | None:
    """A stretch of a text without the white space at its ends; None if nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _paragraph_goes_on(text: str, before: Span, line: Span, wrapped: bool) -> bool:
    gap = text[before[1] : line[0]]
    page_ends = "\f" in gap  # whatever lines are empty there, a sentence may go on behind it
    if (gap.count("\n") > 1 and not page_ends) or _BULLET.match(text, *line) or _SPEAKER_LABEL.match(text, *line):
        return False
    is_open = text[before[1] - 1] not in _ENDED
    return (wrapped and (is_open or not page_ends)) or (is_open and text[line[0]].islower())


def _hard_wrapped(text: str) -> bool:
    """Whether the lines were broken at a fixed width: the next word would hardly ever have fitted."""
    lines = text[:20_000].split("\n")
    width = max(map(len, lines), default=0)
    if not 40 <= width <= _WRAP_WIDTH:
        return False
    breaks = [(line, following) for line, following in pairwise(lines) if line.strip() and following.strip()]
    full = sum(len(line) + 1 + len(following.split()[0]) > width - 3 for line, following in breaks)
    # Paragraphs of one line each end with their sentences; a fixed width breaks most lines in the middle of one.
    broken = sum(not line.rstrip().endswith(_ENDED) for line, _ in breaks)
    return len(breaks) >= 4 and full >= 0.85 * len(breaks) and broken >= 0.5 * len(breaks)


# A word that begins a sentence: in small letters it could stand anywhere, and a name would go on with a capital. Words
# that a headline leaves out, or never ends with, lead to a title: "released the album An awesome wave", "films by The".
_BEGINS = r"(?:The|An|It|They|There|This|These) [a-z]"
_HEAD = r"(?=(?:\S*[a-z]\S* ){3})([A-Z][^.!?:;\"“”\n]{15,140}[a-zA-Z0-9%])"
# So does a noun for people with a capital behind a word without one: "Ferry deaths rise Police in Tarva said".
_PEOPLE = "|".join(sorted(f"{noun.capitalize()}s" for noun in HUMAN_NOUNS | ROLES if noun[-1] not in "nsy"))
_GLUED = re.compile(rf"{_HEAD} (?={_BEGINS}|(?:Police|Authorities|{_PEOPLE}) [a-z])")
# After a word with a capital, one with another may go on with the name: "Tesla Motors", "Leeds beat York City".
_DAYS = "|".join(name.capitalize() for name in sorted({*WEEKDAY_NAMES, *MONTH_NAMES}))
_AFTER_NAME, _AFTER_WORD = re.compile(f" {_BEGINS}"), re.compile(rf" (?!(?:{_DAYS})\b)[A-Z]")
_RUNNING = re.compile(
    r"(?i:\b(?:an?|the|his|her|its|their|our|my)\b)"
    r"|\b(?:about|as|at|by|for|from|in|of|on|to|with|and|or|wrote|read|sang|made|saw|called|titled|directed|published)$"
)
_SHORTEST_REST = 20


def with_headline(text: str, blocks: Sequence[Block], title: str | None) -> tuple[Block, ...]:
    """The blocks, with a heading of its own for a headline that begins the text and its first line.

    It is known by the page's title, or by a sentence that begins behind it with a capital ("Mayor quits The council").
    """
    first = blocks[0] if blocks else None
    start, end = first.span if first is not None else (0, len(text))
    head = _headline(text, (start, end), title) if first is None or first.kind is BlockKind.PARAGRAPH else None
    if head is None:
        return tuple(blocks)
    heading = Block(kind=BlockKind.HEADING, span=head)
    rest = [replace(first, span=(head[1] + 1, end))] if first is not None else []
    return (heading, *rest, *blocks[1:])


def _headline(text: str, span: Span, title: str | None) -> Span | None:
    start = span[0] + len(text[span[0] : span[1]]) - len(text[span[0] : span[1]].lstrip())
    title = " ".join((title or "").split())
    place = start + len(title)
    behind = (_AFTER_WORD if title.split(" ")[-1].islower() else _AFTER_NAME).match(text, place, span[1])
    long = title.count(" ") > 1 and span[1] - place > _SHORTEST_REST
    if long and title[-1] not in ".!?:" and behind and text.startswith(title, start):
        return (start, place)
    # A headline is shorter: in a longer run of letters the pattern would go back and forth.
    glued = _GLUED.match(text, start, min(span[1], start + LONGEST_RUN)) if span[0] == 0 else None
    if glued is None or _RUNNING.search(glued[1]):
        return None
    ended = glued[1].split(" ")[-1].islower() or _AFTER_NAME.match(text, glued.end(1), span[1])
    return glued.span(1) if ended else None


_MOST_CUTS = 6
_TITLE_CUT = re.compile(r"\s+[|–—·»«/-]+\s+|:\s+")


def letters_only(words: str) -> str:
    """The letters and digits of a text in small letters."""
    return "".join(letter for letter in words.lower() if letter.isalnum())


def title_forms(title: str) -> frozenset[str]:
    """The letters of a title, with and without what it has before or behind a sign: the name of the site, the topic."""
    cuts = list(islice(_TITLE_CUT.finditer(title), _MOST_CUTS))
    starts, ends = (0, *(cut.end() for cut in cuts)), (*(cut.start() for cut in cuts), len(title))
    parts = (title[start:end] for start in starts for end in ends if start < end)
    return frozenset(filter(None, map(letters_only, parts)))
