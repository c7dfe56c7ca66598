"""Exceptions raised by this package.

FlowsError
├── ConfigError      config.yaml or a variable is invalid; the text names the place and what is allowed
├── UsageError       a command was used incorrectly; the text says what is possible
└── RunnerError      what config.yaml names as `runner` cannot be used; the text says what to do
"""

# The exit codes of the command, besides 0.
NOT_HELD, USAGE, UNREADABLE, INTERRUPTED = 1, 2, 3, 130


class FlowsError(Exception):
    """The base class of this package's exceptions; the message is one line that says what to do."""


class ConfigError(FlowsError):
    """The configuration is invalid."""


class UsageError(FlowsError):
    """A command was used incorrectly."""


class RunnerError(FlowsError):
    """The processes or machines that examine articles cannot be used."""
