"""Who says it in a source's sentence that only mentions a claim's speaker."""

from __future__ import annotations

import pytest

from claims.records import Attribution, Page, SpeechMode
from claims.verification.speaking.speakers import SpeakerMatch, compare_speaker

STATEMENT = "Nina Aker said the ferry was unsafe."
SENTENCES = [
    ("Nina Aker said the ferry was unsafe.", "same", ""),
    ("Writing to Otto Brandt, Nina Aker said the ferry was unsafe.", "same", ""),
    ("The engineer, Nina Aker, said the ferry was unsafe.", "same", ""),
    ("Otto Brandt and Nina Aker said the ferry was unsafe.", "same", ""),
    ("The ferry was unsafe, Aker told the port.", "same", ""),
    ("The ferry was unsafe, said Sergeant Nina Aker of Brest police.", "same", ""),
    ("The ferry was unsafe, the port said, citing Nina Aker.", "same", ""),
    ("According to a report of Nina Aker, the ferry was unsafe.", "same", ""),
    # Who hears it.
    ("Nina Aker was told the ferry was unsafe, and said nothing.", "unknown", ""),
    ("Aker has since been assured by the port that the ferry was unsafe.", "unknown", ""),
    ("Nina Aker was handed a note that said the ferry was unsafe.", "unknown", ""),
    # Who has only to do with who says it.
    ("Nina Aker's sister said the ferry was unsafe.", "unknown", "Nina Aker's sister"),
    ("A sailor who knows Aker said the ferry was unsafe.", "unknown", "A sailor"),
    ("In a reply to Nina Aker, the port said the ferry was unsafe.", "unknown", "the port"),
    ("The yard that hired Nina Aker said the ferry was unsafe.", "unknown", "The yard"),
    ("Asked by Nina Aker, Otto Brandt said the ferry was unsafe.", "other", "Otto Brandt"),
    ("According to a rival of Nina Aker, the ferry was unsafe.", "unknown", "a rival of Nina Aker"),
]


@pytest.mark.parametrize(("sentence", "match", "teller"), SENTENCES)
def test_who_tells_it_beside_the_claims_speaker(sentence: str, match: str, teller: str) -> None:
    said = Attribution(speaker="Nina Aker", cue="said", mode=SpeechMode.INDIRECT)
    page = Page(text=sentence)
    assert compare_speaker(said, sentence, "", page, 0, STATEMENT) == (SpeakerMatch(match), teller)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [("The crew was warned that the ferry was unsafe.", True), ("The crew said the ferry was unsafe.", False)],
)
def test_a_speaker_without_a_name_may_be_told_it(sentence: str, *, told: bool) -> None:
    said = Attribution(speaker="crew", cue="said", mode=SpeechMode.INDIRECT)
    match, _ = compare_speaker(said, sentence, "", Page(text=sentence), 0, "The crew said the ferry was unsafe.")
    assert (match is SpeakerMatch.SAME) is not told


@pytest.mark.parametrize(
    ("page", "match"),
    [
        ("Nina Aker sat in silence. The owner said the ferry was unsafe.", "unknown"),
        ("Nina Aker was away. Her deputy said the ferry was unsafe.", "unknown"),
        ("Nina Aker met the owner. The owner said the ferry was unsafe.", "unknown"),
        ("Nina Aker, the owner of the yard, was away. The owner said the ferry was unsafe.", "same"),
        ("Inspector Nina Aker was away. The inspector said the ferry was unsafe.", "same"),
        ("The yard is run by owner Nina Aker. The owner said the ferry was unsafe.", "same"),
        ("Nina Aker has been the owner since May. The owner said the ferry was unsafe.", "same"),
        ("Nina Aker was away. She said the ferry was unsafe.", "same"),
    ],
)
def test_a_noun_is_the_claims_speaker_if_the_page_says_so(page: str, match: str) -> None:
    said = Attribution(speaker="Nina Aker", cue="said", mode=SpeechMode.INDIRECT)
    before, passage = page.split(". ")
    got, _ = compare_speaker(said, passage, f"{before}.", Page(text=page), len(before) + 2, STATEMENT)
    assert got is SpeakerMatch(match)
