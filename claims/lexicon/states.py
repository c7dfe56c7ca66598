"""States and unions of states: their names, capitals, seats of power and peoples; central banks. No code.

Every record of ``_STATES`` has five columns: a key (ISO 3166), names, capitals, bodies and seats that speak for the
state, adjectives and peoples. One word may be in several records ("Brussels" belongs to
Belgium and to the EU).
"""

from __future__ import annotations

_STATES = """
ad | Andorra | Andorra la Vella | | Andorran ; ae | United Arab Emirates, UAE, Emirates | Abu Dhabi | | Emirati
af | Afghanistan | Kabul | Taliban | Afghan ; ag | Antigua and Barbuda | | | Antiguan
al | Albania | Tirana | | Albanian ; am | Armenia | Yerevan | | Armenian ; ao | Angola | Luanda | | Angolan
ar | Argentina | Buenos Aires | Casa Rosada | Argentine, Argentinian
at | Austria | Vienna | Ballhausplatz | Austrian ; au | Australia | Canberra | | Australian
az | Azerbaijan | Baku | | Azerbaijani, Azeri ; ba | Bosnia and Herzegovina, Bosnia | Sarajevo | | Bosnian
bb | Barbados | Bridgetown | | Barbadian ; bd | Bangladesh | Dhaka | | Bangladeshi
be | Belgium | Brussels | | Belgian ; bf | Burkina Faso | Ouagadougou | | Burkinabe
bg | Bulgaria | Sofia | | Bulgarian ; bh | Bahrain | Manama | | Bahraini ; bi | Burundi | Gitega | | Burundian
bj | Benin | Porto-Novo | | Beninese ; bn | Brunei | Bandar Seri Begawan | | Bruneian
bo | Bolivia | La Paz, Sucre | | Bolivian ; br | Brazil | Brasilia | Planalto | Brazilian
bs | Bahamas | Nassau | | Bahamian ; bt | Bhutan | Thimphu | | Bhutanese ; bw | Botswana | Gaborone | | Botswanan
by | Belarus, Byelorussia | Minsk | | Belarusian, Belarussian, Byelorussian ; bz | Belize | Belmopan | | Belizean
ca | Canada | Ottawa | Parliament Hill | Canadian
cd | Democratic Republic of the Congo, Democratic Republic of Congo, DR Congo, DRC, Congo, Zaire | Kinshasa | |
    Congolese
cf | Central African Republic, CAR | Bangui | |
cg | Republic of the Congo, Republic of Congo, Congo-Brazzaville, Congo | Brazzaville | | Congolese
ch | Switzerland | Bern, Berne | Federal Council | Swiss
ci | Ivory Coast, Cote d'Ivoire | Yamoussoukro | | Ivorian ; cl | Chile | Santiago | La Moneda | Chilean
cm | Cameroon | Yaounde | | Cameroonian
cn | China, People's Republic of China, PRC | Beijing, Peking | Zhongnanhai, Politburo | Chinese
co | Colombia | Bogota | | Colombian ; cr | Costa Rica | San Jose | | Costa Rican ; cu | Cuba | Havana | | Cuban
cv | Cape Verde, Cabo Verde | Praia | | Cape Verdean ; cy | Cyprus | Nicosia | | Cypriot
cz | Czech Republic, Czechia | Prague | | Czech
de | Germany, Federal Republic of Germany | Berlin | Bundestag, Bundesrat, Bundeswehr, Chancellery | German
dj | Djibouti | | | Djiboutian ; dk | Denmark | Copenhagen | Folketing, Christiansborg | Danish, Dane
dm | Dominica | Roseau | | ; do | Dominican Republic | Santo Domingo | | Dominican
dz | Algeria | Algiers | | Algerian ; ec | Ecuador | Quito | | Ecuadorian, Ecuadorean
ee | Estonia | Tallinn | Riigikogu | Estonian ; eg | Egypt | Cairo | | Egyptian ; er | Eritrea | Asmara | | Eritrean
es | Spain | Madrid | Moncloa | Spanish, Spaniard ; et | Ethiopia | Addis Ababa | | Ethiopian
fi | Finland | Helsinki | Eduskunta | Finnish, Finn ; fj | Fiji | Suva | | Fijian
fm | Micronesia | Palikir | | Micronesian
fr | France | Paris | Elysee, Elysee Palace, Matignon, Quai d'Orsay | French, Frenchman
ga | Gabon | Libreville | | Gabonese
gb | United Kingdom, UK, U.K., Britain, Great Britain, England | London | Downing Street, Number 10, No 10,
    Whitehall, Westminster, House of Commons, House of Lords, Foreign Office, Home Office, Buckingham Palace, MoD |
    British, Briton, Brit, English
gd | Grenada | | | Grenadian ; ge | Georgia | Tbilisi | | Georgian ; gh | Ghana | Accra | | Ghanaian
gm | Gambia | Banjul | | Gambian ; gn | Guinea | Conakry | | Guinean
gq | Equatorial Guinea | Malabo | | Equatorial Guinean ; gr | Greece, Hellenic Republic | Athens | Maximos | Greek
gt | Guatemala | Guatemala City | | Guatemalan ; gw | Guinea-Bissau | Bissau | |
gy | Guyana | Georgetown | | Guyanese ; hk | Hong Kong | | | Hong Konger ; hn | Honduras | Tegucigalpa | | Honduran
hr | Croatia | Zagreb | Sabor | Croatian, Croat ; ht | Haiti | Port-au-Prince | | Haitian
hu | Hungary | Budapest | | Hungarian ; id | Indonesia | Jakarta | | Indonesian
ie | Ireland, Republic of Ireland | Dublin | Dail, Oireachtas, Leinster House | Irish
il | Israel | Jerusalem, Tel Aviv | Knesset, IDF, Israel Defense Forces, Israel Defence Forces, Mossad | Israeli
in | India | New Delhi, Delhi | Lok Sabha, Rajya Sabha | Indian ; iq | Iraq | Baghdad | | Iraqi
ir | Iran, Islamic Republic, Persia | Tehran, Teheran | Majlis, Revolutionary Guards, IRGC | Iranian
is | Iceland | Reykjavik | Althing | Icelandic, Icelander
it | Italy | Rome | Palazzo Chigi, Quirinale, Farnesina | Italian ; jm | Jamaica | | | Jamaican
jo | Jordan | Amman | | Jordanian ; jp | Japan | Tokyo | National Diet, Kantei | Japanese
ke | Kenya | Nairobi | | Kenyan ; kg | Kyrgyzstan, Kyrgyz Republic, Kirghizia | Bishkek | | Kyrgyz
kh | Cambodia | Phnom Penh | | Cambodian, Khmer
kn | Saint Kitts and Nevis, St Kitts and Nevis | Basseterre | | Kittitian ; ki | Kiribati | Tarawa | |
km | Comoros | Moroni | | Comorian ; kp | North Korea, DPRK | Pyongyang | | North Korean
kr | South Korea, Republic of Korea, ROK | Seoul | Blue House | South Korean ; kw | Kuwait | Kuwait City | | Kuwaiti
kz | Kazakhstan | Astana, Nur-Sultan | | Kazakh, Kazakhstani ; la | Laos | Vientiane | | Laotian, Lao
lb | Lebanon | Beirut | | Lebanese ; lc | Saint Lucia, St Lucia | Castries | | Saint Lucian
li | Liechtenstein | Vaduz | | ; lk | Sri Lanka | Colombo | | Sri Lankan ; lr | Liberia | Monrovia | | Liberian
ls | Lesotho | Maseru | | Basotho ; lt | Lithuania | Vilnius | Seimas | Lithuanian
lu | Luxembourg | | | Luxembourgish, Luxembourger ; lv | Latvia | Riga | Saeima | Latvian
ly | Libya | Tripoli | | Libyan ; ma | Morocco | Rabat | | Moroccan ; mc | Monaco | | | Monegasque
md | Moldova, Moldavia | Chisinau, Kishinev | | Moldovan ; me | Montenegro | Podgorica | | Montenegrin
mg | Madagascar | Antananarivo | | Malagasy ; mh | Marshall Islands | Majuro | | Marshallese
mk | North Macedonia, Macedonia | Skopje | | Macedonian ; ml | Mali | Bamako | | Malian
mm | Myanmar, Burma | Naypyidaw, Naypyitaw | Tatmadaw | Burmese
mn | Mongolia | Ulaanbaatar, Ulan Bator | | Mongolian ; mr | Mauritania | Nouakchott | | Mauritanian
mt | Malta | Valletta | | Maltese ; mu | Mauritius | Port Louis | | Mauritian ; mv | Maldives | | | Maldivian
mw | Malawi | Lilongwe | | Malawian ; mx | Mexico | Mexico City | | Mexican
my | Malaysia | Kuala Lumpur, Putrajaya | | Malaysian ; mz | Mozambique | Maputo | | Mozambican
na | Namibia | Windhoek | | Namibian ; ne | Niger | Niamey | | Nigerien ; ng | Nigeria | Abuja | | Nigerian
ni | Nicaragua | Managua | | Nicaraguan
nl | Netherlands, Holland | Amsterdam, The Hague, Hague | Binnenhof, Tweede Kamer | Dutch, Dutchman
no | Norway | Oslo | Storting | Norwegian ; np | Nepal | Kathmandu | | Nepali, Nepalese
nr | Nauru | Yaren | | Nauruan ; nz | New Zealand | Wellington | | New Zealander ; om | Oman | Muscat | | Omani
pa | Panama | Panama City | | Panamanian ; pe | Peru | Lima | | Peruvian
pg | Papua New Guinea, PNG | Port Moresby | | Papua New Guinean
ph | Philippines | Manila | Malacanang | Filipino, Philippine ; pk | Pakistan | Islamabad | | Pakistani
pl | Poland | Warsaw | Sejm | Polish, Pole
ps | Palestine, Palestinian Authority, Palestinian territories | Ramallah | | Palestinian
pt | Portugal | Lisbon | | Portuguese ; pw | Palau | Ngerulmud | | Palauan ; py | Paraguay | Asuncion | | Paraguayan
qa | Qatar | Doha | | Qatari ; ro | Romania, Rumania | Bucharest | Cotroceni | Romanian
rs | Serbia | Belgrade | Skupstina | Serbian, Serb
ru | Russia, Russian Federation | Moscow | Kremlin, Duma, State Duma, Federation Council, FSB | Russian
rw | Rwanda | Kigali | | Rwandan ; sa | Saudi Arabia | Riyadh | | Saudi, Saudi Arabian
sb | Solomon Islands | Honiara | | ; sc | Seychelles | | | Seychellois ; sd | Sudan | Khartoum | | Sudanese
se | Sweden | Stockholm | Riksdag | Swedish, Swede ; sg | Singapore | | | Singaporean
si | Slovenia | Ljubljana | | Slovenian, Slovene ; sk | Slovakia, Slovak Republic | Bratislava | | Slovak, Slovakian
sl | Sierra Leone | Freetown | | Sierra Leonean ; sm | San Marino | | | Sammarinese
sn | Senegal | Dakar | | Senegalese ; so | Somalia | Mogadishu | | Somali
sr | Suriname, Surinam | Paramaribo | | Surinamese ; ss | South Sudan | Juba | | South Sudanese
st | Sao Tome and Principe | Sao Tome | | ; sv | El Salvador | San Salvador | | Salvadoran, Salvadorean
sy | Syria | Damascus | | Syrian ; sz | Eswatini, Swaziland | Mbabane | | Swazi ; td | Chad | N'Djamena | | Chadian
tg | Togo | Lome | | Togolese ; th | Thailand | Bangkok | | Thai ; tj | Tajikistan | Dushanbe | | Tajik
tl | East Timor, Timor-Leste | Dili | | East Timorese, Timorese ; tm | Turkmenistan | Ashgabat | | Turkmen
tn | Tunisia | Tunis | | Tunisian ; to | Tonga | Nuku'alofa | | Tongan
tr | Turkey, Turkiye | Ankara | | Turkish, Turk ; tt | Trinidad and Tobago, Trinidad | Port of Spain | | Trinidadian
tv | Tuvalu | Funafuti | | Tuvaluan ; tw | Taiwan, Republic of China | Taipei | Legislative Yuan | Taiwanese
tz | Tanzania | Dodoma | | Tanzanian ; ua | Ukraine | Kyiv, Kiev | Verkhovna Rada, Rada, Bankova | Ukrainian
ug | Uganda | Kampala | | Ugandan
us | United States, United States of America, US, U.S., U.S, USA, U.S.A., America | Washington, Washington D.C.,
    Washington DC | White House, Oval Office, Pentagon, State Department, Congress, Capitol, Capitol Hill, Justice
    Department, Treasury Department, Homeland Security | American
uy | Uruguay | Montevideo | | Uruguayan ; uz | Uzbekistan | Tashkent | | Uzbek
va | Vatican, Vatican City, Holy See | | Roman Curia |
vc | Saint Vincent and the Grenadines, St Vincent and the Grenadines | Kingstown | | Vincentian
ve | Venezuela | Caracas | Miraflores | Venezuelan ; vn | Vietnam, Viet Nam | Hanoi | | Vietnamese
vu | Vanuatu | Port Vila | | ; ws | Samoa | Apia | | Samoan ; xk | Kosovo | Pristina, Prishtina | | Kosovar, Kosovan
ye | Yemen | Sanaa, Sana'a, Aden | | Yemeni ; za | South Africa | Pretoria, Cape Town | | South African
zm | Zambia | Lusaka | | Zambian ; zw | Zimbabwe, Rhodesia | Harare | | Zimbabwean
eu | European Union, EU, E.U. | Brussels | European Commission, European Parliament, European Council, Council of
    the European Union, Berlaymont |
nato | NATO, Nato, North Atlantic Treaty Organization, North Atlantic Treaty Organisation, North Atlantic Alliance |
    | North Atlantic Council, SHAPE |
un | United Nations, UN, U.N. | | UN Security Council, UN General Assembly, World Health Organization, World Health
    Organisation, WHO, Unicef, UNICEF, UNHCR, UNESCO, Unesco, World Food Programme, WFP, International Atomic Energy
    Agency, IAEA, International Court of Justice, ICJ |
"""
# A central bank by the key of its state; "Sweden's central bank" is understood without this table.
_BANKS = """
us | Federal Reserve, Fed, Federal Open Market Committee, FOMC ; eu | European Central Bank, ECB
gb | Bank of England, BoE, BOE, Threadneedle Street, Old Lady of Threadneedle Street ; jp | Bank of Japan, BoJ, BOJ
cn | People's Bank of China, PBoC, PBOC ; ru | Bank of Russia, CBR ; se | Riksbank, Sveriges Riksbank
no | Norges Bank ; dk | Danmarks Nationalbank, Nationalbank ; ch | Swiss National Bank, SNB
de | Bundesbank, Deutsche Bundesbank ; ca | Bank of Canada, BoC ; au | Reserve Bank of Australia, RBA
nz | Reserve Bank of New Zealand, RBNZ ; in | Reserve Bank of India, RBI ; kr | Bank of Korea, BoK
il | Bank of Israel ; mx | Banxico, Bank of Mexico ; it | Bank of Italy ; fr | Bank of France, Banque de France
es | Bank of Spain ; at | Austrian National Bank, OeNB ; pl | National Bank of Poland, NBP
ua | National Bank of Ukraine, NBU
"""


def _records(text: str) -> list[str]:
    """The records of a table: a line holds several, parted by ";", and an indented line belongs to the one before."""
    return [record.strip() for record in text.replace("\n    ", " ").replace(";", "\n").strip().splitlines()]


def _phrases_of_column(number: int) -> dict[str, frozenset[str]]:
    """Each phrase of a column with the keys of its states."""
    keys_of: dict[str, set[str]] = {}
    for line in _records(_STATES):
        columns = [column.strip() for column in line.split("|")]
        for phrase in filter(None, map(str.strip, columns[number].split(","))):
            keys_of.setdefault(phrase, set()).add(columns[0])
    return {phrase: frozenset(keys) for phrase, keys in keys_of.items()}


STATE_NAMES = _phrases_of_column(1)
CAPITALS = _phrases_of_column(2)
# States and territories that are cities, too.
CITY_STATES = frozenset({"hong kong", "macau", "monaco", "singapore", "vatican city"})
# Names of countries in small letters: without unions of states ("eu", "nato") and letters that are also a word ("CAR"),
# with parts of the United Kingdom and a state of the past.
COUNTRIES = frozenset(
    name.lower() for name, keys in STATE_NAMES.items() if name != "CAR" and not keys & {"eu", "un", "nato"}
) | {"england", "scotland", "wales", "northern ireland", "soviet union"}
BODIES = _phrases_of_column(3)
PEOPLES = _phrases_of_column(4)
# Words of these tables that are more often something else, in small letters.
OTHER_WORDS = frozenset({"brit", "dane", "finn", "lao", "pole"})
# Those that people and other places are called by, too, and a parliament that is a party of India.
_OTHER_NAMES = frozenset({
    "chad", "congress", "georgia", "holland", "jordan", "lima", "nassau", "santiago", "sofia", "sucre", "trinidad",
    "wellington",
})  # fmt: skip


def _nations() -> dict[str, str]:
    """Every word for a state, its capital, a body or its people that means one state only, in small letters."""
    keys_of: dict[str, set[str]] = {}
    for table in (STATE_NAMES, CAPITALS, BODIES, PEOPLES):
        for phrase, keys in table.items():
            known = phrase.replace(".", "").isupper() and table is not STATE_NAMES
            if not known and "un" not in keys and phrase not in ("CAR", "MoD"):
                keys_of.setdefault(phrase.lower().replace(" ", "-"), set()).update(keys)
    named = {word: keys.pop() for word, keys in keys_of.items() if len(keys) == 1}
    return {word: key for word, key in named.items() if word not in OTHER_WORDS | _OTHER_NAMES}


# Whose: the state that a single word names, an adjective, a country, a capital or a seat of power.
NATIONS = _nations() | {"alliance": "nato", "brussels": "eu", "downing": "gb", "european": "eu"}
CENTRAL_BANKS = {
    phrase.strip(): frozenset((key.strip(),))
    for key, phrases in (line.split("|") for line in _records(_BANKS))
    for phrase in phrases.split(",")
}

# Parts of states with a name of their own: a town may lie in one, so that the two are never set against each other.
# Those that are also the name of a town or a person (New York, Victoria, Washington) are left out.
REGIONS = frozenset(
    phrase.strip()
    for line in """
    bavaria, saxony, thuringia, hesse, brandenburg, lower saxony, north rhine-westphalia, baden-württemberg, saarland
    tyrol, styria, carinthia, burgenland, vorarlberg, ticino, valais, vaud, graubünden, alsace, brittany, burgundy
    corsica, normandy, provence, flanders, wallonia, catalonia, andalusia, galicia, aragon, asturias, castile
    basque country, canary islands, balearic islands, lombardy, tuscany, sicily, sardinia, piedmont, veneto, calabria
    apulia, umbria, liguria, campania, algarve, alentejo, silesia, pomerania, moravia, bohemia, transylvania, vojvodina
    crimea, donbas, donbass, siberia, chechnya, dagestan, tatarstan, karelia, lapland, scania, jutland
    england, scotland, wales, northern ireland, cornwall, kent, yorkshire, lancashire, essex, sussex, norfolk, suffolk
    devon, dorset, surrey, cumbria, ulster, connacht, munster, leinster
    alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, hawaii, idaho, illinois
    indiana, iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota, mississippi
    missouri, montana, nebraska, nevada, new hampshire, new jersey, new mexico, new york state, north carolina
    north dakota, ohio, oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas
    utah, vermont, washington state, west virginia, wisconsin, wyoming, new england, appalachia
    alberta, british columbia, manitoba, new brunswick, newfoundland, nova scotia, ontario, saskatchewan, yukon
    new south wales, queensland, south australia, tasmania, western australia, northern territory
    assam, bihar, goa, gujarat, haryana, himachal pradesh, jharkhand, karnataka, kashmir, kerala, madhya pradesh
    maharashtra, manipur, nagaland, odisha, punjab, rajasthan, sikkim, tamil nadu, telangana, uttar pradesh
    uttarakhand, west bengal, andhra pradesh, balochistan, sindh, khyber pakhtunkhwa
    anhui, fujian, gansu, guangdong, guangxi, guizhou, hainan, hebei, heilongjiang, henan, hubei, hunan, jiangsu
    jiangxi, jilin, liaoning, ningxia, qinghai, shaanxi, shandong, shanxi, sichuan, tibet, xinjiang, yunnan, zhejiang
    inner mongolia, hokkaido, kyushu, okinawa, shikoku, honshu, java, sumatra, kalimantan, sulawesi, bali, papua, aceh
    luzon, mindanao, visayas, borneo, sabah, sarawak, rakhine, shan, kurdistan, anatolia, galilee, negev, west bank
    gaza strip, sinai, darfur, tigray, amhara, oromia, puntland, somaliland, kivu, north kivu, south kivu, katanga
    ituri, biafra, kaduna state, borno, gauteng, kwazulu-natal, limpopo, mpumalanga, western cape, eastern cape
    bahia, amazonas, minas gerais, paraná, patagonia, chiapas, oaxaca, sinaloa, sonora, jalisco, veracruz, yucatán
    """.strip().splitlines()
    for phrase in line.split(",")
)

# Continents and regions: a state may lie in one, so that the two are never set against each other.
CONTINENTS = {
    phrase: frozenset((key,))
    for key, phrases in {
        "africa": "Africa, African", "asia": "Asia, Asian", "europe": "Europe, European",
        "oceania": "Oceania",
        "latin": "Latin America, Latin American, South America, South American",
        "north": "North America, North American",
        "middle": "Middle East, Middle Eastern", "antarctica": "Antarctica, Antarctic",
    }.items()
    for phrase in phrases.split(", ")
}  # fmt: skip

# What speaks for a state when it stands beside its name or adjective: "the Russian leader", "US Defense Department".
GOVERNING = frozenset(
    [
        "government",
        "administration",
        "leader",
        "president",
        "presidency",
        "premier",
        "chancellor",
        "minister",
        "ministry",
        "ministers",
        "parliament",
        "army",
        "military",
        "navy",
        "forces",
        "troops",
        "soldiers",
        "fleet",
        "authorities",
        "officials",
        "official",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "ambassador",
        "envoy",
        "diplomats",
        "diplomat",
        "embassy",
        "delegation",
        "senate",
        "congress",
        "cabinet",
        "king",
        "queen",
        "monarch",
        "prince",
        "regime",
        "department",
        "defense",
        "defence",
        "foreign",
        "prime",
        "vice",
        "interior",
        "finance",
        "treasury",
        "state",
        "side",
        "republic",
        "federation",
        "chief",
    ]
)
