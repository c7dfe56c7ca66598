"""`factdesk review`: opens the review desk in the browser."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claims.records import Capture, OutletDirectory, Page
from flows.commands.checking.handed_in import judge_of
from flows.commands.options import on_ledger
from flows.commands.running.desk_checks import DeskChecks
from flows.config.desk import ReviewDesk
from flows.config.setup import CheckOptions, setup
from sources.captures.reread import captured
from sources.errors import Unavailable, UnreadableError

if TYPE_CHECKING:
    from review.access.accounts import DeskAccount


@click.command()
@on_ledger
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port. Default: review.port of config.yaml; 0: any free port."
)
@click.option("--open/--no-open", "open_", default=True, help="Open the browser automatically.")
def review(config: str | None, db: str | None, port: int | None, open_: bool) -> None:
    """Open the review desk in the browser, starting with the claims that need review."""
    from review.desk import serve as serve_desk  # noqa: PLC0415  Datasette costs a second: --help does not need it

    how = setup(CheckOptions(config=config, ledger=db))
    settings = how.settings.review
    models = threading.Lock()
    serve_desk(
        how.ledger,
        settings.host,
        settings.port if port is None else port,
        open_browser=open_,
        sign_off=settings.asked_sign_off,
        outlets={outlet.id: outlet.name for outlet in how.outlets},
        scale=how.scale,
        timezone=how.settings.desk.timezone,
        read=page_reader(how.captures, how.outlets),
        judge=judge_of(how, models),
        checks=DeskChecks(how, models),
        accounts=desk_accounts(settings),
        login_before=settings.behind_login,
    )


def desk_accounts(settings: ReviewDesk) -> dict[str, DeskAccount]:
    """The accounts of config.yaml as the desk takes them."""
    from review.access.accounts import DeskAccount, Role  # noqa: PLC0415  Datasette, as above

    return {
        user: DeskAccount(name=account.name or user, role=Role(account.role), password_hash=account.password_hash)
        for user, account in settings.accounts.items()
    }


def page_reader(folder: Path, outlets: OutletDirectory) -> Callable[[Capture], Page]:
    """A function that reads the page of a capture again and raises OSError if it cannot, as the desk expects."""

    def read(capture: Capture) -> Page:
        try:
            return captured(capture, folder, outlets)
        except (Unavailable, UnreadableError) as error:
            raise OSError(str(error)) from error

    return read
