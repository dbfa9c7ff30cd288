"""R's answers for the committed cohort, one a row of ``reference_cohort.csv``.

``make reference`` writes the file: ``tests/reference/cohort.R`` reads the cohort's files on its own and computes, for
overall and progression-free survival, Kaplan-Meier at day 730, the log-rank test and the univariate Cox model of every
prognostic factor. ``fingerprint`` says for which cohort; for any other the answers mean nothing.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("reference_cohort.csv")
COLUMNS = ("fingerprint", "software", "endpoint", "factor", "level", "statistic", "value")
STATISTICS = (
    "survival", "survival_lower", "survival_upper", "log_rank", "p", "hazard_ratio", "lower", "upper",
)  # fmt: skip
"""At day 730 with log-log limits; the chi-square of the log-rank test and its p; with Breslow ties and Wald limits."""


@dataclass(frozen=True)
class ReferenceAnswer:
    """One answer; ``factor`` and ``level`` are blank for all patients, ``value`` is None where R gives no number."""

    endpoint: str
    factor: str
    level: str
    statistic: str
    value: float | None


@dataclass(frozen=True)
class Reference:
    """The answers of one run of R, with the fingerprint of the cohort that it read."""

    fingerprint: str
    software: str
    answers: tuple[ReferenceAnswer, ...]


def reference(path: Path = FILE) -> Reference:
    """The answers in the file, in its order.

    Raises FileNotFoundError, and ValueError for other columns, for a statistic that is not listed above and for rows of
    more than one run.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path.name}: the columns are not {', '.join(COLUMNS)}")
        rows = list(reader)
    runs = {(row["fingerprint"], row["software"]) for row in rows}
    if len(runs) != 1:
        raise ValueError(f"{path.name}: {len(runs)} runs of R instead of one")
    if strange := {row["statistic"] for row in rows} - set(STATISTICS):
        raise ValueError(f"{path.name}: unknown statistic {', '.join(sorted(strange))}")
    answers = tuple(
        ReferenceAnswer(row["endpoint"], row["factor"], row["level"], row["statistic"], _number(row["value"]))
        for row in rows
    )
    return Reference(*runs.pop(), answers)


def _number(text: str) -> float | None:
    return float(text) if text else None
