"""Tables about people: titles, roles, gender of names, and leaders of states."""

from __future__ import annotations

import re

from claims.lexicon.clauses import word_set

# Titles that stand before a name and are no part of it.
TITLES = word_set(
    """mr mrs ms miss mx dr sir dame lord lady prof professor rev reverend father sister brother pope saint rabbi imam
    president vice chancellor premier minister prime king queen prince princess emperor sheikh
    sen senator rep representative congressman congresswoman gov governor lt mayor secretary ambassador
    attorney general gen col colonel maj major capt captain sgt sergeant lieutenant admiral adm commander cmdr
    judge justice chief director chairman chairwoman speaker delegate deputy undersecretary commissioner sheriff
    foreign defense defence interior finance former ex ex-president incoming acting late then-president leader
    spokesman spokeswoman spokesperson adviser advisor coach superintendent mister madam madame"""
)

# Words that tell a person's gender where they stand with the name, and others that tell it anywhere.
MALE_TITLES = word_set("mr sir lord king businessman congressman chairman spokesman")
FEMALE_TITLES = word_set("mrs ms miss lady queen businesswoman congresswoman chairwoman spokeswoman")
MALE_WORDS = MALE_TITLES | word_set(
    """prince father brother husband son boyfriend uncle nephew grandfather man men gentleman boy salesman councilman
    assemblyman actor fisherman policeman fireman he him his himself emperor duke pope priest widower"""
)
FEMALE_WORDS = FEMALE_TITLES | word_set(
    """dame princess mother sister wife daughter girlfriend aunt niece grandmother woman women girl councilwoman
    assemblywoman actress policewoman she her hers herself empress duchess madam madame widow nun"""
)

# Firms that the recogniser often takes for people.
BRANDS = word_set(
    """twitter facebook instagram google youtube netflix apple amazon microsoft tesla uber lyft tiktok snapchat reddit
    linkedin whatsapp telegram disney boeing airbus spotify samsung huawei wikipedia zoom nike adidas toyota honda"""
)

# Nouns for a person in an office or a part; the words of one line may stand for each other.
ROLE_GROUPS = tuple(
    frozenset(line.split())
    for line in """
    leader president premier chancellor king queen ruler autocrat strongman dictator monarch potus head minister prime
    president commander-in-chief
    senator sen lawmaker legislator congressman congresswoman representative rep politician
    congressman congresswoman representative rep lawmaker legislator politician
    governor gov politician
    mayor politician
    secretary minister diplomat
    minister secretary
    diplomat ambassador envoy
    spokesman spokeswoman spokesperson
    adviser advisor aide strategist official
    candidate nominee contender hopeful front-runner frontrunner challenger
    billionaire mogul businessman magnate tycoon developer star host celebrity
    general commander officer
    judge justice
    chairman chairwoman chair chief head
    director chief head
    lawyer attorney prosecutor counsel
    professor scholar academic historian economist scientist researcher expert
    author writer columnist journalist reporter
    pontiff pope
    """.strip().splitlines()
)
ROLES = frozenset(word for group in ROLE_GROUPS for word in group) | word_set(
    "man woman politician veteran surgeon neurosurgeon doctor physician father mother wife husband pastor analyst"
)
# What may be said of a name that it stands beside: an office or an occupation. "The editor" alone tells too little of
# who is meant to be one of the roles above.
OCCUPATIONS = (
    ROLES - word_set("man woman father mother wife husband star host veteran hopeful prime potus")
) | word_set(
    """commissioner coordinator correspondent deputy editor executive founder investigator manager member negotiator
    owner partner producer sergeant sheriff speaker specialist superintendent teacher treasurer"""
)

# Sources that hide who speaks: never a name.
ANONYMOUS = word_set(
    """source sources official officials person people insider insiders aide aides adviser advisers advisor advisors
    critic critics observer observers analyst analysts expert experts diplomat diplomats witness witnesses
    reports reporting rumor rumors rumour rumours somebody someone some many others few everyone everybody
    nobody anyone anybody one ones most several spokesman spokeswoman spokesperson supporters opponents skeptics
    lawmaker lawmakers strategist strategists operative operatives economists scientists researchers scholars
    commentators pundits residents voters users friends colleagues staffers employees"""
)

# Nouns that name a text or an inquiry: they speak for themselves.
DOCUMENTS = word_set(
    """poll survey study report statement letter email memo document complaint lawsuit indictment filing article
    editorial column book website post tweet video ad advertisement campaign press release transcript ruling
    court committee panel commission government administration ministry department agency company group party
    network newspaper magazine paper union team army police military"""
)

# Nouns that the name of a body ends in, or has before its "of". Left out is what also names an office or a place:
# "attorney general", "United States".
BODIES = word_set(
    """administration agency airline army association authority bank board broadcaster bureau cabinet charity club
    college commission committee company congress corporation council court department embassy federation firm
    foundation government group house institute ministry navy network newspaper office organisation organization
    parliament party police presidency school senate service team union university
    inc ltd llc plc corp gmbh ag kremlin pentagon"""
)
# Titles that nobody but a person has: "General Motors" and "Justice Department" begin with the others.
PERSONAL_TITLES = word_set("mr mrs ms miss sir dame lord lady dr prof professor sen senator rep gov lt president pope")

# What can be said to be so, never to say so: "the benefits include helping staff".
MUTE = word_set(
    """benefit advantage disadvantage drawback symptom ingredient feature price cost effect option activity
    saying adage proverb maxim motto"""
)

# Texts and utterances that stand for whoever made them.
UTTERANCES = word_set(
    """statement statements remark remarks comment comments word words speech address announcement claim claims
    interview letter email memo tweet post warning call"""
)
QUANTIFIERS = word_set("more some much most many all part parts one several both each none few rest")

# Well-known leaders by surname: nation and gender. Used only for people whom the article itself names.
LEADERS = {
    name: (nation, gender)
    for nation, gender, names in (
        ("us", "m", "Trump Biden Obama Bush Reagan Carter Nixon Kennedy Johnson Vance Pence Cheney"),
        ("us", "f", "Harris Pelosi"),
        ("ru", "m", "Putin Medvedev Yeltsin Gorbachev Lavrov Peskov Mishustin"),
        ("ua", "m", "Zelensky Zelenskyy Zelenskiy Poroshenko Yermak"),
        ("cn", "m", "Xi Li"),
        ("gb", "m", "Starmer Sunak Johnson Cameron Blair Brown"),
        ("gb", "f", "May Truss Thatcher"),
        ("fr", "m", "Macron Hollande Sarkozy Chirac"),
        ("de", "m", "Merz Scholz Schroeder Kohl"),
        ("de", "f", "Merkel"),
        ("it", "f", "Meloni"),
        ("it", "m", "Draghi Renzi Berlusconi"),
        ("es", "m", "Sánchez Sanchez Rajoy"),
        ("pl", "m", "Tusk Duda Nawrocki Morawiecki"),
        ("hu", "m", "Orbán Orban"),
        ("tr", "m", "Erdoğan Erdogan"),
        ("il", "m", "Netanyahu Bennett Lapid"),
        ("ir", "m", "Khamenei Pezeshkian Raisi Rouhani Ahmadinejad"),
        ("sy", "m", "Assad"),
        ("kp", "m", "Kim"),
        ("jp", "m", "Abe Kishida Ishiba"),
        ("in", "m", "Modi"),
        ("br", "m", "Lula Bolsonaro"),
        ("mx", "f", "Sheinbaum"),
        ("ca", "m", "Trudeau Carney Harper"),
        ("ve", "m", "Maduro Chávez"),
        ("by", "m", "Lukashenko"),
        ("ar", "m", "Milei"),
        ("sk", "m", "Fico"),
        ("rs", "m", "Vučić Vucic"),
        ("fi", "m", "Stubb"),
        ("nato", "m", "Rutte Stoltenberg"),
        ("eu", "f", "Leyen Kallas"),
    )
    for name in names.split()
}

_MEN = """
aaron adam adrian al alan albert alexander alexei alfred ali allen andre andrew andrei anthony antonio arthur
barack barry ben benjamin bernard bernie bill bob boris brad brendan brett brian bruce bryan carl carlos charles charlie
christian christopher chuck colin corey craig dale damian dan daniel darren dave david dean dennis dmitry dmitri
don donald doug douglas dwight ed eddie edward edwin elon emmanuel eric ernest ethan eugene evan frank franklin fred
frederick gabriel gary gavin gene geoffrey george gerald gerard giorgio glenn gordon graham greg gregory gustavo guy
harold harry harvey hector henry herman howard hugh ian igor isaac ivan jack jacob jake james jared jason jay
jeb jeff jeffrey jeremy jerome jerry jesse jim jimmy joe joel john johnny jon jonathan jorge jose joseph josh joshua
juan julian justin karl keith ken kenneth kevin kirk kurt kyle lance larry lawrence leo leon leonard lewis
lloyd louis lucas luis luke manuel marc marco marcus mario mark martin matt matthew maurice max michael miguel mike
mikhail mitch mitt mohammed nathan neil newt nicholas nick nigel nikolai noah norman oleg oliver olaf orrin
oscar otto owen patrick paul pedro pete peter phil philip pierre rafael ralph rand randy raul ray raymond recep reince
rex rich richard rick rob robert roberto rod rodney roger roman ron ronald roy rudolph rudy russell ryan samuel
scott sean sebastian sergei sergey seth shane shawn sidney simon stan stanley stephen steve steven stuart ted terrence
theodore thomas tim timothy todd tom tommy tony travis trevor trey tyler vernon victor viktor vincent vladimir
volodymyr walter warren wayne wesley will william xavier yuri zach zachary keir narendra benjamin jens mahmoud hassan
"""
_WOMEN = """
abigail agnes alexandra alice alicia alison allison amanda amber amy ana angela angelina anita ann anna anne
annie april ashley audrey barbara becky beth betsy betty beverly bonnie brenda bridget brittany camille carly carol
caroline carolyn carrie catherine cathy cecile charlotte cheryl chelsea christina christine cindy claire claudia
colleen condoleezza connie cynthia dawn debbie deborah debra denise diana diane dianne dolores donna doris
dorothy elaine eleanor elena elise elisabeth elizabeth ellen emily emma erica erin esther ethel eva eve evelyn fiona
florence frances gabrielle gail georgia gina giorgia gloria grace gwen hannah heather heidi helen hillary holly hope
ida irene isabel ivanka jackie jacqueline jane janet janice jeanne jen jenna jennifer jenny jessica jill joan
joanna joanne jodi josephine joy joyce juanita judith judy julia juliana julie kamala karen karine kate katherine
kathleen kathryn kathy katie katrina kayleigh kellyanne kimberly kirsten kirstjen kristen kristi kristin laura
lauren leah lena liliana lily linda lisa liz lois loretta lori lorraine louise lucia lucy lydia lynn madeleine
maggie marcia margaret maria marie marilyn marina marine marjorie marsha martha mary maureen megan melania
melanie melissa mia michelle mildred miriam molly monica nadia nancy naomi natalia natalie nicole nikki nina nora
norma olga olivia paige pamela patricia patty paula pauline peggy penny phyllis rachel rebecca regina rita roberta
rosa rose rosemary roxanne ruth sabrina sally samantha sandra sara sarah sharon sheila shelley
sherry shirley sofia sonia sonya sophia sophie stacy stella stephanie sue susan suzanne svetlana sylvia tamara tammy
tania tanya tara teresa theresa tiffany tina ursula valentina valerie vanessa vera veronica victoria violet
virginia vivian wanda wendy yolanda yulia yvonne zoe
"""
FIRST_NAMES = dict.fromkeys(_MEN.split(), "m") | dict.fromkeys(_WOMEN.split(), "f")
# First names that places have, too: "Virginia Tech", "Georgia Power".
PLACES_TOO = word_set("virginia georgia florence victoria charlotte chelsea sofia austin jordan sidney carolina guy")

_SHORT_FORMS = """
abigail abby | alexander alex sandy sasha alec | alexandra alex sandra sasha | andrew andy drew | anthony tony
benjamin ben benny | bernard bernie | catherine cathy kate katie kitty cate | charles charlie chuck | christina tina
christopher chris kit | daniel dan danny | david dave davy | deborah debbie debra | donald don donny
dorothy dot dottie | edward ed eddie ted teddy ned | elizabeth liz lizzie beth betty betsy eliza lisa libby
emily emma em | eugene gene | francis frank | frederick fred freddie | gabriel gabe | gerald gerry jerry
gregory greg | harold harry hal | henry harry hank hal | isabel isabella bella izzy | jacob jake
james jim jimmy jamie | jeffrey jeff | jennifer jen jenny | john jack johnny jon | jonathan jon johnny
joseph joe joey | joshua josh | judith judy | katherine kate katie kathy kathryn | kenneth ken kenny
lawrence larry | leonard leo len lenny | louis lou louie | margaret maggie meg peggy greta | mark marc
matthew matt | michael mike mick mickey misha | mikhail misha | nicholas nick nicky | nikolai kolya | pamela pam
patricia pat patty trish | patrick pat paddy | peter pete | philip phil pip | raymond ray | rebecca becky
richard rick dick rich richie | robert bob bobby rob robbie bert | ronald ron ronnie | samuel sam sammy
samantha sam | stephen steve steven | susan sue suzanne susie | theodore ted teddy theo | thomas tom tommy
timothy tim | valery valeri | vladimir volodymyr vova | victoria vicky tori | vincent vince vinnie
walter walt wally | william bill billy will willy liam | yevgeny evgeny eugene | zachary zach zack
dmitry dmitri dima mitya | sergei sergey seryozha | mohammed mohamed muhammad mo | francisco paco pancho | jose pepe
guillermo memo | johannes hans | heinrich heinz | aleksandr alexander sasha oleksandr | nikolas nicholas
"""
# A first name with the first names that it is a form of.
NICKNAMES: dict[str, frozenset[str]] = {}
for _forms in _SHORT_FORMS.replace("\n", " | ").split("|"):
    for _form in _forms.split():
        NICKNAMES[_form] = NICKNAMES.get(_form, frozenset()) | {_forms.split()[0]}

# What says that somebody was interviewed; the name stands right behind it.
INTERVIEWING = re.compile(
    r"\b(?:interview(?:s|ed)?(?: with)?|conversation with|q ?& ?a with"
    r"|(?:spoke|speaks|talked|talks|sat down|caught up|met up) (?:with|to))\b",
    re.IGNORECASE,
)
