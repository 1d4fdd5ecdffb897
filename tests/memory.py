"""How much memory a process needed at most: what the kernel counted since it was last asked to forget."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Peak:
    """In megabytes; `grew` is set when the block has ended."""

    grew: float = 0


def _resident(pid: int, what: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    kilobytes = re.search(rf"^{what}:\s+(\d+) kB$", status, re.MULTILINE)
    assert kilobytes, status
    return int(kilobytes[1]) / 1024


@contextmanager
def peak_of(pid: int = os.getpid()) -> Iterator[Peak]:
    """Measure by how much the resident memory of a process grows while the block runs."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")  # forgets the peak so far
    before, peak = _resident(pid, "VmRSS"), Peak()
    yield peak
    peak.grew = _resident(pid, "VmHWM") - before
