"""Markup and invisible characters are no words of a claim; its spans lead to the words in the file."""

from __future__ import annotations

import pytest

from claims.extraction.bare_words import BareWords
from claims.extraction.extract import extract
from claims.records import Page
from sources.outlets import Outlets, load_outlets
from sources.page.page import read_page


@pytest.fixture(scope="module")
def outlets() -> Outlets:
    return load_outlets()


def claims_of(text: str, outlets: Outlets) -> list[tuple[str, str]]:
    page = read_page(text.encode(), content_type="text/markdown")
    found = extract(page, outlets)
    for claim in found.claims:
        assert claim.article == page.id
        assert claim.text == " ".join(page.text[start:end] for start, end in claim.spans)
        for change in claim.changes:
            assert 0 <= change.span[0] <= change.span[1] <= len(page.text)
    for said in found.attributions:
        for span in (*said.source_spans, *said.content_spans):
            assert page.text[slice(*span)].strip() == page.text[slice(*span)]
    return [(claim.text, claim.statement) for claim in found.claims]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The **bridge** cost [40 million](https://example.org/a) euros in 2023.",
         "The bridge cost 40 million euros in 2023"),
        ("> The council *voted* 12 to 3\n> against the bridge in May.",
         "The council voted 12 to 3 against the bridge in May"),
        ("- The `river` is 300 metres wide.", "The river is 300 metres wide"),
        ("The bri\u00addge cost\u200b 40 million euros in 2023.", "The bridge cost 40 million euros in 2023"),
    ],
)  # fmt: skip
def test_statements_have_no_markup(text: str, claim: str, outlets: Outlets) -> None:
    [(words, statement)] = claims_of(text + "\n", outlets)
    assert statement == f"{claim}."
    assert words.replace(" ", "") == claim.replace(" ", "")


def test_a_page_without_markup_is_left_as_it_is() -> None:
    page = Page(text="The river is 300 metres wide.")
    assert BareWords(page).page is page


def test_two_notes_with_stars_embrace_no_bold_words(outlets: Outlets) -> None:
    page = Page(text="Bread (**) and milk (**) cost 5 percent more.")
    assert [claim.statement for claim in extract(page, outlets).claims] == [page.text]


def test_a_quotation_with_emphasis_has_its_speaker(outlets: Outlets) -> None:
    text = 'Anna Berg, the mayor, said on Monday: "The *work* on the **bridge** goes on until 2027."\n'
    (_, statement), _ = claims_of(text, outlets)
    assert "The work on the bridge goes on until 2027" in statement
    assert statement.startswith("Anna Berg said")
