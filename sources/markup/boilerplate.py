"""Patterns for `body`: text inside an article's body that is not part of the article.

Collected from the development pages of Zyte's article-extraction benchmark and from common markup of news sites; every
entry describes elements of the publisher's site, never a topic.
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
    "img-caption", "image-caption", "photo-caption", "caption-credit", "media-credit", "noprint", "inline-template",
)  # fmt: skip


# Names of boxes that are laid over a page to ask something: consent tools, and what sites call their own.
DIALOGUE_NAMES = re.compile(
    r"consent|cookie|gdpr|ccpa|\bcmp\b|cmpbox|onetrust|didomi|qc-cmp|sp_message|usercentrics|truste|privacy"
    r"|overlay|modal|popup|dialog|banner|feedback|survey",
    re.IGNORECASE,
)


def _any_pattern(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# A paragraph, heading or item that begins so is furniture where it is mostly a link, or short and no sentence.
PARAGRAPHS = _any_pattern(
    r"(?:read (?:more|also|next|on|the full)|see (?:also|more)|also read|more (?:on this|from|about|stories))\b",
    r"(?:related(?: stories| articles| coverage| content)?|don[’']t miss|must read|recommended)\s*(?::|…|\b)",
    r"(?:watch(?: now| live| more)?|click here|sign up|subscribe|join (?:our|us)|follow (?:us|him|her|them))\b",
    r"(?:get the latest|download (?:our|the) app|most read|editor[’']s picks?|trending|advertisement|sponsored)\b",
    r"(?:story continues below|continue reading|share this|order reprints|print article|comments?$)",
    r"this (?:article|story) (?:was|is) (?:originally )?published\b",
    r"(?:leia (?:mais|também)|lire aussi|lesen sie auch|mehr zum thema|lea también|leggi anche|lees ook)\b",
    r"(?:читайте также|читайте також)\b",
)
# Furniture whatever stands after it.
ALWAYS = _any_pattern(
    r"order reprints|print article$|this copy is for your personal|advertisement$|story continues below",
    r"click here to (?:get|subscribe|sign up)|(?:have|got) a tip\?|tell us what you think",
    r"(?:sign up|subscribe)(?: (?:for|to|now|today|here))* (?:to )?(?:our|the|this|for|here|now|free)\b",
    r"get the latest updates|download (?:our|the) app|follow (?:us|him|her|them) on|join our",
    r"(?:this article has been sent to|an error has occurred, please try again|copyright ?©)",
)
SHORT = 90  # characters: the sign-ups and teaser lines seen on the development pages stay below; not swept

# Headings after which links and short lines are teasers, until running text goes on.
TEASERS = _any_pattern(
    r"related(?: stories| articles| links| topics| content| coverage| news| posts)?",
    r"more (?:from|on|about|in) .{1,60}|more stories|read (?:more|next)|most (?:read|popular|viewed)",
    r"trending(?: now)?|recommended(?: for you| stories| reading)?|editor[’']s picks?|(?:latest|top) (?:news|stories)",
    r"you (?:may|might) also (?:like|be interested in)|don[’']t miss|share this(?: article)?|newsletter",
    r"(?:sign up|subscribe).{0,60}",
)
# Headings after which nothing is the article until the next heading.
ENDINGS = _any_pattern(
    r"comments?|\d+ comments?|leave a (?:comment|reply)|references|bibliography|footnotes|further reading",
    r"external links|works cited|sources and notes|notes and references|literatur|einzelnachweise|weblinks",
    r"quellen|about the authors?|see also",
)
