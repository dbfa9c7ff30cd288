"""The process in which files are read: it waits with everything loaded, and forks once for each reading.

    python -m data.reading.reader SOCKET

Started by ``data.reading.bounded``, and ends with whoever started it. Nothing of a file reaches the waiting process;
the fork that reads it ends with its answer. Where processes cannot fork, one without SOCKET
reads one request from standard input and answers it on standard output.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

HEADER = struct.Struct("<Qd")
"""What stands before a request: the most bytes of memory it may take beside what is loaded, and the most seconds."""

Outcome = tuple[str, Any]
"""``done`` and what came back, or the reason why nothing did: ``memory`` or ``failed``."""

_SCALE = 5
"""By so much a reading gives way to the pages of other visitors."""


def wait(control: socket.socket) -> None:
    """A fork for each connection that arrives on ``control``, until the other end is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever ends is gone at once
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the other end
    gc.freeze()
    while True:
        message, ends, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        if os.fork() == 0:
            try:
                control.close()
                _silence()
                with socket.socket(fileno=ends[0]) as line, line.makefile("rb") as asked, line.makefile("wb") as said:
                    answer(asked, said)
            finally:
                os._exit(0)
        os.close(ends[0])


def answer(asked: BinaryIO, said: BinaryIO) -> None:
    """Carry out the one request that ``asked`` holds, within its bounds, and write the outcome to ``said``."""
    memory, seconds = HEADER.unpack(asked.read(HEADER.size))
    _bound(memory, seconds)
    outcome: Outcome
    try:
        function, arguments = pickle.load(asked)  # noqa: S301 - from the process that started this one
        outcome = ("done", function(*arguments))
        written = pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        written = pickle.dumps(("memory", None))
    except Exception:  # noqa: BLE001 - whatever failed could quote a patient, so nothing of it is passed on
        written = pickle.dumps(("failed", None))
    said.write(written)
    said.flush()


def request(function: Callable[..., Any], arguments: tuple[Any, ...], memory: int, seconds: float) -> bytes:
    """A request as ``answer`` reads it."""
    return HEADER.pack(memory, seconds) + pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL)


def _silence() -> None:
    """What libraries print may quote the file."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _bound(memory: int, seconds: float) -> None:
    """The limits of this process, where the system has them: memory, time, and no byte written to any file."""
    if not hasattr(os, "fork"):
        return
    import resource  # noqa: PLC0415 - there is none where processes cannot fork

    os.nice(_SCALE)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    size = Path("/proc/self/statm")
    if size.exists():
        loaded = int(size.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (loaded + memory, loaded + memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        import pyreadstat  # noqa: F401 - as well

        import data.reading.read  # noqa: F401 - loaded once, for every reading

        with socket.socket(fileno=int(sys.argv[1])) as own:
            wait(own)
    else:
        answer(sys.stdin.buffer, sys.stdout.buffer)
