"""Verbs: the formation of their forms, the irregular ones, and the reporting verbs.

Each reporting verb is listed once, with its uses. Everything else is derived from this table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.lexicon.clauses import word_set

# A verb, its past tense, and its participle where that is another form.
_IRREGULAR_VERBS = """
arise arose arisen, be was been, bear bore borne, beat beat beaten, become became become, begin began begun, bet bet,
bleed bled, blow blew blown, break broke broken, bring brought, broadcast broadcast, build built, burst burst, buy
bought, cast cast, catch caught, choose chose chosen, come came come, cost cost, cut cut, deal dealt, do did done,
draw drew drawn, dream dreamed dreamt, drive drove driven, eat ate eaten, fall fell fallen, feel felt, fight fought,
find found, flee fled, fly flew flown, forbid forbade forbidden, forecast forecast, foresee foresaw foreseen, forget
forgot forgotten, freeze froze frozen, get got gotten, give gave given, go went gone, grow grew grown, hang hung, have
had, hear heard, hide hid hidden, hit hit, hold held, hurt hurt, keep kept, know knew known, lay laid, lead led, leave
left, lend lent, let let, lose lost, make made, mean meant, meet met, mislead misled, overcome overcame overcome,
overtake overtook overtaken, overthrow overthrew overthrown, pay paid, put put, quit quit, read read, rebuild rebuilt,
rewrite rewrote rewritten, rid rid, ride rode ridden, rise rose risen, run ran run, say said, see saw seen, seek
sought, sell sold, send sent, set set, shake shook shaken, shoot shot, show showed shown, shrink shrank shrunk, shut
shut, sing sang sung, sink sank sunk, sit sat, sleep slept, speak spoke spoken, spend spent, split split, spread
spread, stand stood, steal stole stolen, stick stuck, strike struck, swear swore sworn, sweep swept, take took taken,
teach taught, tear tore torn, tell told, think thought, throw threw thrown, undergo underwent undergone, understand
understood, undertake undertook undertaken, uphold upheld, wear wore worn, win won, withdraw withdrew withdrawn,
withhold withheld, write wrote written
"""
_IRREGULAR = {forms[0]: (forms[1], forms[-1]) for forms in map(str.split, _IRREGULAR_VERBS.split(","))}

# Verbs of two syllables that double their last letter. Those of one syllable do it by a rule.
_DOUBLING = word_set(
    """
    admit begin commit compel control equip forbid forget incur occur patrol permit prefer propel rebut refer regret
    submit transfer
    """
)
_ONE_SYLLABLE = re.compile(r"(?:qu|[^aeiou])*[aeiou][bdfgklmnprtvz]")


def past(lemma: str) -> str:
    """The past tense of a verb: "suggest" -> "suggested", "tell" -> "told"."""
    return _IRREGULAR[lemma][0] if lemma in _IRREGULAR else _regular_past(lemma)


def past_is_participle(lemma: str) -> bool:
    """Whether a verb's past tense may be its participle: "shot" and "freed" are both, "stole" is not."""
    return lemma not in _IRREGULAR or len(set(_IRREGULAR[lemma])) == 1


def present(lemma: str, *, plural: bool) -> str:
    """The present tense of a verb in the third person: "suggest" -> "suggests", of more than one "suggest"."""
    if plural:
        return "are" if lemma == "be" else lemma
    if lemma in ("be", "have"):
        return "is" if lemma == "be" else "has"
    if _ends_in_y(lemma):
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def gerund(lemma: str) -> str:
    """The -ing form of a verb: "make" -> "making", "admit" -> "admitting"."""
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if len(lemma) > 2 and lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return _before_ending(lemma) + "ing"


def _regular_past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    return lemma[:-1] + "ied" if _ends_in_y(lemma) else _before_ending(lemma) + "ed"


def _ends_in_y(lemma: str) -> bool:
    return len(lemma) > 2 and lemma.endswith("y") and lemma[-2] not in "aeiou"


def _before_ending(lemma: str) -> str:
    """A verb as it precedes "-ed" and "-ing": "plan" -> "plann"."""
    doubles = lemma in _DOUBLING or (len(lemma) > 2 and _ONE_SYLLABLE.fullmatch(lemma))
    return lemma + lemma[-1] if doubles else lemma


def _finite_forms(lemmas: Iterable[str]) -> frozenset[str]:
    """The forms of verbs that tell with a subject and no helper: "says", "said"."""
    return frozenset(form for lemma in lemmas for form in (present(lemma, plural=False), past(lemma)))


def _all_forms(lemma: str) -> frozenset[str]:
    participle = _IRREGULAR[lemma][1] if lemma in _IRREGULAR else past(lemma)
    return frozenset((lemma, present(lemma, plural=False), past(lemma), participle, gerund(lemma)))


def _lemmas(verbs: Iterable[str]) -> dict[str, str]:
    """Every form of some verbs with its lemma; of a form that two have, the first in the alphabet."""
    return {form: lemma for lemma in sorted(verbs, reverse=True) for form in _all_forms(lemma)}


# The forms of irregular verbs with their lemma; the present tense is regular but for "be" and "have".
IRREGULAR_FORMS = {
    form: lemma for lemma, told in sorted(_IRREGULAR.items(), reverse=True) for form in (*told, gerund(lemma))
}

# The verbs of reporting by what they are:
#   speaks    who did this, said something, so that it can be checked that it was said, whatever it was
#   plain     says no more than that it was said; another verb of saying cannot be put for who promises, warns or denies
#   after     only attributes a clause that stands before it: "the road is open, the city announced"; before what it
#             introduces it may be what the claim is about
#   sure      says nothing else, whatever stands around it
#   heard     its object is who is told
#   named     a name beside it in a source is the speaker's
#   factual   what comes after it is told as a fact
#   outlet    what an outlet does with news: "Reuters reported"
#   shows     events do it too: "sales fell, highlighting the risk"
#   thinks    with "I" before it, it makes an opinion
#   supposes  holds what somebody only thinks, wonders or disputes
#   lends     changes nothing where the words are given as somebody's anyway
#   beside    says something only beside words in quotation marks: "“No,” he began"; "the strike begins" says nothing
#   decides   with a thing as its object it does something: "voters rejected the plan"
#   denies    turns round what comes after it
_REPORTING = """
speaks plain sure named factual outlet: say add
speaks plain sure heard named factual outlet: tell
speaks plain sure named factual: stress
speaks plain named factual outlet: note report state write
speaks plain named factual: explain recall
speaks plain named heard: answer
speaks plain named: continue emphasise emphasize post reiterate remark reply tweet
plain named shows: underline
plain shows: underscore
speaks plain beside: begin
speaks plain: comment observe repeat respond
speaks sure named factual outlet after: announce
speaks sure named heard: warn
speaks sure named: insist
speaks named factual outlet after: confirm
speaks named factual outlet shows after: reveal
speaks named factual: acknowledge admit conclude declare
speaks named outlet: describe
speaks named outlet shows: suggest
speaks named outlet supposes lends: claim
speaks named heard: ask urge
speaks named lends: pledge promise vow
speaks named supposes lends: allege predict
speaks named supposes denies: deny
speaks named: argue complain concede mention
speaks factual outlet shows after: show
speaks factual outlet thinks after: find
speaks factual after: disclose
speaks outlet: cite estimate quote
speaks heard: advise
speaks shows after: indicate
speaks shows: signal
speaks supposes denies: dismiss dispute
speaks supposes denies decides: reject
speaks decides: order
speaks beside: go
speaks supposes: wonder
speaks denies: refuse
speaks: accuse apologise apologize assert blame boast brag call caution charge clarify condemn contend counter
    criticise criticize demand denounce elaborate forecast hint joke lament maintain outline
    point praise propose question quip read recommend request rule shout speak swear talk testify thank
named thinks supposes lends: believe think
named: congratulate
outlet: air broadcast calculate learn publish
heard: assure inform remind
shows: demonstrate expose highlight illustrate reflect
thinks supposes lends: assume suspect
thinks supposes: doubt suppose
thinks: consider feel guess reckon
supposes lends: fear hope
supposes: debunk dream imagine pretend speculate
lends: expect
denies: refute
"""
_ENTRIES = [line.split(":") for line in _REPORTING.replace("\n    ", " ").strip().splitlines()]


def _verbs(kind: str) -> frozenset[str]:
    return frozenset(verb for kinds, verbs in _ENTRIES if kind in kinds.split() for verb in verbs.split())


# Lemmas of one kind.
SPEAKING, SAYING, SURE = _verbs("speaks"), _verbs("plain"), _verbs("sure")
# All of them: who reports something in any way.
TELLING = SPEAKING | SAYING
# With an object they may be done to their subject: "was held and denied a lawyer", "was sacked and promised a pension".
DONE_TO_SOMEBODY = word_set(
    """
    allow appoint ask assign award bring call charge crown deem deliver deny elect find give grant hand hold leave lend
    make name offer order owe pay promise refuse report send serve shout show teach tell think
    """
)
# Behind what they report: "..., a court heard".
CLOSING = SPEAKING | {"hear", "learn"}
ANNOUNCING = _verbs("after")
BESIDE_QUOTES, DECIDING = _verbs("beside"), _verbs("decides")
HEARD, SHOWING, THINKING = _verbs("heard"), _verbs("shows"), _verbs("thinks")

# Forms with their lemma: of every verb of saying, and of those that are frequent enough to be looked for behind a
# misspelling, which fewer than five letters are too few for.
SPEAKING_FORMS = _lemmas(SPEAKING)
FREQUENT_FORMS = {form: verb for form, verb in _lemmas(SAYING | _verbs("named")).items() if len(form) >= 5}

# Forms as they stand beside the name of a speaker or an outlet, after a plain report, or anywhere.
SPEAKER_FORMS = _verbs("named") | _finite_forms(_verbs("named")) | {"saying", "telling", "stating"}
OUTLET_FORMS, PLAIN_OUTLET_FORMS = _finite_forms(_verbs("outlet")), _finite_forms(_verbs("outlet") & SAYING)
FACTUAL_FORMS = _finite_forms(_verbs("factual"))
SUPPOSING_FORMS, LENDING_FORMS = frozenset(_lemmas(_verbs("supposes"))), frozenset(_lemmas(_verbs("lends")))
DENYING_FORMS = frozenset(_lemmas(_verbs("denies")))
# What a body says of itself or of its adversaries: "the BBC denied that it had paid", "Fox News agreed to pay".
STANCE_FORMS = frozenset(
    _lemmas(
        _verbs("denies")
        | word_set(
            "admit agree apologise apologize condemn decline defend demand pledge promise refuse sue threaten urge vow"
        )
    )
)
