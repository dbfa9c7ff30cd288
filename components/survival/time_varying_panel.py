"""The panel of the model whose covariate changes during follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.panel import Panel
from components.survival import time_varying_words as words

if TYPE_CHECKING:
    from components.survival.time_varying import TimeVarying


def time_varying_panel(result: TimeVarying) -> Panel:
    """Its table, and the second look at its ratios; where one cannot be given, the reason above them."""
    why = words.why_not(result)
    first = (words.table(result),) if result.levels else ()
    second = (words.second_look(result),) if result.sensitivity else ()
    notices = (why,) if why else ()
    tables, summary = (*first, *second), words.summary(result)
    return Panel("time-varying", words.TITLE, None, tables, summary, words.note(result), notices, result=result)
