"""config.yaml and the environment: defaults, precedence, and errors that name the place."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from claims.records import Label, Policy
from flows.config.load import load_settings
from flows.config.settings import Settings
from flows.config.setup import CheckOptions, setup
from flows.errors import ConfigError
from sources.fetching.policy import FetchPolicy
from sources.outlets import OutletEntry

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FACTDESK_CONFIG", raising=False)


def write(text: str, name: str = "config.yaml") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", [None, "", "# only a comment\n", "judge: embedded\n"])
def test_an_empty_configuration_is_the_defaults(text: str | None) -> None:
    if text is not None:
        write(text)
    assert load_settings().model_dump() == Settings.model_construct().model_dump()


def test_the_shipped_file_says_the_defaults_and_every_key() -> None:
    shipped = load_settings(write((ROOT / "config.yaml").read_text(encoding="utf-8")))
    assert shipped.model_dump() == Settings.model_construct().model_dump()
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    for key in Settings.model_fields:
        assert f"\n{key}:" in text, f"config.yaml does not show {key}"


def test_the_option_wins_over_the_variable_over_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    write("judge: here\n")
    assert load_settings().judge == "here"
    monkeypatch.setenv("FACTDESK_CONFIG", str(write("judge: variable\n", "variable.yaml")))
    assert load_settings().judge == "variable"
    assert load_settings(write("judge: option\n", "option.yaml")).judge == "option"


@pytest.mark.parametrize(
    ("text", "ledger", "captures"),
    [
        ("", "desk/factdesk.db", "desk/captures"),
        ("ledger: day.db\ncaptures: pages/", "desk/day.db", "desk/pages"),
        ("ledger: ../day.db", "desk/../day.db", "desk/captures"),
        ("ledger: /var/day.db\ncaptures: /var/pages", "/var/day.db", "/var/pages"),
    ],
)
def test_paths_are_relative_to_the_file(text: str, ledger: str, captures: str) -> None:
    Path("desk").mkdir()
    settings = load_settings(write(text, "desk/config.yaml"))
    assert (settings.ledger, settings.captures) == (Path(ledger), Path(captures))


def test_a_file_of_fact_checks_is_relative_to_the_file_and_a_variable_to_the_working_directory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("desk").mkdir()
    monkeypatch.setenv("FACTDESK_LEDGER", "here.db")
    file = write("ledger: day.db\nsearch: [{kind: claimreview, path: checks.json}, {kind: gdelt}]", "desk/config.yaml")
    settings = load_settings(file)
    assert settings.ledger == Path("here.db")
    assert [service.path for service in settings.search] == [Path("desk/checks.json"), None]
    assert load_settings(None).ledger == Path("here.db")


def test_a_variable_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write("fetch: {timeout: 7s, robots: false}\n")
    monkeypatch.setenv("FACTDESK_FETCH__TIMEOUT", "5s")
    loaded = load_settings().fetch
    assert (loaded.timeout, loaded.robots) == (5.0, False)


@pytest.mark.parametrize(
    ("written", "number"),
    [("20s", 20), ("1.5m", 90), ("7d", 604800), ("250ms", 0.25), ("2h", 7200), ("30", 30), ("1w", 604800)],
)
def test_durations(written: str, number: float) -> None:
    assert load_settings(write(f"fetch: {{total: {written}}}\n")).fetch.total == number


@pytest.mark.parametrize(("written", "number"), [("10MB", 10**7), ("3kb", 3000), ("512", 512), ("1 GB", 10**9)])
def test_sizes(written: str, number: int) -> None:
    assert load_settings(write(f"fetch: {{max_bytes: {written}}}\n")).fetch.max_bytes == number


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("fech: 1\n", ":1: fech:", "unknown key; allowed here: desk, ledger, captures"),
        ("fetch:\n  robots: true\n  tmeout: 3s\n", ":3: fetch.tmeout:", "allowed here: timeout, total"),
        ("fetch:\n  timeout: 5x\n", ":2: fetch.timeout:", "write it like 20s or 7d"),
        ("fetch:\n  timeout: true\n", ":2: fetch.timeout:", "write it like 20s or 7d"),
        ("fetch: 3\n", ":1: fetch:", "lines of `key: value`"),
        ("desk:\n  timezone: Mars/Olympus\n", ":2: desk.timezone:", "IANA"),
        ("feeds:\n  - {url: a}\n  - {url: b, limit: 0}\n", ":3: feeds.1.limit:", "greater than or equal to 1"),
        ("feeds:\n  - {url: a, crn: x}\n", ":2: feeds.0.crn:", "allowed here: url, name, cron"),
        ("articles:\n  - {cron: '0 7 * * *'}\n", ":2: articles.0.url:", "is missing"),
        ("articles:\n  - {url: a, cron: '0 7'}\n", ":2: articles.0.cron:", "five fields"),
        (
            "outlets:\n  - {id: a}\n  - {id: b, nam: B}\n",
            ":3: outlets.1.nam:",
            "unknown key; allowed here: id, name, kind",
        ),
        ("outlets: [{name: A}]\n", ":1: outlets.0.id:", "is missing"),
        ("outlets: [{id: a, domains: a.example}]\n", ":1: outlets.0.domains:", "must be a list"),
        ("recheck: {labels: [wrong]}\n", ":1: recheck.labels.0:", "'supported'"),
        ("scale: {suported: yes it is}\n", ":1: scale.suported", "'supported'"),
        ("review: {port: 70000}\n", ":1: review.port:", "65535"),
        ("verdicts: {review_below: 80}\n", ":1: verdicts.review_below:", "less than or equal to 1"),
        ("runner: kubernetes\n", ":1: runner:", "'local', 'processes', 'dask', 'ray' or 'workers'"),
        ("notify: [{on: [contradicted], webhook: x}]\n", ":1: notify.0:", "begins with http"),
        ("notify: [{on: [contradicted]}]\n", ":1: notify.0:", "either `webhook"),
        ("notify: [{on: [digest], webhook: 'http://a', apprise: 'json://a'}]\n", ":1: notify.0:", "either `webhook"),
        ("notify: [{on: [digest], apprise: mail@news.example}]\n", ":1: notify.0:", "mailto://"),
        ("notify: [{on: [], webhook: 'http://a'}]\n", ":1: notify.0:", "at least one of contradicted"),
        ("notify: [{on: [wrong], webhook: 'http://a'}]\n", ":1: notify.0.on.0:", "'source_lost'"),
        ("judge: [1\n", ":2:", "not readable as YAML"),
        ("judge: [embedded]\n", ":1: judge:", "at least two judges"),
        ("judge: {panel: [embedded, nli]}\n", ":1: judge:", "'nli' is not known"),
        ("judge: {panel: [embedded, lexical], rule: best}\n", ":1: judge.rule:", "'agree', 'majority' or 'first'"),
        ("judge: {judges: [embedded, lexical]}\n", ":1: judge:", "allowed here: panel, rule"),
        ("judge: best(embedded, lexical)\n", ":1: judge:", "agree, majority, first"),
        ("- a\n- b\n", ":1:", "key: value"),
    ],
)
def test_an_error_names_the_line_and_what_is_allowed(text: str, place: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(write(text, "wrong.yaml"))
    line = str(caught.value)
    assert line.startswith(f"wrong.yaml{place}")
    assert said in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("judge: lexical\n", "lexical"),
        ("judge: [embedded, lexical]\n", "agree(embedded, lexical)"),
        ("judge: {panel: [embedded, 'llm:gpt-4o'], rule: first}\n", "first(embedded, llm:gpt-4o)"),
        (
            "judge:\n  panel: [embedded, lexical, 'hub:./nli']\n  rule: majority\n",
            "majority(embedded, lexical, hub:./nli)",
        ),
        ("judge: majority(lexical, embedded)\n", "majority(lexical, embedded)"),
    ],
)
def test_one_judge_or_a_panel(text: str, expected: str) -> None:
    path = write(text)
    assert load_settings(path).judge == expected
    assert setup(CheckOptions(config=str(path))).judge == expected


def test_a_variable_names_a_panel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTDESK_JUDGE", "first(lexical, embedded)")
    assert load_settings(write("judge: [embedded, lexical]\n")).judge == "first(lexical, embedded)"


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTDESK_FETCH__TIMEOUT", "soon")
    with pytest.raises(ConfigError, match=r"^\$FACTDESK_FETCH__TIMEOUT: fetch.timeout: write it like"):
        load_settings()


def test_a_missing_file_says_how_to_get_one() -> None:
    with pytest.raises(ConfigError, match="factdesk init"):
        load_settings(Path("nowhere.yaml"))


def test_the_setup_takes_the_command_over_the_file() -> None:
    path = write(
        "ledger: file.db\nfetch: {timeout: 3s}\ndesk: {contact: desk@gazette.example}\n"
        "outlets: [{id: gazette, name: Gazette}]\nscale: {supported: 'True'}\n"
    )
    made = setup(CheckOptions(config=str(path), ledger="command.db", offline=True))
    assert made.ledger == Path("command.db")
    assert made.fetch.offline
    assert made.fetch.timeout == 3.0
    assert "desk@gazette.example" in made.fetch.user_agent
    assert made.settings.outlets == (OutletEntry(id="gazette", name="Gazette"),)
    assert made.scale == {"supported": "True"}
    assert made.settings.scale == {Label.SUPPORTED: "True"}
    assert pickle.loads(pickle.dumps(made)) == made == setup(made.asked)


@pytest.mark.parametrize(
    ("written", "section", "holds"),
    [
        ("", "verdicts", Policy()),
        ("verdicts: {review_below: 0.9}", "verdicts", Policy(review_below=0.9)),
        ("", "fetch", FetchPolicy()),
        ("fetch: {timeout: 3s, robots: false}", "fetch", FetchPolicy(timeout=3.0, robots=False)),
    ],
)
def test_a_default_stands_where_it_is_used(written: str, section: str, holds: Policy | FetchPolicy) -> None:
    made = setup(CheckOptions(config=str(write(written + "\n"))))
    used = made.policy if section == "verdicts" else made.fetch
    for key in type(getattr(made.settings, section)).model_fields.keys() - {"hops"}:
        assert getattr(used, key) == getattr(holds, key), key


@pytest.mark.parametrize(
    ("entry", "who", "name"),
    [
        ("{id: wsj, name: The Journal of Wall Street}", "wsj", "The Journal of Wall Street"),
        ("{id: gazette, name: Gazette, kind: newspaper, country: AT}", "gazette", "Gazette"),
        ("{id: gazette, name: Gazette, kind: newspaper, country: AT}", "wsj", "The Wall Street Journal"),
    ],
)
def test_outlets_are_laid_over_the_shipped_ones(entry: str, who: str, name: str) -> None:
    found = setup(CheckOptions(config=str(write(f"outlets: [{entry}]\n")))).outlets.by_id(who)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("review: {port: " + "9" * 5_000 + "}", ":1: the number is too long"),
        ("fetch:\n  timeout: " + "9" * 400 + "s", ":2: fetch.timeout: the number is too long"),
        ("fetch: {max_bytes: " + "9" * 400 + "MB}", "the number is too long"),
        ("desk: {name: " + "a" * 20_000 + "}", ":1: a value of more than"),
        ("[" * 5_000, "nested more than"),
        ("desk:\n  name: " + "[" * 40 + "]" * 40, ":2: nested more than"),
        ("desk: &a {name: *a}", "nested more than"),
        ("a: &a [x, x]\nb: &b [*a, *a]\n" + "".join(f"c{n}: &c{n} [*b, *b, *b, *b]\n" for n in range(9_000)), "more"),
        ("? [a]\n: b", ":1: a key must be a word"),
        ("1: x", ":1: a key must be a word"),
        ("desk: {name: 2020-99-99}", ":1: not readable as YAML"),
        ("desk:\n  name: !!timestamp x", ":2: not readable as YAML"),
        ("desk: {timezone: " + "a" * 5_000 + "}", "no such time zone"),
        ('ledger: "a\\0b"', ":1: a value with a control character"),
        ('desk: {name: "\\ud800"}', ":1: a value with a control character"),
        ("outlets: [{id: 7}]", "outlets.0.id"),
    ],
)  # fmt: skip
def test_what_no_setting_can_be_is_one_clear_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(path)
    line = str(caught.value)
    assert said in line and line.startswith(str(path))
    assert len(line) < 600 and line.isprintable()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("feeds: {a: b}", "config.yaml:1: feeds: must be a list"),
        ("outlets:\n  - {id: x, domains: 3}", "config.yaml:2: outlets.0.domains: must be a list"),
        ("fetch: 3", "config.yaml:1: fetch: must be lines of `key: value`"),
        ("fetch: {robots: perhaps}", "fetch.robots: must be true or false"),
        ("recheck: {limit: some}", "recheck.limit: must be a whole number"),
        ("recheck: {limit: 0}", "recheck.limit: must be "),
        ("judge: 9", "config.yaml:1: judge: must be text"),
        ("ledger: 12", "config.yaml:1: ledger: must be the name of a file or folder"),
        ('ledger: ""', "config.yaml:1: ledger: is empty; name a file"),
        ('captures: ""', "config.yaml:1: captures: is empty; name a file"),
        ("search: [{kind: bing}]", "search.0.kind: must be 'gdelt', 'searxng'"),
        ("feeds: [{name: x}]", "feeds.0.url: is missing"),
        ("fetch: {timeout: 3s}\nfetch: {timeout: 4s}", "config.yaml:2: fetch: given twice, first in line 1"),
        ("fetch: {timeout: 3s, timeout: 4s}", "config.yaml:1: timeout: given twice, first in line 1"),
    ],
)
def test_what_a_value_must_be_is_said_in_plain_words(text: str, words: str) -> None:
    write(text)
    with pytest.raises(ConfigError) as refused:
        load_settings()
    assert words in str(refused.value)
    assert "Input" not in str(refused.value) and "tuple" not in str(refused.value)


def test_a_folder_is_no_configuration_file() -> None:
    with pytest.raises(ConfigError, match=r"this is a folder; name the file in it"):
        load_settings(Path())
