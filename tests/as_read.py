"""The screen as it is read: pages under test hand Streamlit escaped Markdown, and what a reader sees has no escapes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import local_script_runner
from streamlit.testing.v1.element_tree import parse_tree_from_messages

from components.core.markup import JOINER, markdown

MAY_BREAK = re.compile("<span[^>]*> </span>")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
TEXTS = frozenset({"body", "label", "help", "delta", "text", "content"})
KINDS = frozenset({
    "markdown", "heading", "alert", "metric", "button", "download_button", "page_link", "toast", "spinner",
    "selectbox", "multiselect", "checkbox", "slider", "number_input", "text_input", "file_uploader", "button_group",
    "expandable", "tab", "popover",
})  # fmt: skip


def read(told: str) -> str:
    """The text that a reader sees of a piece of Markdown, apart from our own bold and italics."""
    return ESCAPE.sub(r"\1", told).replace(JOINER, "")


def shown(text: str) -> str:
    """How a text of ours with its marks reads on a page under test."""
    return read(markdown(text))


def _read(message: Message) -> None:
    for field, value in message.ListFields():
        if isinstance(value, str) and field.name in TEXTS:
            setattr(message, field.name, read(value))
        elif field.name == "options" and field.message_type is not None:
            for option in value:
                _read(option)


def _texts_of(delta: Any) -> None:
    kind = delta.WhichOneof("type")
    whole: Any = delta.new_element if kind == "new_element" else delta.add_block if kind == "add_block" else None
    name = whole.WhichOneof("type") if whole is not None else None
    if name in KINDS and not (name == "markdown" and whole.markdown.allow_html):
        _read(getattr(whole, name))
    if name == "html":
        whole.html.body = MAY_BREAK.sub(" ", whole.html.body).replace("n\u00a0(%)", "n (%)")


@pytest.fixture(autouse=True)
def pages_as_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's page tests find every text as it is read, unless they ask for it ``as_sent``."""
    if "as_sent" in request.fixturenames:
        return
    parsed = parse_tree_from_messages

    def as_read(messages: Any) -> Any:
        copies = [type(message).FromString(message.SerializeToString()) for message in messages]
        for message in copies:
            if message.HasField("delta"):
                _texts_of(message.delta)
        return parsed(copies)

    monkeypatch.setattr(local_script_runner, "parse_tree_from_messages", as_read)


@pytest.fixture
def as_sent() -> None:
    """Texts as the browser gets them, with their escapes."""
