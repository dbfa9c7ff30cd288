"""The steps of CONTRIBUTING.md followed in a copy: what is new is there, and files are touched as stated."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"^(?:In|New file) `([^`]+)`(?:, at the end of `([^`]+)`)?:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
SOURCES = ("app.py", "bench", "components", "data", "pages", "tests")
COPIED = (*SOURCES, "docs", "pyproject.toml")

BEGINS, ENDS = r"^{}\b.*[(\[{{]$", r"^[)\]}]"
"""Where a list that has a name begins, and where it ends."""


@dataclass(frozen=True)
class Step:
    """A piece of text for ``file``: at the end of what is called ``name`` there, or all of it where that is blank."""

    file: str
    name: str
    text: str

    def follow(self, root: Path) -> None:
        """Write it there."""
        file = root / self.file
        if not self.name:
            assert not file.exists()
            file.write_text(self.text, encoding="utf-8")
            return
        before = file.read_text(encoding="utf-8")
        found = re.search(BEGINS.format(re.escape(self.name)), before, re.MULTILINE)
        assert found is not None, f"{self.file} has no {self.name}"
        closed = re.compile(ENDS, re.MULTILINE).search(before, found.end())
        assert closed is not None
        file.write_text(before[: closed.start()] + self.text + before[closed.start() :], encoding="utf-8")


def recipes() -> dict[str, list[Step]]:
    """The steps of each section, by its title."""
    sections = re.split(r"^## ", GUIDE, flags=re.MULTILINE)[1:]
    found = {}
    for section in sections:
        title, _, text = section.partition("\n")
        found[title.strip()] = [Step(file, name, code) for file, name, code in STEP.findall(text)]
    return found


RECIPES = recipes()
LOOKED_FOR = {
    "A laboratory value": "laboratory_value",
    "A factor": "factor",
    "An endpoint": "endpoint",
    "A page with a new statistic": "page_with_a_statistic",
    "A language": "language",
}
OF_THE_COPY = (
    "tests/survival/test_conditional.py",
    "tests/core/test_procedure_words.py",
    "tests/methods",
    "tests/test_imports.py",
)
"""Tests that what is new must pass as well: its own, and those that hold the registers together."""


def test_every_block_of_code_is_a_step() -> None:
    assert len(re.findall(r"^```\w", GUIDE, re.MULTILINE)) == sum(len(steps) for steps in RECIPES.values())
    assert [title for title, steps in RECIPES.items() if steps] == list(LOOKED_FOR)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with everything that the guide adds."""
    root = tmp_path_factory.mktemp("copy")
    for name in COPIED:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, root / name)
    for steps in RECIPES.values():
        for step in steps:
            step.follow(root)
    ran(root, "components.report.methods")
    return root


def ran(root: Path, *command: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, capture_output=True, text=True, check=False, timeout=280,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


def test_what_is_added_is_found_wherever_it_belongs(copy: Path) -> None:
    ran(copy, "tests.contributed", *(name for name in LOOKED_FOR.values() if name != "language"))


def test_the_formula_of_a_new_statistic_is_in_the_document(copy: Path) -> None:
    rows = [one for one in (copy / "docs" / "methods.md").read_text("utf-8").splitlines() if "Conditional" in one]
    assert [row.split(" | ")[1] for row in rows] == [
        "S(t) / S(s), s < t: the curve of those still followed after day s"
    ]


def test_a_language_is_a_catalogue(copy: Path) -> None:
    ran(copy, "tests.contributed", "language", MYOSCOPE_LANGUAGE="ja")


def test_what_is_added_passes_its_own_tests_and_those_of_the_registers(copy: Path) -> None:
    ran(copy, "ruff", "check", *SOURCES)
    ran(copy, "ruff", "format", "--check", *SOURCES)
    ran(copy, "pytest", "-q", "-p", "no:cacheprovider", *OF_THE_COPY)


def test_as_few_files_are_touched_as_the_architecture_says() -> None:
    told = dict(
        re.findall(
            r"^\| (An? [^|]+?) +\| (\d+) +\|", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.MULTILINE
        )
    )
    assert told == {title: str(len({step.file for step in steps})) for title, steps in RECIPES.items() if steps}
