"""All that the dashboard uses of Streamlit beyond `import streamlit as st`, which Streamlit does not promise to keep.

No other module imports a part of Streamlit. When a new version lacks something, one sentence names it and what fails.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from inspect import signature
from typing import cast

import streamlit as st

try:
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.elements.lib.mutable_tab_container import TabContainer
    from streamlit.runtime import Runtime, get_instance
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.caching.ttl_cache import TTLCache
    from streamlit.runtime.memory_session_storage import MemorySessionStorage
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.runtime.scriptrunner import get_script_run_ctx
    from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
    from streamlit.runtime.session_manager import SessionInfo
    from streamlit.runtime.state import SafeSessionState, SessionState
    from streamlit.runtime.state.session_state import WStates
    from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
    from streamlit.typing import UploadedFile
except ImportError as error:
    raise ImportError(
        f"Streamlit {st.__version__} has moved what the dashboard takes from it ({error}). Install the version in "
        "requirements.txt, or mend components/ui/streamlit_internals.py."
    ) from error

__all__ = [
    "DeltaGenerator",
    "TabContainer",
    "UploadedFile",
    "back_or_forward",
    "changes",
    "forget_ended_sessions",
    "forget_upload",
    "forget_widgets",
    "hash_of",
    "ignore_pages_folder",
    "page_asked",
]


def back_or_forward() -> bool:
    """Whether Back or Forward of the browser led to this run of the page."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def page_asked() -> str:
    """Which page the browser has asked for in this run, as Streamlit's hash of it; known to callbacks as well."""
    context = get_script_run_ctx()
    return "" if context is None else context.page_script_hash


def hash_of(page: st.Page) -> str:
    """What `page_asked` gives for a page of the menu."""
    return page._script_hash  # noqa: SLF001


def forget_upload(file: UploadedFile) -> None:
    """Remove an uploaded file from the server's memory, where Streamlit else keeps it until the session ends."""
    context = get_script_run_ctx()
    if context is not None:
        kept = cast("MemoryUploadedFileManager", context.uploaded_file_mgr)
        kept.remove_file(session_id=context.session_id, file_id=file.file_id)


def forget_widgets() -> None:
    """Have Streamlit let go of every widget that this session has drawn: its options, and what its callback is given.

    Streamlit keeps these until the session ends, drawn or not. To be called before a run of the page draws its first
    widget: those that it draws are known again, with what they hold.
    """
    context = get_script_run_ctx()
    if context is not None:
        _forget_widgets_of(context.session_state._state)  # noqa: SLF001


def _forget_widgets_of(state: SessionState) -> None:
    state._new_widget_state.widget_metadata.clear()  # noqa: SLF001


def forget_ended_sessions() -> int:
    """Let go of the sessions that were left longer ago than `server.disconnectedSessionTTL` allows; how many they were.

    Streamlit does so only when another visitor leaves, and holds on to the last one. So what each knew is let go of
    here, whoever still holds the session. To be called from the server's own event loop.
    """
    runtime = get_instance()
    manager = cast("WebsocketSessionManager", runtime._session_mgr)  # noqa: SLF001
    storage = cast("MemorySessionStorage", manager._session_storage)  # noqa: SLF001
    ended = cast("TTLCache[str, SessionInfo]", storage._cache).expire()  # noqa: SLF001
    for _, kept in ended:
        kept.session.shutdown()
        kept.session.session_state.clear()
        _forget_widgets_of(kept.session.session_state)
    if ended:
        runtime.media_file_mgr.remove_orphaned_files()  # the files made for them, which shutting down has only marked
    return len(ended)


def ignore_pages_folder() -> None:
    """Have Streamlit not take the folder `pages` for its older way of making pages.

    Until its first visitor is served it does, and a visitor who comes by a link to a page is met by "Page not found"
    above the right page.
    """
    PagesManager.uses_pages_directory = False


@dataclass(frozen=True)
class Use:
    """A name of Streamlit's, whether it is there, and what the dashboard does with it."""

    name: str
    there: bool
    purpose: str


def uses() -> tuple[Use, ...]:
    """Every attribute that the functions above rely on, looked up in the Streamlit that is installed."""
    run = {field.name for field in fields(ScriptRunContext)}
    remove = getattr(MemoryUploadedFileManager, "remove_file", None)
    arguments = set(signature(remove).parameters) if remove is not None else set()
    upload = "forgetting a hospital's files when its cohort is closed"
    widgets = "forgetting a hospital's patients when its cohort is closed"
    ended = "forgetting a hospital's patients when its visitor has left"
    return (
        Use("SafeSessionState._state", "_state" in SafeSessionState.__annotations__, widgets),
        Use("SessionState._new_widget_state", "_new_widget_state" in SessionState.__annotations__, widgets),
        Use("WStates.widget_metadata", "widget_metadata" in {field.name for field in fields(WStates)}, widgets),
        Use("Runtime._session_mgr", _sets(Runtime, "_session_mgr"), ended),
        Use("WebsocketSessionManager._session_storage", _sets(WebsocketSessionManager, "_session_storage"), ended),
        Use("MemorySessionStorage._cache", _sets(MemorySessionStorage, "_cache"), ended),
        Use("AppSession.session_state", hasattr(AppSession, "session_state"), ended),
        Use("TTLCache.expire", hasattr(TTLCache, "expire"), ended),
        Use(
            "ScriptRunContext.is_history_navigation", "is_history_navigation" in run, "Back and Forward of the browser"
        ),
        Use(
            "ScriptRunContext.page_script_hash",
            hasattr(ScriptRunContext, "page_script_hash"),
            "a click on a page that is being left",
        ),
        Use("Page._script_hash", hasattr(st.Page, "_script_hash"), "a click on a page that is being left"),
        Use("ScriptRunContext.uploaded_file_mgr", "uploaded_file_mgr" in run, upload),
        Use("ScriptRunContext.session_id", "session_id" in run, upload),
        Use(
            "MemoryUploadedFileManager.remove_file(session_id, file_id)", {"session_id", "file_id"} <= arguments, upload
        ),
        Use("UploadedFile.file_id", _sets(UploadedFile, "file_id"), upload),
        Use(
            "PagesManager.uses_pages_directory",
            hasattr(PagesManager, "uses_pages_directory"),
            "opening a link to a page as the server's first visitor",
        ),
    )


def _sets(kind: type, name: str) -> bool:
    """Whether every object of a class has the attribute from its start."""
    return name in kind.__init__.__code__.co_names  # type: ignore[misc]


def changes() -> tuple[str, ...]:
    """A sentence for each thing the installed Streamlit no longer has."""
    return tuple(
        f"Streamlit {st.__version__} has no {use.name}: {use.purpose} would no longer work. "
        "Install the version in requirements.txt, or mend components/ui/streamlit_internals.py."
        for use in uses()
        if not use.there
    )
