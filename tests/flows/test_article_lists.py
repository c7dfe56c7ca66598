"""Lists of articles: a text file with one on each line, or a column of a CSV file."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.commands.article_lists import listed_claims, with_listed
from flows.errors import UsageError


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("urls.txt", "https://a.example/1\n\n# later\n https://a.example/2 \nhttps://a.example/1\n",
         ("https://a.example/1", "https://a.example/2")),
        ("urls.txt", "\ufeffhttps://a.example/1\r\n", ("https://a.example/1",)),
        ("claims.csv", "id,url\n1,https://a.example/1\n2,\"https://a.example/2,3\"\n",
         ("https://a.example/1", "https://a.example/2,3")),
        ("claims.csv", "https://a.example/1\nhttps://a.example/2\n", ("https://a.example/1", "https://a.example/2")),
        ("claims.csv", "URL\nhttps://a.example/1\n", ("https://a.example/1",)),
    ],
)  # fmt: skip
def test_lists(name: str, text: str, expected: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert with_listed((), str(tmp_path / name)) == expected


def test_files_lie_beside_their_list_and_come_after_the_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.")
    (tmp_path / "list.txt").write_text("a.txt\nmissing.txt\n")
    assert with_listed(("b.txt",), str(tmp_path / "list.txt")) == ("b.txt", str(tmp_path / "a.txt"), "missing.txt")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"\n# nothing\n", "no SOURCE in it"),
        ("latin.txt", b"https://a.example/1\nhttps://a.example/\xe9\n", "line 2 is not UTF-8"),
        ("binary.txt", b"a\x00b", "is not a list"),
        ("claims.csv", b"id,words\n1,It rained\n", "none of its columns"),
        ("claims.csv", b"id,claim\n1,It rained\n", "lists claims and no SOURCEs"),
        ("claims.csv", b'id,url\n1,"https://a.example/1\n', "is not a CSV file"),
    ],
)
def test_what_is_no_list_is_one_clear_line(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError, match=words):
        with_listed((), str(tmp_path / name))


@pytest.mark.parametrize(("listed", "words"), [(None, "name a SOURCE"), ("missing.txt", "cannot be read")])
def test_no_source_at_all(listed: str | None, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        with_listed((), listed)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("claims.csv", 'id,Claim,url\n1,"It rained, it snowed",https://a.example/1\n2,\n3\n4, It thawed\n',
         {2: "It rained, it snowed", 5: "It thawed"}),
        ("claims.csv", "id,url\n1,https://a.example/1\n", {}),
        ("claims.txt", "claim\nIt rained\n", {}),
        ("claims.csv", "", {}),
    ],
)  # fmt: skip
def test_a_column_of_claims(name: str, text: str, expected: dict[int, str], tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert listed_claims(str(tmp_path / name)) == expected
