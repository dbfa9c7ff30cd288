"""Streamlit still has what the dashboard takes from it beyond its public names, and one module alone takes it."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from components.ui import streamlit_internals
from components.ui.streamlit_internals import UploadedFile, back_or_forward, changes, forget_upload, ignore_pages_folder

ROOT = Path(__file__).resolve().parents[2]
ADAPTER = ROOT / "components" / "ui" / "streamlit_internals.py"
PUBLIC = {"streamlit", "streamlit.typing", "streamlit.testing.v1"}


def parts_of_streamlit(source: str) -> Iterator[str]:
    """Modules of Streamlit that a source imports, and private attributes it takes from `st`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("streamlit"))
        elif isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == "streamlit":
            yield str(node.module)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st":
            yield from (f"st.{node.attr}" for _ in node.attr[:1] if node.attr.startswith("_"))


def test_streamlit_has_all_that_is_taken_from_it() -> None:
    assert changes() == ()


def test_what_streamlit_lacks_is_said_with_what_would_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(PagesManager, "uses_pages_directory")
    monkeypatch.delattr(MemoryUploadedFileManager, "remove_file")
    upload, pages = changes()
    assert "no MemoryUploadedFileManager.remove_file(session_id, file_id): forgetting a hospital's files" in upload
    assert "no PagesManager.uses_pages_directory: opening a link to a page as the server's first visitor" in pages
    assert all("Install the version in requirements.txt" in sentence for sentence in (upload, pages))


def test_a_module_that_has_moved_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "streamlit.runtime.pages_manager", None)
    with pytest.raises(ImportError, match=r"has moved what the dashboard takes from it .*pages_manager.*Install"):
        importlib.reload(streamlit_internals)


def test_nothing_else_takes_a_part_of_streamlit() -> None:
    found = {}
    for file in [ROOT / "app.py", *(ROOT / "components").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        taken = set(parts_of_streamlit(file.read_text(encoding="utf-8"))) - PUBLIC
        if taken and file != ADAPTER:
            found[str(file.relative_to(ROOT))] = taken
    assert found == {}


def test_parts_are_found_at_any_depth() -> None:
    source = "import streamlit as st\ndef f():\n    from streamlit.runtime.a import b\n    st._main\n    st.write\n"
    assert set(parts_of_streamlit(source)) == {"streamlit", "streamlit.runtime.a", "st._main"}


def test_the_browser_led_here_or_did_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for context, led in (
        (None, False),
        (SimpleNamespace(is_history_navigation=False), False),
        (SimpleNamespace(is_history_navigation=True), True),
    ):
        monkeypatch.setattr(streamlit_internals, "get_script_run_ctx", lambda context=context: context)
        assert back_or_forward() is led


def test_one_file_of_one_session_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = MemoryUploadedFileManager("/upload")
    record = UploadedFileRec("one", "one.csv", "text/csv", b"patient\n")
    for session in ("mine", "another"):
        kept.add_file(session, record)
    context = SimpleNamespace(session_id="mine", uploaded_file_mgr=kept)
    monkeypatch.setattr(streamlit_internals, "get_script_run_ctx", lambda: context)
    forget_upload(UploadedFile(record, SimpleNamespace()))  # type: ignore[arg-type]
    assert kept.get_files("mine", ["one"]) == []
    assert kept.get_files("another", ["one"]) == [record]


def test_pages_is_no_folder_of_streamlits_older_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    ignore_pages_folder()
    assert PagesManager.uses_pages_directory is False
