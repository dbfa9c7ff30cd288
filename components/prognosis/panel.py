"""The prognosis panel: the forest plot of every factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.analysis_set_words import left_out_as_small
from components.core.panel import Panel
from components.core.procedure import procedures_of
from components.core.procedure_words import brief
from components.prognosis import words
from components.prognosis.chart import forest_chart
from components.survival.rounded import rounded_prognosis
from components.survival.words import nobody_left
from data.language import say

if TYPE_CHECKING:
    from components.survival.hazard_ratios import Prognosis
    from components.survival.reconstructions import RatiosAcross


def prognosis_panel(result: Prognosis, marked: str = "", found: RatiosAcross | None = None) -> Panel:
    """The forest plot with its caution; of nobody, and of patients who do not differ, the sentence that says so.

    With ``found`` also the range of each ratio over other reconstructions.
    """
    title = say("Prognostic factors for {event}", event=result.endpoint.event)
    alt = words.forest_summary(result)
    if not result.n:
        return Panel("prognosis", title, None, (), alt, "", (nobody_left(),), result=result)
    if not result.has_groups:
        return Panel("prognosis", title, None, (), alt, "", (words.nothing_differs(result),), result=result)
    decided = words.ratios_verdict(result, found)
    left_out = (left_out_as_small([factor.label for factor in result.hidden]),) if result.hidden else ()
    notices = (*(() if result.events else (words.no_events(result),)), *left_out, *decided.notices)
    conventions = brief(result.procedures, result.method.level)
    said = (words.horizon_sentence(result), words.forest_caution(result), result.endpoint.remark, conventions)
    note = " ".join(part for part in said if part) if result.events else ""
    if found is not None and found.procedures:
        note = f"{words.drawn_below(found.members)} {note}".strip()
    return Panel(
        "prognosis",
        title,
        forest_chart(result, marked, found),
        (),
        alt,
        note,
        notices,
        (words.forest_table(result, found),),
        result=result,
        made_with=procedures_of((result, found)) if found else None,
        under_figure=decided.under_figure,
        across=found,
        rounded=lambda: prognosis_panel(rounded_prognosis(result), marked),
    )
