"""How a view asks for survival curves to be drawn."""

from __future__ import annotations

from functools import partial

from components.core.panel import Panel
from components.links import page_controls
from components.links.comparison import pale
from components.links.page_input import PageInput
from components.links.view import View
from components.survival.analysis import TWO_YEARS, survival
from components.survival.before_after import BeforeAfter, before_after
from components.survival.chart import View as Drawing
from components.survival.panel import survival_panel
from components.survival.reconstructions import across
from components.survival.ticks import time_ticks
from data.entries import Endpoint, Factor

LEAST = 30
"""Days of the shortest part of the curves that is drawn."""


def curves(here: PageInput, view: View, start: int = 0) -> Drawing:
    """To two years or to the end, or the part of it that is asked for; as large as one panel alone has room for.

    ``start`` is the landmark, where there is one. The drawing's horizon is None while events count over all follow-up.
    """
    whole = view.of(page_controls.UNTIL) == "whole" and here.last_day > start
    begin, until = _part(here, view, (here.last_day if whole else TWO_YEARS) - start, start)
    full = view.of(page_controls.COUNTS) and not here.alone
    own = view.of(page_controls.own_day(here.whole))
    days = {*page_controls.AT.meanings(view.of(page_controls.AT)), *([own] if own else [])}
    unit = view.of(page_controls.UNIT)
    ticks, numbers = time_ticks(begin, until, unit)
    counted_to = start + until if view.of(page_controls.COUNTED) == "shown" else None
    low, high = view.of(page_controls.SHARES)
    return Drawing(
        until,
        ticks,
        numbers,
        tuple(sorted(days)),
        view.of(page_controls.BAND),
        full,
        counted_to,
        begin,
        (low / 100, high / 100) if low < high else (0.0, 1.0),
        view.of(page_controls.INCIDENCE),
        unit,
        view.of(page_controls.QUARTILES),
    )


def curves_panel(here: PageInput, view: View, drawn: Drawing, endpoint: Endpoint, factor: Factor | None) -> Panel:
    """The panel of an endpoint by the levels of ``factor``, drawn as asked for, with ranges where there are any."""
    result = survival(
        here.cohort,
        endpoint,
        factor,
        drawn.at_days,
        drawn.ticks,
        method=here.method,
        until=drawn.horizon,
        quartiles=drawn.quartiles,
    )
    found = here.across(view, partial(across, until=drawn.horizon), factor, result)
    return survival_panel(result, drawn, behind(here, view, drawn, endpoint), found)


def behind(here: PageInput, view: View, drawn: Drawing, endpoint: Endpoint) -> BeforeAfter | None:
    """What the filter changes in the survival shown, where that is asked for."""
    if (found := pale(here.chosen, view)) is None:
        return None
    return before_after(here.whole, endpoint, here.filter, drawn.at_days, here.method, until=drawn.horizon, pale=found)


def _part(here: PageInput, view: View, until: int, start: int) -> tuple[int, int]:
    """The first and the last day shown: a month at least, and no later than anybody was followed."""
    asked = page_controls.months_shown(here.whole)
    low, high = view.of(asked)
    if high < asked.high:
        until = min(max(round(high * page_controls.MONTH), LEAST), max(here.last_day - start, LEAST))
    begin = round(low * page_controls.MONTH)
    return max(min(begin, until - LEAST), 0), until
