"""Runs several long-lived commands as one: starts them in order, restarts one that ends, and stops them together.

On Linux they also end where the process that started them is killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flows.errors import UsageError

_STOP_WITHIN = 20.0  # seconds a process has to end by itself
_LONGEST_PAUSE = 60.0  # seconds before a restart
_STEADY = 600.0  # seconds after which a process that ran counts as started well
_LAST_LINES = 3
# Starts the command behind it, to which Linux sends SIGTERM when the thread that asked for it is gone, even if its
# process was killed: services that nobody restarts, whose output nobody reads, would keep their ports.
_TIED = """
import contextlib, ctypes, os, signal, sys
with contextlib.suppress(AttributeError, OSError):
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
if os.getppid() == int(sys.argv[1]):
    os.execvp(sys.argv[2], sys.argv[2:])
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A long-lived command; ``ready`` is whether it answers, ``within`` the seconds that it may take to start."""

    name: str
    command: Sequence[str]
    ready: Callable[[], bool]
    environment: Mapping[str, str] = field(default_factory=dict)
    within: float = 120.0


class Processes:
    """The running services, in the order in which they were started; every line they print goes to ``write``.

    ``start`` and ``keep`` are called in a thread that lasts as long as the services: on Linux they end with it.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._stopping = threading.Event()
        self._running: list[_Running] = []

    def start(self, service: Service) -> None:
        """Start a service and wait until it is ready.

        Raises:
            UsageError: it ended, or did not answer in time; the message holds the last lines that it printed.
        """
        running = _Running(service, self._write)
        self._running.append(running)
        deadline = time.monotonic() + service.within
        while not service.ready():
            if self._stopping.is_set():
                return
            if running.process.poll() is not None:
                running.reader.join(timeout=5)
                raise UsageError(f"{service.name} did not start: {running.last_words()}")
            if time.monotonic() > deadline:
                raise UsageError(f"{service.name} did not answer within {service.within:.0f} seconds")
            self._stopping.wait(0.3)

    def keep(self) -> None:
        """Restart each service that ends, after a pause that grows to a minute, until ``stop`` is called."""
        while not self._stopping.wait(1.0):
            now = time.monotonic()
            for running in self._running:
                if running.process.poll() is None:
                    continue
                if running.restart_at is None:
                    running.plan_restart(now)
                    self._write(f"{running.service.name} ended; it starts again in {running.pause:.0f} s")
                elif now >= running.restart_at:
                    running.again()

    def stop(self) -> None:
        """Ask every service to end, the last one first, and end those that do not."""
        self._stopping.set()
        for running in reversed(self._running):
            running.end()


class _Running:
    """A service with its present process."""

    def __init__(self, service: Service, write: Callable[[str], None]) -> None:
        self.service, self._write = service, write
        self.pause = 0.5
        self.begin()

    def begin(self) -> None:
        """Start the process; it gets a process group of its own, so that Ctrl-C does not reach it directly."""
        self.last_lines: list[str] = []
        self.started_at = time.monotonic()
        self.restart_at: float | None = None
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _TIED, str(os.getpid()), *self.service.command],
            env={**os.environ, "PYTHONUNBUFFERED": "1", **self.service.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self.reader.start()

    def again(self) -> None:
        """Start the process again, after it has ended."""
        self.begin()

    def last_words(self) -> str:
        """The last lines that the process printed, in one line."""
        return " ".join(line.removeprefix("factdesk: ") for line in self.last_lines) or "it ended at once"

    def plan_restart(self, now: float) -> None:
        """End what the ended process has left, and choose when to start it again."""
        self.end()
        steady = now - self.started_at > _STEADY
        self.pause = 1.0 if steady else min(self.pause * 2, _LONGEST_PAUSE)
        self.restart_at = now + self.pause

    def end(self) -> None:
        """End the process and all that it started; once, as its number may be another process's afterwards."""
        if self.restart_at is not None:
            return
        if self.process.poll() is None:
            self._signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=_STOP_WITHIN)
            except subprocess.TimeoutExpired:
                self._signal(signal.SIGKILL)
                self.process.wait()
        self._signal(signal.SIGKILL)
        self._close()

    def _close(self) -> None:
        """Wait until all that the ended process printed was read."""
        self.reader.join()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None  # noqa: S101  it was opened as a pipe
        for line in process.stdout:
            if text := line.rstrip():
                self.last_lines = [*self.last_lines, text.strip()][-_LAST_LINES:]
                self._write(f"{self.service.name}: {text}")
