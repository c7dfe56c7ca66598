"""PDFs in columns, with running heads, and with sentences that go on over a page."""
# ruff: noqa: E501  lines of text are kept whole

from __future__ import annotations

import pytest

from sources.page.page import read_page
from sources.page.pdf_process import Piece, with_raised_digits

Row = tuple[int, int, str]

LEFT = (
    "The auditors of Marlow County", "reviewed 41 contracts and found", "that the county paid 3.2 mil-",
    "lion dollars for buses that were", "never delivered to the town.",
)  # fmt: skip
RIGHT = (
    "Seven of the 22 hospitals have", "no burns unit. The health depart-", "ment closed two of them in 2019",
    "and sold the buildings for 9 mil-", "lion dollars without a tender.",
)  # fmt: skip
THIRD = (
    "The schools of the county lost", "a third of their pupils, and the", "board was told so in a letter of",
    "the head teachers, who had asked", "for 12 new buses in May of 2018.",
)  # fmt: skip
TABLE = (("Region", "Deaths", "Change"), *((name, "1,200", "3 %") for name in ("Marlow", "Brack", "Ferro", "Dorrit")))


def rows(*columns: tuple[str, ...], wide: int = 190) -> list[Row]:
    """Columns side by side, drawn line by line."""
    return [
        (40 + wide * place, 700 - 14 * line, words)
        for line, texts in enumerate(zip(*columns, strict=True))
        for place, words in enumerate(texts)
    ]


def drawn(pages: list[list[Row]]) -> bytes:
    """A PDF with each text at its place, written by hand: pypdf reads text but cannot draw it."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for page in pages:
        stream = "\n".join(f"BT /F1 11 Tf {x} {y} Td ({words}) Tj ET" for x, y, words in page)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R {fonts} >>")
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"
    data, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return f"{data}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def paragraphs(pages: list[list[Row]]) -> list[str]:
    page = read_page(drawn(pages), content_type="application/pdf")
    return [" ".join(page.text[slice(*block.span)].split()) for block in page.blocks]


ONE = "The auditors of Marlow County reviewed 41 contracts and found that the county paid 3.2 million dollars for buses that were never delivered to the town."
TWO = "Seven of the 22 hospitals have no burns unit. The health department closed two of them in 2019 and sold the buildings for 9 million dollars without a tender."
THREE = "The schools of the county lost a third of their pupils, and the board was told so in a letter of the head teachers, who had asked for 12 new buses in May of 2018."
HEAD = "A headline that stands over all of the columns of this page of the report"
PAGES = [
    (rows(LEFT, RIGHT, wide=270), [ONE, TWO]),
    (rows(LEFT, RIGHT, THIRD), [ONE, TWO, THREE]),
    ([(40, 740, HEAD), *rows(LEFT, RIGHT, wide=270)], [HEAD, ONE, TWO]),
    ([(40, 700 - 14 * n, line) for n, line in enumerate(LEFT)] + [(310, 700 - 14 * n, line) for n, line in enumerate(RIGHT)], [ONE, TWO]),
    # The cells of a table stay in their rows.
    (rows(*zip(*TABLE, strict=True)), ["Region Deaths Change Marlow 1,200 3 % Brack 1,200 3 % Ferro 1,200 3 % Dorrit 1,200 3 %"]),
]  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), PAGES)
def test_a_page_is_read_column_by_column(page: list[Row], expected: list[str]) -> None:
    assert paragraphs([page]) == expected


FULL = "The county of Marlow paid 3.2 million dollars for buses that the firm of"
NEXT = "Ann Berg had promised to the town for the first week of May last year."


@pytest.mark.parametrize(
    ("last", "first", "joined"),
    [
        ("It paid the firm of", "Ann Berg 3 million dollars.", True),
        ("It paid Ann Berg,", "Mayor of Linz, 3 million dollars.", True),
        ("It cost between 3 and", "4 million dollars.", True),
        (FULL, NEXT, True),
        (FULL[:-3], NEXT, True),
        ("It paid Ann Berg", "who had asked for it.", True),
        # A heading or a table at the break, and a sentence that is complete.
        ("Costs by year", "Ann Berg paid 3 million dollars.", False),
        (FULL[:-3], "What was paid", False),
        ("It paid the firm of Ann Berg.", "The firm had asked for it.", False),
        (f"{FULL[:-3]} paid.", NEXT, False),
    ],
)
def test_a_sentence_runs_over_into_a_page_that_begins_with_a_capital(last: str, first: str, joined: bool) -> None:
    pages = [[(40, 700, FULL + " it"), (40, 686, last)], [(40, 700, first), (40, 686, f"{FULL} it, too.")]]
    text = read_page(drawn(pages), content_type="application/pdf").text
    assert (f"{last}\n{first}" in text) == joined
    assert (f"{last}\n\n{first}" in text) != joined


def test_a_sentence_over_a_page_break_stays_one_and_the_running_head_goes() -> None:
    pages = [
        [(40, 760, f"Marlow County Audit 2024, page {n} of 4"), (40, 700, "The board was told that it had paid for"), (40, 686, "the buses, which were late, and that")]
        for n in range(1, 5)
    ]  # fmt: skip
    pages[-1].append((40, 672, "was all."))
    text = " ".join(paragraphs(pages))
    assert "page" not in text
    assert text.count("The board") == 4
    assert text.endswith("and that was all.")
    carried = [
        [(40, 700, "The county paid 3.2 million dollars for buses, which")],
        [(40, 700, "were never delivered. It asks why.")],
    ]
    assert paragraphs(carried) == [
        "The county paid 3.2 million dollars for buses, which were never delivered. It asks why."
    ]


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([("It rained.", 11, 700), (" 1", 7, 704), (" It snowed.", 11, 700)], "It rained.¹ It snowed."),
        (
            [("It rained.", 11, 700), ("\n", 11, 700), ("12", 7, 690), (" City budget", 11, 686)],
            "It rained.\n¹² City budget",
        ),
        ([("300 m", 11, 700), ("2", 7, 704), (" of wood", 11, 700)], "300 m² of wood"),
        # Below the line, as large as the words, or no number.
        ([("CO", 11, 700), ("2", 7, 697), (" fell", 11, 700)], "CO2 fell"),
        ([("It cost", 11, 700), (" 12", 11, 704), (" euros", 11, 700)], "It cost 12 euros"),
        ([("On 19", 11, 700), ("th", 7, 704), (" May", 11, 700)], "On 19th May"),
    ],
)
def test_small_digits_above_the_line_are_raised(pieces: list[Piece], text: str) -> None:
    assert with_raised_digits(pieces) == text
