"""What the desk lets in and out: requests of other sites, scripts of others, queries that would take all memory."""

import re
from typing import Any

import pytest

from claims.records import Check
from review.access.guard import noncing

SLOW = "/ledger.json?sql=select+1"
LINKED = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


@pytest.mark.parametrize(
    ("path", "site", "mode", "kind", "status"),
    [
        (SLOW, "same-origin", "cors", "empty", 200),
        (SLOW, "none", "navigate", "document", 200),
        (SLOW, None, None, None, 200),
        (SLOW, "cross-site", "no-cors", "image", 403),
        (SLOW, "same-site", "no-cors", "image", 403),
        (SLOW, "cross-site", "no-cors", "script", 403),
        (SLOW, "cross-site", "cors", "empty", 403),
        (SLOW, "cross-site", "navigate", "document", 403),
        (SLOW, "cross-site", "navigate", "iframe", 403),
        ("/ledger/claims?_where=1", "cross-site", "navigate", "document", 403),
        ("/ledger/current?_search=peace", "cross-site", "navigate", "document", 403),
        ("/ledger/current?speaker__contains=a", "same-site", "navigate", "document", 403),
        ("/", "cross-site", "no-cors", "image", 403),
        ("/queue", "cross-site", "no-cors", "style", 403),
        ("/-/factdesk/desk.js", "cross-site", "no-cors", "script", 403),
        ("/", "cross-site", "navigate", "iframe", 403),
        ("/", "cross-site", "navigate", "object", 403),
        ("/", "cross-site", "navigate", "document", 200),
        ("/queue?after=3~0.5~2025~1", "cross-site", "navigate", "document", 200),
        ("/ledger/current", "cross-site", "navigate", "document", 200),
    ],
)
async def test_another_site_may_link_to_pages_and_ask_for_nothing_else(
    app: Any, path: str, site: str | None, mode: str | None, kind: str | None, status: int
) -> None:
    sent = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": kind}
    answer = await app.client.get(path, headers={name: value for name, value in sent.items() if value})
    assert answer.status_code == status
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", SLOW, {"origin": "https://evil.example"}, 403),
        ("GET", SLOW, {"origin": "null"}, 403),
        ("GET", SLOW, {"referer": "https://evil.example/page"}, 403),
        ("GET", SLOW, {"referer": "http://localhost/queue"}, 200),
        ("GET", "/queue", {"referer": "https://evil.example/page"}, 200),  # a link
        ("GET", "/", {**LINKED, "sec-purpose": "prefetch;prerender"}, 403),
        ("HEAD", "/queue", {}, 200),
        ("PUT", "/queue", {}, 405),
        ("OPTIONS", SLOW, {}, 405),
        ("FOO", "/queue", {}, 405),
    ],
)
async def test_methods_names_and_what_old_browsers_tell(
    app: Any, method: str, path: str, sent: dict[str, str], status: int
) -> None:
    assert (await app.client.request(method, path, headers=sent)).status_code == status


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/queue", b"note=" + b"x" * 600_000, 413),
        ("/claim/0123456789abcdef", b"note=" + b"x" * 600_000, 413),
        ("/-/login", b"note=" + b"x" * 600_000, 413),
        ("/queue", b"note=\xff", 400),
        ("/ledger/current", b"a=b", 405),
        ("/ledger", b"a=b", 405),
        ("/queue", b"note=x", 403),  # without the token of its page
    ],
)
async def test_a_form_is_of_limited_size_and_for_a_page_that_takes_one(
    app: Any, path: str, body: bytes, status: int
) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert (await app.client.post(path, content=body, headers=kind)).status_code == status


async def test_a_web_socket_is_closed(app: Any) -> None:
    said: list[Any] = []

    async def say(message: Any) -> None:
        said.append(message)

    await app.app()({"type": "websocket", "path": "/", "headers": [(b"host", b"evil.example")]}, None, say)
    assert said == [{"type": "websocket.close", "code": 1008}]


async def test_only_the_scripts_and_styles_of_the_templates_run(app: Any, check: Check) -> None:
    claim, nonces = check.extraction.claims[0].id, set()
    paths = ("/", "/queue", "/ledger", "/ledger/log", "/ledger/current", f"/claim/{claim}", f"/ledger/claims/{claim}")
    for path in (*paths, "/ledger?sql=select+1", "/nowhere"):
        answer = await app.client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        (nonce,) = set(re.findall(r"'nonce-([^']+)'", policy))
        nonces.add(nonce)
        tags = re.findall(r"<(?:script|style)\b[^>]*>", answer.text)
        assert [tag for tag in tags if f'nonce="{nonce}"' not in tag] == [], path
        assert re.findall(r"<[^>]*\s(?:style|on\w+)=[^>]*>", answer.text) == [], path
    assert len(nonces) == len(paths) + 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<script>x</script>", '<script nonce="{{ csp_nonce() }}">x</script>'),
        ('<script src="/a.js" defer></script>', '<script nonce="{{ csp_nonce() }}" src="/a.js" defer></script>'),
        ("<style>p {}</style>", '<style nonce="{{ csp_nonce() }}">p {}</style>'),
        ('<p style="color: red" id="a">', '<p id="a">'),
        ('<p style="height: {{ a.split("x")|length }}em">', "<p>"),
        ("{{ scripts }} &lt;script> <scripted>", "{{ scripts }} &lt;script> <scripted>"),
        ('<script nonce="x">', '<script nonce="x">'),
    ],
)
def test_the_nonce_is_put_into_the_tags_of_templates(source: str, expected: str) -> None:
    assert noncing(source) == expected


@pytest.mark.parametrize(
    ("sql", "status"),
    [
        ("select length(hex(zeroblob(1000)))", 200),
        ("select length(hex(zeroblob(400000000)))", 400),
        ("select length(zeroblob(900000000))", 400),
        ("select 'a' like '" + "%a" * 150 + "'", 400),
        ("select 1 -- " + "x" * 50_001, 400),
    ],
)
async def test_no_step_of_a_query_is_without_bounds(app: Any, sql: str, status: int) -> None:
    answer = await app.client.get("/ledger.json", params={"sql": sql})
    assert answer.status_code == status, answer.text[:300]


async def test_the_tables_behind_the_search_are_no_pages(app: Any) -> None:
    assert (await app.client.get("/ledger/claims_fts_idx")).status_code == 403
    assert (await app.client.get("/ledger/claims.json?_search=peace&_shape=array")).json()


@pytest.mark.parametrize("path", ["/nowhere", "/ledger/nowhere", "/ledger/claims/nowhere", "/claim/ffffffffffffffff"])
async def test_a_page_that_is_not_there_has_the_menu(app: Any, path: str) -> None:
    answer = await app.client.get(path)
    assert answer.status_code == 404
    assert all(f'href="{place}"' in answer.text for place in ("/queue", "/ledger/current", "/figures", "/ledger"))
