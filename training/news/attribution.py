"""Changes of attribution: another speaker of the page, and another verb of saying, "denied" for "confirmed"."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claims.glossary import with_capital, without_capital
from claims.lexicon.clauses import word_set
from claims.lexicon.people import BODIES, FIRST_NAMES
from claims.lexicon.states import CAPITALS, STATE_NAMES
from training.made import NOT_SUPPORTED, REFUTED, SUPPORTED, Made
from training.news.conditions import verb_next, without_name_capital
from training.news.sentences import Turn, claim_from, evidence_with

_NAME = r"[A-Z][\w'’-]*[a-z](?: (?:[A-Z]\.|de|van|von|bin|al-?|[A-Z][\w'’-]*[a-z])){0,3}"
_FRONT = re.compile(
    rf"^(?P<speaker>{_NAME}) (?P<verb>said|says|added|claimed|argued|warned|insisted|explained|stated|announced"
    rf"|believes|told"
    rf" (?:the )?[A-Z]\w+(?: \w+)?)(?: on \w+day)?(?P<that> that)? (?P<content>[^\"“”]{{25,}})\.$"
)
_BACK = re.compile(
    rf"^(?P<content>[^\"“”]{{25,}}), (?P<speaker>{_NAME}) (?P<verb>said|says|added|claimed|argued|warned)\.$"
)
_QUOTE_FRONT = re.compile(
    rf"^(?P<quote>[\"“][^\"“”]{{25,}}),(?P<close>[\"”]) (?:(?P<speaker>{_NAME}) (?P<verb>said|says|added|told "
    rf"\w+)|(?P<verb2>said|says|added) "
    rf"(?P<speaker2>{_NAME}))\.$"
)
_ACCORDING = re.compile(
    rf"^(?:According to (?P<speaker>{_NAME}), (?P<content>[^\"“”]{{25,}})|(?P<content2>[^\"“”]{{25,}}),? "
    rf"according to (?P<speaker2>{_NAME}))\.$"
)
_NO_SPEAKER = word_set(
    "He She It They We You I This That There But And If In On At The A An Police People Officials Experts "
    "Reports Critics Some "
    "Many Others What Who Researchers Scientists Analysts Witnesses Residents"
)
_SAYING = (
    r"(?:said|says|told|added|warned|insisted|claimed|announced|argued|stated|believes|explained|noted|wrote|tweeted)"
)
_SPEAKS = re.compile(
    rf"(?:(?<=^)|(?<=[,”\"] )|(?<=\b[a-z]{{3}} )|(?<=[a-z]{{4}} ))(?P<name>{_NAME})(?:, [^,;\"“”]{{2,60}},| "
    rf"also| has)? {_SAYING}\b(?! (?:by|to have)\b)"
    rf"|[,”\"] (?:said|says|added) (?:[a-z]+ ){{0,3}}(?P<after>{_NAME})(?=[.,])|\b[Aa]ccording to "
    rf"(?P<source>{_NAME})(?=[.,])"
)
_TITLES = word_set("Mr Mrs Ms Dr Sir Prof Professor Judge Sgt Supt Insp Councillor Cllr Lord Lady President Senator")
_PLAIN_WORD = re.compile(r"[\w-]+")
_OF_MANNER = re.compile(r"\b(?:is|are|was|were|be|been|being|has|have|had|not|never)$")
# A verb of saying | what it is not | true ways to put it. Both take the same words behind them.
_ACTS = """
denied that | confirmed that/admitted that/announced that | rejected claims that
confirmed that | denied that/was unable to say whether | acknowledged that
admitted that | denied that | acknowledged that/conceded that
acknowledged that | denied that | admitted that/conceded that
announced that | denied that | made it known that
insisted that | denied that/doubted that | maintained that
denied | admitted/confirmed | rejected
denies | admits/has confirmed | rejects
has denied | has admitted/has confirmed | has rejected
have denied | have admitted/have confirmed | have rejected
admitted | denied | confessed to
admits | denies | confesses to
has admitted | has denied | has confessed to
confirmed the | denied the | verified the
promised to | refused to/declined to | pledged to/vowed to
pledged to | refused to/declined to | promised to/vowed to
vowed to | refused to/declined to | promised to/pledged to
agreed to | refused to/declined to | consented to
refused to | agreed to/promised to/offered to | declined to
declined to | agreed to/promised to | refused to
has promised to | has refused to/has declined to | has pledged to
has pledged to | has refused to/has declined to | has promised to
has agreed to | has refused to/has declined to | has consented to
has refused to | has agreed to/has promised to | has declined to
rejected the | accepted the/approved the | turned down the
rejected a | accepted a/approved a | turned down a
rejected an | accepted an/approved an | turned down an
has rejected | has accepted/has endorsed | has dismissed
rejected claims | accepted claims/repeated claims | dismissed claims
dismissed claims | accepted claims/repeated claims | rejected claims
accepted the | rejected the/turned down the | agreed to the
accepted a | rejected a/turned down a | agreed to a
approved the | rejected the/voted down the | gave approval to the
criticised the | praised the/defended the | was critical of the
criticized the | praised the/defended the | was critical of the
praised the | criticised the/condemned the | spoke highly of the
welcomed the | condemned the/criticised the/rejected the | was pleased with the
condemned the | welcomed the/praised the/defended the | denounced the
defended the | criticised the/condemned the | spoke in defence of the
supported the | opposed the/rejected the | backed the
supports the | opposes the/rejects the | backs the
opposed the | supported the/welcomed the/backed the | was against the
opposes the | supports the/backs the | is against the
backed the | opposed the/rejected the | supported the
backs the | opposes the/rejects the | supports the
was confident | doubted/was worried | felt sure
was disappointed | was pleased/was not surprised | was let down
was pleased | was disappointed/was angry | was glad
was happy | was unhappy/was disappointed | was glad
ruled out | considered/did not rule out | excluded
""".strip()
_ACT_TABLE = [
    (
        old.strip(),
        re.compile(rf"(?<![\w-]){old.strip()}(?![\w-])" + verb_next(old.strip())),
        new.strip().split("/"),
        tuple(same.strip().split("/")),
    )
    for old, new, same in (line.split("|") for line in _ACTS.splitlines())
]
_DENIED_THINGS = re.compile(
    r" (?:any|(?!boarding)\w+ing|wrongdoing|allegations|charges|responsibility|guilt|all|murder|manslaughter"
    r"|rape|assault|fraud"
    r"|theft|the (?:allegations?|charges?|claims?|accusations?|reports?|offences?))\b(?! (?:were|was|is|are|had|has)\b)"
)


def acts_of_speech(claim: str, chance: random.Random) -> Iterator[Turn]:
    """A denial for a confirmation, a refusal for a promise, a rejection for an acceptance."""
    for plain, pattern, new, same in _ACT_TABLE:
        match = pattern.search(claim) if plain in claim else None
        if not match or _OF_MANNER.search(claim[: match.start()].strip()) or re.search(r"\bnot\b|n['’]t\b", claim):
            continue
        bare = match.group().split()[-1]
        if bare in ("denied", "denies", "admitted", "admits") and not _DENIED_THINGS.match(claim, match.end()):
            continue
        if claim[: match.start()].strip().endswith((",", "and", "who")) and " was " in f" {match.group()}":
            continue
        yield Turn(
            start=match.start(), end=match.end(), new=chance.choice(new), same=same,
            label=REFUTED if "that" in bare else NOT_SUPPORTED,
        )  # fmt: skip


def speaker_and_content(claim: str) -> tuple[str, str] | None:
    """Who says what in a claim: the speaker's name, and what is said as a clause or a quotation."""
    match = _FRONT.match(claim) or _BACK.match(claim)
    if match:
        speaker, content = match["speaker"], match["content"].rstrip(", ")
        if re.match(
            r"(?:to|in|at|on|of|for|and|by|about|with|as|from|his|her|has|have|had|is|was|were|will|would|could)\b",
            content,
        ) and _FRONT.match(claim):
            return None
    elif match := _ACCORDING.match(claim):
        speaker, content = match["speaker"] or match["speaker2"], match["content"] or match["content2"]
    elif match := _QUOTE_FRONT.match(claim):
        speaker, content = match["speaker"] or match["speaker2"], match["quote"] + match["close"]
    else:
        return None
    if speaker.split()[0] in _NO_SPEAKER or re.search(r"^(?:But|And|He|She|They|I|We)\b[^\"]*, and", content):
        return None
    return speaker, content


def speakers_of(page: Sequence[str]) -> dict[str, int]:
    """The named speakers of a page, and a sentence in which each speaks."""
    speakers: dict[str, int] = {}
    for place, sentence in enumerate(page):
        for match in filter(_is_whole_name, _SPEAKS.finditer(sentence)):
            speakers.setdefault(_name_in(match), place)
    return {name: place for name, place in speakers.items() if name.split()[0] not in _NO_SPEAKER}


def _name_in(match: re.Match[str]) -> str:
    return match["name"] or match["after"] or match["source"] or ""


def _is_whole_name(match: re.Match[str]) -> bool:
    """Whether no part of the name or of a title stands before it."""
    before = match.string[: match.start()].split()
    return not before or not before[-1][:1].isupper() or before[-1].endswith(",") or bool(match["source"])


def sort_of_speaker(name: str, speakers: Iterable[str]) -> str:
    """Whether a speaker is a person or a state; "" where the name alone does not tell."""
    words = name.split()
    if name in STATE_NAMES or name in CAPITALS:
        return "state"
    if {word.lower() for word in words} & BODIES:
        return ""
    if any(word.lower() in FIRST_NAMES for word in words[:-1]) or words[0].rstrip(".") in _TITLES:
        return "person"
    if len(words) > 1 or name.lower() in FIRST_NAMES:
        return ""
    known = any(other.endswith(f" {name}") and sort_of_speaker(other, ()) == "person" for other in speakers)
    return "person" if known else ""


def other_speakers(
    page: Sequence[str], place: int, speakers: Mapping[str, int], source: str, chance: random.Random
) -> Iterator[Made]:
    """What somebody said, and the same said by somebody else who speaks on the page."""
    claim = claim_from(page[place], chance) if _SPEAKS.search(page[place]) else None
    matches = [
        match for match in _SPEAKS.finditer(claim or "") if _name_in(match) in speakers and _is_whole_name(match)
    ]
    if not claim or not matches:
        return
    speaker = _name_in(matches[0])
    sort = sort_of_speaker(speaker, speakers)
    others = [
        name
        for name, at in speakers.items()
        if at != place and sort and sort_of_speaker(name, speakers) == sort and not _are_related(speaker, name, page)
        and not set(name.split()) & set(_PLAIN_WORD.findall(page[place]))
    ]  # fmt: skip
    if not others:
        return
    other = chance.choice(others)
    evidence = evidence_with(page, [place, speakers[other]], chance)
    speech = speaker_and_content(claim)
    if speech and speech[0] == speaker and chance.random() < 0.7:
        way = chance.randrange(4)
        yield evidence, in_reported_speech(speaker, speech[1], way), SUPPORTED, source
        yield (
            evidence,
            in_reported_speech(other, speech[1], chance.choice((way, chance.randrange(4)))),
            NOT_SUPPORTED,
            source,
        )
    elif claim.count(speaker) == 1:
        yield evidence, claim, SUPPORTED, source
        yield evidence, claim.replace(speaker, other), NOT_SUPPORTED, source


def _are_related(name: str, other: str, page: Sequence[str]) -> bool:
    """Whether one may speak for the other, or both say it: "Ann Lee, of Oxfam", "Lee and Smith"."""
    (*_, first), (*_, second) = map(str.split, (re.escape(name), re.escape(other)))
    near = re.compile(rf"{first}.{{0,45}}{second}|{second}.{{0,45}}{first}")
    return any(near.search(text) for text in page)


def in_reported_speech(speaker: str, content: str, way: int) -> str:
    """A statement reported in one of four forms; a quotation stays a quotation."""
    if content[0] in '"“':
        quote = content[0] + with_capital(content[1:])
        closed = quote[:-1] + "," + quote[-1]
        return (f"{closed} {speaker} said.", f"{closed} said {speaker}.", f"{speaker} said: {quote[:-1]}.{quote[-1]}",
                f"In the words of {speaker}: {quote[:-1]}.{quote[-1]}")[way]  # fmt: skip
    inside = without_name_capital(content)
    return (f"{speaker} said that {inside}.", f"According to {speaker}, {inside}.",
            f"{with_capital(content)}, {speaker} said.",
            f"{speaker} said {without_capital(inside) if inside.startswith('The ') else inside}.")[way]  # fmt: skip
