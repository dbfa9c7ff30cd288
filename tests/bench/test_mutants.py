"""A fault is noticed or not, the tree stays as it was, and a list that no longer fits says so."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from bench.mutants import Mutant, compiles, listed, misfits, outcomes, totals

SUM = Mutant("sum", "part/sums.py", "a + b", "a - b", ("tests/test_sums.py",), "the difference for the sum")
SIGN = Mutant("sign", "components/signs/of.py", "a < 0", "a <= 0", ("tests/test_signs.py",), "0 is negative")
FILES = {
    SUM.file: "def total(a, b):\n    return a + b\n",
    SIGN.file: "def negative(a):\n    return a < 0\n",
    "tests/test_sums.py": (
        "import sys\nsys.path.insert(0, '.')\nfrom part.sums import total\n\n\n"
        "def test_total():\n    assert total(1, 2) == 3\n"
    ),
    "tests/test_signs.py": (
        "import sys\nsys.path.insert(0, '.')\nfrom components.signs.of import negative\n\n\n"
        "def test_sign():\n    assert negative(-1)\n"
    ),
    ".gitignore": "left out\n",
    "left out": "",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two sources with a test each: that of the signs does not look at 0."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)  # noqa: S607 - the developer's own git
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_what_no_test_looks_at_survives(project: Path) -> None:
    found = list(outcomes((SUM, SIGN), project))
    assert [(one.killed, one.by) for one in found] == [(True, "tests/test_sums.py::test_total"), (False, "")]
    assert totals(found) == "part 1/1, signs 0/1, in all 1/2"
    assert all((project / name).read_text() == text for name, text in FILES.items())


def test_a_mutant_that_cannot_be_imported_is_noticed(project: Path) -> None:
    (found,) = outcomes((replace(SUM, replacement="c", source="def total(a, b):\n    return a + b"),), project)
    assert found.killed
    assert found.by.startswith("tests/test_sums.py")


def test_tests_that_fail_anyway_judge_nothing(project: Path) -> None:
    (project / SUM.file).write_text("def total(a, b):\n    return a * b + b - b\n")
    with pytest.raises(RuntimeError, match="fail without a mutant"):
        list(outcomes((replace(SUM, source="a * b"),), project))


@pytest.mark.parametrize(
    ("mutant", "why"),
    [
        (replace(SUM, source="a * b"), "sum: stands 0 times in part/sums.py, not once: 'a * b'"),
        (replace(SUM, source="a"), "sum: stands 3 times in part/sums.py, not once: 'a'"),
        (replace(SUM, file="part/gone.py"), "sum: there is no file part/gone.py"),
        (replace(SUM, replacement="a +"), "sum: part/sums.py is no Python with it"),
        (replace(SUM, replacement="a + b"), "sum: changes nothing"),
        (replace(SUM, tests=("tests/test_gone.py",)), "sum: there is no test tests/test_gone.py"),
        (replace(SUM, tests=()), "sum: names no test"),
    ],
)
def test_what_no_longer_fits_is_told(project: Path, mutant: Mutant, why: str) -> None:
    assert misfits((mutant, SIGN), project) == (why,)
    assert misfits((SUM, SIGN, SIGN), project) == ("sign: is listed 2 times",)


def test_python_is_told_from_what_is_none() -> None:
    assert [compiles(text) for text in ("a = 1", "a =")] == [True, False]


def test_the_list_of_small_faults_fits_the_sources() -> None:
    """A source that has changed leaves no fault behind that can no longer be put into it."""
    assert listed()
    assert misfits(listed()) == ()
