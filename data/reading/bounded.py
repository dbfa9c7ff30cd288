"""Work done in a process of its own, with limits of memory and time: files of strangers are read so.

A reader that runs out of memory, hangs or breaks ends alone. The process that waits for work has everything loaded, so
that a reading begins within milliseconds; it is started with the first one, or before (``prepare``).
"""

from __future__ import annotations

import atexit
import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any, TypeVar

from data.reading.reader import request

MEMORY = 2**30
"""Bytes that one reading may take beside what is loaded."""

SECONDS = 60.0
"""How long one reading may take."""

AT_ONCE = 2
"""So many readings go on at a time; others wait for their turn."""

_ROOT = Path(__file__).parents[2]
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""A process with threads cannot fork safely, and what a pool of memory reserves would count against the limit."""

_PATIENCE = 10.0
"""Seconds after the limit at which a reader that has not ended by itself is given up."""

T = TypeVar("T")


class StoppedError(Exception):
    """The work was stopped: ``args[0]`` is ``memory``, ``time`` or ``failed``."""


class _Waiting:
    """The process that waits for work, and the line to it."""

    def __init__(self) -> None:
        """Start it; what it is asked before it is ready it answers then."""
        self.line, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "data.reading.reader", str(theirs.fileno())],
                cwd=_ROOT,
                env={**os.environ, **_ONE_THREAD},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
            )

    def end(self) -> None:
        """Let it end, and wait for that."""
        self.line.close()
        self.process.wait()


_turns = BoundedSemaphore(AT_ONCE)
_starting = Lock()
_waiting: list[_Waiting] = []


def prepare() -> None:
    """Start the process that waits for work, where there is one and it does not run."""
    if hasattr(os, "fork"):
        with _starting:
            if _waiting and _waiting[0].process.poll() is not None:
                _waiting.pop().end()
            if not _waiting:
                _waiting.append(_Waiting())


@atexit.register
def _end() -> None:
    while _waiting:
        _waiting.pop().end()


def bounded(function: Callable[..., T], *arguments: Any, memory: int = MEMORY, seconds: float = SECONDS) -> T:
    """What ``function`` of a module gives for ``arguments``, computed in a process of its own.

    Raises StoppedError where it takes more memory or time than it may, or fails in any other way.
    """
    asked = request(function, arguments, memory, seconds)
    with _turns:
        begun = time.monotonic()
        written = (_asked if hasattr(os, "fork") else _alone)(asked, seconds + _PATIENCE)
        took = time.monotonic() - begun
    if not written:
        raise StoppedError("time" if took >= seconds else "failed")
    try:
        outcome, found = pickle.loads(written)  # noqa: S301 - from a process of our own
    except (EOFError, pickle.UnpicklingError) as cut:
        raise StoppedError("time" if took >= seconds else "failed") from cut
    if outcome != "done":
        raise StoppedError(outcome)
    result: T = found
    return result


def _asked(asked: bytes, patience: float) -> bytes:
    """What a fork of the waiting process answers; empty where it ended without, or does not end."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            _send(theirs)
        ours.settimeout(patience)
        parts: list[bytes] = []
        try:
            ours.sendall(asked)
            ours.shutdown(socket.SHUT_WR)
            while part := ours.recv(2**20):
                parts.append(part)
        except OSError:
            return b""
        return b"".join(parts)


def _send(end: socket.socket) -> None:
    """Hand one end of a line to the waiting process, which is started again where it has ended."""
    prepare()
    try:
        socket.send_fds(_waiting[0].line, [b"!"], [end.fileno()])
    except OSError:
        prepare()
        socket.send_fds(_waiting[0].line, [b"!"], [end.fileno()])


def _alone(asked: bytes, patience: float) -> bytes:
    """What a process started for it answers, where processes cannot fork; there is no limit of its memory."""
    command = [sys.executable, "-m", "data.reading.reader"]
    try:
        done = subprocess.run(command, cwd=_ROOT, input=asked, capture_output=True, timeout=patience, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout
