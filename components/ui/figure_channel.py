"""A way of a session's figures to its browser that is faster than Streamlit's.

Streamlit puts a figure into the order of the page and has the whole page rendered together: two thirds of the time
from a click to its picture. So each session has a WebSocket beside Streamlit's, on which the first figure of a page
travels as soon as it is computed. It costs nothing to lose: the same figure, with the same number, is also where
Streamlit draws it.

A session is known here by a random token, which it tells its own browser alone, in the data of its figures. The token
travels as the first message and never in an address, which lands in logs. What is sent is kept nowhere.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

import streamlit as st
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

ADDRESS = "/figures"
"""Where browsers connect to, at the server that they have the page from."""

CHANNEL = "channel of the figures"

TIME_TO_SAY, LONGEST_TOKEN = 5.0, 100
"""Seconds in which a browser must say which session it is of, and how long that may be."""

MOST_WAITED = 0.15
"""Seconds that a page waits at most for the picture of its figure."""

REFUSED = 1008


@dataclass(eq=False)
class Channel:
    """The way to the browser of one session, open or not."""

    token: str = field(default_factory=partial(secrets.token_urlsafe, 32))
    number: int = 0
    _way: tuple[asyncio.AbstractEventLoop, WebSocket] | None = None
    _leaving: Future[None] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _drawn: threading.Event = field(default_factory=threading.Event)

    def next_number(self) -> int:
        """A number above all before it: of two figures of one place the browser shows the one with the higher."""
        self.number += 1
        return self.number

    def __post_init__(self) -> None:
        """Until the first message nothing is left unanswered."""
        self._drawn.set()

    def join(self, socket: WebSocket) -> WebSocket | None:
        """From now on figures leave by ``socket``; gives back the one by which they left before."""
        with self._lock:
            before, self._way = self._way, (asyncio.get_running_loop(), socket)
            self._drawn.set()
        return before[1] if before else None

    def leave(self, socket: WebSocket) -> None:
        """Nothing leaves by ``socket`` any more."""
        with self._lock:
            if self._way is not None and self._way[1] is socket:
                self._way = None

    def send(self, message: str) -> bool:
        """Send the message and wait until the browser has drawn it, or no longer; whether it has drawn it.

        A page that goes on at once takes the picture its time: the server computes, and the browser renders, other
        things first. Nobody waits for a browser that has not answered the message before, and nothing is sent while
        that one is still on its way.
        """
        with self._lock:
            way = self._way
        if way is None or (self._leaving is not None and not self._leaving.done()):
            return False
        loop, socket = way
        if not loop.is_running():
            return False
        patience = MOST_WAITED if self._drawn.is_set() else 0.0
        self._drawn.clear()
        self._leaving = asyncio.run_coroutine_threadsafe(_sent(socket, message), loop)
        return self._drawn.wait(patience)

    def drawn(self) -> None:
        """The browser says that it has drawn what was sent last."""
        self._drawn.set()


CHANNELS: WeakValueDictionary[str, Channel] = WeakValueDictionary()
"""The channels by their tokens. Only its session holds a channel, so that it goes with the session."""


def channel() -> Channel:
    """That of this session."""
    kept: Channel | None = st.session_state.get(CHANNEL)
    if kept is None:
        kept = st.session_state[CHANNEL] = Channel()
        CHANNELS[kept.token] = kept
    return kept


async def _sent(socket: WebSocket, message: str) -> None:
    try:
        await socket.send_text(message)
    except (WebSocketDisconnect, RuntimeError):
        return  # the browser has gone meanwhile, and is shown the figure when it comes back


def same_origin(headers: Mapping[str, str]) -> bool:
    """Whether the page that connects came from the very server it connects to."""
    return bool(headers.get("host")) and urlsplit(headers.get("origin", "")).netloc == headers.get("host")


async def joined(socket: WebSocket) -> None:
    """Refuse who is of no session, or hold the socket until the browser or the server leaves."""
    if not same_origin(socket.headers):
        await socket.close(REFUSED)
        return
    await socket.accept()
    try:
        token = await asyncio.wait_for(socket.receive_text(), TIME_TO_SAY)
    except TimeoutError:
        await socket.close(REFUSED)
        return
    except (KeyError, WebSocketDisconnect):
        return
    before = _joins(token, socket) if len(token) <= LONGEST_TOKEN else socket
    if before is socket:
        await socket.close(REFUSED)
        return
    if before is not None:
        await before.close()
    try:
        while True:
            await socket.receive_text()  # it says nothing else
            _has_drawn(token)
    except (KeyError, RuntimeError, WebSocketDisconnect):
        _leaves(token, socket)


# Only its session holds a channel: no function that waits for a browser keeps one.


def _joins(token: str, socket: WebSocket) -> WebSocket | None:
    """The socket that it takes the place of, if any; itself where no session has the token."""
    found = CHANNELS.get(token)
    return found.join(socket) if found is not None else socket


def _has_drawn(token: str) -> None:
    if found := CHANNELS.get(token):
        found.drawn()


def _leaves(token: str, socket: WebSocket) -> None:
    if found := CHANNELS.get(token):
        found.leave(socket)


def route() -> WebSocketRoute:
    """What the server serves of it."""
    return WebSocketRoute(ADDRESS, joined)
