"""Words on slides."""

from __future__ import annotations

from data.language import say

COUNTS = say("Numbers of patients under the curves, at the ticks of the axis above")
COUNTED = say("patients")
FOREST_TABLE = say("Patients, events, hazard ratios with 95% limits and p-values of the forest plot")
DATA_SHEET = say(
    "The chart can be edited; its data sheet holds the plotted points, among them the day of every "
    "event and the end of each follow-up."
)


def part(title: str, i: int, of: int) -> str:
    """The title of a slide that continues another: ``Prognostic factors for death (2 of 3)``."""
    return say("{title} ({i} of {of})", title=title, i=i, of=of) if of > 1 else title
