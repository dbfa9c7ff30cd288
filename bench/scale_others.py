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

MOST_SECONDS_R = 240
"""What R's models of all factors may take; those that are done by then count."""

R = """
library(survival)
given <- commandArgs(TRUE)
n <- as.integer(given[2]); factors <- as.integer(given[3])
from <- file(given[1], "rb")
day <- readBin(from, "integer", n); event <- readBin(from, "integer", n)
for (k in seq_len(factors)) {
  level <- readBin(from, "integer", n)
  level[level < 0] <- NA
  cat(system.time(coxph(Surv(day, event) ~ factor(level), ties = "efron"))["elapsed"], "\\n")
}
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


def others(n: int) -> Iterator[tuple[str, str, int, float | str]]:
    """What was asked of whom, ``Cox`` or ``Kaplan-Meier``, how many models, and seconds or why there are none."""
    cohort = cohort_from(drawn(n), Provenance("imported", "bench", "")).of_population("outcome")
    words = cohort.dictionary
    days, had = cohort.time_to(words.leading)
    levels = cohort.codes(words.factor["subtype"])
    rows = pd.DataFrame({"day": days + 0.5, "event": had.astype(np.int64), "level": levels})
    program = shutil.which("Rscript")
    with TemporaryDirectory() as folder:
        file, numbers = Path(folder) / "patients.csv", Path(folder) / "patients.bin"
        rows.to_csv(file, index=False)
        with numbers.open("wb") as into:
            for column in (days, had, *(cohort.codes(factor) for factor in words.factors)):
                column.astype(np.int32).tofile(into)
        del cohort
        if program:
            asked = [program, "-e", R, str(numbers), str(len(rows)), str(len(words.factors))]
            yield "R, coxph", "Cox", *_each(asked)
            yield "R, survfit and survdiff", "Kaplan-Meier", 1, _seconds([program, "-e", R_CURVES, str(file)])
        else:
            yield "R", "Cox", 1, "R is not installed"
        for (library, kind), script in PYTHON.items():
            code = TIMED.replace("{asked}", script)
            yield f"{library}, {kind}", kind, 1, _seconds([sys.executable, "-c", code, str(file)])


def _each(command: list[str]) -> tuple[int, float | str]:
    """How many models R fitted within its time, and how long these took."""
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=MOST_SECONDS_R)  # noqa: S603 - R
        out, why = done.stdout, done.stderr.decode()
    except subprocess.TimeoutExpired as ended:
        out, why = ended.stdout or b"", f"more than {MOST_SECONDS_R} s"
    times = [float(line) for line in out.decode().split()]
    return (len(times), sum(times)) if times else (0, (why.strip().splitlines() or ["failed"])[-1][:120])


def _seconds(command: list[str]) -> float | str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=MOST_SECONDS)  # noqa: S603 - programs of the system
    except subprocess.TimeoutExpired:
        return f"more than {MOST_SECONDS} s"
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["failed"])[-1][:120]
    return float(done.stdout.split()[-1])
