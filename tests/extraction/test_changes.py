"""Every difference of a statement against the article's words is one of its changes."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.extraction.standalone.differences import Note, differences
from claims.records import Change, Claim, Page

SAMPLE = Path(__file__).parent.parent.parent / "examples" / "inauguration" / "article.html"
SENTENCES = [
    html.unescape(re.sub(r"<[^>]+>", "", found)).strip()
    for found in re.findall(r"<p>(.*?)</p>", SAMPLE.read_text(encoding="utf-8"), re.DOTALL)
]
MADE_UP = """
Angela Fox, the mayor of Leeds, opened the bridge on Friday and thanked the crew. She had waited for it.
“We left early,” Peter Hall said. He added that the company had lost 3 percent.
The fund, whose manager was fired in May, lost $3 million; however, it has recovered.
Washington and the Taliban held talks. They were on the verge of a deal, officials said.
Paul Greer met Martin Stokes. He left on Monday, saying he would return.
-3 degrees were measured in Velden. The city was dark.
The report found that 12 people were killed and 40 injured. This angered the mayor.
Citing two officials, Reuters reported that Acme's plant would close. "It's over," he said.
""".strip().split("\n")


def words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[.,'’:/\-]\w+)*", text.lower().replace("’", "'"))


def applied(claim: Claim, text: str) -> str:
    """The claim's words in the article with its changes made."""
    made, place = "", 0
    pieces = sorted(claim.spans)
    joined, offsets = "", []
    for start, end in pieces:
        if joined:
            joined += " "
            offsets.append(end)
        offsets += range(start, end)
        joined += text[start:end]
    at = {offset: index for index, offset in reversed(list(enumerate(offsets)))}
    for change in claim.changes:
        start = at.get(change.span[0], at.get(change.span[0] - 1, len(joined) - 1) + 1)
        made += f"{joined[place:start]} {change.now} "
        place = start + len(change.was)
        assert joined[start:place] == change.was
    return made + joined[place:]


@settings(max_examples=60)
@given(st.lists(st.sampled_from([*SENTENCES, *MADE_UP]), min_size=1, max_size=5))
def test_the_changes_made_to_the_claims_words_give_the_statement(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    for claim in extract(Page(text=text, published="2025-01-20"), DIRECTORY).claims:
        assert words(applied(claim, text)) == words(claim.statement)
        assert all(change.reason for change in claim.changes)
        assert all(text[slice(*change.span)].startswith(change.was[:1]) for change in claim.changes)


@pytest.mark.parametrize(
    ("text", "statement", "notes", "expected"),
    [
        ("He left.", "He left.", (), ()),
        ("he left", "He left.", (), ()),
        ("He left", "Fox left.", (Note(span=(0, 2), now="Fox", reason="why"),), (("He", "Fox", True, "why"),)),
        (
            "He left",
            "He [Fox?] left.",
            (Note(span=(2, 2), now="[Fox?]", reason="why", sure=False),),
            (("", "[Fox?]", False, "why"),),
        ),
        (
            "Nobody came",
            "He [Fox?] said: Nobody came",
            (
                Note(span=(0, 0), now="[Fox?]", reason="open", sure=False),
                Note(span=(0, 0), now="He said", reason="why"),
            ),
            (("", "He", True, "why"), ("", "[Fox?]", False, "open"), ("", "said:", True, "why")),
        ),
        ("-3 degrees", "3 degrees.", (), (("-3", "3", True, "put so that the statement stands alone"),)),
    ],
)
def test_a_difference_says_what_was_put_for_what(text, statement, notes, expected) -> None:
    found = differences(text, ((0, len(text)),), statement, notes)
    assert tuple((one.was, one.now, one.sure, one.reason) for one in found) == expected


def test_a_suggestion_is_not_asked_of_a_judge() -> None:
    claim = Claim(
        article="a",
        text="He left with her",
        spans=((0, 16),),
        statement="Fox left with her [Hall?].",
        kind="event",
        checkable=True,
        changes=(
            Change(span=(0, 2), was="He", now="Fox", reason="why"),
            Change(span=(16, 16), was="", now="[Hall?]", sure=False, reason="why"),
        ),
    )
    assert claim.certain == "Fox left with her."
    assert claim.unsettled
    assert [text for text, change in claim.pieces if change is None] == [" left with her ", "."]
