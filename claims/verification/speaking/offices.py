"""Compares speakers without a name ("police", "the league's website") with the speakers in the source.

A page can be its own speaker. A different speaker is reported only if the sentence attributes the words to somebody,
and both speakers are plain nouns that cannot mean the same body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.addresses import site
from claims.extraction.text.predications import Phrase, predications
from claims.lexicon.clauses import word_set
from claims.lexicon.framing import ANY_SPEAKER, OWN_WORDS, PRONOUNS
from claims.lexicon.people import OFFICES, OTHER_OFFICES, ROLE_WORDS
from claims.lexicon.pointers import BODIES_IN_NAMES, BODIES_THAT_SPEAK
from claims.lexicon.verbs import SPEAKER_FORMS
from claims.lexicon.wires import OUTLET_NOUNS
from claims.records import Page
from claims.verification.evidence.sentences import nearest_sentences, sentence_spans, sentence_texts
from claims.verification.forms.deeds import deed_of
from claims.verification.forms.names import Name, initials, is_named_in, names
from claims.verification.words import all_stems, content, folded, plain, stem, words

# Where a post's address begins with its author's handle.
_POSTS = frozenset(("x.com", "twitter.com", "mobile.twitter.com"))
_POST_OF = re.compile(r"\w+://[^/?#]+/(\w+)/status/")
# An outlet's name on the web often lacks it: La Voz del Otún is vozdelotun.
_ARTICLE = re.compile(r"^(?:the|la|le|les|el|los|las|il|die|der|das|de|het|den)\s", re.I)
# A country behind or before a name: "utilityregulator-ni".
_NATION = re.compile(r"^[a-z]{2,3}-|-[a-z]{2,3}$")
_CO = "co"
# Names of at most this many letters may occur in other words by chance.
_SHORT = 3
# What only hosts of a state's bodies have.
_OF_STATES = frozenset(("gov", "gouv", "govt", "gob"))
SAID = "|".join(sorted(SPEAKER_FORMS))
SAYS = re.compile(rf"\b(?:{SAID}|told|according)\b", re.I)
# "He added that ..., according to the Kremlin's website": he speaks, and the website carries it.
HE_SAID = re.compile(rf"\b(?:he|she|they)\s(?:(?:has|had|have|also|later|then|\w+ly)\s)?(?:{SAID}|told)\b", re.I)
# What a host leaves out at the head of a name, too: the National Archive is archive.example.
_WIDE = word_set("""
    african american asian british european federal international local national provincial regional royal state united
""")
# A host made of so many of a speaker's words is theirs.
_SEVERAL = 2
_OWN = frozenset(map(stem, OWN_WORDS))
_ANY = frozenset(map(stem, ANY_SPEAKER | ROLE_WORDS))


def speaks_itself(speaker: str, page: Page) -> bool:
    """Whether the page is the speaker's own: "the report said", or "the league" on the league's site."""
    if not _telling_of(speaker):
        return bool(set(content(speaker)) & _OWN)
    return has_site(speaker, page)


def has_site(speaker: str, page: Page) -> bool:
    """Whether the page is on the site of a speaker whom some word names: "the league", and not "the report"."""
    telling = _telling_of(speaker)
    return (bool(telling) and telling <= _site_words(page)) or _spelt_in_host(speaker, page)


def _spelt_in_host(speaker: str, page: Page) -> bool:
    """Whether a part of the host is made of a speaker's words: "parlservice", "censusbureau", "unrefugees".

    Every word that tells who it is must be there, with its first three letters at least, or a short name whole; a noun
    for any body may be left out, and "national". One word alone may be another's: "space agency" is no space.example.
    """
    every = [(word.norm.replace(".", ""), word.norm not in BODIES_IN_NAMES | _WIDE) for word in words(speaker)]
    every = [(text, needed) for text, needed in every if content(text) and stem(text) not in _OWN]
    if len(every) < _SEVERAL:
        return False
    host = site(page.final_url or page.url).split(".")
    if set(host[1:]) & _OF_STATES and [text for text, needed in every if needed] == host[:1]:
        return True  # "the census bureau" on census.gov
    pieces = "(?:and)?".join(f"(?:({_beginnings(text)})s?){'' if needed else '?'}" for text, needed in every)
    parts = [re.sub(r"\W", "", _NATION.sub("", part)) for part in host[:-1]]
    # "supremecourt.ardenia.example" is that of Ardenia's supreme court.
    spelt_so = [re.fullmatch(pieces, part) for part in (*parts, "".join(parts), "".join(parts[::-1]))]
    return any(match and sum(map(bool, match.groups())) >= _SEVERAL for match in spelt_so)


def _beginnings(word: str) -> str:
    """The beginnings of a word that a host may have for it, the longest first: "corkcoco" is Cork county council."""
    least = len(_CO) if word in ("county", "council", "company") else _SHORT
    return "|".join(re.escape(word[:end]) for end in range(len(word), min(len(word), least) - 1, -1))


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
        # "The former mayor" is not the mayor, and neither is the deputy.
        speakers = [phrase for phrase in speakers if _same_tenure(speaker, phrase.text)]
        if not speakers:
            return None, ""
        speaker_words = [_telling_of(phrase.text) for phrase in speakers]
        # "Critics of the senator" are not the senator.
        headed = [stem(_office_of(phrase)) in telling | _OWN for phrase in speakers]
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
    headed_so = [phrase for phrase in acting(passage) if stem(_office_of(phrase)) in telling | _OWN]
    doing = {word for phrase in headed_so for word in content(phrase.text)}
    return (True if telling and (telling <= doing or telling & set(content(before)) == telling) else None), ""


def _same_tenure(speaker: str, other: str) -> bool:
    ours, theirs = ({word.norm for word in words(text)} & OTHER_OFFICES for text in (speaker, other))
    return ours == theirs


def _office_of(speaker: Phrase) -> str:
    """The noun that says who it is: "leader" of "opposition leader Amina Sow", "critic" of "critics of the senator"."""
    every = [word.norm for word in words(speaker.text)]
    offices = [place for place, word in enumerate(every) if word in OFFICES]
    if not offices or stem(every[-1]) != stem(speaker.head) or set(every) & OTHER_OFFICES:
        return speaker.head
    return every[offices[-1]]


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
    return all_stems(site_text)


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
    read = predications(sentence_texts(passage))
    return [clause.agent for clauses in read for clause in clauses if clause.agent is not None]


def in_quotes(text: str, at: int) -> bool:
    """Whether a place of a text whose quotation marks are plain ones lies inside them, as its line tells."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.count('"') % 2 == 1


def owns(speaker: Name, page: Page) -> bool:
    """Whether the page is the speaker's own: their outlet or site, a post under their name, a byline.

    Of the address only the host counts (and the handle of a post): a headline in it names whom it is about.
    """
    if page.byline and is_named_in(speaker, page.byline):
        return True
    address = page.final_url or page.url or ""
    host = site(address)
    known = {re.sub(r"\W", "", part) for part in ((page.outlet or "").lower(), *host.split(".")[:-1])} - {""}
    written = folded(speaker.text).lower().replace("&", "and")
    squeezed, bare = (re.sub(r"\W", "", text) for text in (written, _ARTICLE.sub("", written)))
    short = {form.lower() for form in initials(speaker) if len(form) >= _SHORT}
    if {squeezed, bare, *_shortened(speaker), *short} & known:
        return True
    if len(squeezed) <= _SHORT:
        return False
    post = _POST_OF.match(address) if host in _POSTS else None
    return bool(post and len(speaker.parts[-1]) > _SHORT and speaker.parts[-1] in post[1].lower())


def _shortened(speaker: Name) -> Iterator[str]:
    """The name of an outlet or body without its common nouns: "Quayside News" is quayside on the web.

    One word that is left may be a place, whose own site it is: "Lyon University", but not "St. Brigid's Hospital".
    """
    parts = speaker.text.lower().split()
    for end in range(1, len(parts)):
        common = OUTLET_NOUNS if end == 1 and len(parts) == end + 1 else BODIES_IN_NAMES if end > 1 else ()
        short = re.sub(r"\W", "", "".join(parts[:end]))
        if len(short) > _SHORT and all(part in common for part in parts[end:]):
            yield short


def outside_quotes(flat: str) -> list[Name]:
    """The names of a text that are not in quotation marks."""
    return [name for name in names(flat) if not in_quotes(flat, name.span[0])]


def only_one_before(passage: str, before: str) -> Name | None:
    """Whom "he said" means in a passage: the one person whom the sentence before it names, as who acts there."""
    if not HE_SAID.search(plain(passage)):
        return None
    spans = sentence_spans(before)
    sentence = before[slice(*spans[-1])] if spans else ""
    people = [name for name in outside_quotes(plain(sentence)) if len(name.parts) > 1 and not name.party]
    doers = [form.text for phrase in acting(sentence) for form in phrase.forms] if len(people) == 1 else []
    return next((people[0] for doer in doers if is_named_in(people[0], doer)), None)
