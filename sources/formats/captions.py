"""Reads captions (WebVTT, SubRip) as the transcript of what is said, with the second of each cue.

Time codes, cue names, styling and sounds in brackets are not text; sentences that are split over cues are joined.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.records import Block, BlockKind

MOST_CUES = 50_000  # a day of speech
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\n]*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,40})?[ \t]+(?P<name>[^>\n]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z0-9:.][^<>\n]{0,200}>|\{\\[^{}\n]{0,60}\}")
_LABEL = re.compile(
    r"^(?:>>+[ \t]*)?(?P<name>[A-Z][\w.'’-]*(?:[ \t]+[A-Z][\w.'’-]*){0,4})(?:[ \t]*\([^()\n]{1,40}\))?:[ \t]+(?=\S)"
)
_TURN = re.compile(r"^(?:[-–—]|>>+)[ \t]*(?=\S)")
_SOUND = re.compile(r"\[[^\[\]\n]{1,60}\]|\([A-Z][A-Z ,'-]{2,40}\)|[♪♫][^♪♫\n]{0,300}[♪♫]?")
_ENDED = re.compile(r"[.!?…][\"'”’)]*$")
_PAUSE = 3.0  # seconds of silence behind a sentence that end a paragraph
_LONG = 700  # characters of a paragraph behind which the next sentence begins a new one


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The words of a recording: a paragraph for each turn, ``times`` say on which second each place is spoken."""

    text: str
    blocks: tuple[Block, ...]
    times: tuple[tuple[int, float], ...]
    title: str | None = None
    cut: bool = False


@dataclass(slots=True)
class _Line:
    speaker: str | None
    words: str
    start: float
    end: float
    turns: bool


def is_captions(text: str) -> bool:
    """Whether a text begins as captions do: with "WEBVTT", or a number and a line of time codes."""
    start = text[:400].lstrip("\ufeff \r\n\t")
    return start.startswith("WEBVTT") or re.match(rf"\d+[ \t]*\r?\n[ \t]*{_TIME}[ \t]*-->", start) is not None


def read_captions(text: str) -> Transcript:
    """The transcript in captions; empty if there is no cue."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pieces: list[str] = []
    blocks: list[Block] = []
    times: list[tuple[int, float]] = []
    at = begin = 0
    before: _Line | None = None
    for line in _lines(text):
        fresh = before is None or _begins_anew(before, line, at - begin)
        gap = ("\n\n" if pieces else "") if fresh else " "
        if fresh and pieces:
            blocks.append(Block(kind=BlockKind.PARAGRAPH, span=(begin, at)))
        begin = at + len(gap) if fresh else begin
        label = f"{line.speaker.upper()}: " if fresh and line.speaker else ""
        times.append((at + len(gap), line.start))
        pieces.append(f"{gap}{label}{line.words}")
        at += len(pieces[-1])
        before = line
    if pieces:
        blocks.append(Block(kind=BlockKind.PARAGRAPH, span=(begin, at)))
    return Transcript(
        text="".join(pieces), blocks=tuple(blocks), times=tuple(times), title=_header(text), cut=len(times) >= MOST_CUES
    )


def _begins_anew(before: _Line, line: _Line, length: int) -> bool:
    if line.turns or line.speaker != before.speaker:
        return True
    ended = _ENDED.search(before.words) is not None
    return ended and (line.start - before.end >= _PAUSE or length > _LONG)


def _lines(text: str) -> Iterator[_Line]:
    """The lines of the cues with who speaks; a line that rolls up again in the next cue is given once."""
    speaker: str | None = None
    last = ""
    for start, end, body in _cues(text):
        for raw in body.split("\n"):
            voice = _VOICE.search(raw)
            words = _plain_words(raw)
            label = _LABEL.match(words)
            turn = _TURN.match(words)
            named, begun = voice or label, None if voice else label or turn
            name = " ".join(named["name"].split()) if named else None
            words = words[begun.end() :] if begun else words
            if not words or words == last:
                continue
            last = words
            new = name is not None and name != speaker
            speaker = name or (None if turn else speaker)
            yield _Line(speaker, words, start, end, turns=new or (turn is not None and name is None))


def _cues(text: str) -> Iterator[tuple[float, float, str]]:
    """The start, end and words of each cue: the text below a line of time codes, up to the next empty line."""
    for number, match in enumerate(_TIMES.finditer(text)):
        if number >= MOST_CUES:
            return
        gap = re.compile(r"\n[ \t]*\n|\Z").search(text, match.end())
        yield _cue_seconds(match, 1), _cue_seconds(match, 5), text[match.end() + 1 : gap.start() if gap else len(text)]


def _cue_seconds(match: re.Match[str], first: int) -> float:
    hours, minutes, seconds, part = (match[number] or "0" for number in range(first, first + 4))
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(part.ljust(3, "0")) / 1000


def _plain_words(raw: str) -> str:
    return " ".join(_SOUND.sub(" ", html.unescape(_TAG.sub("", raw))).split())


def _header(text: str) -> str | None:
    """The title behind "WEBVTT - " on the first line."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    return first.removeprefix("WEBVTT").strip(" -\t") or None if first.startswith("WEBVTT") else None
