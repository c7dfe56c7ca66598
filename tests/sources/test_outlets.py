from __future__ import annotations

import time
from itertools import pairwise

import pytest
import yaml
from effort import calls

from claims.records import OutletDirectory
from sources.errors import SourcesError
from sources.outlets import KINDS, SHIPPED, Outlets, load_outlets, normal


@pytest.fixture(scope="module")
def outlets() -> Outlets:
    return load_outlets()


def test_the_shipped_list_is_large_and_wide(outlets: Outlets) -> None:
    assert isinstance(outlets, OutletDirectory)
    assert len(outlets) >= 250
    assert len({outlet.country for outlet in outlets}) >= 40
    assert {outlet.kind for outlet in outlets} == KINDS
    assert sum(bool(outlet.feeds) for outlet in outlets) >= 50


def test_no_two_shipped_outlets_share_a_name_a_domain_or_a_handle(outlets: Outlets) -> None:
    for outlet in outlets:
        for name in (outlet.name, *outlet.aliases):
            named = outlets.by_name(name)
            assert named is not None and named.id == outlet.id, name
        for domain in outlet.domains:
            named = outlets.by_url(f"https://{domain}/x")
            assert named is not None and named.id == outlet.id, domain
        for handle in outlet.handles:
            named = outlets.by_handle(handle)
            assert named is not None and named.id == outlet.id, handle


def test_additions_do_not_have_the_shipped_list_read_again(outlets: Outlets) -> None:
    added = [{"id": "harbour", "name": "The Harbour Gazette", "kind": "newspaper", "country": "IE"}]
    listed = SHIPPED.read_bytes()
    assert load_outlets() is outlets
    assert calls(lambda: load_outlets(added)) < calls(lambda: yaml.load(listed, Loader=yaml.CSafeLoader))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # names that are nothing else
        ("remarks via The Wall Street Journal:", [("The Wall Street Journal", "wsj", True)]),
        ("telling ABC News that", [("ABC News", "abcnews", True)]),
        ("the Washington Post reported", [("Washington Post", "washingtonpost", True)]),
        ("Reuters’s Guy Faulconbridge", [("Reuters", "reuters", True)]),
        ("Al-Jazeera and al jazeera", [("Al-Jazeera", "aljazeera", True)]),
        ("RFE/RL's Russian service", [("RFE/RL", "rferl", True)]),
        ("as C-SPAN showed", [("C-SPAN", "cspan", True)]),
        ("сообщает ТАСС", [("ТАСС", "tass", True)]),
        ("据新华社报道", [("新华社", "xinhua", True)]),
        # the longest name wins
        ("Sky News Arabia said", [("Sky News Arabia", "skynewsarabia", True)]),
        ("a Fox Business host", [("Fox Business", "foxbusiness", True)]),
        ("The Times of India wrote", [("The Times of India", "toi", True)]),
        ("AFP Fact Check found", [("AFP Fact Check", "afpfactcheck", True)]),
        # words that are names in context
        ("He told Fox that it was over", [("Fox", "foxnews", True)]),
        ("Time reported on Monday", [("Time", "time", True)]),
        ("The Hill reported", [("The Hill", "thehill", True)]),
        ("According to The Sun, he left", [("The Sun", "thesun", True)]),
        ("in an interview with the FT", [("FT", "ft", True)]),
        ("an essay in Foreign Affairs", [("Foreign Affairs", "foreignaffairs", True)]),
        ("KYIV (AP) — Ukraine", [("AP", "ap", True)]),
        ("— RT (@RT_com) January 20, 2025", [("RT", "rt", True)]),
        ("speaking to RT and Sputnik", [("RT", "rt", True), ("Sputnik", "sputnik", True)]),
        ("state media such as RT", [("RT", "rt", True)]),
        ("published by Bild on Sunday", [("Bild", "bild", True)]),
        ("the study, published in Nature, shows", [("Nature", "nature", True)]),
        ("a photo on the cover of Time magazine", [("Time magazine", "time", True)]),
        # named in full, then by the last word
        (
            "The New York Times had it first. He told the Times that it was wrong, the Post reported.",
            [("The New York Times", "nyt", True), ("Times", "nyt", True)],
        ),
        (
            "The Washington Post and the Post Office; the Post said",
            [("The Washington Post", "washingtonpost", True), ("Post", "washingtonpost", True)],
        ),
        ("He told the Times that it was wrong", [("Times", "thetimes", True)]),
        # a network with a number is a local station
        ("He told Fox 35 in Orlando", []),
        # capitals alone are a guess, and said to be one
        ("he once worked for, and left, The Atlantic", [("The Atlantic", "theatlantic", False)]),
        # the same words meaning something else
        ("Time will tell.", []),
        ("It was time for the independent commission", []),
        ("Michael Fox told the crowd", []),
        ("They walked up The Hill Country road", []),
        ("the sun rose over the mirror lake", []),
        ("AP exams are hard", []),
        ("Time Warner told investors", []),
        ("a member of the Foreign Affairs committee", []),
        ("The Times of Nowhere said", []),
        ("Fox hunting is banned", []),
        ("Nature is healing", []),
        ("Sputnik was launched in 1957", []),
        ("see https://x.com/Reuters/status/1 by @Reuters", []),
        ("reuters", []),
    ],
)
def test_mentions(outlets: Outlets, sentence: str, expected: list[tuple[str, str, bool]]) -> None:
    mentions = outlets.mentions(sentence)
    assert [(sentence[m.span[0] : m.span[1]], m.outlet.id, m.certain) for m in mentions] == expected


MANY = "The Times AP Fox RT told via Time The Hill. The Wall Street Journal told Reuters and the AP. "


def test_twice_the_mentions_are_twice_the_work(outlets: Outlets) -> None:
    mentions = outlets.mentions(MANY * 500)
    assert len(mentions) == 4 * 500
    assert all(first.span[1] <= second.span[0] for first, second in pairwise(mentions))
    assert calls(lambda: outlets.mentions(MANY * 500)) < 2.2 * calls(lambda: outlets.mentions(MANY * 250))


@pytest.mark.slow
def test_mentions_take_linear_time(outlets: Outlets) -> None:
    started = time.perf_counter()
    outlets.mentions(MANY * 8_000)
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.wsj.com/world/x", "wsj"),
        ("https://edition.cnn.com/2025/x", "cnn"),
        ("http://timesofindia.indiatimes.com/x", "toi"),
        ("https://economictimes.indiatimes.com/x", "economictimes"),
        ("https://web.archive.org/web/20250120000000/https://www.reuters.com/world/x", "reuters"),
        ("https://archive.ph/2025.01.20-101010/https://www.ft.com/content/x", "ft"),
        ("https://www-bbc-co-uk.cdn.ampproject.org/c/s/www.bbc.co.uk/news/world-1", "bbc"),
        ("https://www.google.com/url?q=https%3A%2F%2Ftass.com%2Fpolitics%2F1&sa=D", "tass"),
        ("https://user:secret@www.wsj.com:443/x", "wsj"),
        ("https://notreuters.com/", None),
        ("https://reuters.com.evil.example/", None),
        ("https://www.wsj.com@evil.example/", None),
        ("mailto:desk@reuters.com", None),
        ("no address", None),
    ],
)
def test_by_url(outlets: Outlets, url: str, expected: str | None) -> None:
    outlet = outlets.by_url(url)
    assert (outlet.id if outlet else None) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("wall street journal", "wsj"), ("THE ECONOMIST", "economist"), ("Suddeutsche Zeitung", "sz"), ("nobody", None)],
)
def test_by_name(outlets: Outlets, words: str, expected: str | None) -> None:
    outlet = outlets.by_name(words)
    assert (outlet.id if outlet else None) == expected


@pytest.mark.parametrize(("handle", "expected"), [("@rt_com", "rt"), ("RT_com", "rt"), ("@nobody_at_all", None)])
def test_by_handle(outlets: Outlets, handle: str, expected: str | None) -> None:
    outlet = outlets.by_handle(handle)
    assert (outlet.id if outlet else None) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("tass", "its id"), ("Тасс", "names"), ("@RT_com", "posts as"), ("www.ft.com/x", "domain"), ("xyz", None)],
)
def test_explain(outlets: Outlets, words: str, expected: str | None) -> None:
    explanation = outlets.explain(words)
    assert (explanation is None) if expected is None else (explanation is not None and expected in explanation[1])


def test_additions_overrule_and_add() -> None:
    outlets = load_outlets(
        [
            {"id": "wsj", "paywall": False, "domains": ["wsj.com", "wsj.example"]},
            {"id": "gazette", "name": "The Harbour Gazette", "kind": "newspaper", "country": "IE",
             "aliases": ["Gazette"], "ambiguous": ["Gazette"], "domains": ["harbour-gazette.example"]},
            {"id": "mine", "name": "My Reuters", "kind": "online", "country": "AT", "domains": ["blogs.reuters.com"]},
        ]
    )  # fmt: skip
    wsj = outlets.by_id("wsj")
    assert wsj is not None and not wsj.paywall and wsj.handles and outlets.by_url("https://wsj.example/x") == wsj
    named = outlets.mentions("The Harbour Gazette and the gazette, told the Gazette")
    assert [(m.span, m.outlet.id) for m in named] == [((0, 19), "gazette"), ((46, 53), "gazette")]
    outlet = outlets.by_url("https://blogs.reuters.com/x")
    assert outlet is not None and outlet.id == "mine"
    shipped = load_outlets().by_id("wsj")
    assert shipped is not None and shipped.paywall


@pytest.mark.parametrize(
    ("addition", "message"),
    [
        ({"name": "X", "kind": "wire", "country": "GB"}, "'id' is missing"),
        ({"id": "x", "name": "X", "kind": "paper", "country": "GB"}, "'paper' is not one of"),
        ({"id": "x", "name": "X", "kind": "wire", "country": False}, "'country'"),
        ({"id": "x", "name": "X", "kind": "wire", "country": "gb"}, "two-letter country code"),
        ({"id": "x", "name": "X", "kind": "wire", "country": "GB", "domains": ["https://x.example/"]}, "host name"),
        ({"id": "x", "name": "X", "kind": "wire", "country": "GB", "domains": "x.example"}, "list of texts"),
        ({"id": "x", "name": "X", "kind": "wire", "country": "GB", "handles": ["@x"]}, "without @"),
        ({"id": "x", "name": "X", "kind": "wire", "country": "GB", "feeds": ["x.example/rss"]}, "http(s) address"),
        ({"id": "x", "name": "X", "kind": "wire", "country": "GB", "ambiguous": ["Y"]}, "not one of its names"),
        ({"id": "x", "name": "X", "kind": "wire", "country": "GB", "paywall": "yes"}, "true or false"),
        ({"id": "x", "name": "X", "kind": "wire", "country": "GB", "colour": "red"}, "'colour' is unknown"),
        ({"id": "X Y", "name": "X", "kind": "wire", "country": "GB"}, "an id of small letters"),
    ],
)
def test_additions_are_checked(addition: dict[str, object], message: str) -> None:
    with pytest.raises(SourcesError) as caught:
        load_outlets([addition])
    assert message in str(caught.value) and str(caught.value).startswith("outlets[0]")


def test_names_are_compared_without_case_accents_and_article() -> None:
    assert normal("The  WALL-Street Journal") == "wall street journal"
    assert normal("Télam") == "telam"
    assert normal("The") == "the"
