"""Imports run one way: data and engine, the results of a question, its words, charts and panels, then the screen.

What belongs to one question lies in one folder. A question may use another only where USES says so.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

USES: dict[str, set[str]] = {
    "core": set(),
    "chart": set(),
    "survival": set(),
    "prognosis": {"survival"},
    "biomarker": {"survival"},
    "courses": {"survival"},
    "baseline": {"survival"},
    "treatment": {"courses", "survival"},
    "safety": {"treatment", "survival", "baseline"},
    "patient": {"safety", "treatment", "courses"},
    "overview": {"baseline", "courses", "safety", "survival", "treatment"},
    "evidence": {"baseline", "courses", "overview", "safety", "survival", "treatment"},
    "own_cohort": {"survival"},
    "methods": {"survival"},
    "looks": set(),
    "selection": {"survival"},
}
"""Each question, and the questions it may use; all may use core and chart, and core the chart's value in its panel."""

ROLES = ("result", "words", "chart", "panel")
ABOVE = ("export", "links", "ui", "pages", "app", "report")
"""What stands above the questions, in order; links and exports do not know of each other."""

KNOWS: dict[str, set[str]] = {"data": set(), "engine": set(), "reconstruct": {"data", "engine", "core", "evidence"}}
"""What the folders beside the questions may use."""

ONLY_IN = {
    "streamlit": {"ui", "pages", "app"},
    "starlette": {"ui"},
    "plotly": {"ui"},
    "matplotlib": {"chart", "export"},
    "pptx": {"chart", "export"},
}
SCRIPTS = ("pages.tools.",)
"""Pages that draw themselves; all others say what is shown, and nothing of how."""

NOT_IN = {"pandas": {"engine", "chart", "pages", "app"}, "numpy": {"pages", "app"}}


def place(module: str) -> tuple[str, str] | None:
    """The folder and the role of a module of the project; None for any other module."""
    parts = module.split(".")
    if parts[0] in {"data", "pages", "app"}:
        return parts[0], ""
    if parts[0] != "components" or len(parts) < 2:
        return None
    return parts[1], role(parts[1], parts[2]) if len(parts) > 2 else ""


def role(folder: str, name: str) -> str:
    """Whether a module of a question gives results, words, charts or panels."""
    if folder == "chart" or name in {"chart", "charts"} or name.endswith("_chart"):
        return "chart"
    if name in {"panel", "panels"} or name.endswith("_panel"):
        return "panel"
    if name.endswith("words") or (folder == "core" and name in {"numbers", "table", "markup"}):
        return "words"
    return "result"


def allowed(own: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether a module at ``own`` may import one at ``other``."""
    (folder, kind), (used, used_kind) = own, other
    below = ROLES.index(used_kind or "result") <= ROLES.index(kind or "panel")
    if folder == used:
        return folder not in USES or below
    if folder in KNOWS:
        return used in KNOWS[folder]
    if folder in USES:
        return used in {"data", "engine"} or (used in USES[folder] | {"core", "chart"} and below)
    if used in ABOVE:
        return ABOVE.index(used) < ABOVE.index(folder) and {folder, used} != {"export", "links"}
    return used != "reconstruct"


def imported(source: str) -> Iterator[str]:
    """Every module a source imports, at any depth; `from a import b` gives `a.b`, for b may be a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def against_the_rules(own: str, source: str) -> list[str]:
    """The modules that the source of the module ``own`` imports and may not."""
    here = place(own)
    assert here is not None
    found = []
    for module in imported(source):
        library = module.split(".")[0]
        used = place(module)
        refused = here[0] not in ONLY_IN.get(library, {here[0]}) or here[0] in NOT_IN.get(library, set())
        drawn = own.startswith("pages.") and not own.startswith(SCRIPTS)
        refused = refused or (drawn and (library == "streamlit" or module.startswith("components.ui")))
        if refused or (used is not None and not allowed(here, used)):
            found.append(module)
    return found


def sources() -> list[Path]:
    files = [ROOT / "app.py", *(file for top in ("components", "data", "pages") for file in (ROOT / top).rglob("*.py"))]
    return sorted(file for file in files if file != ROOT / "components" / "__init__.py")


@pytest.mark.parametrize("file", sources(), ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_run_one_way(file: Path) -> None:
    own = ".".join(file.relative_to(ROOT).with_suffix("").parts)
    assert against_the_rules(own, file.read_text(encoding="utf-8")) == []


def test_no_question_is_left_out_and_none_uses_itself_over_another() -> None:
    folders = {path.name for path in (ROOT / "components").iterdir() if (path / "__init__.py").exists()}
    assert folders == {*USES, "engine", "reconstruct", *ABOVE[:3], "report"}
    done: set[str] = set()
    for question, used in USES.items():
        assert used <= done, f"{question} is declared before what it uses"
        done.add(question)


@pytest.mark.parametrize(
    ("own", "line", "refused"),
    [
        ("components.engine.cox", "import numpy", False),
        ("components.engine.cox", "import pandas as pd", True),
        ("components.engine.cox", "from data.cohort import Cohort", True),
        ("components.survival.analysis", "from components.engine import cox", False),
        ("components.survival.analysis", "from components.survival.words import when", True),
        ("components.survival.words", "from components.survival.analysis import Survival", False),
        ("components.survival.words", "from components.survival import chart", True),
        ("components.survival.panel", "from components.survival import chart", False),
        ("components.survival.panel", "from components.safety import words", True),
        ("components.safety.words", "from components.survival.words import when", False),
        ("components.core.estimate", "from components.survival.analysis import Survival", True),
        ("components.chart.screen", "import plotly", True),
        ("components.chart.picture", "from matplotlib.axes import Axes", False),
        ("components.survival.chart", "import matplotlib", True),
        ("components.reconstruct.annealing", "from components.evidence.fidelity import fidelity", False),
        ("components.reconstruct.annealing", "from components.survival.words import when", True),
        ("data.cohort", "def f():\n    import components.engine.cox", True),
        ("components.links.view", "import streamlit", True),
        ("components.links.view", "from components.survival.words import when", False),
        ("components.export.slides", "from components.links.view import View", True),
        ("components.ui.stage", "from components.links.view import View", False),
        ("components.ui.stage", "from app import PAGES", True),
        ("pages.explore.survival", "import streamlit as st", True),
        ("pages.explore.survival", "from components.ui.shown import shown", True),
        ("pages.verify.methods", "from components.ui.shown import shown", True),
        ("pages.tools.cohort", "from components.ui import upload", False),
        ("pages.explore.survival", "import pandas", True),
    ],
)
def test_the_rules_refuse_what_they_should(own: str, line: str, refused: bool) -> None:  # noqa: FBT001 - a table's column
    assert bool(against_the_rules(own, line)) is refused


def test_pages_keep_no_state_of_their_own() -> None:
    for file in (ROOT / "pages").rglob("*.py"):
        names = {node.attr for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
        assert "session_state" not in names, file
