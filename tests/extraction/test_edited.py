"""What an editor objected to when the claims of real pages were read: each rule with what must stay."""

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.records import Block, BlockKind, Page


def told(text, **page):
    claims = extract(Page(text=text, published="2025-01-20", **page), DIRECTORY).claims
    return [(claim.attribution and claim.attribution.speaker, claim.statement) for claim in claims]


SIGNED = "The bridge was closed in May.\nIt cost us $3 million.\n— Angela Fox, mayor of Leeds\nPeter Hall left."
KINDS = (BlockKind.QUOTE, BlockKind.QUOTE, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH)


def blocks(text, kinds):
    place, found = 0, []
    for line, kind in zip(text.split("\n"), kinds, strict=True):
        found.append(Block(kind=kind, span=(place, place + len(line))))
        place += len(line) + 1
    return tuple(found)


def test_a_name_behind_a_dash_signs_the_block_quotation_above_it():
    assert told(SIGNED, blocks=blocks(SIGNED, KINDS)) == [
        ("Angela Fox", "Angela Fox said: The bridge was closed in May."),
        ("Angela Fox", "Angela Fox said: It cost us $3 million."),
        (None, "Peter Hall left."),
    ]


def test_it_signs_paragraphs_in_quotation_marks_and_nothing_else():
    assert told("“The bridge was closed in May.”\n\n— Angela Fox")[0][0] == "Angela Fox"
    assert told("The bridge was closed in May.\n\n— Angela Fox")[0][0] is None
    assert told("“The bridge was closed in May.”\n\n— Angela Fox said so in Leeds on Monday.")[0][0] is None


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        # A quotation of several sentences that ends in the middle of one.
        (
            '"We want a bigger deal with China. Bigger than the little deal" announced in May, said Derek Scissors.',
            [
                ("Derek Scissors", "Derek Scissors said: “We want a bigger deal with China.”"),
                ("Derek Scissors", "Derek Scissors said: “Bigger than the little deal”"),
            ],
        ),
        # One that begins in the middle of a sentence and goes on in the next.
        (
            'Trump said that China "is going to have to make a deal that I like. If not, that\'s it for China."',
            [
                ("Trump", 'Trump said that China "is going to have to make a deal that I like."'),
                ("Trump", "Trump said: “If not, that's it for China.”"),
            ],
        ),
        (
            "Half of them say that “President Trump’s actions were wrong and he should be removed.”",
            [
                (
                    "Half of them",
                    "Half of them say that “President Trump’s actions were wrong and he should be removed.”",
                )
            ],
        ),
        # What is left of a frame is no claim.
        (
            '"We got the girl, we got the girl!" officers announced on their radios.',
            [("officers", "Officers announced: “We got the girl, we got the girl!”")],
        ),
        # Names: no half of a hyphenated word, no prefix for a verb, no second s.
        (
            "Democrats re-elected Governor John Bel Edwards.",
            [(None, "Democrats re-elected Governor John Bel Edwards.")],
        ),
        (
            "The neo-banks have promised that they will ease the pain.",
            [("neo-banks", "The neo-banks have promised that they will ease the pain.")],
        ),
        (
            "The Doobie Brothers, whose album sold 3 million copies, came to Leeds.",
            [
                (None, "The Doobie Brothers came to Leeds."),
                (None, "The Doobie Brothers' album sold 3 million copies."),
            ],
        ),
        (
            "CBS DFW reports the man was sentenced to life in prison.",
            [("CBS DFW", "CBS DFW reports the man was sentenced to life in prison.")],
        ),
        (
            "Summary: The diver Keetan Munsell won the state championship with a score of 409.30.",
            [(None, "Summary: The diver Keetan Munsell won the state championship with a score of 409.30.")],
        ),
        # Two reports in one sentence have a speaker each, but for what the first reports behind "that".
        (
            "Engineers said the dam was safe and villagers said the wall had leaked.",
            [
                ("Engineers", "Engineers said the dam was safe."),
                ("villagers", "Villagers said the wall had leaked."),
            ],
        ),
        (
            "The dam is sound, the council said, but drivers said the wall shook.",
            [
                ("council", "The dam is sound, the council said."),
                ("drivers", "Drivers said the wall shook."),
            ],
        ),
        (
            "Kern said the crew had left, while Lowe said nobody had.",
            [("Kern", "Kern said the crew had left."), ("Lowe", "Lowe said nobody had.")],
        ),
        (
            "The court said that the minister lied and that aides said nothing was wrong.",
            [
                ("court", "The court said that the minister lied."),
                ("court", "The court said that aides said nothing was wrong."),
            ],
        ),
        # The report at the end gives both clauses.
        (
            'Dispatch told the crew "it is a kitchen fire," but the caller had said no such thing, Dale Lind told us.',
            [
                (
                    "Dale Lind",
                    'Dispatch told the crew "it is a kitchen fire," but the caller had said no such thing, Dale Lind '
                    "told us.",
                )
            ],
        ),
        (
            "The ferry left early, but the crew had seen no ice, captain Dale Lind told the board.",
            [
                (
                    "Dale Lind",
                    "The ferry left early, but the crew had seen no ice, captain Dale Lind told the board.",
                )
            ],
        ),
        (
            "He had been told that “the file will not move”, inspector Dev Pillai deposed before the court.",
            [
                (
                    "Dev Pillai",
                    "He had been told that “the file will not move”, inspector Dev Pillai deposed before the court.",
                )
            ],
        ),
        ("Growth, Ann Hall argued, would be slower.", [("Ann Hall", "Growth, Ann Hall argued, would be slower.")]),
        # Who is "told" without anybody tells nothing.
        ("Owner knew of the crack, inquiry told", [(None, "Owner knew of the crack, inquiry told.")]),
        (
            "Farmer ‘moved boundary stones at night’, court told",
            [(None, "Farmer ‘moved boundary stones at night’, court told.")],
        ),
        (
            "Hall warned in a statement that, without the money, two libraries could close.",
            [("Hall", "Hall warned in a statement that, without the money, two libraries could close.")],
        ),
        # The subject behind the report is that of what was reported.
        (
            "The site was down, a notice said, and would be until May.",
            [(None, "The site was down, a notice said, and would be until May.")],
        ),
        # What a clause with a conjunction reports is not the sentence.
        (
            "Oil fell to 81 dollars after a newspaper said a refinery in Bandar had been hit, then gave up its losses.",
            [
                (
                    None,
                    "Oil fell to 81 dollars after a newspaper said a refinery in Bandar had been hit, then gave up its "
                    "losses.",
                )
            ],
        ),
        (
            "The tanker, which Kyiv says was carrying stolen grain and Moscow says was empty, sank off Kerch.",
            [
                (
                    None,
                    "The tanker, which Kyiv says was carrying stolen grain and Moscow says was empty, sank off Kerch.",
                )
            ],
        ),
        (
            "The owner, said to be a Cypriot lawyer, has not been found.",
            [(None, "The owner, said to be a Cypriot lawyer, has not been found.")],
        ),
        (
            "A rival, speaking on condition of anonymity, said the figure was wrong.",
            [(None, "A rival, speaking on condition of anonymity, said the figure was wrong.")],
        ),
        (
            "On the back of the photograph, Rees had written:\n\n“Only the goat came home.”",
            [("Rees", "Rees wrote: “Only the goat came home.”")],
        ),
        # Who was asked does not ask.
        (
            "Asked by this paper whether he would resign, Ann Hall sent a note:\n\n“I will stay here.”",
            [
                (None, "Asked by this paper whether he would resign, Ann Hall sent a note."),
                ("Ann Hall", "Ann Hall said: “I will stay here.”"),
            ],
        ),
        # A name that is a modal verb in small letters.
        ("Will Akande and Grace Short married in May.", [(None, "Will Akande and Grace Short married in May.")]),
        (
            "Ann Hall had asked her depot for a van and been refused one.",
            [
                (None, "Ann Hall had asked her depot for a van."),
                (None, "Ann Hall had been refused one."),
            ],
        ),
        # What a clause says beside a few quoted words is the article's.
        (
            "The bridge had cost 11 million euros, “a scandal”, as the local paper put it.",
            [(None, "The bridge had cost 11 million euros, “a scandal”, as the local paper put it.")],
        ),
        (
            "“If the vote is lost,” Ann Hall told reporters — she had just come in — “then it is lost.”",
            [
                (
                    "Ann Hall",
                    "“If the vote is lost,” Ann Hall told reporters — she had just come in — “then it is lost.”",
                )
            ],
        ),
        # Another first name is another person.
        (
            "Captain Hall died. Michael Hall was 58. “Nobody rang me,” said Greta Hall, the widow.",
            [
                (None, "Captain Hall died."),
                (None, "Michael Hall was 58."),
                ("Greta Hall", "Greta Hall said: “Nobody rang me”"),
            ],
        ),
    ],
)
def test_the_claims_read_as_an_editor_would_have_them(text, claims):
    assert told(text) == claims
