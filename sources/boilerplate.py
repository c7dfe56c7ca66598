"""Tables for `body`: what stands in an article's body and is not the article.

Gathered from the development pages of Zyte's article-extraction benchmark and from the markup that news
sites are known to use; every entry is about the publisher's own furniture, never about a topic.
"""

from __future__ import annotations

import re

# Elements taken out before the text is looked for: hidden ones, tooltips, captions, share bars, sign-up boxes.
# Each word is looked for between the separators of class names and ids ("rollover-people-block").
CLASS_WORDS = (
    "rollover", "tooltip", "popover", "popup", "modal", "screen-reader-text", "visually-hidden", "visuallyhidden",
    "sr-only", "newsletter", "newsletter-signup", "sharebar", "share-bar", "share-tools", "social-share",
    "related-articles", "related-content", "related-links", "relatedlinks", "related-stories", "related-posts",
    "recommended", "read-more-box", "read-next", "most-read", "trending", "outbrain", "taboola", "disqus",
    "comments", "comment-list", "commentlist", "cookie-banner", "cookie-consent", "consent-banner", "paywall-prompt",
    "regwall", "subscription-prompt", "ad-container", "advertisement", "adslot", "ad-slot", "promo-box",
    "references", "reflist", "footnotes", "bibliography", "image-credit", "photo-credit", "wp-caption-text",
    "img-caption",
)  # fmt: skip

# A whole paragraph, heading or item that begins so is furniture. Matched against its text without blanks around.
PARAGRAPHS = re.compile(
    r"(?:read (?:more|also|next|on|the full)|see (?:also|more)|also read|more (?:on this|from|about|stories)|related"
    r"(?: stories| articles| coverage| content)?|don[’']t miss|must read|recommended|watch(?: now| live| more)?|"
    r"click here|sign up|subscribe|join (?:our|us)|follow (?:us|him|her|them)|get the latest|download (?:our|the) app|"
    r"most read|editor[’']s picks?|trending|advertisement|sponsored|story continues below|continue reading|"
    r"this (?:article|story) (?:was|is) (?:originally )?published|share this|order reprints|print article|"
    r"this copy is for your personal|have a tip\?|got a tip\?|leia (?:mais|também)|lire aussi|lesen sie auch|mehr zum thema|"
    r"lea también|leggi anche|lees ook|читайте также|читайте також|tell us what you think|comments?$)\s*(?::|…|\.\.\.|\b)",
    re.IGNORECASE,
)
# Of those, furniture whatever stands after them; the others only where the paragraph is a link or short.
ALWAYS = re.compile(
    r"(?:order reprints|print article|this copy is for your personal|advertisement$|story continues below|"
    r"click here to get|have a tip\?|got a tip\?|tell us what you think|sign up (?:for|to|now|today|here)|subscribe (?:to|now|today|here)|"
    r"get the latest updates|download (?:our|the) app|follow (?:us|him|her|them) on|join our)",
    re.IGNORECASE,
)
SHORT = 90  # characters of such a paragraph; tuned on the development pages

# A heading after which everything up to the next heading is not the article.
SECTIONS = re.compile(
    r"(?:related(?: stories| articles| links| topics| content| coverage| news| posts)?|more (?:from|on|about|in) .{1,60}|more stories|read (?:more|next)|"
    r"most (?:read|popular|viewed)|trending(?: now)?|recommended(?: for you| stories| reading)?|you (?:may|might) also (?:like|be interested in)|"
    r"comments?|\d+ comments?|leave a (?:comment|reply)|references|bibliography|footnotes|further reading|external links|see also|"
    r"works cited|sources and notes|notes and references|literatur|einzelnachweise|weblinks|quellen|about the authors?|share this(?: article)?|"
    r"don[’']t miss|editor[’']s picks?|latest (?:news|stories)|top stories|newsletter|sign up.{0,60}|subscribe.{0,60})\s*:?",
    re.IGNORECASE,
)
