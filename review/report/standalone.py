"""Puts an article's page into a file of its own, which needs nothing else.

Nothing is loaded from the network. All external text is escaped by the template engine, addresses other than
http and https become plain text, and the page's Content-Security-Policy names its one style sheet and its one
script by their hashes, so that nothing else can run even if an escape is missing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from claims.privacy import hide_in

if TYPE_CHECKING:
    from jinja2 import Template

_HERE = Path(__file__).parents[1]
_STYLES, _SCRIPTS = ("colours.css", "report.css"), ("report.js",)


def standalone(parts: Mapping[str, object]) -> str:
    """The page as HTML; ``parts`` are what templates/_report.html shows."""
    css, js = ("".join(map(_asset, names)) for names in (_STYLES, _SCRIPTS))
    page = _template().render(
        policy=_policy(css, js),
        css=Markup(css),  # noqa: S704  our own file, not text from outside
        js=Markup(js),  # noqa: S704  our own file, not text from outside
        desk=None,
        **parts,
    )
    return hide_in(page)


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  only a page needs it

    loader = FileSystemLoader(_HERE / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("report.html")


@cache
def _asset(name: str) -> str:
    return (_HERE / "static" / name).read_text(encoding="utf-8")


def _policy(css: str, js: str) -> str:
    """The page's policy (CSP level 3): this style sheet and this script, and nothing else from anywhere."""

    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    style, script = f"style-src 'sha256-{digest(css)}'", f"script-src 'sha256-{digest(js)}'"
    return f"default-src 'none'; {style}; {script}; base-uri 'none'; form-action 'none'"
