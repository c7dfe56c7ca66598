from __future__ import annotations

import pytest
from small_directory import DIRECTORY

from claims.extraction.extract import extract
from claims.records import Block, BlockKind, Citation, CitationKind, Claim, Link, Page, Post

LINK, OUTLET, BROADCAST, POST, DOCUMENT = (
    CitationKind.LINK,
    CitationKind.OUTLET,
    CitationKind.BROADCAST,
    CitationKind.POST,
    CitationKind.DOCUMENT,
)


def claims(page: Page | str) -> list[Claim]:
    return list(extract(Page(text=page) if isinstance(page, str) else page, DIRECTORY).claims)


def kinds(claim: Claim) -> list[tuple[CitationKind, str | None]]:
    return [(citation.kind, citation.outlet) for citation in claim.citations]


NAMED = [
    ("The army left the city in May, Reuters reported.", [(OUTLET, "reuters")]),
    ("According to The Wall Street Journal, the army left the city in May.", [(OUTLET, "wsj")]),
    ("The army left the city in May, the governor told TASS.", [(OUTLET, "tass")]),
    ("Mike Waltz told ABC News that talks were under way.", [(BROADCAST, "abcnews")]),
    ("In an interview with CNN, Mike Waltz said that talks were under way.", [(BROADCAST, "cnn")]),
    ("The governor said the army left the city, according to a report by the ministry.", [(DOCUMENT, None)]),
    ("The ministry said in a statement that the army left the city in May.", [(DOCUMENT, None)]),
    ("The report found that 300 people had died in the fire.", [(DOCUMENT, None)]),
    # Nothing is cited: an outlet that is only spoken of, a report that is only an object.
    ("CNN was sued by the governor in May.", []),
    ("The army left the city in May.", []),
    ("The mayor read the report in May.", []),
    ("This report found that 300 people had died in the fire.", []),
    ("WASHINGTON (Reuters) - The army left the city in May.", [(CitationKind.OUTLET, "reuters")]),
    ("TASHKENT, TASS - The army left the city in May.", [(OUTLET, "tass")]),
    ("The army left the city in May, a general admitted to TASS.", [(OUTLET, "tass")]),
    ("A hacker admitted to robbing TASS in May.", []),
    ("The army left the city in May, reported the Moscow daily TASS.", [(OUTLET, "tass")]),
    ("The memo, a copy of which was given to TASS, names 14 towns.", [(OUTLET, "tass")]),
    ("Reuters established that the army left the city in May.", [(OUTLET, "reuters")]),
    ("The army left the city in May, a former Reuters editor said.", []),
    ("The Ray Office (TASS), said that the army left the city.", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_the_named_sources_of_a_claim(text: str, expected: list[tuple[CitationKind, str | None]]) -> None:
    assert kinds(claims(text)[0]) == expected


def test_an_outlet_does_not_cite_itself() -> None:
    page = Page(text="The army left the city in May, Reuters reported.", outlet="reuters")
    assert claims(page)[0].citations == ()


def test_a_colon_hands_its_source_down_to_the_block_after_it_and_no_further() -> None:
    text = (
        "More remarks via The Wall Street Journal:\n"
        "Trump has been skeptical of aid, and has called for a truce. Putin said the war would end.\n"
        "The army left the city in May."
    )
    found = claims(text)
    assert [kinds(claim) for claim in found] == [[(OUTLET, "wsj")]] * 3 + [[]]


def test_the_items_of_a_list_share_what_its_first_line_names() -> None:
    found = claims("The report found:\n- unemployment fell by 3 percent in 2024\n- inflation rose to 4 percent\n")
    assert [kinds(claim) for claim in found] == [[(DOCUMENT, None)]] * 2


def test_the_same_speaker_goes_on_with_the_interview_in_the_next_paragraph() -> None:
    text = (
        'Mike Waltz told ABC News that "the preparations are underway" for a meeting.\n'
        '"I do expect a call in the coming days," Waltz said.\n'
        "The army left the city in May.\n"
        '"We will see what comes of it then," Waltz said.'
    )
    found = claims(text)
    assert kinds(found[0]) == [(BROADCAST, "abcnews")]
    assert kinds(found[1]) == [(BROADCAST, "abcnews")]
    assert [kinds(claim) for claim in found[2:]] == [[], []]


def test_another_speaker_does_not_take_the_interview_over() -> None:
    text = 'Mike Waltz told ABC News that talks were near. "That is not true at all," Angela Fox said.'
    assert [kinds(claim) for claim in claims(text)] == [[(BROADCAST, "abcnews")], []]


def test_a_post_in_plain_text_is_cited_by_handle_and_date() -> None:
    text = (
        "Putin congratulates Trump on his inauguration in Moscow pic.twitter.com/VuwPNeyF0k\n"
        "— RT (@RT_com) January 20, 2025\n"
        "The army left the city in May."
    )
    post, other = claims(text)
    (citation,) = post.citations
    assert (citation.kind, citation.handle, citation.date) == (POST, "RT_com", "2025-01-20")
    assert "pic.twitter" not in post.statement
    assert other.citations == ()


def test_an_embedded_post_is_cited_by_its_address() -> None:
    text = "The army left the city.\n\nThe talks failed in Geneva on Monday.\n"
    start = text.index("The talks")
    post = Post(
        handle="RT_com",
        text=text[start:-1],
        span=(start, len(text) - 1),
        date="2025-01-20",
        url="https://x.com/RT_com/status/1",
    )
    found = claims(Page(text=text, posts=(post,), blocks=(Block(kind=BlockKind.POST, span=post.span),)))
    assert [claim.citations[0].url for claim in found if claim.citations] == ["https://x.com/RT_com/status/1"]


def linked(text: str, words: str, href: str, **more: str) -> list[Claim]:
    start = text.index(words)
    return claims(Page(text=text, links=(Link(span=(start, start + len(words)), href=href),), **more))  # type: ignore[arg-type]  # only texts are handed on


def test_a_link_belongs_to_the_claim_whose_words_carry_it() -> None:
    text = "The company, which was founded in 1998, hired 300 people in Leeds."
    found = {claim.text: claim.citations for claim in linked(text, "hired 300 people", "https://www.reuters.com/a")}
    assert [c.url for c in found["The company hired 300 people in Leeds"]] == ["https://www.reuters.com/a"]
    assert found["The company was founded in 1998"] == ()


def test_a_linked_outlet_is_one_source_for_the_whole_sentence() -> None:
    text = "Reuters reported that the bridge was closed and two people were hurt."
    found = linked(text, "Reuters", "https://www.reuters.com/a")
    assert [[(c.kind, c.outlet, c.url) for c in claim.citations] for claim in found] == [
        [(LINK, "reuters", "https://www.reuters.com/a")]
    ] * len(found)


@pytest.mark.parametrize(
    ("words", "href", "kinds"),
    [
        ("Reuters reported", "https://copies.example/bridge", [LINK]),
        ("reported on Monday", "https://copies.example/bridge", [LINK]),
        # A name alone may be linked to a page on the outlet, and links to the own site lead to its topics.
        ("Reuters", "https://encyclopedia.example/reuters", [LINK, CitationKind.OUTLET]),
        ("Reuters reported", "https://www.wsj.com/topics/reuters", [CitationKind.OUTLET]),
        ("the bridge was closed", "https://copies.example/bridge", [LINK, CitationKind.OUTLET]),
    ],
)
def test_a_link_to_an_outlet_s_report_is_that_report(words: str, href: str, kinds: list[CitationKind]) -> None:
    text = "The council said that the bridge was closed, Reuters reported on Monday."
    [claim] = linked(text, words, href, url="https://www.wsj.com/a", outlet="wsj")
    assert [citation.kind for citation in claim.citations] == kinds


@pytest.mark.parametrize(
    "href",
    [
        "mailto:a@b.c",
        "#top",
        "https://pic.twitter.com/abc",
        "https://www.wsj.com/own",
        "https://twitter.com/intent/tweet?x",
    ],
)
def test_links_that_lead_to_no_source(href: str) -> None:
    text = "The company hired 300 people in Leeds."
    (claim,) = linked(text, "hired", href, outlet="wsj", url="https://www.wsj.com/here")
    assert claim.citations == ()


def test_a_bare_address_is_a_link_and_a_status_address_a_post() -> None:
    (claim,) = claims("The company hired 300 people, see https://www.reuters.com/world/story-1.")
    assert [(c.kind, c.url) for c in claim.citations] == [(LINK, "https://www.reuters.com/world/story-1")]
    (claim,) = linked("The talks failed, he wrote.", "he wrote", "https://x.com/RT_com/status/123")
    assert [(c.kind, c.handle) for c in claim.citations] == [(POST, "RT_com")]


def test_a_block_quotation_takes_the_source_of_the_sentence_before_it() -> None:
    text = "The governor told Reuters what he saw.\n\nThe army left the city in May.\n\nThe bridge is closed to cars."
    second, third = text.index("The army"), text.index("The bridge")
    blocks = (
        Block(kind=BlockKind.PARAGRAPH, span=(0, second - 2)),
        Block(kind=BlockKind.QUOTE, span=(second, third - 2)),
        Block(kind=BlockKind.PARAGRAPH, span=(third, len(text))),
    )
    found = {claim.text: claim.citations for claim in claims(Page(text=text, blocks=blocks))}
    assert [c.outlet for c in found["The army left the city in May"]] == ["reuters"]
    assert found["The bridge is closed to cars"] == ()


def test_spans_of_citations_are_their_words() -> None:
    text = "Mike Waltz told ABC News that talks were near, Reuters reported."
    for claim in claims(text):
        for citation in claim.citations:
            assert isinstance(citation, Citation)
            assert citation.span is not None
            assert text[slice(*citation.span)] == citation.text


MILL, BREWERY = "https://a.example/mill", "https://b.example/brewery"
LINKED_DOCUMENTS = [
    # One citation, wherever the link lies on the words that name the document.
    ("The mill lost 512 workers, [a report said].", [[(LINK, MILL)]]),
    ("The mill lost 512 workers, a report [said].", [[(LINK, MILL)]]),
    ("The mill lost 512 workers, [a report] said.", [[(LINK, MILL)]]),
    ("The mill lost 512 workers, a report ([PDF]) said.", [[(LINK, MILL)]]),
    ("According to [a survey], the mill lost 512 workers.", [[(LINK, MILL)]]),
    # Each claim by its own link.
    (
        "The mill lost 512 workers, [a report said]. The brewery lost 41, <a report said>.",
        [[(LINK, MILL)], [(LINK, BREWERY)]],
    ),
    # A link on something else leaves the document what it is.
    ("The mill of [Brackwater] lost 512 workers, a report said.", [[(LINK, MILL), (DOCUMENT, None)]]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LINKED_DOCUMENTS)
def test_a_linked_document_is_its_link(text: str, expected: list[list[tuple[CitationKind, str | None]]]) -> None:
    links = []
    for opening, closing, href in (("[", "]", MILL), ("<", ">", BREWERY)):
        if opening in text:
            start = text.index(opening)
            text = text.replace(opening, "", 1)
            end = text.index(closing)
            text = text.replace(closing, "", 1)
            links.append(Link(span=(start, end), href=href))
    found = claims(Page(text=text, links=tuple(links)))
    assert [[(citation.kind, citation.url) for citation in claim.citations] for claim in found] == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://blog.example/?p=123", [(LINK, "https://blog.example/?p=123")]),
        ("https://blog.example/", []),
        ("https://blog.example", []),
    ],
)
def test_a_link_to_a_front_page_is_none_to_a_page(href: str, expected: list[tuple[CitationKind, str]]) -> None:
    text = "The port paid £1.2m for a crane, accounts show."
    page = Page(text=text, links=(Link(span=(text.index("accounts"), len(text) - 1), href=href),))
    assert [(citation.kind, citation.url) for citation in claims(page)[0].citations] == expected


OWN = "https://ministry.example/news/2025/flats"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://ministry.example/statistics/flats-2025", [True]),
        ("https://www.ministry.example/?p=123", [True]),
        ("https://ministry.example/data.php?table=4", [True]),
        ("https://stats.example/flats-2025", [False]),
        # The page itself, the front page, sections and lists of tags.
        (f"{OWN}#more", []),
        ("https://ministry.example/", []),
        ("https://ministry.example/business", []),
        ("https://ministry.example/news/world/", []),
        ("https://ministry.example/tag/flats", []),
        # What tells who somebody or what something is.
        ("https://ministry.example/wiki/Flats", []),
        ("https://ministry.example/people/ann-ray", []),
    ],
)
def test_a_link_to_the_own_site_is_a_source_and_marked(href: str, expected: list[bool]) -> None:
    text = "The north has 4,200 new flats, according to the statistics."
    start = text.index("according")
    page = Page(text=text, url=OWN, final_url=OWN, links=(Link(span=(start, len(text) - 1), href=href),))
    cited = [citation for claim in claims(page) for citation in claim.citations if citation.kind is LINK]
    assert [citation.own_site for citation in cited] == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The letter of 3 May says that the bridge cost 40 million euros.", "letter"),
        ("According to the memo of 12 January 2024, the plant closed in May.", "memo"),
        ("A statement of Monday said that the bridge cost 40 million euros.", "statement"),
        ("A statement of Anna Berg said that the bridge cost 40 million euros.", "Anna Berg"),
    ],
)
def test_the_day_of_a_document_is_nobody(text: str, speaker: str) -> None:
    said = claims(text)[0].attribution
    assert said is not None
    assert said.speaker == speaker
