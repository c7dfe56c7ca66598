"""The whole checks as pairs for the fit: what is asked of the page, and the half that is kept out."""

from __future__ import annotations

from benchmarks.whole_checks import rows
from benchmarks.whole_pairs import fitted_rows, pairs_of


def test_the_statement_is_the_one_that_a_check_asks_the_page() -> None:
    ids = ("health-speaker", "econ-number")
    some = {row["id"]: list(pairs_of(row)) for row in rows("dev") if row["id"] in ids}
    [said], [changed] = some["health-speaker"], some["econ-number"]
    assert said["claim"] == "Three wards had been closed after an outbreak of norovirus."
    assert said["evidence"][0] == "Three wards have been closed after an outbreak of norovirus."
    assert (said["label"], changed["label"]) == ("supported", "refuted")
    assert said["extra"]["case_id"] == "health-speaker"


def test_the_last_halves_are_kept_out_of_the_fit() -> None:
    assert {row["half"] for row in rows()} - {row["half"] for row in fitted_rows()} == {"third", "fourth", "fifth"}
