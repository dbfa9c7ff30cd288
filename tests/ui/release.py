"""What a server still holds of imported patients once their cohort is closed or replaced, or its visitor has left.

    python -m tests.ui.release

serves the dashboard from this process, has a visitor open a cohort, visit every page, open every list, take files
along and collect slides, and counts after each way to let go of it what is alive. Every patient and the cohort's name
carry a mark, so that not only the tables are found, but whatever repeats a name: a panel, a curve's points, an option.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import sys
import time
from collections import Counter
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import pandas as pd
from streamlit.runtime import get_instance

from app import app
from components.export import collection_words as collected
from components.own_cohort import words
from components.safety import first_reaction_words as first_reaction
from components.ui import server
from data.cohort import Cohort
from data.reading.layout import COLUMNS
from data.reading.read import COHORT_FOLDER
from tests.ui.visitor import Visitor, serving

PATIENTS = 30
LEFT_AFTER = 1
"""Seconds after which a visitor who has closed the tab is forgotten."""


def marked(mark: str) -> dict[str, bytes]:
    """Some of the reconstructed patients as CSV files, the mark before each one's name."""
    found = {}
    known: set[str] = set()
    for table in COLUMNS:
        with (COHORT_FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        known = known or {row["patient"] for row in rows[:PATIENTS]}
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "patient": f"{mark}{row['patient']}"} for row in rows if row["patient"] in known)
        found[table] = out.getvalue().encode()
    return found


def alive(mark: str) -> dict[str, int]:
    """How many objects of each class hold a text with the mark; tables also by the patients in them."""
    gc.collect()
    found: Counter[str] = Counter()
    for one in gc.get_objects():
        if isinstance(one, pd.DataFrame):
            found["tables"] += "patient" in one and len(one) > 0 and mark in str(one["patient"].iloc[0])
        elif isinstance(one, Cohort):
            found["cohorts"] += mark in one.provenance.name
        elif not isinstance(one, ModuleType | FunctionType) and _speaks(one, mark):
            found["others"] += 1
    return {kind: number for kind, number in found.items() if number}


def _speaks(one: Any, mark: str) -> bool:
    """Whether the mark stands in a text that the object holds, itself or in a container of texts alone."""
    return any(
        _has(held, mark) or (not gc.is_tracked(held) and any(_has(text, mark) for text in _inside(held)))
        for held in gc.get_referents(one)
    )


def _has(held: Any, mark: str) -> bool:
    return type(held) is str and mark in held


def _inside(held: Any) -> list[Any]:
    match held:
        case dict():
            return [*held.keys(), *held.values()]
        case tuple():
            return list(held)
        case np.ndarray() if held.dtype == object:
            return list(held.ravel())
        case _:
            return []


def kept_files() -> int:
    """The files made for visitors, or sent by them, that the server holds."""
    runtime = get_instance()
    made = runtime.media_file_mgr._file_metadata  # noqa: SLF001 - nothing else tells
    sent: int = runtime.uploaded_file_mgr._file_count  # type: ignore[attr-defined] # noqa: SLF001
    return len(made) + sent


def open_cohort(visitor: Visitor, mark: str) -> None:
    visitor.go("cohort")
    visitor.upload(**marked(mark))
    visitor.write(words.NAME, f"{mark} ward")
    visitor.press(words.OPEN)
    visitor.switch(first_reaction.LIST_ALLOWED)


def use(visitor: Visitor, *pages: str) -> None:
    """On each page open all that opens and collect a panel; take files of the last one along, and the slides."""
    for page in pages:
        visitor.go(page)
        visitor.unfold()
        if any(button.help for button in visitor.of("button") if button.label == collected.ADD):
            visitor.press(collected.ADD)
    for label, _, _ in files_of_a_panel():
        visitor.download(label)
    visitor.go("presentation")
    visitor.download(collected.DOWNLOAD_DECK)


def files_of_a_panel() -> tuple[tuple[str, str, Any], ...]:
    """The picture that is made fastest, and the slide."""
    return (*(entry for entry in collected.FILES if entry[1] == "svg"), (collected.POWERPOINT, "pptx", ""))


def released() -> dict[str, dict[str, int]]:
    """What is alive while a cohort is open, and after each way to let go of one."""
    found = {}
    with serving(app, disconnectedSessionTTL=LEFT_AFTER) as address:
        visitor = Visitor(address)
        open_cohort(visitor, "Qxa")
        use(visitor, *(page for page in visitor.pages if page != "survival"), "survival")
        found["open"] = alive("Qxa") | {"files": kept_files()}
        visitor.go("cohort")
        visitor.press(words.BACK)
        found["closed"] = alive("Qxa") | {"files": kept_files()}

        open_cohort(visitor, "Qxb")
        use(visitor, "survival")
        open_cohort(visitor, "Qxc")
        found["replaced"] = alive("Qxb") | {"files": kept_files()}

        use(visitor, "survival")
        visitor.go("cohort")
        visitor.upload(**marked("Qxd"))
        found["read"] = alive("Qxd")
        visitor.go("survival")
        found["not opened"] = alive("Qxd")

        visitor.unfold()
        visitor.download(collected.POWERPOINT)
        visitor.close()
        until = time.monotonic() + 20
        while alive("Qxc") and time.monotonic() < until:
            time.sleep(0.2)
        found["left"] = alive("Qxc") | {"files": kept_files()}
    return found


if __name__ == "__main__":
    server.LOOKED_FOR_ENDED = 0.5
    sys.stdout.write(json.dumps(released()))
