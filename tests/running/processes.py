"""Looking at processes."""

import psutil


def alive(process: psutil.Process) -> bool:
    """Return whether it still runs; one that only waits to be counted by its parent does not."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
