"""Splits sentences into atomic claims: each clause with an assertion of its own, in its exact words.

A part borrows what it shares with the clause that it was split from (its subject, its auxiliary), so that it can
stand alone; a part that cannot stand alone is not split off. The splits follow the parse: coordination, non-restrictive
relative clauses, participles, "with ... making", "including having", "given that", appositions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, TypeAlias

from claims.extraction.splitting.appositions import apposition, indefinite_article, titled
from claims.extraction.splitting.borrowing import BREAKS, DASHES, SUBJECTS, before, unopened
from claims.extraction.splitting.circumstances import is_of_its_time
from claims.extraction.splitting.coordination import coordinate, juxtaposed
from claims.extraction.splitting.dependence import depends_on_rest, is_interrupted, is_well_bounded, shares_end
from claims.extraction.splitting.joints import is_torn, misjoined
from claims.extraction.splitting.parts import Cut, Form, Part, Word
from claims.extraction.splitting.relative_clauses import relative, second_relative
from claims.extraction.splitting.subordination import (
    absolute_clause,
    adverbial,
    given,
    including,
    participle,
)
from claims.extraction.text.document import Sentence, char_span
from claims.extraction.text.quotations import Stretches
from claims.extraction.text.syntax import base, is_verb, lemma, phrase
from claims.lexicon.quantities import VAGUE
from claims.lexicon.verbs import past
from claims.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    Words: TypeAlias = Mapping[int, list[Token]]
    Opens: TypeAlias = Callable[[Part], Sequence[str]]

# Clauses that are cut off one sentence; what follows stays with the last. Each is compared with every other, and a
# sentence of 20 kB took 5 s; of the sentences of 186 news texts none has more than 3.
_MOST_CUTS = 20
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV", "PRON"})
# So many words at a sentence's end, without a comma before them, still belong to the clause before them.
_LOOSE = 3
_BULLETS = frozenset("-*•‣◦▪–—❗️➡️▶️")
_TRAILING = (Form.PARTICIPLE, Form.ADVERBIAL)
_CLAUSES = (Form.COORDINATE, Form.RELATIVE)
_RULES = (given, coordinate, juxtaposed, relative, second_relative, absolute_clause, participle, including, adverbial)


def _nothing_open(_: Part) -> Sequence[str]:
    return ()


def split(
    sentence: Sentence, quoted: Sequence[Span] = (), *, after: int = 0, opens: Opens = _nothing_open
) -> list[Part]:
    """Cut a sentence into its assertions, in reading order; stretches ``quoted`` are never cut inside.

    What precedes the offset ``after``, a speaker's label, is left out. ``opens`` lists what a part leaves open: a
    clause that leaves more open than its whole sentence stays in it ("Teens buy books, and they ask for more"), unless
    there is a quotation in the sentence.
    A sentence without anything to cut off comes back whole.
    """
    tokens = [token for token in sentence.tokens if not token.is_space and char_span(token)[0] >= after]
    while tokens and tokens[0].text in _BULLETS:
        tokens = tokens[1:]
    if not tokens:
        return []
    quotes = Stretches(quoted)
    free = [token for token in tokens if not quotes.hold(char_span(token)[0])]
    colon = next((token.i for token in free if token.text == ":"), len(tokens[0].doc))
    # What a colon leads to may be what somebody wrote ("The note was short: we left and will not return").
    cuts = [cut for cut in islice(_cuts(free), _MOST_CUTS) if not depends_on_rest(cut, tokens) and cut.head.i < colon]
    separate_heads = {cut.head.i for cut in cuts if cut.form is not Form.COORDINATE}
    marks = _quotation_marks(tokens, quotes)
    words = {id(cut): _with_marks(_cut_words(cut), marks) for cut in cuts}  # asked for by every clause around it
    if (
        _is_correlative(free)
        or _has_bracketed_title(free)
        or shares_end(free)
        or is_interrupted(free)
        or any(is_verb(token) and token.i not in separate_heads and misjoined(token) for token in free)
        or any(cut.form in _CLAUSES and is_torn(cut.head, words[id(cut)]) for cut in cuts)
        or any(cut.form in _CLAUSES and _spans_colon(words[id(cut)], colon, free) for cut in cuts)
    ):
        cuts = [cut for cut in cuts if cut.form is Form.APPOSITION]
    made = [(cut, _part_of_cut(sentence, cut, cuts, words)) for cut in cuts]
    whole = _main(sentence, tokens, (), words)
    opens = opens if len(free) == len(tokens) else _nothing_open
    figures = sum(_is_figure(token) for part in whole for token in part.tokens)
    settled = cache(lambda: Counter(reason for part in whole for reason in opens(part)))

    def opens_more(clause: Part) -> bool:
        """Whether a clause leaves something open that its whole sentence settles.

        Two clauses with a figure each are checked one by one all the same: a source has one figure and not the other.
        """
        if clause.form is Form.APPOSITION or 0 < sum(map(_is_figure, clause.tokens)) < figures:
            return False
        left_open = opens(clause)
        return bool(left_open) and bool(Counter(left_open) - settled())

    made = [(cut, part) for cut, part in made if _says_something(part) and not opens_more(part)]
    if len(made) < len(cuts):
        # A clause that does not stand alone goes back into the clause that it was cut from.
        standing = [cut for cut, _ in made]
        made = [(cut, _part_of_cut(sentence, cut, standing, words)) for cut in standing]
    gone = [cut for cut, _ in made if cut.form is not Form.APPOSITION]
    if not _keeps_main_clause(sentence, gone, words):
        return whole
    parts = [*_main(sentence, tokens, gone, words), *(part for _, part in made)]
    clauses = [part for part in parts if part.form is not Form.APPOSITION]
    if gone and (
        opens_more(parts[0]) or _is_bare(parts[0]) or not all(is_well_bounded(part, tokens) for part in clauses)
    ):
        return whole
    return sorted(parts, key=lambda part: (_part_start(part), part.form is not Form.MAIN))


def _spans_colon(own: Sequence[Token], colon: int, free: Sequence[Token]) -> bool:
    """Whether a clause holds a colon with words behind it that are no quotation: they may be of the whole sentence."""
    return own[0].i < colon < own[-1].i and any(token.i == colon + 1 for token in free)


def _is_figure(token: Token) -> bool:
    return token.lower_ in VAGUE or (token.tag_ == "CD" and token.ent_type_ not in ("DATE", "TIME"))


def _is_correlative(tokens: Sequence[Token]) -> bool:
    """As in "the longer it lasts, the more it costs": neither clause is said without the other."""
    compared = [
        place
        for place, (word, after) in enumerate(pairwise(tokens))
        if word.lower_ == "the" and after.tag_ in ("JJR", "RBR")
    ]
    return len(compared) > 1 and any(tokens[place - 1].text == "," for place in compared[1:])


def _has_bracketed_title(tokens: Sequence[Token]) -> bool:
    """As in "<Winter Port: The Return> opened in March": the parser cuts through titles between angle brackets."""
    return any("<" in token.text for token in tokens) and any(">" in token.text for token in tokens)


def _keeps_main_clause(sentence: Sentence, removed_cuts: Sequence[Cut], words: Words) -> bool:
    """Whether the main clause keeps its verb and its subject: where not, the parse is not to be trusted."""
    root = sentence.tokens.root
    lost = {token.i for cut in removed_cuts for token in words[id(cut)]}
    return root.i not in lost and not any(kid.i in lost for kid in root.children if kid.dep_ in SUBJECTS)


def embedded_clause(part: Part) -> Part | None:
    """The assertion inside a transition: "X told Y" in "These words came after X told Y"."""
    for verb in part.tokens:
        if verb.i == part.head.i or verb.dep_ not in ("advcl", "pcomp", "ccomp") or not is_verb(verb):
            continue
        if any(kid.dep_ in SUBJECTS and kid.i < verb.i for kid in verb.children):
            marks = [kid for kid in verb.lefts if kid.dep_ == "mark"]
            inside = {token.i for token in phrase(verb, without=marks)}
            own = tuple(token for token in part.tokens if token.i in inside)
            verb_form = past(base(verb.lower_, lemma(verb))) if verb.tag_ == "VBG" else verb
            line = tuple(verb_form if token.i == verb.i else token for token in own)
            return Part(sentence=part.sentence, form=Form.PARTICIPLE, head=verb, tokens=own, line=line)
    return None


def _part_start(part: Part) -> int:
    first = part.tokens[0].i
    return first if part.form is Form.MAIN else max(first, min(part.head.i, part.head.left_edge.i))


def _main(sentence: Sentence, tokens: list[Token], removed_cuts: Sequence[Cut], words: Words) -> list[Part]:
    barred = {token.i for cut in removed_cuts for token in words[id(cut)]} | _joints(removed_cuts, words)
    barred = barred.union(*(cut.removed for cut in removed_cuts))
    rest = [token for token in tokens if token.i not in barred]
    while removed_cuts and len(rest) > 1 and rest[-1].text == "." and (rest[-2].dep_ == "cc" or rest[-2].text == ","):
        del rest[-2]
    if not any(token.pos_ in _CONTENT for token in rest):
        return []
    head = sentence.tokens.root
    return [Part(sentence=sentence, form=Form.MAIN, head=head, tokens=tuple(rest), line=tuple(rest))]


def _cut_words(cut: Cut) -> list[Token]:
    """What hangs under a cut's head, and a last word or two behind it that the parser tied to something else."""
    words = phrase(cut.head)
    last = words[-1].i
    sentence = cut.head.sent
    rest = [token for token in sentence[last + 1 - sentence.start :] if not token.is_space]
    while rest and rest[-1].is_punct:
        rest.pop()
    loose = 0 < len(rest) <= _LOOSE and not any(token.is_punct or is_verb(token) for token in rest)
    return [*words, *rest] if loose and cut.form in _TRAILING and words[0].i > cut.head.head.i else words


def _quotation_marks(tokens: Sequence[Token], quotes: Stretches) -> list[tuple[Token, int]]:
    """The signs in and around quotations, each with the place of the quoted word next to it."""
    marks: list[tuple[Token, int]] = []
    for place in range(len(quotes.spans)):
        inner = [token for token in tokens if quotes.at(char_span(token)[0]) == place]
        solid = [token.i for token in inner if not token.is_punct and not token.is_quote]
        if solid:
            signs = [token for token in inner if token.i < solid[0] or token.i > solid[-1]]
            marks += [(token, solid[0] if token.i < solid[0] else solid[-1]) for token in signs]
    return marks


def _with_marks(words: list[Token], marks: Sequence[tuple[Token, int]]) -> list[Token]:
    """Words with the signs of the quotations in them, and without those of others: the parser hangs them anywhere."""
    if not marks:
        return words
    inside = {token.i: token for token in words}
    for sign, beside in marks:
        if beside in inside:
            inside[sign.i] = sign
        else:
            inside.pop(sign.i, None)
    return [inside[place] for place in sorted(inside)]


def _joints(cuts: Sequence[Cut], words: Words) -> set[int]:
    """The conjunctions, prepositions and commas that joined what was cut off to the rest."""
    joints: set[int] = set()
    for cut in cuts:
        head = cut.head
        above = head.head
        if head.dep_ == "pcomp" and above.lower_ in ("with", "including"):
            joints.add(above.i)
        if head.dep_ == "conj":
            joints |= set([k.i for k in above.children if k.dep_ == "cc" and k.i < head.i][-1:])
        own = words[id(cut)]
        left, right = own[0].i - 1, own[-1].i + 1
        closing = left >= 0 and right < len(head.doc) and head.doc[left].text == head.doc[right].text in (",", *DASHES)
        # A comma that also ends the apposition around it stays.
        beside = head.doc[max(left - 1, 0)]
        nouns = (above, beside, beside.head.head)
        if closing and not any(noun.dep_ == "appos" and before(noun.left_edge) == "," for noun in nouns):
            joints.add(right)
        while left >= 0 and (left in joints or head.doc[left].text in (";", ":", *BREAKS)):
            joints.add(left)
            left -= 1
    return joints


def _part_of_cut(sentence: Sentence, cut: Cut, cuts: Sequence[Cut], words: Words) -> Part:
    inner = [c for c in cuts if c.form is not Form.APPOSITION and cut.head.is_ancestor(c.head)]
    barred = cut.dropped | _joints(inner, words)
    barred = barred.union(*(c.removed for c in inner))
    barred = barred.union(token.i for c in inner for token in words[id(c)])
    borrowed = [word for word in (*cut.lead, *cut.after) if not isinstance(word, str)]
    barred = barred.union(token.i for token in borrowed)
    own = unopened([token for token in words[id(cut)] if token.i not in barred])
    while own and (own[-1].dep_ == "cc" or own[-1].text in (",", "(", *DASHES) or _closes_nothing(own)):
        own.pop()
    while cut.after and own and own[-1].text in (".", ",", ";"):
        own.pop()
    # "... the “worst year,” according to the bank": the comma is there already.
    closed = len(own) > 1 and own[-1].is_quote and own[-2].text == "," and cut.after[:1] == (",",)
    swapped = dict(cut.swapped)
    line: list[Word] = [_swapped_word(word, swapped) for word in (*cut.lead, *own, *cut.after[closed:])]
    taken = {token.i: token for token in (*borrowed, *own)}
    tokens = tuple(taken[place] for place in sorted(taken))
    return Part(sentence=sentence, form=cut.form, head=cut.head, tokens=tokens, line=tuple(line))


def _closes_nothing(words: Sequence[Token]) -> bool:
    """Whether the last of some words is a bracket that was opened before them."""
    return words[-1].text == ")" and not any(word.text == "(" for word in words)


def _swapped_word(word: Word, swapped: Mapping[int, str]) -> Word:
    return word if isinstance(word, str) else swapped.get(word.i, word)


def _is_bare(part: Part) -> bool:
    """Whether a verb is all that is left of a main clause: its other words were taken for something else."""
    return part.form is Form.MAIN and not any(t.pos_ in _CONTENT for t in part.tokens if t.i != part.head.i)


def _says_something(part: Part) -> bool:
    """Whether a part says something: besides its verb it needs a subject and one word of content more."""
    content = [t for t in part.tokens if t.pos_ in _CONTENT and t.i != part.head.i]
    return len(content) >= (1 if part.form in (Form.APPOSITION, Form.ADVERBIAL) else 2)


def _cuts(tokens: list[Token]) -> Iterator[Cut]:
    for token in tokens:
        if is_verb(token):
            cut = next(filter(None, (rule(token) for rule in _RULES)), None)
            if cut is not None:
                yield cut
        else:
            yield from _apposition(token)


def _apposition(role: Token) -> Iterator[Cut]:
    """As in "Maria Lopez, the mayor of Leeds": "Maria Lopez is the mayor of Leeds"."""
    phrase_found = apposition(role) or titled(role)
    if phrase_found is None or is_of_its_time(role.sent):
        return
    # What the article says of somebody in passing is its own word, even inside what somebody else said.
    others = frozenset(token.i for token in phrase(phrase_found.role)) - {token.i for token in phrase_found.words}
    first = phrase_found.words[0]
    opens = first.i == first.sent.start and first.pos_ != "PROPN" and not first.ent_type_
    small = ((first.i, first.lower_),) if first.tag_ == "DT" or opens else ()
    verb = f"is {indefinite_article(phrase_found)}".rstrip()
    lead: tuple[Word, ...] = (*phrase_found.named, verb, *phrase_found.words)
    yield Cut(form=Form.APPOSITION, head=phrase_found.role, lead=lead, dropped=others, swapped=small)
