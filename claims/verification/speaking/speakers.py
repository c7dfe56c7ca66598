"""Finds the speaker of a passage and compares it with the speaker named in the claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from claims.lexicon.framing import PRONOUNS
from claims.lexicon.verbs import SAYING, SPEAKER_FORMS, past
from claims.records import Attribution, Page
from claims.verification.evidence.sentences import nearest_sentences
from claims.verification.forms.names import Name, alike, is_named_in, names
from claims.verification.forms.parties import PartySort
from claims.verification.speaking.offices import (
    HE_SAID,
    SAID,
    SAYS,
    describes,
    in_quotes,
    office,
    only_one_before,
    outside_quotes,
    owns,
    said_by,
    speaks_itself,
)
from claims.verification.speaking.pronouns import other_by_pronoun
from claims.verification.speaking.tellers import other_teller, transcript_label, untied_teller
from claims.verification.words import Word, all_stems, plain, stem, words

_ACCORDING = re.compile(r"\baccording to\b|\bin the words of\b", re.I)
_CITES = re.compile(r"\b(?:citing|quoting|and)\b", re.I)
_LABEL = re.compile(r"^\s*([A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*){0,3}):\s")
# A verb that only its subject follows: "said Trump.", "said the minister,"; not "said the strike had ended".
_BEFORE_SUBJECT = re.compile(r"\s(?:(?:the|a|an)(?:\s[\w'-]+){1,3}|[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*)*)\s?(?:[.,;:\"]|$)")
_CLOSES = re.compile(r"\s*(?:[.,;:\"(]|$|(?:in|on|at|after|during|to|as|who|of|when|while)\b)")
# Whoever stands behind it is told, and does not speak.
_TOLD = re.compile(r"t(?:old|ells?|elling)", re.I)
_PLAINLY = frozenset(stem(form) for verb in SAYING for form in (verb, past(verb))) | {stem("according")}
_FOLLOWS = re.compile(rf"\s(?:(?:has|had|have|also|later|\w+ly)\s)?(?:{SAID}|told)\b")
# Spokespeople: a reviewer must decide whether their words are those of the person they speak for.
_VOICES = re.compile(r"\b(?:spokes\w+|office|aides?|lawyers?|attorneys?|team|campaign|representatives?)\b", re.I)
_ANDED = re.compile(r"(?:,\s[A-Z][\w .'-]{1,40})*,?\sand\s(?:the\s)?")  # "Peru, Brazil and Mexico"
# "Critics of Rubio said", "a rival to Rubio said": another speaks.
_GOVERNED = re.compile(r"((?:[\w'-]+\s)?[\w'-]+)\s(?:of|for|to|against|with|behind|near|around)\s(?:[a-z.]+\s){0,3}$")


class SpeakerMatch(StrEnum):
    """The result of comparing the claim's speaker with the source."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"
    NONE = "none"


def compare_speaker(  # noqa: PLR0911  one return for each case
    attribution: Attribution | None,
    passage: str,
    before: str,
    page: Page,
    start: int | None = None,
    statement: str = "",
) -> tuple[SpeakerMatch, str]:
    """Whether the source attributes the passage's words to the claim's speaker; if not, with the other speaker.

    With UNKNOWN the other is whom the source gives the words to, if it may be the same; empty if it names nobody.
    ``before`` is the text just before the passage, ``start`` the offset of the passage in the page. Only the sentence
    of the passage that has most of the ``statement`` is read for the speaker. NONE if the claim names no speaker.
    """
    if attribution is None or not attribution.speaker or attribution.anonymous:
        return SpeakerMatch.NONE, ""
    if is_own(attribution, page):
        return SpeakerMatch.SAME, ""
    passage, before = _narrowed_to(statement, passage, before)
    claimed = _speaker_name(attribution.speaker)
    if teller := other_teller(attribution.speaker, claimed, statement, passage):
        return (SpeakerMatch.OTHER if teller[1] else SpeakerMatch.UNKNOWN), teller[0]
    if claimed is None:
        agrees, other = office(attribution.speaker, statement or passage, passage, before)
        if agrees is None:
            there = _speaker_there(statement, passage)
            owner = _speaker_name(describes(attribution.speaker, statement)) if not there else None
            return (SpeakerMatch.SAME if owner and owns(owner, page) else SpeakerMatch.UNKNOWN), there
        return (SpeakerMatch.SAME if agrees else SpeakerMatch.OTHER), other
    speakers = named_speakers(passage)
    if any(_is(claimed, speaker) for speaker in speakers):
        return SpeakerMatch.SAME, ""
    if not speakers and (other := other_by_pronoun(claimed, passage, before)):
        return (SpeakerMatch.OTHER if " " in other else SpeakerMatch.UNKNOWN), other
    if not speakers and (another := _of_another(claimed, passage)):
        return (SpeakerMatch.UNKNOWN, "") if _VOICES.search(another) else (SpeakerMatch.OTHER, another)
    if speakers:
        near = next((speaker for speaker in speakers if _may_speak_for(claimed, speaker)), None)
        return (SpeakerMatch.UNKNOWN, near.text) if near else (SpeakerMatch.OTHER, speakers[0].text)
    untied = untied_teller(claimed, statement, passage, page.text)
    who, other = _speaker_before(claimed, passage, before, transcript_label(page, start), untied)
    return (who, other or _speaker_there(statement, passage)) if who is SpeakerMatch.UNKNOWN else (who, other)


def is_own(attribution: Attribution | None, page: Page) -> bool:
    """Whether a page is the claim's speaker's own, which need not name them: "our systems", "the fund"."""
    if attribution is None or not attribution.speaker or attribution.anonymous:
        return False
    claimed = _speaker_name(attribution.speaker)
    return speaks_itself(attribution.speaker, page) or (claimed is not None and owns(claimed, page))


def _speaker_there(statement: str, passage: str) -> str:
    """Who is said to say it there, told by a noun; empty for nobody, and for "it"."""
    there = said_by(statement or passage, passage)
    return there[0].text if there and there[0].head not in PRONOUNS else ""


def _narrowed_to(statement: str, passage: str, before: str) -> tuple[str, str]:
    """The sentence of a passage that has most of a statement, and the text before that one."""
    near = nearest_sentences(statement, passage)[:1] if statement else []
    if not near:
        return passage, before
    at = passage.find(near[0])
    return near[0], f"{before} {passage[:at]}"


def compare_deed(
    attribution: Attribution | None,
    passage: str,
    before: str,
    page: Page,
    start: int | None = None,
    statement: str = "",
) -> tuple[SpeakerMatch, str]:
    """As `compare_speaker`, for a claim judged with its cue ("Moscow rejected the offer"): who does so in the passage.

    Who reports it there is no matter: "Moscow rejected the offer, Peskov said".
    """
    if attribution is None or attribution.anonymous or not attribution.speaker:
        return SpeakerMatch.NONE, ""
    speaker = _speaker_name(attribution.speaker)
    if speaker is None and all_stems(attribution.cue) & _PLAINLY:
        return compare_speaker(attribution, passage, before, page, start, statement)
    if speaker is None:
        # "The union": no name to compare, and the question says who it is.
        return (SpeakerMatch.NONE if _plainly_named(attribution, passage) else SpeakerMatch.UNKNOWN), ""
    deed = {stem(word.norm) for word in words(attribution.cue) if word.norm not in SPEAKER_FORMS}
    doing = _named_beside(plain(passage), lambda word: stem(word.norm) in deed, after="by")
    if any(_is(speaker, doer) for doer in (*doing, *_joint_doers(plain(passage), doing))):
        return SpeakerMatch.SAME, ""
    if doing:
        return SpeakerMatch.OTHER, doing[0].text
    who, other = compare_speaker(attribution, passage, before, page, start, statement)
    reported = deed and is_named_in(speaker, passage) and not _of_another(speaker, passage)
    return (SpeakerMatch.UNKNOWN, "") if reported and who is SpeakerMatch.OTHER else (who, other)


def _plainly_named(attribution: Attribution, passage: str) -> bool:
    """Whether the passage names a speaker without a proper name who does more than speak, and not as "critics of"."""
    if all_stems(attribution.cue) & _PLAINLY:
        return False
    match = re.search(rf"\b{re.escape(attribution.speaker or '')}\b", passage, re.I)
    return match is not None and _governed_before(passage, match.start()) is None


def does(attribution: Attribution | None, passage: str) -> bool:
    """Whether a passage has the words of the cue if these carry meaning of the claim ("called for a strike").

    "Called off a strike" has all the attributed words but says something else. A plain reporting verb, or a cue with
    its own clause ("found that it is so"), requires no particular word.
    """
    if attribution is None or attribution.clausal:
        return True
    cue = all_stems(attribution.cue)
    return bool(cue & _PLAINLY) or cue <= all_stems(passage)


def _speaker_before(
    claimed: Name, passage: str, before: str, label: str | None, untied: str
) -> tuple[SpeakerMatch, str]:  # fmt: skip
    """Compare with the speaker of a passage that names none: the transcript's label, else the speaker before it."""
    if label is not None:
        return (SpeakerMatch.SAME, "") if is_named_in(claimed, label) else (SpeakerMatch.OTHER, label)
    last = named_speakers(before)[-1:]
    if is_named_in(claimed, passage) or _last_named(claimed, before) or (last and _is(claimed, last[0])):
        return (SpeakerMatch.UNKNOWN, untied) if untied else (SpeakerMatch.SAME, "")
    if last and not is_named_in(claimed, before):
        return SpeakerMatch.OTHER, last[0].text
    other = only_one_before(passage, before)
    return SpeakerMatch.UNKNOWN, "" if other is None or _is(claimed, other) else other.text


def named_speakers(text: str) -> list[Name]:
    """The names beside a verb of saying, after "according to", or before a colon at a line's start."""
    flat = plain(text)
    speaking = _named_beside(flat, lambda word: word.norm in SPEAKER_FORMS)
    return [
        name for name in outside_quotes(flat) if name in speaking or _labels(flat, name) or _after_according(flat, name)
    ]


def _named_beside(flat: str, verb: Callable[[Word], bool], *, after: str = "") -> list[Name]:
    """The names that stand as the subject, or after "by", beside one of these verbs.

    A verb of saying may precede its subject ("said Waltz"); what another verb precedes without ``after`` is its object.
    """
    verbs = [word for word in words(flat) if verb(word) and not in_quotes(flat, word.span[0])]
    return [
        name
        for name in outside_quotes(flat)
        if _governor(flat, name) is None and any(_name_beside_verb(flat, name, word.span, after) for word in verbs)
    ]


def _joint_doers(flat: str, doing: Sequence[Name]) -> list[Name]:
    """The names that "and" joins to one of those that do something: "Brazil and Mexico published"."""
    starts = {name.span[0] for name in doing}
    return [name for name in outside_quotes(flat) if any(_ANDED.fullmatch(flat[name.span[1] : at]) for at in starts)]


def _labels(flat: str, name: Name) -> bool:
    """Whether a name precedes a colon at its line's start."""
    label = _LABEL.match(flat[flat.rfind("\n", 0, name.span[0]) + 1 :])
    return label is not None and name.text.split()[-1] in label[1]


def _governor(text: str, name: Name) -> str | None:
    """The words that ``name`` only completes, as the subject of a verb: "Critics" in "Critics of Rubio said"."""
    head = _governed_before(text, name.span[0])
    return head if head and _FOLLOWS.match(text[name.span[1] :]) else None


def _governed_before(text: str, at: int) -> str | None:
    """The words that what stands at a place only completes; None for a verb of saying, and if there are none."""
    governed = _GOVERNED.search(text[max(0, at - 60) : at])
    return None if governed is None or SAYS.search(governed[1]) else governed[1]


def _of_another(claimed: Name, passage: str) -> str | None:
    """The speaker whose description only mentions the claim's speaker: "critics of Rubio"; None if there is none."""
    flat = plain(passage)
    for name in names(flat):
        if is_named_in(claimed, name.text) and not in_quotes(flat, name.span[0]) and (head := _governor(flat, name)):
            return f"{head} … {name.text}"
    return None


def _name_beside_verb(text: str, name: Name, verb: tuple[int, int], after: str = "") -> bool:
    """Name and verb of saying with little between them: "X said", "X, the minister, said", "said X"."""
    hears = _TOLD.fullmatch(text[slice(*verb)]) is not None  # who stands behind it
    if name.span[1] <= verb[0]:
        gap = text[name.span[1] : verb[0]]
        if re.fullmatch(r"(?:'s)?\s?(?:\w+ly\s|has\s|had\s|also\s|then\s|later\s)*", gap):
            return True
        apposed = text[: name.span[0]].rstrip().endswith(",") and (hears or not _BEFORE_SUBJECT.match(text[verb[1] :]))
        return bool(re.fullmatch(r",[^,.;\"]{0,80},\s?(?:\w+\s)?", gap)) or (apposed and gap.strip() == ",")
    if verb[1] <= name.span[0] and (after or not hears):
        gap = text[verb[1] : name.span[0]]
        # "said Waltz." names the speaker, "said Russia sought peace" what was said.
        if not _CLOSES.match(text[name.span[1] :]) or not gap.strip().startswith(after):
            return False
        return bool(re.fullmatch(r"\s(?:(?:the|a|by|us|u\.s\.)\s)?(?:[a-z-]+\s){0,4}", gap)) and not re.search(
            r"\b(?:that|to|of|in|on|with|about|from|for|against|at|into|over|under|between|among|toward|towards)\b", gap
        )
    return False


def _after_according(text: str, name: Name) -> bool:
    head = text[max(0, name.span[0] - 60) : name.span[0]]
    marks = list(_ACCORDING.finditer(head))
    gap = head[marks[-1].end() :] if marks else ""
    if not marks or re.search(r"[.;:!?\"]", gap):
        return False
    # "According to Lavrov, Putin wanted peace" names one speaker, "according to the minister, Sergei Lavrov." too.
    if (
        "," in gap
        and not _CITES.search(gap.rpartition(",")[2])
        and not re.match(r"\s?[,.;\"]|\s?$", text[name.span[1] :])
    ):
        return False
    sentence = re.split(r"[.!?]\s", text[: name.span[0]])[-1]
    return HE_SAID.search(sentence) is None


def _speaker_name(speaker: str) -> Name | None:
    every_name = names(f"by {speaker}")
    return every_name[-1] if every_name else None


def _is(claimed: Name, speaker: Name) -> bool:
    if _only_completes(claimed, speaker):
        return False
    return is_named_in(claimed, speaker.text) or is_named_in(speaker, claimed.text)


def _only_completes(claimed: Name, speaker: Name) -> bool:
    """As in "Opponents of Rubio", read as one name: who is spoken of is not who speaks; a state may be."""
    person = claimed.party is None or claimed.party.sort is PartySort.LEADER
    completing = speaker.text.partition(" of ")[2]
    return person and " of " not in claimed.text and is_named_in(claimed, completing)


def _may_speak_for(claimed: Name, speaker: Name) -> bool:
    """Whether a person must decide if a speaker's words are those of the claim's speaker.

    So it is with two bodies of what may be one state: "the Kremlin", "the Russian government".
    """
    if _only_completes(claimed, speaker):
        return _VOICES.search(speaker.text) is not None
    bodies = claimed.party and speaker.party and claimed.party.sort is speaker.party.sort is PartySort.BODY
    return bool(bodies) and alike(claimed, speaker) is None


def _last_named(claimed: Name, before: str) -> bool:
    """Whether the person named last before the passage is the claim's speaker ("he said")."""
    people = names(before)
    return bool(people) and is_named_in(claimed, people[-1].text)
