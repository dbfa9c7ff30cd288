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
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.runtime.scriptrunner import get_script_run_ctx
    from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
    from streamlit.typing import UploadedFile
except ImportError as error:
    raise ImportError(
        f"Streamlit {st.__version__} has moved what the dashboard takes from it ({error}). Install the version in "
        "requirements.txt, or mend components/ui/streamlit_internals.py."
    ) from error

__all__ = ["DeltaGenerator", "UploadedFile", "back_or_forward", "changes", "forget_upload", "ignore_pages_folder"]


def back_or_forward() -> bool:
    """Whether Back or Forward of the browser led to this run of the page."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def forget_upload(file: UploadedFile) -> None:
    """Remove an uploaded file from the server's memory, where Streamlit else keeps it until the session ends."""
    context = get_script_run_ctx()
    if context is not None:
        kept = cast("MemoryUploadedFileManager", context.uploaded_file_mgr)
        kept.remove_file(session_id=context.session_id, file_id=file.file_id)


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
    made = UploadedFile.__init__.__code__.co_names
    upload = "forgetting a hospital's files when its cohort is closed"
    return (
        Use(
            "ScriptRunContext.is_history_navigation", "is_history_navigation" in run, "Back and Forward of the browser"
        ),
        Use("ScriptRunContext.uploaded_file_mgr", "uploaded_file_mgr" in run, upload),
        Use("ScriptRunContext.session_id", "session_id" in run, upload),
        Use(
            "MemoryUploadedFileManager.remove_file(session_id, file_id)", {"session_id", "file_id"} <= arguments, upload
        ),
        Use("UploadedFile.file_id", "file_id" in made, upload),
        Use(
            "PagesManager.uses_pages_directory",
            hasattr(PagesManager, "uses_pages_directory"),
            "opening a link to a page as the server's first visitor",
        ),
    )


def changes() -> tuple[str, ...]:
    """A sentence for each thing the installed Streamlit no longer has."""
    return tuple(
        f"Streamlit {st.__version__} has no {use.name}: {use.purpose} would no longer work. "
        "Install the version in requirements.txt, or mend components/ui/streamlit_internals.py."
        for use in uses()
        if not use.there
    )
