"""A panel with what other reconstructions give for its numbers: the one way in which a panel gets ranges beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.core.across import ACROSS
from components.core.procedure import in_order

if TYPE_CHECKING:
    from components.core.envelope_words import RangesSaid
    from components.core.panel import Panel


def with_ranges(panel: Panel, said: RangesSaid) -> Panel:
    """The panel with the tables and the verdict of its ranges: the tables stand behind its own.

    A panel whose tables repeat its figure keeps those of ranges with them.
    """
    tables, decided = said
    aside = bool(panel.aside) and not panel.tables_under
    return replace(
        panel,
        tables=panel.tables if aside else (*panel.tables, *tables),
        aside=(*panel.aside, *tables) if aside else panel.aside,
        notices=(*panel.notices, *decided.notices),
        under_figure=" ".join(part for part in (panel.under_figure, decided.under_figure) if part),
        made_with=in_order((*panel.procedures, ACROSS)) if decided.sentence else panel.made_with,
    )
