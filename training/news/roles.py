"""Who did what to whom: the two exchanged, in the active and in the passive."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from claims.glossary import with_capital
from claims.lexicon.clauses import word_set
from claims.lexicon.quantities import MONTH_NAMES, WEEKDAY_NAMES
from training.made import NOT_SUPPORTED, REFUTED, SUPPORTED, Made
from training.news.sentences import claim_from, evidence_with

# Past and participle of verbs that two parties rarely do to each other at once; both forms where they differ.
_ONE_WAY = """
beat/beaten defeated killed murdered bought/bought acquired hired fired sacked dismissed appointed replaced succeeded
arrested invaded overtook/overtaken outscored shot/shot stabbed sold/sold recruited elected overthrew/overthrown
convicted jailed imprisoned rescued adopted raised founded created kidnapped evicted deported pardoned
eliminated murdered liquidated captured freed released rescued expelled ousted toppled crowned baptised cured
extradited cleared
"""
_EITHER_WAY = """
accused criticised criticized attacked praised sued blamed warned urged invited asked told/told ordered backed endorsed
supported helped threatened condemned welcomed thanked contacted questioned challenged interviewed mocked insulted
mentored taught/taught coached trained advised funded paid/paid assaulted followed rejected hit/hit struck/struck
persuaded forced allowed persuaded encouraged instructed briefed informed nominated chose/chosen named injured chased
opposed defied snubbed courted greeted pushed punched kicked grabbed stopped halted caught/caught robbed
abused harassed bullied targeted monitored tracked spotted noticed pursued sheltered entertained consulted
lobbied pressed pressured bribed cheated deceived misled/misled tricked humiliated upset/upset shocked impressed
inspired influenced defended cited quoted echoed rebuked scolded applauded congratulated toasted honoured
mourned forgave/forgiven outbid outwitted surprised frustrated trusted distrusted feared hated loved admired respected
envied doubted ignored described portrayed compared sponsored financed subsidised sued prosecuted employed
betrayed denounced ridiculed reprimanded fined banned suspended investigated protected visited honoured
honored commissioned approached offended confronted tackled fouled
"""
_CONTROL = word_set(
    "urged ordered asked told invited warned advised persuaded allowed forced appointed hired instructed "
    "encouraged elected "
    "nominated chose commissioned"
)
_PAST_FORMS = {
    form.split("/")[0]: (form.split("/")[-1], label)
    for forms, label in ((_ONE_WAY, REFUTED), (_EITHER_WAY, NOT_SUPPORTED))
    for form in forms.split()
}
_PARTICIPLES = {participle: (past, label) for past, (participle, label) in _PAST_FORMS.items()}
_PROPER = r"[A-Z][\w'’.-]*\w(?: (?:of |de |van |von |der |bin |al-)?[A-Z][\w.-]*\w)*"
_COMMON = (
    r"(?:the|a|an|his|her|their|its) (?:[a-z]+ )?(?:man|woman|men|women|boy|girl|group|company|firm|government"
    r"|club|team|police|court|judge|"
    r"party|union|army|president|minister|manager|mayor|officer|officers|teacher|leader|leaders|rebels|council"
    r"|committee|"
    r"student|students|suspect|victim|driver|coach|owner|player|players|teenager|agency|bank|board|ministry|king|queen|"
    r"pair|couple|gunman|attacker|protesters|journalist|journalists|soldiers|troops|patient|doctor|doctors)"
)
_PARTY = rf"(?:(?:[Tt]he )?{_PROPER}|[Pp]olice|{_COMMON.replace('(?:the|a|an', '(?:[Tt]he|[Aa]|[Aa]n', 1)})"
_BREAK = (
    r"(?=[,.;]| (?:of|for|in|on|at|over|after|during|with|as|by|to|from|when|while|because|before|twice"
    r"|again|last|that|about|against|into|yesterday|this|earlier)\b)"
)
_START = r"(?P<before>^|, |\bthat |\bwhen |\bafter |\bbecause |\bbefore |\bwhile )"
_VERBS = "|".join(sorted({*_PAST_FORMS, *_PARTICIPLES}))
_ACTIVE = re.compile(
    rf"{_START}(?P<agent>{_PARTY}) (?P<had>had |has |have )?(?P<verb>{_VERBS}) "
    rf"(?P<patient>{_PARTY}){_BREAK}(?P<rest>.*)$"
)
_PASSIVE = re.compile(
    rf"{_START}(?P<patient>{_PARTY}) (?P<be>was|were|has been|have been|had been) "
    rf"(?P<verb>{'|'.join(_PARTICIPLES)}) by "
    rf"(?P<agent>{_PARTY}){_BREAK}(?P<rest>.*)$"
)
_WINS = frozenset(("beat", "beaten", "defeated"))
_CALENDAR = frozenset(word.title() for word in (*MONTH_NAMES, *WEEKDAY_NAMES))
_NO_PARTY = word_set("He She It They We You This That There These Those But And If In On At The A An I When Since")
_OTHER_SUBJECT = re.compile(r"\b(?:his|her|their|its|he|she|they|himself|herself|who|which|and|but|then)\b")


def roles(page: Sequence[str], place: int, source: str, chance: random.Random) -> Iterator[Made]:
    """A claim of who did what to whom, active and passive, and both with the two exchanged."""
    claim = claim_from(page[place], chance) if voices(page[place]) else None
    versions = voices(claim) if claim else None
    if not claim or not versions:
        return
    true, false, label = versions
    evidence = evidence_with(page, [place], chance)
    if any(text.rstrip(". ") in evidence for text in false):
        return
    for voice in (0, 1):
        yield evidence, true[1 - voice], SUPPORTED, source
        yield evidence, false[voice], label, source
    if chance.random() < 0.5 and evidence.count(page[place]) == 1:  # a page that has it the other way round
        turned_page = evidence.replace(page[place], false[0])
        yield turned_page, chance.choice(false), SUPPORTED, source
        yield turned_page, chance.choice(true), label, source


def voices(claim: str) -> tuple[tuple[str, str], tuple[str, str], int] | None:
    """The claim in the active and the passive, the same with agent and patient exchanged, and their label."""
    match = _ACTIVE.search(claim)
    passive = not match
    match = match or _PASSIVE.search(claim)
    if not match or not _may_exchange(match, claim):
        return None
    past, participle, label = _forms(match["verb"])
    agent, patient = _inside(match["agent"]), _inside(match["patient"])
    perfect = match.groupdict().get("had") or match.groupdict().get("be") or ""
    helper = next((word for word in ("had", "has", "have") if perfect.startswith(word)), "")
    rest, short = match["rest"], _rest_of_passive(match["verb"], match["rest"])
    if not passive and perfect and not helper:
        return None

    def active(first: str, second: str) -> str:
        verb = f"{_agreeing(first, helper)} {participle}" if helper else past
        return _joined(claim, match, f"{first} {verb} {second}", short if passive else rest)

    def turned_round(first: str, second: str) -> str:
        be = f"{_agreeing(first, helper)} been" if helper else _be(first)
        return _joined(claim, match, f"{first} {be} {participle} by {second}", short)

    true = (active(agent, patient), turned_round(patient, agent))
    false = (active(patient, agent), turned_round(agent, patient))
    return true, false, label


def _forms(verb: str) -> tuple[str, str, int]:
    if verb in _PAST_FORMS:
        participle, label = _PAST_FORMS[verb]
        return verb, participle, label
    past, label = _PARTICIPLES[verb]
    return past, verb, label


def _may_exchange(match: re.Match[str], claim: str) -> bool:
    agent, patient = match["agent"], match["patient"]
    if {agent, patient} & _NO_PARTY or set(agent.split()) & set(patient.split()) - {"the", "The", "a", "A"}:
        return False
    if {*agent.split(), *patient.split()} & _CALENDAR or agent.split()[0] in _NO_PARTY - {"The", "A", "An"}:
        return False
    if not (re.search("[A-Z]", agent[1:]) or re.search("[A-Z]", patient)) or patient.endswith(("'s", "’s", "s'")):
        return False
    if re.match(r" (?:of|and|or)\b|, (?:and|or|[A-Z][\w ]+ and)\b", match["rest"]):
        return False
    if match["before"] == ", " and re.search(r" and | who | which |, .*, ", claim[: match.start()] + match["agent"]):
        return False
    again = re.search(r"\b(?:lost|beaten|defeated|beat|again|revenge|before|then)\b", match["rest"])
    return not (match["verb"] in _WINS and again) and not re.search(r'["“”]', claim) and "n't" not in claim


def _inside(party: str) -> str:
    """A party as it stands inside a sentence."""
    return (
        party[0].lower() + party[1:]
        if re.match(
            r"(?:The|A|An|His|Her|Their|Its|Police|Residents|Officials|Witnesses|Prosecutors|Scientists|Officers)\b",
            party,
        )
        else party
    )


def _be(party: str) -> str:
    many = re.search(r"^(?:the|their|his|its) .*[a-z]s$|(?:men|women|police|couple)$", party) and not party.endswith(
        "ss"
    )
    return "were" if many else "was"


def _agreeing(party: str, helper: str) -> str:
    return helper if helper == "had" else "have" if _be(party) == "were" else "has"


def _rest_of_passive(verb: str, rest: str) -> str:
    """What may follow behind the other voice: nothing that belongs to the old subject."""
    if _OTHER_SUBJECT.search(rest) or (re.match(r" to [a-z]", rest) and verb not in _CONTROL):
        return "."
    return (
        "."
        if re.search(r"(?:^|[, ])(?:after|before|while|when|by|,) ?\w+ing\b", rest) or rest.startswith(",")
        else rest
    )


def _joined(claim: str, match: re.Match[str], middle: str, rest: str) -> str:
    whole = claim[: match.start()] + match["before"] + middle + rest
    return with_capital(whole)
