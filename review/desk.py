"""The review desk: Datasette on the ledger, by default reachable only from this machine."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
import webbrowser
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from claims.errors import LedgerError
from claims.ledger.ledger import Ledger

if TYPE_CHECKING:
    from datasette.app import Datasette

    from review.access.accounts import Accounts
    from review.captured import ReadCapture
    from review.handed.checks import ArticleChecks
    from review.handed.uploads import HandIn

# Datasette's own limits are meant for the public web; the desk runs on the user's own machine.
_SETTINGS = {
    "default_page_size": 50,
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 2000,
    "suggest_facets": False,
    "truncate_cells_html": 400,
}


_NO_ACCOUNTS = (
    "the desk at {} can be reached from other machines and has no accounts; add review.accounts to config.yaml, "
    "or set review.behind_login if another program asks for a login"
)


class DeskParts(TypedDict, total=False):
    """What a desk is given: the names of outlets by id, the desk's words for labels, its time zone, and functions.

    ``read`` reads a captured page again (an OSError says why it cannot be); ``judge`` keeps what a person hands in
    for a source and judges the article's claims with it; ``checks`` checks articles that a person names or uploads.
    ``accounts`` may log in, by user name; without any, nobody needs to.
    """

    outlets: Mapping[str, str] | None
    scale: Mapping[str, str]
    timezone: str
    read: ReadCapture | None
    judge: HandIn | None
    checks: ArticleChecks | None
    accounts: Accounts


def desk(ledger: Path, hosts: Collection[str] = (), **parts: Unpack[DeskParts]) -> Datasette:
    """A Datasette on the ledger at ``ledger``, which must exist; raises LedgerError with the problem.

    Requests for other names than ``hosts`` are refused (none are where it is empty).
    """
    from datasette.app import Datasette  # noqa: PLC0415  half a second that only the desk needs
    from datasette.plugins import pm  # noqa: PLC0415  same

    from review import plugin  # noqa: PLC0415  same
    from review.access.accounts import plugin_settings, set_accounts  # noqa: PLC0415  same
    from review.lists.counts import LedgerDatabase  # noqa: PLC0415  same

    with Ledger.open(ledger, create=False):
        pass  # checks that it exists and is a ledger of this version
    # If rich is installed, Datasette prints all local variables for every address that is not found.
    pm.get_plugin("datasette.handle_exception").rich = None
    if not pm.is_registered(plugin):
        pm.register(plugin, name="factdesk")
    accounts = parts.get("accounts", {})
    named = {"outlets": dict(parts.get("outlets") or {}), "scale": dict(parts.get("scale", {}))}
    own = {"factdesk": {"hosts": list(hosts), **named, "timezone": parts.get("timezone", "UTC")}}
    metadata = {"title": "Factdesk", "plugins": {**own, **plugin_settings(accounts)}}
    app = Datasette([], settings=_SETTINGS, metadata=metadata)
    set_accounts(app, accounts)
    read, judge, checks = parts.get("read"), parts.get("judge"), parts.get("checks")
    if read is not None:
        plugin.READERS[app] = read
    if judge is not None:
        plugin.JUDGES[app] = judge
    if checks is not None:
        plugin.CHECKS[app] = checks
    app.remove_database("_memory")
    app.add_database(LedgerDatabase(app, str(ledger.resolve())), name="ledger")
    return app


def serve(
    ledger: Path,
    host: str,
    port: int,
    *,
    open_browser: bool = False,
    sign_off: int | None = None,
    login_before: bool = False,
    **parts: Unpack[DeskParts],
) -> None:
    """Serve the desk until it is stopped; ``port`` 0 chooses a free port. Raises LedgerError if it cannot start.

    ``sign_off`` is how many people must make the same decision to take a claim off the queue (None: no change).
    A desk that other machines can reach needs accounts, or ``login_before``: a program that asks for a login before it.
    """
    if not (loopback(host) or parts.get("accounts") or login_before):
        raise LedgerError(_NO_ACCOUNTS.format(host))
    import uvicorn  # noqa: PLC0415  only the desk needs it

    with listening("the desk", host, port) as bound:
        with Ledger.open(ledger, create=False) as book:
            book.sign_off(sign_off, at=datetime.now(UTC).isoformat(timespec="seconds"))
        bound_port = bound.getsockname()[1]
        app = desk(ledger, answered_hosts(host), **parts).app()
        url = f"http://{_in_url(host)}:{bound_port}/"
        print(f"The desk is at {url} (Ctrl-C ends it)", flush=True)  # noqa: T201  what the command is for
        if open_browser:
            threading.Thread(target=_open_browser, args=(url,), daemon=True).start()
        uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", ws="none")).run(sockets=[bound])


def answered_hosts(host: str) -> tuple[str, ...]:
    """The host names that a desk at ``host`` accepts; empty (all of them) if it is not limited to loopback."""
    if not loopback(host):
        return ()
    return tuple(dict.fromkeys((_in_url(host).lower(), "127.0.0.1", "localhost", "[::1]")))


def loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listening(what: str, host: str, port: int) -> socket.socket:
    """A socket that listens for ``what``; ``port`` 0 chooses a free port. Raises LedgerError if it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen()
    except OSError as error:
        bound.close()
        raise LedgerError(
            f"{what} cannot listen at {host}:{port} ({error.strerror}); choose another with --port (0: a free one)"
        ) from error
    return bound


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _open_browser(url: str) -> None:
    # The server needs a moment until it answers; the browser would show an error before.
    time.sleep(1)
    webbrowser.open(url)
