"""Tables of words for splitting and for standing alone. No code: what a word list says is decided here."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """A table: the words of a text, in any order."""
    return frozenset(text.split())


# Conjunctions whose parts are each asserted; "or" and "nor" assert neither part by itself.
JOINING = frozenset({"and", "but", "yet", "&", "plus"})

# Subordinators whose clause is asserted beside the main one and says nothing about its truth. "because",
# "if", "when", "before" and "after" are left out: what they join is one claim.
ASSERTING = frozenset({"although", "though", "whereas", "while", "even as", "even though", "given", "given that"})

# Clauses at the end like ", leaving three dead" have the whole event for their subject: not split off.
RESULTING = words(
    """
    leave make cause raise prompt bring spark force create lead mean mark become drive push allow help be
    have do include follow accord base depend compare regard consider concern pend exclude
    """
)

# So do these, unless somebody speaks: "sales fell, highlighting the risk".
SHOWING = words(
    """
    highlight underscore underline illustrate demonstrate reflect show signal indicate suggest reveal expose
    """
)

# What somebody makes who speaks: "made the remarks at a meeting, suggesting that ...".
UTTERANCES = words("remark comment statement speech announcement claim pledge promise")

# Words after which a sentence only connects: "These words came soon on the heels of ...".
TALK = words(
    """
    word remark comment statement announcement news move report development claim call
    """
)
CONNECTING = frozenset(["come", "follow", "echo", "precede", "reflect", "coincide", "arrive"])

# What opens a sentence without saying anything that could be checked.
OPENERS = words(
    """
    however but and meanwhile moreover furthermore additionally also still instead nevertheless
    nonetheless so thus therefore hence besides yet then similarly likewise
    """
)

# Lines around an article that assert nothing: matched from the start of a block, in lower case.
BOILERPLATE = (
    "advertisement", "read more", "read also", "read the rest", "related:", "see also", "subscribe", "sign up",
    "click here", "follow us", "share this", "photo:", "photo by", "image:", "image credit", "picture:", "watch:",
    "listen:", "copyright", "©", "all rights reserved", "terms of use", "privacy policy", "cookie", "loading",
    "comments", "tags:", "filed under", "source:", "sources:", "editor's note", "editor’s note", "skip to",
    "newsletter", "get the latest", "this story has been updated", "this article was", "this story was",
    "more on this story", "contact us", "download the app", "support us", "log in", "sign in", "continue reading",
    "this material may not be published", "reporting by", "editing by", "additional reporting", "recommended",
    "most read", "you may also like", "top stories", "breaking:", "video:", "file photo", "getty images",
)  # fmt: skip

# Roles that stand before a name or beside it: "national security adviser, Rep. Mike Waltz".
ROLES = words(
    """
    adviser advisor ambassador analyst attorney author candidate chair chairman chairwoman chancellor
    chief commander commissioner coordinator correspondent counsel deputy director editor envoy executive
    expert founder general governor head historian investigator judge lawmaker lawyer leader manager mayor
    member minister negotiator nominee officer official owner partner politician president producer
    professor prosecutor researcher scientist secretary senator sergeant sheriff speaker specialist
    spokesman spokesperson spokeswoman strategist superintendent teacher treasurer
    """
)

# The forms of verbs that -ed does not make: lemma -> past tense.
PAST = {
    "be": "was", "have": "had", "do": "did", "say": "said", "tell": "told", "make": "made", "go": "went",
    "take": "took", "come": "came", "see": "saw", "know": "knew", "get": "got", "give": "gave", "find": "found",
    "think": "thought", "leave": "left", "feel": "felt", "bring": "brought", "begin": "began", "keep": "kept",
    "hold": "held", "write": "wrote", "stand": "stood", "hear": "heard", "mean": "meant", "meet": "met",
    "run": "ran", "pay": "paid", "sit": "sat", "speak": "spoke", "lead": "led", "grow": "grew", "lose": "lost",
    "fall": "fell", "send": "sent", "build": "built", "understand": "understood", "draw": "drew", "break": "broke",
    "spend": "spent", "rise": "rose", "drive": "drove", "buy": "bought", "wear": "wore", "choose": "chose",
    "seek": "sought", "throw": "threw", "catch": "caught", "deal": "dealt", "win": "won", "forget": "forgot",
    "lay": "laid", "sell": "sold", "fight": "fought", "bear": "bore", "teach": "taught", "eat": "ate",
    "sing": "sang", "strike": "struck", "hang": "hung", "shake": "shook", "fly": "flew", "ride": "rode",
    "shoot": "shot", "swear": "swore", "arise": "arose", "withdraw": "withdrew", "undergo": "underwent",
    "overcome": "overcame", "become": "became", "show": "showed", "hide": "hid", "steal": "stole",
    "put": "put", "set": "set", "cut": "cut", "hit": "hit", "let": "let", "cost": "cost", "hurt": "hurt",
    "read": "read", "spread": "spread", "shut": "shut", "cast": "cast", "quit": "quit", "split": "split",
    "bet": "bet", "rid": "rid", "beat": "beat", "broadcast": "broadcast", "forecast": "forecast",
    "stop": "stopped", "plan": "planned", "refer": "referred", "admit": "admitted", "commit": "committed",
    "submit": "submitted", "prefer": "preferred", "occur": "occurred", "drop": "dropped", "permit": "permitted",
    "grab": "grabbed", "rob": "robbed", "ban": "banned", "vet": "vetted", "slam": "slammed", "tap": "tapped",
}  # fmt: skip

# Speech verbs whose -ing form may be misspelt by a doubled letter more or less: "teling".
TELLING = ("telling", "saying", "adding", "announcing", "stressing", "warning", "claiming", "insisting")

# Verbs of saying in the wide sense: who did this, said something. That it was said can be checked, whatever it was.
SPEAKING = words(
    """
    say tell add claim argue state announce declare stress insist warn write report note explain suggest
    continue begin acknowledge admit concede deny reject refuse dispute call vow pledge promise urge ask
    demand reply respond answer tweet post comment remark repeat reiterate confirm estimate describe
    accuse allege assert maintain testify recall emphasize emphasise point predict forecast caution
    complain joke quip shout joked praise criticize criticise condemn blame thank quote cite read conclude
    contend counter boast brag charge propose recommend reveal disclose apologize apologise talk speak go
    denounce dismiss rule swear hint indicate signal find show observe mention outline clarify elaborate
    question wonder advise order request lament
    """
)

# Verbs that say no more than that it was said. Who rejects, promises, warns, confirms or denies does something that
# another verb would turn into something else.
SAYING = words(
    """
    say tell add write state note explain report remark observe comment reply respond answer continue begin tweet post
    recall stress emphasize emphasise underline underscore reiterate repeat
    """
)

# Adverbs beside such a verb that take nothing from what is said.
WHEN_SAID = words(
    """
    also again additionally already earlier first further later meanwhile now once previously recently repeatedly
    simply since then publicly however
    """
)
# Verbs of saying whose object is who is told.
HEARD = words("tell ask warn assure remind inform advise urge answer")

# Texts that only give somebody's words again.
RENDERINGS = frozenset({"translation", "transcript", "transcription", "version", "excerpt", "excerpts"})
