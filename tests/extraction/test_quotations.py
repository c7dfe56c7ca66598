import pytest

from claims.extraction.text.blocks import paragraphs
from claims.extraction.text.quotations import quotations


def found(text):
    spans = [span for _, inner in paragraphs(text) for span in inner]
    return [(text[slice(*quote.span)], quote.closed) for quote in quotations(text, spans)]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('He said, "It is over."', [('"It is over."', True)]),
        ("He said, “It is over.”", [("“It is over.”", True)]),
        ("He said, ''It is over.''", [("''It is over.''", True)]),
        ("«It is over», he said.", [("«It is over»", True)]),
        ('"One," he said, "and two."', [('"One,"', True), ('"and two."', True)]),
        # An inner quotation belongs to the outer one, curly or single.
        ("“He said “no” to me,” she said.", ["“He said “no” to me,”"]),
        ("“I love ‘corn’,” he said.", ["“I love ‘corn’,”"]),
        # Open to the end of its paragraph.
        ('He said: "It goes on\n\nand on.', [('"It goes on', False)]),
        # The same mark at both ends, and a mark that floats between spaces.
        ("“Do you?“ he asked.", ["“Do you?“"]),
        ('"It is a disgrace, " he said.', ['"It is a disgrace, "']),
        # The closing mark at both ends, at the head of a paragraph only.
        ("”It is over.” — Ann Lee", ["”It is over.”"]),
        ("It is over,” he said. ”It is.", []),
        # No quotations: inches, apostrophes, a stray closing mark.
        ("The 6' 2\" man left.", []),
        ("The Smiths' dog's bone.", []),
        ("It is over,” he said.", []),
        ("", []),
    ],
)
def test_quotations(text, quotes):
    assert found(text) == [quote if isinstance(quote, tuple) else (quote, True) for quote in quotes]


def test_a_quotation_taken_up_in_the_next_paragraph_says_so():
    text = '"It began here.\n\n"It ended here," he said.'
    spans = [span for _, inner in paragraphs(text) for span in inner]
    assert [(quote.closed, quote.continues) for quote in quotations(text, spans)] == [(False, False), (True, True)]


def test_a_quotation_that_runs_over_a_line_is_closed_in_the_next():
    text = '"It began here.\nIt ended here," he said.'
    spans = [span for _, inner in paragraphs(text) for span in inner]
    quotes = quotations(text, spans)
    assert [text[slice(*quote.span)] for quote in quotes] == ['"It began here.', 'It ended here,"']
    assert quotes[1].continues


def test_marks_by_the_thousand_take_no_time():
    assert len(found("“" * 20_000)) <= 1
    assert len(found('"a ' * 5_000)) <= 5_000
