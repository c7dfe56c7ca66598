"""The command `factdesk`: its subcommands, and errors as one clear line.

Exit codes: 0 done; 1 a check did not hold; 2 usage or configuration; 3 the article itself could not be read.
A subcommand's module is only imported when it is invoked or its help is asked for, so that `factdesk list` stays quick.
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
from flows.errors import INTERRUPTED, UNREADABLE, USAGE, FlowsError
from sources.errors import SourcesError, UnreadableError

# Each subcommand: the module below flows/commands and the command in it, and what it does in a few words.
COMMANDS = {
    "attach": ("checking.attach:attach", "Hand in a page that Factdesk could not read."),
    "audit": ("ledger.audit:audit", "Hash every capture and the chain again."),
    "backup": ("ledger.backup:backup", "Copy the ledger to a new file."),
    "bundle": ("ledger.bundle:bundle", "Pack claims with everything behind them."),
    "check": ("checking.check:check", "Check articles against the sources they cite."),
    "claims": ("checking.claims:claims", "Show the claims of articles, fetching nothing."),
    "decide": ("ledger.decide:decide", "Put a person's decision on a claim."),
    "doctor": ("setup.doctor:doctor", "Say what is installed and what to do."),
    "export": ("ledger.export:export", "Write what people decided."),
    "init": ("setup.init:init", "Write a commented config.yaml."),
    "list": ("ledger.list:list_", "List the claims in the ledger."),
    "recheck": ("checking.recheck:recheck", "Check claims of the ledger again."),
    "review": ("running.review:review", "Open the ledger in the browser."),
    "search": ("ledger.search:search", "Find claims by their words."),
    "serve": ("running.serve:serve", "Serve the scheduled checks of config.yaml."),
    "show": ("ledger.show:show", "Show all that is known of one claim."),
    "sources": ("setup.sources:sources", "Say who an outlet is, and why."),
    "verify": ("checking.verify:verify", "Judge claims against evidence you have."),
    "watch": ("running.watch:watch", "Check the new articles of the feeds."),
}
_COMPLETE = "_FACTDESK_COMPLETE"


class LazyGroup(click.Group):
    """The subcommands of ``COMMANDS``, each imported only where it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all subcommands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of this name, imported now; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(f"flows.commands.{module}"), name)
        assert isinstance(command, click.Command)  # noqa: S101  what the table names is one
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands with what they do, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, does) for name, (_, does) in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The subcommands and options that begin so, importing none."""
        names = [CompletionItem(name, help=does) for name, (_, does) in COMMANDS.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="factdesk", prog_name="factdesk")
def factdesk() -> None:
    """A fact-checking desk on your own machine: does the cited source say what the article says?"""


def main() -> None:
    """Run the command; any error is one line on stderr, with its traceback after --debug.

    Where the shell asks (the variable ``_FACTDESK_COMPLETE``), print what completes the command line instead.
    """
    if asked := os.environ.get(_COMPLETE):
        sys.exit(shell_complete(factdesk, {}, "factdesk", _COMPLETE, asked))
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
