"""The panel of the second look at the log-rank test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.panels.panel import Panel
from components.wording import pairs as words

if TYPE_CHECKING:
    from components.analysis.pairs import Pairs


def pairs_panel(result: Pairs) -> Panel:
    """Its table, with the trend above it where the levels have an order."""
    return Panel("pairs", words.TITLE, None, (words.table(result),), words.summary(result), words.note(result),
                 result=result)  # fmt: skip
