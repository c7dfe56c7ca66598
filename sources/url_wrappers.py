"""Tables for `urls`: wrappers and parameters of an address that do not identify the page."""

from __future__ import annotations

# Query parameters that only tell the publisher where a reader came from, in lower case. Left alone on
# purpose: `st` (The Wall Street Journal) and `unlocked_article_code` (The New York Times), which open a page
# that is closed without them.
TRACKING = frozenset({
    "_ga", "_gl", "_hsenc", "_hsmi", "__twitter_impression", "__source", "amp_js_v", "campaign_id", "cmp",
    "cmpid", "cmp_id", "cvid", "dclid", "ei", "emc", "fbclid", "feature", "ftag", "ftcamp", "gclid", "gbraid",
    "wbraid", "guccounter", "icid", "igsh", "igshid", "instance_id", "intcid", "intcmp", "ito", "leadsource",
    "mbid", "mc_cid", "mc_eid", "mkt_tok", "mod", "msclkid", "nl", "ocid", "partner", "regi_id", "ref_src",
    "ref_url", "referringsource", "reflink", "rss_id", "s_cid", "segment_id", "share", "share_id", "smid",
    "smtyp", "sr_share", "sref", "srnd", "taid", "te", "twclid", "usqp", "user_id", "vero_id", "wickedid",
    "wt_mc", "xtor", "yclid",
})  # fmt: skip
TRACKING_PREFIXES = ("utm_", "at_", "ns_", "mtm_", "pk_", "guce_", "hsa_", "oly_", "trk_")

# Values of the query that ask for the AMP or the print form of a page, by key.
AMP_QUERY = {"amp": {"", "1", "true"}, "outputtype": {"amp", "valid"}, "m": {"1"}, "view": {"amp"}}

# Redirect services: host -> path prefix -> query parameters that hold the address.
REDIRECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "google.com": ("/url", ("q", "url")),
    "googleadservices.com": ("/pagead/aclk", ("adurl",)),
    "facebook.com": ("/l.php", ("u",)),
    "l.facebook.com": ("/l.php", ("u",)),
    "lm.facebook.com": ("/l.php", ("u",)),
    "l.instagram.com": ("/", ("u",)),
    "l.threads.com": ("/", ("u",)),
    "out.reddit.com": ("/", ("url",)),
    "duckduckgo.com": ("/l/", ("uddg",)),
    "youtube.com": ("/redirect", ("q",)),
    "vk.com": ("/away.php", ("to",)),
    "t.umblr.com": ("/redirect", ("z",)),
    "slack-redir.net": ("/link", ("url",)),
    "linkedin.com": ("/redir/redirect", ("url",)),
    "steamcommunity.com": ("/linkfilter", ("url", "u")),
    "getpocket.com": ("/redirect", ("url",)),
    "flipboard.com": ("/redirect", ("url",)),
    "exit.sc": ("/", ("url",)),
    "safelinks.protection.outlook.com": ("/", ("url",)),
    "urldefense.proofpoint.com": ("/v2/url", ("u",)),
    "news.url.google.com": ("/url", ("url",)),
    "r.search.yahoo.com": ("/", ("RU",)),
    "go.redirectingat.com": ("/", ("url",)),
    "click.linksynergy.com": ("/deeplink", ("murl",)),
    "anrdoezrs.net": ("/links", ("url",)),
    "viglink.com": ("/", ("u",)),
    "redirect.viglink.com": ("/", ("u",)),
}

# Hosts whose whole query is the address (https://href.li/?https://...).
BARE_REDIRECTS = frozenset({"href.li", "anonym.to", "anon.to", "nullrefer.com", "dereferer.me", "hidereferrer.com"})

# Labels that begin the host of a page's mobile, AMP or print twin.
TWIN_LABELS = frozenset({"m", "mobile", "amp", "wap", "touch", "mobil", "print"})
# Hosts that are no twin although they begin so.
NO_TWINS = frozenset({"m.media-amazon.com", "amp.dev", "m.me", "mobile.de"})

_SHORTENING_ARCHIVES = frozenset({
    "archive.ph", "archive.is", "archive.today", "archive.li", "archive.vn", "archive.md", "archive.fo", "perma.cc",
    "webcitation.org",
})  # fmt: skip
# Public web archives: the address of the page stands in the path.
ARCHIVE_HOSTS = _SHORTENING_ARCHIVES | {
    "web.archive.org", "archive.org", "arquivo.pt", "webarchive.org.uk", "swap.stanford.edu",
}  # fmt: skip
# Those that keep nothing but copies, also under an address that does not tell of which page ("perma.cc/A1-B2").
ONLY_COPIES = _SHORTENING_ARCHIVES | {"ghostarchive.org"}
