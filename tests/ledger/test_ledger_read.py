"""What comes back is what was logged: lists, one claim, and records for checking again."""

from dataclasses import replace
from typing import Any

import pytest
from review_sample import reviewed
from sample_check import LINES, again, build, relabel

from claims.errors import LedgerError
from claims.ledger.ledger import Ledger
from claims.ledger.reading.full_text import match
from claims.records import Check, Decision, Label, Reason, Review

LATER = "2025-01-22T08:00:00+00:00"


def test_records_come_back_as_they_were_logged(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    assert ledger.article(check.article.id) == check.article
    assert tuple(ledger.article_claims(check.article.id)) == check.extraction.claims
    assert ledger.extraction(check.article.id) == check.extraction
    for claim, verdict in zip(check.extraction.claims, check.verdicts, strict=True):
        entry = ledger.show(claim.id)
        assert (entry.claim, entry.verdict) == (claim, verdict)
    sources = {source.id: source for source in ledger.article_sources(check.article.id)}
    assert sources == {reading.source.id: reading.source for reading in check.readings}


def test_show_has_everything_of_one_claim(ledger: Ledger, check: Check) -> None:
    reviewed(ledger, check)
    entry = ledger.show(check.extraction.claims[2].id)
    assert (entry.row.label, entry.row.standing, entry.row.decision) == (
        Label.CONTRADICTED,
        "supported",
        Decision.OVERRULE,
    )
    assert entry.reviews[0].note == "the paper's own PDF says twenty"
    assert [source.citation.outlet for source in entry.sources] == ["reuters"]
    assert [capture.url for capture in entry.captures] == ["https://reuters.example/putin"]
    assert entry.article.title == "Putin congratulates Trump"
    unread = ledger.show(check.extraction.claims[6].id)
    assert (unread.sources[0].reason, unread.captures, unread.row.reason) == (Reason.PAYWALL, (), "paywall")
    assert [attached.by for attached in unread.attachments] == ["Ben"]


def test_a_claim_is_found_by_six_digits_of_its_id(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    claim = check.extraction.claims[0].id
    for prefix in (claim, claim[:6], claim[:9].upper(), f" {claim[:8]} "):
        assert ledger.show(prefix).claim.id == claim


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("abc12", "at least 6"),
        ("", "at least 6"),
        ("xyzxyz", "at least 6"),
        ("%%%%%%", "at least 6"),
        ("000000*", "at least 6"),
        ("0000000", "no claim"),
    ],
)
def test_what_names_no_claim_is_said(ledger: Ledger, check: Check, prefix: str, words: str) -> None:
    ledger.record(check)
    with pytest.raises(LedgerError, match=words):
        ledger.show(prefix)


def test_an_ambiguous_prefix_is_not_guessed(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    # Two claims of one start cannot be made by hand: their ids are hashes. So the rows are written here.
    connection = ledger._store.connection
    for number, tail in enumerate(("aaaa", "bbbb"), start=100):
        connection.execute(
            "INSERT INTO claims (id, no, article, position, statement, text, kind, checkable, spans) "
            "SELECT ?, ?, article, position, statement, text, kind, checkable, spans FROM claims WHERE no = 1",
            [f"123456{tail}", number],
        )
    with pytest.raises(LedgerError, match="several claims"):
        ledger.show("123456")
    assert ledger._store.rows("SELECT id FROM claims WHERE id GLOB '123456b*'")


def test_lists_are_filtered(ledger: Ledger, check: Check) -> None:
    reviewed(ledger, check)
    assert [row.speaker for row in ledger.claims(label="misattributed")] == ["Peskov"]
    assert len(ledger.claims(label="contradicted")) == 0  # overruled
    assert {row.label for row in ledger.claims(label="supported")} == {Label.SUPPORTED, Label.CONTRADICTED}
    assert len(ledger.claims(outlet="WSJ")) == 2
    assert len(ledger.claims(outlet="news_example")) == 9
    assert [row.speaker for row in ledger.claims(speaker="put")] == ["Putin"]
    assert ledger.claims(speaker="%") == []
    assert len(ledger.claims(limit=4)) == 4
    assert [row.text for row in ledger.claims()] == [claim.text for claim in check.extraction.claims]


# names, and how many claims they have
NAMES = [
    ({"outlet": "wsj"}, 3),
    ({"outlet": "News_Example"}, 12),
    ({"speaker": "PUT"}, 2),
    ({"speaker": "nobody"}, 0),
    ({"outlet": "nowhere"}, 0),
    ({"outlet": "news_example", "speaker": "put"}, 2),
    ({"outlet": "news_example", "label": ("supported", "misattributed")}, 4),
    ({"speaker": "p", "label": "misattributed"}, 1),
]


@pytest.mark.parametrize(("names", "count"), NAMES)
def test_claims_by_a_name_are_listed_alike_whether_few_or_many(
    ledger: Ledger, check: Check, monkeypatch: pytest.MonkeyPatch, names: dict[str, Any], count: int
) -> None:
    reviewed(ledger, check)
    ledger.record(build(LINES[:3], run="run-2", at="2025-01-23T08:00:00+00:00", address="https://other.example/"))
    few = [ledger.claims(**names, limit=limit) for limit in (1, 3, 99)]
    assert len(few[-1]) == count
    monkeypatch.setattr("claims.ledger.reading.lists._MOST_SORTED", -1)
    assert few == [ledger.claims(**names, limit=limit) for limit in (1, 3, 99)]


def test_the_last_log_entry_of_a_run_is_found_behind_later_ones(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    (first,) = ledger._store.rows("SELECT * FROM log ORDER BY seq DESC LIMIT 1")
    ledger.record(build(LINES[:3], run="run-2", at="2025-01-23T08:00:00+00:00", address="https://other.example/"))
    (last,) = ledger._store.rows("SELECT * FROM log ORDER BY seq DESC LIMIT 1")
    for run, row in ((check.run.id, first), ("run-2", last)):
        head = ledger.head(run)
        assert head is not None
        assert (head.seq, head.hash, head.run) == (row["seq"], row["hash"], run)
    assert ledger.head("run-3") is None


CHOSEN = [
    ("supported",),
    ("contradicted", "supported"),
    ("supported", "contradicted", "supported"),
    ("no_source", "not_in_source", "source_unavailable", "void"),
    ("void",),
    tuple(label.value for label in Label),
]


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
@pytest.mark.parametrize("labels", CHOSEN)
def test_a_list_of_labels_is_in_the_order_of_the_whole_list(
    ledger: Ledger, check: Check, labels: tuple[str, ...], limit: int
) -> None:
    reviewed(ledger, check)
    ledger.record(build(run="run-2", at=LATER, address="https://second.example/"))
    ledger.record(build(run="run-3", at="2025-01-20T08:00:00+00:00", address="https://third.example/"))
    claims = [row.id for row in ledger.claims(limit=1000) if row.standing in labels]
    assert [row.id for row in ledger.claims(label=labels, limit=limit)] == claims[:limit]
    cited = [row.id for row in ledger.claims(outlet="wsj", limit=1000) if row.standing in labels]
    assert [row.id for row in ledger.claims(label=labels, outlet="wsj", limit=limit)] == cited[:limit]
    waiting = [row.id for row in ledger.queue(limit=1000) if row.standing in labels]
    assert [row.id for row in ledger.queue(limit, labels)] == waiting[:limit]


def test_the_queue_has_what_a_person_should_look_at_and_why(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    assert [(row.label.value, row.why) for row in ledger.queue()] == [
        ("contradicted", "a source says otherwise"),
        ("misattributed", "attributed to another speaker, date or outlet"),
        ("conflicting", "the sources disagree"),
        ("partly_supported", "the verdict is not certain enough"),
        ("not_in_source", "the verdict is not certain enough"),
        ("no_source", "the verdict is not certain enough"),
        ("source_unavailable", "the source could not be read (paywall): can you read it?"),
    ]
    assert ledger.counts()["queue"] == 7


def test_a_check_offline_is_no_work_for_a_person(ledger: Ledger, check: Check) -> None:
    ledger.record(relabel(check, 6, reason="offline"))
    assert "source_unavailable" not in [row.label for row in ledger.queue()]


def test_a_verdict_that_changes_under_a_decision_comes_first(ledger: Ledger, check: Check) -> None:
    reviewed(ledger, check)
    assert check.extraction.claims[2].id not in [row.id for row in ledger.queue()]
    ledger.record(relabel(again(check, run="run-2", at=LATER), 2, label=Label.NOT_IN_SOURCE))
    first = ledger.queue()[0]
    assert (first.id, first.stale, first.why) == (
        check.extraction.claims[2].id,
        True,
        "the verdict changed after Ana decided",
    )
    assert first.standing == "supported"  # what a person decided stands until a person decides again


def test_changes_say_what_differs(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    changed = relabel(again(check, run="run-2", at=LATER), 0, label=Label.CONTRADICTED)
    ledger.record(relabel(changed, 1, confidence=0.3))
    rows = ledger._store.rows("SELECT changed, label_before, label, checked_at FROM changes")
    assert [tuple(row.values()) for row in rows] == [
        ("label", "supported", "contradicted", LATER),
        ("confidence", "partly_supported", "partly_supported", LATER),
    ]


def test_what_is_due_is_found_by_age_and_label(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    ledger.record(build(run="run-2", at=LATER, address="https://news.example/second"))
    assert [len(due.claims) for due in ledger.due()] == [8, 8]  # the forecast is not checked again
    old = ledger.due(before=LATER)
    assert [(due.article, due.url) for due in old] == [(check.article.id, "https://news.example/inauguration")]
    labelled = ledger.due(labels=[Label.SOURCE_UNAVAILABLE, Label.CONTRADICTED])
    assert [len(due.claims) for due in labelled] == [2, 2]
    assert ledger.due(before="2020") == []


def test_runs_articles_and_labels_are_counted(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    ledger.record(relabel(again(check, run="run-2", at=LATER), 0, label=Label.CONTRADICTED))
    assert [(row.run.id, row.claims, row.added, row.confirmed) for row in ledger.runs()] == [
        ("run-2", 9, 1, 8),
        ("run-1", 9, 9, 0),
    ]
    assert [(row.claims, row.runs, row.checked_at) for row in ledger.articles()] == [(9, 2, LATER)]
    assert ledger.labels()["contradicted"] == 2


def test_a_missing_article_is_named(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no article"):
        ledger.article("0" * 16)
    with pytest.raises(LedgerError, match="no article"):
        ledger.extraction("0" * 16)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("peace", 1),
        ("long-term peace", 1),
        ('"long-term peace"', 1),
        ('"peace long-term"', 0),
        ("“long-term peace”", 1),
        ("prepar*", 1),
        ("preparation", 1),  # the stem
        ("PUTIN", 1),
        ("zurich cafe", 6),  # in the passages, without their accents
        ("Zürich’s", 6),
        ("peace AND Easter", 0),
        ("peace OR Easter", 0),  # OR is a word here
        ("Kremlin’s own", 1),
        ("fireworks", 1),
        ("nothing-like-this", 0),
        ("", 0),
        ("   ", 0),
        ('"', 0),
        ('""', 0),
        ('peace"', 1),
        ("(((", 0),
        ("peace*)", 1),
        ("NEAR(peace", 0),
        ("statement:peace", 0),
        ("-peace", 1),
        ("^peace", 1),
        ("'; DROP TABLE claims; --", 0),
        ("\x00", 0),
        ("和平", 0),
        ("❗️", 0),
    ],
)
def test_search_takes_any_words(ledger: Ledger, check: Check, words: str, count: int) -> None:
    ledger.record(check)
    assert len(ledger.search(words)) == count


def test_search_ranks_the_claims_own_words_before_its_evidence(ledger: Ledger) -> None:
    own = ("Zürich voted on the café law.", None, Label.SUPPORTED, 0.9, "nzz")
    ledger.record(build([("Nothing of the kind.", None, Label.SUPPORTED, 0.9, "wsj"), own]))
    assert [row.text for row in ledger.search("Zürich café")] == [own[0], "Nothing of the kind."]
    assert len(ledger.search("café", limit=1)) == 1


def test_a_query_never_has_an_operator() -> None:
    assert match('a OR "b c" -d e*') == '"b c" AND "a" AND "OR" AND "d" AND "e"*'


def test_a_decision_moves_a_claim_out_of_the_queue(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    for row in ledger.queue():
        ledger.review(Review(claim=row.id, reviewer="Ana", decision=Decision.CONFIRM, at=LATER))
    assert ledger.queue() == []


def test_a_superseded_claim_is_shown_and_not_listed(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    rest = check.extraction.claims[1:]
    fewer = replace(check, extraction=replace(check.extraction, claims=rest), verdicts=check.verdicts[1:])
    ledger.record(again(fewer, run="run-2", at=LATER))
    gone = check.extraction.claims[0].id
    assert gone not in {row.id for row in (*ledger.claims(), *ledger.queue(), *ledger.search("peace"))}
    assert ledger.show(gone).superseded


def test_show_is_of_one_state_of_the_ledger(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    another = relabel(again(check, run="run-2", at=LATER), 0, label=Label.CONTRADICTED, confidence=0.9)
    written = []

    def meanwhile(sql: str) -> None:
        if "FROM evidence" in sql and not written:
            written.append(sql)
            with Ledger.open(ledger.path) as other:
                other.record(another)

    ledger._store.connection.set_trace_callback(meanwhile)
    entry = ledger.show(check.extraction.claims[0].id)
    ledger._store.connection.set_trace_callback(None)
    assert written
    assert entry.row.verdict == entry.verdicts[-1].id  # what a decision would name is what was shown
    assert ledger.show(entry.claim.id).row.label is Label.CONTRADICTED


def test_a_page_that_reads_several_things_has_them_of_one_state(ledger: Ledger, check: Check) -> None:
    ledger.record(check)
    another = relabel(again(check, run="run-2", at=LATER), 0, label=Label.CONTRADICTED, confidence=0.9)

    def shown() -> list[bool]:
        rows = ledger.article_rows(check.article.id)
        with Ledger.open(ledger.path) as other:
            other.record(another)
        verdicts = ledger.article_verdicts(check.article.id)
        return [row.label is verdicts[row.id].label for row in rows]

    with ledger.one_state():
        assert all(shown())
    assert ledger.show(check.extraction.claims[0].id).row.label is Label.CONTRADICTED
