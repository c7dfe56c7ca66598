"""Reading order of a tree: start and end of every element, without recursion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def walk(root: Any) -> Iterator[tuple[str, Any]]:
    """("start", element) and ("end", element) in document order; of comments only the end, for their tails.

    The elements are lxml's; no depth of nesting is too deep.
    """
    stack: list[tuple[str, Any]] = [("start", root)]
    while stack:
        event, node = stack.pop()
        if not isinstance(node.tag, str):
            yield "end", node
            continue
        yield event, node
        if event == "start":
            stack.append(("end", node))
            stack.extend(("start", child) for child in reversed(node))
