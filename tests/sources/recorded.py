"""The recorded kinds of response: read from the table, and judged as the desk does (used by the benchmark as well)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sources.errors import Unavailable
from sources.page.page import read_page
from sources.page.states import state_of

ARTICLE = "".join(
    f"<p>{text}</p>"
    for text in (
        "Ministers agreed on Monday night to cut the harbour budget by five percent, after fourteen hours of talks "
        "in a hotel by the airport, two people who were in the room said.",
        "The cut is smaller than the seven percent that the treasury had asked for, and it comes a year later than "
        "planned, which the unions called the best that could be had.",
        "“Nobody is happy, and that is how one knows that it is a compromise,” said Ines Holm, who leads the harbour "
        "workers and had threatened to walk out twice during the night.",
        "Parliament has to vote on the plan before the end of March, and the government has a majority of only three "
        "seats, one of which is empty since the election was annulled.",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of response and what must be made of it."""

    name: str
    status: int
    headers: dict[str, str]
    body: bytes
    url: str
    final_url: str
    told: str | None
    partial: str | None


def kinds() -> list[Kind]:
    rows = yaml.safe_load(Path(__file__).with_name("responses.yaml").read_text(encoding="utf-8"))
    return [_kind(row) for row in rows]


def _kind(row: dict[str, Any]) -> Kind:
    url = row.get("url", "https://paper.example/politics/ministers-agree-on-budget")
    body = row["body"].replace("{article}", ARTICLE)
    headers = {"content-type": "text/html; charset=utf-8"} | row.get("headers", {})
    return Kind(
        name=str(row["name"]),
        status=row.get("status", 200),
        headers=headers,
        body=body.encode("latin-1") if "image" in headers["content-type"] else body.encode(),
        url=url,
        final_url=row.get("final_url", url),
        told=row["told"],
        partial=row.get("partial"),
    )


def outcome(kind: Kind) -> tuple[str | None, str | None]:
    """(reason why it cannot be read, reason why only a part can), as gathering a source would find it."""
    state = state_of(kind.status, kind.headers, kind.body, kind.url, kind.final_url)
    if state is not None and state[0] != "paywall":
        return state[0].value, None
    try:
        page = read_page(kind.body, url=kind.url, final_url=kind.final_url, content_type=kind.headers["content-type"])
    except Unavailable as error:
        return (state[0] if state else error.reason).value, None
    if state is not None and page.partial is None:
        return state[0].value, None
    return None, page.partial.value if page.partial else None
