"""The docs keep up with the product: every command, option, key, label and reason is documented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from claims.records import Label, QuoteGrade, Reason
from flows.cli import factdesk
from flows.config.settings import Settings

ROOT = Path(__file__).parent.parent
DOCS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
CONTEXT = click.Context(factdesk)
COMMANDS = [(name, factdesk.get_command(CONTEXT, name)) for name in factdesk.list_commands(CONTEXT)]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def keys(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from keys(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


@pytest.mark.parametrize("key", list(keys(Settings)))
def test_every_key_is_documented(key: str) -> None:
    assert f"| `{key}` |" in read("docs/configuration.md")


def test_no_key_is_documented_that_is_not_there() -> None:
    documented = re.findall(r"^\| `([a-z_.]+)` \|", read("docs/configuration.md"), re.MULTILINE)
    assert set(documented) == set(keys(Settings))


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    text = read("docs/commands.md")
    section = re.search(rf"^## `factdesk {name}\b[^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, f"docs/commands.md has no section on factdesk {name}"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            option = parameter.opts[-1]
            assert f"`{option}" in section[0], f"factdesk {name}: {option} is not documented"


def test_no_command_is_documented_that_is_not_there() -> None:
    documented = re.findall(r"^## `factdesk (\w+)", read("docs/commands.md"), re.MULTILINE)
    assert set(documented) == set(factdesk.list_commands(CONTEXT))


@pytest.mark.parametrize("word", [*Label, *Reason, *QuoteGrade])
def test_every_word_of_a_verdict_is_explained(word: str) -> None:
    assert any(f"`{word}`" in path.read_text(encoding="utf-8") for path in DOCS)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_between_the_docs_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{path.name} links to {target}"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_prose_holds_one_sentence_a_line(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for line in text.splitlines():
        if line.startswith(("|", "    ", "#")):
            continue
        bare = re.sub(r"`[^`]*`|\([^)]*\)|“[^”]*”|\"[^\"]*\"", "x", line)
        assert not re.search(r"[a-z)][.!?] [A-Z]", bare), f"{path.name}: more than one sentence: {line}"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_source_files_that_the_docs_name_exist(path: Path) -> None:
    known = {source.relative_to(ROOT).as_posix() for source in ROOT.glob("[!.]*/**/*.py")}
    names = known | {name.rpartition("/")[2] for name in known}
    assert set(re.findall(r"`([a-z_/]+\.py)`", path.read_text(encoding="utf-8"))) <= names


def heading_anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_to_headings_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:)([^)#]*)#([^)]+)\)", path.read_text(encoding="utf-8"))
    for target, anchor in links:
        page = path.parent / target if target else path
        if page.suffix == ".md":
            assert anchor in heading_anchors(page), f"{path.name} links to {target}#{anchor}"


def shown_commands() -> list[tuple[str, str]]:
    """Every `factdesk` command that stands in a block of the docs, with the name of its page."""
    return [
        (path.name, re.split(r"\s+[#&|>]|\s{2,}", line)[0])
        for path in DOCS
        for line in re.findall(r"^ {4}(factdesk .+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]


@pytest.mark.parametrize(("page", "line"), shown_commands())
def test_commands_in_the_docs_have_the_options_that_they_show(page: str, line: str) -> None:
    name = line.split()[1]
    command = factdesk.get_command(CONTEXT, name)
    assert command, f"{page}: there is no factdesk {name}"
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    for option in re.findall(r"(?<= )--[a-z-]+", line):
        assert option in known or option == "--help", f"{page}: factdesk {name} has no {option}"
