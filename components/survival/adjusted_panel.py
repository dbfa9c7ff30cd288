"""The panel of the comparison adjusted for what else is known at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.panel import Panel
from components.survival import adjusted_words as words
from components.survival.rounded_models import rounded_adjusted, singles_out

if TYPE_CHECKING:
    from components.survival.adjusted import Adjusted


def adjusted_panel(result: Adjusted) -> Panel:
    """The ratios of the groups, and under them those of what is adjusted for; without a model the reason."""
    first = words.ratio_table(result)
    second = words.covariate_table(result)
    tables = tuple(table for table in (first, second) if table.rows)
    notices = tuple(part for part in (words.landmark(result), words.why_not(result), words.caution(result)) if part)
    return Panel(
        "adjusted", words.title(result), None, tables, words.summary(result), words.note(result), notices,
        result=result,
        rounded=None if singles_out(result) or result.culprits else lambda: adjusted_panel(rounded_adjusted(result)),
    )  # fmt: skip
