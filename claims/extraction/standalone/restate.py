"""Rewrites a claim as a standalone statement: who "he" is, which city, which Monday, and whose words.

Anything that cannot be resolved is left unchanged and listed in the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from claims.extraction.coreference import pronouns
from claims.extraction.coreference.antecedents import later_subject, precedes_sayer, report_over
from claims.extraction.coreference.certainty import Answer
from claims.extraction.coreference.pointing import pointing
from claims.extraction.coreference.pronouns import antecedent_in, empty, open_reason, own_nouns, third_person, tied
from claims.extraction.coreference.referents import Referents
from claims.extraction.splitting.parts import Part, Word
from claims.extraction.standalone import day_glosses, lead_ins
from claims.extraction.standalone.differences import Note, Restated
from claims.extraction.standalone.proposals import may_be_two, named_in, proposed
from claims.extraction.standalone.saying import asserts, inside, plain_cue, unframed
from claims.extraction.standalone.wording import Changes, as_case, bare, finished, joined
from claims.extraction.text.dates import RELATIVE, resolved
from claims.extraction.text.document import Document, char_span
from claims.extraction.text.quotations import Stretches
from claims.glossary import with_capital
from claims.lexicon.pointers import ABSTRACT, BODIES, GROUPS, HE, PLACES, SHE, THIRD
from claims.records import UNSETTLED, Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_THE = ("the", "that", "this")
_NAMING = frozenset({"NOUN", "PROPN", "PRON"})


class Restater:
    """Rewrites the parts of one document, in reading order."""

    def __init__(
        self,
        document: Document,
        attributions: Sequence[Attribution],
        quoted: Sequence[Span],
        published: date | None,
        referents: Referents,
    ) -> None:
        self._document = document
        self._quotes = Stretches(quoted)
        self._published = published
        self._speakers: Mapping[Span, str] = {
            span: attribution.speaker
            for attribution in attributions
            if attribution.speaker and len(attribution.source_spans) == 1
            for span in attribution.source_spans
        }
        self._referents = referents
        referents.hear((span, a.speaker) for a in attributions if a.speaker for span in a.content_spans)
        self._speaker_ends: dict[int, list[int]] = {}
        for start, end in self._speakers:
            self._speaker_ends.setdefault(start, []).append(end)
        self._before: Part | None = None

    def restate(self, part: Part, attribution: Attribution | None = None) -> Restated:
        """The part as a complete sentence; ``attribution`` is the attribution whose cue is in it."""
        changes = self._changes(part)
        self._before = part
        free = unframed(part, attribution) if attribution is not None else None
        if free is None or self._loses(free, part, changes):
            free = part.line
        return Restated(
            statement=finished(joined(part.line, changes)),
            asked=finished(joined(lead_ins.untitled(free), changes, shown=False)),
            reasons=tuple(changes.reasons),
            notes=tuple(changes.notes),
        )

    def left_open(self, part: Part) -> tuple[str, ...]:
        """The pronouns, other than "he" and "she", and the days that a part would leave open on its own."""
        words = [word for word in part.line if not isinstance(word, str) and third_person(word)]
        others = {open_reason(word) for word in words if word.lower_ in HE | SHE or report_over(word) is not None}
        reasons = (reason for reason in self._changes(part).reasons if not reason.startswith("which "))
        return tuple(reason for reason in reasons if reason not in others)

    def quotation(self, part: Part, attribution: Attribution, words: str) -> Restated:
        """A quotation as "Speaker cue: words"; a pronoun in it is explained in brackets, as editors do."""
        changes = Changes()
        for token in part.tokens:
            if token.lower_ in HE | SHE and self._in_quotes(token) and not empty(token):
                name = self._referents.answer(token).name
                before = [other for other in part.tokens if other.i < token.i and self._in_quotes(other)]
                if antecedent_in(token, before):
                    continue
                if name is None:
                    changes.reasons.append(open_reason(token))
                elif not named_in(name, words):
                    self._explain(token, name, changes)
        inner = [token for token in part.tokens if self._in_quotes(token)]
        quote = f"“{bare(joined(inner, changes) if changes.after and inner else words)}”"
        self._before = part
        content = [
            token for token in part.sentence.tokens if inside(token, attribution.content_spans) and not token.is_space
        ]
        restated = Restated(statement=quote, asked=quote, reasons=tuple(changes.reasons), notes=tuple(changes.notes))
        return self._behind_lead(part, attribution, restated, content)

    def led(self, part: Part, attribution: Attribution, restated: Restated) -> Restated:
        """A restated part with who says it before it, where the part itself does not tell."""
        words = [word for word in part.line if not isinstance(word, str)]
        return self._behind_lead(part, attribution, restated, words)

    def _behind_lead(self, part: Part, attribution: Attribution, words: Restated, tokens: Sequence[Token]) -> Restated:
        """Words with who says them before them; asked without, where they stand as a statement that was only said."""
        changes = Changes()
        lead = self._lead(part, attribution, changes)
        start = part.spans[0][0] if part.spans else 0
        note = Note(span=(start, start), now=lead, reason="who says it is told elsewhere in the article")
        suggested = [replace(suggestion, span=(start, start)) for suggestion in changes.notes if not suggestion.sure]
        free = asserts(tokens) and plain_cue(attribution, self._document)
        asked_lead = with_capital(self._lead(part, attribution, Changes(), shown=False))
        return Restated(
            statement=f"{with_capital(lead)}: {words.statement}",
            asked=words.asked if free else f"{asked_lead}: {words.asked}",
            reasons=(*words.reasons, *changes.reasons),
            notes=(*words.notes, *changes.notes, *suggested, note),
        )

    def named(self, token: Token) -> str | None:
        """The name to which a noun or pronoun refers in the article, if it is certain."""
        return self._referents.name(token)

    def _lead(self, part: Part, attribution: Attribution, changes: Changes, *, shown: bool = True) -> str:
        speaker = (attribution.speaker or "Somebody not named").replace(" - ", "-")
        cue = lead_ins.spoken(attribution.cue)
        source = self._document.words(attribution.source_spans[0]) if attribution.source_spans else ""
        if attribution.speaker is None:
            speaker = self._open_speaker(attribution, changes, shown=shown) or speaker
        elif lead_ins.renders(source) and not source.lower().endswith(speaker.lower()):
            cue = f"said ({lead_ins.small(source)})"
        elif source and lead_ins.is_description(speaker, source):
            speaker = lead_ins.described(source)
        of = lead_ins.topic_of_saying(part, attribution, self._document)
        if to_whom := lead_ins.addressee(part, attribution, self._document, self._quotes):
            cue = attribution.cue.strip()
        day = self._spoken_on(part, attribution, changes, shown=shown)
        return f"{speaker} {cue}{to_whom}{of}{day}{lead_ins.occasion(part, attribution, self._document)}"

    def _open_speaker(self, attribution: Attribution, changes: Changes, *, shown: bool) -> str:
        """The words for a speaker who is not known for certain, with a suggestion behind a pronoun."""
        source = " ".join(self._document.words(span) for span in attribution.source_spans)
        sentence = self._document.sentence_at(attribution.source_spans[0][0]) if attribution.source_spans else None
        tokens = sentence.tokens if sentence is not None else ()
        token = next((candidate for candidate in tokens if char_span(candidate) == attribution.source_spans[0]), None)
        if token is None or not third_person(token):
            return source
        changes.reasons.append(f"who “{source}” is {UNSETTLED}")
        if (answer := self._referents.answer(token)).name is None or answer.doubted:
            return source
        self._suggest(token, answer.name, changes)
        return source + (changes.shown[tied(token)] if shown else "")

    def _spoken_on(self, part: Part, attribution: Attribution, changes: Changes, *, shown: bool) -> str:
        """The day on which something was said, with its date."""
        outside = (
            token for token in part.tokens if not self._in_quotes(token) and not inside(token, attribution.source_spans)
        )
        days = (token for token in outside if day_glosses.opens_date(token))
        if (day := next((token for token in days if lead_ins.is_of_saying(token, attribution)), None)) is None:
            return ""
        words, _ = day_glosses.entity_words(day)
        date = resolved(words, self._published) if self._published else None
        if not date and RELATIVE.search(words):
            changes.reasons.append(day_glosses.undated(words, self._published))
        elif not date:
            return ""
        return f" {lead_ins.small(words)}{f' ({date})' if date and shown else ''}"

    def _changes(self, part: Part) -> Changes:
        changes = Changes()
        seen: list[Token] = []
        self._roles(part, changes)
        for word in part.line:
            if isinstance(word, str):
                continue
            if third_person(word):
                self._pronoun(word, seen, part, changes)
            elif word.lower_ in PLACES or word.lower_ in GROUPS or word.lower_ in BODIES:
                self._definite(word, seen, changes)
            elif word.lower_ in ABSTRACT:
                self._demonstrative(word, changes)
            elif pointing(word, seen) and not self._in_quotes(word):
                changes.reasons.append(f"what “{word.text}” is {UNSETTLED}")
            elif day_glosses.opens_date(word):
                self._date(word, seen, changes)
            seen.append(word)
        return changes

    def _roles(self, part: Part, changes: Changes) -> None:
        """As in "The Russian leader": whoever that was found to be is named beside it."""
        solid = [word for word in part.line if not isinstance(word, str)]
        words = "".join(word.text_with_ws for word in solid)
        ends = {char_span(word)[1]: word for word in solid}
        for word in solid:
            for end in self._speaker_ends.get(char_span(word)[0], ()):
                name = self._speakers[(char_span(word)[0], end)]
                if end in ends and word.lower_ == "the" and not named_in(name, words):
                    whole = self._document.words((char_span(word)[0], end))
                    changes.add(ends[end], f"({name})", f"“{whole}” means {name}")

    def _loses(self, remaining: Sequence[Word], part: Part, changes: Changes) -> bool:
        """Whether a pronoun among words that are kept means somebody who is named only in those left out."""
        solid = [word for word in part.line if not isinstance(word, str)]
        inside = {word.i for word in remaining if not isinstance(word, str)}
        kept = (word for word in solid if word.i in inside and word.lower_ in THIRD and word.i not in changes.instead)
        for word in (word for word in kept if not (empty(word) or self._in_quotes(word))):
            before = [other for other in solid if other.i < word.i]
            left_out = [other for other in before if other.i not in inside and other.pos_ in _NAMING]
            if left_out and not antecedent_in(word, [other for other in before if other.i in inside]):
                return True
        return False

    def _pronoun(self, token: Token, seen: list[Token], part: Part, changes: Changes) -> None:
        if empty(token) or pronouns.fixed(token):
            return
        answer = self._referents.answer(token)
        outside = seen if self._in_quotes(token) else [other for other in seen if not self._in_quotes(other)]
        if self._told_here(token, answer, outside, part):  # "“Nobody will,” she said": she is not nobody
            return
        name = (self._speakers.get(char_span(token)) if answer.sure else None) or answer.name
        said_before = " ".join(changes.instead.get(other.i, other.text) for other in seen)
        if answer.sure and name is not None and named_in(name, said_before):
            return
        if name is None or not answer.sure:
            changes.reasons.append(open_reason(token))
            if name is not None and not answer.doubted and not named_in(name, said_before):
                self._suggest(token, name, changes)
        elif self._in_quotes(token):
            self._explain(token, name, changes)
        else:
            self._replace(token, name, changes)

    def _told_here(self, token: Token, answer: Answer, seen: Sequence[Token], part: Part) -> bool:
        """Whether the claim's own words hold who is meant, and leave out nobody else whom its sentence names."""
        if token.lower_ not in HE | SHE:
            # "The ministry denies the claims, saying they are false": a noun that was cut off may be meant as well.
            rest = part.left_out_before(token) if token.dep_ != "poss" else []
            return antecedent_in(token, own_nouns(token, seen, part.tokens)) and not antecedent_in(token, rest)
        solid = [word for word in part.line if not isinstance(word, str)]
        own = " ".join(word.text for word in solid)
        if answer.name is None and answer.plausible:
            all_here = all(named_in(name, own) for name in answer.plausible)
            near = solid if later_subject(token) is not None else seen
            return all_here and antecedent_in(token, near) and not may_be_two(token, answer, seen)
        if answer.name is None or not named_in(answer.name, own):
            is_told = answer.name is None and antecedent_in(token, seen) and not may_be_two(token, answer, seen)
            return is_told and not antecedent_in(token, part.left_out_before(token))
        if precedes_sayer(token) or may_be_two(token, answer, seen) or pronouns.described_before(token):
            return answer.sure
        named_here = (name for name in answer.plausible if named_in(name, part.sentence.tokens.text))
        return all(named_in(name, own) for name in named_here)

    def _replace(self, token: Token, name: str, changes: Changes) -> None:
        changes.put(token, as_case(token, name), f"“{token.text}” means {name}")
        helper = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        if helper is not None and (whole := pronouns.uncontracted(helper)) is not None:
            changes.put(helper, whole, f"“{helper.text}” written out")

    def _explain(self, token: Token, name: str, changes: Changes) -> None:
        """The name in brackets behind a pronoun in somebody's very words."""
        changes.add(token.doc[tied(token)], f"[{as_case(token, name)}]", f"“{token.text}” means {name}")

    def _suggest(self, token: Token, name: str, changes: Changes) -> None:
        """The likeliest name in brackets with a question mark."""
        reason = f"who or what “{token.text}” is {UNSETTLED}; {name} is the likeliest"
        changes.add(token.doc[tied(token)], f"[{as_case(token, name)}?]", reason, sure=False, asked=False)

    def _definite(self, token: Token, seen: list[Token], changes: Changes) -> None:
        kids = [kid for kid in token.children if not pronouns.loose_beside(kid)]
        if len(kids) != 1 or kids[0].lower_ not in _THE or self._in_quotes(token) or pronouns.is_before_its_name(token):
            return
        name, beside = self._referents.described(token), any(map(pronouns.is_place_or_body, seen))
        if name is None:
            changes.reasons += () if beside else (f"which {token.text} is meant {UNSETTLED}",)
        elif not named_in(name, " ".join(other.text for other in seen)):
            changes.instead[kids[0].i] = ""
            changes.put(token, name, f"“the {token.text}” means {name}, the only one that it may mean here")

    def _demonstrative(self, token: Token, changes: Changes) -> None:
        pointer = next(
            (kid for kid in token.children if kid.dep_ == "det" and kid.lower_ in ("this", "that", "such")), None
        )
        if pointer is None or self._in_quotes(token):
            return
        proposal = proposed(self._before, self._referents) if self._before is not None else None
        if proposal is None:
            changes.reasons.append(f"what “{pointer.text} {token.text}” is {UNSETTLED}")
            return
        changes.instead[pointer.i] = ""
        changes.put(token, proposal, f"“{pointer.text} {token.text}” is what was proposed just before")

    def _date(self, token: Token, seen: Sequence[Token], changes: Changes) -> None:
        words, last = day_glosses.entity_words(token)
        dated = self._in_quotes(token) or day_glosses.gives_date(token.doc, last)
        if dated or not day_glosses.is_relative(words, token, seen):
            return
        if self._published is None:
            changes.reasons.append(day_glosses.undated(words, None))
            return
        known = day_glosses.calendar_date(words, token, self._published)
        if known is None:
            changes.reasons.append(day_glosses.undated(words, self._published))
        else:
            # "Tuesday's arguments": the date stands behind the whole word.
            end = last + (last + 1 < len(token.doc) and token.doc[last + 1].dep_ == "case")
            changes.add(token.doc[end], f"({known})", "counted from the day on which the article appeared", asked=False)

    def _in_quotes(self, token: Token) -> bool:
        return self._quotes.hold(char_span(token)[0])
