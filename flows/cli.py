"""The command `factdesk`: its subcommands and their options, and errors as one clear line.

Exit codes: 0 done; 1 a check did not hold; 2 usage or configuration; 3 the article itself could not be read.
Every command imports what it needs when it runs, so that `factdesk list` stays quick.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from claims.errors import ClaimsError
from claims.privacy import hide_in
from claims.records import Label
from flows.commands.ledger_commands import COMMANDS
from flows.commands.options import as_json, configured, on_ledger, settings_from
from flows.errors import FlowsError
from sources.errors import SourcesError, UnreadableError

USAGE, UNREADABLE, INTERRUPTED = 2, 3, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="factdesk", prog_name="factdesk")
def factdesk() -> None:
    """A fact-checking desk on your own machine: does the cited source say what the article says?"""


@factdesk.command(short_help="Check articles against the sources they cite.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@on_ledger
@as_json
@click.option("--replay", type=click.Path(), help="Answer from this WARC archive instead of the network.")
@click.option("--offline", is_flag=True, help="Fetch nothing: every source is unavailable.")
@click.option("--report", type=click.Path(path_type=Path), help="Write one self-contained HTML page.")
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice([label.value for label in Label]),
    help="Exit 1 where a claim has this label.",
)
def check(sources: tuple[str, ...], config: str | None, db: str | None, json_: bool, **options: Any) -> None:
    """Check articles against the sources that they cite, and log every verdict.

    SOURCE is an address, an .html, .txt, .md or .pdf file, or - for standard input.
    """
    from flows.commands.check import CheckOutput, check_all
    from flows.config.setup import CheckOptions

    fail_on = frozenset(map(Label, options.pop("fail_on")))
    wanted = CheckOutput(json=json_, report=options.pop("report"), fail_on=fail_on)
    sys.exit(check_all(sources, CheckOptions(config=config, ledger=db, **options), wanted))


@factdesk.command(short_help="Show the claims of articles, fetching nothing.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@configured
@as_json
def claims(sources: tuple[str, ...], config: str | None, json_: bool) -> None:
    """Show the claims of articles: no source is fetched, nothing is logged."""
    from flows.commands.check import claims_all
    from flows.config.setup import CheckOptions, setup

    sys.exit(claims_all(sources, setup(CheckOptions(config=config)), json_=json_))


@factdesk.command(short_help="Judge claims against evidence you have.")
@click.argument("pairs", type=click.Path(path_type=Path, allow_dash=True), metavar="PAIRS.jsonl")
@configured
@click.option("--judge", metavar="NAME", help="Instead of the configured one: lexical, hub:NAME, agree(A, B), ...")
@click.option("--out", type=click.Path(path_type=Path), help="Write the answers into this file.")
@click.option("--resume", is_flag=True, help="Go on where the file of --out stops.")
@click.option("--progress/--no-progress", default=None, help="Rows and rate on stderr; by default on a terminal.")
def verify(
    pairs: Path, config: str | None, judge: str | None, out: Path | None, resume: bool, progress: bool | None
) -> None:
    """Judge claims against evidence that you have: rows {"id", "claim", "evidence": [text, ...]}.

    Prints a row {"id", "label", "p_supported", "p_refuted", "passage"} for each, in order, or writes it to --out.
    A run that was stopped goes on with --resume and ends with the same bytes.
    """
    from flows.commands.verify import VerifyOptions, verify_rows

    wanted = VerifyOptions(pairs=pairs, out=out, resume=resume, progress=progress)
    verify_rows(wanted, judge or settings_from(config).judge)


@factdesk.command(short_help="Serve the scheduled checks of config.yaml.")
@click.option("--limit", default=4, show_default=True, type=click.IntRange(1), help="At most so many runs at once.")
@configured
def serve(config: str | None, limit: int) -> None:
    """Serve the scheduled checks of config.yaml to the Prefect server at PREFECT_API_URL, until stopped."""
    from flows.serve import serve_schedules

    serve_schedules(settings_from(config), config, limit)


@factdesk.command(short_help="Check the new articles of the feeds.")
@click.option("--once", is_flag=True, help="Look once, now, without a Prefect server.")
@configured
def watch(config: str | None, once: bool) -> None:
    """Check the new articles of config.yaml's feeds: once now, or on their schedules until stopped."""
    if once:
        from flows.commands.check import watch_once
        from flows.config.setup import CheckOptions

        sys.exit(watch_once(CheckOptions(config=config), settings_from(config).feeds))
    from flows.serve import serve_schedules

    serve_schedules(settings_from(config).model_copy(update={"articles": ()}), config, 4)


@factdesk.command(short_help="Say who an outlet is, and why.")
@click.argument("name", required=False)
@on_ledger
@as_json
@click.option("--reach", is_flag=True, help="Also ask its first address whether it lets itself be read.")
@click.option("--history", is_flag=True, help="For an address: its dated captures, and what changed between them.")
@click.option("--replay", type=click.Path(), help="With --history: those in this WARC archive.")
def sources(config: str | None, db: str | None, json_: bool, **asked: Any) -> None:
    """Say which outlet a NAME, an address or a @handle stands for, and why; without NAME, list them all."""
    from flows.commands.history import print_history
    from flows.commands.sources import explain, list_outlets
    from flows.config.setup import CheckOptions, setup

    name, reach = asked["name"], asked["reach"]
    how = setup(CheckOptions(config=config, ledger=db, replay=asked["replay"]))
    if asked["history"]:
        sys.exit(print_history(name or "", how, json_=json_))
    sys.exit(explain(name, how, json_=json_, reach=reach) if name else list_outlets(how, json_=json_))


@factdesk.command(short_help="Open the ledger in the browser.")
@on_ledger
@click.option("--port", type=click.IntRange(0, 65535), help="Instead of the configured one; 0 takes a free one.")
@click.option("--open/--no-open", "open_", default=True, help="Open the browser.")
def review(config: str | None, db: str | None, port: int | None, open_: bool) -> None:
    """Open the ledger in the browser, the claims that a person should look at first."""
    from flows.checks.steps import directory
    from flows.config.setup import CheckOptions, setup
    from review.desk import serve as serve_desk

    settings = settings_from(config)
    desk = settings.review
    serve_desk(
        Path(db) if db else settings.ledger,
        desk.host,
        desk.port if port is None else port,
        open_browser=open_,
        sign_off=desk.sign_off,
        outlets={outlet.id: outlet.name for outlet in directory(setup(CheckOptions(config=config)).outlets)},
    )


@factdesk.command(short_help="Write a commented config.yaml.")
@click.argument("file", default="config.yaml", type=click.Path(path_type=Path))
def init(file: Path) -> None:
    """Write a commented config.yaml with every key and its default."""
    from flows.config.template import write_config

    write_config(file)


@factdesk.command(short_help="Say what is installed and what to do.")
@on_ledger
def doctor(config: str | None, db: str | None) -> None:
    """Say what is installed, reachable and configured, and what to do about the rest."""
    from flows.commands.doctor import examine

    sys.exit(examine(config, db))


for _command in COMMANDS:
    factdesk.add_command(_command)


def main() -> None:
    """Run the command; any error is one line on stderr, with its traceback after --debug."""
    debug = "--debug" in sys.argv[1:]
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    _show_warnings(debug=debug)
    try:
        color = False if os.environ.get("NO_COLOR") else None
        with factdesk.make_context("factdesk", arguments, obj={"debug": debug}, color=color) as context:
            factdesk.invoke(context)
        sys.exit(0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("factdesk: stopped; nothing of an unfinished article was logged", err=True)
        sys.exit(INTERRUPTED)
    except UnreadableError as error:
        fail(str(error), UNREADABLE, debug=debug)
    except (ClaimsError, SourcesError, FlowsError) as error:
        fail(str(error), USAGE, debug=debug)
    except BrokenPipeError:
        # The reader of our output went away (`factdesk list | head`): nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001  the last line of defence: one line instead of a traceback
        fail(
            f"unexpected {type(error).__name__}: {error} (--debug shows where)",
            USAGE,
            debug=debug,
        )


def _show_warnings(*, debug: bool) -> None:
    """What is logged of a source that was passed over goes to stderr, with its traceback after --debug."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("factdesk: %(message)s"))
    log = logging.getLogger("sources")
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.DEBUG if debug else logging.WARNING)


def fail(message: str, code: int, *, debug: bool) -> None:
    """Print the message as it is, the traceback before it if asked for, and leave."""
    if debug:
        traceback.print_exc()
    click.echo(hide_in(f"factdesk: {message}"), err=True)
    sys.exit(code)
