"""The command `factdesk`: its subcommands, and errors as one-line messages.

Exit codes: 0 success; 1 a check failed; 2 usage or configuration error; 3 the article could not be read.
A subcommand's module is imported only when it is invoked or its help is requested, so that `factdesk list` stays fast.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from importlib import import_module

import click
from click.shell_completion import CompletionItem, shell_complete

from claims.errors import ClaimsError
from claims.privacy import hide_in
from flows.config.memory import save_memory
from flows.errors import INTERRUPTED, UNREADABLE, USAGE, FlowsError
from sources.errors import SourcesError, UnreadableError

# Each subcommand: the module below flows/commands and the command in it, and what it does in a few words.
COMMANDS = {
    "api": ("running.api:api", "Answer programs over HTTP."),
    "attach": ("checking.attach:attach", "Add a page that Factdesk could not read."),
    "audit": ("ledger.audit:audit", "Verify the captures and the log."),
    "backup": ("ledger.backup:backup", "Copy the ledger to a new file."),
    "bundle": ("ledger.bundle:bundle", "Pack claims with their evidence."),
    "check": ("checking.check:check", "Check articles against the sources they cite."),
    "claims": ("checking.claims:claims", "List the claims of articles."),
    "decide": ("ledger.decide:decide", "Record a decision on a claim."),
    "demo": ("checking.demo:demo", "Check the sample article."),
    "deploy": ("running.deploy:deploy", "Make the schedules for the workers of a work pool."),
    "doctor": ("setup.doctor:doctor", "Check the installation and configuration."),
    "export": ("ledger.export:export", "Export the decisions on claims."),
    "init": ("setup.init:init", "Write a commented config.yaml."),
    "list": ("ledger.list:list_", "List the claims in the ledger."),
    "mcp": ("running.mcp:mcp", "Answer a writing assistant over MCP."),
    "recheck": ("checking.recheck:recheck", "Check claims in the ledger again."),
    "review": ("running.review:review", "Open the review desk in the browser."),
    "search": ("ledger.search:search", "Search claims and their evidence."),
    "serve": ("running.serve:serve", "Run the scheduled checks of config.yaml."),
    "show": ("ledger.show:show", "Show a claim with its evidence and history."),
    "sources": ("setup.sources:sources", "Identify an outlet."),
    "up": ("running.up:up", "Run server, schedules and review desk together."),
    "verify": ("checking.verify:verify", "Judge claims against given evidence."),
    "watch": ("running.watch:watch", "Check new articles in the feeds."),
}
_COMPLETE = "_FACTDESK_COMPLETE"


class LazyGroup(click.Group):
    """The subcommands of ``COMMANDS``, each imported only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all subcommands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of this name, imported now; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(f"flows.commands.{module}"), name)
        assert isinstance(command, click.Command)  # noqa: S101  what the table names is one
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands with their descriptions without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, does) for name, (_, does) in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The subcommands and options that begin with ``incomplete``, without importing any."""
        names = [CompletionItem(name, help=does) for name, (_, does) in COMMANDS.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="factdesk", prog_name="factdesk")
def factdesk() -> None:
    """Check news articles against the sources they cite, on your own machine."""


# The commands that may be stopped within an article that they would have logged.
_LOGGING = {"attach", "check", "demo", "recheck", "serve", "up", "watch"}


def main() -> None:
    """Run the command; errors are printed as one line on stderr, after the traceback with --debug.

    If the shell sets ``_FACTDESK_COMPLETE``, print the completions of the command line instead.
    """
    if completion := os.environ.get(_COMPLETE):
        sys.exit(shell_complete(factdesk, {}, "factdesk", _COMPLETE, completion))
    save_memory()
    shared: dict[str, bool] = {"debug": "--debug" in sys.argv[1:], "at_once": False}
    try:
        _run_command([argument for argument in sys.argv[1:] if argument != "--debug"], shared)
    except SystemExit as end:
        if not shared["at_once"]:
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else int(end.code is not None))


def _run_command(arguments: list[str], shared: dict[str, bool]) -> None:
    """Run the command and exit; ``shared`` is what the command and its caller both see."""
    debug = shared["debug"]
    _show_warnings(debug=debug)
    try:
        color = False if os.environ.get("NO_COLOR") else None
        with factdesk.make_context("factdesk", arguments, obj=shared, color=color) as context:
            factdesk.invoke(context)
        sys.exit(0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        logs = bool(_LOGGING.intersection(arguments[:1]))
        click.echo(f"factdesk: stopped{'; unfinished articles were not logged' if logs else ''}", err=True)
        sys.exit(INTERRUPTED)
    except UnreadableError as error:
        fail(str(error), UNREADABLE, debug=debug)
    except (ClaimsError, SourcesError, FlowsError) as error:
        fail(str(error), USAGE, debug=debug)
    except BrokenPipeError:
        # The reader closed the pipe (`factdesk list | head`): write nothing more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001  the last line of defence: one line instead of a traceback
        fail(
            f"unexpected {type(error).__name__}: {error} (use --debug for a traceback)",
            USAGE,
            debug=debug,
        )


def _show_warnings(*, debug: bool) -> None:
    """Print log messages about skipped sources to stderr, with the traceback after --debug."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("factdesk: %(message)s"))
    log = logging.getLogger("sources")
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.DEBUG if debug else logging.WARNING)


def fail(message: str, code: int, *, debug: bool) -> None:
    """Print the message, after the traceback if ``debug``, and exit with ``code``."""
    if debug:
        traceback.print_exc()
    click.echo(hide_in(f"factdesk: {message}"), err=True)
    sys.exit(code)
