"""The panel of the conditions: what each costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.core.panel import Panel
from components.core.rounded import rounded_set
from components.selection import words
from components.survival.words import nobody_left

if TYPE_CHECKING:
    from components.selection.attrition import Attrition


def attrition_panel(result: Attrition) -> Panel:
    """The conditions as a table; where they leave nobody, the sentence that says so: the cards say which one did."""
    if not result.left:
        return Panel("attrition", words.ATTRITION, None, (), nobody_left(), "", (nobody_left(),), result=result)
    table, alt = words.attrition_table(result), words.attrition_summary(result)
    return Panel("attrition", words.ATTRITION, None, (table,), alt, words.attrition_note(), result=result,
                 rounded=lambda: attrition_panel(replace(result, analysed=rounded_set(result.analysed))))  # fmt: skip
