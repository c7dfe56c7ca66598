"""A time stamp authority on loopback: openssl behind a small HTTP server, and openssl to verify what it stamped."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_CONFIG = """
[tsa]
default_tsa = desk
[desk]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/ca.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
[stamping]
extendedKeyUsage = critical, timeStamping
"""


class Authority:
    """Stamps what it is sent; ``answer`` is how: "stamp", "refuse" (another digest), "old" (its first reply again)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = ""
        self.asked: list[tuple[str, str]] = []
        self.answer = "stamp"
        self._first = b""
        (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        new = ["req", "-newkey", "rsa:2048", "-nodes", "-batch"]
        openssl(folder, *new, "-x509", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Authority", "-days", "30")
        openssl(folder, *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Time Stamps")
        signed = ["x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"]
        openssl(folder, *signed, "-days", "30", "-extfile", "tsa.cnf", "-extensions", "stamping", "-out", "tsa.pem")

    def reply(self, query: bytes) -> bytes:
        (self.folder / "query.tsq").write_bytes(query)
        config = (self.folder / "tsa.cnf").read_text()
        if self.answer == "refuse":
            config = config.replace("digests = sha256, sha512", "digests = sha512")
        (self.folder / "now.cnf").write_text(config)
        openssl(self.folder, "ts", "-reply", "-config", "now.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr")
        made = (self.folder / "reply.tsr").read_bytes()
        self._first = self._first or made
        return self._first if self.answer == "old" else made

    def holds(self, stamp: Path, head: str) -> bool:
        """Whether openssl, which knows nothing of us, verifies a stamp of this digest."""
        words = ["ts", "-verify", "-digest", head, "-in", str(stamp.resolve()), "-CAfile", "ca.pem"]
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, text=True, check=False)
        return done.returncode == 0 and "Verification: OK" in done.stdout


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=True)


@contextmanager
def serving(authority: Authority) -> Iterator[Authority]:
    """The authority at an address on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked.append((self.path, self.headers["Content-Type"]))
            fine = self.path.startswith("/tsr")
            body = authority.reply(query) if fine else b"there is nothing here"
            self.send_response(200 if fine else 404)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is the library's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    authority.url = f"http://127.0.0.1:{server.server_address[1]}/tsr?token=s3cretOfTheDesk"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
