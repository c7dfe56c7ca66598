"""What names the version names the same one."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent


def test_the_citation_and_the_package_have_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {name: citation[name] for name in ("title", "license", "abstract", "version")} == {
        "title": "Factdesk",
        "license": project["license"],
        "abstract": project["description"],
        "version": project["version"],
    }
    assert version("factdesk") == project["version"]


def test_the_issue_templates_have_a_name_and_say_what_they_are_for() -> None:
    templates = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.md"))
    assert [path.stem for path in templates] == ["problem", "wrong-verdict"]
    for path in templates:
        head = yaml.safe_load(path.read_text(encoding="utf-8").split("---")[1])
        assert {"name", "about"} <= head.keys()
