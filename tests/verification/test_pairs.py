"""`factdesk verify`: rows in, rows out, in order, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from claims.errors import ClaimsError
from claims.verification.judges.load import load_judge
from claims.verification.pairs import verify_pairs

EVIDENCE = ["A missile strike on Dnipro killed 12 people on Sunday.", "Schools will stay closed."]


@pytest.mark.parametrize("name", ["embedded", "lexical"])
@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("A missile strike on Dnipro killed 12 people on Sunday.", "supported"),
        ("A missile strike on Dnipro killed 21 people on Sunday.", "refuted"),
        ("The orchestra of Vienna will tour Japan in spring.", "nei"),
    ],
)
def test_labels(name: str, claim: str, label: str) -> None:
    [answer] = verify_pairs([{"id": "x", "claim": claim, "evidence": EVIDENCE}], load_judge(name))
    assert answer["label"] == label
    assert list(answer) == ["id", "label", "p_supported", "p_refuted", "passage"]
    if label != "nei":
        assert answer["passage"] in " ".join(EVIDENCE)


def test_order_is_kept_over_batches() -> None:
    rows = [{"id": number, "claim": f"Claim {number}.", "evidence": [f"Claim {number}."]} for number in range(23)]
    answers = verify_pairs(rows, load_judge("lexical"), batch=4)
    assert [answer["id"] for answer in answers] == list(range(23))


def test_memory_holds_one_batch_only() -> None:
    taken = 0

    def rows() -> Iterator[dict[str, object]]:
        nonlocal taken
        while True:
            taken += 1
            yield {"id": taken, "claim": "A claim.", "evidence": ["A text."]}

    answers = verify_pairs(rows(), load_judge("lexical"), batch=8)
    for _ in range(16):
        next(answers)
    assert taken == 16


@pytest.mark.parametrize("evidence", [[], [""], ["…"]])
def test_no_evidence_is_no_information(evidence: list[str]) -> None:
    [answer] = verify_pairs([{"id": 1, "claim": "A claim.", "evidence": evidence}], load_judge("lexical"))
    assert answer["label"] == "nei"


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ({"id": 1, "evidence": ["a"]}, '"claim"'),
        ({"id": 1, "claim": "", "evidence": ["a"]}, '"claim"'),
        ({"id": 1, "claim": 3, "evidence": ["a"]}, '"claim"'),
        ({"id": 1, "claim": "a"}, '"evidence"'),
        ({"id": 1, "claim": "a", "evidence": [1]}, '"evidence"'),
        ([1, 2], "object"),
    ],
)
def test_a_bad_row_is_named_by_its_line(row: object, named: str) -> None:
    good = {"id": 0, "claim": "a", "evidence": ["a"]}
    with pytest.raises(ClaimsError, match=f"line 2.*{named}"):
        list(verify_pairs([good, row], load_judge("lexical")))  # type: ignore[list-item]  # that is the point


@pytest.mark.parametrize("batch", [1, 2, 64])
def test_rows_before_a_bad_one_are_answered_first(batch: int) -> None:
    good = {"id": 0, "claim": "Claim.", "evidence": ["Claim."]}
    answers = verify_pairs([good, good, {"id": 2}, good], load_judge("lexical"), batch=batch)
    assert [next(answers)["label"] for _ in range(2)] == ["supported", "supported"]
    with pytest.raises(ClaimsError, match="line 3"):
        next(answers)


def test_rows_before_the_reading_fails_are_answered_first() -> None:
    def rows() -> Iterator[dict[str, object]]:
        yield {"id": 0, "claim": "Claim.", "evidence": ["Claim."]}
        raise OSError("the disk is gone")

    answers = verify_pairs(rows(), load_judge("lexical"))
    assert next(answers)["id"] == 0
    with pytest.raises(OSError, match="disk"):
        next(answers)


@pytest.mark.parametrize(
    ("claim", "evidence", "supported"),
    [
        ('She named a "serious wiring issue in the axle".', 'She named a "serious brake issue in the axle".', False),
        ('She named a "serious brake issue in the axle".', 'She named a "serious brake issue in the axle".', True),
        ("The officials have launched an inquiry.", "The officials have not launched an inquiry.", False),
    ],
)  # fmt: skip
def test_an_altered_quotation_or_a_denial_is_not_supported(claim: str, evidence: str, *, supported: bool) -> None:
    for name in ("embedded", "lexical"):
        [answer] = verify_pairs([{"id": 1, "claim": claim, "evidence": [evidence]}], load_judge(name))
        assert (answer["label"] == "supported") is supported, name
