"""The JSON documents: every published key, in its place, with its shape."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable

import pytest

from claims.records import Check
from flows.show.json_documents import claims_document, document, failure_document
from sources.outlets import load_outlets

ARTICLE = ["id", "url", "title", "published", "outlet", "sha256"]
ATTRIBUTION = ["speaker", "cue", "mode", "negated", "anonymous", "spans"]
CLAIM = [
    "id", "text", "statement", "spans", "kind", "checkable", "reasons", "checkworthiness",
    "attribution", "changes", "citations", "verdict",
]  # fmt: skip
CITATION = ["kind", "outlet", "outlet_name", "url", "handle", "date", "text", "mark"]
VERDICT = [
    "label", "confidence", "needs_review", "basis", "rationale", "reason", "quote", "quantities", "unsaid",
    "evidence",
]  # fmt: skip
EVIDENCE = ["url", "outlet", "capture", "passage", "span", "stance", "score"]
SOURCE = ["outlet", "outlet_name", "url", "status", "reason", "detail", "missed", "via", "capture"]
QUOTE = ["quote", "grade", "similarity", "found", "span", "capture", "diff"]
QUANTITY = ["kind", "claimed", "found", "agrees", "note"]
RUN = ["id", "started_at", "finished_at", "judge", "version"]


def read(check: Check):
    """The document as a reader of the command's output gets it."""
    return json.loads(json.dumps(document(check), allow_nan=False))


def test_the_document_has_the_published_keys_and_no_other(check):
    found = read(check)
    keys = ["article", "attributions", "run", "claims", "unclaimed", "sources", "references", "unsearched"]
    assert list(found) == keys
    assert list(found["article"]) == ARTICLE
    assert list(found["run"]) == RUN
    assert all(list(one) == ATTRIBUTION for one in found["attributions"])
    assert all(list(one["spans"]) == ["source", "cue", "content"] for one in found["attributions"])
    assert all(list(one) == CLAIM for one in found["claims"])
    assert all(list(citation) == CITATION for one in found["claims"] for citation in one["citations"])
    assert all(list(one["verdict"]) == VERDICT for one in found["claims"])
    assert all(list(piece) == EVIDENCE for one in found["claims"] for piece in one["verdict"]["evidence"])
    assert all(list(one) == SOURCE for one in found["sources"])


def test_spans_lie_in_the_article_and_give_the_claims_words(check):
    found = read(check)
    for one in found["claims"]:
        assert one["text"] == " ".join(check.article.text[start:end] for start, end in one["spans"])


def test_the_attribution_of_a_claim_has_the_fields_of_an_attribution(check):
    second = read(check)["claims"][1]
    assert list(second["attribution"]) == ATTRIBUTION
    assert second["attribution"]["speaker"] == "Putin"
    assert second["attribution"]["mode"] == "mixed"
    assert read(check)["claims"][0]["attribution"] is None


def test_findings_of_quotes_and_quantities_are_spelt_out(check):
    claims = read(check)["claims"]
    quote = claims[1]["verdict"]["quote"]
    assert list(quote) == QUOTE
    assert quote["diff"][0] == ["=", "open to a"]
    assert quote["span"] == [41, 79]
    assert claims[0]["verdict"]["quote"] is None
    (number,) = claims[2]["verdict"]["quantities"]
    assert list(number) == QUANTITY
    assert number["agrees"] is False


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (0, ("reuters", "captured", None, "replay")),
        (1, ("nyt", "unavailable", "paywall", "replay")),
        (2, ("wsj", "captured", "paywall", "replay")),  # its free lead was read
        (3, ("abcnews", "captured", None, "replay")),
        (4, ("bbc", "unavailable", "not_found", "replay")),
        (5, ("rt", "unavailable", "deleted", None)),
    ],
)  # fmt: skip
def test_sources_say_whether_they_were_read(check, place, expected):
    source = read(check)["sources"][place]
    assert (source["outlet"], source["status"], source["reason"], source["via"]) == expected


def test_a_source_without_link_gives_the_address_that_was_found_for_it(check):
    assert read(check)["sources"][2]["url"].startswith("https://www.wsj.com/")
    assert read(check)["sources"][5]["url"] is None


def test_a_source_neither_read_nor_excused_is_never_called_captured(check):
    unread = dataclasses.replace(check, readings=tuple(dataclasses.replace(r, page=None) for r in check.readings))
    assert {one["status"] for one in read(unread)["sources"]} == {"unavailable"}


def test_claims_alone_have_no_verdict_no_run_and_no_sources(check):
    found = json.loads(json.dumps(claims_document(check.article, check.extraction)))
    assert list(found) == ["article", "attributions", "claims", "unclaimed"]
    assert all(one["verdict"] is None and list(one) == CLAIM for one in found["claims"])
    assert len(found["claims"]) == len(check.extraction.claims)


def test_a_claim_that_was_not_judged_has_a_null_verdict(check):
    cut = dataclasses.replace(check, verdicts=check.verdicts[:1])
    assert [one["verdict"] is None for one in read(cut)["claims"]] == [False] + [True] * 9


def test_outlets_have_their_names(check):
    found = json.loads(json.dumps(document(check, outlets=load_outlets())))
    cited = {one["outlet"]: one["outlet_name"] for claim in found["claims"] for one in claim["citations"]}
    assert (cited["wsj"], cited["reuters"]) == ("The Wall Street Journal", "Reuters")
    assert {one["outlet"]: one["outlet_name"] for one in found["sources"]}["wsj"] == "The Wall Street Journal"


def test_a_failure_is_one_clear_line():
    assert failure_document("nowhere.html", OSError("no such file:\n nowhere.html")) == {
        "source": "nowhere.html",
        "error": "no such file: nowhere.html",
    }


def test_hostile_text_survives_as_text(hostile: Callable[[str], Check]):
    bad = '"}\n{"x": \x1b[2J</script>\u2028'
    line = json.dumps(document(hostile(bad)))
    assert "\n" not in line
    assert json.loads(line)["claims"][0]["text"] == bad
