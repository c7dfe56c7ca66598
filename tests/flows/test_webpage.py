"""The page: self-contained, escaped, every claim in its place. What a browser does with it is tested beside this."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from html.parser import HTMLParser

import pytest

from claims.display.paragraphs import highlighted_paragraphs
from claims.glossary import LABELS
from claims.records import Block, BlockKind, Claim, ClaimKind, Label, Page, Stance
from flows.show.table import totals
from flows.show.webpage import render
from review.report.views import web
from sources.outlets import load_outlets

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"><svg onload='alert(1)'>",
    "{{ 7 * 7 }}{% raw %}",
    "<!--<script>",
    "]]><a href='javascript:alert(1)'>x</a>",
    "\x00\x1b[31m\u202emoc.elpmaxe\u2066",
    "\ud800 half a character",
    "'-alert(1)-'",
)
VOID = {"meta", "input", "br", "img", "link", "hr"}


class Reader(HTMLParser):
    """What a browser would see: elements with their attributes, text, and whether every element is closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.inline: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in self.inline:
            self.inline[self.open[-1]].append(data)
        else:
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return "".join(self.words)


@pytest.fixture
def page(check) -> Reader:
    return Reader(render(check))


def made(text: str, *spans: tuple[tuple[int, int], ...], blocks=()) -> list[list[tuple[str, tuple, tuple]]]:
    """The runs of a text under claims at these spans, paragraph by paragraph."""
    page = Page(text=text, blocks=blocks)
    claims = [
        Claim(
            article=page.id,
            text=" ".join(text[a:b] for a, b in pieces),
            spans=pieces,
            statement="",
            kind=ClaimKind.STATEMENT,
            checkable=True,
        )
        for pieces in spans
    ]
    return [[(run.text, run.claims, run.ends) for run in one.runs] for one in highlighted_paragraphs(page, claims)]


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("abc def", (), [[("abc def", (), ())]]),
        ("abc def", (((4, 7),),), [[("abc ", (), ()), ("def", (1,), (1,))]]),
        (
            "abc def ghi",  # the second lies inside the first and wins there
            (((0, 11),), ((4, 7),)),
            [[("abc ", (1,), ()), ("def", (2, 1), (2,)), (" ghi", (1,), (1,))]],
        ),
        (
            "abc def ghi",  # they overlap: the shorter one wins where both are
            (((0, 7),), ((4, 11),)),
            [[("abc ", (1,), ()), ("def", (2, 1), (1,)), (" ghi", (2,), (2,))]],
        ),
        (
            "abc def ghi",  # one claim in two pieces is numbered once, where it ends
            (((0, 3), (8, 11)),),
            [[("abc", (1,), ()), (" def ", (), ()), ("ghi", (1,), (1,))]],
        ),
        (
            "abc\n\ndef",  # over two paragraphs
            (((0, 8),),),
            [[("abc", (1,), ())], [("def", (1,), (1,))]],
        ),
        ("abc def", (((4, 99),), ((9, 12),), ((3, 3),)), [[("abc ", (), ()), ("def", (1,), (1,))]]),
        ("abc", (((0, 3),), ((0, 3),)), [[("abc", (2, 1), (1, 2))]]),
        ("", (), []),
        ("  \n\n ", (), []),
    ],
)
def test_the_text_is_cut_at_the_edges_of_its_claims(text, spans, expected):
    assert made(text, *spans) == expected


def test_text_between_blocks_is_not_lost():
    blocks = (Block(kind=BlockKind.HEADING, span=(0, 3)), Block(kind=BlockKind.PARAGRAPH, span=(9, 12)))
    assert made("abc\nlost\ndef", blocks=blocks) == [[("abc", (), ())], [("\nlost\n", (), ())], [("def", (), ())]]


def test_every_word_of_the_article_is_on_the_page(check, page):
    for paragraph in check.article.text.split("\n\n"):
        for word in paragraph.split():
            assert word.strip("“”.,;") in page.text


def test_every_claim_is_highlighted_numbered_and_noted(check, page):
    numbers = [one["id"] for one in page.all("a") if one.get("class", "").startswith("num")]
    assert numbers == [f"r{number}" for number in range(1, 11)]
    notes = [one for one in page.all("li") if "finding" in (one.get("class") or "").split()]
    assert [one["data-label"] for one in notes] == [verdict.label.value for verdict in check.verdicts]
    hits = {one["href"] for one in page.all("a") if (one.get("class") or "").startswith("hit")}
    assert hits == {f"#c{number}" for number in range(1, 11)}


def test_evidence_rationale_advice_totals_and_run_are_there(check, page):
    for words in (
        totals(check),
        "Some 600 guests watched the oath under the dome of the Rotunda.",
        "contradicts it (93 %)",
        "Reuters gives another number: 600, not 420.",
        "paraphrase in quotes",
        "420 is not 600",
        f"factdesk attach {check.extraction.claims[3].id[:8]} FILE",
        "only a part could be read: paywall",
        check.article.sha256,
        check.run.judge,
        check.run.started_at,
    ):
        assert words in page.text
    assert len(page.all("del")) >= 1
    assert len(page.all("ins")) >= 1


def test_each_label_has_its_own_underline(page):
    css = page.inline["style"][0]
    patterns = re.findall(r"--u: (\w+); --w: (\w+);", css)
    told = re.findall(r"^\.l-([\w_]+)[^{]*\{[^}]*--u", css, re.MULTILINE)
    assert set(told) == {*(label.value for label in Label), "void"}
    assert len(set(patterns)) == len(patterns) == len(Label)  # "line-through" is no word


def test_each_label_can_be_filtered_by_style_sheet_alone(page):
    css = page.inline["style"][0]
    for label in Label:
        assert f"body:has(#f-{label.value}:checked) .finding:not(.l-{label.value})" in css


def test_the_filter_offers_what_occurs_and_nothing_else(check, page):
    offered = [one["value"] for one in page.all("input")]
    occurring = {verdict.label for verdict in check.verdicts}
    assert offered == ["all", *(label.value for label in LABELS if label in occurring), "review"]
    few = dataclasses.replace(
        check,
        extraction=dataclasses.replace(check.extraction, claims=check.extraction.claims[:1]),
        verdicts=check.verdicts[:1],
    )
    assert [one["value"] for one in Reader(render(few)).all("input")] == ["all", "supported"]


def test_nothing_is_loaded_from_anywhere(page):
    assert not any(page.all(tag) for tag in ("img", "link", "iframe", "object", "embed", "audio", "video"))
    assert all("src" not in attributes for _, attributes in page.elements)
    assert "url(" not in page.inline["style"][0]
    assert "@import" not in page.inline["style"][0]
    assert not re.search(r"fetch|XMLHttp|import\(|eval|innerHTML|document\.write", page.inline["script"][0])


def test_the_policy_allows_this_style_and_this_script_only(page):
    (policy,) = [one["content"] for one in page.all("meta") if one.get("http-equiv")]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind in ("style", "script"):
        (inline,) = page.inline[kind]
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not any(name.startswith("on") or name == "style" for _, have in page.elements for name in have)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(check, hostile, text):
    harmless, attacked = Reader(render(check)), Reader(render(hostile(text)))
    attacked_html = render(hostile(text))
    assert attacked_html.encode("utf-8")  # half characters would not go into a file
    assert not attacked.open
    assert len(attacked.all("script")) == len(attacked.all("style")) == 1
    assert attacked.inline == harmless.inline
    assert {tag for tag, _ in attacked.elements} <= {tag for tag, _ in harmless.elements} | {"p"}
    assert not any(name.startswith("on") for _, have in attacked.elements for name in have)
    assert not re.search("[\x00\x1b\u202e\u2066]", attacked_html)
    shown = "".join(one for one in text if one not in "\x00\x1b\u202e\u2066\ud800").strip()
    assert shown in attacked.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_addresses_are_no_links(hostile, text):
    for link in Reader(render(hostile(text))).all("a"):
        assert link["href"].startswith("#")


def test_links_go_out_without_an_opener_or_a_referrer(page):
    away = [one for one in page.all("a") if not one["href"].startswith("#")]
    assert away
    assert all(one["href"].startswith(("https://", "http://")) for one in away)
    assert all("noopener" in one["rel"] and "noreferrer" in one["rel"] for one in away)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?y=1&z=2", "https://a.example/x?y=1&z=2"),
        ("HTTP://a.example/", "HTTP://a.example/"),
        ("javascript:alert(1)", None),
        (" java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/x", None),
        ("/x", None),
        ("https://", None),
        ("https://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_web(url, expected):
    assert web(url) == expected


def test_an_article_with_nothing_in_it_is_a_page_all_the_same(check):
    empty = dataclasses.replace(
        check,
        article=Page(text=""),
        extraction=dataclasses.replace(check.extraction, claims=(), notes=("the text is not English",)),
        readings=(),
        verdicts=(),
    )
    page = Reader(render(empty))
    assert "Untitled article" in page.text
    assert "no claims" in page.text
    assert "the text is not English" in page.text


def test_a_claim_without_a_verdict_says_so(check):
    assert "not judged" in Reader(render(dataclasses.replace(check, verdicts=()))).text


def test_the_desks_own_words_replace_ours(check):
    assert "Falsch" in Reader(render(check, scale={"contradicted": "Falsch"})).text


def test_outlets_go_by_their_names_where_the_directory_knows_them(check):
    page = Reader(render(check, outlets=load_outlets()))
    assert "The article cites The New York Times" in page.text
    assert "supports it (97 %), Reuters" in page.text


def test_findings_that_agree_are_only_listed(check):
    agreeing = dataclasses.replace(check.verdicts[2].quantities[0], claimed="the Rotunda", agrees=True)
    verdict = dataclasses.replace(check.verdicts[2], quantities=(*check.verdicts[2].quantities, agreeing))
    page = Reader(render(dataclasses.replace(check, verdicts=(*check.verdicts[:2], verdict))))
    assert "agree: the Rotunda" in page.text
    assert len(page.all("td")) == 4  # a finding, and the corner of the head


def test_a_passage_that_two_citations_led_to_is_shown_once(check):
    first = check.verdicts[0]
    twice = dataclasses.replace(first, evidence=(*first.evidence, *first.evidence))
    page = Reader(render(dataclasses.replace(check, verdicts=(twice,))))
    assert len(page.all("figure")) == 1


def test_a_passage_that_has_a_part_of_the_claim_does_not_support_it(check):
    first = dataclasses.replace(check.verdicts[0], label=Label.PARTLY_SUPPORTED)
    page = Reader(render(dataclasses.replace(check, verdicts=(first,)), outlets=load_outlets()))
    assert "says part of it, Reuters" in page.text
    assert "supports it" not in page.text


def test_words_of_another_speaker_do_not_speak_for_the_claim(check):
    sixth = check.verdicts[5]
    there = dataclasses.replace(sixth.evidence[0], stance=Stance.SUPPORTS)
    page = Reader(render(dataclasses.replace(check, verdicts=(dataclasses.replace(sixth, evidence=(there,)),))))
    assert "has these words, but from another speaker (88 %)" in page.text
    assert "supports it" not in page.text


def test_an_unnamed_speaker_is_called_anonymous(check):
    claim = check.extraction.claims[4]
    nobody = dataclasses.replace(
        claim, attribution=dataclasses.replace(claim.attribution, speaker=None, anonymous=True)
    )
    extraction = dataclasses.replace(check.extraction, claims=(nobody,))
    assert (
        "Said anonymously; the article cites" in Reader(render(dataclasses.replace(check, extraction=extraction))).text
    )


def test_the_same_check_gives_the_same_page(check):
    assert render(check) == render(check)


def test_words_that_the_source_does_not_seem_to_say_are_underlined_and_told_without_colour(check):
    claim = check.extraction.claims[2]
    start, _ = claim.spans[0]
    verdicts = list(check.verdicts)
    verdicts[2] = dataclasses.replace(verdicts[2], unsaid=((start, start + 9), (start + 17, start + 20)))
    marked = Reader(render(dataclasses.replace(check, verdicts=tuple(verdicts))))
    assert (
        "“not said: About 420 guests not said: saw the oath in the Rotunda” "
        "(underlined: the words that the source does not seem to say)" in marked.text
    )
    assert sum(tag == "u" for tag, _ in marked.elements) == 2
    assert "does not seem to say" not in Reader(render(check)).text
