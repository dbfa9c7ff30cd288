"""Whoever closes a cohort, opens another, does not open what was read, or leaves, leaves nothing of the patients."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Counted = dict[str, int]


@pytest.fixture(scope="module")
def counted() -> dict[str, Counted]:
    """Counted in a process of its own, where nothing but the server holds anything."""
    run = [sys.executable, "-m", "tests.ui.release"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    found: dict[str, Counted] = json.loads(done.stdout)
    return found


def test_an_open_cohort_is_found_where_it_is_held(counted: dict[str, Counted]) -> None:
    held = counted["open"]
    assert held["cohorts"] >= 2
    assert held["tables"] >= 4
    assert held["others"] > 20, "panels, points and options repeat the patients' names"
    assert held["files"] > 0
    assert counted["read"]["tables"] >= 4


@pytest.mark.parametrize("way", ["closed", "replaced", "left"])
def test_nothing_of_it_is_held_afterwards(counted: dict[str, Counted], way: str) -> None:
    assert counted[way] == {"files": 0}


def test_nothing_is_held_of_files_that_were_read_and_not_opened(counted: dict[str, Counted]) -> None:
    assert counted["not opened"] == {}
