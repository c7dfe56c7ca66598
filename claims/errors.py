"""Exceptions raised by this package.

ClaimsError
├── ModelError      a language or entailment model cannot be loaded; the message says what to install
├── JudgeError      a judge did not answer as the protocol promises
└── LedgerError     the ledger cannot be opened, is newer than this version, or is inconsistent
    ├── NotLoggedError  the ledger has no claim or article of this id
    └── MovedOnError    a claim no longer has the verdict or decision that the reviewer was shown
"""


class ClaimsError(Exception):
    """The base class of this package's exceptions; the message is one line that says what to do."""


class ModelError(ClaimsError):
    """A model cannot be loaded."""


class JudgeError(ClaimsError):
    """A judge did not answer as its protocol promises."""


class LedgerError(ClaimsError):
    """The ledger cannot be used as it is."""


class NotLoggedError(LedgerError):
    """The ledger has no claim or article of this id."""


class MovedOnError(LedgerError):
    """A decision was made on what is no longer so; ``changes`` says what is new, one clause each."""

    def __init__(self, claim: str, changes: tuple[str, ...]) -> None:
        self.changes = changes
        super().__init__(
            f"claim {claim[:8]} has changed since it was shown: {'; '.join(changes)}. "
            f"No decision was recorded; review it again (factdesk show {claim[:8]})"
        )
