"""Settings of the interpreter and of the C library with which a check takes less time and memory, and says the same."""

from __future__ import annotations

import atexit
import ctypes
import gc
import os
from contextlib import suppress
from functools import cache

# New objects after which Python looks for cycles. With its default, 700, it walks through all modules and models again
# and again while they load: .3 of 3.5 s CPU of a first check, in which there is next to nothing to free. What outlives
# one look is looked at again after a hundred of them, not ten: 3 % less CPU, and as much memory after twelve articles.
# At its end Python would walk through all of it three times more, to free what ends with the process: another .3 s.
_NEW_OBJECTS, _LOOKS = 10_000, 100
# The threads with which NumPy multiplies matrices: after each, a second one waits for the next by counting (.1 s).
_MULTIPLYING = "OPENBLAS_NUM_THREADS"
# mallopt's parameters (malloc.h of glibc): one heap for all threads, and blocks from 128 kB on are given back when they
# are freed. Together they take 19 MB off a check, whose threads mostly wait for each other anyway.
_ARENA_MAX, _MMAP_THRESHOLD = -8, -3
_LARGE_BLOCK = 128 * 1024


@cache
def save_memory() -> None:
    """Apply the settings to this process, before NumPy is imported; the C library's only where it has such settings."""
    gc.set_threshold(_NEW_OBJECTS, _LOOKS, 10)
    atexit.register(gc.freeze)
    os.environ.setdefault(_MULTIPLYING, "1")
    with suppress(AttributeError, OSError, TypeError):  # not glibc
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_ARENA_MAX, 1)
        mallopt(_MMAP_THRESHOLD, _LARGE_BLOCK)
