"""The panel of one comparison in subgroups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.panel import Panel
from components.prognosis import subgroups_words as words
from components.prognosis.chart import subgroups_chart

if TYPE_CHECKING:
    from components.prognosis.subgroups import Subgroups


def subgroups_panel(result: Subgroups) -> Panel:
    """The forest of the comparison with its limits before it; without one the reason."""
    alt = words.summary(result)
    if result.overall is None:
        return Panel("subgroups", words.title(result), None, (), alt, "", (words.why_not(result),), result=result)
    notices = tuple(part for part in (words.landmark(result), words.limits(result)) if part)
    return Panel(
        "subgroups", words.title(result), subgroups_chart(result), (), alt, words.note(result), notices,
        (words.subgroups_table(result),), result=result,
    )  # fmt: skip
