"""Accounts of a desk that other machines can reach: who may read, decide and check articles.

The passwords are hashed and checked by the Datasette plugin datasette-auth-passwords; roles are this module's. A desk
without accounts, as on this machine, asks nobody for a password.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from datasette.actor_auth_cookie import actor_from_request
from datasette.utils.asgi import Request, Response

from claims.errors import LedgerError

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette

    from review.access.guard import App, Receive, Scope, Send

# Datasette's permissions: to decide and hand in sources; to check articles and publish corrections.
DECIDE, EDIT = "factdesk-review", "factdesk-edit"
_LOGIN = "/-/login"
# What is answered without an account: the login, and the styles and scripts of its page.
_OPEN = (_LOGIN, "/-/factdesk/", "/-/static/")
# A page of the plugin that hashes passwords for anybody; `datasette hash-password` does the same.
_SHUT = "/-/password-tool"


class Role(StrEnum):
    """What an account may do; each may do what those before it may."""

    READER = "reader"
    REVIEWER = "reviewer"
    EDITOR = "editor"


_MAY = {Role.READER: (), Role.REVIEWER: (DECIDE,), Role.EDITOR: (DECIDE, EDIT)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskAccount:
    """A person who may log in: ``name`` is the name under which the person decides."""

    name: str
    role: Role
    password_hash: str


Accounts = Mapping[str, DeskAccount]

# The accounts by user name, for the desks that have some.
_ACCOUNTS: WeakKeyDictionary[Datasette, Accounts] = WeakKeyDictionary()


def plugin_settings(accounts: Accounts) -> dict[str, Any]:
    """The settings of datasette-auth-passwords for these accounts. Raises LedgerError if it is not installed.

    The hashes are put into the environment of this process, because Datasette shows all other settings of plugins to
    everybody who may read the desk.
    """
    if not accounts:
        return {}
    if find_spec("datasette_auth_passwords") is None:
        raise LedgerError("accounts need the package datasette-auth-passwords; run pip install 'factdesk[accounts]'")
    settings: dict[str, Any] = {
        "actors": {user: {"id": user, "name": account.name} for user, account in accounts.items()}
    }
    for number, (user, account) in enumerate(accounts.items()):
        variable = f"_DESK_PASSWORD_HASH_{number}"
        os.environ[variable] = account.password_hash
        settings[f"{user}_password_hash"] = {"$env": variable}
    return {"datasette-auth-passwords": settings}


def set_accounts(datasette: Datasette, accounts: Accounts) -> None:
    """Give a desk its accounts; with none it is open to everybody who can reach it."""
    if accounts:
        _ACCOUNTS[datasette] = accounts


def account_of(datasette: Datasette, actor: Mapping[str, Any] | None) -> DeskAccount | None:
    """The account that is logged in; None if nobody is, or the desk has no accounts."""
    return _ACCOUNTS.get(datasette, {}).get((actor or {}).get("id", ""))


def allowed_by_role(datasette: Datasette, actor: Mapping[str, Any] | None, action: str) -> bool | None:
    """Whether the actor's role allows an action; None if the desk has no accounts."""
    if datasette not in _ACCOUNTS:
        return None
    account = account_of(datasette, actor)
    return account is not None and action in _MAY[account.role]


def behind_login(app: App, datasette: Datasette) -> App:
    """The app, which answers only the login page to people who have not logged in, if the desk has accounts."""

    async def ask(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or datasette not in _ACCOUNTS:
            await app(scope, receive, send)
            return
        request = Request(scope, receive)
        if scope["path"].startswith(_SHUT):
            await Response.text("This desk does not hash passwords", status=404).asgi_send(send)
        elif scope["path"].startswith(_OPEN) or account_of(datasette, actor_from_request(datasette, request)):
            await app(scope, receive, send)
        elif request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", ""):
            await Response.redirect(_LOGIN).asgi_send(send)
        else:
            await Response.text("Log in at /-/login first", status=401).asgi_send(send)

    return ask
