"""The shape of the tree: pages lie in sections and are all in the menu, and no file outgrows one reading."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from app import PAGES

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES = {"components": 500, "data": 500, "pages": 500, "bench": 500, "tests": 500}


def test_no_script_lies_directly_in_pages() -> None:
    """Streamlit could show such a script without the frame: no filter, no word on where the patients come from."""
    assert list((ROOT / "pages").glob("*.py")) == []


def test_every_page_is_in_the_menu() -> None:
    files = {str(file.relative_to(ROOT)) for file in (ROOT / "pages").rglob("*.py")}
    assert files == {page.file for page in PAGES if page.exists}


def test_pages_have_addresses_of_their_own() -> None:
    addresses = [page.address for page in PAGES]
    assert len(set(addresses)) == len(addresses)
    assert PAGES[0].exists


@pytest.mark.parametrize("top", MOST_LINES)
def test_files_are_short(top: str) -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in (ROOT / top).rglob("*")
        if file.suffix in {".py", ".js"}
    }
    assert {file: lines for file, lines in lengths.items() if lines > MOST_LINES[top]} == {}


CALLED_FROM_OUTSIDE = {"pytest_runtest_logreport", "pytest_collectreport"}
"""What a library looks up by name."""


def test_nothing_is_kept_for_tests_alone() -> None:
    """Every function, class and constant is named somewhere else than where it is defined, and not only in tests."""
    folders = ("components", "data", "pages", "bench")
    texts = [file.read_text(encoding="utf-8") for folder in folders for file in (ROOT / folder).rglob("*.py")]
    texts.append((ROOT / "app.py").read_text(encoding="utf-8"))
    named = Counter(word for text in texts for word in re.findall(r"\w+", text))
    defined = {
        node.name
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    assert {name for name in defined if named[name] == 1 and not name.startswith("__")} == CALLED_FROM_OUTSIDE
    constants = {
        name.id
        for text in texts
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    }
    assert {name for name in constants if named[name] == 1} == set()
