"""Every label has its looks and every reason all that follows from it, in one table and on every surface."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from claims.glossary import HAND_IN, LABELS, LASTING, OBSTACLES, PASSING, STRUCK_OUT, UNJUDGED, Obstacle, per_cent
from claims.records import Label, Reason

ROOT = Path(__file__).parent.parent
# Said of a source that is gone or closed: a copy may stand in.
COPIED = {"not_found", "deleted", "soft_404", "unreachable", "timeout", "bot_wall", "geo_block"}
# What its publisher sells, or has asked programs not to read; what we do not fetch for reasons of our own.
NEVER_COPIED = {"paywall", "robots", "refused_address", "too_large", "unsupported_type", "unresolved", "offline"}


@pytest.mark.parametrize("label", Label)
def test_every_label_has_its_looks_on_every_surface(label: Label) -> None:
    look = LABELS[label]
    assert all((look.word, look.symbol, look.letter, look.colour, look.tone, look.meaning))
    assert look.letter.isascii()
    desk = (ROOT / "review/static/desk.css").read_text("utf-8")
    assert desk.count(f".{look.tone} {{") + desk.count(f".{look.tone},") >= 2, "badges and bars"
    assert (ROOT / "review/static/colours.css").read_text("utf-8").count(f"--{look.tone}:") == 2, "light and dark"
    report = (ROOT / "review/static/report.css").read_text("utf-8")
    assert re.search(rf"^\.l-{label.value}\b.*--c: var\(--{look.tone}\)", report, re.MULTILINE)
    assert report.count(f"body:has(#f-{label.value}:checked)") == 4, "text, numbers, index and notes can be filtered"


def test_labels_are_told_apart_without_colour() -> None:
    looks = (*LABELS.values(), STRUCK_OUT, UNJUDGED)
    for name in ("word", "symbol", "letter"):
        assert len({getattr(look, name) for look in looks}) == len(looks), name


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_all_that_follows_from_it(reason: Reason) -> None:
    obstacle = OBSTACLES[reason]
    assert all(getattr(obstacle, field.name) not in ("", None) for field in fields(Obstacle))
    assert obstacle.todo == obstacle.todo.strip(" .")
    assert ("factdesk attach CLAIM FILE" in obstacle.todo) == (reason in HAND_IN)
    assert obstacle.rationale.startswith(f"{obstacle.sentence}; {obstacle.remedy}")
    assert "CLAIM" not in obstacle.rationale + obstacle.todo_for_article
    assert "recheck" not in obstacle.todo_for_article, "an article that could not be read is in no ledger"
    assert not obstacle.archived or reason.value not in NEVER_COPIED
    assert obstacle.archived or (reason.value not in COPIED and reason not in LASTING)


def test_what_a_reason_says_of_the_page() -> None:
    assert {*OBSTACLES} == {*Reason}
    assert {Reason.DELETED, Reason.NOT_FOUND, Reason.SOFT_404} == LASTING
    assert {*Reason} - LASTING - PASSING == {Reason.UNRESOLVED}


@pytest.mark.parametrize(
    ("share", "words"),
    [(1.0, "100 %"), (0.9999, "99 %"), (0.937, "94 %"), (0.614, "61 %"), (0, "0 %"), (None, "")],
)
def test_only_what_is_certain_is_a_hundred_per_cent(share: float | None, words: str) -> None:
    assert per_cent(share) == words
