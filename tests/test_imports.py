"""Imports run one way: data, engine, analysis, wording, links, chart, figures, panels, export, ui, pages, app.py."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROW = ("data", "engine", "analysis", "wording", "links", "chart", "figures", "panels", "export", "ui", "pages", "app")
MAY_IMPORT = {
    **{layer: set(ROW[: place + 1]) for place, layer in enumerate(ROW)},
    "data": {"data"},
    "engine": {"engine"},
    "reconstruct": {"data", "reconstruct", "engine", "analysis"},
}
"""What each layer may import of the project. `data.reconstruct` stands apart: it needs the analysis to check itself."""

ONLY_IN = {
    "streamlit": {"ui", "pages", "app"},
    "starlette": {"ui"},
    "plotly": {"figures", "panels", "export", "ui"},
    "pandas": set(ROW) - {"engine", "pages", "app"} | {"reconstruct"},
    "numpy": set(ROW) - {"pages", "app"} | {"reconstruct"},
}


def layer(module: str) -> str | None:
    """The layer a module of the project belongs to; None for any other module."""
    parts = module.split(".")
    if parts[0] == "components" and len(parts) > 1:
        return parts[1]
    if parts[:2] == ["data", "reconstruct"]:
        return "reconstruct"
    return parts[0] if parts[0] in {"data", "pages", "app"} else None


def imported(source: str) -> Iterator[str]:
    """Every module a source imports, at any depth; `from a import b` gives `a.b`, for b may be a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def against_the_rules(own: str, source: str) -> list[str]:
    """The modules that a source of layer `own` imports and may not."""
    return [
        module
        for module in imported(source)
        if layer(module) not in MAY_IMPORT[own] | {None} or own not in ONLY_IN.get(module.split(".")[0], {own})
    ]


def sources() -> list[Path]:
    files = [ROOT / "app.py", *(file for top in ("components", "data", "pages") for file in (ROOT / top).rglob("*.py"))]
    return sorted(file for file in files if file != ROOT / "components" / "__init__.py")


@pytest.mark.parametrize("file", sources(), ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_run_one_way(file: Path) -> None:
    own = layer(".".join(file.relative_to(ROOT).with_suffix("").parts))
    assert own is not None
    assert against_the_rules(own, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("own", "line", "refused"),
    [
        ("engine", "import numpy", False),
        ("engine", "import pandas as pd", True),
        ("engine", "from data.cohort import Cohort", True),
        ("analysis", "from components.engine import cox", False),
        ("analysis", "from data.reconstruct import annealing", True),
        ("analysis", "from components import wording", True),
        ("data", "def f():\n    import components.engine.cox", True),
        ("reconstruct", "from components.analysis.survival import survival", False),
        ("reconstruct", "from components.figures import theme", True),
        ("wording", "from components.figures import theme", True),
        ("links", "from components.wording import controls", False),
        ("links", "import streamlit", True),
        ("wording", "from components.links import view", True),
        ("figures", "from components.wording import numbers", False),
        ("panels", "import streamlit", True),
        ("pages", "import streamlit as st", False),
        ("pages", "from plotly import graph_objects", True),
        ("pages", "import pandas", True),
        ("ui", "from app import PAGES", True),
    ],
)
def test_the_rules_refuse_what_they_should(own: str, line: str, refused: bool) -> None:  # noqa: FBT001 - a table's column
    assert bool(against_the_rules(own, line)) is refused


def test_pages_keep_no_state_of_their_own() -> None:
    for file in (ROOT / "pages").rglob("*.py"):
        names = {node.attr for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
        assert "session_state" not in names, file
