"""Four articles with their sources in an archive, as an editor reads them: what each mark and link leads to, and the
verdict on it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from documents import docx, link, note, paragraph, run
from newsweb import page, warc

from flows.cli import factdesk

BUDGET, SURVEY, COUNT = "https://city.example/budget", "https://survey.example/river", "https://count.example/bridge"
CLOSED = "https://paper.example/closed"
SOURCES = {
    BUDGET: page("City budget", "The new bridge cost 40 million euros, the city's budget for 2023 shows."),
    SURVEY: page("The river", "At the bridge the river is 300 metres wide, the survey of 2022 found."),
    COUNT: page("Traffic", "In 2023 some 2,000 people crossed the bridge every day, the city counted."),
    CLOSED: ("<html><body><p>Subscribe to read.</p></body></html>", 402),
}

ENCYCLOPEDIA = f"""<html lang="en"><head><title>Linden Bridge</title></head><body><main><h1>Linden Bridge</h1>
<p>The <b>Linden Bridge</b> is a road bridge in the city of Linden. The bridge cost 40 million
euros.<sup id="r1"><a href="#n1">[1]</a></sup> The river is 300 metres wide at the
bridge.<sup id="r2"><a href="#n2">[2]</a></sup> The bridge was crossed by 9,000 people every day in
2023.<sup id="r3"><a href="#n3">[3]</a></sup> The mayor of Linden opened the bridge in May
2022.<sup id="r4"><a href="#n4">[4]</a></sup></p>
<h2>References</h2><ol><li id="n1"><a href="#r1">^</a> <a href="{BUDGET}">"City budget"</a>. City of Linden.</li>
<li id="n2"><a href="#r2">^</a> <a href="{SURVEY}">"The river"</a>. Survey.</li>
<li id="n3"><a href="#r3">^</a> <a href="{COUNT}">"Traffic"</a>. City of Linden.</li>
<li id="n4"><a href="#r4">^</a> <a href="{CLOSED}">"Opened"</a>. The Paper.</li></ol></main></body></html>
"""
ESSAY = f"""---
title: A bridge too dear
date: 2025-01-20
---
# A bridge *too dear*

The price is known in Linden. The **bridge** cost 40 million euros.[^1] The river is [300 metres
wide]({SURVEY}) at the bridge.

> In 2023 some 9,000 people crossed the bridge every day.[^count]

The mayor opened the bridge in May 2022.[^3]

[^1]: City of Linden, [budget]({BUDGET}).
[^count]: Traffic, <{COUNT}>
[^3]: {CLOSED}
"""
ANSWER = f"""The Linden Bridge cost 40 million euros [1]. The river is 300 metres wide at the bridge [2]. In 2023, 9,000
people crossed the bridge every day [3]. The mayor opened the bridge in May 2022 [4].

Sources:
[1] {BUDGET}
[2] {SURVEY}
[3] {COUNT}
[4] {CLOSED}
"""
MAGAZINE = docx(
    paragraph(run("A bridge too dear"), style="Heading1"),
    paragraph(run("The new bridge in Linden cost 40 million euros."), note(2), run(" The river is "),
              link("survey", "300 metres wide"), run(" at the bridge.")),
    paragraph(run("In 2023 some 9,000 people crossed the bridge every day."), note(3),
              run(" The mayor opened the bridge in May 2022."), note(4)),
    links={"budget": BUDGET, "survey": SURVEY, "count": COUNT, "closed": CLOSED},
    notes={2: paragraph(run("City of Linden, "), link("budget", "budget")), 3: paragraph(link("count", "Traffic")),
           4: paragraph(link("closed", "The Paper"))},
)  # fmt: skip
# For the first words of a number in a claim: where it leads, and what an editor has to know.
EXPECTED = {
    "40 million": (BUDGET, "supported"),
    "300 metres": (SURVEY, "supported"),
    "9,000": (COUNT, "contradicted"),
    "May 2022": (CLOSED, "source_unavailable"),
}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("encyclopedia.html", ENCYCLOPEDIA.encode()),
        ("essay.md", ESSAY.encode()),
        ("answer.txt", ANSWER.encode()),
        ("magazine.docx", MAGAZINE),
    ],
)
def test_an_article_reads_as_an_editor_expects(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    archive = warc(tmp_path / "sources.warc.gz", SOURCES)
    options = ["--db", str(tmp_path / "desk.db"), "--replay", str(archive), "--json"]
    answer = CliRunner().invoke(factdesk, ["check", str(tmp_path / name), *options])
    found = json.loads(answer.stdout)
    told = {
        words: ([one["url"] for one in claim["citations"]], claim["verdict"]["label"])
        for claim in found["claims"]
        for words in EXPECTED
        if words in claim["statement"]
    }
    assert told == {words: ([url], label) for words, (url, label) in EXPECTED.items()}
    assert not any(sign in claim["statement"] for claim in found["claims"] for sign in ("[", "*", "](", "^"))
