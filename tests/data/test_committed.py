"""The committed cohort is whole, and what is cut, changed or missing is reported with its file and what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.committed import LIST, REMEDY, faults
from data.reading.layout import COLUMNS
from data.reading.read import COHORT_FOLDER


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COHORT_FOLDER, tmp_path / "cohort"))


def cut(folder: Path) -> None:
    file = folder / "patients.csv"
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:45]))


def changed(folder: Path) -> None:
    file = folder / "patients.csv"
    file.write_bytes(file.read_bytes().replace(b"Female", b"Male", 1))


def test_the_committed_cohort_is_whole_with_either_line_end(copy: Path) -> None:
    assert faults(COHORT_FOLDER) == ()
    for name in COLUMNS:
        file = copy / f"{name}.csv"
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert faults(copy) == ()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (cut, "patients.csv has 44 rows and should have 179."),
        (changed, "patients.csv has been changed since it was reconstructed."),
        (lambda folder: (folder / "treatments.csv").unlink(), "treatments.csv is missing."),
        (lambda folder: (folder / LIST).unlink(), f"{LIST}, is missing or damaged."),
        (lambda folder: (folder / LIST).write_text("file,rows\npatients.csv,179\n"), f"{LIST}, is missing or damaged."),
    ],
)
def test_a_harmed_cohort_is_told_with_its_file_and_what_to_do(
    copy: Path, harm: Callable[[Path], object], said: str
) -> None:
    harm(copy)
    (fault,) = faults(copy)
    assert fault.endswith(f"{said} {REMEDY}")


def test_all_faults_are_told_at_once(copy: Path) -> None:
    cut(copy)
    (copy / "treatments.csv").unlink()
    assert len(faults(copy)) == 2
