"""Looking at processes, and where they may listen."""

import socket

import psutil


def alive(process: psutil.Process) -> bool:
    """Return whether it still runs; one that only waits to be counted by its parent does not."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def free_port() -> int:
    """Return a port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
