"""Panels of the treatment page beyond the courses: target range, time in range, taper, reasons, what else was given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.core.panel import Panel
from components.courses.chart import CourseView
from components.courses.panels import course_panel
from components.courses.rounded import rounded_course
from components.survival.words import nobody_left
from components.treatment import words
from components.treatment.rounded import rounded_concomitant, rounded_taper
from components.treatment.taper_chart import taper_chart
from components.treatment.time_in_range_chart import time_chart

if TYPE_CHECKING:
    from components.courses.analysis import Course
    from components.courses.axis_range import AxisRange
    from components.courses.before_after import CourseBeforeAfter
    from components.courses.reconstructions import CourseAcross
    from components.treatment.concomitant import Concomitant
    from components.treatment.taper import Shares
    from components.treatment.time_in_range import TimeInRange


def trough_panel(
    result: Course,
    axis_range: AxisRange,
    view: CourseView,
    found: CourseAcross | None = None,
    change: CourseBeforeAfter | None = None,
) -> Panel:
    """The course with the target range behind it, and the patients below, within and above it under it.

    With ``change`` also what the filter changes.
    """
    panel = course_panel(result, axis_range, view, kind="trough", found=found, change=change)
    if not panel.figure:
        return panel
    broken = f" {words.breaks(view.gap)}" if view.form == "single" else ""
    return replace(panel, tables=(*panel.tables, words.share_table(result)), note=f"{panel.note}{broken}",
                   rounded=lambda: trough_panel(rounded_course(result), axis_range, view))  # fmt: skip


def time_panel(result: TimeInRange, marked: str = "", *, single: bool = True) -> Panel:
    """Time in range by group, and patient by patient where ``single`` patients may be shown."""
    table = words.time_table(result)
    note = words.time_note(result)
    if not result.analysed.of:
        return Panel("time in range", words.TIME_TITLE, None, (), nobody_left(), "", (nobody_left(),), result=result)
    if not result.patients:
        tables = (table,) if table.rows else ()
        return Panel("time in range", words.TIME_TITLE, None, tables, words.no_time(result), note,
                     (words.no_time(result),), result=result)  # fmt: skip
    figure = time_chart(result, marked) if single else None
    return Panel("time in range", words.TIME_TITLE, figure, (table,), words.time_summary(result), note, result=result)


def taper_panel(result: Shares) -> Panel:
    """The shares at or below (above) each dose of prednisolone."""
    title = words.taper_title(result.groups.title)
    if not any(share.of for threshold in result.rows for group in threshold for share in group):
        why = words.no_doses() if result.analysed.of else nobody_left()
        return Panel("taper", title, None, (), why, "", (why,), result=result)
    table = words.taper_table(result)
    note = words.taper_note(result)
    figure, alt = taper_chart(result), words.taper_summary(result)
    return Panel("taper", title, figure, (), alt, note, aside=(table,), result=result,
                 rounded=lambda: taper_panel(rounded_taper(result)))  # fmt: skip


def concomitant_panel(result: Concomitant) -> Panel:
    """What was given besides the drug studied."""
    title = words.TABS[words.OTHER]
    if not result.columns.n[0]:
        return Panel("concomitant", title, None, (), nobody_left(), "", (nobody_left(),), result=result)
    table = words.concomitant_table(result)
    return Panel("concomitant", title, None, (table,), title, words.concomitant_note(), result=result,
                 rounded=lambda: concomitant_panel(rounded_concomitant(result)))  # fmt: skip
