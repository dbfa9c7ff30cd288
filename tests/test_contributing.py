"""The steps of CONTRIBUTING.md followed in a copy: what is new is there, and files are touched as told."""

from __future__ import annotations

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
    r"^(?:In|New file) `([^`]+)`(?:, at the end of `(\w+)`)?:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
COPIED = ("app.py", "components", "data", "docs", "pages", "tests", "pyproject.toml")


@dataclass(frozen=True)
class Step:
    """A piece of text for ``file``: at the end of what is called ``name`` there, or all of it where that is blank."""

    file: str
    name: str
    text: str

    def follow(self, root: Path) -> None:
        file = root / self.file
        if not self.name:
            assert not file.exists()
            file.write_text(self.text, encoding="utf-8")
            return
        before = file.read_text(encoding="utf-8")
        start = re.search(rf"^(?:class )?{self.name}\b[^\n]*(?:=[^\n]*[(\[{{]|:)$", before, re.MULTILINE)
        assert start is not None, f"{self.file} has no {self.name}"
        end = re.compile(r"^[)\]}]", re.MULTILINE).search(before, start.end())
        assert end is not None
        file.write_text(before[: end.start()] + self.text + before[end.start() :], encoding="utf-8")


def recipes() -> dict[str, list[Step]]:
    """The steps of each section, by its title."""
    sections = re.split(r"^## ", GUIDE, flags=re.MULTILINE)[1:]
    found = {}
    for section in sections:
        title, _, text = section.partition("\n")
        found[title.strip()] = [Step(file, name, code) for file, name, code in STEP.findall(text)]
    return found


RECIPES = recipes()
LOOKED_FOR = {"A laboratory value": "laboratory_value", "A factor": "factor", "An endpoint": "endpoint"}


def test_every_block_of_code_is_a_step() -> None:
    assert GUIDE.count("\n```python\n") == sum(len(steps) for steps in RECIPES.values())
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
    return root


def test_what_is_added_is_found_wherever_it_belongs(copy: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.contributed", *LOOKED_FOR.values()],
        cwd=copy, capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]


def test_as_few_files_are_touched_as_the_architecture_says() -> None:
    told = dict(
        re.findall(
            r"^\| (An? [^|]+?) +\| (\d+) +\|", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.MULTILINE
        )
    )
    assert told == {title: str(len({step.file for step in steps})) for title, steps in RECIPES.items() if steps}
