"""Only the browser of a session joins its channel, and a lost or slow one delays no page for long."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from starlette.websockets import WebSocket

from components.ui import figure_channel
from components.ui.figure_channel import Channel, same_origin
from tests.ui.test_server import awaited

OWN = {"host": "ward:8501", "origin": "https://ward:8501"}


class Browser:
    """A browser that connects: what it says goes into ``says``, what it hears lies in ``hears``."""

    def __init__(self, headers: Mapping[str, str] = OWN) -> None:
        self.says: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.says.put_nowait({"type": "websocket.connect"})
        self.hears: list[dict[str, Any]] = []
        scope = {
            "type": "websocket",
            "path": "/figures",
            "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
        }
        self.served = asyncio.create_task(figure_channel.joined(WebSocket(scope, self.says.get, self._hear)))

    async def _hear(self, message: Any) -> None:
        self.hears.append(dict(message))

    async def say(self, text: str) -> None:
        """Say something and give the server time to take it up."""
        self.says.put_nowait({"type": "websocket.receive", "text": text})
        await asyncio.sleep(0.01)

    async def leave(self) -> None:
        """Be gone."""
        self.says.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await self.served

    @property
    def refused(self) -> bool:
        """Whether the server has closed the connection for good."""
        return self.hears[-1].get("type") == "websocket.close" and self.hears[-1]["code"] == figure_channel.REFUSED

    @property
    def texts(self) -> list[str]:
        """What was sent to it."""
        return [message["text"] for message in self.hears if message["type"] == "websocket.send"]


def opened() -> Channel:
    channel = Channel()
    figure_channel.CHANNELS[channel.token] = channel
    return channel


def in_a_loop(test: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    def run() -> None:
        awaited(test())  # type: ignore[arg-type]

    run.__name__ = test.__name__
    return run


@pytest.mark.parametrize(
    ("headers", "same"),
    [
        (OWN, True),
        ({"host": "ward:8501", "origin": "http://ward:8501"}, True),
        ({"host": "ward:8501", "origin": "https://ward"}, False),
        ({"host": "ward:8501", "origin": "https://elsewhere.example"}, False),
        ({"host": "ward:8501", "origin": "null"}, False),
        ({"host": "ward:8501"}, False),
        ({"origin": "https://ward:8501"}, False),
        ({}, False),
    ],
)
def test_a_page_connects_only_to_the_server_it_came_from(headers: dict[str, str], same: bool) -> None:  # noqa: FBT001
    assert same_origin(headers) is same


@in_a_loop
async def test_another_server_s_page_is_refused_before_it_says_anything() -> None:
    channel = opened()
    browser = Browser(OWN | {"origin": "https://elsewhere.example"})
    await browser.say(channel.token)
    assert [message["type"] for message in browser.hears] == ["websocket.close"]
    assert browser.refused
    assert not channel.send("figure")


@in_a_loop
async def test_who_does_not_know_the_token_is_refused() -> None:
    channel = opened()
    for token in ("", channel.token[:-1], channel.token + " ", "x" * 10**6):
        browser = Browser()
        await browser.say(token)
        assert browser.refused
    assert not channel.send("figure")


@in_a_loop
async def test_who_says_nothing_is_left() -> None:
    before, figure_channel.TIME_TO_SAY = figure_channel.TIME_TO_SAY, 0.01
    try:
        browser = Browser()
        await asyncio.wait_for(browser.served, 2)
    finally:
        figure_channel.TIME_TO_SAY = before
    assert browser.refused


@in_a_loop
async def test_a_figure_reaches_its_session_alone_and_the_answer_comes_back() -> None:
    one, another = opened(), opened()
    mine, other = Browser(), Browser()
    await mine.say(one.token)
    await other.say(another.token)
    sending = asyncio.create_task(asyncio.to_thread(one.send, "figure"))
    await asyncio.sleep(0.02)
    assert not sending.done()
    await mine.say("drawn")
    assert await sending
    assert (mine.texts, other.texts) == (["figure"], [])
    await mine.leave()
    assert not await asyncio.to_thread(one.send, "figure")
    await other.leave()


@in_a_loop
async def test_a_browser_that_does_not_answer_is_waited_for_once() -> None:
    channel, browser = opened(), Browser()
    await browser.say(channel.token)
    waited = []
    for text in ("first", "second"):
        start = time.monotonic()
        assert not await asyncio.to_thread(channel.send, text)
        waited.append(time.monotonic() - start)
    assert waited[0] >= figure_channel.MOST_WAITED > waited[1]
    assert browser.texts == ["first", "second"]
    await browser.leave()


@in_a_loop
async def test_the_socket_that_joined_last_is_the_one() -> None:
    channel, first, second = opened(), Browser(), Browser()
    await first.say(channel.token)
    await second.say(channel.token)
    assert first.hears[-1]["type"] == "websocket.close"
    await first.leave()
    await asyncio.to_thread(channel.send, "figure")
    assert (first.texts, second.texts) == ([], ["figure"])
    await second.leave()


@in_a_loop
async def test_a_channel_goes_with_its_session_though_a_browser_holds_on() -> None:
    channel, browser = opened(), Browser()
    token = channel.token
    await browser.say(token)
    await browser.say("drawn")
    del channel
    gc.collect()
    assert token not in figure_channel.CHANNELS
    late = Browser()
    await late.say(token)
    assert late.refused
    await browser.leave()


def test_numbers_rise() -> None:
    channel = Channel()
    assert [channel.next_number() for _ in range(3)] == [1, 2, 3]
    assert Channel().token != channel.token
    assert len(channel.token) >= 43
