"""Tables for quantities: number words, magnitudes, units with their size, currencies, bounds, calendar words."""

from __future__ import annotations

from claims.lexicon.clauses import word_set

UNITS_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "bn": 1e9, "bln": 1e9, "mrd": 1e9, "tn": 1e12, "trn": 1e12,
    "tln": 1e12, "lakh": 1e5, "crore": 1e7, "cr": 1e7,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
FRACTIONS = {
    "half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2,
    "fifths": 0.2, "sixth": 1 / 6, "tenth": 0.1, "tenths": 0.1, "eighth": 0.125, "eighths": 0.125,
}  # fmt: skip
# A vague plural is an interval of what it may stand for.
VAGUE = {
    "dozens": (20, 200), "scores": (30, 300), "hundreds": (150, 2_000), "thousands": (1_500, 20_000),
    "tens of thousands": (15_000, 150_000), "hundreds of thousands": (150_000, 1_500_000),
    "millions": (1.5e6, 2e7), "tens of millions": (1.5e7, 1.5e8), "hundreds of millions": (1.5e8, 1.5e9),
    "billions": (1.5e9, 2e10), "tens of billions": (1.5e10, 1.5e11), "hundreds of billions": (1.5e11, 1.5e12),
    "a handful": (2, 8),
}  # fmt: skip
# What stands for a currency, before a number or after it. "Dollars" and "kroner" alone may be several countries'.
CURRENCIES = {
    form: code
    for code, forms in {
        "usd": "$ us$ dollar dollars usd", "eur": "€ euro euros eur", "gbp": "£ pound pounds gbp sterling",
        "jpy": "¥ yen jpy", "cny": "yuan rmb cny renminbi", "rub": "rouble roubles ruble rubles ₽ rub",
        "uah": "hryvnia hryvnias ₴ uah", "chf": "franc francs chf", "inr": "rupee rupees ₹ inr rs rs.",
        "krw": "won krw",
        "try": "lira try", "mxn": "peso pesos mxn", "cent": "cent cents", "aud": "a$ au$ aud", "cad": "c$ ca$ cad",
        "nzd": "nz$ nzd", "hkd": "hk$ hkd", "sgd": "s$ sgd", "krone": "krone kroner", "sek": "krona kronor sek",
        "nok": "nok", "dkk": "dkk", "pln": "zloty zlotys zloties pln", "czk": "koruna korunas czk",
        "huf": "forint forints huf",
        "brl": "real reais r$ brl", "zar": "rand zar", "ils": "shekel shekels ils ₪", "thb": "baht thb",
        "idr": "rupiah idr", "sar": "riyal riyals sar", "aed": "dirham dirhams aed", "ngn": "naira ngn ₦",
    }.items()
    for form in forms.split()
}  # fmt: skip
# Currencies that one word may stand for: they are not set against each other.
SAME_WORD = (
    frozenset(("usd", "aud", "cad", "nzd", "hkd", "sgd")),
    frozenset(("krone", "nok", "dkk", "sek", "czk")),
)
# What a rate is given for: "15 dollars an hour", "200 litres per person".
RATES = {
    form: unit
    for unit, forms in {
        "second": "second sec s", "minute": "minute min", "hour": "hour h hr hourly", "day": "day daily",
        "week": "week weekly", "month": "month monthly", "year": "year annum annually yearly", "quarter": "quarter",
        "night": "night", "person": "person head capita", "household": "household", "share": "share",
        "barrel": "barrel", "tonne": "tonne ton", "litre": "litre liter", "gallon": "gallon", "mile": "mile",
        "game": "game match",
    }.items()
    for form in forms.split()
}  # fmt: skip
# unit -> (kind, size in the kind's base unit); durations in days, lengths in metres, weights in kilograms.
MEASURES = {
    "second": ("duration", 1 / 86400), "minute": ("duration", 1 / 1440), "hour": ("duration", 1 / 24),
    "day": ("duration", 1.0), "week": ("duration", 7.0), "fortnight": ("duration", 14.0),
    "month": ("duration", 30.4), "year": ("duration", 365.0), "decade": ("duration", 3650.0),
    "century": ("duration", 36500.0), "km": ("length", 1000.0), "kilometer": ("length", 1000.0),
    "kilometre": ("length", 1000.0), "mile": ("length", 1609.3), "metre": ("length", 1.0), "meter": ("length", 1.0),
    "foot": ("length", 0.3048), "feet": ("length", 0.3048), "inch": ("length", 0.0254), "cm": ("length", 0.01),
    "centimetre": ("length", 0.01), "centimeter": ("length", 0.01), "yard": ("length", 0.9144), "kg": ("weight", 1.0),
    "kilogram": ("weight", 1.0), "kilo": ("weight", 1.0), "gram": ("weight", 0.001), "tonne": ("weight", 1000.0),
    "ton": ("weight", 1000.0), "ounce": ("weight", 0.02835), "mph": ("speed", 1.609), "kph": ("speed", 1.0),
    "km/h": ("speed", 1.0), "acre": ("area", 4046.9), "hectare": ("area", 10000.0), "barrel": ("barrels", 1.0),
    "megawatt": ("power", 1.0), "gigawatt": ("power", 1000.0), "mw": ("power", 1.0),
    "gw": ("power", 1000.0), "litre": ("volume", 1.0), "liter": ("volume", 1.0), "gallon": ("volume", 3.785),
}  # fmt: skip
MEASURE_PLURALS = {"feet": "foot", "inches": "inch", "centuries": "century"}

# What stands before a number and says how it bounds: phrase -> (bound).
BOUNDS = {
    "more than": "over", "over": "over", "above": "over", "exceeding": "over", "upwards of": "over",
    "in excess of": "over", "greater than": "over", "higher than": "over", "larger than": "over", "bigger than": "over",
    "longer than": "over", "older than": "over", "taller than": "over", "faster than": "over",
    "at least": "least", "no fewer than": "least",
    "no less than": "least", "not less than": "least", "a minimum of": "least", "minimum of": "least",
    "less than": "under", "fewer than": "under", "under": "under", "below": "under", "lower than": "under",
    "smaller than": "under", "shorter than": "under", "younger than": "under", "slower than": "under",
    "at most": "most",
    "up to": "most", "no more than": "most", "not more than": "most", "as many as": "most", "as much as": "most",
    "a maximum of": "most", "maximum of": "most", "nearly": "nearly", "almost": "nearly", "close to": "nearly",
    "just under": "nearly", "just over": "barely", "approaching": "nearly", "about": "about", "around": "about",
    "roughly": "about", "some": "about", "approximately": "about", "an estimated": "about", "estimated": "about",
    "circa": "about", "more or less": "about", "not more": "most", "well over": "over", "a little over": "barely",
    "slightly more than": "barely", "a little more than": "barely", "slightly over": "barely",
    "slightly under": "nearly",
    "slightly less than": "nearly",
}  # fmt: skip
AFTER_BOUNDS = {"or more": "least", "or so": "about", "or fewer": "most", "or less": "most", "at least": "least"}
FACTORS = {
    "doubled": 2.0, "doubling": 2.0, "doubles": 2.0, "double": 2.0, "twofold": 2.0, "tripled": 3.0, "trebled": 3.0,
    "tripling": 3.0, "threefold": 3.0, "quadrupled": 4.0, "fourfold": 4.0, "halved": 0.5, "halving": 0.5,
    "twice": 2.0,
}  # fmt: skip

# What says that a number is a "more" or a "less", and verbs and nouns of a rise or a fall (regular expressions).
MORE_WORDS = r"more|higher|greater|larger|bigger|faster|longer|taller|older|above"
LESS_WORDS = r"less|lower|fewer|smaller|slower|shorter|younger|below"
UP_WORDS = (
    r"rose|risen|rises?|rising|gr[eo]w[ns]?|growth|increased?s?|jump(?:ed)?|climbed|gain(?:ed)?|up|raised|surged|soared"
)
DOWN_WORDS = (
    r"fell|fallen|falls?|falling|dropped|drops?|decreased?s?|declined?s?|slid|slipped|down|cut|lowered|shrank|lost"
)

# The name of each month and weekday in order, then what it is shortened to.
_MONTHS = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sep sept", "october oct", "november nov", "december dec",
)  # fmt: skip
_WEEKDAYS = (
    "monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri", "saturday sat", "sunday sun",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
MONTH_NAMES = tuple(names.split()[0] for names in _MONTHS)
WEEKDAY_NAMES = tuple(names.split()[0] for names in _WEEKDAYS)
# What makes the name of a day another's: "Black Friday", "Super Tuesday".
DAY_NAMING = word_set("ash black bloody cyber easter fat giving good holy maundy palm shrove super whit")
MONTH_ABBREVIATIONS = frozenset(MONTHS) - frozenset(MONTH_NAMES)

# Nouns of people that one report exchanges for another without saying something else.
PEOPLE = word_set("""
    person people man woman child civilian soldier troop resident passenger worker employee victim migrant
    refugee protester student patient voter member official citizen fighter casualty fatality inhabitant
    staff job serviceman
""")
