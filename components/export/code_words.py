"""Words at the head of a script."""

from __future__ import annotations

CHECKED_WITH = "R 4.2.2, survival 3.5.3"
"""What ran the script for R when its numbers were compared; a test holds it to what read the cohort last."""

HEAD = {
    "Python": (
        "The numbers on the screen, computed anew with pandas, numpy and scipy from patients.csv beside this file.",
        "Columns: who, what, value, lower limit, upper limit, p. NA: not estimable.",
    ),
    "R": (
        "The numbers on the screen, computed anew with the package survival from patients.csv beside this file.",
        "Columns: who, what, value, lower limit, upper limit, p. NA: not estimable.",
        f"Checked with {CHECKED_WITH}.",
    ),
}
