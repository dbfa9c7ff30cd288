"""The small panels of the overview."""

from __future__ import annotations

from components.baseline.analysis import Baseline
from components.baseline.rounded import rounded_baseline
from components.core.pale import NO_FILTER, Pale
from components.core.panel import Panel
from components.courses.analysis import Course
from components.courses.rounded import rounded_course
from components.overview import words
from components.overview.charts import (
    composition_chart,
    flow_chart,
    frequent_chart,
    small_survival_chart,
    taper_chart,
)
from components.overview.flow import Flow
from components.overview.rounded import rounded_flow
from components.safety.before_after import ReactionsBeforeAfter
from components.safety.reactions import Reactions
from components.safety.reactions_words import no_reactions, reactions_summary
from components.safety.rounded import rounded_reactions
from components.survival.analysis import Survival
from components.survival.procedures import KAPLAN_MEIER, LOG_RANK
from components.survival.rounded import rounded_survival
from components.survival.words import nobody, nobody_left, summary

CURVES_ALONE = {KAPLAN_MEIER, LOG_RANK}
"""What a card shows of survival: curves without limits, and the test of the groups in its summary."""

FLOW_VISITS = ("Month 3", "Month 6", "Month 12", "Month 24")


def composition_panel(table: Baseline, before: Baseline | None = None, pale: Pale = NO_FILTER) -> Panel:
    """Subtype and antibodies as bars, not tested included."""
    title = words.composition_title(table)
    if not table.columns.n[0]:
        return _nothing("composition", title, nobody_left(), table)
    if not table.rows:
        return _nothing("composition", title, words.NO_COMPOSITION, table)
    alt = words.composition_summary(table)
    return Panel("composition", title, composition_chart(table, before, pale), (), alt, words.COMPOSITION_NOTE,
                 result=table,                 rounded=lambda: composition_panel(rounded_baseline(table)))  # fmt: skip


def flow_panel(result: Flow) -> Panel:
    """Who was enrolled, analysed and still followed."""
    if not result.populations[0].n:
        return _nothing("flow", words.FLOW, nobody_left(), result)
    figure = flow_chart(result, FLOW_VISITS)
    return Panel("flow", words.FLOW, figure, (), words.flow_summary(result), words.FLOW_NOTE, result=result,
                 rounded=lambda: flow_panel(rounded_flow(result)))  # fmt: skip


def small_survival_panel(result: Survival, before: Survival | None = None, pale: Pale = NO_FILTER) -> Panel:
    """Curves without bands and counts."""
    title = words.survival_title(result)
    if not result.curves:
        return _nothing("survival", title, nobody(result), result)
    return Panel(
        "survival",
        title,
        small_survival_chart(result, before, pale),
        (),
        summary(result),
        _with_pale(words.survival_note(result), before, pale),
        result=result,
        made_with=tuple(procedure for procedure in result.procedures if procedure in CURVES_ALONE),
        compared=result.looks[:1] if result.log_rank.p is not None else (),
        rounded=lambda: small_survival_panel(rounded_survival(result)),
    )


def taper_panel(result: Course, before: Course | None = None, pale: Pale = NO_FILTER) -> Panel:
    """The mean steroid dose by visit."""
    title = words.taper_title(result)
    if not result.series:
        return _nothing("course", title, nobody_left(), result)
    if not any(point.values.n for point in result.series[0].points):
        return _nothing("course", title, words.not_measured(result), result)
    return Panel("course", title, taper_chart(result, before, pale), (), words.taper_summary(result),
                 _with_pale(words.TAPER_NOTE, before, pale), result=result,
                 rounded=lambda: taper_panel(rounded_course(result)))  # fmt: skip


def frequent_reactions_panel(result: Reactions, change: ReactionsBeforeAfter | None = None) -> Panel:
    """The most frequent categories; a click gives one."""
    title, n = words.reactions_title(result), result.columns.n[0]
    if not n:
        return _nothing("reactions", title, nobody_left(), result)
    if not result.row().cells[0].patients.n:
        return _nothing("reactions", title, no_reactions(n), result)
    return Panel(
        "reactions", title, frequent_chart(result, change), (), reactions_summary(result), words.FREQUENT_NOTE,
        result=result,        made_with=(), rounded=lambda: frequent_reactions_panel(rounded_reactions(result)),
    )  # fmt: skip


def _with_pale(note: str, before: Survival | Course | None, pale: Pale) -> str:
    return note if before is None else f"{words.pale(pale)} {note}"


def _nothing(kind: str, title: str, why: str, result: object) -> Panel:
    return Panel(kind, title, None, (), why, "", (why,), result=result)
