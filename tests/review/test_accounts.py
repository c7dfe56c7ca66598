"""Accounts: who may read, decide and check articles; a desk without accounts asks nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from claims.errors import LedgerError
from claims.ledger.ledger import Ledger
from claims.records import Check, Correction, Decision, Review
from flows.commands.running.review import desk_accounts
from flows.config.desk import Account, ReviewDesk
from review.access.accounts import DeskAccount, Role
from review.desk import desk as make_desk
from review.desk import serve
from review.handed.checks import CheckProgress

passwords = pytest.importorskip("datasette_auth_passwords.utils")
PASSWORDS = {"rita": "only reads", "ravi": "decides too", "edda": "checks as well"}
ROLES = {"rita": Role.READER, "ravi": Role.REVIEWER, "edda": Role.EDITOR}
NAMES = {"rita": "Rita Reader", "ravi": "Ravi Reviewer", "edda": "Edda Editor"}
ACCOUNTS = {
    user: DeskAccount(name=NAMES[user], role=role, password_hash=passwords.hash_password(PASSWORDS[user], iterations=1))
    for user, role in ROLES.items()
}


class Checks:
    """What starts checks, which only keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def start(self, article: object) -> str:
        self.asked.append(article)
        return "c0ffee"

    def progress(self, name: str) -> CheckProgress | None:
        return None


@pytest.fixture
async def guarded(ledger_path: Path) -> AsyncIterator[Any]:
    """A desk with an account of each role."""
    app = make_desk(ledger_path, accounts=ACCOUNTS, checks=Checks())  # type: ignore[arg-type]  # only what is asked
    await app.invoke_startup()
    yield app
    for database in app.databases.values():
        database.close()


async def login(app: Any, user: str, password: str | None = None) -> dict[str, str]:
    """The cookies of a person who has logged in; without ``ds_actor`` if that was refused."""
    form = await app.client.get("/-/login")
    token = form.cookies["ds_csrftoken"]
    data = {"username": user, "password": PASSWORDS.get(user, "") if password is None else password}
    answer = await app.client.post("/-/login", data={**data, "csrftoken": token}, cookies={"ds_csrftoken": token})
    actor = {"ds_actor": answer.cookies["ds_actor"]} if "ds_actor" in answer.cookies else {}
    return {"ds_csrftoken": token, **actor}


async def decide(app: Any, cookies: Mapping[str, str], path: Path, claim: str, **fields: str) -> int:
    with Ledger.open(path, create=False) as ledger:
        row = ledger.show(claim).row
    form = {"decision": "confirm", "reviewer": "Somebody Else", "verdict": row.verdict, "after": str(row.decisions)}
    data = {**form, "csrftoken": cookies["ds_csrftoken"], **fields}
    answer = await app.client.post(f"/claim/{claim}", data=data, cookies=dict(cookies))
    return int(answer.status_code)


HTML = {"accept": "text/html"}
READ = ("/", "/queue", "/figures", "/hand-in", "/check", "/ledger", "/ledger/current", "/ledger/log")
PLAIN = ("/ledger.json", "/ledger/claims.csv", "/ledger.json?sql=select+1", "/-/metadata.json", "/-/databases.json")


@pytest.mark.parametrize("path", [*READ, "/-/permissions", "/-/allow-debug", "/-/actor.json"])
async def test_who_has_not_logged_in_is_led_to_the_login(guarded: Any, path: str) -> None:
    answer = await guarded.client.get(path, headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (302, "/-/login")
    assert (await guarded.client.get(path, headers={"accept": "*/*"})).status_code == 401


@pytest.mark.parametrize("path", PLAIN)
async def test_no_data_is_given_to_who_has_not_logged_in(guarded: Any, path: str) -> None:
    answer = await guarded.client.get(path)
    assert (answer.status_code, answer.text) == (401, "Log in at /-/login first")


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "e30.e30", "eyJhIjp7ImlkIjoiZWRkYSJ9fQ", "eyJhIjp7ImlkIjoiZWRkYSJ9fQ.AAAAAAAAAAAAAAAAAAAAAAAAAAA"],
)
async def test_a_cookie_that_the_desk_did_not_sign_is_none(guarded: Any, cookie: str) -> None:
    answer = await guarded.client.get("/queue", headers=HTML, cookies={"ds_actor": cookie})
    assert answer.status_code == 302


async def test_an_account_called_none_is_not_that_of_nobody(ledger_path: Path) -> None:
    app = make_desk(ledger_path, accounts={"None": ACCOUNTS["edda"]})
    await app.invoke_startup()
    assert (await app.client.get("/ledger.json")).status_code == 401
    for database in app.databases.values():
        database.close()


async def test_a_person_whose_account_is_gone_is_out(guarded: Any) -> None:
    signed = guarded.sign({"a": {"id": "gone", "role": "editor", "name": "Gone"}}, "actor")
    answer = await guarded.client.get("/queue", headers=HTML, cookies={"ds_actor": signed})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("user", "password", "in_"),
    [
        ("rita", "only reads", True),
        ("rita", "decides too", False),
        ("rita", "", False),
        ("rita", ACCOUNTS["rita"].password_hash, False),
        ("", "", False),
        ("nobody", "only reads", False),
        ("edda_password_hash", "checks as well", False),
    ],
)
async def test_only_the_password_logs_in(guarded: Any, user: str, password: str, in_: bool) -> None:
    cookies = await login(guarded, user, password)
    assert ("ds_actor" in cookies) is in_
    assert ((await guarded.client.get("/queue", headers=HTML, cookies=cookies)).status_code == 200) is in_


@pytest.mark.parametrize("user", ROLES)
async def test_every_role_reads_every_page_and_no_hash(guarded: Any, user: str) -> None:
    cookies = await login(guarded, user)
    for path in (*READ, *PLAIN):
        answer = await guarded.client.get(path, headers=HTML, cookies=cookies)
        assert answer.status_code == 200, path
        assert "pbkdf2" not in answer.text, path
        if path == "/queue":
            assert ("You decide as" in answer.text) is (user != "rita")


# user, whether he may decide, publish a correction, and check an article
@pytest.mark.parametrize(
    ("user", "decides", "edits"), [("rita", False, False), ("ravi", True, False), ("edda", True, True)]
)
async def test_each_role_may_do_what_it_says(
    guarded: Any, ledger_path: Path, check: Check, user: str, decides: bool, edits: bool
) -> None:
    cookies = await login(guarded, user)
    claims = [claim.id for claim in check.extraction.claims]
    token = {"csrftoken": cookies["ds_csrftoken"]}
    assert await decide(guarded, cookies, ledger_path, claims[3]) == (302 if decides else 403)
    assert await decide(guarded, cookies, ledger_path, claims[2], correction="note") == (302 if edits else 403)
    with Ledger.open(ledger_path, create=False) as ledger:
        row = ledger.show(claims[5]).row
        known = len(ledger.show(claims[3]).reviews)
    together = {**token, f"pick-{row.id}": f"{row.verdict}:{row.decisions}"}
    answer = await guarded.client.post("/queue", data=together, cookies=cookies)
    assert answer.status_code == (302 if decides else 403)
    data = {**token, "url": "https://news.example/a"}
    files = {"file": ("", b"")}
    answer = await guarded.client.post("/check", data=data, files=files, cookies=cookies)
    assert answer.status_code == (302 if edits else 403)
    source = {
        **token,
        "source": check.extraction.claims[6].citations[0].source_id,
        "url": "https://news.example/source",
    }
    answer = await guarded.client.post(f"/claim/{claims[6]}/source", data=source, cookies=cookies)
    assert answer.status_code == (302 if decides else 403)
    assert known == (1 if decides else 0)
    correction = Review(
        claim=claims[2],
        reviewer="Zed",
        decision=Decision.VOID,
        note="a caption",
        at="2025-02-01T09:00:00+00:00",
        correction=Correction.MINOR,
    )
    with Ledger.open(ledger_path, create=False) as ledger:
        ledger.review(correction)
    assert await decide(guarded, cookies, ledger_path, claims[2], decision="undo") == (302 if edits else 403)


@pytest.mark.parametrize("user", ["ravi", "edda"])
async def test_a_decision_is_under_the_name_of_the_account(
    guarded: Any, ledger_path: Path, check: Check, user: str
) -> None:
    cookies = await login(guarded, user)
    claim = check.extraction.claims[3].id
    assert await decide(guarded, cookies, ledger_path, claim, reviewer="Ana") == 302
    with Ledger.open(ledger_path, create=False) as ledger:
        assert [review.reviewer for review in ledger.show(claim).reviews] == [NAMES[user]]
    html = (await guarded.client.get("/queue", headers=HTML, cookies=cookies)).text
    assert f"<b>{NAMES[user]}</b>" in html
    assert "another name" not in html


@pytest.mark.parametrize(("user", "forms", "boxes"), [("rita", 0, 0), ("ravi", 1, 0), ("edda", 1, 1)])
async def test_nobody_is_shown_a_form_that_would_be_refused(
    guarded: Any, check: Check, user: str, forms: int, boxes: int
) -> None:
    cookies = await login(guarded, user)
    claim = check.extraction.claims[3].id
    html = (await guarded.client.get(f"/claim/{claim}", headers=HTML, cookies=cookies)).text
    assert html.count('<form class="quick"') == forms
    assert (await guarded.client.get("/", headers=HTML, cookies=cookies)).text.count('<form class="check"') == boxes
    queue = (await guarded.client.get("/queue", headers=HTML, cookies=cookies)).text
    assert bool(queue.count('<form class="quick"')) == bool(queue.count('id="together"')) == bool(forms)


async def test_the_page_that_hashes_for_anybody_is_shut(guarded: Any) -> None:
    for cookies in ({}, await login(guarded, "edda")):
        assert (await guarded.client.get("/-/password-tool", headers=HTML, cookies=cookies)).status_code == 404


async def test_a_desk_without_accounts_asks_nobody(app: Any, ledger_path: Path, check: Check) -> None:
    page = await app.client.get("/queue", headers=HTML)
    assert page.status_code == 200
    cookies = {"ds_csrftoken": page.cookies["ds_csrftoken"]}
    claim = check.extraction.claims[2].id  # decided before, which can be corrected
    assert await decide(app, cookies, ledger_path, claim, reviewer="Ana", correction="note") == 302
    assert "Log in" not in page.text


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "desk.example"])
def test_a_desk_for_other_machines_does_not_start_without_accounts(ledger_path: Path, host: str) -> None:
    with pytest.raises(LedgerError, match=r"review\.accounts") as error:
        serve(ledger_path, host, 0)
    assert "\n" not in str(error.value)


def test_accounts_come_from_the_configuration() -> None:
    hashed = ACCOUNTS["edda"].password_hash
    section = ReviewDesk(
        accounts={"edda": Account(role="editor", password_hash=hashed, name="Edda E"), "b": _reader(hashed)}
    )
    assert desk_accounts(section) == {
        "edda": DeskAccount(name="Edda E", role=Role.EDITOR, password_hash=hashed),
        "b": DeskAccount(name="b", role=Role.READER, password_hash=hashed),
    }


def _reader(hashed: str) -> Account:
    return Account(role="reader", password_hash=hashed)


@pytest.mark.parametrize(
    ("user", "account"),
    [
        ("ana", {"role": "owner", "password_hash": ACCOUNTS["edda"].password_hash}),
        ("ana", {"role": "editor", "password_hash": "secret"}),
        ("ana", {"role": "editor"}),
        ("ana", {"role": "editor", "password": "secret", "password_hash": ACCOUNTS["edda"].password_hash}),
        ("a_password_hash", {"role": "editor", "password_hash": ACCOUNTS["edda"].password_hash}),
        ("", {"role": "editor", "password_hash": ACCOUNTS["edda"].password_hash}),
    ],
)
def test_an_account_that_is_none_is_refused(user: str, account: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="accounts"):
        ReviewDesk.model_validate({"accounts": {user: account}})
