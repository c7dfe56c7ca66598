"""The wheel works without the source tree: it has the models, the lists, the templates and the sample in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.beside

ROOT = Path(__file__).parent.parent
WHERE = "import flows, claims, sources, review; print(*[m.__path__[0] for m in (flows, claims, sources, review)])"
MAIN = "from flows.cli import main; main()"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an unpacked wheel, which is all that pip does with it besides the libraries."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=300)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def outside(installed: Path, folder: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed package in an empty folder; its folder comes before everything else on the path."""
    environment = {**os.environ, "HOME": str(folder)}
    first = f"import sys; sys.path[:0] = [{str(installed)!r}]; "
    command = [sys.executable, "-P", "-c", first + code, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def test_the_demo_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = outside(installed, tmp_path, WHERE)
    assert [Path(path).parent for path in where.stdout.split()] == [installed] * 4
    done = outside(installed, tmp_path, MAIN, "demo")
    assert done.returncode == 0, done.stderr
    assert "contradicted" in done.stdout
    assert (tmp_path / "factdesk-demo.html").exists()
    listed = outside(installed, tmp_path, MAIN, "list", "--db", "factdesk-demo.db", "--json")
    judges = {json.loads(line)["label"] for line in listed.stdout.splitlines()}
    assert "contradicted" in judges


def test_doctor_and_init_find_what_they_need(installed: Path, tmp_path: Path) -> None:
    assert outside(installed, tmp_path, MAIN, "init").returncode == 0
    assert "ledger:" in (tmp_path / "config.yaml").read_text(encoding="utf-8")
    done = outside(installed, tmp_path, MAIN, "doctor")
    assert str(ROOT) not in done.stdout
    assert "embedded" in done.stdout
