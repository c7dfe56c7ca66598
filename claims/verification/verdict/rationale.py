"""Explains a verdict in one or two sentences."""

from __future__ import annotations

from collections.abc import Sequence

from claims.addresses import linkable_address, site
from claims.glossary import OBSTACLES, as_sentence
from claims.naming import cited_name, clock_time, quoted
from claims.records import Page, QuoteFinding, QuoteGrade, Reading, Reason, Source, Via
from claims.verification.weighing.page_view import SUPPORTS, Outcome, View

# How many phrases are named of those that a page does not seem to say.
_NAMED = 4
_QUOTES = {
    QuoteGrade.VERBATIM: "The quotation appears there word for word.",
    QuoteGrade.TRIVIAL_EDIT: "The quotation appears there, except for punctuation, capitals or spelling.",
    QuoteGrade.TRUNCATED: "The quotation is shortened in a way that may change its meaning.",
    QuoteGrade.SPLICED: "The quotation joins words from different places.",
    QuoteGrade.PARAPHRASE_IN_QUOTES: "The words in quotation marks are not the source's",
    QuoteGrade.TRANSLATION_VARIANT: "The words differ like two translations of one statement.",
    QuoteGrade.NOT_FOUND: "The words in quotation marks do not appear in the source.",
}


def named(page: Page | None, source: Source | None = None) -> str:
    """What an editor calls the source: the site of its page, or as a list of sources names it.

    A page that a person attached is said to be one, because nobody has seen what its site says.
    """
    address = (page.final_url or page.url or "") if page else ""
    host = site(address)
    cited = cited_name(source.citation) if source else ""
    if page is not None and source is not None and source.capture is not None and source.capture.via is Via.MANUAL:
        return f"{cited or host or 'the source'} (attached page)"
    original = (source.citation.url or "").partition("//")[2] if source else ""
    if original and original in address and site(source.citation.url if source else None) != host:
        return f"{site(source.citation.url if source else None)} (archived copy)"
    return host or cited or (page.outlet if page else None) or "the source"


def of_view(view: View) -> str:
    """What one page says of the claim."""
    who = named(view.reading.page, view.reading.source)
    writers = {
        Outcome.SUPPORTS: _supports,
        Outcome.PARTLY: _partly,
        Outcome.REFUTES: _refutes,
        Outcome.MISATTRIBUTES: _misattributes,
        Outcome.SILENT: _says_nothing,
    }
    return writers[view.outcome](who, view)


def of_hop(cited: View, reading: Reading, view: View | None) -> str:
    """What a cited page relies on itself, and what that one says; ``view`` is None if it could not be read."""
    source, page = reading.source, reading.page
    citation = source.citation
    whom = citation.text if citation.outlet and not citation.url and citation.text else named(page, source)
    address = linkable_address(page.final_url or page.url if page else None) or citation.url
    start = f"{named(cited.reading.page, cited.reading.source)} itself relies on {whom} for it"
    if view is None and source.reason is Reason.UNRESOLVED and not address:
        return f"{start}, and no address was found for that."
    start += f" ({address}), which" if address else ", which"
    if view is None:
        return f"{start} could not be read: {OBSTACLES[source.reason or Reason.UNRESOLVED].meaning}."
    findings = view.judgment.findings if view.judgment else ()
    silent = "was read and does not mention it."
    if page is not None and page.partial is not None:
        silent = f"could only be read in part ({OBSTACLES[page.partial].meaning}), and that part does not mention it."
    agreed = f"{_may_say(view)} so{' too' if cited.outcome is Outcome.SUPPORTS else ''}."
    quote = view.judgment.quote if view.judgment else None
    unlike = quote is not None and quote.grade not in (QuoteGrade.VERBATIM, QuoteGrade.TRIVIAL_EDIT)
    says = {
        Outcome.SUPPORTS: " ".join(filter(None, (agreed, _quote_sentence(view) if unlike else ""))),
        Outcome.PARTLY: f"says part of it: {_shortened_passage(view)}.",
        Outcome.REFUTES: f"says otherwise{f'; {findings[0]}' if findings else ''}: {_shortened_passage(view)}.",
        Outcome.MISATTRIBUTES: f"attributes these words to {view.speaker}: {_shortened_passage(view)}.",
        Outcome.SILENT: silent,
    }
    same = view.outcome is cited.outcome and view.outcome in (Outcome.REFUTES, Outcome.MISATTRIBUTES)
    return f"{start} says the same: {_shortened_passage(view)}." if same else f"{start} {says[view.outcome]}"


def unavailable(sources: Sequence[tuple[str, Reason, str]]) -> str:
    """Which sources could not be read, and what to do: (name, reason, which services gave no answer about it)."""
    return " ".join(f"{name} {_why_unread(reason, unasked)}." for name, reason, unasked in sources)


def _why_unread(reason: Reason, unasked: str) -> str:
    obstacle = OBSTACLES[reason]
    if not unasked:
        return obstacle.rationale
    if reason is Reason.UNREACHABLE:
        return f"could not be searched for: {unasked}; {obstacle.remedy}"
    return f"{obstacle.rationale} (failed requests: {unasked})"


def _supports(who: str, view: View) -> str:
    start = f"{who} {_may_say(view)} so: {_shortened_passage(view)}"
    return " ".join(filter(None, (start, _quote_sentence(view), *map(as_sentence, view.doubts))))


def _may_say(view: View) -> str:
    """The verb for a page that supports: it "may say" what it is only likelier to say than to be silent about."""
    return "says" if view.probability >= SUPPORTS else "may say"


def _partly(who: str, view: View) -> str:
    lack = f"not found there: {', '.join(view.missing)}" if view.missing else "not all of it"
    start = f"{who} says part of it ({lack}): {_shortened_passage(view)}"
    if view.doubts and not view.missing:
        start = f"{who} contains the words, but may not say it: {_shortened_passage(view)}"
    quote = view.judgment.quote if view.judgment else None
    if quote is not None and quote.grade not in (QuoteGrade.VERBATIM, QuoteGrade.TRIVIAL_EDIT):
        start = f"{who} says it, but not as quoted: {_shortened_passage(view)}"
    return " ".join(filter(None, (start, _unsaid_words(view), _quote_sentence(view), *map(as_sentence, view.doubts))))


def _refutes(who: str, view: View) -> str:
    findings = view.judgment.findings if view.judgment else ()
    why = f"; {findings[0]}" if findings else ""
    start = f"{who} says otherwise{why}: {_shortened_passage(view)}"
    return " ".join(filter(None, (start, _quote_sentence(view), *map(as_sentence, view.doubts))))


def _misattributes(who: str, view: View) -> str:
    return f"{who} attributes these words to {view.speaker}: {_shortened_passage(view)}"


def _says_nothing(who: str, view: View) -> str:
    lack = f" Not found there: {', '.join(view.missing)}." if view.missing else ""
    outcome = "was read, but nothing was found in it" if view.abstained else "was read and does not mention it"
    return " ".join(filter(None, (f"{who} {outcome}.{lack}", _unsaid_words(view), *map(as_sentence, view.doubts))))


def _unsaid_words(view: View) -> str:
    """The words that the judge marks; none where words of the claim are certainly not there, which are named first."""
    phrases = view.unsaid.phrases
    if view.missing or not phrases:
        return ""
    more = ", …" if len(phrases) > _NAMED else ""
    return f"It does not seem to say: {', '.join(f'“{phrase}”' for phrase in phrases[:_NAMED])}{more}."


def _shortened_passage(view: View) -> str:
    """The deciding passage, cut at a word after about 200 characters."""
    text = " ".join(view.evidence[0].passage.text.split()) if view.evidence else ""
    return quoted(text if len(text) <= 200 else f"{text[:200].rsplit(' ', 1)[0]} …")


def _quote_sentence(view: View) -> str:
    quote = view.judgment.quote if view.judgment else None
    if quote is None:
        return ""
    sentence = _QUOTES[quote.grade]
    if quote.grade is QuoteGrade.PARAPHRASE_IN_QUOTES:
        sentence = f"{sentence}: {exchanged_words(quote)}."
    return (
        sentence if quote.second is None else f"{sentence} It is spoken at {clock_time(quote.second)} of the recording."
    )


def exchanged_words(quote: QuoteFinding) -> str:
    """The exchanged words of a quotation: 'the article has "fought", the source "fight"'."""
    ours = " … ".join(run for kind, run in quote.diff if kind == "-")
    theirs = " … ".join(run for kind, run in quote.diff if kind == "+")
    if ours and theirs:
        return f"the article has “{ours}”, the source “{theirs}”"
    return f"the article adds “{ours}”" if ours else f"the article leaves out “{theirs}”"
