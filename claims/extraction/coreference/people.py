"""The people in an article, with their names, gender, roles, nation and mentions.

The article is read block by block, and the answers depend only on the blocks read so far.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.extraction.coreference.antecedents import human, one_name
from claims.extraction.coreference.first_names import gender_of, single_names, stands_as_name
from claims.extraction.text.document import Document, ParsedBlock, Sentence, char_span
from claims.extraction.text.syntax import child
from claims.lexicon.people import BRANDS, FEMALE_TITLES, FEMALE_WORDS, LEADERS, MALE_TITLES, MALE_WORDS, ROLES, TITLES
from claims.lexicon.pointers import BODIES_IN_NAMES, FIRM_ENDINGS
from claims.lexicon.states import NATIONS

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

# How many mentions back an antecedent is looked for.
_MEMORY = 40
# Capitals up to this length are an acronym (NATO, CNBC), longer ones a name in capitals.
_ACRONYM = 5
_ORGANISED = frozenset({"ORG", "GPE", "NORP", "FAC", "LOC"})
# "WeWork", "BuzzFeed": a capital inside a word is a firm's, but for the surnames that have one.
BRAND = re.compile(r"^(?!Mac|Mc|De|Di|Du|La|Le|Van|Fitz)[A-Z][a-z]+[A-Z]\w*$")


@dataclass(eq=False, slots=True)
class Figure:
    """A person or organisation in the article, with all names used for it.

    ``proven`` if a title, an office, a known first name or a known leader shows that the name is a person's.
    """

    person: bool
    names: Counter[str] = field(default_factory=Counter)
    gender: str | None = None
    roles: set[str] = field(default_factory=set)
    nation: str | None = None
    proven: bool = False

    @property
    def surname(self) -> str:
        """The last word of the longest name."""
        return max(self.names, key=len).split()[-1]

    def name(self, ambiguous: bool = False) -> str:
        """The most frequent name so far (the shorter one of two); a full name if the surname is ambiguous."""
        full = [name for name in self.names if " " in name]
        if ambiguous and full:
            return max(full, key=lambda name: (self.names[name], -len(name)))
        return min(self.names, key=lambda name: (-self.names[name], len(name)))


@dataclass(frozen=True, slots=True)
class Appearance:
    """A mention: its place, its figure, and whether it is the subject of its clause."""

    offset: int
    end: int
    sentence: int
    block: int
    figure: Figure
    subject: bool


class Cast:
    """The figures of a document and their mentions in reading order, up to the last block given to ``read``."""

    def __init__(self, document: Document) -> None:
        self.appearances: list[Appearance] = []
        self._document = document
        self._offsets: list[int] = []
        self._blocks_read = 0
        self._known: set[str] = set()
        self._by_surname: dict[str, list[Figure]] = {}
        self._by_name: dict[str, Figure] = {}

    def read(self, block: int) -> None:
        """Read up to the end of a block; earlier results do not change."""
        while self._blocks_read <= min(block, len(self._document.blocks) - 1):
            current = self._document.blocks[self._blocks_read]
            self._blocks_read += 1
            self._known.update(_full_names(current))
            for sentence in current.sentences:
                for entity in self._named(sentence):
                    self._meet(entity, sentence)

    def at(self, offset: int) -> Appearance | None:
        """The mention that the character at ``offset`` is in."""
        place = bisect_right(self._offsets, offset) - 1
        if place < 0 or self.appearances[place].end <= offset:
            return None
        return self.appearances[place]

    def named_at(self, token: Token) -> Figure | None:
        """The figure that a token is part of a mention of."""
        appearance = self.at(char_span(token)[0])
        return appearance.figure if appearance is not None else None

    def by_surname(self, surname: str) -> Figure | None:
        """The person with this surname; of several the last one mentioned."""
        same = self._by_surname.get(surname)
        return same[-1] if same else None

    def before(self, offset: int) -> list[Appearance]:
        """The last mentions before an offset, nearest first."""
        place = bisect_left(self._offsets, offset)
        return self.appearances[max(place - _MEMORY, 0) : place][::-1]

    def shown_name(self, figure: Figure) -> str:
        """The figure's name, long enough to be unambiguous."""
        return figure.name(ambiguous=figure.person and self.shares_surname(figure))

    def shares_surname(self, figure: Figure) -> bool:
        """Whether several people in the text so far have a person's surname."""
        return len(self._by_surname.get(figure.surname, ())) > 1

    def _named(self, sentence: Sentence) -> Iterator[TokenSpan]:
        """The recognised names of a sentence, and the surnames of people met before that it passed over."""
        ends = {name.start: name for entity in sentence.tokens.ents for name in single_names(entity)}
        for token in sentence.tokens:
            if token.i in ends:
                yield ends[token.i]
            elif token.text in self._by_surname and not token.ent_type_ and stands_as_name(token):
                yield token.doc[token.i : token.i + 1]

    def _meet(self, entity: TokenSpan, sentence: Sentence) -> None:
        tokens = _bare_name(entity)
        if not tokens or _broken_off(tokens[0], tokens[-1]):
            return
        label = entity.label_
        name = _in_title_case("".join(token.text_with_ws for token in tokens).strip(), person=label == "PERSON")
        surname = name.split()[-1]
        # The recogniser takes many a surname for a place or a company: a full name until here settles it.
        person = label in ("PERSON", "") or (label in _ORGANISED and len(tokens) == 1 and surname in self._known)
        person = (person or _is_described(tokens, entity)) and not BRAND.match(name) and name.lower() not in BRANDS
        if not person and label not in (*_ORGANISED, "PERSON"):
            return
        figure = self._person(name, tokens, entity) if person else self._organisation(name)
        if person:
            _learn(figure, tokens, entity)
        figure.names[name] += 1
        root = entity.root
        self._offsets.append(char_span(tokens[0])[0])
        self.appearances.append(
            Appearance(
                offset=self._offsets[-1],
                end=char_span(tokens[-1])[1],
                sentence=sentence.index,
                block=sentence.block,
                figure=figure,
                subject=root.dep_ in ("nsubj", "nsubjpass"),
            )
        )

    def _person(self, name: str, tokens: Sequence[Token], entity: TokenSpan) -> Figure:
        surname = name.rsplit(maxsplit=1)[-1]
        gender = _gender(tokens, entity)
        same = self._by_surname.setdefault(surname, [])
        # Who has been called by the surname alone is called so again.
        bare = len(tokens) == 1
        for figure in (*(known for known in same[::-1] if bare and surname in known.names), *same[::-1]):
            if gender and figure.gender and gender != figure.gender:
                continue
            if bare or _may_be_same(name, figure):
                return figure
        known = self._by_name.get(name)
        if bare and known is not None:
            return known
        figure = Figure(person=True)
        same.append(figure)
        if len(tokens) > 1:
            # A first name alone may come later ("Hillary", "Bernie").
            self._by_name.setdefault(tokens[0].text, figure)
        return figure

    def _organisation(self, name: str) -> Figure:
        figure = self._by_name.get(name.lower())
        if figure is None:
            figure = Figure(person=False, nation=NATIONS.get(name.lower()))
            self._by_name[name.lower()] = figure
        return figure


def _in_title_case(name: str, *, person: bool) -> str:
    """A name in capitals in ordinary letters; short ones may be acronyms and stay: "NATO", "CBS DFW"."""
    longest = len(name) if person else max(map(len, name.split()))
    return name.title() if name.isupper() and longest > _ACRONYM else name


def _full_names(block: ParsedBlock) -> Iterator[str]:
    """The surnames of a block that a full name, or a well-known leader's, tells to be a person's."""
    for sentence in block.sentences:
        for entity in sentence.tokens.ents:
            if entity.label_ == "PERSON":
                tokens = _bare_name(entity)
                if len(tokens) > 1 or (tokens and tokens[-1].text in LEADERS):
                    yield tokens[-1].text


def _bare_name(entity: TokenSpan) -> list[Token]:
    """The tokens of a name without titles, articles and the possessive."""
    tokens = [token for token in entity if not token.is_space]
    if "," in entity.text and entity[-1].lower_ not in FIRM_ENDINGS:
        # "Sales fell over Easter, Lindqvist Motors said": two names, for the recogniser one; "Tesla, Inc." is one.
        tokens = [token for token in tokens if token in entity.root.subtree]
    while tokens and (tokens[-1].text in ("'s", "’s", "'", "’") or tokens[-1].is_punct):
        tokens.pop()
    # "General Medical Council" is a name of three words.
    body = entity.label_ == "ORG" and bool(tokens) and tokens[-1].lower_ in BODIES_IN_NAMES
    while len(tokens) > 1 and (
        tokens[0].lower_ == "the" or tokens[0].is_punct or (_is_title_word(tokens[0]) and not body)
    ):
        tokens = tokens[1:]
    return tokens


def _broken_off(first: Token, token: Token) -> bool:
    """Whether a name is a part of a hyphenated word: the "neo" of "neo-banks" and the "Ray" of "X-Ray" are nobody."""
    doc, after = token.doc, token.i + 1
    if (
        first.i > 1
        and doc[first.i - 1].text == "-"
        and not (doc[first.i - 1].whitespace_ or doc[first.i - 2].whitespace_)
    ):
        return True
    return not token.whitespace_ and after < len(doc) and doc[after].text == "-" and token.text.islower()


def _is_title_word(token: Token) -> bool:
    return token.lower_.rstrip(".") in TITLES


def _may_be_same(name: str, figure: Figure) -> bool:
    """Whether two names with one surname may be one person's: equal first names, or one is missing."""
    names = [known.lower() for known in figure.names if " " in known]
    first = name.split(maxsplit=1)[0].lower()
    return not names or any(
        one_name(name.lower(), known) or first.startswith(known.split()[0][:2]) or known.startswith(first[:2])
        for known in names
    )


def _describing_words(tokens: Sequence[Token], entity: TokenSpan) -> list[Token]:
    """The words that describe a figure: before the name, and in apposition to it."""
    doc = entity.doc
    before = []
    for place in range(tokens[0].i - 1, max(tokens[0].i - 7, -1), -1):
        token = doc[place]
        if token.pos_ in ("VERB", "AUX", "PRON", "SCONJ", "CCONJ") or token.text in (",", ";", ":", "."):
            break
        if token.pos_ in ("NOUN", "PROPN", "ADJ") or _is_title_word(token):
            before.append(token)
        elif token.pos_ not in ("ADP", "DET", "PUNCT", "PART"):
            break
    root = tokens[-1]
    apposed = child(root, "appos")
    if apposed is not None:
        before += [apposed, *(kid for kid in apposed.children if kid.dep_ in ("compound", "amod", "poss"))]
    if root.dep_ == "appos" and root.head.i != root.i:
        before += [root.head, *(kid for kid in root.head.children if kid.dep_ in ("compound", "amod", "poss"))]
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        attribute = child(root.head, "attr")
        before += [attribute] if attribute is not None else []
    return before


def _is_described(tokens: Sequence[Token], entity: TokenSpan) -> bool:
    """As in "the novelist Petra Lind": a first name, and a noun for a person, whatever the recogniser says."""
    if len(tokens) > 1 and gender_of(tokens[0].lower_) is not None:
        return any(human(word) for word in _describing_words(tokens, entity))
    # "The coach, Vera Lind", "waiter Luca Ferri": one noun, right beside the name.
    root = tokens[-1]
    beside = [root.head] if root.dep_ == "appos" else [kid for kid in root.lefts if kid.i == tokens[0].i - 1]
    beside += tokens[:1] if len(tokens) > 2 else []
    in_letters = all(token.text.replace("-", "").isalpha() and not token.is_upper for token in tokens)
    return len(tokens) > 1 and in_letters and any(human(word) and word.tag_ in ("NN", "NNP") for word in beside)


def _gender(tokens: Sequence[Token], entity: TokenSpan) -> str | None:
    words = {token.lower_.rstrip(".") for token in _describing_words(tokens, entity)}
    words |= {token.lower_.rstrip(".") for token in entity}
    if words & MALE_TITLES:
        return "m"
    if words & FEMALE_TITLES:
        return "f"
    if len(tokens) > 1:
        return gender_of(tokens[0].lower_)
    if tokens[0].text in LEADERS:
        return None
    return gender_of(tokens[0].lower_) if tokens[0].text != tokens[-1].text else None


def _learn(figure: Figure, tokens: Sequence[Token], entity: TokenSpan) -> None:
    words = [token.lower_.rstrip(".") for token in _describing_words(tokens, entity)]
    words += [token.lower_.rstrip(".") for token in entity]
    figure.gender = figure.gender or _gender(tokens, entity)
    figure.roles.update(word for word in words if word in ROLES)
    titled = any(word in TITLES or word in ROLES for word in words)
    figure.proven = figure.proven or titled or gender_of(tokens[0].lower_) is not None or tokens[-1].text in LEADERS
    nations = [NATIONS[word] for word in words if word in NATIONS]
    leader = LEADERS.get(tokens[-1].text)
    if leader is not None and (len(tokens) == 1 or (gender_of(tokens[0].lower_) or leader[1]) == leader[1]):
        figure.nation = figure.nation or leader[0]
        figure.gender = figure.gender or leader[1]
        figure.roles.add("leader")
    figure.nation = figure.nation or (nations[0] if nations else None)
    figure.gender = figure.gender or next(
        ("m" if word in MALE_WORDS else "f" for word in words if word in MALE_WORDS or word in FEMALE_WORDS), None
    )
