"""Words of the cohort page: its cards, and what each condition costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.numbers import count, patients
from components.core.table import Table
from data.language import say

if TYPE_CHECKING:
    from components.selection.attrition import Attrition

HINT = say(
    "Click a bar, or draw a range on a histogram, to keep those patients. Pale bars are all patients, dark bars those "
    "whom the conditions on the other variables keep. The choice holds on every page."
)
NO_VARIABLES = say("Nobody is in this cohort, so there is nothing to choose by.")
ATTRITION = say("What each condition costs")
AS_TABLE = say("What each condition costs, as a table")
CONDITION, REMOVED, LEFT, ALONE = (
    say("Condition"),
    say("Patients removed"),
    say("Patients left"),
    say("Removed by it alone"),
)
CARDS = {
    "search": say("Find a variable"),
    "not_found": say("No variable has this name."),
    "recent": say("Recently used"),
    "of": say("{n} of {all}"),
    "left": say("{n} of {all}"),
    "one": say("{n} patient"),
    "many": say("{n} patients"),
    "nobody": say("Nobody is left: “{sentence}” removed the last {patients}."),
    "undo": say("Remove this condition"),
    "drop": say("Remove the condition {sentence}"),
    "clear": say("Remove the condition on {label}"),
    "from": say("{label}, from"),
    "to": say("{label}, to"),
    "missing": say("Not recorded"),
    "levels": say("{label}: {levels}"),
    "or": say(" or "),
    "range": say("{label}: {low} to {high} {unit}"),
    "range_or_missing": say("{label}: {low} to {high} {unit} or not recorded"),
}
"""What the cards say in the browser, where the places are filled in."""


def attrition_table(result: Attrition) -> Table:
    """The conditions in their order, each with those it removes and those left."""
    rows = [(say("All patients"), "", count(result.n), "")]
    rows += [(step.sentence, count(step.removed), count(step.left), count(step.alone)) for step in result.steps]
    return Table((CONDITION, REMOVED, LEFT, ALONE), tuple(rows))


def attrition_summary(result: Attrition) -> str:
    """From how many patients to how many."""
    return say("{left} of {patients} meet all conditions.", left=count(result.left), patients=patients(result.n))


def attrition_note() -> str:
    """How the columns are read."""
    return say(
        "Conditions are counted one after the other, in the order of the variables; the last column counts each of "
        "them as if it were the only one."
    )
