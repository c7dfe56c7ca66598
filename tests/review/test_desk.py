"""The desk: its pages, its decisions, and what it refuses."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sample_check import LINES, again, build, relabel

from claims.errors import LedgerError
from claims.glossary import DEEDS
from claims.ledger.ledger import Ledger
from claims.records import Check, Decision, Label, Review
from review.decisions import moment
from review.desk import answered_hosts, desk, loopback, serve
from review.pages import traced

TABLES = ("articles", "claims", "citations", "captures", "runs", "sources", "verdicts", "evidence", "reviews", "log")


async def page(app: Any, path: str, status: int = 200) -> str:
    response = await app.client.get(path)
    assert response.status_code == status, response.text
    return str(response.text)


async def test_the_start_page_says_what_the_desk_is_and_shows_the_queue_first(app: Any) -> None:
    html = await page(app, "/")
    assert "cited source says it" in html
    assert html.index("Needs review") < html.index("Checked last")
    assert "the quotation differs from" not in html  # it is contradicted, which is more urgent
    assert html.index("a source says otherwise") < html.index("the verdict is not certain enough")
    assert "can you read it?" in html


async def test_an_empty_ledger_says_what_to_do(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "empty.db").close()
    datasette = desk(tmp_path / "empty.db")
    await datasette.invoke_startup()
    assert "factdesk check" in await page(datasette, "/")
    for view in ("queue", "current", "changes", "unread"):
        assert "Nothing here" in await page(datasette, f"/ledger/{view}")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/ledger/queue", ["Claims that need review", "a source says otherwise", "badge bad"]),
        ("/ledger/current", ["current verdict", "overruled by Ana", "badge good"]),
        ("/ledger/changes", ["differ from the one before", "badge good", "badge bad"]),
        ("/ledger/unread", ["could not be read", "not read: paywall", "requires a subscription"]),
        ("/ledger/speakers", ["The quoted speakers", "Waltz"]),
        ("/ledger/outlets", ["The cited outlets", "reuters"]),
        ("/ledger/quotations", ["words differ from the source", "paraphrase_in_quotes"]),
    ],
)
async def test_the_ready_questions_are_answered_in_plain_words(app: Any, path: str, words: list[str]) -> None:
    html = await page(app, path)
    assert [word for word in words if word not in html] == []


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("hop from https://wsj.example/a; paywall", "cited on https://wsj.example/a; paywall"),
        ("the workshop from Reuters was read", "the workshop from Reuters was read"),
        ("the link itself", "the link itself"),
    ],
)
def test_a_hop_is_told_in_plain_words(words: str, shown: str) -> None:
    assert traced(words) == shown


@pytest.mark.parametrize("table", [*TABLES, "attachments"])
async def test_every_table_opens_and_is_described(app: Any, table: str) -> None:
    html = await page(app, f"/ledger/{table}")
    assert re.search(r'metadata-description">\s*\S', html)


async def test_claims_have_facets_by_label_outlet_and_speaker(app: Any) -> None:
    facets = (await app.client.get("/ledger/current.json")).json()["facet_results"]
    assert set(facets) >= {"standing", "outlets", "speaker"}
    assert {item["value"]: item["count"] for item in facets["outlets"]["results"]}["reuters"] == 2
    only = (await app.client.get("/ledger/current.json?outlets__arraycontains=reuters&_shape=array")).json()
    assert len(only) == 2


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/ledger/current.json?_search=peace&_shape=array", 1),
        ("/ledger/queue.json?_search=moscow&_shape=array", 1),
        ("/ledger/evidence.json?_search=zurich&_shape=array", 7),
        ("/ledger/claims.json?_search=zurich&_shape=array", 0),
    ],
)
async def test_full_text_search(app: Any, path: str, count: int) -> None:
    assert len((await app.client.get(path)).json()) == count


async def test_the_queue_is_in_order_and_in_full_as_json(app: Any) -> None:
    rows = (await app.client.get("/ledger/queue.json?_shape=array")).json()
    assert [row["urgency"] for row in rows] == sorted(row["urgency"] for row in rows)
    assert {"claim", "why", "rationale", "checkworthiness"} <= set(rows[0])


async def test_a_claim_leads_to_its_evidence_article_and_captures(app: Any, check: Check) -> None:
    claim = check.extraction.claims[0]
    html = await page(app, f"/claim/{claim.id}")
    assert f'href="/article/{check.article.id}"' in html
    assert 'href="https://wsj.example/putin?x=1"' in html
    capture = check.verdicts[0].evidence[0].passage.capture
    assert f"/claim/{claim.id}/capture/{capture}" in html
    assert f"/ledger/captures/{capture}" in await page(app, f"/claim/{claim.id}/capture/{capture}")
    assert "<del" in html
    assert "long-lasting</ins>" in html
    assert "Earlier verdicts" in html
    await page(app, f"/ledger/captures/{capture}")


async def test_an_article_shows_its_claims_in_place(app: Any, check: Check) -> None:
    html = await page(app, f"/article/{check.article.id}")
    for claim in check.extraction.claims:
        assert f'href="/claim/{claim.id}"' in html
    assert 'class="hit l-contradicted r-yes" href="#c1"' in html
    assert 'href="#c1" aria-label="Claim 1: contradicted"' in html
    assert "overruled</b> by Ana" in html
    assert "attach it: factdesk attach" in html


async def test_an_article_leads_to_where_a_page_is_handed_in(ledger_path: Path, check: Check) -> None:
    datasette = desk(ledger_path, judge=lambda *_: None)
    await datasette.invoke_startup()
    html = await page(datasette, f"/article/{check.article.id}")
    assert f'<a href="/claim/{check.extraction.claims[6].id}#sources">hand it in</a>' in html
    assert "factdesk attach" not in html


async def test_a_decision_in_the_margin_of_an_article_leads_back_to_it(app: Any, check: Check) -> None:
    address = f"/article/{check.article.id}"
    html = await page(app, address)
    margin = html[html.index('id="c2"') : html.index('id="c3"')]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', margin))
    assert (fields["back"], fields["from"], fields["next"]) == ("article", check.article.id, "2")
    claim = f"/claim/{check.extraction.claims[1].id}"
    sent = {**fields, "decision": "confirm", "reviewer": "Zoë"}
    answer = await app.client.post(claim, data=sent, cookies={"ds_csrftoken": fields["csrftoken"]})
    assert (answer.status_code, answer.headers["location"]) == (302, f"{address}#c2")
    assert "confirmed</b> by Zoë" in await page(app, address)
    elsewhere = {**sent, "decision": "undo", "after": "1", "from": "//evil.example/x", "next": "2?a#b"}
    answer = await app.client.post(claim, data=elsewhere, cookies={"ds_csrftoken": fields["csrftoken"]})
    assert answer.headers["location"] == "/article/%2F%2Fevil.example%2Fx#c2%3Fa%23b"


async def test_outlets_have_their_names(ledger_path: Path, check: Check) -> None:
    datasette = desk(ledger_path, outlets={"wsj": "The Wall Street Journal", "news_example": "The Example"})
    await datasette.invoke_startup()
    claim = f"/claim/{check.extraction.claims[0].id}"
    for path in ("/", "/ledger/queue", "/ledger/current", claim, f"/article/{check.article.id}"):
        assert "The Wall Street Journal" in await page(datasette, path), path
    assert "The Example" in await page(datasette, "/")


async def test_a_corrected_article_leads_to_its_versions(app: Any, ledger_path: Path, check: Check) -> None:
    from sample_check import LINES, build

    second = build(LINES[2:], run="run-9", at="2025-01-24T08:00:00+00:00")
    with Ledger.open(ledger_path) as ledger:
        ledger.record(second)
    assert f'href="/article/{check.article.id}"' in await page(app, f"/article/{second.article.id}")
    old = await page(app, f"/article/{check.article.id}")
    assert f'href="/article/{second.article.id}"' in old
    assert "no longer count" in old
    claim = await page(app, f"/claim/{second.extraction.claims[0].id}")
    assert "In the previous version of the article" in claim
    assert "overruled by Ana" in claim
    assert "not in the article as it was read last" in await page(app, f"/claim/{check.extraction.claims[0].id}")


async def test_a_prefix_leads_to_the_claim_and_nothing_to_a_clear_page(app: Any, check: Check) -> None:
    claim = check.extraction.claims[0].id
    response = await app.client.get(f"/claim/{claim[:7]}")
    assert (response.status_code, response.headers["location"]) == (302, f"/claim/{claim}")
    for nothing in ("/claim/000000", "/article/000000"):
        told = await page(app, nothing, 404)
        assert "The ledger has no claim or article" in told
        assert "factdesk.db" not in told
    await page(app, "/claim/nonsense", 404)


def hidden(html: str) -> dict[str, str]:
    """What the decision form carries unseen: its token, the verdict and the last decision that it was shown with."""
    fields = dict(re.findall(r'<input type="hidden" name="(csrftoken|verdict|after)" value="([^"]+)"', html))
    assert set(fields) == {"csrftoken", "verdict", "after"}
    return fields


async def decide(app: Any, claim: str, *, to: str = "", headers: dict[str, str] | None = None, **fields: str) -> Any:
    form = await app.client.get(f"/claim/{claim}")
    cookies = {"ds_csrftoken": form.cookies["ds_csrftoken"]}
    data = {**hidden(form.text), **fields}
    return await app.client.post(f"/claim/{claim}{to}", data=data, cookies=cookies, headers=headers)


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ({"decision": "confirm"}, "misattributed"),
        ({"decision": "confirm", "label": "supported"}, "misattributed"),  # the menu was touched, then left
        ({"decision": "overrule", "label": "supported", "note": "He did say it <here>."}, "supported"),
        ({"decision": "void", "note": "a caption"}, "void"),
    ],
)
async def test_a_decision_goes_into_the_ledger(
    app: Any, ledger_path: Path, check: Check, fields: dict[str, str], standing: str
) -> None:
    claim = check.extraction.claims[4].id
    response = await decide(app, claim, reviewer="Zoë Ω", **fields)
    assert (response.status_code, response.headers["location"]) == (302, f"/claim/{claim}#decision")
    with Ledger.open(ledger_path, create=False) as ledger:
        row = ledger.show(claim).row
        assert (row.standing, row.reviewer, row.decision) == (standing, "Zoë Ω", Decision(fields["decision"]))
        assert ledger.audit().holds
    html = await page(app, f"/claim/{claim}")
    assert f"Undo: Zoë Ω {DEEDS[Decision(fields['decision'])].did}" in html
    assert "<here>" not in html


async def test_the_next_form_knows_the_reviewer(app: Any, check: Check) -> None:
    response = await decide(app, check.extraction.claims[4].id, reviewer="Zoë Ω", decision="confirm")
    html = await app.client.get(
        f"/claim/{check.extraction.claims[5].id}", cookies={"factdesk_reviewer": response.cookies["factdesk_reviewer"]}
    )
    assert 'value="Zoë Ω"' in html.text


async def test_a_verdict_that_changed_while_the_form_was_open_is_not_confirmed(
    app: Any, ledger_path: Path, check: Check
) -> None:
    claim = check.extraction.claims[4].id
    form = await app.client.get(f"/claim/{claim}")
    with Ledger.open(ledger_path) as ledger:
        changed = again(check, run="run-9", at="2025-01-24T08:00:00+00:00")
        ledger.record(relabel(changed, 4, label=Label.CONTRADICTED, confidence=0.9))
    cookies = {"ds_csrftoken": form.cookies["ds_csrftoken"]}
    sent = {**hidden(form.text), "decision": "confirm", "reviewer": "Ana", "note": "as I read it"}
    response = await app.client.post(f"/claim/{claim}", data=sent, cookies=cookies)
    assert response.status_code == 409
    change = "The verdict is contradicted (2025-01-24 08:00), no longer misattributed (2025-01-21 08:00)."
    assert change in response.text
    assert 'value="as I read it"' in response.text
    assert "checked>" not in response.text  # what he chose was on another verdict
    with Ledger.open(ledger_path, create=False) as ledger:
        assert ledger.show(claim).reviews == ()
    now = {**hidden(response.text), "decision": "confirm", "reviewer": "Ana"}
    assert (await app.client.post(f"/claim/{claim}", data=now, cookies=cookies)).status_code == 302
    with Ledger.open(ledger_path, create=False) as ledger:
        assert ledger.show(claim).row.standing == "contradicted"


async def test_a_claim_that_its_article_no_longer_makes_is_decided_only_where_that_was_shown(
    app: Any, ledger_path: Path, check: Check
) -> None:
    claim = check.extraction.claims[4].id
    form = await app.client.get(f"/claim/{claim}")
    with Ledger.open(ledger_path) as ledger:
        ledger.record(build(LINES[:4], run="run-9", at="2025-01-24T08:00:00+00:00"))
        assert ledger.show(claim).superseded
    cookies = {"ds_csrftoken": form.cookies["ds_csrftoken"]}
    decision = {"decision": "confirm", "reviewer": "Ana"}
    refused = await app.client.post(f"/claim/{claim}", data={**hidden(form.text), **decision}, cookies=cookies)
    assert refused.status_code == 409
    assert "The article, as it was read last, no longer makes this claim." in refused.text
    shown = {**hidden(refused.text), "superseded": "yes"}
    assert '<input type="hidden" name="superseded" value="yes">' in refused.text
    answer = await app.client.post(f"/claim/{claim}", data={**shown, **decision}, cookies=cookies)
    assert answer.status_code == 302


async def test_of_two_open_forms_the_second_is_told_of_the_first(app: Any, ledger_path: Path, check: Check) -> None:
    claim = check.extraction.claims[4].id
    forms = [await app.client.get(f"/claim/{claim}") for _ in range(2)]
    sent = [
        {"decision": "confirm", "reviewer": "Ana"},
        {"decision": "overrule", "label": "supported", "note": "he did", "reviewer": "Ben"},
    ]
    answers = [
        await app.client.post(
            f"/claim/{claim}",
            data={**hidden(form.text), **fields},
            cookies={"ds_csrftoken": form.cookies["ds_csrftoken"]},
        )
        for form, fields in zip(forms, sent, strict=True)
    ]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "Ana confirmed it: misattributed." in answers[1].text
    with Ledger.open(ledger_path, create=False) as ledger:
        assert [review.reviewer for review in ledger.show(claim).reviews] == ["Ana"]


async def test_a_marked_claim_that_is_not_confirmed_is_named(app: Any, ledger_path: Path) -> None:
    with Ledger.open(ledger_path) as ledger:
        first, second, *_ = ledger.queue()
    queue = await app.client.get("/queue")
    with Ledger.open(ledger_path) as ledger:  # a colleague is faster; the claim leaves the queue
        ledger.review(Review(claim=first.id, reviewer="Ben", decision=Decision.CONFIRM, at=moment()))
    picked = {f"pick-{row.id}": f"{row.verdict}:{row.decisions}" for row in (first, second)} | {"pick-abc": "0:0"}
    data = {"csrftoken": hidden(queue.text)["csrftoken"], "reviewer": "Zoe", **picked}
    cookies = {"ds_csrftoken": queue.cookies["ds_csrftoken"]}
    answer = await app.client.post("/queue", data=data, cookies=cookies)
    assert answer.status_code == 409
    refused, done = (re.findall(f'<div class="{name}".*?</div>', answer.text, re.S) for name in ("error", "done"))
    assert len(refused) == 2
    assert first.statement in refused[0]
    assert "Ben confirmed it" in refused[0]
    assert "claim abc" in refused[1]
    assert len(done) == 1
    assert second.statement in done[0]
    with Ledger.open(ledger_path) as ledger:
        assert [review.reviewer for review in ledger.show(first.id).reviews] == ["Ben"]
        assert [review.reviewer for review in ledger.show(second.id).reviews] == ["Zoe"]


@pytest.mark.parametrize("lost", [{"verdict": ""}, {"after": ""}, {"after": "-1"}, {"after": "x"}, {"after": "9" * 30}])
async def test_a_form_that_does_not_say_what_was_shown_is_refused(
    app: Any, ledger_path: Path, check: Check, lost: dict[str, str]
) -> None:
    claim = check.extraction.claims[4].id
    response = await decide(app, claim, decision="confirm", reviewer="Ana", **lost)
    assert response.status_code == 400
    assert "does not name the verdict it was shown for" in response.text
    with Ledger.open(ledger_path, create=False) as ledger:
        assert ledger.show(claim).reviews == ()


async def test_a_decision_is_taken_back_and_corrected_on_the_desk(app: Any, ledger_path: Path, check: Check) -> None:
    claim = check.extraction.claims[4].id
    assert 'value="undo"' not in await page(app, f"/claim/{claim}")
    await decide(app, claim, decision="confirm", reviewer="Ana")
    assert "Undo: Ana confirmed it" in await page(app, f"/claim/{claim}")
    correction = {"decision": "overrule", "label": "supported", "note": "he did", "correction": "minor"}
    assert (await decide(app, claim, reviewer="Ben", **correction)).status_code == 302
    assert "minor correction" in await page(app, f"/claim/{claim}")
    assert (await decide(app, claim, decision="undo", reviewer="Ben")).status_code == 302
    with Ledger.open(ledger_path, create=False) as ledger:
        row = ledger.show(claim).row
        assert (row.standing, row.reviewer, row.state) == ("misattributed", "Ana", "decided")
    assert "Ben overruled it: supported" in await page(app, f"/claim/{claim}")
    notice = re.search('<div class="done".*?</div>', await page(app, f"/queue?undone={claim}"), re.S)
    assert notice is not None and "taken back" in notice[0] and "what holds now: confirmed by Ana" in notice[0]
    for other in (check.extraction.claims[0].id, "abc"):
        assert 'class="done"' not in await page(app, f"/queue?undone={other}")
    notice = re.search('<div class="done".*?</div>', await page(app, f"/queue?decided={claim}"), re.S)
    assert notice is not None and "by Ana" in notice[0]
    assert "<form" not in notice[0]  # who has given no name takes nothing back in hers


async def test_a_decision_that_was_taken_back_meanwhile_is_not_agreed_with(app: Any, check: Check) -> None:
    claim = check.extraction.claims[4].id
    await decide(app, claim, decision="confirm", reviewer="Ana")
    await decide(app, claim, decision="undo", reviewer="Ana")
    refused = await decide(app, claim, decision="agree", reviewer="Ben")
    assert refused.status_code == 409
    assert "there is none to agree with" in refused.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"decision": "confirm", "reviewer": " "}, "A decision needs the name"),
        ({"decision": "overrule", "label": "supported", "reviewer": "Ana"}, "needs a note"),
        ({"decision": "overrule", "note": "so", "reviewer": "Ana"}, "give the new label"),
        ({"decision": "overrule", "label": "nonsense", "note": "so", "reviewer": "Ana"}, "Choose one of"),
        ({"decision": "nonsense", "reviewer": "Ana"}, "Choose one of"),
        ({"reviewer": "Ana"}, "Choose one of"),
    ],
)
async def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    app: Any, ledger_path: Path, check: Check, fields: dict[str, str], words: str
) -> None:
    claim = check.extraction.claims[4].id
    response = await decide(app, claim, **fields)
    assert response.status_code == 400
    assert words in response.text
    if fields.get("note"):
        assert f'name="note" required maxlength="4000" autocomplete="off" value="{fields["note"]}"' in response.text
    with Ledger.open(ledger_path, create=False) as ledger:
        assert ledger.show(claim).reviews == ()


async def test_a_decision_without_the_pages_own_token_is_refused(app: Any, ledger_path: Path, check: Check) -> None:
    claim = check.extraction.claims[4].id
    data = {"decision": "confirm", "reviewer": "Eve"}
    for cookies in ({}, {"other": "x"}, {"ds_csrftoken": "forged"}):
        response = await app.client.post(f"/claim/{claim}", data={**data, "csrftoken": "forged"}, cookies=cookies)
        assert response.status_code == 403
    with Ledger.open(ledger_path, create=False) as ledger:
        assert ledger.show(claim).reviews == ()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin", "origin": "http://localhost"}, 302),
        ({"origin": "http://localhost"}, 302),
        ({}, 302),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://localhost"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://localhost:9999"}, 403),
        ({"origin": "null"}, 403),
    ],
)
async def test_a_form_of_another_site_is_refused(app: Any, check: Check, headers: dict[str, str], status: int) -> None:
    response = await decide(app, check.extraction.claims[4].id, headers=headers, decision="confirm", reviewer="Ana")
    assert response.status_code == status


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"url": "https://ft.example/real"}, 302, ""),
        ({"url": "javascript:alert(1)"}, 400, "starts with http"),
        ({"url": ""}, 400, "starts with http"),
        ({"url": "https://ft.example/real", "reviewer": " "}, 400, "name of the"),
        ({"url": "https://ft.example/real", "source": "another"}, 400, "does not cite"),
    ],
)
async def test_a_person_who_knows_where_a_source_is_can_say_so(
    app: Any, ledger_path: Path, check: Check, fields: dict[str, str], status: int, words: str
) -> None:
    claim = check.extraction.claims[6]
    sent = {"source": claim.citations[0].source_id, "reviewer": "Ben", **fields}
    response = await decide(app, claim.id, to="/source", **sent)
    assert response.status_code == status
    assert words in response.text
    with Ledger.open(ledger_path, create=False) as ledger:
        known = [item.url for item in ledger.show(claim.id).attachments if item.url]
    assert known == (["https://ft.example/real"] if status == 302 else [])
    assert ("Attached by Ben" in await page(app, f"/claim/{claim.id}")) is True  # the sample has a page already
    assert (await app.client.get(f"/claim/{claim.id}/source")).status_code == 302


async def test_an_address_without_the_pages_own_token_is_refused(app: Any, check: Check) -> None:
    claim = check.extraction.claims[6]
    data = {"source": claim.citations[0].source_id, "url": "https://ft.example/", "reviewer": "Eve"}
    assert (await app.client.post(f"/claim/{claim.id}/source", data=data)).status_code == 403


async def test_datasette_itself_cannot_write(app: Any) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await app.get_database("ledger").execute("DELETE FROM claims")


async def test_pages_name_no_other_site_and_forbid_loading_any(app: Any, check: Check) -> None:
    for path in ("/", "/ledger", "/ledger/current", "/ledger/log", f"/claim/{check.extraction.claims[0].id}"):
        response = await app.client.get(path)
        loaded = re.findall(r'<(?:script|img|link|iframe)[^>]*?(?:src|href)="([^"]+)"', response.text)
        assert [address for address in loaded if not address.startswith("/") and "localhost" not in address] == []
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert response.headers["referrer-policy"] == "same-origin"


async def test_hostile_text_stays_text(tmp_path: Path) -> None:
    from sample_check import Label, build

    words = "<script>alert(1)</script> & <img src=x onerror=alert(2)>"
    check = build([(words, words, Label.SUPPORTED, 0.9, "wsj")], address="javascript:alert(3)")
    path = tmp_path / "hostile.db"
    with Ledger.open(path) as ledger:
        ledger.record(check)
    datasette = desk(path)
    await datasette.invoke_startup()
    claim = check.extraction.claims[0].id
    for address in ("/", "/ledger/current", "/ledger/claims", f"/claim/{claim}", f"/article/{check.article.id}"):
        html = await page(datasette, address)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8001", 200),
        ("localhost", 200),
        ("[::1]:8001", 200),
        ("LOCALHOST:8001", 200),
        ("evil.example", 421),
        ("127.0.0.1:80:80", 421),
        ("[::1", 421),
        ("127.0.0.1@evil.example", 421),
        ("127.0.0.1.evil.example:8001", 421),
        ("", 421),
    ],
)
async def test_a_desk_on_loopback_answers_only_under_its_own_names(ledger_path: Path, host: str, status: int) -> None:
    datasette = desk(ledger_path, answered_hosts("127.0.0.1"))
    await datasette.invoke_startup()
    response = await datasette.client.get("/", headers={"host": host})
    assert response.status_code == status


@pytest.mark.parametrize(
    ("host", "inside"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("a.b", False)],
)
def test_loopback_is_known(host: str, inside: bool) -> None:
    assert loopback(host) is inside
    assert bool(answered_hosts(host)) is inside


async def test_the_queue_leads_from_claim_to_claim_and_ends(app: Any, ledger_path: Path) -> None:
    seen: list[str] = []
    with Ledger.open(ledger_path, create=False) as ledger:
        waiting = [row.id for row in ledger.queue()]
    claim: str | None = waiting[0]
    while claim:
        seen.append(claim)
        await decide(app, claim, reviewer="Ana", decision="confirm")
        following = re.search(r'class="next-claim" href="/claim/([0-9a-f]+)"', await page(app, f"/claim/{claim}"))
        claim = following[1] if following else None
    assert seen == waiting


def test_a_missing_ledger_and_a_taken_port_are_one_line(tmp_path: Path, ledger_path: Path) -> None:
    import socket

    with pytest.raises(LedgerError, match="factdesk check"):
        desk(tmp_path / "missing.db")
    with closing(socket.create_server(("127.0.0.1", 0))) as taken, pytest.raises(LedgerError, match="--port"):
        serve(ledger_path, "127.0.0.1", taken.getsockname()[1])


async def test_a_datasette_without_a_ledger_stays_as_it_was(tmp_path: Path) -> None:
    from datasette.app import Datasette

    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE claims (id TEXT PRIMARY KEY, label TEXT)")
        connection.execute("INSERT INTO claims VALUES ('a', 'supported')")
        connection.commit()
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    assert "Factdesk" not in await page(datasette, "/")
    html = await page(datasette, "/other/claims")
    assert "badge" not in html
    assert "desk.css" not in html
    await page(datasette, "/claim/abcdef", 404)


async def test_a_plain_datasette_on_a_ledger_gets_the_desk_too(ledger_path: Path, check: Check) -> None:
    from datasette.app import Datasette

    datasette = Datasette([str(ledger_path)])
    await datasette.invoke_startup()
    assert "Needs review" in await page(datasette, "/")
    assert "badge" in await page(datasette, "/factdesk/verdicts")
    claim = check.extraction.claims[0].id
    captured = re.search(rf"/claim/{claim}/capture/[0-9a-f]+", await page(datasette, f"/claim/{claim}"))
    assert captured is not None
    assert "/factdesk/captures/" in await page(datasette, captured[0])


async def test_a_claim_shows_the_words_that_its_source_does_not_seem_to_say(
    app: Any, ledger_path: Path, check: Check
) -> None:
    claim = check.extraction.claims[4]
    [(start, end)] = claim.spans
    assert "seem to say" not in await page(app, f"/claim/{claim.id}")
    with Ledger.open(ledger_path) as ledger:
        later = again(check, run="run-9", at="2025-01-24T08:00:00+00:00")
        ledger.record(relabel(later, 4, unsaid=((end - 5, end),)))
        assert ledger.audit().holds
    html = await page(app, f"/claim/{claim.id}")
    assert f'<mark class="in-claim unsaid">{check.article.text[end - 5 : end]}</mark>' in html
    assert f'<mark class="in-claim">{check.article.text[start : end - 5]}</mark>' in html
    assert "Underlined with a wave: the words that the source does not seem to say" in html


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nowhere", "The desk has no page at this address."),
        ("/nowhere/at/all", "The desk has no page at this address."),
        ("/ledger/nothing", "The ledger has no table of this name."),
        ("/ledger/claims/nothing", "The table has no such row."),
    ],
)
async def test_an_address_without_a_page_is_answered_in_the_words_of_the_desk(app: Any, path: str, words: str) -> None:
    answer = await app.client.get(path)
    assert (answer.status_code, words in answer.text, "Database" in answer.text) == (404, True, False)


async def test_a_text_that_is_not_utf_8_is_shown_and_named_by_the_audit(
    app: Any, ledger_path: Path, check: Check
) -> None:
    claim = check.extraction.claims[0]
    with closing(sqlite3.connect(ledger_path)) as connection:
        connection.execute("DROP TRIGGER claims_fts_change")
        connection.execute("UPDATE claims SET statement = CAST(x'4142ff43' AS TEXT) WHERE id = ?", [claim.id])
        connection.commit()
    for path in ("/", "/queue", f"/claim/{claim.id}", f"/article/{claim.article}", "/ledger/claims", "/ledger/queue"):
        answer = await app.client.get(path)
        assert answer.status_code == 200, path
    with Ledger.open(ledger_path) as ledger:
        assert ledger.show(claim.id).claim.statement == "AB\ufffdC"
        assert [row.id for row in ledger.claims(limit=99)].count(claim.id) == 1
        assert f"claims {claim.id}" in [fault.row for fault in ledger.audit().faults]


async def test_the_pages_have_the_words_and_the_times_of_the_desk(ledger_path: Path, check: Check) -> None:
    app = desk(ledger_path, scale={"contradicted": "False"}, timezone="Pacific/Kiritimati")  # fourteen hours ahead
    await app.invoke_startup()
    claim = check.extraction.claims[0].id
    for path in ("/", "/queue", f"/claim/{claim}", "/figures", "/ledger/current", "/ledger/verdicts"):
        html = await page(app, path)
        assert "✗</i> False" in html, path
        assert "✗</i> contradicted" not in html, path
        assert "Times are Pacific/Kiritimati." in html, path
    assert "last checked <time>2025-01-22 22:00</time>" in await page(app, f"/claim/{claim}")
    for database in app.databases.values():
        database.close()
