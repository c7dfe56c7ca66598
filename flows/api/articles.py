"""The article that a request hands in: an address, or a text with the name of its file."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from claims.addresses import is_address
from flows.errors import UsageError
from sources.errors import UnreadableError

_OUTSIDE_A_NAME = re.compile(r"[^\w. ()-]+")
_LONGEST_NAME = 60  # with four bytes a character, below the 255 bytes of a file system


class HandedArticle(BaseModel):
    """An article: either its address or its text.

    A path on this machine is not accepted, because whoever asks need not be allowed to read every file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: Annotated[str, Field(description="The article's address (http or https).")] = ""
    text: Annotated[str, Field(description="The article itself: HTML, Markdown, captions or plain text.")] = ""
    name: Annotated[
        str, Field(description="The name of the file that the text comes from; its ending (.html, .md) is the type.")
    ] = ""

    @property
    def shown(self) -> str:
        """What messages call it."""
        return self.address or _file_name(self.name)


def well_formed(article: HandedArticle) -> HandedArticle:
    """The article; raises UsageError if it has neither address nor text, or both, or a path as its address."""
    if bool(article.address) == bool(article.text):
        raise UsageError("give either the address of an article or its text")
    if article.address and not is_address(article.address):
        raise UsageError(f"{article.address}: an address begins with http:// or https://; hand in a file as text")
    return article


@contextmanager
def article_place(article: HandedArticle) -> Iterator[str]:
    """The article's address, or a temporary file with its text.

    An UnreadableError raised inside names the file by its own name. Raises UsageError if the article is not well
    formed.
    """
    if well_formed(article).address:
        yield article.address
        return
    with file_place(article.name, article.text.encode("utf-8", "surrogatepass")) as place:
        yield place


@contextmanager
def file_place(name: str, data: bytes) -> Iterator[str]:
    """A temporary file with these bytes; an UnreadableError raised inside names it by its own name."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / _file_name(name)
        place.write_bytes(data)
        try:
            yield str(place)
        except UnreadableError as error:
            raise UnreadableError(str(error).replace(str(place), place.name)) from error


def _file_name(name: str) -> str:
    """The name without folders and without characters that a file system or a terminal could misread."""
    return _OUTSIDE_A_NAME.sub("_", Path(name).name)[-_LONGEST_NAME:].lstrip(".") or "article"
