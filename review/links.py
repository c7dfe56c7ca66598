"""Makes the links from a passage to its page: to the place of the passage, and to an archived copy."""

from __future__ import annotations

import re
from urllib.parse import quote

# The number of words at either end of a long passage that a text fragment contains.
_ENDS = 5


def fragment(url: str | None, passage: str) -> str | None:
    """An address that makes the browser scroll to a passage and highlight it (WICG text fragments)."""
    words = passage.split()
    if not url or not words:
        return url
    text = [words] if len(words) <= 2 * _ENDS else [words[:_ENDS], words[-_ENDS:]]
    directive = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in text)
    return f"{url.partition('#')[0]}#:~:text={directive}"


def archived(url: str | None, fetched_at: str) -> str | None:
    """The address of the Wayback Machine's copy nearest to a time (ISO 8601)."""
    digits = re.sub(r"\D", "", fetched_at[:19])
    return f"https://web.archive.org/web/{digits}/{url}" if url and digits else None
