"""Request and content security of the desk: rejects foreign requests and external content."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, MutableMapping
from contextvars import ContextVar
from typing import Any, TypeAlias

from jinja2 import BaseLoader, Environment

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

# Nothing may come from, or go to, another site. What Datasette writes into its pages runs by the nonce of the answer,
# which only tags of the templates have (``noncing``).
# The hashes are those of the one style sheet that a script of Datasette's (cm-resize) adds: empty, then with its text.
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}' "
    "'sha256-38xqj8N9cygggde3AvM+xVgS15DUXTOhM9fjk0hLOS0=' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; "
    "img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    # A source must not learn from which desk and claim a reader comes.
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    # Other sites can neither embed a page nor keep a reference to its window.
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
# The nonce of the answer that is being made.
_NONCE: ContextVar[str] = ContextVar("nonce", default="")
# The function of the templates that gives the nonce.
CSP_NONCE = "csp_nonce"
_INLINE = re.compile(r"<(script|style)\b(?![^>]*\bnonce=)")
# Style attributes, for which there is no nonce; what stands in them may be an expression with quotation marks.
_STYLE = re.compile(r"""\sstyle="(?:\{\{.*?\}\}|[^"])*\"""")
_METHODS = ("GET", "HEAD", "POST")
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^\s:/@\[\]]+)(?::\d{1,5})?")
# The desk's own pages, which run no query of the address.
_OWN_PAGES = ("/queue", "/claim/", "/article/")


def guarded(app: App, hosts: Collection[str]) -> App:
    """The app, restricted to requests for ``hosts`` (any if empty), with security headers added to its responses.

    A foreign site can make its own name resolve to 127.0.0.1 so that the browser sends its requests here (DNS
    rebinding); its name is still in the Host header. A foreign site can also submit a form here; the browser says so in
    Sec-Fetch-Site and Origin, while Datasette's own check accepts forms without a cookie. It can also make the browser
    request a page with a query in its address and learn about the ledger from the response time; therefore other sites
    may only link to pages.
    """

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        nonce = secrets.token_urlsafe(16)

        async def send_shut(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _shut(message.get("headers", []), nonce)}
            await send(message)

        if scope["type"] == "websocket":  # the desk has none, and the checks below are of requests
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = {bytes(name): bytes(value).decode("latin-1").lower() for name, value in scope["headers"]}
        if hosts and _host_name(headers.get(b"host", "")) not in hosts:
            await refuse(send_shut, 421, "This desk answers only under its own name, such as http://127.0.0.1:8001/")
        elif scope["method"] not in _METHODS:
            await refuse(send_shut, 405, "This desk does not answer requests of this method")
        elif scope["method"] == "POST" and not from_here(headers):
            await refuse(send_shut, 403, "This form was not sent from this desk")
        elif not _may_read(scope, headers):
            await refuse(send_shut, 403, "Another site asked for this; open the desk's own page")
        else:
            _NONCE.set(nonce)
            await app(scope, receive, send_shut)

    return guard


def from_here(headers: Mapping[bytes, str]) -> bool:
    """Whether a form comes from a page of the desk, according to the browser's headers."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get(b"origin")
    return origin is None or origin.partition("://")[2] == headers.get(b"host")


def current_nonce() -> str:
    """The nonce of the current response; empty outside of a response."""
    return _NONCE.get()


def _may_read(scope: Scope, headers: Mapping[bytes, str]) -> bool:
    """Whether a page may be read: from the desk itself, or through a link to a page without a query."""
    if _asked_from_here(headers):
        return True
    if b"sec-fetch-site" not in headers:
        return b"origin" not in headers and not scope.get("query_string")
    if "prefetch" in headers.get(b"sec-purpose", ""):
        return False
    if headers.get(b"sec-fetch-mode") != "navigate" or headers.get(b"sec-fetch-dest", "document") != "document":
        return False
    return not scope.get("query_string") or scope["path"].startswith(_OWN_PAGES)


def _asked_from_here(headers: Mapping[bytes, str]) -> bool:
    """Whether no other site asked; without Sec-Fetch-Site, which old browsers lack, Origin and Referer may tell."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    own = headers.get(b"host", "")
    origins = [headers[name] for name in (b"origin", b"referer") if name in headers]
    return all(address.partition("://")[2].partition("/")[0] == own for address in origins)


def _host_name(host: str) -> str:
    """The name in a Host header, without the port; "" if it is none."""
    match = _HOST.fullmatch(host)
    return match["name"] if match else ""


def _shut(headers: Iterable[tuple[bytes, bytes]], nonce: str) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, those of the same name replaced by ours."""
    shut = ((b"content-security-policy", _POLICY.format(nonce=nonce).encode()), *_HEADERS)
    ours = {name for name, _ in shut}
    return [*((name, value) for name, value in headers if name.lower() not in ours), *shut]


async def refuse(send: Send, status: int, words: str) -> None:
    """Answer with one line of text."""
    body = f"{words}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class RewritingLoader(BaseLoader):
    """Wraps a template loader: changes the source of templates before values are inserted.

    Datasette's own templates have inline scripts and styles without a nonce (``noncing``). It is added to the source,
    so that a tag injected through a value does not get one.
    """

    def __init__(self, loader: BaseLoader, rewrite: Callable[[str], str]) -> None:
        self._loader = loader
        self._rewrite = rewrite

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The template's text; raises TemplateNotFound as the other loader does."""
        source, filename, uptodate = self._loader.get_source(environment, template)
        return self._rewrite(source), filename, uptodate

    def list_templates(self) -> list[str]:
        """The names of the templates."""
        return self._loader.list_templates()


def noncing(source: str) -> str:
    """The text of a template with the nonce in its inline tags and without style attributes."""
    return _STYLE.sub("", _INLINE.sub(rf'<\1 nonce="{{{{ {CSP_NONCE}() }}}}"', source))
