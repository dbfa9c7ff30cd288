"""The panels of a baseline value as a predictor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.biomarker import words
from components.biomarker.charts import hazard_chart, ranking_chart, search_chart
from components.core.pale import NO_FILTER, Pale
from components.core.panel import Panel
from components.survival.words import nobody_left

if TYPE_CHECKING:
    from components.biomarker.analysis import CutPoint, Discrimination
    from components.biomarker.hazard_by_value import HazardByValue


def ranking_panel(result: Discrimination) -> Panel:
    """Area under the curve and concordance, or the sentence why not."""
    title = words.ranking_title(result)
    if result.reason:
        return _nothing("discrimination", title, result)
    return Panel(
        "discrimination",
        title,
        ranking_chart(result),
        (words.ranking_table(result),),
        words.ranking_summary(result),
        words.ranking_note(result),
        result=result,
    )


def hazard_panel(result: HazardByValue, before: HazardByValue | None = None, pale: Pale = NO_FILTER) -> Panel:
    """The hazard by value; without a maximum of the likelihood its tables alone, or the sentence why not.

    ``before`` is that of the patients without the filter, or of a kept cohort, drawn ``pale`` behind.
    """
    behind = before if before is not None and not before.reason else None
    title = words.hazard_title(result)
    second = words.hazard_second_look(result)
    if result.reason and not second.rows:
        return _nothing("hazard by value", title, result)
    return Panel(
        "hazard by value",
        title,
        None if result.reason else hazard_chart(result, behind, pale),
        (words.hazard_table(result), second),
        words.hazard_summary(result),
        " ".join(part for part in (words.pale(behind, pale), words.hazard_note(result)) if part),
        tuple(part for part in (words.no_ratio(result), words.straight_only(result)) if part),
        result=result,
    )


def search_panel(result: CutPoint) -> Panel:
    """The searched cut-point with what it is worth, or the sentence why there is none."""
    title = words.search_title(result)
    if result.reason:
        return _nothing("cut-point", title, result)
    return Panel(
        "cut-point",
        title,
        search_chart(result),
        (words.search_table(result),),
        words.search_summary(result),
        words.search_note(result),
        (words.search_caution(len(result.curve)),),
        result=result,
    )


def _nothing(kind: str, title: str, result: Discrimination | HazardByValue | CutPoint) -> Panel:
    if result.n:
        why = words.too_little(result.reason, result.entry, result.n, result.events, result.endpoint)
    else:
        why = words.unmeasured(result.entry) if getattr(result, "unknown", 0) else nobody_left()
    return Panel(kind, title, None, (), why, "", (why,), result=result)
