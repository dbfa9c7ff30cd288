"""The same patients given to R's survival, lifelines, scikit-survival and greenwood: seconds, or why there are none."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from bench.scale_sizes import drawn
from data.cohort import Provenance, cohort_from

MOST_SECONDS = 150
"""What is not done after this long is given up."""

R = """
library(survival)
d <- read.csv(commandArgs(TRUE)[1])
cat(system.time(coxph(Surv(day, event) ~ factor(level), d, ties = "efron"))["elapsed"], "\\n")
"""
R_CURVES = """
library(survival)
d <- read.csv(commandArgs(TRUE)[1])
took <- system.time({
  survfit(Surv(day, event) ~ level, d, conf.type = "log-log")
  survdiff(Surv(day, event) ~ level, d)
})
cat(took["elapsed"], "\\n")
"""
PYTHON = {
    ("lifelines", "Cox"): """
from lifelines import CoxPHFitter
x = pd.get_dummies(d["level"], prefix="l", drop_first=True, dtype=float).assign(day=d["day"], event=d["event"])
asked = lambda: CoxPHFitter().fit(x, "day", "event")
""",
    ("lifelines", "Kaplan-Meier"): """
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
def asked():
    for _, own in d.groupby("level"):
        KaplanMeierFitter().fit(own["day"], own["event"])
    multivariate_logrank_test(d["day"], d["level"], d["event"])
""",
    ("scikit-survival", "Cox"): """
from sksurv.linear_model import CoxPHSurvivalAnalysis
from sksurv.util import Surv
x = pd.get_dummies(d["level"], drop_first=True, dtype=float)
y = Surv.from_arrays(d["event"].astype(bool), d["day"])
asked = lambda: CoxPHSurvivalAnalysis(ties="efron").fit(x, y)
""",
    ("scikit-survival", "Kaplan-Meier"): """
from sksurv.nonparametric import kaplan_meier_estimator
from sksurv.compare import compare_survival
from sksurv.util import Surv
y = Surv.from_arrays(d["event"].astype(bool), d["day"])
def asked():
    for _, own in d.groupby("level"):
        kaplan_meier_estimator(own["event"].astype(bool), own["day"], conf_type="log-log")
    compare_survival(y, d["level"])
""",
    ("greenwood", "Cox"): """
from greenwood import CoxPH, Surv
x = pd.get_dummies(d["level"], prefix="l", drop_first=True, dtype=float)
y = Surv(d["day"].to_numpy(float), d["event"].to_numpy())
asked = lambda: CoxPH(ties="efron").fit(y, x)
""",
}
TIMED = """
import sys, time, warnings
import pandas as pd
warnings.simplefilter("ignore")
d = pd.read_csv(sys.argv[1])
{asked}
began = time.perf_counter()
asked()
print(time.perf_counter() - began)
"""


def others(n: int) -> Iterator[tuple[str, str, float | str]]:
    """What was asked of whom, ``Cox`` (one factor) or ``Kaplan-Meier``, and seconds or why there are none."""
    cohort = cohort_from(drawn(n), Provenance("imported", "bench", "")).of_population("outcome")
    words = cohort.dictionary
    days, had = cohort.time_to(words.leading)
    levels = cohort.codes(words.factor["subtype"])
    rows = pd.DataFrame({"day": days + 0.5, "event": had.astype(np.int64), "level": levels})
    del cohort
    with TemporaryDirectory() as folder:
        file = Path(folder) / "patients.csv"
        rows.to_csv(file, index=False)
        for what, kind, script in (("R, coxph", "Cox", R), ("R, survfit and survdiff", "Kaplan-Meier", R_CURVES)):
            program = shutil.which("Rscript")
            yield what, kind, _seconds([program, "-e", script, str(file)]) if program else "R is not installed"
        for (library, kind), asked in PYTHON.items():
            script = TIMED.replace("{asked}", asked)
            yield f"{library}, {kind}", kind, _seconds([sys.executable, "-c", script, str(file)])


def _seconds(command: list[str]) -> float | str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=MOST_SECONDS)  # noqa: S603 - programs of the system
    except subprocess.TimeoutExpired:
        return f"more than {MOST_SECONDS} s"
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["failed"])[-1][:120]
    return float(done.stdout.split()[-1])
