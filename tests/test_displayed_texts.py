"""Nothing is decided by a text that is shown: another language, or another wording, changes texts alone.

What is asked of a text is asked of an id, a number or a mark that stands beside it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

SHOWN = frozenset({"label", "text", "texts", "title", "heading", "caption", "hover"})
"""Attributes that hold what is shown."""

ASKED = frozenset({"isdecimal", "isdigit", "isnumeric", "startswith", "endswith", "partition", "rpartition"})
"""Methods that ask what a text is made of."""

TYPOGRAPHY: dict[str, str] = {
    "components/patient/words.py": "a unit that its label begins with is not written twice",
    "components/courses/words.py": "a word that visits share is written once",
}
"""Files in which texts are put together by what they begin with, which decides nothing but how they are printed."""


def sources() -> list[Path]:
    return sorted(file for folder in ("components", "pages") for file in (ROOT / folder).rglob("*.py"))


def decided_by_texts(source: str) -> Iterator[tuple[int, str]]:
    """The line of each comparison with a text that is said, each question to a text shown, and what is read of one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            operands = [node.left, *node.comparators]
            if any(_said(one) for one in operands):
                yield node.lineno, "compared with what is said"
            if any(_shown(one) for one in operands) and any(_constant(one) for one in operands):
                yield node.lineno, "a text shown is compared"
        elif isinstance(node, ast.Call):
            name = node.func
            if isinstance(name, ast.Attribute) and name.attr in ASKED and _shown(name.value):
                yield node.lineno, f"a text shown is asked .{name.attr}"
            if isinstance(name, ast.Name) and name.id in {"int", "float"} and any(map(_shown, node.args)):
                yield node.lineno, f"{name.id} is read from a text shown"


@cache
def constants() -> frozenset[str]:
    """The names that modules of words give to texts that are said, and to nothing else."""
    said, other = set[str](), set[str]()
    for file in sources():
        for node in ast.parse(file.read_text(encoding="utf-8")).body if file.stem.endswith("words") else ():
            if isinstance(node, ast.Assign):
                for name, value in _assigned(node.targets[0], node.value):
                    (said if _said(value) else other).add(name)
    return frozenset(said - other)


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, own in zip(target.elts, value.elts, strict=True):
            yield from _assigned(one, own)


def _said(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id.endswith("words") and node.attr in constants()
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith("say")


def _shown(node: ast.expr) -> bool:
    """Whether it is a text shown, or made of one by methods or by ``plain``."""
    if isinstance(node, ast.Attribute):
        return node.attr in SHOWN
    if isinstance(node, ast.Subscript):
        return _shown(node.value)
    if isinstance(node, ast.Call):
        function = node.func
        if isinstance(function, ast.Attribute):
            return _shown(function.value)
        return isinstance(function, ast.Name) and function.id == "plain" and any(map(_shown, node.args))
    return False


def _constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('unit == say("days")', 1),
        ('text in {say("a")}', 0),
        ('tick.text.endswith("%")', 1),
        ('plain(tick.text).endswith("%")', 1),
        ("float(tick.text)", 1),
        ('float(tick.text.replace("−", "-"))', 1),
        ('row.label == "Other"', 1),
        ('row.texts[0].startswith("x")', 1),
        ("none == words.NO_PROGRESSION", 1),
        ("section == words.HISTORY", 0),
        ('row.label == ""', 0),
        ('row.id == "other"', 0),
        ("a.label == b.label", 0),
    ],
)
def test_what_decides_by_a_text_is_found(source: str, found: int) -> None:
    assert len(list(decided_by_texts(source))) == found


def test_nothing_is_decided_by_a_text_that_is_shown() -> None:
    found = [
        f"{name}:{line} {what}"
        for file in sources()
        if (name := str(file.relative_to(ROOT))) not in TYPOGRAPHY
        for line, what in decided_by_texts(file.read_text(encoding="utf-8"))
    ]
    assert found == []
