"""Words at the head of a script."""

from __future__ import annotations

from data.language import say

CHECKED_WITH = "R 4.2.2, survival 3.5.3"
"""What ran the script for R when its numbers were compared; a test holds it to what read the cohort last."""

HEAD = {
    "Python": (
        say(
            "The numbers on the screen, computed again with pandas, numpy and scipy from patients.csv beside this file."
        ),
        say("Columns: who, what, value, lower limit, upper limit, p. NA: not estimable."),
    ),
    "R": (
        say("The numbers on the screen, computed again with the package survival from patients.csv beside this file."),
        say("Columns: who, what, value, lower limit, upper limit, p. NA: not estimable."),
        say("Checked with {checked_with}.", checked_with=CHECKED_WITH),
    ),
}
