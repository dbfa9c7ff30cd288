"""The baseline panel: Table 1 for any patients and columns."""

from __future__ import annotations

from components.baseline import words
from components.baseline.analysis import STANDARDIZED_DIFFERENCE, Baseline
from components.baseline.before_after import BaselineBeforeAfter
from components.baseline.rounded import rounded_baseline
from components.core.analysis_set_words import left_out_as_small
from components.core.panel import Panel
from components.core.procedure import listed
from components.survival.words import nobody_left
from data.entries import Factor


def baseline_panel(
    result: Baseline, display: words.Display, by: Factor | None = None, change: BaselineBeforeAfter | None = None
) -> Panel:
    """The table with its notes; without patients, the sentence that says so.

    ``change`` are everybody's rows, and by whether the filter keeps them.
    """
    title = words.baseline_title(result.columns)
    if not result.columns.n[0]:
        return Panel("baseline", title, None, (), nobody_left(), "", (nobody_left(),), result=result)
    notice = words.unknown_notice(result.columns, by)
    return Panel(
        "baseline",
        title,
        None,
        (words.baseline_table(result, display, change),),
        words.baseline_summary(result),
        " ".join((words.baseline_note(result, display), *((words.change_note(change),) if change else ()))),
        tuple(part for part in (notice, left_out_as_small(result.hidden) if result.hidden else "") if part),
        result=result,
        made_with=listed(
            *((procedure, True) for procedure in result.procedures),
            (STANDARDIZED_DIFFERENCE, display.compared or change),
        ),
        rounded=lambda: baseline_panel(rounded_baseline(result), display, by),
    )
