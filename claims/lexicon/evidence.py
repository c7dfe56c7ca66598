"""Tables of words for comparing claims with evidence: stop words, negations, numbers, conjunctions. No code."""

from __future__ import annotations

from claims.lexicon.clauses import word_set
from claims.lexicon.quantities import MONTH_ABBREVIATIONS
from claims.lexicon.states import OTHER_WORDS, PEOPLES, STATE_NAMES
from claims.lexicon.verbs import DENYING_FORMS, IRREGULAR_FORMS

STOPWORDS = word_set("""
    a an the this that these those of in on at to for from by with as into onto upon over under about and
    or nor so than then there here it its it's he him his she her hers they them their theirs we us our
    ours i me my mine you your yours who whom whose which what when where why how is are was were be been
    being am do does did done doing has have had having will would shall should can could may might must
    also too very just such own same other some any s t d ll re ve m mr mrs ms dr said says say saying
    tell tells told telling added adds according up out off again further once more most both each few all
    if while after before during between because until through since though although whether
    however yet still amid among across toward towards via per despite around along behind beside upon within
""")

# What may stand before a noun and tells nothing of it.
DETERMINERS = word_set("a an the its his her their this that these those")

# A word that turns a statement round. "denied" and the like are kept apart: they need a speaker.
NEGATIONS = word_set("""
    not no never none neither nor nobody nothing nowhere without cannot can't won't don't doesn't didn't
    isn't aren't wasn't weren't hasn't haven't hadn't wouldn't shouldn't couldn't mustn't ain't hardly
    barely scarcely
""")
DENIALS = DENYING_FORMS | word_set("fail fails failed false untrue incorrect baseless")
# What comes after these is possible, planned, wished or alleged, not said as a fact.
HEDGES = word_set("""
    may might could would will shall should must plan plans planned planning hope hopes hoped expect expects
    expected threatened threatens threaten accused accuse accuses alleged alleges allegedly reportedly claimed
    claims claiming suggested possible possibly likely unlikely if unless considering considers proposed proposes
    wants wanted want intends intended ready prepared supposed believed rumoured rumored asked urged demanded
""")
WEAK_HEDGES = word_set(
    "may might could possibly perhaps maybe reportedly allegedly unlikely if unless rumoured rumored"
)
MODALS = {
    "must": "duty", "should": "advice", "ought": "advice", "shall": "will", "will": "will", "would": "would",
    "may": "may", "might": "may", "could": "may", "can": "can", "cannot": "can", "won't": "will",
    "wouldn't": "would", "can't": "can", "couldn't": "may", "shouldn't": "advice", "mustn't": "duty",
}  # fmt: skip
# Words after (or before) a cut that turn what was cut off into a condition, a contrast or a limit.
QUALIFIERS = word_set("""
    but unless if except provided only although though however until whether however otherwise
""")
DISTANCING = word_set("""
    not never no if unless deny denied denies false untrue doubt doubts doubted wrong nobody imagine
    suppose pretend claimed claim claims allegedly myth lie
""")

# One form for irregular verbs and nouns, so that tense and number do not hide a shared word.
IRREGULAR = IRREGULAR_FORMS | {
    form: base
    for base, forms in {
        "die": "dies died dying death deaths dead", "fly": "flight", "go": "goes", "grow": "growth", "lose": "loss",
        "withdraw": "withdrawal", "man": "men", "woman": "women", "child": "children", "person": "people persons",
        "foot": "feet", "life": "lives", "wife": "wives", "knife": "knives", "country": "countries nation nations",
        "decide": "decision decisions", "agree": "agreement agreements", "ceasefire": "ceasefire",
    }.items()
    for form in forms.split()
}  # fmt: skip

# Spellings that news prose varies freely.
SPELLINGS = {
    "cease-fire": "ceasefire", "cease-fires": "ceasefire", "u.s.": "us", "u.s": "us", "usa": "us", "u.k.": "uk",
    "u.k": "uk", "u.n.": "un", "u.n": "un", "e.u.": "eu", "e.u": "eu", "percent": "percent", "per-cent": "percent",
    "europe": "europe", "european": "europe", "europeans": "europe", "korean": "korea", "koreans": "korea",
    "organisation": "organization", "defence": "defense", "programme": "program",
    "centre": "center", "labour": "labor", "moscow's": "moscow", "wwiii": "world-war-3", "kyiv": "kyiv",
    "kiev": "kyiv", "odessa": "odesa", "kharkov": "kharkiv", "zelenskyy": "zelensky", "zelenskiy": "zelensky",
}  # fmt: skip

# With parts of a state, and what two states are called.
_NO_STATES = OTHER_WORDS | {"england", "english", "congo"}


def _peoples() -> dict[str, str]:
    """Every one-word name and adjective of a state, under its first name: "danish" and "danes" are "denmark"."""
    first: dict[str, str] = {"us": "us", "gb": "uk"}
    for name, keys in STATE_NAMES.items():
        for key in keys if name.isalpha() and name not in ("US", "UK") else ():
            first.setdefault(key, name.lower())
    names = {}
    for phrases in (STATE_NAMES, PEOPLES):
        for phrase, keys in phrases.items():
            [key, *others] = sorted(keys)
            if phrase.isalpha() and phrase.lower() not in _NO_STATES and not others and key in first:
                names[phrase.lower()] = first[key]
                if phrases is PEOPLES:
                    names[phrase.lower() + "s"] = first[key]
    return {word: name for word, name in names.items() if word not in ("us", "un", "eu")}


SPELLINGS |= _peoples()

LONG_NAMES = {
    frozenset(("unit", "stat")): "us", frozenset(("unit", "kingdom")): "uk", frozenset(("europe", "union")): "eu",
    frozenset(("unit", "nation")): "un",
}  # fmt: skip
ROMAN = {"ii": "two", "iii": "three", "iv": "four", "vi": "six", "vii": "seven", "viii": "eight", "xvi": "sixteen"}

# Pairs whose exchange turns a sentence round. Written by hand from the verbs and adjectives of news.
ANTONYMS = frozenset(
    frozenset(pair.split("/"))
    for pair in word_set("""
    accept/reject agree/disagree allow/ban allow/forbid allow/prevent approve/reject arrive/leave
    ask/answer attack/defend attend/skip back/oppose ban/permit begin/end begin/stop best/worst
    better/worse bigger/smaller larger/smaller longer/shorter taller/shorter older/younger older/newer cheaper/dearer
    faster/slower stronger/weaker warmer/colder hotter/colder richer/poorer heavier/lighter
    boost/cut bottom/top build/destroy buy/sell close/open cold/hot confirm/deny
    create/destroy dead/alive decline/rise decrease/increase defeat/win deny/admit deep/shallow down/up
    drop/rise early/late east/west eastern/western enemy/ally enter/leave even/odd expand/shrink
    export/import fail/succeed fall/rise fast/slow fell/rose few/many first/last fewer/more foe/friend
    former/current free/jail friend/enemy gain/lose good/bad guilty/innocent guilty/acquitted happy/sad
    hard/easy hard/soft hawk/dove high/low higher/lower hire/fire import/export improve/worsen
    include/exclude inside/outside join/leave keep/break large/small left/right legal/illegal less/more
    long/short lose/win lower/raise loss/profit love/hate male/female major/minor majority/minority
    maximum/minimum most/least near/far never/always new/old north/south northern/southern
    official/unofficial open/closed oppose/support pass/fail peace/war permit/forbid plus/minus poor/rich
    positive/negative presence/absence private/public prevent/cause protect/threaten push/pull raise/cut
    reduce/increase remember/forget rapid/slow recent/ancient remain/leave restore/halt resume/halt
    retreat/advance same/different safe/dangerous shrink/grow sign/veto slow/speed start/stop
    strengthen/weaken strong/weak succeed/fail summer/winter support/opposition support/condemn
    surplus/deficit take/give temporary/permanent tighten/ease top/bottom true/false urban/rural
    victory/defeat war/peace warm/cool weak/strong welcome/reject welcome/condemn widen/narrow
    withdraw/deploy won/lost yes/no young/old legitimate/illegitimate equal/unequal short-term/long-term
    praise/criticise praise/criticize slow/quick advance/retreat demand/offer before/after above/below
    more/less over/under rise/drop grow/fall gain/loss lift/impose cancel/confirm release/detain
    free/detain acquit/convict win/lose maintain/abandon husband/wife accelerate/slow surge/plunge
    soar/plummet climb/drop climb/fall jump/drop halt/continue stop/continue work/fail
    end/continue end/extend end/resume suspend/resume suspend/reinstate lift/extend lift/maintain lift/tighten
    confirm/reject confirm/refuse agree/refuse agree/decline accept/refuse accept/decline ratify/reject pass/reject
    adopt/reject grant/refuse grant/deny grant/revoke allow/block allow/bar approve/block approve/veto back/reject
    acquit/jail acquit/sentence clear/convict release/jail free/imprison convict/exonerate rescue/abandon
    sack/resign dismiss/resign fire/resign fire/quit sack/quit upgrade/downgrade strengthen/downgrade leave/stay
    sack/reinstate dismiss/reinstate appoint/dismiss appoint/sack hire/sack hire/dismiss survive/die survive/kill
    recognise/deny recognize/deny uphold/overturn uphold/quash uphold/reverse open/shut reopen/close reopen/shut
    arrive/depart evacuate/return shorten/extend shorten/lengthen rise/plunge surge/fall surge/drop increase/fall
    decrease/rise gain/drop expand/contract grow/contract grow/decline overestimate/underestimate exceed/miss
    soldier/civilian man/woman men/women boy/girl son/daughter brother/sister mother/father passenger/driver
    passenger/crew adult/child teacher/pupil landlord/tenant employer/employee
    release/remain free/remain withdraw/remain expel/remain evict/remain evacuate/remain resign/remain quit/remain
    cancel/proceed postpone/proceed suspend/proceed scrap/proceed abandon/proceed halt/proceed
    ban/clear suspend/clear fine/clear jail/clear sentence/clear charge/clear expel/clear
    lift/remain scrap/remain repeal/remain abolish/remain dismiss/remain sack/remain revoke/remain
    attract/repel disclose/conceal reveal/conceal reveal/hide admit/conceal postpone/hasten ignore/heed obey/defy
""")
)
# What a toll counts: nouns, and the stems of the verbs that tell the same.
TOLL_NOUNS = {
    "dead": "kill", "death": "kill", "deaths": "kill", "fatalities": "kill", "victims": "kill", "killed": "kill",
    "injured": "injure", "wounded": "injure", "injuries": "injure", "missing": "miss", "people killed": "kill",
    "people injured": "injure", "people missing": "miss",
}  # fmt: skip
TOLL_VERBS = {"kill": "kill", "die": "kill", "injur": "injure", "wound": "injure", "hurt": "injure", "miss": "miss"}
# Verbs (as stems) that say who did what to whom in the same direction, under the first of each line; "step_down" is a
# verb with its particle.
SAME_DEEDS = {
    verb.replace("_", " "): line.split()[0]
    for line in """
    begin start commenc
    beat defeat overcom outscor thrash overpower unseat oust toppl see_off
    build construct
    increas rais hike hik
    cut reduc lower slash
    expel throw_out
    buy acquir purchas
    attack strike assault hit
    save sav rescu
    criticis criticiz slam lambast
    prais laud hail applaud
    overtak surpass
    lead be_ahead move_ahead pull_ahead
    overturn quash annul
    jail imprison
    marry wed
    reveal disclos
    condemn denounc
    assist help aid
    die pass_away
    resum restart
    withdraw pull_out
    return hand_back give_back
    demolish tear_down pull_down
    extend prolong lengthen
    pledg promis vow
    abandon scrap
    fall drop declin decreas
    rise climb
    succeed replac
    hir recruit
    lend loan
    resign quit step_down stand_down
    reject refus turn_down rebuff
    dismiss sack
    shut clos shut_down
    postpon delay put_off
    cancel call_off
    ban prohibit outlaw
    proceed go_ahead
    remain stay
    """.strip().splitlines()
    for verb in line.split()
}
# Verbs that say it in the other direction: who sells to X is bought from by X.
CONVERSES = {"sell": "buy", "borrow": "lend", "lose": "beat", "rent": "let", "preced": "succeed"}
# A verb with a noun for what is done, the preposition of whom it is done to, and the verb for both.
NOUN_DEEDS = {
    noun: (verbs.split(), cases.split(), deed)
    for nouns, verbs, cases, deed in (
        ("lawsuit suit complaint", "file bring launch lodge", "against", "sue"),
        ("victory win", "win secure gain claim", "over against", "beat"),
        ("defeat", "suffer", "against by to", "lose"),
        ("challenge bid", "beat beat_back fend_off see_off survive defeat", "from by of", "beat"),
        ("attack strike assault", "launch carry_out mount make", "on against", "attack"),
        ("ban", "impose place", "on", "ban"),
        ("fine", "impose", "on", "fine"),
        ("lead", "have hold take", "over", "lead"),
    )
    for noun in nouns.split()
}
# Verbs whose subject gives a thing away and those whose subject gets it, and nouns for what goes from one to the other,
# each with the kind of transfer: only those of one kind are compared.
TRANSFERS = (
    ("lend loan", "borrow", "loan"),
    ("sell auction", "buy purchase acquire", "sale"),
    ("give donate present award pay send ship export deliver supply bequeath grant transfer",
     "receive get accept import inherit obtain", "gift donation payment bequest delivery grant shipment"),
    ("extradite deport", "", "extradition"),
)  # fmt: skip
NEGATIVE_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "anti", "mis")
# Words that only look as if they had one.
NO_NEGATIVES = word_set("""
    discharge discount discourse discover disease dismiss display dispose disposition distress impact impart import
    impose impress income indeed indent indoor inflow inform inland inmate input inset inside insight inspire install
    instance intake intend intense intent invest invoice unlike
""")

ABBREVIATIONS = (
    word_set("""
    mr mrs ms dr prof st sr jr rep sen gov gen col lt sgt capt hon rev pres no vs etc inc ltd co corp dept
    est approx fig vol u.s u.k u.n e.u a.m p.m i.e e.g
    d.c ph.d
""")
    | MONTH_ABBREVIATIONS
)

FOREIGN_CUES = (
    "translat", "interpreter", "in russian", "in ukrainian", "in chinese", "in mandarin", "in arabic", "in hebrew",
    "in persian", "in farsi", "in german", "in french", "in spanish", "in turkish", "in korean", "in japanese",
)  # fmt: skip
FOREIGN_DOMAINS = (
    ".ru", ".by", ".ua", ".cn", ".ir", ".fr", ".de", ".es", ".it", ".pl", ".tr", ".jp", ".kr", ".br", ".mx",
    ".sa", ".eg", ".il", ".hu", ".rs", ".at", ".gr", ".pt", ".se", ".fi", ".no", ".dk", ".cz", ".sk", ".ro",
)  # fmt: skip

# What ends the words before something that is only repeated: a label, or a sentence that introduces it.
ONLY_REPEATED = (
    r"(?:\b(?:(?:the\s|viral\s)?claims?|what\s(?:was|is|were)\s(?:being\s)?claimed|what\s(?:people|they|some|"
    r"others|many|you)\s(?:say|"
    r"think|believe|claim|hear)|(?:posts?|videos?|messages?|tweets?|e-?mails?|memes?|leaflets?|letters?|clips?|"
    r"captions?)\s(?:reads?|says?|"
    r"said|claims?|claimed|goes|ran)|(?:example|sample|fake|draft|dummy|mock)\s\w+|translate\b[^.]{0,40}|"
    r"conspiracy\stheor(?:y|ies)|"
    r"rumou?rs?|myths?|hoax(?:es)?|test\salert|scene\s\w+|summary\sof\s(?:the|our)\s\w+|fact[- ]?check|"
    r"(?:on\s\w+day\s)?we\swrote|"
    r"must\sprove|gossip|a\swork\sof\sfiction[^.]{0,30})[\s:.,!”\"]*$"
    r"|(?:^|[.!?]\s+)[^.!?]*\b(?:rumou?rs?\s\w+|the\stale|dream(?:ed|t|s)?\sof|imagine\sthis|the\scase\sagainst|"
    r"(?:\w+\s)?allegations|posts?\sshare|shared?\sonline|spread\sonline|the\sstory\sgoes|people\sbelieve|it\sis\sclaimed|"
    r"prosecut(?:ion|ors?)\s(?:set|laid|opened|outlined|addressed|began|told)|indictment|anonymous\s(?:letter|caller)|"
    r"war\s?games?|scenario|drill|simulation|1\sapril|april\sfool\w*|chatbot|crime\sseries|"
    r"(?:new|next|first|second|third|last)\sseason\sof|soap|drama|video\sgame|our\sarchives?|the\sarchives?|"
    r"(?:years|century)\sago\son|on\sthis\sday)\b[^.!?]*[.!?:\s]*$)"
)
# How what follows a repeated claim begins where it judges it.
VERDICTS = (
    r"(?:(?:our|the|fact[- ]?check)\s)?(?:verdict|rating|ruling|conclusion)\b|what\sthe\s(?:science|facts?|"
    r"evidence)\b|false\b|fake\b|"
    r"untrue\b|wrong\b|misleading\b|satire\b|debunked\b|nonsense\b|not\s(?:so|true)\b|"
    r"(?:this\spage\sis\sa\s)?test\b|please\signore\b|"
    r"(?:update|editor[’']s\snote|correction|clarification)\b(?=.*\b(?:wrong|withdr\w+|retract\w+|correct\w+|"
    r"mistak\w+|error|remove[sd]?|"
    r"not|never)\b)"
)
# What undoes, in the sentence behind, what was told: a court, a correction, a later state, or that it was never real.
UNDONE = (
    r"\b(?:false|fake|hoax|doctored|deepfake|satire|fabricated|fantasy|debunked|retracted|withdr(?:ew|awn)|"
    r"mistaken(?:ly)?|mistake|misspoken?|"
    r"misspoke|slip\sof\sthe\stongue|typing\serror|voided?|annulled|quashed|overturned|acquitted|(?:was|were|"
    r"been)\scleared|stripped\sof|"
    r"struck\s(?:\w+\s){0,3}down|disqualified|taken\saway|revoked|reversed|repealed|scrapped|called\soff|abandoned|"
    r"dropped\sin|woke|alarm\sclock|"
    r"(?:was|were)\s(?:only\s)?(?:joking|quoting)|only\sjoking|april\s?(?:1|fool\w*)|1\sapril|a\stest\sof|"
    r"did\snot\sbelieve|didn't\sbelieve|"
    r"no\ssuch\sthing|never\s(?:said|happened|took|proved)|den(?:y|ies|ied)\s(?:all|any|the|it|that|having|doing)|"
    r"(?:revised|corrected)\s(?:that|it|this)|"
    r"had\s(?:only\s)?meant|placebo|in\smice|in\srats|the\s(?:allegation|charge|claim|rumou?r)\sthat|that\s(?:was|"
    r"is)\sthe\s(?:allegation|charge|"
    r"claim|rumou?r|plan|story)|that\sis\s(?:what|the\ssentence)|you\swill\sbelieve|not\sproven|ever\sproved|"
    r"nobody\schecked|unconfirmed|"
    r"would\slike\syou\sto\s(?:think|believe)|is\salive|still\sat\b|yet\sto\b|has\ssince\sbeen|have\ssince\sbeen|"
    r"tape|clip)\b"
)
