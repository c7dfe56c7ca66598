"""Secrets in addresses and headers are hidden wherever something is shown; everything else stays as it is."""

from __future__ import annotations

import json
import os
import stat
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest

from claims.privacy import hidden, hide, hide_headers, hide_in, make_file, make_folder, write_text

# address, the same as it may be shown
HIDDEN = [
    ("https://a.example/x?token=abc", "https://a.example/x?token=-"),
    ("https://a.example/x?page=2&access_token=eyJhb.Gci&lang=en", "https://a.example/x?page=2&access_token=-&lang=en"),
    ("https://a.example/x?key=AIzaSyD", "https://a.example/x?key=-"),
    ("https://a.example/x?api_key=1&apikey=2&api-key=3", "https://a.example/x?api_key=-&apikey=-&api-key=-"),
    ("https://a.example/x?sig=9%2Fz%3D&sv=2022", "https://a.example/x?sig=-&sv=2022"),
    ("https://a.example/x?Signature=zz&Expires=17", "https://a.example/x?Signature=-&Expires=17"),
    ("https://a.example/x?auth=1&session=2&password=3", "https://a.example/x?auth=-&session=-&password=-"),
    ("https://a.example/x?sessionId=9f&PHPSESSID=8e&sid=7d", "https://a.example/x?sessionId=-&PHPSESSID=-&sid=-"),
    ("https://a.example/x;jsessionid=8A7B?y=1", "https://a.example/x;jsessionid=-?y=1"),
    ("https://a.example/cb#access_token=abc&type=b", "https://a.example/cb#access_token=-&type=b"),
    (
        "https://b.s3.example/k?X-Amz-Algorithm=AWS4&X-Amz-Credential=AKIA%2F1&X-Amz-Signature=ab12&v=1",
        "https://b.s3.example/k?X-Amz-Algorithm=-&X-Amz-Credential=-&X-Amz-Signature=-&v=1",
    ),
    ("https://a.example/x?X-Goog-Signature=77", "https://a.example/x?X-Goog-Signature=-"),
    ("https://a.example/x?authToken=q&clientSecret=r", "https://a.example/x?authToken=-&clientSecret=-"),
    ("https://a.example/x?user[password]=hunter2", "https://a.example/x?user[password]=-"),
    ("https://anna:hunter2@a.example/x", "https://a.example/x"),
    ("https://anna@a.example/x?token=1", "https://a.example/x?token=-"),
    ("https://a.example/go?url=https://b.example/?key=1&x=2", "https://a.example/go?url=https://b.example/?key=-&x=2"),
    (
        "https://a.example/go?to=https%3A%2F%2Fb.example%2F%3Fsig%3D1%26x%3D2&y=3",
        "https://a.example/go?to=https%3A%2F%2Fb.example%2F%3Fsig%3D-%26x%3D2&y=3",
    ),
    ("https://a.example/x?token=abc?def", "https://a.example/x?token=-"),
    # a name, or an address in a value, that is percent-encoded, also twice
    ("https://a.example/x?%74oken=abc&a%5Bpassword%5D=b", "https://a.example/x?%74oken=-&a%5Bpassword%5D=-"),
    ("https://a.example/x?api%5Fkey=abc&api%252Dkey=def", "https://a.example/x?api%5Fkey=-&api%252Dkey=-"),
    (
        "https://a.example/go?to=https%253A%252F%252Fb.example%252F%253Fsig%253D1%2526x%253D2%26y=3&z=4",
        "https://a.example/go?to=https%253A%252F%252Fb.example%252F%253Fsig%253D-%2526x%253D2%26y=3&z=4",
    ),
    (
        "https://a.example/go?to=https%3A%2F%2Fanna%3Ahunter2%40b.example%2F&y=3",
        "https://a.example/go?to=https%3A%2F%2Fb.example%2F&y=3",
    ),
    ("https://anna%40work:hunter2@a.example/x", "https://a.example/x"),
    ("https://a.example/x?token=a%26b&y=1", "https://a.example/x?token=-&y=1"),
    # a web token under any name, and an address as people type it
    ("https://a.example/x?m=eyJhbGciOi.eyJzdWIiOi.Sfl_KxwRJ&y=1", "https://a.example/x?m=-&y=1"),
    ("www.a.example/x?token=abc", "www.a.example/x?token=-"),
    (
        "https://a.example/x?unlocked_article_code=1.AbC3dE5fGh7iJk9LmN",
        "https://a.example/x?unlocked_article_code=-",
    ),
    ("https://a.example/x?st=h2k4j6h8g0f1d3s5&reflink=share", "https://a.example/x?st=-&reflink=share"),
]

# addresses that carry no secret
SHOWN = [
    "https://a.example/x?page=2&lang=en",
    "https://a.example/keys?keyword=peace&keywords=war&author=Ana&tokenize=no&monkey=1",
    "https://a.example/2025/01/20/putin-open-to-dialogue?id=123456789",
    "https://a.example/x?code=AT&t=120&s=46&hash=top",
    "https://a.example/x?st=a-word-in-a-slug-of-some-length",
    "https://a.example/x?design=1&assignment=2&passage=3&authority=4&sessions=5",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://a.example/x?token=",
    "https://a.example/mail@work?to=ana@b.example",
    "https://[broken?token",
    "",
]


@pytest.mark.parametrize(("url", "shown"), HIDDEN)
def test_secrets_in_an_address_are_hidden(url: str, shown: str) -> None:
    assert hide(url) == shown
    assert hide(shown) == shown
    assert hide_in(f"It could not be read ({url}), says <{url}>.").startswith("It could not be read (")


@pytest.mark.parametrize("url", SHOWN)
def test_other_addresses_stay_as_they_are(url: str) -> None:
    assert hide(url) == url
    assert hide_in(f"see {url} there") == f"see {url} there"


ADDRESS = "https://a.example/x?a=1&token=s3cret-value&b=2"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"url": ADDRESS, "nested": json.dumps({"href": ADDRESS})}),
        f'<a href="{escape(ADDRESS)}">{escape(ADDRESS)}</a>',
        f"<a href='/claims?url={quote(ADDRESS, safe='')}'>facet</a>",
        f"/claims?url__exact={quote(ADDRESS, safe=':/')}",
        f"1,{ADDRESS},2",
        f"{ADDRESS},{ADDRESS},https://b.example/?page=1,{ADDRESS}",
        json.dumps([["set-cookie", "sid=s3cret-value; Path=/"], ["authorization", "Basic s3cret-value"]]),
        json.dumps(json.dumps([["Set-Cookie", "sid=s3cret-value"], ["Vary", "x"]])),
        escape(json.dumps([["Proxy-Authorization", "s3cret-value"]])),
        '"[[""set-cookie"",""s3cret-value""]]"',
    ],
)
def test_a_secret_is_hidden_however_its_text_is_written(text: str) -> None:
    assert "s3cret" not in hide_in(text)
    assert hide_in(hide_in(text)) == hide_in(text)


def test_a_text_without_secrets_is_not_touched() -> None:
    text = json.dumps({"url": "https://a.example/x?page=2", "vary": ["Cookie"], "text": "token=1 is no address"})
    assert hide_in(text) == text
    assert json.loads(hide_in(json.dumps([["set-cookie", "a"], ["etag", "b"]]))) == [["set-cookie", "-"], ["etag", "b"]]


def test_headers_that_carry_secrets_are_masked() -> None:
    headers = (
        *(("Set-Cookie", "a=b"), ("AUTHORIZATION", "Basic x"), ("X-Api-Key", "k"), ("X-Auth-Token", "t")),
        *(("Content-Type", "text/html"), ("ETag", '"77"'), ("Location", "https://a.example/?sig=zz&p=1")),
    )
    assert hide_headers(headers) == (
        *(("Set-Cookie", "-"), ("AUTHORIZATION", "-"), ("X-Api-Key", "-"), ("X-Auth-Token", "-")),
        *(("Content-Type", "text/html"), ("ETag", '"77"'), ("Location", "https://a.example/?sig=-&p=1")),
    )


def test_a_document_keeps_the_words_of_articles_and_sources() -> None:
    words = f"Open {ADDRESS} to see"
    document = {"url": ADDRESS, "text": words, "sources": [{"detail": words, "headers": (("cookie", "a"),), "n": 1}]}
    shown = hidden(document)
    assert shown["text"] == words
    assert shown["url"] == "https://a.example/x?a=1&token=-&b=2"
    assert "s3cret" not in json.dumps(shown["sources"])
    assert shown["sources"][0]["headers"] == [["cookie", "-"]]
    assert (document["url"], shown["sources"][0]["n"]) == (ADDRESS, 1)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_made_is_its_owners_alone_and_what_is_there_stays(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_file(tmp_path / "a" / "b" / "c")
    write_text(tmp_path / "d", "text")
    assert [mode(tmp_path / name) for name in ("a", "a/b", "a/b/c", "d")] == [0o700, 0o700, 0o600, 0o600]
    open_folder, open_file = tmp_path / "open", tmp_path / "open" / "file"
    open_folder.mkdir(mode=0o755)
    open_file.write_text("mine")
    open_file.chmod(0o644)
    make_folder(open_folder)
    make_file(open_file)
    assert (mode(open_folder), mode(open_file), open_file.read_text()) == (0o755, 0o644, "mine")


def test_a_file_is_replaced_when_the_new_one_is_whole(tmp_path: Path) -> None:
    report, link = tmp_path / "report.html", tmp_path / "latest.html"
    report.write_text("old")
    link.symlink_to(report)
    with report.open() as opened_before:
        write_text(link, "new")
        assert opened_before.read() == "old"
    assert (report.read_text(), link.is_symlink(), len(list(tmp_path.iterdir()))) == ("new", True, 2)


def test_a_pipe_that_has_only_a_number_is_written_to(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    link = tmp_path / "stdout"
    link.symlink_to(f"/dev/fd/{writing}")
    for path in (Path(f"/dev/fd/{writing}"), link):
        write_text(path, "report ")
    os.close(writing)
    with os.fdopen(reading) as pipe:
        assert pipe.read() == "report report "
