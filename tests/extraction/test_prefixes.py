"""Claims of a text do not depend on what follows its end: for texts of real paragraphs, cut between any two."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_directory import DIRECTORY

from benchmarks import common, prefixes

ROOT = Path(__file__).parent.parent.parent
SAMPLE = (ROOT / "examples" / "inauguration" / "article.html").read_text(encoding="utf-8")
PARAGRAPHS = [
    html.unescape(re.sub(r"<[^>]+>", "", found)).strip() for found in re.findall(r"<p>(.*?)</p>", SAMPLE, re.DOTALL)
]
# Who is called how, who "he" is, and whose words go on: made so that one paragraph could change another.
MADE_UP = """
National security adviser Mike Waltz met Senator Ted Cruz. He said that the talks had failed.
Waltz said the bridge was closed. Waltz said so twice. Waltz told CNN that it cost $3 billion.
Ted Cruz and Heidi Cruz came to Leeds. Mrs. Cruz said that the talks had failed.
Cruz opened the plant in May. He hired 300 people, and he told Reuters that more would follow.
“We left early,” Waltz said. “It was over.”
“It began well,” said Angela Fox, the mayor of Leeds. She added that the city had paid 3 percent more.
“The fund lost 40 percent. It has not recovered since.
“It never will,” Peter Hall added.
“Nobody was told.”
Fox opened the bridge. The mayor said that she had waited for it, and that the company had not.
Morgan said that it was late. Morgan, a bank, had paid $3 million.
Piers Morgan came on Friday. He left on Monday.
Kim left the company in March. She said that she would return.
Kim Jones, the chairman of Acme, said that he had been told on Tuesday. The company denied it.
According to Acme, the city has paid. It said so in a statement on Thursday.
The report found:
- The plant was closed in May.
WALLACE: The president said that the tax was cut by 4 percent, didn’t he?
Putin congratulates Trump on his inauguration, saying Russia is open for dialogue.
— RT (@RT_com) January 20, 2025
A translation of the speech reads as follows:
"We hear his statements. We welcome them."
The Russian leader said Moscow had never refused. Hillary Clinton did not answer; her spokesman said she was away.
Clinton said that she had answered. Bill Clinton had not.
""".strip().split("\n")
# A quotation that nothing closes, and further on in the text another one.
UNCLOSED = [
    "Parts of a meeting of the security council were shown on Russian television. “We are ready for talks on any "
    "terms,” Putin told the council.",
    "“The fund lost 40 percent. It has not recovered since.",
    "Russian President Vladimir Putin congratulated the new US president on Monday.",
    '"We hear his statements. We welcome them."',
]
TEXTS = st.lists(st.sampled_from([*PARAGRAPHS, *MADE_UP]), min_size=2, max_size=9)


def test_the_pool_has_the_sample_s_paragraphs():
    assert len(PARAGRAPHS) > 10
    assert any("Putin" in paragraph for paragraph in PARAGRAPHS)


@settings(max_examples=50)
@given(TEXTS, st.data(), st.sampled_from(["\n", "\n\n"]))
@example(MADE_UP[:4], None, "\n")
@example([MADE_UP[0], *MADE_UP[1:2] * 3, MADE_UP[2]], None, "\n\n")
@example([MADE_UP[12], MADE_UP[13]], None, "\n\n")
@example(UNCLOSED, 2, "\n")
# Lines of one length that end with their sentences are paragraphs, and no lines of one.
@example([*[MADE_UP[17]] * 4, MADE_UP[0]], 1, "\n")
def test_claims_do_not_depend_on_what_follows_the_end(paragraphs, data, joint) -> None:
    text = joint.join(paragraphs)
    count = data or 1
    if not isinstance(count, int):
        count = data.draw(st.integers(1, len(paragraphs) - 1))
    cut = len(joint.join(paragraphs[:count]))
    end = prefixes.settled(text, cut)
    alone = prefixes.compared(prefixes.claims(text[:cut], DIRECTORY), end)
    assert prefixes.compared(prefixes.claims(text, DIRECTORY), end) == alone


@pytest.mark.parametrize(
    ("before", "after", "settled"),
    [
        ("Waltz came.\nHe left.", "Cruz stayed.", "Waltz came.\nHe left."),
        # The signature of a post, and a quotation whose speaker comes after it, are waited for.
        ("Waltz came.\nPutin congratulates Trump.", "— RT (@RT_com) January 20, 2025", "Waltz came.\n"),
        ("Waltz came.\nHe left.\n“It is over.", "“It never began,” Fox said.", "Waltz came.\n"),
    ],
)
def test_what_may_look_ahead_is_bounded(before, after, settled) -> None:
    assert before[: prefixes.settled(f"{before}\n{after}", len(before))] == settled


def test_a_change_would_be_seen() -> None:
    """The measure itself: a post whose signature follows is counted as changed, and as waited for."""
    text = f"{MADE_UP[0]}\nPutin congratulates Trump on his inauguration.\n— RT (@RT_com) January 20, 2025"
    total, different, ahead = prefixes.changed(text, DIRECTORY, shares=(0.6,))
    assert (total, different, ahead) == (4, 1, 1)


@pytest.mark.long
def test_claims_of_real_pages_do_not_depend_on_what_follows(data_folder) -> None:
    pages = [row["articleBody"] for row in common.rows(data_folder / "pages" / "gold.jsonl.gz")]
    counts = [prefixes.changed(page, DIRECTORY, shares=(0.1, 0.5)) for page in pages[::6]]
    assert sum(total for total, _, _ in counts) > 300
    assert sum(different - ahead for _, different, ahead in counts) == 0
