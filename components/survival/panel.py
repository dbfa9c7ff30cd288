"""The survival panels: curves with counts, estimates, and the comparison of the groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.numbers import inside
from components.core.panel import Panel
from components.core.procedure import procedures_of
from components.core.procedure_words import brief
from components.survival import table_words, words
from components.survival.before_after_words import before_after_table, without_group
from components.survival.chart import View, banded, survival_chart
from components.survival.detectable_words import EXPLAINED
from components.survival.disagreement_words import disagreement
from components.survival.reconstructions_words import across_table, across_verdict
from components.survival.rounded import rounded_survival
from components.survival.strip_words import AMONG_PLANNED_NOTE, strip
from data.language import say

if TYPE_CHECKING:
    from components.survival.analysis import Survival
    from components.survival.before_after import BeforeAfter
    from components.survival.reconstructions import Across


def survival_panel(
    result: Survival, view: View, change: BeforeAfter | None = None, found: Across | None = None
) -> Panel:
    """Curves, at-risk table, estimates, and where there are groups their test, hazard ratios and differences.

    With ``change`` also what the filter changes, with ``found`` what other reconstructions give.
    """
    title = result.endpoint.label
    if result.groups.title:
        title = say("{endpoint} by {groups}", endpoint=title, groups=inside(result.groups.title))
    flipped = words.incidence_sentence(result.endpoint) if view.incidence else ""
    ranges = words.RANGES if result.analysed.rounded and result.curves else ""
    horizon = words.horizon_sentence(result, view.until)
    said = (flipped, ranges, horizon, words.groups_sentence(result), result.endpoint.remark)
    note = " ".join(part for part in (*said, brief(result.procedures, result.method.level)) if part)
    if not result.curves:
        return Panel("survival", title, None, (), words.summary(result), note, (words.nobody(result),), result=result,
                     rounded=lambda: survival_panel(rounded_survival(result), view))  # fmt: skip
    tables = [table_words.estimates_table(result, view.unit)]
    if len(result.curves) > 1:
        tables.append(table_words.ratio_table(result))
        tables.append(table_words.difference_table(result, view.unit))
        if result.share_differences:
            tables.append(table_words.share_difference_table(result))
    if change is not None:
        tables.insert(0, before_after_table(change, view.unit))
    if found is not None:
        tables.append(across_table(found, result, view.unit))
    sensitive = table_words.sensitivity_table(result)
    proportional = words.proportional_sentence(result)
    changing = proportional if result.sensitivity and not result.sensitivity.proportional else ""
    decided = across_verdict(found, result)
    outside = without_group(change, result) if change is not None else ""
    sentences = (outside, words.landmark_sentence(result), words.few_events(result), changing, *decided.notices)
    notices = tuple(part for part in sentences if part)
    note = note if changing or not proportional else f"{proportional} {note}"
    if len(result.curves) > 1:
        explained = EXPLAINED if result.comparison.detectable else ""
        companion = AMONG_PLANNED_NOTE if result.among_planned is not None else ""
        parts = (disagreement(result), companion, explained, table_words.abbreviations(result), note)
        note = " ".join(part for part in parts if part)
    elif short := table_words.abbreviations(result):
        note = f"{short} {note}"
    note = f"{note} {words.BANDS_LEFT_OUT}" if view.band and not banded(len(result.curves), view) else note
    figure = survival_chart(result, view, change, found)
    return Panel(
        "survival",
        title,
        figure,
        tuple(tables),
        words.summary(result),
        note,
        notices,
        aside=(sensitive,) if sensitive.rows else (),
        aside_title=words.SENSITIVITY_TITLE,
        result=result,
        made_with=procedures_of((result, change, found)) if change or found else None,
        strip=strip(result, change, found, incidence=view.incidence, unit=view.unit),
        under_figure=decided.under_figure,
        across=found,
        rounded=lambda: survival_panel(rounded_survival(result), view),
    )
