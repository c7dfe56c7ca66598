"""What starts a desk by itself, systemd units and a container, names commands, keys and files that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from flows.cli import factdesk
from flows.config.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
CONTEXT = click.Context(factdesk)


def arguments_are_taken(words: list[str]) -> bool:
    command = factdesk.get_command(CONTEXT, words[0])
    assert command, f"there is no factdesk {words[0]}"
    return command.make_context(words[0], words[1:]).command is command


def test_the_units_start_commands_that_exist() -> None:
    started = [
        line for unit in UNITS for line in re.findall(r"bin/factdesk ([^']+?)'?$", unit.read_text(), re.MULTILINE)
    ]
    assert [line.split()[0] for line in started] == ["backup", "audit", "up"]
    assert all(arguments_are_taken(re.sub(r"\$\$\(.*?\)", "DATE", line).split()) for line in started)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    program = tmp_path / "factdesk" / ".venv" / "bin" / "factdesk"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    (tmp_path / "desk").mkdir()
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", *map(str, UNITS)],
        env={"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_compose_file_starts_what_up_starts() -> None:
    [service] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"].values()
    assert service["command"][0] == "up"
    assert arguments_are_taken(service["command"])
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
    keys = {name.removeprefix(PREFIX).lower().partition("__")[0] for name in service["environment"]}
    assert keys <= Settings.model_fields.keys()
    # The three parts listen on the loopback interface, which a container shares with the host only in this mode.
    assert Settings().review.host == "127.0.0.1"
    assert service["network_mode"] == "host"
    assert service["volumes"] == ["./desk:/desk"]


def test_the_image_gets_all_that_a_package_is_made_of() -> None:
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    copied = {name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]}
    assert [name for name in copied if not (ROOT / name).exists()] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = [*wheel["packages"], *wheel["force-include"], project["project"]["readme"], "requirements.lock"]
    assert [name for name in needed if not any(name == place or name.startswith(place + "/") for place in copied)] == []
    assert lines[-1] == 'CMD ["up"]'
