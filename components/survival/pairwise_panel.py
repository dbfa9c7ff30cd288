"""The panel of the second look at the log-rank test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.panel import Panel
from components.survival import pairwise_words as words
from components.survival.rounded_causes import rounded_pairs

if TYPE_CHECKING:
    from components.survival.pairwise import Pairs


def pairs_panel(result: Pairs) -> Panel:
    """Its table, with the trend above it where the levels have an order, and the weighted tests."""
    tables = tuple(table for table in (words.table(result), words.weighted_table(result)) if table.rows)
    return Panel("pairs", words.TITLE, None, tables, words.summary(result), words.note(result), result=result,
                 rounded=lambda: pairs_panel(rounded_pairs(result)))  # fmt: skip
