"""Markdown as an article: blocks, links, footnotes, and what of the file is no words."""

from __future__ import annotations

import pytest

from claims.records import BlockKind, Page, Reason
from sources.page.page import read_page

ESSAY = """---
title: The bridge
date: 2025-03-04
---
# The *bridge* of **Linz**

A report by [Reuters](https://www.reuters.com/world/x-1 "title") put the **cost** at 40 million euros.[^1]

> The council voted 12 to 3 against it,
> and the mayor resigned.

- The `river` is 300 metres wide [by the survey][survey].
- It is 2 \\* 3 metres deep.

| Year | Cost |
|------|------|
| 2020 | *12* million |

```python
print("no words")
```

<!-- no words either -->

Setext
------

A hard\\
break, ![no words](a.png) and <https://example.org/b>.

[survey]: https://example.org/survey
[^1]: City budget, [PDF](https://example.org/budget.pdf).
"""


def bare(page: Page, start: int, end: int) -> str:
    """The words at a span as a reader sees them."""
    kept = [place for place in range(start, end) if not any(a <= place < b for a, b in page.markup)]
    return " ".join("".join(page.text[place] for place in kept).split())


def read(text: str) -> Page:
    return read_page(text.encode(), content_type="text/markdown")


def test_the_text_is_the_file_and_its_blocks_are_the_words() -> None:
    page = read(ESSAY)
    assert page.text == ESSAY
    assert (page.title, page.published) == ("The bridge", "2025-03-04")
    assert [(block.kind, bare(page, *block.span)) for block in page.blocks] == [
        (BlockKind.HEADING, "The bridge of Linz"),
        (BlockKind.PARAGRAPH, "A report by Reuters put the cost at 40 million euros.[^1]"),
        (BlockKind.QUOTE, "The council voted 12 to 3 against it, and the mayor resigned."),
        (BlockKind.ITEM, "The river is 300 metres wide by the survey."),
        (BlockKind.ITEM, "It is 2 * 3 metres deep."),
        (BlockKind.ITEM, "Year | Cost"),
        (BlockKind.ITEM, "2020 | 12 million"),
        (BlockKind.HEADING, "Setext"),
        (BlockKind.PARAGRAPH, "A hard break, and https://example.org/b."),
        (BlockKind.REFERENCE, "[^1]: City budget, [PDF](https://example.org/budget.pdf)."),
    ]
    assert [(link.href, link.mark, page.text[slice(*link.span)]) for link in page.links] == [
        ("https://www.reuters.com/world/x-1", "", "Reuters"),
        ("https://example.org/budget.pdf", "[^1]", "[^1]"),
        ("https://example.org/survey", "", "by the survey"),
        ("https://example.org/b", "", "https://example.org/b"),
        ("https://example.org/budget.pdf", "", "PDF"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("snake_case and 2 * 3 * 4 stay", "snake_case and 2 * 3 * 4 stay"),
        ("a ***very* old** bridge", "a very old bridge"),
        ("an [open bracket and a `tick", "an [open bracket and a `tick"),
        ("[not a link] (https://example.org)", "[not a link] (https://example.org)"),
        ("a [*nested* link](https://example.org/a_b_c)", "a nested link"),
        ("``a `tick` inside``", "a `tick` inside"),
        ("AT&amp;T rose 3&nbsp;%", "AT&amp;T rose 3&nbsp;%"),
        ("line one\r\nline two\r\n", "line one line two"),
        ("> > deep *words*", "deep words"),
        ("1. first\n   second line of it", "first second line of it"),
        ("<b>bold</b> words", "bold words"),
        ("## Closed ##", "Closed"),
        ("\ttabbed code", ""),
        ("text with ![a [nested] picture](b.png) in it", "text with in it"),
    ],
)
def test_words_of_a_block(text: str, words: str) -> None:
    page = read(f"{text}\n")
    assert " ".join(bare(page, *block.span) for block in page.blocks) == words


@pytest.mark.parametrize("sign", ["[", "*a ", "`", "> ", "- ", "|a", "&#1;", "<", "![", "\\", "[a](", "a\n", "_a_ "])
def test_a_text_of_signs_is_read_in_steps(sign: str) -> None:
    page = read("Words.\n\n" + sign * 200_000)
    assert page.text[slice(*page.blocks[0].span)] == "Words."


def test_what_is_longer_than_can_be_parsed_is_read_in_part() -> None:
    assert read("One *word*.\n\n" * 20_000).partial is Reason.TOO_LARGE
    assert read("One *word*.\n\n" * 200).partial is None


@pytest.mark.parametrize(
    ("depth", "partial"), [(20, None), (58, None), (61, Reason.TOO_LARGE), (900, Reason.TOO_LARGE)]
)
@pytest.mark.parametrize("sign", ["> ", "- "])
def test_what_is_nested_deeper_than_can_be_parsed_is_read_in_part(
    sign: str, depth: int, partial: Reason | None
) -> None:
    depth //= 1 if sign == "> " else 2  # a list and its item are two levels
    page = read(f"Words.\n\n{sign * depth}One word.\n")
    assert page.partial is partial
    assert page.text[slice(*page.blocks[0].span)] == "Words."


def test_a_row_that_is_shorter_than_its_head_keeps_its_words() -> None:
    text = f"|{'a|' * 3000}\n|{'-|' * 3000}\n" + "|x y|\n" * 20
    page = read_page(text.encode(), content_type="text/markdown")
    assert [page.text[slice(*block.span)] for block in page.blocks[1:]] == ["x y"] * 20


def test_a_first_sentence_that_ends_in_a_mark_is_no_title() -> None:
    text = "The bridge cost 4 million euros. [1]\n\n[1] https://a.example/1\n"
    assert read_page(text.encode(), content_type="text/markdown").title is None
