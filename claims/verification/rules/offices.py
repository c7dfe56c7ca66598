"""Compares speakers without a name ("police", "the league's website") with the speakers in the source.

A page can be its own speaker. A different speaker is reported only if the sentence attributes the words to somebody,
and both speakers are plain nouns that cannot mean the same body.
"""

from __future__ import annotations

import re

from claims.addresses import site
from claims.extraction.text.predications import Phrase, predications
from claims.lexicon.framing import ANY_SPEAKER, OWN_WORDS, PRONOUNS
from claims.lexicon.people import ROLE_WORDS
from claims.lexicon.pointers import BODIES_THAT_SPEAK
from claims.records import Page
from claims.verification.evidence.sentences import nearest_sentences, sentence_spans
from claims.verification.forms.deeds import deed_of
from claims.verification.rules.names import names
from claims.verification.words import content, stem, words

_OWN = frozenset(map(stem, OWN_WORDS))
_ANY = frozenset(map(stem, ANY_SPEAKER | ROLE_WORDS))


def speaks_itself(speaker: str, page: Page) -> bool:
    """Whether the page is the speaker's own: "the report said", or "the league" on the league's site."""
    telling = _telling_of(speaker)
    if not telling:
        return bool(set(content(speaker)) & _OWN)
    return telling <= _site_words(page)


def describes(speaker: str, statement: str) -> str:
    """Whom a speaker without a name describes: "the airline" of "Polar Air will stop flying"; empty for nobody.

    It is a noun for a body, and the statement has the body's name alone as who does something.
    """
    heads = [word.norm for word in words(speaker)]
    if not heads or heads[-1] not in BODIES_THAT_SPEAK:
        return ""
    [read] = predications([statement])
    agent = read[0].agent.text if read and read[0].agent else ""
    bare = agent.removeprefix("The ").strip()
    return bare if any(name.text == bare for name in names(f"by {agent}")) else ""


def office(speaker: str, statement: str, passage: str, before: str) -> tuple[bool | None, str]:
    """Whether a passage attributes a statement to a speaker without a name; None if it does not show this.

    The second value is the text of the other speaker if the first is False.
    """
    telling = _telling_of(speaker)
    speakers = [phrase for phrase in said_by(statement, passage) if _telling_of(phrase.text)]
    if speakers:
        speaker_words = [_telling_of(phrase.text) for phrase in speakers]
        # "Critics of the senator" are not the senator.
        headed = [stem(phrase.head) in telling | _OWN for phrase in speakers]
        if any(
            telling and tokens and ((telling <= tokens and leads) or tokens <= telling)
            for tokens, leads in zip(speaker_words, headed, strict=True)
        ):
            return True, ""
        if any(telling & tokens for tokens in speaker_words):
            return None, ""  # "the health ministry", "the ministry of defence"
        other = speakers[0]
        comparable = _is_plain(speaker) and _is_plain(other.text) and other.head not in PRONOUNS
        return (False, other.text) if comparable else (None, "")
    doing = {word for phrase in acting(passage) for word in content(phrase.text)}
    return (True if telling and (telling <= doing or telling & set(content(before)) == telling) else None), ""


def _telling_of(speaker: str) -> set[str]:
    """The words that tell who it is: of "the league's website" it is the league."""
    return set(content(speaker)) - _OWN


def _is_plain(speaker: str) -> bool:
    """Whether a speaker is told by a noun that no other body shares: "the union", and not "the company"."""
    telling = [word for word in content(speaker) if word not in _OWN]
    return bool(telling) and not names(f"by {speaker}") and telling[-1] not in _ANY


def _site_words(page: Page) -> set[str]:
    site_text = " ".join(
        [*re.split(r"[.-]", site(page.final_url or page.url).rpartition(".")[0]), page.outlet or "", page.byline or ""]
    )
    return {stem(word.norm) for word in words(site_text)}


def said_by(statement: str, passage: str) -> list[Phrase]:
    """Who is said to say it in the sentence that has most of a statement; nothing where the text says it itself."""
    near = nearest_sentences(statement, passage)[:1]
    claimed, *sourced = predications((statement, *near))
    deeds = {deed_of(clause) for clause in claimed}
    spoken = [clause for clauses in sourced for clause in clauses if clause.speaker is not None]
    same = [clause for clause in spoken if deed_of(clause) in deeds] or spoken
    return [clause.speaker for clause in same if clause.speaker is not None]


def acting(passage: str) -> list[Phrase]:
    """Everybody who does something in a passage, in order."""
    read = predications(passage[start:end] for start, end in sentence_spans(passage))
    return [clause.agent for clauses in read for clause in clauses if clause.agent is not None]
