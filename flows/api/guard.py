"""Who may ask the API: requests for its own name, with the token, of limited size."""

from __future__ import annotations

import secrets
from pathlib import Path

from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

MOST_BYTES = 20_000_000  # of a request
TOKEN_VARIABLE = "FACTDESK_API_TOKEN"  # noqa: S105  the name of the variable
HOSTS = ("127.0.0.1", "localhost")


def token_file(ledger: Path) -> Path:
    """The file beside the ledger that keeps the API's token."""
    return ledger.with_name(ledger.name + ".api-token")


class TokenGuard:
    """Refuses a request before anything of it is read.

    The name that was asked for must be the API's own, so that no page elsewhere reaches it by a name that it controls
    (DNS rebinding). The token is a header that a page elsewhere cannot send without being allowed to by the API (CORS),
    and the API allows nobody.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        """Raises ValueError if the token is blank: everybody would know it."""
        if not token.strip():
            raise ValueError("the token of the API is blank")
        self._app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or answer why not."""
        if scope["type"] == "http" and (refusal := self._refusal(dict(scope["headers"]), scope["method"])):
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, headers: dict[bytes, bytes], method: str) -> JSONResponse | None:
        name, _, port = headers.get(b"host", b"").decode("latin-1").lower().partition(":")
        if name not in HOSTS or not (port.isdecimal() or not port):
            return refused(421, f"this API answers only as {' or '.join(HOSTS)}")
        scheme, _, given = headers.get(b"authorization", b"").partition(b" ")
        if scheme.lower() != b"bearer" or not secrets.compare_digest(given.strip(), self._token):
            return refused(401, "send the API's token: Authorization: Bearer TOKEN", {"WWW-Authenticate": "Bearer"})
        if b"transfer-encoding" in headers:
            return refused(411, "send the request in one piece, with its length (Content-Length)")
        length = headers.get(b"content-length", b"")
        if method in ("POST", "PUT", "PATCH") and not length.isdigit():
            return refused(411, "send the length of the request (Content-Length)")
        if length and int(length) > MOST_BYTES:
            return refused(413, f"a request may have at most {MOST_BYTES:,} bytes")
        return None


def refused(status: int, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """An answer that says in one line why there is no other."""
    return JSONResponse({"error": message}, status, headers)
