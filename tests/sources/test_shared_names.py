"""Names that several papers bear: found only where it is clear which is meant."""

from __future__ import annotations

import pytest

from sources.outlets import load_outlets


@pytest.mark.parametrize(
    ("text", "page_outlet", "found"),
    [
        ("The Journal reported that the library was sold.", None, []),
        ("The Irish site The Journal reported it.", None, ["journal_ie"]),
        ("The Journal reported it.", "rte", ["journal_ie"]),
        ("The Journal reported it.", "wsj", []),
        ("TheJournal.ie had it first. The Journal reported that it was sold.", None, ["journal_ie"] * 2),
        ("The Dispatch reported that the council had met.", "nyt", []),
        ("The conservative site The Dispatch reported it.", None, ["thedispatch"]),
        ("The Nation magazine reported it.", None, ["thenation_us"]),
        ("The Observer reported that the airport had closed.", None, []),
        ("The Observer reported that it had kept the notes.", "bbc", ["guardian"]),
        ("The Sun reported it.", None, ["thesun"]),
        ("The Sun reported that the Baltimore school board had met.", None, []),
        ("The Sun told British readers of the Baltimore bridge, the Times reported.", None, ["thetimes"]),
        ("The Times reported it.", "nyt", []),
        ("The Times reported it.", "bbc", ["thetimes"]),
        ("Michael J. Fox said it.", None, []),
        # Letters that are short for another body of the text.
        ("The Palestinian Authority (PA) said it.", None, []),
        ("The trade union (TT) called a strike.", None, []),
        ("Armed Forces of the Philippines units met. The AFP said that it had won.", None, []),
        ("PTI said that it would march on Islamabad.", None, []),
        ("PARIS (AFP) - Alain Fabre Pellet, a senator, said it.", None, ["afp"]),
        ("Officials told AFP in Sydney, and an AFP reporter saw it.", None, ["afp"] * 2),
        ("The Press Association (PA) reported it.", None, ["pamedia"]),
        ("The National Broadcasting Company (NBC) said it.", None, ["nbcnews"]),
        ("Anna Frida Petersen told AFP that it rained.", None, ["afp"]),
        ("It rained (AP, Reuters).", None, ["ap", "reuters"]),
        ("The Times was first to name the suspect.", "bbc", ["thetimes"]),
        ("Time was first to reach the house.", None, []),
        ("According to Vox pops it was so.", None, []),
        ("According to Vox, it was so.", None, ["vox"]),
        ("Dawn, a Karachi daily, reported it.", None, ["dawn"]),
        ("Dawn, a sister of hers, said it.", None, []),
    ],
)
def test_a_shared_name(text: str, page_outlet: str | None, found: list[str]) -> None:
    assert [mention.outlet.id for mention in load_outlets().mentions(text, page_outlet)] == found
