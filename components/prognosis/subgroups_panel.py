"""The panel of one comparison in subgroups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.panel import Panel
from components.core.procedure import procedures_of
from components.prognosis import subgroups_words as words
from components.prognosis.chart import subgroups_chart
from components.prognosis.words import drawn_below

if TYPE_CHECKING:
    from components.prognosis.subgroups import Subgroups
    from components.survival.reconstructions import RatiosAcross


def subgroups_panel(result: Subgroups, found: RatiosAcross | None = None) -> Panel:
    """The forest of the comparison with its limits before it; without one the reason.

    With ``found`` also the range of each ratio over other reconstructions.
    """
    alt = words.summary(result)
    if result.overall is None:
        return Panel("subgroups", words.title(result), None, (), alt, "", (words.why_not(result),), result=result)
    decided = words.ratios_verdict(result, found)
    notices = tuple(part for part in (words.landmark(result), words.limits(result), *decided.notices) if part)
    note = words.note(result)
    if found is not None and found.procedures:
        note = f"{drawn_below(found.members)} {note}"
    return Panel(
        "subgroups", words.title(result), subgroups_chart(result, found), (), alt, note, notices,
        (words.subgroups_table(result, found),), result=result, under_figure=decided.under_figure, across=found,
        made_with=procedures_of((result, found)) if found else None,
    )  # fmt: skip
