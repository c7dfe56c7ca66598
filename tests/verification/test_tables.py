"""A number of a table belongs to its row and its column."""

from __future__ import annotations

import pytest

from claims.verification.rules.quantities import compare

MARKED = "Votes by ward | 2019 | 2023\nAlder | 1,204 | 1,350\nTessel Bay | 870 | 902"
JOINED = " ".join(MARKED.split())
BARE = "The wards in figures. Ward 2019 2023 Alder 1,204 1,350 Tessel Bay 870 902"


@pytest.mark.parametrize("table", [MARKED, JOINED, BARE])
@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Alder had 1,350 votes in 2023.", True),
        ("Alder had 1,204 votes in 2019.", True),
        ("Alder had 1,204 votes in 2023.", False),
        ("Tessel Bay had 1,350 votes in 2023.", False),
        ("In 2023 Tessel Bay had 902 votes.", True),
        ("Alder had 1,204 votes.", True),
    ],
)
def test_a_cell_is_read_with_its_labels(table: str, claim: str, expected: bool) -> None:
    assert next(finding.agrees for finding in compare(claim, table) if finding.kind == "count") is expected


@pytest.mark.parametrize(
    ("claim", "table"),
    [
        ("Corrin had 1,350 votes in 2023.", MARKED),
        ("Alder had 1,351 votes.", "Votes in thousands | 2019 (000s) | 2023 (000s)\nAlder | 1.2 | 1.4"),
        ("Alder had 9 votes in 2023.", "In 2019 and 2023 Alder was asked."),
    ],
)
def test_no_clash_where_no_cell_is_named(claim: str, table: str) -> None:
    assert not any(finding.agrees is False for finding in compare(claim, table))


@pytest.mark.parametrize(
    ("header", "expected"), [("Jobless, June (%)", False), ("Jobless, June (in percent)", False), ("Jobless (2)", None)]
)
def test_a_percentage_in_the_header(header: str, expected: bool | None) -> None:
    table = f"Ward | {header}\nAlder | 7.4\nTessel Bay | 5.1"
    [found] = [one for one in compare("Jobless in Tessel Bay: 7.4 percent in June.", table) if one.kind == "percent"]
    assert found.agrees is expected
