"""What can break in this folder.

FlowsError
├── ConfigError      config.yaml or a variable does not hold; the text names the place and what is allowed
└── UsageError       a command was asked for what it cannot do; the text says what it can
"""

# The exit codes of the command, besides 0.
NOT_HELD, USAGE, UNREADABLE, INTERRUPTED = 1, 2, 3, 130


class FlowsError(Exception):
    """The root of this folder's errors; its text is one clear line that says what to do."""


class ConfigError(FlowsError):
    """The configuration does not hold."""


class UsageError(FlowsError):
    """A command was asked for what it cannot do."""
