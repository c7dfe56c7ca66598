"""Settings of the interpreter and of the C library with which a check takes less time and memory, and says the same."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

# New objects after which Python looks for cycles. With its default, 700, it walks through all modules and models again
# and again while they load: .3 of 3.5 s CPU of a first check, in which there is next to nothing to free.
_NEW_OBJECTS = 10_000
# mallopt's parameters (malloc.h of glibc): one heap for all threads, and blocks from 128 kB on are given back when they
# are freed. Together they take 19 MB off a check, whose threads mostly wait for each other anyway.
_ARENA_MAX, _MMAP_THRESHOLD = -8, -3
_LARGE_BLOCK = 128 * 1024


def save_memory() -> None:
    """Apply the settings to this process; where the C library has no such settings, only the interpreter's."""
    gc.set_threshold(_NEW_OBJECTS, 10, 10)
    with suppress(AttributeError, OSError, TypeError):  # not glibc
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_ARENA_MAX, 1)
        mallopt(_MMAP_THRESHOLD, _LARGE_BLOCK)
