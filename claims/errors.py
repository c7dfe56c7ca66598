"""What can break in this folder.

ClaimsError
├── ModelError      a language or entailment model cannot be loaded; the message says what to install
├── JudgeError      a judge did not answer as the protocol promises
└── LedgerError     the ledger cannot be opened, is newer than this version, or does not hold
"""


class ClaimsError(Exception):
    """The root of this folder's errors; its text is one clear line that says what to do."""


class ModelError(ClaimsError):
    """A model cannot be loaded."""


class JudgeError(ClaimsError):
    """A judge did not answer as its protocol promises."""


class LedgerError(ClaimsError):
    """The ledger cannot be used as it is."""
