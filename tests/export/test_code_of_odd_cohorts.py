"""On inputs at the edge the scripts still print what stands on the screen: the same numbers, and NA where it says NA.

Many scripts run in one process. MYOSCOPE_ODD_COHORTS=300 runs more cohorts than the suite does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from components.core.method import PAPER, Method
from components.export.code import Language, recipe, script
from components.export.stamp import stamp
from components.prognosis.panel import prognosis_panel
from components.survival.analysis import survival
from components.survival.chart import View
from components.survival.hazard_ratios import prognosis
from components.survival.panel import survival_panel
from data.cohort import Cohort
from data.filters import Filter
from tests.export.conftest import ON
from tests.export.odd_cohorts import KINDS, odd_cohort
from tests.export.test_code import RSCRIPT, Numbers, of_prognosis, of_survival

COHORTS = int(os.environ.get("MYOSCOPE_ODD_COHORTS", "40"))
METHODS = (
    Method(),
    PAPER,
    Method(interval="beta product"),
    Method("efron", "log"),
    Method("breslow", "plain", "R", 0.9),
)
GROUPINGS = ("subtype", "age_group", "sex", "anti_mda5", "trough_range", None)
END = "-- end of a script --"
PYTHON = f"""
import os, runpy, sys
for folder in sys.argv[1:]:
    os.chdir(folder)
    runpy.run_path("reproduce.py", run_name="__main__")
    print({END!r})
"""
R = f"""
for (folder in commandArgs(TRUE)) {{
  setwd(folder)
  sys.source("reproduce.R", new.env())
  cat("{END}\\n")
}}
"""


@dataclass(frozen=True)
class Case:
    """A script of one panel, and the numbers on the panel."""

    name: str
    cohort: Cohort
    expected: Numbers
    files: dict[str, bytes]


def cases(language: Language, seeds: range) -> Iterator[Case]:
    """One case a seed: curves by some grouping, or every third time the forest plot."""
    for seed in seeds:
        chance, cohort = Random(-1 - seed), odd_cohort(seed)  # noqa: S311 - not for secrets
        words, method = cohort.dictionary, chance.choice(METHODS)
        endpoint, until = words.endpoints[chance.randrange(2)], chance.choice((None, 365, 730))
        if seed % 3 == 2:
            factors = tuple(words.factor[key] for key in GROUPINGS[:4] if key)
            panel = prognosis_panel(prognosis(cohort, endpoint, factors, method, until))
            expected = of_prognosis(panel.result)
        else:
            key = chance.choice(GROUPINGS)
            factor = words.factor[key] if key else None
            mark = 136 if factor is not None and factor.post_baseline else None
            view = View(730, (0, 365, 730), (0, 12, 24), chance.choice(((0, 365, 730), (1, 60))))
            tau = chance.choice((730, 100, 1))
            result = survival(cohort, endpoint, factor, view.at_days, view.ticks, tau, mark, method, until=until)
            panel = survival_panel(result, view)
            expected = of_survival(result)
        found = recipe(panel, cohort)
        if found is not None:
            stamped = stamp(cohort, Filter(()), panel, ON)
            name = "reproduce.py" if language == "Python" else "reproduce.R"
            text = script(found, stamped, language).encode()
            kind = KINDS[seed % len(KINDS)].__name__
            yield Case(f"seed {seed}: {kind}", cohort, expected, {"patients.csv": found.patients, name: text})


def differences(language: Language, seeds: range, folder: Path) -> tuple[int, list[str]]:
    """How many scripts ran, and every line in which one differs from the screen."""
    made = list(cases(language, seeds))
    for i, case in enumerate(made):
        (folder / str(i)).mkdir()
        for name, content in case.files.items():
            (folder / str(i) / name).write_bytes(content)
    runner = folder / "run"
    runner.write_text(PYTHON if language == "Python" else R, encoding="utf-8")
    program = [sys.executable, "-W", "error"] if language == "Python" else [str(RSCRIPT), "--vanilla"]
    folders = [str(folder / str(i)) for i in range(len(made))]
    env = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([*program, str(runner), *folders], env=env, capture_output=True, text=True, check=False)
    outputs = done.stdout.split(f"{END}\n")[:-1]
    failed = "" if len(outputs) == len(made) else f"{made[len(outputs)].name}: {done.stderr}"
    assert not failed
    found = []
    for case, output in zip(made, outputs, strict=True):
        rows = [line.split("\t") for line in output.splitlines()]
        printed: Numbers = {(row[0], row[1]): (row[2], row[3], row[4], row[5]) for row in rows}
        found += [
            f"{case.name}, {key}: script {printed.get(key)}, screen {case.expected.get(key)}"
            for key in case.expected.keys() | printed.keys()
            if printed.get(key) != case.expected.get(key)
        ]
    return len(made), found


def test_python_agrees_with_the_screen_on_odd_cohorts(tmp_path: Path) -> None:
    ran, found = differences("Python", range(COHORTS), tmp_path)
    assert found == []
    assert ran > COHORTS // 2


@pytest.mark.skipif(RSCRIPT is None, reason="R with its package survival is not installed: its scripts are NOT checked")
def test_r_agrees_with_the_screen_on_odd_cohorts(tmp_path: Path) -> None:
    ran, found = differences("R", range(COHORTS), tmp_path)
    assert found == []
    assert ran > COHORTS // 2
