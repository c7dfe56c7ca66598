"""Tables about people: titles, roles, gender of names, and leaders of states."""

from __future__ import annotations

import re

from claims.lexicon.clauses import word_set

# The titles, offices, occupations and other nouns for people, each here once, with what its callers need to know of it:
#   title       stands before a name and is no part of it
#   personal    nobody but a person has this title: "General Motors" and "Justice Department" begin with others
#   role        an office or a part that somebody has: "the senator" may be one who was named
#   occupation  may be said of a name that it stands beside; "the editor" alone tells too little to be a role
#   office      stands with a name, or in the title of an office, and is left out where names are compared
#   noun        "he" or "she" may stand for it
#   human       so may they for it; nothing else is known of these
#   many        many have it, each is "a" or "an" one: "is a teacher", but "is prime minister"
#   male, female    tells a person's gender, anywhere; with "named" only where it stands with the name
_TITLES_AND_ROLES = """
title personal role occupation office noun male: pope
title role occupation office noun male named: chairman king spokesman
title role occupation office noun female named: chairwoman queen spokeswoman
title personal role occupation office noun: president
title personal role occupation office noun many: professor senator
title role occupation noun male named many: congressman
title role occupation noun female named many: congresswoman
title personal role occupation office: gov rep sen
title personal office male named: lord mr sir
title personal office female named: lady mrs ms
title role occupation office noun: director general governor leader mayor minister secretary spokesperson
title role occupation office noun many: attorney judge
role occupation noun male named many: businessman
title personal female named: miss
title role occupation office: adviser advisor ambassador chancellor chief commander representative
title role noun male: father
role occupation office noun many: analyst author lawyer officer
title personal office: dr
title personal female: dame
title role occupation: justice premier
title role office: prime
title occupation office: commissioner deputy sergeant
title office noun: coach
title office male: prince
title office female: princess
title noun male: brother
title noun female: sister
role occupation office: chair envoy head
role occupation office many: official
role occupation noun: nominee
role occupation noun many: billionaire candidate doctor expert journalist prosecutor reporter
role noun male: husband man
role noun female: mother wife woman
title personal: lt prof
title occupation: sheriff speaker superintendent
title office: acting admiral captain col defence defense ex foreign former gen incoming lieutenant major vice
title male: emperor
title female: madam madame
role occupation: autocrat challenger commander-in-chief contender counsel dictator front-runner frontrunner monarch
    pontiff ruler strongman
role occupation many: academic aide celebrity columnist developer diplomat economist historian lawmaker legislator
    magnate mogul neurosurgeon pastor physician politician researcher scholar scientist strategist tycoon writer
role occupation many human: surgeon
occupation office: founder owner treasurer
occupation noun: manager
occupation noun many: teacher
noun male: actor boy son
noun female: actress daughter girl
female named: businesswoman
title: adm capt cmdr colonel delegate ex-president finance imam interior late maj mister mx rabbi rev reverend saint
    sgt sheikh then-president undersecretary
role: hopeful host potus star veteran
occupation: coordinator editor
occupation many: correspondent executive investigator member negotiator partner producer specialist
office: ceo council first inspector national officials outgoing security senior special
noun: defendant driver friend patient player resident singer soldier student suspect victim witness
human: accountant activist administrator anthropologist archaeologist architect artist assassin assistant
    astronaut astronomer athlete attacker auditor backer baker banker barber beekeeper biologist bishop blogger
    bodyguard boss botanist bowler boxer brewer bricklayer broker builder burglar butcher bystander cameraman
    campaigner captive cardiologist carer caretaker carpenter cashier chef chemist choreographer civilian clerk
    climber colleague comedian companion complainant composer conductor constable consultant contestant cook
    counsellor courier cousin crewman criminologist critic curator cyclist dancer dealer deckhand defender
    dentist designer detainee detective dissident diver drummer ecologist educator electrician employee employer
    engineer entrepreneur epidemiologist expat farmer filmmaker firefighter florist footballer forager forester
    fugitive gamer gardener geologist glaciologist goalkeeper grower guard guardian guest guide guitarist gunman
    gymnast hacker hiker hostage housekeeper hunter hygienist immigrant informant inmate instructor intern
    interpreter intruder inventor jeweller jockey juror kidnapper landlady landlord lecturer librarian lifeguard
    lobbyist locksmith lover machinist magician magistrate maid mathematician mechanic mentor meteorologist
    midfielder migrant motorcyclist motorist murderer musician neighbor neighbour novelist nurse observer
    oncologist onlooker orphan painter paramedic passenger passer-by pedestrian pensioner pharmacist philosopher
    photographer physicist physiotherapist pianist pilot playwright plumber poet porter postman practitioner
    preacher principal prisoner programmer protester psychiatrist psychologist publicist pupil recruit referee
    refugee relative restaurateur retiree rider robber roofer runner sailor salesperson sculptor seismologist
    shepherd shooter shopkeeper skier skipper sociologist solicitor sprinter spy statistician striker supervisor
    surfer surveyor survivor swimmer tailor technician teenager tenant thief toddler tourist trader trainee
    trainer traveler traveller trooper trucker trustee tutor umpire undertaker vet veterinarian violinist
    virologist visitor volcanologist volunteer waiter watchman welder whistleblower winegrower winemaker winger
    worker wrestler youngster youth zoologist
human female: bride grandmother heroine hostess midwife waitress ballerina
human male: bridegroom grandfather groom hero monk
male: assemblyman boyfriend councilman duke fireman fisherman gentleman men nephew policeman priest
    salesman uncle widower
female: assemblywoman aunt councilwoman duchess empress girlfriend niece nun policewoman widow women
"""
_ENTRIES = [line.split(":") for line in _TITLES_AND_ROLES.replace("\n    ", " ").strip().splitlines()]


def _tagged(kind: str) -> frozenset[str]:
    return frozenset(word for kinds, words in _ENTRIES if kind in kinds.split() for word in words.split())


TITLES, PERSONAL_TITLES = _tagged("title"), _tagged("personal")
ROLES, OCCUPATIONS = _tagged("role"), _tagged("occupation")
ONE_OF_MANY = _tagged("many")
ROLE_WORDS = _tagged("office")
PERSON_NOUNS, HUMAN_NOUNS = _tagged("noun"), _tagged("noun") | _tagged("human")
# With these it is another office: "the president" is not the vice president.
OTHER_OFFICES = word_set("vice deputy former ex assistant incoming outgoing shadow late then-president ex-president")
OFFICES = TITLES | ROLES | OCCUPATIONS | OTHER_OFFICES
MALE_TITLES, FEMALE_TITLES = _tagged("male") & _tagged("named"), _tagged("female") & _tagged("named")
MALE_WORDS = _tagged("male") | word_set("he him his himself")
FEMALE_WORDS = _tagged("female") | word_set("she her hers herself")

# Firms that the recogniser often takes for people.
BRANDS = word_set(
    """twitter facebook instagram google youtube netflix apple amazon microsoft tesla uber lyft tiktok snapchat reddit
    linkedin whatsapp telegram disney boeing airbus spotify samsung huawei wikipedia zoom nike adidas toyota honda"""
)

# Roles of one line may stand for each other.
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
    editorial column book website post tweet video ad advertisement press release transcript ruling"""
)
# Bodies, which speak for themselves and not for whom they belong to: "the dockers' union said".
BODY_NOUNS = word_set(
    """campaign court committee panel commission government administration ministry department agency company group
    party network newspaper magazine paper union team army police military"""
)
DOCUMENTS |= BODY_NOUNS

# Nouns that the name of a body ends in, or has before its "of". Left out is what also names an office or a place:
# "attorney general", "United States".
BODIES = word_set(
    """administration agency airline army association authority bank board broadcaster bureau cabinet charity club
    college commission committee company congress corporation council court department embassy federation firm
    foundation government group house institute ministry navy network newspaper office organisation organization
    parliament party police presidency school senate service team union university
    inc ltd llc plc corp gmbh ag kremlin pentagon"""
)
# What can be said to be so, never to say so: "the benefits include helping staff".
MUTE = word_set(
    """benefit advantage disadvantage drawback symptom ingredient feature price cost effect option activity
    saying adage proverb maxim motto technique method step failure manipulation combination environment
    tram bus train car truck lorry van ferry lift crane rocket missile shell bomb storm hurricane cyclone typhoon
    tornado earthquake quake flood tsunami avalanche landslide wildfire"""
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
    r"|(?:spoke|speaks|talked|talks|sat down|caught up|met up) (?:with|to)"
    r"|(?P<press>met (?:with )?(?:the )?(?:journalists|press|reporters)|(?:took|answer(?:s|ed)) (?:\w+ )?questions))\b",
    re.IGNORECASE,
)
# What says that a page answers questions itself.
READERS_ASK = re.compile(
    r"\bFAQs?\b|(?i:\b(?:frequently|commonly) asked|\b(?:common|frequent) questions|\byour questions,? answered"
    r"|\byou asked,? we answer|\bwhat you need to know)"
)
