"""The hash chain: what it notices and what it does not mind."""

from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ledger.log.chain import GENESIS, SHORT, checked, digest, extend, first_break, stored_hash

ROWS = [{"kind": "claims", "row_id": f"c{n}", "digest": f"d{n}", "at": "2025-01-20", "run": None} for n in range(5)]


def chained() -> list[dict[str, object]]:
    return list(extend(GENESIS, 0, ROWS))


def test_a_chain_that_was_let_alone_holds() -> None:
    assert first_break(chained()) is None
    assert first_break([]) is None


def test_a_chain_goes_on_where_it_ended() -> None:
    first = list(extend(GENESIS, 0, ROWS[:2]))
    rest = list(extend(str(first[-1]["hash"]), 2, ROWS[2:]))
    assert first + rest == chained()


@pytest.mark.parametrize("column", ["row_id", "digest", "at", "kind", "run", "hash"])
@pytest.mark.parametrize("position", range(5))
def test_an_altered_entry_is_the_first_that_does_not_hold(column: str, position: int) -> None:
    entries = chained()
    entries[position] = {**entries[position], column: "altered"}
    broken = first_break(entries)
    assert broken is not None
    # An altered hash of the last entry shows there; of any other it also breaks the one after it, later.
    assert broken[0] == position + 1


def test_an_entry_taken_out_is_named() -> None:
    entries = chained()
    del entries[2]
    assert first_break(entries) == (3, "log row 3 is missing")


def stored() -> list[dict[str, object]]:
    """Two transactions of two entries and one of one, as they are stored."""
    rows = [{**row, "at": f"2025-01-2{number // 2}"} for number, row in enumerate(ROWS)]
    entries = list(extend(GENESIS, 0, rows))
    return [{**entry, "hash": stored_hash(entry, after)} for entry, after in zip_longest(entries, entries[1:])]


def test_the_hash_of_an_entry_is_stored_whole_at_the_beginning_and_at_the_end_of_a_transaction() -> None:
    entries = stored()
    assert [len(str(entry["hash"])) for entry in entries] == [64, 64, SHORT, 64, 64]
    wholes = [whole for _, whole, _ in checked(entries)]
    assert [whole.startswith(str(entry["hash"])) for whole, entry in zip(wholes, entries, strict=True)] == [True] * 5
    assert {len(whole) for whole in wholes} == {64}


@pytest.mark.parametrize(
    ("position", "change", "fault"),
    [
        (2, {"hash": "0" * SHORT}, (3, "log row 3 was altered, or a row before it was replaced")),
        (2, {"hash": ""}, (3, "log row 3 was altered, or a row before it was replaced")),
        (0, {"hash": stored()[0]["hash"][:SHORT]}, (1, "log row 1 was altered, or a row before it was replaced")),  # type: ignore[index]  # a text
        (1, {"hash": stored()[1]["hash"][:SHORT]}, (2, "log row 2 has only a part of its hash: it was altered")),  # type: ignore[index]  # a text
        (3, None, (3, "log row 3 is not the last of its transaction: others were removed")),
    ],
)
def test_a_part_of_a_hash_is_valid_within_a_transaction_only(
    position: int, change: dict[str, object] | None, fault: tuple[int, str]
) -> None:
    entries = stored()
    after = entries[position + 1 :] if change else []
    entries = [*entries[:position], *([{**entries[position], **change}] if change else []), *after]
    assert first_break(entries) == fault


def test_a_ledger_that_was_written_once_holds_with_every_later_version() -> None:
    row = {"text": "Žižek said “no”", "at": None, "kind": "claims"}
    assert digest(row) == "9a069da6f3bd5106b948c7e4c8fedab4f3c8e87ad2ed470fa9c0d82dbe54ce2d"
    assert [entry["hash"] for entry in extend(GENESIS, 0, [row])] == [
        "6725108ee3c2139b44392db67a900ab5c41b9964f85ec18038db0f078918c063"
    ]


def test_entries_cannot_change_places() -> None:
    entries = chained()
    entries[1], entries[2] = {**entries[2], "seq": 2}, {**entries[1], "seq": 3}
    assert first_break(entries) is not None


@given(st.dictionaries(st.text(max_size=5), st.one_of(st.none(), st.integers(), st.text(max_size=9)), max_size=6))
def test_a_digest_minds_values_not_order_nor_empty_columns(row: dict[str, object]) -> None:
    other = dict(reversed(list(row.items())))
    assert digest(row) == digest(other) == digest({**row, "added later": None})
    assert digest({**row, "x": 1}) != digest({**row, "x": 2})
