"""A chat channel on loopback: a web server that keeps what is posted to it, and serves pages that tests may change."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

TREES = "The mayor said on Friday that 20 trees were felled.\n"  # an article with one claim, whose source is not named


@dataclass
class Channel:
    """What was posted, as (path, body); ``pages`` are served, by path, with their status; ``answer`` is for posts.

    ``asked`` are the paths that were requested.
    """

    address: str = ""
    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    types: list[str | None] = field(default_factory=list)
    pages: dict[str, tuple[int, str]] = field(default_factory=dict)
    answer: int = 200
    asked: list[str] = field(default_factory=list)

    def events(self, path: str = "/hook") -> list[str]:
        """The names of the events that were posted to a path."""
        return [body["event"] for at, body in self.posts if at == path]


@contextmanager
def open_channel() -> Iterator[Channel]:
    """A channel that listens until the block ends."""
    channel = Channel()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            channel.types.append(self.headers["Content-Type"])
            channel.posts.append((self.path, json.loads(body)))
            self.reply(channel.answer, "")

        def do_GET(self) -> None:
            channel.asked.append(self.path)
            self.reply(*channel.pages.get(self.path, (404, "<p>not here</p>")))

        def reply(self, status: int, text: str) -> None:
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        channel.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield channel
        server.shutdown()


PLAN = """<html><head><title>The harbour plan</title>
<meta property="article:published_time" content="2026-01-20"></head>
<body><article><h1>The harbour plan</h1><p>{first}</p>
<p>Parliament has to vote on the plan before the end of March, and the government has a majority of three seats.</p>
<p>The harbour workers had threatened to walk out twice during the night of talks in a hotel by the airport.</p>
</article></body></html>"""
AGREED = "Ministers agreed on Monday night to cut the harbour budget by five percent, the treasury said in a statement."
ARTICLE = """<html><head><title>The cut {mark}</title></head><body><article><h1>The cut {mark}</h1>
<p>Ministers agreed on Monday night to <a href="{url}">cut the harbour budget</a> by five percent, it said.</p>
<p>The weather in the harbour was calm while the talks went on for the whole of the night, and nobody slept.</p>
</article></body></html>"""


def publish(channel: Channel, first: str = AGREED, status: int = 200) -> str:
    """Publish the page that the article cites; the article as HTML. ``first`` is the page's first paragraph."""
    channel.pages["/plan"] = (status, PLAN.format(first=first))
    return ARTICLE.format(url=f"{channel.address}/plan", mark="<@everyone>".replace("<", "&lt;"))
