"""Tables of words for splitting sentences and for standalone statements. No code."""

from __future__ import annotations

import re


def word_set(text: str) -> frozenset[str]:
    """A table: the words of a text, in any order."""
    return frozenset(text.split())


# Conjunctions whose parts are each asserted; "or" and "nor" assert neither part by itself.
JOINING = frozenset({"and", "but", "yet", "&", "plus"})

# Subordinators whose clause is asserted beside the main one and says nothing about its truth. "because",
# "if", "when", "before" and "after" are left out: what they join is one claim.
ASSERTING = frozenset({"although", "though", "whereas", "while", "even as", "even though", "given", "given that"})

# Subordinators of a condition: what it stands before holds only under it.
CONDITIONAL_OPENERS = frozenset({"if", "unless", "once", "whenever", "until", "provided", "assuming", "should"})

# Subjects that do without their noun: of whom or what they are, another clause says ("many remain calm").
SHORT_SUBJECTS = word_set(
    """
    all another any both each either few fewer figure former half latter less many more most neither none one others
    other proportion rest same several some
    """
)
# What happens to people only: whom "some 300 were arrested" counts, needs no telling.
DONE_TO_PEOPLE = word_set(
    """
    arrest detain injure wound kill hospitalise hospitalize evacuate imprison jail displace deport bury attend protest
    march
    """
)
# What two or three named before are called together.
PAIRS = frozenset({"pair", "couple", "duo", "trio"})
# Words by which a clause leans on the one before it.
LEANING = frozenset({"otherwise", "instead", "respectively", "likewise", "vice", "conversely", "thereby"})
# A subject with one of these refers to what was named just before ("neither order has been carried out").
POINTING = frozenset({"this", "that", "these", "those", "such", "neither", "either", "both", "another", "same"})
# Behind "not", they announce that a second clause completes the first ("not only that ..., but ...").
NOT_ONLY = frozenset({"only", "merely", "just", "simply", "so"})
# Of "only A did B and C" neither "A did B" nor "A did C" is the same.
RESTRICTING = frozenset({"only", "no", "nobody", "none", "neither", "few", "hardly", "nothing"})

# How a clause begins that tells more of somebody, or when something was: the alternatives of a pattern.
BESIDE = r"and|who|whom|whose|which|where|when|while|as|after|since|during|following"
# What makes a report of a fact a rumour, a guess or a tale, where it stands before the verb.
UNSURE = word_set(
    """
    allegedly apparently arguably conceivably hypothetically likely maybe nearly almost ostensibly perhaps possibly
    potentially presumably probably purportedly reportedly seemingly supposedly theoretically falsely wrongly jokingly
    """
)
# Behind these at a sentence's start nothing is asserted: "Rarely does the port close and ...".
SELDOM = word_set("barely hardly never rarely scarcely seldom")
# Prepositions of what went on, or had happened, when something else did: "After the vote,", "During the match,".
HAPPENING = word_set(
    """
    after amid alongside before behind beside besides between by despite during following from inside into outside over
    since through throughout toward towards until
    """
)
# What else may open a sentence and takes nothing from it.
ADDED_OPENERS = word_set(
    """
    afterwards again already currently earlier elsewhere eventually finally first firstly fortunately here
    immediately initially later lastly last next now once overnight previously recently second secondly separately
    shortly since soon subsequently suddenly there thereafter third today tomorrow tonight unfortunately yesterday
    early late
    """
)
# What is told in these is made up; and what may be told of somebody who is in one.
FICTION = word_set(
    """
    sitcom soap opera screenplay novel fictional protagonist videogame thriller miniseries satire parody spoof
    """
)
PERFORMED = FICTION | word_set("episode series show film movie drama character role starring storyline")

# Clauses at the end like ", leaving three dead" have the whole event for their subject: not split off.
RESULTING = word_set(
    """
    leave make cause raise prompt bring spark force create lead mean mark become drive push allow help be
    have do include follow accord base depend compare regard consider concern pend exclude
    """
)

# What somebody makes who speaks: "made the remarks at a meeting, suggesting that ...".
UTTERANCES = word_set("remark comment statement speech announcement claim pledge promise")

# Words after which a sentence only connects: "These words came soon on the heels of ...".
TALK = word_set(
    """
    word remark comment statement announcement news move report development claim call
    """
)
CONNECTING = frozenset(["come", "follow", "echo", "precede", "reflect", "coincide", "arrive"])

# What opens a sentence without saying anything that could be checked.
OPENERS = word_set(
    """
    however but and meanwhile moreover furthermore additionally also still instead nevertheless
    nonetheless so thus therefore hence besides yet then similarly likewise
    """
)

# Lines around an article, by how they begin, in lower case. Those of `_TEASERS` are headings, too.
_TEASERS = (
    "comments", "editors' picks", "follow us", "more stories", "most read", "newsletter", "read more", "recommended",
    "see also", "you may also like",
)  # fmt: skip
# "The views expressed here are not ours", not "The views expressed here cost him his job".
_PLACED = (
    "", "by the author ", "by the authors ", "here ", "herein ",
    *(f"in this {text} " for text in ("article", "blog", "column", "commentary", "piece", "post", "report", "story")),
)  # fmt: skip
_OWNED = ("are ", "belong ", "do not ", "don't ", "don’t ", "may not ", "need not ", "represent ")
_NOT_OURS = tuple(f"{place}{verb}" for place in _PLACED for verb in _OWNED)
# They assert nothing, and are no evidence.
BOILERPLATE = (
    *_TEASERS,
    "advertisement", "all rights reserved", "click here", "contact us", "continue reading", "cookie", "copyright",
    "download the app", "get the latest", "like this story?", "tell a friend", "leave a reply",
    *(f"the views expressed {rest}" for rest in _NOT_OURS), *(f"the opinions expressed {rest}" for rest in _NOT_OURS),
    "listen to this article", "log in", "more on this", "privacy policy", "read also", "read the full", "read the rest",
    "related:", "related articles", "share this", "sign in", "sign up", "skip to", "subscribe", "tags:", "terms of use",
    "this material may not be published",
    "top stories", "trending:", "trending now", "©",
)  # fmt: skip
_TALKS = ("the interview", "this conversation", "this interview", "this transcript")
_SHORTENED = (
    "abridged", "condensed", "cut", "edited", "lightly", "shortened", "slightly", "translated", "trimmed", "updated",
)  # fmt: skip
# They say where a text or a picture is from: no claims of the article, though evidence may stand behind them.
CREDITS = (
    "additional reporting", "breaking:", "editing by", "editor's note", "editor’s note", "file photo", "filed under",
    "getty images", "image credit", "image:", "listen:", "loading", "photo by", "photo:", "picture:", "reporting by",
    "source:", "sources:", "support us", "the interview was edited for", "this interview was edited",
    *(f"{what} has been {done}" for what in _TALKS for done in _SHORTENED),
    "this article was", "this is a breaking story", "this is a breaking news story", "this is a developing story",
    "this story has been updated", "this story was", "video:", "watch:",
)  # fmt: skip
# The same, by what stands in them: who helped to write it, and where the reader is to follow it.
AROUND = re.compile(
    r"contributed (?:reporting\b|research(?: from\b|\W*$)|(?:research )?to this (?:article|report|story)\b)"
    # "Like many stars, she sells shoes on Instagram" is none.
    r"|^(?:(?:follow|find) [^,]{2,60}|like (?:us|our page|(?-i:(?:the )?[A-Z]\w+(?: [A-Z]\w+){0,4})) )"
    r"\b(?:on (?:bluesky|facebook|instagram|mastodon|threads|tiktok|twitter|x|youtube)\b|at https?:)"
    r"|^(?:send|e-?mail|share) (?:us )?(?:your|a) .{0,40}(?:ideas?|photos?|pictures?|stor(?:y|ies)|tips?|views|videos?)"
    r"\b.{0,40}(?:@|\bto us\b|\bto: )",
    re.IGNORECASE,
)
# Headings of what stands around an article: no evidence up to the next heading.
SECTIONS = (
    *_TEASERS,
    "bibliography", "external links", "further reading", "latest news", "more on", "most popular", "notes",
    "references", "related", "share", "sources", "tags", "topics", "trending",
)  # fmt: skip

# Adverbs beside a plain verb of saying that take nothing from what is said.
WHEN_SAID = word_set(
    """
    also again additionally already earlier first further later meanwhile now once previously recently repeatedly
    simply since then publicly however
    """
)
# Texts that only give somebody's words again.
RENDERINGS = frozenset({"translation", "transcript", "transcription", "version", "excerpt", "excerpts"})

# Behind these, what stands in quotation marks is a name for their object, and no sentence that somebody says.
NAMING = word_set(
    """
    call calls called calling describe describes described describing dub dubs dubbed dubbing label labels labeled
    labelled labeling labelling term terms termed terming
    """
)

# Quoted words behind one of these are part of a phrase ("her “Go home” speech").
DETERMINERS = word_set("the a an his her its their my our your this these those of")

# Verbs that stand for another one if nothing, or only "not", follows them.
HELPERS = word_set("be do have will would can could may might should must")

# Behind one of these, quoted words are its name or its wording ("the central theme ‘...’").
TITLED = word_set(
    """
    theme motto slogan title name phrase expression proverb saying hashtag song book novel essay poem play film album
    """
)

# Labels before a colon that say what a line is and not who speaks ("UPDATE: The road is open").
TEXT_LABELS = word_set(
    """
    q a answer answers assessment background bottom caveat caveats context conclusion correction editor example fact
    facts finding findings note notes question questions rating result results ruling summary tip tips truth update
    updated verdict warning watch read listen breaking exclusive disclosure disclaimer ftc
    """
)
# Labels of a claim that a page examines, which the page itself may call false.
EXAMINED_LABELS = word_set("claim claims rumor rumour rumors rumours myth myths allegation")
