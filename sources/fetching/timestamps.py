"""Time stamps (RFC 3161) that certify when the head of a ledger's log existed.

The stamped digest is the head itself, a SHA-256, so that a reply can be verified without Factdesk:
``openssl ts -verify -digest HEAD -in HEAD.tsr -CAfile AUTHORITY.pem``.
That verification decides whether the authority is trusted; here a reply is only compared with the request.
"""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from typing import Any

from asn1crypto import cms, core, tsp

from claims.privacy import make_folder, private
from claims.records import LogHead, Reason
from sources.errors import ArchiveError, Unavailable, error_words
from sources.fetching.fetch import Fetcher

SUFFIX = ".tsr"


class _Reply(core.Sequence):  # type: ignore[misc]  # the library has no types
    """A TimeStampResp (RFC 3161, 2.4.2): a refusal has no token, which the library's own class does not know."""

    # a list, which the library wants: it settles it in place
    _fields = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]  # noqa: RUF012


async def stamp_head(head: str, authority: str, folder: Path, fetcher: Fetcher) -> Path:
    """Request a time stamp of a head from an authority and store the reply in a folder; return the new file.

    Raises Unavailable if there is no reply or not for this head; ArchiveError if it cannot be stored.
    """
    nonce = secrets.randbits(63)
    request = tsp.TimeStampReq({"version": "v1", "message_imprint": _imprint(head), "nonce": nonce, "cert_req": True})
    status, reply = await fetcher.post(authority, request.dump(), "application/timestamp-query")
    if status != 200:
        raise Unavailable(Reason.UNREACHABLE, f"it answered with status {status}")
    try:
        stamp = _granted_stamp(reply)
        same = _is_of(stamp, head) and stamp["nonce"].native == nonce
    except (ValueError, TypeError) as error:
        raise Unavailable(Reason.UNSUPPORTED_TYPE, f"its answer is not a time stamp ({error})") from error
    if not same:
        raise Unavailable(Reason.UNSUPPORTED_TYPE, "its answer is the time stamp of another request")
    path = folder / f"{head}{SUFFIX}"
    await asyncio.to_thread(_keep_reply, reply, path)
    return path


def stamped(path: Path) -> LogHead:
    """The head that a stored reply certifies; raises ArchiveError if it differs from the file's name."""
    head = path.name.removesuffix(SUFFIX)
    try:
        same = _is_of(_granted_stamp(path.read_bytes()), head)
    except (OSError, ValueError, TypeError) as error:
        raise ArchiveError(f"{path}: is not a readable time stamp ({error})") from error
    if not same:
        raise ArchiveError(f"{path}: is the time stamp of another head")
    return LogHead(ledger="", run="", seq=0, hash=head, noted=f"in {path.name}")


def _keep_reply(reply: bytes, path: Path) -> None:
    try:
        make_folder(path.parent)
        with open(path, "wb", opener=private) as file:
            file.write(reply)
    except OSError as error:
        raise ArchiveError(f"{path}: the time stamp cannot be stored ({error_words(error)})") from error


def _imprint(head: str) -> dict[str, Any]:
    return {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes.fromhex(head)}


def _is_of(stamp: Any, head: str) -> bool:
    imprint = stamp["message_imprint"]
    algorithm, digest = imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native
    return (algorithm, digest) == ("sha256", bytes.fromhex(head))


def _granted_stamp(reply: bytes) -> Any:
    """The TSTInfo of a reply that grants a time stamp; raises ValueError or TypeError, as the library does."""
    answer = _Reply.load(reply, strict=True)
    state = answer["status"]
    if state["status"].native not in ("granted", "granted_with_mods"):
        why = " ".join(state["status_string"].native or ()) or "no reason given"
        raise ValueError(f"refused: {why}")
    return answer["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
