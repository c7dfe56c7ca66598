"""The terminal: readable at 80 and 120 columns, without colour, in a pipe, and against hostile text."""

from __future__ import annotations

import dataclasses
import io
import re

import pytest
from rich.console import Console

from claims.display.text import clean, short, shown_day
from claims.display.wording import focus, who_and_where
from claims.glossary import LABELS
from claims.records import Label, Reason
from flows.show.advice import advice, unread
from flows.show.plain import check_lines
from flows.show.table import print_check, print_claims, totals, verdict_table
from sources.outlets import load_outlets

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def shown(check, *, width: int = 120, terminal: bool = True, encoding: str = "utf-8") -> str:
    """What a terminal of this width (or a file) receives."""
    bytes_out = io.BytesIO()
    stream = io.TextIOWrapper(bytes_out, encoding=encoding, write_through=True)
    print_check(check, Console(file=stream, width=width, force_terminal=terminal))
    return bytes_out.getvalue().decode(encoding)


def claims_only(check, *, terminal: bool) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=80, force_terminal=terminal)
    print_claims(check.article, check.extraction, console)
    return stream.getvalue()


def with_verdicts(check, *pairs: tuple[Label, bool]):
    """A check of as many claims as there are (label, needs review) pairs."""
    verdicts = tuple(
        dataclasses.replace(old, label=label, needs_review=review, quote=None)
        for old, (label, review) in zip(check.verdicts, pairs, strict=False)
    )
    claims = check.extraction.claims[: len(pairs)]
    extraction = dataclasses.replace(check.extraction, claims=claims)
    return dataclasses.replace(check, extraction=extraction, verdicts=verdicts)


@pytest.mark.parametrize(
    ("pairs", "line"),
    [
        ([], "no claims"),
        ([(Label.SUPPORTED, False)], "1 claim: 1 supported"),
        ([(Label.SUPPORTED, True)], "1 claim: 1 supported; 1 needs review"),
        (
            [(Label.SOURCE_UNAVAILABLE, False), (Label.SUPPORTED, False), (Label.SUPPORTED, True)],
            "3 claims: 2 supported, 1 unavailable; 1 needs review",
        ),
        (
            [(Label.NOT_IN_SOURCE, True), (Label.NO_SOURCE, True), (Label.NOT_CHECKABLE, False)],
            "3 claims: 1 not in the source, 1 without a source, 1 not checkable; 2 need review",
        ),
    ],
)
def test_totals(check, pairs, line):
    assert totals(with_verdicts(check, *pairs)) == line


def test_totals_count_every_claim_once(check):
    numbers = [int(number) for number in re.findall(r"\d+", totals(check).split(":")[1].split(";")[0])]
    assert sum(numbers) == len(check.extraction.claims)


@pytest.mark.parametrize("width", [60, 80, 99, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(check, width):
    lines = ANSI.sub("", shown(check, width=width)).splitlines()
    assert max(len(line.rstrip()) for line in lines) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_every_claim_stands_there_in_reading_order_with_label_and_confidence(check, width):
    text = ANSI.sub("", shown(check, width=width))
    places = [text.index(LABELS[verdict.label].word) for verdict in check.verdicts[:9]]
    assert places == sorted(places)
    assert "97 %" in text
    assert text.count("review") >= 2


def test_labels_are_told_apart_without_colour():
    assert len({look.symbol for look in LABELS.values()}) == len(Label)
    assert len({look.letter for look in LABELS.values()}) == len(Label)
    assert all(look.letter.isascii() for look in LABELS.values())
    assert set(LABELS) == set(Label)


def test_the_label_has_its_colour_in_a_terminal(check):
    assert re.search(r"\x1b\[1;31m✗ contradicted", shown(check))


def test_a_stream_that_knows_ascii_only_gets_letters_and_no_error(check):
    cells = verdict_table(check, ascii_only=True).columns[1].cells
    assert str(next(iter(cells))).startswith("+ supported")
    assert "Putin said Moscow was ?open to a dialog" in shown(check, encoding="ascii", terminal=False)


def test_a_pipe_gets_plain_lines(check):
    text = shown(check, terminal=False, width=40)
    assert "\x1b" not in text
    assert not set(text) & set("─│┌└━┃")
    assert "  3  contradicted       93 %  review  reuters.com\n" in text
    assert text.endswith(totals(check) + "\n")


def test_the_deciding_passage_is_the_one_with_the_labels_stance(check):
    lines = list(check_lines(check))
    assert "     > “Some 600 guests watched the oath under the dome of the Rotunda.”" in lines
    assert any("slipped 3%" in line and "rose 1 percent" in line for line in lines)
    assert any(line.startswith("     > nearest: “Putin spoke") for line in lines)


def test_unread_sources_come_with_the_reason_and_a_command_that_can_be_run(check):
    text = shown(check, terminal=False)
    claim = check.extraction.claims[3].id[:8]
    assert "nytimes.com                 paywall: 402 Payment Required" in text
    assert f"read it yourself and attach it: factdesk attach {claim} FILE" in text
    assert "only a part could be read: paywall" in text
    assert [one.name for one in unread(check)] == [
        "nytimes.com",
        "The Wall Street Journal",
        "bbc.com",
        "@RT_com",
    ]


def test_outlets_go_by_their_names_where_the_directory_knows_them(check):
    lines = "\n".join(check_lines(check, outlets=load_outlets()))
    assert "  1  supported          97 %          Reuters\n" in lines
    assert "The New York Times          paywall" in lines
    assert "BBC                         not found" in lines
    assert "  5  not in source      85 %          Putin  The Wall Street Journal\n" in lines


def test_a_source_that_was_not_cited_for_it_is_marked(check):
    lines = list(check_lines(check, outlets=load_outlets()))
    assert "  6  misattributed      88 %  review  Dmitry Peskov  Reuters (not cited)" in lines


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2025-01-20T19:40:00+00:00", "2025-01-20"), ("2025-01-20", "2025-01-20"), ("yesterday", "yesterday"), (None, "")],
)
def test_day(published, expected):
    assert shown_day(published) == expected


def test_a_source_that_speaks_for_itself_is_named_once(check):
    claim = check.extraction.claims[4]
    said = dataclasses.replace(claim.attribution, speaker="The Wall Street Journal")
    assert who_and_where(dataclasses.replace(claim, attribution=said), None, None, "  ") == "The Wall Street Journal"
    assert who_and_where(claim, None, None, "  ") == "Putin  The Wall Street Journal"


@pytest.mark.parametrize(
    ("passage", "claim", "length", "expected"),
    [
        ("It fits.", "anything", 20, "It fits."),
        (
            "The sun shone. About 600 guests came. Tea was had.",
            "About 900 guests came",
            30,
            "… About 600 guests came. Tea…",
        ),
        ("“We agree.” They left early.", "they left", 20, "… They left early."),
        ("The U.S. team came late to the hall today.", "unrelated words", 20, "The U.S. team came…"),
        ("One two three four five six.", "six", 12, "One two…"),
    ],
)
def test_focus_starts_at_the_sentence_that_is_nearest_to_the_claim(passage, claim, length, expected):
    assert focus(passage, claim, length) == expected
    assert len(focus(passage, claim, length)) <= length


def test_the_advice_names_the_command_for_the_claim():
    assert advice(Reason.PAYWALL) == "read it yourself and attach it: factdesk attach CLAIM FILE"
    assert advice(Reason.PAYWALL, "0123456789abcdef") == "read it yourself and attach it: factdesk attach 01234567 FILE"


def test_the_desks_own_words_replace_ours(check):
    assert "Falsch" in "\n".join(check_lines(check, scale={"contradicted": "Falsch"}))


@pytest.mark.parametrize("terminal", [True, False])
def test_hostile_text_moves_no_cursor_and_is_no_markup(hostile, terminal):
    text = shown(
        hostile("\x1b[2J\x1b]0;owned\x07[bold red]bold[/] [link=http://x]y[/link] \u202eevil\r\n"),
        terminal=terminal,
    )
    assert "\x1b[2J" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "\r" not in text
    assert "[bold" in text


def test_an_article_without_claims_says_so(check):
    empty = dataclasses.replace(
        check,
        extraction=dataclasses.replace(check.extraction, claims=(), notes=("the text is not English",)),
        verdicts=(),
        readings=(),
    )
    for terminal in (True, False):
        text = ANSI.sub("", shown(empty, terminal=terminal))
        assert "the text is not English" in text
        assert text.rstrip().endswith("no claims")


@pytest.mark.parametrize("terminal", [True, False])
def test_claims_alone(check, terminal):
    text = ANSI.sub("", claims_only(check, terminal=terminal))
    assert "not checkable: forecast" in text
    assert "ABC News" in text
    assert text.rstrip().endswith("10 claims, 9 checkable, 3 with a speaker, 8 with a source")


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("a few words", 40, "a few words"),
        ("a few words more", 12, "a few words…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("one,\n two", 40, "one, two"),
        ("", 10, ""),
    ],
)
def test_short_cuts_at_a_word(text, length, expected):
    assert short(text, length) == expected
    assert len(short(text, length)) <= length


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\tb\n\nc", "a b c"), ("\x1b[31mred", "[31mred"), ("\u2066x\u2069", "x"), ("ß “é”", "ß “é”")],
)
def test_clean(text, expected):
    assert clean(text) == expected


def test_a_detail_that_only_repeats_the_reason_is_left_out(check):
    def why(detail: str) -> str:
        source = dataclasses.replace(check.readings[1].source, detail=detail)
        reading = dataclasses.replace(check.readings[1], source=source)
        return unread(dataclasses.replace(check, readings=(reading,)))[0].why

    assert why("") == "paywall"
    assert why("Paywall") == "paywall"
    assert why("status 402") == "paywall: status 402"
    part = dataclasses.replace(check.readings[2].source, detail="only the free part (paywall)")
    reading = dataclasses.replace(check.readings[2], source=part)
    assert unread(dataclasses.replace(check, readings=(reading,)))[0].why == "only a part could be read: paywall"
