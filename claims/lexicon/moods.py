"""Tables of words that make a sentence a forecast, a wish, an opinion or rhetoric. No code."""

from __future__ import annotations

from claims.lexicon.clauses import word_set

SELF = frozenset({"i", "we"})
HOPING = frozenset(["hope", "wish", "want", "pray", "dream", "like", "love"])
OBLIGING = frozenset({"should", "must", "ought", "oughtn", "shouldn", "mustn", "needs"})

# What lays down what must be done, and what is done to comply with it.
RULES = word_set(
    """
    law rule act regulation directive treaty constitution code statute contract agreement deal ban order ordinance
    decree policy term bill scheme reform legislation accord pact convention charter
    """
)
COMPLYING = word_set(
    "pay register apply file wear submit carry report notify declare comply obtain disclose label store"
)
# Of whom people demand things: "voters must decide" lays down no rule.
DEMANDED_OF = word_set(
    """
    politician leader government country nation state lawmaker minister party voter citizen people reader parent man
    woman
    """
)
# What rules ask of visitors, dogs and cyclists: "must leave their bags at the desk".
OBSERVING = COMPLYING | word_set(
    "leave show keep bring use park stay book hold check sign present return pass enter hand switch turn fasten queue"
)

# Who has been asked in a survey.
ASKED = frozenset({"surveyed", "polled", "canvassed", "respondents"})

# Sources of nothing: what nobody said has no anonymous source.
NOBODY = frozenset({"nobody", "none", "neither"})

# "Is going to" is about the future, "remembers going to" is not.
BEING = frozenset({"is", "are", "am", "was", "were", "be", "been", "being", "'s", "’s", "'re", "’re", "'m", "’m"})

# Modals of what may be. "would" is one of them only where no past is told; a habit ("we would buy") is rare in news.
MAYBE = frozenset({"could", "may", "might", "would"})

# Words whose complement lies ahead: "is likely to", "is expected to", "is set to", "forecasts that".
FORECASTING = word_set(
    """
    likely unlikely expect anticipate forecast predict project poise slate bind doom
    """
)

# Judgements that no source can settle: put together by hand, and thinned where they struck facts in real articles.
EVALUATIVE = word_set(
    """
    good bad great best worst terrible horrible wonderful beautiful ugly important crucial vital essential
    wrong right fair unfair disgraceful shameful outrageous ridiculous absurd stupid brilliant smart wise
    foolish dangerous amazing awful tragic sad happy proud disappointing embarrassing pathetic incredible
    unacceptable inexcusable reasonable sensible naive cynical hypocritical lovely nice perfect fantastic
    excellent poor mediocre interesting boring exciting impressive remarkable extraordinary necessary
    worthwhile pointless meaningless disaster disgrace shame tragedy joke mistake triumph mess nonsense
    nightmare wonder beautiful tough hard easy better worse clear obvious surprising unsurprising
    inevitable unlikely certain delicious charming elegant bizarre dull dullest drab silly cruel heartless cowardly
    reckless shabby magnificent splendid delightful dreadful ghastly hideous laughable scandalous scandal insult farce
    mockery blessing folly madness insanity delusion
    """
)

# Turns of phrase that decorate instead of asserting.
IDIOMS = (
    "driver's seat", "driver’s seat", "without doubt", "make no mistake", "only time will tell", "remains to be seen",
    "at the end of the day", "the writing is on the wall", "tip of the iceberg", "a game changer", "a game-changer",
    "needless to say", "it goes without saying", "the elephant in the room", "the jury is still out",
    "it is time that", "it is time for", "it is time to", "it's time", "it’s time", "it is high time",
    "one thing is certain", "god bless", "thank you", "good morning", "good evening", "good night",
    "ladies and gentlemen", "on the wrong side of history",
)  # fmt: skip

# Whoever finds something out for a named body can be asked through it: "NASA scientists".
RESEARCHING = frozenset({"scientist", "researcher", "economist", "astronomer", "engineer", "statistician"})

# What the writer alone can know.
OF_THE_WRITER = ("in my lifetime", "in my view", "in my opinion", "to my mind", "for my money")

# What says something without being anybody: no anonymous person hides behind it.
THINGS = word_set(
    """
    reporting report reports study survey poll data figure document evidence research record statistics
    letter investigation review filing analysis media coverage footage video article paper book
    """
)

# Of what somebody is said to have done or said, and has perhaps not: "accused of telling voters", "denied saying".
ACCUSING = frozenset({"accuse", "suspect", "deny", "acquit", "clear", "imagine"})
# What is put into somebody's mouth; and where it is spoken by heart.
FAKED = word_set(
    """
    deepfake deepfaked fake faked forged forgery parody satirical spoof hoax doctored fabricated impersonator imposter
    impostor invented fictitious bogus ai-generated
    """
)
STAGED = word_set("play drama musical novel opera sketch sitcom soap thriller series")

# What is said so is not meant, not said in earnest, or not said at all.
UNMEANT = (
    r"\b(?:never|denie[sd]|jok(?:e|ed|es|ing|ingly)|jest|iron(?:y|ic|ically)|sarcas\w+|mock|laughter|rehears\w+|"
    r"invented|imagin\w+|imitat\w+|parody|satir\w+|sketch|"
    r"in the (?:\w+ )?(?:play|series|film|novel|drama|game)|april fool\w*|deepfake|forged|fake|fabricated|draft|"
    r"alleged(?:ly)?|reportedly|supposedly|quoted as|misquoted|put in(?:to)? (?:his|her|their) mouth|"
    r"read(?:ing)? (?:out|from|aloud)|quoting|(?:would|might|could) have|no (?:one|record\w*)|nobody)\b"
)
