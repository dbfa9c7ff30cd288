"""How a view asks for survival curves to be drawn."""

from __future__ import annotations

from components.core import control_words as words
from components.links import page_controls
from components.links.page_input import PageInput
from components.links.view import View
from components.survival.analysis import TWO_YEARS
from components.survival.chart import View as Drawing
from components.survival.ticks import half_years


def curves(here: PageInput, view: View, start: int = 0) -> Drawing:
    """To two years or to the end, with or without bands and the full table, which one panel alone has no room for.

    ``start`` is the landmark, where there is one. The drawing's horizon is None while events count over all follow-up.
    """
    whole = view.of(page_controls.UNTIL) == "whole" and here.last_day > start
    until = (here.last_day if whole else TWO_YEARS) - start
    full = view.of(page_controls.COUNTS) and not here.alone
    days = page_controls.AT.meanings(view.of(page_controls.AT))
    ticks = half_years(until)
    labels = tuple(words.month(day) for day in ticks)
    counted_to = start + until if view.of(page_controls.COUNTED) == "shown" else None
    return Drawing(until, ticks, labels, days, view.of(page_controls.BAND), full, counted_to)
