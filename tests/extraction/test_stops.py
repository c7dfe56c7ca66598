import pytest

from claims.extraction.text.document import parse_text


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Volkswagen sells the ID. SPACE VIZZION in May. It is fast.",
            ["Volkswagen sells the ID. SPACE VIZZION in May.", "It is fast."],
        ),
        ("The firm Yahoo! Inc. said it had paid $3 million.", ["The firm Yahoo! Inc. said it had paid $3 million."]),
        ("He was born in St. Louis in 1950. She left.", ["He was born in St. Louis in 1950.", "She left."]),
        ("The post went to U.S. Gen. Mark Milley on Monday.", ["The post went to U.S. Gen. Mark Milley on Monday."]),
        ("No. 10 said the minister had left. He denied it.", ["No. 10 said the minister had left.", "He denied it."]),
        (
            "The Speaker, Rt. Hon. Funke Adedoyin, died on Friday.",
            ["The Speaker, Rt. Hon. Funke Adedoyin, died on Friday."],
        ),
        ("Add 1 tsp. olive oil and 1 Tbsp. vinegar to it.", ["Add 1 tsp. olive oil and 1 Tbsp. vinegar to it."]),
        ("“Is it over?” the minister asked. She left.", ["“Is it over?” the minister asked.", "She left."]),
        # Where a sentence does end.
        ("He showed them his ID. It was a fake one.", ["He showed them his ID.", "It was a fake one."]),
        ("She works for Apple Inc. It is a rich company.", ["She works for Apple Inc.", "It is a rich company."]),
        ("The minister said no. Ten people left the room.", ["The minister said no.", "Ten people left the room."]),
        ("They met in Washington, D.C. The talks failed.", ["They met in Washington, D.C.", "The talks failed."]),
        ("It happened in the U.S. The fund lost money.", ["It happened in the U.S.", "The fund lost money."]),
    ],
)
def test_a_stop_inside_a_name_ends_no_sentence(text, sentences):
    document = parse_text(text)
    assert [document.words(sentence.span) for sentence in document.sentences] == sentences
