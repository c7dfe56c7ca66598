"""The name that this program goes by, in captures and in requests."""

from __future__ import annotations

import functools
import importlib.metadata


@functools.cache
def tool() -> str:
    """The name and version that captures are marked with."""
    try:
        return f"Factdesk/{importlib.metadata.version('factdesk')}"
    except importlib.metadata.PackageNotFoundError:
        return "Factdesk/0"  # run from a source tree
