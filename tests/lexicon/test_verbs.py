from __future__ import annotations

import pytest

from claims.lexicon import verbs
from claims.verification.words import stem


@pytest.mark.parametrize(
    ("lemma", "past", "present", "gerund"),
    [
        ("suggest", "suggested", "suggests", "suggesting"),
        ("tell", "told", "tells", "telling"),
        ("urge", "urged", "urges", "urging"),
        ("deny", "denied", "denies", "denying"),
        ("play", "played", "plays", "playing"),
        ("cut", "cut", "cuts", "cutting"),
        ("plan", "planned", "plans", "planning"),
        ("quip", "quipped", "quips", "quipping"),
        ("admit", "admitted", "admits", "admitting"),
        ("wait", "waited", "waits", "waiting"),
        ("report", "reported", "reports", "reporting"),
        ("vow", "vowed", "vows", "vowing"),
        ("agree", "agreed", "agrees", "agreeing"),
        ("die", "died", "dies", "dying"),
        ("flee", "fled", "flees", "fleeing"),
        ("have", "had", "has", "having"),
        ("go", "went", "goes", "going"),
        ("miss", "missed", "misses", "missing"),
    ],
)
def test_the_forms_of_a_verb(lemma: str, past: str, present: str, gerund: str) -> None:
    assert (verbs.past(lemma), verbs.present(lemma, plural=False), verbs.gerund(lemma)) == (past, present, gerund)


@pytest.mark.parametrize(
    "forms",
    ["write writes wrote written writing", "choose chooses chose chosen choosing", "take took taken taking",
     "overtake overtook", "become became becoming", "lose lost losing", "mislead misled", "run ran running"],
)  # fmt: skip
def test_all_forms_of_an_irregular_verb_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


def test_a_verb_of_reporting_stands_in_its_table_once() -> None:
    listed = [verb for _, some in verbs._ENTRIES for verb in some.split()]
    assert sorted(listed) == sorted(set(listed))


@pytest.mark.parametrize(
    ("verb", "kinds", "others"),
    [
        ("say", {"SPEAKING", "SAYING", "SURE"}, {"HEARD", "SHOWING", "THINKING"}),
        ("tell", {"SPEAKING", "SAYING", "SURE", "HEARD"}, {"SHOWING", "THINKING"}),
        ("deny", {"SPEAKING"}, {"SAYING", "SURE", "HEARD", "SHOWING", "THINKING"}),
        ("highlight", {"SHOWING"}, {"SPEAKING", "SAYING", "SURE", "HEARD", "THINKING"}),
        ("guess", {"THINKING"}, {"SPEAKING", "SAYING", "SURE", "HEARD", "SHOWING"}),
        ("build", set(), {"SPEAKING", "SAYING", "SURE", "HEARD", "SHOWING", "THINKING"}),
    ],
)
def test_what_a_verb_is_taken_for(verb: str, kinds: set[str], others: set[str]) -> None:
    assert all(verb in getattr(verbs, kind) for kind in kinds)
    assert not any(verb in getattr(verbs, kind) for kind in others)


@pytest.mark.parametrize(
    ("table", "forms", "others"),
    [
        (
            "SPEAKER_FORMS",
            "said says told tells alleges wrote mentioned saying",
            "build written reporting began showed",
        ),
        ("OUTLET_FORMS", "reported wrote found aired broadcast", "report insisted warned"),
        ("FACTUAL_FORMS", "said confirms admitted wrote", "claimed alleged confirm"),
        ("SUPPOSING_FORMS", "believed doubting denies dreamt claims", "said confirmed"),
        ("LENDING_FORMS", "expects pledged thought", "said denied"),
        ("DENYING_FORMS", "denying refuted rejects", "said confirmed"),
        ("SPEAKING_FORMS", "testified spoken quipped", "believed congratulated"),
        ("FREQUENT_FORMS", "reported telling", "say adds built"),
    ],
)
def test_the_forms_that_are_looked_for(table: str, forms: str, others: str) -> None:
    listed = getattr(verbs, table)
    assert [form for form in forms.split() if form not in listed] == []
    assert [form for form in others.split() if form in listed] == []
