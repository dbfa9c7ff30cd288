"""Panels of courses: one measurement large, or several small, with the numbers behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from components.core.panel import Panel
from components.core.procedure import procedures_of
from components.core.ranged_panel import with_ranges
from components.courses import words
from components.courses.attrition_words import few_left_notice
from components.courses.before_after_words import change_strip, change_table, changes_note
from components.courses.chart import CourseView, course_chart, small_multiples
from components.courses.reconstructions_words import across_table, across_verdict, courses_said
from components.courses.rounded import rounded_course
from components.survival.words import nobody_left

if TYPE_CHECKING:
    from components.courses.analysis import Course
    from components.courses.axis_range import AxisRange
    from components.courses.before_after import CourseBeforeAfter
    from components.courses.mixed_course import MixedCourse
    from components.courses.reconstructions import CourseAcross


def course_panel(
    result: Course,
    axis_range: AxisRange,
    view: CourseView,
    model: MixedCourse | None = None,
    kind: str = "course",
    found: CourseAcross | None = None,
    change: CourseBeforeAfter | None = None,
) -> Panel:
    """One measurement; where nobody has a value, the sentence that says so.

    With ``found`` also what other reconstructions give, with ``change`` what the filter changes.
    """
    title = words.course_title(result.measure, result.scale, result.groups.title)
    if not result.series:
        return Panel(kind, title, None, (), nobody_left(), "", (_nobody(result),), result=result)
    n = sum(series.n for series in result.series)
    if not any(point.measured for series in result.series for point in series.points):
        said = words.unmeasured_notice(result.measure, n)
        return Panel(kind, title, None, (), said, "", (said,), result=result)
    decided = across_verdict(found, result)
    notices = tuple(part for part in (few_left_notice((result,)), *decided.notices) if part)
    tables = [words.course_table(result), *((words.model_table(model),) if model else ())]
    if found is not None:
        tables.append(across_table(found, result))
    note = words.course_note(result, view.form, apart=view.apart, model=model)
    strip = change_strip(change) if change is not None else None
    return Panel(
        kind,
        title,
        course_chart(result, axis_range, view, model, change, found),
        () if change is None or strip is None else (strip, change_table(change)),
        words.course_summary(result),
        note if change is None else f"{note} {changes_note(change.pale)}",
        notices,
        aside=tuple(tables),
        result=result,
        made_with=procedures_of((result, model, found, change)),
        under_figure=decided.under_figure,
        strip=strip,
        rounded=lambda: course_panel(rounded_course(result), axis_range, view, kind=kind),
    )


def _nobody(result: Course) -> str:
    if result.groups.unknown:
        return words.unknown_level(result.groups.title, result.groups.unknown)
    return nobody_left()


def multiples_panel(
    results: Sequence[Course],
    extents: Sequence[AxisRange],
    view: CourseView,
    models: Sequence[MixedCourse | None],
    changes: Sequence[CourseBeforeAfter] = (),
    found: Sequence[CourseAcross] = (),
) -> Panel:
    """All measurements that the whole population has, small; those without a value here keep an empty plot.

    With ``changes`` also what the filter changes in each, with ``found`` what other reconstructions give.
    """
    before: Sequence[CourseBeforeAfter | None] = changes or [None] * len(results)
    across: Sequence[CourseAcross | None] = found or [None] * len(results)
    shown = [row for row in zip(results, extents, models, before, across, strict=True) if row[1].visits]
    title = words.multiples_title(results[0].groups.title if results else "")
    if not shown or not shown[0][0].series:
        said = _nobody(shown[0][0]) if shown else words.nothing_measured()
        return Panel("courses", title, None, (), said, "", (said,), result=tuple(results))
    kept, extents_, models_, before_, across_ = zip(*shown, strict=True)
    changed = [one for one in changes if any(one.everybody.measure is each.measure for each in kept)]
    notice = few_left_notice(kept)
    panel = Panel(
        "courses",
        title,
        small_multiples(kept, extents_, view, models_, before_, across_ if found else ()),
        (),
        " ".join(words.course_summary(result) for result in kept),
        words.course_note(kept[0], view.form, apart=view.apart, model=models_[0], small=True)
        + (f" {changes_note(changed[0].pale)}" if changed else ""),
        (notice,) if notice else (),
        aside=(words.courses_table(kept), *(change_table(one) for one in changed)),
        result=tuple(kept),
        made_with=procedures_of((*kept, *models_, *changed)),
        rounded=lambda: multiples_panel([*map(rounded_course, results)], extents, view, [None] * len(results)),
    )
    return with_ranges(panel, courses_said(found, results)) if found else panel
