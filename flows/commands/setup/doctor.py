"""`factdesk doctor`: checks what is installed, reachable and configured, and suggests fixes."""

from __future__ import annotations

import asyncio
import os
import platform
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import click

from claims.errors import ClaimsError
from claims.ledger.ledger import Ledger
from claims.records import Page
from claims.verification.asking import second_reader
from claims.verification.judges.judge import Judge
from claims.verification.processor import processor_flags
from flows.checks import steps
from flows.commands.options import on_ledger
from flows.config.load import find_config
from flows.config.setup import CheckOptions, Setup, setup
from flows.errors import ConfigError, RunnerError, UsageError
from flows.runners.readiness import runner_place
from flows.serving.server import require_access, server_advice, server_answers, use_kept_password
from flows.show.advice import NO_SEARCH, START_SEARCH

_LIBRARIES = (
    "prefect",
    "httpx",
    "beautifulsoup4",
    "sqlite-utils",
    "spacy",
    "onnxruntime",
    "trafilatura",
    "datasette",
)
# The instruction sets with which ONNX runtime multiplies 8-bit integers, in order of preference: flag and usual name.
_INSTRUCTIONS = {
    "amx_int8": "AMX-INT8",
    "avx512_vnni": "AVX-512 VNNI",
    "avx_vnni": "AVX-VNNI",
    "avx512bw": "AVX-512 without VNNI",
    "avx2": "AVX2",
    "sse4_1": "SSE4.1",
    "i8mm": "NEON I8MM",
    "asimddp": "NEON dot product",
    "asimd": "NEON",
}
# The judges of which the speed is measured, on so many claims with so many passages each.
_MEASURED, _CLAIMS, _PASSAGES = ("embedded", "embedded:small", "lexical"), 4, 5
_SENTENCE = '"We welcome this disposition," Putin said on Monday.'


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of one check: ``holds`` is None if it is optional and absent; ``todo`` says what to do."""

    what: str
    holds: bool | None
    says: str
    todo: str = ""


@click.command()
@on_ledger
def doctor(config: str | None, db: str | None) -> None:
    """Check what is installed, reachable and configured, and suggest how to fix the rest."""
    sys.exit(examine(CheckOptions(config=config, ledger=db)))


def examine(options: CheckOptions) -> int:
    """Print every finding; return 0 if checks can run, 1 if something required is missing."""
    findings = [_program(), *_installed(), _processor()]
    try:
        path, how = find_config(Path(options.config) if options.config else None), setup(options)
    except ConfigError as error:
        findings.append(
            Finding(what="config", holds=False, says=str(error), todo="Fix it, then run `factdesk doctor` again.")
        )
    else:
        findings += [_config(path), *(check(how) for check in _CHECKS)]
    for finding in findings:
        _print_finding(finding)
    return int(any(finding.holds is False for finding in findings))


def _print_finding(finding: Finding) -> None:
    mark, colour = {True: ("ok", "green"), False: ("!!", "red"), None: ("--", "yellow")}[finding.holds]
    click.echo(f"{click.style(mark, fg=colour)}  {finding.what:<10}  {finding.says}")
    if finding.todo:
        click.echo(f"{'':16}{finding.todo}")


def _program() -> Finding:
    says = f"{version('factdesk')} on Python {platform.python_version()}, {sys.platform}"
    return Finding(what="factdesk", holds=True, says=says)


def _installed() -> list[Finding]:
    return [Finding(what="libraries", holds=True, says=", ".join(f"{name} {version(name)}" for name in _LIBRARIES))]


def _processor() -> Finding:
    says = f"the 8-bit models run on {instructions(processor_flags(), platform.machine())}"
    return Finding(what="processor", holds=True, says=says)


def instructions(flags: frozenset[str], machine: str) -> str:
    """The instruction set that the 8-bit models use, and the architecture."""
    instruction_set = next((name for flag, name in _INSTRUCTIONS.items() if flag in flags), "")
    return (
        f"{instruction_set} ({machine})"
        if instruction_set
        else f"{machine or 'an unknown processor'}, instruction set unknown"
    )


def _config(path: Path | None) -> Finding:
    if path is None:
        todo = "`factdesk init` writes one that explains every key."
        return Finding(what="config", holds=None, says="no config.yaml found: using the defaults", todo=todo)
    return Finding(what="config", holds=True, says=str(path.resolve()))


def _language(how: Setup) -> Finding:
    try:
        extraction = steps.extract_claims(Page(text=_SENTENCE), how)
    except ClaimsError as error:
        return Finding(what="language", holds=False, says=str(error))
    return Finding(what="language", holds=len(extraction.claims) == 1, says="English: a test sentence yields one claim")


def _judge(how: Setup) -> Finding:
    try:
        judge = steps.engine(how.judge, how.settings.llm.policy)
        (answer,) = judge.judge([("The tower is 330 metres tall.", "The tower is 330 metres tall.")])
    except ClaimsError as error:
        return Finding(
            what="judge", holds=False, says=str(error), todo="`judge: embedded` in config.yaml always works."
        )
    says = f"{judge.name} {judge.version} rates a sentence as supported by itself: {answer.supported:.0%}"
    return Finding(what="judge", holds=answer.supported > answer.refuted, says=says)


def _speed(how: Setup) -> Finding:
    if how.judge.strip() not in _MEASURED:
        says = "only measured for the judges that ship, since others may cost money"
        return Finding(what="speed", holds=None, says=says)
    try:
        judge = steps.engine(how.judge, how.settings.llm.policy)
        says = speeds(judge)
    except ClaimsError as error:
        return Finding(what="speed", holds=False, says=str(error))
    faster = "If that is too slow: `judge: embedded:small` in config.yaml is faster and less exact."
    return Finding(what="speed", holds=True, says=says, todo=faster if second_reader(judge) is not None else "")


def speeds(judge: Judge) -> str:
    """How many claims a second the judge answers, each put to one page, measured on a few; with both readers, if two.

    Raises:
        ModelError: the second reader cannot be loaded.
    """
    says = f"{_per_second(judge, _PASSAGES + 1)} claims a second"
    second = second_reader(judge)
    if second is None:
        return says
    return f"{says} by the small reader; {_per_second(second, 1)} a second of those that the large reader reads again"


def _per_second(judge: Judge, texts: int) -> str:
    """How many claims with so many texts each are judged in a second; the first one only warms the model up."""
    judge.judge([_measured_pair(0, 0)])
    pairs = [_measured_pair(claim, text) for claim in range(1, _CLAIMS + 1) for text in range(texts)]
    begun = time.perf_counter()
    judge.judge(pairs)
    rate = _CLAIMS / max(time.perf_counter() - begun, 1e-6)
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def _measured_pair(claim: int, text: int) -> tuple[str, str]:
    passage = f"The council closed bridge {claim} over the river on Monday, and bridge {text} stays open. " * 5
    return f"The council closed bridge {claim} over the river.", passage


def _ledger(how: Setup) -> Finding:
    if not how.ledger.exists():
        todo = "The first `factdesk check` creates it."
        return Finding(what="ledger", holds=None, says=f"{how.ledger}: does not exist yet", todo=todo)
    try:
        with Ledger.open(how.ledger, create=False) as ledger:
            claims = ledger.claims(limit=1)
    except ClaimsError as error:
        return Finding(what="ledger", holds=False, says=str(error))
    return Finding(what="ledger", holds=True, says=f"{how.ledger}, {'with claims' if claims else 'empty'}")


def _captures(how: Setup) -> Finding:
    folder = how.captures.resolve()
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        todo = "Make it writable, or set another folder as `captures:` in config.yaml."
        return Finding(what="captures", holds=False, says=f"{folder}: is not writable", todo=todo)
    return Finding(what="captures", holds=True, says=str(folder))


def _network(how: Setup) -> Finding:
    try:
        socket.getaddrinfo("example.com", 443)
    except OSError:
        todo = "Sources can only be read from an archive: `factdesk check --replay FILE.warc.gz`."
        return Finding(what="network", holds=None, says="host names cannot be resolved: no network", todo=todo)
    contact = "" if how.settings.desk.contact else "Set `desk: {contact: ...}`: some hosts require a contact."
    return Finding(what="network", holds=True, says=f"available; user agent: {how.fetch.user_agent}", todo=contact)


def _search_services(how: Setup) -> Finding:
    names = [service.kind for service in how.settings.search if service.finds_pages]
    if not names:
        return Finding(what="search", holds=None, says=NO_SEARCH, todo=START_SEARCH)
    return Finding(what="search", holds=True, says=", ".join(names))


def _prefect(how: Setup) -> Finding:
    address = os.environ.get("PREFECT_API_URL")
    if not address:
        todo = (
            "`factdesk up` starts one, with the schedules; set PREFECT_API_URL=http://127.0.0.1:4200/api, or the "
            "address of your own, to watch the checks of other commands there."
        )
        return Finding(
            what="prefect", holds=None, says="PREFECT_API_URL is not set: checks run without Prefect", todo=todo
        )

    use_kept_password(how.ledger)
    if asyncio.run(server_answers()):
        try:
            asyncio.run(require_access())
        except UsageError as error:
            return Finding(what="prefect", holds=False, says=str(error))
        advice = asyncio.run(server_advice())
        todo = f"Set for the server {'; '.join(advice)}." if advice else ""
        return Finding(what="prefect", holds=None if advice else True, says=f"a server answers at {address}", todo=todo)
    todo = "Start it: `factdesk up` or `prefect server start`; or unset PREFECT_API_URL."
    return Finding(what="prefect", holds=False, says=f"no server answers at {address}", todo=todo)


def _schedules(how: Setup) -> Finding:
    count = len(how.settings.articles) + len(how.settings.feeds)
    if not count:
        return Finding(what="schedules", holds=None, says="no articles or feeds are scheduled in config.yaml")
    return Finding(what="schedules", holds=True, says=f"{count} in config.yaml, run by `factdesk serve`")


def notify_finding(how: Setup) -> Finding:
    """Whether the addresses of `notify` have all their environment variables."""
    entries = how.settings.notify
    if not entries:
        return Finding(what="notify", holds=None, says="nobody is told of anything: `notify` in config.yaml is empty")
    try:
        count = len([entry.address for entry in entries])
    except ConfigError as error:
        todo = "Set it where Factdesk runs, or write the address without it."
        return Finding(what="notify", holds=False, says=str(error), todo=todo)
    return Finding(what="notify", holds=True, says=f"{count} in config.yaml, with all their environment variables")


def runner_finding(how: Setup) -> Finding:
    """Whether articles can be examined where `runner` says."""
    try:
        says = asyncio.run(runner_place(how))
    except RunnerError as error:
        local = how.settings.runner == "local"
        todo = "Or leave it out." if local else "Or set `runner: local` in config.yaml."
        return Finding(what="runner", holds=False, says=str(error), todo=todo)
    return Finding(what="runner", holds=True, says=f"{how.settings.runner}: {says}")


_CHECKS: tuple[Callable[[Setup], Finding], ...] = (
    _language,
    _judge,
    _speed,
    _ledger,
    _captures,
    _network,
    _search_services,
    _prefect,
    _schedules,
    runner_finding,
    notify_finding,
)
