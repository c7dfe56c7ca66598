"""A claim rewritten so that it can be read alone: who "he" is, which city, which Monday, and whose words.

What cannot be settled is left as it stands and named in the reasons: nothing is guessed silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from claims.extraction.coreference.pronouns import antecedent_in, empty, fixed, tied
from claims.extraction.coreference.referents import Referents
from claims.extraction.splitting.parts import Part, Word
from claims.extraction.standalone.day_glosses import ahead, entity_words, undated
from claims.extraction.standalone.lead_ins import addressee, renders, small, spoken, topic
from claims.extraction.standalone.saying import asserts, inside, plain_cue, unframed
from claims.extraction.standalone.wording import Changes, bare, finished, joined, possessive
from claims.extraction.text.dates import RELATIVE, resolved
from claims.extraction.text.document import Document, char_span
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import child, lemma, phrase
from claims.lexicon.pointers import ABSTRACT, GROUPS, HE, PLACES, PROPOSING, SHE, THIRD, UNCONTRACTED
from claims.records import Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_OWNED = frozenset({"his", "her", "their", "its"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """A statement that stands alone, what of it the sources are asked, and what could not be settled in it."""

    statement: str
    asked: str
    reasons: tuple[str, ...] = ()


class Restater:
    """Rewrites the parts of one document, in reading order."""

    def __init__(
        self,
        document: Document,
        attributions: Sequence[Attribution],
        quoted: Sequence[Span],
        published: date | None,
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
        voices = [(span, a.speaker) for a in attributions if a.speaker for span in a.content_spans]
        self._referents = Referents(document, quoted, self._speakers, voices)
        self._speaker_ends: dict[int, list[int]] = {}
        for start, end in self._speakers:
            self._speaker_ends.setdefault(start, []).append(end)
        self._before: Part | None = None

    def restate(self, part: Part, said: Attribution | None = None) -> Restated:
        """The part as a sentence of its own; ``said`` is the attribution whose cue stands in it."""
        changes = self._changes(part)
        self._before = part
        free = unframed(part, said) if said is not None else None
        if free is None or self._loses(free, part, changes):
            free = part.line
        return Restated(
            statement=finished(joined(part.line, changes)),
            asked=finished(joined(free, changes, dated=False)),
            reasons=tuple(changes.reasons),
        )

    def quotation(self, part: Part, said: Attribution, words: str) -> Restated:
        """A quotation as "Speaker cue: words"; a pronoun in it is explained in brackets, as editors do."""
        changes = Changes()
        for token in part.tokens:
            if token.lower_ in HE | SHE and self._in_quotes(token) and not empty(token):
                name = self._referents.answer(token)
                before = [other for other in part.tokens if other.i < token.i and self._in_quotes(other)]
                if antecedent_in(token, before):
                    continue
                if name is None:
                    changes.reasons.append(_unsettled(token))
                elif not _named_in(name, words):
                    owned = token.tag_ == "PRP$"
                    changes.after[tied(token)] = f" [{possessive(name)}]" if owned else f" [{name}]"
        inner = [token for token in part.tokens if self._in_quotes(token)]
        quote = joined(inner, changes) if changes.after and inner else words
        self._before = part
        quote = f"“{bare(quote)}”"
        content = [token for token in part.sentence.tokens if inside(token, said.content_spans) and not token.is_space]
        return self._behind_lead(part, said, Restated(statement=quote, asked=quote), content, tuple(changes.reasons))

    def led(self, part: Part, said: Attribution, restated: Restated) -> Restated:
        """A restated part with who says it before it, where the part itself does not tell."""
        words = [word for word in part.line if not isinstance(word, str)]
        return self._behind_lead(part, said, restated, words, restated.reasons)

    def _behind_lead(
        self, part: Part, said: Attribution, words: Restated, tokens: Sequence[Token], before: tuple[str, ...]
    ) -> Restated:
        """Words with who says them before them; asked without, where they stand as a statement that was only said."""
        lead, reasons = self._lead(part, said)
        free = asserts(tokens) and plain_cue(said, self._document)
        asked = words.asked if free else f"{self._lead(part, said, dated=False)[0]}: {words.asked}"
        return Restated(statement=f"{lead}: {words.statement}", asked=asked, reasons=(*before, *reasons))

    def named(self, token: Token) -> str | None:
        """The name that a noun or pronoun goes by in the article, where it has one."""
        return self._referents.name(token)

    def _lead(self, part: Part, said: Attribution, *, dated: bool = True) -> tuple[str, tuple[str, ...]]:
        speaker, cue = (said.speaker or "Somebody not named").replace(" - ", "-"), spoken(said.cue)
        reasons: tuple[str, ...] = ()
        if said.speaker is None:
            source = " ".join(self._document.words(span) for span in said.source_spans)
            if source and source.lower() in THIRD:
                reasons = (f"who “{source}” is could not be settled",)
            speaker = source or speaker
        elif said.source_spans and renders(self._document.words(said.source_spans[0])):
            cue = f"said ({small(self._document.words(said.source_spans[0]))})"
        elif speaker[:1].islower() and said.source_spans:
            speaker = self._document.words(said.source_spans[0])
        day = next((token for token in part.tokens if token.ent_type_ == "DATE" and not self._in_quotes(token)), None)
        when = ""
        if day is not None:
            words, _ = entity_words(day)
            known = resolved(words, self._published) if self._published else None
            if known:
                when = f" {small(words)} ({known})" if dated else f" {small(words)}"
            elif RELATIVE.search(words):
                reasons = (*reasons, undated(words, self._published))
                when = f" {small(words)}"
        of = topic(part, said, self._document)
        told = addressee(part, said, self._document, self._quotes)
        lead = f"{speaker} {cue if not told else said.cue.strip()}{told}{of}{when}"
        return f"{lead[:1].upper()}{lead[1:]}", reasons

    def _changes(self, part: Part) -> Changes:
        changes = Changes()
        seen: list[Token] = []
        self._roles(part, changes)
        for word in part.line:
            if isinstance(word, str):
                continue
            if word.lower_ in THIRD:
                self._pronoun(word, seen, changes)
            elif word.lower_ in PLACES or word.lower_ in GROUPS:
                self._definite(word, seen, changes)
            elif word.lower_ in ABSTRACT:
                self._demonstrative(word, changes)
            elif word.ent_type_ == "DATE" and word.ent_iob_ == "B":
                self._date(word, changes)
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
                if end in ends and word.lower_ == "the" and not _named_in(name, words):
                    changes.after[ends[end].i] = f" ({name})"

    def _loses(self, kept: Sequence[Word], part: Part, changes: Changes) -> bool:
        """Whether a pronoun among words that are kept means somebody who is named only in those left out."""
        solid = [word for word in part.line if not isinstance(word, str)]
        inside = {word.i for word in kept if not isinstance(word, str)}
        for word in solid:
            pronoun = word.i in inside and word.lower_ in THIRD and word.i not in changes.instead
            if not pronoun or empty(word) or self._in_quotes(word):
                continue
            before = [other for other in solid if other.i < word.i]
            left_out = [other for other in before if other.i not in inside and other.pos_ in _NAMING]
            if left_out and not antecedent_in(word, [other for other in before if other.i in inside]):
                return True
        return False

    def _pronoun(self, token: Token, seen: list[Token], changes: Changes) -> None:
        if empty(token) or fixed(token):
            return
        quoted = self._in_quotes(token)
        person = token.lower_ in HE | SHE
        name = self._speakers.get(char_span(token)) if person and not quoted else None
        if name is None and antecedent_in(token, seen):
            return
        name = name or self._referents.answer(token)
        # "In Trump's campaign he said": an owner is no subject, and "he" may still be somebody else.
        owned = token.dep_ == "nsubj" and char_span(token) in self._speakers
        said_before = " ".join(changes.instead.get(t.i, t.text) for t in seen if not (owned and t.dep_ == "poss"))
        if name is not None and _named_in(name, said_before):
            return
        if name is None:
            changes.reasons.append(_unsettled(token))
        elif quoted:
            changes.after[tied(token)] = f" [{name}]"
        else:
            changes.instead[token.i] = possessive(name) if token.lower_ in _OWNED and token.tag_ == "PRP$" else name
            if owned:
                _disown(name, token, seen, changes)
            helper = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
            if helper is not None and helper.lower_ in UNCONTRACTED:
                changes.instead[helper.i] = UNCONTRACTED[helper.lower_]

    def _definite(self, token: Token, seen: list[Token], changes: Changes) -> None:
        kids = [kid for kid in token.children if kid.dep_ not in ("case",)]
        if len(kids) != 1 or kids[0].lower_ not in ("the", "that", "this") or self._in_quotes(token):
            return
        name = self._referents.answer(token)
        if name is None:
            if not any(other.ent_type_ in ("GPE", "ORG", "LOC") for other in seen):
                changes.reasons.append(f"which {token.text} is meant could not be settled")
        elif not _named_in(name, " ".join(other.text for other in seen)):
            changes.instead[kids[0].i] = ""
            changes.instead[token.i] = name

    def _demonstrative(self, token: Token, changes: Changes) -> None:
        pointer = next(
            (kid for kid in token.children if kid.dep_ == "det" and kid.lower_ in ("this", "that", "such")), None
        )
        if pointer is None or self._in_quotes(token):
            return
        meant = _proposed(self._before) if self._before is not None else None
        if meant is None:
            changes.reasons.append(f"what “{pointer.text} {token.text}” is could not be settled")
            return
        changes.instead[pointer.i] = ""
        inner = self._changes_of(self._before, meant)
        changes.instead[token.i] = joined(meant, inner)

    def _changes_of(self, part: Part | None, words: Sequence[Token]) -> Changes:
        changes = Changes()
        if part is None:
            return changes
        for token in words:
            if token.lower_ in THIRD:
                name = _given_to(part) or self._referents.answer(token)
                if name is not None and not _named_in(name, " ".join(word.text for word in words)):
                    changes.instead[token.i] = possessive(name) if token.tag_ == "PRP$" else name
        return changes

    def _date(self, token: Token, changes: Changes) -> None:
        words, last = entity_words(token)
        if not RELATIVE.search(words) or self._in_quotes(token):
            return
        if self._published is None:
            changes.reasons.append(undated(words, None))
            return
        future = ahead(token)
        known = resolved(words, self._published, future=future)
        if known is None:
            changes.reasons.append(undated(words, self._published))
        else:
            # "Tuesday's arguments": the date stands behind the whole word.
            owned = last + 1 < len(token.doc) and token.doc[last + 1].dep_ == "case"
            changes.dates[last + owned] = f" ({known})"

    def _in_quotes(self, token: Token) -> bool:
        return self._quotes.hold(char_span(token)[0])


def _disown(name: str, token: Token, seen: Sequence[Token], changes: Changes) -> None:
    """As in "In Trump's campaign he said": not twice the name, but "In his campaign Trump said"."""
    owner = next((t for t in seen if t.dep_ == "poss" and t.pos_ == "PROPN" and _named_in(name, t.text)), None)
    words = phrase(owner) if owner is not None else []
    if owner is None or any(word.pos_ != "PROPN" and word.dep_ != "case" for word in words):
        return
    full = " ".join(word.text for word in words if word.dep_ != "case")
    changes.instead |= {word.i: "" for word in words}
    changes.instead[owner.i] = "her" if token.lower_ in SHE else "his"
    changes.instead[token.i] = max(full, name, key=len)


def _unsettled(token: Token) -> str:
    return f"who or what “{token.text}” is could not be settled"


def _proposed(part: Part) -> list[Token] | None:
    """What was last proposed: the object of the verb of proposing, with what follows it in its clause."""
    for verb in part.tokens:
        target = child(verb, "dobj") if lemma(verb) in PROPOSING else None
        if target is None:
            continue
        start, end = target.left_edge.i, verb.right_edge.i
        return [token for token in part.tokens if start <= token.i <= end and not (token.i == end and token.is_punct)]
    return None


def _given_to(part: Part) -> str | None:
    for token in part.tokens:
        if token.dep_ == "dative" and token.ent_type_:
            return str(token.text)
    return None


def _named_in(name: str, words: str) -> bool:
    return bool(name) and name.rsplit(maxsplit=1)[-1] in words
