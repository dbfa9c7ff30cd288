"""Words at the head of a script."""

from __future__ import annotations

HEAD = {
    "Python": (
        "The numbers on the screen, computed anew with pandas and lifelines from patients.csv beside this file.",
        "Columns: who, what, value, lower limit, upper limit, p. NA: not estimable.",
    ),
    "R": (
        "The numbers on the screen, computed anew with the package survival from patients.csv beside this file.",
        "Columns: who, what, value, lower limit, upper limit, p. NA: not estimable.",
    ),
}
