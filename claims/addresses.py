"""Parses http(s) addresses: their parts, their host, and the site that readers know.

Pure functions on texts; nothing is fetched.
"""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def address_parts(url: str) -> SplitResult | None:
    """The parts of an http(s) address; None for anything else or if it cannot be parsed."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme.lower() in DEFAULT_PORTS and parts.hostname else None


def is_address(place: str) -> bool:
    """Whether what a person names is an http(s) address; anything else is the name of a file."""
    return place.lower().startswith(("http://", "https://"))


def host(url: str | None) -> str:
    """The host of an http(s) address, in lower case, without port and credentials; "" if there is none."""
    parts = address_parts(url or "")
    return (parts.hostname or "").rstrip(".").lower() if parts else ""


def site(url: str | None) -> str:
    """The host of an http(s) address without www; "" if there is none."""
    return host(url).removeprefix("www.")


def linkable_address(url: str | None) -> str | None:
    """The address if a reader may follow it: http or https, with a host; anything else is None."""
    return url if host(url) else None
