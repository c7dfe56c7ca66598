"""Tables of words that refer to something else in the text. No code."""

from __future__ import annotations

from claims.lexicon.clauses import word_set

HE = frozenset({"he", "him", "his"})
SHE = frozenset({"she", "her", "hers"})
THEY = frozenset({"they", "them", "their", "theirs"})
IT = frozenset({"it", "its"})
THIRD = HE | SHE | THEY | IT

# What "it" is when it is nothing: the weather. "Cold" and "dark" are said of other things as well.
WEATHER = word_set("windy foggy misty sunny cloudy rainy raining snowing hailing")

# Nouns that go back to a name of this type when nothing but an article stands before them.
STATES = frozenset({"country", "nation"})
PLACES = STATES | frozenset({"city", "town", "village"})
GROUPS = word_set(
    """
    company firm airline carrier bank university broadcaster charity
    """
)

# Nouns that bring in a body of which "the company" may then be said.
INTRODUCED = word_set(
    """
    startup start-up business maker manufacturer retailer supplier developer publisher producer operator rival
    competitor partner subsidiary unit division brand chain group lender insurer contractor studio label agency club
    """
)

# Nouns that go back to a name whose kind nothing tells: they are never replaced, only said to be open.
BODIES = word_set(
    """
    capital group disease team club agency organization organisation party network band virus illness syndrome outbreak
    association foundation institute laboratory startup retailer manufacturer
    """
)

# What a body with a website is called after its name: "Polar Air will stop flying, the airline said".
BODIES_THAT_SPEAK = GROUPS | word_set("""
    agency brewery carmaker automaker club council federation foundation group hospital insurer institute league
    manufacturer museum operator organisation organization publisher regulator retailer supermarket team theatre zoo
""")

# What a body's host leaves out of its name: "Lekki Harbour Authority" is lekkiharbour.example.
BODIES_IN_NAMES = BODIES_THAT_SPEAK | word_set("""
    airline airways alliance association authority board bureau centre center chamber charity college commission
    committee consortium cooperative directorate federation inspectorate laboratory network observatory office railway
    registry school secretariat society trust union utility
""")
# What a firm's name ends with; no sentence begins with it: "Yahoo! Inc."
FIRM_ENDINGS = word_set("inc inc. corp corp. ltd ltd. llc plc")

# Days that are named like a place or a person.
HOLIDAYS = word_set(
    """
    advent ashura carnival christmas deepavali diwali easter eid epiphany halloween hanukkah holi juneteenth lent
    memorial midsummer navratri nowruz passover pentecost purim ramadan ramadhan thanksgiving vesak yule xmas
    """
)

# Words in the names of bodies that are no company, bank or charity.
PUBLIC = word_set(
    """
    agency attorney authority board bureau cabinet commission committee congress council court courts department
    force forces general government house institute justice ministry navy army nations nato office parliament party
    police secretary senate service state states union awards award league festival cup games club team
    """
)
# What a body is called by must stand in its name.
CALLED = {"university": ("university", "college", "institute", "school")}
# What narrows a noun down to those just spoken of: such words cannot be carried into another sentence.
NARROWING = word_set(
    """
    only no few many some most other such more less all both several any every each further
    """
)

# Nouns that take up what was just proposed: "even this possibility".
ABSTRACT = word_set(
    """
    possibility proposal idea plan offer option suggestion demand prospect
    """
)
# Verbs whose object is such a proposal.
PROPOSING = word_set(
    """
    offer propose suggest demand plan consider give grant seek want float weigh
    """
)

# What stands behind a pronoun as one word with it stands behind a name as a word of its own.
UNCONTRACTED = {"'re": " are", "’re": " are", "'ve": " have", "’ve": " have", "'ll": " will", "’ll": " will"}

# Behind these somebody else may have the office.
LEAVING_OFFICE = word_set("oust resign replace succeed depose impeach topple sack dismiss overthrow unseat abdicate")
# How nouns of people end, and those that end so and are of things.
PERSON_ENDINGS = ("er", "or", "ist", "ian", "ee", "man", "woman", "husband", "wife", "kin", "mate", "ant", "ent")
NO_PERSONS = word_set(
    """
    account agreement amendment anger announcement answer apartment appointment argument assessment beer
    buffer cancer career center chapter cluster coffee color committee content continent corner corridor
    counter cover degree department deployment detriment development dinner document door employment encounter
    enjoyment environment equipment error event experiment fee finger flavor floor flower folder folk gender
    government grant helicopter honor horror hunger indictment instrument investment judgment labor letter list
    liter litre manner matter mayhem meter metre minor mirror moment monument motor movement murder number offer
    order paper payment percent pier plant poster powder power present punishment quarter register
    restaurant river rumor sector sentence settlement shelter shoulder statement sugar summer supper talent tariff
    temper theater tower terror theatre tier transfer treatment trailer transformer weather water winter wonder
    disaster layer laser center computer printer router server tractor factor tumor vapor vigor favor humor
    harbor armor parliament armament garment element segment torment comment advent accent cent rent scent tent
    extent intent ferment pavement basement placement replacement retirement requirement improvement
    """
)
