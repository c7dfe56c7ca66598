"""The section `review` of config.yaml: the address of the desk, and who may log in there."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from flows.config.section import Section

UserName = Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]{1,50}$")]


class Account(Section):
    """A person who may log in to the desk.

    ``password_hash`` is what `datasette hash-password` prints; ``name`` is the name for decisions (default: the key).
    """

    role: Literal["reader", "reviewer", "editor"]
    password_hash: str = Field(pattern=r"^pbkdf2_sha256\$[1-9]\d*\$[^$\s]+\$[A-Za-z0-9+/]+=*$")
    name: str = ""


class ReviewDesk(Section):
    """The address of the desk, and how many people must make the same decision before a claim counts as decided.

    ``accounts`` may log in; ``behind_login`` says that another program asks for a login before it forwards a request.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8001, ge=0, le=65535)
    sign_off: int = Field(default=1, ge=1)
    accounts: dict[UserName, Account] = Field(default_factory=dict)
    behind_login: bool = False

    @property
    def asked_sign_off(self) -> int | None:
        """``sign_off`` if it is configured; None where it is not, so that the ledger keeps what it was told before."""
        return self.sign_off if "sign_off" in self.model_fields_set else None

    @property
    def address(self) -> str | None:
        """The desk's address in the browser; None where any free port is taken."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}" if self.port else None
