"""The names of the deployments: they stay the same when config.yaml grows, and two desks share none."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.config.setup import CheckOptions, setup
from flows.serve import cron_words, deployments

HOURLY, DAILY = "0 * * * *", "0 7 * * *"


def names(folder: Path, feeds: list[tuple[str, str]], desk: str = "Factdesk", zone: str = "UTC") -> dict[str, int]:
    """The number of feeds of each deployment by its name."""
    lines = [f"desk: {{name: '{desk}', timezone: {zone}}}", "articles: [{url: 'https://a.example/story'}]", "feeds:"]
    lines += [f"  - {{url: 'https://{name}.example/feed', name: {name}, cron: '{cron}'}}" for name, cron in feeds]
    config = folder / "config.yaml"
    config.write_text("\n".join([*lines, "notify: [{on: [digest], webhook: 'https://chat.example'}]"]))
    made = list(deployments(setup(CheckOptions(config=str(config)))))
    by_name = {deployment.name: len(deployment.parameters.get("feeds", ())) for deployment in made}
    assert len(by_name) == len(made)
    assert all({"factdesk", f"desk:{desk}"} <= set(deployment.tags) for deployment in made)
    assert all(deployment.description and "Args:" not in deployment.description for deployment in made)
    return by_name


@pytest.mark.parametrize("more", [[("b", HOURLY)], [("b", HOURLY), ("c", HOURLY)], [("b", DAILY)]])
def test_a_further_feed_keeps_the_names(tmp_path: Path, more: list[tuple[str, str]]) -> None:
    one, several = names(tmp_path, [("a", HOURLY)]), names(tmp_path, [*more, ("a", HOURLY)])
    assert set(one) <= set(several)
    assert sum(several.values()) == 1 + len(more)
    assert {"check an article", "recheck", "digest"} < set(one)


def test_another_schedule_is_another_deployment(tmp_path: Path) -> None:
    every = [names(tmp_path, [("a", cron)], zone=zone) for cron in (HOURLY, DAILY) for zone in ("UTC", "Europe/Vienna")]
    feeds = [name for made in every for name, count in made.items() if count]
    assert len(set(feeds)) == 4


@pytest.mark.parametrize("other", ["City", "Factdesk 2", "factdesk", "City/1"])
def test_two_desks_share_no_name(tmp_path: Path, other: str) -> None:
    feeds = [("a", HOURLY), ("b", HOURLY)]
    ours, theirs = names(tmp_path, feeds), names(tmp_path, feeds, other)
    assert not set(ours) & set(theirs)
    assert not set(theirs) & set(names(tmp_path, feeds, "City desk"))
    assert not any(sign in name for name in theirs for sign in "/%&<>")


@pytest.mark.parametrize(
    ("cron", "words"),
    [
        ("* * * * *", "every minute"),
        ("*/30 * * * *", "every 30 minutes"),
        ("0 * * * *", "hourly at minute 0"),
        ("05 * * * *", "hourly at minute 5"),
        ("30 7 * * *", "daily at 7.30"),
        ("0 7 * * 1-5", "at 0 7 * * 1-5"),
        ("0 7,19 * * *", "at 0 7,19 * * *"),
        ("*/30 8-18 * * *", "at */30 8-18 * * *"),
        ("@x * * * *", "at @x * * * *"),
    ],
)
def test_a_cron_line_in_words(cron: str, words: str) -> None:
    assert cron_words(cron) == words


def test_cron_lines_of_the_same_words_are_different_deployments(tmp_path: Path) -> None:
    made = names(tmp_path, [("a", "5 7 * * *"), ("b", "05 07 * * *")])
    assert sorted(count for count in made.values() if count) == [1, 1]
