"""The work that is done in another process or on another machine: one article is read and judged, and nothing logged.

What may differ between machines is compared where the work is done: the version of Factdesk, and the files that are
read.
"""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from claims.addresses import is_address
from claims.privacy import make_file, make_folder
from claims.records import Check
from claims.verification.judges.llm_client import Usage
from claims.verification.judges.load import usages
from flows.checks import pipeline, steps
from flows.checks.standing import Before
from flows.config.setup import Setup
from flows.errors import RunnerError
from sources.article import local_path
from sources.errors import UnreadableError
from sources.fetching.shared_hosts import FOLDER as HOSTS
from sources.packing.carried import packed_captures

# Models and the event loop of a process serve one article at a time, also where a worker has several threads.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """How to examine an article. ``ledger`` says whether the ledger may be read there.

    ``mark`` is a file in the captures folder of the machine that asks: where it can be seen, the folder is shared.
    """

    setup: Setup
    ledger: bool
    mark: Path | None = None
    version: str = field(default_factory=lambda: version("factdesk"))

    @property
    def shared(self) -> bool:
        """Whether the captures folder of the machine that asks is the same here."""
        return self.mark is None or self.mark.exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminedArticle:
    """An examined article or the reason why it is unreadable; neither if it can only be read where the file is.

    ``before`` is what the ledger said of the sources, if it was read; ``captures`` are the archives that were written,
    where their folder is not shared, and ``usage`` what the judges cost.
    """

    check: Check | None = None
    before: Before = field(default_factory=Before)
    error: UnreadableError | None = None
    captures: Mapping[str, bytes] = field(default_factory=dict)
    usage: Mapping[str, Usage] = field(default_factory=dict)


@contextmanager
def assigned(setup: Setup, *, ledger: bool) -> Iterator[Assignment]:
    """The assignment of a desk, whose paths hold in any working directory of this machine."""
    captures = setup.captures.resolve()
    replay = setup.fetch.replay and setup.fetch.replay.resolve()
    fetch = replace(setup.fetch, captures=captures, replay=replay)
    assignment = Assignment(setup=replace(setup, fetch=fetch, ledger=setup.ledger.resolve()), ledger=ledger)
    if ledger:
        yield assignment
        return
    mark = captures / f".shared-{secrets.token_hex(8)}"
    make_folder(captures)
    make_file(mark)
    try:
        yield replace(assignment, mark=mark)
    finally:
        mark.unlink(missing_ok=True)


def file_marks(source: str, setup: Setup) -> list[str]:
    """Size and time of the files that an examination reads: the article, if it is one, and the archive to replay.

    They tell whether the files of two machines are the same.
    """
    paths = [setup.fetch.replay] if setup.fetch.replay else []
    if not is_address(source):
        with suppress(UnreadableError):  # said by the examination
            paths.append(local_path(source))
    return [_file_mark(path) for path in paths]


def _file_mark(path: Path) -> str:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        return type(error).__name__
    return f"{status.st_size} {status.st_mtime_ns}"


def examine_assigned(source: str, assignment: Assignment, files: Sequence[str]) -> ExaminedArticle:
    """Read and judge one article here, if its ``files`` are those of the machine that asks.

    Raises:
        RunnerError: another version of Factdesk asks.
        ClaimsError: a model cannot be used.
        SourcesError: the archive to replay, or to write captures to, cannot be used.
    """
    if assignment.version != (installed := version("factdesk")):
        raise RunnerError(
            f"this worker has Factdesk {installed}, and the desk {assignment.version}: install the same on both"
        )
    if file_marks(source, assignment.setup) != list(files):
        return ExaminedArticle()
    with _ONE_AT_A_TIME, _captures_folder(assignment) as setup:
        judge = steps.engine(setup.judge, setup.settings.llm.policy)
        before = usages(judge)
        try:
            judging = pipeline.judged_article(source, setup, ledger=assignment.ledger)
            judged, known = steps.event_loop().run(judging)
            outcome = ExaminedArticle(check=judged, before=known)
        except UnreadableError as error:
            outcome = ExaminedArticle(error=error)
        spent = {name: usage - before.get(name, Usage()) for name, usage in usages(judge).items()}
        carried = {} if assignment.shared else packed_captures(setup.captures)
        return replace(outcome, captures=carried, usage=spent)


@contextmanager
def _captures_folder(assignment: Assignment) -> Iterator[Setup]:
    """The setup with the shared captures folder, or with a new one from which the captures are carried home.

    The workers of a machine share the delays between two requests to a host in either case.
    """
    if assignment.shared:
        yield assignment.setup
        return
    hosts = Path.home() / ".cache" / "factdesk" / HOSTS
    make_folder(hosts)
    with tempfile.TemporaryDirectory(prefix="factdesk-") as folder:
        (Path(folder) / HOSTS).symlink_to(hosts)
        yield replace(assignment.setup, fetch=replace(assignment.setup.fetch, captures=Path(folder)))
