"""Words where small counts are hidden: what is rounded, what is withheld, and why."""

from __future__ import annotations

from collections.abc import Sequence

from components.core.numbers import joined
from data.language import say

HIDE = say("Hide counts of 1 to 4")
HIDE_HELP = say(
    "Counts are rounded down to multiples of five and single patients are not shown, here and in every file. Small "
    "counts can point at a patient, and subtraction can bring back what a table leaves out."
)
FORCED = say("Small counts are always hidden on this installation.")
IN_FORCE = say("Small counts hidden: every count is rounded down to a multiple of five, <5 stands for none to four.")
NOTE = say(
    "Counts are rounded down to multiples of five, and percentages are of the rounded counts; <5 stands for none to "
    "four. What rests on fewer than five patients or events is withheld, and the longest follow-up is given to the "
    "half-year."
)
NO_SAFE_FORM = say(
    "Withheld while counts of 1 to 4 are hidden: these numbers cannot be given without saying something of fewer than "
    "five patients. Whoever may see them can show small counts under the patients' line."
)
FEW_BEHIND = say("Withheld, because fewer than five patients stand behind it.")
TOO_FEW_TOGETHER = say(
    "Withheld, because the conditions together divide the patients so finely that fewer than five would be counted. "
    "Remove a condition."
)
KEPT = say(
    "Withheld while counts of 1 to 4 are hidden: kept cohorts may differ by single patients, and compared they would "
    "say how these fared."
)
MANY_CONDITIONS = say(
    "Withheld while counts of 1 to 4 are hidden: more than six conditions can single out a patient. Remove one."
)
NOT_COUNTED = say("These patients are not counted while small counts are hidden")
NO_SINGLE_PATIENTS = say("Single patients are not shown while counts of 1 to 4 are hidden.")
NO_CARDS = say(
    "Cards count single patients in the browser, so groups are chosen from lists while small counts are hidden."
)
NO_SCRIPT = say("No file holds patients or a script that needs them while counts of 1 to 4 are hidden.")


def isolates(condition: str) -> str:
    """Why a view is withheld one of whose conditions parts fewer than five patients from the others."""
    return say(
        "Withheld, because the condition “{condition}” sets fewer than five patients apart: seen with it and without "
        "it, the numbers would say who they are. Change or remove it.",
        condition=condition,
    )


def free_numbers(labels: Sequence[str]) -> str:
    """Why a view is withheld in which a number was chosen freely, such as a range or a day."""
    return say(
        "Withheld while counts of 1 to 4 are hidden, because a number was chosen freely ({labels}): moved step by step "
        "it would single out patients. Set it back, or choose patients by groups.",
        labels=joined(list(labels)),
    )
