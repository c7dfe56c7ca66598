"""The words that make a name, a link or a document a source: "via", "told", "reported", "according to"."""

from __future__ import annotations

import re

from claims.lexicon.clauses import word_set
from claims.lexicon.verbs import OUTLET_FORMS, PLAIN_OUTLET_FORMS

# Whoever works for an outlet, and what it publishes: "a reporter for Reuters", "the website of Le Monde".
_OF_OUTLET = (
    r"(?:anchor|article|bureau|columnist|column|correspondent|crew|daily|edition|editor|editorial|front page|host"
    r"|interview|investigation|issue|journalist|magazine|newspaper|newsroom|page|paper|partner|photographer|podcast|presenter"
    r"|programme|program|report|reporter|segment|series|service|show|site|story|supplement|team|website|weekly|writer"
    r"|account|announcement|broadcast|bulletin|channel|document|footage|notice|post|readout|recording|release|statement"
    r"|transcript|video)s?"
)
_PREPOSITIONS = (
    r"(?:about|after|against|among|at|behind|between|beyond|by|for|from|in|inside|into|near|of|on|outside|over|to"
    r"|under|with|within)"
)
# Up to four words may stand between the cue and the name: "told the state-run news agency TASS"; "told fans of the BBC"
# and "told police that the BBC" is something else.
_GAP = (
    rf"(?:{_OF_OUTLET}\s+(?:of|from|at|for|with|in|on)\s+"
    rf"|(?!(?:because|how|if|that|whether|why|former|{_PREPOSITIONS})\b)[\w’'.-]+\s+){{0,4}}"
)
SPOKEN = re.compile(
    rf"(?:\b(?:told|tell|tells|telling|teling|texted|messaged|assured|spoke (?:to|with)|speaking (?:to|with|on)"
    rf"|(?:asked|pressed|contacted|questioned|challenged|interviewed|told of(?: [\w’'-]+){{1,5}}) by)\s+{_GAP}"
    rf"|\b(?:interviews?|interviewed|conversation|discussion|appearance|appeared|appearing|sat down) "
    rf"(?:with|on|by|to|for)\s+{_GAP}"
    rf"|\b(?:comments?|remarks?|statements?) (?:to|on)\s+{_GAP}"
    rf"|\b(?:said|says|saying)(?: (?:as much|so|the same|this))? (?:on|to|in an interview with)\s+(?:the\s+)?{_GAP}"
    rf"|\b(?:leaked|disclosed|described|shown|relayed) to\s+{_GAP}"
    r"|(?<!was )(?<!were )(?<!been )(?<!being )\b(?:admitted|conceded|confided|confessed|explained|revealed"
    r"|acknowledged|insisted|hinted|indicated|stressed|repeated|reiterated|clarified)"
    r"(?: (?:as much|so|the same|this))? to\s+(?!\w{2,}ing\b)(?:the\s+)?(?:[a-z][\w’'-]*\s+){0,3}"
    r")$",
    re.IGNORECASE,
)
ON_AIR = re.compile(r"\bon (?:the\s+)?$", re.IGNORECASE)
# "Spoke to her friend Peter Hall of the BBC": whom somebody knows otherwise has not been told it for his paper.
OWN_FRIEND = re.compile(
    r"(?i:\b(?:her|his|their|my|our|[\w.-]+['’]s?)\s+(?:\w+\s+){0,2}?(?:friend|colleague|partner|neighbou?r|brother"
    r"|sister|wife|husband|father|mother|son|daughter|cousin|uncle|aunt|nephew|niece|fianc[ée]e?|boyfriend|girlfriend))"
    r",?\s+(?:[A-Z][\w.'’-]+\s+){0,4}(?:of|at|from|with|for)\s+(?:the\s+)?$"
)
WRITTEN = re.compile(
    rf"(?:\b(?:via|according to|citing|quoting|per|as reported (?:by|in)|reported by|report(?:s|ing)? (?:in|by|from)"
    rf"|published (?:(?:on \w+day|last \w+|this \w+|in \w+|today) )?(?:in|by|on)|writing (?:in|for)"
    rf"|wrote (?:in|for|on)|obtained by|seen by|reviewed by|shared with"
    rf"|first (?:reported|named|identified|published|disclosed|revealed) by|quoted by"
    rf"|(?:made public|brought to light|uncovered|unearthed|exposed|broken) by"
    rf"|first to (?:name|report|identify|publish|disclose|reveal|say)\b[^.;]{{0,60}}\b(?:was|were|is)"
    rf"|(?:counts?|tally|tallies|tolls?|estimates?|figures|data|calculations?|reckoning)"
    rf" (?:(?:kept|made|compiled|collected|gathered) )?(?:of|by|from)"
    rf"|(?:kept|compiled|collected|gathered|tallied|counted|estimated|verified|documented) by"
    rf"|quoted by|quoted in|cited by|carried by|broke in|confirmed (?:to|by)|revealed by|(?:articles?|op-eds?"
    rf"|columns?|essays?|piece|story|stories|poll|survey|analysis|investigation|editorial|fact[- ]checks?)"
    rf" (?:in|for|by|from))\s+(?:the\s+)?{_GAP}"
    rf"|\bin (?:\w+day|(?:this|last) (?:week|month)|today)['’]s\s+(?:edition of\s+)?(?:the\s+)?"
    rf"|(?:letters?|cop(?:y|ies)|documents?|e-?mails?|memos?|reports?|drafts?|footage|videos?|recordings?|messages?|files?"
    rf"|records?|minutes|statements?|data|figures)[^.;:]{{0,40}}\s(?:provided|sent|given|handed|passed|forwarded|supplied"
    rf"|released|submitted) to\s+(?:the\s+)?(?:[a-z][\w’'-]*\s+){{0,3}}"
    rf"|[(\[](?:via |source: |h/t )?(?:(?-i:[A-Z])[\w .’'-]{{1,30}}(?:,|/|;| and) ?){{0,3}}|\bsources?:\s*|[—–]\s*)$",
    re.IGNORECASE,
)
# "via Ann Ray of the Pittsburgh Post-Gazette": a reporter stands between.
VIA = re.compile(
    r"\b(?:via|according to|per|citing|quoting|tell|told|tells|telling|(?:interview|conversation) with"
    r"|(?:spoke|talked) (?:to|with))"
    r"\s+(?:[\w’'-]+\s+){0,3}?(?:[A-Z][\w’'.-]+\s+){1,4}(?:of|at|from|with|for)\s+(?:the\s+|The\s+)?$"
)
_OUTLET = "|".join(sorted(OUTLET_FORMS))
# What may follow an outlet's name and belongs to it: "the Interfax agency", "the Sun newspaper".
_KIND = (
    r"(?:(?:business |financial |evening |morning |sports |tabloid |state )?"
    r"(?:news(?:paper| agency| site| channel)?|agency|magazine|daily|weekly|website|broadcaster|network))"
)
# "RFE/RL's Ukrainian service", "Meduza, citing relatives,": what belongs to an outlet, and whom it has it from.
_SERVICE = (
    r"(?: (?:Afghan|Arabic|Belarus(?:ian)?|Brazilian|Chinese|French|German|Hindi|Korean|Persian|Russian|Spanish|Turkish"
    r"|Ukrainian|Urdu|World) (?:service|edition))?"
)
_CITING = r"(?:, (?:citing|quoting) [^,.;:]{1,60},)?"
AFTER = re.compile(
    rf"^(?:['’]s?{_SERVICE})?{_CITING}(?:\s+(?:{_KIND}|also|first|has|had|have|later|on \w+day|exclusively|earlier"
    rf"|previously|\w+ly))*\s+(?:{_OUTLET}|report(?:ing)?|quoting|citing|interview|article|story|poll|survey|exclusive|scoop"
    r"|investigation|analysis|tally|reckoning|count(?! on)|reckons?(?! (?:with|without)\b)"
    r"|(?:understands|scooped)(?= that\b|\s*[.,;]|\s*$)"
    r"|disclosed(?= (?:last|this|on|in|that|how|what|earlier|yesterday)\b|\s*[.,;]|$))\b",
    re.IGNORECASE,
)
# "A correspondent of Deutsche Welle saw": whoever works for an outlet and says what was seen or counted.
REPORTER = re.compile(
    r"\b(?:reporters?|correspondents?|journalists?|photographers?|crews?|team|teams)\s+(?:of|for|from|at|with)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
WITNESSED = re.compile(
    r"^(?:\s+(?:in|at|near) (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})?"
    r"(?:\s+(?:who was there|on the scene|there|later|also))?"
    r"\s+(?:saw|counted|heard|witnessed|watched|observed|reported|found|visited|verified|said|wrote|estimated|described)\b"
)
# "CNN's Ann Ray counted", "the Guardian's Moscow correspondent saw", "an AFP reporter at the scene heard": an outlet's
# own people, named by it.
_PEOPLE = r"(?:(?:reporter|correspondent|journalist|photographer|crew|team)s?|witness(?:es)?)"
OWN_REPORTER = re.compile(
    rf"^(?:['’]s?\s+(?:[A-Z][\w’'-]+\s+){{0,3}}(?:{_PEOPLE}\s+)?|\s+(?:news\s+)?{_PEOPLE}\s+)"
    r"(?:(?:in|at|near|on|who was at|with) (?:the )?[\w’'-]+(?: [A-Z][\w’'-]+){0,2},?\s+)?"
    r"(?:(?:travell?ed|went|drove|returned|flew|walked|got|came|gained access) (?:[\w’'-]+ ){1,6}?and )?"
    r"(?:saw|counted|heard|witnessed|watched|observed|verified|visited|noted"
    r"|found(?! (?:in|at|on|near|dead|guilty)\b))\b"
)
# "The Wall Street Journal, which first reported the sale, put it at", "was first with the news": who had it first.
HAD_IT_FIRST = re.compile(
    r"^(?:,\s+which)?\s+(?:was\s+(?:the\s+)?first\s+(?:with\s+the\s+(?:news|story|report)"
    r"|to\s+(?:report|name|obtain|publish|identify|reveal))"
    r"|(?:first|originally)\s+(?:reported|named|obtained|published|identified|revealed)|broke\s+the\s+(?:news|story)"
    r"|that\s+(?:first\s+)?(?:reported|revealed|disclosed|published|obtained|broke\s+the\s+(?:news|story|scandal)))\b"
)
# What an outlet may have seen, which makes it the source.
_PAPERS = (
    r"(?:[\w’'-]+\s+){0,4}?(?:letters?|lists?|cop(?:y|ies)|documents?|e-?mails?|memos?|reports?|drafts?|footage"
    r"|videos?|recordings?|messages?|files?|records?|minutes|texts?|plans?|contracts?|invoices?|receipts?|bills?"
    r"|correspondence|transcripts?|photos?|photographs?|pictures|images?|testimony|indictment|orders?|filings?"
    r"|statements?|agreements?|presentations?|slides?|notes?|logs?|directives?|data|spreadsheets?)\b"
)
# What says more of such papers; "the Post has seen its records fall" is of no paper.
_WITH_WORDS = (
    r"(?=\W*$|[,.;:]|\s+(?:that|which|in|of|from|to|by|between|with|on|about|and|dated|sent|written|showing|suggesting"
    r"|detailing|describing|setting)\b)"
)
_SEVERAL = (
    r"(?:(?:at least|more than|some|about) )?(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|a dozen|dozens of|several|multiple|scores of)"
)
COUNTED = re.compile(
    rf"^(?:['’]s?{_SERVICE})?{_CITING}(?:\s+(?:{_KIND}|is|has|have|had|also|first|later|itself|independently))*\s+"
    r"(?:(?:counted|tallied|verified|documented|corroborated|(?<=first )(?:named|identified|disclosed))\b"
    r"|(?:established|deduced|worked out|ascertained)(?= (?:that|how|where|when|from|by|with)\b|[,.;]?\s*$)"
    r"|geolocated\b|reconstructed (?!its\b|their\b)(?=\w)"
    r"|identified (?:(?:at least|more than) )?(?:\d[\d,.]*|dozens|hundreds|thousands) (?:of|more|(?!as\b)\w+s)\b"
    r"|(?:carried|ran|aired|printed) (?:the|his|her|their|an?) (?:[\w-]+ ){0,2}?"
    r"(?:statements?|remarks|comments?|interview|report|speech|words|news|text|denial|apology|appeal|warning|account"
    r"|announcement|message|address|letter|claims?|quotes?|reply|response|footage|video|recording|names|list|details"
    r"|allegations|figures|pictures|photos?|photographs?|transcript)\b"
    # "Has not called the race", "declared Ruiz the winner", "was told by three nurses that", "names him as the buyer".
    r"|(?:not )?(?:yet )?called (?:the|this|that|every|\d+) (?:[\w’'-]+ ){0,3}?"
    r"(?:race|contest|election|seat|state|vote|run-?off)s?"
    r"(?=\W*$|[,.;:(]|\s+(?:after|as|at|before|by|earl(?:ier|y)|for|hours|in|just|later?|minutes|on|only|shortly|soon"
    r"|when|with|within|yet)\b)"
    r"|declared [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3} (?:the (?:winner|victor)|(?:re-?)?elected)\b"
    rf"|(?:was|were|been) told by {_SEVERAL} [^,.;:]{{1,60}}? (?:how|that (?!it\b|its\b|they\b))"
    rf"|(?:spoken|spoke|talked) (?:to|with) {_SEVERAL} "
    r"|(?:names|identifies) (?!its\b|their\b)[^,.;:]{2,60}? as (?:the|an?|one of the) (?!(?:[\w’'-]+ ){0,2}?"
    r"(?:anchor|boss|chair\w*|chief|columnist|correspondent|director|editor|head|host|president|presenter|person|publisher"
    r"|star|winner)\b)"
    r"|(?:publish(?:es|ed)|prints|reproduces) (?!its\b|their\b|an? (?:\w+ )?(?:apology|correction|statement)\b)"
    rf"(?![^,.;]{{0,60}}\b(?:its|their)\b){_PAPERS}{_WITH_WORDS}"
    rf"|(?:seen|obtained|reviewed|viewed|saw|accessed|examined|inspected|consulted|read|(?:got|has|had) hold of"
    rf"|in possession of|been (?:given|shown|sent|passed|leaked))\s+{_PAPERS}{_WITH_WORDS})"
)
# "The contract, which Der Spiegel has seen": papers, and what an outlet did with them.
WHICH_PAPERS = re.compile(rf"\b{_PAPERS},? (?:that|which)\s+(?:the\s+)?$", re.IGNORECASE)
HAS_SEEN = re.compile(r"^ (?:has|have|had) (?:since |also )?(?:examined|obtained|reviewed|seen|verified|viewed)\b")
# "Reuters put the damage at 40 million": a figure of the outlet's own.
PUT_AT = re.compile(
    r"^(?:['’]s sources?)?\s+(?:has |had |both |all )?puts? (?:the|its|their|his|her) (?:[\w’'-]+\s+){1,8}?at "
    r"(?:[\w-]+ ){0,3}?[$€£]?\d"
)
GAVE = re.compile(r"\b(?:gave|handed|sent|showed|provided)\s+(?:the\s+)?$")  # "gave The Atlantic the emails"
GIVEN = re.compile(rf"^\s+(?:with )?(?:the|an?|her|his|their|its|some|\d+)\s+{_PAPERS}")
# "Satellite pictures analysed by The New York Times", "tracked by Radio Free Europe": an outlet's own research.
EXAMINED = re.compile(
    r"\b(?:analy[sz]ed|tracked|traced|examined|inspected|identified|located|geolocated|mapped|checked|fact-checked"
    r"|monitored|assembled|authenticated|corroborated|heard|accessed|consulted) by\s+(?:the\s+|The\s+)?$"
)
# "confirmed the death toll to France 24's correspondent": whom somebody told.
TO = re.compile(r"\b(?:to|with)\s+(?:the\s+|The\s+)?$")
TO_ITS_REPORTER = re.compile(rf"^['’]s?\s+(?:[\w’'-]+\s+){{0,2}}?{_PEOPLE}\b")
# "said it would cut 200 jobs", "published its annual report": what an outlet says of itself.
OF_ITSELF = re.compile(
    r"^(?:\s+(?:also|later|has|had))*\s+(?:said|says|announced|announces|added|confirmed|confirms|reported)\s+"
    r"(?:on \w+day\s+)?(?:that\s+)?(?:it|they)\s+(?:would|will|plans|planned|intends|intended|is|was)\b"
    r"(?! (?:told|shown|given|sent|able|unable|informed))"
    r"|^(?:\s+(?:also|later|has|had))*\s+(?:(?:spoken|spoke|talked) (?:to|with)|publish(?:es|ed)) (?:its|their)\s+"
    r"(?:[\w’'-]+\s+){0,2}?(?:accounts|annual|apology|correction|guidelines|lawyers?|plans?|results|review|staff|statement"
    r"|strategy)\b"
)
# "The BBC chairman told the committee": those who run an outlet speak for it, and not in it.
OFFICER = re.compile(
    r"^(?:['’]s?)?\s+(?:(?:vice|deputy|former|outgoing|acting) )?(?:chair(?:man|woman|person)?|chief executive|CEO"
    r"|director[- ]general|president|owners?|proprietor|publisher|spokes(?:man|woman|person)|board|boss(?:es)?"
    r"|executives?|management|lawyers?|shareholders|staff|unions?|aides?|employees?|workers|engineers?|customers?"
    r"|clients?|subscribers?|users?|readers?|viewers?|listeners?|representatives?|officials?|founders?|trustees?"
    r"|insiders?|supporters?|relatives?)\b"
)
# "A former New York Times editor said": whoever has left an outlet, or never was with it, speaks for himself.
FORMER = re.compile(
    r"\b(?:[Ff]ormer|[Ee]x-?|[Oo]ne-?time|[Rr]etired|[Ee]rstwhile)\s*"
    r"(?:(?:[\w’'-]+\s+){1,3}(?:of|at|for|from|with)\s+)?(?:the\s+|The\s+)?$"
    # "Lawyers for the Post", "fans of the BBC": no people of an outlet.
    r"|\b(?i:attorneys?|competitors|counsel|critics|customers|fans|investors?|lawyers?|opponents|owners?|readers|rivals"
    r"|shareholders|solicitors?|subscribers|supporters)\s+(?:at|for|in|of|to)\s+(?:the\s+|The\s+)?$"
)
# ", reported the Paris daily Le Figaro": the outlet behind its verb.
INVERTED = re.compile(
    rf"[,\"”»’]\s*(?:{_OUTLET})\s+(?:the\s+)?(?:[\w’'-]+\s+){{1,4}}?(?:{_KIND}|paper|tabloid|outlet|channel|portal)\s+$"
)
CLAUSE_END = re.compile(r"^\s*(?:[.,;:]|$|on \w+day\b|(?:last|this) \w+\b)")
# "told The Mirror's makers": what somebody else has, and not the outlet's own people or programmes.
SOMEBODYS = re.compile(
    rf"^['’]s?\s+(?!(?:[\w’'-]+\s+){{0,3}}(?:{_PEOPLE}|podcast|programme|program|show|website|edition|magazine|editors?|news"
    r"|newsroom|breakfast|morning|radio|television|columnists?|presenters?|hosts?|anchors?|bureau|interviewers?|political"
    r"|chief|weekend|sunday|daily|weekly|investigations?)\b)[a-z]"
)
# "As The Hindu has it, the reservoir is empty".
AS = re.compile(r"\b[Aa]s\s+(?:the\s+|The\s+)?$")
HAS_IT = re.compile(r"^\s+(?:has|had|puts|put|tells|told) it\b")
# "which estimates that": what an outlet did, in a clause of its own.
WHICH = re.compile(r"^, which(?=\s)")
# What a research institute does where it speaks for itself.
_ASSESS = (
    r"(?:assess|estimat|calculat|conclud|project|forecast|document|reckon|record|predict|anticipat|expect(?!\w* to\b))"
)
ASSESSED = re.compile(rf"^(?:\s+(?:also|now|later|has|had))*\s+{_ASSESS}(?:e?s|e?d)\b")
# "Analysts at RUSI reckon": its people, where they tell what they found out.
ANALYST = re.compile(
    r"\b(?:analysts|researchers|experts|economists|scientists|scholars|demographers|pollsters)\s+(?:at|of|from|with)"
    r"\s+(?:the\s+|The\s+)?$",
    re.IGNORECASE,
)
FOUND_OUT = re.compile(
    rf"^(?:\s+(?:in (?:[A-Z][\w’'-]+ ?){{1,3}}|also|now|later|have|had))*\s+"
    rf"(?:{_ASSESS}(?:e|ed)?|found|find|counted|count|identified|put)\b"
)
# "A lawsuit by the Journal says", "critics of the BBC": somebody or something else acts there.
ANOTHERS = re.compile(
    rf"(?<!\w)(?!{_OF_OUTLET}\b|(?:analysis|analyst|commentator|producer|all|both|colleagues|count|data|estimate|figures|list|most|one|outlets|poll|ranking|review"
    r"|some|study|survey|tally|times?|version)\b|(?:ahead|because|instead|out|speaking)\b)[a-z][\w’'-]*\s+"
    r"(?:about|against|at|by|from|inside|into|near|of|on|outside)\s+(?:the\s+|The\s+)?$"
)
# "Gallup's latest survey puts", "the Kiel Institute's aid tracker lists": its own data speak.
OWN_DATA = re.compile(
    r"^(?:['’]s?\s+(?:[\w’'-]+\s+){0,3}?|\s+(?=survey|poll|report|study|analysis|tracker|data|figures|review))"
    r"(?:surveys?|polls?|polling|reports?|study|studies|index|tracker|tally|count|figures|data|database|estimates?|rankings?"
    r"|analysis|monitor|barometer|list|map|forecasts?|review|investigation|census|bulletin|website|front page)\s+"
    r"(?:(?:in|for|on|of) (?:[^,.;]|(?<=\d),(?=\d)){1,60}?\s+)?(?:also |now |has |have |had )?"
    r"(?:puts?|shows?|showed|shown|lists?|listed|says?|said|finds?|found|counts?|counted|records?|recorded|suggests?"
    r"|suggested|estimates?|estimated|gives?|gave|names?|named|ranks?|ranked|documents?|documented|confirms?|confirmed"
    r"|reveals?|revealed|concludes?|concluded|indicates?|indicated|has|have)\b"
)
# "The International Crisis Group warned in a report": a body that speaks for itself is read where it put it in writing.
_IN_WRITING = (
    r"(?:an?|its|their) (?:[\w’'-]+ ){0,3}?(?:report|study|statement|paper|survey|analysis|briefing|note|bulletin"
    r"|assessment|forecast|review|release|outlook|index|post)\b"
)
WROTE_IN = re.compile(
    rf"^(?:\s+(?:also|later|first|has|had))*\s+\w+(?:ed|s|id|ote)\s+(?:(?:on|in|last|this) \w+ )?in {_IN_WRITING}"
    rf"|^, in {_IN_WRITING}[^,.;:]{{0,40}},\s+\w+"
)
IN_WRITING = re.compile(rf"\bin {_IN_WRITING}[^.;:]{{0,50}}?,\s+(?:the\s+|The\s+)?$", re.IGNORECASE)
# Nouns for things that were written or recorded, and can be looked up.
DOCUMENTS = word_set(
    """
    report statement study survey poll filing lawsuit letter transcript document memo memorandum email
    indictment ruling affidavit complaint translation communique communiqué dossier paper audit review
    census bulletin brief briefing release record footage video recording tweet post blog article op-ed
    essay book memoir biography analysis assessment data figures statistics testimony file dispatch cable
    note manifesto resolution order decree readout factsheet editorial column website
    """
)
# Where these come before it, a document is named as a source: "in a statement", "according to the report".
LEANING = re.compile(r"\b(?:in|according to|citing|per|via|by|quoting)\s*$", re.IGNORECASE)

# What may stand right before an outlet's name when words were said to it or through it.
LEADING = word_set(
    """
    tell tells told telling teling with to on in via by for from at per cited citing quoting through and told
    interview writing wrote writes informed informing according
    """
)

# Words by which a later sentence of the paragraph goes back to the outlet or document just named.
BACK = re.compile(
    r"^\W*(?:the|this|that|its?)\s+(?:report|article|story|paper|newspaper|agency|news agency|outlet|network"
    r"|broadcaster|magazine|site|website|study|survey|poll|document|statement|letter|memo|filing|lawsuit|channel|investigation"
    r"|analysis|post|tweet|data|figures)\b"
    rf"|^\W*it (?:also |further )?(?:{'|'.join(sorted(PLAIN_OUTLET_FORMS))}|found|quoted|cited)\b",
    re.IGNORECASE,
)

# Kinds of outlets that publish what others say; the rest (ministries, think tanks) speak for themselves and are
# a source only where the article says so ("according to").
MEDIA = word_set(
    """
    wire newspaper broadcaster magazine online state_media fact_checker journal
    """
)
NO_SOURCE = re.compile(
    r"^(?:mailto|javascript|tel|data):|^#|(?:facebook\.com/sharer|twitter\.com/(?:intent|share|hashtag)|x\.com/(?:intent|hashtag)"
    r"|pic\.(?:twitter|x)\.com|t\.me/share|wa\.me|whatsapp|linkedin\.com/share|reddit\.com/submit|/tags?/|/topics?/|/author/"
    r"|/search\?|\.(?:jpe?g|png|gif|svg|webp)(?:\?|$))",
    re.IGNORECASE,
)
# The path of a section of a site, and no page of its own: "business", "news/world" and nothing at all.
SECTION = re.compile(
    r"[a-z]*|(?:news|world|politics|business|sport|opinion|culture|science|en|de|fr)/[a-z]+", re.IGNORECASE
)
# A page of the own site that tells who somebody or what something is: no source, but its readers' further reading.
SUBJECT_PAGE = re.compile(
    r"(?:^|/)(?:wiki|people|persons?|profiles?|staff|team|experts?|tags?|topics?|subjects?|categor(?:y|ies)|glossary)/",
    re.IGNORECASE,
)
BARE_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'“”]+[^\s<>()\[\]\"'“”.,;:!?]")
NOISE = re.compile(r"\s*\b(?:pic\.(?:twitter|x)\.com/\w+|https?://t\.co/\w+)")
