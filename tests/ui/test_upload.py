"""What is known of imported patients, and the files they came in, leaves the session with them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from components.links.address import Address
from components.ui import streamlit_internals, upload
from components.ui.address import ADDRESS
from components.ui.collection import COLLECTED, LINKS
from components.ui.study import CHOSEN, IMPORTED
from data.cohort import Cohort


def test_what_is_not_known_to_be_of_another_study_does_not_outlast_the_imported_one(
    enrolled: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Address("cohort", {"subtype": ("CADM",), "ties": ("Efron",)}, {"v": ("0",)})
    slides = {
        number: SimpleNamespace(stamp=SimpleNamespace(provenance=SimpleNamespace(kind=kind)))
        for number, kind in enumerate(("imported", "reconstructed"))
    }
    kept = {0: "of a patient", 1: "of the reconstructed"}
    state = {
        LINKS: kept,
        IMPORTED: enrolled,
        "some day": "an answer",
        COLLECTED: slides,
        ADDRESS: here,
        "subtype": ["CADM"],
    }
    monkeypatch.setattr(st, "session_state", state)
    upload.turn_to(None)
    assert state == {
        COLLECTED: {1: slides[1]},
        upload.ROUND: 1,
        upload.DRAWN: True,
        LINKS: {1: "of the reconstructed"},
        CHOSEN: True,
        ADDRESS: Address("cohort", {"ties": ("Efron",)}),
    }


def test_streamlit_lets_go_of_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = MemoryUploadedFileManager("/upload")
    for name in ("own", "another"):
        kept.add_file("session", UploadedFileRec(name, f"{name}.csv", "text/csv", b"patient\nA1\n"))
    context = SimpleNamespace(session_id="session", uploaded_file_mgr=kept)
    state = {upload.ROUND: 2, upload.READ: {}, "files 2": [SimpleNamespace(file_id="own")]}
    monkeypatch.setattr(streamlit_internals, "get_script_run_ctx", lambda: context)
    monkeypatch.setattr(st, "session_state", state)
    upload.leave()
    assert [file.file_id for file in kept.get_files("session", ["own", "another"])] == ["another"]
    assert upload.READ not in state
    assert state[upload.ROUND] == 3
    upload.leave()
    assert state[upload.ROUND] == 3
