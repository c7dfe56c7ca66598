"""The hooks of the Datasette plugin; they have an effect only on a Factdesk ledger."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Request, Response
from datasette.views.base import DatasetteError
from datasette.views.index import IndexView
from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from claims.ledger.ledger import Ledger
from claims.ledger.store import bound_lengths
from review import pages
from review.access.accounts import DECIDE, EDIT, account_of, allowed_by_role, behind_login
from review.access.forms import bounded_forms, has_file
from review.access.guard import CSP_NONCE, App, RewritingLoader, current_nonce, guarded, noncing
from review.captured import ReadCapture, captured_page
from review.cells import CellContext, cell, in_words
from review.decisions import ask_ledger, reviewer_of
from review.handed.checks import ArticleChecks
from review.handed.open_page import open_page
from review.handed.uploads import HandIn
from review.lists.bounds import bounded, list_filters, tallied
from review.lists.figures import figures_page
from review.markup.accessible import accessible
from review.masked import cell_as_file, masked
from review.metadata import metadata
from review.queue_page import queue_page
from review.report.article import article_page

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette

# Which databases of a Datasette are ledgers, found out once when it starts.
_LEDGERS: WeakKeyDictionary[Datasette, dict[str, CellContext]] = WeakKeyDictionary()

# The functions that read captured pages again, by app, for desks that were started with one.
READERS: WeakKeyDictionary[Datasette, ReadCapture] = WeakKeyDictionary()

# What judges a page that a person hands in, for a desk that was told so.
JUDGES: WeakKeyDictionary[Datasette, HandIn] = WeakKeyDictionary()

# What checks an article that a person names or uploads, for a desk that was given it.
CHECKS: WeakKeyDictionary[Datasette, ArticleChecks] = WeakKeyDictionary()

Function = TypeVar("Function", bound=Callable[..., Any])


def hook(function: Function, *, last: bool = False) -> Function:
    """Datasette's decorator for hooks, with types; ``last`` for one whose answer replaces that of the others."""
    hookimpl(function, trylast=last)
    return function


_TYPES = {".css": "text/css", ".js": "text/javascript"}
_COLOURS, _STYLE, _SCRIPT = (f"/-/factdesk/{name}" for name in ("colours.css", "desk.css", "desk.js"))


@hook
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """Find the ledgers among the databases."""

    async def look() -> None:
        config = _desk_config(datasette)
        looks, zone = in_words(config.get("scale", {})), ZoneInfo(config.get("timezone", "UTC"))
        _LEDGERS[datasette] = {
            name: CellContext(base=f"/{quote(name)}", outlets=config.get("outlets", {}), looks=looks, zone=zone)
            for name, database in datasette.databases.items()
            if database.path and (await database.execute("PRAGMA application_id")).rows[0][0] == Ledger.MARK
        }

    return look


@hook
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    """Tables, columns, facets and queries in plain words."""
    return metadata(_ledgers(datasette))


@hook
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Load our templates before Datasette's, all with the nonce; without a ledger Datasette's are used."""
    env.globals[CSP_NONCE] = current_nonce
    env.globals["open_ledger"] = lambda: _menu(datasette)
    theirs = [RewritingLoader(env.loader, accessible)] if env.loader else []
    env.loader = RewritingLoader(ChoiceLoader([PackageLoader("review"), *theirs]), noncing)


@hook
def extra_template_vars(
    template: str, datasette: Datasette, request: Request | None
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """What our templates use; ``desk`` is None if no ledger is open."""

    async def variables() -> dict[str, Any]:
        names = _ledgers(datasette)
        if not names:
            return {"desk": None}
        actor = request.actor if request else None
        decides, edits = [await datasette.permission_allowed(actor, may, default=True) for may in (DECIDE, EDIT)]
        own = {"judges": datasette in JUDGES, "checks": datasette in CHECKS and edits}
        own |= {"decides": decides, "edits": edits, "account": account_of(datasette, actor)}
        values: dict[str, Any] = {"desk": {**pages.helpers(names[0], _LEDGERS[datasette][names[0]]), **own}}
        if template == "index.html":
            values["overview"] = await ask_ledger(_ledger_path(datasette), pages.overview)
        elif template.startswith("table-"):
            values["kept"] = await ask_ledger(_ledger_path(datasette), tallied)
        return values

    return variables


@hook
def extra_css_urls(datasette: Datasette) -> list[str]:
    """The desk's style sheets."""
    return [_COLOURS, _STYLE] if _ledgers(datasette) else []


@partial(hook, last=True)
def register_output_renderer(datasette: Datasette) -> dict[str, Any]:
    """The download of a cell; after Datasette's own, which it replaces."""
    return {"extension": "blob", "render": cell_as_file, "can_render": lambda: False}


@hook
def extra_js_urls(datasette: Datasette) -> list[str]:
    """The script with the desk's keyboard shortcuts."""
    return [_SCRIPT] if _ledgers(datasette) else []


@hook
def prepare_connection(conn: Any) -> None:
    """Limit the size of values in queries, because the time limit interrupts a query only between steps."""
    if conn.execute("PRAGMA application_id").fetchone()[0] == Ledger.MARK:
        bound_lengths(conn)


@hook
def permission_allowed(datasette: Datasette, actor: Any, action: str, resource: Any) -> bool | None:
    """What roles allow; the internal tables of the full-text search, whose rows cannot be shown, are denied."""
    if action in (DECIDE, EDIT):
        return allowed_by_role(datasette, actor, action)
    if action != "view-table" or not isinstance(resource, tuple) or resource[0] not in _ledgers(datasette):
        return None
    return False if "_fts" in resource[1] else None


@hook
def render_cell(
    row: Mapping[str, Any], value: Any, column: str, table: str | None, database: str, datasette: Datasette
) -> Markup | None:
    """Labels as badges, ids as links."""
    place = _LEDGERS.get(datasette, {}).get(database)
    if place is None:
        return None
    return cell(value, column, table, row, place)


@hook
def filters_from_request(request: Request, database: str, table: str, datasette: Datasette) -> Any:
    """Bounded search and pages by key in the lists of claims."""
    return list_filters(request, table) if database in _ledgers(datasette) else None


@hook
def handle_exception(datasette: Datasette, exception: Exception) -> None:
    """A column that cannot be sorted by is a fault of the address; Datasette, which makes the page, says its own."""
    if isinstance(exception, DatasetteError) and exception.message.startswith("Cannot sort") and _ledgers(datasette):
        exception.status = 400


@hook
def skip_csrf(datasette: Datasette, scope: Mapping[str, Any]) -> bool:
    """A form with a file is checked by ``pages.sent_from_here``, because Datasette's own check cannot read it."""
    return has_file(scope)


@hook
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """The desk's own pages, which come before Datasette's."""

    async def claim(request: Request) -> Response:
        return await pages.claim_page(datasette, request, await _readable_ledger(datasette, request))

    async def source(request: Request) -> Response:
        if request.method != "POST":
            return Response.redirect(f"/claim/{request.url_vars['claim']}")
        path = await _readable_ledger(datasette, request)
        return await pages.source_page(datasette, request, path, JUDGES.get(datasette))

    async def check(request: Request) -> Response:
        await _readable_ledger(datasette, request)
        return await pages.check_page(datasette, request, CHECKS.get(datasette))

    async def figures(request: Request) -> Response:
        await _readable_ledger(datasette, request)
        name = _ledgers(datasette)[0]
        return await figures_page(datasette, request, name, _LEDGERS[datasette][name].day)

    async def article(request: Request) -> Response:
        path = await _readable_ledger(datasette, request)
        return await article_page(datasette, request, path, _LEDGERS[datasette][_ledgers(datasette)[0]])

    async def queue(request: Request) -> Response:
        return await queue_page(datasette, request, await _readable_ledger(datasette, request))

    async def capture(request: Request) -> Response:
        read = READERS.get(datasette)
        return await captured_page(datasette, request, await _readable_ledger(datasette, request), read)

    async def hand_in(request: Request) -> Response:
        await _readable_ledger(datasette, request)
        outlets, database = _desk_config(datasette).get("outlets", {}), _ledgers(datasette)[0]
        return await open_page(datasette, request, database, outlets, reviewer_of(datasette, request))

    return [
        (r"^/(?:\.(?P<format>jsono?))?$", _start),
        (r"^/hand-in$", hand_in),
        (r"^/queue$", queue),
        (r"^/claim/(?P<claim>[0-9a-f]+)/capture/(?P<capture>[0-9a-f]+)$", capture),
        (r"^/claim/(?P<claim>[0-9a-f]+)$", claim),
        (r"^/claim/(?P<claim>[0-9a-f]+)/source$", source),
        (r"^/check(?:/(?P<check>[0-9a-f]+)(?P<json>\.json)?)?$", check),
        (r"^/figures$", figures),
        (r"^/article/(?P<article>[0-9a-f]+)$", article),
        (r"^/-/factdesk/(?P<name>(?:colours|desk|report)\.css|(?:desk|hand-in|report)\.js)$", _static),
    ]


@hook
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Restrict requests, mask secrets, and answer only under the desk's own host names if they are given."""

    async def size() -> int:
        return int((await ask_ledger(_ledger_path(datasette), tallied))["claims"])

    def bases() -> tuple[str, ...]:
        return tuple(place.base for place in _LEDGERS.get(datasette, {}).values())

    def shut(app: App) -> App:
        inner = bounded_forms(behind_login(masked(bounded(app, bases, size)), datasette), bases)
        return guarded(inner, _desk_config(datasette).get("hosts", ()))

    return shut


async def _start(datasette: Datasette, request: Request, send: Any) -> Response | None:
    """The start page; Datasette's own, which counts every table, as JSON or if no ledger is open."""
    if request.url_vars["format"] or not _ledgers(datasette):
        other: Response | None = await IndexView.as_view(datasette)(request, send)
        return other
    await _readable_ledger(datasette, request)
    return Response.html(await datasette.render_template("index.html", request=request))


async def _static(request: Request) -> Response:
    name = request.url_vars["name"]
    body = (files("review") / "static" / name).read_text(encoding="utf-8")
    return Response(body, content_type=f"{_TYPES[Path(name).suffix]}; charset=utf-8")


def _desk_config(datasette: Datasette) -> Mapping[str, Any]:
    """The configuration of the desk at its start (desk.py); empty in a plain Datasette."""
    return datasette.plugin_config("factdesk") or {}


def _menu(datasette: Datasette) -> dict[str, Any] | None:
    """What the menu of a page that Datasette makes of an error needs; such a page has no other values of ours."""
    places = list(_LEDGERS.get(datasette, {}).values())
    return {"base": places[0].base, "checks": datasette in CHECKS} if places else None


def _ledgers(datasette: Datasette) -> list[str]:
    return list(_LEDGERS.get(datasette, ()))


def _ledger_path(datasette: Datasette) -> Path:
    """The ledger that the desk's own pages show: the first one."""
    return Path(datasette.get_database(_ledgers(datasette)[0]).path)


async def _readable_ledger(datasette: Datasette, request: Request) -> Path:
    """The ledger, if there is one and this person may read it."""
    names = _ledgers(datasette)
    if not names:
        raise NotFound("No ledger is open")
    await datasette.ensure_permissions(request.actor, [("view-database", names[0]), "view-instance"])
    return _ledger_path(datasette)
