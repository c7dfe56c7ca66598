"""Finds the blocks of a Markdown text, and the spans in each that are words and not markup.

The text is parsed as CommonMark with tables by markdown-it-py. Its inline tokens have no positions, so the rules that
read markup are wrapped and record what they read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from claims.records import Block, BlockKind, Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    _Rule = Callable[[Any, bool], bool]

# Characters of a text that are parsed: as many as the extraction reads of an article. So many lines and signs of markup
# take 3 s at most, however they are put together; a book has fewer.
MAX_TEXT, _MOST_STEPS = 1_000_000, 20_000
_STEPS = re.compile(r"[\n\[\]*_`<~|&\\]")
# Levels of quotations and lists in each other that are read.
_DEEPEST = 60
# Signs of markup in one paragraph: brackets and stars that nothing closes take time in the square of their number.
_MOST_SIGNS = 500
_TICKS = re.compile(r"`+")
_SIGNS = re.compile(r"[\[\]*_`<~&\\]")
_KINDS = {"blockquote_open": BlockKind.QUOTE, "list_item_open": BlockKind.ITEM}


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The blocks in order, and the stretches of the text that are markup: no words of the article."""

    blocks: tuple[Block, ...]
    markup: tuple[Span, ...]
    cut: bool = False


def places(text: str, start: int = 0) -> Places:
    """The blocks and the markup of a Markdown text from ``start`` on; earlier text is not part of the article.

    Code, HTML blocks, comments, pictures, definitions of links and rules are markup as a whole. A text longer than
    `MAX_TEXT`, or nested deeper than `_DEEPEST`, is read in part.
    """
    steps = (match.start() for match in islice(_STEPS.finditer(text, start), _MOST_STEPS, None))
    end = min(start + MAX_TEXT, next(steps, len(text)))
    read = text[start:end]
    env: dict[str, Any] = {}
    tokens = _markdown_parser().parse(_with_newlines(read), env)
    blocks = [(kind, [(a + start, b + start) for a, b in words]) for kind, words in _blocks(read, tokens, env) if words]
    words = [span for _, spans in blocks for span in spans]
    return Places(
        blocks=tuple(Block(kind=kind, span=(spans[0][0], spans[-1][1])) for kind, spans in blocks),
        markup=tuple(_gaps(text, words)),
        cut=end < len(text) or any(token.level >= _DEEPEST - 1 and token.type in _KINDS for token in tokens),
    )


def _gaps(text: str, words: Sequence[Span]) -> Iterator[Span]:
    """The spans between the words, without the white space at their ends."""
    at = 0
    for start, end in (*words, (len(text), len(text))):
        gap = text[at:start]
        if gap.strip():
            first = at + len(gap) - len(gap.lstrip())
            yield first, first + len(gap.strip())
        at = max(at, end)


def _blocks(text: str, tokens: Sequence[Token], env: dict[str, Any]) -> Iterator[tuple[BlockKind, list[Span]]]:
    """Each block of a parsed text with the places of its words; a row of a table is one block."""
    lines = text.splitlines(keepends=True)
    starts = list(accumulate(map(len, lines), initial=0))
    above: list[BlockKind] = []
    row: list[Span] | None = None
    heading = False
    for token in tokens:
        if token.type in _KINDS:
            above.append(_KINDS[token.type])
        elif token.type.removesuffix("_close") + "_open" in _KINDS and token.nesting < 0:
            above.pop()
        elif token.type in ("tr_open", "tr_close"):
            if row:
                yield BlockKind.ITEM, row
            row = [] if token.nesting > 0 else None
        elif token.type in ("heading_open", "heading_close"):
            heading = token.nesting > 0
        elif token.type == "inline" and token.map and token.content:
            offsets = _offsets(token, lines, starts, row[-1][1] if row else 0)
            words = _word_spans(token.content, offsets, env) if offsets else []
            if row is not None:
                row += [*_bar(text, row, words), *words]
            else:
                yield BlockKind.HEADING if heading else above[-1] if above else BlockKind.PARAGRAPH, words


def _bar(text: str, row: Sequence[Span], cell: Sequence[Span]) -> list[Span]:
    """The bar between a row and its next cell, which stays as it parts the two."""
    bar = text.find("|", row[-1][1], cell[0][0]) if row and cell else -1
    return [(bar, bar + 1)] if bar >= 0 else []


def _with_newlines(text: str) -> str:
    """The text with its line ends as the parser counts them; of the same number of lines."""
    return "\n".join(text.splitlines()) + "\n"


def _offsets(token: Token, lines: Sequence[str], starts: Sequence[int], after: int) -> list[Span]:
    """For each line of a block's content, its place in the content and in the text; empty if a line is not found."""
    pairs: list[Span] = []
    at = 0
    first = token.map[0] if token.map else 0
    for number, line in enumerate(token.content.split("\n"), start=first):
        if number >= len(lines):
            return []
        begin = max(0, after - starts[number])
        place = lines[number].find(line, begin) if after else lines[number].rfind(line)
        if place < 0:
            return []
        pairs.append((at, starts[number] + place))
        at += len(line) + 1
    return pairs


def _word_spans(content: str, offsets: Sequence[Span], env: dict[str, Any]) -> list[Span]:
    """The spans in the text of the words of a block's content."""
    seams = [at for at, _ in offsets]
    ends = [*(at - 1 for at in seams[1:]), len(content)]
    markup = sorted(_markup(content, env))
    spans: list[Span] = []
    at = 0
    for start, end in (*markup, (len(content), len(content))):
        for line in range(bisect_right(seams, at) - 1, len(seams)):
            if seams[line] >= start:
                break
            first, last = max(at, seams[line]), min(start, ends[line])
            if content[first:last].strip():
                moved = offsets[line][1] - seams[line]
                spans.append((first + moved, last + moved))
        at = max(at, end)
    return spans


def _markup(content: str, env: dict[str, Any]) -> list[Span]:
    """The markup in a block's content; empty if it has more signs than any real paragraph."""
    if len(_SIGNS.findall(content)) > _MOST_SIGNS:
        return []
    noted: list[Span] = []
    delimiters: list[tuple[Any, int]] = []
    parser = _markdown_parser()
    parser.inline.parse(content, parser, {**env, "noted": noted, "delimiters": delimiters}, [])
    matched = [(at, at + 1) for token, at in delimiters if not token.content]
    return [*noted, *matched]


@lru_cache(maxsize=1)
def _markdown_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415  loaded with the first Markdown text

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    parser.disable(["inline", "text_join", "fragments_join"])
    rules = dict(zip(parser.inline.ruler.get_active_rules(), parser.inline.ruler.getRules(""), strict=True))
    for name, inner in (("link", _inside_link), ("backticks", _inside_code), ("autolink", _inside_brackets),
                        ("escape", _escaped), ("image", None), ("html_inline", None)):  # fmt: skip
        parser.inline.ruler.at(name, _noting(rules[name], inner))
    parser.inline.ruler.at("emphasis", _delimiting(rules["emphasis"]))
    return parser


def _noting(rule: _Rule, inner: Callable[[Any, int], Span] | None) -> _Rule:
    """A rule that records what it reads as markup, except the words ``inner`` to it."""

    def noting(state: Any, silent: bool) -> bool:
        start, noted = state.pos, state.env.get("noted")
        words = inner(state, start) if inner and not silent and noted is not None else (start, start)
        if inner is None and not silent:
            state.env.pop("noted", None)  # the alternative text of a picture is parsed inside of the rule
        done = rule(state, silent)
        if inner is None and not silent and noted is not None:
            state.env["noted"] = noted
        if done and not silent and noted is not None:
            end = state.pos
            inner_span = words if start <= words[0] <= words[1] <= end else (start, start)
            noted.extend(span for span in ((start, inner_span[0]), (inner_span[1], end)) if span[0] < span[1])
        return done

    return noting


def _inside_link(state: Any, start: int) -> Span:
    if state.src[start] != "[":
        return start, start
    return start + 1, max(start + 1, state.md.helpers.parseLinkLabel(state, start, True))


def _inside_code(state: Any, start: int) -> Span:
    return _ticked(state.src, start)


def _ticked(text: str, start: int) -> Span:
    """The words of a code span; everything where nothing closes it."""
    opening = _TICKS.match(text, start)
    if opening is None:
        return start, start
    closing = re.compile(rf"(?<!`)`{{{len(opening[0])}}}(?!`)").search(text, opening.end())
    return (opening.end(), closing.start()) if closing else (start, opening.end())


def _inside_brackets(state: Any, start: int) -> Span:
    end = state.src.find(">", start)
    return start + 1, max(end, start + 1)


def _escaped(state: Any, start: int) -> Span:
    return start + 1, start + 2


def _delimiting(rule: _Rule) -> _Rule:
    """The rule of stars and underlines, with the place of each: a token that is emptied later was one of a pair."""

    def delimiting(state: Any, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and "noted" in state.env:
            signs = [token for token in state.tokens[before:] if token.content == state.src[start]]
            state.env["delimiters"] += [(token, start + number) for number, token in enumerate(signs)]
        return done

    return delimiting
