import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_directory import SmallDirectory

from claims.extraction.speech.attribution import attributions
from claims.extraction.text.document import parse_text
from claims.records import Page, Post, SpeechMode

OUTLETS = SmallDirectory()
DIRECT, INDIRECT, MIXED = SpeechMode.DIRECT, SpeechMode.INDIRECT, SpeechMode.MIXED


def read(text, **page):
    return attributions(parse_text(text), Page(text=text, **page), OUTLETS)


def contents(text, attribution):
    return [text[start:end] for start, end in attribution.content_spans]


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "mode", "content"),
    [
        (
            "President Putin said that Russia sought a long-term peace.",
            "Putin",
            "said",
            INDIRECT,
            ["that Russia sought a long-term peace"],
        ),
        ('"The talks have failed," Waltz said.', "Waltz", "said", DIRECT, ['"The talks have failed,"']),
        ('"The talks have failed," said Waltz.', "Waltz", "said", DIRECT, ['"The talks have failed,"']),
        ('Then Putin stressed, "We hear his words."', "Putin", "stressed", DIRECT, ['"We hear his words."']),
        (
            '"I expect a call," Waltz said. "That would be a step."',
            "Waltz",
            "said",
            DIRECT,
            ['"I expect a call,"', '"That would be a step."'],
        ),
        (
            'Putin said that it was "a long-term peace" for all.',
            "Putin",
            "said",
            MIXED,
            ['that it was "a long-term peace" for all'],
        ),
        (
            "The bridge was closed on Monday, according to Reuters.",
            "Reuters",
            "according to",
            INDIRECT,
            ["The bridge was closed on Monday"],
        ),
        (
            "According to Merkel, the bridge was closed on Monday.",
            "Merkel",
            "According to",
            INDIRECT,
            ["the bridge was closed on Monday"],
        ),
        # The content around the frame, in two pieces.
        (
            "The economy is weak, Merkel said, and the bridge is closed.",
            "Merkel",
            "said",
            INDIRECT,
            ["The economy is weak", "and the bridge is closed"],
        ),
        # Believing is attributing, too.
        (
            "Merkel believes that the bridge should be closed for good.",
            "Merkel",
            "believes",
            INDIRECT,
            ["that the bridge should be closed for good"],
        ),
        # A misspelt verb, and the clause that the parser hangs on the hearer.
        (
            'Mike Waltz spoke, teling ABC News that "the preparations are underway" for a meeting.',
            "Mike Waltz",
            "teling",
            MIXED,
            ['that "the preparations are underway" for a meeting'],
        ),
        # A line that ends in a colon announces the next one.
        (
            'Cruz continued:\n\n"You look at the questions and they are wrong."',
            "Cruz",
            "continued",
            DIRECT,
            ['"You look at the questions and they are wrong."'],
        ),
        (
            "According to more of Putin's remarks via The Wall Street Journal:\nThe war will end soon.",
            "Putin",
            "According to",
            INDIRECT,
            ["The war will end soon."],
        ),
        # A transcript.
        (
            "WALLACE: Will you concede? It is late.",
            "Wallace",
            ":",
            INDIRECT,
            ["Will you concede? It is late."],
        ),
        # Several sentences, and a quotation that never closes.
        (
            'Cruz said: "It is late. We must go.',
            "Cruz",
            "said",
            DIRECT,
            ['"It is late. We must go.'],
        ),
        # A post and its signature.
        (
            "Putin congratulates Trump\n— RT (@RT_com) January 20, 2025",
            "RT",
            "—",
            DIRECT,
            ["Putin congratulates Trump"],
        ),
        # A name behind a dash, and before a colon.
        ("“It confirms it.” ― Veronica Cruz", "Veronica Cruz", "―", DIRECT, ["“It confirms it.”"]),
        ("”It confirms it.”― Veronica Cruz", "Veronica Cruz", "―", DIRECT, ["”It confirms it.”"]),
        (
            "“It confirms where he stands.” — Veronica Cruz",
            "Veronica Cruz",
            "—",
            DIRECT,
            ["“It confirms where he stands.”"],
        ),
        (
            'Veronica Cruz: "It confirms where he stands."',
            "Veronica Cruz",
            ":",
            DIRECT,
            ['"It confirms where he stands."'],
        ),
        # A noun that attributes.
        (
            "Putin's claim that Ukraine had attacked the bridge was false.",
            "Putin",
            "claim",
            INDIRECT,
            ["that Ukraine had attacked the bridge"],
        ),
        # At the end, where the parser has not seen the verb of the first clause.
        (
            "Drivers who slept less than five hours brake half a second later, a study of 3,100 people has found.",
            "study of 3,100 people",
            "found",
            INDIRECT,
            ["Drivers who slept less than five hours brake half a second later"],
        ),
        # A colon before the quotation, behind a verb of dissent.
        (
            "Nils Ahrend disagrees: “I heard two answers.”",
            "Nils Ahrend",
            "disagrees",
            DIRECT,
            ["“I heard two answers.”"],
        ),
    ],
)
def test_attributions(text, speaker, cue, mode, content):
    found = [(a.speaker, a.cue, a.mode, contents(text, a)) for a in read(text)]
    assert (speaker, cue, mode, content) in found


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was closed on Monday.",
        "He walked to the station and bought a ticket.",
        'The film "The Day of the Jackal" opened on Friday.',
        "The town lies near the river, and the road is long.",
        "",
        ":",
        '"',
        "Neumann bought properties that he then leased back to the firm in a deal of $3 million.",
        "The company struggled to contend with the more than 10 million users who came on Tuesday.",
        "The benefits for staff may include helping improve the hospital.",
        "Staff Reporter, Nagpur: Officers arrested the warden of a hostel.",
        "The institute questioned 2,050 people in September.",
        "The museum's director dismissed the guard.",
    ],
)
def test_what_attributes_nothing(text):
    assert read(text) == []


def test_nested_attributions_each_have_their_own_record():
    text = "Reuters reported that Peskov said that the talks had failed on Monday."
    outer, inner = read(text)
    assert (outer.speaker, inner.speaker) == ("Reuters", "Peskov")
    (start, end), (begin, stop) = outer.content_spans[0], inner.content_spans[0]
    assert start < begin
    assert stop <= end


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Putin denied that Russia had attacked the bridge.", True),
        ("Putin never said that Russia had attacked the bridge.", True),
        ("Putin did not say that Russia had attacked the bridge.", True),
        ("Putin said that Russia had not attacked the bridge.", False),
    ],
)
def test_negation_is_the_speakers_not_the_contents(text, negated):
    assert [a.negated for a in read(text) if a.speaker == "Putin"] == [negated]


@pytest.mark.parametrize(
    "text",
    [
        "It was reported on Monday that Moscow had agreed to the plan.",
        "There's widespread understanding that the city will fall within weeks.",
        "Officials said that the bridge had been closed since Monday.",
        "A senior diplomat said that the bridge had been closed since Monday.",
        "Prior reporting suggests that the bridge had been closed since Monday.",
    ],
)
def test_nobody_is_named(text):
    (attribution,) = read(text)
    assert attribution.speaker is None
    assert attribution.anonymous


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Waltz told ABC News that the preparations were underway in Moscow.", "abcnews"),
        ("Peskov said in an interview with TASS that the talks had failed.", "tass"),
        ("Peskov said that he had read The Wall Street Journal in the morning.", None),
        ("Reuters reported that the talks had failed in the morning.", "reuters"),
        ("Peskov said on Monday that the talks had failed in the morning.", None),
    ],
)
def test_the_outlet_that_words_were_told_to(text, outlet):
    assert read(text)[0].outlet == outlet


def test_a_post_that_the_page_marks_up_is_its_accounts():
    text = "Before.\nTalks have failed in Vienna\nAfter."
    post = Post(handle="@RT_com", text="Talks have failed in Vienna", span=(8, 35))
    (attribution,) = read(text, posts=(post,))
    assert (attribution.speaker, attribution.outlet) == ("RT", "rt")
    assert contents(text, attribution) == ["Talks have failed in Vienna"]


def test_paragraphs_of_one_quotation_stay_together():
    text = '"It began here," Cruz said. "We knew it.\n\n"It ended here, and we left."\n\nIt rained.'
    (attribution,) = read(text)
    assert contents(text, attribution) == [
        '"It began here,"',
        '"We knew it.',
        '"It ended here, and we left."',
    ]


def test_what_follows_the_end_changes_nothing_before_it():
    text = 'Putin said that the talks had failed. "We are sad," he added.'
    longer = text + "\n\nTrump said that he was glad."
    assert read(longer)[: len(read(text))] == read(text)


WORDS = st.sampled_from(
    [
        "said",
        "that",
        '"',
        "“",
        "”",
        "Putin",
        "he",
        ",",
        ".",
        "according",
        "to",
        ":",
        "—",
        "(@x)",
        "\n",
        "told",
        "\ud800",
    ]
)


@settings(max_examples=40)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join)))
def test_no_text_is_refused_and_every_span_lies_in_it(text):
    for attribution in read(text):
        assert attribution.content_spans
        for start, end in attribution.source_spans + attribution.cue_spans + attribution.content_spans:
            assert 0 <= start < end <= len(text)


def test_a_quotation_that_nobody_frames_and_nothing_closes_is_nobodys():
    text = "“We are ready,” Peter Hall told the council.\n“The fund lost 40 percent. It has not recovered since."
    found = attributions(parse_text(text), Page(text=text), OUTLETS)
    assert [[text[start:end] for start, end in one.content_spans] for one in found] == [["“We are ready,”"]]
    closed = text + "”"
    (one,) = attributions(parse_text(closed), Page(text=closed), OUTLETS)
    assert len(one.content_spans) == 2
