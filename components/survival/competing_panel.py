"""The panel of an endpoint that death can forestall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.panel import Panel
from components.survival import competing_words as words
from components.survival.rounded_causes import rounded_competing
from components.survival.words import nobody_left

if TYPE_CHECKING:
    from components.survival.competing import Competing


def competing_panel(result: Competing) -> Panel:
    """The shares of each group, and under them the groups compared cause by cause."""
    if not result.n:
        return Panel("competing", words.title(result), None, (), words.summary(result), "", (nobody_left(),),
                     result=result)  # fmt: skip
    tables = [words.share_table(result)]
    if result.comparisons:
        tables.append(words.comparison_table(result.comparisons, words.names(words.event(result))))
    notices = (words.landmark(result),) if result.landmark else ()
    return Panel("competing", words.title(result), None, tuple(tables), words.summary(result), words.note(result),
                 notices, result=result, rounded=lambda: competing_panel(rounded_competing(result)))  # fmt: skip
