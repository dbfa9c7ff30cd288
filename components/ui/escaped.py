"""The texts of the screen. Streamlit takes them for Markdown; here each goes through ``markdown`` on its way there.

Every function is Streamlit's own of the same name and takes the same arguments, but the texts that Streamlit would read
as Markdown (a body, a label, a help, the names of options shown as buttons) are shown as they stand, and only our own
marks are markup. No other module shows a text through Streamlit itself but for tabs, whose names are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, wraps
from inspect import Signature, signature
from typing import Any, TypeVar, cast

import streamlit as st

from components.core.markup import markdown

Function = TypeVar("Function", bound=Callable[..., Any])

READ_AS_MARKDOWN = ("body", "label", "help", "text")
"""The parameters of Streamlit's functions that it reads as Markdown."""


def _escaped(show: Function, *also: str, options: bool = False) -> Function:
    """The same function with its texts escaped, those of ``also`` too; with ``options`` the names of the options."""
    name = show.__name__

    @wraps(show)
    def shown(*args: Any, **kwargs: Any) -> Any:
        bound = _signature(name).bind(*args, **kwargs)
        for key in (*READ_AS_MARKDOWN, *also):
            if key in bound.arguments:
                bound.arguments[key] = _text(bound.arguments[key])
        if options:
            named = bound.arguments.get("format_func", str)
            bound.arguments["format_func"] = lambda option: markdown(named(option))
        return getattr(st, name)(*bound.args, **bound.kwargs)

    return cast("Function", shown)


@cache
def _signature(name: str) -> Signature:
    return signature(getattr(st, name))


def _text(value: Any) -> Any:
    return markdown(value) if isinstance(value, str) else value


title, header, subheader = _escaped(st.title), _escaped(st.header), _escaped(st.subheader)
text, caption, metric = _escaped(st.markdown), _escaped(st.caption), _escaped(st.metric, "value", "delta")
info, warning, error, toast = _escaped(st.info), _escaped(st.warning), _escaped(st.error), _escaped(st.toast)
spinner, expander, popover = _escaped(st.spinner), _escaped(st.expander), _escaped(st.popover)
button, download_button, page_link = _escaped(st.button), _escaped(st.download_button), _escaped(st.page_link)
selectbox, multiselect = _escaped(st.selectbox), _escaped(st.multiselect)
toggle, checkbox, slider, number_input = (
    _escaped(st.toggle),
    _escaped(st.checkbox),
    _escaped(st.slider),
    _escaped(st.number_input),
)
text_input, file_uploader = _escaped(st.text_input), _escaped(st.file_uploader)
segmented_control, pills = _escaped(st.segmented_control, options=True), _escaped(st.pills, options=True)


def answer(sentence: str) -> None:
    """A sentence in large type."""
    st.markdown(f"##### {markdown(sentence)}")


def points(entries: Sequence[str]) -> None:
    """A list of short texts."""
    st.markdown("\n".join(f"- {markdown(entry)}" for entry in entries))


def authored(document: str) -> None:
    """Markdown that we wrote ourselves: formulas, lists, links. Nothing of a file may stand in it."""
    st.markdown(document)
