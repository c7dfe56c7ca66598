"""The processor's instruction sets, from the flags that Linux lists."""

from __future__ import annotations

from pathlib import Path


def processor_flags(cpuinfo: Path = Path("/proc/cpuinfo")) -> frozenset[str]:
    """What the processor can do, in the words of Linux ("avx2", "asimddp"); nothing on other systems."""
    text = cpuinfo.read_text(encoding="utf-8", errors="replace") if cpuinfo.is_file() else ""
    lines = (line.partition(":") for line in text.splitlines())
    # All processors of a machine list the same flags.
    return frozenset(next((flags.split() for name, _, flags in lines if name.strip() in ("flags", "Features")), ()))
