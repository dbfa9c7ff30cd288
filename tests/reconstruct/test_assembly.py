"""The command from end to end: a seed other than the committed one gives another cohort, just as faithful."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from components.evidence.fidelity import fidelity
from components.reconstruct.coherence import incoherences
from data.cohort import Cohort
from data.paper.published import published_numbers
from data.reading.read import reconstructed_cohort

ROOT = Path(__file__).resolve().parents[2]
SEED = 3


def test_another_seed_gives_another_cohort_just_as_faithful(tmp_path: Path, committed: Cohort) -> None:
    """Takes about as long as a user of the command waits: a minute."""
    command = [sys.executable, "-m", "components.reconstruct", "--seed", str(SEED), "--out", str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    assert told.returncode == 0, told.stdout + told.stderr

    other = reconstructed_cohort(tmp_path)
    found = fidelity(other, published_numbers())
    assert [row for row in found.rows if not row.reproduced] == []
    assert f"fidelity: {len(found.rows)}/{len(found.rows)} published numbers reproduced" in told.stdout
    assert incoherences(other) == ()
    assert sorted(other.patients["death_day"].dropna()) != sorted(committed.patients["death_day"].dropna())
