"""A visitor without a browser: a real session of a real server in this process, over its websocket and its uploads.

What a server keeps of a visitor can only be looked at from inside its process, and only a real session keeps anything:
`AppTest` has no media files, no websocket and no end.
"""

from __future__ import annotations

import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st
import uvicorn
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets import Subprotocol
from websockets.sync.client import ClientConnection, connect

PATIENCE = 120


@contextmanager
def serving(app: st.App, **options: Any) -> Iterator[str]:
    """The address of ``app``, served from a thread of this process with Streamlit's ``options``."""
    for name, value in {"enableXsrfProtection": False, "headless": True, "fileWatcherType": "none", **options}.items():
        config.set_option(f"server.{name}", value)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", ws="websockets-sansio"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started:
        if time.monotonic() > until or not thread.is_alive():
            raise RuntimeError("the server did not start")
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


class Visitor:
    """A session: the page it is on, the elements of its last run, and what its widgets say."""

    def __init__(self, address: str, page: str = "") -> None:
        self.address = address
        self.pages: dict[str, str] = {}
        self.query = ""
        self.session = ""
        self.elements: list[Any] = []
        self.folded: list[str] = []
        self._page = ""
        self._held: dict[str, WidgetState] = {}
        self._socket: ClientConnection = connect(
            f"ws://{address}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None
        )
        self._run(name=page)

    def close(self) -> None:
        """Leave as a closed tab does."""
        self._socket.close()

    def go(self, page: str) -> None:
        """Choose a page from the menu, by its address."""
        self._page = self.pages[page]
        self._held = {}
        self.query = ""
        self._run()

    def press(self, label: str) -> None:
        """Click the first button that reads so, or has so as its help."""
        button = next(one for one in self.of("button") if _reads(one.label, label) or _reads(one.help, label))
        self._run(WidgetState(id=button.id, trigger_value=True))

    def switch(self, label: str) -> None:
        """Turn a switch on."""
        switch = next(one for one in self.of("checkbox") if _reads(one.label, label))
        self.say(WidgetState(id=switch.id, bool_value=True))

    def write(self, label: str, text: str) -> None:
        """Type into the field that is called so."""
        field = next(one for one in self.of("text_input") if _reads(one.label, label))
        self.say(WidgetState(id=field.id, string_value=text))

    def say(self, *states: WidgetState) -> None:
        """Have widgets hold something, and run the page with it."""
        self._held |= {state.id: state for state in states}
        self._run()

    def unfold(self) -> None:
        """Open every list and everything folded away, until nothing more comes up."""
        opened: set[str] = set()
        while folded := set(self.folded) - opened:
            opened |= folded
            self.say(*(WidgetState(id=one, bool_value=True) for one in folded))

    def of(self, kind: str) -> list[Any]:
        """The elements of a kind that the last run has drawn."""
        return [getattr(one, kind) for one in self.elements if one.WhichOneof("type") == kind]

    def upload(self, **files: bytes) -> None:
        """Choose CSV files in the first uploader of the page."""
        names = [f"{name}.csv" for name in files]
        ask = BackMsg()
        ask.file_urls_request.request_id, ask.file_urls_request.session_id = "files", self.session
        ask.file_urls_request.file_names.extend(names)
        urls = self._answer(ask, "file_urls_response").file_urls
        state = WidgetState(id=self.of("file_uploader")[0].id)
        for name, content, url in zip(names, files.values(), urls, strict=True):
            self._put(url.upload_url, name, content)
            info = state.file_uploader_state_value.uploaded_file_info.add(name=name, size=len(content))
            info.file_id = url.file_id
            info.file_urls.CopyFrom(url)
        self.say(state)

    def download(self, label: str) -> bytes:
        """What the first button for a file that reads so gives."""
        button = next(one for one in self.of("download_button") if _reads(one.label, label))
        url = button.url
        if button.deferred_file_id:
            ask = BackMsg()
            request = ask.backend_operation_request
            request.request_id, request.session_id = "file", self.session
            request.deferred_file.file_id = button.deferred_file_id
            answer = self._answer(ask, "backend_operation_response")
            assert not answer.error_msg, answer.error_msg
            url = answer.deferred_file.url
        with urllib.request.urlopen(f"http://{self.address}{url}", timeout=PATIENCE) as got:
            return bytes(got.read())

    def _put(self, path: str, name: str, content: bytes) -> None:
        edge = "----myoscope"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        request = urllib.request.Request(f"http://{self.address}{path}", body, kind, method="PUT")
        with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310 - our own address
            pass

    def _run(self, *triggers: WidgetState, name: str = "") -> None:
        ask = BackMsg()
        ask.rerun_script.page_script_hash, ask.rerun_script.page_name = self._page, name
        ask.rerun_script.query_string = self.query
        ask.rerun_script.widget_states.widgets.extend([*self._held.values(), *triggers])
        self._socket.send(ask.SerializeToString())
        self._follow("script_finished")

    def _answer(self, ask: BackMsg, kind: str) -> Any:
        self._socket.send(ask.SerializeToString())
        return getattr(self._follow(kind), kind)

    def _follow(self, until: str) -> ForwardMsg:
        """Take in what the server says up to the first message of a kind."""
        last = time.monotonic() + PATIENCE
        while time.monotonic() < last:
            message: ForwardMsg = ForwardMsg.FromString(self._socket.recv(timeout=PATIENCE, decode=False))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.elements, self.folded = [], []
                self.session = message.new_session.initialize.session_id or self.session
            elif kind == "delta":
                self._draw(message)
            elif kind == "navigation":
                self.pages = {one.url_pathname: one.page_script_hash for one in message.navigation.app_pages}
                self._page = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            if kind == until and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return message
        raise TimeoutError(until)

    def _draw(self, message: ForwardMsg) -> None:
        drawn, block = message.delta.WhichOneof("type"), message.delta.add_block
        if drawn == "new_element":
            self.elements.append(message.delta.new_element)
        elif drawn == "add_block" and block.id and block.WhichOneof("type") in {"expandable", "popover"}:
            self.folded.append(block.id)


def _reads(shown: str, label: str) -> bool:
    return shown.replace("\\", "") == label
