"""The name of this program in captures and requests."""

from __future__ import annotations

import functools
import importlib.metadata


@functools.cache
def tool() -> str:
    """The name and version recorded in captures."""
    try:
        return f"Factdesk/{importlib.metadata.version('factdesk')}"
    except importlib.metadata.PackageNotFoundError:
        return "Factdesk/0"  # run from a source tree
