"""Words of kept cohorts in the sidebar and the cohort bar, and of undoing."""

from __future__ import annotations

from components.core.numbers import patients
from components.core.small_counts import hiding
from data.kept_cohorts import IDS, KeptCohort
from data.language import say

KEPT = say("Kept cohorts")
KEEP, KEEP_HELP = (
    say("Keep this cohort"),
    say("Puts these conditions aside under a letter, to show them again or to compare them with others."),
)
KEEP_AND_CHOOSE = say("Keep and choose another")
KEEP_AND_COMPARE = say("Keep and compare")
COMPARE = say("Compare the kept cohorts")
ALREADY = say("These conditions are kept already.")
NO_MORE = say("At most {most} cohorts are kept: remove one first.", most=len(IDS))
HINT = say("Keep a second cohort to compare them: choose other conditions, then “Keep and compare”.")
SHOW_HELP = say("Show these patients: sets the filter")
CHANGE = say("Change")
NAME = say("Name")
NAME_HELP = say("Shown in figures and tables instead of the letter")
UP, DOWN, REMOVE = say("Move up"), say("Move down"), say("Remove")
REPLACE = say("Replace by the patients shown")
FILE, FILE_AT_FIRST = say("Save or open kept cohorts"), say("Open kept cohorts")
SAVE, OPEN = say("Save these cohorts"), say("Open a file of kept cohorts")
FILE_NAME, FILE_TYPE = "myoscope-cohorts.json", "application/json"
SAVE_HELP = say("A small file of names and conditions. It holds no patients.")
OPENED_INSTEAD = say("They take the place of the cohorts kept now.")
UNDO, REDO = say("Undo the last choice (Ctrl+Z)"), say("Redo it (Ctrl+Shift+Z)")


def row(one: KeptCohort, n: int) -> str:
    """A kept cohort in the sidebar: its name and how many patients it has, unless small counts are hidden."""
    if hiding():
        return one.label
    return say("{name}: {patients}", name=one.label, patients=patients(n))


def conditions(one: KeptCohort) -> str:
    """What a click on a kept cohort does, and its conditions."""
    return say("{conditions}. {show}", conditions=one.filter.sentence, show=SHOW_HELP)
