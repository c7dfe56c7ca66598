"""The figures of the desk: verdicts by day, outlet and speaker, unread sources, and how often people agree."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

if TYPE_CHECKING:  # Datasette loads this file while it is itself being loaded
    from datasette.app import Datasette

# A page of a large ledger must not look at every claim.
_LAST = "(SELECT * FROM current ORDER BY checked_at DESC LIMIT 5000)"
_MOST_BARS = 12
_BY_DAY = "By day of the last check"
_BY = {
    _BY_DAY: f"SELECT checked_at AS name, standing, count(*) AS n FROM {_LAST} "  # noqa: S608  our own words
    "GROUP BY 1, 2 ORDER BY 1 DESC",
    "By cited outlet": f"SELECT o.value AS name, standing, count(*) AS n FROM {_LAST}, json_each(outlets) o "  # noqa: S608  same
    "GROUP BY 1, 2 ORDER BY sum(count(*)) OVER (PARTITION BY o.value) DESC, 1",
    "By speaker": f"SELECT speaker AS name, standing, count(*) AS n FROM {_LAST} WHERE speaker IS NOT NULL "  # noqa: S608  same
    "GROUP BY 1, 2 ORDER BY sum(count(*)) OVER (PARTITION BY speaker) DESC, 1",
}
_UNREAD = """
SELECT s.reason AS name, count(*) AS n FROM unread_sources k CROSS JOIN sources s ON s.id = k.state
GROUP BY 1 ORDER BY 2 DESC, 1
"""
# What the desk decided, by the label that the judge had given. A claim that was struck out counts as wrong.
_AGREEMENT = """
SELECT v.label AS name, sum(coalesce(r.label, '') = v.label) AS agreed, count(*) AS n
FROM (SELECT DISTINCT claim FROM reviews) d CROSS JOIN claims c ON c.id = d.claim
CROSS JOIN standings s ON s.no = c.no AND s.state IN ('decided', 'void')
CROSS JOIN reviews r ON r.claim = c.id AND r.number = s.review CROSS JOIN verdicts v ON v.id = r.verdict
GROUP BY 1 ORDER BY 3 DESC, 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar in parts: (name of the part, number, where it begins and how wide it is in per cent of the longest)."""

    name: str
    total: int
    parts: tuple[tuple[str, int, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How often people decided as the judge did on claims of one label, with the 95 per cent interval of the share."""

    label: str
    agreed: int
    decided: int
    low: float
    high: float


async def figures_page(datasette: Datasette, request: Request, ledger: str, day: Callable[[str], str]) -> Response:
    """The page with the figures of a ledger; ``day`` gives the day of a time in the desk's time zone."""
    database = datasette.get_database(ledger)

    async def rows(sql: str) -> list[Mapping[str, Any]]:
        return [dict(row) for row in (await database.execute(sql)).rows]

    counted = {title: await rows(sql) for title, sql in _BY.items()}
    counted[_BY_DAY] = [{**row, "name": day(row["name"])} for row in counted[_BY_DAY]]
    context = {
        "charts": {title: bars(numbers) for title, numbers in counted.items()},
        "unread": bars({**row, "standing": "unread"} for row in await rows(_UNREAD)),
        "agreement": [agreement(**row) for row in await rows(_AGREEMENT)],
    }
    return Response.html(await datasette.render_template("figures.html", context, request=request))


def bars(rows: Iterable[Mapping[str, Any]]) -> tuple[Bar, ...]:
    """The first bars of a chart, in the order of the rows (``name``, ``standing`` and ``n``)."""
    numbers: dict[str, Counter[str]] = {}
    for row in rows:
        numbers.setdefault(str(row["name"]), Counter())[str(row["standing"])] += int(row["n"])
    shown = list(numbers.items())[:_MOST_BARS]
    longest = max((sum(parts.values()) for _, parts in shown), default=1)
    return tuple(Bar(name=name, total=sum(parts.values()), parts=_laid_out(parts, longest)) for name, parts in shown)


def _laid_out(parts: Mapping[str, int], longest: int) -> tuple[tuple[str, int, float, float], ...]:
    laid_out, begin = [], 0.0
    for name, number in sorted(parts.items(), key=lambda part: (-part[1], part[0])):
        width = 100 * number / longest
        laid_out.append((name, number, round(begin, 2), round(width, 2)))
        begin += width
    return tuple(laid_out)


def agreement(name: str, agreed: int, n: int) -> Agreement:
    """The agreement of people with a label of the judge."""
    low, high = wilson_interval(agreed, n)
    return Agreement(label=name, agreed=agreed, decided=n, low=low, high=high)


def wilson_interval(hits: int, count: int) -> tuple[float, float]:
    """The 95 per cent interval of a share (E. B. Wilson 1927); everything is possible if there is nothing to count."""
    if not count:
        return 0.0, 1.0
    z, share = 1.96, hits / count
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
