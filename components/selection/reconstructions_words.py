"""The table and the sentence of what conditions leave in equally faithful reconstructions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.envelope import Ranged
from components.core.envelope_words import Ranges, RangesSaid, row_of_numbers, said_rows
from components.selection.reconstructions import attrition_across
from components.selection.words import LEFT
from data.language import say

if TYPE_CHECKING:
    from components.selection.attrition import Attrition
    from components.selection.reconstructions import AttritionAcross


def attrition_said(found: AttritionAcross, shown: Attrition) -> RangesSaid:
    """The patients left by each condition, where cohorts differ in it."""
    names = (say("All patients"), *(step.sentence for step in shown.steps))
    rows = [
        row_of_numbers(name, [Ranged(say("patients left by {condition}", condition=name), one)])
        for name, one in zip(names, found.left, strict=True)
    ]
    return said_rows((LEFT,), rows, found.members)


ATTRITION_RANGES = Ranges(attrition_across, attrition_said)
