"""Masks secrets in addresses and headers, and restricts access to the user's files.

The records, the ledger and the captures store complete addresses, because sources are fetched again with them;
everything shown or exported is masked by ``hidden`` or ``hide_in`` first.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote

# What stands in the place of a secret.
MASK = "-"
FILE_MODE, FOLDER_MODE = 0o600, 0o700

# A parameter or a header whose name has one of these words carries a secret, whatever its value.
_SECRET_WORDS = frozenset({
    "token", "tokens", "accesstoken", "authtoken", "refreshtoken", "idtoken", "jwt", "bearer", "oauth",
    "key", "apikey", "accesskey", "secretkey", "secret", "clientsecret", "credential", "credentials",
    "sig", "sign", "signature", "hmac", "auth", "authorization", "authkey", "session", "sessionid", "sessid",
    "sid", "phpsessid", "jsessionid", "aspsessionid", "password", "passwd", "passphrase", "pass", "pwd", "pin",
    "otp", "cookie", "cookies", "csrf", "xsrf", "nonce", "awsaccesskeyid",
})  # fmt: skip
# All parameters of signed addresses (AWS, Google Cloud, Alibaba Cloud).
_SECRET_PREFIXES = ("x-amz-", "x-goog-", "x-oss-")
# Parameters that carry a secret only where their value looks drawn at random: share codes, tickets, checksums.
_DOUBTFUL_WORDS = frozenset({"code", "hash", "ticket", "policy", "st", "s", "t", "k", "h", "e", "ps", "access", "gift"})
_RANDOM = re.compile(r"(?=[^\d]*\d)(?=[^A-Za-z]*[A-Za-z])[\w.~%+/=-]{16,}|[0-9a-f]{16,}", re.IGNORECASE)
_WEB_TOKEN = re.compile(r"eyJ[\w-]{5,}\.[\w-]{5,}\.")  # a JSON Web Token (RFC 7519)
_WORDY = re.compile(r"(?:[a-z]{3,}[-_]){2}|\d{4}-\d\d-\d\d", re.IGNORECASE)

# A sign, however often the address that it is in was percent-encoded: one may be inside the value of another.
_ENCODED = "%(?:25)*(?:{})"
_LETTER = r"(?:[\w.$~\[\]-]|%(?!(?:25)*(?:3D|26|3F|23|3B)))"
# The head of a parameter inside an address, also in HTML; and what its value, or that of a path's parameter
# (";jsessionid=..."), does not contain. A value ends at a separator that is encoded no more often than its head.
_HEAD = re.compile(
    rf"(?P<lead>[?&#;]|{_ENCODED.format('3F|26|23|3B')}|&amp;|&#38;)(?P<name>{_LETTER}{{1,80}})"
    rf"(?:=|{_ENCODED.format('3D')})",
    re.IGNORECASE,
)
_ENOUGH = 512  # characters of a value that tell whether it is a secret, so that a long address is not read many times
_SIGN = r"(?:(?!,https?:{}){})+"
_USER = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]{0,20}://)[^/?#\s@\"'<>\\]{1,300}@", re.IGNORECASE)
_INNER_USER = re.compile(
    rf"(?P<scheme>[a-z][a-z0-9+.-]{{0,20}}{_ENCODED.format('3A')}(?://|(?:{_ENCODED.format('2F')}){{2}}))"
    rf"(?:(?!{_ENCODED.format('2F|3F|23|26|40')})[^/?#&\s@\"'<>\\]){{1,300}}(?:@|{_ENCODED.format('40')})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    rf"(?:(?:https?|ftp|wss?)(?::|{_ENCODED.format('3A')})(?://|(?:{_ENCODED.format('2F')}){{2}})|(?<![\w.@/-])www\.)"
    r"[^\s\"'<>\\`]+",
    re.IGNORECASE,
)
# A header with its value as JSON has the pair, however its quotation marks are escaped (JSON in JSON, HTML, CSV).
_QUOTE = r"(?:\\*\"|&quot;|&#34;|&#x22;)"
_HEADER = re.compile(
    rf"(?P<lead>{_QUOTE}+(?P<name>[\w-]{{0,40}}(?:cookie|authorization|authenticate)){_QUOTE}+\s*[,:]\s*"
    rf"(?P<quote>{_QUOTE}+)).{{0,4096}}?(?P=quote)(?=\s*[\]}},])",
    re.IGNORECASE | re.DOTALL,
)
_HEADER_NAMES = ("cookie", "authorization", "authenticate")
# Fields of the article's and the sources' own words: held to be verbatim, with offsets into them.
_VERBATIM = frozenset(
    {"text", "statement", "passage", "quote", "found", "diff", "original", "was", "now", "exact", "prefix", "suffix"}
)


# The earliest time that a ZIP file can contain, so that it does not say when it was written.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def is_secret(name: str, value: str) -> bool:
    """Whether a parameter or header of this name and value carries a secret."""
    words = _words_of(name)
    if words & _SECRET_WORDS or any(word.startswith(_SECRET_PREFIXES) for word in words) or _WEB_TOKEN.match(value):
        return True
    return bool(words & _DOUBTFUL_WORDS) and bool(_RANDOM.fullmatch(value)) and not _WORDY.search(value)


@lru_cache(maxsize=1024)
def _words_of(name: str) -> frozenset[str]:
    """The words of a name, the whole of it, and the whole without its hyphens and underscores."""
    name = _decoded(name)
    plain = name.lower()
    words = re.findall(r"[a-z]+|\d+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower())
    return frozenset((*words, plain, plain.replace("_", "").replace("-", "")))


def _decoded(name: str) -> str:
    """A name without its percent-encoding, however often it was encoded."""
    while (plain := unquote(name)) != name:
        name = plain
    return name


def is_secret_header(name: str) -> bool:
    """Whether a header carries a secret: cookies, credentials, keys and tokens."""
    return name.lower().endswith(_HEADER_NAMES) or is_secret(name.removeprefix("x-").removeprefix("X-"), "")


def hide(url: str) -> str:
    """An address without name and password, and with a mask for every parameter that carries a secret."""
    return _masked(_INNER_USER.sub(r"\g<scheme>", _USER.sub(r"\g<scheme>", url)))


def hide_in(text: str) -> str:
    """A text (a message, a page, a line of JSON) with the secrets of every address and header in it hidden."""
    shown = _ADDRESS.sub(lambda match: hide(match[0]), text)
    return _HEADER.sub(rf"\g<lead>{MASK}\g<quote>", shown)


def hide_headers(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Headers with a mask for every value that is a secret."""
    return tuple((name, MASK if is_secret_header(name) else hide_in(value)) for name, value in headers)


def hidden(value: Any, field: str = "") -> Any:
    """A document (nested mappings, lists and texts) as it may be shown; the words of articles stay as they are."""
    if isinstance(value, dict):
        return {name: hidden(inner, str(name)) for name, inner in value.items()}
    if field == "headers" and isinstance(value, list | tuple):
        return [list(pair) for pair in hide_headers((str(name), str(text)) for name, text in value)]
    if isinstance(value, list | tuple):
        return [hidden(inner, field) for inner in value]
    return hide_in(value) if isinstance(value, str) and field not in _VERBATIM else value


def _masked(url: str) -> str:
    """The address with its secret values masked; one may be inside another's value (``?url=https://...?key=...``)."""
    shown, done, head = [], 0, _HEAD.search(url)
    while head:
        end, value = head.end(), _value_after(head["lead"])
        start = value.match(url, end, end + _ENOUGH)
        if start and is_secret(head["name"], start[0]):
            shown += [url[done : head.end()], MASK]
            whole = value.match(url, end)
            done = end = whole.end() if whole else end
        head = _HEAD.search(url, end)
    return "".join([*shown, url[done:]])


@cache
def _value_after(lead: str) -> re.Pattern[str]:
    """The pattern of the value of a parameter with this sign before it."""
    path, times = lead.lower().endswith((";", "3b")), lead.count("25")
    ends = rf"|%(?:25){{0,{times}}}(?:26|23|3B{'|3F' if path else ''})" if lead.startswith("%") else ""
    sign = rf"[^{'?' if path else ''}&#;\s\"'<>\\`|)\]}}]"
    return re.compile(_SIGN.format(ends, sign), re.IGNORECASE)


def private(path: str, flags: int) -> int:
    """An ``opener`` for ``open``: a file that is made is its owner's alone; one that is there keeps its mode."""
    return os.open(path, flags | getattr(os, "O_CLOEXEC", 0), FILE_MODE)


def make_file(path: Path) -> None:
    """Make an empty file that is its owner's alone; one that is there stays as it is. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, FILE_MODE))


def write_text(path: Path, text: str) -> None:
    """Write a new file, or over the one that is there, its owner's alone. Raises OSError."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a new file, or over the one that is there, its owner's alone. Raises OSError.

    Whoever is killed while it is written leaves the one that was there.
    """
    if path.exists() and not path.is_file():  # a terminal, a pipe, which has no place among the files
        path.write_bytes(data)
        return
    with whole_file(path.resolve()) as file:
        file.write(data)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file, its owner's alone, that is written beside its place and moved there when it is whole. Raises OSError."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with open(part, "wb", opener=private) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_zip(path: Path, files: Mapping[str, bytes], *, packed: bool) -> None:
    """Write a whole ZIP file, its owner's alone. Raises OSError.

    Without ``packed`` the files are stored as they are, so that parts of them can be read alone.
    """
    way = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with whole_file(path) as file, zipfile.ZipFile(file, "w", way) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), content, way)


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it that are missing, its owner's alone. Raises OSError."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(mode=FOLDER_MODE, exist_ok=True)


def kept_secret(path: Path, prefix: str = "") -> str:
    """The secret in the file, which only its owner may read.

    A missing or blank file gets a random secret after ``prefix``: with an empty one, anybody would be let in. Of two
    processes that find no file, the second takes the secret of the first.
    Raises OSError if the file cannot be read or written.
    """
    made = f"{prefix}{secrets.token_urlsafe(18)}"
    make_folder(path.parent)
    try:
        with open(path, "x", encoding="utf-8", opener=private) as file:
            file.write(f"{made}\n")
    except FileExistsError:
        kept = path.read_text(encoding="utf-8").strip()
        if kept.removeprefix(prefix).strip():
            return kept
        write_text(path, f"{made}\n")
    return made
