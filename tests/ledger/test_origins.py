"""An export marks what rests on one source only, and on none that is first-hand."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sample_check import build, capture

from claims.ledger.ledger import Ledger
from claims.records import Check, Citation, CitationKind, Evidence, Label, Passage, Reading, Reason, Source, Stance

LINE = ("Putin said Russia sought a long-term peace.", "Putin", Label.SUPPORTED, 0.94, "wsj")
OWN = "The president told the council on Monday that his country sought a long-term peace and no short truce at all."
OTHER = "In a televised address the Russian leader spoke of peace for decades, say people in the room with him."
COPY = OWN.replace("on Monday", "late on Monday")


def evidence(outlet: str, text: str, stance: Stance = Stance.SUPPORTS) -> Evidence:
    captured = capture(outlet)
    passage = Passage(capture=captured.id, span=(0, len(text)), text=text, url=captured.final_url, outlet=outlet)
    return Evidence(passage=passage, stance=stance, score=0.9)


def citing(check: Check, *passages: Evidence, hops: dict[str, str | None] | None = None) -> Check:
    """The check with these passages; ``hops`` says of an outlet which other one it leans on (None: it was not read)."""
    claim = check.extraction.claims[0]
    readings = [
        Reading(
            source=Source(
                citation=Citation(kind=CitationKind.OUTLET, text=name, outlet=name),
                claims=(claim.id,),
                capture=capture(name),
            )
        )
        for name in dict.fromkeys(exhibit.passage.outlet or "" for exhibit in passages)
        if name not in (hops or {}).values()
    ]
    sources = {reading.source.citation.outlet: reading.source.id for reading in readings}
    for outlet, behind in (hops or {}).items():
        hop = Source(
            citation=Citation(kind=CitationKind.OUTLET, text="behind", outlet=behind or "behind"),
            claims=(claim.id,),
            capture=capture(behind) if behind else None,
            reason=None if behind else Reason.PAYWALL,
            hop_of=sources[outlet],
        )
        readings.append(Reading(source=hop))
    return replace(check, readings=tuple(readings), verdicts=(replace(check.verdicts[0], evidence=passages),))


@pytest.mark.parametrize(
    ("passages", "hops", "single", "secondary"),
    [
        ((evidence("wsj", OWN),), {}, 1, 0),
        ((evidence("wsj", OWN), evidence("bbc", OTHER)), {}, 0, 0),
        ((evidence("wsj", OWN), evidence("wsj", OTHER)), {}, 1, 0),  # two passages of one outlet
        ((evidence("wsj", OWN), evidence("bbc", COPY)), {}, 1, 1),  # one text in two papers
        ((evidence("wsj", OWN), evidence("reuters", COPY)), {}, 1, 0),  # the agency's own
        ((evidence("wsj", OWN),), {"wsj": None}, 1, 1),  # what it leans on was not read
        ((evidence("wsj", OWN), evidence("kremlin", OTHER)), {"wsj": "kremlin"}, 1, 0),  # and was
        ((evidence("wsj", OWN), evidence("bbc", OTHER)), {"wsj": None}, 0, 0),
        ((evidence("wsj", OWN), evidence("bbc", OTHER, Stance.NEUTRAL)), {}, 1, 0),
        ((evidence("bbc", OTHER, Stance.NEUTRAL),), {}, None, None),
        ((), {}, None, None),
    ],
)
def test_sources_are_counted_as_the_trade_counts_them(
    ledger: Ledger, passages: tuple[Evidence, ...], hops: dict[str, Any], single: int | None, secondary: int | None
) -> None:
    ledger.record(citing(build([LINE]), *passages, hops=hops))
    (row,) = map(json.loads, ledger.export("jsonl", unreviewed=True))
    assert (row["single_source"], row["secondary_only"]) == (single, secondary)
