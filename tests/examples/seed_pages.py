"""Sample pages for the check of the seed article, written for these tests; its own quotations are cut out of it.

No outlet published any of them, and each says so at its top.
"""

from __future__ import annotations

import html
import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ROOT = Path(__file__).parents[2]
SEED = Path(os.environ.get("FACTDESK_SEED", ROOT.parent / "shared" / "seed-article.txt"))
WSJ = "https://www.wsj.com/world/russia/sample-putin-security-council-long-term-peace-2025-01-20"
ABC = "https://abcnews.go.com/Politics/sample-trump-putin-meeting-preparations/story"
# The same, with the name of one in its headline whose words it does not give.
ABC_NAMING = "https://abcnews.go.com/Politics/sample-waltz-trump-putin-meeting/story"
RT = "https://x.com/RT_com/status/1881300000000000000"


@dataclass(frozen=True)
class Sample:
    """A page that we wrote, under an address of the outlet that the article names."""

    url: str
    outlet: str
    title: str
    paragraphs: tuple[str, ...] = ()
    status: int = 200

    @property
    def body(self) -> bytes:
        text = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>\n" for paragraph in self.paragraphs)
        return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{self.title}</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="{self.outlet}">
<meta property="article:published_time" content="2025-01-20T15:10:00+00:00">
<meta name="robots" content="noindex"></head>
<body><header role="banner"><p>Sample page written for a test of Factdesk; not published by {self.outlet}.</p></header>
<main><article><h1>{self.title}</h1>
{text}</article></main></body></html>""".encode()


def cut(start: str, end: str) -> str:
    """The words of the article from ``start`` to ``end``, both included."""
    text = SEED.read_text(encoding="utf-8")
    at = text.index(start)
    return text[at : text.index(end, at) + len(end)]


def archive(target: Path, pages: tuple[Sample, ...]) -> Path:
    """What the network would have answered, as a WARC file."""
    with target.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for page in pages:
            line = "200 OK" if page.status == 200 else f"{page.status} Refused"
            headers = StatusAndHeaders(line, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            body = page.body
            record = writer.create_warc_record(
                page.url, "response", payload=BytesIO(body), length=len(body), http_headers=headers
            )
            writer.write_record(record)
    return target


def linked(folder: Path) -> Path:
    """The article as a page that links the two outlets it names, so that their pages are read whatever they say."""
    text = html.escape(SEED.read_text(encoding="utf-8"), quote=False)
    for name, url in (("The Wall Street Journal", WSJ), ("ABC News", ABC)):
        text = text.replace(name, f'<a href="{url}">{name}</a>', 1)
    paragraphs = "".join(f"<p>{line}</p>\n" for line in text.splitlines() if line.strip())
    head = '<meta charset="utf-8"><title>Russia congratulates</title>'
    day = '<meta property="article:published_time" content="2025-01-20T18:00:00Z">'
    page = folder / "article.html"
    body = f"<body><article><h1>Russia congratulates</h1>{paragraphs}</article></body>"
    page.write_text(f'<html lang="en"><head>{head}{day}</head>{body}</html>', encoding="utf-8")
    return page


def council(*, quote: str, year: str = "fourth") -> Sample:
    """A page of the Journal's that has four of the five claims made through it: nothing on aid, or who doubts it."""
    return Sample(
        url=WSJ,
        outlet="The Wall Street Journal",
        title="Putin tells his security council what he seeks",
        paragraphs=(
            "President Vladimir Putin spoke to the Russian security council on Monday, in a televised meeting.",
            f"Putin said Russia sought a “{quote}.”",
            f"He added that the country would “{cut('Fight for', 'military operation')}.”",
            f"President-elect Donald Trump has said that he wants to see an end to the war, which will enter its "
            f"{year} year in February.",
            "Trump has called for a cease-fire that European forces would administer.",
        ),
    )


def broadcast(name: str, preparations: str, url: str = ABC) -> Sample:
    """A page of the broadcaster's about the Sunday interview; its address may name somebody else."""
    surname = name.rpartition(" ")[2]
    return Sample(
        url=url,
        outlet="ABC News",
        title="Adviser speaks of a meeting of Trump and Putin",
        paragraphs=(
            f"{name} spoke to ABC News on Sunday.",
            f"“{preparations},” {surname} said of a meeting between Trump and Putin.",
            f"“{cut('I do expect', 'days and weeks')},” {surname} said.",
        ),
    )


def denials() -> tuple[Sample, ...]:
    """Pages of the three outlets that say the opposite of what the article has from them."""
    peace, fight = cut("long-term peace", "in the region"), cut("Fight for", "military operation")
    call = cut("at least in the coming", "days and weeks")
    council_page = (
        "President Vladimir Putin spoke to the Russian security council on Monday, in a televised meeting.",
        f"Putin said Russia did not seek a “{peace}.”",
        f"He added that the country would not “{fight}.”",
        "Trump has never been skeptical of aid to Ukraine.",
        "Trump has said that he does not want to see an end to the war, which is about to enter its fourth year.",
        "Trump has rejected a cease-fire administered by European forces.",
    )
    interview = (
        "Mike Waltz spoke to ABC News on Sunday.",
        "“The preparations are not underway,” Waltz said of a meeting between Trump and the Russian leader.",
        f"“I do not expect a call {call},” Waltz said.",
    )
    refusal = cut("Putin congratulates Trump on", "priciples").replace("congratulates", "does not congratulate")
    refusal = refusal.replace("is open", "is not open")
    return (
        Sample(url=WSJ, outlet="The Wall Street Journal", title="What Putin told his council", paragraphs=council_page),
        Sample(url=ABC, outlet="ABC News", title="Adviser denies preparations", paragraphs=interview),
        Sample(url=RT, outlet="RT", title="RT on X", paragraphs=("RT (@RT_com)", refusal, "1:31 PM · Jan 20, 2025")),
    )


def other_matters() -> tuple[Sample, ...]:
    """Pages of the three outlets, under the same addresses, that speak of something else."""
    harvest = (
        "President Vladimir Putin spoke to the Russian security council on Monday, in a televised meeting.",
        "The council heard a report on the wheat harvest in the south, which was the poorest for nine years.",
        "Putin said that railway fares for farmers would be lowered.",
        "President-elect Donald Trump was not mentioned.",
    )
    budget = (
        "Mike Waltz spoke to ABC News on Sunday.",
        "Waltz spoke of his years in the army and of his book about Afghanistan.",
        "“The children come first,” Waltz said of schools in Florida.",
    )
    museum = (
        "RT (@RT_com)",
        "Putin opens a museum of aviation in Samara, saying Russia is proud of its engineers",
        "1:31 PM · Jan 20, 2025",
    )
    return (
        Sample(url=WSJ, outlet="The Wall Street Journal", title=council(quote="").title, paragraphs=harvest),
        Sample(url=ABC, outlet="ABC News", title=broadcast("", "").title, paragraphs=budget),
        Sample(url=RT, outlet="RT", title="RT on X", paragraphs=museum),
    )


def post() -> Sample:
    """The post as it would stand on its own page, its misspelling included."""
    words = cut("Putin congratulates Trump on", "priciples")
    return Sample(url=RT, outlet="RT", title="RT on X", paragraphs=("RT (@RT_com)", words, "1:31 PM · Jan 20, 2025"))
