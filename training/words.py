"""Tables for generated pairs: words that reverse a claim, words that make it too strong, and neutral words."""

from __future__ import annotations

from claims.lexicon.quantities import MONTH_NAMES

_TURNS = """
rose fell | increased decreased | increase decrease | rising falling | higher lower | more fewer | more less
up down | gained lost | won lost | win lose | approved rejected | accepted refused | passed failed | began ended
started stopped | opened closed | before after | first last | largest smallest | largest second-largest
highest lowest | most least | best worst | best third-best | early late | earlier later | older younger
eldest youngest | north south | east west | northern southern | eastern western | male female | husband wife
father mother | son daughter | brother sister | men women | boys girls | arrested released | convicted acquitted
guilty innocent | killed injured | dead injured | alive dead | wounded killed | supported opposed | support oppose
supports opposes | allowed banned | allow ban | legal illegal | public private | joined left | arrived left
hired fired | appointed dismissed | elected defeated | bought sold | buy sell | lent borrowed | positive negative
good bad | strong weak | rich poor | major minor | major small | many few | all none | always never
confirmed denied | admitted denied | praised criticised | praised criticized | agreed disagreed | agreed refused
expanded shrank | improved worsened | success failure | successful unsuccessful | victory defeat | attacked defended
raised cut | raise cut | added removed | built destroyed | launched cancelled | launched delayed | announced denied
domestic foreign | local national | urban rural | senior junior | former current | former future
temporary permanent | inside outside | above below | under over | near far | same different | together separately
daily weekly | monthly yearly | million billion | thousand million | hundreds thousands | dozens hundreds
percent times | single several | double half | president vice-president | minister spokesman | actor director
singer producer | writer director | brother cousin | debut final | single album | film series | novel play
city village | country state | company charity | team league | Monday Thursday | Tuesday Friday | Wednesday Sunday
Saturday Tuesday | morning evening | spring autumn | summer winter | American British | Russian Ukrainian
Chinese Japanese | French German | Canadian Australian | Indian Pakistani | Democrat Republican
Democratic Republican | Democrats Republicans | conservative liberal | left right | majority minority
""".strip()
_STRONGER = """
may will | could will | might will | some all | many all | most all | several two | part all
possibly certainly | likely certain | reportedly definitely | about exactly | nearly over
almost over | attempted managed | tried managed | planned completed | plans began | proposed adopted
considered decided | suspected convicted | accused convicted | charged convicted | alleged proven
expected confirmed | asked ordered | urged forced | helped forced | suggested proved | believed knew
hoped promised | offered gave | nominated elected
""".strip()
_SAME = """
said stated | said noted | began started | started began | ended finished | bought purchased | nearly almost
almost nearly | also additionally | big large | large big | huge enormous | film movie | movie film | city town
company firm | firm company | car vehicle | kids children | children kids | people individuals | however though
but yet | because since | often frequently | help assist | show demonstrate | shows demonstrates
showed demonstrated | told informed | asked requested | killed slain | died passed-away | attack assault
injured hurt | hurt injured | show display | gave provided | got received | received got | made created
created made | located situated
""".strip()


def _pair_table(lines: str, *, both: bool) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for pair in lines.replace("\n", " | ").split(" | "):
        first, second = (word.replace("-away", " away") for word in pair.split())
        table[first] = (*table.get(first, ()), second)
        if both:
            table[second] = (*table.get(second, ()), first)
    return table


OPPOSITES = _pair_table(_TURNS, both=True)
STRONGER = _pair_table(_STRONGER, both=False)
HARMLESS = _pair_table(_SAME, both=False)
# "May" is a verb, too.
_NAMES = tuple(name.title() for name in MONTH_NAMES if name != "may")
MONTHS = {name: tuple(other for other in _NAMES if other != name) for name in _NAMES}
