"""Tables of the words that point to something else in the text. No code."""

from __future__ import annotations

from claims.extraction.lexicon import words

HE = frozenset({"he", "him", "his"})
SHE = frozenset({"she", "her", "hers"})
THEY = frozenset({"they", "them", "their", "theirs"})
IT = frozenset({"it", "its"})
THIRD = HE | SHE | THEY | IT

# Nouns that go back to a name of this type when nothing but an article stands before them.
STATES = frozenset({"country", "nation"})
PLACES = STATES | frozenset({"city", "town", "village", "capital"})
GROUPS = words(
    """
    company firm airline carrier bank university broadcaster charity
    """
)

# Common nouns that "he" or "she" may stand for.
PEOPLE = words(
    """
    man woman boy girl father mother son daughter brother sister husband wife friend suspect victim driver
    officer president minister senator governor mayor spokesman spokeswoman spokesperson lawyer judge
    professor doctor director author actor actress singer player coach manager teacher student candidate
    leader king queen pope general soldier congressman congresswoman nominee billionaire businessman
    secretary chairman chairwoman prosecutor attorney journalist reporter analyst expert resident witness
    patient defendant
    """
)

# Nouns that take up what was just proposed: "even this possibility".
ABSTRACT = words(
    """
    possibility proposal idea plan offer option suggestion demand prospect
    """
)
# Verbs whose object is such a proposal.
PROPOSING = words(
    """
    offer propose suggest demand plan consider give grant seek want float weigh
    """
)

# What stands behind a pronoun as one word with it stands behind a name as a word of its own.
UNCONTRACTED = {"'re": " are", "’re": " are", "'ve": " have", "’ve": " have", "'ll": " will", "’ll": " will"}
