"""Patterns for framing: what opens a frame, what denies it afterwards, and what may precede a plain fact."""

from __future__ import annotations

from claims.lexicon.clauses import word_set
from claims.lexicon.verbs import FACTUAL_FORMS, LENDING_FORMS, SUPPOSING_FORMS

# Nouns that hold what somebody only supposes or alleges: "the claim that", "rumours of a".
_SUPPOSED = (
    r"claims?|rumou?rs?|allegations?|accusations?|speculation|suggestions?|notion|idea|myth|theory|theories|fears?|"
    r"hopes?|belief|possibility|prospect|chance|risk|doubts?|suspicions?|assumption|hypothesis|question|lie|falsehood|"
    r"denials?|impression|conspiracy|hoax|prediction|forecast|expectations?"
)
# Verbs that hold what somebody only thinks, wonders or disputes.
_THOUGHT = rf"{'|'.join(sorted(SUPPOSING_FORMS))}|falsely|wrongly|rul(?:e|es|ed|ing) out"
OPENERS = (
    r"\b(?:earlier|previous|original)\sversions?\b(?:\s\w+){0,8}?\s(?:said|stated|gave|reported|had|misstated|"
    r"claimed)\b|"
    r"\b(?:whether|if|unless)\b|\bhow (?:well|far|much|likely)\b|^(?:had|were|should)\s"
    r"|\b(?:retract(?:s|ed)|apologi[sz]ed for|fined for|punished for|sued for|satirical|parody|fake|bogus|spoof|"
    r"conspiracy|disinformation|misinformation|propaganda|mistakenly|misleadingly)\b(?:\s\w+){0,6}?\s"
    r"(?:that|wrote|said|saying|claiming|reported)\b"
    rf"|\b(?:{_SUPPOSED})\b(?:\s\w+){{0,3}}?\s(?:that|of|about)\b"
    r"|\b(?:amid|despite|denied|denies|denying|rejected|rejects|dismissed|unconfirmed|false|fake|contrary to)\s"
    r"(?:\w+\s){0,2}?(?:reports?|stories|story|statements?|assertions?)\s(?:that|of|about)\b"
    rf"|\b(?:{_THOUGHT})\b(?:\s(?:that|to)\b)?"
    r"|\b(?:few|hardly any|nobody|no one|none|not all|not every)\b(?:\s\w+){0,4}?\s"
    r"(?:say|says|said|argue[sd]?|agree[sd]?|accept(?:s|ed)?|told|reported)\b"
    r"|\b(?:is|are|was|were|be|been|being)\s(?:\w+ly\s|now\s|still\s)?(?:expected|due|set|scheduled|poised|likely|"
    r"unlikely|about|ready|prepared|supposed|said|thought|believed|rumou?red|reported|alleged|asked|urged|unable|yet)"
    r"(?:\s\w+ly)?\sto\b"
    r"|\b(?:plan(?:s|ned|ning)?|hop(?:es|ed|ing)|intend(?:s|ed)?|want(?:s|ed)?|tr(?:ies|ied|ying)|preparing|"
    r"consider(?:s|ed|ing)?|vow(?:s|ed)|promis(?:es|ed)|pledg(?:es|ed)|fail(?:s|ed)|refus(?:es|ed)|threaten(?:s|ed)|"
    r"expect(?:s|ed)?|aim(?:s|ed)?|offer(?:s|ed)?|agree(?:s|d)?|(?:has|have|had) yet|seek(?:s|ing)?|sought|"
    r"attempt(?:s|ed|ing)?|negotiat(?:es|ed|ing)|bid(?:s|ding)?|mov(?:es|ing)|(?:on|off) (?:course|track))"
    r"\s(?:\w+\s){0,3}?to\b"
    r"|\b(?:in|into|held|holds?|holding|opened|began|begun|resumed|after)\s(?:\w+\s)?(?:talks|negotiations|discussions)"
    r"\s(?:\w+\s){0,4}?(?:to|on|about|over)\b"
    r"|\b(?:close|closer)\sto\s(?=\w+ing\b)|\bon the (?:verge|brink|point) of\b"
    r"|\b(?:allegedly|reportedly|purportedly|supposedly|perhaps|possibly|potentially|in theory|on paper)\b"
    r"|\b(?:advert(?:isement)?s?|brochures?|leaflets?|flyers?|posters?|slogans?|labels?|chain letters?|memes?|legends?)"
    r"\s(?:\w+\s){0,2}?(?:say|says|said|claim(?:s|ed)?|promis(?:es|ed)|reads?|has it)\b"
    r"|\bit\s(?:is|was|ha[sd] been)\s(?:\w+ly\s)?(?:reported|said|claimed|rumou?red|believed|thought|feared)\sthat\b"
    r"|\b(?:it|that|this)(?:'s| is| was)\s(?:\w+\s)?(?:not true|untrue|false|wrong|a (?:lie|myth)|nonsense)\sthat\b"
    r"|\b(?:prosecut(?:ors?|ion)|plaintiffs?|lawsuit|complaint|indictment|accusers?|critics|opponents)\s(?:\w+\s){0,2}?"
    r"(?:say|says|said|allege[sd]?|claim(?:s|ed)?|argue[sd]?|contend(?:s|ed)?)\b"
    r"|\bin\s(?:the|a|an|this|his|her|its|their|[\w.'-]+'s)\s(?:[\w'-]+\s){0,3}?(?:film|movie|novel|sitcom|episode|"
    r"simulation|"
    r"exercise|drill|scenario|sketch|satire|parody|thriller|tale|legend|myth|dream|opera|april fools?'?s?'? \w+)\b"
)
# Verbs of those who have something to gain by what they say.
_PRESSED = r"insist(?:s|ed)|maintain(?:s|ed)|boast(?:s|ed)|contend(?:s|ed)|argue[sd]|sw(?:ears|ore)|pretend(?:s|ed)"
# With these objects they do not say anything: "which maintains the roads", "where she argued 40 cases".
_COUNTED = r"(?:an?|its|his|her|their|\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|more)"
_NO_SAYING = (
    rf"(?:maintain(?:s|ed)|boast(?:s|ed))\s(?:the|{_COUNTED})\s|contend(?:s|ed)\s(?:for|with)\s|"
    rf"argue[sd]\s(?:(?:the|{_COUNTED})\s)?(?:cases?|appeals?)\b|sw(?:ears|ore)\sin\s"
)
AFTERWARDS = (
    r"\b(?:is|are|was|were|be|been|being|proved|proven|proves|turned out|turns out|as|seems?|remains?|looks?|"
    r"called|calls|found)\s(?:\w+\s){0,3}?"
    r"(?:wrong|false|untrue|incorrect|invented|baseless|unfounded|fabricated|fake|untenable|disproved|disproven|"
    r"denied|disputed|debunked|refuted|rejected|dismissed|discredited|retracted|withdrawn|unproven|unconfirmed|"
    r"unsubstantiated|groundless|misleading|exaggerated|lies|a (?:lie|myth|hoax|rumou?r|slander)|not true|nonsense)\b"
    r"|,\s(?:a|an)\s(?:\w+\s){0,2}?(?:claim|rumou?r|allegation|report|charge|accusation|theory|assertion|lie|myth)\b"
    r"|,\s(?:which|something)\s(?:\w+\s){1,3}?(?:den(?:y|ies|ied)|disput(?:e|es|ed)|reject(?:s|ed)?|refut(?:es|ed))\b"
    r"|,\s(?:\w+\s){1,5}?(?:claim(?:s|ed)|alleg(?:es|ed)|joked|lied|speculat(?:es|ed)|hop(?:es|ed)|fear(?:s|ed))\b"
    rf"|,\s(?:\w+\s){{1,5}}?(?!{_NO_SAYING})(?:{_PRESSED})\b|,\s(?:{_PRESSED}|claim(?:s|ed)|alleg(?:es|ed)|joked)\s\w"
    r"|\bor so\s(?:\w+\s){1,4}?(?:goes|went|says?|said|claim(?:s|ed)?|thinks?|thought|believe[sd]?|hope[sd]?)\b"
    r"|,\saccording to (?:\w+\s){0,3}?(?:anonymous|unnamed|unverified|unconfirmed|fake|forged|satirical|rumou?rs?)\b"
    r"|\b(?:proved|proven|found)\s(?:to be\s)?(?:wrong|false|untrue)\b"
    r"|[;,–—-]\s?(?:but |which )?(?:he|she|they|it|the \w+)\s(?:\w+ly\s)?den(?:y|ies|ied)\s"
    r"(?:it|this|that|doing so|wrongdoing|(?:all|any|the)\s\w+)\b"
)

# What is done to a bid or a cheese as well: it denies only what is told, as a claim or a report is.
TAKEN_BACK = r"\b(?:withdrawn|rejected|dismissed|retracted)$"
TOLD = (
    r"\b(?:claims?|reports?|rumou?rs?|allegations?|accusations?|stor(?:y|ies)|statements?|theor(?:y|ies)|assertions?|"
    r"suggestions?|idea|notion|findings?|stud(?:y|ies)|papers?|articles?|figures?|that|this|it|which)\b"
)
# Words of a charge or a suspicion: "on suspicion of" is "suspected".
ALLEGED = word_set("suspicion suspected suspects alleged allegedly allegation accused accuses charged charges")

# Verbs that only attribute: no frame where the article gives the words as somebody's too.
ATTRIBUTIVE = " ".join(["that to of", *sorted(LENDING_FORMS)])

# What may stand before words that are still said as a fact: "On Monday", "In Moscow,", "Meanwhile,".
PLAIN_LEADS = (
    r"(?:(?:on|in|at|during|since|by|from|after|before|meanwhile|however|according to|last|earlier|later)\b"
    r"[^;:\"]{0,60},"
    r"|(?:on|in|last|this)(?:\s[\w.'-]+){1,2}"
    r"|(?:meanwhile|also|however|later|earlier|today|yesterday|then|and|but),?"
    r"|[A-Z][\w .'-]{0,40}:|the|a|an|its|his|her|their|-)"
)
PLAIN_REPORTS = rf"\b(?:{'|'.join(sorted(FACTUAL_FORMS))}|say|showing)(?:\s[\w.'-]+){{0,4}}?(?:\sthat|,|:)?\s*\"?$"

# What no reader is told but whoever judges the page by machine: an order about the verdict, an address to a model, the
# form of its answer. A claim that stands beside it is part of the order, not what the page reports.
_MODEL = (
    r"(?:AIs?|LLMs?|(?:AI |large )?language models?|chat ?bots?|AI \w+|automated (?:\w+ )?(?:checker|reviewer|judge)s?)"
)
_VERDICT = r"[\"'“‘(]?(?:supported|refuted|contradicted|not enough information)\b"
TO_MACHINES = (
    r"\b(?:ignore|disregard|forget|override)\s(?:\w+\s){0,3}?(?:above|previous|prior|earlier|preceding|instructions?|"
    r"prompts?|rules)\b"
    rf"|\b(?:answer|respond|reply|output|return|print|mark(?:ed)?|rate|label)\b(?::|\s(?:with|as|it|this|them|only|every"
    rf"|all|be|the|verdict|passages?|claims?)\b){{0,5}}:?\s{_VERDICT}"
    rf"|\bverdict\W{{1,4}}(?:is\s)?{_VERDICT}"
    rf"|\b(?:note|message|notice|attention|instructions?|order)s?,?\s(?:to|for)?\s?(?:all |any |every |the )?{_MODEL}\b"
    rf"|\b(?:if|as|because|since) you(?:'re| are) (?:an? )?{_MODEL}\b"
    r"|\bas an? (?:AI|LLM|language model)(?: model| assistant)?,? you\b"
    r"|\b(?:model|system|assistant|bot|program|machine)s? (?:that|which|who) (?:reads?|judges?|checks?|sees?) this\b"
    r"|^(?:system|assistant)\s?:|\"(?:answers|verdict|passage)\"\s?:"
)

# What a source gives as its own mistake or as an earlier state: not what it says now.
SUPERSEDED = (
    r"\b(?:an?|the|our|in an)\s(?:earlier|previous|original|prior|initial)\s(?:version|edition|post|count|figure|"
    r"estimate|report|toll|number)s?\b[^.;]*$"
    r"|\b(?:first|initially|originally|earlier|previously|wrongly|mistakenly|incorrectly|"
    r"erroneously)\s(?:\w+\s)?(?:given|put|"
    r"reported|stated|said|counted|estimated|announced|set)\s(?:\w+\s){0,3}$"
    r"|\b(?:revised|corrected|cut|lowered|raised|changed)\s(?:\w+\s){0,2}from\s(?:\w+\s){0,2}$"
    r"|\bhad\s(?:\w+\s)?been\s(?:set|scheduled|planned|due|expected|meant)\s(?:\w+\s){0,2}$"
    r"|\bhad\s(?:\w+\s)?(?:hoped|planned|intended|expected|wanted|meant)\sto\b[^.;,]*$"
    r"|\bnot\s(?:\w+\s)?$|\binstead\sof\s(?:\w+\s)?$|\brather\sthan\s(?:\w+\s)?$"
)

# What a source says of a matter that is still open: nobody has done it yet.
UNDECIDED = (
    r"^(?:but |yet |however, |so far,? |as yet,? )?"
    r"(?:(?:no|neither an?|nothing like an?)\s(?:\w+\s){0,2}?(?:decision|deal|agreement|contract|sale|treaty|order)s?\s"
    r"(?:has|have|had|was|is)\s(?:\w+\s){0,2}?(?:made|taken|reached|signed|struck|placed|completed|concluded|agreed)"
    r"|nothing\s(?:has|had|is|was)\s(?:\w+\s){0,2}?(?:decided|agreed|signed|settled|final)"
    r"|(?:it|that|this|the\s(?:\w+\s){0,2}?\w+)\s(?:remains?|(?:is|was)\sstill)\sundecided)\b"
)

# Before the earlier figure of a toll: "the death toll was lowered to 9 from 12", not "the toll from two bombings".
EARLIER_TOLL = (
    r"\b(?:toll|number\sof\s(?:dead|deaths|victims|injured|wounded|missing|people\s\w+))\b[^.;]*\b(?:rose|risen|"
    r"rises|rising|"
    r"raised|increased|climbed|jumped|grew|up|fell|fallen|dropped|down|lowered|reduced|cut|revised|corrected|"
    r"changed|put)\b"
    r"[^.;]*\bfrom\s(?:\w+\s){0,2}$"
)

# What makes a clause hold only under a condition, wherever in its sentence the condition stands.
CONDITIONS = (
    r"(?<!even\s)(?<!as\s)\b(?:if|unless|provided(?:\sthat)?|providing|assuming|"
    r"on\s(?:the\s)?condition\sthat|(?:as|so)\slong\sas|only\swhen|in\scase|subject\sto|pending|once\s(?:the|a|an|"
    r"its|their|it|they|\w+s?)\s[^.;,]{0,40}?\b(?:is|are|has|have)\b|in\sthe\sevent\sof|contingent\son|"
    r"conditional\son|should\sthe)\b"
)
# Verbs after which "if" opens what is asked or known, and no condition.
ASKING = (
    r"\b(?:ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?|know|knows|knew|see|sees|saw|tell|check(?:s|ed)?|"
    r"decide[sd]?|clear|sure|unclear|say)\s(?:\w+\s)?$"
)
# A part of a whole: "one of the five reactors".
PARTS = (
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+|"
    r"some|several|many|most|few|half|part|parts|none|a\s(?:few|third|quarter|number|majority|minority))\sof\s"
)

# The same as single words, as the parser has them.
IF_WORDS = word_set("if unless provided providing assuming")
PART_WORDS = word_set("""
    one two three four five six seven eight nine ten some several many most few half part parts none third quarter
    majority minority dozens
""")
# Who acts for whose they are ("the bank's board"), and what only counts or names the same ("a group of nurses").
ACTING_FOR = word_set("""
    board office spokesman spokeswoman spokesperson government council management leadership team committee parliament
    ministry department administration cabinet court group number member majority dozen hundred thousand million total
    pair couple series handful crowd rest kind pod herd flock fleet convoy gang band batch string chain
    wave panel range variety amount quantity volume tonne ton litre kilo city town village county state country province
    district island force troop soldier officer official staff crew
""")
# Words above or beside a verb (its lemma) that keep the deed from being done: "plans to build", "would build".
NOT_YET_DONE = word_set("""
    would could may might should must if unless whether provide provided providing assuming plan want wish hope intend
    expect propose consider threaten accuse suspect charge allege try attempt refuse fail decline ask urge order demand
    believe think suppose claim deny schedule set due offer seek prepare promise pledge vow ready likely unlikely doubt
    fear aim
""")
# Behind a noun or adjective they name the same, or those who are so: "the church building", "poor families".
SAME_THING = word_set("""
    building package programme program scheme service operation campaign area site people person family household man
    woman child
""")
# Words above a verb that leave no doubt that it is done: "convicted of taking", "managed to free", "forced to leave".
DONE_ALL_THE_SAME = word_set("""
    convict find guilty jail imprison fine sentence punish blame praise thank honour honor award reward credit criticise
    criticize condemn apologise apologize admit confess acknowledge regret remember recall manage succeed begin start
    continue resume go come get help proceed happen turn prove end keep spend cause make let force lead see hear watch
    feel show know move step rush choose opt decide resolve vote rule agree return famous known responsible involved
    tired proud glad happy busy able be become express 'll 've 'd hire appoint elect name switch send star serve
""")
# Before a gerund they say that it was not done: "voted against closing it", "left without paying".
NOT_DOING = word_set("against without")
# Words of which the deed was not done at all: "declined to approve".
LEFT_UNDONE = NOT_DOING | word_set("refuse fail decline")
# Verbs by which something is settled: what was "voted to close" is told as done.
SETTLING = word_set("vote decide opt choose resolve rule agree")
# What is done to an event that is not to be, and what is said of one that takes place (stems).
UNDOING = word_set("cancel scrap shelv abandon")
TAKING_PLACE = frozenset(("hold", "take place", "proceed", "happen"))
# What is sure to come: "is about to enter" is "will enter".
COMING = word_set("about due set scheduled")
# Words that limit what a sentence says.
LIMITING = word_set("""
    almost nearly some many several few half most part partly only hardly barely scarcely perhaps possibly reportedly
    allegedly alleged suspected former deputy acting fake false not no never none nobody if unless until whether could
    would may might cannot
""")
# Those of them that limit only the words that follow: "almost twice the estimate" limits nothing else.
LIMITING_NEXT = word_set(
    "almost nearly some many several few half most part partly former deputy acting fake suspected"
)
# Words without which the same words say something else: "before the vote", "against the law".
BEARINGS = word_set("""
    before after until since by from to against without over under above below up down for into out off between during
""")
# What two do to each other: who comes first makes no difference.
SYMMETRIC_DEEDS = word_set("meet marry face fight play draw divorce merge agree talk negotiate match resemble border")
# "A links X with Y" is "A links Y with X".
JOINING_DEEDS = word_set("link connect join mix blend merge combine unite pair compare confuse")
# The same, and what only says what somebody is, or may be done by both: who comes first is not compared.
MUTUAL_DEEDS = SYMMETRIC_DEEDS | word_set("join trade discuss be become remain equal")
# What two are to each other: "A is an ally of B" is "B is an ally of A".
MUTUAL_RELATIONS = word_set("""
    ally friend partner neighbour neighbor rival enemy foe opponent brother sister sibling twin cousin relative
    spouse colleague teammate classmate contemporary compatriot counterpart acquaintance companion associate equal
    similar identical close near next adjacent parallel related different opposite same comparable apart
""")
# What stands for somebody who is named beside it.
RELATIVES = word_set("which who whom that")
PRONOUNS = RELATIVES | word_set("it he she they we i you them him her us me this these those")
# What a speaker says it with: the page itself where it is the one that is cited.
OWN_WORDS = word_set("""
    website site page statement release press report study paper post blog account newsletter notice spokesman
    spokeswoman spokesperson spokespeople article bulletin figures data numbers statistics survey poll broadcaster
    newspaper magazine tabloid outlet newsroom
""")
# Nouns that may mean any body: two of them do not show that another speaks.
ANY_SPEAKER = word_set("""
    official authority company firm group agency government office body organisation organization team people source
    expert researcher scientist analyst team side party service leader author study member staff worker institute
    department ministry
""")
# What holds is or remains in one of these.
IN_FORCE = word_set("force effect place office power operation use service")
# Verbs (their lemmas) that report what holds, beside the plain verbs of saying.
REPORTING = word_set("announce report confirm find show reveal disclose declare state acknowledge admit conclude note")

# What opens so, behind a sentence or its colon, says that it is only told, or was only planned, or is corrected.
ONLY_TOLD = (
    r"(?:but\s|or\s)?(?:(?:so|thus)\s(?:says?|said|ran|runs?|reads?|goes|went|claim(?:s|ed)|begins?|began|"
    r"it\s(?:is|was)\s"
    r"(?:said|told|claimed))\b|(?:at\sleast\s)?(?:that|this|such),?\s(?:at\sleast,?\s)?(?:was|is|were)\s"
    r"(?:(?:only|just|merely)\s)?(?:the|a|an|his|her|its|their|what)\s(?:[\w-]+\s)?(?:plan|idea|claim|story|theory|"
    r"rumou?r|law|"
    r"rule|version|promise|hope|intention|headline|aim|dream|pitch|boast|fear|myth|legend|line|gist)\b|"
    r"under\sth(?:at|is)\stitle\b"
    r"|or\srather\b|in\sthe\simagination\b|th(?:is|at)\s(?:sentence|line|passage|claim|story|version|headline)\b"
    r"|(?:none|little|nothing|not\s(?:all|much|any|one\sword))\sof\s(?:this|that|it|these|those|which)\b)"
)
# Behind these words a sentence ends, or what is told follows: "it was invented", "a false report", not "a false door".
_OF_WHAT_IS_TOLD = (
    r"(?=\W*$|\s?[.,;:?!\"”)]|\s(?:from|for)\b|\s(?:(?:the|this|that|an?|all)\s)?(?:\w+\s)?(?:it|these|those|claims?|"
    r"reports?|rumou?rs?|allegations?|accusations?|stor(?:y|ies)|news\w*|headlines?|posts?|quot\w+|versions?|facts?|"
    r"information|messages?|statement|beliefs?|ideas?|notions?|theor(?:y|ies)|letters?|e-?mails?|memos?|tweets?|"
    r"screenshots?|videos?|pages?|articles?|interviews?|recordings?)\b)"
)
# A sentence with one of these may correct the one before it.
CORRECTING = (
    r"\b(?:in\s(?:fact|truth|reality)|in\sactual\sfact|the\s(?:truth|(?:true|real|actual)\s(?:\w+\s)?(?:is|was|are|"
    r"were))|"
    r"(?:its|his|her|their)\s(?:true|real|actual)\s(?!names?\b|estate\b)\w+|(?:this|our)\s(?:mistake|error)|"
    r"mistakenly|in\serror|"
    r"(?<!of\s)correction|no\sbasis|den(?:y|ies|ied)\s(?:it|this|that|these|those|the\s(?:reports?|claims?|"
    r"rumou?rs?|stor(?:y|ies)|allegations?))|"
    r"(?:did|does|was|is|were|are|has|have|had)\sneither|made\s(?:it\s|this\s|that\s)?up(?!\s(?:of|for|\d))|lied|"
    r"hoax|prank|"
    r"farce|as\s(?:[\w'-]+\s){1,4}?defines?|within\sthe\smeaning\sof|for\sthe\spurposes\sof)\b"
    rf"|\binvented\b{_OF_WHAT_IS_TOLD}"
    r"|[\"”’'](?:\s\w+){0,4}\smeans?\b"
)
# A sentence with one of these says of the next that it is made up, or no longer holds.
MADE_UP = (
    r"\b(?:april\sfool\w*|hoax(?:es)?|satir\w+|parody|myths?|fictional|untrue|"
    r"falsehoods?|misconceptions?|(?:got|get|gets)\swrong|only\sa\s(?:test|drill|game|joke)|"
    r"under\sthe\s(?:old|previous|former)\s\w+)\b"
    rf"|\b(?:invented|fabricated|forged|forgery|fakes?|false)\b{_OF_WHAT_IS_TOLD}"
    r"|\b(?:is|are|was|were|be|been)\s(?:all\s|\w+ly\s)?(?:fabricated|forged|fakes?|false)\b"
)

# Beside a claim's words these give them as somebody's belief, charge or plan, undo them, or limit them to a case.
UNASSERTED = (
    r"\b(?:alleg(?:e|es|ed|ing|edly)|believ(?:e|es|ed)|suspect(?:s|ed)?|suggest(?:s|ed)?|predict(?:s|ed)?|think|"
    r"thinks|thought|assum(?:e|es|ed)|fear(?:s|ed)?|had\s(?:\w+\s)?(?:planned|promised|hoped|said|wanted|intended|"
    r"meant)|dream(?:s|ed|t|ing)?|imagin(?:e|es|ed|ing)|wrongly|mistakenly|perhaps|maybe|possibly|"
    r"unconfirmed|gossip|tabloids?|hoax|posters?|leaflets?|brochures?|posts?|jok(?:e|ed|ing|ingly)|jest|satir\w+|"
    r"prosecut(?:ors?|ion)|indictments?|lawsuits?|complaints?|complained|plaintiffs?|charge\ssheet|"
    r"counts?\b.{0,20}\bden(?:y|ies|ied)|charges|claim(?:s|ed)?|(?:court|tribunal|jury|inquest|inquiry)\s(?:heard|"
    r"will\shear|was\s(?:told|asked))|only\s(?:for|to)\b|correct(?:ing|ed)|revising|reading\s(?:from|out)|quoting|"
    r"imitating|sketch|relative\sto|subgroup|in\sa\smodel|in\s(?:the|an?|[\w']+\s)?(?:\w+'s\s)?(?:drill|exercise|"
    r"simulation|scenario)|computer\sgame|that\sran|by\s(?:one|some)\s(?:count|estimate|account)s?|down\sto\schance|"
    r"statistically|since\s(?:dropped|withdrawn|abandoned|overturned|been)|by\sthen|stripped|a\splan\b|option|"
    r"probability|slip\sof|trends?|at\sleast\son\spaper|unsaid|warned?|warns|rivals?|critics|opponents|campaigners|"
    r"activists|recalled\sdreaming|according\sto\sthe\s(?:union|opposition|defence|defense)|at\s(?:most|worst|best)|"
    r"give\sor\stake|on\spaper|or\sso\b|threw\sout|thrown\sout|minus|of\swhich|that\sis|by\smistake|film's|video\sgame|the\sstory\sgoes|in\sthe\s(?:\w+\s)?(?:play|film|series|novel|drama)|apologi[sz]e|"
    r"computer|under-\d+|lifted\sthe|no\slonger|not\syet)\b|^(?:not|never)\b|^(?:but|yet)\s(?:\w+ly\s)?(?:was|were|"
    r"is|are|has|had|did|does|no|not|never|then|later|lost|failed)\b"
)
